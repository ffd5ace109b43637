"""What the place of a sentence on the page says of it: title, small ad, field of a form, item of a label, fragment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.lexicon.signs import CLAUSE_END

_FRAGMENT = 5  # words
_SMALL_AD = 1_500  # characters; a longer advert has headings
_LABEL = re.compile(r"[^:;,.?!]{3,40}: ")
_ITEM = re.compile(r"[^;, ][^;,]*")


def unheaded(advert: Advert, low: int, high: int) -> str:
    """What a sentence stands in that no known heading leads to: the title, the lines of a small ad, or neither."""
    if advert.is_title(low):
        return "title"
    led = advert.introduction(low)[0] != advert.blocks[0].start  # by a line of its own, as in "You will meet:"
    small = (
        len(advert.lower) <= _SMALL_AD
        and not advert.alone
        and not led
        and not advert.lower[low:high].rstrip().endswith("?")
    )
    return "small-ad" if small else ""


def among_fields(text: str, place: int) -> bool:
    """Whether a line ends in a colon, as does the one above or below it: the fields of a form."""
    top = text.rfind("\n", 0, place) + 1
    own = text[top:].partition("\n")[0]
    above, below = text[:top].rstrip().rpartition("\n")[2], text[top + len(own) :].lstrip().partition("\n")[0]
    return own.rstrip().endswith(":") and (above.endswith(":") or below.rstrip().endswith(":"))


def next_word(text: str, place: int) -> int:
    """Where the next word begins."""
    return min(place + len(text[place : place + 9]) - len(text[place : place + 9].lstrip()), len(text) - 1)


def is_question(advert: Advert, low: int, high: int) -> bool:
    """Whether a sentence ends in a question mark."""
    return advert.lower[low:high].rstrip().endswith("?")


def clause_end(text: str, place: int) -> int:
    """Where the clause of masked text ends that a place stands in."""
    end = text.find(CLAUSE_END, place)
    return len(text) if end < 0 else end


def is_fragment(sentence: str) -> bool:
    """Whether a sentence within a paragraph is a line of its own in all but the break: "Porter. Male. Under 40."."""
    return sentence.count(" ") < _FRAGMENT and sentence.rstrip().endswith(".")


def items(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """What a label lists on its own line, as the lines of a list: "Essential: own van; under 30"."""
    label = _LABEL.match(text, low, high)
    if label:
        yield from (item.span() for item in _ITEM.finditer(text, label.end(), high))
