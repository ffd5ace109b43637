"""What a way of naming people says by itself, and what it does not excuse."""

from __future__ import annotations

import pytest
from readings import worst

from inclusive_ads import Checker


@pytest.mark.parametrize(
    "text",
    [
        "It would suit a married candidate, a single one or a pair of friends.",
        "Gay and straight staff share the back office, so no nasty talk at the counter will be put up with.",
        "Straight, gay, whatever, you'll get the kettle first.",
        "A man or a woman would suit, to feed the calves.",
        "Parents and childless colleagues would suit this rota alike.",
        "With children or without, everyone gets first pick of the weeks once in three years.",
    ],
)
def test_who_names_both_sides_shuts_out_neither(checker: Checker, text: str) -> None:
    assert worst(checker, text) not in ("likely-unlawful", "confirm")


@pytest.mark.parametrize(
    "text",
    [
        "Men and women under 30 only.",
        "Married or single women only.",
        "We take men, not women, on the night van.",
        "No one under 25 or over 50 for the late bus.",
        "Are you married or single?",
        "We want one man and one woman for the two rounds.",
        "A lad or lass in their early twenties would suit.",
    ],
)
def test_both_sides_excuse_nothing_said_of_others(checker: Checker, text: str) -> None:
    assert worst(checker, text) == "likely-unlawful"


@pytest.mark.parametrize(
    "text",
    [
        "Lesbian callers get priority on Tuesday evenings.",
        "One of the four site cabins has been set aside for female staff.",
        "We shut for the Jewish holidays and pay you for them.",
        "Please, no Turkish carpets in the van without a sheet.",
        "First refusal on the allotments goes to local pensioners.",
        "If you're a wheelchair user tell us and we'll base you at the ground floor branch.",
        "If you're thinking of starting a family our leave goes beyond the legal minimum.",
        "Our last manager, a married man with five children, retired in May.",
        "Please don't assume we want someone young because we sell skateboards.",
    ],
)
def test_those_served_things_benefits_and_people_who_are_known_are_no_candidates(checker: Checker, text: str) -> None:
    assert worst(checker, text) not in ("likely-unlawful", "confirm")


@pytest.mark.parametrize(
    "text",
    [
        "Lesbian candidates get priority at the helpline.",
        "Four of the cabin crew posts are set aside for women.",
        "Two of the four Saturday jobs at the garden centre are being kept back for under-21s.",
        "No Turkish lads in the van.",
        "If you are pregnant, look elsewhere.",
        "If you're gay, we'll base you in the back.",
        "We want someone young because we sell skateboards.",
    ],
)
def test_the_same_words_of_posts_and_candidates_still_count(checker: Checker, text: str) -> None:
    assert worst(checker, text) == "likely-unlawful"
