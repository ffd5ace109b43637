"""Documents: clean text, blocks and the offset map, for text, Markdown and HTML."""

from __future__ import annotations

import html as html_escapes
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusive_ads.errors import InputError
from inclusive_ads.text.document import Document
from inclusive_ads.text.readers.cleaning import collapse
from inclusive_ads.text.readers.markup import recognise

ODD = "\u00a0\u00ad\u200b\u200d\u2011\u2019\u201c\u2028\ufeff\t\r\n  •–-*_#|`[]()<>&;:\\é\u0301א🙂👩\ufe0f0a.A,"
LONG = "What the post is for and what is done in it from one week to the next."  # more than a label or a value
CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]*")
WILD = st.text(st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
WORDY = st.lists(
    st.sampled_from(
        [
            "We’re",
            "a\xadble",
            "ﬁt",
            "*",
            "•",
            "-",
            "##",
            "**bold**",
            "_it_",
            "[link](http://x.org/a)",
            "&amp;",
            "&nbsp;",
            "&shy;",
            "<b>",
            "</b>",
            "<p>",
            "</p>",
            "<li>",
            "<br>",
            "\n",
            "\r\n\r\n",
            "\xa0",
            "\t",
            "🙂",
            "é",
            "1.",
            "a)",
            "|",
            "|---|---|",
            "`code`",
            "<!--",
            "-->",
            "```",
            ">",
            ":",
            ".",
            "work",
            "women",
        ]
    )
).map(" ".join)
FORMATS = ("text", "markdown", "html")


def read(text: str, form: str = "text") -> Document | None:
    try:
        return Document.from_text(text, format=form)
    except InputError as error:
        if error.code != "empty":
            raise
        return None


def kinds(document: Document) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, document.text[block.start : block.end]) for block in document.blocks]


def apply(document: Document, *edits: object) -> str:
    source = document.source
    for edit in sorted(edits, key=lambda each: each.start, reverse=True):
        source = source[: edit.start] + edit.text + source[edit.end :]
    return source


@pytest.mark.parametrize("form", FORMATS)
@given(text=st.one_of(WILD, WORDY))
def test_blocks_cover_the_clean_text_and_offsets_run_forward(form: str, text: str) -> None:
    document = read(text, form)
    if document is None:
        return
    assert document.source == text
    pieces = [document.text[block.start : block.end] for block in document.blocks]
    assert "\n".join(pieces) == document.text
    last = 0
    for block, piece in zip(document.blocks, pieces, strict=True):
        assert piece == piece.strip()
        assert piece
        assert "  " not in piece
        assert not re.search("[\u00ad\u200b\u00a0\u2019\u201c\u2011\r\n\t]", piece)
        start, end = document.span(block.start, block.end)
        assert last <= start < end
        last = end


@given(text=st.one_of(WILD, WORDY), data=st.data())
def test_the_source_of_any_wording_cleans_to_that_wording(text: str, data: st.DataObject) -> None:
    document = read(text)
    if document is None or recognise(text, "text").escapes:  # of markup the source is more than its words
        return
    block = data.draw(st.sampled_from(document.blocks))
    # Offsets between a letter and its accent, or inside a ligature, are not places anybody points at.
    edges = [0, *(match.end() for match in CLUSTER.finditer(document.text[block.start : block.end]))]
    first, last = sorted(data.draw(st.lists(st.sampled_from(edges), min_size=2, max_size=2)))
    wording = document.text[block.start + first : block.start + last]
    if not wording.strip() or wording != wording.strip() or unicodedata.combining(wording[0]):
        return
    start, end = document.span(block.start + first, block.start + last)
    cleaned = collapse(document.source[start:end])
    assert wording in cleaned
    if "ﬁ" not in document.source[start:end] and not re.search("[\ufb00-\ufb06]", document.source):
        assert cleaned == wording
    assert document.clean_span(start, end)[0] <= block.start + first
    assert document.clean_span(start, end)[1] >= block.start + last


@pytest.mark.parametrize("form", ["markdown", "html"])
@given(before=WORDY, after=WORDY)
def test_a_word_among_markup_is_found_exactly(form: str, before: str, after: str) -> None:
    document = read(f"{before}\n\nZebra {after}" if form == "markdown" else f"{before}<p>Zebra {after}", form)
    if document is None or "Zebra" not in document.text:
        assert any(hidden in before for hidden in ("<!--", "<"))
        return
    place = document.text.index("Zebra")
    start, end = document.span(place, place + 5)
    assert document.source[start:end] == "Zebra"
    assert document.clean_span(start, end) == (place, place + 5)


@pytest.mark.parametrize("form", FORMATS)
@given(text=WORDY, data=st.data(), new=st.sampled_from(["people", "", "they’re <b> & *x*", "a_b [c]"]))
def test_an_edit_changes_the_wording_and_nothing_else(form: str, text: str, data: st.DataObject, new: str) -> None:
    document = read(f"Top line here.\n\n<p>{text}</p>" if form == "html" else text, form)
    if document is None:
        return
    block = data.draw(st.sampled_from(document.blocks))
    words = [
        (m.start() + block.start, m.end() + block.start)
        for m in re.finditer(r"\S+", document.text[block.start : block.end])
    ]
    first, last = sorted(data.draw(st.lists(st.sampled_from(words), min_size=2, max_size=2)))
    edits = document.edits(first[0], last[1], new)
    start, end = document.span(first[0], last[1])
    assert edits[0].start == start
    assert edits[-1].end == end
    previous = start
    for edit in edits:
        assert previous <= edit.start <= edit.end
        previous = edit.end
    improved = apply(document, *edits)
    assert improved.startswith(document.source[:start])
    assert improved.endswith(document.source[end:])
    if form == "html":  # every tag stays
        assert re.findall("<[^>]*>", improved.replace(html_escapes.escape(new, quote=False), "", 1)) == re.findall(
            "<[^>]*>", document.source
        )


@pytest.mark.parametrize("form", FORMATS)
def test_new_text_is_quoted_for_its_format(form: str) -> None:
    new = "R&D <team> *star* [x] a_b"
    document = Document.from_text("We want a salesman today.", format=form)
    place = document.text.index("a salesman")
    improved = Document.from_text(apply(document, *document.edits(place, place + 10, new)), format=form)
    assert improved.text == f"We want {new} today."


def test_plain_text_blocks() -> None:
    document = Document.from_text(
        "Policy Adviser\r\n\r\nABOUT US\r\nWe are a small team in the department and we work with ministers.\r\n\r\n"
        "What you will do:\r\n• brief ministers\r\n  - draft replies\r\n1. plan\r\nb) review\r\n"
        "✅ check\r\n–\r\nlone bullet\r\n\r\n"
        "Salary\t£30,000\r\n\r\n## Apply ##\r\n**How to apply**\r\nTitle\r\n=====\r\n"
        "Send a CV by 1 May. • Leeds • York\r\n"
    )
    assert kinds(document) == [
        ("heading", 1, "Policy Adviser"),
        ("heading", 2, "ABOUT US"),
        ("paragraph", 0, "We are a small team in the department and we work with ministers."),
        ("heading", 2, "What you will do:"),
        ("item", 1, "brief ministers"),
        ("item", 2, "draft replies"),
        ("item", 1, "plan"),
        ("item", 1, "review"),
        ("item", 1, "check"),
        ("item", 1, "lone bullet"),
        ("cell", 0, "Salary"),
        ("cell", 0, "£30,000"),
        ("heading", 2, "Apply"),
        ("heading", 2, "How to apply"),
        ("heading", 2, "Title"),
        ("paragraph", 0, "Send a CV by 1 May."),
        ("item", 1, "Leeds"),
        ("item", 1, "York"),
    ]


def test_wrapped_lines_are_one_paragraph_and_lists_without_bullets_are_not() -> None:
    wrapped = (
        "The successful candidate will lead a team of eight caseworkers in\n"
        "London and will report to the Deputy Director. You will need skills.\n"
        "A full driving licence is needed. You will travel to other offices\n"
        "every month.\n\n"
        "* experience of leading a team in a busy office that deals with the\n"
        "  public every day\n"
        "* a degree\n\n"
        "experience of Excel\ngood with people\nable to travel\n\n"
        "Good knowledge of the market and of our customers\nTeam player\nAble to travel"
    )
    assert [text for _, _, text in kinds(Document.from_text(wrapped))] == [
        "The successful candidate will lead a team of eight caseworkers in London and will report to the "
        "Deputy Director. You will need skills. A full driving licence is needed. You will travel to other offices "
        "every month.",
        "experience of leading a team in a busy office that deals with the public every day",
        "a degree",
        "experience of Excel",
        "good with people",
        "able to travel",
        "Good knowledge of the market and of our customers",
        "Team player",
        "Able to travel",
    ]


def test_html_blocks_entities_and_nested_tags() -> None:
    document = Document.from_text(
        "<html><head><title>no</title><style>p { x }</style></head><body><h1>Head &amp; Neck</h1>"
        "<p><strong>About us</strong></p><p>We&rsquo;re  a <b>bo</b>ld\n "
        "team&nbsp;of AT&T &copy; <!-- no --><script>no()</script></p>"
        "<ul><li>one<li>two<ul><li>sub</ul></ul><table><tr><th>a<td>b</table>text<br>&bull; item<br>"
        "<span>·</span>&nbsp; <a title='a>b' href=x>link</a></body></html>",
        format="html",
    )
    assert kinds(document) == [
        ("heading", 1, "Head & Neck"),
        ("heading", 3, "About us"),
        ("paragraph", 0, "We're a bold team of AT&T ©"),
        ("item", 1, "one"),
        ("item", 1, "two"),
        ("item", 2, "sub"),
        ("cell", 0, "a"),
        ("cell", 0, "b"),
        ("paragraph", 0, "text"),
        ("item", 1, "item"),
        ("item", 1, "link"),
    ]
    place = document.text.index("bold")
    assert document.source[slice(*document.span(place, place + 4))] == "bo</b>ld"
    improved = apply(document, *document.edits(place, place + 4, "brave"))
    assert "<b>brave</b>\n team" in improved


def test_markdown_blocks() -> None:
    document = Document.from_text(
        "Title\n=====\n\n# About *us* #\nWe are **bold** and [here](http://x.y/a_(b) 't') <!-- no\n-->"
        "not [Grade 7] 5 * 3 \\* x_y\n"
        "wrapped &amp; `code`  \nhard\n\n- one **two**\n  three\n3. [x] four\n\n|a|b|\n|---|---|\n|c\\|d|e|\n\n"
        '> said\n> more\n\n**Bold line**\n\n```\nverbatim\n```\n[id]: http://x.org "t"\n***\n![alt](p.png)\n',
        format="markdown",
    )
    assert kinds(document) == [
        ("heading", 1, "Title"),
        ("heading", 1, "About us"),
        ("paragraph", 0, "We are bold and here not [Grade 7] 5 * 3 * x_y wrapped & code"),
        ("paragraph", 0, "hard"),
        ("item", 1, "one two three"),
        ("item", 1, "four"),
        ("cell", 0, "a"),
        ("cell", 0, "b"),
        ("cell", 0, "c|d"),
        ("cell", 0, "e"),
        ("paragraph", 0, "said more"),
        ("heading", 3, "Bold line"),
        ("paragraph", 0, "verbatim"),
        ("paragraph", 0, "alt"),
    ]


@pytest.mark.parametrize(
    ("form", "source", "after", "expected"),
    [
        ("text", "One\r\nTwo\r\n", "One", "One\r\n\r\nNEW\r\n\r\nTwo\r\n"),
        ("text", "One", "One", "One\n\nNEW"),
        ("text", "About\n=====\n\nwords", "About", "About\n=====\n\nNEW\n\nwords"),
        ("text", "One\n\nTwo", None, "NEW\n\nOne\n\nTwo"),
        ("markdown", "|a|b|\n|-|-|\n|c|d|\n\nend", "a", "|a|b|\n|-|-|\n|c|d|\n\nNEW\n\nend"),
        ("markdown", "About\n---\ntext", "About", "About\n---\n\nNEW\n\ntext"),
        ("html", "<p>One</p><p>Two</p>", "One", "<p>One</p>\n<p>NEW</p><p>Two</p>"),
        ("html", "<ul><li>One<li>Two</ul>x", "One", "<ul><li>One<li>Two</ul>\n<p>NEW</p>x"),
        ("html", "<p>One<br>Two</p>", "One", "<p>One<br>\nNEW<br>Two</p>"),
        ("html", "<p>One<br><br/>Two</p>", "One", "<p>One<br>\n<br>\nNEW<br><br/>Two</p>"),
        ("html", "<table><tr><td>Job<td>Two</table>", "Job", "<table><tr><td>Job<td>Two</table>\n<p>NEW</p>"),
        ("html", f"<table><tr><td>{LONG}</td></table>", LONG, f"<table><tr><td>{LONG}\n<p>NEW</p></td></table>"),
        (
            "html",
            f"<table><tr><td>{LONG}<ul><li>One</li></ul></td></table>",
            "One",
            f"<table><tr><td>{LONG}<ul><li>One</li></ul>\n<p>NEW</p></td></table>",
        ),
        ("html", "One<div>Two</div>", "One", "One\n<p>NEW</p><div>Two</div>"),
        ("html", "<h2>One</h2>Two", "One", "<h2>One</h2>\n<p>NEW</p>Two"),
        ("markdown", "One <!-- no\nno -->\nTwo", "One Two", "One <!-- no\nno -->\nTwo\n\nNEW"),
        ("markdown", "# One <!-- no\nno -->\nTwo", "One", "# One <!-- no\nno -->\n\nNEW\n\nTwo"),
        ("html", "<ul><li>One", "One", "<ul><li>One\n<p>NEW</p>"),
        ("html", "<p>One<style>p {}", "One", "<p>One\n<p>NEW</p><style>p {}"),
        ("html", "<html><body class='x'><p>One</p>", None, "<html><body class='x'>\n<p>NEW</p>\n<p>One</p>"),
    ],
)
def test_a_paragraph_is_added_in_the_documents_own_way(
    form: str, source: str, after: str | None, expected: str
) -> None:
    document = Document.from_text(source, format=form)
    found = next((b for b in document.blocks if document.text[b.start : b.end] == after), None)
    improved = apply(document, document.insertion(found, "NEW"))
    assert improved == expected
    assert "NEW" in Document.from_text(improved, format=form).text.split("\n")


def test_text_that_looks_like_markdown_is_inserted_as_text() -> None:
    document = Document.from_text("One", format="markdown")
    improved = apply(document, document.insertion(document.blocks[0], "1. We & # *you* <b>\n- second"))
    assert kinds(Document.from_text(improved, format="markdown"))[1:] == [
        ("paragraph", 0, "1. We & # *you* <b>"),
        ("paragraph", 0, "- second"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \n\u00a0\u200b\t", "empty"),
        ("a\0b", "binary"),
        ("x" * 11, "too-long"),
        ("a\ud800b", "encoding"),
    ],
)
def test_text_that_cannot_be_read(text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        Document.from_text(text, limit=10)
    assert caught.value.code == code
    assert caught.value.remedy


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(InputError, match="not a format"):
        Document.from_text("x", format="rtf")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("It’s café".encode(), "It's café"),
        (b"\xef\xbb\xbfplain", "plain"),
        ("It’s café".encode("utf-16"), "It's café"),
        ("It is plain".encode("utf-16-le"), "It is plain"),
        ("It is plain".encode("utf-16-be"), "It is plain"),
        ("It’s café".encode("cp1252"), "It's café"),
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    assert Document.from_bytes(data).text == text


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "", "empty"),
        (b"\x00\x01\x02binary", "", "binary"),
        (b"ab\x01\x02\x03\x04cd", "", "binary"),
        ("café".encode() + b" \xff and more", "", "encoding"),
        (b"caf\xe9 \x81", "", "encoding"),
        (b"\xff\xfea\x00\x00\xd8", "", "encoding"),
        (b"x" * 1000, "", "too-long"),
        (b"{\\rtf1 hello}", "advert.txt", "format"),
        (b"\x89PNG\r\n", "advert.docx", "format"),
        (b"only text", "advert.docx", "broken"),
        (b"only text", "advert.pdf", "broken"),
    ],
)
def test_bytes_that_cannot_be_read(data: bytes, name: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        Document.from_bytes(data, name=name, limit=100)
    assert caught.value.code == code
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        (b"# Hi", "ad.MD", "markdown"),
        (b"# Hi", "ad.txt", "text"),
        (b"<p>Hi", "ad.htm", "html"),
        (b" <!DOCTYPE html><p>Hi", "", "html"),
        (b"<p>Hi", "ad", "html"),
        (b"a < b, c > d", "ad", "text"),
    ],
)
def test_the_format_is_found(data: bytes, name: str, form: str) -> None:
    assert Document.from_bytes(data, name=name).format == form


def test_a_missing_file_says_so(tmp_path) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        Document.from_file(tmp_path / "none.txt")
    (tmp_path / "ad.md").write_text("# Head\n\ntext")
    assert Document.from_file(tmp_path / "ad.md").blocks[0].kind == "heading"
