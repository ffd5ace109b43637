"""Check an advert in a real word processor, which asks our server by itself; `make writer-test`, it needs LibreOffice.

Writer opens hard sentences and sample adverts with a server of ours named in its settings, checks them by itself as for
a person, and takes the first suggestion of every finding. Its own Python (with the module ``uno``) drives it.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from libreoffice import CONNECT, has_uno
from serving import running, web

from inclusive_ads.checker import shared_checker

ADVERTS = Path(__file__).parent / "adverts"
# What Writer has to send as it stands, and what it has to get back in its own offsets.
HARD = [
    "Research & development + sales: a salesman (50% travel) is needed; the chairman agrees.",
    "\U0001f642\U0001f642 The policeman wrote: a = b & c = d, 100%25, ?language=de-DE&text=x. He is a chairman.",
    "Our foreman, caf\u00e9 owner \u2013 \u201cchairman\u201d of the board, a barman & a rockstar.",
    "We want a young and dynamic person.",
    "Rydym yn chwilio am rywun i ymuno \u00e2'n t\u00eem, ac mae'r swydd yn un barhaol i bawb.",
]
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
ITEM = (
    '<item oor:path="/org.openoffice.Office.Linguistic/GrammarChecking{path}">'
    '<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
DRIVER = (
    CONNECT
    + r"""
import json, os
from com.sun.star.lang import Locale
from com.sun.star.text.TextMarkupType import PROOFREADING
iterator = services.createInstanceWithContext("com.sun.star.linguistic2.ProofreadingIterator", office)
british = Locale("en", "GB", "")

def flats(document):
    paragraphs, found = document.getFlatParagraphIterator(PROOFREADING, False), []
    one = paragraphs.getFirstPara()
    while one is not None:
        found.append(one)
        one = paragraphs.getNextPara()
    return found

results = []
for paragraphs in json.load(open(folder + "/adverts.json")):
    document = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, ())
    document.CharLocale = british
    text = document.Text
    for number, paragraph in enumerate(paragraphs):
        if number:
            text.insertControlCharacter(text.End, 0, False)
        text.insertString(text.End, paragraph, False)
    limit = time.monotonic() + 30
    while not all(flat.isChecked(PROOFREADING) for flat in flats(document)) and time.monotonic() < limit:
        time.sleep(0.2)
    found = []
    for number, flat in enumerate(flats(document)):
        sent, checked = flat.getText(), flat.isChecked(PROOFREADING)
        result = iterator.checkSentenceAtPosition(document, flat, sent, british, 0, len(sent), 0)
        errors = [(e.nErrorStart, e.nErrorLength, e.aShortComment, e.aFullComment, list(e.aSuggestions))
                  for e in result.aErrors]
        found.append({"sent": sent, "checked": checked, "errors": errors})
        for start, length, _, _, suggestions in reversed(errors):
            if suggestions:  # a paragraph is forgotten with its first change
                flats(document)[number].changeText(start, length, suggestions[0], ())
    results.append({"paragraphs": found, "text": text.String})
    document.close(True)
with open(folder + "/results.json", "w") as file:
    json.dump(results, file)
try:
    desktop.terminate()
finally:
    os._exit(0)  # the bridge to an office that has ended may fall when it is taken down
"""
)


class _Heard(logging.Handler):
    """Counts what the server answered."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        fields = getattr(record, "fields", {})
        self.answers[f"{fields.get('method')} {fields.get('route')} {fields.get('status')}"] += 1


def _configure(user: Path, address: str) -> None:
    user.mkdir(parents=True)
    rows = [("", "IsAutoCheck", "true"), ("/LanguageTool", "IsEnabled", "true"), ("/LanguageTool", "BaseURL", address)]
    items = "\n".join(ITEM.format(path=path, name=name, value=value) for path, name, value in rows)
    (user / "registrymodifications.xcu").write_text(SETTINGS.format(items=items), encoding="utf-8")


def _paragraphs(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _accepted(sent: str, errors: list[list[Any]]) -> str:
    """A paragraph with the first suggestion of every finding, counted in UTF-16."""
    for start, length, _, _, suggestions in reversed(errors):
        raw = sent.encode("utf-16-le")
        if suggestions:
            new = suggestions[0].encode("utf-16-le")
            sent = (raw[: 2 * start] + new + raw[2 * (start + length) :]).decode("utf-16-le")
    return sent


def _judge(adverts: list[list[str]], results: list[dict[str, Any]], heard: _Heard) -> int:
    paragraphs = [one for result in results for one in result["paragraphs"]]
    checker = shared_checker()
    faults = [f"not checked by itself: {one['sent']}" for one in paragraphs if not one["checked"]]
    for advert, result in zip(adverts, results, strict=True):
        sent = [one["sent"] for one in result["paragraphs"]]
        if sent != advert:
            faults.append(f"read as: {sent}")
        after = "\n".join(_accepted(one["sent"], one["errors"]) for one in result["paragraphs"])
        if result["text"] != after:
            faults.append(f"accepted: {result['text']}\nnot as:   {after}")
    for one in paragraphs:
        units = one["sent"].encode("utf-16-le")
        shown = [units[2 * e[0] : 2 * (e[0] + e[1])].decode("utf-16-le") for e in one["errors"]]
        found = checker.passage(one["sent"]).findings
        if len(shown) != len(found) or not all(f.text in text for f, text in zip(found, shown, strict=True)):
            faults.append(f"shows {shown}, not {[f.text for f in found]}: {one['sent']}")
    faults += [f"answered: {answer}" for answer in heard.answers if not answer.endswith(" 200")]
    if any("chairman" in result["text"] for result in results[:1]):
        faults.append("the hard sentences still have a chairman")
    count = sum(len(one["errors"]) for one in paragraphs)
    print(f"{len(adverts)} texts, {len(paragraphs)} paragraphs, {count} findings shown; {dict(heard.answers)}")
    print(*(faults or ["Every paragraph was checked by itself, shown and changed as it should be."]), sep="\n")
    return 1 if faults else 0


def main() -> int:
    soffice, python = shutil.which("soffice"), "/usr/bin/python3"
    if not soffice or not has_uno(python):
        print("This needs LibreOffice Writer and its Python module uno (Debian: libreoffice-writer, python3-uno).")
        return 2
    adverts = [HARD, *(_paragraphs(path) for path in sorted(ADVERTS.glob("private-office/*.txt")))]
    heard = _Heard()
    logging.getLogger("inclusive_ads_web").addHandler(heard)
    logging.getLogger("inclusive_ads_web").setLevel(logging.INFO)
    with running(web()) as server, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "adverts.json").write_text(json.dumps(adverts))
        _configure(folder / "profile" / "user", f"http://127.0.0.1:{server.effective_port}/v2")
        pipe = f"inclusive-ads-{folder.name}"
        profile = f"-env:UserInstallation=file://{name}/profile"
        command = [soffice, "--headless", "--norestore", profile, f"--accept=pipe,name={pipe};urp;"]
        office = subprocess.Popen(command, start_new_session=True)
        try:
            subprocess.run([python, "-c", DRIVER, name, pipe], check=True, timeout=500)
            office.wait(60)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(office.pid, signal.SIGKILL)  # what was started starts another
        return _judge(adverts, json.loads((folder / "results.json").read_text()), heard)


if __name__ == "__main__":
    sys.exit(main())
