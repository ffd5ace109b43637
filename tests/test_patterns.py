import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusive_ads.lexicon.expansion import slot_strings, strings
from inclusive_ads.lexicon.expressions import compile_all, compile_ordered, slot_source
from inclusive_ads.lexicon.glance import Glance
from inclusive_ads.lexicon.patterns import compile_phrase
from inclusive_ads.lexicon.phrases import Gap, PatternError, Sequence, Word, parse
from inclusive_ads.lexicon.samples import sample
from inclusive_ads.lexicon.scan_text import bounded, scan_text
from inclusive_ads.lexicon.shapes import shape
from inclusive_ads.lexicon.vocabulary import Vocabulary

WORDS = Vocabulary(
    slots={"number": ("{digits}", "(one|two|three)"), "person": ("(person|candidate)",)},
    spellings={"licence": ("licence", "license"), "license": ("licence", "license")},
    abbreviations={"years": ("yrs",), "experience": ("exp",)},
)


def found(phrase: str, text: str) -> list[str]:
    """What a phrase finds in a text; strings and anchors have to agree with the expression."""
    scan = scan_text(text)
    spans = [match.span() for match in compile_all((phrase,), WORDS).finditer(scan)]
    assert not spans or Glance(scan).may_hold(shape(phrase, WORDS))
    compiled = compile_phrase(phrase, WORDS)
    for start, end in spans:
        part = scan[start:end]
        if compiled.literals:
            assert part in compiled.literals
        else:
            assert any(anchor in part for anchor in compiled.anchors)
            assert compile_ordered([phrase], WORDS).search(scan, start).span() == (start, end)
    for literal in compiled.literals:
        for place in (match.start() for match in re.finditer(re.escape(literal), scan)):
            if bounded(scan, place, place + len(literal)):
                assert any(start <= place and place + len(literal) <= end for start, end in spans)
    return [text[start:end] for start, end in spans]


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
        ("_ person", "a keen person", ["keen person"]),
        ("person _", "the person we want", ["person we"]),
        ("own [_] car", "own car, own new car, own a new car", ["own car", "own new car"]),
        ("[_] {number} car", "own 2 car", ["own 2 car"]),
        ("young {number} ...2", "young 3 or so people", ["young 3 or so"]),
        ("...2 {number} young", "a b c 3 young", ["b c 3 young"]),
        ("young ... {number}", "young 2 or 3", ["young 2"]),
        ("care assistant ... {number}", "care assistant (hca) 3", ["care assistant (hca) 3"]),
        ("young / old {number}", "young/old 3, young /old 4", ["young/old 3", "young /old 4"]),
        ("{number} young , keen", "3 young, keen", ["3 young, keen"]),
        ("{number} , keen", "3, keen", ["3, keen"]),
        ("(care|care home) {number} [staff]", "care home 3 staff", ["care home 3 staff"]),
        ("{number} (care|care home)", "3 care home", ["3 care home"]),
        ("\\(s\\)he", "(s)he", ["(s)he"]),
        ("\\(s\\)he {number}", "(s)he 2", ["(s)he 2"]),
        ("2\\.5 days", "2.5 days, 2x5 days", ["2.5 days"]),
        ("i' {number}", "i' 2", ["i' 2"]),
        ("{person}'s {number}", "person's 2, persons 2", ["person's 2"]),
        ("(this|post) (is|'s) hers", "This's hers, posts hers, this is hers", ["This's hers", "this is hers"]),
        ("{number}% off", "9% off, 9 % off, 9 off", ["9% off", "9 % off"]),
        ("experience {number}", "exp 3", ["exp 3"]),
        ("[{number}] experience", "exp 3 experience", ["exp", "3 experience"]),
    ],
)
def test_phrases_find_what_they_say(phrase, text, expected):
    assert found(phrase, text) == expected


def test_a_phrase_that_stands_for_few_strings_is_literal():
    compiled = compile_phrase("(young|fresh) {person}", WORDS)
    assert set(compiled.literals) == {"young person", "young candidate", "fresh person", "fresh candidate"}
    assert not compiled.anchors


def test_a_phrase_with_an_open_slot_has_its_rarest_fixed_words_as_anchor():
    compiled = compile_phrase("{number} years of proven experience", WORDS)
    assert not compiled.literals
    assert all("proven" in anchor and len(anchor) >= 12 for anchor in compiled.anchors)
    assert {"years", "yrs", "of", "proven", "experience", "exp"} == compiled.words


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


@pytest.mark.parametrize(
    ("phrase", "literals"),
    [
        ("he/she", {"he/she", "he / she", "he/ she", "he /she"}),
        ("a/b/c/d", {"a/b/c/d", "a / b / c / d", "a/ b/ c/ d", "a /b /c /d"}),
        ("men's service", {"men's service", "mens service"}),
        ("i'", {"i'"}),
        ("i'm", {"i'm", "im"}),
        ("young[,] keen", {"young keen", "young, keen"}),
        ("part-time (post|)", {"part time post", "part time"}),
        ("Full–time", {"full time"}),
        ("[a|an] {person}", {"person", "candidate", "a person", "a candidate", "an person", "an candidate"}),
        ("experience", {"experience"}),
        ("my experience", {"my experience", "my exp"}),
    ],
)
def test_the_strings_of_a_phrase(phrase, literals):
    assert set(compile_phrase(phrase, WORDS).literals) == set(strings(phrase, WORDS)) == literals


def test_three_names_with_slashes_have_every_mixture_of_spaces():
    assert len(set(compile_phrase("a/b/c", WORDS).literals)) == 16


def choice(number: int) -> str:
    return "(" + "|".join(f"w{n}x" for n in range(number)) + ")"


def test_beyond_160_strings_a_phrase_is_a_pattern_sought_by_its_fixed_words():
    assert len(compile_phrase(f"{choice(160)} post", WORDS).literals) == 160
    many = compile_phrase(f"{choice(161)} post", WORDS)
    assert (many.literals, set(many.anchors)) == ((), {f"w{n}x post" for n in range(161)})
    assert compile_phrase(f"{choice(401)} post", WORDS).anchors == ("post",)
    with pytest.raises(PatternError, match="no fixed word"):
        compile_phrase(choice(401), WORDS)
    assert len(compile_phrase(f"{choice(20)} {choice(20)} x", WORDS).anchors) == 400
    assert compile_phrase(f"{choice(20)} {choice(21)} x", WORDS).anchors[0] == "w0x x"


def test_a_cue_may_stand_for_two_thousand_strings():
    assert len(strings(f"{choice(100)} {choice(20)}", WORDS)) == 2000
    for wrong in (f"{choice(100)} {choice(21)}", "own ... car", "{digits}", "[young]"):
        with pytest.raises(PatternError, match="stands for too much"):
            strings(wrong, WORDS)


def test_common_words_are_no_place_to_begin():
    common = Vocabulary(common=frozenset({"experience", "of"}))
    assert compile_phrase("experience of ... zoo", WORDS).anchors == ("experience of", "exp of")
    assert compile_phrase("experience of ... zoo", common).anchors == ("zoo",)
    assert compile_phrase("experience of ... of", common).anchors == ("experience of",)


def test_a_dash_between_words_is_no_obstacle(checker):
    for text, entry in (
        ("Send your date of – birth with your letter.", "age-birth-date"),
        ("You have a vibrant - and outgoing personality.", "age-lively"),
        ("Salary comensurate with experience.", "pay-hidden"),
    ):
        assert entry in {finding.entry for finding in checker.check(text).findings}


def test_capitals_of_an_exact_phrase_are_kept():
    assert compile_phrase("NHS-wide Band", WORDS, exact=True).literals == ("NHS wide Band",)
    assert compile_phrase("NHS-wide Band", WORDS).literals == ("nhs wide band",)


def test_an_unknown_slot_names_those_that_look_like_it():
    with pytest.raises(PatternError, match=r"no slot '\{numbers\}' \(similar: number\)"):
        compile_phrase("{numbers} posts", WORDS)
    with pytest.raises(PatternError, match="similar: none near"):
        compile_phrase("{xyz} posts", WORDS)
    with pytest.raises(PatternError, match="similar: digits"):
        compile_phrase("{dig} posts", WORDS)


def test_a_slot_is_read_once_and_stands_for_all_its_phrases():
    fresh = Vocabulary(slots={"person": ("(person|candidate)", "pupil"), "many": ("{digits}", "(some|few)")})
    assert slot_strings("person", fresh) == slot_strings("person", fresh) == ["person", "candidate", "pupil"]
    assert slot_strings("many", fresh) is None
    assert slot_strings("digits", fresh) is None
    assert fresh.slot("person") is fresh.slot("person")
    assert all(re.fullmatch(slot_source("many", fresh), text) for text in ("few", "some", "12"))
    assert not re.fullmatch(slot_source("many", fresh), "person")
    assert re.fullmatch(slot_source("digits", fresh), "1,200+")
    assert set(compile_phrase("a {person}", fresh).literals) == {"a person", "a candidate", "a pupil"}


def test_the_longest_way_is_tried_first():
    assert compile_all(("we", "we will", "zzz"), WORDS).search("we will").group() == "we will"
    assert compile_ordered(["{number} (care|care home)"], WORDS).pattern.index(" +home") > 0
    assert re.search(compile_ordered(["{number} (care|care home)"], WORDS), "3 care home").group() == "3 care home"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("man", True),
        ("a man!", True),
        ("_man", False),
        ("man_", False),
        ("5man", False),
        ("man5", False),
        ("é man é", True),
    ],
)
def test_an_underscore_or_a_figure_goes_on_with_a_word(text, whole):
    start = text.index("man")
    assert bounded(text, start, start + 3) is whole


def test_what_is_no_word_itself_needs_no_gap():
    assert bounded("a(s)he", 1, 4)
    assert bounded("he(s)he", 2, 5)


def test_letters_whose_small_form_is_longer_keep_their_place():
    assert scan_text("İ-Ab") == "İ ab"


@pytest.mark.parametrize("gap", ["...1", "...9", "...12"])
def test_a_gap_may_be_empty_and_has_at_most_twelve_words(gap):
    assert parse(f"a {gap} b").parts[1] == Gap(0, int(gap[3:]))


def test_a_bracket_that_is_part_of_the_wording_is_a_word():
    assert parse(r"a \) b") == Sequence((Word("a"), Word(")"), Word("b")))
    assert parse(r"(a|\|) b").parts[0].options[1] == Sequence((Word("|"),))
    assert parse("a/b") == Sequence((Word("a"), Word("/"), Word("b")))
    with pytest.raises(PatternError, match=r"'\(' is not closed in 'x \(\(a'"):
        parse("x ((a")
    with pytest.raises(PatternError, match="gap of 13 words in 'a"):
        parse("a (b ...13 c)")
    with pytest.raises(PatternError, match=r"^an empty phrase$"):
        parse(" ")
