"""The types of a lexicon: what an entry, a guard and an alternative may say.

They are pydantic models because they stand at the YAML border: unknown keys are refused, and the
JSON Schema that gives editors completion is made from them (`inclusive-ads lexicon schema`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from inclusive_ads.report import Severity

MARK = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)

Characteristic = Literal[
    "age",
    "disability",
    "gender-reassignment",
    "marriage-civil-partnership",
    "pregnancy-maternity",
    "race",
    "religion-belief",
    "sex",
    "sexual-orientation",
]
Strength = Literal["law", "strong", "mixed", "weak", "convention"]
Scope = Literal[
    "part_of", "just_before", "just_after", "before", "after", "sentence", "nearby", "advert", "title", "section"
]
Mechanism = Literal["name", "negation", "mention", "equality", "terms"]


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _named(value: Any) -> Any:
    if isinstance(value, (str, list)):
        return {"any": _listed(value)}
    return {name: _listed(phrases) for name, phrases in value.items()} if isinstance(value, dict) else value


def _said(value: Any) -> Any:
    return {"any": value} if isinstance(value, str) else value


def _alternative(value: Any) -> Any:
    return {"say": value} if isinstance(value, str) else value


def _example(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


Phrases = Annotated[
    tuple[str, ...], BeforeValidator(_listed, json_schema_input_type=str | tuple[str, ...]), Field(min_length=1)
]


class Model(BaseModel):
    """Frozen, and strict about keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Guard(Model):
    """Where the wording is fine after all, or weighs less.

    One scope with the phrases to look for there:
    `part_of` (a longer phrase that holds the match), `just_before`, `just_after` (next to it),
    `before`, `after` (in its sentence), `sentence`, `nearby` (its sentence and the ones beside it),
    `advert` (anywhere), `title` (its title or a line such as "Job title: ..."), `section` (names from sections.yaml).
    """

    part_of: Phrases | None = None
    just_before: Phrases | None = None
    just_after: Phrases | None = None
    before: Phrases | None = None
    after: Phrases | None = None
    sentence: Phrases | None = None
    nearby: Phrases | None = None
    advert: Phrases | None = None
    title: Phrases | None = None
    section: Phrases | None = None
    because: str = Field(min_length=3, description="Why this makes a difference, in a few words.")
    then: Literal["silent", "confirm", "indirect-risk", "discouraging", "style"] = "silent"

    @model_validator(mode="after")
    def _one_scope(self) -> Guard:
        if len(self.scopes) != 1:
            raise ValueError(
                "a guard has exactly one of: part_of, just_before, just_after, before, after, "
                "sentence, nearby, advert, title, section"
            )
        return self

    @cached_property
    def scopes(self) -> list[tuple[Scope, tuple[str, ...]]]:
        """The scope that is set, with its phrases (always one)."""
        names: tuple[Scope, ...] = Scope.__args__  # type: ignore[attr-defined]
        return [(name, getattr(self, name)) for name in names if getattr(self, name) is not None]


class Alternative(Model):
    """What to say instead: one text a form, `any` for all of them; "" deletes the wording."""

    say: Annotated[Mapping[str, str], BeforeValidator(_said, json_schema_input_type=str | Mapping[str, str])]
    safety: Literal["safe", "review"] = "review"
    verb: Literal["plural", "keep"] = "keep"


class FlagExample(Model):
    """A text with the wording to be found between double square brackets, and the text after the first alternative."""

    text: str
    fix: str | None = None

    @model_validator(mode="after")
    def _marked(self) -> FlagExample:
        if len(MARK.findall(self.text)) != 1:
            raise ValueError("mark the wording to be found once, as in: You are a [[young]] person")
        return self


class OkExample(Model):
    """A text in which the entry stays silent, and (optionally) why."""

    text: str
    because: str = ""


class Examples(Model):
    """Run as tests."""

    flag: tuple[Annotated[FlagExample, BeforeValidator(_example, json_schema_input_type=str | FlagExample)], ...] = (
        Field(min_length=1)
    )
    ok: tuple[Annotated[OkExample, BeforeValidator(_example, json_schema_input_type=str | OkExample)], ...] = Field(
        min_length=1
    )


class Entry(Model):
    """One kind of wording: whom it puts off, why, on what evidence, and what to say instead."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="Stable; never renamed or reused.")
    forms: Annotated[
        Mapping[str, Phrases], BeforeValidator(_named, json_schema_input_type=Phrases | Mapping[str, Phrases])
    ] = Field(description="Phrases to find, by form (singular, plural, base, third, ing, past...) or just a list.")
    case: Literal["any", "exact"] = "any"
    severity: Severity
    affects: Phrases = Field(description="Whom the wording may put off.")
    characteristics: tuple[Characteristic, ...] = ()
    message: str = Field(min_length=10, max_length=200, description="One calm sentence about the wording.")
    why: str = Field(min_length=10)
    source: Phrases = Field(description="Ids in sources.yaml.")
    evidence: Strength
    alternatives: tuple[
        Annotated[Alternative, BeforeValidator(_alternative, json_schema_input_type=str | Alternative)], ...
    ] = ()
    advice: str = Field(default="", description="What to do where a person must reword it.")
    about: Literal["anyone", "applicant"] = Field(
        default="anyone", description="applicant: only where the wording is about the applicant or the team."
    )
    unclear: Literal["flag", "silent", "indirect-risk", "discouraging", "style"] = Field(
        default="flag", description="What to do where it is not clear who is meant."
    )
    only: tuple[Guard, ...] = Field(default=(), description="All of these must hold, or the entry stays silent.")
    unless: tuple[Guard, ...] = ()
    despite: tuple[Mechanism, ...] = Field(default=(), description="General mechanisms that do not silence it.")
    alone: bool = Field(default=False, description="Only where no noun follows that it describes.")
    pronoun: Literal["", "subject", "object", "possessive", "reflexive"] = ""
    limit: int = Field(
        default=0, ge=0, description="Tell the same wording at most so many times an advert (0: always)."
    )
    examples: Examples
    retired: bool = False
    category: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Entry:
        if not self.alternatives and not self.advice:
            raise ValueError("give an alternative, or advice where a person must reword it")
        for alternative in self.alternatives:
            missing = [form for form in self.forms if form not in alternative.say and "any" not in alternative.say]
            if missing:
                raise ValueError(f"the alternative {dict(alternative.say)} says nothing for the form '{missing[0]}'")
            unknown = [form for form in alternative.say if form not in self.forms and form != "any"]
            if unknown:
                raise ValueError(f"the alternative names a form '{unknown[0]}' that the entry does not have")
        return self


class EntryFile(Model):
    """One file of a lexicon: a category and its entries."""

    category: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    title: str
    about: str = Field(min_length=10, description="What belongs here, for a person who adds a word.")
    entries: tuple[Entry, ...]


class Override(Model):
    """What an organisation changes in an entry that ships."""

    severity: Severity | None = None
    off: bool = False
    because: str = Field(min_length=3)


class OwnLexicon(Model):
    """`lexicon.yaml` in an organisation's own folder, beside its entry files.

    Attributes:
        house_terms: words the organisation keeps; wording inside them is never flagged.
        entries: entry id → what changes.
    """

    house_terms: tuple[str, ...] = ()
    entries: Mapping[str, Override] = Field(default_factory=dict)


class VocabularyFile(Model):
    """`vocabulary.yaml`: slots, spellings and abbreviations that the phrases may use, and words too common to seek."""

    slots: Mapping[str, Phrases]
    spellings: tuple[tuple[str, ...], ...]
    abbreviations: Mapping[str, Phrases]
    common: str


class Negation(Model):
    """How a demand is taken back.

    Attributes:
        before, after: phrases that turn the wording round, in its clause.
        heading: what a heading ends in that turns round what stands right under it.
        stop: what ends their reach.
        within: how many words it is.
        nested: denials that ask for what follows where one of `against` stands before: "no room for you without".
    """

    before: Phrases
    after: Phrases
    heading: Phrases
    stop: Phrases
    within: int
    nested: Phrases
    against: Phrases


class Referent(Model):
    """Who is meant: cues for the applicant or the team, for the employer, and for other people."""

    applicant: Phrases
    employer: Phrases
    others: Phrases
    serving: Phrases


class Known(Model):
    """Whom a pronoun stands for.

    Attributes:
        holder: whoever takes the post.
        known: somebody who is cared for, served or met, or is there already.
        naming: words behind which a capital is somebody's name.
        sexes: the pronouns of each: one behind one of the other, in a sentence, stands for somebody else.
        subject: signs that the whole advert tells of one person.
    """

    holder: Phrases
    known: Phrases
    naming: Phrases
    sexes: tuple[tuple[str, ...], tuple[str, ...]]
    subject: Phrases


class Equality(Model):
    """Sentences that name groups for equality's sake."""

    characteristics: Phrases
    at_least: int
    cues: Phrases
    categories: Phrases


class Mention(Model):
    """How wording is known that is spoken about, not used.

    Attributes:
        quoted: anywhere before wording in quotation marks.
        reported: the same, but what is likely unlawful may be said by somebody else, too: "clients say 'no Poles'".
        named: right before it, with or without them.
        denied: before it, two words apart at most.
        after: right behind it.
        past: before it: what was so once is not asked now, unless one of `now` stands between.
    """

    quoted: Phrases
    reported: Phrases
    named: Phrases
    denied: Phrases
    after: Phrases
    past: Phrases
    now: Phrases


class Names(Model):
    """How names are known.

    Attributes:
        heads: of bodies, laws and schemes: a word that ends, or begins, a run of capitals.
        places: of streets, pubs and firms: right behind a run of capitals, with no small word between.
        called: what stands before a run of capitals that is a name.
        is_called: what stands behind one.
        known: names as they stand.
        titles: before somebody's name.
        introduced: what leads to somebody's name.
        followed: words that may stand behind a surname; before any other it describes somebody, "Black applicants".
    """

    heads: Phrases
    places: Phrases
    called: Phrases
    is_called: Phrases
    known: Phrases
    titles: Phrases
    introduced: Phrases
    followed: Phrases


class ContextFile(Model):
    """`context.yaml`: the words of the engine-wide mechanisms."""

    negation: Negation
    mention: Mention
    referent: Referent
    persons: Known
    equality: Equality
    names: Names
    terms: Phrases


About = Literal["applicant", "employer", "served", ""]
Place = Literal["role", "hours", "before-you-apply", "application"]


class SectionEntry(Model):
    """One part of an advert.

    Attributes:
        about: whom its wording is usually about ("" where that is open).
        place: which statements may go at its end ("" for none).
        field: often a fact in a line of its own, which then ends with that line.
    """

    name: str
    about: About = ""
    place: Place | Literal[""] = ""
    field: bool = False
    headings: Phrases


class SectionsFile(Model):
    """`sections.yaml`: the parts of an advert and the headings that open them."""

    sections: tuple[SectionEntry, ...]

    @cached_property
    def names(self) -> frozenset[str]:
        """All names."""
        return frozenset(section.name for section in self.sections)


class AcronymsFile(Model):
    """`acronyms.yaml`: the general rule on letters that are never explained.

    Attributes:
        known: letters everyone in the job market knows, or units and names that need no explanation.
        plain: insider letters → what they stand for.
        most: how many to report an advert.
    """

    known: tuple[str, ...]
    plain: Mapping[str, str]
    most: int


class GrammarFile(Model):
    """`grammar.yaml`: words whose sound or verb form breaks the rule.

    Attributes:
        vowel_sound, consonant_sound: beginnings of words that take "an" or "a" against their spelling.
        spoken_acronyms: letters said as a word ("nato").
        verbs: third person singular → the form after "they".
        unchanged: words in -s that are no such verbs.
        inverted: verbs that may stand before their subject.
        adverbs: words that may stand between subject and verb.
    """

    vowel_sound: tuple[str, ...]
    consonant_sound: tuple[str, ...]
    spoken_acronyms: tuple[str, ...]
    verbs: Mapping[str, str]
    unchanged: tuple[str, ...]
    inverted: Mapping[str, str]
    adverbs: tuple[str, ...]


class ChecklistItem(Model):
    """One thing that applicants look for.

    Attributes:
        not_in: entries that refuse or delay it; a phrase inside such a finding does not count.
    """

    id: str
    title: str
    phrases: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    amount: bool = False
    section: str = ""
    most: int = 0
    advice: str
    why: str
    source: str


class ChecklistFile(Model):
    """`completeness.yaml`."""

    items: tuple[ChecklistItem, ...]


class NoteEntry(Model):
    """Something to know about an advert as a whole."""

    id: str
    phrases: Phrases
    message: str
    why: str = ""


class NotesFile(Model):
    """`notes.yaml`."""

    notes: tuple[NoteEntry, ...]


class BalanceFile(Model):
    """`balance.yaml`: stems of gender-coded words, and words that only begin like one."""

    masculine: tuple[str, ...]
    feminine: tuple[str, ...]
    neither: tuple[str, ...]
    more_than: int


class NearWordsFile(Model):
    """`near_words.yaml`: real words that look like a misspelling in a word of the lexicons; made by `make guide`.

    Attributes:
        also: right words that the dictionary lacks, added by hand.
        words: from the dictionary.
    """

    also: tuple[str, ...] = ()
    words: str
