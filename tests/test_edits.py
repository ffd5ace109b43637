import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusive_ads.report import Edit
from inclusive_ads.text.edits import apply_edits, fits, shift


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
    assert all(fits(e, [o for o in edits if o is not e]) for e in edits)


def test_two_edits_at_one_place_do_not_fit():
    assert not fits(edit(4, 6, ""), [edit(3, 5, "")])
    assert not fits(edit(3, 3, "b"), [edit(3, 3, "a")])
    assert fits(edit(5, 6, ""), [edit(3, 5, "")])


def test_shift_moves_all():
    assert shift([edit(1, 2, "a")], 3) == (edit(4, 5, "a"),)


def test_only_neighbours_matter_however_many_edits_there_are():
    taken = [edit(0, 2, ""), edit(4, 4, "x"), edit(6, 9, "")]
    assert [place for place in range(11) if fits(edit(place, place, "y"), taken)] == [2, 3, 5, 9, 10]
    assert [place for place in range(10) if fits(edit(place, place + 1, ""), taken)] == [2, 3, 5, 9]
    assert fits(edit(2, 4, ""), taken)
    assert not fits(edit(3, 5, ""), taken)
    assert not fits(edit(1, 10, ""), taken)
    assert fits(edit(1, 10, ""), [])
