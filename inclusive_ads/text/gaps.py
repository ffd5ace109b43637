"""The gaps round paragraphs: of new ones as the source makes its own, and what goes with old ones. Knows no map."""

from __future__ import annotations

import re
from collections.abc import Sequence

from inclusive_ads.text.readers.plain import marker_length

_ROW_END = re.compile(r"</tr\s*>", re.IGNORECASE)
_BREAK = re.compile(r"\s*<br[^>]*>", re.IGNORECASE)
_NO_MORE = re.compile(r"\s*\Z")  # asked at every block: what follows is not copied
_LETTER = re.compile(r"[^\W_]{2}|[^\W\d_]\b(?![.)])")
_LINE_REST = re.compile(r"[ \t*_]*(?:\r\n?|\n|\Z)")
_BLANK = re.compile(r"[ \t]*(?:\r\n?|\n)")
_OPENED = re.compile(r"<(li|p|h[1-6]|div)\b[^<>]*>\s*\Z", re.IGNORECASE)
_CLOSED = re.compile(r"\s*</(li|p|h[1-6]|div)>[ \t]*\n?", re.IGNORECASE)
_LONGEST_TAG = 500  # characters that are looked at for one
_ORDERED = re.compile(r"<(/?)ol\b", re.IGNORECASE)
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


def text_mark(source: str, start: int) -> str | None:
    """The indent and bullet before words that begin at `start`; None where they are numbered."""
    line = source[source.rfind("\n", 0, start) + 1 : start]
    indent = len(line) - len(line.lstrip())
    mark = line[: indent + marker_length(f"{line[indent:].rstrip('*_')}x")]
    return None if any(sign.isdigit() or sign in ".)" for sign in mark) else mark


def text_line(source: str, above: int, start: int, place: int, line_end: str, line: str, hard: str) -> str:
    """A line of a text behind another that begins at `start`: a blank line before it where that has one.

    Args:
        above: where the line above that one ends.
        hard: what keeps two lines apart that have no blank line between them.
    """
    if source.count("\n", above, start) > 1:
        return text_paragraphs(source, place, line_end, [line])
    return ("" if source.endswith(hard or "\0", 0, place) else hard) + line_end + line


def html_line(source: str, above: int, start: int, form: str, text: str) -> str:
    """A line of a page behind another that begins at `start`, parted as that is from what ends at `above`."""
    if form != "br":
        return f"\n<p>{text}</p>"
    return ("<br>\n<br>\n" if len(_BREAK.findall(source, above, start)) > 1 else "<br>\n") + text


def html_element(source: str, above: int, end: int, name: str, text: str) -> tuple[int, str] | None:
    """Where an element goes behind one of the same name whose words end at `end`; None where they stand in none.

    Behind a numbered item nothing goes: a number says that the order matters.
    """
    opened = list(re.finditer(rf"(\s*)<{name}\b[^>]*>", source[above:end], re.IGNORECASE))
    lists = [sign[1] for sign in _ORDERED.finditer(source, 0, end)] if name == "li" else []
    if not opened or lists[-1:] == [""]:
        return None
    closed = re.compile(rf"\s*(?:</(?!{name}\b)[a-z]+[^>]*>\s*)*</{name}\s*>", re.IGNORECASE).match(source, end)
    if not closed and name != "li":  # only items may do without
        return None
    return closed.end() if closed else end, f"{opened[-1][1]}<{name}>{text}</{name}>"


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


def element_of(source: str, start: int, end: int) -> tuple[int, int]:
    """The element that holds a stretch and nothing else: an item, a paragraph or a heading."""
    opened, closed = _OPENED.search(source, max(0, start - _LONGEST_TAG), start), _CLOSED.match(source, end)
    if opened and closed and opened[1].lower() == closed[1].lower():
        return opened.start(), closed.end()
    return start, end


def table_row(source: str, start: int, end: int, *, web: bool) -> tuple[int, int] | None:
    """The bounds of the row of a table in which cells stand: of a web page with its tags, else its line."""
    if not web:
        low, high = source.rfind("\n", 0, start) + 1, source.find("\n", end)
        high = len(source) if high < 0 else high
        high -= source.startswith("\r\n", high - 1)
        return (low, high) if "\n" not in source[low:high] else None
    opening, close = source.lower().rfind("<tr", 0, start), _ROW_END.search(source, end)
    inside = source.lower().find("</tr", opening, end) < 0
    return (opening, close.end()) if opening >= 0 and close and inside else None
