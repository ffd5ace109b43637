"""Plurals of nouns and forms of verbs, so that a word stands once on a list; lists name the irregular ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
# A short last syllable doubles its consonant: drop, dropped; but visit, visited.
_DOUBLES = re.compile(r"^[^aeiou]*[aeiou][bdgklmnprt]$")


def plural(noun: str) -> str:
    """The regular plural of a noun or of the last word of a phrase: "wheelchair user" → "wheelchair users"."""
    if _SIBILANT.search(noun):
        return noun + "es"
    if _CONSONANT_Y.search(noun):
        return noun[:-1] + "ies"
    return noun + "s"


def noun_forms(noun: str) -> tuple[str, ...]:
    """A noun of a list and its plural; "woman/women" names an irregular one."""
    one, slash, many = noun.partition("/")
    return (one, many if slash else plural(one))


def verb_forms(phrase: str, irregular: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """All forms of a verb, which is the first word of a phrase: "turn away" → turns away, turned away, turning away.

    Args:
        irregular: base form → its other forms, where the rules give wrong ones.
    """
    verb, space, rest = phrase.partition(" ")
    forms = (verb, *(irregular.get(verb) or _regular(verb)))
    return tuple(dict.fromkeys(form + space + rest for form in forms))


def _regular(verb: str) -> tuple[str, str, str]:
    third = plural(verb)
    if verb.endswith("e"):
        stem = verb[:-1]
        return third, verb + "d", (verb if verb.endswith(("ee", "oe", "ye")) else stem) + "ing"
    if _CONSONANT_Y.search(verb):
        return third, verb[:-1] + "ied", verb + "ing"
    doubled = verb + verb[-1] if _DOUBLES.search(verb) else verb
    return third, doubled + "ed", doubled + "ing"
