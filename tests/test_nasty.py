"""Nasty inputs: each gives a document or a clear error, and work grows no faster than the input."""

from __future__ import annotations

import gc
import io
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from inclusive_ads.errors import InputError
from inclusive_ads.render.word import Comment, write_word
from inclusive_ads.text.document import Document

NASTY = Path(__file__).parent / "nasty"
EXPECTED = {
    "broken-utf8.txt": "encoding",
    "combining.txt": "",
    "control-characters.txt": "binary",
    "emoji.md": "",
    "fake.docx": "broken",
    "fake.pdf": "broken",
    "few-control-characters.txt": "",
    "half-utf16.txt": "encoding",
    "invisible-only.txt": "empty",
    "line-ends.txt": "",
    "misnested.html": "",
    "null-bytes.txt": "binary",
    "only-bom.txt": "empty",
    "right-to-left.txt": "",
    "script-only.html": "empty",
    "truncated.docx": "broken",
    "unclosed.html": "",
    "windows-1252.txt": "",
}
NO_LIMIT = 10**9
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def outcome(data: bytes, name: str = "") -> str:
    """The code of the error, or "" where the file was read."""
    try:
        document = Document.from_bytes(data, name=name)
    except InputError as error:
        return error.code if error.remedy and len(str(error)) < 300 else f"{error.code} without a short remedy"
    assert document.blocks
    for block in document.blocks:
        start, end = document.span(block.start, block.end)
        assert 0 <= start < end <= len(document.source)
    return ""


def package(body: str = "<w:p><w:r><w:t>text</w:t></w:r></w:p>", **parts: str | bytes) -> bytes:
    """A Word file by hand; keyword names are part names with ``__`` for ``/`` and ``_`` for ``.``."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
    }
    for name, content in parts.items():
        files[name.replace("__", "/").replace("DOT", ".")] = content
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def relations(kind: str, target: str, mode: str = "External") -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="x" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    )


def test_every_nasty_file_is_expected() -> None:
    assert {path.name for path in NASTY.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_nasty_files(name: str) -> None:
    assert outcome((NASTY / name).read_bytes(), name) == EXPECTED[name]
    if not EXPECTED[name]:
        assert Document.from_file(NASTY / name).text


def test_what_is_read_of_some() -> None:
    assert Document.from_file(NASTY / "line-ends.txt").text.split() == [
        "One",
        "Two",
        "Three",
        "Four",
        "Five",
        "Six",
        "Seven",
        "Eight",
        "Nine",
    ]
    assert Document.from_file(NASTY / "unclosed.html").text.split("\n")[0] == "We want a salesman"
    assert "salesman and a" in Document.from_file(NASTY / "right-to-left.txt").text
    assert Document.from_file(NASTY / "combining.txt").text.startswith("Résumé and ")
    assert "We're hiring – a 'café' manager" in Document.from_file(NASTY / "windows-1252.txt").text


LONG: dict[str, tuple[str, Callable[[int], str]]] = {
    "one line": ("text", lambda n: "work with us and " * n),
    "one word": ("text", lambda n: "a" * 20 * n),
    "spaces": ("text", lambda n: "a" + " " * 20 * n + "b"),
    "bullets": ("text", lambda n: "• able to lift\n" * n),
    "bullets without words": ("text", lambda n: "• - * \n" * n + "x"),
    "inline bullets": ("text", lambda n: "a • " * n + "x"),
    "columns": ("text", lambda n: "a\tb     c\t" * n),
    "wrapped lines": ("text", lambda n: "words that run on and on and on until the end of the line\n" * n),
    "headings": ("text", lambda n: "ABOUT US\n\n" * n),
    "hashes": ("text", lambda n: "# # " * n + "x"),
    "rules": ("text", lambda n: "= " * n + "x"),
    "escaped tags": ("text", lambda n: "&lt;p&gt;a &lt;b&gt;b&lt;/b&gt;" * n),
    "tags among lines": ("text", lambda n: "a\nb <b>c</b>\n<!-- <li>d <\n" * n),
    "open tags": ("text", lambda n: "<b <a <p x " * n + "y"),
    "entities in text": ("text", lambda n: "&amp;&bogus;&#65" * n),
    "garbled letters": ("text", lambda n: "â€™ Ã© " * n),
    "a garbled run": ("text", lambda n: "Ã©" * n),
    "broken words": ("text", lambda n: "experi-\nence and some more words to make a line full-\ntime " * n),
    "combining marks": ("text", lambda n: "e" + "\u0301" * 10 * n),
    "soft hyphens": ("text", lambda n: "a\u00ad" * 5 * n),
    "right to left": ("text", lambda n: "\u202eשלום\u202c " * n),
    "brackets": ("markdown", lambda n: "[" * 10 * n + "x"),
    "link ends": ("markdown", lambda n: "](a " * n + "x"),
    "link titles": ("markdown", lambda n: '[a](b "' * n + "x"),
    "stars": ("markdown", lambda n: "**a " * n),
    "backticks": ("markdown", lambda n: "` a" * n),
    "comments": ("markdown", lambda n: "<!--" * n + "x"),
    "comment lines": ("markdown", lambda n: "<!--\n" * n + "x"),
    "table rules": ("markdown", lambda n: "x|y\n-|" + " " * 20 * n + "z"),
    "tables": ("markdown", lambda n: "|a|b|\n|-|-|\n" * n),
    "quotations": ("markdown", lambda n: "> " * n + "x"),
    "hard breaks": ("markdown", lambda n: "a  \n" * n),
    "deep elements": ("html", lambda n: "<div><b>" * n + "x"),
    "deep lists": ("html", lambda n: "<ul><li>a" * n),
    "closing tags": ("html", lambda n: "</p></ul>" * n + "x"),
    "less-than signs": ("html", lambda n: "<" * 20 * n + "x"),
    "unclosed quotes": ("html", lambda n: '<a b="' * n + "x"),
    "unclosed comments": ("html", lambda n: "<!-- " * n + "x"),
    "unclosed paragraphs": ("html", lambda n: "<p>a<br>" * n),
    "ampersands": ("html", lambda n: "&" * 20 * n + "x"),
    "entities": ("html", lambda n: "&amp;&bogus;&#65" * n),
    "cells": ("html", lambda n: "<table><tr><td>a" * n),
}


@pytest.mark.parametrize("name", sorted(LONG))
def test_work_grows_with_the_length(name: str) -> None:
    form, make = LONG[name]

    def seconds(count: int) -> float:
        text = make(count)
        best = float("inf")
        # A collection walks all that other tests have left in memory, which is no work of ours.
        gc.collect()
        gc.disable()
        for _ in range(3):
            begun = time.process_time()
            document = Document.from_text(text, format=form, limit=NO_LIMIT)
            document.edits(0, len(document.text), "x")
            document.insertion(document.blocks[-1], "y")
            best = min(best, time.process_time() - begun)
        gc.enable()
        return best

    # Four times the length: about 4 where the work is linear, about 16 where it is quadratic.
    assert seconds(16_000) < 10 * seconds(4_000) + 0.01


def test_long_text_is_refused_before_it_is_read() -> None:
    for form in ("text", "markdown", "html"):
        with pytest.raises(InputError) as caught:
            Document.from_text("x" * 200_001, format=form)
        assert caught.value.code == "too-long"
    assert outcome(b"a" * 1_000_000) == "too-long"
    assert outcome(b"a" * 10_000_001) == "too-long"


def test_a_thousand_tables() -> None:
    cell = "<w:tc><w:p><w:r><w:t>long hours</w:t></w:r></w:p></w:tc>"
    data = package(f"<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl><w:p/>" * 1_000)
    document = Document.from_bytes(data)
    assert [block.kind for block in document.blocks] == ["cell"] * 2_000
    edits = [edit for block in document.blocks for edit in document.edits(block.start, block.start + 4, "short")]
    comments = [Comment(start=edit.start, end=edit.end, text="why") for edit in edits]
    assert Document.from_bytes(write_word(document, edits, comments)).text == "\n".join(["short hours"] * 2_000)


def test_nested_tables() -> None:
    data = package("<w:tbl><w:tr><w:tc>" * 30 + "<w:p><w:r><w:t>x</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 30)
    assert outcome(data) == ""


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{("&" + before + ";") * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("zip bomb", lambda: package(word__mediaDOTbin=b"\0" * 30_000_000), "too-long"),
        ("many parts", lambda: package(**{f"word__p{number}DOTxml": "" for number in range(3_000)}), "too-long"),
        (
            "entity bomb",
            lambda: package(word__documentDOTxml=f"{ENTITIES}]><w:document {W}>&i;</w:document>"),
            "unsafe",
        ),
        (
            "outer entity",
            lambda: package(
                word__documentDOTxml=f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///x">]><w:document {W}>&a;</w:document>'
            ),
            "unsafe",
        ),
        ("UTF-16", lambda: package(word__documentDOTxml=f"<w:document {W}/>".encode("utf-16")), "broken"),
        (
            "UTF-7",
            lambda: package(word__documentDOTxml=f'<?xml version="1.0" encoding="utf-7"?><w:document {W}/>'),
            "broken",
        ),
        ("deep", lambda: package("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000), "broken"),
        ("not XML", lambda: package("<w:p>"), "broken"),
        ("no body", lambda: package(word__documentDOTxml=f"<w:document {W}/>"), "empty"),
        ("no words", lambda: package("<w:p/>"), "empty"),
        ("long", lambda: package("<w:p/>" * 200_010), "too-long"),
        ("no main part", lambda: package(_rels__DOTrels="<Relationships/>"), "broken"),
        ("macros", lambda: package(word__vbaProjectDOTbin=b"x"), "unsafe"),
        (
            "picture from outside",
            lambda: package(word___rels__documentDOTxmlDOTrels=relations("image", "https://example.org/x.png")),
            "",
        ),
        (
            "template from outside",
            lambda: package(
                word___rels__settingsDOTxmlDOTrels=relations("attachedTemplate", "https://example.org/x.dotm")
            ),
            "",
        ),
        (
            "template on a share",
            lambda: package(
                word___rels__settingsDOTxmlDOTrels=relations("attachedTemplate", "file://server/share/x.dotm")
            ),
            "",
        ),
        (
            "local template",
            lambda: package(
                word___rels__settingsDOTxmlDOTrels=relations("attachedTemplate", "file:///C:/Templates/Normal.dotm")
            ),
            "",
        ),
        (
            "frame from outside",
            lambda: package(word___rels__documentDOTxmlDOTrels=relations("frame", "https://example.org/x.html")),
            "unsafe",
        ),
        (
            "Strict Open XML",
            lambda: package(
                _rels__DOTrels=relations("officeDocument", "word/document.xml", "Internal").replace(OFFICE, STRICT)
            ),
            "format",
        ),
        ("link", lambda: package(word___rels__documentDOTxmlDOTrels=relations("hyperlink", "https://example.org")), ""),
        ("not Word", lambda: package(**{"[Content_Types]DOTxml": "<Types/>"}), "format"),
        ("cut off", lambda: package()[:-30], "broken"),
        ("damaged", lambda: package()[:60] + b"xxxxxxxx" + package()[68:], "broken"),
        ("empty archive", lambda: b"PK\x05\x06" + b"\0" * 18, "broken"),
    ],
)
def test_nasty_word_files(name: str, data: Callable[[], bytes], code: str) -> None:
    assert outcome(data(), "advert.docx") == code, name


def test_names_that_occur_twice() -> None:
    target = io.BytesIO(package())
    with zipfile.ZipFile(target, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "<x/>")
    assert outcome(target.getvalue()) == "broken"


def test_an_archive_of_something_else() -> None:
    for names, code in ((["mimetype"], "format"), (["readme.txt"], "format")):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name in names:
                archive.writestr(name, "x")
        assert outcome(target.getvalue()) == code


def test_a_file_with_a_password() -> None:
    data = bytearray(package())
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    assert outcome(bytes(data)) == "protected"


def pdf(stream: bytes, *, filters: str = "", pages: int = 1) -> bytes:
    """A small PDF file by hand."""
    kids = " ".join(["3 0 R"] * pages)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {pages}/Kids[{kids}]>>".encode(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(stream)}{filters}>>stream\n".encode() + stream + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj".encode() + content + b"endobj\n"
    start = len(data)
    data += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return data + f"trailer<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()


def test_pdf_text() -> None:
    document = Document.from_bytes(pdf(b"BT /F 12 Tf 72 700 Td (We want a salesman) Tj 0 -20 Td (today) Tj ET"))
    assert document.format == "pdf"
    assert document.text.split() == ["We", "want", "a", "salesman", "today"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (lambda: pdf(b""), "empty"),
        (lambda: pdf(b"BT (x) Tj ET", pages=60), "too-long"),
        (lambda: pdf(b"BT /F 12 Tf " + b"(many words in a line) Tj " * 10_100 + b"ET"), "too-long"),
        (lambda: pdf(zlib.compress(b"(x) Tj " * 20_000_000), filters="/Filter/FlateDecode"), "too-long"),
        (lambda: pdf(b"BT (x) Tj ET")[:200], "broken"),
    ],
)
def test_nasty_pdf_files(data: Callable[[], bytes], code: str) -> None:
    assert outcome(data(), "advert.pdf") == code


def test_an_ordinary_word_file_is_read() -> None:
    word = docx.Document()
    word.add_paragraph("We are hiring.")
    target = io.BytesIO()
    word.save(target)
    assert Document.from_bytes(target.getvalue()).text == "We are hiring."
