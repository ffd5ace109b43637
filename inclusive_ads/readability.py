"""How hard an advert is to read. The only import of textstat.

The reading age is the Automated Readability Index + 5: it counts letters and words and needs no
dictionary of syllables, so that British spelling and names of posts do not distort it twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inclusive_ads.context import Advert
from inclusive_ads.report import LongSentence, Readability

_WORDS = re.compile(r"[^\W_][\w'’-]*")


def sentences(advert: Advert) -> Iterator[tuple[int, int]]:
    """Sentences of the clean text; a list item or heading without a full stop is one too."""
    for start, end in zip(advert.breaks, [*advert.breaks[1:], len(advert.text)], strict=True):
        if advert.text[start:end].strip():
            yield start, end


def readability(advert: Advert, *, long_sentence: int) -> Readability:
    """Measure a whole advert.

    Args:
        long_sentence: sentences of more words than this are listed, with source offsets.
    """
    import textstat

    long_ones: list[LongSentence] = []
    closed: list[str] = []
    words = 0
    for start, end in sentences(advert):
        text = advert.text[start:end].strip()
        count = len(_WORDS.findall(text))
        words += count
        # textstat takes list items without a stop for one endless sentence.
        closed.append(text if text[-1] in ".!?" else f"{text}.")
        if count > long_sentence:
            first, last = advert.document.span(start, start + len(advert.text[start:end].rstrip()))
            long_ones.append(LongSentence(start=first, end=last, words=count))
    grade = textstat.textstat.automated_readability_index(" ".join(closed))
    return Readability(
        words=words,
        sentences=len(closed),
        reading_age=max(5, round(grade) + 5),
        mean_sentence_words=round(words / max(1, len(closed)), 1),
        long_sentences=tuple(long_ones),
    )
