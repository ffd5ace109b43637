"""Newer law and guidance: what it asks is raised, and what it allows is not called likely unlawful."""

from __future__ import annotations

import pytest

from inclusive_ads import Checker, LexiconError
from inclusive_ads.lexicon import loading
from inclusive_ads.lexicon.files import lexicon_folder
from inclusive_ads.lexicon.loading import load_lexicon

MEDICAL = "Under the Medical Training (Prioritisation) Act 2026"
BOARDS = "the Gender Representation on Public Boards (Scotland) Act 2018"


def grave(checker: Checker, text: str) -> str:
    """The gravest severity that is found, or ""."""
    return min((f.severity for f in checker.check(text).findings), key=lambda s: s.rank, default="")


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("British citizens will be given priority.", "likely-unlawful"),
        (f"{MEDICAL}, British citizens will be given priority.", "confirm"),
        (f"{MEDICAL}, British citizens will be given priority for this specialty training post.", ""),
        (f"British citizens come first for this core training post. {MEDICAL}, we have to offer it so.", "confirm"),
        (f"{MEDICAL}, women will be given priority for this specialty training post.", "likely-unlawful"),
    ],
)
def test_priority_in_medical_training_is_lawful_where_the_act_and_the_post_are_named(
    checker: Checker, text: str, severity: str
) -> None:
    assert grave(checker, text) == severity


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Priority will be given to women.", "likely-unlawful"),
        (f"Priority will be given to women, as {BOARDS} provides.", "confirm"),
        (f"We will choose a woman for this seat on the board. This follows {BOARDS}.", "confirm"),
        (f"Priority will be given to Catholics, as {BOARDS} provides.", "likely-unlawful"),
    ],
)
def test_a_scottish_board_that_names_its_act_has_it_confirmed(checker: Checker, text: str, severity: str) -> None:
    assert grave(checker, text) == severity


@pytest.mark.parametrize(
    "text",
    [
        "You need the right to work in the UK by your first day; tell us if you need sponsorship.",
        "The pay for this post is below the Skilled Worker threshold, so we are unable to offer sponsorship.",
        "We can sponsor a visa for the right person.",
        "You may use AI to help with the wording of your application.",
        "We encourage applications from women, who are few among our engineers. Appointment is on merit.",
    ],
)
def test_what_we_advise_to_write_is_not_raised(checker: Checker, text: str) -> None:
    assert grave(checker, text) == ""


def test_a_degree_and_years_together_are_graver_than_either(checker: Checker) -> None:
    assert grave(checker, "You must have a degree.") == "indirect-risk"
    assert grave(checker, "You must have ten years' experience.") == "indirect-risk"
    (both,) = checker.check("You must have a degree and ten years' experience.").findings
    assert both.severity == "confirm"
    assert "why this number" in both.message.lower()
    assert "Sheehy" in both.sources[0].title


def test_a_ground_whose_source_is_unknown_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    import shutil

    shutil.copytree(lexicon_folder(), tmp_path / "lexicons")
    path = tmp_path / "lexicons" / "en-GB" / "lawful.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("source: [public-boards-2018]", "source: [hearsay]"), encoding="utf-8")
    monkeypatch.setattr(loading, "lexicon_folder", lambda: tmp_path / "lexicons")
    with pytest.raises(LexiconError, match="hearsay") as caught:
        load_lexicon()
    assert caught.value.path == str(path)
