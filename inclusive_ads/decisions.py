"""Comply or explain: keep a finding, with a reason and the names of those who answer for it.

Decisions live in a YAML file beside the advert, written for people to read::

    decisions:
      - entry: pace
        wording: fast-paced
        sentence: This is a fast-paced ward.
        reason: The trial ward's own name for its admissions bay.
        kept_by: Lee Carter, Resourcing
        approved_by: [Dana Reed, Head of Resourcing]
        approved_on: 2026-11-03

A decision belongs to one wording in one sentence. It expires when either changes, and counts only where it has the
names that the gravity of the wording asks for; docs/decisions/keeping.md says why.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from inclusive_ads.errors import InputError
from inclusive_ads.lexicon.files import read_yaml
from inclusive_ads.outcomes import Severity
from inclusive_ads.plain import JsonObject
from inclusive_ads.refusals import said
from inclusive_ads.report import LAPSED, SHORT, Finding, Kept, Note

DECISIONS = ".decisions.yaml"  # how a file of decisions ends, in place of the advert's own ending
# How many people have to agree, beside the one who keeps it.
APPROVERS: Mapping[Severity, int] = {Severity.UNLAWFUL: 2, Severity.CONFIRM: 1, Severity.INDIRECT: 1}
MOST_NAMES, MOST_TEXT = 5, 1000  # people who agree; characters of a reason, of advice, or of a name
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_TEXT)]
_AFTER_NAME = re.compile(r"[,;(<]| [-–—] ")  # what follows is somebody's post or address
_TITLES = re.compile(r"(?:(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame)\.? )+", re.IGNORECASE)


def _one_or_more(names: object) -> object:
    return (names,) if isinstance(names, str) else names


class Decision(BaseModel):
    """A finding that stays in the advert, and why.

    Attributes:
        entry: id of the lexicon entry.
        wording: what the finding marks, in plain spaces.
        sentence: the sentence it stands in, in plain spaces.
        kept_by: name and post of the person who keeps it.
        approved_by: names and posts of those who agreed; `APPROVERS` says how many.
        approved_on: the day on which it was decided.
        advice: what advice was taken, from whom and when, or that none was; needed for what is likely unlawful.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    entry: _Text
    wording: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    sentence: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    reason: _Text
    kept_by: _Text
    approved_by: Annotated[tuple[_Text, ...], BeforeValidator(_one_or_more), Field(max_length=MOST_NAMES)] = ()
    approved_on: date
    advice: Annotated[str, StringConstraints(strip_whitespace=True, max_length=MOST_TEXT)] = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What the decision is about."""
        return self.entry, self.wording, self.sentence


class _DecisionsFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

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


def read_decisions(given: object) -> tuple[Decision, ...]:
    """Decisions from plain values, as JSON has them.

    Raises:
        InputError: they are something else; the message says which field of which one.
    """
    try:
        return _DecisionsFile.model_validate({"decisions": given}).decisions
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(
            f"{where}: {said(first)}.", "Give them as an earlier check kept them.", code="decision"
        ) from None


def make_decision(
    finding: Finding,
    source: str,
    *,
    reason: str,
    kept_by: str,
    approved_by: Iterable[str] = (),
    advice: str = "",
) -> Decision:
    """A decision to keep a finding, of today: none is dated back.

    Args:
        finding: what is kept.
        source: the advert that it was found in.
        reason: why the wording stays.
        kept_by, approved_by, advice: see `Decision`.

    Raises:
        InputError: the reason or a name is missing, or it is not enough for so grave a wording.
    """
    names = tuple(name for name in map(str.strip, approved_by) if name)
    given: JsonObject = {"reason": reason, "kept_by": kept_by, "approved_by": names, "advice": advice}
    for fault in decision_faults(finding.severity, **given).values():
        raise InputError("The wording cannot be kept like this.", fault, code="decision")
    entry, wording, sentence = _key(finding, source)
    return Decision(entry=entry, wording=wording, sentence=sentence, approved_on=date.today(), **given)


def decision_faults(
    severity: Severity, *, reason: str, kept_by: str, approved_by: Sequence[str] = (), advice: str = ""
) -> dict[str, str]:
    """What is still needed to keep wording of a severity: field of `Decision` → what to do; empty for nothing."""
    texts = {
        "reason": reason,
        "kept_by": kept_by,
        "advice": advice,
        "approved_by": max(approved_by, key=len, default=""),
    }
    faults = {name: f"Use {MOST_TEXT} characters at most." for name, text in texts.items() if len(text) > MOST_TEXT}
    if not reason.strip():
        faults["reason"] = "Say why the post needs the wording."
    if not kept_by.strip():
        faults["kept_by"] = "Give the name of whoever keeps the wording."
    needed, names = APPROVERS.get(severity, 0), {_person(name) for name in approved_by}
    if len(approved_by) > MOST_NAMES:
        faults["approved_by"] = f"Give {MOST_NAMES} names at most."
    elif _person(kept_by) in names:
        faults["approved_by"] = "Whoever keeps the wording cannot agree to it as well: somebody else has to."
    elif len(names) < needed:
        both = "Two different people have to agree: the manager and the lead on equality. Give both names."
        faults["approved_by"] = both if needed > 1 else "Somebody else has to agree. Give the name."
    if severity is Severity.UNLAWFUL and not advice.strip():
        faults["advice"] = "Say what advice was taken, and from whom, or that none was."
    return faults


def shortfall(decision: Decision, severity: Severity, today: date) -> str:
    """Why a decision does not keep wording of a severity, as a sentence or two; "" where it does."""
    if decision.approved_on > today:
        return "The day of the decision is still to come."
    given = decision.model_dump(include={"reason", "kept_by", "approved_by", "advice"})
    return " ".join(decision_faults(severity, **given).values())


def _person(name: str) -> str:
    """A name to compare by: without title and post."""
    return _TITLES.sub("", " ".join(_AFTER_NAME.split(name)[0].split()).casefold())


def save_decision(path: str | Path, decision: Decision) -> None:
    """Add a decision to a file, in place of an earlier one about the same wording.

    The file is written beside the old one and then takes its place, so that it is never half written.

    Raises:
        LexiconError: the file that is there has a mistake.
        InputError: the file cannot be written.
    """
    place = Path(path)
    kept = [one for one in load_decisions(place) if one.key != decision.key]
    text = decisions_yaml((*kept, decision))
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


def decisions_yaml(decisions: Iterable[Decision]) -> str:
    """The text of a decisions file."""
    return yaml.safe_dump({"decisions": list(map(_plain, decisions))}, sort_keys=False, allow_unicode=True, width=100)


def _plain(decision: Decision) -> dict[str, object]:
    plain = decision.model_dump(exclude_defaults=True)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()}


def apply_decisions(
    findings: Iterable[Finding], decisions: Iterable[Decision], source: str, today: date
) -> tuple[tuple[Finding, ...], tuple[Note, ...]]:
    """The findings, with `kept` set on those that a decision keeps; and notes on decisions that keep nothing.

    Args:
        findings: of one advert.
        decisions: as read by `load_decisions`.
        source: the advert, as given.
    """
    known = {decision.key: decision for decision in decisions}
    short: dict[tuple[str, str, str], Note] = {}
    present: set[tuple[str, str, str]] = set()
    result = []
    for finding in findings:
        decision = known.get(key := _key(finding, source)) if known else None
        if decision is None:
            result.append(finding)
            continue
        present.add(key)
        if fault := shortfall(decision, finding.severity, today):
            short[key] = Note(id=SHORT, message=f"“{decision.wording}” is not kept: the decision is short.", why=fault)
            result.append(finding)
        else:
            result.append(replace(finding, kept=_kept(decision)))
    gone = (_lapsed(decision) for key, decision in known.items() if key not in present)
    return tuple(result), (*short.values(), *gone)


def _lapsed(decision: Decision) -> Note:
    """What a report says of a decision about wording that is no longer in the advert, or is no longer found."""
    return Note(
        id=LAPSED,
        message=f"The decision to keep “{decision.wording}” no longer applies: the sentence has changed or is gone.",
        why=f"{_kept(decision).said} That was about other words. Decide again, or remove it from the decisions.",
    )


def _key(finding: Finding, source: str) -> tuple[str, str, str]:
    sentence = source[finding.sentence_start : finding.sentence_end]
    return finding.entry, " ".join(finding.text.split()), " ".join(sentence.split())


def _kept(decision: Decision) -> Kept:
    return Kept(
        reason=decision.reason,
        kept_by=decision.kept_by,
        approved_by=decision.approved_by,
        approved_on=decision.approved_on.isoformat(),
        advice=decision.advice,
    )
