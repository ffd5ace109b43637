"""A report as the page shows it: pieces of advert with marks, findings by risk, what was added and removed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from inclusive_ads import OUTCOMES, Document, Edit, Finding, Report

MOST_PAIRS, MOST_STEPS = 50_000, 25_000_000  # the work of comparing two texts; no real advert comes near
FEWEST_WORDS = 3  # in common between two changes, to be shown apart
WORD = re.compile(r"\s+|[^\W_]+(?:['’][^\W_]+)*|.", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityLabel:
    """How a severity is named, explained and coloured (never by colour alone), in a colour of the design system."""

    name: str
    label: str
    meaning: str
    colour: str


SEVERITIES = {
    severity.name: severity
    for severity in (
        SeverityLabel(
            name="likely-unlawful",
            label="Likely unlawful",
            meaning="Do not publish without advice.",
            colour="red",
        ),
        SeverityLabel(
            name="confirm",
            label="To confirm",
            meaning="It may be right on a ground that only you know. Have it confirmed before you publish.",
            colour="purple",
        ),
        SeverityLabel(
            name="indirect-risk",
            label="Indirect risk",
            meaning="It may shut out a group. Keep it only if the job needs it, and say why.",
            colour="orange",
        ),
        SeverityLabel(
            name="discouraging",
            label="May discourage",
            meaning="Some people read it as: not for me.",
            colour="yellow",
        ),
        SeverityLabel(
            name="style",
            label="Style",
            meaning="A clearer, kinder or more current way to say it.",
            colour="grey",
        ),
    )
}

VERDICTS = {
    name: (name.capitalize(), f"app-verdict--{style}")
    for name, style in zip(OUTCOMES, ("stop", "change", "change", "change", "change", "ready"), strict=True)
}

STRENGTHS = {
    "law": "Law",
    "strong": "Strong evidence",
    "mixed": "Mixed evidence",
    "weak": "Weak evidence",
    "convention": "Convention: style guides agree",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of text: plain, marked as a finding, added or removed."""

    text: str
    finding: int = 0
    colour: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block of the advert: heading, paragraph, item or cell."""

    kind: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A finding in the advert as it was given, with what became of it.

    Attributes:
        outcome: in a few words.
        waits: it still stands, and nobody has answered for it.
        repeats: in how many more places the same stands.
    """

    finding: Finding
    severity: SeverityLabel
    strength: str
    outcome: str
    waits: bool
    repeats: int = 0


def grouped(pieces: Iterable[Piece]) -> list[tuple[str, list[Piece]]]:
    """Neighbours of one kind together, so that items become one list."""
    return [(kind, list(group)) for kind, group in groupby(pieces, key=lambda piece: piece.kind)]


def marked(document: Document, findings: Sequence[Finding]) -> list[Piece]:
    """The clean advert, block by block, with each finding marked."""
    spans = sorted(((*document.clean_span(f.start, f.end), f) for f in findings), key=lambda span: span[:2])
    pieces = []
    for block in document.blocks:
        segments, place = [], block.start
        first, last = (bisect_left(spans, offset, key=lambda span: span[0]) for offset in (block.start, block.end))
        for start, end, finding in spans[first:last]:
            if start < place or end > block.end:
                continue
            segments.append(Segment(text=document.text[place:start]))
            text = document.text[start:end]
            segments.append(
                Segment(
                    text=text,
                    finding=finding.repeats or finding.number,
                    colour=SEVERITIES[finding.severity.value].colour,
                )
            )
            place = end
        segments.append(Segment(text=document.text[place : block.end]))
        pieces.append(Piece(kind=block.kind, segments=tuple(s for s in segments if s.text)))
    return pieces


def compared(before: Document, after: Document) -> list[Piece]:
    """The improved advert, block by block, with additions and removals."""
    old = [(block.kind, before.text[block.start : block.end]) for block in before.blocks]
    new = [(block.kind, after.text[block.start : block.end]) for block in after.blocks]
    pieces = []
    for _, old_start, old_end, new_start, new_end in _steps([text for _, text in old], [text for _, text in new]):
        olds, news = old[old_start:old_end], new[new_start:new_end]
        for index in range(max(len(olds), len(news))):
            kind = (olds[index] if index < len(olds) else news[index])[0]
            pair = [side[index][1] if index < len(side) else "" for side in (olds, news)]
            pieces.append(Piece(kind=kind, segments=_changes(*pair)))
    return pieces


def _steps(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """The steps from one list to another (as of difflib); where they take too long to find, all is replaced."""
    matcher = SequenceMatcher(None, old, new)  # what is everywhere, such as a space, is not looked for on its own
    places: dict[str, list[int]] = vars(matcher)["b2j"]  # documented, but unknown to the type checker
    pairs = sum(len(places.get(item, ())) for item in old)
    if pairs > MOST_PAIRS or len(old) * len(new) > MOST_STEPS:
        return [("replace", 0, len(old), 0, len(new))]
    return matcher.get_opcodes()


def _changes(old: str, new: str) -> tuple[Segment, ...]:
    if old == new:
        return (Segment(text=old),)
    olds, news = WORD.findall(old), WORD.findall(new)
    segments, removed, added = [], "", ""
    steps = _steps(olds, news)
    for number, (what, i, j, k, m) in enumerate(steps):
        # A word or two in common between two changes would chop them up: one longer change reads better.
        short = 0 < number < len(steps) - 1 and sum(word[0].isalnum() for word in olds[i:j]) < FEWEST_WORDS
        if what == "equal" and not short:
            segments += [Segment(text=removed, change="removed"), Segment(text=added, change="added")]
            segments.append(Segment(text="".join(olds[i:j])))
            removed = added = ""
        else:
            removed += "".join(olds[i:j])
            added += "".join(news[k:m])
    segments += [Segment(text=removed, change="removed"), Segment(text=added, change="added")]
    return tuple(segment for segment in segments if segment.text)


def by_risk(report: Report, changes: Sequence[Edit], left: Collection[tuple[str, str]]) -> list[FindingView]:
    """Findings of the advert as it was given, as they are numbered, each habit once.

    Args:
        report: on that advert.
        changes: all that was changed, in order.
        left: entry and wording of what is found in the text as it is now.
    """
    views = []
    repeats = Counter(finding.repeats for finding in report.findings)
    for finding in sorted((f for f in report.findings if not f.repeats), key=lambda f: f.number):
        outcome, waits = _outcome(finding, changes, left)
        views.append(
            FindingView(
                finding=finding,
                severity=SEVERITIES[finding.severity.value],
                strength=STRENGTHS.get(finding.evidence, finding.evidence),
                outcome=outcome,
                waits=waits,
                repeats=repeats[finding.number],
            )
        )
    return views


def _touched(ordered: Sequence[Edit], start: int, end: int) -> bool:
    """Whether an edit changes something of source[start:end]; edits do not overlap."""
    first = bisect_left(ordered, start, key=lambda edit: edit.end)
    last = bisect_left(ordered, end, key=lambda edit: edit.start)
    return any(edit.start < end and start < edit.end for edit in ordered[first:last])


def _outcome(finding: Finding, changes: Sequence[Edit], left: Collection[tuple[str, str]]) -> tuple[str, bool]:
    if _touched(changes, finding.start, finding.end):
        return "Changed", False
    if finding.kept:
        return finding.kept.said, False
    if (finding.entry, finding.phrase.casefold()) in left:
        return "Still there", True
    return "Settled by another change", False
