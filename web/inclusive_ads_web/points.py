"""What there is to decide in an advert, a point each: its wording, or a statement that is not right."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from inclusive_ads import APPROVERS, Document, Finding, Report, Severity, Suggestion
from inclusive_ads_web.presenters import SEVERITIES, STRENGTHS, SeverityLabel

AT_FIRST = 8  # points that are shown before the others unfold


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing to decide.

    Attributes:
        key: it stays while wording and sentence do.
        habit: stays also when the sentence changes: what "not now" is about.
        number: as it is shown.
        start, end, sentence_start, sentence_end: half-open, in the text as it stands.
        sentence: ``text[sentence_start:sentence_end]``.
        state: ``"open"``, ``"later"`` or ``"kept"``.
        repeats: in how many more places the same stands, for which a choice holds, too.
        finding: None where a statement is not right.
    """

    key: str
    habit: str
    number: int
    start: int
    end: int
    phrase: str
    severity: SeverityLabel
    message: str
    also: Sequence[str]
    sentence_start: int
    sentence_end: int
    sentence: str
    state: str
    repeats: int = 0
    finding: Finding | None = None

    @property
    def suggestions(self) -> Sequence[Suggestion]:
        """What can be taken with a click."""
        return self.finding.suggestions if self.finding else ()

    @property
    def safe(self) -> bool:
        """Whether the first of them needs no second look."""
        return bool(self.suggestions) and self.suggestions[0].safety == "safe"

    @property
    def barred(self) -> bool:
        """Whether it is likely unlawful."""
        return self.severity.name == Severity.UNLAWFUL

    @property
    def strength(self) -> str:
        """How strong the evidence is."""
        evidence = self.finding.evidence if self.finding else ""
        return STRENGTHS.get(evidence, evidence)

    @property
    def needed(self) -> int:
        """How many people have to agree before the wording is kept."""
        return APPROVERS.get(self.finding.severity, 0) if self.finding else 0

    @property
    def asked(self) -> list[tuple[str, str]]:
        """What is asked for before the wording is kept: field of the form, label."""
        fields = [("reason", "Why the post needs it"), ("kept_by", "Who keeps it (name and post)")]
        if self.needed:
            label = "Which manager agreed (name and post)" if self.needed > 1 else "Who else agreed (name and post)"
            fields.append(("approved_by", label))
        if self.needed > 1:
            fields.append(("second", "Which lead on equality agreed (name and post)"))
            fields.append(("advice", "What advice was taken, and from whom, or none"))
        return fields


def points_of(report: Report, document: Document, later: Collection[str]) -> list[Point]:
    """The points of a report, the gravest first, each with what was decided.

    Args:
        document: that of the report; its source is the text that is worked on.
        later: habits of the points that were put off.
    """
    source = document.source
    repeats = Counter(finding.repeats for finding in report.findings)
    found = []
    for finding in sorted((f for f in report.findings if not f.repeats), key=lambda f: f.number):
        habit = f"{finding.entry}: {finding.phrase.casefold()}"
        found.append(
            Point(
                key=finding.key(source),
                habit=habit,
                number=finding.number,
                start=finding.start,
                end=finding.end,
                phrase=finding.phrase,
                severity=SEVERITIES[finding.severity.value],
                message=finding.message,
                also=finding.also,
                sentence_start=finding.sentence_start,
                sentence_end=finding.sentence_end,
                sentence=source[finding.sentence_start : finding.sentence_end],
                state="kept" if finding.kept else "later" if habit in later else "open",
                repeats=repeats[finding.number],
                finding=finding,
            )
        )
    number = max((finding.number for finding in report.findings), default=0)
    for problem in report.statements.problems:
        number += 1
        text = source[problem.start : problem.end]
        habit = f"{problem.id}: {' '.join(text.split()).casefold()}"
        found.append(
            Point(
                key=f"{zlib.crc32(habit.encode(errors='replace')):08x}",
                habit=habit,
                number=number,
                start=problem.start,
                end=problem.end,
                phrase=" ".join(text.split()),
                severity=SEVERITIES[problem.severity.value],
                message=problem.message,
                also=problem.also,
                sentence_start=problem.start,
                sentence_end=problem.end,
                sentence=text,
                state="later" if habit in later else "open",
            )
        )
    ranks = list(SEVERITIES)
    return sorted(found, key=lambda point: (ranks.index(point.severity.name), point.number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A run of the text as it is shown: plain, part of a point, or a statement of ours."""

    text: str
    point: Point | None = None
    statement: str = ""


def stretches(
    text: str, points: Sequence[Point], findings: Sequence[Finding], statements: Mapping[str, tuple[int, int]]
) -> list[Stretch]:
    """The text in order, with what stands out in it; of two that meet the graver is shown."""
    by_number = {point.number: point for point in points}
    marks = [(point.start, point.end, point) for point in points]
    marks += [(f.start, f.end, by_number[f.repeats]) for f in findings if f.repeats in by_number]
    ranks = list(SEVERITIES)
    marks.sort(key=lambda mark: (mark[2].state != "open", ranks.index(mark[2].severity.name), mark[0]))
    at: dict[int, tuple[int, Point]] = {}  # start → end, point
    taken = bytearray(len(text))
    for start, end, point in marks:
        if start < end and not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            at[start] = end, point
    owners = sorted((start, end, name) for name, (start, end) in statements.items())
    cuts = {0, len(text), *at, *(end for end, _ in at.values()), *(cut for one in owners for cut in one[:2])}
    found: list[Stretch] = []
    until, inside = 0, None
    for start, end in pairwise(sorted(cuts)):
        if start in at:
            until, inside = at[start]
        owner = next((name for low, high, name in owners if low <= start < high), "")
        found.append(Stretch(text=text[start:end], point=inside if start < until else None, statement=owner))
    return found


def by_state(points: Sequence[Point]) -> dict[str, list[Point]]:
    """Points in the groups in which they are listed: first, more, style, later, kept."""
    open_ = [point for point in points if point.state == "open"]
    matter = [point for point in open_ if point.severity.name != "style"]
    groups = {
        "first": matter[:AT_FIRST],
        "more": matter[AT_FIRST:],
        "style": [point for point in open_ if point.severity.name == "style"],
    }
    return groups | {state: [point for point in points if point.state == state] for state in ("later", "kept")}


def counts(points: Sequence[Point]) -> list[tuple[SeverityLabel, int]]:
    """How many points of each severity wait, gravest first; only those that occur."""
    labels = [point.severity for point in points if point.state == "open"]
    return [(label, len(list(group))) for label, group in groupby(labels)]
