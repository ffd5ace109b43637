"""Figures of every known layout through every door: as CSV and as a workbook, by command, page and API."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from desk_pages import caller
from test_published_figures import ASKED, PUBLISHED, rows
from workbook_files import xlsx

from inclusive_ads import Asked, SettingsError
from inclusive_ads.cli import main
from inclusive_ads.errors import EvidenceError
from inclusive_ads.settings import Settings
from inclusive_ads_web import WebSettings
from inclusive_ads_web.work import Work

TODAY = date(2026, 12, 1)
ADVERT = "Team lead\n\nYou lead a team of eight people and plan its week.\n"
# The post of each layout, and what its figures show there.
POSTS = {
    "civil-service": ("G7", "", "Asian people"),
    "wres-return": ("Band 8a", "Clinical", "people from ethnic minority backgrounds"),
    "wdes-return": ("Consultants", "Medical and dental", "disabled people"),
    "esr": ("Band 8a", "Nursing and Midwifery Registered", "people from ethnic minority backgrounds"),
    "council": ("Grade 9 to 12", "", "Asian people"),
}


def shown(text: str, group: str) -> bool:
    """Whether a refusal says that the figures support a statement for a group, of which there is no record."""
    return re.search(rf"The figures show that [^.]*{group}[^.]* may be under-represented here", text) is not None


@pytest.fixture(params=[(name, kind) for name in POSTS for kind in ("csv", "xlsx")], ids="-".join)
def figures(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    name, kind = request.param
    path = PUBLISHED / f"{name}.csv"
    if kind == "xlsx":
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(xlsx({"Cover": [["Made up"]], "Figures": rows(name)}))
    return name, path


def options(asked: Asked) -> list[str]:
    given = ["--figures-of", asked.organisation] if asked.organisation else []
    return given + (["--as-at", asked.as_at.isoformat()] if asked.as_at else [])


def test_by_command(figures: tuple[str, Path], tmp_path: Path) -> None:
    name, path = figures
    grade, role, group = POSTS[name]
    advert = tmp_path / "advert.txt"
    advert.write_text(ADVERT, encoding="utf-8")
    post = ["--grade", grade, "--representation", str(path), *options(ASKED[name])]
    post += ["--role", role] if role else []
    told = CliRunner().invoke(main, ["evidence", *post])
    assert told.exit_code == 0, told.stderr
    assert f"{group} are " in told.stdout
    checked = CliRunner().invoke(main, ["statement", str(advert), *post])
    assert checked.exit_code == 0, checked.stderr
    assert shown(" ".join(checked.stdout.split()), group)


def test_by_page_and_api(figures: tuple[str, Path]) -> None:
    name, path = figures
    grade, role, group = POSTS[name]
    asked = ASKED[name]
    client = caller(
        Settings(today=TODAY),
        representation=str(path),
        figures_of=asked.organisation,
        as_at=str(asked.as_at or ""),
        sheet="Figures" if path.suffix == ".xlsx" else "",
    )
    post = {"grade": grade, "role": role}
    page = client.post("/result", data={"advert": ADVERT, "profile": "generic", **post})
    assert shown(" ".join(page.text.split()), group)
    sent = {"text": ADVERT, "profile": "generic", "post": post}
    answer = client.post("/api/v2/check", json=sent).get_json()
    assert shown(str(answer["statements"]["refused"]), group)


@pytest.mark.parametrize(
    ("given", "error", "match"),
    [
        ({"figures_of": ""}, EvidenceError, "figures of 2 organisations"),
        ({"figures_of": "Nobody"}, EvidenceError, "No organisation has 'Nobody'"),
        ({"figures_of": "Tides", "as_at": "March"}, SettingsError, "not a real date"),
        ({"figures_of": "Tides", "sheet": "Two"}, EvidenceError, "no sheet 'Two'"),
    ],
)
def test_a_server_says_at_its_start_what_its_figures_lack(
    given: dict[str, str], error: type[Exception], match: str
) -> None:
    web = WebSettings(representation=str(PUBLISHED / "civil-service.csv"), **given)  # type: ignore[arg-type]
    with pytest.raises(error, match=match):
        Work(Settings(today=TODAY), web).warm()
