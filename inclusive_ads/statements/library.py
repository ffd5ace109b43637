"""The statement files, read once and made ready to be searched for in an advert."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from inclusive_ads.analysis.found import Cues
from inclusive_ads.analysis.scan import CueFinder
from inclusive_ads.errors import LexiconError
from inclusive_ads.lexicon.files import lexicon_folder, read_yaml
from inclusive_ads.lexicon.gazetteer import load_gazetteer
from inclusive_ads.lexicon.loading import load_vocabulary
from inclusive_ads.lexicon.phrases import PatternError
from inclusive_ads.lexicon.scan_text import scan_text
from inclusive_ads.lexicon.shared import Place
from inclusive_ads.offsets import CleanOffset, clean
from inclusive_ads.statements.models import (
    Companion,
    CompanionsFile,
    DecisionsFile,
    Group,
    GroupsFile,
    Kind,
    LevelWords,
    PlaceRule,
    PlacingFile,
    PositiveActionFile,
    Problem,
    RecognitionFile,
    Row,
    ShortAdvert,
    Template,
)

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found in clean text, half-open."""

    start: CleanOffset
    end: CleanOffset
    name: str


@dataclass(frozen=True, kw_only=True)
class Library:
    """Everything about statements that ships, checked."""

    groups: Mapping[str, Group]
    templates: tuple[Template, ...]
    companions: Mapping[str, Companion]
    merit: Mapping[str, str]
    level: LevelWords
    kinds: Mapping[Kind, str]
    values: Mapping[str, str]
    rows: tuple[Row, ...]
    words: Mapping[str, Row]
    problems: Mapping[str, Problem]
    places: Mapping[Place, PlaceRule]
    pronouns: Mapping[str, str]
    short_advert: ShortAdvert
    cues: Mapping[str, Iterable[str]]
    finder: CueFinder

    @cached_property
    def settled(self) -> frozenset[str]:
        """Texts that stand as they ship, whatever the advert and the vacancy: a test reads them, no check has to."""
        texts = [
            companion.text for companion in self.companions.values() if set(placeholders(companion.text)) <= {"merit"}
        ]
        return frozenset(fill(text, {"merit": merit}) for text in texts for merit in self.merit.values())

    def hits(self, cues: Cues) -> dict[str, list[Hit]]:
        """The cues of these files, of all that a scan found, by kind and in order of place."""
        found: dict[str, list[Hit]] = {}
        for cue in self.cues:
            if cue in cues:
                _, kind, *name = cue.split(" ")
                found.setdefault(kind, []).extend(Hit(*clean(start, end), "".join(name)) for start, end in cues[cue])
        for hits in found.values():
            hits.sort(key=lambda hit: (hit.start, -hit.end))
        return found

    def read(self, text: str) -> dict[str, list[Hit]]:
        """The cues of a text that is no advert, such as a statement or a place."""
        return self.hits(self.finder.cues(text))

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
    return tuple(dict.fromkeys(PLACEHOLDER.findall(text)))


def listed(groups: Sequence[Group]) -> str:
    """Groups in a sentence: "women and disabled people"."""
    if len(groups) < 2:
        return "".join(group.name for group in groups)
    names = [group.short or group.name for group in groups]
    return f"{', '.join(names[:-1])} and {names[-1]}"


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with its placeholders filled; all must have a value."""
    return " ".join(PLACEHOLDER.sub(lambda match: values[match[1]], text).split())


@cache
def load_library() -> Library:
    """Read and check the statement files that ship.

    Raises:
        LexiconError: with file, line, entry and remedy.
    """
    folder = lexicon_folder() / "en-GB" / "statements"
    groups = read_yaml(folder / "groups.yaml", GroupsFile).groups
    action = read_yaml(folder / "positive-action.yaml", PositiveActionFile)
    beside = read_yaml(folder / "companions.yaml", CompanionsFile)
    companions = beside.companions
    recognition = read_yaml(folder / "recognition.yaml", RecognitionFile)
    placing = read_yaml(folder / "sections.yaml", PlacingFile)
    decisions = read_yaml(folder / "decisions.yaml", DecisionsFile)
    try:
        cues = _cues(groups, companions, recognition, placing)
        finder = CueFinder(cues, load_vocabulary())
    except PatternError as error:
        raise LexiconError(f"{error}.", "See 'Phrases' in lexicons/README.md.", path=str(folder)) from None
    _check(folder, groups, companions, recognition)
    return Library(
        groups={group.id: group for group in groups},
        templates=action.statements,
        companions={companion.id: companion for companion in companions},
        merit=action.merit,
        level=action.level,
        kinds=action.kinds,
        values=beside.values,
        rows=decisions.rows,
        words={row.id: row for row in (*decisions.rows, *decisions.others)},
        problems={problem.id: problem for problem in decisions.problems},
        places=placing.places,
        pronouns=recognition.pronouns,
        short_advert=placing.short_advert,
        cues=cues,
        finder=finder,
    )


def _cues(
    groups: Iterable[Group],
    companions: Iterable[Companion],
    recognition: RecognitionFile,
    placing: PlacingFile,
) -> dict[str, Iterable[str]]:
    """The phrases of all files by the names of their cues: "statement", the kind, and what they stand for."""
    lists: dict[str, Iterable[str]] = {
        "encouragement": recognition.encouragement,
        "reason": recognition.reason,
        "unnamed": recognition.unnamed,
        "merit": recognition.merit,
        "part": recognition.part_of_statement,
        "everyone": recognition.everyone,
        "served": recognition.served,
        "apply": placing.apply_cues,
        "button": placing.buttons,
        "end": placing.ends,
        "mask": load_gazetteer().elsewhere.masks,
    }
    lists |= {f"group {group.id}": group.known_by for group in groups}
    lists |= {f"companion {companion.id}": companion.known_by for companion in companions}
    lists |= {f"topic {name}": phrases for name, phrases in recognition.topics.items()}
    return {f"statement {name}": phrases for name, phrases in lists.items()}


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
