"""Which statements go into an advert, and why the others do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.dates import written
from inclusive_ads.offsets import SourceOffset
from inclusive_ads.report import ChosenStatement, Finding, RefusedStatement, StatementChoice
from inclusive_ads.statements.asking import check_names
from inclusive_ads.statements.companions import choose_companions, companion_state
from inclusive_ads.statements.figures import graded_groups, other_grades, unnamed
from inclusive_ads.statements.library import fill, listed, load_library, placeholders
from inclusive_ads.statements.limits import within_limits
from inclusive_ads.statements.models import Profile, Record, Row
from inclusive_ads.statements.own_texts import kept_out
from inclusive_ads.statements.placing import Layout
from inclusive_ads.statements.replacing import held_back, unkept
from inclusive_ads.statements.survey import survey
from inclusive_ads.statements.table import SUPPORTED, Case, Situation, decide, refusal, said_once, value_missing
from inclusive_ads.statements.verifying import problems
from inclusive_ads.vacancy import Vacancy

if TYPE_CHECKING:
    from inclusive_ads.evidence.values import Evidence, GradedGroup

MOST_GROUPS = 3


def choose_statements(
    advert: Advert,
    vacancy: Vacancy,
    evidence: Evidence | None,
    profile: Profile,
    *,
    today: date,
    read: Vacancy | None = None,
    differ: Iterable[str] = (),
    told: Mapping[str, bool] | None = None,
    find: Callable[[str], Iterable[Finding]] | None = None,
    bar: str = "",
) -> StatementChoice:
    """Choose what to insert, and say why anything is not.

    Args:
        advert: the advert, read.
        vacancy: what the user told us about the post.
        evidence: the employer's own graded figures, or None.
        profile: the organisation's choices and approved records.
        today: the day that review dates are compared with.
        read: what the advert itself says of the post.
        differ: fields in which that contradicts what the user said; no statement is written on them.
        told: for each item of the checklist that matters for this advert whether it is there.
        find: the findings of a text; one that the checker would raise is not inserted.
        bar: likely-unlawful wording of the advert; nothing that would reassure is put beside it, unless asked for.

    Returns:
        what to insert, where and why; what was refused and what would make it possible; what is wrong with
        statements that are there.

    Raises:
        InputError: the vacancy asks for a statement, or gives a value, that there is not.
    """
    library = load_library()
    check_names(vacancy, profile, library)
    seen = survey(advert, vacancy.location, library)
    situation = Situation(
        advert=advert,
        survey=seen,
        layout=Layout(advert, seen.hits, library),
        given=vacancy,
        read=read or Vacancy(),
        differ=frozenset(differ),
        told=told or {},
        grades=other_grades(evidence, vacancy.over(read or Vacancy()).grade),
        profile=profile,
        library=library,
        today=today,
    )
    # The place of the post decides what its figures are compared with.
    evidence = evidence and evidence.at(", ".join((*seen.places, *seen.british)))
    graded = graded_groups(situation, evidence, situation.vacancy.role)
    faults = problems(seen, graded, evidence is not None and bool(situation.vacancy.grade), library)
    if seen.out_of_scope:
        return StatementChoice(refused=(refusal(situation, "positive-action", "out-of-scope"),), problems=faults)
    chosen, refused, extra = _positive_action(situation, graded, evidence)
    more, declined = choose_companions(situation, extra, [statement.text for statement in chosen])
    chosen, offered = within_limits(situation, [*chosen, *more], extra)
    refused += offered
    given = vacancy.contact or vacancy.values or profile.values or profile.texts  # the advert's own words are read
    unread = [one for one in chosen if one.groups or (given and one.text not in library.settled)]
    for one, found in kept_out(unread, find) if find else ():
        chosen.remove(one)
        refused.append(refusal(situation, one.id, "own-wording", wording=found.text, message=found.message))
    if bar:
        held = [statement for statement in chosen if situation.vacancy.wants(statement.id) is not True]
        chosen = [statement for statement in chosen if statement not in held]
        refused += [refusal(situation, one.id, "bar", wording=bar, text=one.text) for one in held]
    return StatementChoice(chosen=tuple(chosen), refused=said_once((*refused, *declined)), problems=faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """Cases that make one statement, and its text."""

    cases: tuple[Case, ...]
    rows: tuple[Row, ...]
    id: str
    text: str

    @property
    def record(self) -> Record:
        return self.cases[0].record


def _positive_action(
    situation: Situation, graded: Mapping[str, GradedGroup], evidence: Evidence | None
) -> tuple[list[ChosenStatement], list[RefusedStatement], list[str]]:
    """Statements by record; the third list names the companions that must go with them."""
    refused: list[RefusedStatement] = []
    passed: list[tuple[Case, Row]] = []
    cases = _cases(situation, graded, evidence)
    for case in cases:
        row = decide(case)
        if row.outcome == "refuse":
            refused.append(_refuse_case(case, row))
        else:
            passed.append((case, row))
    refused.extend(unnamed(situation, evidence))
    refused.extend(_without_record(situation, graded, {case.group.id for case in cases}, evidence))
    drafts = [draft for part in _partition(situation, passed, refused) if (draft := _draft(situation, part, refused))]
    extra = [name for draft in drafts for case in draft.cases for name in (*case.group.offers, *case.group.needs)]
    return _place_drafts(situation, drafts, refused), refused, extra


def _without_record(
    situation: Situation, graded: Mapping[str, GradedGroup], recorded: set[str], evidence: Evidence | None
) -> Iterable[RefusedStatement]:
    """What to say about groups that no record of the profile covers."""
    unrecorded = [name for name, graded in graded.items() if name not in recorded and graded.level in SUPPORTED]
    row = ""
    if situation.survey.northern_ireland:
        row = "" if recorded else "northern-ireland"
    elif unrecorded:
        row = "no-record"
    elif not recorded:
        if evidence is None:
            row = "nothing-to-go-on"
        elif not situation.vacancy.grade:
            row = "grade-missing"
        else:
            row = "grade-not-in-figures" if situation.grades else "nothing-supported" if graded else "no-figures"
    if row:
        groups = situation.library.groups
        yield refusal(situation, "positive-action", row, groups=listed([groups[name] for name in unrecorded]))


def _cases(situation: Situation, graded: Mapping[str, GradedGroup], evidence: Evidence | None) -> list[Case]:
    """The records for the grade of the post, a case for each group."""
    cases: list[Case] = []
    grade = situation.vacancy.grade and situation.library.grade(situation.vacancy.grade)
    for record in situation.profile.records:
        if not grade or grade not in {situation.library.grade(one) for one in record.grades}:
            continue
        # Figures may know the post by the record's name for its role ("Private Office" for a Private Secretary).
        known = graded or next(filter(None, (graded_groups(situation, evidence, role) for role in record.roles)), {})
        for name in record.groups:
            group = situation.library.groups[name]
            blocked = any(companion_state(companion, situation).blocked for companion in group.needs)
            cases.append(
                Case(situation=situation, record=record, group=group, graded=known.get(name), companion_blocked=blocked)
            )
    return cases


def _refuse_case(case: Case, row: Row) -> RefusedStatement:
    return refusal(
        case.situation,
        case.record.id,
        row.id,
        groups=case.group.name,
        review_by=written(case.review_by),
        missing=", ".join(case.record.missing),
        roles=", ".join(case.record.roles),
        figures_of=written(case.graded.snapshot_date) if case.graded else "",
        last_day=written(case.situation.last_day),
    )


def _partition(
    situation: Situation, passed: list[tuple[Case, Row]], refused: list[RefusedStatement]
) -> list[list[tuple[Case, Row]]]:
    """Cases that make one statement together: at most three groups, sex and gender reassignment apart."""
    order = [*SUPPORTED, "insufficient"]
    passed = sorted(passed, key=lambda item: order.index(item[0].level))
    named = list(dict.fromkeys(case.group.id for case, _ in passed if case.record.kind == "positive-action"))
    over = named[MOST_GROUPS:]
    if over:
        names = listed([situation.library.groups[name] for name in over])
        refused.append(refusal(situation, "positive-action", "too-many", groups=names))
    parts: dict[tuple[str, ...], list[tuple[Case, Row]]] = {}
    for case, row in passed:
        if case.group.id in over and case.record.kind == "positive-action":
            continue
        record = case.record
        trans = str(case.group.characteristic == "gender-reassignment")
        key = (record.kind, record.jurisdiction, record.limb, case.in_words, record.contact, trans)
        if all(case.group.id != other.group.id for other, _ in parts.get(key, ())):
            parts.setdefault(key, []).append((case, row))
    return list(parts.values())


def _draft(situation: Situation, together: list[tuple[Case, Row]], refused: list[RefusedStatement]) -> _Draft | None:
    """The text for cases that belong together, or None where a value is missing."""
    record = together[0][0].record
    name = "+".join(dict.fromkeys(case.record.id for case, _ in together))
    strength = "softer" if any(row.outcome == "softer" for _, row in together) else "firm"
    template = situation.library.template(record.kind, record.jurisdiction, record.limb, strength)
    if template is None:  # a profile made in code, not read from a file
        refused.append(refusal(situation, name, "no-text"))
        return None
    values = {
        **situation.values,
        "groups": listed([case.group for case, _ in together]),
        "level": together[0][0].in_words,
    }
    if record.contact:
        values["contact"] = record.contact
    wording = situation.profile.texts.get(template.id, template.text)
    missing = [word for word in placeholders(wording) if word not in values]
    if missing:
        refused.append(value_missing(situation, name, missing))
        return None
    return _Draft(
        cases=tuple(case for case, _ in together),
        rows=tuple(row for _, row in together),
        id=name,
        text=fill(wording, values),
    )


def _place_drafts(situation: Situation, drafts: list[_Draft], refused: list[RefusedStatement]) -> list[ChosenStatement]:
    """Leave what is there, replace what is older, and insert the rest."""
    kept: list[tuple[int, int]] = []
    new: list[_Draft] = []
    for draft in drafts:
        place = situation.survey.text.find(draft.text)
        if place < 0:
            new.append(draft)
        else:
            kept.append((place, place + len(draft.text)))
            refused.append(refusal(situation, draft.id, "already-there"))
    older = unkept(situation.survey.statements, kept)
    chosen = []
    for draft in new:
        replaced = older.pop(0) if older and draft.record.kind == "positive-action" else None
        groups = {case.group.id for case in draft.cases}
        held = held_back(situation, draft.id, draft.record.kind, draft.text, groups, replaced)
        if held:
            refused.append(held)
        else:
            span = situation.document.span(replaced.start, replaced.end) if replaced else None
            chosen.append(_choose(situation, draft, span))
    return chosen


def _choose(situation: Situation, draft: _Draft, replaces: tuple[SourceOffset, SourceOffset] | None) -> ChosenStatement:
    reasons = [_reason(case, row) for case, row in zip(draft.cases, draft.rows, strict=True)]
    review = min(case.review_by for case in draft.cases)
    reasons.append(f"{draft.record.approved_by} approved it; it is to be reviewed by {written(review)}.")
    block, because = situation.layout.place("role")
    start = SourceOffset(situation.document.insertion(block, draft.text).start)
    if replaces and replaces[0] < situation.layout.applying():
        start = replaces[0]
        because = "It takes the place of the statement that the advert has."
    elif replaces:
        because = f"It replaces the statement at the end of the advert, where few read it. {because}"
    reasons.append(because)
    return ChosenStatement(
        id=draft.id,
        kind=draft.record.kind,
        groups=tuple(case.group.id for case in draft.cases),
        text=draft.text,
        start=start,
        reasons=tuple(reasons),
        replaces=replaces,
        needs_legal_advice=draft.cases[0].needs_advice,
    )


def _reason(case: Case, row: Row) -> str:
    sentence = " ".join(filter(None, (case.graded.sentence, case.graded.why))) if case.graded else ""
    return fill(
        row.reason,
        {"groups": case.group.name, "approver": case.record.approved_by, "level": case.level, "sentence": sentence},
    )
