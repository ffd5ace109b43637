"""How hard an advert is to read. The only import of textstat.

The reading age is the Automated Readability Index + 5: it counts letters and words and needs no
dictionary of syllables, so that British spelling and names of posts do not distort it twice.
It is measured on what is written in sentences: headings, lines of facts and bullets without a stop are none,
and addresses (mail, web, post) are no words. `docs/decisions/reading-age.md` says why.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import Any  # textstat says nothing of its types

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.offsets import clean
from inclusive_ads.report import LongSentence, Readability

_TITLE = 2  # words; so short a line is a heading or a field, and would make any text look easy
# The Automated Readability Index (Smith & Senter 1967) gives a school year; a child begins the first at five.
_LETTERS, _SENTENCE, _NONE = 4.71, 0.5, 21.43  # letters a word, words a sentence, and what is taken off
_SCHOOL_AGE = 5
_LINE = 12  # words; a shorter line without a stop is no sentence
_LEAST = 30  # words; in an advert with less in sentences every line counts, or nothing would
_OLDEST = 25  # no text asks for more years than school and university take
_WORDS = re.compile(r"[^\W_][\w'’-]*")
_ENDS = re.compile(r"[.!?]['’\")\]]*\Z")
# Behind a stop that lost its space ("work.You"), and between facts in one line.
_CUT = re.compile(r"(?<=[a-z]{2}[.!?])(?=[A-Z][a-z' ])|\s[|•·▪]\s|\t")
_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
# The bounds keep the work in step with the length of the text.
_ADDRESS = re.compile(
    r"(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
    r"|(?:https?://|www\.)\S+"
    r"|(?<![\w.-])(?:[\w-]{1,63}\.){1,5}(?:uk|com|org|net|eu|io|wales|scot|example)\b(?:/\S*)?"
    rf"|(?<![\w-])(?:(?:\d{{1,4}}[A-Za-z]?|[A-Z][\w'’&-]{{0,30}}),? ){{0,10}}{_POSTCODE}"
)
_OF_ADDRESS = re.compile(rf"@|://|www\.|\.(?:uk|com|org|net|eu|io|wales|scot|example)\b|{_POSTCODE}")  # in every one


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

    plain = "\n".join(map(_without_addresses, advert.text.split("\n")))
    body = (span for span in _pieces(advert, plain) if span[0] < advert.document.text_end)
    every = [(start, end, len(_WORDS.findall(plain, start, end))) for start, end in body]
    full = [piece for piece in every if piece[2] > _TITLE]
    prose = [piece for piece in full if _is_sentence(advert, *piece)]
    if sum(words for _, _, words in prose) < _LEAST:
        prose = full or every
    words, number = sum(count for _, _, count in prose), len(prose)
    # textstat would split the text again at its own idea of a sentence, and take a list without stops for one.
    letters = textstat.textstat.avg_letter_per_word(" ".join(plain[start:end] for start, end, _ in prose))
    for remembered in _remembering():
        remembered.cache_clear()
    age = round(_LETTERS * letters + _SENTENCE * words / max(1, number) - _NONE) + _SCHOOL_AGE
    return Readability(
        words=words,
        sentences=number,
        reading_age=min(_OLDEST, max(_SCHOOL_AGE, age)),
        mean_sentence_words=round(words / max(1, number), 1),
        long_sentences=tuple(
            LongSentence(start=first, end=last, words=count)
            for start, end, count in every
            if count > long_sentence and not _is_facts(advert, start, end)
            for first, last in [advert.document.span(*clean(start, end))]
        ),
    )


def _without_addresses(line: str) -> str:
    """A line with blanks in place of addresses; most lines have none."""
    return _ADDRESS.sub(lambda match: " " * len(match.group()), line) if _OF_ADDRESS.search(line) else line


def _pieces(advert: Advert, plain: str) -> Iterator[tuple[int, int]]:
    """The sentences of an advert, also where the space behind a stop was lost, or a sign parts one fact from the next.

    Args:
        plain: the clean text with blanks in place of addresses, in which no stop ends a sentence.
    """
    if not _CUT.search(plain):
        yield from advert.sentences
        return
    for start, end in advert.sentences:
        low: int = start
        for cut in _CUT.finditer(plain, start, end):
            if cut.start() > low:
                yield low, cut.start()
            low = cut.end()
        if low < end:
            yield low, end


def _is_sentence(advert: Advert, start: int, end: int, words: int) -> bool:
    block = advert.block(start)
    if block.kind == "heading" or _is_facts(advert, start, end):
        return False
    return bool(_ENDS.search(advert.text, start, end)) or (block.kind != "item" and words > _LINE)


def _is_facts(advert: Advert, start: int, end: int) -> bool:
    """Whether it is a row of labelled facts: "Location: Leeds Salary: £30,000"."""
    first = bisect_left(advert.fields, start, key=lambda field: field.start)
    return first + 1 < len(advert.fields) and advert.fields[first + 1].start < end
