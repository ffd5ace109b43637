"""The one place where the page and the API call the library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from inclusive_ads import (
    Asked,
    Checker,
    Completeness,
    Decision,
    Document,
    Edit,
    Entry,
    Evidence,
    InputError,
    Item,
    JsonObject,
    MissingLine,
    Passage,
    Report,
    Review,
    Settings,
    SettingsError,
    Severity,
    Source,
    check_item,
    clean_word,
    edited,
    improve_zip,
    load_profile,
    picture,
    plan,
    profiles,
    read_evidence,
    review,
    review_sheet,
)
from inclusive_ads_web.settings import WebSettings
from inclusive_ads_web.values import Given

GENERIC = "generic"  # the profile that every server has
COMMENTED = frozenset(Severity) - {Severity.STYLE}  # what is told in comments of a Word file


@dataclass(frozen=True, slots=True, kw_only=True)
class Improved:
    """The advert with the chosen changes.

    Attributes:
        source: in the advert's own format (for Word and PDF: its text).
        document: the same, read again.
        changes: the edits that were made, in order, in offsets of the original source.
    """

    source: str
    document: Document
    changes: tuple[Edit, ...]


class Work:
    """Checks and improves adverts with one set of settings; keeps no advert."""

    def __init__(self, settings: Settings, web: WebSettings) -> None:
        self.settings = settings
        self._web = web
        self._warm = False
        self.checker = cache(self._checker)  # one for each profile on offer

    def _checker(self, profile: str) -> Checker:
        if profile not in self._profiles:
            raise InputError("This server has no such organisation.", "Choose one from the list.", code="profile")
        if profile == GENERIC:
            return Checker(replace(self.settings, profile=GENERIC))
        return self.checker(GENERIC).for_profile(self._profiles[profile])

    @cached_property
    def _profiles(self) -> dict[str, str]:
        """Name → name or path: the organisation's own, as the settings list them, then those that ship."""
        own = {load_profile(path).id: path for path in (self.settings.profile, *self._web.profiles)}
        own.pop(GENERIC, None)
        return own | {name: name for name in sorted(profiles(), key=lambda name: name != GENERIC) if name not in own}

    @property
    def offered(self) -> dict[str, tuple[str, ...]]:
        """Field of the vacancy → what the figures have for it; empty without figures."""
        evidence = self._evidence
        return {"grade": evidence.grades, "role": evidence.roles} if evidence else {}

    @property
    def most_characters(self) -> int:
        """Of an advert."""
        return self.settings.max_characters

    @property
    def most_bytes(self) -> int:
        """Of a file: it comes back with every choice, longer by a third, and the choices need room beside it."""
        return 7 * self._web.upload_bytes // 10

    @cached_property
    def _evidence(self) -> Evidence | None:
        web = self._web
        if not web.representation:
            return None
        columns = load_profile(self.settings.profile).evidence_columns
        return read_evidence(
            web.representation,
            web.comparators or None,
            web.recruitment or None,
            mapping=columns or None,
            asked=Asked.from_text(sheet=web.sheet, organisation=web.figures_of, as_at=web.as_at),
        )

    def load(self) -> None:
        """Load all that this process itself answers from, so that mistakes show at the start.

        Raises:
            SettingsError: a key is for a profile that is not there.
            LexiconError, EvidenceError: a lexicon, a profile or the figures cannot be used.
        """
        for profile, key in self._web.named_profiles().items():
            if profile not in self.profiles:
                raise SettingsError(
                    f"The key of '{key}' is for the profile '{profile}', and there is none.",
                    f"The profiles are: {', '.join(self.profiles)}.",
                    code="setting",
                )
        self.entries()
        for profile in self.profiles:
            self.checker(profile)
        _ = self._evidence

    def warm(self) -> None:
        """Load all that a check asks for, too, so that the first user does not wait."""
        if not self._warm:  # whoever asks whether the server is ready is not to wait for a check
            self.load()
            for profile in self.profiles:  # a worker that has to load one first is slow, and grows
                self.check(Document.from_text("We welcome everyone."), Given(profile=profile))
            self.checker(next(iter(self.profiles))).warm()
            self._warm = True

    @cached_property
    def profiles(self) -> dict[str, str]:
        """The organisations that this server offers, read once: title by name, the usual one first."""
        return {name: load_profile(place).title for name, place in self._profiles.items()}

    def entries(self) -> Mapping[str, Entry]:
        """The lexicon's entries by id, their word lists written out."""
        return self._entries

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        return dict(self.checker(GENERIC).lexicon.spelt_out())

    def sources(self, entry: Entry) -> list[Source]:
        """What an entry cites."""
        known = self.checker(GENERIC).lexicon.sources
        return [known[name] for name in entry.source]

    def read(self, advert: bytes, *, name: str = "", format: str | None = None) -> Document:  # noqa: A002
        """The advert as a document. Raises InputError."""
        if not name and format is None:
            format = "text"  # noqa: A001 - pasted; HTML among it is told from text by the reader of text
        return Document.from_bytes(advert, name=name, format=format, limit=self.settings.max_characters)

    def check(
        self,
        document: Document,
        given: Given,
        decisions: Sequence[Decision] = (),
        reviews: Sequence[Review] = (),
    ) -> Report:
        """The report on one advert and its post; what is kept on purpose, by all the rules, counts as settled."""
        return self.checker(given.profile).check(
            document, vacancy=given.vacancy, evidence=self._evidence, decisions=decisions, reviews=reviews
        )

    def passage(self, document: Document, profile: str) -> Passage:
        """What is said of a part of an advert by itself."""
        return self.checker(profile).passage(document)

    @property
    def languages(self) -> Mapping[str, str]:
        """Those that are told apart: name by code (ISO 639-1)."""
        return self.checker(GENERIC).lexicon.languages.names

    def line(self, item: Item, given: Given) -> JsonObject:
        """The line of results for one advert of a batch."""
        return check_item(self.checker(given.profile), item, vacancy=given.vacancy, evidence=self._evidence)

    def folder(self, adverts: bytes, table: bytes | None, given: Given) -> bytes:
        """A zip of improved adverts, and the list, from a zip of adverts and a table. Raises InputError."""
        return improve_zip(
            self.checker(given.profile),
            adverts,
            table=table,
            vacancy=given.vacancy,
            evidence=self._evidence,
            most=self._web.folder_adverts,
        )

    def improve(self, document: Document, report: Report, choices: Mapping[int, int], *, insert: bool) -> Improved:
        """Apply what was chosen, and the safe suggestions where nothing was.

        Args:
            choices: number of a finding → index of the suggestion, -1 to leave it.
        """
        edits = plan(document, report.findings, report.statements if insert else None, choices)
        again = edited(document, edits, limit=2 * self.settings.max_characters)
        return Improved(source=again.source, document=again, changes=edits)

    @staticmethod
    def word(document: Document, report: Report, edits: Sequence[Edit], *, tracked: bool) -> bytes:
        """The improved advert for Word: a clean copy, or every change tracked, with what matters as comments."""
        return review(document, report, edits, comments=COMMENTED) if tracked else clean_word(document, edits)

    def fill(self, document: Document, given: Given, item: str, value: str) -> Edit:
        """The edit that writes a line about what is missing. Raises InputError."""
        return self.checker(given.profile).fill(document, item, value)

    def missing(self, given: Given, report: Report) -> list[tuple[Completeness, MissingLine | None]]:
        """What is missing, each with the line that would state it."""
        lines = self.checker(given.profile).lines
        return [(item, lines.get(item.id)) for item in report.completeness if not item.present]

    def sheet(self, document: Document, report: Report, given: Given, name: str) -> str:
        """The report as a sheet to comment on."""
        points = {record.id: record.points for record in self.checker(given.profile).profile.records}
        return review_sheet(report, document, title=name, points=points)

    def figures(self, given: Given, report: Report) -> tuple[str, tuple[str, ...]]:
        """The figures behind the statement as an ``<svg>`` and in words; both empty where there are none."""
        known = {fact.field: fact.value for fact in report.facts} | given.fields()
        grade = known.get("grade", "")
        evidence = self._evidence and self._evidence.at(known.get("location", ""))
        groups = evidence.for_post(grade=grade, role=known.get("role", "")) if evidence and grade else ()
        return (picture(groups), tuple(graded.sentence for graded in groups)) if groups else ("", ())
