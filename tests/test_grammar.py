import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusive_ads.lexicon.loading import load_lexicon
from inclusive_ads.text.edits import apply_edits
from inclusive_ads.wording.grammar import Grammar, match_case


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
     ("isn't", "aren't"), ("doesn't", "don't"), ("this", None), ("discuss", None), ("team's", None), ("dies", "die"),
     ("flies", "fly"), ("wishes", "wish"), ("fixes", "fix"), ("buzzes", "buzz"), ("vetoes", "veto")],
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


@pytest.mark.model
def test_with_a_parser_the_second_verb_follows_too(grammar):
    from inclusive_ads.analysis.syntax import Syntax

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


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("We want keen, young, able people.", "young", "We want keen, able people."),
        ("You are keen or young.", "young", "You are keen."),
        ("You are able, and young.", "young", "You are able."),
        ("You are keen, bright, and young.", "young", "You are keen and bright."),
        ("You are keen, able or young, we hope.", "young", "You are keen, able, we hope."),
        ("You are able and young; you write well.", "young", "You are able; you write well."),
        ("(You are able and young)", "young", "(You are able)"),
        ("You are able and young", "young", "You are able"),
        ("You are able and young\nNext", "young", "You are able\nNext"),
        ('"Young people apply."', "Young", '"People apply."'),
        ("You are able and young today.", "young", "You are able today."),
        ("You write, young.", "young", "You write."),
        ("You are so young.", "young", "You are so."),
        ("You are so young", "young", "You are so"),
        ("young", "young", ""),
        ("It is late. Young people apply.", "Young", "It is late. People apply."),
        ("It is late. Young People apply.", "Young", "It is late. People apply."),
        ("It is late. young people apply.", "young", "It is late. people apply."),
        ("We ask Young people to apply.", "Young", "We ask people to apply."),
        ("young, but able", "young", "able"),
        ("You are young, and able to travel.", "young", "You are able to travel."),
        ("Young but able people apply.", "Young", "Able people apply."),
        ("A keen, able, experienced and young person.", "young", "A keen, able and experienced person."),
        ("You are very keen, most able and young.", "young", "You are very keen and most able."),
    ],
)
def test_what_joined_a_deletion_goes_with_it(grammar, text, word, expected):
    start = text.index(word)
    edits = grammar.delete(text, start, start + len(word))
    assert [edit.start for edit in edits] == sorted(edit.start for edit in edits)
    assert apply_edits(text, edits) == expected


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("", "a"),
        ("...", "a"),
        ("e-mail clerk", "an"),
        ("X-ray technician", "an"),
        ("U-boat", "a"),
        ("A", "an"),
        ("B", "a"),
        ("80-bed ward", "an"),
        ("11", "an"),
        ("110-person team", "a"),
        ("18", "an"),
        ("1", "a"),
        ("(excellent) start", "an"),
        ("xylophonist", "a"),
        ("FOI officer", "an"),
        ("SQL developer", "an"),
        ("CV", "a"),
    ],
)
def test_the_article_of_odd_beginnings(grammar, text, article):
    assert grammar.article(text) == article


@pytest.mark.parametrize(
    ("original", "new", "flags", "expected"),
    [
        ("HE", "they", {}, "THEY"),
        ("HE", "they", {"shouted": False}, "They"),
        ("HE", "they", {"shouted": False, "sentence_start": False}, "they"),
        ("A", "the", {}, "The"),
        ("Christian Name", "first name", {}, "First name"),
        ("Christian Name", "first name", {"sentence_start": False}, "First Name"),
        ("Christian name", "first name", {}, "First name"),
        ("Christian name", "first name", {"sentence_start": False}, "first name"),
        ("Christian Name", "First name", {"sentence_start": False}, "First name"),
        ("24 Hour Shift", "long shift", {}, "long shift"),
        ("(He", "they", {}, "They"),
        ("he", "They", {}, "They"),
        ("He", "", {}, ""),
        ("Christian", "first name", {"sentence_start": False}, "First name"),
        ("A Chairman", "the chair", {}, "The chair"),
        ("1st man", "first person", {}, "first person"),
    ],
)
def test_capitals_of_headings_shouting_and_names(original, new, flags, expected):
    assert match_case(original, new, **flags) == expected


@pytest.mark.parametrize(
    ("text", "word", "new", "expected"),
    [
        ("We want a chairman.", "chairman", "officer", "We want an officer."),
        ("We want an officer.", "officer", "chair", "We want a chair."),
        ("WE WANT A CHAIRMAN.", "CHAIRMAN", "officer", "WE WANT AN OFFICER."),
        ("A chairman leads.", "chairman", "officer", "An officer leads."),
        ("The chairman's job", "chairman", "directors", "The directors' job"),
        ("The chairman's job", "chairman", "chair", "The chair's job"),
        ("non-a chairman", "chairman", "officer", "non-a officer"),
        ("We want a very able chairman.", "chairman", "officer", "We want a very able officer."),
        ("a  chairman", "chairman", "officer", "an  officer"),
        ("We seek a CHAIR now.", "CHAIR", "person", "We seek a person now."),
        ("We seek a young person.", "young", "", "We seek a person."),
    ],
)
def test_a_replacement_fits_its_place(grammar, text, word, new, expected):
    start = text.index(word)
    assert apply_edits(text, grammar.replace(text, start, start + len(word), new)) == expected


@pytest.mark.parametrize(
    ("text", "expected", "trusted"),
    [
        ("He's paid well.", "He're paid well.", False),
        ("He, however, manages.", "He, however, manages.", False),
        ("He usually and quickly manages.", "He usually and quickly manages.", True),
        ("He often manages.", "He often manage.", True),
        ("He only manages.", "He only manage.", True),
        ("He daily manages.", "He daily manage.", True),
        ("He promptly carries.", "He promptly carry.", True),
        ("He", "He", True),
        ("He - is", "He - is", True),
        ("Has he left?", "Have he left?", True),
        ("He is kind, and often works late.", "He are kind, and often works late.", True),
        ("He is kind and works late.", "He are kind and works late.", False),
        ("He leads but rarely writes.", "He lead but rarely writes.", False),
        ("He leads, writes.", "He lead, writes.", False),
    ],
)
def test_agreement_is_trusted_only_where_one_verb_follows(grammar, text, expected, trusted):
    start = text.lower().index("he")
    edits, safe = grammar.agree(text, start, start + 2, None)
    assert (apply_edits(text, edits), safe) == (expected, trusted)


def test_an_article_that_is_right_is_left_alone(grammar):
    assert len(grammar.replace("We want a chairman.", 10, 18, "chair")) == 1
