"""Candidates, cues and which of overlapping candidates stay: quick ways compared with plain ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.growth import SLOW, advert
from inclusive_ads import Checker, Document
from inclusive_ads.context import Advert
from inclusive_ads.matching import Candidate, resolve
from inclusive_ads.patterns import scan_text

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
    ],
)
def test_a_candidate_is_whole_wording_in_one_block(found, text, expected):
    assert found(text) == expected


spans = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 9), st.integers(0, 3), st.sampled_from("abc")), max_size=14
)


@given(spans)
def test_of_overlapping_candidates_the_longest_gravest_and_first_stay(checker, drawn):
    entries = dict(zip("abc", checker.lexicon.entries.values(), strict=False))
    given_ = [(Candidate(start=s, end=s + n, entry=entries[e], form="any"), rank) for s, n, rank, e in drawn]
    kept: list[Candidate] = []
    for candidate, _ in sorted(given_, key=lambda p: (p[0].start - p[0].end, p[1], p[0].start, p[0].entry.id)):
        if all(candidate.end <= other.start or other.end <= candidate.start for other in kept):
            kept.append(candidate)
    assert resolve(given_) == sorted(kept, key=lambda c: c.start)


@pytest.mark.parametrize(
    "name", ["cues", "cues and findings", "wording that is spoken of", "findings in a list", "places"]
)
def test_cues_between_two_places_are_those_that_lie_there(checker: Checker, name: str) -> None:
    document = Document.from_text(advert(SLOW[name], 600))
    lower = scan_text(document.text)
    analysed = Advert(document, lower, checker._matcher.scan(document.text, lower), checker.lexicon.sections.sections)
    for cue, places in analysed.found.cues.items():
        for low in range(0, 600, 37):
            for high in range(low, 620, 61):
                assert analysed.cues(cue, low, high) == [(s, e) for s, e in places if s >= low and e <= high]
    assert analysed.cues("nothing of the kind", 0, 600) == []


@pytest.mark.parametrize("name", sorted(SLOW))
def test_a_sentence_holds_its_place_and_is_never_endless(checker: Checker, name: str) -> None:
    document = Document.from_text(advert(SLOW[name], 3_000))
    lower = scan_text(document.text)
    analysed = Advert(document, lower, checker._matcher.scan(document.text, lower), checker.lexicon.sections.sections)
    for place in range(0, len(document.text), 7):
        low, high = analysed.sentence(place)
        assert low <= place < high <= low + 1_000
        assert "\n" not in document.text[low : high - 1]
