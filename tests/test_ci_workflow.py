"""The workflow that people copy: its check hands in what was found, whatever it says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from inclusive_ads.plain import JsonObject

WORKFLOW = Path(__file__).parent.parent / "examples" / "ci" / "adverts.yml"
GOOD, BAD = "You will plan the rota.\n", "Only men may apply.\n"


@pytest.fixture(scope="module")
def steps() -> list[Any]:
    found: list[Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]["check"]["steps"]
    return found


@pytest.fixture
def checked_out(tmp_path: Path) -> Path:
    """A folder as the runner has it: a repository of adverts, and the tool set up beside them."""
    tool = tmp_path / ".inclusive-ads/.venv/bin/inclusive-ads"
    tool.parent.mkdir(parents=True)
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m inclusive_ads "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    return tmp_path


def run_check(steps: list[Any], folder: Path, adverts: dict[str, str | bytes]) -> tuple[int, JsonObject]:
    """Exit code of the step as GitHub runs it, and the run that it wrote ({} where there is none)."""
    for name, text in adverts.items():
        path = folder / "vacancies" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    subprocess.run(["git", "add", "vacancies"], cwd=folder, check=True)
    script = next(step["run"] for step in steps if step.get("name") == "Check")
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd=folder, capture_output=True, check=False
    )
    written = folder / "adverts.sarif"
    run: JsonObject = json.loads(written.read_text(encoding="utf-8"))["runs"][0] if written.exists() else {}
    return done.returncode, run


@pytest.mark.parametrize(
    ("adverts", "code", "rules"),
    [
        ({"a.txt": GOOD}, 0, []),
        ({"a.txt": GOOD, "team one/b (1).md": BAD}, 1, ["reserve-sex"]),
        ({"a.txt": BAD, "-b.docx": b"no Word file"}, 2, ["reserve-sex"]),
        ({"a.txt": GOOD, "a.decisions.yaml": "decisions: []\n", "logo.png": b"\x89PNG"}, 0, []),
    ],
    ids=["nothing found", "found", "one not read", "other files"],
)
def test_what_was_found_is_there_whatever_the_check_said(
    steps: list[Any], checked_out: Path, adverts: dict[str, str | bytes], code: int, rules: list[str]
) -> None:
    got, run = run_check(steps, checked_out, adverts)

    assert got == code
    assert [result["ruleId"] for result in run["results"]] == rules
    assert run["invocations"][0]["executionSuccessful"] == (code < 2)


def test_no_advert_is_no_failure(steps: list[Any], checked_out: Path) -> None:
    assert run_check(steps, checked_out, {"notes.csv": "a,b\n"}) == (0, {})


def test_it_is_handed_in_after_a_failed_check_too(steps: list[Any]) -> None:
    last = steps[-1]

    assert last["if"].startswith("always()")
    assert last["with"]["sarif_file"] == "adverts.sarif"
