"""What the advert says of its vacancy beside what was given: what is taken from it, and what contradicts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any  # a fact is of whatever type its field of the vacancy is

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.dates import read_day, written
from inclusive_ads.evidence.layouts import fold
from inclusive_ads.evidence.thresholds import default_thresholds
from inclusive_ads.facts.fact import Fact
from inclusive_ads.facts.reading import read_all
from inclusive_ads.facts.words import load_words
from inclusive_ads.lexicon.scan_text import scan_text
from inclusive_ads.offsets import clean
from inclusive_ads.outcomes import Severity
from inclusive_ads.report import CONTRADICTION, Note, ReadFact, StatementProblem
from inclusive_ads.vacancy import VACANCY_FIELDS, Vacancy

_LABELS = {item.name: item.label for item in VACANCY_FIELDS}
_WORD = re.compile(r"[^\W_]+")
_LEAST = 3  # letters; a shorter word of a name or place says nothing ("of", "St")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What the advert says, set against what was given.

    Attributes:
        read: all that the advert says.
        told: the fields that it tells at all, also where it gives several values, with their places in the clean text.
        facts: what of it is used since nothing else was given, or goes before what was given; for the report.
        problems: where it contradicts what was given.
        differ: the fields in which it does.
        past: the closing date of the advert where that is over and its year is written, else None.
    """

    read: Vacancy
    told: Mapping[str, tuple[int, int]]
    facts: tuple[ReadFact, ...]
    problems: tuple[StatementProblem, ...]
    differ: frozenset[str]
    past: date | None

    @property
    def notes(self) -> tuple[Note, ...]:
        """What is to be said of the advert as a whole."""
        if not self.past:
            return ()
        message = f"The closing date in the advert, {written(self.past)}, is past."
        why = "People who read it now cannot tell whether they may still apply."
        return (Note(id="note-closing-date-past", message=message, why=why),)


def compare(advert: Advert, given: Vacancy, *, today: date) -> Compared:
    """Read the advert's own facts and compare them with what was given.

    Args:
        today: a day without a year is the one nearest to the closing date that was given, or else to this.
    """
    every = tuple(read_all(advert, today=given.closing_date or today))
    found = [fact for fact in every if fact.value is not None]
    missing = [fact for fact in found if fact.field == "contact" or not getattr(given, fact.field)]
    told = [fact for fact in every if getattr(given, fact.field) and (fact.value is not None or fact.field == "grade")]
    wrong = [fact for fact in told if fact.field != "contact" and not _agrees(fact, getattr(given, fact.field), advert)]
    return Compared(
        told={fact.field: (fact.start, fact.end) for fact in every},
        read=Vacancy(**{fact.field: fact.value for fact in found}),
        facts=tuple(_fact(fact, advert) for fact in missing),
        problems=tuple(_problem(fact, getattr(given, fact.field), advert) for fact in wrong),
        differ=frozenset(fact.field for fact in wrong),
        past=next((fact.value for fact in found if _is_past(fact, advert, today)), None),
    )


def _is_past(fact: Fact, advert: Advert, today: date) -> bool:
    """Whether it is a closing date before today; one without a year may be next year's."""
    if fact.field != "closing_date" or fact.value >= today:
        return False
    other_year = date(fact.value.year + 3, 1, 1)  # a day without a year would be another one near that
    return bool(read_day(advert.text[fact.start : fact.end], other_year) == fact.value)


def _agrees(fact: Fact, given: Any, advert: Advert) -> bool:
    """Whether what was given may be what the advert says; a doubt counts for it."""
    if fact.field == "role":
        return True  # "Private Office" is the role of a "Diary Secretary"
    if fact.field == "closing_date":
        return bool(fact.value == given)
    if fact.field == "grade":
        return _same_grade(fact.value or advert.text[fact.start : fact.end], given)
    words = _words(given)
    wide = fact.field == "location" and any(f" {name} " in f" {scan_text(given)} " for name in load_words().wide)
    return wide or bool(words & _words(fact.value)) or words <= _words(advert.text)


def _same_grade(one: str, other: str) -> bool:
    grades = default_thresholds().grades
    sets = [{fold(grade) for grade in grades.of(name)} for name in (one, other)]
    known = [grades.place(name) is not None for name in (one, other)]
    numbers = [re.sub(r"\D", "", name) for name in (one, other)]
    # "SCS" holds "SCS PB1"; "Grade: 5" of one and "Band 5" of the other may well be the same.
    return bool(sets[0] & sets[1]) or (not all(known) and numbers[0] == numbers[1] != "")


def _words(text: str) -> set[str]:
    return {word for word in _WORD.findall(scan_text(text)) if len(word) >= _LEAST}


def _fact(fact: Fact, advert: Advert) -> ReadFact:
    start, end = advert.document.span(*clean(fact.start, fact.end))
    value = _said(fact.value)
    message = f"{_LABELS[fact.field]} read from the advert: {value}."
    return ReadFact(field=fact.field, value=value, start=start, end=end, message=message)


def _problem(fact: Fact, given: Any, advert: Advert) -> StatementProblem:
    start, end = advert.document.span(*clean(fact.start, fact.end))
    value = _said(fact.value) if fact.value else advert.text[fact.start : fact.end]
    message = f"The advert says {value}, you said {_said(given)}. Correct the one that is wrong."
    return StatementProblem(id=CONTRADICTION, start=start, end=end, message=message, severity=Severity.CONFIRM)


def _said(value: Any) -> str:
    return written(value) if isinstance(value, date) else str(value)
