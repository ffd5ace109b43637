"""What people are called: plurals and verbs, persons, and what only looks like one."""

from __future__ import annotations

import pytest
from readings import masked, said

from inclusive_ads import Checker
from inclusive_ads.lexicon.inflection import noun_forms, plural, verb_forms
from inclusive_ads.lexicon.signs import PERSON


@pytest.mark.parametrize(
    ("one", "many"),
    [("worker", "workers"), ("nanny", "nannies"), ("boy", "boys"), ("boss", "bosses"), ("coach", "coaches")],
)
def test_plurals(one: str, many: str) -> None:
    assert plural(one) == many


def test_a_noun_of_a_list_names_its_own_plural() -> None:
    assert noun_forms("woman/women") == ("woman", "women")
    assert noun_forms("wheelchair user") == ("wheelchair user", "wheelchair users")


@pytest.mark.parametrize(
    ("phrase", "forms"),
    [
        ("hire", ("hire", "hires", "hired", "hiring")),
        ("turn away", ("turn away", "turns away", "turned away", "turning away")),
        ("carry", ("carry", "carries", "carried", "carrying")),
        ("drop", ("drop", "drops", "dropped", "dropping")),
        ("choose", ("choose", "chooses", "chose", "chosen", "choosing")),
        ("agree", ("agree", "agrees", "agreed", "agreeing")),
    ],
)
def test_forms_of_verbs(phrase: str, forms: tuple[str, ...]) -> None:
    assert verb_forms(phrase, {"choose": ("chooses", "chose", "chosen", "choosing")}) == forms


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("No Polish workers.", "Polish workers"),
        ("Anyone over 50 may apply.", "Anyone over 50"),
        ("People with epilepsy work here.", "People with epilepsy"),
        ("A woman wrote it.", "woman"),
    ],
)
def test_persons_are_named_in_many_ways(checker: Checker, text: str, person: str) -> None:
    signs = masked(checker, text)
    covered = "".join(char for char, sign in zip(text, signs, strict=False) if sign == PERSON)
    assert person in covered


@pytest.mark.parametrize(
    "text",
    [
        "Over 60 people work here.",
        "No more than 35 hours a week.",
        "The English language school is in Leeds.",
        "Contact Jane Young on 0123 456.",
        "Please ring Mr Black.",
        "Aged debt is chased every month.",
    ],
)
def test_what_only_looks_like_a_person_is_none(checker: Checker, text: str) -> None:
    assert PERSON not in masked(checker, text)


@pytest.mark.parametrize("text", ["Young customers call in.", "British numbers rose.", "Old letters are kept here."])
def test_a_plural_that_only_ends_like_a_worker_is_no_person(checker: Checker, text: str) -> None:
    assert PERSON not in masked(checker, text)


@pytest.mark.parametrize(
    "text",
    [
        "Requirements\n- Polish\n- A head for figures",
        "What you need:\n* French or Spanish\n* A calm voice",
        "About you\n- Mandarin, Cantonese and English\n- Tact",
        "Essential: Urdu; Excel",
        "Requirements\n- Welsh (fluent)\n- Word and Excel",
    ],
)
def test_a_language_alone_on_a_line_is_no_nationality(checker: Checker, text: str) -> None:
    assert ("require", "race") not in said(checker, text)


@pytest.mark.parametrize("text", ["Requirements\n- British\n- Own van", "Requirements\n- Polish people\n- Own van"])
def test_a_nationality_on_a_line_is_one(checker: Checker, text: str) -> None:
    assert ("require", "race") in said(checker, text)
