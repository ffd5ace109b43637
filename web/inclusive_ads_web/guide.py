"""The guide: the lexicon's entries, for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Guide:
    """Finds entries by word and category.

    Args:
        entries: id → entry, as `Checker` holds them.
    """

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self._entries = [entry for entry in entries.values() if not entry.retired]

    @property
    def categories(self) -> list[str]:
        """Names of the categories, sorted."""
        return sorted({entry.category for entry in self._entries})

    def find(self, asked: str, category: str = "") -> list[Any]:
        """Entries whose id, wording or message holds every word of `asked`, sorted by category and id."""
        words = asked.lower().split()
        found = [
            entry
            for entry in self._entries
            if (not category or entry.category == category) and all(word in _text(entry) for word in words)
        ]
        return sorted(found, key=lambda entry: (entry.category, entry.id))


def phrases(entry: Any) -> list[str]:
    """Every wording that the entry finds, in order, once."""
    return list(dict.fromkeys(phrase for listed in entry.forms.values() for phrase in listed))


def _text(entry: Any) -> str:
    return " ".join((entry.id, entry.message, *phrases(entry), *entry.affects)).lower()
