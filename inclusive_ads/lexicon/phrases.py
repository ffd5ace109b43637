r"""The phrase language of the lexicons: readable patterns, without regular expressions.

Its parts, each with an example:

    hit the ground running      these words, in any case; hyphens and spaces are the same
    (woman|man)                 one of
    [very] busy                 may be there or not; [a|an] is an optional choice
    {number} years' experience  a slot, from `vocabulary/` or one of `amounts.BUILTIN`
    own ... car                 up to three words between; `...6` up to six (twelve at most)
    _                           exactly one word
    he/she                      the slash may have spaces round it
    \(s\)he                    a bracket that is part of the wording
    years'                      an apostrophe may be missing
    young[,] keen               a comma stands right behind the word before it, as do :, ?, % and 's
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

CLOSE = (",", ":", "%", "?", "'s")  # stand right behind a word
OPEN = "("  # stands right before one
_GAP = 12  # words
_TOKEN = re.compile(
    r"\.\.\.(\d*)|([()\[\]|])|\{([a-z][a-z0-9_]*)\}|(/)|((?:[^\s()\[\]|{}/.\\]|\\\S|\.(?!\.\.))+)|(\s+)"
)
_SPECIAL = re.compile(r"[()\[\]|{}/.\\_]")
_ESCAPE = re.compile(r"\\(.)")


class PatternError(ValueError):
    """A phrase that does not follow the language; the text says how to mend it."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written."""

    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A named part, from `vocabulary/` or `amounts.BUILTIN`."""

    name: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Any words, so many at least and at most."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences, or nothing where it is optional."""

    options: tuple[Sequence, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts one after the other."""

    parts: tuple[Part, ...]


Part = Word | Slot | Gap | Choice


@lru_cache(maxsize=1 << 16)  # each is read once to be checked and once more to be sought
def parse(phrase: str) -> Sequence:
    """Read a phrase (remembered: a phrase is a value).

    Raises:
        PatternError: it is empty, a bracket is open, a gap is too long, or a sign stands where it means nothing.
    """
    if phrase.strip() and not _SPECIAL.search(phrase):
        return Sequence(tuple(map(Word, phrase.split())))
    tokens: list[tuple[str, str]] = []
    position = 0
    while position < len(phrase):
        match = _TOKEN.match(phrase, position)
        if match is None:
            raise PatternError(f"cannot read '{phrase[position:]}' in '{phrase}'")
        gap, bracket, slot, slash, word, _space = match.groups()
        if bracket:
            tokens.append((bracket, bracket))
        elif slot:
            tokens.append(("slot", slot))
        elif slash:
            tokens.append(("slash", "/"))
        elif word:
            tokens.append(("word", _ESCAPE.sub(r"\1", word)))
        elif gap is not None:
            tokens.append(("gap", gap or "3"))
        position = match.end()
    sequence, rest = _sequence(tokens, phrase)
    if rest:
        raise PatternError(f"unexpected '{rest[0][1]}' in '{phrase}'")
    if not sequence.parts:
        raise PatternError("an empty phrase")
    return sequence


def _sequence(tokens: list[tuple[str, str]], phrase: str) -> tuple[Sequence, list[tuple[str, str]]]:
    parts: list[Part] = []
    while tokens and tokens[0][0] not in (")", "]", "|"):
        kind, value = tokens[0]
        tokens = tokens[1:]
        if kind == "word":
            parts.append(Gap(1, 1) if value == "_" else Word(value))
        elif kind == "slash":
            parts.append(Word("/"))
        elif kind == "slot":
            parts.append(Slot(value))
        elif kind == "gap":
            if len(value) > 2 or int(value) > _GAP:
                raise PatternError(f"a gap of {value} words in '{phrase}'; the most is {_GAP}")
            parts.append(Gap(0, int(value)))
        else:
            closing = ")" if kind == "(" else "]"
            options: list[Sequence] = []
            while True:
                option, tokens = _sequence(tokens, phrase)
                options.append(option)
                if not tokens or tokens[0][0] not in ("|", closing):
                    raise PatternError(f"'{kind}' is not closed in '{phrase}'")
                end = tokens[0][0]
                tokens = tokens[1:]
                if end == closing:
                    break
            parts.append(Choice(tuple(options), optional=kind == "["))
    return Sequence(tuple(parts)), tokens


def written(sequence: Sequence) -> str:
    """A sequence as a phrase again."""
    return " ".join(map(_written, sequence.parts))


def _written(part: Part) -> str:
    if isinstance(part, Word):
        return part.text
    if isinstance(part, Slot):
        return f"{{{part.name}}}"
    if isinstance(part, Gap):
        return "_" if part.least else f"...{part.most}"
    options = "|".join(map(written, part.options))
    return f"[{options}]" if part.optional else f"({options})"
