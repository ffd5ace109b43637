"""The page stands on the library's public names alone."""

from __future__ import annotations

import ast
from pathlib import Path

import inclusive_ads

WEB = Path(__file__).parents[1] / "web" / "inclusive_ads_web"


def imported() -> list[tuple[str, str, str]]:
    """File, module and name of everything that the page imports from the library."""
    found = []
    for path in sorted(WEB.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "inclusive_ads":
                found += [(path.name, node.module or "", alias.name) for alias in node.names]
            elif isinstance(node, ast.Import):
                found += [(path.name, a.name, "") for a in node.names if a.name.split(".")[0] == "inclusive_ads"]
    return found


def test_the_page_imports_only_what_the_library_exports() -> None:
    public = {*inclusive_ads.__all__, "__version__"}
    found = imported()
    assert found
    assert [use for use in found if use[1] != "inclusive_ads" or use[2] not in public] == []


def test_no_library_module_knows_the_page() -> None:
    library = Path(inclusive_ads.__file__).parent
    users = [
        path.name
        for path in library.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom | ast.Import)
        and any(
            "inclusive_ads_web" in name for name in [getattr(node, "module", "") or "", *(a.name for a in node.names)]
        )
    ]
    assert set(users) <= {"serve.py", "cli.py"}
