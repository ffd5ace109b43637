"""How many statements a short advert takes: the others are offered, and whoever wants them asks for them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from inclusive_ads.report import ChosenStatement, RefusedStatement
from inclusive_ads.statements.companions import texts_there
from inclusive_ads.statements.table import Situation, refusal


def within_limits(
    situation: Situation, chosen: Sequence[ChosenStatement], needed: Collection[str]
) -> tuple[list[ChosenStatement], list[RefusedStatement]]:
    """Of what could go in, what does, and what a short advert has no room for.

    What takes the place of older wording, what was asked for and what another statement needs always goes in.

    Args:
        situation: the advert and what was asked for.
        chosen: in order of weight.
        needed: ids of companions that a statement about a group brings with it.
    """
    limits = situation.library.short_advert
    there = texts_there(situation)
    existing = situation.survey.statements
    own = [*there, *(situation.survey.text[each.start : each.end] for each in existing)]
    if _words(situation.survey.text) - sum(map(_words, own)) >= limits.words:
        return list(chosen), []
    room = {True: limits.about_groups - len(existing), False: limits.companions - len(there)}
    kept: list[ChosenStatement] = []
    refused: list[RefusedStatement] = []
    # What another statement needs takes its room first; what was asked for takes none.
    fixed = [one for one in chosen if one.replaces or one.id in needed or situation.vacancy.wants(one.id, one.kind)]
    for one in fixed:
        room[bool(one.groups)] -= not (one.replaces or situation.vacancy.wants(one.id, one.kind))
    for one in chosen:
        if one not in fixed:
            room[bool(one.groups)] -= 1
        if one in fixed or room[bool(one.groups)] >= 0:
            kept.append(one)
        else:
            refused.append(refusal(situation, one.id, "short-advert", words=str(limits.words), text=one.text))
    return kept, refused


def _words(text: str) -> int:
    return len(text.split())
