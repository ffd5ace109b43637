import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusive_ads.patterns import Vocabulary, bounded, compile_all, compile_phrase, scan_text
from inclusive_ads.phrases import PatternError, parse
from inclusive_ads.samples import sample

WORDS = Vocabulary(
    slots={"number": ("{digits}", "(one|two|three)"), "person": ("(person|candidate)",)},
    spellings={"licence": ("licence", "license"), "license": ("licence", "license")},
    abbreviations={"years": ("yrs",), "experience": ("exp",)},
)


def found(phrase: str, text: str) -> list[str]:
    scan = scan_text(text)
    return [text[m.start() : m.end()] for m in compile_all((phrase,), WORDS).finditer(scan)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("hit the ground running", "You Hit the Ground Running.", ["Hit the Ground Running"]),
        ("full time only", "full-time only", ["full-time only"]),
        ("(man|woman)", "a woman", ["woman"]),
        ("[very] busy", "a very busy team", ["very busy"]),
        ("busy [and noisy]", "busy and noisy", ["busy and noisy"]),
        ("{number} years' experience", "min 3 yrs experience", ["3 yrs experience"]),
        ("{number} years' experience", "Two years' experience", ["Two years' experience"]),
        ("{number} years' experience", "**** years experience", ["**** years experience"]),
        ("driving licence", "a driving license", ["driving license"]),
        ("own ... car", "own a reliable car", ["own a reliable car"]),
        ("own ... car", "own. Then a car", []),
        ("own ... car", "own a b c d car", []),
        ("own ...4 car", "own a b c d car", ["own a b c d car"]),
        ("young _ person", "young at-heart person", []),
        ("young _ person", "young keen person", ["young keen person"]),
        ("he/she", "he / she", ["he / she"]),
        ("he/she", "he/she", ["he/she"]),
        ("years' service", "years service", ["years service"]),
        (
            "young[,] keen {person}",
            "a young, keen person or a young keen candidate",
            ["young, keen person", "young keen candidate"],
        ),
        ("young (and|,) keen {number} car", "young, keen 2 car", ["young, keen 2 car"]),
        ("young [and|,] ... car", "young, keen car", ["young, keen car"]),
        ("man", "manager human", []),
    ],
)
def test_phrases_find_what_they_say(phrase, text, expected):
    assert found(phrase, text) == expected


def test_a_phrase_that_stands_for_few_strings_is_literal():
    compiled = compile_phrase("(young|fresh) {person}", WORDS)
    assert set(compiled.literals) == {"young person", "young candidate", "fresh person", "fresh candidate"}
    assert not compiled.pattern


def test_a_phrase_with_an_open_slot_has_its_longest_fixed_words_as_anchor():
    compiled = compile_phrase("{number} years of proven experience", WORDS)
    assert not compiled.literals
    assert all("proven" in anchor and len(anchor) >= 12 for anchor in compiled.anchors)


@pytest.mark.parametrize(
    ("phrase", "says"),
    [
        ("(young|old", "not closed"),
        ("young)", "unexpected"),
        ("{nobody} person", "no slot"),
        ("{digits}", "no fixed word"),
        ("[young]", "nothing at all"),
        ("", "empty"),
        ("word ... [{nobody}] person", "no slot"),
        ("young ...13 person", "gap of 13"),
        ("young ...999999999999 person", "gap of 9"),
        ("young \\ person", "cannot read"),
        ("young \\", "cannot read"),
    ],
)
def test_a_wrong_phrase_says_what_is_wrong(phrase, says):
    with pytest.raises(PatternError, match=says):
        compile_phrase(phrase, WORDS)


def test_abbreviations_count_only_beside_other_words():
    assert "exp" not in compile_phrase("experience", WORDS).literals
    assert "proven exp" in compile_phrase("proven experience", WORDS).literals


@given(st.text())
def test_scan_text_keeps_its_length(text):
    assert len(scan_text(text)) == len(text)


@given(
    st.recursive(
        st.sampled_from(["young", "old person", "{person}", "licence"]),
        lambda inner: (
            st.lists(inner, min_size=1, max_size=3).map(lambda xs: "(" + "|".join(xs) + ")")
            | st.lists(inner, min_size=1, max_size=3).map(" ".join)
        ),
        max_leaves=6,
    )
)
def test_every_expansion_is_found_by_the_pattern_of_the_same_phrase(phrase):
    compiled = compile_phrase(phrase, WORDS)
    pattern = compile_all((phrase,), WORDS)
    for literal in compiled.literals:
        assert pattern.search(literal)
    assert pattern.search(scan_text(sample(phrase, WORDS)))


def test_word_boundaries():
    assert bounded("a man here", 2, 5)
    assert not bounded("a manager", 2, 5)
    assert not bounded("human", 2, 5)


def test_parse_reads_nested_brackets():
    assert len(parse("a (b [c|d] e|f) g").parts) == 3
