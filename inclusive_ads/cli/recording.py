"""What commands record in the register that the settings name, if they name one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from inclusive_ads.plain import JsonObject

if TYPE_CHECKING:
    from inclusive_ads.checker import Checker


def record(lines: Iterable[JsonObject], checker: Checker) -> None:
    """Record what lines of results hold, where the settings name a register; with none, see that it can be used.

    Raises:
        InputError: it cannot be used.
    """
    for _ in recorded(lines, checker):
        pass


def recorded(lines: Iterable[JsonObject], checker: Checker) -> Iterator[JsonObject]:
    """The same lines, each recorded before it is given on.

    Raises:
        InputError: as `record`; before the first line.
    """
    settings = checker.settings
    if not settings.register:
        yield from lines
        return
    from inclusive_ads.lexicon.files import version_of
    from inclusive_ads.register import Register, Versions
    from inclusive_ads.statements.profiles import profile_path

    place = profile_path(settings.profile)
    versions = Versions(version_of(settings.lexicons), f"{checker.profile.id} {version_of((place,), ours=False)}")
    register = Register(settings.register)
    for line in lines:
        if line.get("kept") or line.get("inserted"):
            register.add([line], versions)
        yield line
