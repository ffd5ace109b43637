"""YAML in, checked values out; every mistake says file, line, entry and remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from inclusive_ads.errors import LexiconError
from inclusive_ads.lexicon.cells import cells
from inclusive_ads.lexicon.checking import first_mistake
from inclusive_ads.lexicon.concepts import Concept, FamiliesFile, LawfulFile, Operator, Persons, Wording
from inclusive_ads.lexicon.models import (
    AcronymsFile,
    BalanceFile,
    ChecklistFile,
    ContextFile,
    Entry,
    EntryFile,
    GrammarFile,
    NearWordsFile,
    NoteEntry,
    NotesFile,
    Override,
    OwnLexicon,
    PlacesFile,
    SectionsFile,
    VocabularyFile,
)
from inclusive_ads.lexicon.patterns import Vocabulary, compile_all, compile_phrase, strings
from inclusive_ads.lexicon.phrases import PatternError
from inclusive_ads.lexicon.sources import SourcesFile
from inclusive_ads.refusals import said
from inclusive_ads.report import Source

_M = TypeVar("_M", bound=BaseModel)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe, and "no", "yes", "on" and "off" are words, as they are to everyone who writes a lexicon."""


_BOOL = "tag:yaml.org,2002:bool"
_Loader.yaml_implicit_resolvers = {
    first: [rule for rule in rules if rule[0] != _BOOL] for first, rules in _Loader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$"), list("tf"))
_TEXT = "tag:yaml.org,2002:str"
_ANCHOR = re.compile(r"(?:^|[\s\[{,:-])[&*][A-Za-z0-9_]", re.MULTILINE)
_MAX_BYTES = 5_000_000
_SLOT = re.compile(r"\{([a-z_]+)\}")
_NESTED = 4  # lists within lists; none goes deeper


def lexicon_folder() -> Path:
    """The folder of the lexicons that ship: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "lexicons"
    return inside if inside.is_dir() else package.parent / "lexicons"


def read_yaml(path: Path, model: type[_M]) -> _M:
    """Read one YAML file into a model.

    Raises:
        LexiconError: not readable, not YAML, keys twice, aliases, or not of the model's shape.
    """
    node, data = _parse(path)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        # A misspelt key is also a missing one: the spelling is what to mend.
        first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        line, entry = _place(node, first["loc"])
        where = ".".join(str(part) for part in first["loc"] if isinstance(part, (str, int)))
        raise LexiconError(
            f"{where}: {said(first)}.",
            _remedy(first["type"], first["loc"], model),
            path=str(path),
            line=line,
            entry=entry,
        ) from None


def _parse(path: Path) -> tuple[yaml.Node, Any]:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise LexiconError("The file is too large.", "Split it into several files.", path=str(path))
        text = path.read_text(encoding="utf-8-sig")
        # Aliases make small files huge when they are unfolded, and no lexicon needs them.
        if _ANCHOR.search(text) and any(
            isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None)
            for event in yaml.parse(text, Loader=_Loader)
        ):
            raise LexiconError(
                "YAML anchors (&) and aliases (*) are not used here.", "Write the value out.", path=str(path)
            )
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                raise LexiconError("The file is empty.", "Add at least the keys of an empty lexicon.", path=str(path))
            return node, _value(node, loader, path)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "the YAML cannot be read"
        raise LexiconError(
            f"Not valid YAML: {problem}.",
            "Check indentation, and put text that holds ': ' or starts with a bracket in quotes.",
            path=str(path),
            line=mark.line + 1 if mark else 0,
        ) from None
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        if isinstance(error, OSError):
            what, remedy = error.strerror or "it cannot be opened", "Check the name and the folder."
        else:
            what, remedy = str(error), "Save it as UTF-8 text."
        raise LexiconError(f"The file cannot be read: {what}.", remedy, path=str(path)) from None


def _value(node: yaml.Node, loader: Any, path: Path) -> Any:
    """The value of a node; unlike the loader's own, quick, and strict about keys."""
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, loader, path) for item in node.value]
    if not isinstance(node, yaml.MappingNode):
        return node.value if node.tag == _TEXT else loader.construct_object(node)
    found: dict[Any, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise LexiconError("A key is a word, not a list.", "Put it in quotes.", path=str(path), line=line)
        name = _value(key, loader, path)
        if name in found:
            raise LexiconError(f"The key '{key.value}' stands twice.", "Keep one.", path=str(path), line=line)
        found[name] = _value(value, loader, path)
    return found


def _place(node: yaml.Node, location: Iterable[int | str]) -> tuple[int, str]:
    """Line of the place a validation error speaks of, and the entry's id."""
    entry = ""
    for part in location:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == part), None)
            if found is None:
                break
            node = found[1] if not isinstance(found[1], yaml.ScalarNode) else found[0]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        if isinstance(node, yaml.MappingNode):
            entry = next((v.value for k, v in node.value if k.value == "id"), entry)
    return node.start_mark.line + 1, entry


def _remedy(kind: str, location: tuple[int | str, ...], model: type[BaseModel]) -> str:
    if kind == "extra_forbidden":
        import difflib

        wrong = str(location[-1])
        known = {name for one in (model, Entry, EntryFile) for name in one.model_fields}
        near = difflib.get_close_matches(wrong, sorted(known), n=1)
        return f"Did you mean '{near[0]}'?" if near else f"Remove '{wrong}' or correct its spelling."
    if kind == "string_type":
        return "Put it in quotes."
    if kind == "missing":
        return f"Add '{location[-1]}:'."
    return "See lexicons/README.md for the keys of an entry."


def _entry_lines(path: Path) -> dict[str, int]:
    """Line of each entry id in a file; read again only when there is a mistake to report."""
    found: dict[str, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        match = re.match(r"\s*-?\s*id:\s*['\"]?([\w-]+)", line)
        if match:
            found.setdefault(match.group(1), number)
    return found


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
    checklist: ChecklistFile
    places: PlacesFile
    balance: BalanceFile
    notes: tuple[NoteEntry, ...]
    near_words: NearWordsFile
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
        line = _entry_lines(path).get(entry, 0) if path else 0
        return LexiconError(message, remedy, path=str(path or ""), line=line, entry=entry)


SHARED = frozenset(
    f"{name}.yaml"
    for name in (
        "vocabulary",
        "context",
        "sections",
        "sources",
        "acronyms",
        "grammar",
        "completeness",
        "balance",
        "near_words",
        "places",
        "notes",
        "persons",
        "families",
        "lawful",
        "lexicon",
    )
)


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
    _add(_entry_files(base), entries, files, categories)
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
        _add(_entry_files(folder), entries, files, categories)
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
        checklist=checklist,
        places=read_yaml(base / "places.yaml", PlacesFile),
        balance=read_yaml(base / "balance.yaml", BalanceFile),
        notes=read_yaml(base / "notes.yaml", NotesFile).notes,
        near_words=read_yaml(base / "near_words.yaml", NearWordsFile),
        wording=wording,
        house_terms=tuple(house_terms),
        files=files,
    )
    for entry in entries.values():
        for name in entry.source:
            if name not in lexicon.sources:
                raise lexicon.error(
                    entry.id, f"The source '{name}' is not in sources.yaml.", "Add it there, or correct the id."
                )
    unknown = [name for rule in wording.lawful for name in rule.source if name not in lexicon.sources]
    if unknown:
        problem = f"The source '{unknown[0]}' is not in sources.yaml."
        raise LexiconError(problem, "Add it there, or correct the id.", path=str(base / "lawful.yaml"))
    check_phrases(lexicon, [name for name, path in files.items() if path.parent != base])
    return lexicon


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
        families=read_yaml(base / "families.yaml", FamiliesFile),
        lawful=read_yaml(base / "lawful.yaml", LawfulFile).lawful,
    )


def check_wording(wording: Wording, vocabulary: Vocabulary, base: Path | None = None) -> None:
    """Read every phrase of the concepts and operators: dear, so done where somebody asks, or where one failed.

    Raises:
        LexiconError: at the first mistake, with its place.
    """
    mistake = first_mistake(wording, vocabulary)
    if mistake:
        file, keys, message = mistake
        path = (base or lexicon_folder() / "en-GB") / file
        line, _ = _place(_parse(path)[0], keys)
        raise LexiconError(f"{message}.", "See 'Phrases' in lexicons/README.md.", path=str(path), line=line)


def _changes(own: OwnLexicon, entries: Mapping[str, Entry], path: str) -> dict[str, Override]:
    for name in own.entries:
        if name not in entries:
            remedy = "See `inclusive-ads lexicon list` for the ids."
            raise LexiconError(f"There is no entry '{name}'.", remedy, path=path, entry=name)
    return dict(own.entries)


def _entry_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.suffix == ".yml":
            raise LexiconError("Lexicon files end in .yaml.", f"Rename it to {path.stem}.yaml.", path=str(path))
        if path.suffix == ".yaml" and path.name not in SHARED:
            yield path


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
                    line=_entry_lines(path).get(entry.id, 0),
                    entry=entry.id,
                )
            files[entry.id] = path
            if not entry.retired:
                entries[entry.id] = entry.model_copy(update={"category": read.category})


@cache
def load_vocabulary(language: str = "en-GB") -> Vocabulary:
    """The slots and spellings that ship; the same for everything that reads phrases.

    Raises:
        LexiconError: a mistake in the file.
    """
    words = read_yaml(lexicon_folder() / language / "vocabulary.yaml", VocabularyFile)
    spellings = {word: group for group in words.spellings for word in group}
    return Vocabulary(
        slots=words.slots,
        spellings=spellings,
        abbreviations=words.abbreviations,
        common=frozenset(words.common.split()),
    )


def check_phrases(lexicon: Lexicon, entries: Iterable[str] | None = None) -> None:
    """Compile every phrase of the house terms and of entries and their guards.

    Args:
        entries: ids of the entries to look at; all where None.

    Raises:
        LexiconError: a phrase that cannot be read, or a literal form that two entries claim.
    """
    for term in lexicon.house_terms:
        _check_house_term(term, lexicon)
    owner: dict[tuple[str, str], str] = {}
    for entry in lexicon.entries.values() if entries is None else map(lexicon.entries.get, entries):
        if entry is None:  # turned off
            continue
        try:
            _check_forms(entry, lexicon, owner)
            _check_guards(entry, lexicon)
        except PatternError as error:
            raise lexicon.error(entry.id, f"{error}.", "See 'Phrases' in lexicons/README.md.") from None


def _check_house_term(term: str, lexicon: Lexicon) -> None:
    try:
        strings(term, lexicon.vocabulary)
    except PatternError as error:
        raise LexiconError(f"house_terms: {error}.", "A house term is plain words.") from None


def _check_forms(entry: Entry, lexicon: Lexicon, owner: dict[tuple[str, str], str]) -> None:
    for phrase in (phrase for phrases in entry.forms.values() for phrase in phrases):
        for literal in compile_phrase(phrase, lexicon.vocabulary).literals:
            other = owner.setdefault((literal, phrase if entry.case == "exact" else ""), entry.id)
            if other != entry.id:
                raise lexicon.error(
                    entry.id, f"The wording '{literal}' belongs to '{other}' too.", "Keep it in one of them."
                )


def _check_guards(entry: Entry, lexicon: Lexicon) -> None:
    for guard in (*entry.only, *entry.unless):
        for scope, phrases in guard.scopes:
            if scope != "section":
                compile_all(phrases, lexicon.vocabulary)
                continue
            unknown = [name for name in phrases if name not in lexicon.sections.names]
            if unknown:
                raise lexicon.error(entry.id, f"There is no section '{unknown[0]}'.", "See sections.yaml.")
