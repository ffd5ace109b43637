import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusive_ads.edits import apply_edits, choose_edits, compatible, shift
from inclusive_ads.report import Edit, Finding, Severity, Suggestion


def edit(start: int, end: int, text: str) -> Edit:
    return Edit(start=start, end=end, text=text)


def test_edits_are_made_in_place_whatever_their_order():
    assert apply_edits("abcdef", [edit(4, 5, "E"), edit(0, 1, "AA")]) == "AAbcdEf"


def test_an_insertion_is_an_edit_too():
    assert apply_edits("abc", [edit(3, 3, "d"), edit(0, 0, "_"), edit(1, 1, "-")]) == "_a-bcd"


def test_overlapping_edits_are_refused():
    with pytest.raises(ValueError, match="overlaps"):
        apply_edits("abcdef", [edit(0, 3, "x"), edit(2, 4, "y")])


def test_an_edit_outside_the_text_is_refused():
    with pytest.raises(ValueError, match="outside"):
        apply_edits("abc", [edit(2, 9, "x")])


@given(st.text(), st.data())
def test_everything_outside_the_edits_stays(text, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    edits = [edit(a, b, "X") for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    starts, ends = [0, *(e.end for e in edits)], [*(e.start for e in edits), len(text)]
    kept = "".join(text[a:b] for a, b in zip(starts, ends, strict=True))
    result = apply_edits(text, edits)
    assert len(result) == len(kept) + len(edits)
    assert [e for e in edits if compatible([e], [o for o in edits if o is not e])] == edits or len(edits) < 2


def test_two_edits_at_one_place_are_not_compatible():
    assert not compatible([edit(3, 5, "")], [edit(4, 6, "")])
    assert not compatible([edit(3, 3, "a")], [edit(3, 3, "b")])
    assert compatible([edit(3, 5, "")], [edit(5, 6, "")])


def test_shift_moves_all():
    assert shift([edit(1, 2, "a")], 3) == (edit(4, 5, "a"),)


def test_only_neighbours_matter_however_many_edits_there_are():
    taken = [edit(0, 2, ""), edit(4, 4, "x"), edit(6, 9, "")]
    assert [place for place in range(11) if compatible([edit(place, place, "y")], taken)] == [2, 3, 5, 9, 10]
    assert [place for place in range(10) if compatible([edit(place, place + 1, "")], taken)] == [2, 3, 5, 9]
    assert compatible([edit(2, 4, "")], taken)
    assert not compatible([edit(3, 5, "")], taken)
    assert not compatible([edit(1, 10, "")], taken)
    assert compatible([], taken)
    assert not compatible([edit(2, 3, ""), edit(5, 7, "")], taken)


def finding(number: int, *ways: tuple[int, int, str, str], kept: dict[str, str] | None = None) -> Finding:
    """A finding with suggestions (start, end, text, safety), as far as edits look at it."""
    suggestions = tuple(
        Suggestion(text=text, edits=(edit(start, end, text),), safety=safety, sentence="")
        for start, end, text, safety in ways
    )
    about = dict.fromkeys(("text", "phrase", "entry", "category", "form", "message", "why", "evidence", "advice"), "")
    places = {"start": 0, "end": 1, "sentence_start": 0, "sentence_end": 1}
    groups = {"affects": (), "characteristics": (), "sources": ()}
    return Finding(
        number=number, severity=Severity.STYLE, suggestions=suggestions, kept=kept, **about, **places, **groups
    )


def texts(edits: list[Edit]) -> list[str]:
    return [each.text for each in edits]


SAFE = finding(1, (8, 9, "a", "safe"), (8, 9, "b", "review"))
LOOK = finding(2, (4, 5, "c", "review"), (4, 5, "d", "safe"))
NONE = finding(3)
LAST = finding(4, (0, 1, "e", "safe"))


def test_safe_first_suggestions_are_taken_in_order_of_place():
    assert texts(choose_edits([SAFE, LOOK, NONE, LAST])) == ["e", "a"]
    assert texts(choose_edits([SAFE, LOOK, NONE, LAST], take_all=True)) == ["e", "c", "a"]


def test_what_a_person_accepted_or_left_is_heeded_and_the_rest_goes_on():
    found = [NONE, SAFE, LOOK, LAST]
    assert texts(choose_edits(found, {1: 1})) == ["e", "b"]
    assert texts(choose_edits(found, {2: 0})) == ["e", "c", "a"]
    assert texts(choose_edits(found, {1: -1})) == ["e"]
    assert texts(choose_edits(found, {1: -1}, take_all=True)) == ["e", "c"]
    assert texts(choose_edits(found, {1: 2, 2: 7})) == ["e"]


def test_what_is_kept_stays_unless_a_person_takes_a_suggestion_all_the_same():
    kept = finding(1, (8, 9, "a", "safe"), kept={"reason": "a name"})
    assert texts(choose_edits([kept, LAST])) == ["e"]
    assert texts(choose_edits([kept, LAST], take_all=True)) == ["e"]
    assert texts(choose_edits([kept, LAST], {1: 0})) == ["e", "a"]


def test_of_two_that_touch_the_accepted_one_is_made_and_else_the_first():
    first, second = finding(1, (3, 6, "a", "safe")), finding(2, (5, 8, "b", "safe"), (5, 8, "c", "review"))
    assert texts(choose_edits([second, first])) == ["a"]
    assert texts(choose_edits([first, second], {2: 1})) == ["c"]
    assert texts(choose_edits([first, second], {2: -1})) == ["a"]
