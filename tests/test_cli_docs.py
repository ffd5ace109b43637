"""The examples of the pages for users do what the pages say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def shell_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A PATH with this checkout's `inclusive-ads`, in an empty folder."""
    programs = tmp_path / "bin"
    programs.mkdir()
    command = programs / "inclusive-ads"
    command.write_text(f"#!{sys.executable}\nfrom inclusive_ads.cli import main\nmain()\n")
    command.chmod(0o755)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    return f"{programs}{os.pathsep}{os.environ['PATH']}"


def run_block(body: str, path: str) -> None:
    """Run the commands of a block; what follows each is its output, with ... for anything."""
    for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", body, re.MULTILINE):
        environment = {**os.environ, "PATH": path, "COLUMNS": "100"}
        done = subprocess.run(
            ["bash", "-c", command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            env=environment,
        )
        pattern = ".*".join(re.escape(piece) for piece in re.split(r"\.\.\.\n?", expected))
        assert re.fullmatch(pattern, done.stdout, re.DOTALL), (
            f"$ {command}\n{done.stdout}\nis not as the page says:\n{expected}"
        )


@pytest.mark.parametrize("name", ["cli.md", "settings.md"])
def test_examples(name: str, shell_path: str) -> None:
    commands = 0
    for kind, file, body in BLOCK.findall((ROOT / "docs" / name).read_text(encoding="utf-8")):
        if file:
            Path(file).write_text(body, encoding="utf-8")
        elif kind == "console":
            run_block(body, shell_path)
            commands += body.count("$ ")
        elif kind == "python":
            done = subprocess.run([sys.executable, "-c", body], capture_output=True, text=True, check=True)
            assert done.stdout.split() == re.findall(r"# (.*)", body)
    assert commands


def test_every_setting_is_described() -> None:
    from dataclasses import fields

    from inclusive_ads import Settings

    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE))
    assert set(rows) == {field.name for field in fields(Settings)}
    defaults = Settings()
    assert (rows["max_characters"], rows["long_sentence"]) == (
        str(defaults.max_characters),
        str(defaults.long_sentence),
    )
    assert rows["fail_level"] == f"`{defaults.fail_level}`"


def test_every_command_is_described() -> None:
    from inclusive_ads.cli import main

    assert isinstance(main, click.Group)
    described = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "cli.md").read_text(encoding="utf-8").split("## Exit")[0]))
    assert set(main.list_commands(click.Context(main))) <= described


def test_the_hook_for_pre_commit(shell_path: str) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    for name, wanted in [
        ("jobs/nurse.md", True),
        ("a.txt", True),
        ("b.docx", True),
        ("x.py", False),
        ("x.html.j2", False),
    ]:
        assert bool(re.search(hook["files"], name)) is wanted
    Path("a.txt").write_text("An enhanced CRB check is needed.")
    Path("b.md").write_text("You are welcome here.")
    for text, code in ((b"", 2), (b"An enhanced CRB check is needed.", 0)):
        Path("a.txt").write_bytes(text)
        done = subprocess.run(
            ["bash", "-c", f"{hook['entry']} a.txt b.md"],
            capture_output=True,
            check=False,
            env={**os.environ, "PATH": shell_path},
        )
        assert done.returncode == code
