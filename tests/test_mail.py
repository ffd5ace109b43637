"""E-mails as they are stored: what is read of them, and what is named as not read."""

from __future__ import annotations

import time
from email.message import EmailMessage

import pytest

from inclusive_ads import Severity, check
from inclusive_ads.errors import InputError
from inclusive_ads.text.document import Document
from inclusive_ads.text.readers.files import looks_like_mail

WORDS = "Only men may apply – £30,000.\n"


def mail(subject: str = "Ward clerk", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "a@example.org"
    message["Subject"] = subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return message


def lines(data: bytes) -> list[str]:
    return Document.from_bytes(data, name="advert.eml").text.split("\n")


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("utf-8", "base64"),
        ("utf-8", "quoted-printable"),
        ("utf-8", "8bit"),
        ("windows-1252", "quoted-printable"),
        ("windows-1252", "8bit"),
        ("utf-16", "base64"),
    ],
)
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_the_text_is_read_in_every_encoding(charset: str, encoding: str, kind: str) -> None:
    message = mail("Büro – clerk")
    message.set_content(f"<p>{WORDS}</p>" if kind == "html" else WORDS, subtype=kind, charset=charset, cte=encoding)
    document = Document.from_bytes(bytes(message))
    assert document.format == "eml"
    assert document.text.split("\n")[:2] == ["Büro – clerk", WORDS.strip()]
    assert [block.kind for block in document.blocks][:2] == ["heading", "paragraph"]
    assert Severity.UNLAWFUL in {finding.severity for finding in check(document).findings}


def test_of_several_forms_the_richest_that_says_something_is_read() -> None:
    message = mail()
    message.set_content("The plain form.")
    message.add_alternative("<ul><li>The rich form.</li></ul>", subtype="html")
    assert lines(bytes(message)) == ["Ward clerk", "The rich form."]
    message = mail()
    message.set_content("The plain form.")
    message.add_alternative("<html><body><img src='x.png'></body></html>", subtype="html")
    assert lines(bytes(message)) == ["Ward clerk", "The plain form."]


def test_attachments_are_named_and_not_read() -> None:
    message = mail()
    message.set_content("See the file.")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="Rôle profile.pdf")
    message.add_attachment("Only men may apply.", filename="terms.txt")
    message.add_attachment(mail("Another"))
    document = Document.from_bytes(bytes(message))
    assert document.text == "Ward clerk\nSee the file."
    (attached,) = document.not_read
    assert (attached.code, attached.count, attached.names) == ("attachments", 3, ("Rôle profile.pdf", "terms.txt"))
    assert attached.message == "3 attachments (Rôle profile.pdf, terms.txt): attachments are not read."


@pytest.mark.parametrize(
    "data",
    [
        b"MIME-Version: 1.0\nSubject: Job\n\nMen only.",
        b"Received: from a\n by b\nSubject: Job\n\nMen only.",
        b"Subject: Job\r\nMessage-ID: <1@x>\r\n\r\nMen only.",
        b"\n\nReturn-Path: <a@b>\nSubject: Job\n\nMen only.",
    ],
)
def test_an_e_mail_is_known_by_what_only_programs_write(data: bytes) -> None:
    assert Document.from_bytes(data).format == "eml"
    assert Document.from_bytes(data).text == "Job\nMen only."


@pytest.mark.parametrize(
    "data",
    [
        b"From: Jane\nSubject: Job\nDate: 3 May\n\nMen only.",
        b"Subject: Job\n\nMIME-Version: 1.0 is no header here.",
        b"We received: nothing.\nReceived: a form",
        b"Job\nMessage-ID: 1",
    ],
)
def test_pasted_text_is_no_e_mail(data: bytes) -> None:
    assert not looks_like_mail(data)
    assert Document.from_bytes(data).format == "text"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"MIME-Version: 1.0\nSubject: Only a subject\n\n \n", "empty"),
        (b"MIME-Version: 1.0\nContent-Type: image/png\n\nabc", "empty"),
        (b"MIME-Version: 1.0\n\n" + b"word " * 50_000, "too-long"),
        (b"MIME-Version: 1.0\n" + b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 300, "too-long"),
        (b"MIME-Version: 1.0\n\n\x01\x02\x03\x04", "binary"),
    ],
)
def test_what_cannot_be_read_says_so(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        Document.from_bytes(data, name="advert.eml")
    assert caught.value.code == code
    assert caught.value.remedy


@pytest.mark.parametrize("charset", ["zlib", "punycode", "hex", "no-such", "idna", "é"])
def test_a_character_set_that_is_none_is_found_out(charset: str) -> None:
    head = f'MIME-Version: 1.0\nContent-Type: text/plain; charset="{charset}"\n\n'
    assert lines((head + "Men only.").encode()) == ["Men only."]


@pytest.mark.parametrize(
    "make",
    [
        lambda n: b"X: " + b"a " * n + b"\nSubject: a\n\nhi",
        lambda n: b"Subject: " + b"=?utf-8?q?a?= " * n + b"\n\nhi",
        lambda n: b'Content-Type: text/plain; name="' + b'\\"a' * n + b'"\n\nhi',
        lambda n: b"X: a\n" * n + b"\nhi",
        lambda n: b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nhi\n" * (n // 10) + b"--b--",
    ],
)
def test_work_grows_with_the_length(make: object) -> None:
    def seconds(count: int) -> float:
        data = b"MIME-Version: 1.0\n" + make(count)  # type: ignore[operator]
        best = float("inf")
        for _ in range(3):
            begun = time.process_time()
            Document.from_bytes(data)
            best = min(best, time.process_time() - begun)
        return best

    assert seconds(16_000) < 10 * seconds(4_000) + 0.01
