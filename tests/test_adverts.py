"""Whole adverts of our own: what a reviewer would raise is found, nothing else is, and mending them does no harm.

Beside the adverts stands what a reviewer would raise (`marks.yaml`): `must` is what nearly every reviewer would,
`may` is what some would and some would leave; `beyond` is what a reviewer would raise and the checker does not find
yet, because it would have to understand the story. A file without marks is a good advert.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml

from inclusive_ads import Checker, Document, plan
from inclusive_ads.render.word import write_word
from inclusive_ads.report import Edit, Finding, Report
from inclusive_ads.text.edits import apply_edits

FOLDER = Path(__file__).parent / "adverts"
TOKEN = re.compile(r"<[^>]*>|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One stretch of clean text that a reviewer would or could raise."""

    text: str
    start: int
    end: int
    categories: tuple[str, ...]
    kind: str


def read_marks() -> dict[Path, dict[str, list[dict[str, object]]]]:
    return {
        path.parent / name: marks
        for path in sorted(FOLDER.glob("*/marks.yaml"))
        for name, marks in yaml.safe_load(path.read_text(encoding="utf-8")).items()
    }


MARKS = read_marks()
GOOD = [path for path, marks in MARKS.items() if not marks]
EVERY = pytest.mark.parametrize("path", MARKS, ids=lambda path: f"{path.parent.name}/{path.name}")


@cache
def read(path: Path) -> Document:
    return Document.from_file(path)


def marks_of(path: Path) -> list[Mark]:
    text = read(path).text
    found = []
    for kind, entries in MARKS[path].items():
        for entry in entries:
            wording = str(entry["text"])
            places = [m.start() for m in re.finditer(f"(?={re.escape(wording)})", text)]
            nth = int(str(entry.get("nth", 1)))
            assert len(places) >= nth, f"{wording!r} does not stand in {path.name} {nth} times"
            category = entry["category"]
            start = places[nth - 1]
            found.append(
                Mark(
                    text=wording,
                    start=start,
                    end=start + len(wording),
                    categories=tuple(category) if isinstance(category, list) else (str(category),),
                    kind=kind,
                )
            )
    return found


def overlaps(finding: Finding, mark: Mark, document: Document) -> bool:
    start, end = document.clean_span(finding.start, finding.end)
    return start < mark.end and mark.start < end


def test_there_are_enough_adverts_of_every_kind() -> None:
    files = [p for p in FOLDER.glob("*/*") if p.name != "marks.yaml"]
    assert sorted(files) == sorted(MARKS)
    assert len(files) >= 44
    assert len(GOOD) >= 14
    sectors = Counter(p.parent.name for p in files)
    assert min(sectors[s] for s in ("private-office", "nhs-clinical", "business")) >= 6
    formats = Counter(p.suffix for p in files)
    assert all(formats[f] >= 3 for f in (".txt", ".md", ".html", ".docx"))


@EVERY
def test_what_a_reviewer_would_raise_is_found(path: Path, checker: Checker) -> None:
    document = read(path)
    findings = checker.check(document).findings
    missed = [
        (mark.text, mark.categories)
        for mark in marks_of(path)
        if mark.kind == "must"
        and not any(f.category in mark.categories and overlaps(f, mark, document) for f in findings)
    ]
    assert not missed


BEYOND = [path for path, marks in MARKS.items() if "beyond" in marks]


@pytest.mark.parametrize("path", BEYOND, ids=lambda path: path.name)
def test_what_is_beyond_the_checker_is_moved_once_it_is_found(path: Path, checker: Checker) -> None:
    document = read(path)
    findings = checker.check(document).findings
    beyond = [mark for mark in marks_of(path) if mark.kind == "beyond"]
    found = [mark.text for mark in beyond if any(overlaps(f, mark, document) for f in findings)]
    assert not found, "Found now: move these marks to must."


@EVERY
def test_nothing_else_is_flagged(path: Path, checker: Checker) -> None:
    document = read(path)
    marks = marks_of(path)
    over = [
        (f.phrase, f.entry)
        for f in checker.check(document).findings
        if not any(overlaps(f, mark, document) for mark in marks)
    ]
    assert not over


_ROUNDS = 2  # in which all is taken, what one cure hid among it


@pytest.mark.parametrize("take_all", [False, True], ids=["safe", "all"])
@EVERY
def test_what_was_mended_stays_mended_and_nothing_new_appears(path: Path, take_all: bool, checker: Checker) -> None:
    document = read(path)
    findings = checker.check(document).findings
    edits = plan(document, findings, take_all=take_all)
    mended = {f.number for f in findings if any(s.edits and set(s.edits) <= set(edits) for s in f.suggestions[:1])}
    left = Counter((f.entry, f.phrase) for f in findings if f.number not in mended)
    changed = mend(document, edits)
    # What asks for nothing but a bar goes with its line; what it hid shows then, in the advert's own words.
    kept = iter(outline(document))
    assert all(one in kept for one in outline(changed))
    again = checker.check(changed).findings
    new = Counter((f.entry, f.phrase) for f in again) - left
    assert not {phrase for _, phrase in new if not take_all or phrase.lower() not in document.text.lower()}
    for _ in range(_ROUNDS if take_all else 0):
        changed = mend(changed, plan(changed, again, take_all=True))
        again = checker.check(changed).findings
    assert plan(changed, again, take_all=take_all) == () or not mended


@EVERY
def test_mending_twice_changes_nothing(path: Path, checker: Checker) -> None:
    document = read(path)
    once = mend(document, plan(document, checker.check(document).findings))
    assert plan(once, checker.check(once).findings) == ()


@EVERY
def test_the_improved_text_keeps_the_rest_and_needs_no_second_round(path: Path, checker: Checker) -> None:
    document = read(path)
    report = checker.check(document)
    pieces = iter(TOKEN.findall(report.improved))
    assert [piece for piece in untouched(document, report) if piece not in pieces] == []
    format_ = "text" if document.format == "docx" else document.format
    improved = Document.from_text(report.improved, format=format_)
    assert checker.check(improved).improved == report.improved


def mend(document: Document, edits: Sequence[Edit]) -> Document:
    """The document with the edits made, in its own format."""
    if document.format == "docx":
        return Document.from_bytes(write_word(document, edits), name="advert.docx")
    return Document.from_text(apply_edits(document.source, edits), format=document.format)


def outline(document: Document) -> list[str]:
    """What editing words must not touch: tags, kinds of blocks, or how the lines begin."""
    if document.format == "html":
        return re.findall(r"<[^>]+>", document.source)
    if document.format == "docx":
        return [f"{block.kind} {block.level}" for block in document.blocks]
    # Lines of a wrapped paragraph may be joined.
    return re.findall(r"^[ >|#*•\-]*(?:[>|#*•\-]|\d+\.)", document.source, re.MULTILINE)


def untouched(document: Document, report: Report) -> list[str]:
    """The tags, words and signs, in order, that no suggestion touches."""
    edits = [e for f in report.findings for s in f.suggestions for e in s.edits]
    return [
        match.group()
        for match in TOKEN.finditer(document.source)
        if not any(edit.start < match.end() and match.start() < max(edit.end, edit.start + 1) for edit in edits)
    ]
