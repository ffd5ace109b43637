"""Reads every phrase of a lexicon once, so that a mistake in one is told with its place."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from inclusive_ads.errors import LexiconError
from inclusive_ads.lexicon.concepts import Side, Wording
from inclusive_ads.lexicon.expansion import strings
from inclusive_ads.lexicon.expressions import compile_all
from inclusive_ads.lexicon.files import lexicon_folder, parse_yaml, place
from inclusive_ads.lexicon.lexicon import Lexicon
from inclusive_ads.lexicon.models import Entry
from inclusive_ads.lexicon.patterns import check_phrase, compile_phrase
from inclusive_ads.lexicon.phrases import PatternError
from inclusive_ads.lexicon.signs import concept_vocabulary, operator_vocabulary, person_vocabulary, sides_vocabulary
from inclusive_ads.lexicon.vocabulary import Vocabulary

Keys = tuple[str | int, ...]  # what leads to a phrase in its file
_NAMED = ("families", "slots")  # keys that hold lists by name


def check_phrases(
    lexicon: Lexicon, entries: Iterable[str] | None = None, *, guards_of: Container[str] | None = None
) -> None:
    """Compile every phrase of the house terms and of entries and their guards.

    Args:
        entries: ids of the entries to look at; all where None.
        guards_of: ids of those whose guards are read, too, which is dear; all where None.

    Raises:
        LexiconError: a phrase that cannot be read, or a literal form that two entries claim.
    """
    for term in lexicon.house_terms:
        _check_house_term(term, lexicon)
    owner: dict[tuple[str, str], str] = {}
    for entry in lexicon.entries.values() if entries is None else map(lexicon.entries.get, entries):
        if entry is None:  # turned off
            continue
        try:
            _check_forms(entry, lexicon, owner)
            if guards_of is None or entry.id in guards_of:
                _check_guards(entry, lexicon)
        except PatternError as error:
            raise lexicon.error(entry.id, f"{error}.", "See 'Phrases' in lexicons/README.md.") from None


def _check_house_term(term: str, lexicon: Lexicon) -> None:
    try:
        strings(term, lexicon.vocabulary)
    except PatternError as error:
        raise LexiconError(f"house_terms: {error}.", "A house term is plain words.") from None


def _check_forms(entry: Entry, lexicon: Lexicon, owner: dict[tuple[str, str], str]) -> None:
    for phrase in (phrase for phrases in entry.forms.values() for phrase in phrases):
        for literal in compile_phrase(phrase, lexicon.vocabulary).literals:
            other = owner.setdefault((literal, phrase if entry.case == "exact" else ""), entry.id)
            if other != entry.id:
                raise lexicon.error(
                    entry.id, f"The wording '{literal}' belongs to '{other}' too.", "Keep it in one of them."
                )


def _check_guards(entry: Entry, lexicon: Lexicon) -> None:
    for guard in (*entry.only, *entry.unless):
        for scope, phrases in guard.scopes:
            if scope != "section":
                compile_all(phrases, lexicon.vocabulary)
                continue
            unknown = [name for name in phrases if name not in lexicon.sections.names]
            if unknown:
                raise lexicon.error(entry.id, f"There is no section '{unknown[0]}'.", "See sections.yaml.")


def check_wording(wording: Wording, vocabulary: Vocabulary, base: Path | None = None) -> None:
    """Read every phrase of the concepts and operators: dear, so done where somebody asks, or where one failed.

    Raises:
        LexiconError: at the first mistake, with its place.
    """
    mistake = _first_mistake(wording, vocabulary)
    if mistake:
        file, keys, message = mistake
        path = (base or lexicon_folder() / "en-GB") / file
        line, _ = place(parse_yaml(path)[0], keys)
        name = str(keys[1]) if keys[0] in _NAMED else ""
        raise LexiconError(f"{message}.", "See 'Phrases' in lexicons/README.md.", path=str(path), line=line, entry=name)


def _first_mistake(wording: Wording, vocabulary: Vocabulary) -> tuple[str, Keys, str] | None:
    """The file (below the language's folder), the keys and what is wrong with the first phrase that cannot be read."""
    for file, keys, phrase, words in _phrases(wording, vocabulary):
        try:
            check_phrase(phrase, words)
        except PatternError as error:
            return file, keys, str(error)
    return None


def wording_phrases(wording: Wording, vocabulary: Vocabulary) -> Iterator[tuple[str, Keys, str]]:
    """Every phrase of the concepts, operators and families: its file, the keys that lead to it, and itself."""
    for file, keys, phrase, _ in _phrases(wording, vocabulary):
        yield file, keys, phrase


def _phrases(wording: Wording, vocabulary: Vocabulary) -> Iterator[tuple[str, Keys, str, Vocabulary]]:
    for file, keys, phrases, words in _lists(wording, vocabulary):
        for number, phrase in enumerate(phrases):
            yield file, (*keys, number), phrase, words


def _opposites(wording: Wording, persons: Vocabulary) -> Iterator[tuple[str, Keys, Iterable[str], Vocabulary]]:
    some = Side(words=("one",))
    yield "persons.yaml", ("both_sides",), wording.persons.both_sides, sides_vocabulary(persons, some, some)
    for concept in wording.concepts:
        file = f"concepts/{concept.concept}.yaml"
        for group, sides in enumerate(concept.opposites):
            for number, side in enumerate(sides):
                yield file, ("opposites", group, number, "nouns"), side.nouns, persons
                yield file, ("opposites", group, number, "words"), side.words, persons


def _lists(wording: Wording, vocabulary: Vocabulary) -> Iterator[tuple[str, Keys, Iterable[str], Vocabulary]]:
    for concept in wording.concepts:
        file, own = f"concepts/{concept.concept}.yaml", concept_vocabulary(concept, vocabulary)
        kinds = ("nouns", "adjectives", "states", "things", "asked", "questions")
        for kind in (*kinds, "is_not", "is_not_alone", "is_not_first"):
            yield file, (kind,), getattr(concept, kind), own
        for name, phrases in concept.slots.items():
            yield file, ("slots", name), phrases, own
    persons = person_vocabulary(wording.persons, vocabulary)
    yield from _opposites(wording, persons)
    for key in ("persons", "clause_ends", "goes_on", "between"):
        yield "persons.yaml", (key,), getattr(wording.persons, key), persons
    words = operator_vocabulary(wording, vocabulary)
    for file, held in wording.families.files.items():
        yield file, ("not_this",), held.not_this, words
        yield file, ("taken_back",), held.taken_back, words
        for name, family in held.families.items():
            yield file, ("families", name, "verbs"), family.verbs, words
            yield file, ("families", name, "words"), family.words, words
    for operator in wording.operators:
        file = f"operators/{operator.operator}.yaml"
        for number, pattern in enumerate(operator.patterns):
            yield file, ("patterns", number, "without"), [f"{{{pattern.without}}}"] if pattern.without else [], words
        yield file, ("patterns",), [pattern.find for pattern in operator.patterns], words
        yield file, ("beside",), [f"{{{operator.beside}}}"] if operator.beside else [], words
    for number, rule in enumerate(wording.lawful):
        yield "lawful.yaml", ("lawful", number, "when"), rule.when, vocabulary
