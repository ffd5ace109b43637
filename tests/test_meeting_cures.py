"""Cures that meet in one sentence: whatever is taken together, the text stays whole and says no word twice."""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from inclusive_ads import Checker, Document, apply_edits, plan
from inclusive_ads.lexicon.loading import load_lexicon
from inclusive_ads.lexicon.models import MARKED
from inclusive_ads.wording.grammar import Grammar

GRAMMAR = Grammar(load_lexicon().grammar)
STRAY = re.compile(
    r"  +| [,.;](?=\s|$)|, ?[,.]|\b(an?|the|and|or|to|of|be) \1\b|\b(and|or|but) (and|or|but)\b", re.IGNORECASE
)
EMPTY_ITEM = re.compile(r"^[ \t]*[-*•][ \t]*$", re.MULTILINE)
SHAPES = (
    "We are looking for {an} {0} and {1} person.",
    "We are looking for {an} {0}, {1} cook.",
    "You are {0}, kind and {1}.",
    "You will be {0} and {1} in this post.",
    "In return we offer {0}, a pension and {1}.",
    "{0}, {1} and good at figures.",
    "You need {0}. {1} is wanted, too.",
    "What you bring:\n- {0}\n- {1}\n- good figures",
)
WHOLE = (
    "We want an energetic, dynamic and driven person for our fast-paced, high-pressure kitchen.",
    "You are a dynamic, passionate, energetic, driven and ambitious nurse.",
    "Are you motivated, dynamic and energetic? We want a highly motivated, dynamic and passionate cook.",
    "You work at pace and independently in a fast-paced, pressured and busy office.",
    "This is a fast-paced, busy, high-pressure role under pressured conditions.",
    "You will work under pressure, at pace, to tight deadlines and under pressure of time.",
    "We offer a competitive salary, an excellent rate of pay and childcare vouchers.",
    "- Competitive salary\n- Childcare vouchers\n- A pension",
    "- Dynamic\n- Driven and energetic\n- Passionate about care",
    "You are passionate about care, have a passion for learning and are a passionate cook.",
    "You will be an exceptional individual with a natural passion for, and an interest in, a prestigious client.",
    "WE ARE LOOKING FOR A DYNAMIC AND ENERGETIC CHEF.",
    "An Energetic and Dynamic Team Leader Is Wanted for a Fast-Paced Ward",
    "You are enthusiastic and passionate, passionate and enthusiastic, and highly driven and very dynamic.",
    "The elderly and elderly people on our elderly ward need an elderly care nurse.",
    "He or she is dynamic and he or she has a passion for his or her work.",
    "You must be dynamic and be able to lead.",
    "We want someone who is dynamic and can lead.",
    "You work in an MDT team beside the MDT and a CAMHS nurse (AfC band 6).",
    "A close-knit, friendly team with a family feel wants you to join our family.",
)


def faults(text: str) -> Counter[str]:
    """Stray marks, doubled words, wrong articles, empty items and small letters at the start."""
    found = Counter(each.group().lower() for each in (*STRAY.finditer(text), *EMPTY_ITEM.finditer(text)))
    words = re.findall(r"[^\W\d_]+", text.lower())
    found.update(f"{one} {two}" for one, two in itertools.pairwise(words) if one == two)
    for article, following in re.findall(r"\b(an?) ([\w-]+)", text, re.IGNORECASE):
        if article.lower() != GRAMMAR.article(following.lower() if text.isupper() else following):
            found[f"{article} {following}".lower()] += 1
    if text[:1].islower():
        found["small letter at the start"] += 1
    return found


def pairs() -> Iterator[str]:
    """Wordings of the examples, two in one sentence of our own."""
    entries = [e for e in load_lexicon().entries.values() if e.severity in ("discouraging", "style") and e.alternatives]
    wordings = [mark[1] for e in entries for each in e.examples.flag if (mark := MARKED.search(each.text))]
    chance = random.Random(7)
    for shape in SHAPES:
        for _ in range(12):
            one, other = chance.sample(wordings, 2)
            text = shape.format(one, other, an=GRAMMAR.article(one))
            yield re.sub(r"[a-z]", lambda first: first.group().upper(), text, count=1)


@pytest.mark.parametrize("text", [*WHOLE, *pairs()])
def test_cures_that_are_taken_together_leave_no_fault(checker: Checker, text: str) -> None:
    before = faults(text)
    report = checker.check(text)
    every = apply_edits(text, plan(Document.from_text(text), report.findings, take_all=True))
    assert not faults(every) - before, every
    for finding in report.findings:
        for suggestion in finding.suggestions:
            alone = apply_edits(text, suggestion.edits)
            assert not faults(alone) - before, (finding.phrase, alone)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You are an energetic, dynamic, ambitious and driven owner.", "You are a motivated and ambitious owner."),
        ("WE ARE LOOKING FOR A DYNAMIC AND ENERGETIC CHEF.", "WE ARE LOOKING FOR A MOTIVATED CHEF."),
        ("You need someone who has both the drive and energy.", "You need someone who has both the drive and energy."),
        ("We want a dynamic, motivated cook.", "We want a motivated cook."),
        ("We want a very energetic and motivated cook.", "We want a motivated cook."),
        ("You work in a fast-paced and busy office.", "You work in a busy office."),
        ("You will work under pressured emergency situations.", "You will work in busy emergency situations."),
        ("You work independently at pace.", "You work independently."),
        (
            "You will join an MDT team and an MDT meeting.",
            "You will join a multidisciplinary team (MDT) and an MDT meeting.",
        ),
        ("You will be someone who is dynamic and can lead.", "You will be someone who is motivated and can lead."),
        ("We offer a bonus, a competitive salary and a pension.", "We offer a bonus and a pension."),
        ("We offer a competitive salary, a bonus and a pension.", "We offer a bonus and a pension."),
        ("What you get:\n\n- Competitive salary\n- A pension\n", "What you get:\n\n- A pension\n"),
    ],
)
def test_cures_make_way_for_what_stands_there(checker: Checker, text: str, expected: str) -> None:
    report = checker.check(text)
    assert apply_edits(text, plan(Document.from_text(text), report.findings, take_all=True)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Pay without a figure goes with what joins it; a bare "a salary" is never left.
        ("We offer a competitive salary with 30 days' holiday.", "We offer 30 days' holiday."),
        ("Competitive salary plus night rates", "Night rates"),
        ("Good hourly rate, plus mileage.", "Mileage."),
        ("Competitive pay and conditions\nFree parking", "Free parking"),
        ("You will receive a competitive salary and work beside kind people.", "You will work beside kind people."),
        ("We offer a competitive salary with annual reviews.", "We offer a salary with annual reviews."),
        ("An excellent hourly rate will be paid.", ""),
        ("You get a competitive salary.", ""),
        # Pressure is a workload, not when somebody is there.
        ("You can work well under pressure.", "You can manage a busy workload."),
        (
            "You plan a heavy workload and work under pressure.",
            "You plan a heavy workload and stay organised when it is busy.",
        ),
        ("You can work under pressure and to a plan.", "You can work to a plan."),
        ("You are somebody who works well under pressure.", "You are somebody who manages a busy workload."),
        ("You do good work under pressure.", "You do good work when there is a lot to do."),
        (
            "You can work under pressure and to organise your week.",
            "You can manage a busy workload and to organise your week.",
        ),
        ("You love the pressure of a full kitchen.", None),
        # A word that stands not far off is not said again.
        (
            "You are passionate about film and have a keen interest in art.",
            "You are enthusiastic about film and have a keen interest in art.",
        ),
        (
            "You are passionate about making films and have an interest in art.",
            "You are committed to making films and have an interest in art.",
        ),
        (
            "We want a kind, motivated and able cook who will be a calm and dynamic host.",
            "We want a kind, motivated and able cook who will be a calm host.",
        ),
        # A group has its noun.
        ("Our home is for elderly frail and younger people.", "Our home is for frail older and younger people."),
        ("We cook for elderly and disabled guests.", "We cook for older and disabled guests."),
        # A capital in the middle begins an item that lost its line.
        ("Nurses wanted A passion for client work", "Nurses wanted A commitment to client work"),
        ("Nurses wanted Passionate about cooking", "Nurses wanted Keen on cooking"),
        ("Most of our guests are elderly, frail or new here.", "Most of our guests are older, frail or new here."),
        ("Self-starter who can lead a team", "Person who can lead a team"),
    ],
)  # fmt: skip
def test_a_cure_reads_well_or_is_not_offered(checker: Checker, text: str, expected: str | None) -> None:
    suggestions = [each for finding in checker.check(text).findings for each in finding.suggestions]
    assert (apply_edits(text, suggestions[0].edits).strip() if suggestions else None) == expected
