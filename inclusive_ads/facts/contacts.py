"""Whom to ask about a post: a name with an address or a number, as the advert gives them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Iterator

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.facts.fact import Fact
from inclusive_ads.facts.words import FactWords

CARD = 350  # characters of a contact's lines
_FAR = 120  # characters between an address and a number
_CALL = 80  # characters between "call" and the number
_MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
# Job boards mask digits with asterisks; a masked number is still a number.
_PHONE = re.compile(r"(?<![\d.])(?:(?:\+44 ?|0)(?:\(0\) ?)?\d(?:[ -]?\d){8,9}(?!\d)|\*{3,5}(?: \*{3,5}){1,2}(?!\*))")
_PERSON = re.compile(
    r"\W{0,3}(?:[Nn]ame\W{0,3})?"
    r"((?:(?:Dr|Mr|Mrs|Ms|Miss|Mx|Prof|Professor)\.? )?[A-Z][^\W\dA-Z_]+"
    r"(?:[ -](?:Mc|Mac|O['’])?[A-Z][^\W\dA-Z_]+){0,2})"
)
_ALONE = re.compile(r"\s*(?:[,:(/\d–-]|(?:on|at|via|by|tel|email)\b|\S+@)", re.I)


def can_reach(text: str) -> bool:
    """Whether a text has an e-mail address or a telephone number."""
    return bool(_MAIL.search(text) or _PHONE.search(text))


def read_contact(advert: Advert, words: FactWords) -> Fact | None:
    """Whom to ask, with an address or a number: "Sam Okoro (sam@department.example, 01632 960123)"."""
    found: Fact | None = None
    for start, end, last in sorted(_asking(advert)):
        ways = _ways(advert.text, end, min(len(advert.text), last))
        if not ways or (found and found.value and ways[-1].end() != found.end):
            continue
        reach = ", ".join(way.group() for way in ways if "*" not in way.group())
        if not reach:
            found = found or Fact("contact", None, start, ways[-1].end())
            continue
        name = _person(advert.text, end, words.not_names)
        if name:
            return Fact("contact", f"{name} ({reach})", start, ways[-1].end())
        found = found if found and found.value else Fact("contact", reach, start, ways[-1].end())
    return found


def _asking(advert: Advert) -> Iterator[tuple[int, int, int]]:
    """Where people are told whom to ask, and how far behind that the address or number may stand."""
    for start, end in advert.cues("fact contacting", 0, advert.document.text_end):  # a letterhead is nobody to ask
        yield start, end, end + CARD
    for line in advert.labelled("fact contact"):
        if line.parted:
            yield line.label, line.start, line.start + CARD
    for name in ("calling", "mailing"):
        for start, end in advert.cues(f"fact {name}", 0, advert.document.text_end):
            low, high = advert.sentence(start)
            last = min(high, end + _CALL)
            if not advert.cues(f"fact no-{name}", low, last):  # there is no "fact no-calling"
                yield start, end, last


def _person(text: str, place: int, not_names: Container[str]) -> str:
    """The name that stands at a place, or ""."""
    match = _PERSON.match(text, place)
    name = list(itertools.takewhile(lambda word: word.lower() not in not_names, match[1].split() if match else ()))
    # One word alone is a name only where a way to reach that person follows: "Dawn on 01632 ...".
    is_name = len(name) > 1 or (match and len(match[1].split()) == 1 and _ALONE.match(text, match.end()))
    return " ".join(name) if is_name else ""


def _ways(text: str, start: int, end: int) -> list[re.Match[str]]:
    """An address and a number close to each other, in order."""
    ways = sorted(
        (way for pattern in (_MAIL, _PHONE) if (way := pattern.search(text, start, end))), key=lambda way: way.start()
    )
    return [way for way in ways if way.start() - ways[0].end() < _FAR]
