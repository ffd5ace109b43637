"""Forms, controls, contents lists, notes and marked words in Word; and Word made of other formats: exact both ways."""

from __future__ import annotations

import io

import docx
import pytest
from test_word import body, settle
from test_word_parts import file, paragraph, remarks_in
from word_cases import BOUND, CASES, CONTENTS, END, HIDDEN, LIST, LOCK, TEXTS, TOP, YELLOW, control, run, typed

from inclusive_ads import Document, Severity, apply_edits, check, clean_word, edited, edits_between, review
from inclusive_ads.text.readers.word_xml import w

NAMED = pytest.mark.parametrize("name", CASES)


def text_of(element: object) -> str:
    return "".join(node.text for node in element.iter(w("t")))  # type: ignore[attr-defined]


@NAMED
def test_what_is_typed_accepts_and_rejects_exactly(name: str) -> None:
    case = CASES[name]
    assert Document.from_bytes(settle(case.tracked, accept=True)).source == case.after
    assert Document.from_bytes(settle(case.tracked, accept=False)).source == case.before


@NAMED
def test_the_clean_file_has_what_accepting_gives_and_nothing_tracked(name: str) -> None:
    case = CASES[name]
    clean = clean_word(case.given, case.edits)
    assert Document.from_bytes(clean).source == case.after
    root = body(clean)
    assert not list(root.iter(w("ins"), w("del"), w("pPrChange"), w("commentReference")))


def only_men(kind: str, *, block: bool) -> Document:
    words = "Only men may apply"
    if block:
        return Document.from_bytes(file(TOP + control(paragraph(words + "."), kind) + END))
    return Document.from_bytes(file(f"<w:p>{run('Note: ')}{control(run(words), kind)}{run(' here.')}</w:p>" + END))


FIXED = {"locked": LOCK, "list": LIST, "bound": BOUND, "date": "<w:date/>", "contents": CONTENTS}


@pytest.mark.parametrize("block", [False, True])
@pytest.mark.parametrize("kind", FIXED)
def test_a_fixed_control_gets_a_comment_and_never_a_change(kind: str, block: bool) -> None:
    document = only_men(FIXED[kind], block=block)
    edits = edits_between(document.source, document.source.replace("Only men", "Anyone"))
    assert not any(map(document.can_change, edits))
    written = review(document, check(document), edits)
    assert not list(body(written).iter(w("ins"), w("del")))
    assert "This cannot be changed here. It should say: Anyone" in remarks_in(written)
    assert Document.from_bytes(written).source == document.source
    if not block:  # the range of the comment is no part of the control
        mark = body(written).find(f".//{w('commentRangeStart')}")
        assert mark.getparent().tag == w("p")
    assert Document.from_bytes(clean_word(document, edits)).source == document.source


@pytest.mark.parametrize("new", ["Only\nmen", "New Only men", "Only men too"])
def test_nothing_is_put_into_a_fixed_control(new: str) -> None:
    document = only_men(LOCK, block=True)
    edits = edits_between(document.source, document.source.replace("Only men", new))
    assert not any(map(document.can_change, edits))


def test_no_line_goes_between_the_lines_of_a_locked_control() -> None:
    document = Document.from_bytes(file(TOP + control(paragraph("One") + paragraph("Two"), LOCK) + END))
    for line, possible in (("One", False), ("Two", True)):
        (edit,) = edits_between(document.source, document.source.replace(line, f"{line}\nx"))
        assert document.can_change(edit) is possible


@pytest.mark.parametrize("kind", ["", "<w:text/>", LOCK, LIST, BOUND])
def test_a_statement_stands_outside_a_control(kind: str) -> None:
    document = Document.from_bytes(file(TOP + control(paragraph("Our values."), kind) + END))
    block = next(each for each in document.blocks if document.text[each.start : each.end] == "Our values.")
    root = body(review(document, check(document), [document.insertion(block, "All are welcome.")]))
    new = next(each for each in root.iter(w("p")) if text_of(each) == "All are welcome.")
    assert new.getparent().tag == w("body")


@pytest.mark.parametrize("look", [YELLOW, HIDDEN, "<w:webHidden/>"])
def test_new_words_are_neither_marked_nor_hidden(look: str) -> None:
    words = "Fill this in before you send it to us, please do that now."
    hidden = look == HIDDEN
    lines = f"<w:p>{run(words, '' if hidden else look)}{run('x', look)}</w:p>"
    document = Document.from_bytes(file(TOP + lines + END))
    source = document.source
    for after in (
        source.replace("please", "yes please"),
        source.replace("please", "kindly"),
        source.replace("now.", "now.\nAll are welcome."),
        source.replace("Fill", "First: fill"),
    ):
        root = body(review(document, check(document), edits_between(source, after)))
        new = [each for each in root.iter(w("r")) if each.getparent().tag == w("ins")]
        assert new
        tags = {each.tag for run_ in new for each in run_.iter()}
        assert tags.isdisjoint({w("highlight"), w("vanish"), w("webHidden")})


def test_a_new_line_among_items_is_an_item_and_one_behind_them_is_text() -> None:
    word = docx.Document()
    for number in range(3):
        word.add_paragraph(f"item {number}", style="List Bullet")
    word.add_paragraph("We are a team that has been here for many years.")
    stream = io.BytesIO()
    word.save(stream)
    document = Document.from_bytes(stream.getvalue())
    for old, style in (("item 1", "ListBullet"), ("item 2", None)):
        after = document.source.replace(old, f"{old}\nAnother one")
        root = body(review(document, check(document), edits_between(document.source, after)))
        new = next(each for each in root.iter(w("p")) if text_of(each) == "Another one")
        found = new.find(f"{w('pPr')}/{w('pStyle')}")
        assert (None if found is None else found.get(w("val"))) == style


@pytest.mark.parametrize("form", TEXTS)
def test_headings_items_and_paragraphs_of_a_made_file_are_those_of_the_advert(form: str) -> None:
    given = Document.from_bytes(TEXTS[form].encode(), name=f"advert.{form}", format=form)
    edits = edits_between(given.source, typed(given.source, (("a degree", "a degree or skill"),)))
    made = Document.from_bytes(settle(review(given, check(given), edits), accept=True))
    expected = edited(given, edits)
    kinds = [(each.kind, expected.text[each.start : each.end]) for each in expected.blocks if each.kind != "cell"]
    assert [(each.kind, made.text[each.start : each.end]) for each in made.blocks][: len(kinds)] == kinds
    assert {kind for kind, _ in kinds} >= {"heading", "item", "paragraph"}


def test_a_new_item_of_a_list_comes_as_one_into_a_made_file() -> None:
    given = Document.from_text("Clerk\n\nYou need:\n- a degree\n- a car\n\nPay: fair\n")
    after = given.source.replace("- a car\n", "- a car\n- a licence\n")
    root = body(review(given, check(given), edits_between(given.source, after)))
    new = next(each for each in root.iter(w("p")) if text_of(each) == "a licence")
    assert new.find(f"{w('pPr')}/{w('pStyle')}").get(w("val")) == "ListBullet"


@pytest.mark.parametrize("form", ["text", "html", "markdown", "eml"])
def test_comments_of_a_made_file_stand_at_the_words(form: str) -> None:
    body_ = "It’s  a post.\n\nOnly men may apply, and only men, too.\n"
    sources = {
        "text": f"Clerk\n\n{body_}",
        "markdown": f"# Clerk\n\n*It’s* {body_}",
        "html": f"<h1>Clerk</h1><p>A&nbsp;<b>post</b>.</p><p>{body_}</p>",
        "eml": f"Subject: Clerk\nContent-Type: text/plain; charset=utf-8\n\n{body_}",
    }
    given = Document.from_bytes(sources[form].encode(), name=f"advert.{form}", format=form)
    report = check(given)
    assert report.findings
    root = body(review(given, report, ()))
    marked = []
    for start in root.iter(w("commentRangeStart")):
        inside = []
        for each in start.itersiblings():
            if each.tag == w("commentRangeEnd"):
                break
            inside.append(text_of(each))
        marked.append("".join(inside))
    assert marked == [finding.text for finding in sorted(report.findings, key=lambda each: each.start)]


def test_comments_on_style_can_be_left_out() -> None:
    document = Document.from_text("BAME staff work here. Only men may apply.")
    report = check(document)
    for severities, number in ((frozenset(Severity), 2), (frozenset(Severity) - {Severity.STYLE}, 1)):
        assert len(remarks_in(review(document, report, (), comments=severities))) == number


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("He keeps", "You keep", ["heading", "paragraph", "item", "item"]),
        ("first\n", "first\nnew\n", ["heading", "paragraph", "item", "paragraph", "item"]),
        ("\nsecond", "", ["heading", "paragraph", "item"]),
        ("first\nsecond", "one\ntwo", ["heading", "paragraph", "item", "item"]),
        ("Clerk", "Lead clerk", ["heading", "paragraph", "item", "item"]),
    ],
)
def test_each_line_of_a_file_stays_what_it_was(old: str, new: str, kinds: list[str]) -> None:
    page = "<p>He keeps the books.</p><ul><li>first</li><li>second</li></ul>"
    given = Document.from_bytes(f"Subject: Clerk\nContent-Type: text/html\n\n{page}".encode(), name="a.eml")
    after = given.source.replace(old, new)
    again = edited(given, edits_between(given.source, after))
    assert again.source == after == apply_edits(given.source, edits_between(given.source, after))
    assert [block.kind for block in again.blocks] == kinds
