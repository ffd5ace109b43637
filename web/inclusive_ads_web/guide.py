"""The guide: the lexicon's entries, for people."""

from __future__ import annotations

import re
from collections.abc import Mapping

from inclusive_ads import Entry

_SIGNS = re.compile(r"[^\w%£]+")
_MOST = 20  # wordings of an entry; more say nothing new


class Guide:
    """Finds entries by word and category.

    Args:
        entries: id → entry, as `Checker` holds them.
    """

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = [entry for entry in entries.values() if not entry.retired]

    @property
    def categories(self) -> list[str]:
        """Names of the categories, sorted."""
        return sorted({entry.category for entry in self._entries})

    def find(self, asked: str, category: str = "") -> list[Entry]:
        """Entries of a category whose wording, message or id holds every word of `asked`.

        Those whose name, and then those whose wording shows the words as they were asked come first; else by category
        and name. Where no entry holds them all, those that hold most of them.
        """
        words = _plain(asked).split()
        ranked = [(_held(entry, words), entry) for entry in self._entries if category in ("", entry.category)]
        most = max((held for held, _ in ranked), default=0)
        found = [entry for held, entry in ranked if held == most] if most or not words else []
        return sorted(found, key=lambda entry: (_shows(entry, words), entry.category, entry.name.casefold()))


def wordings(entry: Entry) -> list[str]:
    """What the entry finds, as its examples say it."""
    return list(entry.wordings[:_MOST])


def title(entry: Entry) -> str:
    """What people know the entry by."""
    return entry.name


def also(entry: Entry, asked: str) -> str:
    """The wording that a search found, where the title does not show it; or ""."""
    words = _plain(asked).split()
    held = [wording for wording in entry.wordings if words and all(f" {word}" in _plain(wording) for word in words)]
    return held[0] if held and not all(f" {word}" in _plain(entry.name) for word in words) else ""


def _shows(entry: Entry, words: list[str]) -> int:
    """Where an entry has the words as they were asked: in its name (0), in another wording, or not in one (2)."""
    phrase = f" {' '.join(words)}"
    if phrase in _plain(entry.name):
        return 0
    return 1 if any(phrase in _plain(wording) for wording in entry.wordings) else 2


def _held(entry: Entry, words: list[str]) -> int:
    """How many of the words an entry holds, each as a word begins."""
    phrases = (phrase for listed in entry.forms.values() for phrase in listed)
    texts = (entry.name, *entry.wordings, *phrases, entry.message, entry.id, *entry.affects)
    whole = " ".join(texts).lower()
    if not any(word in whole for word in words):  # most entries: no need to look closer
        return 0
    whole = _plain(whole)
    return sum(f" {word}" in whole for word in words)


def _plain(text: str) -> str:
    """A text as searches compare it: lower case, words with a space before each, without signs."""
    return f" {_SIGNS.sub(' ', text).strip().lower()} "
