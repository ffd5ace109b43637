"""Whom "he" or "her" stands for: whoever takes the post, or somebody who is known.

The nearest person who was named before decides; the words are those of `persons` in `context.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.lexicon.expressions import compile_all, compile_ordered
from inclusive_ads.lexicon.lexicon import Lexicon
from inclusive_ads.lexicon.signs import person_vocabulary

_SENTENCES = 2  # before its own; in them a pronoun finds its person
_WORD = re.compile(r"[a-z]+")
_LAST_NAME = re.compile(r"(\w+)[,;:]? [A-Z][a-z][\w’-]*$")
_NAME = re.compile(r",? (?:[A-Z]\. ?)*[A-Z][a-z][\w'’-]*")


class Pronouns:
    """Tells whom a pronoun stands for; safe to share between threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words = lexicon.context.persons
        self._vocabulary = person_vocabulary(lexicon.wording.persons, lexicon.vocabulary)

    # Large expressions, made when the first pronoun asks for them.
    @cached_property
    def _holder(self) -> re.Pattern[str]:
        return compile_all(self._words.holder, self._vocabulary)

    @cached_property
    def _known(self) -> re.Pattern[str]:
        return compile_all(self._words.known, self._vocabulary)

    @cached_property
    def _naming(self) -> re.Pattern[str]:
        return compile_all(self._words.naming, self._vocabulary)

    @cached_property
    def _duties(self) -> re.Pattern[str]:
        return compile_ordered(self._words.duties, self._vocabulary, before=" ")

    @cached_property
    def _subject(self) -> re.Pattern[str]:
        return compile_all(self._words.subject, self._vocabulary)

    @cached_property
    def _addressed(self) -> re.Pattern[str]:
        return compile_all(self._words.addressed, self._vocabulary)

    @cached_property
    def _relative(self) -> re.Pattern[str]:
        return compile_all(self._words.relative, self._vocabulary)

    @cached_property
    def _other_sex(self) -> dict[str, re.Pattern[str]]:
        one, other = self._words.sexes
        first, second = (compile_all(sex, self._vocabulary) for sex in self._words.sexes)
        return dict.fromkeys(one, second) | dict.fromkeys(other, first)

    @cached_property
    def _same_title(self) -> dict[str, re.Pattern[str]]:
        return self._of_sex(self._words.titled)

    @cached_property
    def _same_sex(self) -> dict[str, re.Pattern[str]]:
        return self._of_sex(self._words.sexed)

    def _of_sex(self, lists: tuple[tuple[str, ...], tuple[str, ...]]) -> dict[str, re.Pattern[str]]:
        """By "his" and "her": the words of their sex. He and she, and himself, may be whoever was named later."""
        theirs = (
            (pronoun, words) for sex, words in zip(self._words.sexes, lists, strict=True) for pronoun in sex[1:-1]
        )
        return {pronoun: compile_all(words, self._vocabulary) for pronoun, words in theirs}

    @cached_property
    def _telling(self) -> re.Pattern[str]:
        return compile_all(self._words.telling, self._vocabulary)

    def stands_for(self, advert: Advert, start: int) -> Literal["holder", "known", "unclear"]:
        """Who is meant by the pronoun that begins at an offset of the clean text."""
        if advert.holds(self._subject, 0, len(advert.lower)):
            return "known"
        low = sentence = advert.sentence(start)[0]
        for _ in range(_SENTENCES):
            low = advert.sentence(max(0, low - 1))[0]
        named = self._last_name(advert, low, start)
        if named > sentence or self._follows_other_sex(advert, sentence, start):
            return "known"
        if self._is_of_its_sex(advert, low, start) and not self._is_in_relative(advert, sentence, start):
            return "known"
        offices = [end for _, end in advert.cues("person", low, start)]
        known = max((named, *offices, _last(self._known, advert, low, start)))
        holder = _last(self._holder, advert, low, start)
        if named > 0 and holder <= sentence and advert.holds(self._addressed, sentence, start):
            return "known"  # the applicant is "you" there
        if max(known, holder) < 0:
            return "holder" if self._has_duty(advert, start) else "unclear"
        return "holder" if holder > known else "known"

    def _has_duty(self, advert: Advert, start: int) -> bool:
        """Whether the post asks something of the pronoun, in an advert that has told of nobody before it."""
        word = _WORD.match(advert.lower, start)
        if not word or not self._duties.match(advert.lower, word.end()):
            return False
        return start < advert.once("first person", lambda: self._first_person(advert))

    def _first_person(self, advert: Advert) -> int:
        """Where the advert first tells of somebody; its end if it never does."""
        known = next((match.end() for match in self._known.finditer(advert.lower)), len(advert.text))
        return min((known, *self._names(advert, 0, len(advert.text))))

    def _follows_other_sex(self, advert: Advert, low: int, start: int) -> bool:
        """Whether it stands behind a pronoun of the other sex: "she will work with him"."""
        word = _WORD.match(advert.lower, start)
        other = self._other_sex.get(word.group()) if word else None
        return bool(other and other.search(advert.lower, low, start))

    def _is_of_its_sex(self, advert: Advert, low: int, start: int) -> bool:
        """Whether one of its sex was named: "a lady with ten cats", "Mrs Khan chairs the board. You keep her diary"."""
        word = _WORD.match(advert.lower, start)
        pronoun = word.group() if word else ""
        if pronoun not in self._same_title:
            return False
        titles = self._same_title[pronoun].finditer(advert.lower, low, start)
        return advert.holds(self._same_sex[pronoun], low, start) or any(
            _NAME.match(advert.text, title.end()) for title in titles
        )

    def _is_in_relative(self, advert: Advert, low: int, start: int) -> bool:
        """Whether somebody else is described before it: "a cook who likes her work", and not "a widow who reads"."""
        word = _WORD.match(advert.lower, start)
        of_sex = self._same_sex.get(word.group()) if word else None
        own = {match.end() for match in of_sex.finditer(advert.lower, low, start)} if of_sex else set()
        return any(found.start() - 1 not in own for found in self._relative.finditer(advert.lower, low, start))

    def _last_name(self, advert: Advert, low: int, high: int) -> int:
        """Where the last name of a person ends: a capital behind a title or a word such as "contact"; -1 for none."""
        return max(self._names(advert, low, high), default=-1)

    def _names(self, advert: Advert, low: int, high: int) -> Iterator[int]:
        ends = [end for _, end in advert.cues("person", low, high)]
        ends.extend(match.end() for match in self._naming.finditer(advert.lower, low, high))
        yield from (m.end() for end in ends if (m := _NAME.match(advert.text, end, high)))
        for told in self._telling.finditer(advert.lower, low, high):
            # A capital within a sentence is a name, unless it is a place or a post: "in Leeds", "our Manager".
            stretch = advert.text[advert.sentence(told.start())[0] : told.start()].rstrip(", ")
            name = _LAST_NAME.search(stretch)
            if name and name[1].lower() not in self._words.unnamed:
                yield told.start()


def _last(pattern: re.Pattern[str], advert: Advert, low: int, high: int) -> int:
    return max((match.end() for match in pattern.finditer(advert.lower, low, high)), default=-1)
