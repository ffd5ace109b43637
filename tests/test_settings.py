"""The settings file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from inclusive_ads import Settings, SettingsError, Severity
from inclusive_ads.settings import load_settings


def test_without_a_file_there_are_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings() == Settings()
    assert load_settings(max_characters=9) == Settings(max_characters=9)


def test_every_setting_can_be_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inclusive-ads.yaml").write_text(
        "lexicons: [words, ../words]\nmax_characters: 5000\nlong_sentence: 20\nmodel: none\n"
        "profile: profile.yaml\nfail_level: style\ntoday: 2026-11-22\n"
    )
    monkeypatch.chdir(tmp_path)
    read = load_settings()
    assert read == load_settings("inclusive-ads.yaml")
    assert read == Settings(
        lexicons=(Path("words"), Path("../words")),
        max_characters=5000,
        long_sentence=20,
        model="none",
        profile="profile.yaml",
        fail_level=Severity.STYLE,
        today=date(2026, 11, 22),
    )
    assert load_settings(fail_level=Severity.UNLAWFUL).fail_level is Severity.UNLAWFUL


def test_folders_and_profile_are_as_seen_from_the_file(tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    file.write_text("lexicons: [words]\nprofile: p.yaml\n")
    assert load_settings(file).lexicons == (tmp_path / "words",)
    assert load_settings(file).profile == str(tmp_path / "p.yaml")
    file.write_text("profile: nhs-trust\n")
    assert load_settings(file).profile == "nhs-trust"


@pytest.mark.parametrize("content", ["", "{}", "# nothing\n"])
def test_an_empty_file_changes_nothing(tmp_path: Path, content: str) -> None:
    file = tmp_path / "s.yaml"
    file.write_text(content)
    assert load_settings(file) == Settings()


@pytest.mark.parametrize(
    "content",
    [
        "colour: red\n",
        "- a\n",
        "a string\n",
        "fail_level: dreadful\n",
        "max_characters: 0\n",
        "max_characters: many\n",
        "max_characters: true\n",
        "long_sentence: 1\n",
        "long_sentence: null\n",
        "lexicons: words\n",
        "lexicons: 3\n",
        "lexicons: [3]\n",
        "profile: 3\n",
        "model: [a]\n",
        "today: soon\n",
        "today: 3\n",
        "a: [\n",
        "a: &b [*b]\n",
        "1: 2\n",
        b"\xff\xfe\x00",
        "!!python/object/apply:os.getcwd []\n",
    ],
)
def test_mistakes_are_said(tmp_path: Path, content: str | bytes) -> None:
    file = tmp_path / "s.yaml"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(SettingsError) as caught:
        load_settings(file)
    assert str(file) in caught.value.message or caught.value.message.startswith("Limits")
    assert caught.value.remedy


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        load_settings(tmp_path / "none.yaml")
    with pytest.raises(SettingsError):
        load_settings(tmp_path)
