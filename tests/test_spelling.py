import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusive_ads import check
from inclusive_ads.analysis.spelling import Speller, near_words, words_of

WORDS = ("driving", "licence", "experience", "experienced", "competitive", "managers")


@pytest.mark.parametrize(
    ("token", "meant"),
    [
        ("expereince", "experience"),  # two letters changed over
        ("experiance", "experience"),  # one different
        ("experence", "experience"),  # one missing
        ("experiience", "experience"),  # one too many
        ("mangers", "managers"),
        ("experience", ""),  # right
        ("experiences", ""),  # another ending is another word
        ("axperience", ""),  # another beginning too
        ("exprnce", ""),  # two misspellings
        ("drivin", ""),  # short
    ],
)
def test_one_slip_is_told(token, meant):
    assert Speller(WORDS, ()).meant(token) == meant


def test_a_real_word_is_no_slip():
    assert Speller(WORDS, ("mangers",)).meant("mangers") == ""


def test_what_may_be_two_words_is_left():
    assert Speller(("traders", "traiders"), ()).meant("trajders") == ""


def test_real_words_are_found_in_a_dictionary():
    assert near_words(WORDS, ["mangers", "experience", "cat", "license"]) == ["mangers"]


@given(st.text(alphabet="abcdefg", min_size=9, max_size=12), st.data())
def test_any_single_slip_inside_a_word_is_told(word, data):
    place = data.draw(st.integers(1, len(word) - 3))
    misspelling = word[:place] + "x" + word[place + 1 :]
    assert Speller((word,), ()).meant(misspelling) == word


def test_a_misspelt_phrase_is_found_at_its_place_in_the_advert():
    text = "Staff may need an enhanced disclosuer of records: a Criminal Recrods Bureau check, we think."
    found = [f for f in check(text).findings if f.entry == "stale-crb"]
    assert [f.text for f in found] == ["Criminal Recrods Bureau check"]
    shorter = "A Crimnal Records Bureau check, we think."
    (finding,) = [f for f in check(shorter).findings if f.entry == "stale-crb"]
    assert finding.text == "Crimnal Records Bureau check"
    assert shorter[finding.start : finding.end] == finding.text


def test_a_name_that_looks_like_a_slip_is_left():
    assert [f.text for f in check("The chairmann leads the board.").findings] == []
    assert [f.text for f in check("Our chaiirman leads the board.").findings] == ["chaiirman"]
    assert [f.text for f in check("You will work with Chaiirman in Leeds.").findings] == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("experiance", [0]),
        (" experiance ", [1]),
        ("x experiance", [2]),
        ("an experiance, and experiance", [3, 19]),
        ("experiance. experiance", [0, 12]),
        ("(experiance)", [1]),
        ("éexperiance", []),
        ("experiancé experianceé", []),
        ("3experiance experiance3", []),
        ("_experiance experiance_", []),
        ("@experiance experiance@", []),
        (".experiance", []),  # the end of an address
        ("experience", []),
    ],
)
def test_slips_are_whole_words(text, places):
    found = list(Speller(WORDS, ()).misspellings(text))
    assert found == [(place, place + 10, "experience") for place in places]


def test_a_last_letter_too_many_is_a_slip_and_the_longest_words_count():
    longest = "abcdefghijklmnopqrst"
    assert words_of([f"harness {longest} {longest}u short"]) == {"harness", longest}
    assert Speller(("harness",), ()).near("harnesss") == {"harness"}


def test_two_slips_are_too_many():
    speller = Speller(("abcdefghij",), ())
    assert speller.near("abdcefghij") == speller.near("abdefghij") == {"abcdefghij"}
    assert not speller.near("acbdfeghij")
    assert not speller.near("abxdefxhij")
    assert not speller.near("abdfghij")
    assert not speller.near("abxcdxefghij")
    assert not speller.near("abcdefghij")
    assert not speller.near("xbcdefghij")
    assert not speller.near("abcdefghxj")
