"""Letters that an outsider cannot read: which are reported, and what counts as an explanation."""

from __future__ import annotations

import pytest

from inclusive_ads import Checker
from inclusive_ads.wording.acronyms import explained

RULE = "jargon-unexplained-acronym"


@pytest.fixture(scope="module")
def checker() -> Checker:
    """One checker for the module."""
    return Checker()


def _found(checker: Checker, text: str) -> list[str]:
    return [f.phrase for f in checker.check(text).findings if f.entry == RULE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You will join the MDT. The MDT meets daily.", ["MDT"]),
        ("You will see two SpAds each week.", ["SpAds"]),
        ("You will lead HCAs and an HCA.", ["HCAs", "HCA"]),
        ("The OPMH CMHT covers the county.", ["OPMH", "CMHT"]),
        ("You will join the multidisciplinary team (MDT).", []),
        ("You will join the MDT. Our multi-disciplinary team is small.", []),
        ("You will join the MDT (multidisciplinary team).", []),
        ("You will know the Mental Capacity Act and use the MCA daily.", []),
        ("The post is Band 6 (AfC).", ["AfC"]),
        ("JOIN OUR MDT TEAM NOW AND GROW", []),
        ("You will use XQZT at work in the NHS.", []),
        ("Write to mdt@MDT.example or see the MDT/ABC board.", []),
    ],
)
def test_letters_reported(checker: Checker, text: str, expected: list[str]) -> None:
    assert _found(checker, text) == expected


def test_letters_most(checker: Checker) -> None:
    text = "You will meet the PPS, the SCS, an HEO, an EO, the DPM, a SpAd and the SoS."
    assert _found(checker, text) == ["PPS", "SCS", "HEO", "EO", "DPM"]


def test_letters_advice_gives_the_words(checker: Checker) -> None:
    finding = next(f for f in checker.check("You will join the MDT.").findings if f.entry == RULE)
    assert "multidisciplinary team" in finding.advice
    assert '"MDT"' in finding.message


@pytest.mark.parametrize(
    ("text", "letters", "expected"),
    [
        ("musculoskeletal (MSK) care", "MSK", True),
        ("Band 6 (MSK)", "MSK", False),
        ("MSK - musculoskeletal care", "MSK", True),
        ("MSK - we need you", "MSK", False),
    ],
)
def test_explained(text: str, letters: str, expected: bool) -> None:
    assert explained(text, letters) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You know the MDT's work.", None),
        ("You know HMG's policy.", "You know His Majesty's Government's policy."),
        ("A post for NQT s and others.", "A post for NQTs (newly qualified teachers) and others."),
        (
            "You manage the CCGs Mental Health contract.",
            "You manage the CCGs (clinical commissioning groups) Mental Health contract.",
        ),
        ("You join our CRHT.", "You join our crisis resolution and home treatment team (CRHT)."),
        ("You join our CRHT team.", "You join our crisis resolution and home treatment team (CRHT)."),
        ("You join our CRHT service.", "You join our CRHT (crisis resolution and home treatment team) service."),
        ("You work in our OOH, too.", "You work in our OOH (out of hours), too."),
        ("You work in our OOH service.", "You work in our out of hours (OOH) service."),
        ("You work with MDT and families.", "You work with the multidisciplinary team (MDT) and families."),
        ("You have worked as HCA.", "You have worked as a healthcare assistant (HCA)."),
        ("You know a nurse or HCA.", "You know a nurse or healthcare assistant (HCA)."),
        ("You complete small scale QIP.", "You complete small scale QIP (quality improvement project)."),
        ("CAMHS Nurse Wanted in Leeds", "Child and Adolescent Mental Health Services (CAMHS) Nurse Wanted in Leeds"),
        ("The post is 0.6 WTE (22 hours).", "The post is 0.6 whole-time equivalent (22 hours)."),
    ],
)
def test_letters_are_written_out_where_the_words_read(checker: Checker, text: str, expected: str | None) -> None:
    finding = next(f for f in checker.check(text).findings if f.entry == RULE)
    assert (finding.suggestions[0].sentence if finding.suggestions else None) == expected
