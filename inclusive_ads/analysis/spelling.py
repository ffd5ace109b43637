"""Misspellings by one letter in words that matter: "competative salary", "driving lisence".

Only long words of the lexicons are considered, only where exactly one of them is one edit away, where the
first and the last two letters agree, and never where what stands there is a word itself. Which words are
(`near_words.yaml`) is worked out beforehand from a dictionary, so that none is needed at run time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from inclusive_ads.lexicon.scan_text import RUN, words_of

_HEAD = 3  # letters with which a misspelling begins as the word that was meant


class Speller:
    """Knows the words of a lexicon, and the real words that look like a misspelling in one of them.

    Args:
        words: of the lexicon's literal forms.
        real: words that are right as they stand.
    """

    def __init__(self, words: Iterable[str], real: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._real = frozenset(real)
        self._alike: dict[tuple[str, str], list[str]] = defaultdict(list)
        for word in self._words:
            for part in _kept(word):
                self._alike[part].append(word)

    def misspellings(self, scan: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, word meant) for each misspelling in scan text."""
        unknown = words_of([scan]) - self._words - self._real
        misspellings = {token: meant for token in unknown if (meant := self.meant(token))}
        for match in RUN.finditer(scan) if misspellings else ():
            if match.group() in misspellings and not _inside_word(scan, *match.span()):
                yield match.start(), match.end(), misspellings[match.group()]

    def meant(self, token: str) -> str:
        """The word that a token is a misspelling of, or "" (not remembered: words of adverts are not kept)."""
        near = () if token in self._words or token in self._real else self.near(token)
        return next(iter(near)) if len(near) == 1 else ""

    def near(self, token: str) -> set[str]:
        """Words one edit away that begin and end alike."""
        alike = (self._alike.get(part, ()) for part in _kept(token))
        return {word for words in alike for word in words if _one_edit(word, token)}


def _kept(word: str) -> tuple[tuple[str, str], ...]:
    """What one edit leaves as it is: the first three letters and the last two, or all but the first four.

    Of two words of different length it is counted in the longer, so that the shorter has one letter less before it.
    """
    return (word[:_HEAD], word[-2:]), (word[0], word[_HEAD + 1 :]), (word[0], word[_HEAD:])


def near_words(words: Iterable[str], dictionary: Iterable[str]) -> list[str]:
    """Words of a dictionary that would be taken for a misspelling in one of `words`."""
    known = set(words)
    speller = Speller(known, ())
    return sorted(word for word in set(dictionary) - known if {word} == words_of([word]) and speller.near(word))


def _one_edit(a: str, b: str) -> bool:
    """One letter more, less or different, or two neighbours changed over."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    if len(a) == len(b):
        swapped = rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:]
        return rest_a[1:] == rest_b[1:] or swapped
    longer, shorter = (rest_a, rest_b) if len(a) > len(b) else (rest_b, rest_a)
    return longer[1:] == shorter


def _inside_word(scan: str, start: int, end: int) -> bool:
    return (start > 0 and (scan[start - 1].isalnum() or scan[start - 1] in "_@.")) or (
        end < len(scan) and (scan[end].isalnum() or scan[end] in "_@")
    )
