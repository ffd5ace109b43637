"""What the pages tell is so, and is the whole: settings, options, calls, names of files, links, the hook."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from doc_pages import ROOT, Reader, pages, steps

from inclusive_ads import OUTCOMES, VACANCY_FIELDS, Settings
from inclusive_ads.batch.columns import ADVERT, FINDING, STAMP
from inclusive_ads.cli import main
from inclusive_ads_web import WebSettings
from inclusive_ads_web.openapi import OPERATIONS
from inclusive_ads_web.schemas import BatchLine, FixIn, PostIn

DOCS = ROOT / "docs"
PAGES = [str(page.relative_to(ROOT)) for page in pages()]
TEMPLATES = ROOT / ".github" / "ISSUE_TEMPLATE"


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def spans(text: str) -> list[str]:
    """What stands between backticks in the running text."""
    return re.findall(r"`([^`]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL))


# What pages name


def commands(group: click.Group = main, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:  # type: ignore[assignment]
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


COMMANDS = dict(commands())
OPTIONS = {
    path: {"--help", "-h", *(name for param in command.params for name in (*param.opts, *param.secondary_opts))}
    for path, command in COMMANDS.items()
}


@pytest.mark.parametrize("name", PAGES)
def test_commands_and_options_that_a_page_names_are_there(name: str) -> None:
    for span in spans(page(name)):
        # A placeholder, or a comment inside an option's explanation, is no word of the shell.
        words = span.split()
        if words[0] != "inclusive-ads" or len(words) == 1 or words[1].startswith("-") or words[1].isupper():
            continue
        path = tuple(words[1:3]) if tuple(words[1:3]) in COMMANDS else (words[1],)
        assert path in COMMANDS, span
        given = {word.split("=")[0] for word in words if word.startswith("--") and word != "--"}
        assert given <= OPTIONS[path], span
    known = set().union(*OPTIONS.values())
    if name in {"README.md", "docs/cli.md", "docs/settings.md", "docs/statements.md", "docs/evidence.md"}:
        named = {span.split()[0] for span in spans(page(name)) if span.startswith("--") and span != "--"}
        assert named <= known


@pytest.mark.parametrize("name", PAGES)
def test_files_and_targets_that_a_page_names_are_there(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", page("Makefile"), re.MULTILINE))
    folders = "tests|benchmarks|examples|lexicons|docs|web|inclusive_ads"
    for span in spans(page(name)):
        if target := re.match(r"make ([a-z-]+)", span):
            assert target[1] in targets, span
        if re.fullmatch(rf"({folders})/[\w./-]+\.\w+", span):
            assert (ROOT / span).exists(), span
        if re.fullmatch(r"test_\w+\.py", span):
            assert (ROOT / "tests" / span).exists(), span


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    here = ROOT / name
    for link in re.findall(r"\]\(([^)\s]+)\)", here.read_text(encoding="utf-8")):
        file, _, anchor = link.partition("#")
        target = here.parent / file if file else here
        assert target.exists(), link
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), link


def test_no_page_names_an_address_elsewhere() -> None:
    """There is no place on the network that is ours: an address would lead nowhere, or to somebody else."""
    own = re.compile(r"https?://(127\.0\.0\.1|localhost)\b")
    files = [*(ROOT / name for name in PAGES), *TEMPLATES.iterdir(), ROOT / ".pre-commit-hooks.yaml"]
    urls = [url for file in files for url in re.findall(r"https?://\S+", file.read_text(encoding="utf-8"))]
    assert [url for url in urls if not own.match(url)] == []


def test_the_index_names_every_page() -> None:
    index = page("docs/README.md")
    assert [path.name for path in DOCS.glob("*.md") if path.name != "README.md" and f"({path.name})" not in index] == []


def test_the_pictures_are_there_and_small() -> None:
    for name in ("start", "result", "statement"):
        picture = (DOCS / "images" / f"{name}.png").read_bytes()
        assert picture.startswith(b"\x89PNG")
        assert len(picture) <= 250_000, name


# Tables that are to be complete


def test_every_setting_is_described() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", page("docs/settings.md"), re.MULTILINE))
    assert set(rows) == {field.name for field in fields(Settings)}
    defaults = Settings()
    assert (rows["max_characters"], rows["long_sentence"]) == (
        str(defaults.max_characters),
        str(defaults.long_sentence),
    )
    assert rows["fail_level"] == f"`{defaults.fail_level}`"


def test_every_command_is_described() -> None:
    described = set(re.findall(r"`(\w+)`", page("docs/cli.md").split("## Exit")[0]))
    assert {path[0] for path in COMMANDS} <= described


def test_every_column_of_a_table_is_described() -> None:
    adverts, findings = page("docs/frames.md").split("## A row a finding")
    for text, columns in ((adverts, ADVERT | STAMP), (findings, FINDING | STAMP)):
        cells = re.findall(r"^\| (`[^|]+`) \|", text, re.MULTILINE)
        assert [name for cell in cells for name in re.findall(r"`(\w+)`", cell)] == list(columns)


def test_every_field_of_the_vacancy_is_described() -> None:
    rows = re.findall(r"^\| ([A-Z][\w ]+) \| `(\w+)` \| `(--[\w-]+)", page("docs/statements.md"), re.MULTILINE)
    assert rows == [(item.label, item.name, item.option) for item in VACANCY_FIELDS]
    assert list(PostIn.model_fields) == [item.name for item in VACANCY_FIELDS]


def test_every_call_and_field_of_the_api_is_described() -> None:
    text = page("docs/api.md")
    paths = {name: {"entry": "/entries/{id}"}.get(name, f"/{name}") for name in OPERATIONS}
    assert [path for path in paths.values() if f"{path}`" not in text] == []
    told = " ".join(spans(text))
    sent = {*FixIn.model_fields, *BatchLine.model_fields}
    asked = {parameter["name"] for operation in OPERATIONS.values() for parameter in operation.parameters}
    assert [name for name in sorted(sent | asked) if not re.search(rf"(?<!\w){name}(?!\w)", told)] == []


def test_every_option_of_the_server_is_described_with_its_default() -> None:
    text = page("docs/deploy.md")
    for field in fields(WebSettings):
        assert field.name.upper() in text, field.name
        default = getattr(WebSettings(), field.name)
        if default and not isinstance(default, (dict, tuple, bool)):
            assert f"`{default}`" in text, field.name


def test_the_service_uses_options_that_exist() -> None:
    text = page("docs/deploy.md")
    known = {f"INCLUSIVE_ADS_{field.name.upper()}" for field in fields(WebSettings)}
    assert set(re.findall(r"\bINCLUSIVE_ADS_[A-Z_]+", text)) == known - {
        "INCLUSIVE_ADS_RECRUITMENT"  # in the table as `..._RECRUITMENT`
    }
    (service,) = [step.body for step in steps(text) if step.body.startswith("# /etc/inclusive-ads.env")]
    given = dict(line.split("=", 1) for line in service.splitlines() if not line.startswith("#"))
    web = WebSettings.from_environment(given)
    assert (web.https, web.loopback, len(web.profiles)) == (True, True, 1)


def test_managers_read_the_words_that_the_page_shows() -> None:
    text = page("docs/managers.md")
    web = ROOT / "web" / "inclusive_ads_web"
    files = [*web.rglob("*.html"), *web.glob("*.py")]
    shown = " ".join(path.read_text(encoding="utf-8") for path in files)
    shown += " ".join(outcome.capitalize() for outcome in OUTCOMES)
    labels = re.findall(r"\*\*([A-Z][^*“]+)\*\*", text) + re.findall(r"^\| ([A-Z][a-z ]+?) \|", text, re.MULTILINE)
    # The button names the statement as "it" or "them".
    labels = [label.replace("Put it into", "into") for label in labels]
    assert len(labels) > 12
    assert [label for label in labels if label not in shown] == []


# The hook for pre-commit, called as pre-commit calls it


def hooks() -> dict[str, dict[str, Any]]:
    (shipped,) = yaml.safe_load(page(".pre-commit-hooks.yaml"))
    (shown,) = [step.body for step in steps(page("docs/cli.md")) if step.name == ".pre-commit-config.yaml"]
    (repository,) = yaml.safe_load(shown)["repos"]
    assert repository["repo"] == "local"
    (local,) = repository["hooks"]
    return {"shipped": shipped, "local": local}


def chosen(hook: dict[str, Any], names: list[str]) -> list[str]:
    return [n for n in names if re.search(hook["files"], n) and not re.search(hook.get("exclude", "^$"), n)]


ADVERTS = ["vacancies/nurse.md", "vacancies/-x.txt", "vacancies/a b.docx", "vacancies/2026/c.html", "vacancies/d.pdf"]
OTHERS = [
    "README.md",
    "requirements.txt",
    "docs/guide.md",
    "CHANGELOG.md",
    "-x.txt",
    "vacancies/list.py",
    "vacancies/page.html.j2",
    "vacancies/nurse.md.decisions.yaml",
    "old-vacancies.txt",
]


@pytest.mark.parametrize("name", ["shipped", "local"])
def test_the_hook_looks_at_adverts_and_at_nothing_else(name: str) -> None:
    assert chosen(hooks()[name], [*ADVERTS, *OTHERS]) == ADVERTS


def test_the_shipped_hook_knows_other_folders_and_leaves_what_goes_with_them() -> None:
    hook = hooks()["shipped"]
    adverts = [
        "jobs/a.txt",
        "adverts/a.txt",
        "web/jobs/x/a.md",
        "jobs/requirements-engineer.txt",
        "jobs/license-clerk.md",
    ]
    assert chosen(hook, adverts) == adverts
    assert (
        chosen(
            hook,
            [
                "jobs/README.md",
                "jobs/readme.txt",
                "jobs/requirements-dev.txt",
                "jobs/LICENSE.txt",
                "web/jobs/License.md",
            ],
        )
        == []
    )


@pytest.mark.parametrize("hook", ["shipped", "local"])
@pytest.mark.parametrize(
    ("text", "code"),
    [("An enhanced CRB check is needed.", 0), ("You must hold a full driving licence.", 1), ("", 2)],
)
def test_the_hook_reads_files_whatever_their_names(hook: str, text: str, code: int, tmp_path: Path) -> None:
    with Reader(tmp_path) as reader:
        names = ["-x.txt", "--help.md", "--format", "a b.txt", "vacancies/-x.txt", "vacancies/é.md"]
        (reader.folder / "vacancies").mkdir()
        for name in names:
            (reader.folder / name).write_text("You are welcome here.", encoding="utf-8")
        (reader.folder / "-x.txt").write_text(text, encoding="utf-8")
        done = subprocess.run(
            [*shlex.split(hooks()[hook]["entry"]), *names],
            cwd=reader.folder,
            env=reader.environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == code, done.stdout + done.stderr
    assert ("\n-x.txt\n" in f"\n{done.stdout}") is (code < 2)
    assert "vacancies/é.md" in done.stdout


# The two doors


def test_the_forms_ask_for_a_sentence_and_warn_of_confidential_adverts() -> None:
    forms = {path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in TEMPLATES.glob("*-*.yml")}
    assert sorted(form["name"] for form in forms.values()) == ["A missed wording", "A wrong finding"]
    guide = page("CONTRIBUTING.md")
    for form in forms.values():
        assert form["name"] in guide
        assert form["description"]
        items = {item.get("id", item["type"]): item for item in form["body"]}
        assert len(items) == len(form["body"])
        assert {item["type"] for item in items.values()} <= {"markdown", "input", "textarea", "dropdown", "checkboxes"}
        assert all(item["attributes"].get("label") for item in items.values() if item["type"] != "markdown")
        assert items["sentence"]["validations"]["required"] is True
        assert "Do not paste an advert that is confidential" in items["markdown"]["attributes"]["value"]


def test_the_changelog_has_a_place_for_words() -> None:
    assert "### Lexicons" in page("CHANGELOG.md")
    assert "**Lexicons**" in page("CONTRIBUTING.md")
