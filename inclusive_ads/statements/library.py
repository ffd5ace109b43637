"""The statement files, read once and made ready to be searched for in an advert."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from inclusive_ads.errors import LexiconError
from inclusive_ads.loading import lexicon_folder, read_yaml
from inclusive_ads.patterns import Vocabulary, bounded, compile_phrase, regex_source, scan_text
from inclusive_ads.phrases import PatternError
from inclusive_ads.statements.models import (
    Companion,
    CompanionsFile,
    DecisionsFile,
    Group,
    GroupsFile,
    PlacesFile,
    PositiveActionFile,
    Problem,
    RecognitionFile,
    Row,
    SectionsFile,
    Template,
)

# Before a sentence is searched for unlawful wording, this letter takes the place of every letter of a favoured group.
MASK = "ø"
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found in clean text, half-open."""

    start: int
    end: int
    name: str


_REACH = 400  # characters either side of an anchor in which a cue may lie


@dataclass(frozen=True, slots=True)
class _Cue:
    kind: str
    name: str
    pattern: str  # "" where the literal is all


class CueFinder:
    """Finds every cue of the statement files in one pass."""

    def __init__(self, cues: Iterable[tuple[str, str, str]]) -> None:
        """Compile (kind, name, phrase) triples.

        Raises:
            PatternError: a phrase cannot be read.
        """
        vocabulary = Vocabulary()
        table: dict[str, list[_Cue]] = {}
        for kind, name, phrase in cues:
            compiled = compile_phrase(phrase, vocabulary)
            for literal in compiled.literals or compiled.anchors:
                table.setdefault(literal, []).append(_Cue(kind, name, compiled.pattern))
        self._cues = list(table.values())
        self._scanner = AhoCorasick(list(table))

    def find(self, scan: str) -> dict[str, list[Hit]]:
        """Cues of a scan text by kind, in order of place."""
        found: dict[str, list[Hit]] = {}
        seen: set[tuple[int, int, str, str]] = set()
        for index, start, end in self._scanner.find_matches_as_indexes(scan, overlapping=True):
            if not bounded(scan, start, end):
                continue
            for cue in self._cues[index]:
                if not cue.pattern:
                    found.setdefault(cue.kind, []).append(Hit(start, end, cue.name))
                    continue
                low, high = line_of(scan, start, reach=_REACH)
                for match in _compiled(cue.pattern).finditer(scan, low, high):
                    key = (match.start(), match.end(), cue.kind, cue.name)
                    if key not in seen and match.start() <= start < match.end():
                        seen.add(key)
                        found.setdefault(cue.kind, []).append(Hit(*key[:2], cue.name))
        for hits in found.values():
            hits.sort(key=lambda hit: (hit.start, -hit.end))
        return found


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when it is first needed: most patterns stand in few adverts."""
    return re.compile(pattern)


def line_of(text: str, place: int, *, reach: int | None = None) -> tuple[int, int]:
    """The line (a block of clean text) that holds `place`, or as much of it as is within `reach` characters."""
    least, most = (0, len(text)) if reach is None else (max(0, place - reach), min(len(text), place + reach))
    start, end = text.rfind("\n", least, place), text.find("\n", place, most)
    return start + 1 if start >= 0 else least, most if end < 0 else end


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Everything about statements that ships, checked."""

    groups: Mapping[str, Group]
    templates: tuple[Template, ...]
    companions: Mapping[str, Companion]
    merit: Mapping[str, str]
    rows: tuple[Row, ...]
    words: Mapping[str, Row]
    problems: Mapping[str, Problem]
    sections: SectionsFile
    heading_names: Mapping[str, str]
    finder: CueFinder
    unlawful: re.Pattern[str]
    not_unlawful: re.Pattern[str]

    def template(self, kind: str, jurisdiction: str, limb: str, strength: str) -> Template | None:
        """The template for a record; the firm one where there is no softer wording."""
        fitting = [t for t in self.templates if (t.kind, t.jurisdiction, t.limb) == (kind, jurisdiction, limb)]
        return next((t for t in fitting if t.strength == strength), fitting[0] if fitting else None)

    def grade(self, name: str) -> str:
        """One key for all the names of a grade ("G7", "Grade 7")."""
        from inclusive_ads.evidence.thresholds import default_thresholds  # not every check needs figures

        return plain(default_thresholds().grade(name))


def plain(name: str) -> str:
    """A name as names are compared: lower case, single spaces, no dashes."""
    return " ".join(scan_text(name).split())


def placeholders(text: str) -> tuple[str, ...]:
    """Names in braces, in order, each once."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(text)))


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with its placeholders filled; all must have a value."""
    return " ".join(_PLACEHOLDER.sub(lambda match: values[match[1]], text).split())


@cache
def load_library() -> Library:
    """Read and check the statement files that ship.

    Raises:
        LexiconError: with file, line, entry and remedy.
    """
    folder = lexicon_folder() / "en-GB" / "statements"
    groups = read_yaml(folder / "groups.yaml", GroupsFile).groups
    action = read_yaml(folder / "positive-action.yaml", PositiveActionFile)
    companions = read_yaml(folder / "companions.yaml", CompanionsFile).companions
    recognition = read_yaml(folder / "recognition.yaml", RecognitionFile)
    places = read_yaml(folder / "places.yaml", PlacesFile)
    sections = read_yaml(folder / "sections.yaml", SectionsFile)
    decisions = read_yaml(folder / "decisions.yaml", DecisionsFile)
    try:
        finder = CueFinder(_cues(groups, companions, recognition, places, sections))
        unlawful = _masked(recognition.unlawful)
        not_unlawful = _masked(recognition.not_unlawful)
    except PatternError as error:
        raise LexiconError(f"{error}.", "See 'Phrases' in lexicons/README.md.", path=str(folder)) from None
    _check(folder, groups, companions, recognition)
    return Library(
        groups={group.id: group for group in groups},
        templates=action.statements,
        companions={companion.id: companion for companion in companions},
        merit=action.merit,
        rows=decisions.rows,
        words={row.id: row for row in (*decisions.rows, *decisions.others)},
        problems={problem.id: problem for problem in decisions.problems},
        sections=sections,
        heading_names={plain(title): name for name, titles in sections.sections.items() for title in titles},
        finder=finder,
        unlawful=unlawful,
        not_unlawful=not_unlawful,
    )


def _cues(
    groups: Iterable[Group],
    companions: Iterable[Companion],
    recognition: RecognitionFile,
    places: PlacesFile,
    sections: SectionsFile,
) -> Iterator[tuple[str, str, str]]:
    lists: dict[tuple[str, str], Iterable[str]] = {
        ("encouragement", ""): recognition.encouragement,
        ("reason", ""): recognition.reason,
        ("merit", ""): recognition.merit,
        ("part", ""): recognition.part_of_statement,
        ("everyone", ""): recognition.everyone,
        ("served", ""): recognition.served,
        ("form", ""): recognition.unlawful_words,
        ("apply", ""): sections.apply_cues,
        ("label", ""): places.labels,
        ("place", "NI"): places.northern_ireland,
        ("place", "mask"): places.masks,
        ("location", "NI"): places.location_only.northern_ireland,
        ("location", "out"): places.location_only.out_of_scope,
    }
    lists |= {("group", group.id): group.known_by for group in groups}
    lists |= {("companion", companion.id): companion.known_by for companion in companions}
    lists |= {("topic", name): phrases for name, phrases in recognition.topics.items()}
    for (kind, name), phrases in lists.items():
        for phrase in phrases:
            yield kind, name, phrase


def _masked(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern in which the slot {favoured} is a run of `MASK`."""
    vocabulary = Vocabulary(slots={"favoured": (MASK,)})
    return re.compile(regex_source(phrases, vocabulary).replace(MASK, f"{MASK}+"))


def _check(
    folder: Path, groups: Iterable[Group], companions: Iterable[Companion], recognition: RecognitionFile
) -> None:
    """References between the files, which no single file can check."""
    known = {companion.id for companion in companions}
    for group in groups:
        for name in (*group.needs, *group.offers):
            if name not in known:
                raise _wrong(folder / "groups.yaml", group.id, f"There is no companion statement '{name}'.")
    for companion in companions:
        for topic in (*companion.not_with, *filter(None, [companion.replaces])):
            if topic not in recognition.topics:
                raise _wrong(folder / "companions.yaml", companion.id, f"There is no topic '{topic}'.")


def _wrong(path: Path, entry: str, message: str) -> LexiconError:
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next((number for number, text in enumerate(lines, 1) if text.strip() == f"- id: {entry}"), 0)
    return LexiconError(message, "Correct the id, or add it.", path=str(path), line=line, entry=entry)
