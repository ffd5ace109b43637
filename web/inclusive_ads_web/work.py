"""The one place where the page and the API call the library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from inclusive_ads import Checker, Document, Edit, Report, Settings
from inclusive_ads_web.presenters import default_choice
from inclusive_ads_web.values import Choice, Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Improved:
    """The advert with the chosen changes.

    Attributes:
        source: in the advert's own format (for Word and PDF: its text).
        document: the same, read again.
        changes: the edits that were made, in offsets of the original source.
    """

    source: str
    document: Document
    changes: tuple[Edit, ...]


class Work:
    """Checks and improves adverts with one set of settings; keeps no advert."""

    def __init__(self, settings: Settings, profiles: tuple[str, ...] = ()) -> None:
        self.settings = settings
        self._profiles = profiles
        self.checker = lru_cache(maxsize=32)(self._checker)

    def profiles(self) -> list[tuple[str, str]]:
        """The organisations that this server offers: name and title."""
        return [("generic", "Any organisation")]

    def entries(self) -> Mapping[str, Any]:
        """The lexicon's entries by id."""
        entries: Mapping[str, Any] = self.checker(self.settings.profile).lexicon.entries
        return entries

    def sources(self, entry: Any) -> list[Any]:
        """What an entry cites."""
        known = self.checker(self.settings.profile).lexicon.sources
        return [known[name] for name in entry.source]

    def _checker(self, profile: str) -> Checker:
        return Checker(replace(self.settings, profile=profile))

    def read(self, advert: bytes, *, name: str = "", format: str | None = None) -> Document:  # noqa: A002
        """The advert as a document. Raises InputError."""
        if not name and format is None:
            format = "text"  # noqa: A001 - pasted: what looks like markup is what the user wrote
        return Document.from_bytes(advert, name=name, format=format, limit=self.settings.max_characters)

    def check(self, document: Document, post: Post) -> Report:
        """The report on one advert and its post."""
        return self.checker(post.profile).check(document)

    def improve(self, document: Document, report: Report, choices: Mapping[int, Choice], *, insert: bool) -> Improved:
        """Apply what was chosen, and the safe suggestions where nothing was."""
        edits: list[Edit] = []
        for finding in report.findings:
            index = (choices.get(finding.number) or default_choice(finding)).suggestion
            if index is not None and index < len(finding.suggestions):
                _add(edits, finding.suggestions[index].edits)
        if insert:
            _add(edits, statement_edits(document, report))
        source = _applied(document.source, edits)
        kind = document.format if document.format in {"markdown", "html"} else "text"
        again = Document.from_text(source, format=kind, limit=2 * self.settings.max_characters)
        return Improved(source=source, document=again, changes=tuple(edits))


def statement_edits(document: Document, report: Report) -> list[Edit]:
    """Edits that put the chosen statements in, each as a paragraph of its own."""
    edits: list[Edit] = []
    for chosen in report.statements.chosen:
        if chosen.replaces:
            edits += document.edits(*document.clean_span(*chosen.replaces), chosen.text)
            continue
        before = [block for block in document.blocks if document.span(block.start, block.end)[1] <= chosen.start]
        edits.append(document.insertion(before[-1] if before else None, chosen.text))
    return edits


def _add(edits: list[Edit], more: Iterable[Edit]) -> None:
    more = tuple(more)
    if not any(
        (new.start < old.end and old.start < new.end) or new.start == old.start for new in more for old in edits
    ):
        edits.extend(more)


def _applied(source: str, edits: Iterable[Edit]) -> str:
    for edit in sorted(edits, key=lambda e: e.start, reverse=True):
        source = source[: edit.start] + edit.text + source[edit.end :]
    return source
