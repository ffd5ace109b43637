"""Many adverts, each written better: what is done to one, and what a run says of it.

What waits for a person is what a check of the written advert finds; there is no second way to judge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from inclusive_ads.batch.items import LISTS, Item
from inclusive_ads.batch.running import line_of, open_item
from inclusive_ads.checker import Checker
from inclusive_ads.errors import InputError
from inclusive_ads.plain import JsonObject, to_plain
from inclusive_ads.planning import plan
from inclusive_ads.render.results import result_line
from inclusive_ads.render.review import improved
from inclusive_ads.report import LAPSED, SHORT, Edit, Report
from inclusive_ads.text.document import Document
from inclusive_ads.text.readers.formats import FORMATS
from inclusive_ads.text.writing import write_whole
from inclusive_ads.vacancy import Vacancy

if TYPE_CHECKING:
    from inclusive_ads.evidence.values import Evidence

LIST, LINES = LISTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Improving:
    """How adverts are improved: the same for all of them.

    Attributes:
        vacancy: what holds for all of them; what an item says of its own goes first.
        evidence: the employer's own figures.
        take_all: take first suggestions that need a look, too.
        statements: insert the statements that are chosen.
        taken: ids of all adverts, so that none is written in the place of another.
    """

    vacancy: Vacancy = field(default_factory=Vacancy)
    evidence: Evidence | None = None
    take_all: bool = False
    statements: bool = True
    taken: frozenset[str | int] = frozenset()

    def advert(self, checker: Checker, item: Item) -> tuple[str, bytes, JsonObject]:
        """The improved advert: its name, its file, and what was done and what waits.

        Of an advert whose format is only read (PDF) its text is written, as ``NAME.pdf.txt``.

        Returns:
            The line is `result_line` of the advert as written, and ``written``; ``given`` and ``read``, the fields of
            the vacancy that were given and that were read from the advert; ``changes``; ``inserted`` and
            ``not_inserted``, the statements; and ``told``.

        Raises:
            InclusiveAdsError: it cannot be read.
        """
        limit = checker.settings.max_characters
        document, decisions = open_item(item, limit)
        known = FORMATS[document.format]
        name = str(item.id) if known.written else f"{item.id}.txt"
        if name in (LIST, LINES) or (name != item.id and name in self.taken):
            raise InputError(f"It would be written as '{name}', and there is one of that name.", "Rename one of them.")
        given = item.vacancy.over(self.vacancy).over(checker.settings.post)
        about: JsonObject = {"vacancy": given, "evidence": self.evidence, "decisions": decisions}
        report = checker.check(document, **about)
        edits = plan(document, report.findings, report.statements if self.statements else None, take_all=self.take_all)
        data = improved(document, report, edits)
        # Read again as it is written: so the file is known to be good, and what is said of it is true of it.
        again = Document.from_bytes(data, format=known.name if known.written else "text", limit=2 * limit)
        after = checker.check(again, **about)
        line = result_line(item.id, after, again.source, item.extra)
        told = [*item.told, *(note.message for note in after.notes if note.id in (LAPSED, SHORT))]
        line |= {"written": name, "given": given.to_text(), **self._done(report, edits), "told": told}
        return name, data, line

    def _done(self, report: Report, edits: Sequence[Edit]) -> JsonObject:
        firsts = [(f, f.suggestions[0]) for f in report.findings if f.suggestions]
        choice = report.statements
        return {
            "read": {fact.field: fact.value for fact in report.facts},
            "changes": [
                {"entry": finding.entry, "was": finding.phrase, "now": suggestion.text}
                for finding, suggestion in firsts
                if set(suggestion.edits) <= set(edits)
            ],
            "inserted": [
                {name: value for name, value in to_plain(one).items() if name not in ("start", "replaces")}
                for one in (choice.chosen if self.statements else ())
            ],
            "not_inserted": to_plain(choice.refused),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class IntoFolder:
    """Work for `each_item`: writes the improved advert into a folder, and gives its line.

    Attributes:
        replace: write over a file that is there.
    """

    how: Improving
    folder: Path
    replace: bool = False

    def __call__(self, checker: Checker, item: Item) -> JsonObject:
        """The line of one advert. Raises nothing."""

        def line() -> JsonObject:
            name, data, about = self.how.advert(checker, item)
            self._write(self.folder / name, data)
            return about

        return line_of(item, line)

    def _write(self, path: Path, data: bytes) -> None:
        """Whole or not at all, and never outside the folder."""
        # A link in the folder may lead elsewhere, even to the advert itself.
        if not path.resolve().is_relative_to(self.folder.resolve()):
            raise InputError(f"'{path}' leads out of the folder.", "Take the link away.", code="write")
        if path.exists() and not self.replace:
            raise InputError(f"'{path}' is there.", "Choose another folder.", code="write")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, data)
        except OSError as error:
            raise InputError(
                f"Cannot write '{path}': {error.strerror}.", "Choose another place.", code="write"
            ) from None
