"""Strings to look for in one scan, and what each is or is part of: made once of a lexicon, and kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from inclusive_ads.lexicon.expansion import EXPANSIONS, MOST_STRINGS, strings
from inclusive_ads.lexicon.kept import kept
from inclusive_ads.lexicon.lexicon import Lexicon
from inclusive_ads.lexicon.literals import Packed, pack
from inclusive_ads.lexicon.patterns import Compiled, compile_phrase
from inclusive_ads.lexicon.scan_text import scan_text, words_of
from inclusive_ads.lexicon.vocabulary import Vocabulary

TERM = "term of art"  # the name of a cue


class Keyword(NamedTuple):
    """What a string to look for is, or is part of."""

    forms: list[tuple[str, str, str]]  # id of the entry, form, exact spelling or ""
    patterns: list[int]
    cues: list[str]


class Phrase(NamedTuple):
    """A phrase that needs an expression: of an entry, or of the cue named `form`."""

    entry: str
    form: str
    phrase: str
    exact: bool
    most: int


# What a string is, packed by the strings (as a `Keyword`); phrases by their numbers (as a `Phrase`).
Table = tuple[Packed, list[tuple[str, str, str, bool, int]]]


def of_cues(cues: Mapping[str, Iterable[str]], vocabulary: Vocabulary) -> Table:
    """The strings of cues.

    Raises:
        PatternError: a phrase cannot be read.
    """
    cues = {name: tuple(phrases) for name, phrases in cues.items()}
    return kept().value(f"cues {vocabulary.mark} {cues}", lambda: _Keywords(cues, vocabulary).table())


def of_lexicon(lexicon: Lexicon, cues: Mapping[str, Iterable[str]]) -> tuple[Table, list[str]]:
    """The strings of a lexicon and of cues, and the words of its wording in which a misspelling of the pen matters.

    Raises:
        PatternError: a phrase cannot be read.
    """
    terms = (*lexicon.context.terms, *lexicon.context.names.known, *lexicon.house_terms)
    cues = {name: tuple(phrases) for name, phrases in cues.items()}
    wording = {entry.id: (entry.case, entry.forms) for entry in lexicon.entries.values()}

    def make() -> tuple[Table, list[str]]:
        keywords = _Keywords(cues, lexicon.vocabulary)
        literals: set[str] = set()
        for entry, (case, forms) in wording.items():
            for form, phrases in forms.items():
                for phrase in phrases:
                    compiled = keywords.add(Phrase(entry, form, phrase, case == "exact", EXPANSIONS))
                    literals.update(map(scan_text, compiled.literals), compiled.words)
        for term in terms:
            for literal in strings(term, lexicon.vocabulary):
                keywords[literal].cues.append(TERM)
        return keywords.table(), list(words_of(literals))

    return kept().value(f"lexicon {lexicon.vocabulary.mark} {cues} {wording} {terms}", make)


class _Keywords:
    """The strings to look for, as they are gathered; those of the cues first."""

    def __init__(self, cues: Mapping[str, Iterable[str]], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._found: dict[str, Keyword] = {}
        self._phrases: list[Phrase] = []
        for name, phrases in cues.items():
            for phrase in phrases:
                self.add(Phrase("", name, phrase, exact=False, most=MOST_STRINGS))

    def __getitem__(self, literal: str) -> Keyword:
        if literal not in self._found:
            self._found[literal] = Keyword([], [], [])
        return self._found[literal]

    def add(self, phrase: Phrase) -> Compiled:
        compiled = compile_phrase(phrase.phrase, self._vocabulary, exact=phrase.exact, most=phrase.most)
        for literal in compiled.literals:
            if phrase.entry:
                form = phrase.entry, phrase.form, literal if phrase.exact else ""
                self[scan_text(literal) if phrase.exact else literal].forms.append(form)
            else:
                self[literal].cues.append(phrase.form)
        for anchor in compiled.anchors:
            self[scan_text(anchor) if phrase.exact else anchor].patterns.append(len(self._phrases))
        if compiled.anchors:
            self._phrases.append(phrase)
        return compiled

    def table(self) -> Table:
        """What is kept: plain tuples."""
        rows = ((literal, tuple(tuple(each) for each in keyword)) for literal, keyword in self._found.items())
        return pack(rows), [p[:] for p in self._phrases]
