"""The facts of a vacancy, read from the advert: only what is plainly there. Offsets are of the clean text."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from inclusive_ads.analysis.advert import Advert, Labelled
from inclusive_ads.analysis.found import LONGEST
from inclusive_ads.dates import find_days
from inclusive_ads.evidence.thresholds import default_thresholds
from inclusive_ads.facts.contacts import CARD, read_contact
from inclusive_ads.facts.fact import Fact
from inclusive_ads.facts.words import FactWords, load_words
from inclusive_ads.vacancy import Vacancy

_LONGEST = 400  # characters; no value of a label is longer
_FAR = 120  # characters between "closing date" and its day, or "contact" and an address
_SHORT = 60  # characters; no line of a place or an employer is longer, nor what parts grades told together
_LABELS = ("grade", "role", "location", "organisation", "pay", "hours", "other")
_HEAD = 8  # blocks at the top, among which a line of facts may stand without labels
_SHORTEST = 8  # characters; what stands before the grade of a title is no title where it is shorter ("Bank", "NHS")
_AROUND = " ,:-–—(|/"
_PARTED = re.compile(r",\s|\s[|•–—-]\s|\sat (?=[A-Z])")
_TITLE = 12  # words; a longer first line is a sentence
_NAME = 10  # words; no place or employer has more
_ENDS = re.compile(r"(?<!\bSt)(?<!\bRd)[.!?;](?:\s|\Z)|\s[|•–—-]\s|[\n\t]|\s{3,}|\s(?=[A-Z]\w*:)")
_RANGE = re.compile(r"\s*(?:/|-|–|to|or|and|&|,)\s*(?:band\s*|grade\s*|g)?\d|\s*/\s*[A-Z]{2}", re.I)
_OR = re.compile(r"\bor\s+(?:band\s*|grade\s*)?\d[a-d]?\b", re.I)
_OWN_GRADE = re.compile(
    r"[A-Z]{0,3}[ -]?\d{1,2}[a-z]?|[A-Z]{1,3}|(?i:scale|level|grade|band|point|spine) [A-Z]?\d{0,2}[a-z]?"
)
_MONEY = re.compile(r"£|\*{4}|\d{2},\d{3}")


def read_vacancy(advert: Advert, *, today: date | None = None) -> Vacancy:
    """What the advert itself says of its vacancy; empty where it says nothing, or nothing plain.

    Args:
        advert: read with the cues of `load_words` (as `Checker.analyse` does).
        today: a day without a year is the one nearest to this.
    """
    return Vacancy(**{fact.field: fact.value for fact in read_facts(advert, today=today)})


def read_facts(advert: Advert, *, today: date | None = None) -> tuple[Fact, ...]:
    """The same as `read_vacancy`, with its places, in the order of the fields."""
    return tuple(fact for fact in read_all(advert, today=today) if fact.value is not None)


def read_all(advert: Advert, *, today: date | None = None) -> Iterator[Fact]:
    """The same as `read_facts`, with what is told but has no one value."""
    words = load_words()
    readers: tuple[Callable[[], Fact | None], ...] = (
        lambda: _grade(advert, words),
        lambda: _role(advert, words),
        lambda: _named(advert, "location"),
        lambda: _named(advert, "organisation"),
        lambda: _closing_date(advert, today or date.today()),
        lambda: read_contact(advert, words),
    )
    return (fact for reader in readers if (fact := reader()))


# Grade


def _grade(advert: Advert, words: FactWords) -> Fact | None:
    """The grade behind its label, else at the top, else in a sentence; without a value where there are several."""
    readers = (_labelled_grades, _other_grades, _told_grades)
    found: list[Fact] = next(filter(None, (list(read(advert, words)) for read in readers)), [])
    if not found or (len({fact.value for fact in found}) == 1 and found[0].value):
        return found[0] if found else None
    end = max(fact.end for fact in found if fact.start <= found[0].end + _SHORT)
    return replace(found[0], value=None, end=more.end() if (more := _RANGE.match(advert.text, end)) else end)


def _labelled_grades(advert: Advert, words: FactWords) -> Iterator[Fact]:
    for line in advert.labelled("fact grade"):
        stop = _cut(advert, line)
        named = list(_grades(advert, line.start, stop, words.grade))
        yield from named
        own = advert.text[line.start : stop].strip()
        if not named and line.parted and _OWN_GRADE.fullmatch(own) and not _RANGE.match(advert.text, stop):
            title = advert.text[line.label : line.start].strip(" :-–").split()[-1].title()
            value = default_thresholds().grade(f"{title} {own}" if own[0].isdigit() else own)
            yield Fact("grade", value, line.start, line.start + len(own))
    for start, end in advert.cues(
        "fact grade", 0, advert.document.text_end
    ):  # "... Grade AO Location ...", without its line breaks
        if advert.text[start].isupper() and start != advert.block(start).start:
            named = list(_grades(advert, end, min(len(advert.text), end + _FAR), words.grade))
            yield from (fact for fact in named[:1] if not advert.text[end : fact.start].strip(" :-–"))


def _other_grades(advert: Advert, words: FactWords) -> Iterator[Fact]:
    """In the title, in a labelled line for the role or the pay, or in a short line with the pay at the top."""
    lines = [
        (line.start, min(line.end, line.start + _FAR)) for name in ("role", "pay") for line in _lines(advert, name)
    ]
    for number, block in enumerate(advert.blocks[:_HEAD]):
        text = advert.text[block.start : block.end]
        alone = number and (_MONEY.search(text) or words.grade.fullmatch(text.strip("() ")))
        if alone and text.count(" ") < 2 * _TITLE:
            yield from _grades(advert, block.start, block.end, words.grade)
        elif text.count(" ") < _TITLE and text[-1] not in ".!?":
            lines.append((block.start, block.end))
    for start, end in dict.fromkeys(lines):
        yield from _grades(advert, start, end, words.grade_anywhere)


def _told_grades(advert: Advert, words: FactWords) -> Iterator[Fact]:
    """In a sentence that says so: "This is a Band 2 post"."""
    for _, end in advert.cues("fact graded", 0, advert.document.text_end):
        if words.grade_anywhere.match(advert.text, end + 1):
            yield from itertools.islice(_grades(advert, end + 1, advert.sentence(end)[1], words.grade_anywhere), 1)


def _grades(advert: Advert, start: int, end: int, pattern: re.Pattern[str]) -> Iterator[Fact]:
    """The grades that a stretch names; one of "" where it names a range of them."""
    for match in pattern.finditer(advert.text, start, end):
        several = _RANGE.match(advert.text, match.end()) or _OR.search(advert.text, match.end(), end)
        name = re.sub(r"([A-Za-z])[\s:]*(\d)", r"\1 \2", match.group()) if len(match.group()) > 3 else match.group()
        yield Fact("grade", "" if several else default_thresholds().grade(name), *match.span())


# Role, place, employer


def _lines(advert: Advert, name: str) -> Iterator[Labelled]:
    """Labelled lines about the post; what stands with the name of a contact is about that person."""
    for line in advert.labelled(f"fact {name}"):
        near = advert.cues("fact contacting", max(0, line.label - CARD - LONGEST), line.label)
        if line.parted and not any(line.label < end + CARD for _, end in near):
            yield line


def _role(advert: Advert, words: FactWords) -> Fact | None:
    """The title behind its label; else the first line, where it is one."""
    first = advert.blocks[0]
    text = advert.text[first.start : first.end]
    labels = {line.label for name in _LABELS for line in advert.labelled(f"fact {name}") if line.parted}
    lines = [(line.start, _cut(advert, line)) for line in _lines(advert, "role")]
    if (
        text.count(" ") < _TITLE
        and text[-1] not in ".!?:,"
        and text[0].isalnum()
        and not text[0].islower()
        and ">" not in text
        and first.start not in labels
        and not advert.section(first.start)
        and not advert.cues("fact no-title", first.start, first.end)
    ):
        stop = _employer(advert, first.start, first.end, words)
        if advert.text[first.start : stop].rpartition(" ")[2].strip(").").lower() not in words.not_title_ends:
            lines.append((first.start, stop))
    for low, high in lines:
        grade = words.grade_anywhere.search(advert.text, low, high)
        early = grade is not None and grade.start() - low < _SHORTEST  # "Band 5 Nurse"
        start, stop = (grade.end(), high) if grade and early else (low, grade.start() if grade else high)
        stop = _employer(advert, start, stop, words)
        text = advert.text[start:stop].strip(_AROUND)
        if text and text.count(" ") < _TITLE and not text[0].islower() and not _MONEY.search(text):
            start = advert.text.index(text, start)
            return Fact("role", text, start, start + len(text))
    return None


def _employer(advert: Advert, start: int, end: int, words: FactWords) -> int:
    """Where a title ends and an employer or a place begins: "Night porter, The Larkspur Hotel"."""
    parts = list(_PARTED.finditer(advert.text, start, end))
    for sign, following in itertools.zip_longest(parts, parts[1:]):
        low, high = sign.end(), following.start() if following else end
        named = advert.text[low:high].split()
        if not named or not named[0][0].isupper():
            continue
        opens = f"{' '.join(named)} ".lower().startswith(words.employer_opens)
        ends = len(named) > 1 and named[-1].lower() in words.not_title_ends
        town = any(place == low for place, _ in advert.cues("place towns", low, high))
        site = any(place > low for place, _ in advert.cues("place sites", low, high))
        if opens or ends or town or site:
            return sign.start()
    return end


def _named(advert: Advert, field: str) -> Fact | None:
    """A short value behind a label, the first there is."""
    lines = [line for line in advert.labelled(f"fact {field}") if line.parted]
    if field == "location":
        lines += advert.labelled("fact based")
    else:  # "As a Disability Confident Employer: ..." names nobody
        lines = [line for line in lines if line.label == advert.block(line.label).start]
    headings = {section.title.lower() for section in advert.sections}
    for line in lines:
        text = advert.text[line.start : _cut(advert, line)].rstrip(" ,:-–—|")
        is_name = text.count(" ") < _NAME and text[:1].isalnum() and not text[0].islower()
        if is_name and text.lower() not in headings and not advert.cues("fact no-value", line.start, line.end):
            return Fact(field, text, line.start, line.start + len(text))
    return None


def _cut(advert: Advert, line: Labelled) -> int:
    """Where a value ends: with its line or sentence, or where the next label begins."""
    last = min(line.end, line.start + _LONGEST)
    stop = _ENDS.search(advert.text, line.start, last)
    end = stop.start() if stop else last
    flattened = line.end - line.start > _SHORT  # text that lost its line breaks lost many a colon, too
    first = bisect_left(advert.fields, line.start, key=lambda field: field.start)
    starts: list[int] = [field.start for field in advert.fields[first : first + 1]]
    for name in _LABELS:
        bare = flattened and name != "organisation"
        for low, high in advert.cues(f"fact {name}", line.start, end + _FAR):
            if advert.text[low].isupper() and (advert.text[high : high + 1] == ":" or (bare and low > line.start)):
                starts.append(low)
    return min((end, *(place for place in starts if line.start <= place < end)))


# Closing date


def _closing_date(advert: Advert, near: date) -> Fact | None:
    """The day behind a word for closing, in its sentence or the line below; none where there are several."""
    found = [
        fact
        for start, end in advert.cues("fact closing", 0, advert.document.text_end)
        if (fact := _day(advert, start, end, near))
    ]
    if len({fact.value for fact in found}) > 1:
        return replace(found[0], value=None)
    return found[0] if found else None


def _day(advert: Advert, start: int, place: int, near: date) -> Fact | None:
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
    if re.search(r"[a-z]{3}[.!?]\s", between) or advert.cues("fact not-closing", start, low + day.start):
        return None
    return Fact("closing_date", day.day, low + day.start, low + day.end)
