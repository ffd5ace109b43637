"""The parts of an advert: which lines are headings, what stands under them, and where they end."""

from __future__ import annotations

import io
from collections.abc import Iterator

import docx
import pytest

from inclusive_ads import Checker, Document
from inclusive_ads.lexicon.expansion import strings
from inclusive_ads.lexicon.loading import load_lexicon
from inclusive_ads.lexicon.shared import SectionEntry

LEXICON = load_lexicon()
SENTENCE = "You answer calls and write letters."
OTHER = "Tea and cake"  # a heading that nobody knows


def headings() -> Iterator[tuple[str, SectionEntry]]:
    for entry in LEXICON.sections.sections:
        for phrase in entry.headings:
            for heading in strings(phrase.replace("_", "night warden"), LEXICON.vocabulary):
                yield " ".join(heading.split()).capitalize(), entry


def named(checker: Checker, text: str, kind: str = "text") -> dict[str, str]:
    """Block → the part that it stands in."""
    advert = checker.analyse(Document.from_text(text, format=kind))
    return {advert.text[b.start : b.end]: advert.section(b.end - 1) for b in advert.blocks}


def test_each_heading_opens_one_part() -> None:
    owner: dict[str, str] = {}
    for heading, entry in headings():
        assert owner.setdefault(heading, entry.name) == entry.name
    assert len(owner) > 700


def test_a_heading_known_to_one_is_known_to_all(checker: Checker) -> None:
    """Wording, statements and completeness ask the same part, about the same people, with the same place."""
    for heading, entry in headings():
        advert = checker.analyse(Document.from_text(f"{heading}\n\n{SENTENCE} {SENTENCE}\n\n{OTHER}:\n{SENTENCE}\n"))
        first, second = advert.sections
        assert (first.name, first.title) == (entry.name, heading.rstrip("."))
        assert (first.about, first.place) == (entry.about, entry.place)
        assert (second.name, second.about, second.place) == ("", "", "")
        part = advert.part(advert.text.index(SENTENCE))
        assert part == first
        assert advert.section(advert.text.index(SENTENCE)) == entry.name


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("How to apply\n\n{}", "text"),
        ("How to apply:\n{}", "text"),
        ("HOW TO APPLY\n{}", "text"),
        ("  How  to apply :\n\n{}", "text"),
        ("4. How to apply\n\n{}", "text"),
        ("4 How to apply\n\n{}", "text"),
        ("(b) How to apply\n{}", "text"),
        ("iv) How to apply\n{}", "text"),
        ("2.3. How to apply\n\n{}", "text"),
        ("Section 4: How to apply\n\n{}", "text"),
        ("# How to apply\n{}", "text"),
        ("**How to apply**\n{}", "text"),
        ("How to apply\n------------\n{}", "text"),
        ("How to apply: {}", "text"),
        ("How to apply : {}", "text"),
        ("You work here. How to apply: {}", "text"),
        ("Clerk Location: Leeds How to apply: {}", "text"),
        ("## How to apply\n\n{}", "markdown"),
        ("## **How to apply**\n\n{}", "markdown"),
        ("## 4. How to apply\n\n{}", "markdown"),
        ("**How to apply:**\n\n{}", "markdown"),
        ("<h2>How to apply</h2><p>{}</p>", "html"),
        ("<h2>4. How&nbsp;to apply</h2><p>{}</p>", "html"),
        ("<p><b>How to apply</b></p><p>{}</p>", "html"),
        ("<p>How to apply</p><p>{}</p>", "html"),
        ("<b>How to apply:</b> {}", "html"),
        ("How to apply<br>{}", "html"),
        ("<table><tr><td>How to apply</td><td>{}</td></tr></table>", "html"),
    ],
)
def test_a_heading_is_known_however_it_is_written(checker: Checker, text: str, kind: str) -> None:
    advert = checker.analyse(Document.from_text(text.format(SENTENCE), format=kind))
    assert advert.section(advert.text.index(SENTENCE)) == "application"


@pytest.mark.parametrize("style", ["Heading 1", "Heading 3", "Normal", "bold"])
def test_a_heading_in_word_is_known(checker: Checker, style: str) -> None:
    word = docx.Document()
    if style == "bold":
        word.add_paragraph().add_run("How to apply").bold = True
    else:
        word.add_paragraph("How to apply", style=style)
    word.add_paragraph(SENTENCE)
    file = io.BytesIO()
    word.save(file)
    advert = checker.analyse(Document.from_bytes(file.getvalue(), name="advert.docx"))
    assert advert.section(advert.text.index(SENTENCE)) == "application"


@pytest.mark.parametrize(
    "text",
    [
        "how to apply: {}",
        "Tell us how to apply: {}",
        "You know how to apply.\n{}",
        "- How to apply\n- {}",
        "How to apply ........ 7\n{}",
        "How to apply … 7\n{}",
        "How to apply\nAbout us\n{}",
        "How to apply\n\nAbout us\n\nOur values\n\n{}",
        "1. How to apply\n2. About us\n{}",
        "How to apply\n",
    ],
)
def test_a_line_that_heads_nothing_is_no_heading(checker: Checker, text: str) -> None:
    advert = checker.analyse(Document.from_text(text.format(SENTENCE)))
    assert "application" not in {advert.section(place) for place in range(len(advert.text))}


CONTENTS = ["About us", "The role", "Essential criteria", "Life in Leeds", "Benefits", "How to apply"]


@pytest.mark.parametrize("line", ["{}", "{} ..... {n}", "{}\t{n}", "{n}. {}", "- {}", "{} {n}", "{n}  {} ... 4"])
@pytest.mark.parametrize("head", ["", "Contents\n", "In this pack:\n"])
def test_a_table_of_contents_is_not_the_parts(checker: Checker, line: str, head: str) -> None:
    table = "\n".join(line.format(title, n=number) for number, title in enumerate(CONTENTS, 1))
    body = "\n\n".join(f"{title}\n\nThis is what we say of it, number {n}." for n, title in enumerate(CONTENTS, 1))
    advert = checker.analyse(Document.from_text(f"Clerk\n\n{head}{table}\n\n{body}\n"))
    start = advert.text.index("\nThis is what we say of it, number 1.")
    assert {s.name for s in advert.sections if s.start < start - len("About us")} <= {""}
    found = [advert.section(advert.text.index(f"number {n}")) for n in range(1, 7)]
    assert [name for name in found if name] == ["organisation", "role", "requirements", "benefits", "application"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        # A fact ends with its line; the part around it goes on.
        (
            "About us\n\nWe are a trust with many people.\n\nLocation: Leeds\n\nWe are kind to each other.",
            {"Location: Leeds": "location", "We are kind to each other.": "organisation"},
        ),
        ("Salary\n£25,000 a year\n\nYou are calm.", {"£25,000 a year": "pay", "You are calm.": ""}),
        (
            "Clerk\nSalary\n£25,000\nHours\nFull-time\nLocation\nLeeds\n\nYou are calm.",
            {"£25,000": "pay", "Full-time": "hours", "Leeds": "location", "You are calm.": ""},
        ),
        ("Hours: 37 a week, Monday to Friday\nYou are calm.", {"You are calm.": ""}),
        # A label ends with its line and its list.
        (
            "Essential: you have\n- a licence\n- a bicycle\n\nWe are a trust.",
            {"a licence": "requirements", "a bicycle": "requirements", "We are a trust.": ""},
        ),
        ("Role: you drive.\nWe are a trust.", {"Role: you drive.": "role", "We are a trust.": ""}),
        # The next heading ends a part, whatever it says.
        ("About us\n\nWe are kind.\n\nTea and cake:\nThere is some.", {"There is some.": ""}),
        # The nearer heading counts.
        ("Person specification\n\nEssential\n- a licence\n\nDesirable\n- a bicycle", {"a bicycle": "requirements"}),
        ("Education and Training:\n- a degree", {"a degree": "requirements"}),
    ],
)
def test_where_a_part_ends(checker: Checker, text: str, parts: dict[str, str]) -> None:
    found = named(checker, text)
    assert {block: found[block] for block in parts} == parts


def test_a_heading_below_divides_its_part(checker: Checker) -> None:
    page = "<h1>Clerk</h1><h2>How to apply</h2><p>Write.</p><h3>Stage one</h3><p>We read it.</p><h2>Tea</h2><p>Hot.</p>"
    found = named(checker, page, "html")
    assert (found["We read it."], found["Hot."]) == ("application", "")


def test_parts_cover_the_advert_from_the_first_heading_on(checker: Checker) -> None:
    advert = checker.analyse(Document.from_text("Clerk\n\nAbout us\n\nWe are kind.\n\nHow to apply\n\nWrite to us.\n"))
    assert [s.end for s in advert.sections[:-1]] == [s.start for s in advert.sections[1:]]
    assert advert.sections[-1].end == len(advert.text)
    title = advert.part(0)
    assert title is not None
    assert (title.title, title.name, title.place) == ("Clerk", "", "")
    assert checker.analyse(Document.from_text("You are calm.\n\nYou are kind.")).part(0) is None
