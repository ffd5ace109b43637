"""Phrases made ready to be found: the strings they stand for, or an expression and where to look for it.

A phrase that stands for few strings is expanded into them and found by one literal scan; any other
is found by its rarest fixed words, its *anchor*, and then checked on the spot. Matching runs over
*scan text*: lower case, hyphens and dashes as spaces, the same length as the text it came from.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from inclusive_ads.lexicon.phrases import Choice, Gap, Part, PatternError, Sequence, Slot, Word, parse

_EXPANSIONS = 160
MOST_STRINGS = 2000  # of a cue, a term or a heading, each of which is looked for as it stands
_ANCHORS = 400
_NEEDS = 64
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_DASHES = "-‐‑‒–—"
_SLASH = re.compile(r" ?/ ?")
_CLOSE = (",", ":", "%", "'s")  # stand right behind a word
_SPACED = ("/", *(f" {sign}" for sign in _CLOSE))
# A letter that begins an expression and has to be there; a space may be several.
_START = re.compile(r" \+|(?:[^\W_]|\\[^\w\s]|[,/&:%\ue000-\ue00f])(?![?*+{])")
_GAP_WORD = r"(?:[^\s;:!?()]*[^\s.;:!?()]|\([a-z&/]{2,8}\))"  # or letters in brackets, as in "care assistant (hca)"

_TEENS = ("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy")
BUILTIN: Mapping[str, str] = {
    # Job boards mask digits with asterisks; a masked number is still a number.
    "digits": r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|\*{2,})\+?",
    "bracketed": r"\( ?\d+\+? ?\)",  # as in "two (2) years"
    # An age at which people work, in figures or words.
    "age": (
        rf"(?:1[4-9]|[2-7]\d|80|{'|'.join(_TEENS)}"
        rf"|(?:{'|'.join(_TENS)})(?: (?:one|two|three|four|five|six|seven|eight|nine))?)"
    ),
    "past_year": r"(?:1[4-9]\d\d|20[01]\d)s?",
    # Units are often written without the space.
    "weight": r"\d+(?:\.\d+)?\+? ?(?:kgs?|kilos?|kilograms?|lbs?|ibs|pounds?)",
    "joined_years": r"(?:\d+\+?|\*{2,})\+?(?:years?|yrs?|months?|mths?)'?",
    "money": (
        # No amount is longer; without the bound, work would grow with the square of a long row of digits.
        r"(?:[£$€] ?(?:\d[\d,.]{0,20}|\*{2,})k?|(?:gbp|eur|usd) ?\d[\d,.]{0,20}k?"
        r"|\d[\d,.]{0,20}(?:k\b| ?(?:pounds|gbp)\b)|\*{2,}k?)"
    ),
}
FIGURE = "0"  # stands for any number in figures
FIGURES = re.compile(r"[\d*]+")
# How such a slot may begin.
NUMBERS: Mapping[str, tuple[str, ...]] = {"digits": (FIGURE,), "past_year": (FIGURE,), "age": (FIGURE, *_TEENS, *_TENS)}


def scan_text(text: str) -> str:
    """`text` as it is scanned: lower case, dashes as spaces; never changes its length."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals, such as İ, have two-character lower cases
        lowered = text.translate(_LOWER)
    return without_dashes(lowered)


def without_dashes(text: str) -> str:
    """`text` with every dash as a space."""
    for dash in _DASHES:  # several times as fast as one `translate`
        text = text.replace(dash, " ")
    return text


def bounded(scan: str, start: int, end: int) -> bool:
    """Whether ``scan[start:end]`` begins and ends with whole words."""
    if start and scan[start].isalnum() and (scan[start - 1].isalnum() or scan[start - 1] == "_"):
        return False
    return not (end < len(scan) and scan[end - 1].isalnum() and (scan[end].isalnum() or scan[end] == "_"))


def holds_all(text: str, needs: Iterable[Iterable[str]]) -> bool:
    """Whether a word of each set stands in `text` (plain loops: this is asked most often of all)."""
    for words in needs:
        for word in words:
            if word in text:
                break
        else:
            return False
    return True


@dataclass(slots=True)
class Vocabulary:
    """What slots stand for, and words with more than one spelling.

    Attributes:
        slots: slot name → phrases.
        spellings: word → all its spellings, itself included (British and American).
        abbreviations: the same for short forms; they count only beside other words.
        common: words so frequent that a search had better not begin with them.
        builtin: slots that are expressions.
        most: strings that a part may stand for and still be sought by.
        pause: an expression that may stand before the words of a gap.
        signs: slot of `builtin` → the signs of masked text of which it needs one.
        needed: slot → words one of which stands in every match (see `needs`; kept here once known).
    """

    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    abbreviations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    common: frozenset[str] = frozenset()
    builtin: Mapping[str, str] = field(default_factory=lambda: BUILTIN)
    most: int = _ANCHORS
    pause: str = ""
    signs: Mapping[str, str] = field(default_factory=dict)
    needed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _sources: dict[str, str] = field(default_factory=dict)
    _parsed: dict[str, tuple[Sequence, ...]] = field(default_factory=dict)
    _strings: dict[str, list[str] | None] = field(default_factory=dict)
    _anchors: dict[str, list[str] | None] = field(default_factory=dict)

    def slot(self, name: str) -> tuple[Sequence, ...]:
        """The parsed phrases of a slot.

        Raises:
            PatternError: there is no such slot.
        """
        if name not in self._parsed:
            if name not in self.slots:
                near = ", ".join(sorted(n for n in (*self.slots, *self.builtin) if n[:2] == name[:2])) or "none near"
                raise PatternError(f"there is no slot '{{{name}}}' (similar: {near})")
            self._parsed[name] = tuple(parse(phrase) for phrase in self.slots[name])
        return self._parsed[name]

    def words(self, word: str, *, alone: bool) -> tuple[str, ...]:
        """All ways to write a word of a phrase."""
        found = self.spellings.get(word, (word,))
        short = () if alone else self.abbreviations.get(word.strip("'"), ())
        return tuple(dict.fromkeys((*found, *short))) if short else found

    def strings(self, name: str) -> list[str] | None:
        """Every string that a slot stands for; None as for `expand`."""
        if name in self.builtin:
            return None
        if name not in self._strings:
            self._strings[name] = _alternatives(self.slot(name), self)
        return self._strings[name]

    def anchors(self, name: str) -> list[str] | None:
        """Strings one of which stands in every match of a slot, or None."""
        if name not in self._anchors:
            self._anchors[name] = _anchors_of(self.slot(name), self)
        return self._anchors[name]

    def source(self, name: str) -> str:
        """The slot as a regular expression."""
        if name in self.builtin:
            return self.builtin[name]
        if name not in self._sources:
            self._sources[name] = _options([sequence_source(option, self) for option in self.slot(name)])
        return self._sources[name]


def expand(sequence: Sequence, vocabulary: Vocabulary, limit: int = _EXPANSIONS) -> list[str] | None:
    """Every string the sequence stands for, or None where that is more than `limit` or has no end."""
    return combine(expand_parts(sequence, vocabulary), limit)


def expand_parts(sequence: Sequence, vocabulary: Vocabulary) -> list[list[str] | None]:
    """For each part of a sequence the strings it stands for; None where they are too many, or are no strings."""
    alone = len(sequence.parts) == 1
    return [_expand_part(part, vocabulary, alone=alone) for part in sequence.parts]


def _always(parts: Iterable[list[str] | None]) -> list[list[str] | None]:
    """The strings of the parts that are always there, in few words; None for the others."""
    return [strings if strings and all(strings) else None for strings in parts]


def combine(parts: Iterable[list[str] | None], limit: int) -> list[str] | None:
    """One string of each part in turn, in every way; None as for `expand`."""
    lists: list[list[str]] = []
    total = 1
    for strings in parts:
        if strings is None:
            return None
        lists.append(strings)
        total *= len(strings)
        if total > limit:
            return None
    ways = (" ".join(filter(None, words)) for words in itertools.product(*lists))
    return list(dict.fromkeys(itertools.chain.from_iterable(map(_spaced, ways))))


def _expand_part(part: Part, vocabulary: Vocabulary, *, alone: bool) -> list[str] | None:
    if isinstance(part, Gap):
        return None
    if isinstance(part, Word):
        words = vocabulary.words(part.text, alone=alone)
        return list(dict.fromkeys(itertools.chain.from_iterable(map(_apostrophes, words))))
    if isinstance(part, Slot):
        return vocabulary.strings(part.name)
    strings = _alternatives(part.options, vocabulary)
    return ["", *strings] if strings and part.optional else strings


def _alternatives(options: tuple[Sequence, ...], vocabulary: Vocabulary) -> list[str] | None:
    found: list[str] = []
    for option in options:
        strings = expand(option, vocabulary, vocabulary.most)
        if strings is None or len(found) + len(strings) > vocabulary.most:
            return None
        found.extend(strings)
    return found


def _spaced(text: str) -> Iterable[str]:
    """The text with the spaces that belong at its slashes and commas."""
    return _slashes(tight(text)) if any(sign in text for sign in _SPACED) else (text,)


def _apostrophes(word: str) -> list[str]:
    return [word, word.replace("'", "")] if "'" in word and len(word) > 2 else [word]


def _slashes(text: str) -> list[str]:
    """The text with and without spaces at its slashes (in one way throughout where there are many)."""
    first, *rest = _SLASH.split(text)
    ways = ("/", " / ", "/ ", " /")
    joins = itertools.product(ways, repeat=len(rest)) if len(rest) < 3 else ((way,) * len(rest) for way in ways)
    return [first + "".join(map("".join, zip(join, rest, strict=True))) for join in joins]


def tight(text: str) -> str:
    """Joined words without the spaces that slashes do not have, nor the signs that stand right behind a word."""
    for sign in _CLOSE:
        text = text.replace(f" {sign}", sign)
    return text.replace(" / ", "/")


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
        glued = False
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
            if others:
                ways.append(space + _part_source(Choice(others, optional=False), vocabulary, alone=alone))
            return _options(ways)
    elif isinstance(part, Word) and part.text in _CLOSE:
        space = " ?"
    return space + _part_source(part, vocabulary, alone=alone)


def _may_close(parts: Iterable[Part]) -> bool:
    """Whether the first of the parts that has to be there, or one before it, may stand right behind a word."""
    for part in parts:
        if isinstance(part, Word) and part.text in (*_CLOSE, "/"):
            return True
        if isinstance(part, Choice) and any(map(_is_comma, part.options)):
            return True
        if not isinstance(part, Gap) and not (isinstance(part, Choice) and part.optional):
            return False
    return False


def _is_comma(option: Sequence) -> bool:
    return bool(option.parts) and isinstance(option.parts[0], Word) and option.parts[0].text in _CLOSE


def _part_source(part: Word | Slot | Choice, vocabulary: Vocabulary, *, alone: bool) -> str:
    if isinstance(part, Word):
        # An apostrophe may be missing, except where it is all that tells "post's" from "posts".
        ways = [w[:1] + w[1:].replace("'", "'?") for w in map(re.escape, vocabulary.words(part.text, alone=alone))]
        return _options(ways)
    if isinstance(part, Slot):
        return vocabulary.source(part.name)
    return _options([sequence_source(option, vocabulary) for option in part.options])


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


def compile_all(phrases: tuple[str, ...], vocabulary: Vocabulary) -> re.Pattern[str]:
    """One pattern that finds any of the phrases in scan text."""
    ordered = sorted(phrases, key=len, reverse=True)  # "we will" before "we": an alternation takes the first that fits
    return re.compile(regex_source(ordered, vocabulary))


@dataclass(frozen=True, slots=True)
class Compiled:
    """A phrase ready to be found.

    Attributes:
        phrase, vocabulary: what it was made from.
        literals: the strings it stands for, or () where it needs `pattern`.
        anchors: strings one of which stands in every match of `pattern` with its spaces taken singly, else ().
        words: all words that the phrase cannot do without, and their other ways.
    """

    phrase: str
    vocabulary: Vocabulary
    literals: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()

    @property
    def pattern(self) -> str:
        """The phrase as a regular expression (made anew each time), or "" where the literals are all."""
        return regex_source([self.phrase], self.vocabulary) if self.anchors else ""

    @property
    def needs(self) -> tuple[tuple[str, ...], ...]:
        """Sets of strings; where none of a set stands near an anchor, `pattern` cannot match (made anew each time)."""
        sequence = parse(scan_text(self.phrase))
        parts = _always(expand_parts(sequence, self.vocabulary))
        return tuple(sorted(_needs(parts, self.anchors), key=len))


def compile_phrase(phrase: str, vocabulary: Vocabulary, *, exact: bool = False, most: int = _EXPANSIONS) -> Compiled:
    """Expand a phrase, or find its anchor.

    Args:
        exact: keep the phrase's capitals (they count only for literals).
        most: expand it into so many strings at most.

    Raises:
        PatternError: the phrase is wrong, or has no fixed word to look for.
    """
    sequence = parse(without_dashes(phrase) if exact else scan_text(phrase))
    _check_slots(sequence, vocabulary)
    strings = expand_parts(sequence, vocabulary)
    literals = combine(strings, most)
    if literals is not None:
        if not all(literals):
            raise PatternError(f"'{phrase}' may stand for nothing at all")
        return Compiled(phrase, vocabulary, literals=tuple(literals))
    always = _always(strings)
    best = max(_runs(always, vocabulary.most), key=lambda run: _worth(run, vocabulary.common), default=None)
    anchors = combine(best, vocabulary.most) if best else None
    anchors = anchors or _any_anchor(sequence, vocabulary)
    if not anchors:
        raise PatternError(f"'{phrase}' has no fixed word to look for; spell out at least one")
    words = frozenset(scan_text(" ".join(itertools.chain.from_iterable(filter(None, always)))).split())
    return Compiled(phrase, vocabulary, anchors=tuple(anchors), words=words)


def _any_anchor(sequence: Sequence, vocabulary: Vocabulary) -> list[str] | None:
    """Strings one of which stands in every match: of a part that is always there, the best of each of its options."""
    best = max(
        _runs(_always(expand_parts(sequence, vocabulary)), vocabulary.most),
        key=lambda run: _worth(run, vocabulary.common),
        default=None,
    )
    if best and (ways := combine(best, vocabulary.most)):
        return ways
    for part in sequence.parts:
        ways = None
        if isinstance(part, Choice) and not part.optional:
            ways = _anchors_of(part.options, vocabulary)
        elif isinstance(part, Slot) and part.name not in vocabulary.builtin:
            ways = vocabulary.anchors(part.name)
        if ways:
            return ways
    return None


def _anchors_of(options: Iterable[Sequence], vocabulary: Vocabulary) -> list[str] | None:
    """Strings one of which stands in every match of any of the options, or None."""
    found: dict[str, None] = {}
    for option in options:
        ways = _any_anchor(option, vocabulary)
        if not ways:
            return None
        found.update(dict.fromkeys(ways))
    return list(found) if len(found) <= vocabulary.most else None


def strings(phrase: str, vocabulary: Vocabulary) -> list[str]:
    """Every string of a cue, a term or a heading, which must stand for no more than a few thousand.

    Raises:
        PatternError: the phrase is wrong, or stands for too much.
    """
    found = expand(parse(scan_text(phrase)), vocabulary, MOST_STRINGS)
    if found is None or not all(found):
        raise PatternError(f"'{phrase}' stands for too much; use plain words and short lists")
    return found


def check_phrase(phrase: str, vocabulary: Vocabulary) -> None:
    """Read a phrase and look up its slots.

    Raises:
        PatternError: it cannot be read, or a slot is not there.
    """
    _check_slots(parse(scan_text(phrase)), vocabulary)


def _check_slots(sequence: Sequence, vocabulary: Vocabulary) -> None:
    """Look up every slot now: the expression is written when it is first used, too late to complain."""
    for part in sequence.parts:
        if isinstance(part, Slot) and part.name not in vocabulary.builtin:
            vocabulary.slot(part.name)
        elif isinstance(part, Choice):
            for option in part.options:
                _check_slots(option, vocabulary)


def _needs(fixed: Iterable[list[str] | None], anchors: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """A word of each part that is always there, where these are few and not in every anchor anyway."""
    for strings in fixed:
        if strings is not None and len(strings) <= _NEEDS:
            # Between words there may be more than one space (a dash among them), so one word must do.
            words = tuple(dict.fromkeys(max(scan_text(s).split(), key=len) for s in strings))
            if not all(any(word in scan_text(anchor) for word in words) for anchor in anchors):
                yield words


def _runs(always: list[list[str] | None], most: int) -> Iterator[list[list[str]]]:
    """Stretches of parts that are always there and stand for few strings together."""
    for start in range(len(always)):
        run: list[list[str]] = []
        for ways in always[start:]:
            if ways is None:
                break
            run = [*run, ways]
            if math.prod(map(len, run)) <= most:
                yield run


def _worth(run: list[list[str]], common: Container[str]) -> tuple[int, int, int]:
    """The longer the rarer, common words apart; beyond twelve letters few strings are better."""
    letters = sum(min(_length(way, common) for way in ways) + 1 for ways in run)
    return min(12, letters), -math.prod(map(len, run)), letters


def _length(way: str, common: Container[str]) -> int:
    return sum(len(word) for word in way.split() if word not in common)
