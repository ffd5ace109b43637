"""Candidates, cues and which of overlapping candidates stay: quick ways compared with plain ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.growth import SLOW, advert
from inclusive_ads import Checker, Document
from inclusive_ads.analysis.cues import cue_phrases
from inclusive_ads.analysis.found import LONGEST, Candidate
from inclusive_ads.analysis.scan import Matcher
from inclusive_ads.lexicon.expansion import strings
from inclusive_ads.lexicon.loading import load_lexicon
from inclusive_ads.lexicon.scan_text import scan_text
from inclusive_ads.wording.findings import resolve

ENTRIES = """
  - id: own-gadget
    forms: {singular: gadgeteer, plural: gadgeteers}
    severity: style
    affects: [people]
    message: A word of this test.
    why: Nobody outside this test knows it.
    source: practice
    evidence: convention
    alternatives: [{say: {singular: engineer, plural: engineers}, safety: safe}]
    examples:
      flag: [{text: "a [[gadgeteer]]", fix: "an engineer"}, {text: "[[gadgeteers]]", fix: engineers}]
      ok: [engineer]
  - id: own-letters
    forms: {any: [QXZ-1]}
    case: exact
    severity: style
    affects: [people]
    message: Letters of this test.
    why: Nobody outside this test knows them.
    source: practice
    evidence: convention
    advice: Write it out.
    examples: {flag: ["a [[QXZ-1]]"], ok: [qxz-1]}
  - id: own-capitals
    forms: {any: ["QXW ... Gizmo"]}
    case: exact
    severity: style
    affects: [people]
    message: A phrase of this test with capitals.
    why: Nobody outside this test knows it.
    source: practice
    evidence: convention
    advice: Write it out.
    examples: {flag: ["a [[QXW or Gizmo]]"], ok: [gizmo]}
  - id: own-gap
    forms: {any: ["bring ... gizmo"]}
    severity: style
    affects: [people]
    message: A phrase of this test.
    why: Nobody outside this test knows it.
    source: practice
    evidence: convention
    advice: Say what for.
    examples: {flag: ["[[bring your own gizmo]]"], ok: ["a gizmo"]}
"""


@pytest.fixture
def found(own_checker):
    """(entry, form, wording) of the test's own candidates in a text."""
    checker = own_checker(ENTRIES)
    return lambda text: [
        (c.entry.id, c.form, text[c.start : c.end]) for c in checker.candidates(text) if c.entry.id.startswith("own-")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a gadgeteer", [("own-gadget", "singular", "gadgeteer")]),
        ("Gadgeteers!", [("own-gadget", "plural", "Gadgeteers")]),
        ("gadgeteer", [("own-gadget", "singular", "gadgeteer")]),
        ("a gadgeteery thing, megagadgeteer, gadgeteer_x, x_gadgeteer, 3gadgeteer", []),
        ("a gadgeteer-led team, a co-gadgeteer", []),
        ("a gadgeteer - or not", [("own-gadget", "singular", "gadgeteer")]),
        ("-gadgeteer-", [("own-gadget", "singular", "gadgeteer")]),
        ("see www.gadgeteer.example or gadgeteer@example.org", []),
        ("see https://x.example/a/gadgeteer", []),
        ("https://x.example/ gadgeteer", [("own-gadget", "singular", "gadgeteer")]),
        (
            "a gadgteer, the gadgeteeer",
            [("own-gadget", "singular", "gadgteer"), ("own-gadget", "singular", "gadgeteeer")],
        ),
        ("Gadgteer Limited", []),
        ("a QXZ-1 and a QXZ 1", [("own-letters", "any", "QXZ-1"), ("own-letters", "any", "QXZ 1")]),
        ("a qxz-1, Qxz-1", []),
        ("bring gizmo", [("own-gap", "any", "bring gizmo")]),
        ("bring your own gizmo", [("own-gap", "any", "bring your own gizmo")]),
        ("bring your own and good gizmo", []),
        ("bring your\nown gizmo", []),
        (
            "bring a gizmo, bring the gizmo",
            [("own-gap", "any", "bring a gizmo"), ("own-gap", "any", "bring the gizmo")],
        ),
        ("bring them. A gizmo", []),
        ("gizmo\nbring a gizmo\ngizmo", [("own-gap", "any", "bring a gizmo")]),
        ("Gizmo\n\nbring your gizmo, then\nanother gizmo", [("own-gap", "any", "bring your gizmo")]),
        ("bring\ngizmo", []),
        (
            "a QXW or Gizmo, a qxw or gizmo",
            [("own-capitals", "any", "QXW or Gizmo"), ("own-capitals", "any", "qxw or gizmo")],
        ),
        ("x-gadgeteer", []),
        ("a-gadgeteer", []),
        ("gadgeteer-x", []),
        ("gadgeteer-", [("own-gadget", "singular", "gadgeteer")]),
        ("gadgeteer--", [("own-gadget", "singular", "gadgeteer")]),
        ("--gadgeteer", [("own-gadget", "singular", "gadgeteer")]),
        ("mail a@b.example\ngadgeteer", [("own-gadget", "singular", "gadgeteer")]),
        ("see www.b.example\ngadgeteer needed", [("own-gadget", "singular", "gadgeteer")]),
        ("gadgeteer\na@b.example", [("own-gadget", "singular", "gadgeteer")]),
        ("call\nb@gadgeteer.example", []),
        ("a@b gadgeteer c@d", [("own-gadget", "singular", "gadgeteer")]),
        ("a b@gadgeteer c", []),
        ("gadgeteer://x y", []),
        (
            "the gadgteer gadgeteeers, gadgeteer",
            [
                ("own-gadget", "singular", "gadgteer"),
                ("own-gadget", "plural", "gadgeteeers"),
                ("own-gadget", "singular", "gadgeteer"),
            ],
        ),
        (
            "first line\nof a gadgteer and\na gadgeteer",
            [("own-gadget", "singular", "gadgteer"), ("own-gadget", "singular", "gadgeteer")],
        ),
    ],
)
def test_a_candidate_is_whole_wording_in_one_block(found, text, expected):
    assert found(text) == expected


def test_one_pass_says_everything_that_stands_in_a_text(own_lexicon):
    """A matcher of its own, so that nothing made for another test is looked at."""
    lexicon = load_lexicon([own_lexicon(ENTRIES)])
    matcher = Matcher(lexicon)
    text = (
        "You do not need a gadgeteer.\nOur company supports leaders; bring a gizmo, and a QXZ-1 but no qxz-1.\n"
        "Stand-up gadgteers"
    )
    scan = matcher.scan(text)
    own = [(c.entry.id, c.form, text[c.start : c.end]) for c in scan.candidates if c.entry.id.startswith("own-")]
    assert own == [
        ("own-gadget", "singular", "gadgeteer"),
        ("own-gap", "any", "bring a gizmo"),
        ("own-letters", "any", "QXZ-1"),
        ("own-gadget", "plural", "gadgteers"),
    ]
    assert scan == matcher.scan(text, scan_text(text))

    def cue(name: str) -> list[str]:
        return [text[start:end].lower() for start, end in scan.cues.get(name, ())]

    assert "do not need" in cue("negation-before")
    assert "you" in cue("applicant")
    assert cue("employer") == ["our"]
    assert set(cue_phrases(lexicon)) >= {"negation-stop", "mention-quoted", "others", "serving", "equality", "person"}
    term = next(iter(lexicon.context.terms))
    (literal, *_) = strings(term, lexicon.vocabulary)
    assert matcher.scan(f"a {literal} b").terms == [(2, 2 + len(literal))]
    assert matcher.scan(f"a{literal}b").terms == []
    assert {"gadgeteer", "gadgeteers"} <= matcher.words
    assert "masculine" not in matcher.scan("mislead").cues


def test_a_slip_in_a_long_phrase_is_placed_by_what_stands_there(own_lexicon):
    entries = ENTRIES.replace("{any: [QXZ-1]}", "{any: [the zealous gadgeteer today]}").replace("[[QXZ-1]]", "[[X]]")
    entries = entries.replace("case: exact", "", 1).replace("own-letters", "own-long")
    matcher = Matcher(load_lexicon([own_lexicon(entries)]))
    for text in (
        "Look, the zealous gadgeteeer today.",
        "Look, the zealous gadgteer today.",
        "Look, the zeaalous gadgeteer today, and the zealous gadgeteer today.",
        "x " * 150 + "the zealouus gadgeteer today" + " x" * 150,
        "x\n" * 150 + "the zeallous gadgeteer today" + "\nx" * 150,
    ):
        found = [c for c in matcher.scan(text).candidates if c.entry.id == "own-long"]
        assert found
        for c in found:
            wording = text[c.start : c.end]
            assert wording.startswith("the z")
            assert wording.endswith("r today")


def test_a_pattern_reaches_two_hundred_characters_and_no_further(own_lexicon):
    matcher = Matcher(load_lexicon([own_lexicon(ENTRIES)]))
    assert LONGEST == 200
    for letters, is_found in ((190, True), (230, False)):
        text = f"bring {'x' * letters} gizmo"
        found = [c for c in matcher.scan(text).candidates if c.entry.id == "own-gap"]
        assert bool(found) is is_found
    assert [c.start for c in matcher.scan("y " * 300 + "bring it gizmo" + " y" * 300).candidates] == [600]


spans = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 9), st.integers(0, 3), st.sampled_from("abc")), max_size=14
)


@given(spans)
def test_of_overlapping_candidates_the_unlawful_longest_gravest_and_first_stay(checker, drawn):
    entries = dict(zip("abc", checker.lexicon.entries.values(), strict=False))
    given_ = [(Candidate(start=s, end=s + n, entry=entries[e], form="any"), rank) for s, n, rank, e in drawn]
    kept: list[Candidate] = []
    order = sorted(given_, key=lambda p: (p[1] > 0, p[0].start - p[0].end, p[1], p[0].start))
    for candidate, _ in order:
        if all(candidate.end <= other.start or other.end <= candidate.start for other in kept):
            kept.append(candidate)
    resolved = resolve(given_)
    assert [one.candidate for one in resolved] == sorted(kept, key=lambda c: c.start)
    assert sum(1 + len(one.others) for one in resolved) == len(given_)  # each is told of or named


@pytest.mark.parametrize(
    "name", ["cues", "cues and findings", "wording that is spoken of", "findings in a list", "places"]
)
def test_cues_between_two_places_are_those_that_lie_there(checker: Checker, name: str) -> None:
    document = Document.from_text(advert(SLOW[name], 600))
    analysed = checker.analyse(document)
    for cue, places in analysed.found.cues.items():
        for low in range(0, 600, 37):
            for high in range(low, 620, 61):
                assert analysed.cues(cue, low, high) == [(s, e) for s, e in places if s >= low and e <= high]
    assert analysed.cues("nothing of the kind", 0, 600) == []


@pytest.mark.parametrize("name", sorted(SLOW))
def test_a_sentence_holds_its_place_and_is_never_endless(checker: Checker, name: str) -> None:
    document = Document.from_text(advert(SLOW[name], 3_000))
    analysed = checker.analyse(document)
    for place in range(0, len(document.text), 7):
        low, high = analysed.sentence(place)
        assert low <= place < high <= low + 1_000
        assert "\n" not in document.text[low : high - 1]
