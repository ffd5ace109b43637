"""A report as the page shows it: pieces of advert with marks, findings by risk, what was added and removed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from inclusive_ads import OUTCOMES, Document, Edit, Finding, Report, edits_between


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
    pieces: list[Piece] = []
    segments: list[Segment] = []
    old = new = 0  # the blocks of the line that is being made: each block of a clean text is a line of it
    for pairs in _line_pairs(before.text, after.text):
        for number, (removed, added) in enumerate(pairs):
            if number:
                pieces.append(_piece(before.blocks[old].kind, after.blocks[new].kind, segments))
                segments, old, new = [], old + (removed is not None), new + (added is not None)
            if removed == added:
                segments.append(Segment(text=added or ""))
            else:
                segments += [Segment(text=removed or "", change="removed"), Segment(text=added or "", change="added")]
    pieces.append(_piece(before.blocks[old].kind, after.blocks[new].kind, segments))
    return [piece for piece in pieces if piece.segments]


def _line_pairs(before: str, after: str) -> Iterator[Iterable[tuple[str | None, str | None]]]:
    """What stays and what changes, in turn: what was and what is, line by line; the first goes on with a line."""
    done = 0
    for edit in (*edits_between(before, after), Edit(start=len(before), end=len(before), text="")):
        same = before[done : edit.start].split("\n")
        yield zip(same, same, strict=True)
        yield zip_longest(before[edit.start : edit.end].split("\n"), edit.text.split("\n"))
        done = edit.end


def _piece(old: str, new: str, segments: Iterable[Segment]) -> Piece:
    """A line of what was, or of what is where all of it is new."""
    shown = tuple(segment for segment in segments if segment.text)
    return Piece(kind=new if all(each.change == "added" for each in shown) else old, segments=shown)


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


def _outcome(finding: Finding, changes: Sequence[Edit], left: Collection[tuple[str, str]]) -> tuple[str, bool]:
    if finding.is_settled(changes):
        return "Changed", False
    if finding.kept:
        return finding.kept.said, False
    if (finding.entry, finding.phrase.casefold()) in left:
        return "Still there", True
    return "Settled by another change", False
