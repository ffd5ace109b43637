"""How hard an advert is to read. The only import of textstat.

The reading age is the Automated Readability Index + 5: it counts letters and words and needs no
dictionary of syllables, so that British spelling and names of posts do not distort it twice.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.report import LongSentence, Readability

_TITLE = 2  # words; so short a line is a heading or a field, and would make any text look easy
_WORDS = re.compile(r"[^\W_][\w'’-]*")


@cache
def _remembering() -> tuple[Any, ...]:
    """The functions of textstat that keep the texts they saw; of an advert nothing may stay."""
    from textstat.backend import counts, metrics, selections, transformations, utils, validations

    modules = (counts, metrics, selections, transformations, utils, validations)
    return tuple({id(f): f for m in modules for f in vars(m).values() if hasattr(f, "cache_clear")}.values())


def readability(advert: Advert, *, long_sentence: int) -> Readability:
    """Measure a whole advert.

    Args:
        long_sentence: sentences of more words than this are listed, with source offsets.
    """
    import textstat

    long_ones: list[LongSentence] = []
    words = number = full = 0
    text_end = advert.document.text_end
    for start, end in advert.sentences:
        if start >= text_end:
            break
        count = len(_WORDS.findall(advert.text, start, end))
        words += count
        number += 1
        full += count > _TITLE
        if count > long_sentence:
            first, last = advert.document.span(start, end)
            long_ones.append(LongSentence(start=first, end=last, words=count))
    # textstat would split the text again at its own idea of a sentence, and take a list without stops for one.
    letters = textstat.textstat.avg_character_per_word(advert.text[:text_end])
    for remembered in _remembering():
        remembered.cache_clear()
    grade = 4.71 * letters + 0.5 * words / max(1, full) - 21.43
    return Readability(
        words=words,
        sentences=number,
        reading_age=max(5, round(grade) + 5),
        mean_sentence_words=round(words / max(1, number), 1),
        long_sentences=tuple(long_ones),
    )
