"""A report as the page shows it: pieces of advert with marks, findings by risk, what was added and removed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from inclusive_ads import APPROVERS, OUTCOMES, Document, Edit, Finding, Report, Severity
from inclusive_ads_web.values import Choice

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
        outcome, waits = _outcome(finding, choice, _touched(changes, finding.start, finding.end), changes)
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


def _outcome(finding: Finding, choice: Choice, touched: Sequence[Edit], changes: Sequence[Edit]) -> tuple[str, bool]:
    """What became of a finding, and whether it still waits for the user."""
    if choice.suggestion is not None and choice.suggestion < len(finding.suggestions):
        taken = finding.suggestions[choice.suggestion]
        if taken.edits and all(edit in changes for edit in taken.edits):
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
