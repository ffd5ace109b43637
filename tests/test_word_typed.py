"""What was typed into the text of a Word file comes out as tracked changes: whole lines new, gone, parted or joined."""

from __future__ import annotations

import io

import docx
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from test_word import DATE, NAMESPACES, OFFICE, PIECES, looks, settle

from inclusive_ads import Document, edits_between
from inclusive_ads.render.word import write_word


def made(*, table: bool = False) -> bytes:
    """Headings, list items and paragraphs, with links, text boxes, notes and somebody else's changes among them."""
    word = docx.Document()
    word.add_heading("Salesman (Band 7)", 1)
    target = word.part.relate_to("https://example.org", f"{OFFICE}/hyperlink", is_external=True)
    for piece in (*PIECES[:3], *PIECES[5:7], PIECES[7].replace("footnoteReference", "lastRenderedPageBreak")):
        whole = f"<w:body {NAMESPACES}>{piece.replace('LINK', target)}</w:body>"
        word.element.body.insert(len(word.element.body) - 1, parse_xml(whole)[0])
    word.add_heading("What you will do", 2)
    word.add_paragraph("lead the workmen", style="List Bullet")
    word.add_paragraph("man the desk", style="List Bullet")
    word.add_paragraph("keep the books", style="List Bullet")
    word.add_paragraph("We are a team that has been here for many years, and we like it.")
    if table:
        cells = word.add_table(2, 2)
        for number, text in enumerate(["Salary", "competitive salary", "Hours", "long hours"]):
            cells.cell(number // 2, number % 2).text = text
    word.add_paragraph("Apply by Friday.")
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


DATA = made()
DOCUMENT = Document.from_bytes(DATA, name="advert.docx")


def typed(document: Document, data: bytes, after: str) -> bytes:
    """The tracked file, which accepts to exactly what was typed and rejects to exactly what there was."""
    tracked = write_word(document, edits_between(document.source, after), date=DATE)
    assert Document.from_bytes(settle(tracked, accept=True)).source == after
    rejected = settle(tracked, accept=False)
    assert Document.from_bytes(rejected).source == document.source
    assert looks(rejected) == looks(data)
    return tracked


LINES = st.sampled_from(["A new line of text.", "Word", "", "and & <more>"])


@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_whatever_is_typed_accepts_and_rejects(data: st.DataObject) -> None:
    lines: list[str] = []
    for line in DOCUMENT.source.split("\n"):
        action = data.draw(st.sampled_from(["stay", "stay", "stay", "gone", "new", "before", "part", "join", "other"]))
        if action == "part":
            place = data.draw(st.integers(0, len(line)))
            lines += [line[:place], line[place:]]
        elif action == "join" and lines:
            lines[-1] += line
        elif action != "gone":
            new = [data.draw(LINES)] if action in ("new", "before", "other") else []
            lines += {"new": [line, *new], "before": [*new, line], "other": new}.get(action, [line])
    if any(lines):
        typed(DOCUMENT, DATA, "\n".join(lines))
