"""The types of the files that all entries share: vocabulary, context, sections, checklists and grammar.

Longer than 300 lines: one shape after the other, each a few lines, and readers want them side by side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from pydantic import model_validator

from inclusive_ads.lexicon.models import Model, Phrases

_PART = re.compile(r"<([a-z_]+)>")  # of an expression, by name


class VocabularyFile(Model):
    """A file of `vocabulary/`: slots that the phrases may use, those of one theme or of several (`shared.yaml`)."""

    slots: Mapping[str, Phrases]


class SpellingsFile(Model):
    """`spellings.yaml`: spellings and abbreviations that the phrases need not repeat, and words too common to seek."""

    spellings: tuple[tuple[str, ...], ...]
    abbreviations: Mapping[str, Phrases]
    common: str


class Negation(Model):
    """How a demand is taken back.

    Attributes:
        before, after: phrases that turn the wording round, in its clause.
        heading: what a heading ends in that turns round what stands right under it.
        answer: what an answer to a question begins with that turns it round: "Is a degree needed? Not here.".
        stop: what ends their reach.
        within: how many words it is.
        nested: denials that ask for what follows where one of `against` stands before: "no room for you without".
    """

    before: Phrases
    after: Phrases
    heading: Phrases
    answer: Phrases
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
        duties: right behind a pronoun, where nobody was named: what a post asks of whoever takes it.
        naming: words behind which a capital is somebody's name.
        addressed: says that a sentence speaks to the applicant: in it "her" is somebody who was named before.
        telling: behind a capital, shows that it is somebody's name: "Maureen, who has run it",
        unnamed: unless one of these words stands before it: "in Leeds", "our Manager".
        sexes: the pronouns of each: one behind one of the other, in a sentence, stands for somebody else.
        titled: the titles of each, in the same order: "her" behind "Mrs Khan" is hers,
        sexed: nouns for people of each, in the same order: "her" behind "a lady" is hers,
        relative: unless one of these stands before it in its sentence: "a cook who likes her work".
        subject: signs that the whole advert tells of one person.
    """

    holder: Phrases
    known: Phrases
    duties: Phrases
    naming: Phrases
    telling: Phrases
    unnamed: Phrases
    addressed: Phrases
    sexes: tuple[tuple[str, ...], tuple[str, ...]]
    titled: tuple[tuple[str, ...], tuple[str, ...]]
    sexed: tuple[tuple[str, ...], tuple[str, ...]]
    relative: Phrases
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
        disowned: beside a quotation that holds it, or in the line above: nobody is to say it, somebody did.
        unsaid: right before a quotation that holds all of it: 'no "send us lads", please'.
        belied: in the line above a quotation, or below it: what is said of it, or answered.
        past: before it: what was so once is not asked now, unless one of `now` stands between.
    """

    quoted: Phrases
    reported: Phrases
    named: Phrases
    denied: Phrases
    after: Phrases
    disowned: Phrases
    unsaid: Phrases
    belied: Phrases
    past: Phrases
    now: Phrases


class Topic(Model):
    """Works, wares and beasts, which wording may only tell of.

    Attributes:
        before: leads to what a work is about, or for whom a thing is made.
        behind: right behind wording, what it describes.
        open: the last words of wording behind which a noun belongs to it: "passionate about" books.
    """

    before: Phrases
    behind: Phrases
    open: Phrases


class Waived(Model):
    """What is put right behind wording: "gaps get read like any other line".

    Attributes:
        behind: phrases behind the wording in its sentence, or at the head of the next, that take it back.
        stop: what stands between and ends their reach.
        within: how many words it is.
    """

    behind: Phrases
    stop: Phrases
    within: int


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
    topic: Topic
    waived: Waived
    names: Names
    terms: Phrases


About = Literal["applicant", "employer", "served", ""]
Place = Literal["role", "hours", "before-you-apply", "application"]


class SectionEntry(Model):
    """One part of an advert.

    Attributes:
        about: whom its wording is usually about ("" where that is open).
        place: which statements may go at its end ("" for none).
        goes_on: below a part of the same name it tells more of the same, and nothing goes at the end of either.
        field: often a fact in a line of its own, which then ends with that line.
    """

    name: str
    about: About = ""
    place: Place | Literal[""] = ""
    goes_on: bool = False
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
        before_noun: letters whose words need a noun behind them.
        units, people, things: last words of what can be counted, which needs an article.
    """

    known: tuple[str, ...]
    before_noun: tuple[str, ...]
    units: tuple[str, ...]
    people: tuple[str, ...]
    things: tuple[str, ...]
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
        degrees: words that go when the word they grade goes ("very").
        joints: words that join what stands on both their sides.
        leads: words that something must follow.
        links, never_after_links: forms of "be", and words that no form of "be" can stand before.
        item_firsts: words whose capital says that an item begins, wherever it stands.
        item_leads: words before an item of a list.
        item_goes_on: words behind a comma with which the item goes on.
        item_clause: words behind "and" with which a clause begins, and no item.
        item_joins: words that join an item to the next, and go with it ("along with").
        item_belongs: words which say that what is joined is no item of its own ("with annual reviews").
        after_nouns: words that may stand behind a noun phrase, and begin none of its nouns.
        prepositions: words that a noun phrase follows.
        determiners: words with which a noun phrase begins, and needs no other.
        terms_of: categories whose alternatives are terms, which may stand twice.
        may_repeat: other words of alternatives that may.
    """

    vowel_sound: tuple[str, ...]
    consonant_sound: tuple[str, ...]
    spoken_acronyms: tuple[str, ...]
    verbs: Mapping[str, str]
    unchanged: tuple[str, ...]
    inverted: Mapping[str, str]
    adverbs: tuple[str, ...]
    degrees: tuple[str, ...]
    joints: tuple[str, ...]
    leads: tuple[str, ...]
    links: tuple[str, ...]
    never_after_links: tuple[str, ...]
    item_firsts: tuple[str, ...]
    item_leads: tuple[str, ...]
    item_goes_on: tuple[str, ...]
    item_clause: tuple[str, ...]
    item_joins: tuple[str, ...]
    item_belongs: tuple[str, ...]
    after_nouns: tuple[str, ...]
    prepositions: tuple[str, ...]
    determiners: tuple[str, ...]
    terms_of: tuple[str, ...]
    may_repeat: tuple[str, ...]


class CuresFile(Model):
    """`cures.yaml`: what a cure must know of sentences.

    Attributes:
        parts: pieces of expressions, by name: a list stands for any of its words.
        kept: names of what phrases of cures may keep, each with an expression: ``{kept_joint}`` for "joint"; ``<stop>``
            in one is the part of that name.
        beside: expressions for what changes beside a cure: the "thing" whose description goes with it, unless that is
            what "stays"; "able", which is not said "again" behind its joint; "able_last" at the end of a demand, which
            belongs to what follows; a "predicate" that stands without an article; a "reason",
            which a comma parts from a bracket; the end of a "fronted" sentence,
            which tells who does something with what stands before; "no_noun", words that no bare subject holds.
        frame: words that only carry a demand.
        subjects: words that begin a clause of their own.
        reasons: words that begin the reason for what stands before them.
        trailing: words that begin a demand which only adds to what stands before it.
        negations: words that refuse: what adds to them does not go alone.
        subordinate: words that begin a clause which cannot stand alone.
        links: words before what is said of a person.
        modals, bases: verbs before another verb, and verbs that follow one of them.
        never_first, never_last: words with which no sentence begins, and no part of it ends.
        broken: phrases that no mended sentence holds.
        proper: words whose capital is their own.
        plural_endings: how the plural of a noun for people ends.
        person: what takes the place of a noun for people of one kind: "singular", "plural", without an article
            "none", and in the name of a job "job" and "jobs".
        jobs: words before such a noun with which it is the name of a job.
    """

    parts: Mapping[str, str | tuple[str, ...]]
    kept: Mapping[str, str]
    beside: Mapping[
        Literal["thing", "stays", "able", "again", "able_last", "predicate", "reason", "fronted", "no_noun"], str
    ]
    frame: str
    subjects: str
    reasons: tuple[str, ...]
    trailing: tuple[str, ...]
    negations: tuple[str, ...]
    subordinate: tuple[str, ...]
    links: tuple[str, ...]
    modals: tuple[str, ...]
    bases: tuple[str, ...]
    never_first: tuple[str, ...]
    never_last: tuple[str, ...]
    broken: tuple[str, ...]
    proper: tuple[str, ...]
    plural_endings: tuple[str, ...]
    person: Mapping[str, str]
    jobs: tuple[str, ...]

    @model_validator(mode="after")
    def _parts_are_known(self) -> CuresFile:
        used = {
            name
            for text in (*self.kept.values(), *self.beside.values(), *self.parts.values())
            for name in _PART.findall(str(text))
        }
        if unknown := sorted(used - set(self.parts)):
            raise ValueError(f"there is no part '{unknown[0]}': the parts are {', '.join(self.parts)}")
        return self

    @property
    def expressions(self) -> dict[str, str]:
        """What `kept` names, with its parts written out."""
        return {name: self._written(text) for name, text in self.kept.items()}

    def beside_written(self) -> dict[str, str]:
        """What `beside` names, with its parts written out."""
        return {name: self._written(text) for name, text in self.beside.items()}

    def _written(self, text: str) -> str:
        def part(found: re.Match[str]) -> str:
            value = self.parts[found[1]]
            return self._written(value if isinstance(value, str) else f"(?:{'|'.join(value)})")

        return _PART.sub(part, text)


class LanguagesFile(Model):
    """`languages.yaml`; its comments say what each list is for."""

    english: Phrases
    names: Mapping[str, str]


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
