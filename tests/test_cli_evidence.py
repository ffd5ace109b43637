"""Figures in a layout of their own, named by the profile."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from inclusive_ads.cli import main

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture
def own_layout(tmp_path: Path) -> tuple[Path, Path]:
    text = (EXAMPLES / "representation.csv").read_text(encoding="utf-8")
    head, _, rows = text.partition("\n")
    figures = tmp_path / "figures.csv"
    figures.write_text(head.replace("grade", "Pay level") + "\n" + rows, encoding="utf-8")
    profile = tmp_path / "profile.yaml"
    shipped = (EXAMPLES.parent / "lexicons" / "profiles" / "generic.yaml").read_text(encoding="utf-8")
    names = [n for n in head.split(",") if n != "grade"]
    columns = "".join(f"  {n}: {n}\n" for n in names)
    profile.write_text(f"{shipped}\nevidence_columns:\n  grade: Pay level\n{columns}", encoding="utf-8")
    return figures, profile


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["evidence", *args])
    return result.exit_code, result.output


def test_without_the_profile_the_layout_is_refused(own_layout):
    figures, _ = own_layout
    code, output = run("--representation", str(figures), "--grade", "Grade 7")
    assert code == 2
    assert "Traceback" not in output


def test_the_profile_says_which_column_is_which(own_layout):
    figures, profile = own_layout
    code, output = run("--representation", str(figures), "--grade", "Grade 7", "--profile", str(profile))
    assert code == 0
    assert output == run("--representation", str(EXAMPLES / "representation.csv"), "--grade", "Grade 7")[1]
