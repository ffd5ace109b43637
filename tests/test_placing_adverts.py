"""Statements stand where a careful person would put them in adverts of every shape, and look in Word as they should."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from placed import Advert, adverts, check, elsewhere, word
from test_word import settle

from inclusive_ads import Document
from inclusive_ads.render.word import write_word
from inclusive_ads.statements.placing import insert_statements

TUNED, FURTHER = list(adverts("adverts.yaml")), list(adverts("further.yaml"))
# What nothing in the text tells apart: a heading of no known words may open another part or divide the one above.
NOT_TO_BE_KNOWN = {"plain, role first, then unknown headings"}
WORD = [advert for advert in (*TUNED, *FURTHER) if advert.document.format == "docx"]


@pytest.mark.parametrize("advert", [*TUNED, *FURTHER], ids=lambda advert: advert.name)
def test_statements_stand_where_a_careful_person_would_put_them(advert: Advert) -> None:
    assert bool(elsewhere(advert)) is (advert.name in NOT_TO_BE_KNOWN), elsewhere(advert)


@pytest.mark.parametrize("advert", WORD, ids=lambda advert: advert.name)
def test_word_files_accept_and_reject_to_the_letter(advert: Advert) -> None:
    edits = insert_statements(advert.document, check(advert).statements)
    assert edits
    made = write_word(advert.document, edits)
    assert Document.from_bytes(settle(made, accept=False)).source == advert.document.source
    assert Document.from_bytes(settle(made, accept=True)).source == Document.from_bytes(made).source


def added(text: str, after: str) -> Paragraph:
    """The paragraph that is added to a Word file below the block that begins with `after`."""
    document = Document.from_bytes(word(text), name="advert.docx")
    block = next(block for block in document.blocks if document.text.startswith(after, block.start))
    made = docx.Document(io.BytesIO(settle(write_word(document, [document.insertion(block, "NEW")]), accept=True)))
    paragraphs = [Paragraph(each, made.part) for each in made.element.body.iter(qn("w:p"))]
    return next(each for each in paragraphs if each.text == "NEW")


LONG = "You look after the diary and see that each visit has a purpose, a route and a way home."


@pytest.mark.parametrize("kind", ["locked", "bound", "open"])
def test_nothing_goes_into_a_control_of_one_paragraph(kind: str) -> None:
    new = added(f"{kind}: {LONG}\nThe end.", "You look")
    assert next(new._p.iterancestors(qn("w:sdt")), None) is None


@pytest.mark.parametrize("last", ["| Hours | 37 |", ""])
@pytest.mark.parametrize("value", [LONG, f"{LONG} ¶ Short and sweet.", f"Short and sweet. ¶ {LONG}"])
def test_a_cell_of_running_text_takes_its_statement_in_itself(value: str, last: str) -> None:
    new = added(f"| Role | {value} |\n{last}", value.rpartition("¶")[2].strip())
    assert new._p.getparent().tag == qn("w:tc")
    assert new._p.getparent().getparent().findall(qn("w:tc"))[1] is new._p.getparent()


def test_a_cell_of_a_label_takes_nothing() -> None:
    new = added("| Role | Clerk |\n| Hours | 37 |\nThe end.", "Role")
    assert next(new._p.iterancestors(qn("w:tc")), None) is None


def test_the_lines_of_a_contents_list_head_nothing() -> None:
    document = Document.from_bytes(word(f"toc The role\ntoc How to apply\n## The role\n{LONG}"), name="a.docx")
    assert [block.kind for block in document.blocks] == ["item", "item", "heading", "paragraph"]


@pytest.mark.parametrize("after", ["You look", "Marked", "Keep"])
def test_a_new_paragraph_looks_like_the_running_text_and_not_like_its_neighbour(after: str) -> None:
    text = (
        f"{LONG}\n{LONG}\nmarked: Marked for the writer, who is to take it out before this goes to anybody.\n- Keep it."
    )
    new = added(text, after)
    assert new.style is not None
    assert new.style.name == "Normal"
    assert [run.font.highlight_color for run in new.runs] == [None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"# Role\n{LONG}\n# End", ["Role", LONG, "NEW", "End"]),
        (f"# Role\n~\n{LONG}\n~\n# End", ["Role", "", LONG, "", "NEW", "", "End"]),
        (f"# Role\n~\n{LONG}", ["Role", "", LONG, "", "NEW"]),
    ],
)
def test_gaps_are_as_the_file_makes_gaps(text: str, expected: list[str]) -> None:
    document = Document.from_bytes(word(text), name="advert.docx")
    made = write_word(document, [document.insertion(document.blocks[1], "NEW")])
    assert Document.from_bytes(made).source.split("\n") == expected
    assert Document.from_bytes(settle(made, accept=False)).source == document.source
