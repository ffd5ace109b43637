"""Whether a person can read the lexicons: long phrases, lists that stand twice, and options that nothing needs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace

from inclusive_ads.lexicon.checking import wording_phrases
from inclusive_ads.lexicon.expressions import sequence_source
from inclusive_ads.lexicon.lexicon import Lexicon
from inclusive_ads.lexicon.models import Entry
from inclusive_ads.lexicon.phrases import Choice, Sequence, parse, written
from inclusive_ads.lexicon.scan_text import scan_text
from inclusive_ads.lexicon.vocabulary import Vocabulary

LONGEST_PHRASE = 100  # characters
MOST_OPTIONS = 12  # in one choice
_A_LIST = 5  # options; fewer may stand twice


def too_long(phrase: str) -> str:
    """What is too long about a phrase, or ""."""
    if len(phrase) > LONGEST_PHRASE:
        return f"the phrase '{phrase[:30]}...' has {len(phrase)} characters; the most is {LONGEST_PHRASE}"
    most = max((len(choice.options) for choice in _choices(parse(phrase))), default=0)
    if most > MOST_OPTIONS:
        return f"a choice of '{phrase[:30]}...' has {most} options; the most is {MOST_OPTIONS}"
    return ""


def entry_phrases(entry: Entry) -> Iterator[str]:
    """Every phrase of an entry, of its guards too."""
    for phrases in entry.forms.values():
        yield from phrases
    for guard in (*entry.only, *entry.unless):
        for scope, phrases in guard.scopes:
            if scope != "section":
                yield from phrases


def long_phrases(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """What is too long in all files, each with its place (an entry, or a file)."""
    for place, phrase in _all_phrases(lexicon):
        if message := too_long(phrase):
            yield place, message


def lists_that_stand_twice(lexicon: Lexicon) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Choices of five options or more with the same options, each with the places where it stands."""
    places: dict[frozenset[Sequence], list[str]] = defaultdict(list)
    written: dict[frozenset[Sequence], str] = {}
    for place, phrase in _all_phrases(lexicon):
        for choice in _choices(parse(phrase)):
            if len(choice.options) >= _A_LIST:
                options = frozenset(choice.options)
                places[options].append(place)
                written.setdefault(options, phrase)
    for options, found in places.items():
        if len(found) > 1:
            yield written[options], tuple(found)


def unreached(entry: Entry, vocabulary: Vocabulary, reached: Collection[str]) -> Iterator[tuple[str, str]]:
    """Options of an entry's forms without which the same wording is found: (phrase, option).

    Args:
        reached: wording that the entry found, in examples or in adverts, as scanned.
    """
    for phrases in entry.forms.values():
        for phrase in phrases:
            sequence = parse(scan_text(phrase))
            for option, only in _each_option(sequence):
                pattern = re.compile(sequence_source(only, vocabulary))
                if not any(pattern.fullmatch(text) for text in reached):
                    yield phrase, written(option)


def _all_phrases(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    for entry in lexicon.entries.values():
        for phrase in entry_phrases(entry):
            yield entry.id, phrase
    for name, options in lexicon.vocabulary.slots.items():
        for phrase in options:
            yield f"vocabulary {name}", phrase
    for file, keys, phrase in wording_phrases(lexicon.wording, lexicon.vocabulary):
        yield f"{file} {' '.join(map(str, keys[:-1]))}", phrase


def _choices(sequence: Sequence) -> Iterator[Choice]:
    for part in sequence.parts:
        if isinstance(part, Choice):
            yield part
            for option in part.options:
                yield from _choices(option)


def _each_option(sequence: Sequence) -> Iterator[tuple[Sequence, Sequence]]:
    """Each option of each choice, with the sequence in which it is the only one."""
    for number, part in enumerate(sequence.parts):
        if not isinstance(part, Choice) or (len(part.options) == 1 and not part.optional):
            continue
        for option in part.options:
            yield option, _with(sequence, number, Choice((option,), optional=False))
            for inner, only in _each_option(option):
                yield inner, _with(sequence, number, Choice((only,), optional=False))


def _with(sequence: Sequence, number: int, part: Choice) -> Sequence:
    return replace(sequence, parts=(*sequence.parts[:number], part, *sequence.parts[number + 1 :]))
