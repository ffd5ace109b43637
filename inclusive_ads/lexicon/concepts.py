"""The types of concepts, persons, operators and levels, as they stand in YAML.

Longer than 300 lines: one list of types, each with the account of its keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from inclusive_ads.lexicon.models import Alternative, Characteristic, Model, Phrases, Strength
from inclusive_ads.outcomes import Severity

Level = Literal["likely-unlawful", "confirm", "indirect-risk", "discouraging", "silent"]
Kind = Literal["noun", "adjective", "state", "thing", "asked", "question", "is_not"]


class Sample(Model):
    """Words of a concept that make a sentence of any operator's pattern."""

    whom: str
    trait: str
    thing: str = ""
    asked: str = ""


class Side(Model):
    """One of two groups that are each other's opposite: nouns in the singular, and what is said of one or many."""

    nouns: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Concept(Model):
    """What is said of a person: one file of `concepts/`.

    Attributes:
        whom: whom wording about it may shut out, as it fits into a message.
        nouns: a person alone ("woman/women" where the plural is irregular).
        adjectives: beside a word for a person, or said of one.
        states: said of a person, in a few words.
        things: what a person has.
        asked: what a form may ask for.
        questions: put to the person, whole as they stand ("how old are you").
        is_not: wording that looks like one of these and is none; it occupies its place.
        is_not_alone: the same for a line that holds nothing else.
        is_not_first: the same where a clause begins with it.
        slots: lists that several of these use.
        opposites: groups of which whoever names two in one breath shuts out neither ("gay or straight").
        of_things: whether its nouns may describe a thing, behind an article ("a Russian salad").
        at_most: the gravest that wording about it can be.
        message, advice: what its findings say, where the operators' own words are too strong for it.
    """

    concept: str = Field(pattern=r"^[a-z]+$")
    title: str
    characteristic: Characteristic
    category: str
    whom: str
    affects: Phrases
    why: str
    source: Phrases
    sample: Sample
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    is_not: tuple[str, ...] = ()
    is_not_alone: tuple[str, ...] = ()
    is_not_first: tuple[str, ...] = ()
    slots: Mapping[str, Phrases] = Field(default_factory=dict)
    opposites: tuple[tuple[Side, ...], ...] = ()
    of_things: bool = False
    at_most: Severity = Severity.UNLAWFUL
    message: str = ""
    advice: str = ""


class Shared(Model):
    """What may stand before several things, and how a further one of them begins.

    Attributes:
        before: phrases; what is shared goes from the start of the sentence to the end of one.
        then: phrases that begin a further thing; where there are none, what a concept names begins it.
        comma: whether one may stand behind a comma, which may begin something else ("to anybody, men included").
    """

    before: tuple[str, ...]
    then: tuple[str, ...] = ()
    comma: bool = True


class Persons(Model):
    """`persons.yaml`: how people are named, and where a clause ends.

    Attributes:
        heads: words for a person of any kind (singular; the plural is made).
        worker_endings: endings of words for people by their work.
        not_workers: words with such an ending that are no people.
        not_staff: words for people among the heads that are no workers ("resident").
        served: words for those who are served, and who are no candidates ("guests").
        capitals: words that are people only with a capital, where the writer uses capitals.
        never_last: words that no finding ends in.
        never_behind_person: nor in one of these, right behind a person.
        joints: words that join phrases, or open the next; none of them describes the noun that follows.
        persons: phrases that name a person by a concept, longest first.
        after_person: words, beside `joints`, that may stand behind a person; any other is a noun it describes.
        after_age: words that may stand behind an age; before any other, the number counts something else.
        clause_ends: where one clause ends and the next begins, at its first sign.
        goes_on: what looks like the end of a clause and goes on with its list.
        between: what stands between people who are named in one breath.
        both_sides: how one side, {this} or many {these}, and the other, {that} or {those}, are named in one breath.
        shut_out_both: what shuts out both, right before it.
        points_back: how a short sentence begins that goes on with the one before it.
        denies: how one begins that takes back what others think.
        stands_again: behind what is told of others or denied, says that it is so here.
        speaks_again: from here on the advert says what it does, whatever was told before.
        answers: what answers the sentence before it and is all that its own says.
        rows: what each of two lines gives that are rows of one table: "Lads £14 / Girls £13".
        asides: what may stand between two commas and says nothing that a pattern needs; it is passed over.
        free_of: what stands before that which a person is free of.
        governs_with: words behind which "with" begins no description of a person ("can't be doing with").
        shared: what counts for each of several things.
        joints_of_shared: words between these.
    """

    heads: tuple[str, ...]
    worker_endings: tuple[str, ...]
    not_workers: str
    not_staff: str
    served: str
    joints: str
    capitals: str
    never_last: tuple[str, ...]
    never_behind_person: tuple[str, ...]
    persons: tuple[str, ...]
    after_person: str
    after_age: str
    clause_ends: tuple[str, ...]
    goes_on: tuple[str, ...]
    between: tuple[str, ...]
    both_sides: tuple[str, ...]
    shut_out_both: tuple[str, ...]
    points_back: tuple[str, ...]
    denies: tuple[str, ...]
    stands_again: tuple[str, ...]
    speaks_again: tuple[str, ...]
    answers: tuple[str, ...]
    rows: tuple[str, ...]
    asides: tuple[str, ...]
    free_of: tuple[str, ...]
    governs_with: str
    shared: tuple[Shared, ...]
    joints_of_shared: tuple[str, ...]


def _pattern(value: object) -> object:
    return {"find": value} if isinstance(value, str) else value


class Pattern(Model):
    """One wording of an operator, and a sentence that needs it.

    Attributes:
        sample: {whom}, {trait}, {thing} and {asked} stand for the words of each concept.
        opens: it must begin its line.
        begins: it must begin its sentence.
        asks: its sentence must be a question.
        without: in an operator that only settles, a family of words none of which may stand in its clause up to its
            end: "two of the cabins", and no "cabin crew posts".
        staff: whom it speaks of must be named as people at work: "trans drivers", and not "older tenants".
        under: sections under whose headings it holds (none for any place); "title", "small-ad", the lines of a
            short advert without headings, and "form", those below a line of a form, are three more.
    """

    find: str
    sample: str = ""
    opens: bool = False
    begins: bool = False
    asks: bool = False
    without: str = ""
    staff: bool = False
    under: tuple[str, ...] = ()


class Samples(Model):
    """Sentences with {whom}, {trait}, {thing} or {asked} for the words of each concept; the finding in [[ ]]."""

    flag: tuple[str, ...] = ()
    ok: tuple[str, ...] = ()


class Operator(Model):
    """What an advert does with a person: refuse, require, prefer ... or something that settles that it does not.

    One file of `operators/`.

    Attributes:
        on: concepts it may be about; all where empty.
        beside: a family of words of which one stands anywhere in the sentence. Such an operator is a suspicion: it
            yields to every other that speaks of the same people, and is told once in a sentence.
        longest: words of a sentence; in a longer one it says nothing (0: in any).
        outside: sections in which it says nothing.
        settles: operators that say nothing where this one speaks of the same people.
        speaks_of: "both-sides": also wherever both of a concept's opposites are named; "those-served": wherever people
            are named with a word for those who are served. There it settles what is about nobody else.
        denies, hushes: whether the line before, and phrases of entries, say nothing either of its people.
        turned: the operator that speaks instead where the person is to be without it: "we prefer nobody epileptic".
        levels: concept → how grave it is, or `silent`; `any` for the others. Empty for one that only settles.
        alternatives: its cures, which fit every concept.
    """

    operator: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    title: str
    message: str = ""
    advice: str = ""
    category: str = ""
    evidence: Strength = "law"
    levels: Mapping[str, Level] = Field(default_factory=dict)
    on: tuple[str, ...] = ()
    beside: str = ""
    longest: int = 0
    outside: tuple[str, ...] = ()
    settles: tuple[str, ...] = ()
    speaks_of: Literal["", "both-sides", "those-served"] = ""
    denies: bool = False
    hushes: bool = False
    turned: str = ""
    alternatives: tuple[Alternative, ...] = ()
    examples: Samples = Field(default_factory=Samples)
    about: str = ""
    patterns: tuple[Annotated[Pattern, BeforeValidator(_pattern)], ...]

    @model_validator(mode="after")
    def _does_something(self) -> Operator:
        if not (self.levels or self.settles):
            raise ValueError("an operator has levels, or it settles others, or both")
        if self.levels and not (self.message and self.advice and self.examples.flag and self.examples.ok):
            raise ValueError("an operator with levels has a message, advice and examples on both sides")
        if self.levels and any(pattern.without for pattern in self.patterns):
            raise ValueError("'without' is for operators that only settle: no word nearby silences what is grave")
        return self


class Family(Model):
    """Words that do the same work in patterns: verbs, with all their forms, and phrases as they stand."""

    verbs: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Lawful(Model):
    """Where the law allows it: the words that say so, how near, what becomes of the finding, and the law (ids)."""

    when: Phrases
    where: Literal["sentence", "around", "advert"] = "sentence"
    operators: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    then: Level
    because: str
    source: tuple[str, ...] = ()


def _family(value: object) -> object:
    return {"words": value} if isinstance(value, list) else value


class FamiliesFile(Model):
    """One file of `families/`.

    Attributes:
        irregular: verb → its other forms.
        families: name of a slot → its words; a plain list is one of phrases alone.
        not_this: wording that looks like an operator and is none; it is masked first.
        taken_back: wording before a demand that takes it back; masked first, too, with a sign of its own.
    """

    irregular: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    families: Mapping[str, Annotated[Family, BeforeValidator(_family)]] = Field(default_factory=dict)
    not_this: tuple[str, ...] = ()
    taken_back: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Families:
    """All of `families/`: path below the language's folder → what stands in that file; each name in one of them."""

    files: Mapping[str, FamiliesFile]

    @property
    def words(self) -> dict[str, Family]:
        """Name of a slot → its words."""
        return {name: family for file in self.files.values() for name, family in file.families.items()}

    @property
    def irregular(self) -> dict[str, tuple[str, ...]]:
        """Verb → its other forms."""
        return {verb: forms for file in self.files.values() for verb, forms in file.irregular.items()}

    @property
    def not_this(self) -> tuple[str, ...]:
        """Wording that looks like an operator and is none."""
        return tuple(phrase for file in self.files.values() for phrase in file.not_this)

    @property
    def taken_back(self) -> tuple[str, ...]:
        """Wording before a demand that takes it back."""
        return tuple(phrase for file in self.files.values() for phrase in file.taken_back)


class LawfulFile(Model):
    """`lawful.yaml`."""

    lawful: tuple[Lawful, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """All that the reading of concepts and operators knows, from YAML."""

    concepts: tuple[Concept, ...]
    persons: Persons
    operators: tuple[Operator, ...]
    families: Families
    lawful: tuple[Lawful, ...]


def severity(operator: Operator, concept: Concept) -> Severity | None:
    """The table of levels: how grave an operator is with a concept, or None."""
    level = operator.levels.get(concept.concept, operator.levels.get("any", "silent"))
    return None if level == "silent" else max(Severity(level), concept.at_most, key=lambda s: s.rank)
