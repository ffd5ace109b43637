"""Phrases as regular expressions over scan text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from inclusive_ads.lexicon.kept import expression
from inclusive_ads.lexicon.phrases import CLOSE, OPEN, Choice, Gap, Part, Sequence, Slot, Word, parse
from inclusive_ads.lexicon.scan_text import scan_text
from inclusive_ads.lexicon.vocabulary import Vocabulary

# A letter that begins an expression and has to be there; a space may be several.
_START = re.compile(r" \+|(?:[^\W_]|\\[^\w\s]|[,/&:%\ue000-\ue00f])(?![?*+{])")
_GAP_WORD = r"(?:[^\s;:!?()]*[^\s.;:!?()]|\([a-z&/]{2,8}\))"  # or letters in brackets, as in "care assistant (hca)"


_CLAUSE = (Slot("clause"),)


def sequence_source(sequence: Sequence, vocabulary: Vocabulary) -> str:
    """The sequence as a regular expression over scan text."""
    alone = len(sequence.parts) == 1
    result = ""
    started = glued = False
    for number, part in enumerate(sequence.parts):
        if isinstance(part, Word) and part.text == "/":
            result += " ?/ ?"
            glued = True
            continue
        space = "" if glued else " +"
        glued = isinstance(part, Word) and part.text.endswith(OPEN)
        if isinstance(part, Gap):
            # Between two words as few as will do: a finding is as short as carries the problem.
            lazy = "?" if started and part is not sequence.parts[-1] else ""
            # A word is not tried again in pieces, unless what follows may be the comma at its end.
            word = _GAP_WORD if _may_close(sequence.parts[number + 1 :]) else f"(?>{_GAP_WORD})"
            body = rf"{vocabulary.pause}(?: +{word}){{{part.least},{part.most}}}{lazy}"
            if not started and part is sequence.parts[-1]:  # nothing but a gap, as in "[_]": no space of its own
                body = rf"{_GAP_WORD}(?: +{_GAP_WORD}){{0,{part.most - 1}}}"
                started = True
            result += body if started else rf"(?:{_GAP_WORD} +){{{part.least},{part.most}}}"
            continue
        optional = isinstance(part, Choice) and part.optional
        if not started:
            body = _part_source(part, vocabulary, alone=alone)
            result += f"(?:{body} +)?" if optional else body
            started = not optional
            continue
        body = _after(space, part, vocabulary, alone=alone)
        result += f"(?:{body})?" if optional else body
    return result


def _after(space: str, part: Word | Slot | Choice, vocabulary: Vocabulary, *, alone: bool) -> str:
    """A part that follows another; a comma or colon stands right behind the word before it."""
    if isinstance(part, Choice):
        commas = tuple(option for option in part.options if _is_comma(option))
        if commas:
            others = tuple(option for option in part.options if option not in commas)
            ways = [" ?" + sequence_source(option, vocabulary) for option in commas]
            ways += [" *" + sequence_source(option, vocabulary) for option in others if option.parts == _CLAUSE]
            if others:
                ways.append(space + _part_source(Choice(others, optional=False), vocabulary, alone=alone))
            return _options(ways)
        if part.optional and any(option.parts == _CLAUSE for option in part.options):
            space = " *"  # a semicolon, which stands right behind a word, may end a clause, too
    elif isinstance(part, Word) and part.text in CLOSE:
        space = " ?"
    return space + _part_source(part, vocabulary, alone=alone)


def _may_close(parts: Iterable[Part]) -> bool:
    """Whether the first of the parts that has to be there, or one before it, may stand right behind a word."""
    for part in parts:
        if isinstance(part, Word) and part.text in (*CLOSE, "/"):
            return True
        if isinstance(part, Choice) and any(map(_is_comma, part.options)):
            return True
        if not isinstance(part, Gap) and not (isinstance(part, Choice) and part.optional):
            return False
    return False


def _is_comma(option: Sequence) -> bool:
    return bool(option.parts) and isinstance(option.parts[0], Word) and option.parts[0].text in CLOSE


def _part_source(part: Word | Slot | Choice, vocabulary: Vocabulary, *, alone: bool) -> str:
    if isinstance(part, Word):
        # An apostrophe may be missing, except where it is all that tells "post's" from "posts".
        ways = [w[:1] + w[1:].replace("'", "'?") for w in map(re.escape, vocabulary.words(part.text, alone=alone))]
        return _options(ways)
    if isinstance(part, Slot):
        return slot_source(part.name, vocabulary)
    return _options([sequence_source(option, vocabulary) for option in part.options])


def slot_source(name: str, vocabulary: Vocabulary) -> str:
    """A slot as a regular expression."""
    if name in vocabulary.builtin:
        return vocabulary.builtin[name]
    if name not in vocabulary.sources:
        options = [sequence_source(option, vocabulary) for option in vocabulary.slot(name)]
        vocabulary.sources[name] = _options(options)
    return vocabulary.sources[name]


def _options(sources: list[str]) -> str:
    if len(sources) == 1:
        return sources[0]
    # Longest first: an alternation takes the first option that fits.
    return either(sorted(dict.fromkeys(sources), key=len, reverse=True))


def either(sources: list[str]) -> str:
    """An alternation that tries what options begin with once: "turned +down", "turn +away" → "turn(?:ed +down| +away)".

    It fits just as the plain one does, in the same order: only options that begin with different letters change places.
    """
    if len(sources) == 1:
        return sources[0]
    ways: list[tuple[str, list[str]]] = []  # a beginning that the options share, and how they go on
    known: dict[str, list[str]] = {}
    for source in sources:
        start = _START.match(source)
        letter = start.group() if start else ""
        if not letter:  # it may begin with anything: nothing moves past it
            known = {}
            ways.append((source, [""]))
        elif letter in known:
            known[letter].append(source[len(letter) :])
        else:
            known[letter] = [source[len(letter) :]]
            ways.append((letter, known[letter]))
    written = [letter + either(rest) for letter, rest in ways]
    return written[0] if len(ways) == 1 else "(?:" + "|".join(written) + ")"


def regex_source(phrases: Iterable[str], vocabulary: Vocabulary) -> str:
    """Phrases as one regular expression over scan text, with word boundaries; the first that fits is found."""
    # Case only matters to entries that match exactly; guards and slots are lower case throughout.
    ways = either([sequence_source(parse(scan_text(phrase)), vocabulary) for phrase in phrases])
    return rf"(?<!\w){ways}(?!\w)"


@lru_cache(maxsize=1 << 14)  # guards share their phrases, and checkers their guards
def compile_all(phrases: tuple[str, ...], vocabulary: Vocabulary) -> re.Pattern[str]:
    """One pattern that finds any of the phrases in scan text, the longest that fits ("we will" before "we")."""
    return compile_ordered(tuple(sorted(phrases, key=len, reverse=True)), vocabulary)


def compile_ordered(
    phrases: Iterable[str], vocabulary: Vocabulary, *, before: str = "", behind: str = ""
) -> re.Pattern[str]:
    """One pattern that finds the first of the phrases that fits, between two expressions."""
    phrases = tuple(phrases)
    of = f"{vocabulary.mark} {before} {phrases} {behind}"
    return expression(of, lambda: before + regex_source(phrases, vocabulary) + behind)
