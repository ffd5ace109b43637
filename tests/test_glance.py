"""A glance lets through all that an expression would find, and little else."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusive_ads import Checker
from inclusive_ads.lexicon.expressions import compile_ordered
from inclusive_ads.lexicon.files import lexicon_folder
from inclusive_ads.lexicon.glance import Glance, Glances
from inclusive_ads.lexicon.loading import load_vocabulary, load_wording
from inclusive_ads.lexicon.phrases import Choice, Gap, Sequence, Word, parse
from inclusive_ads.lexicon.samples import sample
from inclusive_ads.lexicon.scan_text import scan_text
from inclusive_ads.lexicon.shapes import shape
from inclusive_ads.lexicon.signs import END, NEEDED, TAKEN, WAIVED, concept_vocabulary, operator_vocabulary
from inclusive_ads.lexicon.vocabulary import Vocabulary

WORDS = Vocabulary(
    slots={
        "number": ("{digits}", "(one|two|three)"),
        "person": ("(person|candidate)", "[young] trainee"),
        "most": ("most", "at least {number}"),
        "any": ("any", "no (kind|sort) of", "we ... no"),
    },
    spellings={"licence": ("licence", "license")},
    abbreviations={"years": ("yrs",)},
)
# A sample of each slot that is an expression.
BUILTIN = {
    **{name: signs[0] * 4 for name, signs in NEEDED.items()},
    "not_this": TAKEN,
    "taken_back": WAIVED,
    "end": END,
    "clause": ";nd",
    "word": "5",
    "head": "manager",
    "age": "45",
    "digits": "5",
    "bracketed": "(5)",
    "past_year": "1962",
    "clock": "10pm",
    "weight": "25kg",
    "joined_years": "3yrs",
    "money": "£30,000",
}


def samples(sequence: Sequence, vocabulary: Vocabulary, most: int) -> Iterator[str]:
    """Some strings that a phrase stands for: each option of its choices, the others as they come first."""
    ways: list[list[str]] = []
    for part in sequence.parts:
        if isinstance(part, Word):
            ways.append([part.text])
        elif isinstance(part, Gap):
            ways.append([" ".join(["5"] * number) for number in {part.least, part.most}])
        elif isinstance(part, Choice):
            options = [next(samples(option, vocabulary, 1), "") for option in part.options[:most]]
            ways.append([*options, ""] if part.optional else options)
        elif part.name in vocabulary.builtin:
            ways.append([BUILTIN[part.name]])
        else:
            ways.append([next(samples(option, vocabulary, 1), "") for option in vocabulary.slot(part.name)[:most]])
    for number in range(max(map(len, ways), default=0)):
        said = " ".join(filter(None, (way[number % len(way)] for way in ways)))
        yield re.sub(r" (?=[,:%]|'s)|(?<=\() | (?=/)|(?<=/) ", "", said)


def test_it_lets_all_entries_through() -> None:
    """Of each form of each entry a string that it stands for, in a sentence."""
    lexicon = Checker().lexicon
    phrases = {phrase for entry in lexicon.entries.values() for form in entry.forms.values() for phrase in form}
    assert len(phrases) > 2_000
    for phrase in phrases:
        text = scan_text(f"We offer this: {sample(phrase, lexicon.vocabulary)}, and more (or not).")
        assert Glance(text).may_hold(shape(phrase, lexicon.vocabulary)), phrase


def test_it_lets_all_concepts_through() -> None:
    wording, vocabulary = load_wording(lexicon_folder() / "en-GB"), load_vocabulary()
    for concept in wording.concepts:
        words = concept_vocabulary(concept, vocabulary)
        for phrase in (*concept.adjectives, *concept.states, *concept.things, *concept.asked, *concept.questions):
            for said in samples(parse(scan_text(phrase)), words, 3):
                assert Glance(f"no {said}.").may_hold(shape(phrase, words)), (phrase, said)


def test_it_lets_all_patterns_of_operators_through() -> None:
    wording = load_wording(lexicon_folder() / "en-GB")
    words = operator_vocabulary(wording, load_vocabulary())
    tried = kept_out = 0
    for operator in wording.operators:
        for pattern in operator.patterns:
            for said in samples(parse(scan_text(pattern.find)), words, 5):
                text = f"so {said} {END}"
                if not Glance(text).may_hold(shape(pattern.find, words)):  # some samples are none: a noun follows one
                    assert not compile_ordered([pattern.find], words).search(text), (pattern.find, said)
                    kept_out += 1
                tried += 1
    assert kept_out < tried / 10


PHRASES = (
    "own ... car",
    "own ...6 (car|van)",
    "{number} years' experience",
    "{any} {person}",
    "{most} {digits} {person}",
    "_ {person}",
    "[very] young[,] keen",
    "he/she",
    "women's work",
    "(s)he",
    "not [even] (one|a single) ...2 {person}",
    "r&d {person}",
    "{money} [or so] ... {clock}",
    "{age} [to {age}]",
    "driving licence",
    "so [a] car",
)
PIECES = """
own car van one two 12 1,200 *** 45 twenty years' yrs years experience any no kind of sort we most at least person
candidate young trainee very keen he she he/she women's womens work (s)he not even a single r&d £30,000 £ 30 10pm
10 pm driving license so it's , . ; : - ( ) / & don't good
"""


@pytest.mark.parametrize("phrase", PHRASES)
def test_what_an_expression_finds_it_lets_through(phrase: str) -> None:
    expression, wanted = compile_ordered([scan_text(phrase)], WORDS), shape(phrase, WORDS)
    found = 0

    @given(st.lists(st.sampled_from(PIECES.split()), max_size=9), st.sampled_from((" ", " ", "")))
    def holds(pieces: list[str], joint: str) -> None:
        nonlocal found
        text = scan_text(joint.join([sample(phrase, WORDS), *pieces] if len(pieces) % 2 else pieces))
        if expression.search(text):
            found += 1
            assert Glance(text).may_hold(wanted)

    holds()
    assert found


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("own ... car", "own a very nice and reliable car"),
        ("own ... car", "a car of your own"),
        ("own ... car", "your own; a car"),
        ("{number} years' experience", "years of experience"),
        ("{most} {digits} {person}", "at least a person"),
        ("_ {person}", "person"),
        ("not [even] one", "one is not even"),
    ],
)
def test_it_keeps_out_what_does_not_stand_there(phrase: str, text: str) -> None:
    assert not Glance(text).may_hold(shape(phrase, WORDS))


@pytest.mark.parametrize("phrase", ["{one} ...6 [{clause}] ...4 those", "{one} ...6 (,|{clause}) ...4 those"])
@pytest.mark.parametrize("between", [" get the hour; those", " get the ;our those", " get the hour ; those"])
def test_a_semicolon_right_behind_a_word_ends_a_clause(phrase: str, between: str) -> None:
    words = operator_vocabulary(load_wording(lexicon_folder() / "en-GB"), load_vocabulary())
    text = f"{NEEDED['one'] * 5}{between} who stay {END}"
    assert compile_ordered([phrase], words).search(text)
    assert Glance(text).may_hold(shape(phrase, words))


def test_a_text_without_words_holds_nothing() -> None:
    assert not Glance("").may_hold(shape("[very]", WORDS))
    assert not Glance("... -").may_hold(shape("car", WORDS))


def test_lines_are_looked_at_once() -> None:
    text = "own car\nown van\n" + "word " * 400
    glances = Glances(text)
    assert glances.at(0, 3) is glances.at(4, 7)
    assert glances.at(0, 3).text == "own car"
    assert glances.at(8, 11).text == "own van"
    assert glances.at(20, 30).text == text[20:30]  # of a very long line only the stretch
