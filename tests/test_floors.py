"""The folders tell the flow: data goes one way, and a part knows only what stands below it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import inclusive_ads

PACKAGE = Path(inclusive_ads.__file__).parent
ROOT = PACKAGE.parent
MOST_LINES = 300  # what a person can hold in mind; a file that needs more says why in its head
# Modules of the top folder that make one part.
PARTS = {
    "values": {
        "dates",
        "errors",
        "not_read",
        "offsets",
        "outcomes",
        "plain",
        "refusals",
        "report",
        "settings",
        "vacancy",
    },
    "checker": {"checker", "decisions", "filling", "ignore_marks", "planning", "resolving", "reviews", "verdict"},
    "doors": {"cli", "spark"},
}
# From the ground up. What stands on one line knows nothing of its neighbours.
FLOORS = [
    {"values"},
    {"text"},
    {"lexicon", "render"},
    {"analysis", "evidence"},
    {"facts", "overall", "statements", "wording"},
    {"checker"},
    {"batch", "components", "register", "schemas", "selftest"},
    {"doors"},
]
HEIGHT = {part: height for height, floor in enumerate(FLOORS) for part in floor}
PART = {module: part for part, modules in PARTS.items() for module in modules}


def part_of(path: Path) -> str:
    name = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return PART.get(name, name)


@cache
def imports() -> tuple[tuple[str, str, str], ...]:
    """(part, part it imports, where) for every import of the package, those inside functions too."""
    return tuple(_imports())


def _imports() -> Iterator[tuple[str, str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.parent == PACKAGE and path.name.startswith("__"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("inclusive_ads."):
                name = str(node.module).split(".")[1]
                yield part_of(path), PART.get(name, name), f"{path.relative_to(PACKAGE)}:{node.lineno}"


def test_every_part_has_its_floor() -> None:
    parts = {part_of(path) for path in PACKAGE.rglob("*.py")} - {"__init__", "__main__"}
    assert parts == set(HEIGHT)


def test_a_part_imports_only_what_stands_below_it() -> None:
    up = [f"{where} imports {to}" for part, to, where in imports() if part != to and HEIGHT[to] >= HEIGHT[part]]
    assert len(imports()) > 200
    assert up == []


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        graph[name] = {
            node.module
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("inclusive_ads.")
        } - {name}
    TopologicalSorter(graph).prepare()  # raises CycleError


def test_the_page_on_the_architecture_names_every_module() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `([a-z_/]+)` \|", page, re.MULTILINE))
    modules = {str(path.relative_to(PACKAGE).with_suffix("")) for path in PACKAGE.rglob("*.py")}
    assert named == {name for name in modules if not name.rpartition("/")[2].startswith("__")}


def test_a_file_of_many_lines_says_why_in_its_head() -> None:
    files = [path for folder in (PACKAGE, ROOT / "web", ROOT / "benchmarks") for path in folder.rglob("*.py")]
    long = {path: text for path in files if (text := path.read_text(encoding="utf-8")).count("\n") > MOST_LINES}
    silent = [
        str(path.relative_to(ROOT))
        for path, text in long.items()
        if f"Longer than {MOST_LINES} lines: " not in (ast.get_docstring(ast.parse(text)) or "")
    ]
    assert len(files) > 100
    assert silent == []


def test_where_a_type_is_left_open_the_reason_stands_beside_it() -> None:
    files = [path for folder in (PACKAGE, ROOT / "web") for path in folder.rglob("*.py")]
    uses = [
        f"{path.relative_to(ROOT)}: {line}"
        for path in files
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.match(r"from typing import .*\bAny\b", line)
    ]
    assert uses
    assert [use for use in uses if "  # " not in use] == []
