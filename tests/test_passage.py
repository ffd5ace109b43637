"""A part of an advert judged by itself: what the rest could change is a condition, or is left out."""

from __future__ import annotations

import pytest

from inclusive_ads import Severity
from inclusive_ads.checker import shared_checker
from inclusive_ads.lexicon.models import MARKED


def found(text: str) -> list[tuple[str, str]]:
    return [(one.entry, one.text) for one in shared_checker().passage(text).findings]


def test_nothing_is_flatly_likely_unlawful() -> None:
    checker = shared_checker()
    texts = {
        MARKED.sub(r"\1", example.text)
        for entry in checker.lexicon.entries.values()
        if entry.severity is Severity.UNLAWFUL
        for example in entry.examples.flag[:2]
    }
    said = [
        one.said.lower()
        for text in texts
        for one in checker.passage(text).findings
        if one.severity is Severity.UNLAWFUL or "unlawful" in one.said.lower()
    ]
    assert len(said) > 100
    assert [each for each in said if each.count("likely unlawful") != each.count("likely unlawful unless")] == []
    assert [each for each in said if "unlawful unless" not in each] == []


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("You need a full driving licence.", "the advert gives the reason; or the post is that of a driver."),
        ("A competitive salary.", "the advert gives a figure, and the words elsewhere only blur it."),
        ("A degree is essential.", "the profession is regulated, and the law asks for the degree; or there is another"),
        ("The chairman agrees.", ""),
    ],
)
def test_a_lighter_finding_names_what_elsewhere_would_settle_it(text: str, condition: str) -> None:
    (one,) = shared_checker().passage(text).findings
    assert condition in one.message
    assert ("if the rest of the advert shows this" in one.message) == bool(condition)


def test_what_the_paragraph_itself_settles_is_settled() -> None:
    assert found("You need a full driving licence: no other transport reaches the site.") == []
    assert found("A competitive salary of £30,000 to £34,000 a year.") == []


def test_a_paragraph_opens_no_advert_and_is_no_small_ad() -> None:
    whole = {one.entry for one in shared_checker().check("Female carer").findings}
    assert whole
    assert found("Female carer") == []
    assert {entry for entry, _ in found("Female carer\n\nYou will help residents wash and dress.")} == whole


def test_letters_are_left_to_the_whole_advert() -> None:
    for text in ("The SRO briefs the board.", "The SRO briefs the board.\nThe SRO signs."):
        assert shared_checker().check(text).findings
        assert found(text) == []


def test_wording_that_a_mark_keeps_is_left_out() -> None:
    assert found("The chairman agrees. [inclusive-ads ignore gendered-chairman: the title in the Act]") == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We welcome everyone.", "en"),
        ("Rydym yn chwilio am rywun i ymuno â'n tîm, ac mae'r swydd yn un barhaol i bawb.", "cy"),
        ("Wir suchen zum nächsten Termin eine Person, die gern im Büro arbeitet und telefoniert.", "de"),
        ("Xkcd qwrt zzyx.", ""),
    ],
)
def test_the_language_of_a_passage_is_named(text: str, language: str) -> None:
    passage = shared_checker().passage(text)
    assert (passage.language, passage.findings) == (language, ())
