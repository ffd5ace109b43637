"""A Word file made of an advert in another format: as it reads, or as it was given with what was done to it tracked.

For the latter the advert as given becomes a Word file, a paragraph for each line, which is then edited as one that was
given as such.
"""

from __future__ import annotations

import io
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import accumulate

from inclusive_ads.offsets import SourceOffset
from inclusive_ads.render.word_xml import xml_text
from inclusive_ads.report import Edit
from inclusive_ads.text.comparing import edits_between
from inclusive_ads.text.document import Block, Document
from inclusive_ads.text.edited import edited

_DEEPEST = 3  # lists within lists, for which there is a style


@dataclass(slots=True)
class _Line:
    """A paragraph of the file: a block, or the cells of a row with tabs between."""

    kind: str
    level: int
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\t".join(self.words)


def new_word(document: Document, *, date: datetime | None = None) -> bytes:
    """A clean Word file with the headings, list items and paragraphs of a document in any format.

    Args:
        document: the advert.
        date: when it was made; now where none is given.
    """
    return _file(_lines(document), date)


class MadeWord:
    """An advert that is no Word file as a Word file, and what was done to it in offsets of that.

    Args:
        document: the advert as it was given.
        edits: what was done to it, in offsets of its source, not overlapping.

    Attributes:
        document: the advert as given, as a Word file.
        edits: what was done to it, in offsets of the source of that.
        kinds: the kind and level of each line of the edited advert.
    """

    def __init__(self, document: Document, edits: Collection[Edit]) -> None:
        limit = 2 * (len(document.source) + sum(len(edit.text) for edit in edits)) + 1
        # What is read again must not differ where nothing was done to it.
        self._given = edited(document, (), limit=limit)
        lines, new = _lines(self._given), _lines(edited(document, edits, limit=limit))
        self.document = Document.from_bytes(_file(lines), format="docx", limit=limit)
        self.edits = edits_between(self.document.source, "\n".join(line.text for line in new))
        self.kinds: Mapping[str, tuple[str, int]] = {line.text: (line.kind, line.level) for line in new}
        sizes = [len(words) + 1 for line in lines for words in line.words]
        self._starts = list(accumulate(sizes, initial=0))  # of each block, in the Word file

    def place(self, offset: int) -> int:
        """Where a place of the advert's source is in that of the Word file."""
        given = self._given
        ends = [given.span(block.start, block.end)[1] for block in given.blocks]
        number = min(bisect_left(ends, offset), len(ends) - 1)
        return self._starts[number] + len(_words(given, given.blocks[number], offset))


def _file(lines: Iterable[_Line], date: datetime | None = None) -> bytes:
    import docx

    word = docx.Document()
    properties = word.core_properties
    properties.author = properties.comments = ""
    properties.created = properties.modified = (date or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
    properties.title = ""
    for line in lines:
        if line.kind == "heading":
            properties.title = properties.title or line.text[:200]
            word.add_heading(line.text, level=min(line.level, 6))
        elif line.kind == "item":
            depth = min(line.level, _DEEPEST)
            word.add_paragraph(line.text, style="List Bullet" if depth == 1 else f"List Bullet {depth}")
        else:
            word.add_paragraph(line.text)
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def _lines(document: Document) -> list[_Line]:
    lines: list[_Line] = []
    previous: Block | None = None
    for block in document.blocks:
        if previous is None or not _same_row(document, previous, block):
            lines.append(_Line(block.kind, block.level))
        lines[-1].words.append(_words(document, block))
        previous = block
    return lines


def _words(document: Document, block: Block, upto: int | None = None) -> str:
    """The words of a block, or those before a place in the source; as they were written where there is no markup."""
    start, end = document.span(block.start, block.end)
    if document.format in ("markdown", "html"):
        last = block.end if upto is None else document.clean_span(SourceOffset(upto), SourceOffset(upto))[0]
        return xml_text(document.text[block.start : min(last, block.end)])
    if upto is None:
        return xml_text(" ".join(document.source[start:end].split()))
    return xml_text(" ".join((document.source[start:upto] + ".").split())[:-1])


def _same_row(document: Document, cell: Block, following: Block) -> bool:
    if not cell.kind == following.kind == "cell":
        return False
    between = document.source[document.span(cell.start, cell.end)[1] : document.span(following.start, following.end)[0]]
    return "tr" not in between.lower() if document.format == "html" else "\n" not in between
