"""Writes the locks anew from pyproject.toml: names, versions and hashes, nothing of the machine (`make lock`).

Run by the environment that holds pip-tools. A lock keeps the versions it has where they still fit; delete it to move
on.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent
# Lock → the groups of pyproject.toml it holds, and the locks whose versions it shares.
LOCKS: dict[str, tuple[list[str], list[str]]] = {
    "runtime": (["runtime"], []),
    "dev": (["runtime", "frames", "dev"], ["runtime"]),
    "build": (["build"], ["dev"]),
    "spark": (["runtime", "dev", "spark"], ["dev"]),
    "node": (["node"], []),
    "lock": (["lock"], []),
    "peers": (["peers"], []),
    "mutate": (["mutate"], ["dev"]),
    "fuzz": (["fuzz"], []),
    "frames": (["runtime", "frames"], ["dev"]),
    "tables": (["tables"], ["dev"]),
    "misses": (["runtime", "misses"], ["runtime"]),
    "audit": (["audit"], []),
    "clients": (["clients"], []),
    "model": (["runtime", "model"], ["runtime"]),
}
# Locks that are installed beside another, and do not repeat what it holds.
BESIDE = {"model": "runtime", "frames": "runtime", "misses": "runtime"}
OPTIONS = (
    "--generate-hashes",
    "--allow-unsafe",
    "--no-strip-extras",
    "--no-header",
    "--no-annotate",
    "--no-emit-options",
)


def needed() -> dict[str, list[str]]:
    """Group → its requirements."""
    data = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    project = data["project"]
    return {"runtime": project["dependencies"], **project["optional-dependencies"], **data["dependency-groups"]}


def versions(lock: str) -> list[str]:
    """The pins of a lock as constraints, which may not name extras."""
    text = (HERE / f"{lock}.txt").read_text(encoding="utf-8")
    return [f"{name}=={version}" for name, version in re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==([^\s;\\]+)", text, re.M)]


def compile_lock(name: str, requirements: Iterable[str], constraints: Iterable[str]) -> None:
    """Write one lock."""
    with tempfile.TemporaryDirectory() as folder:
        source, limits = Path(folder) / f"{name}.in", Path(folder) / "limits.txt"
        source.write_text("\n".join(requirements) + "\n", encoding="utf-8")
        limits.write_text("\n".join(constraints) + "\n", encoding="utf-8")
        # Whatever pip is configured to use on this machine stays out of the lock.
        clean = {k: v for k, v in os.environ.items() if k not in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL")}
        command = [sys.executable, "-m", "piptools", "compile", "--quiet", *OPTIONS, "--constraint", str(limits)]
        command += ["--output-file", str(HERE / f"{name}.txt"), str(source)]
        subprocess.run(command, check=True, env={**clean, "PIP_CONFIG_FILE": os.devnull})  # noqa: S603 - fixed words


def drop_shared(name: str, other: str) -> None:
    """Take out of a lock what another holds."""
    held = {pin.split("==")[0] for pin in versions(other)}
    path = HERE / f"{name}.txt"
    pins = re.split(r"^(?=[\w.-])", path.read_text(encoding="utf-8"), flags=re.M)
    path.write_text("".join(pin for pin in pins if re.split(r"[\[=]", pin)[0] not in held), encoding="utf-8")


def main() -> None:
    """Every lock, those that others share first."""
    groups = needed()
    for name, (parts, shared) in LOCKS.items():
        compile_lock(name, [r for part in parts for r in groups[part]], [v for lock in shared for v in versions(lock)])
        if name in BESIDE:
            drop_shared(name, BESIDE[name])


if __name__ == "__main__":
    main()
