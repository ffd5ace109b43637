"""The files of lexicons: where they are, and YAML in, checked values out; every mistake says file, line and remedy."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from inclusive_ads.errors import LexiconError
from inclusive_ads.lexicon.kept import code_mark, kept
from inclusive_ads.lexicon.models import Entry, EntryFile
from inclusive_ads.refusals import said

_M = TypeVar("_M", bound=BaseModel)

SHARED = frozenset(
    f"{name}.yaml"
    for name in (
        "spellings",
        "context",
        "sections",
        "sources",
        "acronyms",
        "grammar",
        "cures",
        "known",
        "languages",
        "places",
        "completeness",
        "balance",
        "near_words",
        "notes",
        "persons",
        "lawful",
        "lexicon",
    )
)


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


def lexicon_folder() -> Path:
    """The folder of the lexicons that ship: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "lexicons"
    return inside if inside.is_dir() else package.parent / "lexicons"


def version_of(places: Iterable[Path], *, ours: bool = True) -> str:
    """A name for the lexicons (or other files) as they are: twelve letters that change when a word of them does.

    Args:
        places: files, and folders of lexicons.
        ours: with the lexicons that ship.
    """
    digest = hashlib.sha256()
    for place in (*([lexicon_folder()] if ours else []), *map(Path, places)):
        for path in sorted(place.rglob("*.yaml")) if place.is_dir() else [place]:
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def entry_files(folder: Path) -> Iterator[Path]:
    """The files of a folder that hold entries."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".yml":
            raise LexiconError("Lexicon files end in .yaml.", f"Rename it to {path.stem}.yaml.", path=str(path))
        if path.suffix == ".yaml" and path.name not in SHARED:
            yield path


def read_yaml(path: Path, model: type[_M]) -> _M:
    """Read one YAML file into a model.

    Raises:
        LexiconError: not readable, not YAML, keys twice, aliases, or not of the model's shape.
    """
    try:
        return model.model_validate(_values(path))
    except ValidationError as error:
        node, _ = parse_yaml(path)
        # A misspelt key is also a missing one: the spelling is what to mend.
        first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        line, entry = place(node, first["loc"])
        where = ".".join(str(part) for part in first["loc"] if isinstance(part, (str, int)))
        raise LexiconError(
            f"{where}: {said(first)}.",
            _remedy(first["type"], first["loc"], model),
            path=str(path),
            line=line,
            entry=entry,
        ) from None


def _values(path: Path) -> object:
    """The values of one YAML file, quicker where the same file was read before."""
    try:
        text = path.read_text(encoding="utf-8-sig") if path.stat().st_size <= _MAX_BYTES else ""
    except (OSError, UnicodeDecodeError):
        text = ""  # what is wrong is told below
    return kept().value(f"yaml {code_mark()} {text}", lambda: parse_yaml(path)[1]) if text else parse_yaml(path)[1]


def parse_yaml(path: Path) -> tuple[yaml.Node, object]:
    """The nodes of one YAML file, and its values.

    Raises:
        LexiconError: not readable, not YAML, keys twice, or aliases.
    """
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
            f"The YAML cannot be read here: {problem}.",
            "Check indentation, and put text that holds ': ' or starts with a bracket in quotes.",
            path=str(path),
            line=mark.line + 1 if mark else 0,
        ) from None
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        what, remedy = "lists stand in lists without end", "Write it flatter."
        if isinstance(error, OSError):
            what, remedy = error.strerror or "it cannot be opened", "Check the name and the folder."
        elif isinstance(error, UnicodeDecodeError):
            what, remedy = "it is not in UTF-8", "Save it as UTF-8 text."
        raise LexiconError(f"The file cannot be read: {what}.", remedy, path=str(path)) from None


def _value(node: yaml.Node, loader: yaml.SafeLoader, path: Path) -> object:
    """The value of a node; unlike the loader's own, quick, and strict about keys."""
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, loader, path) for item in node.value]
    if not isinstance(node, yaml.MappingNode):
        return node.value if node.tag == _TEXT else loader.construct_object(node)
    found: dict[object, object] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise LexiconError("A key is a word, not a list.", "Put it in quotes.", path=str(path), line=line)
        name = _value(key, loader, path)
        if name in found:
            raise LexiconError(f"The key '{key.value}' stands twice.", "Keep one.", path=str(path), line=line)
        found[name] = _value(value, loader, path)
    return found


def place(node: yaml.Node, location: Iterable[int | str]) -> tuple[int, str]:
    """Line of the place to which keys lead, such as a validation error gives, and the id of its entry."""
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


def entry_lines(path: Path) -> dict[str, int]:
    """Line of each entry id in a file; read again only when there is a mistake to report."""
    found: dict[str, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        match = re.match(r"\s*-?\s*id:\s*['\"]?([\w-]+)", line)
        if match:
            found.setdefault(match.group(1), number)
    return found
