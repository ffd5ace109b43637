"""What many tests share: one checker with the lexicons that ship, and checkers with a lexicon of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from inclusive_ads import Checker, Settings

# Two slow cores must not make a property test fail.
settings.register_profile(
    "default", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("default")


@pytest.fixture(scope="session")
def checker() -> Checker:
    """The lexicons that ship, default settings."""
    return Checker()


@pytest.fixture
def own_lexicon(tmp_path: Path) -> Callable[[str], Path]:
    """Writes entries (YAML, a list) into a folder that `Settings.lexicons` can name."""

    def write(entries: str) -> Path:
        folder = tmp_path / "lexicon"
        folder.mkdir(exist_ok=True)
        head = "category: own\ntitle: Own words\nabout: Words for a test of the engine.\nentries:\n"
        (folder / "own.yaml").write_text(head + entries, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def own_checker(own_lexicon: Callable[[str], Path]) -> Callable[[str], Checker]:
    """A checker with entries of the test's own beside those that ship."""
    return lambda entries: Checker(Settings(lexicons=(own_lexicon(entries),)))
