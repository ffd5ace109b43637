"""Readings of an advert as tests ask for them."""

from __future__ import annotations

from inclusive_ads import Checker
from inclusive_ads.wording.masking import Masker
from inclusive_ads.wording.reader import Governs


def read(checker: Checker, text: str) -> list[Governs]:
    return [one for one in checker._reader.read(checker.analyse(checker.document(text))) if not one.settled]


def said(checker: Checker, text: str) -> set[tuple[str, str]]:
    """Operator and concept of every reading that nothing settles."""
    return {(one.operator, concept) for one in read(checker, text) for concept in one.concepts}


def worst(checker: Checker, text: str) -> str:
    found = [f.severity for f in checker.check(text).findings]
    return min(found, key=lambda s: s.rank).value if found else ""


def masked(checker: Checker, text: str) -> str:
    masker: Masker = checker._reader._masker
    advert = checker.analyse(checker.document(text))
    return masker.mask(advert.lower, 0, len(advert.lower), masker.hits(advert.lower)).text


def severities(checker: Checker, text: str) -> list[str]:
    return [f.severity.value for f in checker.check(text).findings]
