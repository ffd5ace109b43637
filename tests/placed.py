"""Adverts with marks where a careful person would put a statement, and which of the tool's statements stand elsewhere.

A line of a `word` advert begins with how it is made: ``# `` and ``## `` headings, ``** `` typed bold, ``- `` an item,
``toc `` a line of a contents list, ``~`` an empty paragraph, ``| a | b |`` a row (``¶`` parts paragraphs in a cell),
``locked: ``, ``bound: ``, ``open: `` a content control round the lines of its kind, ``marked: `` highlighted.
"""

from __future__ import annotations

import html
import io
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

import docx
import yaml
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from inclusive_ads import Checker, Document, Report, Settings, Vacancy, read_evidence
from inclusive_ads.render.word import write_word
from inclusive_ads.statements.library import load_library
from inclusive_ads.statements.placing import insert_statements
from inclusive_ads.text.edits import apply_edits

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
CHECKER = Checker(Settings(profile=str(EXAMPLES / "profile.yaml"), today=date(2026, 12, 1)))
EVIDENCE = read_evidence(EXAMPLES / "representation.csv", EXAMPLES / "comparators.csv")
# What is asked for goes in whatever the length of the advert, so that every kind of place is looked at.
VACANCY = Vacancy(
    grade="Grade 7",
    role="Private Office",
    location="London",
    ask=("adjustments", "flexible-working", "nationality-civil-service", "independent-panel"),
)
ALLOWED = {"role": "R", "hours": "RH", "before-you-apply": "RH", "application": "A"}
_MARK = re.compile(r" \^([RAH]+)")
_TAGS = re.compile(r"<[^>]*>")
_CONTROLS = {
    "locked: ": '<w:lock w:val="sdtContentLocked"/>',
    "bound: ": '<w:dataBinding w:xpath="/a" w:storeItemID="{00000000-0000-0000-0000-000000000001}"/>',
    "open: ": "",
}
_KINDS = (*_CONTROLS, "## ", "# ", "** ", "- ", "toc ", "~", "|", "marked: ")


@dataclass(frozen=True)
class Advert:
    """One advert; `marks` tells for the end of a line which statements may stand below it."""

    name: str
    document: Document
    marks: dict[str, str]


def adverts(file: str) -> Iterator[Advert]:
    """The adverts of a file in the folder `placing`."""
    sentences = yaml.safe_load((HERE / "placing" / "sentences.yaml").read_text(encoding="utf-8"))
    for entry in yaml.safe_load((HERE / "placing" / file).read_text(encoding="utf-8")):
        text = re.sub(r"\{(\w\d)\}", lambda match: sentences[match[1]], entry["text"])
        marks = {_key(text[: mark.start()]): mark[1] for mark in _MARK.finditer(text)}
        plain = _MARK.sub("", text)
        if "wrap" in entry:
            plain = "\n".join(_wrapped(line, entry["wrap"]) for line in plain.split("\n"))
        if entry["form"] == "word":
            document = Document.from_bytes(word(plain), name="advert.docx")
        else:
            document = Document.from_text(plain, format=entry["form"])
        yield Advert(entry["name"], document, marks)


def _wrapped(line: str, width: int) -> str:
    return textwrap.fill(line, width, subsequent_indent="  " * line.startswith("- ")) if "    " not in line else line


def _key(text: str) -> str:
    line = html.unescape(_TAGS.sub(" ", text.rpartition("\n")[2]))
    return " ".join(re.split(r"[|¶]", line)[-1].split())[-25:]


def check(advert: Advert) -> Report:
    """The report with all the statements that can go in."""
    return CHECKER.check(advert.document, vacancy=VACANCY, evidence=EVIDENCE)


def with_statements(advert: Advert, report: Report) -> Document:
    """The advert with its statements and nothing else changed, read again."""
    edits = insert_statements(advert.document, report.statements)
    if advert.document.format == "docx":
        return Document.from_bytes(write_word(advert.document, edits), name="advert.docx")
    return Document.from_text(apply_edits(advert.document.source, edits), format=advert.document.format)


def elsewhere(advert: Advert) -> list[str]:
    """The statements that stand where a careful person would not have put them: id, and the line above."""
    report = check(advert)
    after = with_statements(advert, report)
    lines = [after.text[block.start : block.end] for block in after.blocks]
    own = {" ".join(one.text.split()) for one in report.statements.chosen}
    found = []
    for one in report.statements.chosen:
        place = lines.index(one.text)
        above = next((line for line in reversed(lines[:place]) if line not in own), "")
        companion = load_library().companions.get(one.id)
        allowed = ALLOWED[companion.place if companion else "role"]
        if not set(advert.marks.get(above[-25:], "")) & set(allowed):
            found.append(f"{one.id} below '{above[-60:]}': {one.reasons[-1]}")
    return found


def word(text: str) -> bytes:
    """A Word file of lines."""
    made = docx.Document()
    for kind, group in groupby(text.strip("\n").split("\n"), key=_kind):
        lines = [line.removeprefix(kind) for line in group]
        if kind == "|":
            _table(made, [[cell.strip() for cell in line.strip("|").split("|")] for line in lines])
        elif kind in _CONTROLS:
            _control(made, lines, _CONTROLS[kind])
        else:
            for line in lines:
                _paragraph(made, kind, line)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def _kind(line: str) -> str:
    return next(
        (
            kind
            for kind in (*_CONTROLS, "## ", "# ", "** ", "- ", "toc ", "~", "|", "marked: ")
            if line.startswith(kind)
        ),
        "",
    )


def _paragraph(made: WordDocument, kind: str, line: str) -> None:
    if kind in ("# ", "## "):
        made.add_heading(line, len(kind) - 1)
    elif kind == "toc ":
        if "toc 1" not in made.styles:
            made.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
        made.add_paragraph(line, style="toc 1")
    elif kind == "- ":
        made.add_paragraph(line, style="List Bullet")
    else:
        run = made.add_paragraph().add_run(line)
        run.bold = True if kind == "** " else None
        if kind == "marked: ":
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _table(made: WordDocument, rows: list[list[str]]) -> None:
    table = made.add_table(len(rows), len(rows[0]))
    table.style = "Table Grid"
    for number, row in enumerate(rows):
        for cell, text in zip(table.rows[number].cells, row, strict=True):
            first, *more = [each.strip() for each in text.split("¶")]
            cell.paragraphs[0].text = first
            for each in more:
                cell.add_paragraph(each)


def _control(made: WordDocument, lines: list[str], properties: str) -> None:
    control = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:id w:val="7"/>{properties}</w:sdtPr><w:sdtContent/></w:sdt>'
    )
    made.element.body.insert(len(made.element.body) - 1, control)
    for line in lines:
        paragraph = made.add_paragraph(line)._p
        control[1].append(paragraph)


if __name__ == "__main__":
    import sys

    wrong = 0
    for each in adverts(sys.argv[1]):
        if faults := elsewhere(each):
            wrong += 1
            print(each.name, *faults, sep="\n    ")
    print(wrong)
