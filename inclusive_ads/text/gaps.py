"""The text of new paragraphs, with gaps round them as the source makes its own. Knows no map and no blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BREAK = re.compile(r"\s*<br[^>]*>", re.IGNORECASE)
_NO_MORE = re.compile(r"\s*\Z")  # asked at every block: what follows is not copied
_BLANK_LINE = re.compile(r"(?>\r\n?|\n)[ \t]*(?:\r|\n|\Z)")


def text_paragraphs(source: str, place: int, line_end: str, lines: Sequence[str]) -> str:
    """Paragraphs of a text behind a line: a blank line before each and after the last."""
    blank_follows = _BLANK_LINE.match(source, place) or _NO_MORE.match(source, place)
    return 2 * line_end + (2 * line_end).join(lines) + ("" if blank_follows else line_end)


def word_paragraphs(source: str, start: int, place: int, lines: Sequence[str]) -> str:
    """Paragraphs of a Word document behind one that begins at `start`: parted by empty ones where others are."""
    at_end = _NO_MORE.match(source, place)
    parted = source.startswith("\n\n", start - 2) if at_end else _BLANK_LINE.match(source, place) is not None
    gap = "\n\n" if parted else "\n"
    return gap + gap.join(lines)


def html_paragraphs(source: str, place: int, form: str, paragraphs: Sequence[str]) -> str:
    """Paragraphs of a page, as elements (`form` "p") or between line breaks ("br"), as many as follow the place."""
    if form != "br":
        return "".join(f"\n<p>{paragraph}</p>" for paragraph in paragraphs)
    one = _BREAK.match(source, place)
    gap = "<br>\n" if one and not _BREAK.match(source, one.end()) else "<br>\n<br>\n"
    return "".join(gap + paragraph for paragraph in paragraphs)
