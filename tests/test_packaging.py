"""The wheel holds all that is needed: in a clean environment it works from any folder, without a network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROGRAM = """
import json, pathlib, sys
import inclusive_ads, inclusive_ads_web
from inclusive_ads_web import WebSettings, create_app

client = create_app(WebSettings()).test_client()
style = client.get("/static/vendor/govuk-frontend.min.css", buffered=True)
json.dump({
    "library": inclusive_ads.__file__,
    "page": inclusive_ads_web.__file__,
    "style": [style.status_code, len(style.data)],
    "start": client.get("/").status_code,
    "checked": client.post("/api/v2/check", json={"text": "A CRB check is needed."}).get_json()["findings"][0]["entry"],
}, sys.stdout)
"""


def run(*command: str | Path, cwd: Path = ROOT, ok: tuple[int, ...] = (0,)) -> str:
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "INCLUSIVE_ADS", "COV_"))
    }
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode in ok, done.stdout + done.stderr
    return done.stdout


def build(target: str, source: Path, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder, cwd=source)
    return next(folder.iterdir())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of an environment with the wheel, and with this one's packages but not its editable install."""
    place = tmp_path_factory.mktemp("clean") / "env"
    venv.create(place, with_pip=False)
    python = place / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel)
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    # A path in a .pth file is added as it is; .pth files inside that path are not read.
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python.parent


def test_the_wheel_holds_lexicons_pages_and_assets(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "inclusive_ads/lexicons/en-GB/stale.yaml",
        "inclusive_ads/lexicons/profiles/generic.yaml",
        "inclusive_ads/py.typed",
        "inclusive_ads_web/templates/pages/start.html",
        "inclusive_ads_web/static/page.css",
        "inclusive_ads_web/static/NOTICE.txt",
        "inclusive_ads_web/static/vendor/govuk-frontend.min.css",
        "inclusive_ads_web/static/vendor/govuk-frontend.min.js",
    } <= names
    shipped = {f"inclusive_ads/{path.relative_to(ROOT)}" for path in (ROOT / "lexicons").rglob("*.yaml")}
    assert {name for name in names if name.startswith("inclusive_ads/lexicons/") and name.endswith(".yaml")} == shipped
    assert not [name for name in names if "node_modules" in name or "__pycache__" in name or name.startswith("tests")]


def test_what_gov_uk_keeps_for_itself_is_not_in_the_assets(wheel: Path) -> None:
    style = zipfile.ZipFile(wheel).read("inclusive_ads_web/static/vendor/govuk-frontend.min.css").decode()
    assert ".govuk-button" in style
    assert not [word for word in ("GDS Transport", "crest", "crown.", "@font-face", "url(") if word in style]


def test_it_works_from_another_folder_in_a_clean_environment(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "advert.txt").write_text("An enhanced CRB check is needed.\n", encoding="utf-8")
    command = installed / "inclusive-ads"
    report = json.loads(run(command, "check", "advert.txt", "--format", "json", cwd=tmp_path, ok=(0, 1)))
    assert "CRB check" in json.dumps(report)
    assert "DBS check" in run(command, "fix", "advert.txt", cwd=tmp_path)
    found = json.loads(run(installed / "python", "-c", PROGRAM, cwd=tmp_path))
    assert str(installed.parent) in found["library"]
    assert str(installed.parent) in found["page"]
    assert found["style"][0] == found["start"] == 200
    assert found["style"][1] > 50_000
    assert found["checked"] == "stale-crb"


def test_the_sdist_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    sdist = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "tree", filter="data")
    again = build("wheel", next((tmp_path / "tree").iterdir()), tmp_path / "again")

    def contents(path: Path) -> dict[str, int]:
        return {item.filename: item.CRC for item in zipfile.ZipFile(path).infolist()}

    assert contents(again) == contents(wheel)


def test_a_build_is_the_same_byte_for_byte_whenever_it_is_made(wheel: Path, tmp_path: Path) -> None:
    again = build("wheel", ROOT, tmp_path / "wheel")
    assert (again.name, again.read_bytes()) == (wheel.name, wheel.read_bytes())
    first, second = (build("sdist", ROOT, tmp_path / name) for name in ("one", "two"))
    assert (first.name, first.read_bytes()) == (second.name, second.read_bytes())
