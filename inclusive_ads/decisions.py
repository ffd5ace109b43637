"""Comply or explain: keep a finding, with a reason and the name of the person who approved that.

Decisions live in a YAML file beside the advert, written for people to read::

    decisions:
      - entry: pace
        wording: fast-paced
        sentence: This is a fast-paced ward.
        reason: The trial ward's own name for its admissions bay.
        approved_by: Dana Reed, Head of Resourcing
        approved_on: 2026-11-03

A decision belongs to one wording in one sentence. It expires when either changes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from inclusive_ads.errors import InputError
from inclusive_ads.lexicon.files import read_yaml
from inclusive_ads.report import Finding, Note

DECISIONS = ".decisions.yaml"  # how a file of decisions ends, in place of the advert's own ending
LAPSED = "decision-lapsed"  # id of the note about one that covers nothing any more
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Decision(BaseModel):
    """A finding that stays in the advert, and why.

    Attributes:
        entry: id of the lexicon entry.
        wording: what the finding marks, in plain spaces.
        sentence: the sentence it stands in, in plain spaces.
        approved_by: name and post of the person who agreed.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    entry: _Text
    wording: _Text
    sentence: _Text
    reason: _Text
    approved_by: _Text
    approved_on: date

    @property
    def key(self) -> tuple[str, str, str]:
        """What the decision is about."""
        return self.entry, self.wording, self.sentence


class _DecisionsFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    decisions: tuple[Decision, ...] = ()


def decisions_path(advert: str | Path) -> Path:
    """The decisions file that goes with an advert: ``advert.docx`` has ``advert.decisions.yaml``."""
    return Path(advert).with_suffix(DECISIONS)


def load_decisions(path: str | Path) -> tuple[Decision, ...]:
    """Read a decisions file; one that is not there holds none.

    Raises:
        LexiconError: the file has a mistake; the error says where and what to do.
    """
    place = Path(path)
    return read_yaml(place, _DecisionsFile).decisions if place.exists() else ()


def make_decision(finding: Finding, source: str, *, reason: str, approved_by: str, approved_on: date) -> Decision:
    """A decision to keep a finding.

    Args:
        finding: what is kept.
        source: the advert that it was found in.
        reason: why the wording stays.
        approved_by: name and post of the person who agreed.
        approved_on: the day of the decision.

    Raises:
        InputError: the reason or the name is empty.
    """
    entry, wording, sentence = _key(finding, source)
    try:
        return Decision(
            entry=entry,
            wording=wording,
            sentence=sentence,
            reason=reason,
            approved_by=approved_by,
            approved_on=approved_on,
        )
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0]).replace("_", " ")
        raise InputError(
            f"A decision needs '{field}'.", "Give a reason and the name of the person who approved it.", code="decision"
        ) from None


def save_decision(path: str | Path, decision: Decision) -> None:
    """Add a decision to a file, in place of an earlier one about the same wording.

    The file is written beside the old one and then takes its place, so that it is never half written.

    Raises:
        LexiconError: the file that is there has a mistake.
        InputError: the file cannot be written.
    """
    place = Path(path)
    kept = [one for one in load_decisions(place) if one.key != decision.key]
    data = {"decisions": [one.model_dump() for one in (*kept, decision)]}
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100)
    temporary = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("x", encoding="utf-8") as file:
            file.write(text)
        if place.exists():
            shutil.copymode(place, temporary)
        temporary.replace(place)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise InputError(
            f"'{place}' cannot be written: {error.strerror}.", "Check the folder and your rights to it.", code="file"
        ) from None


def apply_decisions(findings: Iterable[Finding], decisions: Iterable[Decision], source: str) -> tuple[Finding, ...]:
    """The findings, with `kept` set on those that a decision covers.

    Args:
        findings: of one advert.
        decisions: as read by `load_decisions`.
        source: the advert, as given.
    """
    known = {decision.key: decision for decision in decisions}
    result = []
    for finding in findings:
        decision = known.get(_key(finding, source)) if known else None
        result.append(replace(finding, kept=_note(decision)) if decision else finding)
    return tuple(result)


def expired_decisions(findings: Sequence[Finding], decisions: Iterable[Decision], source: str) -> tuple[Decision, ...]:
    """Decisions about wording that is no longer in the advert, or is no longer found."""
    present = {_key(finding, source) for finding in findings}
    return tuple(decision for decision in decisions if decision.key not in present)


def lapsed(decision: Decision) -> Note:
    """What a report says of a decision that covers nothing any more."""
    return Note(
        id=LAPSED,
        message=f"The decision to keep “{decision.wording}” no longer applies: the sentence has changed or is gone.",
        why=f"{decision.approved_by} agreed to it in other words. Decide again, or remove it from the decisions.",
    )


def _key(finding: Finding, source: str) -> tuple[str, str, str]:
    sentence = source[finding.sentence_start : finding.sentence_end]
    return finding.entry, " ".join(finding.text.split()), " ".join(sentence.split())


def _note(decision: Decision) -> dict[str, str]:
    return {
        "reason": decision.reason,
        "approved_by": decision.approved_by,
        "approved_on": decision.approved_on.isoformat(),
    }
