"""The types of entry files: what an entry, a guard and an alternative may say.

They are pydantic models because they stand at the YAML border: unknown keys are refused, and the
JSON Schema that gives editors completion is made from them (`inclusive-ads lexicon schema`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from inclusive_ads.outcomes import Severity

MARKED = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)

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
Mechanism = Literal["name", "negation", "mention", "equality", "terms", "topic", "waived"]


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _named(value: object) -> object:
    if isinstance(value, (str, list)):
        return {"any": _listed(value)}
    return {name: _listed(phrases) for name, phrases in value.items()} if isinstance(value, dict) else value


def _said(value: object) -> object:
    return {"any": value} if isinstance(value, str) else value


def _alternative(value: object) -> object:
    return {"say": value} if isinstance(value, str) else value


def _example(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


Phrases = Annotated[
    tuple[str, ...], BeforeValidator(_listed, json_schema_input_type=str | tuple[str, ...]), Field(min_length=1)
]


class Model(BaseModel):
    """Frozen, and strict about keys."""

    # A run needs few of the types: each is made ready when it first is.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


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
    """What to say instead and what to add, or what to take out.

    `say` gives one text a form, `any` for all of them; "" deletes the wording. It may hold `{match}`, the wording as it
    stands, and `{kept}`, what that slot of `of` stands for. It is offered only where it says something for the form
    found, and words of `part` stand in the wording.
    """

    say: Annotated[Mapping[str, str], BeforeValidator(_said, json_schema_input_type=str | Mapping[str, str])] = Field(
        default_factory=dict
    )
    of: Annotated[tuple[str, ...], BeforeValidator(_listed, json_schema_input_type=str | tuple[str, ...])] = Field(
        default=(),
        description="What `say` takes the place of, where that is more or less than the wording: phrases that share a "
        "word with it. Where none stands there, the alternative is not offered, nor is anything added. With `delete`: "
        "what goes, too.",
    )
    add: str = Field(default="", description="Put in brackets at the end of the clause.")
    delete: Literal["", "demand", "trait"] = Field(
        default="",
        description="demand: all that is asked, as far as the sentence lets it go; trait: only whom it names.",
    )
    part: Annotated[tuple[str, ...], BeforeValidator(_listed, json_schema_input_type=str | tuple[str, ...])] = Field(
        default=(), description="Words of the wording that change (the first that stands in it); default: all of it."
    )
    where: Literal["anywhere", "line", "item", "goes_on", "alone"] = Field(
        default="anywhere",
        description="Offered only where the wording is all of its line (line), that or an item of a list (item), or "
        "where its noun follows it (goes_on) or no word of its phrase does (alone).",
    )
    safety: Literal["safe", "review"] = "review"
    verb: Literal["plural", "keep"] = "keep"

    @model_validator(mode="after")
    def _one_way(self) -> Alternative:
        if bool(self.say or self.add) == bool(self.delete):
            raise ValueError("an alternative either says or adds something, or has: delete")
        if self.of and self.delete == "trait":
            raise ValueError("'of' goes with 'say', 'add' or 'delete: demand'")
        if self.say and self.add and not self.of:
            raise ValueError("'say' with 'add' needs 'of'")
        return self

    @property
    def checked(self) -> bool:
        """Whether it is a cure that must be tried on its sentence before it is offered."""
        return bool(self.of or self.add or self.delete) or any("{" in text for text in self.say.values())

    def takes_all(self, form: str) -> bool:
        """Whether it takes the place of all of the wording of a form."""
        return not (self.part or self.checked) and (form in self.say or "any" in self.say)


class FlagExample(Model):
    """A text with the wording to be found between double square brackets, and the text after the first alternative."""

    text: str
    fix: str | None = None

    @property
    def marked(self) -> list[str]:
        """The wording that is to be found."""
        return MARKED.findall(self.text)

    @model_validator(mode="after")
    def _marked(self) -> FlagExample:
        if len(MARKED.findall(self.text)) != 1:
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
    cured_as: str = Field(default="", description="An entry whose alternatives serve this one, too, after its own.")
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

    @property
    def name(self) -> str:
        """What people know it by: the wording of its first example, or (found by reading) the whole of that example."""
        if self.forms:
            return self.wordings[0]
        whole = MARKED.sub(r"\1", self.examples.flag[0].text).rstrip(".")
        return whole[:1].upper() + whole[1:]

    @property
    def told(self) -> str:
        """The message, as it is said of the wording of its first example."""
        return self.message.replace("{match}", self.name)

    @property
    def wordings(self) -> tuple[str, ...]:
        """What its examples say, each once."""
        found = {wording.casefold(): wording for one in reversed(self.examples.flag) for wording in one.marked}
        return tuple(reversed(found.values()))

    @model_validator(mode="after")
    def _complete(self) -> Entry:
        if not self.alternatives and not self.advice:
            raise ValueError("give an alternative, or advice where a person must reword it")
        for alternative in (one for one in self.alternatives if one.say):
            missing = [form for form in self.forms if form not in alternative.say and "any" not in alternative.say]
            if missing and not self.advice:
                said = dict(alternative.say)
                raise ValueError(f"the alternative {said} says nothing for the form '{missing[0]}'; give advice then")
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
