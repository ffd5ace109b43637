"""The examples of the pages for users do what the pages say."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import docx
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


def readme(language: str) -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def test_the_lines_of_python_in_the_readme() -> None:
    (code,) = readme("python")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("change before publishing [('chairman', ")


def test_the_command_in_the_readme(shell_path: str) -> None:
    (line,) = [line for block in readme("sh") for line in block.splitlines() if line.startswith("inclusive-ads ")]
    word = docx.Document()
    word.add_paragraph("The chairman must hold a full driving licence.")
    word.save("advert.docx")
    done = subprocess.run(
        shlex.split(line, comments=True),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": shell_path},
    )
    assert done.returncode == 1
    assert "“chairman”" in done.stdout


def test_the_entry_in_the_readme_of_the_lexicons(shell_path: str) -> None:
    text = (ROOT / "lexicons" / "README.md").read_text(encoding="utf-8")
    kind, file, body = BLOCK.findall(text)[0]
    assert (kind, file) == ("yaml", "")
    Path("words").mkdir()
    Path("words/ours.yaml").write_text(body, encoding="utf-8")
    (entry,) = [entry["id"] for entry in yaml.safe_load(body)["entries"]]
    command = f"inclusive-ads lexicon test {entry} --lexicons words"
    run_block(f"$ {command}\n1 entries tested, 0 problems.\n", shell_path)


def test_the_index_names_every_document_and_its_links_lead_somewhere() -> None:
    docs = ROOT / "docs"
    index = (docs / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in docs.glob("*.md") if path.name != "README.md" and f"({path.name})" not in index] == []
    for page in (docs / "README.md", docs / "managers.md", docs / "deploy.md", docs / "newcomers-walk.md"):
        for link in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_the_pictures_are_there_and_small() -> None:
    for name in ("start", "result", "statement"):
        picture = (ROOT / "docs" / "images" / f"{name}.png").read_bytes()
        assert picture.startswith(b"\x89PNG")
        assert len(picture) <= 250_000, name


def test_managers_read_the_words_that_the_page_shows() -> None:
    text = (ROOT / "docs" / "managers.md").read_text(encoding="utf-8")
    shown = " ".join(path.read_text() for path in (ROOT / "web" / "inclusive_ads_web").rglob("*.[hp][ty]*"))
    shown += (ROOT / "inclusive_ads" / "verdict.py").read_text()
    labels = re.findall(r"\*\*([A-Z][^*“]+)\*\*", text) + re.findall(r"^\| ([A-Z][a-z ]+?) \|", text, re.MULTILINE)
    # The button names the statement as "it" or "them".
    labels = [label.replace("Put it into", "into") for label in labels]
    assert len(labels) > 12
    assert [label for label in labels if label not in shown] == []
