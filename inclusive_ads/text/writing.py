"""Files are written whole or not at all."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from inclusive_ads.errors import InputError


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `path` only when everything has been written; of a link, what it leads to.

    Raises:
        InputError: it is a folder or device, or the folder it goes into is not there or may not be written to.
    """
    try:
        path = _ordinary(path)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.", suffix=".new")
    except (OSError, ValueError) as error:
        raise _cannot_write(path, error) from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files that only their owner can read.
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _ordinary(path: Path) -> Path:
    """The path with links followed. A device must never be replaced by a file."""
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise OSError(0, "it is a folder or a device, not a file")
    return path


def _cannot_write(path: Path, error: Exception) -> InputError:
    reason = getattr(error, "strerror", None) or "the name cannot be used"
    return InputError(f"Cannot write '{path}': {reason}.", "Choose another place.", code="write")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write_whole(path: Path, content: str | bytes) -> None:
    """Write `content` to `path`, whole or not at all."""
    with whole_file(path) as file:
        file.write(content.encode() if isinstance(content, str) else content)


class PartFile:
    """Lines beside `path`, in PATH.part, that outlive this process until they take the place of `path`.

    Args:
        path: where the result goes in the end.
        resume: keep the whole lines of an earlier run that did not end; otherwise begin anew.

    Raises:
        InputError: it cannot be written, or another process is writing it.
    """

    def __init__(self, path: Path, *, resume: bool) -> None:
        try:
            self._path = path = _ordinary(path)
            self.part = path.with_name(f"{path.name}.part")
            self._file = os.fdopen(os.open(self.part, os.O_RDWR | os.O_CREAT, 0o666), "r+b")
        except (OSError, ValueError) as error:
            raise _cannot_write(path, error) from None
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise InputError(f"'{self.part}' is being written by another run.", "Wait for it to end.") from None
        self._file.truncate(self._whole_lines() if resume else 0)

    def _whole_lines(self) -> int:
        """Bytes up to the end of the last line that was written whole."""
        self._file.seek(0)
        return sum(len(line) for line in self._file if line.endswith(b"\n"))

    def lines(self) -> Iterator[bytes]:
        """Every line so far, from the first."""
        self._file.seek(0)
        yield from self._file

    def add(self, line: str) -> None:
        """Add one line, with its line end; it stays even if the process is killed after this."""
        self._file.seek(0, os.SEEK_END)
        self._file.write(line.encode())
        self._file.flush()

    def finish(self) -> None:
        """The lines take the place of the file."""
        os.fsync(self._file.fileno())
        self.part.replace(self._path)

    def discard(self) -> None:
        """The lines are not wanted any more."""
        self.part.unlink()

    def close(self) -> None:
        """Leave the lines where they are; a file without any goes."""
        if self._file.seek(0, os.SEEK_END) == 0:
            self.part.unlink(missing_ok=True)
        self._file.close()
