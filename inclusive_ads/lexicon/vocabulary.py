"""What the slots of phrases stand for, and words with more than one spelling."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from inclusive_ads.lexicon.amounts import BUILTIN
from inclusive_ads.lexicon.kept import code_mark
from inclusive_ads.lexicon.phrases import PatternError, Sequence, parse
from inclusive_ads.lexicon.scan_text import scan_text

_SAME = 2  # the last version of `marshal` that writes the same for the same values, however they came to be
MOST_ANCHORS = 400  # strings by which one phrase is sought; more make the one scan slower than they save


@dataclass(slots=True, eq=False)
class Vocabulary:
    """What slots stand for, and words with more than one spelling; each is equal to itself alone.

    Attributes:
        slots: slot name → phrases.
        spellings: word → all its spellings, itself included (British and American).
        abbreviations: the same for short forms; they count only beside other words.
        common: words so frequent that a search had better not begin with them.
        builtin: slots that are expressions.
        most: strings that a part may stand for and still be sought by.
        pause: an expression that may stand before the words of a gap.
        signs: slot of `builtin` → the signs of masked text of which it needs one.
        strings, anchors, sources, needed: slot → what `expansion`, `patterns`, `expressions` and `needs` make of it,
            kept here once known.
    """

    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    abbreviations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    common: frozenset[str] = frozenset()
    builtin: Mapping[str, str] = field(default_factory=lambda: BUILTIN)
    most: int = MOST_ANCHORS
    pause: str = ""
    signs: Mapping[str, str] = field(default_factory=dict)
    strings: dict[str, list[str] | None] = field(default_factory=dict)
    anchors: dict[str, list[str] | None] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    needed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _parsed: dict[str, tuple[Sequence, ...]] = field(default_factory=dict)
    _mark: str = ""

    @property
    def mark(self) -> str:
        """The same for all that it is made of, and for the code that makes phrases ready by it."""
        if not self._mark:
            words = [dict(each) for each in (self.slots, self.spellings, self.abbreviations, self.builtin, self.signs)]
            said = marshal.dumps((words, sorted(self.common), self.most, self.pause, code_mark()), _SAME)
            self._mark = hashlib.blake2b(said, digest_size=16).hexdigest()
        return self._mark

    def with_slots(self, own: Mapping[str, tuple[str, ...]]) -> Vocabulary:
        """The same with further slots, or itself where there are none."""
        if not own:
            return self
        said = marshal.dumps((self.mark, dict(own)), _SAME)
        mark = hashlib.blake2b(said, digest_size=16).hexdigest()
        return replace(
            self, slots={**self.slots, **own}, strings={}, anchors={}, sources={}, needed={}, _parsed={}, _mark=mark
        )

    def slot(self, name: str) -> tuple[Sequence, ...]:
        """The parsed phrases of a slot.

        Raises:
            PatternError: there is no such slot.
        """
        if name not in self._parsed:
            if name not in self.slots:
                near = ", ".join(sorted(n for n in (*self.slots, *self.builtin) if n[:2] == name[:2])) or "none near"
                raise PatternError(f"there is no slot '{{{name}}}' (similar: {near})")
            self._parsed[name] = tuple(parse(scan_text(phrase)) for phrase in self.slots[name])
        return self._parsed[name]

    def is_plain(self, word: str) -> bool:
        """Whether a word of a phrase is written in one way, with letters and digits alone."""
        return word.isalnum() and word not in self.spellings and word not in self.abbreviations

    def words(self, word: str, *, alone: bool) -> tuple[str, ...]:
        """All ways to write a word of a phrase."""
        found = self.spellings.get(word, (word,))
        short = () if alone else self.abbreviations.get(word.strip("'"), ())
        return tuple(dict.fromkeys((*found, *short))) if short else found
