"""Context decides: is this wording, here, about whom we think, and is it really a fault?

`Advert` is the analysed text. Each mechanism is a small function of an advert and a candidate;
`Context.judge` asks them in order and keeps what each said, so that a finding can explain itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from inclusive_ads.document import Block, Document
from inclusive_ads.lexicon import Entry, Guard
from inclusive_ads.loading import Lexicon
from inclusive_ads.matching import LONGEST, Candidate, Scan
from inclusive_ads.patterns import compile_all, scan_text, strings
from inclusive_ads.pipeline import Syntax
from inclusive_ads.report import GuardResult, Severity

_BREAK = re.compile(r"[.!?]['\")\]]*[ ]+(?=[A-Z0-9\"'(\[£•*])|\n")
# Where the capitals were lost, a stop and a space must do.
_LOWER_BREAK = re.compile(r"[.!?]['\")\]]*[ ]+|\n")
_NO_BREAK = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|no|dr|mr|mrs|ms|st|approx|hrs|inc|incl|ltd|p\.a|tel|ext|prof|ref|vs|[a-z]))\.['\")\]]* +$",
    re.I,
)
_FAR = 240  # characters: some forty words
_WITHIN = 12  # words; others who were named further off are no longer the subject
_CAPITAL_RUN = r"(?:[A-Z][\w'&/-]*|of|and|the|for|in|to|&)"


class Advert:
    """One advert, ready to be judged: clean text, its scan, sentences and sections."""

    def __init__(self, document: Document, lower: str, found: Scan, sections: Iterable[str]) -> None:
        self.document = document
        self.text = document.text
        self.lower = lower
        self.found = found
        self.breaks = _breaks(self.text)
        self.sections = find_sections(self.text, document, found, sections)
        self._leading = _leading(document.blocks)
        self._section_starts = [start for start, _ in self.sections]
        self._searched: dict[tuple[int, int, int], bool] = {}

    def sentence(self, place: int) -> tuple[int, int]:
        """The sentence that holds `place`, half-open; never crosses a block.

        Text that lost its full stops is one endless sentence: what stands far off says nothing about `place`.
        """
        index = bisect_right(self.breaks, place)
        low, high = self.breaks[index - 1], self.breaks[index] if index < len(self.breaks) else len(self.text)
        if high - low > 2 * _FAR:
            if place - _FAR > low:
                space = self.text.find(" ", place - _FAR, place)
                low = space + 1 if space >= 0 else place - _FAR
            if place + _FAR < high:
                space = self.text.rfind(" ", place, place + _FAR)
                high = space + 1 if space >= 0 else place + _FAR
        return low, high

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The sentence of a stretch with the one before and the one after it."""
        low, high = self.sentence(start)[0], self.sentence(max(start, end - 1))[1]
        return self.sentence(max(0, low - 2))[0], self.sentence(min(len(self.text), high + 1))[1]

    def section(self, place: int) -> str:
        """Name of the section that `place` stands in, or ""."""
        index = bisect_right(self._section_starts, place)
        return self.sections[index - 1][1] if index else ""

    def is_title(self, place: int) -> bool:
        """Whether `place` opens the advert, or stands in a heading that opens no known section."""
        blocks = self.document.blocks
        index = max(0, bisect_right(blocks, place, key=lambda block: block.start) - 1)
        return bool(blocks) and not self.section(place) and (index == 0 or blocks[index].kind == "heading")

    def introduction(self, place: int) -> tuple[int, int]:
        """The line that leads to `place`: what stands before its list, or the heading right above; empty where none."""
        blocks = self.document.blocks
        index = self._leading[max(0, bisect_right(blocks, place, key=lambda block: block.start) - 1)]
        return (blocks[index].start, blocks[index].end) if index >= 0 else (0, 0)

    def cues(self, name: str, low: int, high: int) -> list[tuple[int, int]]:
        """Places of a mechanism's cue between two offsets."""
        places = self.found.cues.get(name, [])
        return [(s, e) for s, e in places[_first_end(places, low) : _first_end(places, high + 1)] if s >= low]

    def holds(self, pattern: re.Pattern[str], low: int, high: int) -> bool:
        """Whether a guard's phrase stands between two offsets (remembered)."""
        key = (id(pattern), low, high)
        if key not in self._searched:
            self._searched[key] = pattern.search(self.lower, low, high) is not None
        return self._searched[key]


def _leading(blocks: Sequence[Block]) -> list[int]:
    """For each block the index of the one that leads to it, or -1."""
    found: list[int] = []
    for index, block in enumerate(blocks):
        before = blocks[index - 1].kind if index else ""
        if block.kind == before == "item":
            found.append(found[-1])
        else:
            found.append(index - 1 if block.kind == "item" or before == "heading" else -1)
    return found


def _first_end(places: list[tuple[int, int]], offset: int) -> int:
    """Index of the first place that ends at `offset` or later; a scan finds places in order of their ends."""
    return bisect_left(places, offset, key=lambda place: place[1])


def _breaks(text: str) -> list[int]:
    return [0] + [
        match.end()
        for match in (_LOWER_BREAK if text.islower() else _BREAK).finditer(text)
        if match.group() == "\n" or not _NO_BREAK.search(text, max(0, match.start() - 12), match.end())
    ]


def find_sections(text: str, document: Document, found: Scan, names: Iterable[str]) -> list[tuple[int, str]]:
    """(start, name) of each section: known headings, on lines of their own or capitalised with a colon.

    The colon is all that is left of a heading in text that lost its line breaks.
    """
    headings = {b.start: b for b in document.blocks if b.kind == "heading"}
    sections = dict.fromkeys(headings, "")
    for name in names:
        for start, end in found.cues.get(f"section {name}", ()):
            block = headings.get(start) or headings.get(start - 4)
            if block is not None and not text[end : block.end].strip(" :.*#-"):
                sections[block.start] = name
            elif text[start].isupper() and text[end : end + 2].lstrip().startswith(":"):
                sections[start] = name
    return sorted(sections.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What context made of a candidate: its severity (None: silent) and the guards that were tried."""

    severity: Severity | None
    guards: tuple[GuardResult, ...]


class Context:
    """The guards of the entries and the general mechanisms, ready to judge.

    Args:
        without: names of mechanisms to leave out ("negation", "guards", "who is meant"...), to measure their worth.
    """

    def __init__(self, lexicon: Lexicon, syntax: Syntax, without: Collection[str] = ()) -> None:
        self._lexicon = lexicon
        self._patterns: dict[tuple[str, ...], re.Pattern[str]] = {}
        self._about = lexicon.sections.about
        self._equal = frozenset(lexicon.context.equality.categories)
        heads = "|".join(re.escape(head) for head in lexicon.context.names.heads)
        self._name = re.compile(rf"(?:{_CAPITAL_RUN} +)*(?:{heads})\b(?: +{_CAPITAL_RUN})*")
        self._syntax = syntax
        self._without = frozenset(without)
        self._nouns = {
            literal: name
            for name, phrases in (
                ("others", lexicon.context.referent.others),
                ("applicant", lexicon.context.referent.applicant),
                ("employer", lexicon.context.referent.employer),
            )
            for phrase in phrases
            for literal in strings(phrase, lexicon.vocabulary)
        }

    def judge(self, advert: Advert, candidate: Candidate) -> Judgement:
        """Ask everything that could make the wording fine, cheapest first."""
        entry = candidate.entry
        tried: list[GuardResult] = []
        severity = Severity(entry.severity)
        for name, mechanism, because in self._mechanisms(entry):
            if mechanism(advert, candidate):
                return Judgement(severity=None, guards=(*tried, GuardResult(guard=name, applied=True, because=because)))
            tried.append(GuardResult(guard=name, applied=False, because=because))
        for guard in () if "guards" in self._without else entry.only:
            holds = self._holds(guard, advert, candidate) or self._introduced(guard, advert, candidate)
            tried.append(GuardResult(guard=f"only {guard.scopes[0][0]}", applied=not holds, because=guard.because))
            if not holds:
                return Judgement(severity=None, guards=tuple(tried))
        for guard in () if "guards" in self._without else entry.unless:
            holds = self._holds(guard, advert, candidate)
            tried.append(
                GuardResult(
                    guard=guard.scopes[0][0], applied=holds, because=guard.because, severity=guard.then if holds else ""
                )
            )
            if holds:
                if guard.then == "silent":
                    return Judgement(severity=None, guards=tuple(tried))
                severity = max(severity, Severity(guard.then), key=lambda s: s.rank)
        if entry.about == "applicant" and "who is meant" not in self._without:
            who = self.who(advert, candidate)
            outcome = "silent" if who in ("others", "employer") else entry.unclear if who == "unclear" else "flag"
            tried.append(
                GuardResult(guard="who is meant", applied=outcome != "flag", because=f"the wording is about: {who}")
            )
            if outcome == "silent":
                return Judgement(severity=None, guards=tuple(tried))
            if outcome != "flag":
                severity = max(severity, Severity(outcome), key=lambda s: s.rank)
        return Judgement(severity=severity, guards=tuple(tried))

    def _mechanisms(self, entry: Entry) -> list[tuple[str, Callable[[Advert, Candidate], bool], str]]:
        """The general mechanisms that may silence an entry, with what each means."""
        despite = entry.despite
        found: list[tuple[str, Callable[[Advert, Candidate], bool], str]] = []
        if "terms" not in despite:
            found.append(("terms", is_term, "it is part of a term of art, a name or a house term"))
        if "name" not in despite:
            found.append(("name", self.is_name, "it is part of the name of a body, law, post or scheme"))
        if entry.pronoun:
            found.append(("person", refers_to_person, "it refers to a named person or a known office-holder"))
        if "negation" not in despite:
            found.append(("negation", self.is_negated, "the advert says the opposite"))
        if "mention" not in despite:
            found.append(("mention", is_mentioned, "the wording is spoken about, not used"))
        if "equality" not in despite and entry.category in self._equal:
            found.append(("equality", self.is_equality, "the sentence names groups for equality's sake"))
        return [mechanism for mechanism in found if mechanism[0] not in self._without]

    def _holds(self, guard: Guard, advert: Advert, candidate: Candidate) -> bool:
        scope, phrases = guard.scopes[0]
        if scope == "section":
            return advert.section(candidate.start) in phrases
        pattern = self._pattern(phrases)
        start, end = candidate.start, candidate.end
        low, high = advert.sentence(start)[0], advert.sentence(max(start, end - 1))[1]
        if scope == "sentence":
            return advert.holds(pattern, low, high)
        if scope == "before":
            return advert.holds(pattern, low, start)
        if scope == "after":
            return advert.holds(pattern, end, high)
        if scope == "nearby":
            return advert.holds(pattern, *advert.around(start, end))
        if scope == "advert":
            return advert.holds(pattern, 0, len(advert.lower))
        # Beside the match the pattern may not reach into it, or an optional word would hide what stands there.
        low, high = max(low, start - 80), min(high, end + 80)
        if scope == "part_of":
            return any(m.start() <= start and end <= m.end() for m in pattern.finditer(advert.lower, low, high))
        if scope == "just_before":
            return any(
                not advert.lower[m.end() : start].strip(" '\",(/") for m in pattern.finditer(advert.lower, low, start)
            )
        return any(
            not advert.lower[end : m.start()].strip(" '\",(/)") for m in pattern.finditer(advert.lower, end, high)
        )

    def _introduced(self, guard: Guard, advert: Advert, candidate: Candidate) -> bool:
        """Whether the line that leads to a list holds what its items leave out, such as "You should have"."""
        scope, phrases = guard.scopes[0]
        top, bottom = advert.introduction(candidate.start)
        leads = scope == "sentence" and top < bottom and not advert.text[top:bottom].endswith((".", "!", "?"))
        return leads and advert.holds(self._pattern(phrases), top, bottom)

    def _pattern(self, phrases: tuple[str, ...]) -> re.Pattern[str]:
        pattern = self._patterns.get(phrases)
        if pattern is None:
            pattern = self._patterns[phrases] = compile_all(phrases, self._lexicon.vocabulary)
        return pattern

    def is_name(self, advert: Advert, candidate: Candidate) -> bool:
        """Part of a capitalised run with a head such as "Network", "Act" or "Ward"."""
        start, end, text = candidate.start, candidate.end, advert.text
        if not text[start].isupper():
            return False
        low, high = advert.sentence(start)
        stretch = text[low:high]
        if stretch.isupper():
            return False
        for match in self._name.finditer(text, max(low, start - 60), min(high, end + 60)):
            if match.start() <= start and end <= match.end() and match.end() - match.start() > end - start:
                return True
        return False

    def is_negated(self, advert: Advert, candidate: Candidate) -> bool:
        """A cue such as "no need to" before it or "is not essential" after it, in the same clause."""
        low, high = advert.sentence(candidate.start)
        stops = [s for s, _ in advert.cues("negation-stop", low, high)]
        within = self._lexicon.context.negation.within
        # A stop that begins with the cue takes its force, too: "not only".
        before = any(
            _distance(advert, end, candidate.start) <= within and not any(start <= s < candidate.start for s in stops)
            for start, end in advert.cues("negation-before", low, candidate.start)
        )
        # A heading such as "What you don't need" speaks for all that stands under it.
        top, bottom = advert.introduction(candidate.start)
        heading = any(
            not advert.text[end:bottom].strip(" :.*#-") for _, end in advert.cues("negation-heading", top, bottom)
        )
        return (
            before
            or heading
            or any(
                _distance(advert, candidate.end, start) <= within and not any(candidate.end <= s < start for s in stops)
                for start, _ in advert.cues("negation-after", candidate.end, high)
            )
        )

    def is_equality(self, advert: Advert, candidate: Candidate) -> bool:
        """A list of protected characteristics, or a sentence that welcomes everyone with no "as long as" in between."""
        low, high = advert.sentence(candidate.start)
        named = advert.cues("characteristic", low, high)
        if len({advert.lower[s:e] for s, e in named}) >= self._lexicon.context.equality.at_least:
            return True
        stops = [s for s, _ in advert.cues("negation-stop", low, candidate.start)]
        return any(not any(end <= stop for stop in stops) for _, end in advert.cues("equality", low, high))

    def who(self, advert: Advert, candidate: Candidate) -> str:
        """Who is meant: "applicant", "employer", "others" or "unclear"."""
        low, high = advert.sentence(candidate.start)
        start, end = candidate.start, candidate.end
        others = advert.cues("others", low, high)
        if any(s < end + 12 and e > end and s >= start and _distance(advert, end, s) <= 1 for s, e in others):
            return "others"
        serving = advert.cues("serving", low, start)
        near = any(s >= start and _distance(advert, end, s) <= 3 for s, _ in others)
        if serving and near and _distance(advert, serving[-1][1], start) <= 2:
            return "others"
        nearest = [
            (e, name)
            for name in ("applicant", "employer", "others")
            for _s, e in advert.cues(name, low, start)[-1:]
            if name == "applicant" or _distance(advert, e, start) <= _WITHIN
        ]
        if nearest:
            return max(nearest)[1]
        if advert.cues("applicant", start, high):
            return "applicant"
        top, bottom = advert.introduction(start)
        leading = [(e, name) for name in ("applicant", "others") for _s, e in advert.cues(name, top, bottom)[-1:]]
        if leading and not advert.text[top:bottom].endswith((".", "!", "?")):
            return max(leading)[1]
        about = self._about.get(advert.section(start))
        if about:
            return about
        if self._syntax.available:
            subject = self._syntax.subject(advert.text[low:high], start - low, end - low)
            return self._nouns.get(scan_text(subject), "unclear")
        return "unclear"


def _distance(advert: Advert, start: int, end: int) -> int:
    """Words between two offsets."""
    return (
        advert.lower[start:end].count(" ") - (1 if end > start and advert.lower[end - 1] == " " else 0)
        if end > start
        else 0
    )


def is_term(advert: Advert, candidate: Candidate) -> bool:
    """Inside a term of art, a known name or a house term."""
    terms = advert.found.terms
    near = terms[_first_end(terms, candidate.end) : _first_end(terms, candidate.start + LONGEST)]
    return any(s <= candidate.start for s, _ in near)


def is_mentioned(advert: Advert, candidate: Candidate) -> bool:
    """In quotation marks after "say", "the word" and the like, or contrasted with "instead of"."""
    low = advert.sentence(candidate.start)[0]
    for _, end in advert.cues("mention", low, candidate.start):
        between = advert.text[end : candidate.start]
        if len(between) <= 3 and any(quote in between for quote in "\"'"):
            return True
        if between.count('"') % 2 == 1 or between.count(" '") - between.count("' ") == 1:
            return True
    return False


def refers_to_person(advert: Advert, candidate: Candidate) -> bool:
    """A title with a name, or a known office, stands in its sentence or the two before."""
    low = advert.sentence(candidate.start)[0]
    for _ in range(2):
        low = advert.sentence(max(0, low - 1))[0]
    return bool(advert.cues("person", low, candidate.start))
