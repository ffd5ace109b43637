"""What a way of naming people says by itself: both sides at once, those who are served, staff, or mere things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from inclusive_ads.lexicon.concepts import Persons, Side, Wording
from inclusive_ads.lexicon.expressions import compile_ordered
from inclusive_ads.lexicon.inflection import noun_forms
from inclusive_ads.lexicon.kept import long_expression
from inclusive_ads.lexicon.signs import SLOTS, many_things, person_vocabulary, sides_vocabulary, slots
from inclusive_ads.lexicon.vocabulary import Vocabulary
from inclusive_ads.wording.masking import Masked

_WHOM = re.compile(SLOTS["whom"])


class Naming:
    """Reads how a masked text names people; safe to share between threads.

    Raises:
        PatternError: a phrase cannot be read.
    """

    def __init__(self, wording: Wording, vocabulary: Vocabulary) -> None:
        persons = wording.persons
        grammar = person_vocabulary(persons, vocabulary)
        self._pairs = {
            concept.concept: [
                _Pair(this, that, persons, grammar)
                for group in concept.opposites
                for this in group
                for that in group
                if this is not that
            ]
            for concept in wording.concepts
            if concept.opposites
        }
        head = slots(persons)["head"]
        self._staff = long_expression(rf"\b(?!(?:{_either(persons.not_staff)})\b){head}")
        self._served = long_expression(rf"\b(?:{_either(persons.served)})\b")
        # More than one, so that it is no verb of somebody's; whoever works is known by the ending.
        no_noun = _either(f"{persons.joints} {persons.after_person}")
        papers = "|".join(re.escape(form) for head in persons.heads for form in noun_forms(head))
        self._things = long_expression(many_things(persons))
        self._belongings = long_expression(rf"'s +(?!(?:{no_noun}|{papers})\b)[a-z]")

    def shuts_out_nobody(self, masked: Masked) -> Iterator[tuple[str, int, int, frozenset[int]]]:
        """Where the names alone shut nobody out: what operators call it, start, end, places of concepts' words."""
        for concept in dict.fromkeys(hit.concept for hit in masked.hits):
            for pair in self._pairs.get(concept, ()):
                for match in pair.joined.finditer(masked.words):
                    start, end = match.span()
                    own = (hit for hit in masked.hits if hit.concept == concept)
                    people = frozenset(hit.start for hit in own if start <= hit.start and hit.end <= end)
                    if people:
                        yield "both-sides", start, end, people
        for whom in _WHOM.finditer(masked.text):
            start, end = whom.span()
            if self._served.search(masked.plain, start, end) and (people := masked.people(start, end)):
                yield "those-served", start, end, people

    def is_of_staff(self, masked: Masked, start: int, end: int) -> bool:
        """Whether the first who are named in a stretch have a word for people at work beside that of the concept."""
        whom = _WHOM.search(masked.text, start, end)
        return bool(whom and self._staff.search(masked.plain, *whom.span()))

    def is_of_things(self, masked: Masked, start: int, end: int) -> bool:
        """Whether the last word of a stretch describes things behind it: "the Jewish holidays", "men's razors"."""
        if self._belongings.match(masked.plain, end):
            return True
        last = max((hit for hit in masked.hits if start <= hit.start and hit.end <= end), key=lambda hit: hit.end)
        return last.kind == "adjective" and last.end == end and bool(self._things.match(masked.plain, end))


class _Pair:
    """One side, then the other, in one breath."""

    def __init__(self, this: Side, that: Side, persons: Persons, grammar: Vocabulary) -> None:
        self._this, self._that, self._persons, self._grammar = this, that, persons, grammar

    @cached_property
    def joined(self) -> re.Pattern[str]:
        """Both as an expression over text without signs, made where the first text needs it."""
        words = sides_vocabulary(self._grammar, self._this, self._that)
        shut_out = "".join(rf"(?<!\b{re.escape(word)} )" for word in self._persons.shut_out_both)
        return compile_ordered(self._persons.both_sides, words, before=shut_out)


def _either(words: str) -> str:
    return "|".join(map(re.escape, words.split()))
