"""fix --output FILE.docx: an advert of any kind as a Word file, from the command itself."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from inclusive_ads import Document
from inclusive_ads.cli import main

ADVERTS = {
    "advert.txt": "Ward clerk\n\nYou need a CRB check.\n\nThe rockstar keeps the records in order.\n",
    "advert.html": "<h1>Ward clerk</h1><p>You need a <b>CRB</b> check.</p>",
    "advert.md": "# Ward clerk\n\nYou need a *CRB* check.\n",
    "advert.eml": "Subject: Ward clerk\n\nYou need a CRB check.\n",
}


@pytest.fixture(autouse=True)
def adverts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in ADVERTS.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)


def fix(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(main, ["fix", *arguments], input=text)


def part(path: str, name: str) -> str:
    with zipfile.ZipFile(path) as file:
        return file.read(f"word/{name}.xml").decode()


@pytest.mark.parametrize("name", ADVERTS)
def test_an_advert_of_any_kind_comes_out_as_a_tracked_word_file(name: str) -> None:
    result = fix(name, "--output", "out.docx", "--no-statements")
    assert (result.exit_code, result.stdout) == (0, "")
    body = part("out.docx", "document")
    assert "<w:delText" in body
    assert ">CRB" in body
    assert "You need a DBS check." in Document.from_file("out.docx").text
    assert Document.from_file("out.docx").blocks[0].kind == "heading"


def test_the_changes_of_a_clean_file_are_made() -> None:
    assert fix("advert.txt", "--output", "out.docx", "--clean").exit_code == 0
    body = part("out.docx", "document")
    assert "<w:ins " not in body
    assert "CRB" not in body
    assert fix("out.docx", "--output", "again.docx", "--clean").exit_code == 0
    assert Document.from_file("again.docx").text == Document.from_file("out.docx").text


def test_what_comes_from_standard_input_goes_into_a_word_file_too() -> None:
    assert fix("-", "--output", "out.docx", text="You need a CRB check.").exit_code == 0
    assert "DBS check" in Document.from_file("out.docx").text


def test_comments_on_style_can_be_left_out() -> None:
    text = "Ward clerk\n\nBAME staff work here. Only men may apply.\n"
    for option, styles in (("--style-comments", 1), ("--no-style-comments", 0)):
        result = fix("-", "--output", "out.docx", "--no-statements", option, text=text)
        assert result.exit_code == 1  # what is likely unlawful is left
        comments = part("out.docx", "comments")
        assert comments.count("<w:comment ") == 1 + styles
        assert ("BAME" in comments or "ethnic" in comments) is bool(styles)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("advert.txt", "--clean"), "for a Word file"),
        (("advert.txt", "--clean", "--output", "out.txt"), "for a Word file"),
        (("advert.txt", "--no-style-comments"), "for a Word file"),
        (("advert.txt", "--clean", "--diff"), "for a Word file"),
        (("advert.txt", "--output", "out.docm"), "with macros"),
        (("advert.txt", "--output", "nowhere/out.docx"), "Cannot write"),
        (("advert.eml", "--output", "out.eml"), "read but not written"),
        (("made.docx", "--output", "out.txt"), "comes out as Word"),
    ],
)
def test_a_place_that_does_not_fit_is_refused_and_nothing_is_written(arguments: tuple[str, ...], message: str) -> None:
    fix("advert.txt", "--output", "made.docx")
    result = fix(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not list(Path().glob("out.*"))
