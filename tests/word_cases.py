"""Word files of the kinds that employers use, what is typed into each, and what is to come out of it.

The tests settle the changes themselves; `libreoffice.py` lets a real word processor do it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from test_nasty import W
from test_word_parts import file, paragraph

from inclusive_ads import Document, Edit, check, edited, edits_between, new_word, review


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A tracked file: its text as it is given, as it is to be accepted, and as it is to be rejected.

    Attributes:
        field: it holds a control of which LibreOffice makes a field, in which nothing can be tracked.
    """

    given: Document
    tracked: bytes
    after: str
    before: str
    edits: tuple[Edit, ...]
    field: bool = False


FIELDS = ("an open control", "a control for a few words", "a control that may not be removed")


def control(content: str, kind: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: tuple[str, ...]) -> str:
    cells = ["".join(f"<w:tc><w:tcPr/>{''.join(map(paragraph, c.split('/')))}</w:tc>" for c in row) for row in rows]
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


TOP = paragraph("Ward clerk")
END = paragraph("We are a team that has been here for many years, and we like it.") + paragraph("Apply by Friday.")
FORM = table(
    ("Job title", "Chairman of the board"),
    ("Pay", "competitive"),
    ("About the job", "He keeps the books./He greets patients."),
    ("Line manager", ""),
)
LOCK, GUARD = '<w:lock w:val="contentLocked"/>', '<w:lock w:val="sdtLocked"/>'
LIST = '<w:dropDownList><w:listItem w:displayText="Full time" w:value="f"/></w:dropDownList>'
BOUND = '<w:dataBinding w:xpath="/a" w:storeItemID="{0}"/>'
CONTENTS = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
YELLOW, HIDDEN = '<w:highlight w:val="yellow"/>', "<w:vanish/>"

# What is in the body, and what is typed: old and new words, in turn.
BODIES: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "a value in a form": (TOP + FORM + END, (("Chairman", "Chair"), ("competitive", "£30,000 a year"))),
    "a line in a cell": (TOP + FORM + END, (("Chairman of the board", "Chairman of the board\nPart time is fine"),)),
    "a line of a cell gone": (TOP + FORM + END, (("He keeps the books.\n", ""),)),
    "a line between lines of a cell": (TOP + FORM + END, (("books.\nHe", "books.\nHe smiles.\nHe"),)),
    "lines of a cell joined": (TOP + FORM + END, (("books.\nHe", "books. He"),)),
    "a line behind a form": (TOP + FORM + END, (("We are a team", "All are welcome.\nWe are a team"),)),
    "a line before a form": (TOP + FORM + END, (("Ward clerk\n", "Ward clerk\nAll are welcome.\n"),)),
    "everything in a cell": (TOP + FORM + END, (("competitive", ""),)),
    "an open control": (TOP + control(paragraph("Our salesman sells.")) + END, (("salesman", "lead"),)),
    "an open control in a line": (
        f"<w:p>{run('Our ')}{control(run('salesman'))}{run(' sells.')}</w:p>" + END,
        (("salesman", "lead"), ("sells", "leads")),
    ),
    "a control for a few words": (
        f"<w:p>{run('Our ')}{control(run('salesman'), '<w:text/>')}{run(' sells.')}</w:p>" + END,
        (("salesman", "lead"),),
    ),
    "a control that may not be removed": (
        TOP + control(paragraph("Our salesman sells."), GUARD) + END,
        (("salesman", "lead"),),
    ),
    "words behind a locked control": (
        f"<w:p>{run('Hours: ')}{control(run('Full time'), LIST)}{run(' here')}</w:p>" + END,
        (("Full time here", "Full time or part time here"),),
    ),
    "words before a locked control": (
        f"<w:p>{run('Hours:')}{control(run('Full time'), LOCK)}{run(' here')}</w:p>" + END,
        (("Hours:", "Hours: now "),),
    ),
    "a line behind a locked control": (
        TOP + control(paragraph("Our salesman sells."), LOCK) + END,
        (("sells.\n", "sells.\nAll are welcome.\n"),),
    ),
    "a heading in a contents list": (
        control(paragraph("Ward clerk 1") + paragraph("Pay 2"), CONTENTS) + TOP + END,
        (("\nWard clerk\n", "\nWard lead\n"),),
    ),
    "words behind marked words": (
        f"<w:p>{run('Our ')}{run('salesman', YELLOW)}{run(' sells.')}</w:p>" + END,
        (("salesman sells", "salesman or lead sells"),),
    ),
    "words in the place of marked words": (
        f"<w:p>{run('Our ')}{run('salesman', YELLOW)}</w:p>" + END,
        (("salesman", "lead"),),
    ),
    "words beside hidden words": (
        f"<w:p>{run('secret', HIDDEN)}{run('Our salesman')}{run('secret', HIDDEN)}</w:p>" + END,
        (("Our salesman", "All our salesmen"),),
    ),
    "a line behind a marked line": (
        TOP + f"<w:p>{run('Fill this in before you send it to us, please do.', YELLOW)}</w:p>" + END,
        (("please do.", "please do.\nAll are welcome."),),
    ),
    "a last line": (TOP + END, (("Friday.", "Friday.\nAll are welcome."),)),
    "a last line gone": (TOP + END, (("\nApply by Friday.", ""),)),
    "a first line gone": (TOP + END, (("Ward clerk\n", ""),)),
    "a line parted": (TOP + END, (("for many years, and", "for many years.\nAnd"),)),
    "two lines joined": (TOP + END, (("like it.\nApply", "like it. Apply"),)),
    "an item between items": (
        "".join(paragraph(f"- item {number}") for number in range(3)) + END,
        (("item 1", "item 1\n- another"),),
    ),
    "lines moved": (
        TOP + paragraph("Pay: fair") + paragraph("Hours: few") + END,
        (("Pay: fair\nHours: few", "Hours: few\nPay: fair"),),
    ),
    "words in a footnote": ("", (("A foreman may sign.", "A supervisor may sign."),)),
    "words in a header": ("", (("Our manpower", "Our staff"),)),
    "words in a footer": ("", (("Ask the chairman", "Ask the chair"), ("Apply by Friday", "Apply by Monday"))),
}  # fmt: skip

TEXTS = {
    "text": "Ward clerk\n\nWe’re a team.  He keeps the books.\n\n"
    "What you need\n• a degree\n• ten years of sales\n\nPay: fair\n",
    "markdown": "# Ward clerk\n\nWe're a *team*. He keeps\nthe books.\n\n"
    "## What you need\n\n- a degree\n- ten years\n\nPay: fair\n",
    "html": "<h1>Ward clerk</h1>\n<p>We&rsquo;re a <b>team</b>. He keeps<br>the books.</p>\n<h2>What you need</h2>"
    "<ul><li>a degree</li>\n<li>ten years</li></ul>\n<table><tr><td>Pay:</td><td>fair</td></tr></table>",
    "eml": "Subject: Ward clerk\nContent-Type: text/html\n\n<p>We are a team. He keeps the books.</p>"
    "<h2>What you need</h2><ul><li>a degree</li><li>ten years</li></ul><p>Pay: fair</p>",
}  # fmt: skip
TYPED = {
    "words": (("He keeps", "You keep"), ("fair", "£30,000")),
    "a line": (("a degree", "a degree or as much experience"), ("ten years", "nine years")),
    "everything": (("Ward clerk", "Clerk"), ("He keeps", "They keep"), ("a degree", "skill"), ("fair", "good")),
}


def noted() -> bytes:
    """A file with a footnote, a header and a footer."""
    references = "".join(f'<w:{each}Reference w:type="default" r:id="{each[0]}"/>' for each in ("header", "footer"))
    section = f"<w:sectPr>{references}</w:sectPr>"
    note = f'<w:footnote w:id="1">{paragraph("A foreman may sign.")}</w:footnote>'
    return file(
        TOP + f'<w:p>{run("It is paid.")}<w:r><w:footnoteReference w:id="1"/></w:r></w:p>' + END + section,
        ("h", "header", "header1.xml"),
        ("f", "footer", "footer1.xml"),
        ("n", "footnotes", "footnotes.xml"),
        header1DOTxml=f"<w:hdr {W}>{paragraph('Our manpower')}</w:hdr>",
        footer1DOTxml=f"<w:ftr {W}>{paragraph('Ask the chairman')}</w:ftr>",
        footnotesDOTxml=f"<w:footnotes {W}>{note}</w:footnotes>",
    )


def typed(source: str, words: tuple[tuple[str, str], ...]) -> str:
    for old, new in words:
        assert old in source, old
        source = source.replace(old, new, 1)
    return source


def _cases() -> Iterator[tuple[str, Case]]:
    for name, (body, words) in BODIES.items():
        given = Document.from_bytes(file(body) if body else noted())
        after = typed(given.source, words)
        yield name, case(given, after, after, given.source, field=name in FIELDS)
    for form, source in TEXTS.items():
        given = Document.from_bytes(source.encode(), name=f"advert.{form}", format=form)
        before = lines_of_word(new_word(edited(given, ())))
        for name, words in TYPED.items():
            after = typed(given.source, words)
            edits = edits_between(given.source, after)
            yield f"{form} {name}", case(given, after, lines_of_word(new_word(edited(given, edits))), before)


def case(given: Document, source: str, after: str, before: str, *, field: bool = False) -> Case:
    edits = edits_between(given.source, source)
    tracked = review(given, check(given), edits)
    return Case(given=given, tracked=tracked, after=after, before=before, edits=edits, field=field)


def lines_of_word(data: bytes) -> str:
    return Document.from_bytes(data).source


CASES = {name.replace(" ", "-"): each for name, each in _cases()}
