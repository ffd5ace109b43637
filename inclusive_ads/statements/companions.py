"""Statements that need no figures: adjustments, flexible working, right to work and the like."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from inclusive_ads.dates import read_day, written
from inclusive_ads.offsets import SourceOffset
from inclusive_ads.report import ChosenStatement, RefusedStatement
from inclusive_ads.statements.library import Hit, fill, placeholders
from inclusive_ads.statements.models import Companion
from inclusive_ads.statements.survey import sentence_at
from inclusive_ads.statements.table import Situation, refusal, value_missing


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanionState:
    """Whether a companion can go in: its text, or why not."""

    text: str = ""
    present: bool = False
    refused: RefusedStatement | None = None

    @property
    def blocked(self) -> bool:
        """Neither in the advert nor able to go in."""
        return self.refused is not None and not self.present


def companion_state(name: str, situation: Situation) -> CompanionState:
    """Whether the advert has a companion, whether it may go in, and its text."""
    companion = situation.library.companions[name]
    if situation.vacancy.wants(name) is False:
        return CompanionState(
            present=situation.survey.companion(name) is not None, refused=refusal(situation, name, "switched-off")
        )
    values = situation.values
    wording = _wording(companion, situation)
    missing = [one for one in dict.fromkeys((*placeholders(wording), *companion.requires)) if one not in values]
    text = "" if missing else fill(wording, values)
    alike, told = situation.survey.companion(name), situation.told.get(name)
    # Where the checklist asks for it, wording like it that refuses, delays or speaks of others does not say it.
    if told or (told is None and alike) or (text and text in situation.survey.text):
        return CompanionState(present=True, refused=refusal(situation, name, "already-there"))
    if situation.survey.northern_ireland and "NI" not in companion.jurisdictions:
        return CompanionState(refused=refusal(situation, name, "wrong-place"))
    for topic in companion.not_with:
        hit = situation.survey.topic(topic)
        if hit:
            return CompanionState(
                refused=refusal(situation, name, "ruled-out", wording=situation.survey.text[hit.start : hit.end])
            )
    if missing:
        return CompanionState(refused=value_missing(situation, name, missing))
    if "NI" not in companion.jurisdictions and not situation.survey.in_great_britain:
        return CompanionState(refused=refusal(situation, name, "place-not-certain", text=text))
    if companion.until and (lapsed := _lapsed(companion, situation)):
        return CompanionState(refused=lapsed)
    near = alike or _beside(companion, situation)
    if near and situation.vacancy.wants(name) is not True:
        wording = situation.survey.text[near.start : near.end]
        return CompanionState(refused=refusal(situation, name, "offered", wording=wording, text=text))
    return CompanionState(text=text)


def _beside(companion: Companion, situation: Situation) -> Hit | None:
    """What keeps a companion from going in unasked, outside the sentence whose place it takes."""
    stale = situation.survey.topic(companion.replaces) if companion.replaces else None
    sentences = situation.advert.sentences
    start, end = sentences[sentence_at(sentences, stale.start)] if stale else (0, 0)
    hits = situation.survey.hits.get("topic", ())
    return next((hit for hit in hits if hit.name in companion.unless_asked and not start <= hit.start < end), None)


def _wording(companion: Companion, situation: Situation) -> str:
    own = companion.text_in_wales if companion.text_in_wales and "wales" in situation.survey.nations else companion.text
    return situation.profile.texts.get(companion.id, own)


def texts_there(situation: Situation) -> list[str]:
    """The texts of companions that the advert has word for word, as after an earlier run."""
    values = situation.values
    wordings = [_wording(companion, situation) for companion in situation.library.companions.values()]
    texts = [fill(wording, values) for wording in wordings if all(one in values for one in placeholders(wording))]
    return [text for text in texts if text in situation.survey.text]


def _lapsed(companion: Companion, situation: Situation) -> RefusedStatement | None:
    """The refusal where a membership ends before the advert does, or its day cannot be read."""
    until = situation.values.get(companion.until, "")
    day = read_day(until, situation.today)
    if until and day is None:
        return value_missing(situation, companion.id, [companion.until])
    if day and day < situation.last_day:
        return refusal(situation, companion.id, "lapsed", until=written(day))
    return None


def choose_companions(
    situation: Situation, extra: Iterable[str], texts: Iterable[str]
) -> tuple[list[ChosenStatement], list[RefusedStatement]]:
    """Choose among the companions that the profile lists or the vacancy asks for.

    Args:
        post: the advert, the vacancy and the profile.
        extra: ids that a positive action statement brings with it.
        texts: what goes in already; a companion that it covers is left out.
    """
    chosen: list[ChosenStatement] = []
    refused: list[RefusedStatement] = []
    inserted = [situation.library.read(text) for text in texts]
    brought = set(extra)
    for name, companion in situation.library.companions.items():
        if not _wanted(companion, situation, brought):
            continue
        state = companion_state(name, situation)
        topics = {hit.name for hits in inserted for hit in hits.get("topic", ())}
        if state.refused:
            refused.append(state.refused)
        elif any(hit.name == name for hits in inserted for hit in hits.get("companion", ())):
            refused.append(refusal(situation, name, "covered"))
        elif topics & set(companion.not_with):
            refused.append(refusal(situation, name, "not-together"))
        else:
            statement = _choose(companion, state.text, situation)
            chosen.append(statement)
            inserted.append(situation.library.read(statement.text))
    return chosen, refused


def _wanted(companion: Companion, situation: Situation, brought: set[str]) -> bool:
    if companion.id in brought or situation.vacancy.wants(companion.id) is True:
        return True
    if companion.id not in situation.profile.companions:
        return False
    return companion.when == "always" or (companion.when == "public-facing" and situation.vacancy.public_facing is True)


def _choose(companion: Companion, text: str, situation: Situation) -> ChosenStatement:
    reasons = [companion.why]
    stale = situation.survey.topic(companion.replaces) if companion.replaces else None
    replaces = None
    if stale:
        sentences = situation.advert.sentences
        replaces = situation.document.span(*sentences[sentence_at(sentences, stale.start)])
        start = replaces[0]
        reasons.append("It takes the place of wording that is out of date.")
    else:
        block, because = situation.layout.place(companion.place)
        start = SourceOffset(situation.document.insertion(block, text).start)
        reasons.append(because)
    return ChosenStatement(
        id=companion.id,
        kind=companion.kind,
        groups=(),
        text=text,
        start=start,
        reasons=tuple(reasons),
        replaces=replaces,
        needs_legal_advice=companion.needs_legal_advice,
    )
