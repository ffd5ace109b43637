"""Reads every phrase of the wording once, so that a mistake is told with its place when the lexicon is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from inclusive_ads.lexicon.concepts import Wording
from inclusive_ads.lexicon.patterns import Vocabulary, check_phrase
from inclusive_ads.lexicon.phrases import PatternError
from inclusive_ads.lexicon.signs import concept_vocabulary, operator_vocabulary, person_vocabulary

Keys = tuple[str | int, ...]  # what leads to a phrase in its file


def first_mistake(wording: Wording, vocabulary: Vocabulary) -> tuple[str, Keys, str] | None:
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


def _lists(wording: Wording, vocabulary: Vocabulary) -> Iterator[tuple[str, Keys, Iterable[str], Vocabulary]]:
    for concept in wording.concepts:
        file, own = f"concepts/{concept.concept}.yaml", concept_vocabulary(concept, vocabulary)
        for kind in ("nouns", "adjectives", "states", "things", "asked", "questions", "is_not", "is_not_alone"):
            yield file, (kind,), getattr(concept, kind), own
        for name, phrases in concept.slots.items():
            yield file, ("slots", name), phrases, own
    persons = person_vocabulary(wording.persons, vocabulary)
    for key in ("persons", "clause_ends", "goes_on", "between"):
        yield "persons.yaml", (key,), getattr(wording.persons, key), persons
    words = operator_vocabulary(wording, vocabulary)
    yield "families.yaml", ("not_this",), wording.families.not_this, words
    yield "families.yaml", ("taken_back",), wording.families.taken_back, words
    for name, family in wording.families.families.items():
        yield "families.yaml", ("families", name, "words"), family.words, words
    for operator in wording.operators:
        file = f"operators/{operator.operator}.yaml"
        yield file, ("patterns",), [pattern.find for pattern in operator.patterns], words
        yield file, ("beside",), [f"{{{operator.beside}}}"] if operator.beside else [], words
    for number, rule in enumerate(wording.lawful):
        yield "lawful.yaml", ("lawful", number, "when"), rule.when, vocabulary
