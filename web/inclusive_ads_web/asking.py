"""What a person is asked for, each thing once: a fact that is missing and what a statement needs may be the same."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from inclusive_ads import Completeness, MissingLine, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A fact that is missing.

    Attributes:
        line: what states it; None where no line could, or where a statement does.
        put: a statement on offer that states it, by id.
        asked_in: where what it lacks is asked for: the name of a field.
        also: titles of the statements that go in with it.
    """

    item: Completeness
    line: MissingLine | None
    put: str = ""
    asked_in: str = ""
    also: tuple[str, ...] = ()


def fact_field(item: str) -> str:
    """The field of a fact, by id of the item."""
    return f"fact-{item}"


def value_field(need: str, statement: str) -> str:
    """The field of what a statement needs."""
    return f"value-{need}-{statement}"


def asked(
    missing: Sequence[tuple[Completeness, MissingLine | None]], offers: Report, standing: Collection[str]
) -> list[Missing]:
    """What is missing, each with how it is stated.

    Args:
        missing: each with the line that would state it.
        offers: the report whose statements are on offer, and that lack something.
        standing: those that stand in the text, by id.
    """
    facts = {item.id for item, line in missing if line}
    ready = {one.id for one in offers.statements.chosen} - set(standing)
    lacking = {one.id: one.needs for one in offers.statements.refused if one.needs}
    found = []
    for item, line in missing:
        if item.id in ready:
            found.append(Missing(item=item, line=None, put=item.id))
        elif item.id in lacking:
            need = lacking[item.id][0]
            field = fact_field(need) if need in facts else value_field(need, item.id)
            found.append(Missing(item=item, line=None, asked_in=field))
        else:
            also = tuple(one.title for one in offers.statements.refused if item.id in one.needs)
            found.append(Missing(item=item, line=line, also=also))
    return found
