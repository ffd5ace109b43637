"""Clean text and its map to the source.

Readers say which stretches of the source make up a block; the `Cleaner` turns them into the text that is
analysed and keeps, for every stretch, where it came from. A segment is one of two things: as long in the clean
text as in the source (offsets inside it run in step), or a unit (an entity, a run of spaces) that is only taken whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from inclusive_ads.not_read import NotRead
from inclusive_ads.offsets import CleanOffset
from inclusive_ads.text.readers.mending import BROKEN, FILL, joined, mended

# One character for one character, so that offsets stay in step.
_SAME_LENGTH = {
    "'": "\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4\uff07",
    '"': "\u201c\u201d\u201e\u201f\u2033\uff02",
    "-": "\u2010\u2011\u2012\u2212\ufe63\uff0d",
    " ": "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    "\n": "\u0085\u2028\u2029",
}
_PAIRS = tuple((old, new) for new, olds in _SAME_LENGTH.items() for old in olds)
_CONTROL = dict.fromkeys((*range(1, 9), *range(14, 32), *range(127, 133), *range(134, 160)), " ") | {11: "\n", 12: "\n"}
_HAS_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")

INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_ODD = re.compile(f"[{INVISIBLE}]+|[\ufb00-\ufb06]|[^\\s{INVISIBLE}{FILL}\u0300-\u036f][{FILL}\u0300-\u036f]+")
_MAY_BE_ODD = re.compile(f"[{INVISIBLE}{FILL}\ufb00-\ufb06\u0300-\u036f]")  # quicker, and most texts have none
_UNEVEN = re.compile(f"[ \t\n{FILL}]+|{_ODD.pattern}")
_UNEVEN_OR_BROKEN = re.compile(f"{BROKEN.pattern}|{_UNEVEN.pattern}")
_HYPHEN_LAST = re.compile("[-\u00ad][ \t]*\n")  # quicker, and most texts have none
RUNNING = 60  # characters; a table cell with as many holds running text, no label or value
VISIBLE = re.compile(f"[^\\s{INVISIBLE}{FILL}]")


def same_length(source: str) -> str:
    """`source` with straight quotes, plain spaces and hyphens and line feeds for line ends; exactly as long."""
    text = source
    if not text.isascii():
        for old, new in _PAIRS:
            text = text.replace(old, new)
    if _HAS_CONTROL.search(text):
        text = text.translate(_CONTROL)
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of the clean text that no match runs across.

    Attributes:
        start, end: half-open offsets in the clean text.
        kind: ``"heading"``, ``"item"``, ``"paragraph"`` or ``"cell"``.
        level: of a heading 1 to 6, of a list item its depth from 1, otherwise 0.
        beside: what it stands in beside the body (``"footnote"``, ``"header"``), otherwise "".
    """

    start: CleanOffset
    end: CleanOffset
    kind: str
    level: int = 0
    beside: str = ""


@dataclass(slots=True)
class OffsetMap:
    """Segments in order: ``clean[i]:clean_end[i]`` of the clean text is ``source[i]:source_end[i]`` of the source."""

    clean: list[int] = field(default_factory=list)
    clean_end: list[int] = field(default_factory=list)
    source: list[int] = field(default_factory=list)
    source_end: list[int] = field(default_factory=list)

    def add(self, clean: int, clean_end: int, source: int, source_end: int) -> None:
        """Append one segment."""
        self.clean.append(clean)
        self.clean_end.append(clean_end)
        self.source.append(source)
        self.source_end.append(source_end)

    def in_step(self, index: int) -> bool:
        """Whether the offsets inside a segment run in step."""
        return self.source_end[index] - self.source[index] == self.clean_end[index] - self.clean[index]


class Cleaner:
    """Builds clean text block by block: `add` or `unit` the stretches of a block, then `close` it.

    Args:
        source: the text to clean, or what is to be read in its place, exactly as long.
    """

    def __init__(self, source: str) -> None:
        self.plain = same_length(mended(source))
        self.map = OffsetMap()
        self.blocks: list[Block] = []
        self.after: dict[int, tuple[int, str]] = {}  # block number: where a paragraph after it goes, and in what form
        self.top = 0  # where a paragraph before everything goes
        self.beside = ""  # of the blocks that come
        self.not_read: list[NotRead] = []
        self.fixed: list[tuple[int, int]] = []  # stretches of the source, in order, that cannot be changed
        self._odd = not source.isascii() and _MAY_BE_ODD.search(self.plain) is not None
        self._parts: list[str] = []
        self._length = 0
        self._start = 0  # of the open block, in the clean text
        self._first_part = 0
        self._space: tuple[int, int] | None = None  # in the source: a space to write once a word follows

    @property
    def text(self) -> str:
        """The clean text of all closed blocks."""
        return "".join(self._parts)

    def hide(self, stretches: list[tuple[int, int]]) -> None:
        """Leave these stretches of the source, in order, out of everything."""
        position = 0
        parts: list[str] = []
        for start, end in stretches:
            parts += (self.plain[position:start], "\u200b" * (end - start))
            position = end
        self.plain = "".join(parts) + self.plain[position:]
        self._odd = self._odd or bool(stretches)

    def miss(self, code: str, count: int = 1, names: Iterable[str] = ()) -> None:
        """Note what is there and not read; see `NotRead`."""
        self.not_read.append(NotRead(code=code, count=count, names=tuple(names)))

    @property
    def open(self) -> bool:
        """Whether the block being built has any text yet."""
        return self._length > self._start

    @property
    def open_text(self) -> str:
        """The clean text of the block being built."""
        return "".join(self._parts[self._first_part :])

    def add(self, start: int, end: int) -> None:
        """Add ``source[start:end]`` to the open block."""
        text = self.plain[start:end]
        if "  " not in text and "\n" not in text and "\t" not in text and not self._odd:
            self._plain_run(text, start)
            return
        position = 0
        broken = _HYPHEN_LAST.search(text) is not None
        for match in (_UNEVEN_OR_BROKEN if broken else _UNEVEN).finditer(text):
            here, after = match.span()
            found = match[0]
            if found == " ":
                continue
            self._plain_run(text[position:here], start + position)
            if broken and match["letter"]:
                found = joined(text, match)
            self._unit(found, start + here, start + after)
            position = after
        self._plain_run(text[position:], start + position)

    def unit(self, start: int, end: int, text: str) -> None:
        """Add `text`, which the whole of ``source[start:end]`` stands for (an entity, an escape)."""
        self._unit(same_length(text), start, end)

    def _unit(self, text: str, start: int, end: int) -> None:
        text = text.replace(FILL, "")
        if not VISIBLE.search(text):
            if not text.strip() and text and self._space is None:
                self._space = (start, end)
            return
        if len(text) > 1:
            text = unicodedata.normalize("NFC", text)
        elif "\ufb00" <= text <= "\ufb06":
            text = unicodedata.normalize("NFKC", text)
        self._write(text, start, end)

    def _plain_run(self, text: str, start: int) -> None:
        """Add text whose only whitespace is single spaces."""
        if not text:
            return
        first, last = 0, len(text)
        if text[0] == " ":
            first = 1
            self._space = self._space or (start, start + 1)
        if text[-1] == " ":
            last -= 1
        if first < last:
            self._write(text[first:last], start + first, start + last)
            if last < len(text):
                self._space = (start + last, start + last + 1)

    def _write(self, text: str, start: int, end: int) -> None:
        length = self._length
        if length == self._start:
            if self.blocks:
                self._parts.append("\n")
                length += 1
                self._start = length
            self._first_part = len(self._parts)
        elif self._space is not None:
            self._parts.append(" ")
            self.map.add(length, length + 1, *self._space)
            length += 1
        self._space = None
        self._parts.append(text)
        self._length = length + len(text)
        self.map.add(length, self._length, start, end)

    def close(self, kind: str, level: int = 0) -> None:
        """End the open block; one without a visible character is dropped."""
        self._space = None
        if self._length > self._start:
            start, end = CleanOffset(self._start), CleanOffset(self._length)
            self.blocks.append(Block(start=start, end=end, kind=kind, level=level, beside=self.beside))
            self._start = self._length


def looks_like_heading(text: str) -> bool:
    """Whether a line says by its form alone that it is a heading: it ends in a colon or is all capitals."""
    if len(text) > 80 or text.count(" ") > 9 or text[-1] in ".,;":
        return False
    return text[-1] == ":" or (text.isupper() and sum(map(str.isalpha, text)) > 2)


def collapse(text: str) -> str:
    """`text` as it is analysed, taken as one block."""
    cleaner = Cleaner(text)
    cleaner.add(0, len(text))
    return cleaner.text
