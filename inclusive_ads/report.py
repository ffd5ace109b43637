"""What a check returns: plain frozen values, and their JSON form.

Offsets are half-open and count Unicode code points of the *source* (the advert as it was given);
for every finding ``source[finding.start:finding.end] == finding.text``.

Longer than 300 lines: one shape after the other, each a few lines, and readers want them side by side.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field

from inclusive_ads.not_read import NotRead
from inclusive_ads.offsets import SourceOffset
from inclusive_ads.outcomes import Severity, Verdict, outcome
from inclusive_ads.plain import JsonObject, to_plain

SCHEMA_VERSION = "2.0"
CONTRADICTION = "contradiction"  # id of the problem that the advert says otherwise than the user
LAPSED = "decision-lapsed"  # id of the note about a decision that covers nothing any more
SHORT = "decision-short"  # and of the one about a decision that does not have what it needs
KEPT_BY_MARK = "a mark in the text"  # who keeps a finding that a mark in the advert keeps


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Replace ``source[start:end]`` by `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One way to mend a finding.

    Attributes:
        text: what the marked wording becomes ("" where it is deleted).
        edits: edits of the source, in order, not overlapping.
        safety: ``"safe"`` (applied by `fix`) or ``"review"`` (offered).
        sentence: the sentence as it will read ("" where all of it goes).
        kind: ``"replace"``, ``"delete"``, or ``"template"``: filled with words of the sentence itself.
    """

    text: str
    edits: tuple[Edit, ...]
    safety: str
    sentence: str
    kind: str = "replace"

    @property
    def shown(self) -> str:
        """The sentence for a reader."""
        return self.sentence or "(the whole sentence goes)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an entry's claim comes from.

    Attributes:
        standing: where and since when it holds, what of it no longer does, and when that was checked, in plain English.
        checked_on: the day of that check, such as 2026-11-29; "" for never.
    """

    id: str
    title: str
    publisher: str = ""
    year: str = ""
    url: str = ""
    standing: str = "not verified"
    checked_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardResult:
    """One guard that was tried on a finding: what it is, whether it applied, and why that matters."""

    guard: str
    applied: bool
    because: str = ""
    severity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Why a finding stays in the advert, and who answers for that.

    Attributes:
        kept_by: who keeps it, by name.
        approved_by: who agreed, by name; as many as `decisions.APPROVERS` asks for.
        approved_on: the day of that, as in ``2026-11-03``; "" for a mark in the text.
        advice: what advice was taken, or that none was; "" where nothing is said.
    """

    reason: str
    kept_by: str
    approved_by: tuple[str, ...] = ()
    approved_on: str = ""
    advice: str = ""

    @property
    def said(self) -> str:
        """Who keeps it, who agreed, and the advice, in a sentence or two."""
        agreed = f", agreed by {' and '.join(self.approved_by)}" if self.approved_by else ""
        day = f" on {self.approved_on}" if self.approved_on else ""
        return f"Kept by {self.kept_by}{agreed}{day}.{f' Advice: {self.advice}.' if self.advice else ''}"


def _hashed(*parts: str) -> str:
    plain = "\0".join(" ".join(part.split()) for part in parts)
    return hashlib.sha256(plain.encode(errors="replace")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One stretch of wording that a reviewer would ask about.

    Attributes:
        number: 1-based, in the order shown: the gravest first, then by place, and behind them those that repeat one;
            ``fix --accept NUMBER=n`` refers to it.
        repeats: number of the first finding of the same habit, whose choice holds here, too; 0 for the first itself.
        text: exactly ``source[start:end]``.
        phrase: the same wording as it was analysed (tags and odd spaces gone).
        form: name of the form that matched ("singular", "past", "any"...).
        sentence_start, sentence_end: the sentence it stands in, in source offsets.
        also: further reasons that the same wording gives, the gravest first, each a sentence.
    """

    number: int
    start: SourceOffset
    end: SourceOffset
    text: str
    phrase: str
    entry: str
    category: str
    severity: Severity
    form: str
    message: str
    why: str
    affects: tuple[str, ...]
    characteristics: tuple[str, ...]
    sources: tuple[Source, ...]
    evidence: str
    suggestions: tuple[Suggestion, ...]
    advice: str
    sentence_start: SourceOffset
    sentence_end: SourceOffset
    guards: tuple[GuardResult, ...] = ()
    also: tuple[str, ...] = ()
    repeats: int = 0
    kept: Kept | None = None

    def key(self, source: str) -> str:
        """What a remark on it is known by: the entry, the wording and its sentence, as a hash."""
        return _hashed(self.entry, self.text, source[self.sentence_start : self.sentence_end])

    @property
    def said(self) -> str:
        """The message with the further reasons: all that is said of the wording in a line."""
        return " ".join((self.message, *self.also))

    def is_settled(self, edits: Collection[Edit]) -> bool:
        """Whether edits of the source change its wording, or are one of its suggestions, made whole."""
        if any(edit.start < self.end and self.start < edit.end for edit in edits):
            return True
        return any(one.edits and all(edit in edits for edit in one.edits) for one in self.suggestions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What is said of a part of an advert by itself.

    Attributes:
        findings: in order of place; what the rest of the advert could change is put as a condition.
        language: what it is written in (ISO 639-1), "" where nobody knows the words; only English has findings.
    """

    findings: tuple[Finding, ...]
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something about the advert as a whole (severity ``note`` in lists of findings)."""

    id: str
    message: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What a reviewer said of a finding, or of a statement that is to go in.

    Attributes:
        finding: its number, or 0.
        statement: its id, or "".
        view: ``"agree"``, ``"disagree"``, or "" where only a comment was left.
    """

    by: str
    on: str
    view: str
    comment: str
    finding: int = 0
    statement: str = ""

    @property
    def said(self) -> str:
        """In a line."""
        view = {"agree": " agrees", "disagree": " does not agree"}.get(self.view, " comments")
        return f"{self.by}{view} ({self.on}){f': {self.comment}' if self.comment else '.'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LongSentence:
    """A sentence of more words than people read with ease; source offsets."""

    start: SourceOffset
    end: SourceOffset
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Readability:
    """How hard the text is to read. Advisory: job titles inflate it."""

    words: int
    sentences: int
    reading_age: int
    mean_sentence_words: float
    long_sentences: tuple[LongSentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """One thing an applicant looks for: is it there, where, and what to add if not.

    Attributes:
        needed: an advert without it is not complete.
    """

    id: str
    title: str
    present: bool
    advice: str
    needed: bool = False
    start: SourceOffset | None = None
    end: SourceOffset | None = None
    why: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GenderBalance:
    """Gender-coded words of the whole advert (Gaucher, Friesen & Kay 2011): one note, never a finding each."""

    masculine: tuple[str, ...]
    feminine: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenStatement:
    """A statement to insert, where and why.

    Attributes:
        start: source offset at which it goes in; `replaces` gives the stretch it replaces, if any.
        reasons: plain sentences that say why it was chosen and why it goes there.
    """

    id: str
    kind: str
    groups: tuple[str, ...]
    text: str
    start: SourceOffset
    reasons: tuple[str, ...]
    replaces: tuple[SourceOffset, SourceOffset] | None = None
    needs_legal_advice: bool = False

    @property
    def key(self) -> str:
        """What a remark on it is known by: its id and its words, as a hash."""
        return _hashed(self.id, self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedStatement:
    """A statement that is not inserted: why, and what would make it possible.

    Attributes:
        title: what a manager calls it.
        needs: names of the values that it lacks, where nothing else stands in the way.
        code: why, as a stable name: a row of ``statements/decisions.yaml``.
    """

    id: str
    title: str = ""
    reason: str
    remedy: str = ""
    code: str = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementProblem:
    """Something wrong with a statement that the advert already has; source offsets.

    Attributes:
        also: further reasons that the same wording gives, each a sentence.
    """

    id: str
    start: SourceOffset
    end: SourceOffset
    message: str
    severity: Severity
    also: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The message with the further reasons: all that is said of the wording in a line."""
        return " ".join((self.message, *self.also))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementChoice:
    """What to insert, what was refused, and what is wrong with what is there."""

    chosen: tuple[ChosenStatement, ...] = ()
    refused: tuple[RefusedStatement, ...] = ()
    problems: tuple[StatementProblem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFact:
    """A field of the vacancy that was not given and was read from the advert; source offsets."""

    field: str
    value: str
    start: SourceOffset
    end: SourceOffset
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that is said about one advert.

    Attributes:
        wording: what the wording comes to.
        complete: whether all is there that applicants look for.
        findings: in order of place.
        facts: what was read from the advert of what was not given, such as the grade.
        improved: the advert with the safe suggestions and the chosen statements applied.
        not_run: guards that could not run, each a plain sentence.
        not_read: what of the advert was not judged, such as text in another language.
        remarks: what reviewers said of it.
    """

    wording: Verdict
    complete: bool
    summary: str
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...]
    readability: Readability
    completeness: tuple[Completeness, ...]
    balance: GenderBalance | None
    statements: StatementChoice
    improved: str
    format: str = "text"
    not_run: tuple[str, ...] = ()
    not_read: tuple[NotRead, ...] = ()
    facts: tuple[ReadFact, ...] = ()
    remarks: tuple[Remark, ...] = ()
    schema_version: str = field(default=SCHEMA_VERSION)

    def remarks_on(self, finding: int = 0, statement: str = "") -> list[Remark]:
        """What reviewers said of a finding, or of a statement."""
        return [one for one in self.remarks if (one.finding, one.statement) == (finding, statement)]

    @property
    def outcome(self) -> str:
        """One of `OUTCOMES`: "ready" only where the wording is, and nothing is missing."""
        return outcome(self.wording, complete=self.complete)

    def to_dict(self) -> JsonObject:
        """The report as JSON-ready values; `docs/report.schema.json` describes it."""
        result: JsonObject = to_plain(self)
        return result
