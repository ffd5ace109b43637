"""E-mail as it is stored (.eml): subject and text; what is attached is named and not read.

Of a text that is there in several forms, the richest one that says something is read: people are shown that.
"""

from __future__ import annotations

import email
import email.header
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.message import Message

from inclusive_ads.errors import InputError
from inclusive_ads.not_read import NotRead
from inclusive_ads.text.readers.cleaning import Cleaner, collapse
from inclusive_ads.text.readers.formats import Opened
from inclusive_ads.text.readers.inner import Inner, Line, decode_inner, read_inner, too_long

MOST_PARTS = 200
MOST_LINES = 300_000  # line ends of either kind; ten megabytes of attachments have 260,000
_SUBJECT_LONGEST = 1_000
_FORMS = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
_RICHEST = {kind: place for place, kind in enumerate(_FORMS)}


def open_mail(data: bytes, limit: int) -> Opened:
    """The subject and the text of an e-mail, a line for each block, and what adds its blocks.

    Raises:
        InputError: damaged, of too many parts or characters, or without text.
    """
    lines, not_read = read_mail(data, limit)
    if not lines:
        raise InputError("The e-mail holds no text.", "Paste the advert's text instead.", code="empty")

    def add_blocks(_: str, cleaner: Cleaner) -> None:
        start = 0
        for line in lines:
            cleaner.add(start, start + len(line.text))
            cleaner.close(line.kind, line.level)
            start += len(line.text) + 1
        cleaner.not_read.extend(not_read)

    return "\n".join(line.text for line in lines), add_blocks


def read_mail(data: bytes, limit: int) -> tuple[list[Line], list[NotRead]]:
    """The lines of an e-mail (none where it has no text but its subject), and what was not read of it.

    Raises:
        InputError: damaged, or of too many parts or characters.
    """
    # Parts lie within parts; so many are no advert, and the parser would go down into each.
    many = sum(1 for _ in re.finditer(rb"boundary|message/", data, re.IGNORECASE)) > MOST_PARTS
    if many or data.count(b"\n") + data.count(b"\r") > MOST_LINES:  # the parser keeps each line as an object
        raise InputError("The e-mail has too many parts or lines.", "Paste the advert's text instead.", code="too-long")
    try:
        message = email.message_from_bytes(data.lstrip())
        subject = collapse(_decoded(str(message.get("Subject", ""))[:_SUBJECT_LONGEST]))
        attached: list[str] = []
        inners = list(_texts(message, attached, limit))
    except (MessageError, RecursionError, ValueError, LookupError) as error:
        raise InputError("The e-mail is damaged.", "Paste the advert's text instead.", code="broken") from error
    lines = [line for inner in inners for line in inner.lines]
    if lines and subject:
        lines.insert(0, Line(subject, "heading", 1))
    if sum(len(line.text) + 1 for line in lines) > limit + 1:
        raise too_long(limit)
    not_read = [each for inner in inners for each in inner.not_read]
    names = tuple(name for name in attached if name)
    return lines, [*not_read, NotRead(code="attachments", count=len(attached), names=names)]


def _texts(part: Message, attached: list[str], limit: int) -> Iterator[Inner]:
    """The texts of a part, in order; the names of what is attached are added to `attached` ("" where it has none)."""
    kind = part.get_content_type()
    if kind == "multipart/alternative":
        yield from _richest(part, attached, limit)
    elif part.is_multipart() and not kind.startswith("message/"):
        for each in _parts(part):
            yield from _texts(each, attached, limit)
    elif kind in _FORMS and part.get_content_disposition() != "attachment":
        yield _text(part, limit)
    else:
        attached.append(collapse(_decoded(part.get_filename() or ""))[:200])


def _richest(part: Message, attached: list[str], limit: int) -> Iterator[Inner]:
    forms = _parts(part)
    # A part of parts holds the rich form with its pictures.
    order = sorted(forms, key=lambda each: _RICHEST.get(each.get_content_type(), -1))
    for each in order:
        inside: list[str] = []
        found = list(_texts(each, inside, limit)) if each.is_multipart() or each.get_content_type() in _FORMS else []
        if any(inner.lines for inner in found):
            attached.extend(inside)
            yield from found
            return


def _parts(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []


def _text(part: Message, limit: int) -> Inner:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return Inner()
    text = decode_inner(data, part.get_content_charset() or "", limit)
    return read_inner(text, _FORMS[part.get_content_type()], limit)


def _decoded(header: str) -> str:
    """A header without the encoding that carries letters beyond ASCII."""
    try:
        return str(email.header.make_header(email.header.decode_header(header)))
    except (MessageError, ValueError, LookupError):
        return header
