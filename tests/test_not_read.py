"""What a file holds beside the text that was read is named, in plain English."""

from __future__ import annotations

import io

import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject
from test_formats import pdf

from inclusive_ads.not_read import CODES, NotRead, listed_by_kind
from inclusive_ads.text.document import Document


@pytest.mark.parametrize("code", CODES)
def test_each_kind_is_told_in_plain_words(code: str) -> None:
    one, two = NotRead(code=code, count=1).message, NotRead(code=code, count=1_200, names=("a.b",)).message
    assert one.startswith("1 ")
    assert two.startswith("1,200 ")
    assert "(a.b)" in two
    assert one.endswith(".")
    assert one.split(":")[0][2:] != two.split(" (")[0][6:]


def test_what_was_found_of_a_kind_is_told_once() -> None:
    found = [
        NotRead(code="attachments", count=1, names=("a",)),
        NotRead(code="pictures", count=2),
        NotRead(code="charts", count=0),
        NotRead(code="attachments", count=2, names=("a", "b")),
    ]
    assert listed_by_kind(found) == (
        NotRead(code="pictures", count=2),
        NotRead(code="attachments", count=3, names=("a", "b")),
    )


@pytest.mark.parametrize(
    ("form", "text", "codes"),
    [
        ("html", "<p>Hi<img src=x><svg><text>no</text></svg>", {"pictures": 2}),
        (
            "html",
            "<p>Hi<iframe src=x></iframe><input><select><option>a</select>",
            {"embedded-files": 1, "form-fields": 2},
        ),
        ("text", "<p>Hi</p><p><img src=x></p>", {"pictures": 1}),
        ("markdown", "Hi ![a](b.png) and [c](d)", {"pictures": 1}),
        ("markdown", "Hi [c](d) ![", {}),
        ("text", "Hi", {}),
    ],
)
def test_what_a_text_points_to_is_counted(form: str, text: str, codes: dict[str, int]) -> None:
    assert {each.code: each.count for each in Document.from_text(text, format=form).not_read} == codes


def test_what_a_pdf_holds_beside_its_text_is_counted() -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    page = writer.add_page(pypdf.PdfReader(io.BytesIO(pdf("Only men may apply."))).pages[0])
    writer.add_attachment("terms.txt", b"x")
    kinds = ("/Text", "/Widget", "/Link", "/FreeText")
    marks = [DictionaryObject({NameObject("/Subtype"): NameObject(kind)}) for kind in kinds]
    page[NameObject("/Annots")] = ArrayObject(marks)
    picture = DictionaryObject({NameObject("/Subtype"): NameObject("/Image")})
    page["/Resources"][NameObject("/XObject")] = DictionaryObject({NameObject("/Im1"): picture})
    target = io.BytesIO()
    writer.write(target)
    document = Document.from_bytes(target.getvalue())
    assert document.text == "Only men may apply."
    assert {each.code: (each.count, each.names) for each in document.not_read} == {
        "pictures": (1, ()),
        "comments": (2, ()),
        "form-fields": (1, ()),
        "attachments": (1, ()),
        "pages-without-text": (1, ("page 1",)),
    }
