"""An advert as it lies on the desk: its text as it stands, the report on it, its points, and the statements."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from textwrap import shorten
from typing import Self

from inclusive_ads import ChosenStatement, Document, Draft, Edit, Finding, Report, Severity, apply_edits, plan
from inclusive_ads_web.asking import Missing, asked
from inclusive_ads_web.points import Point, points_of
from inclusive_ads_web.progress import TYPED, Progress, Put
from inclusive_ads_web.values import State
from inclusive_ads_web.work import Work

_SHOWN = 80  # characters of a statement by which it is told from others
_BEHIND = 60  # characters before a place that tell it from others


class Paper:
    """One advert, its post, and what was decided so far.

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
        """On the advert as it was given, with what was kept since."""
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

    @cached_property
    def made(self) -> list[str]:
        """The changes of the advert, each in a sentence: what was done, and the statements of ours that stand in it."""
        if self.text == self.draft.before:
            return []
        standing = (put for put, _, _ in self._standing)
        put_in = [f"A statement is put in: “{_shortened(put.text)}”." for put in standing]
        return [*put_in, *self.progress.made] or [TYPED]

    @cached_property
    def missing(self) -> list[Missing]:
        """What applicants look for and do not find, with how each can be stated."""
        lacking = self._work.missing(self.state.given, self.report)
        return asked(lacking, self.offers, self.standing)

    @property
    def style(self) -> list[Point]:
        """Points of style that wait."""
        return [point for point in self.open if point.severity.name == Severity.STYLE]

    def _same(self, point: Point) -> list[Finding]:
        """The finding of a point, and those that repeat it."""
        return (
            [one for one in self.report.findings if point.number in (one.number, one.repeats)] if point.finding else []
        )

    @property
    def put_in(self) -> str:
        """What of ours stands in the text, and what it took the place of, in a sentence; "" for nothing."""
        put, replaced = len(self.standing), sum(bool(one.old) for one in self.progress.put)
        if not put:
            return ""
        ours = "1 statement is" if put == 1 else f"{put} statements are"
        old = f" in place of {replaced} of yours" if replaced else ""
        return f"{ours} put in for you{old}: see “Statement”, where each can be taken out."

    def keeper(self, field: str) -> str:
        """What a field of the form that keeps wording holds at first: whoever kept the last one keeps the next."""
        return self.progress.kept[-1].kept_by if field == "kept_by" and self.progress.kept else ""

    def anew(self, text: str, progress: Progress, state: State | None = None) -> Self:
        """The same advert with another text, and with what was decided since."""
        return type(self)(self._work, state or self.state, self.given, text, progress)

    def with_statements(self, names: Iterable[str]) -> Self:
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
        progress = self.progress.model_copy(update={"put": tuple(one for one in put.values() if one.text)})
        text = apply_edits(document.source, plan(document, (), replace(offered, chosen=tuple(chosen))))
        return self.anew(text, progress)

    def without_statement(self, name: str) -> Self:
        """Without a statement of ours, and with the words whose place it took; the same where it does not stand."""
        here = next((one for one in self._standing if one[0].id == name), None)
        if here is None:
            return self
        put, start, end = here
        rest = tuple(one for one in self.progress.put if one.id != name)
        return self.anew(_taken_out(self.text, start, end, put), self.progress.model_copy(update={"put": rest}))


def _replaced(source: str, statement: ChosenStatement, edits: Iterable[Edit]) -> dict[str, str]:
    """What a statement takes the place of, for `Put`."""
    if not statement.replaces:
        return {}
    low, high = statement.replaces
    if statement.start == low:
        return {"old": source[low:high]}
    gone = next((edit for edit in edits if edit.start <= low and not edit.text), Edit(start=low, end=high, text=""))
    return {"old": source[gone.start : gone.end], "behind": source[max(0, gone.start - _BEHIND) : gone.start]}


def _shortened(text: str) -> str:
    """The first words of a text."""
    return shorten(text, _SHOWN, placeholder=" …")


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
