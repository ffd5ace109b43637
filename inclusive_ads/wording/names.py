"""Names, which may look like wording: "ask for Tim Workman", "at 4 Handyman Court"."""

from __future__ import annotations

import re

from inclusive_ads.analysis.advert import Advert

# Given names and other people between the word that introduces somebody and a surname: "Ann Lee or Joe T."
_GIVEN = r"(?:[A-Z][\w'’-]*\.? +)"
_BETWEEN = re.compile(rf"[:,]? *(?:{_GIVEN}{{1,3}}(?:and|or|&) +)*{_GIVEN}{{0,2}}$")
_CAPITALS_BEFORE = re.compile(r"(?:(?:[A-Z][\w'’-]*|&|\d+),? +)*$")
_CAPITALS_BEHIND = re.compile(r"(?:'s|’s|'|’)?(?: +(?:(?:and|of) +)?(?:[A-Z][\w'’-]*|&))*")
# "at The Old Bachelor": with a capital within a sentence, the article belongs to a name
_NAMED_THE = re.compile(r"(?:[,:(–-]|\b(?:at|for|of|in|to|by|from|with|and|near)) The (?:[A-Z][\w'’-]* +)+$")
_JOINER = "(?:of|and|the|a|an|in|to|with)"
_TITLE_OF_WORK = re.compile(rf"[\"“]([A-Z][^\"“”\n]* {_JOINER} [^\"“”\n]*[A-Z][\w'’-]*)[\"”]")
_TITLE_CASE = 0.6  # share of words with a capital; in a title it is more
_FEW = 3  # words; a shorter line tells nothing by its capitals
_BETWEEN_NAME = " :,(\"“”‘’'"


def is_surname(advert: Advert, start: int, end: int) -> bool:
    """Whether a word is the surname of somebody who is introduced: "contact", "ring" or a title stands before.

    An article before it tells a post from a person: "ring the Foreman".

    Args:
        start, end: of the word, in clean text.
    """
    text = advert.text
    word = text[start:end]
    if not word[:1].isupper() or word.isupper() or " " in word:
        return False
    low, high = advert.sentence(start)
    if text[end : end + 2].strip(" ").islower() and not any(
        place == end + 1 for place, _ in advert.cues("behind-name", end, high)
    ):
        return False
    introduced = (*advert.cues("introduces", low, start), *advert.cues("person", low, start))
    return any(_BETWEEN.fullmatch(text, cue, start) for _, cue in introduced)


def in_title_case(advert: Advert, start: int) -> bool:
    """Whether most words of a sentence have a capital, so that capitals say nothing: a heading, "ONLY MEN"."""
    low, high = advert.sentence(start)
    capitals = [word[0].isupper() for word in advert.text[low:high].split() if word[0].isalpha()]
    return len(capitals) < _FEW or sum(capitals) > len(capitals) * _TITLE_CASE


def is_title_of_work(advert: Advert, start: int, end: int) -> bool:
    """Whether wording stands in quotation marks like a title: "Death of a Salesman"."""
    low, high = advert.sentence(start)
    return advert.text[start].isupper() and any(
        match.start(1) <= start and end <= match.end(1) and match.end(1) - match.start(1) > end - start
        for match in _TITLE_OF_WORK.finditer(advert.text, low, high)
    )


def is_place(advert: Advert, start: int, end: int) -> bool:
    """Whether capitals make wording a part of the name of a place, a firm or a work, in running text.

    The run of capitals that holds it ends in a word such as "Court" or "Arms", or a word such as "film" leads to it or
    explains it. "A", "an" and "no" stand before no name.
    """
    text = advert.text
    if not text[start].isupper() or text[start:end].isupper():
        return False
    if any(word[0].islower() for word in text[start:end].replace("-", " ").split()):
        return False
    low, high = advert.sentence(start)
    if _NAMED_THE.search(text, low, start):
        return True
    if in_title_case(advert, start):
        return False
    before = _CAPITALS_BEFORE.search(text, low, start)
    behind = _CAPITALS_BEHIND.match(text, end, high)
    first, last = before.start() if before else start, behind.end() if behind else end
    if text[max(low, first - 3) : first].lower().endswith((" a ", " an ")) or text[first:start] == "No ":
        return False
    if any(end < s and e == last for s, e in advert.cues("place-name", end, last)):
        return True
    if any(not text[last:s].strip(_BETWEEN_NAME) for s, _ in advert.cues("is-called", last, high)):
        return last - first > end - start or start > low
    led = any(not text[e:first].strip(_BETWEEN_NAME) for _, e in advert.cues("called", low, start))
    return led and (last - first > end - start or not text[first - 5 : first].endswith(" the "))
