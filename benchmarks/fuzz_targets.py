"""What is fuzzed: each target takes bytes, makes an input of them and uses it as a user would.

A target passes where the library answers, or refuses with one of its own errors; anything else escapes. The targets
know no fuzzer: `fuzz.py` drives them with atheris for minutes, `tests/test_fuzz.py` with hypothesis for seconds.

Longer than 300 lines: a dozen short targets that draw from the same few values.
"""

from __future__ import annotations

import io
import json
import re
import socket
import tempfile
import threading
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from inclusive_ads import Checker, Document, InclusiveAdsError, InputError, Report, Settings
from inclusive_ads.analysis.advert import Analyser
from inclusive_ads.analysis.syntax import Syntax
from inclusive_ads.batch.items import read_items
from inclusive_ads.decisions import load_decisions
from inclusive_ads.evidence.grading import read_evidence
from inclusive_ads.evidence.pictures import picture, table
from inclusive_ads.lexicon.checking import check_phrases
from inclusive_ads.lexicon.expressions import compile_ordered
from inclusive_ads.lexicon.files import read_yaml
from inclusive_ads.lexicon.models import Entry, EntryFile, OwnLexicon
from inclusive_ads.lexicon.patterns import compile_phrase
from inclusive_ads.lexicon.phrases import PatternError
from inclusive_ads.lexicon.samples import sample
from inclusive_ads.lexicon.scan_text import scan_text
from inclusive_ads.lexicon.shared import VocabularyFile
from inclusive_ads.lexicon.sources import SourcesFile
from inclusive_ads.render.page import html
from inclusive_ads.render.results import read_results, result_line, to_csv, to_json_line
from inclusive_ads.render.review import review
from inclusive_ads.render.terminal import text as terminal
from inclusive_ads.render.tools import diff, github, sarif
from inclusive_ads.render.word_made import new_word
from inclusive_ads.settings import load_settings
from inclusive_ads.statements.profiles import load_profile
from inclusive_ads.text.edits import apply_edits
from inclusive_ads.text.readers.formats import FORMATS, SUFFIXES
from inclusive_ads.wording.context import Context
from inclusive_ads_web import WebSettings, create_app
from inclusive_ads_web.server import make_server

_T = TypeVar("_T")
OFTEN = "1000000 per second"
NAMES = ("", *(f"advert{suffix}" for suffix in SUFFIXES), "../advert", "\u202etxt.exe")
# fmt: off
BREAKS = (" ", " ", " ", ". ", ", ", "\n", "\n\n", "\n- ", "\r\n", "; ", " (", ") ", '"', "'s ", "-", "/", "\u00a0",
    "<b>", "</b>", "**", "&amp;", "# ", "\u00ad", "\u2019", "\U0001f600", "e\u0301", "\u202e", "\t", "|", "1.")
PLAIN = ("you must be", "we are looking for", "he", "a", "an", "is", "manages", "not", "no", "do not need", "the",
    "Trust", "patients", "HM", "5", "years", "if he", "and", "or", "women", "only", "About you", "Salary:")
TOKENS = ("word", "a", "b-c", "years'", "(", ")", "[", "]", "|", "...", "...6", "_", "/", "{number}", "{digits}",
    "{x}", "\\(", "\\", " ", "  ", "é", "-", "'", "..", "İ", "{money}", "...99999")
KEYS = ("id", "forms", "case", "severity", "affects", "characteristics", "message", "why", "source", "evidence",
    "advice", "alternatives", "unless", "only", "examples", "limit", "about", "despite", "pronoun", "retired", "x")
VALUES: tuple[Any, ...] = ( "", "style", "likely-unlawful", "any", "plain words", 0, -1, 1e400, True, None, [], {},
    ["a"], [[]], {"any": ["word"]}, {"any": ["... x"]}, {"any": ["(a|b) c [d]"], "singular": []}, [{"say": "other",
    "safety": "safe"}], "exact", "practice", [{"before": ["not"], "because": "x"}], [{"part_of": ["(("], "because":
    "x"}], [{"section": ["nowhere"], "because": "x"}], {"flag": ["a [[word]]"], "ok": ["b"]}, "convention", "x" *
    1000, "\u202e", "{match}{0}", )
HEADERS = ("X-API-Key", "X-Request-ID", "Content-Type", "Host", "X-Forwarded-For", "Origin", "Range", "Cookie",
    "Accept", "Content-Length", "Content-Encoding", "If-None-Match", "X-Forwarded-Proto")
PATHS = ("/", "/result", "/download", "/edit", "/guide", "/guide/stale-crb", "/sample", "/metrics", "/api/v2/check",
    "/api/v2/fix", "/api/v2/batch", "/api/v2/statement", "/api/v2/entries", "/api/v2/entries/x", "/api/v2/profiles",
    "/static/page.css", "/static/../app.py", "/static/%2e%2e/app.py", "//example.org", "/api/v2/openapi.json",
    "/privacy/")
KINDS = ( "application/json", "multipart/form-data; boundary=b", "application/x-www-form-urlencoded",
    "application/x-ndjson", "", "x", )
# fmt: on


class Draw:
    """Decisions read from bytes, so that a small change of the bytes makes a small change of the input."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._place = 0

    @property
    def left(self) -> bool:
        return self._place < len(self._data)

    def number(self, below: int) -> int:
        byte = self._data[self._place : self._place + 2]
        self._place += 1 if below <= 256 else 2
        return int.from_bytes(byte[: 1 if below <= 256 else 2], "big") % below

    def pick(self, options: Sequence[_T]) -> _T:
        return options[self.number(len(options))]

    def bytes(self, most: int) -> bytes:
        part = self._data[self._place : self._place + most]
        self._place += most
        return part

    def text(self, most: int) -> str:
        return self.bytes(most).decode(errors="ignore")

    def rest(self) -> bytes:
        return self.bytes(len(self._data))


@cache
def checker() -> Checker:
    return Checker(Settings(profile="civil-service" if "civil-service" in _profiles() else "generic"))


def _profiles() -> tuple[str, ...]:
    from inclusive_ads.statements.profiles import profiles

    return profiles()


@cache
def wordings() -> tuple[str, ...]:
    """One string for each form of each entry that ships, and some plain words."""
    lexicon = checker().lexicon
    forms = [
        sample(phrase, lexicon.vocabulary)
        for entry in lexicon.entries.values()
        for phrases in entry.forms.values()
        for phrase in phrases
    ]
    return (*PLAIN * 20, *forms)


@cache
def folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="inclusive-ads-fuzz-"))


def file(data: bytes, name: str) -> Path:
    path = folder() / name
    path.write_bytes(data)
    return path


def refused(ask: Callable[[], object]) -> bool:
    """Whether the library says no, in its own words."""
    try:
        ask()
    except InclusiveAdsError:
        return True
    return False


def look_at(document: Document, draw: Draw) -> None:
    """The promises of a document: offsets stay inside, edits apply, what is written can be read."""
    assert document.text.strip()
    size = len(document.text)
    for block in document.blocks:
        start, end = document.span(block.start, block.end)
        assert 0 <= start <= end <= len(document.source)
    start = draw.number(max(1, min(size, 65_000)))
    end = min(size, start + draw.number(40))
    low, high = document.clean_span(*document.span(start, end))
    assert 0 <= low <= high <= size
    changed = apply_edits(document.source, document.edits(start, end, "a <b> & *c* new word"))
    assert "new word" in changed
    assert apply_edits(document.source, [document.insertion(document.blocks[-1], "One.\nTwo.")])


def document(data: bytes) -> None:
    """Bytes of every format."""
    draw = Draw(data)
    form, name, data = draw.pick((None, *FORMATS)), draw.pick(NAMES), draw.rest()
    try:
        found = Document.from_bytes(data, name=name, format=form)
    except InclusiveAdsError:
        return
    look_at(found, Draw(data))


PARTS = ("word/document.xml", "word/_rels/document.xml.rels", "word/comments.xml", "[Content_Types].xml", "_rels/.rels",
         "word/numbering.xml", "word/styles.xml")  # fmt: skip


@cache
def _empty_word() -> bytes:
    return new_word(Document.from_text("# A post\n\n- We want a salesman.\n- He manages.", format="markdown"))


def word(data: bytes) -> None:
    """A Word file, one of whose parts is anything."""
    draw = Draw(data)
    name, raw = draw.pick(PARTS), draw.rest()
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_empty_word())) as old, zipfile.ZipFile(target, "w") as new:
        for item in (*old.namelist(), *(part for part in PARTS if part not in old.namelist())):
            if item == name or item in old.namelist():
                new.writestr(item, raw if item == name else old.read(item))
    try:
        found = Document.from_bytes(target.getvalue(), name="a.docx")
    except InclusiveAdsError:
        return
    look_at(found, Draw(raw))
    report = checker().check(found)
    edits = [edit for finding in report.findings for s in finding.suggestions[:1] for edit in s.edits][:1]
    if not refused(lambda: review(found, report, edits)):
        Document.from_bytes(review(found, report, edits), name="a.docx")


def advert(data: bytes) -> None:
    """Adverts made of the wording that the lexicons look for, in every format, through every way out."""
    draw = Draw(data)
    form = draw.pick(("text", "markdown", "html"))
    parts: list[str] = []
    while draw.left and len(parts) < 120:
        kind = draw.number(8)
        parts.append(
            draw.text(6) if kind == 0 else draw.pick(wordings()).title() if kind == 1 else draw.pick(wordings())
        )
        parts.append(draw.pick(BREAKS))
    try:
        found = Document.from_text("".join(parts), format=form)
    except InputError:
        return
    report = checker().check(found)
    look_at_report(report, found)
    new_word(found)


def look_at_report(report: Report, document: Document) -> None:
    """The promises of a report, and all of its forms."""
    source = document.source
    last = 0
    assert sorted(finding.number for finding in report.findings) == list(range(1, len(report.findings) + 1))
    for finding in report.findings:
        assert source[finding.start : finding.end] == finding.text
        assert finding.sentence_start <= finding.start < finding.end <= finding.sentence_end
        assert last <= finding.start
        last = finding.end
        for suggestion in finding.suggestions:
            apply_edits(source, suggestion.edits)
    json.dumps(report.to_dict(), ensure_ascii=False).encode()
    json.dumps(sarif([("a b.txt", report, document)])).encode()
    for shown in (
        terminal(report, document),
        html(report, document),
        github("a", report, document),
        diff(source, report.improved, "a"),
        to_json_line(result_line(1, report, source)),
    ):
        shown.encode()
    refused(lambda: Document.from_text(report.improved, format=document.format, limit=2 * len(source) + 100_000))


def phrase(data: bytes) -> None:
    """The phrase language."""
    draw = Draw(data)
    written = "".join(
        draw.text(4) if (kind := draw.number(6)) == 0 else draw.pick(TOKENS) + " " * (kind > 2) for _ in range(12)
    )
    vocabulary = checker().lexicon.vocabulary
    try:
        compile_phrase(written, vocabulary)
    except PatternError:
        return
    shown = scan_text(sample(written, vocabulary))
    compile_ordered([written], vocabulary).search(shown * 3)


def lexicon(data: bytes) -> None:
    """Entry files, as bytes and as entries of odd parts; every other file of a lexicon's folder."""
    draw = Draw(data)
    if draw.number(2):
        entries = [
            {draw.pick(KEYS): draw.pick(VALUES) for _ in range(draw.number(20))} | {"id": "x"}
            for _ in range(draw.number(3))
        ]
        full = {
            "forms": {"any": [draw.text(20) or "word"]},
            "severity": "style",
            "affects": ["people"],
            "message": "A message long enough.",
            "why": "A reason long enough.",
            "source": "practice",
            "evidence": "convention",
            "advice": "Say something else.",
            "examples": {"flag": ["[[word]]"], "ok": ["b"]},
        }
        entries = [{**full, **entry} if draw.number(2) else entry for entry in entries]
        content = {"category": "own", "title": "Our own", "about": "Words for a fuzzer.", "entries": entries}
        path = file(yaml.safe_dump(content, allow_unicode=True).encode(errors="replace"), "own.yaml")
    else:
        path = file(draw.rest(), "own.yaml")
    for model in (SourcesFile, OwnLexicon, VocabularyFile):
        refused(lambda model=model: read_yaml(path, model))
    try:
        read = read_yaml(path, EntryFile)
        own: dict[str, Entry] = {entry.id: entry for entry in read.entries}
        lexicon = replace(checker().lexicon, entries=own, files=dict.fromkeys(own, path))
        check_phrases(lexicon)
    except InclusiveAdsError:
        return
    found = Document.from_text("A word, other words and a plain word.")
    advert = Analyser(lexicon).analyse(found)
    for candidate in advert.found.candidates:
        Context(lexicon, Syntax("none")).judge(advert, candidate)


def settings(data: bytes) -> None:
    """Settings, profiles and decisions."""
    path = file(data, "any.yaml")
    for read in (load_settings, load_profile, load_decisions):
        refused(lambda read=read: read(path))


def evidence(data: bytes) -> None:
    """Workforce figures: up to three files, with a line of dashes between them."""
    files = data.split(b"\n----\n")[:3]
    try:
        found = read_evidence(files[0], *(part or None for part in files[1:]))
    except InclusiveAdsError:
        return
    for graded in found.groups:
        groups = found.for_post(grade=graded.grade, role=graded.role)
        picture(groups).encode()
        str(table(groups)).encode()
        json.dumps(dict(graded.record), default=str)


def batch(data: bytes) -> None:
    """Files of many adverts, and the results of an earlier run."""
    draw = Draw(data)
    path = file(draw.rest(), draw.pick(("a.jsonl", "a.csv", "a.txt")))
    refused(lambda: [item.text for item in read_items([str(path)], carry=("team",))])
    rows = to_csv(read_results(path.read_bytes().splitlines(), "a"), ["team"])
    refused(lambda: "".join(rows).encode(errors="surrogatepass"))


@cache
def client() -> Any:
    web = WebSettings(
        page_rate="1000000 per second", api_rate="1000000 per second", upload_bytes=200_000, batch_lines=20
    )
    app = create_app(web, Settings())
    app.config["WTF_CSRF_ENABLED"] = False  # a fuzzer never guesses a token
    app.extensions["inclusive_ads"].warm()
    return app.test_client()


def http(data: bytes) -> None:
    """Requests of every shape to every address."""
    draw = Draw(data)
    path, method = draw.pick(PATHS), draw.pick(("GET", "POST", "POST", "POST", "PUT", "HEAD", "OPTIONS"))
    kind, headers = draw.pick(KINDS), [(draw.pick(HEADERS), _header(draw.text(12))) for _ in range(draw.number(3))]
    body = draw.rest()
    if method == "GET":
        path += "?q=" + body[:100].decode("latin-1").replace("#", "")
    answer = client().open(path, method=method, headers=[("Content-Type", kind), *headers], data=body)
    assert answer.status_code < 500, f"{answer.status_code} {path}"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    host = answer.request.host
    assert re.match(rf"/(?!/)|https?://{re.escape(host)}/", answer.headers.get("Location", "/")), answer.headers[
        "Location"
    ]
    answer.get_data()
    answer.close()


# fmt: off
LINE = ('{"id": ', '"text": ', '"id": ', "}", "{", "[", '"\\ud800"', '"\\u0000"', "1e999", "NaN",
    "12345678901234567890", "-1", "true", "null", '"a clerk"', ", ", ": ", "\n", '"post": {"grade": "SEO"}',
    '"format": "html"', '"\\ud83d\\ude00"', '{"id": 1, "text": "He is a salesman."}', "\ufeff", "[" * 2000, '"x": ')
# fmt: on


def lines(data: bytes) -> None:
    """Batches: each line is answered by one line, which is JSON with an id, whatever stands in it."""
    draw = Draw(data)
    body = "".join(draw.pick(LINE) if draw.number(4) else draw.text(6) for _ in range(40)).encode(errors="replace")
    answer = client().post("/api/v2/batch", content_type="application/x-ndjson", data=body)
    assert answer.status_code == 200, answer.status_code
    made = [json.loads(line) for line in answer.get_data().split(b"\n")[:-1]]
    answer.close()
    assert len(made) == min(21, sum(1 for line in io.BytesIO(body) if line.strip()))
    assert all(type(line["id"]) in {str, int} for line in made)


def _header(text: str) -> str:
    return "".join(c for c in text if " " <= c <= "\xff" and c != "\x7f")


@cache
def port() -> int:
    server = make_server(WebSettings(port=0, page_rate=OFTEN, api_rate=OFTEN), Settings())
    threading.Thread(target=server.run, daemon=True).start()
    return int(server.effective_port)


def wire(data: bytes) -> None:
    """Any bytes on a real socket, cut off anywhere; the next one is served all the same."""
    with socket.create_connection(("127.0.0.1", port()), timeout=10) as line:
        line.sendall(data)
        if data[-1:] > b"\x7f":
            line.shutdown(socket.SHUT_WR)
            line.recv(10_000)
    with socket.create_connection(("127.0.0.1", port()), timeout=10) as line:
        line.sendall(b"GET /api/v2/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert b" 200 OK" in line.recv(1000)


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (document, word, advert, phrase, lexicon, settings, evidence, batch, lines, http, wire)
}
