"""A report as the page shows it: pieces of advert with marks, findings by risk, what was added and removed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from inclusive_ads import APPROVERS, OUTCOMES, Document, Edit, Finding, Report, Severity, edits_between
from inclusive_ads_web.values import Choice


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
    """A finding with what the user chose for it, and what became of it in the improved advert.

    Attributes:
        outcome: in a few words, such as ``Changed to “chair”``.
        waits: nothing has been decided yet.
        repeats: in how many more places the same stands, for which the choice holds, too.
    """

    finding: Finding
    severity: SeverityLabel
    strength: str
    choice: Choice
    outcome: str
    waits: bool
    repeats: int = 0

    @property
    def needed(self) -> int:
        """How many people have to agree before the wording is kept."""
        return APPROVERS.get(self.finding.severity, 0)

    @property
    def asked(self) -> list[tuple[str, str, str, str]]:
        """What is asked for before the wording is kept: field of the form, field of `Decision`, label, value."""
        choice = self.choice
        fields = [
            ("reason", "reason", "Why the post needs it", choice.reason),
            ("keeper", "kept_by", "Who keeps it (name and post)", choice.kept_by),
        ]
        if self.needed:
            label = "Which manager agreed (name and post)" if self.needed > 1 else "Who else agreed (name and post)"
            fields.append(("approver", "approved_by", label, choice.approver))
        if self.needed > 1:
            fields.append(("second", "approved_by", "Which lead on equality agreed (name and post)", choice.second))
            fields.append(("advice", "advice", "What advice was taken, and from whom, or none", choice.advice))
        return fields


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemView:
    """Something wrong with a statement that the advert already has, with its wording."""

    text: str
    message: str
    severity: SeverityLabel
    replaced: bool


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


def default_choice(finding: Finding) -> Choice:
    """What is done with a finding before anyone chooses: the first suggestion where it is safe, else nothing."""
    safe = any(suggestion.safety == "safe" for suggestion in finding.suggestions[:1])
    return Choice(action="0" if safe else "leave")


def by_risk(report: Report, choices: Mapping[int, Choice], changes: Sequence[Edit]) -> list[FindingView]:
    """Findings as they are numbered, each habit once; `changes` are those of the improved advert, in order."""
    views = []
    repeats = Counter(finding.repeats for finding in report.findings)
    for finding in sorted((f for f in report.findings if not f.repeats), key=lambda f: f.number):
        choice = choices.get(finding.number) or default_choice(finding)
        outcome, waits = _outcome(finding, choice, _touched(changes, finding.start, finding.end))
        views.append(
            FindingView(
                finding=finding,
                severity=SEVERITIES[finding.severity.value],
                strength=STRENGTHS.get(finding.evidence, finding.evidence),
                choice=choice,
                outcome=outcome,
                waits=waits,
                repeats=repeats[finding.number],
            )
        )
    return views


def problems(document: Document, report: Report, changes: Sequence[Edit]) -> list[ProblemView]:
    """What is wrong with the statements that the advert has, gravest first; `changes` in order."""
    return [
        ProblemView(
            text=" ".join(document.text[slice(*document.clean_span(problem.start, problem.end))].split()),
            message=problem.said,
            severity=SEVERITIES[problem.severity.value],
            replaced=bool(_touched(changes, problem.start, problem.end)),
        )
        for problem in sorted(report.statements.problems, key=lambda p: (p.severity.rank, p.start))
    ]


def _touched(ordered: Sequence[Edit], start: int, end: int) -> Sequence[Edit]:
    """The edits that change something of source[start:end]; edits do not overlap."""
    first = bisect_left(ordered, start, key=lambda edit: edit.end)
    last = bisect_left(ordered, end, key=lambda edit: edit.start)
    return [edit for edit in ordered[first:last] if edit.start < end and start < edit.end]


def _outcome(finding: Finding, choice: Choice, touched: Sequence[Edit]) -> tuple[str, bool]:
    """What became of a finding, and whether it still waits for the user."""
    if touched and choice.suggestion is not None and choice.suggestion < len(finding.suggestions):
        taken = finding.suggestions[choice.suggestion]
        if any(edit in taken.edits for edit in touched):
            return (f"Changed to “{taken.text}”" if taken.text else "Deleted"), False
    if touched:
        return "Changed together with its sentence", False
    if finding.kept:
        return finding.kept.said, False
    return f"Not decided yet: {'see the alternative' if finding.suggestions else 'reword it, or keep it'}", True


def counts(report: Report) -> list[tuple[SeverityLabel, int]]:
    """How many findings of each severity, gravest first; only those that occur."""
    numbers = {
        severity: sum(f.severity is severity and not f.repeats for f in report.findings) for severity in Severity
    }
    return [(SEVERITIES[severity.value], number) for severity, number in numbers.items() if number]
