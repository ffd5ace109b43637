"""Places in an advert. There are two texts, and a place in the one is none in the other: the type says of which.

Both are half-open code point offsets from 0; `text.document` has the one map between them. Arithmetic gives plain
numbers, and whoever has counted says again of which text the result is.
"""

from __future__ import annotations

from typing import NewType

CleanOffset = NewType("CleanOffset", int)  # of the text as it is analysed
SourceOffset = NewType("SourceOffset", int)  # of the advert as it was given


def clean(start: int, end: int) -> tuple[CleanOffset, CleanOffset]:
    """A stretch that was counted in the clean text."""
    return CleanOffset(start), CleanOffset(end)
