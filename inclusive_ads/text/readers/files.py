"""From the bytes of a file to text: what format it is, and in which encoding."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import PurePath

from inclusive_ads.errors import InputError
from inclusive_ads.text.readers.formats import FORMATS, SAVE_AS, Format, format_named

MOST_BYTES = 10_000_000  # a file, before anything in it is looked at

_HTML_START = re.compile(rb"\s*(?:<!doctype html|<html[\s>]|<\?xml[^>]*>\s*<(?:!doctype )?html)", re.IGNORECASE)
# Pasted text may begin with From and Subject; only mail programs write one of these above the first blank line.
_MAIL_START = re.compile(
    rb"""(?=[!-9;-~]+:)                                             # a header, or several
    (?:[!-9;-~]+:[^\n]*\n|[ \t]+[^\n]*\n)*?
    (?:MIME-Version|Message-ID|Received|Return-Path|DKIM-Signature):""",
    re.IGNORECASE | re.VERBOSE,
)
_ELSEWHERE = {
    b"{\\rtf": "a Rich Text file",
    b"\xd0\xcf\x11\xe0": "a file of Word 97–2003 or another old Office program, or is protected by a password",
    b"\x89PNG": "a picture",
    b"GIF8": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"Rar!": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
}
_MAIL_HEAD = 20_000  # bytes; what programs add on the way stands above
_ENCODED = re.compile(r"^content-transfer-encoding: *(?:base64|quoted-printable) *$", re.I | re.M)
_CONTROL = bytes((*range(1, 9), *range(14, 27), 127))
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def too_large(size: int) -> InputError:
    """The error for a file of too many bytes."""
    return InputError(
        f"The file has {size / 1e6:,.1f} MB; the most that is read is {MOST_BYTES / 1e6:,.0f} MB.",
        "Send one advert at a time, without pictures or attachments.",
        code="too-long",
    )


def find_format(data: bytes, name: str = "") -> Format:
    """The format of a file, by its content first and then by the ending of its `name`; plain text where neither tells.

    Raises:
        InputError: it is plainly something else.
    """
    head = data[:1024]
    for found in FORMATS.values():
        if found.start and head.lstrip().startswith(found.start):
            return found
    for start, what in _ELSEWHERE.items():
        if data.startswith(start):
            raise InputError(f"This is {what}.", SAVE_AS, code="format")
    named = format_named(name)
    if named is not None and named.start and data.strip():
        raise InputError(
            f"The file is called {PurePath(name).suffix.lower()} but is not one.",
            "Open it in the program it came from and save it again.",
            code="broken",
        )
    if _HTML_START.match(head):
        return FORMATS["html"]
    if looks_like_mail(data):
        return FORMATS["eml"]
    return named or FORMATS["text"]


def looks_like_mail(data: bytes) -> bool:
    """Whether a text begins as a stored e-mail does."""
    return _MAIL_START.match(data[:_MAIL_HEAD].lstrip()) is not None


def is_encoded_mail(text: str) -> bool:
    """Whether a text is a stored e-mail whose words are encoded, so that nobody can read them as they stand."""
    return looks_like_mail(text[:_MAIL_HEAD].encode(errors="replace")) and _ENCODED.search(text) is not None


def decode(data: bytes, limit: int) -> str:
    """The text of a file; see `find_encoding`.

    Raises:
        InputError: too long, binary, or in no encoding that makes sense.
    """
    if len(data) > 4 * limit + 4:  # no encoding takes more than four bytes a character
        raise InputError(
            f"The advert has more than {limit:,} characters, the most that is read.",
            "Check one advert at a time, without attachments.",
            code="too-long",
        )
    return data.decode(find_encoding(lambda: (data,)))


def check_text(text: str, limit: int) -> None:
    """See to it that a text is one.

    Raises:
        InputError: too long, or not text.
    """
    if len(text) > limit:
        raise InputError(
            f"The advert has {len(text):,} characters; the most that is read is {limit:,}.",
            "Check one advert at a time, without attachments.",
            code="too-long",
        )
    if "\0" in text:
        raise InputError("This is not text: it holds null bytes.", "Save it as plain text or .docx.", code="binary")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise InputError(
                "The text holds half a character (an unpaired surrogate).", "Save it as UTF-8.", code="encoding"
            ) from None


def find_encoding(pieces: Callable[[], Iterable[bytes]]) -> str:
    """The encoding of a text: UTF-8, UTF-16 or, where it cannot be those, Windows-1252.

    Args:
        pieces: gives the text from its start, in pieces of which one at a time is held.

    Returns:
        A name for `bytes.decode` and `open`, with which a byte order mark is dropped.

    Raises:
        InputError: binary, or in no encoding that makes sense.
    """
    head = next(iter(pieces()), b"")
    name = next((name for mark, name in _BOMS if head.startswith(mark)), "")
    if not name and b"\0" in head:
        name = _wide_encoding(head)
    elif not name and len(head.translate(None, _CONTROL)) < len(head) - len(head) // 100:
        raise _binary()
    fault = _fault(pieces(), name or "utf-8")
    if fault is None:
        return name or "utf-8"
    # Characters of several bytes that are right elsewhere say that it is UTF-8 with a fault, and reading
    # it as Windows-1252 would turn those into nonsense.
    lenient = codecs.getincrementaldecoder("utf-8")("ignore")
    if name or any(not lenient.decode(piece).isascii() for piece in pieces()):
        raise _wrong(name.removesuffix("-sig").upper() or "UTF-8", fault)
    fault = _fault(pieces(), "cp1252")
    if fault is not None:
        raise _wrong("UTF-8 or Windows-1252", fault)
    return "cp1252"


def _fault(pieces: Iterable[bytes], encoding: str) -> tuple[int, int] | None:
    """Where a text stops to fit an encoding: which byte of all, from 0, and in which line, from 1."""
    decoder = codecs.getincrementaldecoder(encoding)()
    done, line = 0, 1
    for piece in chain(pieces, (b"",)):
        held = len(decoder.getstate()[0])
        try:
            decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            place = error.start - held
            return done + place, line + piece[: max(0, place)].count(b"\n")
        done += len(piece)
        line += piece.count(b"\n")
    return None


def _wide_encoding(data: bytes) -> str:
    """UTF-16 without a byte order mark: in Western text every other byte is null."""
    half = len(data) // 2
    if half and len(data) % 2 == 0:
        if data[1::2].count(0) > 0.7 * half and data[::2].count(0) == 0:
            return "utf-16-le"
        if data[::2].count(0) > 0.7 * half and data[1::2].count(0) == 0:
            return "utf-16-be"
    raise _binary()


def _wrong(encoding: str, fault: tuple[int, int]) -> InputError:
    byte, line = fault
    return InputError(
        f"The text is not good {encoding}: byte {byte + 1:,}, in line {line:,}, does not fit.",
        "Save the file again as UTF-8.",
        code="encoding",
    )


def _binary() -> InputError:
    return InputError("This is not text.", SAVE_AS, code="binary")
