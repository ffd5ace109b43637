"""Accept and reject tracked changes in a real word processor; run by hand, it needs LibreOffice.

    python tests/libreoffice.py [ROUNDS]

Each round makes random changes to Word files of every kind, lets LibreOffice settle them, and compares the text with
what it should be. LibreOffice's own Python (with the module ``uno``; else the one that UNO_PYTHON names) drives it.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CONNECT = """
import sys, time, uno
from com.sun.star.beans import PropertyValue

def value(name, content):
    item = PropertyValue()
    item.Name, item.Value = name, content
    return item

folder, pipe = sys.argv[1:]
context = uno.getComponentContext()
resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
for attempt in range(60):
    try:
        office = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(1)
services = office.ServiceManager
desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", office)
"""  # how a driver reaches the office: its arguments are a folder and the name of a pipe
DRIVER = (
    CONNECT
    + """
import pathlib
dispatcher = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", office)
for path in pathlib.Path(folder).glob("*.docx"):
    for action in ("Accept", "Reject"):
        document = desktop.loadComponentFromURL(f"file://{path}", "_blank", 0, (value("Hidden", True),))
        dispatcher.executeDispatch(document.CurrentController.Frame, f".uno:{action}AllTrackedChanges", "", 0, ())
        document.storeToURL(f"file://{folder}/{action}/{path.name}", (value("FilterName", "MS Word 2007 XML"),))
        document.close(True)
desktop.terminate()
"""
)


def main(rounds: int) -> int:
    if not _python() or not shutil.which("soffice"):
        print("This needs LibreOffice Writer and its Python module uno (Debian: libreoffice-writer, python3-uno).")
        return 2
    sys.path.insert(0, str(Path(__file__).parent))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        expected = {**_random(folder, rounds), **_made(folder)}
        settle(folder)
        return _compare(folder, expected)


def settle(folder: Path) -> None:
    """Settle every Word file of a folder; the results go into its folders ``Accept`` and ``Reject``."""
    for action in ("Accept", "Reject"):
        (folder / action).mkdir(exist_ok=True)
    pipe = f"inclusive-ads-{folder.name}"
    with tempfile.TemporaryDirectory() as profile:
        options = (
            "--headless",
            "--norestore",
            f"-env:UserInstallation=file://{profile}",
            f"--accept=pipe,name={pipe};urp;",
        )
        office = subprocess.Popen(["soffice", *options])
        try:
            subprocess.run([_python(), "-c", DRIVER, str(folder), pipe], check=True, timeout=600)
            office.wait(60)
        finally:
            office.kill()


def _python() -> str:
    wanted = (os.environ.get("UNO_PYTHON", ""), "/usr/bin/python3", sys.executable)
    return next((each for each in wanted if each and has_uno(each)), "")


def has_uno(python: str) -> bool:
    return subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0


def _made(folder: Path) -> dict[str, str]:
    """The cases of the tests, of each kind of file: name of a result → its text."""
    from word_cases import CASES

    expected = {}
    for name, case in CASES.items():
        if case.field:
            continue
        (folder / f"{name}.docx").write_bytes(case.tracked)
        expected[f"Accept/{name}"], expected[f"Reject/{name}"] = case.after, case.before
    return expected


def _random(folder: Path, rounds: int) -> dict[str, str]:
    import test_word

    # LibreOffice turns a content control of one paragraph into a field that cannot hold tracked changes.
    test_word.PIECES[4] = f"<w:p>{test_word.run('Mandatory: mankind knows best.')}</w:p>"
    # It reads no web page that stands in the place of a paragraph.
    test_word.CHUNK = ""
    document = test_word.Document.from_bytes(test_word.make())
    words = [match.span() for match in re.finditer(r"\w+", document.text)]
    expected: dict[str, str] = {}
    for number in range(rounds):
        choice = random.Random(number)
        edits, comments, position = [], [], 0
        while position < len(words):
            last = min(position + choice.randint(1, 4), len(words)) - 1
            start, end = words[position][0], words[last][1]
            position = last + 1
            if "\n" in document.text[start:end] or not document.can_change(document.edits(start, end, "x")[0]):
                continue
            block = next(each for each in document.blocks if each.start <= start < each.end)
            action = choice.choice(["none", "none", "replace", "insert", "paragraph", "comment"])
            if action == "replace":
                edits += document.edits(start, end, choice.choice(["", "people", "they are & <will>"]))
            elif action == "insert":
                edits += document.edits(start, start, "new ")
            elif action == "paragraph":
                new = document.insertion(
                    choice.choice([None if block.beside else block, None]), "A statement.\nIn two lines."
                )
                edits += [] if new in edits else [new]
            elif action == "comment":
                first, after = document.span(start, end)
                comments.append(test_word.Comment(start=first, end=after, text="Why?"))
        data = test_word.write_word(document, edits, comments)
        (folder / f"{number}.docx").write_bytes(data)
        for action, accept in (("Accept", True), ("Reject", False)):
            settled = test_word.settle(test_word.settle(data, accept=accept), accept=accept, author="Sam")
            expected[f"{action}/{number}"] = test_word.Document.from_bytes(settled).text
    return expected


def _compare(folder: Path, expected: dict[str, str]) -> int:
    from inclusive_ads.text.document import Document

    wrong = [name for name, text in expected.items() if Document.from_file(folder / f"{name}.docx").text != text]
    print(f"{len(expected) - len(wrong)} of {len(expected)} files have the right text.", *wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
