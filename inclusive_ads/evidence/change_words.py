"""Outcomes in words, as a table, as rows for a spreadsheet and as a picture (SVG). Says what changed, never why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inclusive_ads.evidence.changes import GroupChange, Outcomes, Ratio, Seen, Step
from inclusive_ads.evidence.drawing import Bar, columns, draw
from inclusive_ads.evidence.sentences import percent
from inclusive_ads.evidence.thresholds import Thresholds
from inclusive_ads.plain import JsonObject

_ARMS = {True: "with the change", False: "without it"}
_PEOPLE = {"applied": "applicants", "shortlisted": "shortlisted", "appointed": "appointed"}
_HEAD = ("Campaigns", "Group", "Step", "Before", "After", "Points", "95% range")
_LEGEND = "Bar: share after. Dashed line: share before. In brackets: the range of 95%."
_NOTHING_SEEN = "A difference cannot be told, because a number behind it is too small to show."
_HOLDS_ZERO = "No difference at all is within the range, so this may be chance."
_RISE = "That is more than chance alone would usually make."
_FALL = "That is a fall of more than chance alone would usually make."
_UNKNOWN = "Of many applicants the group is not known, so the shares may mislead."
_OF_KNOWN = "Shares are of the people whose group is known, added up over the campaigns."
NOT_CONTROLLED = (
    "Not controlled: other things changed too, such as the posts, where they were advertised and who was looking for "
    "work. The figures say what changed, and not why."
)


def outcome_sentences(change: GroupChange, thresholds: Thresholds) -> tuple[str, ...]:
    """What there is to say of one group, sentence by sentence."""
    small = thresholds.small.count
    return (
        *(_told(step, small) for step in change.steps),
        _likelihood(change, thresholds),
        *_needed(change, thresholds),
        *((_UNKNOWN,) if change.unknown else ()),
    )


def _told(step: Step, small: int) -> str:
    what = _PEOPLE[step.name]
    words = f"{_of(step.before, small)} {what} before, {_of(step.after, small)} after"
    if step.before.known is None or step.after.known is None:
        words = f"{what.capitalize()}: {_of(step.before, small)} before, {_of(step.after, small)} after"
    if step.difference is None or step.low is None or step.high is None:
        return f"{words}. {_NOTHING_SEEN}"
    low, high = round(step.low), round(step.high)
    meaning = _RISE if low > 0 else _FALL if high < 0 else _HOLDS_ZERO
    return f"{words}: {_points(step.difference)} points ({_signed(low)} to {_signed(high)}). {meaning}"


def _of(seen: Seen, small: int) -> str:
    if seen.known is None:
        return "not shown"
    number = f"fewer than {small}" if seen.people is None else f"{seen.people:,}"
    return f"{number} of {seen.known:,}"


def _points(value: float) -> str:
    return f"+{round(value)}" if round(value) > 0 else _signed(round(value))


def _signed(value: int) -> str:
    return f"−{-value}" if value < 0 else str(value)


def _likelihood(change: GroupChange, thresholds: Thresholds) -> str:
    reference = change.reference
    times = [_times(ratio) for ratio in (change.ratio_before, change.ratio_after)]
    if not any(times):
        small = thresholds.small
        return (
            "The relative likelihood of appointment is not told: it takes "
            f"{small.shortlisted} shortlisted and {small.appointed} appointed in both groups."
        )
    before, after = (time or "not told" for time in times)
    return (
        f"Likelihood of {reference} to be appointed from shortlisting, against {change.phrase} (WRES indicator 2; "
        f"above 1 favours {reference}): {before} before, {after} after."
    )


def _times(ratio: Ratio | None) -> str:
    return f"{ratio.value:.2f} ({ratio.low:.2f} to {ratio.high:.2f})" if ratio else ""


def _needed(change: GroupChange, thresholds: Thresholds) -> Iterator[str]:
    """For the first step: that is what an advert changes first."""
    step = change.steps[0]
    if change.changed and step.needed and step.before.share is not None:
        takes = " and ".join(
            f"one of {rise} points with about {_about(number)}" for rise, number in sorted(step.needed.items())
        )
        yield (
            f"How many it takes to see a rise from {percent(step.before.share)} of the applicants: {takes} "
            f"applicants in each period (in {thresholds.recruitment.power:.0%} of such cases)."
        )


def _about(number: int) -> str:
    """Two digits: more would only look exact."""
    digits = max(0, len(str(number)) - 2)
    return f"{-(-number // 10**digits) * 10**digits:,}"


def looked_at(outcomes: Outcomes) -> str:
    """How many ranges are given, and what that means; "" for none."""
    number = sum(step.difference is not None for change in outcomes.groups for step in change.steps)
    if number < 2:
        return ""
    return f"{number} ranges are given here. Of twenty such ranges about one misses by chance alone."


def outcome_table(outcomes: Outcomes, thresholds: Thresholds) -> str:
    """Every group and step as lines of text with aligned columns."""
    small = thresholds.small.count
    rows = [
        (
            _ARMS[change.changed],
            change.phrase,
            step.name,
            _share(step.before, small),
            _share(step.after, small),
            "" if step.difference is None else f"{step.difference:+.1f}".replace("-", "−"),
            _range(step),
        )
        for change in outcomes.groups
        for step in change.steps
    ]
    return columns(_HEAD, rows)


def _share(seen: Seen, small: int) -> str:
    return _of(seen, small) + (f" ({percent(seen.share)})" if seen.share is not None else "")


def _range(step: Step) -> str:
    if step.low is None or step.high is None:
        return ""
    return f"{step.low:.1f} to {step.high:.1f}".replace("-", "−")


def outcome_picture(outcomes: Outcomes, thresholds: Thresholds, *, title: str = "Applicants before and after") -> str:
    """Every group and step as a bar: an ``<svg>`` element to stand in a page."""
    small = thresholds.small.count
    bars, words = [], []
    for change in outcomes.groups:
        words.append(f"{change.phrase}, {_ARMS[change.changed]}: {' '.join(outcome_sentences(change, thresholds))}")
        for step in change.steps:
            difference = "no difference told"
            if step.difference is not None:
                difference = f"{_points(step.difference)} points ({_range(step)})"
            bars.append(
                Bar(
                    name=f"{step.name.capitalize()}, {_ARMS[change.changed]}",
                    about=change.phrase,
                    labels=(f"{_of(step.before, small)}; then {_of(step.after, small)}", difference),
                    share=step.after.share,
                    mark=step.before.share,
                    pale=not change.changed,
                )
            )
    return draw(bars, title=title, legend=_LEGEND, words=" ".join([*words, NOT_CONTROLLED]))


def outcome_rows(outcomes: Outcomes, thresholds: Thresholds) -> list[JsonObject]:
    """A row for each group and step; a number that is not told is an empty cell."""
    return [_row(change, step, thresholds) for change in outcomes.groups for step in change.steps]


def _row(change: GroupChange, step: Step, thresholds: Thresholds) -> JsonObject:
    row: JsonObject = {
        "campaigns": _ARMS[change.changed],
        "characteristic": change.characteristic,
        "group": change.group,
        "step": step.name,
    }
    for name, seen in (("before", step.before), ("after", step.after)):
        told = f"fewer than {thresholds.small.count}" if seen.hidden == "small" else seen.people
        row |= {name: told, f"{name}_of": seen.known}
        row[f"{name}_share"] = None if seen.share is None else round(seen.share, 4)
    row |= {"points": step.difference, "low": step.low, "high": step.high}
    for name, ratio in (("before", change.ratio_before), ("after", change.ratio_after)):
        row[f"likelihood_{name}"] = ratio.value if ratio and step.name == "appointed" else None
    row |= {f"needed_for_{rise}_points": step.needed.get(rise) for rise in thresholds.recruitment.rises}
    return row


def outcomes_said(outcomes: Outcomes, thresholds: Thresholds) -> str:
    """All of it for people: the table, the sentences of each group, and what to bear in mind."""
    parts: Sequence[str] = [
        outcome_table(outcomes, thresholds),
        *(
            "\n".join(
                [
                    f"{change.phrase[0].upper()}{change.phrase[1:]}, campaigns {_ARMS[change.changed]}",
                    *(f"  {sentence}" for sentence in outcome_sentences(change, thresholds)),
                ]
            )
            for change in outcomes.groups
        ),
        _OF_KNOWN,
        *outcomes.notes,
        looked_at(outcomes),
        NOT_CONTROLLED,
    ]
    return "\n\n".join(filter(None, parts))
