"""One advert being worked on: its text as it stands, what was decided beside the text, and what each action does.

All of it goes with the request and comes back with the page; nothing is kept between two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from pydantic import BaseModel, ConfigDict, ValidationError

from inclusive_ads import (
    ChosenStatement,
    Decision,
    Document,
    Draft,
    Edit,
    Finding,
    InputError,
    Report,
    Severity,
    apply_edits,
    decision_faults,
    make_decision,
    plan,
)
from inclusive_ads_web.points import Point, points_of
from inclusive_ads_web.values import State
from inclusive_ads_web.work import Work

MOST_STEPS = 20  # that can be undone
MOST_REMEMBERED = 200_000  # characters of text in those steps
_BEHIND = 60  # characters before a place that tell it from others
ASKED = ("reason", "kept_by", "approved_by", "second", "advice")  # fields of a form that keeps wording


class _Carried(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Put(_Carried):
    """A statement that was put into the text.

    Attributes:
        text: its words there.
        old: the words whose place it took.
        behind: what stood before those, where the statement stands elsewhere.
    """

    id: str
    text: str
    old: str = ""
    behind: str = ""


class Decided(_Carried):
    """What was decided beside the text.

    Attributes:
        put: statements of ours that stand in it.
        left: ids of statements that are not wanted.
        later: habits of wording (see `Point`) that were put off.
        kept: wording that stays, with the reason.
    """

    put: tuple[Put, ...] = ()
    left: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    kept: tuple[Decision, ...] = ()


class Step(Decided):
    """How all stood before something was done."""

    text: str
    done: str


class Progress(Decided):
    """What was decided so far, and the steps that can be undone, the newest last."""

    steps: tuple[Step, ...] = ()

    @classmethod
    def from_field(cls, text: str) -> Progress:
        """What `to_field` made; the empty text is that of a beginning.

        Raises:
            InputError: it is something else.
        """
        try:
            return cls.model_validate_json(text) if text else cls()
        except ValidationError:
            raise InputError("The page did not send what was decided so far.", "Go back and send it again.") from None

    def to_field(self) -> str:
        """As a field of a form carries it."""
        return self.model_dump_json(exclude_defaults=True)


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


class Desk:
    """One advert on the desk.

    Args:
        work: the library.
        state: the advert as it was given, and its post.
        given: the advert, read.
        text: the text as it stands; None for that of `given`.
        progress: what was decided so far.
    """

    def __init__(
        self, work: Work, state: State, given: Document, text: str | None = None, progress: Progress | None = None
    ) -> None:
        self._work = work
        self.state = state
        self.given = given
        self.progress = progress or Progress()
        self.draft = Draft(given, text, limit=self._limit)
        self.text = self.draft.text

    @cached_property
    def report(self) -> Report:
        """On the text as it stands. Raises InputError where nobody can read it."""
        return self._checked(self.draft.document)

    def _checked(self, document: Document) -> Report:
        return self._work.check(document, self.state.given, decisions=self.progress.kept, reviews=self.state.said)

    @cached_property
    def report_on_given(self) -> Report:
        """On the advert as it was given, with the findings alone that still stand in the text or were changed."""
        return self._checked(self.given)

    @cached_property
    def offers(self) -> Report:
        """The report whose statements are offered: on the text without those of ours that stand in it."""
        return self._checked(self._bare) if self._standing else self.report

    @cached_property
    def _standing(self) -> list[tuple[Put, int, int]]:
        """Statements of ours as they stand in the text; one that was changed by hand is no longer ours."""
        spans = ((put, _words(put.text).search(self.text)) for put in self.progress.put)
        return [(put, *found.span()) for put, found in spans if found]

    @property
    def standing(self) -> dict[str, tuple[int, int]]:
        """Where statements of ours stand in the text, by id."""
        return {put.id: (start, end) for put, start, end in self._standing}

    @cached_property
    def _bare(self) -> Document:
        text = self.text
        for put, start, end in sorted(self._standing, key=lambda one: -one[1]):
            text = _taken_out(text, start, end, put)
        return Draft(self.given, text, limit=self._limit).document if text.strip() else self.draft.document

    @property
    def _limit(self) -> int:
        return 2 * self._work.settings.max_characters

    @cached_property
    def points(self) -> list[Point]:
        """What there is to decide, the gravest first."""
        return points_of(self.report, self.draft.document, self.progress.later)

    @property
    def open(self) -> list[Point]:
        """Points that wait."""
        return [point for point in self.points if point.state == "open"]

    @property
    def changes(self) -> int:
        """How many stretches of the advert were changed."""
        return len(self.draft.edits)

    def begin(self) -> Desk:
        """With the statements for the post in their places."""
        chosen = self.report.statements.chosen
        return self._with_statements([one.id for one in chosen]) if chosen else self

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
            "begin": lambda *_: Acted(desk=self.begin()),
        }

    def _moved(self, done: str, *, text: str | None = None, **decided: object) -> Acted:
        """The desk after something was done; before it is remembered."""
        before = Step(**self.progress.model_dump(exclude={"steps"}), text=self.text, done=done)
        steps = [*self.progress.steps, before][-MOST_STEPS:]
        while len(steps) > 1 and sum(len(step.text) for step in steps) > MOST_REMEMBERED:
            steps.pop(0)
        progress = self.progress.model_copy(update={**decided, "steps": tuple(steps)})
        desk = Desk(self._work, self.state, self.given, self.text if text is None else text, progress)
        return Acted(desk=desk, said=done, at=next((point.key for point in desk.open), ""))

    def _edited(self, edits: Iterable[Edit]) -> str:
        return apply_edits(self.draft.document.source, edits)

    def _point(self, key: str) -> Point | None:
        return next((point for point in self.points if point.key == key), None)

    def _gone(self) -> Acted:
        return Acted(desk=self, said="That point is no longer in the text.", at=next((p.key for p in self.open), ""))

    def _changed(self, findings: Iterable[Finding], choices: Mapping[int, int], done: str) -> Acted:
        edits = plan(self.draft.document, findings, None, choices)
        if not edits:
            return Acted(desk=self, said="Nothing could be changed there: write your own words.")
        return self._moved(done, text=self._edited(edits))

    def _take(self, key: str, index: str, _: Mapping[str, str]) -> Acted:
        point = self._point(key)
        number = int(index) if index.isascii() and index.isdecimal() and len(index) < 4 else -1
        if point is None or not 0 <= number < len(point.suggestions):
            return self._gone()
        taken = point.suggestions[number]
        ends = {"delete": "is deleted.", "template": "is said in other words."}
        done = f"“{point.phrase}” {ends.get(taken.kind, f'is now “{taken.text}”.')}"
        return self._changed(self._same(point), {point.number: number}, done)

    def _same(self, point: Point) -> list[Finding]:
        """The finding of a point, and those that repeat it."""
        return (
            [one for one in self.report.findings if point.number in (one.number, one.repeats)] if point.finding else []
        )

    def _take_safe(self, *_: object) -> Acted:
        chosen = [point.finding for point in self.open if point.finding and point.safe]
        numbers = {one.number for one in chosen}
        also = [one for one in self.report.findings if one.repeats in numbers]
        done = "1 safe change is made." if len(chosen) == 1 else f"{len(chosen)} safe changes are made."
        return self._changed([*chosen, *also], {}, done)

    @property
    def style(self) -> list[Point]:
        """Points of style that wait."""
        return [point for point in self.open if point.severity.name == Severity.STYLE]

    def _take_style(self, *_: object) -> Acted:
        chosen = [point for point in self.style if point.suggestions]
        findings = [one for point in chosen for one in self._same(point)]
        done = f"{len(chosen)} {'point' if len(chosen) == 1 else 'points'} of style taken."
        return self._changed(findings, {point.number: 0 for point in chosen}, done)

    def _leave_style(self, *_: object) -> Acted:
        habits = [point.habit for point in self.style]
        return self._moved("The points of style are left as they are.", later=(*self.progress.later, *habits))

    def _own(self, key: str, _: str, form: Mapping[str, str]) -> Acted:
        point = self._point(key)
        if point is None:
            return self._gone()
        own = " ".join(form.get(f"own-{key}", "").split())
        if not own:
            return self._fault(point, {"own": "Write the sentence in your own words."})
        if own == " ".join(point.sentence.split()):
            return self._fault(point, {"own": "Change the sentence, or keep it with a reason."})
        text = self.text[: point.sentence_start] + own + self.text[point.sentence_end :]
        return self._moved("Your own words are in.", text=text)

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
        desk = self._with_statements([name])
        if desk is self:
            return Acted(desk=self, said="That statement is not on offer any more.")
        return self._moved("The statement is in.", text=desk.text, put=desk.progress.put, left=desk.progress.left)

    def _out(self, name: str, *_: object) -> Acted:
        here = next((one for one in self._standing if one[0].id == name), None)
        left = (*(one for one in self.progress.left if one != name), name)
        if here is None:
            return self._moved("The statement stays out.", left=left)
        put, start, end = here
        rest = tuple(one for one in self.progress.put if one.id != name)
        text = _taken_out(self.text, start, end, put)
        return self._moved("The statement is taken out.", text=text, put=rest, left=left)

    def _undo(self, *_: object) -> Acted:
        if not self.progress.steps:
            return Acted(desk=self, said="There is nothing to undo.")
        *earlier, last = self.progress.steps
        decided = last.model_dump(include={"put", "left", "later"})
        progress = Progress(**decided, kept=last.kept, steps=tuple(earlier))
        desk = Desk(self._work, self.state, self.given, last.text, progress)
        return Acted(desk=desk, said=f"Undone: {last.done}", at=next((point.key for point in desk.open), ""))

    def _add(self, item: str, _: str, form: Mapping[str, str]) -> Acted:
        value = form.get(f"fact-{item}", "")
        try:
            edit = self._work.fill(self.draft.document, self.state.given, item, value)
        except InputError as error:
            href = f"#fact-{item}" if f"fact-{item}" in form else "#missing"
            return Acted(desk=self, errors=({"text": str(error), "href": href},), faults={f"fact-{item}": str(error)})
        return self._moved(f"Added: “{' '.join(edit.text.split())}”.", text=self._edited([edit]))

    def _value(self, name: str, _: str, form: Mapping[str, str]) -> Acted:
        refused = next((one for one in self.offers.statements.refused if one.id == name and one.needs), None)
        if refused is None:
            return Acted(desk=self, said="That statement is not on offer any more.")
        values = {need: " ".join(form.get(f"value-{need}-{name}", "").split())[:500] for need in refused.needs}
        if not all(values.values()):
            text = f"{refused.title}: fill in what the statement needs."
            return Acted(desk=self, errors=({"text": text, "href": f"#value-{refused.needs[0]}-1-{name}"},))
        state = replace(self.state, given=self.state.given.with_values(values))
        before = {one.id for one in self.offers.statements.chosen}
        desk = Desk(self._work, state, self.given, self.text, self.progress)
        new = [one.id for one in desk.offers.statements.chosen if one.id not in before]
        placed = desk._with_statements(new)
        if placed is desk:
            return Acted(desk=desk, said="The value is known now; the statement still cannot go in.")
        return desk._moved("The statement is in.", text=placed.text, put=placed.progress.put, left=placed.progress.left)

    def keeper(self, field: str) -> str:
        """What a field of the form that keeps wording holds at first: whoever kept the last one keeps the next."""
        return self.progress.kept[-1].kept_by if field == "kept_by" and self.progress.kept else ""

    def _with_statements(self, names: Iterable[str]) -> Desk:
        """With statements put in that are on offer, each where it belongs beside those that stand in the text."""
        standing = set(self.standing)
        document, offered = self._bare, self.offers.statements
        wanted = standing | set(names)
        if not standing <= {one.id for one in offered.chosen}:  # one that is no longer on offer stays where it is
            document, offered, wanted = self.draft.document, self.report.statements, set(names)
        chosen = [one for one in offered.chosen if one.id in wanted]
        if {one.id for one in chosen} <= standing:
            return self
        put = {one.id: one for one in self.progress.put}
        for one in chosen:
            alone = plan(document, (), replace(offered, chosen=(one,)))
            words = max((e.text.strip() for e in alone), key=len, default="")
            put[one.id] = Put(id=one.id, text=words, **_replaced(document.source, one, alone))
        left = tuple(one for one in self.progress.left if one not in put)
        progress = self.progress.model_copy(
            update={"put": tuple(one for one in put.values() if one.text), "left": left}
        )
        text = apply_edits(document.source, plan(document, (), replace(offered, chosen=tuple(chosen))))
        return Desk(self._work, self.state, self.given, text, progress)


def _replaced(source: str, statement: ChosenStatement, edits: Iterable[Edit]) -> dict[str, str]:
    """What a statement takes the place of, for `Put`."""
    if not statement.replaces:
        return {}
    low, high = statement.replaces
    if statement.start == low:
        return {"old": source[low:high]}
    gone = next((edit for edit in edits if edit.start <= low and not edit.text), Edit(start=low, end=high, text=""))
    return {"old": source[gone.start : gone.end], "behind": source[max(0, gone.start - _BEHIND) : gone.start]}


def _words(text: str) -> re.Pattern[str]:
    """The words of a text, whatever the gaps between them."""
    return re.compile(r"\s+".join(map(re.escape, text.split())))


def _taken_out(text: str, start: int, end: int, put: Put) -> str:
    """A text without a statement that stands at a place, and with the words whose place it took."""
    if put.old and not put.behind:
        return text[:start] + put.old + text[end:]
    before, after = text[:start], text[end:]
    if before.endswith("\n"):
        before = before[: -2 if before.endswith("\n\n") else -1]
    elif not before:
        after = after.removeprefix("\n").removeprefix("\n")
    found = before + after
    if not put.old:
        return found
    place = found.find(put.behind)
    if place < 0:
        return text[:start] + put.old + text[end:]
    place += len(put.behind)
    return found[:place] + put.old + found[place:]
