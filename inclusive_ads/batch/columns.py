"""The columns of the two tables that many adverts make, said once: a row an advert, and a row a finding.

Arrow, pandas, Parquet and Spark tables are all made from here, by way of one line of results. No library of tables is
needed to know the columns.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any  # a cell is of whatever type its column says

from inclusive_ads import __version__
from inclusive_ads.batch.items import Item
from inclusive_ads.batch.running import check_item
from inclusive_ads.checker import Checker
from inclusive_ads.errors import InputError
from inclusive_ads.lexicon.files import version_of
from inclusive_ads.outcomes import Severity, outcome
from inclusive_ads.plain import JsonObject, to_plain
from inclusive_ads.render.results import NOTE, result_line
from inclusive_ads.report import Report
from inclusive_ads.statements.profiles import profile_path
from inclusive_ads.vacancy import Vacancy

if TYPE_CHECKING:
    from inclusive_ads.evidence.values import Evidence

Columns = dict[str, Any]  # name → the Python type of its cells; each may also be empty

_COUNTS = {severity: severity.replace("-", "_") for severity in (*map(str, Severity), NOTE)}
_MEASURES: Columns = {"reading_age": int, "words": int, "mean_sentence_words": float}
FINDINGS = "findings"  # the findings of an advert in its own row, before they have a table of their own
# With what a row was made; it stands in every row of both tables.
STAMP: Columns = {"lexicon_version": str, "settings_hash": str, "judged_on": date}
ADVERT: Columns = {
    "outcome": str,
    "wording": str,
    "complete": bool,
    **dict.fromkeys(_COUNTS.values(), int),
    "kept": int,
    **_MEASURES,
    "missing": list[str],
    "statements": list[str],
    "not_read": list[str],
    "lapsed": list[str],
    "error": str,
}
FINDING: Columns = {
    "start": int,
    "end": int,
    "text": str,
    "entry": str,
    "category": str,
    "severity": str,
    "message": str,
    "suggestions": list[str],
    "kept_reason": str,
    "kept_by": str,
    "approved_by": list[str],
    "approved_on": date,
    "advice": str,
}


def check_names(names: Sequence[str], key: str, column: str | None = None) -> None:
    """See that a table can take our columns.

    Args:
        names: of the columns it has.
        key: the column that names an advert.
        column: the one that holds it, if any does.

    Raises:
        InputError: a column is missing or stands twice, or has the name of one of ours (capitals make no difference).
    """
    for name in (key, column or key):
        if (count := names.count(name)) != 1:
            message = f"The table has {f'{count} columns' if count else 'no column'} '{name}'."
            remedy = (
                "Keep one." if count else f"Its columns are: {', '.join(names) or 'none'}. Name the one that is meant."
            )
            raise InputError(message, remedy, code="no-column")
    if key == column:
        raise InputError(f"The column '{key}' cannot be both the advert and its name.", "Name two.", code="no-column")
    ours = {*ADVERT, *STAMP, FINDINGS}
    met = [name for name in names if name.casefold() in ours]
    met += [key] * (key.casefold() in FINDING)
    if met:
        several = len(met) > 1
        raise InputError(
            f"The results have {'columns' if several else 'a column'} of the same name: {', '.join(met)}.",
            f"Rename {'yours' if several else 'it'} before the check.",
            code="column-name",
        )


def check_text(column: str, kind: str, *, is_text: bool) -> None:
    """See that the column of adverts holds text.

    Args:
        kind: what it holds, as its library calls it.

    Raises:
        InputError: it holds something else.
    """
    if not is_text:
        raise InputError(
            f"The column '{column}' holds {kind}, not text.", "Name the one with the adverts.", code="column"
        )


def stamp_of(checker: Checker, vacancy: Vacancy | None = None, evidence: Evidence | None = None) -> JsonObject:
    """What `STAMP` says of every row: two runs with the same stamp give the same rows for the same adverts.

    ``settings_hash`` covers the program's version, the settings that change a result, the profile's words, the language
    model, and what is given for all adverts; ``judged_on`` is the day that dates were compared with (2026-11-30).
    """
    settings = checker.settings
    known = (
        *(__version__, settings.max_characters, settings.long_sentence, settings.today, checker.model),
        *(checker.profile.id, version_of([profile_path(settings.profile)], ours=False)),
        *((vacancy or Vacancy()).over(settings.post), evidence and (evidence.groups, evidence.thresholds)),
    )
    plain = json.dumps(to_plain(known), default=str, sort_keys=True)
    return {
        "lexicon_version": version_of(settings.lexicons),
        "settings_hash": hashlib.sha256(plain.encode(errors="replace")).hexdigest()[:12],
        "judged_on": (settings.today or date.today()).isoformat(),
    }


def check_row(checker: Checker, item: Item, *, stamp: Mapping[str, str], **known: Any) -> JsonObject:
    """The line of `check_item`, with what `advert_row` needs beside: how it reads, and the stamp. Raises nothing."""
    return {**check_item(checker, item, line_from=_line, **known), **stamp}


def _line(name: str | int, report: Report, source: str, extra: Mapping[str, str] | None = None) -> JsonObject:
    measured = {name: getattr(report.readability, name) for name in _MEASURES}
    return {**result_line(name, report, source, extra), "readability": measured}


def advert_row(line: JsonObject) -> JsonObject:
    """The cells of `ADVERT` and `STAMP`, and under `FINDINGS` a list of those of `FINDING`; a cell left out is empty.

    Args:
        line: as `check_row` gives it.
    """
    row = {name: line[name] for name in STAMP} | {"judged_on": date.fromisoformat(line["judged_on"]), FINDINGS: []}
    if "error" in line:
        return row | {"error": line["error"]}
    counts = Counter(finding["severity"] for finding in line["findings"])
    return row | {
        "outcome": outcome(line["wording"], complete=line["complete"]),
        "wording": line["wording"],
        "complete": line["complete"],
        **{name: counts[severity] for severity, name in _COUNTS.items()},
        "kept": len(line["kept"]),
        **line["readability"],
        "missing": line["missing"],
        "statements": line["statements"],
        "not_read": [part["message"] for part in line["not_read"]],
        "lapsed": line["lapsed"],
        FINDINGS: [*line["findings"], *map(_kept_row, line["kept"])],
    }


def _kept_row(finding: JsonObject) -> JsonObject:
    day = finding["approved_on"]
    kept = {"kept_reason": finding["reason"], "approved_on": date.fromisoformat(day) if day else None}
    return finding | kept | {"advice": finding["advice"] or None}


def told_apart(items: Iterable[Item]) -> Iterator[Item]:
    """The same adverts; one whose id an earlier one has becomes an error, or nobody could tell whose a finding is.

    Of each id some 70 bytes are kept.
    """
    seen = set()
    for item in items:
        name = hash(str(item.id))
        if name in seen and not item.error:
            error = f"An earlier advert has the id '{item.id}'. Give each its own."
            yield Item(id=item.id, extra=item.extra, error=error)
        else:
            yield item
        seen.add(name)
