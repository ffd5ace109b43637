"""The facts of a vacancy, read from the advert: only what is plainly there. Offsets are of the clean text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.dates import find_days
from inclusive_ads.evidence.thresholds import default_thresholds
from inclusive_ads.facts.words import FactWords, load_words
from inclusive_ads.vacancy import Vacancy

_FAR = 120  # characters between "closing date" and its day, or "contact" and an address
_CARD = 350  # characters of a contact's lines
_LABELS = ("grade", "role", "location", "organisation", "pay", "other")
_HEAD = 8  # blocks at the top, among which a line of facts may stand without labels
_TITLE = 12  # words; a longer first line is a sentence
_NAME = 10  # words; no place or employer has more
_ENDS = re.compile(r"[.!?;](?:\s|\Z)|\s[|•–—-]\s|[\n\t]|\s{3,}")
_RANGE = re.compile(r"\s*(?:/|-|–|to|or|and|&|,)\s*(?:band\s*|grade\s*|g)?\d|\s*/\s*[A-Z]{2}", re.I)
_OWN_GRADE = re.compile(
    r"[A-Z]{0,3}[ -]?\d{1,2}[a-z]?|[A-Z]{1,3}|(?i:scale|level|grade|band|point|spine) [A-Z]?\d{0,2}[a-z]?"
)
_MONEY = re.compile(r"£|\*{4}|\d{2},\d{3}")
_MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\d.])(?:\+44 ?|0)(?:\(0\) ?)?\d(?:[ -]?\d){8,9}(?!\d)")
_PERSON = re.compile(
    r"\W{0,3}(?:[Nn]ame\W{0,3})?"
    r"((?:(?:Dr|Mr|Mrs|Ms|Miss|Mx|Prof|Professor|Sister)\.? )?[A-Z][a-z'’-]+(?:[ -][A-Z][A-Za-z'’-]+){0,3})"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of `Vacancy` as the advert gives it at ``text[start:end]``."""

    field: str
    value: Any
    start: int
    end: int


def read_vacancy(advert: Advert, *, today: date | None = None) -> Vacancy:
    """What the advert itself says of its vacancy; empty where it says nothing, or nothing plain.

    Args:
        advert: read with the cues of `load_words` (as `Checker.analyse` does).
        today: a day without a year is the one nearest to this.
    """
    return Vacancy(**{fact.field: fact.value for fact in read_facts(advert, today=today)})


def read_facts(advert: Advert, *, today: date | None = None) -> tuple[Fact, ...]:
    """The same as `read_vacancy`, with its places, in the order of the fields."""
    words = load_words()
    readers: tuple[Callable[[], Fact | None], ...] = (
        lambda: _grade(advert, words),
        lambda: _role(advert, words),
        lambda: _named(advert, "location"),
        lambda: _named(advert, "organisation"),
        lambda: _closing_date(advert, today or date.today()),
        lambda: _contact(advert, words),
    )
    return tuple(fact for reader in readers if (fact := reader()))


# Grade


def _grade(advert: Advert, words: FactWords) -> Fact | None:
    """The grade behind its label; else in the title or beside the pay; none where several stand in one place."""
    for source in (_labelled_grades, _title_grades, _head_grades):
        found = list(source(advert, words))
        if found:
            return found[0] if len({fact.value for fact in found}) == 1 and found[0].value else None
    return None


def _labelled_grades(advert: Advert, words: FactWords) -> Iterator[Fact]:
    for label, start, end in advert.labelled("fact grade"):
        named = list(_grades(advert, start, _cut(advert, start, end), words.grade))
        yield from named
        own = advert.text[start : _cut(advert, start, end)].strip()
        if not named and _OWN_GRADE.fullmatch(own):
            title = advert.text[label:start].strip(" :-–").split()[-1].title()
            value = default_thresholds().grade(f"{title} {own}" if own[0].isdigit() else own)
            yield Fact("grade", value, start, start + len(own))
    for start, end in advert.found.cues.get("fact grade", ()):  # "... Grade AO Location ...", without its line breaks
        if advert.text[start].isupper() and start != advert.block(start).start:
            named = list(_grades(advert, end, min(len(advert.text), end + _FAR), words.grade))
            yield from (fact for fact in named[:1] if not advert.text[end : fact.start].strip(" :-–"))


def _title_grades(advert: Advert, words: FactWords) -> Iterator[Fact]:
    for _, start, end in (*_title(advert), *advert.labelled("fact role"), *advert.labelled("fact pay")):
        yield from _grades(advert, start, min(end, start + _FAR), words.grade_anywhere)


def _head_grades(advert: Advert, words: FactWords) -> Iterator[Fact]:
    for block in advert.blocks[1:_HEAD]:
        text = advert.text[block.start : block.end]
        if text.count(" ") < 2 * _TITLE and (_MONEY.search(text) or words.grade.fullmatch(text.strip("() "))):
            yield from _grades(advert, block.start, block.end, words.grade)


def _grades(advert: Advert, start: int, end: int, pattern: re.Pattern[str]) -> Iterator[Fact]:
    """The grades that a stretch names; one of "" where it names a range of them."""
    for match in pattern.finditer(advert.text, start, end):
        several = _RANGE.match(advert.text, match.end())
        name = re.sub(r"([A-Za-z])[\s:]*(\d)", r"\1 \2", match.group()) if len(match.group()) > 3 else match.group()
        yield Fact("grade", "" if several else default_thresholds().grade(name), *match.span())


# Role, place, employer


def _title(advert: Advert) -> Iterator[tuple[int, int, int]]:
    """The first line, where it is a title."""
    block = advert.blocks[0]
    text = advert.text[block.start : block.end]
    labels = (label for name in _LABELS for label, *_ in advert.labelled(f"fact {name}"))
    is_title = text.count(" ") < _TITLE and text[-1:] not in ".!?:," and ">" not in text
    if is_title and not advert.section(block.start) and block.start not in labels:
        yield block.start, block.start, block.end


def _role(advert: Advert, words: FactWords) -> Fact | None:
    for _, start, end in (*advert.labelled("fact role"), *_title(advert)):
        stop = _cut(advert, start, end)
        grade = words.grade_anywhere.search(advert.text, start, stop)
        if grade:
            stop = grade.start()
        text = advert.text[start:stop].rstrip(" ,:-–—(|/")
        if text and text.count(" ") < _TITLE and not _MONEY.search(text):
            return Fact("role", text, start, start + len(text))
    return None


def _named(advert: Advert, field: str) -> Fact | None:
    """A short value behind a label, the first there is."""
    for _, start, end in advert.labelled(f"fact {field}"):
        text = advert.text[start : _cut(advert, start, end)].rstrip(" ,:-–—|")
        if text.count(" ") < _NAME and text[:1].isalnum() and not text[0].islower():
            return Fact(field, text, start, start + len(text))
    return None


def _cut(advert: Advert, start: int, end: int) -> int:
    """Where a value ends: with its line or sentence, or where the next label begins."""
    stop = _ENDS.search(advert.text, start, end)
    end = stop.start() if stop else end
    labels = (label for name in _LABELS for label, *_ in advert.labelled(f"fact {name}") if start < label < end)
    return min((end, *labels, *(field.start for field in advert.fields if start < field.start < end)))


# Closing date


def _closing_date(advert: Advert, near: date) -> Fact | None:
    """The day behind a word for closing, in its sentence or the line below; none where there are several."""
    found = [fact for start, end in advert.found.cues.get("fact closing", ()) if (fact := _day(advert, end, near))]
    return found[0] if len({fact.value for fact in found}) == 1 else None


def _day(advert: Advert, place: int, near: date) -> Fact | None:
    block = advert.block(place - 1)
    low, high = place, min(block.end, place + _FAR)
    if not advert.text[low:high].strip(" :()-–"):  # the label is the whole line
        number = advert.number(place - 1) + 1
        if number == len(advert.blocks):
            return None
        low, high = advert.blocks[number].start, min(advert.blocks[number].end, advert.blocks[number].start + _FAR)
    day = next(find_days(advert.text[low:high], near), None)
    if day is None:
        return None
    between = advert.text[low : low + day.start]
    # A full stop in between ends the sentence, but for the one in "11.59 p.m.".
    if re.search(r"[a-z]{3}[.!?]\s", between) or advert.cues("fact not-closing", low, low + day.start):
        return None
    return Fact("closing_date", day.day, low + day.start, low + day.end)


# Contact


def _contact(advert: Advert, words: FactWords) -> Fact | None:
    """Whom to ask, with an address or a number: "Sam Okoro (sam@department.example, 01632 960123)"."""
    found: Fact | None = None
    for start, end in advert.found.cues.get("fact contact", ()):
        ways = _ways(advert.text, end, min(len(advert.text), end + _CARD))
        if not ways or (found and ways[-1].end() != found.end):
            continue
        person = _PERSON.match(advert.text, end)
        reach = ", ".join(way.group() for way in ways)
        if person and person[1].split()[0].lower() not in words.not_names:
            return Fact("contact", f"{person[1]} ({reach})", start, ways[-1].end())
        found = found or Fact("contact", reach, start, ways[-1].end())
    return found


def _ways(text: str, start: int, end: int) -> list[re.Match[str]]:
    """An address and a number close to each other, in order."""
    ways = sorted(
        (way for pattern in (_MAIL, _PHONE) if (way := pattern.search(text, start, end))), key=lambda way: way.start()
    )
    return [way for way in ways if way.start() - ways[0].end() < _FAR]
