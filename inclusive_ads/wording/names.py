"""Names of people, which may look like wording: "ask for Tim Workman"."""

from __future__ import annotations

import re

from inclusive_ads.analysis.advert import Advert

# Given names and other people between the word that introduces somebody and a surname: "Ann Lee or Joe T."
_GIVEN = r"(?:[A-Z][\w'’-]*\.? +)"
_BETWEEN = re.compile(rf"[:,]? *(?:{_GIVEN}{{1,3}}(?:and|or|&) +)*{_GIVEN}{{0,2}}$")


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
