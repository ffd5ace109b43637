"""The tests that every lexicon carries with it, an organisation's own too.

For each entry: every flag example is found exactly once, at the marked place; its fix reads as given, is not
found again, brings nothing new, and fixing twice changes nothing more; ok examples stay silent; every form is
found; every guard has an example that would come out otherwise without it. The items of the checklist have examples,
too: adverts in which each is there, and adverts in which it only looks so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from inclusive_ads.checker import Checker
from inclusive_ads.lexicon.checking import check_phrases
from inclusive_ads.lexicon.checklist import ChecklistItem
from inclusive_ads.lexicon.known import known_path, load_known
from inclusive_ads.lexicon.legible import entry_phrases, too_long
from inclusive_ads.lexicon.models import MARKED, Entry, FlagExample, Guard
from inclusive_ads.lexicon.samples import sample
from inclusive_ads.lexicon.scan_text import scan_text
from inclusive_ads.outcomes import Severity
from inclusive_ads.planning import plan
from inclusive_ads.report import Finding, Report
from inclusive_ads.text.document import Document
from inclusive_ads.text.edits import apply_edits


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong with an entry, where it stands, and what to do."""

    entry: str
    path: str
    line: int
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: entry '{self.entry}': {self.message} {self.remedy}".strip()


def run_selftests(checker: Checker, only: Iterable[str] | None = None) -> Iterator[Problem]:
    """Test every entry of the checker's lexicon.

    Args:
        only: ids of the entries and checklist items to test (default: all).

    Raises:
        LexiconError: a phrase cannot be read at all.
    """
    wanted = set(only) if only is not None else None
    check_phrases(checker.lexicon, guards_of=wanted)  # the forms of all: an own wording may be another entry's
    for entry in checker.lexicon.entries.values():
        if wanted is None or entry.id in wanted:
            for message, remedy in _entry_problems(checker, entry):
                error = checker.lexicon.error(entry.id, message, remedy)
                yield Problem(entry=entry.id, path=error.path, line=error.line, message=message, remedy=remedy)
    for item in checker.lexicon.checklist.items:
        if wanted is None or item.id in wanted:
            for message, remedy in _item_problems(checker, item):
                error = checker.lexicon.error(item.id, message, remedy)
                yield Problem(entry=item.id, path=error.path, line=error.line, message=message, remedy=remedy)


def known_problems(checker: Checker) -> Iterator[Problem]:
    """What `known.yaml` lists and has become right: it belongs among the examples now."""
    known = load_known()
    for wrong, examples in (("miss", known.known_miss), ("false alarm", known.known_false)):
        for example in examples:
            if bool(checker.check(example.text).findings) == (wrong == "miss"):
                yield Problem(
                    entry=f"known {wrong}",
                    path=str(known_path()),
                    line=0,
                    message=f"'{example.text}' is right now.",
                    remedy="Move it to the examples of an entry or operator.",
                )


def _item_problems(checker: Checker, item: ChecklistItem) -> Iterator[tuple[str, str]]:
    for present, texts in ((True, item.examples.present), (False, item.examples.missing)):
        for text in texts:
            found = next((one for one in checker.check(text).completeness if one.id == item.id), None)
            if found is None:
                yield f"the example '{text}' does not ask for it.", "Mend 'when' or the example."
            elif found.present is not present:
                said = f"is there, at '{text[found.start : found.end]}'" if found.present else "is missing"
                yield f"in the example '{text}' it {said}.", "Mend its phrases or the example."
    for phrase in item.told:
        text = sample(phrase, checker.lexicon.vocabulary)
        if not checker.analyse(Document.from_text(text)).found.cues.get(f"told {item.id}"):
            yield f"the phrase 'told: {phrase}' is never found (tried '{text}').", "Check its spelling and brackets."


def reached(checker: Checker, adverts: Iterable[str] = ()) -> dict[str, set[str]]:
    """Wording, as scanned, that each entry finds in the examples and in clean texts of adverts, before any guard."""
    found: dict[str, set[str]] = defaultdict(set)
    examples = (text for entry in checker.lexicon.entries.values() for text in _texts(entry))
    for text in chain(examples, adverts):
        for candidate in checker.candidates(text):
            found[candidate.entry.id].add(scan_text(text[candidate.start : candidate.end]))
    return found


def _entry_problems(checker: Checker, entry: Entry) -> Iterator[tuple[str, str]]:
    if not checker.lexicon.ships(entry.id):
        for phrase in filter(too_long, entry_phrases(entry)):
            yield f"{too_long(phrase)}.", "Write two phrases, or a slot."
    for example in entry.examples.flag:
        yield from _flag_problems(checker, entry, example)
    for ok in entry.examples.ok:
        found = [f for f in checker.check(ok.text).findings if f.entry == entry.id]
        if found:
            yield f"the ok example '{ok.text}' is flagged at '{found[0].phrase}'.", "Add a guard, or move it to flag."
    for form, phrases in entry.forms.items():
        for phrase in phrases:
            text = sample(phrase, checker.lexicon.vocabulary, exact=entry.case == "exact")
            if not any(c.entry.id == entry.id for c in checker.candidates(text)):
                yield (
                    f"the form '{form}: {phrase}' is never found (tried '{text}').",
                    "Check its spelling and brackets.",
                )
    yield from _guard_problems(checker, entry)


def _flag_problems(checker: Checker, entry: Entry, example: FlagExample) -> Iterator[tuple[str, str]]:
    mark = MARKED.search(example.text)
    assert mark is not None  # the model has checked it  # noqa: S101
    text = MARKED.sub(r"\1", example.text)
    start, end = mark.start(), mark.start() + len(mark.group(1))
    report = checker.check(text)
    found = [f for f in report.findings if f.entry == entry.id]
    if not found and _told_instead(checker, entry, report.findings, start, end):
        return
    if len(found) != 1 or (found[0].start, found[0].end) != (start, end):
        places = ", ".join(f"'{f.phrase}'" for f in found) or "nothing"
        others = ", ".join(f"{f.entry} '{f.phrase}'" for f in report.findings if f.entry != entry.id)
        yield (
            f"the flag example '{example.text}' should be found once, at the mark; found: {places}"
            + (f" (other entries: {others})." if others else "."),
            "Mend the forms, the guards or the example.",
        )
        return
    offered = found[0].suggestions
    if example.fix is None and offered and entry.forms:
        yield (
            f"the flag example '{example.text}' has no fix.",
            "Add 'fix:' with the text after the first alternative.",
        )
        return
    if example.fix is None and not offered:
        return
    if not offered:
        yield f"nothing is offered for '{example.text}'.", "Add alternatives that fit it, or remove the fix."
        return
    fixed = apply_edits(text, offered[0].edits)
    if example.fix is not None and fixed != example.fix:  # that of a reading depends on the concept's own words
        yield f"'{example.text}' becomes '{fixed}', not '{example.fix}'.", "Mend the alternative or the fix."
        return
    own = text if any(one.checked for one in entry.alternatives) else ""
    yield from _clean_problems(checker, report.findings, found[0], fixed, own)


def _told_instead(checker: Checker, entry: Entry, findings: Iterable[Finding], start: int, end: int) -> bool:
    """Whether a reading of the sentence that is as grave speaks in a phrase's place, or a phrase in a reading's."""
    entries = checker.lexicon.entries
    return any(
        finding.start < end and start < finding.end and finding.severity.rank <= entry.severity.rank
        for finding in findings
        if (other := entries.get(finding.entry)) and bool(other.forms) != bool(entry.forms)
    )


def _clean_problems(
    checker: Checker, before: tuple[Finding, ...], fixed_finding: Finding, fixed: str, own: str = ""
) -> Iterator[tuple[str, str]]:
    """What is wrong with a fixed example; wording of its `own` may stay that another entry, or a lighter one, tells."""
    if not fixed.strip():
        return
    report = checker.check(fixed)
    old = Counter((f.entry, f.phrase.lower()) for f in before if f is not fixed_finding)
    lighter = Counter(
        (f.entry, f.phrase.lower())
        for f in report.findings
        if f.phrase.lower() in own.lower()
        and (f.entry != fixed_finding.entry or f.severity.rank > fixed_finding.severity.rank)
    )
    new = Counter((f.entry, f.phrase.lower()) for f in report.findings) - old - lighter
    if new:
        name, phrase = next(iter(new))
        yield f"the fix '{fixed}' is flagged itself ('{phrase}' by {name}).", "Choose other words."
    once = _mended(fixed, report)
    twice = _mended(once, checker.check(once)) if once.strip() else once
    if once != twice:
        yield f"fixing '{fixed}' again changes it again, to '{twice}'.", "Choose words that no entry rewrites."


def _mended(text: str, report: Report) -> str:
    return apply_edits(text, plan(Document.from_text(text), report.findings))


def _guard_problems(checker: Checker, entry: Entry) -> Iterator[tuple[str, str]]:
    texts = _texts(entry)
    for guard in (*entry.only, *entry.unless):
        update = {"only": _without(entry.only, guard), "unless": _without(entry.unless, guard)}
        if not _matters(checker, entry, entry.model_copy(update=update), texts):
            scope, phrases = guard.scopes[0]
            yield (
                f"the guard {scope}: {list(phrases)[:3]} changes none of the examples.",
                "Add an ok example that needs it, or remove the guard.",
            )
    if entry.about != "anyone" and not _matters(checker, entry, entry.model_copy(update={"about": "anyone"}), texts):
        yield "'about: applicant' changes none of the examples.", "Add an ok example about other people, or remove it."
    if entry.alone and not _matters(checker, entry, entry.model_copy(update={"alone": False}), texts):
        yield "'alone: true' changes none of the examples.", "Add an ok example with a noun behind it, or remove it."


def _texts(entry: Entry) -> list[str]:
    """The examples of an entry on both sides, without their marks."""
    return [MARKED.sub(r"\1", e.text) for e in entry.examples.flag] + [e.text for e in entry.examples.ok]


def _without(guards: tuple[Guard, ...], guard: Guard) -> tuple[Guard, ...]:
    return tuple(other for other in guards if other is not guard)


def _matters(checker: Checker, entry: Entry, changed: Entry, texts: list[str]) -> bool:
    return any(_outcomes(checker, entry, entry, text) != _outcomes(checker, entry, changed, text) for text in texts)


def _outcomes(checker: Checker, entry: Entry, judged_as: Entry, text: str) -> list[Severity | None]:
    return [severity for _, severity in checker.judge_as(Document.from_text(text), entry.id, judged_as)]
