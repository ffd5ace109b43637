"""`known.yaml`: what is known to come out wrong, and so is counted and not forgotten."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field

from inclusive_ads.lexicon.files import lexicon_folder, read_yaml
from inclusive_ads.lexicon.models import Model


class KnownExample(Model):
    """A text that comes out wrong.

    Attributes:
        category: the concept or category that a reviewer would name.
        why: what it would take to read it.
    """

    category: str
    text: str = Field(min_length=5)
    why: str = Field(min_length=5)


class Known(Model):
    """The file; its head says what each list is for."""

    known_miss: tuple[KnownExample, ...]
    known_false: tuple[KnownExample, ...]


@cache
def load_known() -> Known:
    """Read the file that ships.

    Raises:
        LexiconError: with file, line and remedy.
    """
    return read_yaml(known_path(), Known)


def known_path() -> Path:
    """Where it stands."""
    return lexicon_folder() / "en-GB" / "known.yaml"
