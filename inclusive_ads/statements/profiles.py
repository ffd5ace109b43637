"""Profiles: an organisation's own choices, values and approved records."""

from __future__ import annotations

from pathlib import Path

from inclusive_ads.errors import LexiconError
from inclusive_ads.lexicon.files import lexicon_folder, read_yaml
from inclusive_ads.statements.levels import level_fault
from inclusive_ads.statements.library import Library, load_library, placeholders
from inclusive_ads.statements.models import Profile, Record


def profiles() -> tuple[str, ...]:
    """Names of the profiles that ship."""
    return tuple(sorted(path.stem for path in _folder().glob("*.yaml")))


def load_profile(name_or_path: str | Path) -> Profile:
    """Read a profile that ships, by name, or an organisation's own, by file.

    Raises:
        LexiconError: no such profile, or a mistake in it, with file, line, entry and remedy.
    """
    path = profile_path(name_or_path)
    profile = read_yaml(path, Profile)
    _check(profile, path, load_library())
    return profile


def profile_path(name_or_path: str | Path) -> Path:
    """The file of a profile.

    Raises:
        LexiconError: no profile of that name ships.
    """
    path = Path(name_or_path)
    if path.suffix in (".yaml", ".yml"):
        return path
    if str(name_or_path) not in profiles():
        raise LexiconError(
            f"There is no profile '{name_or_path}'.",
            f"Use one of {', '.join(profiles())}, or the path of a .yaml file.",
            code="profile",
        )
    return _folder() / f"{name_or_path}.yaml"


def _folder() -> Path:
    return lexicon_folder() / "profiles"


def _check(profile: Profile, path: Path, library: Library) -> None:
    if profile.merit not in library.merit:
        raise wrong(
            path, "merit", f"There is no merit line '{profile.merit}'.", f"Use one of {', '.join(library.merit)}."
        )
    for name in profile.companions:
        if name not in library.companions:
            raise wrong(path, name, f"There is no statement '{name}'.", f"Use some of {', '.join(library.companions)}.")
    _check_texts(profile, path, library)
    for record in profile.records:
        _check_record(record, path, library)


def _check_texts(profile: Profile, path: Path, library: Library) -> None:
    templates = {template.id: template.text for template in library.templates}
    shipped = {**{name: companion.text for name, companion in library.companions.items()}, **templates}
    for name, text in profile.texts.items():
        if name not in shipped:
            raise wrong(path, name, f"There is no statement '{name}' whose text could be changed.", "Correct the id.")
        if name in templates:
            lost = [
                word
                for word in ("groups", "merit", "level")
                if word in placeholders(shipped[name]) and word not in placeholders(text)
            ]
            if lost:
                raise wrong(
                    path, name, f"The text lacks {{{lost[0]}}}.", "A positive action statement needs it: put it in."
                )


def _check_record(record: Record, path: Path, library: Library) -> None:
    for name in record.groups:
        group = library.groups.get(name)
        if group is None:
            raise wrong(path, record.id, f"There is no group '{name}'.", "See groups.yaml for the ids.")
        if not group.protected:
            raise wrong(
                path, record.id, f"Positive action does not cover {group.name}.", "Use a companion statement instead."
            )
        if group.jurisdiction not in (None, record.jurisdiction):
            raise wrong(
                path, record.id, f"'{name}' is a group for {group.jurisdiction} only.", "Correct the jurisdiction."
            )
    if library.template(record.kind, record.jurisdiction, record.limb, "firm") is None:
        raise wrong(
            path,
            record.id,
            f"There is no {record.kind} text for {record.jurisdiction} and the limb '{record.limb}'.",
            "Use the limb 'participation', or another kind.",
        )
    if fault := level_fault(record, library):
        raise wrong(path, record.id, fault[0], fault[1], key="level")
    if record.approved_by and record.approved_on is None:
        raise wrong(path, record.id, "An approval needs its date.", "Add approved_on.")


def wrong(path: Path, entry: str, message: str, remedy: str, *, key: str = "") -> LexiconError:
    """A mistake in a profile, with the line of its entry, or of a key of it."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    line = next((number for number, text in enumerate(lines, 1) if entry in text), 0)
    behind = (number for number, text in enumerate(lines, 1) if number >= line and text.lstrip(" -").startswith(key))
    return LexiconError(
        message, remedy, path=str(path), line=next(behind, line), entry=f"{entry}, {key}" if key else entry
    )
