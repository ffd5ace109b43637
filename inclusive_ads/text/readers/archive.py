"""Zip archives: nothing in one is unpacked before its sizes are known."""

from __future__ import annotations

import io
import zipfile
import zlib
from abc import ABC, abstractmethod

from inclusive_ads.errors import InputError

MOST_ENTRIES = 2_000
MOST_UNPACKED = 60_000_000  # bytes, all parts together
MOST_RATIO = 200  # unpacked to packed, for parts over a megabyte; text reaches about 20

_USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Archive(ABC):
    """The parts of a zip archive.

    Args:
        data: the file.

    Raises:
        InputError: broken, protected, or too large when unpacked.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self.entries = self._archive.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
            raise self.broken() from error
        self._sizes = {entry.filename: entry.file_size for entry in self.entries}
        names = self.names()
        if len(set(names)) != len(names) or any(entry.compress_type not in _USUAL for entry in self.entries):
            raise self.broken()
        if any(entry.flag_bits & 1 for entry in self.entries):
            raise InputError("The file is protected by a password.", "Save it without the password.", code="protected")
        bomb = any(
            entry.file_size > 1_000_000 and entry.file_size > MOST_RATIO * max(1, entry.compress_size)
            for entry in self.entries
        )
        if bomb or len(names) > MOST_ENTRIES or sum(entry.file_size for entry in self.entries) > MOST_UNPACKED:
            raise self.too_large()

    def names(self) -> list[str]:
        """The names of all parts, in the order of the file."""
        return [entry.filename for entry in self.entries]

    def size(self, name: str) -> int:
        """Bytes of a part when unpacked, as the archive tells; 0 where there is none."""
        return self._sizes.get(name, 0)

    def read(self, name: str) -> bytes:
        """The unpacked part; no more than the size that was looked at before."""
        try:
            return self._archive.read(name)
        except (
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            OSError,
            EOFError,
            KeyError,
            ValueError,
        ) as error:
            raise self.broken() from error

    @abstractmethod
    def broken(self) -> InputError:
        """The error for a file that is damaged."""

    @abstractmethod
    def too_large(self) -> InputError:
        """The error for a file of too many parts, or too large ones."""
