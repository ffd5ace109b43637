"""HTML as copied from a job board: tolerant, linear in its length, and exact about where each word stands.

A tree builder mends what is broken and with that loses the places in the source; here the source is read tag by
tag. Scripts, styles, comments and attributes are no text. Block elements, list items, cells and ``<br>`` part
blocks; everything else is inline.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from html.entities import html5

from inclusive_ads.text.readers.cleaning import RUNNING, Cleaner, looks_like_heading
from inclusive_ads.text.readers.plain import LONE_BULLETS, marker_length

_TAG_NAME = re.compile(r"[a-zA-Z][^\s/>]*")
_ATTRIBUTES = re.compile(r"""(?:[^>=]|=(?!\s*["'])|=\s*"[^"]*"|=\s*'[^']*')*+>""")
ENTITY = re.compile(r"&(?:[#]\d{1,7};?|[#][xX][0-9a-fA-F]{1,6};?|[a-zA-Z][a-zA-Z0-9]{1,31};?)")


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


NO_TEXT = _names("script style template title noscript iframe object svg math textarea")
VOID = _names("area base br col embed hr img input link meta param source track wbr")
_NOT_READ = {
    **dict.fromkeys(("img", "svg"), "pictures"),
    **dict.fromkeys(("embed", "iframe", "object"), "embedded-files"),
    **dict.fromkeys(("input", "select", "textarea"), "form-fields"),
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = _names("ul ol menu dir")
_OUTER = _LISTS | {"dl", "table"}  # a new paragraph goes after the whole of these
_CELLS = _names("td th dd")  # but within one of these where it holds running text
UNITS = frozenset(_HEADINGS) | {"p"}
BLOCKS = (
    _OUTER
    | UNITS
    | _names(
        "address article aside blockquote body br button caption center dd details dialog div dt fieldset figcaption "
        "figure footer form head header hgroup hr html label legend li main nav optgroup option pre search section "
        "select summary tbody td tfoot th thead tr"
    )
)
INLINE = _names(
    "a abbr b bdi bdo big cite code del em font i ins kbd mark q s samp small span strike strong sub sup time tt u var"
)
_BOLD_HEADING = 3  # the level of a paragraph that is all bold
_HEADING_LONGEST = 80
_HOLDERS = _OUTER | _CELLS


def read_html(source: str, cleaner: Cleaner) -> None:
    """Add the blocks of an HTML document or fragment to `cleaner`."""
    _Reader(source, cleaner).read()


def decode_entity(entity: str) -> str | None:
    """What an entity stands for, or None where it is only an ampersand in a text."""
    if entity[1] == "#" or entity[1:] in html5:
        return html.unescape(entity).replace("\0", "\ufffd")
    return None


@dataclass(frozen=True, slots=True)
class _Element:
    """An open element: the kind and level of a block in it, and how many blocks were closed before it."""

    name: str
    kind: str
    level: int
    first: int


class _Reader:
    def __init__(self, source: str, cleaner: Cleaner) -> None:
        self.source = source
        self.cleaner = cleaner
        self.open: list[_Element] = []
        self.holders: list[str] = []  # of those, the lists, tables and cells
        self.count: Counter[str] = Counter()  # how often each element is open
        self.waiting: list[int] = []  # blocks in a list, table or heading that is still open
        self.end = len(source)  # of what is read
        self.item = False  # the block began with a bullet
        self.plain_words = False  # the block has words that are not bold
        self.quotes_close = True  # false once an attribute's quote was never closed
        self.comments_close = True

    def read(self) -> None:
        source = self.source
        text = position = 0
        while True:
            position = source.find("<", position)
            if position < 0:
                break
            end = self._markup_end(position)
            if end is None:
                position += 1
                continue
            self._text(text, position)
            text = position = self._tag(position, end)
        self._text(text, len(source))
        self._close_block(self.end, self.end, "")
        for block in self.waiting:
            self.cleaner.after[block] = (self.end, "p")

    def _markup_end(self, start: int) -> int | None:
        """Where the tag or comment that begins at `start` ends; None where it is only a less-than sign."""
        source = self.source
        if source.startswith("<!--", start) and self.comments_close:
            end = source.find("-->", start + 4)
            if end >= 0:
                return end + 3
            self.comments_close = False
        following = source[start + 1 : start + 3]
        if not following or not (following[0].isalpha() or following[0] in "/!?"):
            return None
        if following[0] == "/" and not following[1:].isalpha():
            return None
        if self.quotes_close:
            match = _ATTRIBUTES.match(source, start + 1)
            if match:
                return match.end()
            self.quotes_close = False
        end = source.find(">", start)
        return end + 1 if end >= 0 else None

    def _tag(self, start: int, end: int) -> int:
        """Take in one tag or comment; return where reading goes on."""
        source = self.source
        closing = source.startswith("</", start)
        match = _TAG_NAME.match(source, start + 1 + closing, end)
        if match is None:
            if source[start : start + 9].lower() == "<!doctype":
                self.cleaner.top = end
            return end
        name = match[0].lower()
        if name in BLOCKS:
            self._close_block(start, end, ("/" if closing else "") + name)
        if name in _NOT_READ and not closing:
            self.cleaner.miss(_NOT_READ[name])
        if closing:
            self._leave(name, end)
        elif name in NO_TEXT:
            return self._skip(name, start, end)
        elif name not in VOID:
            self._enter(name)
        if (name in ("html", "body") and not closing) or (name == "head" and closing):
            self.cleaner.top = end
        return end

    def _skip(self, name: str, start: int, position: int) -> int:
        if self.source[position - 2] == "/" and name in ("svg", "math"):
            return position
        found = re.compile(f"</{name}(?=[\\s/>])[^>]*>", re.IGNORECASE).search(self.source, position)
        if found:
            return found.end()
        self.end = start
        return len(self.source)

    def _enter(self, name: str) -> None:
        kind, level = self._kind()
        if name in _HEADINGS:
            kind, level = "heading", _HEADINGS[name]
        elif name == "li":
            kind, level = "item", max(1, sum(self.count[each] for each in _LISTS))
        elif name in ("td", "th"):
            kind, level = "cell", 0
        self.open.append(_Element(name, kind, level, len(self.cleaner.blocks)))
        self.count[name] += 1
        if name in _HOLDERS:
            self.holders.append(name)

    def _kind(self) -> tuple[str, int]:
        return (self.open[-1].kind, self.open[-1].level) if self.open else ("paragraph", 0)

    def _leave(self, name: str, end: int) -> None:
        if not self.count[name]:
            return
        while True:
            left = self.open.pop()
            self.count[left.name] -= 1
            if left.name in _HOLDERS:
                self.holders.pop()
            if left.name == name:
                break
        holder = self._holder()
        # A list in a cell is one passage of the cell; a cell or row says nothing of what waits for the table's end.
        if holder and not (holder in _CELLS and left.name in _OUTER):
            return
        first = bisect_left(self.waiting, left.first) if holder else 0
        self.cleaner.after.update((block, (end, "p")) for block in self.waiting[first:])
        del self.waiting[first:]

    def _holder(self) -> str:
        """The innermost open element in which a paragraph cannot just go: a list, a table, a cell or a heading."""
        if self.open and self.open[-1].kind == "heading":
            return self.open[-1].name
        return self.holders[-1] if any(self.count[each] for each in _OUTER) else ""

    def _text(self, start: int, end: int) -> None:
        if start == end:
            return
        position = start
        if self.source.find("&", start, end) >= 0:
            for match in ENTITY.finditer(self.source, start, end):
                decoded = decode_entity(match[0])
                if decoded is None:
                    continue
                self._words(position, match.start())
                if not self.cleaner.open and decoded in LONE_BULLETS:
                    self.item = True
                else:
                    self.cleaner.unit(match.start(), match.end(), decoded)
                    self.plain_words |= not self._bold() and not decoded.isspace()
                position = match.end()
        self._words(position, end)

    def _words(self, start: int, end: int) -> None:
        if not self.cleaner.open:
            text = self.cleaner.plain[start:end]
            bare = text.lstrip()
            if bare.rstrip() in LONE_BULLETS:
                self.item = True
                return
            length = marker_length(bare)
            self.item |= length > 0
            start += len(text) - len(bare) + length
        if start < end:
            self.cleaner.add(start, end)
            self.plain_words = self.plain_words or not (self._bold() or self.source[start:end].isspace())

    def _bold(self) -> bool:
        return bool(self.count["b"] or self.count["strong"])

    def _close_block(self, start: int, end: int, cause: str) -> None:
        cleaner = self.cleaner
        if cleaner.open:
            kind, level = self._kind()
            if kind == "paragraph":
                if self.item:
                    kind, level = "item", 1
                else:
                    words = cleaner.open_text
                    bold = not self.plain_words and len(words) <= _HEADING_LONGEST and words[-1] not in ".,;!"
                    if bold or looks_like_heading(words):
                        kind, level = "heading", _BOLD_HEADING
            holder = self._holder()
            if holder and not (holder in _CELLS and len(cleaner.open_text) >= RUNNING):
                self.waiting.append(len(cleaner.blocks))
            elif cause == "br":
                cleaner.after[len(cleaner.blocks)] = (start, "br")
            else:
                cleaner.after[len(cleaner.blocks)] = (end if cause[:1] == "/" and cause[1:] in UNITS else start, "p")
            cleaner.close(kind, level)
        self.item = self.plain_words = False
