"""An advert as it was given, as it is analysed, and the one map between the two.

All offsets are half-open and count Unicode code points. `Document.source` is the advert as given (for Word and
PDF files the text taken out of them, a line for each block); `Document.text` is the clean text.

Longer than 300 lines: every edit of a source is made here, beside the one map that knows where it goes.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection
from pathlib import Path

from inclusive_ads.errors import InputError
from inclusive_ads.not_read import NotRead, listed_by_kind
from inclusive_ads.offsets import CleanOffset, SourceOffset, clean
from inclusive_ads.report import Edit
from inclusive_ads.text.fixed import can_change
from inclusive_ads.text.gaps import (
    element_of,
    html_element,
    html_line,
    html_paragraphs,
    line_of,
    table_row,
    text_line,
    text_mark,
    text_paragraphs,
    word_paragraphs,
)
from inclusive_ads.text.readers.cleaning import VISIBLE, Block, Cleaner, OffsetMap
from inclusive_ads.text.readers.files import MOST_BYTES, check_text, decode, find_format, is_encoded_mail, too_large
from inclusive_ads.text.readers.formats import FORMATS, Format
from inclusive_ads.text.readers.markup import outside_escape, recognise

__all__ = ["LIMIT", "Block", "Document"]

LIMIT = 200_000  # characters

_LINE_END = re.compile(r"[\r\n]|\Z")


class Document:
    """One advert.

    Attributes:
        source: as given.
        text: what is analysed: straight quotes, plain spaces and hyphens, no invisible characters, one line a block.
        format: name of one of `FORMATS`: how it was read.
        package: of a file that is not text the file as given, otherwise empty.
        blocks: in order; together with the line ends between them they cover `text`. Those beside the body (notes,
            then headers and footers) come last.
        not_read: what the file holds beside the text that was read.
        body_end: clean offset at which the body ends; notes, headers and footers come after it.
        text_end: clean offset at which body and notes end; headers and footers come after it.
    """

    __slots__ = (
        "_after",
        "_escapes",
        "_fixed",
        "_map",
        "_newline",
        "_top",
        "blocks",
        "body_end",
        "format",
        "not_read",
        "package",
        "source",
        "text",
        "text_end",
    )

    def __init__(self, source: str, cleaner: Cleaner, format_: str, *, package: bytes = b"", escapes: int = 0) -> None:
        self.source = source
        self._newline = "\r\n" if "\r\n" in source else "\n"
        self.format = format_
        self.text = cleaner.text
        self.blocks: tuple[Block, ...] = tuple(cleaner.blocks)
        self._map: OffsetMap = cleaner.map
        self.package = package
        self._after = cleaner.after
        self._top = cleaner.top
        self._escapes = escapes
        self._fixed = tuple(cleaner.fixed)
        self.not_read: tuple[NotRead, ...] = listed_by_kind(cleaner.not_read)
        if not self.blocks:
            raise InputError("The advert is empty.", "Paste the text of the advert.", code="empty")
        self.body_end = self._end_of("")
        self.text_end = self._end_of("", "footnote", "endnote")

    @classmethod
    def from_text(cls, text: str, *, format: str = "text", limit: int = LIMIT) -> Document:  # noqa: A002
        """Read an advert that is already text.

        Args:
            text: the advert.
            format: name of a format that is text: ``"text"``, ``"markdown"`` or ``"html"``. HTML that is sent as
                text is read as HTML, also where it was escaped once more.
            limit: the most characters to accept.

        Raises:
            InputError: nothing in it, too long, not text, or an unknown format.
        """
        check_text(text, limit)
        found = _known_format(format, [name for name, each in FORMATS.items() if each.is_text])
        if found.name == "markdown":
            cleaner = Cleaner(text)
            found.add_blocks(text, cleaner)
            return cls(text, cleaner, found.name)
        markup = recognise(text, found.name)
        cleaner = Cleaner(markup.text)
        if is_encoded_mail(text):
            cleaner.not_read.append(NotRead(code="stored-mail", count=1))
        FORMATS[markup.format].add_blocks(markup.text, cleaner)
        if markup.escapes > 1:
            cleaner.after = {number: (outside_escape(text, at), form) for number, (at, form) in cleaner.after.items()}
            cleaner.top = outside_escape(text, cleaner.top)
        return cls(text, cleaner, markup.format, escapes=markup.escapes)

    @classmethod
    def from_file(cls, path: str | Path, *, format: str | None = None, limit: int = LIMIT) -> Document:  # noqa: A002
        """Read an advert from a file; see `from_bytes`.

        Raises:
            InputError: also where the file cannot be opened.
        """
        place = Path(path)
        try:
            size = place.stat().st_size
            if size > MOST_BYTES:
                raise too_large(size)
            data = place.read_bytes()
        except OSError as error:
            reason = error.strerror or "it cannot be read"
            raise InputError(
                f"'{place}' cannot be opened: {reason}.", "Check the name of the file.", code="file"
            ) from None
        return cls.from_bytes(data, name=place.name, format=format, limit=limit)

    @classmethod
    def from_bytes(
        cls,
        data: bytes,
        *,
        name: str = "",
        format: str | None = None,  # noqa: A002
        limit: int = LIMIT,
    ) -> Document:
        """Read an advert from the bytes of a file.

        Args:
            data: the file.
            name: its name; the ending tells the format where the content does not.
            format: name of one of `FORMATS`, or None to find out.
            limit: the most characters to accept.

        Raises:
            InputError: as `from_text`; also binary, wrongly encoded, broken or unsafe files.
        """
        if len(data) > MOST_BYTES:
            raise too_large(len(data))
        found = find_format(data, name) if format is None else _known_format(format, FORMATS)
        if found.is_text:
            return cls.from_text(decode(data, limit), format=found.name, limit=limit)
        source, add_blocks = found.open(data, limit)
        cleaner = Cleaner(source)
        add_blocks(source, cleaner)
        return cls(source, cleaner, found.name, package=data)

    def span(self, start: CleanOffset, end: CleanOffset) -> tuple[SourceOffset, SourceOffset]:
        """Where clean ``text[start:end]`` stands in the source.

        What counts as one (a run of spaces, an entity) is taken whole; an empty span stays empty.
        """
        there = self._source_start(start)
        return there, max(there, self._source_end(end)) if end > start else there

    def clean_span(self, start: SourceOffset, end: SourceOffset) -> tuple[CleanOffset, CleanOffset]:
        """The clean text that ``source[start:end]`` became; empty where nothing is left of it."""
        places = self._map
        first = bisect_right(places.source_end, start)
        if first == len(places.source):
            return clean(len(self.text), len(self.text))
        begin = places.clean[first]
        if places.in_step(first):
            begin += max(0, start - places.source[first])
        last = bisect_left(places.source, end) - 1
        if last < first:
            return clean(begin, begin)
        finish = places.clean_end[last]
        if places.in_step(last):
            finish -= max(0, places.source_end[last] - end)
        return clean(begin, max(begin, finish))

    def edits(self, start: CleanOffset, end: CleanOffset, text: str) -> tuple[Edit, ...]:
        """The edits of the source that replace clean ``text[start:end]`` by plain `text`.

        Markup inside the span stays: the new text goes where the span begins and the rest is emptied.
        """
        if end <= start:
            place = self._source_start(start)
            return (Edit(start=place, end=place, text=self._quote(text)),)
        places = self._map
        first, last = self.span(start, end)
        index = max(0, bisect_right(places.clean, start) - 1)
        stretches: list[tuple[int, int]] = []
        while index < len(places.source) and places.source[index] < last:
            begin, finish = max(first, places.source[index]), min(last, places.source_end[index])
            if stretches and not self._markup(stretches[-1][1], begin):
                begin = stretches.pop()[0]
            stretches.append((begin, finish))
            index += 1
        return tuple(
            Edit(start=begin, end=finish, text="" if number else self._quote(text))
            for number, (begin, finish) in enumerate(stretches)
        )

    def can_change(self, edit: Edit) -> bool:
        """Whether an edit of the source can be made in the file: what a Word file takes in or locks stays as it is."""
        return can_change(self.source, self._fixed, edit)

    def _end_of(self, *parts: str) -> int:
        inside = bisect_left(self.blocks, True, key=lambda block: block.beside not in parts)
        return self.blocks[inside - 1].end if inside else 0

    def without(self, block: Block) -> tuple[Edit, ...]:
        """The edits that take a block out, with its line or list item where the format lets it go."""
        start, end = self.span(block.start, block.end)
        if block.kind == "cell":
            return self.edits(block.start, block.end, "")
        if self.format == "docx":
            low = self.source.rfind("\n", 0, start)
            return (Edit(start=max(0, low), end=end if low >= 0 else min(end + 1, len(self.source)), text=""),)
        low, high = element_of(self.source, start, end) if self.format == "html" else line_of(self.source, start, end)
        return (
            (Edit(start=low, end=high, text=""),)
            if (low, high) != (start, end)
            else self.edits(block.start, block.end, "")
        )

    def without_stretch(self, start: CleanOffset, end: CleanOffset) -> tuple[Edit, ...]:
        """The edits that take a stretch out that begins in a block, with the line or list item that it fills."""
        block = self.blocks[max(0, bisect_right(self.blocks, start, key=lambda each: each.start) - 1)]
        rest = self.text[block.start : start] + self.text[end : block.end]
        if end <= block.end and not rest.strip():
            return self.without(block)
        while end < block.end and self.text[end] == " ":
            end = clean(end + 1, end + 1)[1]
        if end == block.end:
            while start > block.start and self.text[start - 1] == " ":
                start = clean(start - 1, end)[0]
        return self.edits(start, end, "")

    def insertion(self, after: Block | None, text: str) -> Edit:
        """The edit that adds `text`, a paragraph a line, after a block, or at the very top where `after` is None."""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if self.format == "html":
            return self._html_insertion(after, [html.escape(line, quote=False) for line in lines])
        if self.format == "docx":
            return self._word_insertion(after, lines)
        if self.format == "markdown":
            from inclusive_ads.text.readers.markdown import quote_markdown_paragraph

            lines = [quote_markdown_paragraph(line) for line in lines]
        lines = [self._escape(line, self._escapes) for line in lines]
        if after is None:
            return Edit(start=0, end=0, text="".join(line + 2 * self._newline for line in lines))
        given = self._after.get(self._number(after), (0, ""))[0] if self._after else 0
        place = given or self._line_end(self._source_end(after.end))
        place -= self.source.startswith("\r\n", place - 1)
        return Edit(start=place, end=place, text=text_paragraphs(self.source, place, self._newline, lines))

    def continuation(self, after: Block, line: str) -> Edit:
        """The edit that adds a line after a block as one more like it: with its bullet, and the gap that is above it.

        Behind a numbered item it is a paragraph: a number says that the order matters.
        """
        start, number = self._source_start(after.start), self._number(after)
        above = self._source_end(self.blocks[number - 1].end) if number else start
        if self.format == "html":
            quoted = html.escape(line, quote=False)
            name = "li" if after.kind == "item" else "div"
            if like := html_element(self.source, above, self._source_end(after.end), name, quoted):
                place, text = like
            else:
                place, form = self._after[number]
                text = html_line(self.source, above, start, form, quoted)
            return Edit(start=place, end=place, text=self._escape(text, self._escapes - 1))
        edit = self.insertion(after, line)
        if self.format == "docx":
            gap = "\n\n" if self.source.startswith("\n\n", start - 2) else "\n"
            return Edit(start=edit.start, end=edit.end, text=gap + line)
        lone = self.format == "markdown" and after.kind != "item"
        mark = "" if lone else text_mark(self.source, start)
        hard = "  " if lone else ""  # or the two lines would be one paragraph
        if mark is None or (hard and not number):
            return edit
        text = text_line(self.source, above, start, edit.start, self._newline, mark + self._quote(line), hard)
        return Edit(start=edit.start, end=edit.end, text=text)

    def row(self, after: Block, label: str, value: str) -> Edit | None:
        """The edit that adds a row of two cells to a table, made like the row that ends with a block.

        None where that row has other cells than two, and in a Word file.
        """
        number = self._number(after)
        cells = [
            self.span(one.start, one.end) for one in self.blocks[max(0, number - 1) : number + 1] if one.kind == "cell"
        ]
        if self.format == "docx" or len(cells) < 2:
            return None
        (first, first_end), (last, last_end) = cells
        bounds = table_row(self.source, first, last_end, web=self.format == "html")
        before = self._source_end(self.blocks[number - 2].end) if number > 1 else 0
        if bounds is None or before > bounds[0]:
            return None
        low, high = bounds
        row = self.source[low:first] + self._quote(label) + self.source[first_end:last] + self._quote(value)
        gap = "" if self.format == "html" else self._newline
        return Edit(start=high, end=high, text=gap + row + self.source[last_end:high])

    def _word_insertion(self, after: Block | None, lines: list[str]) -> Edit:
        if after is None:
            return Edit(start=0, end=0, text="".join(line + "\n" for line in lines))
        place = self._after[self._number(after)][0]
        start = self._source_start(after.start)
        # What is empty behind a cell is another cell, and no gap.
        source = "" if after.kind == "cell" else self.source
        return Edit(start=place, end=place, text=word_paragraphs(source, start, place, lines))

    def _html_insertion(self, after: Block | None, paragraphs: list[str]) -> Edit:
        place, form = self._after[self._number(after)] if after else (self._top, "p")
        text = self._escape(html_paragraphs(self.source, place, form, paragraphs), self._escapes - 1)
        return Edit(start=place, end=place, text=text if after else text + "\n")

    def _number(self, block: Block) -> int:
        return bisect_left(self.blocks, block.start, key=lambda each: each.start)

    def _line_end(self, place: int) -> int:
        found = _LINE_END.search(self.source, place)
        return found.start() if found else len(self.source)

    def _quote(self, text: str) -> str:
        """`text` so that it reads as plain text in the document's format."""
        if self.format == "markdown":
            from inclusive_ads.text.readers.markdown import quote_markdown

            return quote_markdown(text)
        return self._escape(text, self._escapes)

    @staticmethod
    def _escape(text: str, times: int) -> str:
        for _ in range(times):
            text = html.escape(text, quote=False)
        return text

    def _markup(self, start: int, end: int) -> bool:
        """Whether anything that must stay stands between two stretches of one span."""
        gap = self.source[start:end]
        if self.format == "html":
            return "<" in gap or "&lt;" in gap
        return "\n" in gap or VISIBLE.search(gap) is not None

    def _source_start(self, offset: CleanOffset) -> SourceOffset:
        places = self._map
        index = max(0, bisect_right(places.clean, offset) - 1)
        if offset >= places.clean_end[index]:
            return SourceOffset(places.source_end[index])
        return SourceOffset(places.source[index] + (offset - places.clean[index] if places.in_step(index) else 0))

    def _source_end(self, offset: CleanOffset) -> SourceOffset:
        places = self._map
        index = max(0, bisect_left(places.clean, offset) - 1)
        if offset > places.clean_end[index]:  # the line end between two blocks
            return SourceOffset(places.source[index + 1] if index + 1 < len(places.source) else len(self.source))
        before = places.clean_end[index] - offset if places.in_step(index) else 0
        return SourceOffset(places.source_end[index] - before)


def _known_format(name: str, known: Collection[str]) -> Format:
    if name not in known:
        raise InputError(f"'{name}' is not a format this reads.", f"Use one of: {', '.join(known)}.", code="format")
    return FORMATS[name]
