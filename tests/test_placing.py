"""Where statements stand agrees with the reason that is shown, however an advert is laid out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inclusive_ads import Checker, Document, Settings, Vacancy, read_evidence
from inclusive_ads.lexicon.expansion import strings
from inclusive_ads.lexicon.shared import SectionEntry
from inclusive_ads.statements.library import load_library

EXAMPLES = Path(__file__).parent.parent / "examples"
CHECKER = Checker(Settings(profile=str(EXAMPLES / "profile.yaml"), today=date(2026, 12, 1)))
POST = {
    "vacancy": Vacancy(
        grade="Grade 7",
        role="Private Office",
        location="London",
        # A short advert takes more than three only if asked for them.
        ask=("adjustments", "flexible-working", "nationality-civil-service"),
    ),
    "evidence": read_evidence(EXAMPLES / "representation.csv", EXAMPLES / "comparators.csv"),
}
TITLES = [
    (" ".join(title.split()).capitalize().rstrip("."), entry)
    for entry in CHECKER.lexicon.sections.sections
    for phrase in entry.headings
    for title in strings(phrase.replace("_", "night warden"), CHECKER.lexicon.vocabulary)
]
TEXTS = (
    "We do this part of the work each day.",
    "Short words",
    "Fill in the form by Friday.",
    "Please apply by 3 March with a letter.",
    "Most days you read what people send to the office, write down what they need, and tell the four teams who can"
    " help them and by when.",
)
# How a heading and its text are written: the format, and the lines.
LAYOUTS = {
    "lines": ("text", "{title}\n{text}\n"),
    "apart": ("text", "{title}\n\n{text}\n"),
    "colon": ("text", "{title}:\n{text}\n"),
    "capitals": ("text", "{TITLE}\n{text}\n"),
    "numbers": ("text", "{n}. {title}\n\n{text}\n"),
    "letters": ("text", "({l}) {title}\n{text}\n"),
    "list": ("text", "{title}\n\n- {text}\n- Tea\n"),
    "label": ("text", "{title}: {text}\n"),
    "markdown": ("markdown", "## {title}\n\n{text}\n"),
    "markdown list": ("markdown", "## {n}. {title}\n\n- {text}\n"),
    "page": ("html", "<h2>{title}</h2>\n<p>{text}</p>\n"),
    "bold": ("html", "<p><b>{title}</b></p>\n<p>{text}</p>\n"),
    "breaks": ("html", "<b>{title}</b><br>\n{text}<br>\n"),
    "table": ("html", "<table><tr><td>{title}</td></tr>\n<tr><td>{text}</td></tr></table>\n"),
    "list of a page": ("html", "<h3>{title}</h3>\n<ul>\n<li>{text}</li>\n<li>Tea</li></ul>\n"),
}
LIBRARY = load_library()
OWN = {companion.id: companion.place for companion in LIBRARY.companions.values()}


@dataclass(frozen=True)
class Part:
    title: str
    entry: SectionEntry
    text: str


def write(parts: list[Part], layout: str) -> tuple[str, str]:
    """The advert and its format; the text of each part ends in its number, so that it is found again."""
    kind, form = LAYOUTS[layout]
    return kind, "\n".join(
        form.format(title=p.title, TITLE=p.title.upper(), n=n, l=chr(96 + n), text=numbered(p.text, n))
        for n, p in enumerate(parts, 1)
    )


def numbered(text: str, number: int) -> str:
    words, stop = (text[:-1], ".") if text.endswith(".") else (text, "")
    return f"{words} no {number}{stop}"


def check_places(text: str, kind: str, parts: list[Part]) -> dict[str, str]:
    """The reason for the place of each statement, all of which were found to be true."""
    report = CHECKER.check(Document.from_text(text, format=kind), **POST)
    after = Document.from_text(report.improved, format=kind)
    lines = [after.text[block.start : block.end] for block in after.blocks]
    for one in report.statements.chosen:
        index = lines.index(one.text)
        above, below = (
            [line for line in some if line not in {each.text for each in report.statements.chosen}]
            for some in (lines[:index], lines[index:])
        )
        assert agrees(one.reasons[-1], above, below, parts), (one.id, one.reasons[-1], lines)
        if OWN.get(one.id, "role") != "application" and "first line" not in one.reasons[-1]:
            for part in applying(parts, text):
                heading = max(n for n, line in enumerate(above + below) if titled(line, part.title))
                # Where no running text stands above how to apply, a statement goes to the text below.
                if not any(map(running, (above + below)[:heading])):
                    continue
                assert any(titled(line, part.title) for line in below), (part.title, lines)
    return {one.id: one.reasons[-1] for one in report.statements.chosen}


def agrees(reason: str, above: list[str], below: list[str], parts: list[Part]) -> bool:
    """Whether a reason is true of a statement between two lists of lines."""
    if match := re.fullmatch("It goes (?:at the end of|in) '(.*)'(, before how to apply)?.", reason):
        numbers = [n for n, part in enumerate(parts, 1) if numbered(part.text, n) in " ".join(above)]
        # The text of the part is the last above, and nothing of it is below but how to apply.
        own = parts[numbers[-1] - 1]
        rest = [line for line in below if numbered(own.text, numbers[-1]) in line]
        return titled(match[1], own.title) and (not rest or (match[2] is not None and tells(rest[0])))
    if match := re.fullmatch("It goes before '(.*)'.", reason):
        return any(titled(line, match[1]) for line in below)
    if reason == "It goes before how to apply.":
        return any(map(tells, below))
    if reason == "It goes beside how to apply.":
        return tells(above[-1])
    if reason == "It goes after the opening text.":
        return running(above[-1]) and not any(titled(line, part.title) for line in above[1:] for part in parts)
    if match := re.fullmatch("It goes at the end of the text, above '(.*)'.", reason):
        return running(above[-1]) and any(line.startswith(match[1].removesuffix(" ...")) for line in below)
    if reason == "It goes at the end of the advert, as its first line says how to apply.":
        return not below and tells(above[0])
    return reason == "It goes at the end of the advert." and not below


def tells(line: str) -> bool:
    """Whether a line says how to apply."""
    return "apply" in LIBRARY.read(line)


def running(line: str) -> bool:
    """Whether a line is running text: a sentence, or long."""
    return line.count(" ") > 10 or (line.count(" ") > 2 and re.search("[.!]( no \\d)?$", line) is not None)


def applying(parts: list[Part], text: str) -> list[Part]:
    """The parts on how to apply; a contact in a line is none."""
    return [
        part
        for part in parts
        if part.entry.place == "application" and not (part.entry.field and f"{part.title}: " in text)
    ]


def titled(line: str, title: str) -> bool:
    """Whether a line is a heading or begins with it as its label."""
    line, title = (re.sub(r"^[(]?\w{1,2}[.)] ", "", some).casefold() for some in (line, title))
    return line.strip(" :") == title or line.startswith(f"{title}: ")


drawn = st.lists(
    st.builds(lambda title, text: Part(*title, text), st.sampled_from(TITLES), st.sampled_from(TEXTS)),
    min_size=1,
    max_size=6,
    unique_by=lambda part: part.title,
)


CONTENTS = ["{title}", "{title} ..... {n}", "{n}. {title}", "{title}\t{n}"]


@given(
    parts=drawn,
    layout=st.sampled_from(sorted(LAYOUTS)),
    first=st.sampled_from(["", "Clerk\n\n"]),
    contents=st.none() | st.sampled_from(CONTENTS),
)
@settings(max_examples=300)
def test_the_reason_agrees_with_the_place(parts: list[Part], layout: str, first: str, contents: str | None) -> None:
    """Under headings from the one list in any order, with a table of contents or without."""
    kind, text = write(parts, layout)
    if kind == "text":
        table = [contents.format(title=part.title, n=n) for n, part in enumerate(parts, 1)] if contents else []
        text = first + "\n".join([*table, "", text])
    check_places(text, kind, parts)


def part(title: str, text: str = TEXTS[0]) -> Part:
    return Part(title, next(entry for each, entry in TITLES if each == title), text)


def test_text_under_a_heading_that_nobody_knows_is_no_opening_text() -> None:
    parts = [part("Responsibilities"), part("What it takes to be night warden")]
    reasons = check_places(*reversed(write(parts, "markdown list")), parts)
    assert "It goes at the end of '2. What it takes to be night warden'." in reasons.values()


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_statements_stand_before_the_application_procedure(layout: str) -> None:
    parts = [part("Key responsibilities"), part("Skills and experience"), part("Application procedure", TEXTS[2])]
    kind, text = write(parts, layout)
    reasons = check_places(text, kind, parts)
    for name in ("private-office-grade-7-ethnicity", "nationality-civil-service", "flexible-working"):
        assert re.fullmatch(r"It goes before '(3\. )?application procedure'.", reasons[name], re.IGNORECASE), reasons
