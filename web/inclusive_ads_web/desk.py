"""What can be done with an advert on the desk: each button of the page is an action, which gives the desk after it.

Longer than 300 lines: the actions share one state, and are best read beside each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from inclusive_ads import (
    Edit,
    InputError,
    Severity,
    Suggestion,
    apply_edits,
    decision_faults,
    make_decision,
    plan,
)
from inclusive_ads_web.asking import fact_field, value_field
from inclusive_ads_web.paper import Paper
from inclusive_ads_web.points import Point
from inclusive_ads_web.presenters import SEVERITIES
from inclusive_ads_web.progress import Progress, Step

OWN = "Your own words are in."
UNCHANGED = "Nothing could be changed there: write your own words."
MOST_PLACES = 20  # for one click
ASKED = ("reason", "kept_by", "approved_by", "second", "advice")  # fields of a form that keeps wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """What an action came to.

    Attributes:
        said: what was done, in a sentence; "" for nothing.
        errors: for the error summary: text and link.
        faults: what is wrong with which field of the point `at`.
        at: key of the point to show next.
    """

    desk: Desk
    said: str = ""
    errors: tuple[dict[str, str], ...] = ()
    faults: Mapping[str, str] = field(default_factory=dict)
    at: str = ""


class Desk(Paper):
    """An advert that is being worked on; see `Paper`."""

    def begin(self) -> Self:
        """With the statements for the post in their places."""
        chosen = self.report.statements.chosen
        return self.with_statements([one.id for one in chosen]) if chosen else self

    def act(self, action: str, form: Mapping[str, str]) -> Acted:
        """Do what a button of the page says, as in ``"take:KEY:0"``; what it does not know changes nothing."""
        name, _, rest = action.partition(":")
        key, _, index = rest.partition(":")
        done = self._actions.get(name)
        return done(key, index, form) if done else Acted(desk=self, at=key)

    @property
    def _actions(self) -> dict[str, Callable[[str, str, Mapping[str, str]], Acted]]:
        return {
            "take": self._take,
            "own": self._own,
            "drop": self._drop,
            "keep": self._keep,
            "unkeep": self._unkeep,
            "later": self._later,
            "again": self._again,
            "safe": self._take_safe,
            "style-take": self._take_style,
            "style-later": self._leave_style,
            "put": self._put,
            "out": self._out,
            "add": self._add,
            "value": self._value,
            "undo": self._undo,
            "redo": self._redo,
            "begin": lambda *_: Acted(desk=self.begin()),
            "at": lambda field, *_: Acted(desk=self, at=field.rpartition("-")[2]),
        }

    def _moved(self, done: str, *, text: str | None = None, made: Iterable[str] = (), **decided: object) -> Acted:
        """The desk after something was done.

        Args:
            made: the changes of the text, each in a sentence; none where they tell of themselves, as statements do.
        """
        desk = self.anew(self.text if text is None else text, self.progress.after(self.text, done, made, **decided))
        return Acted(desk=desk, said=done, at=next((point.key for point in desk.open), ""))

    def _edited(self, edits: Iterable[Edit]) -> str:
        return apply_edits(self.draft.document.source, edits)

    def _point(self, key: str) -> Point | None:
        return next((point for point in self.points if point.key == key), None)

    def _gone(self) -> Acted:
        return Acted(desk=self, said="That point is no longer in the text.", at=next((p.key for p in self.open), ""))

    def _firsts(self, points: Sequence[Point], choices: Mapping[int, int], one: str, many: str) -> Acted:
        """The desk with the first cures of several points, and what is said of one and of many ({} of them)."""
        findings = [each for point in points for each in self._same(point)]
        edits = plan(self.draft.document, findings, None, choices)
        settled = (point for point in points if any(each.is_settled(edits) for each in self._same(point)))
        made = [_made(point, point.suggestions[0]) for point in settled]
        if not made:
            return Acted(desk=self, said=UNCHANGED)
        return self._moved(one if len(made) == 1 else many.format(len(made)), text=self._edited(edits), made=made)

    def _take(self, key: str, index: str, _: Mapping[str, str]) -> Acted:
        point = self._point(key)
        number = int(index) if index.isascii() and index.isdecimal() and len(index) < 4 else -1
        if point is None or not 0 <= number < len(point.suggestions):
            return self._gone()
        taken = point.suggestions[number]
        text = self._with_cure(point, number)
        if text == self.text:
            return Acted(desk=self, said=UNCHANGED)
        done = _made(point, taken)
        left = self._left(point, taken, self.anew(text, self.progress))
        rest = " What is left of it weighs less, and is left for now." if left else ""
        return self._moved(done + rest, text=text, made=[done], later=(*self.progress.later, *left))

    def _with_cure(self, point: Point, number: int) -> str:
        """The text with a cure of a point, and wherever the same wording has the same cure.

        Of some wording only the first few places are told: the next ones are once those are mended.
        """
        taken = point.suggestions[number]
        paper, here = self, point
        for _ in range(MOST_PLACES):
            edits = plan(paper.draft.document, paper._same(here), None, {here.number: number})
            if not edits:
                break
            paper = paper.anew(paper._edited(edits), paper.progress)
            same = (
                (p, i)
                for p in paper.open
                for i, cure in enumerate(p.suggestions)
                if (cure.text, cure.kind) == (taken.text, taken.kind)
            )
            following = next(((p, i) for p, i in same if p.habit == point.habit), None)
            if following is None:
                break
            here, number = following
        return paper.text

    def _left(self, point: Point, taken: Suggestion, after: Desk) -> list[str]:
        """Habits of what a sentence is still told of once a cure was taken, and that is not asked of at once.

        It is what weighs less than what was cured, or the wording that stays on purpose ("... (we make adjustments)").
        """
        known = {one.habit for one in self.open} - {point.habit}
        ranks = list(SEVERITIES)
        weight = ranks.index(point.severity.name)
        return [
            one.habit
            for one in after.open
            if one.sentence.split() == taken.sentence.split()
            and one.habit not in known
            and ranks.index(one.severity.name) >= weight + (point.phrase.casefold() not in one.phrase.casefold())
            and one.severity.name != Severity.UNLAWFUL
        ]

    def _take_safe(self, *_: object) -> Acted:
        return self._firsts(
            [point for point in self.open if point.safe], {}, "1 safe change is made.", "{} safe changes are made."
        )

    def _take_style(self, *_: object) -> Acted:
        points = [point for point in self.style if point.suggestions]
        choices = {point.number: 0 for point in points}
        return self._firsts(points, choices, "1 point of style taken.", "{} points of style taken.")

    def _leave_style(self, *_: object) -> Acted:
        habits = [point.habit for point in self.style]
        return self._moved("The points of style are left as they are.", later=(*self.progress.later, *habits))

    def _own(self, key: str, _: str, form: Mapping[str, str]) -> Acted:
        point = self._point(key)
        if point is None:
            return self._gone()
        own = " ".join(form.get(f"own-{key}", "").split())
        if not own:
            return self._drop(key)
        if own == " ".join(point.sentence.split()):
            return self._fault(point, {"own": "Change the sentence, or keep it with a reason."})
        text = self.text[: point.sentence_start] + own + self.text[point.sentence_end :]
        return self._moved(OWN, text=text, made=[f"“{point.phrase}”: {OWN[0].lower()}{OWN[1:]}"])

    def _drop(self, key: str, *_: object) -> Acted:
        point = self._point(key)
        if point is None:
            return self._gone()
        document = self.draft.document
        problems = (one for one in self.report.statements.problems if one.start == point.start)
        spans = {(one.sentence_start, one.sentence_end) for one in self._same(point)}
        spans = spans or {(one.start, one.end) for one in problems}
        stretches = (document.clean_span(*span) for span in spans)
        text = self._edited({edit for stretch in stretches for edit in document.without_stretch(*stretch)})
        if not text.strip():
            return self._fault(point, {"own": "Nothing else stands in the text: write the sentence in your own words."})
        done = f"The sentence with “{point.phrase}” is taken out."
        return self._moved(done, text=text, made=[done])

    def _fault(self, point: Point, faults: Mapping[str, str]) -> Acted:
        errors = tuple(
            {"text": f"“{point.phrase}”: {fault[0].lower()}{fault[1:]}", "href": f"#{name}-{point.key}"}
            for name, fault in faults.items()
        )
        return Acted(desk=self, errors=errors, faults=faults, at=point.key)

    def _keep(self, key: str, _: str, form: Mapping[str, str]) -> Acted:
        point = self._point(key)
        if point is None or point.finding is None:
            return self._gone()
        asked = {name: form.get(f"{name}-{key}", "").strip()[:5000] for name in ASKED}
        agreed = tuple(filter(None, (asked["approved_by"], asked["second"])))
        given = {"reason": asked["reason"], "kept_by": asked["kept_by"], "advice": asked["advice"]}
        if faults := decision_faults(point.finding.severity, **given, approved_by=agreed):
            return self._fault(point, faults)
        source = self.draft.document.source
        made = [make_decision(one, source, **given, approved_by=agreed) for one in self._same(point)]
        known = {one.key for one in made}
        kept = (*(one for one in self.progress.kept if one.key not in known), *made)
        return self._moved(f"“{point.phrase}” is kept, with the reason.", kept=kept)

    def _unkeep(self, key: str, *_: object) -> Acted:
        point = self._point(key)
        if point is None:
            return self._gone()
        plain = " ".join(point.phrase.split()), " ".join(point.sentence.split())
        kept = tuple(one for one in self.progress.kept if (one.wording, one.sentence) != plain)
        return replace(self._moved(f"“{point.phrase}” is open again.", kept=kept), at=key)

    def _later(self, key: str, *_: object) -> Acted:
        point = self._point(key)
        if point is None:
            return self._gone()
        return self._moved(f"“{point.phrase}” is left for now.", later=(*self.progress.later, point.habit))

    def _again(self, key: str, *_: object) -> Acted:
        point = self._point(key)
        if point is None:
            return self._gone()
        later = tuple(one for one in self.progress.later if one != point.habit)
        return replace(self._moved("The point is open again.", later=later), at=key)

    def _put(self, name: str, *_: object) -> Acted:
        desk = self.with_statements([name])
        if desk is self:
            return Acted(desk=self, said="That statement is not on offer any more.")
        return self._moved("The statement is in.", text=desk.text, put=desk.progress.put)

    def _out(self, name: str, *_: object) -> Acted:
        bare = self.without_statement(name)
        if bare is self:
            return Acted(desk=self, said="The statement is not in the text.")
        return self._moved("The statement is taken out.", text=bare.text, put=bare.progress.put)

    def _undo(self, *_: object) -> Acted:
        if not self.progress.steps:
            return Acted(desk=self, said="There is nothing to undo.")
        return self._stepped("Undone", *self.progress.back(self.text))

    def _redo(self, *_: object) -> Acted:
        if not self.progress.undone:
            return Acted(desk=self, said="There is nothing to do again.")
        return self._stepped("Done again", *self.progress.again(self.text))

    def _stepped(self, how: str, step: Step, progress: Progress) -> Acted:
        desk = self.anew(step.text, progress)
        return Acted(desk=desk, said=f"{how}: {step.done}", at=next((point.key for point in desk.open), ""))

    def _add(self, item: str, _: str, form: Mapping[str, str]) -> Acted:
        field = fact_field(item)
        try:
            edit = self._work.fill(self.draft.document, self.state.given, item, form.get(field, ""))
        except InputError as error:
            href = f"#{field}" if field in form else "#missing"
            return Acted(desk=self, errors=({"text": str(error), "href": href},), faults={field: str(error)})
        done = f"Added: “{' '.join(edit.text.split())}”."
        waited = {one.id for one in self.offers.statements.refused if item in one.needs}
        filled = self.anew(self._edited([edit]), self.progress)
        placed = filled.with_statements(waited) if waited else filled
        said = done if placed is filled else f"{done} What waited for it under “Statement” is in, too."
        return replace(self._moved(done, text=placed.text, made=[done], put=placed.progress.put), said=said)

    def _value(self, name: str, _: str, form: Mapping[str, str]) -> Acted:
        refused = next((one for one in self.offers.statements.refused if one.id == name and one.needs), None)
        if refused is None:
            return Acted(desk=self, said="That statement is not on offer any more.")
        fields = {need: value_field(need, name) for need in refused.needs}
        values = {need: " ".join(form.get(field, "").split())[:500] for need, field in fields.items()}
        if empty := next((field for need, field in fields.items() if not values[need]), ""):
            text = f"{refused.title}: fill in what the statement needs."
            return Acted(desk=self, errors=({"text": text, "href": f"#{empty}"},))
        state = replace(self.state, given=self.state.given.with_values(values))
        before = {one.id for one in self.offers.statements.chosen}
        desk = self.anew(self.text, self.progress, state)
        new = [one.id for one in desk.offers.statements.chosen if one.id not in before]
        placed = desk.with_statements(new)
        if placed is desk:
            still = next((one for one in desk.offers.statements.refused if one.id == name), None)
            why = f"{still.reason} {still.remedy}".rstrip() if still else "It is not on offer any more."
            text = f"{refused.title}: {why}"
            return Acted(desk=self, errors=({"text": text, "href": f"#{next(iter(fields.values()))}"},))
        return desk._moved("The statement is in.", text=placed.text, put=placed.progress.put)


def _made(point: Point, cure: Suggestion) -> str:
    """What a cure does, in a sentence."""
    ends = {"delete": "is deleted.", "template": "is said in other words."}
    return f"“{point.phrase}” {ends.get(cure.kind, f'is now “{cure.text}”.')}"
