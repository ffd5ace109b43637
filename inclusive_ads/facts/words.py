"""`facts/labels.yaml`: the labels and phrases by which the facts of a vacancy are known; and the names of grades."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from inclusive_ads.evidence.thresholds import default_thresholds
from inclusive_ads.lexicon.files import lexicon_folder, read_yaml
from inclusive_ads.lexicon.kept import long_expression
from inclusive_ads.lexicon.models import Model, Phrases

_JOINED = re.compile(r"/| and ")  # "HEO/SEO" in figures is two grades together, never the grade of one post


class FactsFile(Model):
    """`facts/labels.yaml`; its head and comments say what each list is for."""

    labels: Mapping[str, Phrases]
    graded: Phrases
    based: Phrases
    others: Phrases
    closing: Phrases
    not_closing: Phrases
    contact: Phrases
    calling: Phrases
    mailing: Phrases
    not_mailing: Phrases
    grade_if_labelled: Phrases
    not_names: Phrases
    not_titles: Phrases
    not_title_ends: Phrases
    employer_opens: Phrases
    not_values: Phrases
    wide: Phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class FactWords:
    """The words of `facts/labels.yaml`, made ready.

    Attributes:
        cues: for the one scan, by name.
        grade: any name of a grade of the Civil Service or the NHS, as it is written.
        grade_anywhere: those of them that are no job titles, too.
    """

    cues: Mapping[str, Iterable[str]]
    grade: re.Pattern[str]
    grade_anywhere: re.Pattern[str]
    not_names: frozenset[str]
    not_title_ends: frozenset[str]
    employer_opens: tuple[str, ...]
    wide: frozenset[str]


@cache
def load_words() -> FactWords:
    """The words that ship.

    Raises:
        LexiconError: the file has a mistake.
    """
    file = read_yaml(lexicon_folder() / "en-GB" / "facts" / "labels.yaml", FactsFile)
    thresholds = default_thresholds()
    grouped = [name for usual, group in thresholds.grouped.items() for name in (usual, *group.names)]
    names = [name for name in (*_names(thresholds.schemes), *grouped) if not _JOINED.search(name)]
    return FactWords(
        cues={
            **{f"fact {name}": phrases for name, phrases in file.labels.items()},
            "fact graded": file.graded,
            "fact based": file.based,
            "fact other": file.others,
            "fact closing": file.closing,
            "fact not-closing": file.not_closing,
            "fact contacting": file.contact,
            "fact calling": file.calling,
            "fact mailing": file.mailing,
            "fact no-mailing": file.not_mailing,
            "fact no-title": file.not_titles,
            "fact no-value": file.not_values,
        },
        grade=_pattern(names),
        grade_anywhere=_pattern([name for name in names if name not in file.grade_if_labelled]),
        not_names=frozenset(file.not_names),
        not_title_ends=frozenset(file.not_title_ends),
        employer_opens=tuple(f"{opening} " for opening in file.employer_opens),
        wide=frozenset(file.wide),
    )


def _names(schemes: Mapping[str, Iterable[Iterable[str]]]) -> list[str]:
    return [name for scheme in schemes.values() for grade in scheme for name in grade]


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Names as people write them: with or without a space or colon before the number; letters alone in capitals."""
    forms = []
    for name in sorted(names, key=len, reverse=True):
        form = r"[\s:]*".join(re.escape(part) for part in re.findall(r"[A-Za-z]+(?= |\Z)|[A-Z]+(?=\d)|\d+\w?", name))
        forms.append(form if name.isupper() else f"(?i:{form})")
    return long_expression(rf"(?<![\w/-])(?:{'|'.join(forms)})(?!\w|\.\d)")
