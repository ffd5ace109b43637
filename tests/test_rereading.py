"""A cure that is offered is read again in its sentence: who takes it is not asked anew about what it brings about."""

from __future__ import annotations

from collections import Counter

import pytest

from inclusive_ads import Checker, Severity, apply_edits

NOTHING_NEW = (
    "We want a young and dynamic salesperson.",
    "We need a young, energetic cook.",
    "You are a dynamic and ambitious planner.",
    "You are a dynamic and passionate teacher.",
    "This is a high pressure, fast paced kitchen.",
    "It is a fast-paced, demanding and challenging office.",
    "You can work under pressure and to tight deadlines.",
    "You must have at least 12 months' NHS experience.",
    "You need five years' experience held within the last two years.",
    "We want a driven and dynamic manager.",
    "Our salesmen are young and full of energy.",
    "The chairman is a strong and aggressive leader.",
    "You hit the ground running in a fast paced environment.",
    "The ideal candidate is a digital native under 30.",
    "You are a self-starter, passionate and driven.",
    "The post is physically demanding and fast paced.",
    "She must be mature and able-bodied.",
    "Only a strong, fit young man may apply.",
    "Elderly",
    "The team\n- young, energetic people\n- dynamic and driven staff",
)


def _told(checker: Checker, text: str) -> Counter[tuple[str, str]]:
    return Counter((one.entry, one.phrase.casefold()) for one in checker.check(text).findings)


@pytest.mark.parametrize("sentence", NOTHING_NEW)
def test_a_cure_raises_nothing_that_was_not_there(checker: Checker, sentence: str) -> None:
    found = checker.check(sentence).findings
    assert found
    before = _told(checker, sentence)
    for finding in found:
        for cure in finding.suggestions:
            after = apply_edits(sentence, cure.edits)
            new = _told(checker, after) - before if after.strip() else Counter()
            assert [one for one in new if finding.phrase.casefold() not in one[1]] == [], cure.sentence


def test_a_cure_that_uncovers_another_wording_cures_that_too(checker: Checker) -> None:
    (finding,) = checker.check("We want a young and dynamic salesperson.").findings
    assert [(cure.kind, cure.text, cure.safety) for cure in finding.suggestions] == [
        ("template", "motivated", "review")
    ]


def test_what_raises_something_graver_is_not_offered(checker: Checker) -> None:
    (finding,) = checker.check("Ward\n\nElderly").findings
    assert all(cure.sentence != "Older people" for cure in finding.suggestions)


def test_a_word_that_goes_with_its_and_leaves_its_article(checker: Checker) -> None:
    advert = "In return, we can offer a competitive salary and car allowance, along with training."
    (finding,) = (one for one in checker.check(advert).findings if one.entry == "pay-competitive")
    assert finding.suggestions[0].sentence == "In return, we can offer a car allowance, along with training."


@pytest.mark.parametrize(
    "text",
    [
        "Security staff. Big lads. No women, no students.",
        "Cook. Strong girls. No men, no smokers.",
        "Porter wanted. Young men. No women, no over 40s.",
        "Are you disabled? Then this is not the job for you.",
    ],
)
def test_a_bar_that_goes_on_from_the_sentence_before_is_cured(checker: Checker, text: str) -> None:
    findings = checker.check(text).findings
    assert findings[0].severity is Severity.UNLAWFUL
    for cure in (cure for finding in findings for cure in finding.suggestions):
        assert cure.sentence in apply_edits(text, cure.edits)
