"""The gaps round paragraphs: of new ones as the source makes its own, and what goes with old ones. Knows no map."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BREAK = re.compile(r"\s*<br[^>]*>", re.IGNORECASE)
_NO_MORE = re.compile(r"\s*\Z")  # asked at every block: what follows is not copied
_LETTER = re.compile(r"[^\W_]{2}|[^\W\d_]\b(?![.)])")
_LINE_REST = re.compile(r"[ \t*_]*(?:\r\n?|\n|\Z)")
_BLANK = re.compile(r"[ \t]*(?:\r\n?|\n)")
_OPENED = re.compile(r"<(li|p|h[1-6]|div)\b[^<>]*>\s*\Z", re.IGNORECASE)
_CLOSED = re.compile(r"\s*</(li|p|h[1-6]|div)>[ \t]*\n?", re.IGNORECASE)
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


def line_of(source: str, start: int, end: int) -> tuple[int, int]:
    """The line that a stretch fills but for its bullet, with its line end and one of two blank lines round it."""
    low = max(source.rfind("\n", 0, start), source.rfind("\r", 0, start)) + 1
    if _LETTER.search(source, low, start):
        return start, end
    close = _LINE_REST.match(source, end)
    if close is None:
        return start, end
    high = close.end()
    blank = _BLANK.match(source, high)
    if blank and (low == 0 or source[:low].endswith(("\n\n", "\r\n\r\n"))):
        high = blank.end()
    return low, high


def html_item(source: str, start: int, end: int) -> tuple[int, int]:
    """The element that holds a stretch and nothing else: an item, a paragraph or a heading."""
    opened, closed = _OPENED.search(source[:start]), _CLOSED.match(source, end)
    if opened and closed and opened[1].lower() == closed[1].lower():
        return opened.start(), closed.end()
    return start, end
