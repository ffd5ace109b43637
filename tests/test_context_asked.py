"""The mechanisms asked one by one, with the words that ship: who is meant, equality, persons, sentences around."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from inclusive_ads import Checker, Document
from inclusive_ads.analysis.advert import Advert
from inclusive_ads.analysis.found import Candidate
from inclusive_ads.wording.pronouns import Pronouns

Asked = Callable[[str], tuple[Advert, Candidate]]


@pytest.fixture(scope="module")
def asked(checker: Checker) -> Asked:
    """An advert with [[wording]], ready to be asked about it."""
    entry = next(iter(checker.lexicon.entries.values()))

    def analyse(text: str) -> tuple[Advert, Candidate]:
        advert = checker.analyse(Document.from_text(re.sub(r"\[\[|\]\]", "", text)))
        before, wording, _ = re.split(r"\[\[|\]\]", text)
        # List marks are not in the clean text, so that the wording may stand a little earlier there.
        start = advert.text.index(wording.strip(), max(0, len(before.replace("\n\n", "\n")) - 4))
        return advert, Candidate(start=start, end=start + len(wording), entry=entry, form="any")

    return analyse


TWELVE = "a b c d e f g h i j k l"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        # Others right behind it, at most one word between.
        ("You help [[frail]] patients daily.", "others"),
        ("You help [[frail]] adult patients daily.", "others"),
        ("You are [[frail]], elderly, older, patients say.", "applicant"),
        ("You are [[frail]] and kind to patients.", "applicant"),
        ("You help [[patients]] daily.", "others"),
        ("You will, with [[frail]] a b patients, learn.", "others"),
        ("You will, with [[frail]] a b c d patients, learn.", "applicant"),
        ("You support very [[frail]] a b patients here.", "others"),
        ("You support a b c [[frail]] d e patients here.", "applicant"),
        # The nearest that was named before it; the employer and others only where they are near.
        ("You join our [[lively]] crowd.", "employer"),
        ("Our crowd and you are [[lively]].", "applicant"),
        ("You help patients and are [[lively]].", "others"),
        (f"You help patients {TWELVE} [[lively]].", "others"),
        (f"You help patients {TWELVE} m [[lively]].", "applicant"),
        (f"You see: our {TWELVE} [[lively]].", "employer"),
        (f"You see: our {TWELVE} m n [[lively]].", "applicant"),
        (f"You, {TWELVE} {TWELVE} [[lively]].", "applicant"),
        # Named after it.
        ("[[Lively]] at work, you will go far.", "applicant"),
        # The line that leads to a list, the section, and at last the parser.
        ("You must:\n\n- lift\n- be [[lively]]", "applicant"),
        ("Our patients are:\n\n- old\n- [[lively]]", "others"),
        ("You saw our patients.\n\n- old\n- [[lively]]", "unclear"),
        ("You saw them!\n\n- old\n- [[lively]]", "unclear"),
        ("Are you?\n\n- old\n- [[lively]]", "unclear"),
        ("Person specification\n\n[[Lively]] all day.", "applicant"),
        ("About us\n\n[[Lively]] all day.", "employer"),
        ("[[Lively]] all day.", "unclear"),
        ("Nurse. The resident was [[lively]] then.", "others"),
    ],
)
def test_who_is_meant(checker: Checker, asked: Asked, text: str, who: str) -> None:
    assert checker._context.who(*asked(text)) == who


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("Whatever your age, sex or [[race]] may be.", True),
        ("Whatever your age or [[sex]] may be.", False),
        ("Whatever your age, age or [[age]] may be.", False),
        ("Age and sex. Race and [[faith]] too.", False),
        ("We welcome applications from [[women]].", True),
        ("Applications are welcome from [[women]], but men too.", True),
        ("Regardless of age, sex but [[young]].", False),
        ("Some are kind but we welcome applications from [[women]].", True),
        ("We welcome applications as long as you are [[young]].", False),
        ("We welcome all. You are [[young]].", False),
        ("Regardless of [[age]].", True),
        ("Say it; regardless of [[age]].", True),
    ],
)
def test_a_sentence_about_equality(checker: Checker, asked: Asked, text: str, is_it: bool) -> None:
    assert checker._context.is_equality(*asked(text)) is is_it


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Mrs Shah leads. You help [[her]].", "known"),
        ("Mrs Shah leads. It is busy. You help [[her]].", "known"),
        ("Mrs Shah leads. It is busy. Very busy. You help [[her]].", "unclear"),
        ("You help [[her]], says Mrs Shah.", "unclear"),
        ("A cook who likes [[her]] work is welcome.", "holder"),
        ("A cook is wanted to help Mrs Shah and [[her]] team.", "known"),
        ("Mrs Shah leads. A cook who likes [[her]] work is welcome.", "holder"),
        ("Every roofer has [[his]] own van.", "holder"),
        ("You support the finance director and [[her]] deputy.", "known"),
        ("The right carer helps a child with [[his]] meals.", "known"),
        ("Candidates may ring Jo Bloggs, and [[she]] will help.", "known"),
        ("While the chair is away the clerk signs in [[his]] place.", "holder"),
    ],
)
def test_a_pronoun_stands_for_the_person_who_was_named_last(
    checker: Checker, asked: Asked, text: str, who: str
) -> None:
    advert, pronoun = asked(text)
    assert Pronouns(checker.lexicon).stands_for(advert, pronoun.start) == who


def test_the_sentences_around(checker: Checker) -> None:
    advert = checker.analyse(Document.from_text("One is here. Two is here. Three is here. Four is here. Five is here."))
    three = advert.text.index("Three")

    def around(start: int, end: int) -> str:
        low, high = advert.around(start, end)
        return advert.text[low:high]

    assert around(three, three + 5) == "Two is here. Three is here. Four is here. "
    assert around(three, three) == "Two is here. Three is here. Four is here. "
    assert around(three, three + 15) == "Two is here. Three is here. Four is here. "
    assert around(three, three + 16) == "Two is here. Three is here. Four is here. Five is here."
    assert around(0, 3) == "One is here. Two is here. "
    assert around(len(advert.text) - 5, len(advert.text)) == "Four is here. Five is here."
