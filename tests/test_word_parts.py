"""Word beside the body: notes, headers, chunks of other files, what lies outside the file, and what is not read."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree
from test_nasty import OFFICE, W, package
from test_word import CHUNK, DATA, DATE, DOCUMENT, trees, words

from inclusive_ads import check
from inclusive_ads.errors import InputError
from inclusive_ads.planning import plan
from inclusive_ads.render.review import review
from inclusive_ads.render.word import Comment, write_word
from inclusive_ads.report import Edit
from inclusive_ads.text.document import Document
from inclusive_ads.text.readers.word_xml import w

R = f'xmlns:r="{OFFICE}"'
V = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
WEB = "https://example.org/x"


def relations(*each: tuple[str, str, str], outside: bool = False) -> str:
    """The relations of a part, each (id, kind, target)."""
    mode = ' TargetMode="External"' if outside else ""
    rows = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{to}"{mode}/>' for i, kind, to in each)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def file(body: str, *related: tuple[str, str, str], outside: bool = False, **parts: str | bytes) -> bytes:
    """A Word file with such a body, and parts by their names in `word/`."""
    named: dict[str, str | bytes] = {f"word__{name}": content for name, content in parts.items()}
    named["word/document.xml"] = f"<w:document {W} {R} {V} {A}><w:body>{body}</w:body></w:document>"
    named["word/_rels/document.xml.rels"] = relations(*related, outside=outside)
    return package(**named)


def paragraph(text: str, properties: str = "") -> str:
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def blocks(data: bytes) -> list[tuple[str, str]]:
    document = Document.from_bytes(data)
    return [(each.beside, document.text[each.start : each.end]) for each in document.blocks]


def missing(data: bytes) -> dict[str, int]:
    return {each.code: each.count for each in Document.from_bytes(data).not_read}


CHUNKS = {
    "chunk.htm": b"<p>Only <b>men</b></p><ul><li>may apply</li></ul>",
    "chunk.html": b"<html><body>Only men<br>may apply</body></html>",
    "chunk.txt": b"Only men\n\n- may apply",
    "chunk.xhtml": b"<html xmlns='http://www.w3.org/1999/xhtml'><body><p>Only men</p><p>may apply</p></body></html>",
    "chunk.mht": b"MIME-Version: 1.0\nContent-Type: text/html\n\n<p>Only men</p><p>may apply</p>",
    "chunk.docx": package(paragraph("Only men") + paragraph("may apply")),
}


@pytest.mark.parametrize("name", CHUNKS)
def test_a_file_that_is_taken_in_is_read_in_its_place(name: str) -> None:
    body = paragraph("Before") + '<w:altChunk r:id="c"/>' + paragraph("After")
    data = file(body, ("c", "aFChunk", name), **{name.replace(".", "DOT"): CHUNKS[name]})
    assert [text for _, text in blocks(data)] == ["Before", "Only men", "may apply", "After"]
    assert missing(data) == {}


@pytest.mark.parametrize(
    ("name", "content"),
    [("chunk.rtf", b"{\\rtf1 Only men}"), ("chunk.docx", b"PK\x03\x04"), ("chunk.bin", b"\0\1\2"), ("chunk.txt", b" ")],
)
def test_a_file_that_is_taken_in_and_cannot_be_read_is_named(name: str, content: bytes) -> None:
    body = paragraph("Before") + '<w:altChunk r:id="c"/>'
    document = Document.from_bytes(file(body, ("c", "aFChunk", name), **{name.replace(".", "DOT"): content}))
    assert document.text == "Before"
    assert [(each.code, each.names) for each in document.not_read] == [("embedded-files", (name,))]


def test_a_file_within_a_file_within_a_file_is_not_read() -> None:
    inner = package(paragraph("Inmost"))
    for _ in range(3):
        inner = file(paragraph("Level") + '<w:altChunk r:id="c"/>', ("c", "aFChunk", "chunk.docx"), chunkDOTdocx=inner)
    assert [text for _, text in blocks(inner)] == ["Level", "Level"]


def test_many_small_files_are_no_way_round_the_bounds_of_one() -> None:
    small = package(**{"word/media/x.bin": b"\0" * 900_000})
    names = [f"c{number}" for number in range(70)]
    data = file(
        "".join(f'<w:altChunk r:id="{name}"/>' for name in names),
        *((name, "aFChunk", f"{name}.docx") for name in names),
        **{f"{name}DOTdocx": small for name in names},
    )
    with pytest.raises(InputError) as caught:
        Document.from_bytes(data)
    assert caught.value.code == "too-long"


def test_a_chunk_with_something_from_outside_of_another_kind_refuses_the_file() -> None:
    chunk = file(paragraph("x"), ("f", "frame", WEB), outside=True)
    data = file('<w:altChunk r:id="c"/>', ("c", "aFChunk", "chunk.docx"), chunkDOTdocx=chunk)
    with pytest.raises(InputError) as caught:
        Document.from_bytes(data)
    assert caught.value.code == "unsafe"


def test_text_that_is_taken_in_is_remarked_on_and_left_as_it_is() -> None:
    report = check(DOCUMENT)
    (finding,) = [each for each in report.findings if each.text == "policeman"]
    assert not any(map(DOCUMENT.can_change, finding.suggestions[0].edits))
    edits = plan(DOCUMENT, report.findings, choices={each.number: 0 for each in report.findings})
    assert edits
    assert all(map(DOCUMENT.can_change, edits))
    data = review(DOCUMENT, report, edits)
    assert zipfile.ZipFile(io.BytesIO(data)).read("word/chunk.html") == CHUNK.encode()
    remarks = remarks_in(data)
    assert any("In the text that is taken in from another file: “policeman”" in remark for remark in remarks)
    with pytest.raises(InputError) as caught:
        write_word(DOCUMENT, finding.suggestions[0].edits)
    assert caught.value.code == "fixed"


def remarks_in(data: bytes) -> list[str]:
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/comments.xml"))
    return ["\n".join("".join(p.itertext()) for p in each.iter(w("p"))) for each in root.iter(w("comment"))]


@pytest.mark.parametrize(
    ("text", "place"), [("A foreman", "footnote"), ("Header manpower", "header"), ("chairman for", "footer")]
)
def test_a_remark_on_words_beside_the_body_says_where_they_are(text: str, place: str) -> None:
    start, end = DOCUMENT.span(*words(text))
    data = write_word(DOCUMENT, [], [Comment(start=start, end=end, text="Why?")], date=DATE)
    assert remarks_in(data) == [f"In the {place}: “{text}”.\nWhy?"]
    root = trees(data)["word/document.xml"]
    mark = root.find(f".//{w('commentRangeStart')}")
    if place == "footnote":
        assert mark.getnext().find(w("footnoteReference")) is not None
    assert trees(data)[f"word/{place}s.xml" if place == "footnote" else f"word/{place}1.xml"] is not None
    assert Document.from_bytes(data).source == DOCUMENT.source


def test_a_body_of_nothing_but_a_chunk_takes_remarks_and_statements() -> None:
    data = file('<w:altChunk r:id="c"/>', ("c", "aFChunk", "c.htm"), cDOThtm=b"<h1>Clerk</h1><p>Only men</p>")
    document = Document.from_bytes(data)
    comments = [Comment(start=0, end=5, text="Why?")]
    assert remarks_in(write_word(document, [], comments)) == [
        "In the text that is taken in from another file: “Clerk”.\nWhy?"
    ]
    for after in (*document.blocks, None):
        new = write_word(document, [document.insertion(after, "New")])
        assert sorted(text for _, text in blocks(new)) == ["Clerk", "New", "Only men"]


SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="d"/><w:headerReference w:type="first" r:id="f"/>'
    '<w:headerReference w:type="even" r:id="e"/><w:footerReference w:type="default" r:id="g"/>{}</w:sectPr>'
)


@pytest.mark.parametrize(
    ("first", "even", "shown"),
    [
        ("", "", ["default"]),
        ("<w:titlePg/>", "", ["default", "first"]),
        ('<w:titlePg w:val="0"/>', "", ["default"]),
        ("", "<w:evenAndOddHeaders/>", ["default", "even"]),
    ],
)
def test_a_header_is_read_if_a_page_shows_it(first: str, even: str, shown: list[str]) -> None:
    data = file(
        paragraph("Body") + SECTION.format(first),
        *((each[0], "header", f"{each}.xml") for each in ("default", "first", "even")),
        ("g", "footer", "foot.xml"),
        ("s", "settings", "settings.xml"),
        **{f"{each}DOTxml": f"<w:hdr {W}>{paragraph(each)}</w:hdr>" for each in ("default", "first", "even")},
        footDOTxml=f"<w:ftr {W}>{paragraph('Foot')}</w:ftr>",
        settingsDOTxml=f"<w:settings {W}>{even}</w:settings>",
    )
    assert blocks(data) == [("", "Body"), *(("header", each) for each in shown), ("footer", "Foot")]


def with_header(header: str, body: str) -> Document:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="d"/></w:sectPr>'
    parts = f"<w:hdr {W}>{''.join(map(paragraph, header.splitlines()))}</w:hdr>"
    lines = "".join(map(paragraph, body.splitlines()))
    return Document.from_bytes(file(lines + section, ("d", "header", "h.xml"), hDOTxml=parts))


def test_headers_count_neither_for_completeness_nor_as_a_place_for_statements() -> None:
    body = "Ward clerk\nYou keep the records of the ward in order.\nHow to apply\nSend us the form."
    header = "HOW TO APPLY:\nSalary £30,000\nHours: 37 a week\nContact Sam Example on 01632 960000"
    report, plain = check(with_header(header, body)), check(body)
    assert [(each.id, each.present) for each in report.completeness] == [
        (each.id, each.present) for each in plain.completeness
    ]
    assert [(each.field, each.value) for each in report.facts] == [(each.field, each.value) for each in plain.facts]
    assert report.readability.words == plain.readability.words
    for statement in report.statements.chosen:
        assert statement.start <= len(body)
    assert [each.id for each in report.statements.chosen] == [each.id for each in plain.statements.chosen]


@pytest.mark.parametrize(
    ("kind", "body", "gone"),
    [
        ("image", '<w:p><w:r><w:pict><v:shape><v:imagedata r:id="x"/></v:shape></w:pict></w:r></w:p>', "r:id"),
        ("image", '<w:p><w:r><w:drawing><a:blip r:link="x"/></w:drawing></w:r></w:p>', "r:link"),
        ("oleObject", '<w:p><w:r><w:object><o:OLEObject r:id="x"/></w:object></w:r></w:p>', "OLEObject"),
    ],
)
def test_what_lies_outside_the_file_is_left_out_of_what_is_written(kind: str, body: str, gone: str) -> None:
    data = file(paragraph("Our salesman") + body, ("x", kind, WEB), ("y", "hyperlink", WEB), outside=True)
    document = Document.from_bytes(data)
    assert missing(data) == {"outside-parts": 1}
    for edits in ([], [Edit(start=4, end=12, text="lead")]):
        new = write_word(document, edits)
        parts = zipfile.ZipFile(io.BytesIO(new))
        rels = parts.read("word/_rels/document.xml.rels").decode()
        assert (f"/{kind}" in rels, "/hyperlink" in rels) == (False, True)
        assert gone not in parts.read("word/document.xml").decode()
        assert missing(new) == {}
        assert Document.from_bytes(new).text == ("Our lead" if edits else "Our salesman")


@pytest.mark.parametrize(
    "target", [WEB, "file://server/share/x.dotm", r"\\server\share\x.dotm", "https://x.sharepoint.com/a.dotx"]
)
def test_a_template_elsewhere_is_left_out_and_a_local_one_stays(target: str) -> None:
    settings = f'<w:settings {W} {R}><w:attachedTemplate r:id="t"/><w:zoom w:percent="90"/></w:settings>'

    def made(where: str) -> bytes:
        return file(
            paragraph("Text"),
            ("s", "settings", "settings.xml"),
            settingsDOTxml=settings,
            _rels__settingsDOTxmlDOTrels=relations(("t", "attachedTemplate", where), outside=True),
        )

    parts = zipfile.ZipFile(io.BytesIO(write_word(Document.from_bytes(made(target)), [])))
    assert b"attachedTemplate" not in parts.read("word/settings.xml") + parts.read("word/_rels/settings.xml.rels")
    assert b"zoom" in parts.read("word/settings.xml")
    local = made("file:///C:/Templates/Normal.dotm")
    assert missing(local) == {}
    assert write_word(Document.from_bytes(local), []) == local


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (paragraph("Men ", "{}") + paragraph("only"), "Men only"),
        (paragraph("a", "{}") + paragraph("b", "{}") + paragraph("c"), "abc"),
        (paragraph("last", "{}"), "last"),
        (paragraph("a", "{}") + "<w:tbl><w:tr><w:tc>" + paragraph("b") + "</w:tc></w:tr></w:tbl>", "a\nb"),
        (paragraph("a", "{}") + '<w:bookmarkEnd w:id="1"/>' + paragraph("b"), "ab"),
    ],
)
@pytest.mark.parametrize("mark", ["del", "moveFrom"])
def test_a_deleted_paragraph_mark_joins_its_paragraphs(body: str, text: str, mark: str) -> None:
    assert Document.from_bytes(file(body.replace("{}", f"<w:pPr><w:rPr><w:{mark}/></w:rPr></w:pPr>"))).text == text


def test_what_a_word_file_holds_beside_its_text_is_counted() -> None:
    body = (
        paragraph("Text")
        + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"
        + "<w:p><w:r><w:fldChar><w:ffData/></w:fldChar></w:r></w:p>"
        + "<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>"
        + paragraph("chosen")
        + "</w:sdtContent></w:sdt>"
    )
    related = [
        ("1", "image", "media/1.png"),
        ("2", "image", "media/2.png"),
        ("3", "chart", "charts/1.xml"),
        ("4", "diagramData", "diagrams/1.xml"),
        ("5", "package", "embeddings/1.xlsx"),
        ("6", "comments", "comments.xml"),
    ]
    remarks = f"<w:comments {W}>{'<w:comment/>' * 3}</w:comments>"
    parts = {
        to.replace("/", "__").replace(".", "DOT"): remarks if kind == "comments" else "<x/>" for _, kind, to in related
    }
    data = file(body, *related, **parts)
    assert [text for _, text in blocks(data)] == ["Text", "chosen"]
    assert missing(data) == {
        "pictures": 2,
        "charts": 1,
        "diagrams": 1,
        "comments": 3,
        "hidden-text": 1,
        "form-fields": 2,
        "embedded-files": 1,
    }


def test_the_sample_says_what_it_holds() -> None:
    assert missing(DATA) == {"hidden-text": 1, "pictures": 1}
