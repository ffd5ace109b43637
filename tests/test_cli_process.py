"""The command as the shell sees it: start, streams, completion, hostile arguments and files."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from loaded import CACHED

import inclusive_ads.batch.running
import inclusive_ads.cli.given
from inclusive_ads.checker import Checker
from inclusive_ads.cli import main

COMMAND = [sys.executable, "-m", "inclusive_ads"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Within this process, each set of settings once.
    monkeypatch.setattr(inclusive_ads.batch.running, "Checker", CACHED)
    monkeypatch.setattr(inclusive_ads.cli.given, "Checker", CACHED)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    monkeypatch.chdir(tmp_path)


def shell(*arguments: str, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *arguments], input=given, capture_output=True, check=False, env={**os.environ, **environment}
    )


def imported(code: str) -> set[str]:
    """Names of the modules that `code` brings in."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"], capture_output=True, check=True, text=True
    )
    return set(done.stdout.split())


def test_help_needs_none_of_the_heavy_libraries() -> None:
    heavy = {"spacy", "pydantic", "yaml", "textstat", "flask", "rich", "lxml", "docx", "scipy", "numpy", "jinja2"}
    assert not imported("from inclusive_ads.cli import main; main(['--help'], standalone_mode=False)") & heavy


def test_a_check_without_open_sentences_needs_no_parser() -> None:
    Path("ad.txt").write_text("An enhanced CRB check is needed.")
    found = imported("from inclusive_ads.cli import main\ntry: main(['check', 'ad.txt'])\nexcept SystemExit: pass")
    assert not found & {
        "spacy",
        "scipy",
        "flask",
        "rich",
        "lxml",
        "docx",
        "jinja2",
        "pypdf",
        "concurrent.futures.process",
    }


def test_the_streams_are_utf8_whatever_the_locale() -> None:
    text = "Café “crb check” – £30,000".encode()
    done = shell("check", "-", "--format", "json", given=text, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert "“" in done.stdout.decode()
    assert json.loads(done.stdout)["findings"]
    assert done.stderr == b""


def test_a_name_that_is_not_utf8() -> None:
    name = os.fsdecode(b"ad-\xff.txt")
    Path(name).write_text("An enhanced CRB check is needed.")
    for form in ("text", "json", "sarif", "github", "html"):
        done = shell("check", name, "--format", form)
        assert (done.returncode, done.stderr) == (0, b"")
        done.stdout.decode()
    assert json.loads(shell("batch", ".").stdout)["id"]


def test_terminal_colours_only_on_a_terminal() -> None:
    assert b"\x1b" not in shell("check", "-", given=b"An enhanced CRB check is needed.").stdout


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_shell_completion(name: str) -> None:
    program = Path("inclusive-ads")
    program.write_text(f"#!{sys.executable}\nfrom inclusive_ads.cli import main\nmain()\n")
    program.chmod(0o755)

    def ask(**environment: str) -> str:
        done = subprocess.run(
            [f"./{program}"], capture_output=True, check=False, text=True, env={**os.environ, **environment}
        )
        assert done.stderr == ""
        return done.stdout

    assert "_INCLUSIVE_ADS_COMPLETE" in ask(_INCLUSIVE_ADS_COMPLETE=f"{name}_source")
    words = ask(
        _INCLUSIVE_ADS_COMPLETE=f"{name}_complete",
        COMP_WORDS="inclusive-ads ba",
        COMP_CWORD="1" if name != "fish" else "ba",
    )
    assert "batch" in words
    assert "check" not in words.replace("Check", "")


def test_serve_opens_the_page_and_ends_when_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([*COMMAND, "serve", "--port", str(port)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert str(port) in process.stdout.readline().decode()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as answer:
            assert answer.status == 200
        taken = shell("serve", "--port", str(port))
        assert taken.returncode == 2
        assert taken.stderr.startswith(b"inclusive-ads: ")
    finally:
        process.terminate()
        process.communicate()


def test_an_unforeseen_fault_shows_no_words_of_the_advert(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("words of the advert")

    monkeypatch.setattr(Checker, "check", broken)
    result = CliRunner().invoke(main, ["check", "-"], input="Some words of the advert.")
    assert result.exit_code == 2
    assert "KeyError" in result.stderr
    assert "words of the advert" not in result.output
    assert "Traceback" not in result.output


# Hostile arguments and files: the answer is a sentence and 0, 1 or 2.

OPTIONS = [
    "--format",
    "--output",
    "--accept",
    "--all",
    "--diff",
    "--lexicons",
    "--profile",
    "--model",
    "--config",
    "--today",
    "--fail-level",
    "--grade",
    "--representation",
    "--comparators",
    "--workers",
    "--column",
    "--last",
    "--resume",
    "--input-format",
    "--reason",
    "--approver",
    "--csv",
    "-o",
    "--",
    "-h",
    "--host",
    "--nothing",
    "--month-column",
]
# No folder outside the test: `batch /` would read the whole disk.
VALUES = [
    "",
    "-",
    ".",
    "ad.txt",
    "bin",
    "none.yaml",
    "json",
    "html",
    "0",
    "-1",
    "9" * 30,
    "1=1",
    "=",
    "style",
    "\u2028",
    "ad.csv",
    "--",
    "a" * 5000,
    "2026-02-31",
    "%s%n",
    "{}",
    "$(x)",
    "none",
    "stale-crb",
]
COMMANDS = [
    ["check"],
    ["fix"],
    ["keep"],
    ["explain"],
    ["batch"],
    ["statement"],
    ["evidence"],
    ["lexicon"],
    ["lexicon", "validate"],
    ["lexicon", "list"],
    ["lexicon", "compare"],
    ["lexicon", "schema"],
    [],
    ["nothing"],
]
words = st.lists(
    st.sampled_from(OPTIONS) | st.sampled_from(VALUES) | st.text(max_size=8).filter(lambda s: not set(s) & set("\0/")),
    max_size=6,
)


@pytest.fixture(scope="module")
def odd_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("odd")
    (place / "ad.txt").write_text("An enhanced CRB check is needed.")
    (place / "ad.csv").write_text("id,text\n1,A CRB check.\n")
    (place / "bin").write_bytes(random.Random(1).randbytes(3000))
    return place


@given(command=st.sampled_from(COMMANDS), more=words)
@settings(max_examples=150)
def test_odd_options_get_a_sentence(command: list[str], more: list[str], odd_folder: Path) -> None:
    os.chdir(odd_folder)
    result = CliRunner().invoke(main, [*command, *more], input="An enhanced CRB check is needed.")
    assert result.exit_code in (0, 1, 2)
    assert "Traceback" not in result.output
    assert "a fault of ours" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    if result.exit_code == 2:
        assert result.stderr.strip() or "Usage" in result.output


files = st.binary(max_size=200) | st.sampled_from(
    [
        b"PK\x03\x04",
        b"%PDF-1.7\n",
        b"{\\rtf1",
        b"\xff\xfea\x00",
        b"<html>",
        b"\xef\xbb\xbf",
        b"\x1f\x8b",
        b"a: &b [*b]\n",
        b"[" * 3000,
    ]
).flatmap(lambda start: st.binary(max_size=60).map(lambda rest: start + rest))
NAMES = ["x.txt", "x.md", "x.html", "x.docx", "x.pdf", "x.csv", "x.jsonl", "x", "x.yaml"]


@given(content=files, name=st.sampled_from(NAMES))
@settings(max_examples=60)
def test_odd_files_get_a_sentence(content: bytes, name: str, odd_folder: Path) -> None:
    os.chdir(odd_folder)
    (odd_folder / name).write_bytes(content)
    for arguments in (
        ["check", name, "--format", "json"],
        ["batch", name],
        ["check", "ad.txt", "--config", name],
        ["check", "ad.txt", "--profile", f"./{name}"],
        ["evidence", "--representation", name],
        ["lexicon", "compare", name, "ad.csv"],
    ):
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code in (0, 1, 2), arguments
        assert "a fault of ours" not in result.output, (arguments, result.output)
        assert "A fault in" not in result.output, (arguments, result.output)
