"""Gradings into graded groups: the sentence for a manager, the reasons, and the record for the file."""

from __future__ import annotations

from datetime import date

from inclusive_ads.evidence.gradings import Grading
from inclusive_ads.evidence.protection import Hidden
from inclusive_ads.evidence.statistics import aspiration, indicator_1, wilson
from inclusive_ads.evidence.thresholds import Thresholds
from inclusive_ads.evidence.values import EvidenceGrade, GradedGroup
from inclusive_ads.plain import JsonObject

_VERDICTS = {
    EvidenceGrade.STRONG: "That is strong evidence that they are under-represented here.",
    EvidenceGrade.MODERATE: "That is moderate evidence that they are under-represented here.",
    EvidenceGrade.INDICATIVE: "That points to under-representation, but the figures alone do not settle it.",
    EvidenceGrade.INSUFFICIENT: "These figures are not enough to say whether they are under-represented here.",
    EvidenceGrade.NONE: "That does not show that they are under-represented here.",
}
_WITHHELD = (
    "The figure is not shown, because a small number could be worked out from it. "
    "Add earlier years, other roles or the whole organisation to the file, or record other evidence."
)
IMPUTED = "Numbers that the publisher hid were taken at the highest that they can be."
_TINY = 0.0001  # a chance below it is told as such: more digits would only look exact
_LITTLE = 1 / 3  # of the most that may be unknown: up to there the range of unknown people begins at none
_NOTHING = "There is nothing to compare with: add the other grades, or a comparator for this group."
_UNTOLD = (
    "The file does not say how many people are unknown, and known people alone can mislead. "
    "Add the unknowns to the file; write 0 where nobody is unknown."
)
_FLIPS = "If everyone unknown belonged to the group the result would fall away, so it counts one grade less."
_POOLS = {
    "": "",
    "grades": "To protect small numbers, neighbouring grades are read together: {names}.",
    "years": "To protect small numbers, several years are read together: {names}. Some people may count twice.",
    "roles": "To protect small numbers, small roles at this grade are read together: {names}.",
    "organisations": "To protect small numbers, organisations that are small here are read together: {names}.",
}


def percent(share: float) -> str:
    """A share as people read it: "9.1%"."""
    return f"{100 * share:.1f}%"


def graded_group(item: Grading, thresholds: Thresholds, today: date) -> GradedGroup:
    """What is said of a grading."""
    reading = item.reading
    share = item.count / item.known if isinstance(item.count, int) else None
    sentence, reasons = _sentence(item, thresholds), _reasons(item, thresholds)
    return GradedGroup(
        org=reading.org,
        grade=reading.grade,
        role=reading.role,
        characteristic=reading.characteristic,
        group=item.group,
        phrase=thresholds.phrase(item.group),
        comparator=item.standard.name if item.standard else "",
        why=item.standard.why if item.standard else "",
        level=item.level,
        sentence=sentence,
        reasons=reasons,
        snapshot_date=reading.snapshot,
        share=share,
        comparator_share=item.standard.share if item.standard else None,
        hidden=item.count.value if isinstance(item.count, Hidden) else "",
        record=_record(item, sentence, reasons, thresholds, today),
        covers=_covers(item, thresholds),
        all_roles=len(reading.own) > 1 or reading.pool in ("roles", "organisations"),
    )


def _covers(item: Grading, thresholds: Thresholds) -> tuple[str, ...]:
    names = item.reading.names if item.reading.pool == "grades" else (item.reading.grade,)
    return tuple(dict.fromkeys(grade for name in names for grade in thresholds.grades.of(name)))


def _place(item: Grading, thresholds: Thresholds) -> str:
    reading = item.reading
    place = thresholds.grades.together(_covers(item, thresholds))
    if reading.pool == "roles":
        place += f" in {', '.join(reading.names[:-1])} and {reading.names[-1]}"
    elif reading.role:
        place += f" in {reading.role}"
    return place + (" (several years)" if reading.pool == "years" else "")


def _sentence(item: Grading, thresholds: Thresholds) -> str:
    phrase, place = thresholds.phrase(item.group), _place(item, thresholds)
    if item.count is Hidden.WITHHELD:
        return f"At {place}, the figures for {phrase} are too small to show. {_VERDICTS[EvidenceGrade.INSUFFICIENT]}"
    shown = f"fewer than {thresholds.small.count} of the {item.known}"
    if isinstance(item.count, int):
        shown = f"{percent(item.count / item.known)} of the"
    against = f", against {percent(item.standard.share)} in {item.standard.name}" if item.standard else ""
    return f"At {place}, {phrase} are {shown} staff whose {_about(item)} is known{against}. {_VERDICTS[item.level]}"


def _about(item: Grading) -> str:
    names = {"race": "ethnicity", "disability": "disability status", "religion-belief": "religion or belief"}
    return names.get(item.reading.characteristic, item.reading.characteristic.replace("-", " "))


def _told(item: Grading) -> bool:
    return item.reading.release is None or item.reading.release.told


def _unknown(item: Grading, thresholds: Thresholds) -> str:
    """How many are unknown, as a range: the exact number could give a small one away."""
    if not _told(item):
        return "not given"
    if item.unknown < thresholds.small.count:
        return f"fewer than {thresholds.small.count} people"
    part = item.unknown / (item.known + item.unknown)
    most = thresholds.levels.most_unknown
    return (
        f"over {most:.0%}"
        if part > most
        else f"{most * _LITTLE:.0%} to {most:.0%}"
        if part > most * _LITTLE
        else f"up to {most * _LITTLE:.0%}"
    )


def _reasons(item: Grading, thresholds: Thresholds) -> tuple[str, ...]:
    reading, limits = item.reading, thresholds.levels
    indicative = item.level is EvidenceGrade.INDICATIVE
    candidates = [
        (bool(reading.pool), _POOLS[reading.pool].format(names=", ".join(reading.names))),
        (item.capped, f"Pooled figures count as {item.level} at most."),
        (item.count is Hidden.SMALL, "The number is too small to show; it was graded at the highest that it can be."),
        (item.count is Hidden.WITHHELD, _WITHHELD),
        (bool(reading.release and not reading.release.exact), IMPUTED),
        *((True, reason) for reason in _compared(item, thresholds)),
        (
            item.known > 0 and item.unknown > limits.most_unknown * (item.known + item.unknown),
            f"For more than {limits.most_unknown:.0%} of staff it is not known; ask people to tell, and say why.",
        ),
        (not _told(item), _UNTOLD),
        (item.flips, _FLIPS),
        (
            indicative and item.known < limits.full_known,
            f"Fewer than {limits.full_known} people are known, so this is indicative at best.",
        ),
        (item.likelihood is not None, _likelihood_text(item, thresholds)),
    ]
    return tuple(reason for holds, reason in candidates if holds)


def _compared(item: Grading, thresholds: Thresholds) -> list[str]:
    """What the comparison rests on."""
    standard, index = item.standard, item.index
    aside = [item.aside] if item.aside else []
    if standard is None:
        return [_NOTHING, *aside] if item.highest is not None else []
    reasons = [standard.why, *(aside if standard.kind == "file" else [])]
    reasons += [f"Against {name} the result is: {level}." for name, level in (item.others or {}).items()]
    if index is not None:
        low = thresholds.levels.low_index
        chance = chance_text(item.adjusted)
        reasons += [
            f"The share is {index:.2f} times that of the comparator; below {low:.2f} is a rule of thumb, not UK law.",
            f"Chance of a number this low if there were no difference: {chance} ({standard.method}).",
        ]
        if item.tested > 1:
            reasons.append(f"Adjusted for the {item.tested} groups looked at (Holm).")
    return reasons


def chance_text(chance: float) -> str:
    """A chance in two significant figures: "0.0040", "below 0.0001"."""
    return f"below {_TINY}" if chance < _TINY else f"{chance:.4f}" if chance < 0.01 else f"{chance:.2f}"


def _likelihood_text(item: Grading, thresholds: Thresholds) -> str:
    found = item.likelihood
    if found is None:
        return ""
    reference = thresholds.phrase(found.reference) if found.reference else "everyone else"
    where = f"at {found.grade}" if found.grade else "over all grades"
    return (
        f"In recruitment {where} ({', '.join(found.periods)}), {reference} were {found.ratio:.2f} times as likely "
        f"to be appointed from shortlisting as {thresholds.phrase(found.group)}; above 1 favours {reference}. "
        "This stands beside the result and does not change it."
    )


def _record(item: Grading, sentence: str, reasons: tuple[str, ...], thresholds: Thresholds, today: date) -> JsonObject:
    reading, standard = item.reading, item.standard
    figures: JsonObject = {
        "count": f"fewer than {thresholds.small.count}" if item.count is Hidden.SMALL else "not shown"
    }
    if item.count is not Hidden.WITHHELD:
        figures["known"] = item.known
    if item.known:
        figures["unknown"] = _unknown(item, thresholds)
    record: JsonObject = {
        "organisation": reading.org,
        "grade": reading.grade,
        "role": reading.role or "all roles",
        "characteristic": reading.characteristic,
        "group": item.group,
        "result": item.level.value,
        "sentence": sentence,
        "reasons": list(reasons),
        "snapshot_date": reading.snapshot.isoformat(),
        "pooled": {"over": reading.pool, "names": list(reading.names)} if reading.pool else None,
        "figures": figures,
        "comparator": None,
        "test": None,
        "recruitment": None,
        "goal": None,
        "thresholds_version": thresholds.version,
        "recorded": today.isoformat(),
    }
    if standard is not None:
        record["comparator"] = {
            "name": standard.name,
            "kind": standard.kind,
            "share": percent(standard.share),
            "why": standard.why,
            "source": standard.source,
            "date": standard.date,
        }
    if isinstance(item.count, int):
        low, high = wilson(item.count, item.known)
        figures |= {
            "count": item.count,
            "share": percent(item.count / item.known),
            "interval_95": [percent(low), percent(high)],
        }
        if standard is not None and item.index is not None:
            record["test"] = {
                "method": standard.method,
                "chance": chance_text(item.chance),
                "chance_after_holm": chance_text(item.adjusted),
                "groups_looked_at": item.tested,
                "index": round(item.index, 2),
                "below_four_fifths": item.index < thresholds.levels.low_index,
                "unknowns_could_overturn": item.flips,
                "further_comparators": {name: level.value for name, level in (item.others or {}).items()},
            }
            record["goal"] = _goal(item, standard.share, thresholds)
            if standard.kind == "organisation":
                points = indicator_1(item.count, item.known, standard.share)
                record[f"wres_indicator_{standard.indicator}"] = {
                    "points": round(points, 1),
                    "direction": "below 0: a smaller share than in the whole workforce",
                }
    if item.likelihood:
        record["recruitment"] = {
            "wres_indicator_2": item.likelihood.ratio,
            "direction": f"above 1 favours {item.likelihood.reference or 'everyone else'}",
            "grade": item.likelihood.grade or "all grades",
            "periods": list(item.likelihood.periods),
        }
    return record


def _goal(item: Grading, share: float, thresholds: Thresholds) -> JsonObject | None:
    """Only with a shortfall, of a whole post of some size; a small gap is not given as a number."""
    pooled = bool(item.reading.pool) or item.known < thresholds.levels.full_known
    if pooled or not isinstance(item.count, int) or item.count / item.known >= share:
        return None
    goal = aspiration(item.count, item.known, share, start=item.reading.snapshot, years=thresholds.goal.years)
    small = thresholds.small.count
    return {
        "aspiration": percent(goal.share),
        "gap": goal.gap if goal.gap >= small else f"fewer than {small}",
        "path": {str(year): percent(value) for year, value in goal.path},
        "note": "An aspiration to plan by, never a quota: each appointment is on merit.",
    }
