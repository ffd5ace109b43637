"""An advert as it reads once it is edited."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from itertools import accumulate

from inclusive_ads.report import Edit
from inclusive_ads.text.document import LIMIT, Document
from inclusive_ads.text.edits import apply_edits, place
from inclusive_ads.text.readers.cleaning import Cleaner
from inclusive_ads.text.readers.formats import FORMATS

_LINES = ("docx", "eml")  # each line of the source of these is a block


def edited(document: Document, edits: Collection[Edit], *, limit: int = LIMIT) -> Document:
    """The advert with edits made, read again.

    What can be written as text is read as what it was given as. Of Word and e-mail each line is what it was, a new one
    a paragraph; of PDF it is guessed, as of plain text.

    Args:
        edits: in source offsets, not overlapping.
        limit: the most characters to accept.

    Raises:
        InputError: nothing is left, or it is too long.
    """
    source = apply_edits(document.source, edits)
    if document.format not in _LINES:
        kind = document.format if FORMATS[document.format].is_text else "text"
        return Document.from_text(source, format=kind, limit=limit)
    starts = list(accumulate((len(line) + 1 for line in document.source.split("\n")), initial=0))
    kinds = {
        bisect_right(starts, document.span(block.start, block.end)[0]): (block.kind, block.level)
        for block in document.blocks
    }
    cleaner = Cleaner(source)
    cleaner.not_read.extend(document.not_read)
    start = 0
    for line, before in zip(source.split("\n"), _before(document.source, edits), strict=True):
        cleaner.add(start, start + len(line))
        cleaner.close(*kinds.get(bisect_right(starts, before), ("paragraph", 0)))
        start += len(line) + 1
    return Document(source, cleaner, "text")


def _before(source: str, edits: Collection[Edit]) -> Iterator[int]:
    """For each line of the edited text a place in the line of the source that it was; -1 where it is new."""
    done = 0
    yield 0
    for edit in (*sorted(edits, key=place), Edit(start=len(source), end=len(source), text="")):
        kept = source[done : edit.start]
        yield from (done + number + 1 for number, letter in enumerate(kept) if letter == "\n")
        # Of several lines that were replaced by others each is taken for its turn; those left over are new.
        were = [edit.start + number + 1 for number, c in enumerate(source[edit.start : edit.end]) if c == "\n"]
        new = edit.text.count("\n")
        yield from [*were, *([-1] * new)][:new]
        done = edit.end
