"""What a vacancy can ask for: the statements that can be put in or left out, and the values that they need."""

from __future__ import annotations

from collections.abc import Iterable

from inclusive_ads.errors import InputError
from inclusive_ads.statements.library import Library, load_library, placeholders
from inclusive_ads.statements.models import Profile
from inclusive_ads.vacancy import Vacancy

_WORKED_OUT = {"groups", "level", "merit"}  # from figures, record and profile


def statement_titles() -> dict[str, str]:
    """Title by id of every statement and kind of record that a vacancy can ask for or leave out."""
    library = load_library()
    companions = ((companion.id, companion.title) for companion in library.companions.values())
    return dict((*library.kinds.items(), *companions))


def value_names(profile: Profile) -> tuple[str, ...]:
    """Names of the values that the texts of a profile can hold, in order."""
    library = load_library()
    companions = library.companions.values()
    texts = [
        *(one.text for one in companions),
        *(template.text for template in library.templates),
        *profile.texts.values(),
    ]
    needed = (name for one in companions for name in (*one.requires, *filter(None, [one.until])))
    names = (*(name for text in texts for name in placeholders(text)), *needed, *profile.values)
    return tuple(sorted({*names} - _WORKED_OUT))


def check_names(vacancy: Vacancy, profile: Profile, library: Library) -> None:
    """Refuse names that mean nothing, before they are silently without effect.

    Raises:
        InputError: with the names that there are.
    """
    known = [*library.kinds, *library.companions, *(record.id for record in profile.records)]
    _check("statement", (*vacancy.ask, *vacancy.leave_out), known)
    _check("value", vacancy.values, value_names(profile) if vacancy.values else ())
    both = set(vacancy.ask).intersection(vacancy.leave_out)
    if both:
        raise InputError(f"'{min(both)}' is asked for and left out.", "Say one of the two.", code="vacancy")


def _check(what: str, names: Iterable[str], known: Iterable[str]) -> None:
    unknown = [name for name in names if name not in known]
    if unknown:
        raise InputError(f"There is no {what} '{unknown[0][:40]}'.", f"Use: {', '.join(known)}.", code="vacancy")
