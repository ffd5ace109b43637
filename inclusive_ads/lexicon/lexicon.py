"""A lexicon as it is used: everything the checker knows of wording, as frozen values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from inclusive_ads.errors import LexiconError
from inclusive_ads.lexicon.checklist import ChecklistFile, PlacesFile
from inclusive_ads.lexicon.concepts import Wording
from inclusive_ads.lexicon.files import entry_lines, lexicon_folder
from inclusive_ads.lexicon.models import Entry
from inclusive_ads.lexicon.shared import (
    AcronymsFile,
    BalanceFile,
    ContextFile,
    CuresFile,
    GrammarFile,
    LanguagesFile,
    NearWordsFile,
    NoteEntry,
    SectionsFile,
)
from inclusive_ads.lexicon.vocabulary import Vocabulary
from inclusive_ads.report import Source

_SLOT = re.compile(r"\{([a-z_]+)\}")
_NESTED = 4  # lists within lists; none goes deeper


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One category: its name, title and what belongs in it."""

    name: str
    title: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Everything the checker knows, from YAML."""

    entries: Mapping[str, Entry]
    categories: Mapping[str, Category]
    sources: Mapping[str, Source]
    vocabulary: Vocabulary
    context: ContextFile
    sections: SectionsFile
    acronyms: AcronymsFile
    grammar: GrammarFile
    cures: CuresFile
    checklist: ChecklistFile
    places: PlacesFile
    balance: BalanceFile
    notes: tuple[NoteEntry, ...]
    near_words: NearWordsFile
    languages: LanguagesFile
    wording: Wording
    house_terms: tuple[str, ...] = ()
    files: Mapping[str, Path] = field(default_factory=dict)

    def ships(self, entry: str) -> bool:
        """Whether an entry comes with the library, not from an organisation's own folder."""
        path = self.files.get(entry)
        return path is None or lexicon_folder() in path.parents

    def spelt_out(self) -> dict[str, Entry]:
        """The entries with every word list of the vocabulary written out in their phrases, for readers and searches."""
        slots = self.vocabulary.slots

        def choices(slot: re.Match[str]) -> str:
            return f"({'|'.join(slots[slot[1]])})" if slot[1] in slots else slot[0]

        def written(phrase: str) -> str:
            for _ in range(_NESTED):
                phrase = _SLOT.sub(choices, phrase)
            return phrase

        return {
            name: entry.model_copy(
                update={"forms": {form: tuple(map(written, phrases)) for form, phrases in entry.forms.items()}}
            )
            for name, entry in self.entries.items()
        }

    def error(self, entry: str, message: str, remedy: str = "") -> LexiconError:
        """A mistake in an entry, with its file and line."""
        path = self.files.get(entry)
        line = entry_lines(path).get(entry, 0) if path else 0
        return LexiconError(message, remedy, path=str(path or ""), line=line, entry=entry)
