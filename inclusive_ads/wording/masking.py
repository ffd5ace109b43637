"""A sentence with signs in place of what it says about people, so that an operator's patterns fit every concept.

Each letter of a person, a trait, a thing or a question becomes one sign of a private range of Unicode, so that offsets
stay what they were: "no polish workers here" → "no PPPPPPPPPPPPPP here". Signs are no letters to the phrase language.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from inclusive_ads.lexicon.concepts import Concept, Kind, Persons
from inclusive_ads.lexicon.expansion import strings
from inclusive_ads.lexicon.expressions import compile_all, compile_ordered, regex_source
from inclusive_ads.lexicon.finder import Finder
from inclusive_ads.lexicon.inflection import noun_forms
from inclusive_ads.lexicon.kept import kept, long_expression
from inclusive_ads.lexicon.signs import (
    CLAUSE_END,
    DASH,
    END,
    NOUN,
    PERSON,
    SIGN,
    SIGNS,
    SIGNS_OF_PEOPLE,
    TAKEN,
    concept_vocabulary,
    many_things,
    nothing_behind,
    person_vocabulary,
    slots,
)
from inclusive_ads.lexicon.vocabulary import Vocabulary

_REACH = 80  # characters on each side of a concept's fixed word; none of its phrases is longer
# Which use of a word counts where it has several.
_ORDER: tuple[Kind, ...] = ("is_not", "question", "noun", "adjective", "state", "thing", "asked")
_BRACKETED = re.compile(rf" \(({SIGN}+)\)(?![,.;:])")
_SCARE = re.compile(r"\"([^\"\n]{1,30})\"(?=[ .,;:])")  # a few words in quotation marks are used as they are without
_BULLETS = " •-*–>·▪●("
_NUMBER = re.compile(r"[a-z]?\d{1,2}[.)]?")  # of an item: "D1 Welsh"
_ARTICLE = re.compile(r"\ban? $")
_DETERMINED = re.compile(r"\b(?:an?|the|no|every|any|each|one|our|another|this|that|some|of|from) $")
_WITH = "with "
_TIME = re.compile(r"[:.]\d")  # "at 14:30"
_LAST = re.compile(rf"[\s.!?:;,)\"'{DASH}]*$")


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of a concept in scan text; ``kind`` says how it may be used."""

    start: int
    end: int
    concept: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Masked:
    """A stretch of scan text with its signs; offsets are those of `text`.

    Attributes:
        text: as patterns read it.
        plain: the same before persons were made of signs and the words beside them.
        words: the same without signs.
    """

    text: str
    plain: str
    words: str
    hits: tuple[Hit, ...]

    def concepts(self, start: int, end: int) -> tuple[str, ...]:
        """Concepts named between two offsets, in order, those of nouns last: it is about the gay ones of "gay men"."""
        named = sorted((h for h in self.hits if start <= h.start and h.end <= end), key=lambda h: h.kind == "noun")
        return tuple(dict.fromkeys(h.concept for h in named))

    def people(self, start: int, end: int) -> frozenset[int]:
        """Places of the words of concepts between two offsets."""
        return frozenset(h.start for h in self.hits if start <= h.start and h.end <= end)


class Masker:
    """Makes masked text from scan text.

    Raises:
        PatternError: a phrase of a concept or of the persons cannot be read.
    """

    def __init__(self, concepts: Collection[Concept], persons: Persons, vocabulary: Vocabulary) -> None:
        self._finder = Finder(
            (
                (phrase, words, (concept.concept, kind, limit if limit or "{age}" not in phrase else "age"))
                for concept in concepts
                for words in (concept_vocabulary(concept, vocabulary),)
                for kind, limit, phrases in _phrases(concept, words)
                for phrase in phrases
            ),
            reach=_REACH,
        )
        own = slots(persons)
        self._worker = long_expression(rf"(?: +{own['word']}){{0,3}}? +{own['head']}")
        self._bare = long_expression(nothing_behind(persons))
        self._many_things = long_expression(many_things(persons))
        self._ware = compile_ordered(["{ware}"], vocabulary, before=" +", behind=rf"\b(?! +{own['head']})")
        self._of_things = {concept.concept for concept in concepts if concept.of_things}
        self._after_age = frozenset(persons.after_age.split())
        grammar = person_vocabulary(persons, vocabulary)
        said = [sign for sign in SIGNS.values() if sign != TAKEN]
        self._persons = [
            ([sign for sign in said if sign in one.pattern], one)
            for one in (compile_ordered([phrase], grammar) for phrase in persons.persons)
        ]
        self._goes_on = compile_ordered(persons.goes_on, grammar)
        between = rf" *{regex_source(persons.between, grammar)} *"
        self._run_on = re.compile(rf"(?:{between}{SIGN}+)+")
        self._run_up = re.compile(rf"(?:{SIGN}+{between})+$")
        self._ends = compile_all(tuple(persons.clause_ends), vocabulary)
        self._asides = compile_ordered(persons.asides, grammar, before=rf"(?:,| {DASH}) *", behind=rf" *(?:,| {DASH})")
        self._governs_with = re.compile(rf"\b(?:{'|'.join(persons.governs_with.split())}) $")

    def load(self) -> None:
        """Read now what is otherwise read with the first text that needs it."""
        self._finder.load()

    def hits(self, scan: str) -> list[Hit]:
        """Words of concepts in scan text, in order of place.

        Where two meet the longer stays, and `is_not` before all others that are not all around it. A word that may be
        noun or adjective is an adjective before another noun, "male" in "male support worker", and says nothing of
        people before a word for a thing: "white walls".
        """
        found = [
            Hit(start, end, concept, kind)
            for start, end, (concept, kind, limit) in self._finder.find(scan)
            if not limit or self._is_in_place(limit, scan, start, end)
        ]
        found.sort(key=lambda h: (h.kind != "is_not", h.start - h.end, h.start, _ORDER.index(h.kind)))
        adjectives = {(h.start, h.end, h.concept) for h in found if h.kind == "adjective"}
        longest = _Longest(hit for hit in found if hit.kind != "is_not")
        taken = bytearray(len(scan))
        kept: list[Hit] = []
        for hit in found:
            if hit.kind == "is_not" and longest.around(hit):
                continue
            if 1 not in taken[hit.start : hit.end]:
                taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
                if hit.kind in ("noun", "adjective") and self._of_ware(scan, hit, adjectives):
                    kept.append(replace(hit, kind="is_not"))
                    continue
                both = hit.kind == "noun" and (hit.start, hit.end, hit.concept) in adjectives
                describes = both and (self._worker.match(scan, hit.end) or self._is_of_thing(scan, hit))
                kept.append(replace(hit, kind="adjective") if describes else hit)
        return sorted(kept, key=lambda h: h.start)

    def _of_ware(self, scan: str, hit: Hit, adjectives: Container[tuple[int, int, str]]) -> bool:
        """Whether the adjective describes a thing, and nobody who works with it: "single pallets"."""
        return (hit.start, hit.end, hit.concept) in adjectives and bool(self._ware.match(scan, hit.end))

    def _is_of_thing(self, scan: str, hit: Hit) -> bool:
        """Whether it only describes the noun behind: "a Russian salad"; "Asian hornets", as somebody is "an Asian"."""
        if not _DETERMINED.search(scan, 0, hit.start):
            return bool(self._many_things.match(scan, hit.end))
        of_things = hit.concept in self._of_things
        return of_things and bool(_ARTICLE.search(scan, 0, hit.start)) and not self._bare.match(scan, hit.end)

    def _is_in_place(self, limit: str, scan: str, start: int, end: int) -> bool:
        """Whether a phrase stands where alone it counts."""
        if limit == "age":
            return self._is_age(scan, end)
        return _fills_line(scan, start, end) if limit == "line" else _begins_clause(scan, start)

    def _is_age(self, scan: str, end: int) -> bool:
        """Whether the number that ends here can be an age: what follows does not count something else."""
        if _TIME.match(scan, end):
            return False
        rest = re.match(r"['s]{0,2}(?: *([\w%£$/]+(?:'t)?))?", scan[end : end + 30])
        word = rest.group(1) if rest else None
        return word is None or word in self._after_age

    def run(self, text: str, start: int, end: int) -> tuple[int, int]:
        """A stretch of masked text with those who are named in one breath at its ends: "no Finns and Danes"."""
        if text[end - 1] in SIGNS_OF_PEOPLE and (on := self._run_on.match(text, end)):
            end = on.end()
        if text[start] in SIGNS_OF_PEOPLE and (up := self._run_up.search(text, 0, start)):
            start = up.start()
        return start, end

    def mask(self, scan: str, start: int, end: int, hits: Sequence[Hit]) -> Masked:
        """One sentence of scan text, masked.

        Args:
            start, end: of the sentence; the result's offsets begin at 0.
            hits: those of the text, in order.
        """
        return self.mask_text(scan[start:end], moved(hits, start, end, -start))

    def mask_text(self, text: str, hits: Sequence[Hit]) -> Masked:
        """A text with its hits, masked."""
        words = text
        hits = [self._behind_with(words, hit) for hit in hits]
        for hit in hits:
            text = text[: hit.start] + SIGNS[hit.kind] * (hit.end - hit.start) + text[hit.end :]
        if text.count('"') == len('""'):
            text = _SCARE.sub(r" \1 ", text)
        # Brackets round somebody are no more than commas, "Head Chef (Indian)", and a dash is told from a space.
        text = plain = _BRACKETED.sub(r", \1,", text).replace("   ", f" {DASH} ")
        text = plain = self._asides.sub(lambda m: " " * len(m.group()), text)
        for match in reversed(list(self._ends.finditer(text))):
            if self._goes_on.match(text, match.start()):
                continue
            comma = text.startswith(", ", match.start())  # the sign stands apart from the word before it
            text = text[: match.start()] + (" " * comma) + CLAUSE_END + text[match.start() + 1 + comma :]
        # What is no concept may yet be an operator's words, "would not fit in", or a person's: "male mental health
        # nurse".
        for hit in hits:
            if hit.kind == "is_not":
                text = text[: hit.start] + words[hit.start : hit.end] + text[hit.end :]
        for signs, pattern in self._persons:
            if any(sign in text for sign in signs):
                text = pattern.sub(lambda m: PERSON * (m.end() - m.start()), text)
        text = _LAST.sub(f" {END}", text.replace(NOUN, PERSON), count=1)
        return Masked(text, plain, words, tuple(h for h in hits if h.kind != "is_not"))

    def _behind_with(self, words: str, hit: Hit) -> Hit:
        """A thing, where "with" belongs to the word before it: "can't be doing with bad backs"."""
        begins = hit.kind == "state" and words.startswith(_WITH, hit.start)
        if begins and self._governs_with.search(words, 0, hit.start):
            return replace(hit, start=hit.start + len(_WITH), kind="thing")
        return hit


def moved(hits: Sequence[Hit], start: int, end: int, by: int) -> list[Hit]:
    """The hits, of those in order, that stand between two offsets, each moved."""
    first = bisect_left(hits, start, key=lambda hit: hit.start)
    last = bisect_left(hits, end, lo=first, key=lambda hit: hit.start)
    return [Hit(h.start + by, h.end + by, h.concept, h.kind) for h in hits[first:last] if h.end <= end]


class _Longest:
    """How far words of concepts reach that begin before a place, or at it."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        ordered = sorted((hit.start, hit.end) for hit in hits)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    def around(self, hit: Hit) -> bool:
        """Whether a longer word holds this one: "English speaker" in "native English speaker"."""
        before, at = bisect_left(self._starts, hit.start), bisect_right(self._starts, hit.start)
        return bool(before and self._ends[before - 1] >= hit.end) or bool(at and self._ends[at - 1] > hit.end)


def _phrases(concept: Concept, words: Vocabulary) -> Iterable[tuple[Kind, str, Iterable[str]]]:
    """The words of a concept: how they may be used, what limits their place, the phrases."""
    nouns = concept.nouns
    yield "noun", "", kept().value(f"nouns {words.mark} {nouns}", lambda: _forms(nouns, words))
    yield "adjective", "", concept.adjectives
    yield "state", "", concept.states
    yield "thing", "", concept.things
    yield "asked", "", concept.asked
    yield "question", "", concept.questions
    yield "is_not", "", concept.is_not
    yield "is_not", "line", concept.is_not_alone
    yield "is_not", "clause", concept.is_not_first


def _fills_line(scan: str, start: int, end: int) -> bool:
    """Whether a line, or what follows a label on it, holds nothing else."""
    before = scan[scan.rfind("\n", 0, start) + 1 : start].rstrip(_BULLETS)
    after = scan[end : end + 2].lstrip(" .)")
    begins = not before or before.endswith((":", ";")) or bool(_NUMBER.fullmatch(before))
    return begins and (not after or after[0] in "\n;")


def _begins_clause(scan: str, start: int) -> bool:
    """Whether nothing of its clause stands before it: "Danish is a plus", and not "being Danish is a plus"."""
    before = scan[scan.rfind("\n", 0, start) + 1 : start].rstrip(_BULLETS[:-1])
    return not before or before[-1] in ".;:,!?("


def _forms(nouns: Iterable[str], words: Vocabulary) -> list[str]:
    return list(dict.fromkeys(form for noun in nouns for form in _nouns(noun, words)))


def _nouns(noun: str, words: Vocabulary) -> Iterable[str]:
    """A noun of a list in both numbers; one with choices in it in all of its ways."""
    if "{age}" in noun:
        return noun_forms(noun)
    one, slash, many = noun.partition("/")
    if slash:
        return one, many
    return [form for text in strings(noun, words) for form in noun_forms(text)]
