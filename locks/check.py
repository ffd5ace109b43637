"""Are the locks closed? `python locks/check.py dev model` asks the packages installed beside it.

Every requirement of every locked package, with its extras and its markers for this Python, must be met by a pin of
the named locks; an extra counts only where the pin names it, or an installer that resolves would look for it anew.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import distributions
from pathlib import Path

try:
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name
except ImportError:  # small environments have only the copy that every pip brings
    from pip._vendor.packaging.requirements import Requirement  # type: ignore[assignment]
    from pip._vendor.packaging.utils import canonicalize_name

HERE = Path(__file__).parent
_PIN = re.compile(r"^([\w.-]+)(?:\[([\w,.-]+)\])?==([^\s;\\]+)", re.M)


def pins(text: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Package → version and extras, of the text of a lock."""
    return {
        canonicalize_name(name): (version, frozenset(filter(None, extras.split(","))))
        for name, extras, version in _PIN.findall(text)
    }


def open_ends(text: str) -> list[str]:
    """What a lock leaves open, a plain sentence each; [] where it is closed.

    Args:
        text: the lock, or several of them joined.
    """
    locked = pins(text)
    installed = {canonicalize_name(found.metadata["Name"]): found for found in distributions()}
    found = [f"{name} is locked and not installed here" for name in locked if name not in installed]
    for name, (_, extras) in locked.items():
        for line in (installed[name].requires or []) if name in installed else []:
            needed = Requirement(line)
            marker = needed.marker
            if marker and not any(marker.evaluate({"extra": extra}) for extra in (*extras, "")):
                continue
            version, has = locked.get(canonicalize_name(needed.name), ("", frozenset()))
            if not version or not needed.specifier.contains(version, prereleases=True) or not has >= needed.extras:
                pin = f"the lock has {version}" if version else "the lock does not have it"
                found.append(f"{name} needs {needed.name}{_extras(needed.extras)}{needed.specifier}: {pin}")
    return sorted(found)


def _extras(names: set[str]) -> str:
    return f"[{','.join(sorted(names))}]" if names else ""


if __name__ == "__main__":
    left = open_ends("\n".join((HERE / f"{name}.txt").read_text(encoding="utf-8") for name in sys.argv[1:]))
    sys.exit("\n".join([*left, "Run `make lock`."]) if left else 0)
