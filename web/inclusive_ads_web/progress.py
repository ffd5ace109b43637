"""What was decided of an advert so far, and the steps there and back: it goes with the form, and comes back."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, ValidationError

from inclusive_ads import Decision, InputError

MOST_STEPS = 20  # that can be undone
MOST_REMEMBERED = 200_000  # characters of text in those steps
TYPED = "Your own typing."  # what is done by hand between two other steps


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
        later: habits of wording (see `Point`) that were put off.
        kept: wording that stays, with the reason.
    """

    put: tuple[Put, ...] = ()
    later: tuple[str, ...] = ()
    kept: tuple[Decision, ...] = ()


class Step(Decided):
    """How all stood before something was done, or, where it was undone, after it.

    Attributes:
        done: what was done, in a sentence.
        made: the changes of the text that it made, each in a sentence.
    """

    text: str
    done: str
    made: tuple[str, ...] = ()


class Progress(Decided):
    """What was decided so far.

    Attributes:
        steps: what can be undone, the newest last.
        undone: what can be done again, the newest last.
        earlier: the changes of the text made by steps that can no longer be undone.
    """

    steps: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()
    earlier: tuple[str, ...] = ()

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

    @property
    def made(self) -> tuple[str, ...]:
        """The changes of the text, in order; typing counts once, however often it was gone on with."""
        every = (*self.earlier, *(change for step in self.steps for change in step.made))
        return tuple(one for number, one in enumerate(every) if one != TYPED or one not in every[:number])

    def after(self, text: str, done: str, made: Iterable[str] = (), **decided: object) -> Progress:
        """What is decided once something was done; how it stood before is remembered.

        Args:
            text: as it was before.
            done, made: as in `Step`.
            decided: what is decided otherwise now.
        """
        steps, earlier = [*self.steps, self._step(text, done, tuple(made))], self.earlier
        while len(steps) > MOST_STEPS or (len(steps) > 1 and sum(len(step.text) for step in steps) > MOST_REMEMBERED):
            earlier += steps.pop(0).made
        return self.model_copy(update={**decided, "steps": tuple(steps), "undone": (), "earlier": earlier})

    def typed(self, before: str, text: str) -> Progress:
        """With what was typed since as a step of its own; all the typing between two other steps is one."""
        if before == text:
            return self
        if self.steps and self.steps[-1].done == TYPED:
            return self.model_copy(update={"undone": ()})
        return self.after(before, TYPED, (TYPED,))

    def back(self, text: str) -> tuple[Step, Progress]:
        """How it stood before the last step, and what was decided then; there must be one.

        Args:
            text: as it is now, for `again`.
        """
        *steps, last = self.steps
        here = self._step(text, last.done, last.made)
        return last, self._as(last, steps=tuple(steps), undone=(*self.undone, here))

    def again(self, text: str) -> tuple[Step, Progress]:
        """How it stood after the step that was undone last, and what was decided then; there must be one.

        Args:
            text: as it is now, for `back`.
        """
        *undone, last = self.undone
        here = self._step(text, last.done, last.made)
        return last, self._as(last, steps=(*self.steps, here), undone=tuple(undone))

    def _step(self, text: str, done: str, made: tuple[str, ...]) -> Step:
        return Step(put=self.put, later=self.later, kept=self.kept, text=text, done=done, made=made)

    def _as(self, step: Step, **moved: tuple[Step, ...]) -> Progress:
        return self.model_copy(update={"put": step.put, "later": step.later, "kept": step.kept, **moved})

    def to_field(self) -> str:
        """As a field of a form carries it."""
        return self.model_dump_json(exclude_defaults=True)
