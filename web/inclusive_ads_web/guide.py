"""The guide: the lexicon's entries, for people."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from inclusive_ads import Entry


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
        """Entries whose id, wording or message holds every word of `asked`, sorted by category and id."""
        words = asked.lower().split()
        found = [
            entry
            for entry in self._entries
            if (not category or entry.category == category) and all(word in _text(entry) for word in words)
        ]
        return sorted(found, key=lambda entry: (entry.category, entry.id))


def wordings(entry: Entry) -> list[str]:
    """One plain wording for each pattern of an entry: the first choice of each group."""
    return list(dict.fromkeys(filter(None, map(_plain, _phrases(entry)))))


def title(entry: Entry) -> str:
    """The wording that an entry is best known by."""
    return next(iter(wordings(entry)), entry.id.replace("-", " "))


def also(entry: Entry, asked: str) -> str:
    """The wording that a search found, where the title does not show it; or ""."""
    words = asked.lower().split()
    shown = [_plain(phrase, words) for phrase in _phrases(entry)]
    held = [wording for wording in shown if all(word in wording.lower() for word in words)]
    return held[0] if words and held and title(entry) not in held else ""


def _plain(phrase: str, wanted: Sequence[str] = ()) -> str:
    """A pattern as plain wording: of each group the choice that holds a wanted word, or else the first."""

    def choose(group: re.Match[str]) -> str:
        choices = group[1].split("|")
        return next((choice for choice in choices if any(word in choice.lower() for word in wanted)), choices[0])

    before = ""
    while before != phrase:  # groups may stand in groups
        before = phrase
        phrase = re.sub(r"(?<!\\)[\[(]((?:\\.|[^\[\]()\\])*)[\])]", choose, phrase)
    phrase = re.sub(r"\.\.\.\d*|\{[^{}]*\}|(?<!\S)_(?!\S)", "…", phrase).replace("\\", "")
    return " ".join(re.sub(r"…(?: …)+", "…", phrase).split())


def _phrases(entry: Entry) -> list[str]:
    return [phrase for listed in entry.forms.values() for phrase in listed]


def _text(entry: Entry) -> str:
    return " ".join((entry.id, entry.message, *_phrases(entry), *entry.affects)).lower()
