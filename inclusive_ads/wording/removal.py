"""Taking a demand out of its sentence, by what the grammar of the place allows. Offsets are those of the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inclusive_ads.lexicon.kept import long_expression
from inclusive_ads.lexicon.scan_text import scan_text
from inclusive_ads.lexicon.shared import CuresFile

_WORD = re.compile(r"[^\W_][\w'’]*")
_JOINT = re.compile(r"\s*[,;:](?:\s+(?:and|or|but)(?=\s))?\s+|\s+(?:and|or|but|&|[-–—]|\+)\s+", re.IGNORECASE)
_STOP = re.compile(r"[\s.!?;,:]*$")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_ORPHAN = re.compile(
    r"\)\s*\(|\s[,.;:](?=\s|$)|[,;:]\s*[,;:.!?]|\.\s*\.|\(\s*\)|\(\s*[,;]|[,;]\s*\)|\([^()]*\(|[,;:]$|^\W*[,;]"
)
_MEMBER = 5  # words; a longer part of a list may be a clause

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands between two joints; `before` and `after` are these joints, empty at the ends."""

    start: int
    end: int
    before: Span
    after: Span


class Removal:
    """Finds what may go; safe to share between threads."""

    def __init__(self, words: CuresFile) -> None:
        self._frame = frozenset(words.frame.split())
        self._subjects = frozenset(words.subjects.split())
        self._bases = frozenset(words.bases)
        self._modals = re.compile(rf"(?<!\d )\b(?:{either(words.modals)})\s", re.IGNORECASE)
        self._trailing = re.compile(rf"(?:{either(words.trailing)})\b", re.IGNORECASE)
        self._refuses = re.compile(rf"\b(?:{either(words.negations)})\b", re.IGNORECASE)
        beside = words.beside_written()
        self._able_last, self._predicate = (
            re.compile(beside[name], re.IGNORECASE) for name in ("able_last", "predicate")
        )
        self._must_be = re.compile(rf"((?:{either(words.modals)}) be )(?:an? )?", re.IGNORECASE)
        self._links = re.compile(rf"\b(?:{either(words.links)})\s+$", re.IGNORECASE)
        self._reasons = re.compile(rf"(?<![\w-])(?:{either(words.reasons)})(?![\w-])", re.IGNORECASE)

    def ways(
        self,
        sentence: str,
        start: int,
        end: int,
        traits: Sequence[Span] = (),
        *,
        names_work: bool = False,
        with_reason: bool = False,
    ) -> Iterator[list[Span]]:
        """Stretches that may be taken out, the likeliest first; whoever asks must see whether the rest reads.

        Args:
            sentence: without the space behind it.
            start, end: the demand.
            traits: what in the demand says whom it shuts out.
            with_reason: whether the reason for it goes with it.
            names_work: whether the demand may say what the work is, too: "a young cook" does, which stays.

        Yields:
            spans to take out together; the whole sentence as one span from 0 to its end.
        """
        end = start + len(self._able_last.sub("", sentence[start:end].rstrip(" ,;:")))
        loses = names_work and any(self._is_before_work(sentence, place, end, traits) for _, place in traits)
        loses |= bool(names_work and traits and not self._carries(sentence[traits[-1][1] : end]))
        before, behind = sentence[:start], sentence[end:]
        alone = self._carries(behind) or (with_reason and self._has_reason(behind))
        if alone and not loses and self._carries(before):
            yield [(0, len(sentence))]
            return
        for bracket in _BRACKETS.finditer(sentence):
            if bracket.start() <= start and end <= bracket.end():
                yield [bracket.span()]
        if not loses:
            yield from self._parts_that_go(sentence, start, end, traits)
        if traits and traits[0][0] > start:
            yield from self._parts_that_go(sentence, traits[0][0], traits[-1][1], traits)

    def _parts_that_go(self, sentence: str, start: int, end: int, traits: Sequence[Span]) -> Iterator[list[Span]]:
        """What may go of a sentence that says more: the parts of it that hold the demand and nothing else."""
        parts = _parts(sentence)
        first = next(i for i, part in enumerate(parts) if start < part.end + 1)
        last = next((i for i, part in enumerate(parts) if end <= part.end), len(parts) - 1)
        low, high = parts[first].start, parts[last].end
        head, follower = sentence[low:start], parts[last + 1] if last + 1 < len(parts) else None
        if not self._carries(sentence[end:high]):
            return
        if first and self._carries(head):
            yield _member(sentence, parts, first, last)
        if follower:
            if not first and self._carries(head) and self._opens_clause(sentence, follower):
                yield [(0, follower.start)]
            yield from self._before(sentence, start, follower, traits)
            if not first and not head.strip() and self._stands_alone(sentence, end, follower, traits, start):
                yield [(0, follower.start)]
        if first and self._is_clause(head):
            yield [(parts[first].before[0], high)]
        if head.strip() and self._trailing.match(sentence, start) and not self._refuses.search(head):
            yield [(low + len(head.rstrip()), high)]

    @staticmethod
    def _stands_alone(sentence: str, end: int, follower: _Part, traits: Sequence[Span], start: int) -> bool:
        """Whether a demand that begins its sentence has no more to do with what follows than a row of catchwords."""
        joint = sentence[slice(*follower.before)].strip()
        if joint in ("-", "–", "—", ";"):
            return True
        catchword = start == (traits[0][0] if traits else 0) and len(_WORD.findall(sentence[:end])) <= _MEMBER
        return catchword and joint.lower() != "or"

    def clause_end(self, sentence: str, place: int) -> int:
        """Where the clause of a place ends: before a joint with a verb, a subject or a reason behind it."""
        for part in _parts(sentence):
            word = _WORD.match(sentence, part.start)
            first = word.group().lower() if word else ""
            opens = first in self._subjects or first in self._bases or self._modals.match(sentence, part.start)
            if part.before[0] >= place and (opens or self._reasons.match(sentence, part.start)):
                return part.before[0]
        stop = _STOP.search(sentence)
        return stop.start() if stop else len(sentence)

    def _carries(self, text: str) -> bool:
        return all(word.lower().replace("’", "'") in self._frame for word in _WORD.findall(text))

    def _is_before_work(self, sentence: str, place: int, end: int, traits: Sequence[Span]) -> bool:
        """Whether a word for the work stands behind a trait, within the demand: "a female carer"."""
        word = None if _JOINT.match(sentence, place) else re.match(r" ([^\W\d_][\w-]*)", sentence[place:end])
        return word is not None and not self._carries(word[1]) and place + 1 not in (start for start, _ in traits)

    def _opens_clause(self, sentence: str, part: _Part) -> bool:
        """Whether a part is a clause: it begins with a subject, or it tells what to do, as the one before it does."""
        word = _WORD.match(sentence, part.start)
        first = word.group().lower() if word else ""
        told = first in self._bases and not self._modals.search(sentence[: part.start])
        return first in self._subjects or told

    def _is_clause(self, head: str) -> bool:
        """Whether the words before a demand are those of a clause of its own: "..., the post needs a"."""
        words = _WORD.findall(head)
        return bool(words) and words[0].lower() in self._subjects and len(words) <= _MEMBER

    def _has_reason(self, rest: str) -> bool:
        """Whether nothing but the reason for it follows a demand."""
        found = self._reasons.search(rest)
        return found is not None and self._carries(rest[: found.start()])

    def _before(self, sentence: str, start: int, follower: _Part, traits: Sequence[Span]) -> Iterator[list[Span]]:
        """The first of several, whose verb the next one needs: "must be [under 30 and] reliable"."""
        word = _WORD.match(sentence, follower.start)
        modals = list(self._modals.finditer(sentence, 0, follower.start))
        if self._modals.match(sentence, follower.start) and modals and modals[0].start() <= start + 1:
            yield [(modals[0].start(), follower.start)]
        if word and word.group().lower() in self._bases and modals and modals[-1].end() <= follower.before[0]:
            yield [(modals[-1].end(), follower.start)]
        goes_on = self._predicate.match(sentence, follower.start)
        if (goes_on or not traits) and (led := self._must_be.match(sentence, start)):
            yield [(led.end(1 if goes_on else 0), follower.start)]
        if traits and traits[0][0] >= start and self._links.search(sentence[: traits[0][0]]):
            yield [(traits[0][0], follower.start)]


def _parts(sentence: str) -> list[_Part]:
    """The sentence in parts; what stands in brackets is no part of its own."""
    brackets = [bracket.span() for bracket in _BRACKETS.finditer(sentence)]
    joints = [j.span() for j in _JOINT.finditer(sentence) if not any(a < j.start() < b for a, b in brackets)]
    stop = _STOP.search(sentence)
    close = stop.start() if stop else len(sentence)
    joints = [(low, high) for low, high in joints if low and high < close]
    starts = [0, *(high for _, high in joints)]
    ends = [*(low for low, _ in joints), close]
    befores = [(0, 0), *joints]
    afters = [*joints, (close, close)]
    return [_Part(*part) for part in zip(starts, ends, befores, afters, strict=True)]


def _member(sentence: str, parts: Sequence[_Part], first: int, last: int) -> list[Span]:
    """A part that is not the first, with the joint before it; a list that loses its end gets another "and"."""
    joint = parts[first].before
    if ":" in sentence[slice(*joint)] and last + 1 < len(parts):  # the first behind a label
        return [(parts[first].start, parts[last + 1].start)]
    return [(joint[0], parts[last].end)]


def lost_and(sentence: str, taken: Span) -> tuple[int, int, str] | None:
    """The comma that must become "and" (or "or") where the end of a list goes: "A, B and C" → "A and B"."""
    parts = _parts(sentence)
    last = parts[-1]
    word = sentence[slice(*last.before)].strip(" ,").lower()
    if len(parts) < 3 or taken[0] != last.before[0] or taken[1] != last.end or word not in ("and", "or"):
        return None
    middle = parts[-2]
    short = len(_WORD.findall(sentence[middle.start : middle.end])) <= _MEMBER
    return (*middle.before, f" {word} ") if short and sentence[slice(*middle.before)].strip() == "," else None


def either(words: Sequence[str]) -> str:
    """An expression for any of these words."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


class Reading:
    """Whether a sentence that was mended still reads; safe to share between threads."""

    def __init__(self, words: CuresFile, broken: re.Pattern[str]) -> None:
        self._never_first = frozenset(words.never_first)
        self._frame = frozenset(words.frame.split())
        ends = either(words.never_last)
        self._half = re.compile(rf"(?:{either(words.subordinate)})\b[^,]*$")
        self._hangs = re.compile(rf"(?<![\w-])(?:{ends})\s*(?:[.!?;,:)]|$)")
        self._broken = long_expression(f"(?=({broken.pattern}))")  # wherever one begins, though it lies in another

    def is_right(self, sentence: str, before: str) -> bool:
        """Whether it does.

        Args:
            before: as it was: what it held already is no fault of the cure.
        """
        text, old = scan_text(sentence), scan_text(before)
        words, was = _WORD.findall(text), _WORD.findall(old)
        if len(words) < 2 and len(was) > 1:
            return False
        if self._frame.issuperset(words) and not self._frame.issuperset(was):  # "In this role." is left
            return False
        if self._half.match(text) and not self._half.match(old):
            return False
        if before[:1].isupper() and not sentence[:1].isupper() and not sentence[:1].isdigit():
            return False
        if _doubled(text) > _doubled(old) or len(_ORPHAN.findall(text)) > len(_ORPHAN.findall(old)):
            return False
        return not self.breaks(sentence, before)

    def breaks(self, sentence: str, before: str) -> bool:
        """Whether words stand side by side, begin it or end it that no sentence holds, and did not before."""
        text, old = scan_text(sentence), scan_text(before)
        first, was = _WORD.search(text), _WORD.search(old)
        if first and first.group() in self._never_first and not (was and was.group() == first.group()):
            return True
        hanging, hung = (len(self._hangs.findall(one)) for one in (text, old))
        return hanging > hung or bool(set(self._broken.findall(text)) - set(self._broken.findall(old)))


def _doubled(text: str) -> int:
    return len(re.findall(r"\b([^\W\d_]+)[ ,]+\1\b", text))
