"""Text that stands in another file: a part of an e-mail, or what a Word document takes in."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from inclusive_ads.errors import InputError
from inclusive_ads.not_read import NotRead
from inclusive_ads.text.readers.cleaning import VISIBLE, Cleaner
from inclusive_ads.text.readers.files import decode
from inclusive_ads.text.readers.formats import FORMATS
from inclusive_ads.text.readers.markup import recognise

MARKUP = 10  # characters of styles and tags that mail programs and Word write round one that is read
_TEXTUAL = re.compile(r"utf-|iso8859|cp\d|koi8|mac|gb|big5|euc|shift|iso2022")  # other codecs are not for letters


@dataclass(frozen=True, slots=True)
class Line:
    """A block of such text: one line, and the kind and level of a `Block`."""

    text: str
    kind: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Inner:
    """What was read of such text."""

    lines: tuple[Line, ...] = ()
    not_read: tuple[NotRead, ...] = ()


def read_inner(text: str, format_: str, limit: int) -> Inner:
    """The lines of a text in the format ``"text"`` or ``"html"``; none where nothing can be seen in it.

    Raises:
        InputError: more than `limit` characters, of markup more than that many times `MARKUP`.
    """
    if len(text) > limit * MARKUP:
        raise too_long(limit)
    markup = recognise(text.replace("\0", ""), format_)
    cleaner = Cleaner(markup.text)
    FORMATS[markup.format].add_blocks(markup.text, cleaner)
    lines = [Line(cleaner.text[block.start : block.end], block.kind, block.level) for block in cleaner.blocks]
    if len(cleaner.text) > limit:
        raise too_long(limit)
    return Inner(tuple(line for line in lines if VISIBLE.search(line.text)), tuple(cleaner.not_read))


def decode_inner(data: bytes, charset: str, limit: int) -> str:
    """The text of such bytes: in the character set that is named, or else in the one that is found.

    Raises:
        InputError: too long, binary, or in no encoding that makes sense.
    """
    limit *= MARKUP
    if len(data) > 4 * limit + 4:
        raise too_long(limit // MARKUP)
    try:
        name = codecs.lookup(charset).name if charset.isascii() else ""
    except LookupError:
        name = ""
    if not _TEXTUAL.match(name):
        return decode(data, limit) if data else ""
    return data.decode(name, "replace")


def too_long(limit: int) -> InputError:
    """The error for more text than is read."""
    return InputError(
        f"The advert has more than {limit:,} characters, the most that is read.",
        "Check one advert at a time, without attachments.",
        code="too-long",
    )
