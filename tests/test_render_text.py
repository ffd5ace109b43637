"""The report as text and as a page."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusive_ads import Checker, Document, Report, Severity
from inclusive_ads.render import html, text
from inclusive_ads.report import Completeness, GenderBalance, Kept, Note, Source, StatementProblem, Suggestion

TEXT = "Nurse\n\nAn enhanced CRB check is needed.\nA second CRB check, too.\n"
NASTY = '</pre><script>alert(1)</script>\x1b[2J&amp;[bold]x[/bold]\u202e"'


@pytest.fixture
def full(checker: Checker) -> tuple[Report, Document]:
    """A report in which every part says something, and hostile words stand in each."""
    document = Document.from_text(TEXT + NASTY.replace("\x1b", ""))
    report = checker.check(document)
    finding = replace(
        report.findings[0],
        severity=Severity.UNLAWFUL,
        phrase=NASTY,
        message=NASTY,
        why=NASTY,
        affects=(NASTY,),
        advice=NASTY,
        sources=(Source(id="s", title=NASTY, publisher=NASTY, year="2026"),),
        suggestions=(Suggestion(text=NASTY, edits=(), safety="review", sentence=NASTY),),
        kept=Kept(reason=NASTY, kept_by=NASTY, approved_by=(NASTY,)),
    )
    problem = StatementProblem(id="p", start=0, end=5, message=NASTY, severity=Severity.INDIRECT)
    return (
        replace(
            report,
            findings=(finding, *report.findings[1:]),
            summary=NASTY,
            notes=(Note(id="n", message=NASTY),),
            balance=GenderBalance(masculine=("a",), feminine=(), message=NASTY),
            completeness=(
                Completeness(id="c", title=NASTY, present=False, advice=NASTY),
                Completeness(id="d", title="There it is", present=True, advice=""),
            ),
            statements=replace(report.statements, problems=(problem,)),
            not_run=(NASTY,),
            improved=NASTY,
        ),
        document,
    )


@pytest.mark.parametrize("width", [20, 40, 88, 200])
def test_lines_keep_to_the_width_and_lose_no_word(checker: Checker, width: int) -> None:
    document = Document.from_text(TEXT)
    report = checker.check(document)
    shown, wide = text(report, document, width=width), text(report, document, width=10_000)
    assert shown.split() == wide.split()
    longest = max(len(word) for word in shown.split())
    heads = re.compile(r"\d+\. ")
    assert all(len(line) <= max(width, 30, longest + 6) for line in shown.splitlines() if not heads.match(line))


def test_colour_only_repeats_what_the_words_say(checker: Checker) -> None:
    document = Document.from_text(TEXT)
    report = checker.check(document)
    coloured = text(report, document, title="ad.txt", colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == text(report, document, title="ad.txt")


def test_every_part_is_told(full: tuple[Report, Document]) -> None:
    flat = " ".join(text(*full, title="ad.txt").split())
    for start in ("May put off: ", "Source: ", "1=1 → ", "What to do: ", "Kept: ", "Note: ", "Gender-coded words: "):
        assert start in flat
    for part in ("Statement in the advert (indirect-risk): ", "Not found in the advert:", "Not inserted:"):
        assert part in flat
    assert "There it is" not in flat
    assert not set(flat) & set("\x1b\u202e")


@given(title=st.text(), phrase=st.text())
def test_no_character_steers_a_terminal(title: str, phrase: str, checker: Checker) -> None:
    document = Document.from_text(TEXT)
    report = checker.check(document)
    finding = replace(report.findings[0], phrase=phrase, message=phrase)
    shown = text(replace(report, findings=(finding,)), document, title=title)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


class _Page(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, Any]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_is_whole_and_nothing_in_it_runs(full: tuple[Report, Document]) -> None:
    page = _Page(html(*full, title=NASTY))
    tags = [tag for tag, _ in page.tags]
    assert "script" not in tags
    assert tags.count("h1") == 1
    assert tags.count("mark") == len(full[0].findings)
    assert not any(name.startswith("on") or name == "src" for _, attributes in page.tags for name in attributes)
    assert ("html", {"lang": "en-GB"}) in page.tags
    assert NASTY in "".join(page.words)
    targets = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    links = {attributes["href"] for tag, attributes in page.tags if tag == "a"}
    assert links <= {f"#{target}" for target in targets}


def test_headings_of_the_page_go_down_one_at_a_time(full: tuple[Report, Document]) -> None:
    levels = [int(tag[1]) for tag, _ in _Page(html(*full)).tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_page_marks_the_clean_text(checker: Checker) -> None:
    document = Document.from_text("<p>An <b>enhanced CRB</b>&nbsp;check is&shy; needed.</p>", format="html")
    page = html(checker.check(document), document)
    assert "An enhanced <mark>CRB check<sup>" in page
    assert "is needed." in page


@given(
    words=st.lists(
        st.sampled_from(["CRB ", "crb check", "\n", "é", "\u00a0", "<", "&amp;", "\u00ad", " a b. "]), min_size=1
    ).map("".join)
)
def test_the_pieces_of_the_page_are_the_advert(words: str, checker: Checker) -> None:
    from inclusive_ads.render.page import pieces

    document = Document.from_text(f"x {words}")
    report = checker.check(document)
    pieces = list(pieces(report.findings, document))
    assert "".join(piece for piece, _ in pieces) == document.text
    assert [piece for piece, finding in pieces if finding] == [f.phrase for f in report.findings]
