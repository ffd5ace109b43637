"""What was decided of an advert so far, and the steps that can be undone: it goes with the form, and comes back."""

from __future__ import annotations

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

    def after(self, text: str, done: str, **decided: object) -> Progress:
        """What is decided once something was done; how it stood before is remembered."""
        before = Step(**self.model_dump(exclude={"steps"}), text=text, done=done)
        steps = [*self.steps, before][-MOST_STEPS:]
        while len(steps) > 1 and sum(len(step.text) for step in steps) > MOST_REMEMBERED:
            steps.pop(0)
        return self.model_copy(update={**decided, "steps": tuple(steps)})

    def typed(self, before: str, text: str) -> Progress:
        """With what was typed since as a step of its own; all the typing between two other steps is one."""
        if before == text or (self.steps and self.steps[-1].done == TYPED):
            return self
        return self.after(before, TYPED)

    def to_field(self) -> str:
        """As a field of a form carries it."""
        return self.model_dump_json(exclude_defaults=True)
