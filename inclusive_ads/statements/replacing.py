"""What becomes of statements that the advert has when a new one is to go in: no welcome is lost unasked."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from inclusive_ads.report import RefusedStatement
from inclusive_ads.statements.library import listed
from inclusive_ads.statements.survey import Existing
from inclusive_ads.statements.table import Situation, refusal


def held_back(
    situation: Situation, name: str, kind: str, text: str, groups: Collection[str], older: Existing | None
) -> RefusedStatement | None:
    """Why a person has to decide first; None where the statement can go in, or was asked for by name.

    Args:
        name, kind: of the record.
        text: what would go in.
        groups: ids of the groups that it names.
        older: the statement whose place it would take, or None.
    """
    if situation.vacancy.wants(name, kind) is True:
        return None
    if older is None:
        near = situation.survey.like_a_statement
        if near is None:
            return None
        return refusal(situation, name, "like-a-statement", wording=_said(situation, near), text=text)
    lost = [situation.library.groups[one] for one in older.groups if one not in groups]
    if not lost:
        return None
    return refusal(situation, name, "keeps-others", wording=_said(situation, older), groups=listed(lost), text=text)


def _said(situation: Situation, passage: Existing) -> str:
    return situation.survey.text[passage.start : passage.end]


def unkept(statements: Iterable[Existing], kept: Iterable[tuple[int, int]]) -> list[Existing]:
    """The statements of the advert that are none of ours."""
    kept = tuple(kept)
    return [one for one in statements if not any(one.start < end and start < one.end for start, end in kept)]
