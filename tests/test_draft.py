"""An advert in the making: the edits that put the text into the file make it read like the text, and nothing else."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inclusive_ads import Document, Draft, InputError, apply_edits

PLAIN = """Ward clerk

We want a young salesman. He answers letters.

What you need:
- a degree
- ten years of work
- a car

Apply by Friday.
"""
PAGE = """<!DOCTYPE html>
<html><head><title>Ward clerk</title></head><body>
<h1>Ward clerk</h1>
<p>We want a <b>young</b> salesman &amp; a driver. He answers letters.</p>
<h2>What you need</h2>
<ul>
  <li>a degree</li>
  <li>ten years of work</li>
  <li>a car</li>
</ul>
<p>Apply by Friday.</p>
</body></html>
"""
FORMS = {"text": PLAIN, "markdown": "# " + PLAIN.replace("What you need:", "## What you need\n"), "html": PAGE}


def word() -> Document:
    made = docx.Document()
    made.add_heading("Ward clerk", 1)
    made.add_paragraph("We want a young salesman. He answers letters.")
    made.add_heading("What you need", 2)
    for item in ("a degree", "ten years of work", "a car"):
        made.add_paragraph(item, style="List Bullet")
    made.add_paragraph("Apply by Friday.")
    file = io.BytesIO()
    made.save(file)
    return Document.from_bytes(file.getvalue(), name="a.docx")


def document(form: str) -> Document:
    if form == "docx":
        return word()
    return Document.from_text(FORMS[form], format=form)


def put_in(draft: Draft) -> str:
    """The source with the edits made; they are in order and do not meet."""
    edits = draft.edits
    assert all(one.end <= other.start for one, other in pairwise(edits))
    assert all(draft.given.source[edit.start : edit.end] != edit.text for edit in edits)
    return apply_edits(draft.given.source, edits)


def again(draft: Draft) -> str:
    """The text of the file with the edits made, as a draft of it begins."""
    source = put_in(draft)
    if draft.given.format == "docx":  # its paragraphs are its lines
        return source
    return Draft(Document.from_text(source, format=draft.given.format)).text


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("form", [*FORMS, "docx"])
def test_a_text_that_stays_has_no_edits(form: str) -> None:
    draft = Draft(document(form))
    assert draft.edits == ()
    assert draft.unmade == 0
    assert Draft(document(form), draft.text.replace("\n", "\r\n")).edits == ()
    assert lines(draft.document.text) == lines(document(form).text)


CASES = {
    "a word": ("salesman", "salesperson"),
    "a word gone": ("young ", ""),
    "words at the start of a line": ("We want", "Our team wants"),
    "a sentence gone": (" He answers letters.", ""),
    "a sentence more": ("letters.", "letters. You drive."),
    "two words of a line": ("young salesman. He", "new seller. You"),
    "a line gone": ("a degree", None),
    "the last item gone": ("a car", None),
    "the last line gone": ("Apply by Friday.", None),
    "the first line gone": ("Ward clerk", None),
    "a heading reworded": ("What you need", "What we ask of you"),
    "a line more at the end": ("Apply by Friday.", "Apply by Friday.\nEveryone is welcome."),
    "a line more in the middle": ("a degree", "a degree\na licence"),
    "a line more at the top": ("Ward clerk", "At the top\nWard clerk"),
    "two lines more": ("a car", "a car\na bicycle\na boat"),
    "a line parted": ("He answers", "\nHe answers"),
    "letters beyond the first plane": ("salesman", "seller 😀"),
    "markup in the words": ("salesman", "<b>seller</b> & co"),
    "an entity": ("a driver", "one driver"),
    "all of a line": ("ten years of work", "some practice, paid or not"),
    "spaces at the end": ("Apply by Friday.", "Apply by Friday.  "),
    "the same words elsewhere": ("a car", "a degree"),
    "a figure": ("Friday", "1 March 2027"),
}


@pytest.mark.parametrize("form", [*FORMS, "docx"])
@pytest.mark.parametrize("case", CASES)
def test_a_change_of_the_text_comes_into_the_file(form: str, case: str) -> None:
    given = document(form)
    old, new = CASES[case]
    before = Draft(given).text
    if new is None:
        after = "\n".join(line for line in before.split("\n") if old not in line)
        assert after != before
    else:
        after = before.replace(old, new, 1)
    draft = Draft(given, after)
    assert draft.text == after
    if old in before:
        assert draft.edits
        if case == "spaces at the end" and form == "html":
            return
    if form == "html":
        assert lines(again(draft)) == lines(after)
        for tag in re.findall(r"<(li|p|h1|h2)[^>]*>\s*</\1>", put_in(draft)):
            raise AssertionError(f"an empty {tag}")
    elif form == "docx":
        assert lines(again(draft)) == lines(after)
    else:
        assert again(draft) == after


@pytest.mark.parametrize("form", ["html", "docx"])
def test_a_line_that_is_changed_stays_what_it_is(form: str) -> None:
    given = document(form)
    kinds = [(block.kind, block.level) for block in given.blocks]
    text = Draft(given).text
    for old, new in (("salesman", "seller"), ("a degree", "some practice"), ("What you need", "What we ask")):
        text = text.replace(old, new)
        assert [(block.kind, block.level) for block in Draft(given, text).document.blocks] == kinds
    fewer = Draft(given, "\n".join(line for line in text.split("\n") if line.strip() != "a car")).document
    assert len(fewer.blocks) == len(kinds) - 1


def test_new_lines_are_items_in_a_list_and_paragraphs_behind_it() -> None:
    given = document("html")
    text = Draft(given).text
    inside = put_in(Draft(given, text.replace("a degree", "a degree\na licence\na bicycle")))
    assert "".join(re.findall("<li>.*?</li>", inside)).startswith(
        "<li>a degree</li><li>a licence</li><li>a bicycle</li>"
    )
    below = put_in(Draft(given, text.replace("a car", "a car\na bicycle\n\nEveryone is welcome.")))
    assert "<li>a bicycle</li>" in below
    assert below.index("</ul>") < below.index("<p>Everyone is welcome.</p>") < below.index("Apply by")


def test_what_an_edit_does_not_touch_stays_byte_for_byte() -> None:
    changed = put_in(Draft(document("html"), Draft(document("html")).text.replace("a degree", "a skill")))
    assert changed == PAGE.replace("a degree", "a skill")
    item = put_in(Draft(document("html"), Draft(document("html")).text.replace("a degree\n", "")))
    assert re.sub(r"\s+", " ", item) == re.sub(r"\s+", " ", PAGE.replace("<li>a degree</li>", ""))


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_the_line_ends_of_the_file_stay(ends: str) -> None:
    source = PLAIN.replace("\n", ends)
    given = Document.from_text(source, format="text")
    after = PLAIN.replace("a degree", "a skill\n- a licence").replace("Apply by Friday.\n", "Apply now.\n\nWelcome.\n")
    made = put_in(Draft(given, after))
    assert re.sub("\r\n?", "\n", made) == after
    if ends == "\r\n":
        assert made == after.replace("\n", "\r\n")


WORDS = st.sampled_from(
    ["a", "the", "young", "You", " ", " ", "\n", "\n\n", "- ", ".", "é", "😀", "<b>", "&amp;", "2", "# ", "*", "\t"]
)


@settings(max_examples=150)
@given(
    form=st.sampled_from(["text", "markdown"]),
    ends=st.sampled_from(["\n", "\r\n"]),
    changes=st.lists(st.tuples(st.integers(0, 200), st.integers(0, 40), st.lists(WORDS, max_size=6)), max_size=4),
)
def test_whatever_is_written_the_file_reads_like_it(
    form: str, ends: str, changes: list[tuple[int, int, list[str]]]
) -> None:
    source = FORMS[form].replace("\n", ends)
    given = Document.from_text(source, format=form)
    text = FORMS[form]
    for start, length, new in changes:
        text = text[:start] + "".join(new) + text[start + length :]
    draft = Draft(given, text)
    assert re.sub("\r\n?", "\n", put_in(draft)) == text


@settings(max_examples=150)
@given(
    form=st.sampled_from(["html", "docx"]),
    changes=st.lists(
        st.tuples(
            st.integers(0, 9),
            st.sampled_from(["out", "word", "after", "all"]),
            st.text(alphabet="abc é&<.", min_size=1, max_size=20).filter(lambda text: any(c.isalpha() for c in text)),
        ),
        max_size=5,
    ),
)
def test_whatever_is_done_to_lines_the_file_has_those_lines(form: str, changes: list[tuple[int, str, str]]) -> None:
    given = HELD[form]
    now = Draft(given).text.split("\n")
    for place, what, new in changes:
        at = min(place, len(now) - 1)
        if what == "out" and len(now) > 2:
            del now[at]
        elif what == "word":
            now[at] = f"{now[at]} {new.strip()}"
        elif what == "after":
            now.insert(at + 1, new.strip())
        elif what == "all":
            now[at] = new.strip()
    draft = Draft(given, "\n".join(now))
    assert lines(again(draft)) == lines(draft.text)


HELD = {form: document(form) for form in ("html", "docx")}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\nb\nc", "b\nc"),
        ("a\nb\nc", "c"),
        ("a\nb\nc", "x y\nb\nc"),
        ("a\nb\nc", "new\nc"),
        ("a\nb\nc", "x\ny\nz\nc"),
        ("a\nb\nc", "a\nb"),
        ("a\nb\nc", "a"),
        ("a\nb\nc", "new\na\nb\nc"),
        ("one two", "x\ny"),
        ("one two\nthree", "x\ny\nz"),
        ("a\nb\nc", "b\nnew\nc"),
        ("a\nb\nc", "b\nc\nnew"),
    ],
)
def test_paragraphs_of_a_word_file_come_and_go_at_the_top_and_at_the_end(before: str, after: str) -> None:
    made = docx.Document()
    for line in before.split("\n"):
        made.add_paragraph(line)
    file = io.BytesIO()
    made.save(file)
    given = Document.from_bytes(file.getvalue(), name="a.docx")
    assert put_in(Draft(given, after)) == after


def test_an_empty_text_is_refused_and_its_edits_can_still_be_told() -> None:
    for form in (*FORMS, "docx"):
        draft = Draft(document(form), "")
        with pytest.raises(InputError, match="empty"):
            _ = draft.document
