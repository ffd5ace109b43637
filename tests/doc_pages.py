"""The pages of the documentation, followed as a reader follows them: from an empty folder, block by block.

What a block is, its page says:

- "Save this as `NAME`:" on the line above it: the block is that file.
- `console`: what stands after `$ ` is a command, what follows it is what it prints (`...` stands for anything).
- `sh`: commands that end well and print nothing. A server among them goes on until the next one, or the page's end.
- `python`: a program; the comment behind a `print(...)` is what that line prints.
- `<!-- not run: WHY -->` on the line above it: it is not run here; some targets of the Makefile do ("WHY; `make TARGET`
  does it word for word").

"the folder `NAME/` of the source" in the text means that the reader has a copy of it from there on. Any other block is
refused. `python tests/doc_pages.py` lists every block.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from inclusive_ads.lexicon import kept

ROOT = Path(__file__).resolve().parents[1]
RUN = ("console", "sh", "python")
FENCE = re.compile(r" *(```|~~~)")
SAVED = re.compile(r"\bSave this as `([^`]+)`:$")
FOLDER = re.compile(r"the folder `(\w+)/` of the source")
MARKED = re.compile(r"<!-- not run: (\w.*\w) -->")
COMMAND = re.compile(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
ADDRESS = "127.0.0.1:8000"


@dataclass(frozen=True, slots=True)
class Step:
    """A block of a page (or a folder that it asks for), and what to do with it.

    Attributes:
        line: where it begins, from 1.
        kind: "file", "folder", "not run", or the language of what is run.
        name: the file, the folder, or the reason.
        body: the lines between the fences.
    """

    line: int
    kind: str
    name: str
    body: str


def pages() -> list[Path]:
    """Every page that people write; the guide to the entries is made from the lexicons."""
    folders = (ROOT, ROOT / "lexicons", ROOT / "docs", ROOT / "docs" / "decisions")
    return [page for folder in folders for page in sorted(folder.glob("*.md"))]


def steps(text: str) -> Iterator[Step]:
    """The blocks of a page in order.

    Raises:
        ValueError: a block of which the page does not say what it is, or a mark that says no reason or stands alone.
    """
    lines = iter(enumerate([*text.splitlines(), ""], 1))
    above = ""  # the line above; a line that says "save this" counts across blank lines
    for number, line in lines:
        fence = FENCE.match(line)
        if fence:
            body = []
            for _, inner in lines:
                if inner.strip() == fence[1]:
                    break
                body.append(inner + "\n")
            else:
                raise ValueError(f"line {number}: the block does not end")
            yield _step(number, line.strip()[3:], above, "".join(body))
            above = ""
            continue
        if "<!-- not run" in above or (SAVED.search(above) and line.strip()):
            raise ValueError(f"line {number - 1}: this stands right above a block")
        if re.match(r"( {4,}|\t)\S", line) and not above:
            raise ValueError(f"line {number}: an indented block; give it a fence")
        yield from (Step(number, "folder", name, "") for name in FOLDER.findall(line))
        if line.strip() or not SAVED.search(above):
            above = line.strip()


def apart(text: str, target: str) -> list[Step]:
    """The sections that have blocks for that target of the Makefile: what is to be done, those blocks among it."""
    mark = re.compile(rf"^<!-- not run: .*; `make {target}` does it word for word -->\n", re.MULTILINE)
    sections = [part for part in re.split(r"^(?=## )", text, flags=re.MULTILINE) if mark.search(part)]
    return [step for part in sections for step in steps(mark.sub("", part)) if step.kind != "not run"]


def _step(number: int, language: str, above: str, body: str) -> Step:
    if "<!-- not run" in above:
        mark = MARKED.fullmatch(above)
        if not mark:
            raise ValueError(f"line {number}: the mark gives no reason")
        return Step(number, "not run", mark[1], body)
    if saved := SAVED.search(above):
        return Step(number, "file", saved[1], body)
    if language in RUN:
        return Step(number, language, "", body)
    raise ValueError(f"line {number}: this block ({language or 'no language'}) cannot be run; say what it is")


def _matches(shown: str, printed: str) -> bool:
    pattern = ".*".join(re.escape(piece) for piece in re.split(r"\.\.\.\n?", shown))
    return re.fullmatch(pattern, printed, re.DOTALL) is not None


class Reader:
    """Someone with the command installed, in an empty folder, who does what a page says."""

    def __init__(self, place: Path) -> None:
        self.folder, programs, home = (place / name for name in ("work", "bin", "home"))
        for folder in (self.folder, programs, home):
            folder.mkdir()
        scripts = {
            "python": f'#!/bin/sh\nexec {sys.executable} "$@"\n',
            "inclusive-ads": f"#!{sys.executable}\nfrom inclusive_ads.cli import main\nmain()\n",
        }
        for name, script in {**scripts, "python3": scripts["python"]}.items():
            (programs / name).write_text(script, encoding="utf-8")
            (programs / name).chmod(0o755)
        self.environment = {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join(str(Path(path).resolve()) for path in sys.path if path),
            "HOME": str(home),
            kept.FOLDER: os.environ[kept.FOLDER],  # what is made of the lexicons once is made for all pages (conftest)
            "COLUMNS": "100",
            "LANG": "C.UTF-8",
        }
        self.address = ADDRESS
        self.server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.stop()

    def follow(self, *blocks: Step) -> None:
        """Do what the blocks say, one after the other.

        Raises:
            AssertionError: what comes out is not as the page says.
        """
        for step in blocks:
            self._follow(step)

    def _follow(self, step: Step) -> None:
        if step.kind == "file":
            path = self.folder / step.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.body, encoding="utf-8")
        elif step.kind == "folder":
            shutil.copytree(ROOT / step.name, self.folder / step.name, dirs_exist_ok=True)
        elif step.kind == "console":
            for command, shown in COMMAND.findall(step.body):
                self.expect(["bash", "-c", command], shown)
        elif step.kind == "python":
            shown = "".join(f"{line}\n" for line in re.findall(r"^ *print\(.*\)  # (.*)$", step.body, re.MULTILINE))
            self.expect(["python", "-c", step.body], shown, ok=True)
        elif step.kind == "sh" and "inclusive-ads serve" in step.body:
            self.start(step.body)
        elif step.kind == "sh":
            self.expect(["bash", "-ec", step.body], "", ok=True)

    def expect(self, command: list[str], shown: str, *, ok: bool = False) -> None:
        done = subprocess.run(
            [part.replace(ADDRESS, self.address) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self.folder,
            env=self.environment,
            timeout=120,
            check=False,
        )
        printed = done.stdout.decode().replace("\r\n", "\n").replace(self.address, ADDRESS)
        if printed and not printed.endswith("\n"):
            printed += "\n"
        assert done.returncode == 0 or not ok, f"{command[-1]}\nends with {done.returncode}:\n{printed}"
        assert _matches(shown, printed), f"{command[-1]}\n{printed}\nis not as the page says:\n{shown}"

    def start(self, command: str) -> None:
        """Start a server at a free port, in the place of the one before it."""
        self.stop()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"127.0.0.1:{port}"
        self.server = subprocess.Popen(
            ["bash", "-ec", command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            env={**self.environment, "INCLUSIVE_ADS_PORT": str(port)},
            start_new_session=True,  # bash and the server end together
        )
        end = time.monotonic() + 60
        while time.monotonic() < end and self.server.poll() is None:
            try:
                with urllib.request.urlopen(f"http://{self.address}/api/v2/ready", timeout=5):
                    return
            except OSError:  # refused, or on a busy machine no answer yet
                time.sleep(0.1)
        raise AssertionError(f"{command}\nstarts no server")

    def stop(self) -> None:
        if self.server is not None:
            if self.server.poll() is None:
                os.killpg(self.server.pid, signal.SIGTERM)
            self.server.wait(timeout=30)
            self.server = None


def main() -> None:
    for page in pages():
        for step in steps(page.read_text(encoding="utf-8")):
            if step.kind != "folder":
                result = {"not run": f"not run: {step.name}", "file": f"saved as {step.name}"}.get(step.kind, "run")
                first = step.body.partition("\n")[0]
                print(f"{page.relative_to(ROOT)}:{step.line} | {first} | {result}")


if __name__ == "__main__":
    main()
