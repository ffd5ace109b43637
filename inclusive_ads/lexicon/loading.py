"""From the files of a lexicon to the lexicon; every mistake says file, line, entry and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from inclusive_ads.errors import LexiconError
from inclusive_ads.lexicon.cells import cells
from inclusive_ads.lexicon.checking import check_phrases
from inclusive_ads.lexicon.checklist import ChecklistFile, PlacesFile
from inclusive_ads.lexicon.concepts import Concept, Families, FamiliesFile, LawfulFile, Operator, Persons, Wording
from inclusive_ads.lexicon.files import entry_files, entry_lines, lexicon_folder, parse_yaml, place, read_yaml
from inclusive_ads.lexicon.lexicon import Category, Lexicon
from inclusive_ads.lexicon.models import Entry, EntryFile, Override, OwnLexicon
from inclusive_ads.lexicon.shared import (
    AcronymsFile,
    BalanceFile,
    ContextFile,
    CuresFile,
    GrammarFile,
    LanguagesFile,
    NearWordsFile,
    NotesFile,
    SectionsFile,
    SpellingsFile,
    VocabularyFile,
)
from inclusive_ads.lexicon.sources import SourcesFile
from inclusive_ads.lexicon.vocabulary import Vocabulary


def load_lexicon(
    folders: Iterable[str | Path] = (), *, own: OwnLexicon | None = None, language: str = "en-GB"
) -> Lexicon:
    """Read the lexicons that ship, and the folders of an organisation's own after them.

    Args:
        folders: folders with entry files, and optionally a `lexicon.yaml` (house terms, changed entries)
            and a `sources.yaml`.
        own: house terms and changed entries of a profile.
        language: the folder of the shipped lexicons.

    Raises:
        LexiconError: at the first mistake, with its place.
    """
    base = lexicon_folder() / language
    sources = dict(read_yaml(base / "sources.yaml", SourcesFile).sources)
    entries: dict[str, Entry] = {}
    files: dict[str, Path] = {}
    categories: dict[str, Category] = {}
    _add(entry_files(base), entries, files, categories)
    vocabulary = load_vocabulary(language)
    wording = load_wording(base)
    for operator, cell in cells(wording):
        entries[cell.id] = cell
        files[cell.id] = base / "operators" / f"{operator}.yaml"
    own = own or OwnLexicon()
    house_terms = list(own.house_terms)
    changes = _changes(own, entries, "the profile")
    for folder in map(Path, folders):
        if not folder.is_dir():
            raise LexiconError(
                "There is no such lexicon folder.", "Give a folder that holds .yaml files.", path=str(folder)
            )
        _add(entry_files(folder), entries, files, categories)
        if (folder / "sources.yaml").is_file():
            sources.update(read_yaml(folder / "sources.yaml", SourcesFile).sources)
        if (folder / "lexicon.yaml").is_file():
            settings = read_yaml(folder / "lexicon.yaml", OwnLexicon)
            house_terms.extend(settings.house_terms)
            changes.update(_changes(settings, entries, str(folder / "lexicon.yaml")))
    for name, change in changes.items():
        if change.off:
            entries.pop(name)
        elif change.severity is not None:
            entries[name] = entries[name].model_copy(update={"severity": change.severity})
    checklist = read_yaml(base / "completeness.yaml", ChecklistFile)
    files.update((item.id, base / "completeness.yaml") for item in checklist.items)
    lexicon = Lexicon(
        entries=entries,
        categories=categories,
        sources={name: source.cited(name) for name, source in sources.items()},
        vocabulary=vocabulary,
        context=read_yaml(base / "context.yaml", ContextFile),
        sections=read_yaml(base / "sections.yaml", SectionsFile),
        acronyms=read_yaml(base / "acronyms.yaml", AcronymsFile),
        grammar=read_yaml(base / "grammar.yaml", GrammarFile),
        cures=read_yaml(base / "cures.yaml", CuresFile),
        checklist=checklist,
        places=read_yaml(base / "places.yaml", PlacesFile),
        balance=read_yaml(base / "balance.yaml", BalanceFile),
        notes=read_yaml(base / "notes.yaml", NotesFile).notes,
        near_words=read_yaml(base / "near_words.yaml", NearWordsFile),
        languages=read_yaml(base / "languages.yaml", LanguagesFile),
        wording=wording,
        house_terms=tuple(house_terms),
        files=files,
    )
    _check_entries(lexicon, entries)
    unknown = [name for rule in wording.lawful for name in rule.source if name not in lexicon.sources]
    if unknown:
        problem = f"The source '{unknown[0]}' is not in sources.yaml."
        raise LexiconError(problem, "Add it there, or correct the id.", path=str(base / "lawful.yaml"))
    check_phrases(lexicon, [name for name, path in files.items() if path.parent != base])
    return lexicon


def _check_entries(lexicon: Lexicon, entries: dict[str, Entry]) -> None:
    """See that what entries name is there, and give those that are cured as another its alternatives.

    Raises:
        LexiconError: a source or an entry that is not there.
    """
    for entry in list(entries.values()):
        for name in entry.source:
            if name not in lexicon.sources:
                raise lexicon.error(
                    entry.id, f"The source '{name}' is not in sources.yaml.", "Add it there, or correct the id."
                )
        if entry.cured_as and entry.cured_as not in entries:
            raise lexicon.error(entry.id, f"There is no entry '{entry.cured_as}'.", "Correct the id in 'cured_as'.")
        if entry.cured_as:
            shared = entries[entry.cured_as].alternatives
            entries[entry.id] = entry.model_copy(update={"alternatives": (*entry.alternatives, *shared)})


@cache
def load_wording(base: Path) -> Wording:
    """The concepts and operators of a language's folder, read once.

    Raises:
        LexiconError: a file is not as it should be; phrases are read by `check_wording`, or when they are used.
    """
    return Wording(
        concepts=tuple(read_yaml(path, Concept) for path in sorted((base / "concepts").glob("*.yaml"))),
        persons=read_yaml(base / "persons.yaml", Persons),
        operators=tuple(read_yaml(path, Operator) for path in sorted((base / "operators").glob("*.yaml"))),
        families=_families(base),
        lawful=read_yaml(base / "lawful.yaml", LawfulFile).lawful,
    )


def _families(base: Path) -> Families:
    files: dict[str, FamiliesFile] = {}
    owner: dict[str, str] = {}
    for path in sorted((base / "families").glob("*.yaml")):
        file = f"families/{path.name}"
        files[file] = read_yaml(path, FamiliesFile)
        for name in files[file].families:
            other = owner.setdefault(name, file)
            if other != file:
                line, _ = place(parse_yaml(path)[0], ("families", name))
                problem = f"The family '{name}' stands in {other} and in {file}."
                raise LexiconError(problem, "Keep one.", path=str(path), line=line, entry=name)
    return Families(files)


@cache
def load_vocabulary(language: str = "en-GB") -> Vocabulary:
    """The slots and spellings that ship; the same for everything that reads phrases.

    Raises:
        LexiconError: a mistake in a file, or a slot that stands in two.
    """
    base = lexicon_folder() / language
    slots: dict[str, tuple[str, ...]] = {}
    for path in sorted((base / "vocabulary").glob("*.yaml")):
        for name, phrases in read_yaml(path, VocabularyFile).slots.items():
            if slots.setdefault(name, phrases) is not phrases:
                raise LexiconError(f"The slot '{name}' stands in another file too.", "Keep one.", path=str(path))
    words = read_yaml(base / "spellings.yaml", SpellingsFile)
    spellings = {word: group for group in words.spellings for word in group}
    return Vocabulary(
        slots=slots,
        spellings=spellings,
        abbreviations=words.abbreviations,
        common=frozenset(words.common.split()),
    )


def _changes(own: OwnLexicon, entries: Mapping[str, Entry], path: str) -> dict[str, Override]:
    for name in own.entries:
        if name not in entries:
            remedy = "See `inclusive-ads lexicon list` for the ids."
            raise LexiconError(f"There is no entry '{name}'.", remedy, path=path, entry=name)
    return dict(own.entries)


def _add(
    paths: Iterator[Path], entries: dict[str, Entry], files: dict[str, Path], categories: dict[str, Category]
) -> None:
    for path in paths:
        read = read_yaml(path, EntryFile)
        categories.setdefault(read.category, Category(name=read.category, title=read.title, about=read.about))
        for entry in read.entries:
            if entry.id in entries:
                raise LexiconError(
                    f"The id '{entry.id}' is already used in {files[entry.id].name}.",
                    "Ids are stable and never reused: choose another.",
                    path=str(path),
                    line=entry_lines(path).get(entry.id, 0),
                    entry=entry.id,
                )
            files[entry.id] = path
            if not entry.retired:
                entries[entry.id] = entry.model_copy(update={"category": read.category})
