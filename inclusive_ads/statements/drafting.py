"""Profiles and records begun for people to finish: YAML with what is known, and gaps where somebody has to say it."""

from __future__ import annotations

import calendar
import re
import tempfile
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any  # what YAML holds

import yaml

from inclusive_ads.dates import written
from inclusive_ads.errors import InputError, LexiconError
from inclusive_ads.plain import to_plain
from inclusive_ads.statements.library import Library, load_library, placeholders
from inclusive_ads.statements.models import SIX_RECORDS, Profile
from inclusive_ads.statements.profiles import load_profile, profile_path
from inclusive_ads.text.writing import write_whole

if TYPE_CHECKING:
    from inclusive_ads.evidence.values import GradedGroup

_WIDTH = 110
_FIGURES_HOLD = 12  # months
_RECORDS = re.compile(r"^records:[ \t]*(?:\[\])?[ \t]*(?:#.*)?$", re.MULTILINE)
_TOP_KEY = re.compile(r"^[A-Za-z_]", re.MULTILINE)
_NEW = """# The profile of an organisation: what it puts into its adverts, and its approved records.
# What is '' is not known yet, and nothing that needs it is inserted; `inclusive-ads profile check` says what that is.
"""


def new_profile(
    title: str,
    *,
    like: str = "generic",
    merit: str = "",
    companions: Sequence[str] = (),
    values: Mapping[str, str] | None = None,
) -> str:
    """The text of a new profile, without records.

    Args:
        title: the organisation's name.
        like: a profile that ships, whose choices are taken where none are given.
        values: what fills the statements; what they need beyond that stays open.

    Raises:
        LexiconError: no such profile.
        InputError: there is no such statement, merit line or value.
    """
    library, known = load_library(), load_profile(like)
    chosen = tuple(companions) or known.companions
    for name, there, what in (
        *((name, library.companions, "statement") for name in chosen),
        *((name, library.values, "value") for name in values or {}),
        *(((merit, library.merit, "merit line"),) if merit else ()),
    ):
        if name not in there:
            raise InputError(f"There is no {what} '{name}'.", f"Use some of {', '.join(there)}.", code="profile")
    plain = {
        "id": re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "own",
        "title": title,
        "organisation": title,
        "merit": merit or known.merit,
        "tie_break": False,
        "companions": list(chosen),
        "values": {name: (values or {}).get(name, "") for name in dict.fromkeys((*needed(chosen), *(values or {})))},
        "records": [],
    }
    return _NEW + _yaml(plain)


def needed(companions: Iterable[str]) -> dict[str, str]:
    """The values that some statements need from a profile: name → what it is, in words."""
    library = load_library()
    words = (word for name in companions for word in placeholders(library.companions[name].text))
    return {word: library.values[word] for word in words if word in library.values}


def draft_records(groups: Sequence[GradedGroup]) -> str:
    """Drafts of records on graded figures, one a group that they support and a statement can name.

    What the figures say is filled in; the six points, the approval and its day are left to people.

    Raises:
        InputError: the figures support no such group.
    """
    library = load_library()
    supported = [one for one in groups if one.supported and library.groups.get(one.group) is not None]
    supported = [one for one in supported if library.groups[one.group].protected]
    if not supported:
        raise InputError(
            "The figures support no statement for this post, so there is no record to draft.",
            "Run the command without --record to see what they say.",
            code="record",
        )
    return "records:\n" + "\n".join(_draft(one, library) for one in supported)


def _draft(graded: GradedGroup, library: Library) -> str:
    grades = list(graded.covers or (graded.grade,))
    names = f"{' and '.join(grades)}" if len(grades) < 3 else f"{', '.join(grades[:-1])} and {grades[-1]}"
    role = library.level.roles.get(graded.role.lower(), f"in {graded.role}" if graded.role else "")
    role = f" {role}" if role else ""
    day = graded.snapshot_date
    about = [
        f"{names}{role or ', all roles'}: {library.groups[graded.group].name}. The figures are {graded.level.value}.",
        "A draft: write the six points, have it approved, and add the day of that. Until then nothing is inserted.",
    ]
    comment = "".join(
        textwrap.fill(line, _WIDTH, initial_indent="  # ", subsequent_indent="  #   ", break_on_hyphens=False) + "\n"
        for line in about
    )
    plain: dict[str, Any] = {
        "id": re.sub(r"[^a-z0-9]+", "-", f"{graded.role} {names} {graded.group}".lower()).strip("-"),
        "groups": [graded.group],
        "grades": grades,
        "roles": [graded.role or "any"],
        "limb": "participation",
        "level": f"at {names}{role}",
        "need": f"{graded.sentence} {graded.why} The figures are of {written(day)}.".replace("  ", " "),
        **{name: "" for name in SIX_RECORDS if name != "need"},
        "evidence_date": day,
        "review_by": _months_after(day, _FIGURES_HOLD),
        "approved_by": "",
    }
    text = _yaml(plain)
    for name, words in SIX_RECORDS.items():
        text = text.replace(f"\n{name}: ''\n", f"\n{name}: ''  # {words}\n")
    text = text.replace("\napproved_by: ''\n", "\napproved_by: ''  # name and post\n# approved_on: 2026-01-31\n")
    figures = "".join(f"  # {line}\n" for line in _yaml(to_plain(graded.record)).splitlines())
    first, *rest = text.splitlines()
    return f"{comment}  #\n{figures}  - {first}\n" + "".join(f"    {line}\n" if line else "\n" for line in rest)


def add_records(profile: str | Path, draft: str | Path) -> Profile:
    """Add the records of a draft to a profile's file, as they are written, with their comments.

    Returns:
        The profile as it is then.

    Raises:
        LexiconError: either file has a mistake, or the profile would have one.
        InputError: the draft holds no records, or the profile's records are not the last part of its file.
    """
    path, text = profile_path(profile), _read(profile_path(profile))
    added = _read(Path(draft))
    begins = _RECORDS.search(added)
    body = added[begins.end() :].strip("\n") if begins else ""
    if not body.strip():
        raise InputError(
            f"'{draft}' holds no records.", "Make a draft: inclusive-ads evidence --record FILE", code="record"
        )
    load_profile(path)
    place = _RECORDS.search(text)
    if place and _TOP_KEY.search(text, place.end()):
        problem = f"The records of '{path}' are not the last part of the file."
        raise InputError(problem, "Move them to its end.", code="record")
    head = text[: place.start()] + "records:" + text[place.end() :] if place else f"{text.rstrip()}\nrecords:"
    whole = f"{head.rstrip()}\n{body}\n"
    # Read as it would be written, so that the file is never left with a mistake.
    with tempfile.NamedTemporaryFile("w", suffix=".yaml", dir=path.parent, encoding="utf-8") as trial:
        trial.write(whole)
        trial.flush()
        try:
            found = load_profile(trial.name)
        except LexiconError as error:
            raise LexiconError(
                error.message, error.remedy, path=str(draft), entry=error.entry, code=error.code
            ) from None
    write_whole(path, whole)
    return found


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise InputError(f"'{path}' cannot be read.", "Give a file in UTF-8.", code="file") from None


def _months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _yaml(plain: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(plain), sort_keys=False, allow_unicode=True, width=_WIDTH)
