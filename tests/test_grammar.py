import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusive_ads.edits import apply_edits
from inclusive_ads.grammar import Grammar, match_case
from inclusive_ads.loading import load_lexicon


@pytest.fixture(scope="module")
def grammar():
    return Grammar(load_lexicon().grammar)


@pytest.mark.parametrize(
    ("word", "article"),
    [
        ("officer", "an"), ("UX designer", "a"), ("HR adviser", "an"), ("8-hour shift", "an"), ("18-month post", "an"),
        ("180-day plan", "a"), ("university", "a"), ("European role", "a"), ("honest view", "an"), ("hour", "an"),
        ("one-off task", "a"), ("NHS post", "an"), ("NATO post", "a"), ("unusual day", "an"), ("team", "a"),
        ("energetic person", "an"), ("MP", "an"), ("UK post", "a"), ("11-person team", "an"), ("1-day event", "a"),
    ],
)  # fmt: skip
def test_article_follows_the_sound(grammar, word, article):
    assert grammar.article(word) == article


@pytest.mark.parametrize(
    ("verb", "plural"),
    [("is", "are"), ("has", "have"), ("manages", "manage"), ("carries", "carry"), ("watches", "watch"), ("goes", "go"),
     ("passes", "pass"), ("Reports", "Report"), ("will", None), ("must", None), ("led", None), ("focus", None),
     ("isn't", "aren't"), ("doesn't", "don't"), ("this", None)],
)  # fmt: skip
def test_verbs_after_they(grammar, verb, plural):
    assert grammar.plural_verb(verb) == plural


@pytest.mark.parametrize(
    ("original", "new", "expected"),
    [
        ("chairman", "chair", "chair"),
        ("Chairman", "chair", "Chair"),
        ("CHAIRMAN", "chair", "CHAIR"),
        ("He or she", "they", "They"),
    ],
)
def test_capitals_are_kept(original, new, expected):
    assert match_case(original, new) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("We are a dynamic team.", "dynamic", "We are a team."),
        ("You are a young and able person.", "young", "You are an able person."),
        ("You are able and young.", "young", "You are able."),
        ("A busy, dynamic office.", "dynamic", "A busy office."),
        ("Young people apply.", "Young", "People apply."),
        ("You are keen, able and young.", "young", "You are keen and able."),
        ("We want an energetic person.", "energetic", "We want a person."),
    ],
)
def test_a_deletion_leaves_a_whole_sentence(grammar, text, word, expected):
    start = text.index(word)
    assert apply_edits(text, grammar.delete(text, start, start + len(word))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He or she is paid well.", "They are paid well."),
        ("He or she also manages staff.", "They also manage staff."),
        ("He or she will lead.", "They will lead."),
        ("When is he or she free?", "When are they free?"),
    ],
)
def test_verbs_follow_their_new_subject(grammar, text, expected):
    start = text.lower().index("he or she")
    edits = [*grammar.replace(text, start, start + 9, "they")]
    agreed, safe = grammar.agree(text, start, start + 9, None)
    assert safe
    assert apply_edits(text, sorted((*edits, *agreed), key=lambda e: e.start)) == expected


def test_without_a_parser_a_second_verb_asks_for_a_look(grammar):
    _, safe = grammar.agree("He or she plans and reports daily.", 0, 9, None)
    assert not safe


def test_with_a_parser_the_second_verb_follows_too(grammar):
    from inclusive_ads.pipeline import Syntax

    text = "He or she manages two apprentices and deputises for the head."
    edits, safe = grammar.agree(text, 0, 9, Syntax().verbs)
    assert safe
    assert apply_edits(text, edits) == "He or she manage two apprentices and deputise for the head."


@given(st.text(alphabet="abcde ,.and", max_size=60), st.integers(0, 59), st.integers(0, 59))
def test_a_deletion_never_loses_more_than_joining_words(grammar, text, a, b):
    start, end = sorted((a, b))
    if end > len(text) or start == end:
        return
    after = apply_edits(text, grammar.delete(text, start, end))
    lost = len(text) - (end - start) - len(after)
    assert -6 <= lost <= 8
