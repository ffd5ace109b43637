import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusive_ads.edits import apply_edits, compatible, shift
from inclusive_ads.report import Edit


def edit(start: int, end: int, text: str) -> Edit:
    return Edit(start=start, end=end, text=text)


def test_edits_are_made_in_place_whatever_their_order():
    assert apply_edits("abcdef", [edit(4, 5, "E"), edit(0, 1, "AA")]) == "AAbcdEf"


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
