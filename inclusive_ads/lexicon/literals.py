"""Finds many strings in a text in one pass, word by word.

What belongs to a first word is read only when the word first stands in a text. Of a hundred thousand strings an advert
asks for a few thousand, so that a program starts without making all of them ready.
"""

from __future__ import annotations

import marshal
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

_T = TypeVar("_T")

_PIECE = re.compile(r"[^\W_]+|[\W_]")  # a word, or any other character
_END = ""  # no piece: what ends here

# First piece → what `marshal` makes of the pieces that may follow: a piece → the same again, or, where only one string
# goes on with it, the rest of that string with its value; `_END` → the value of the string that ends there.
Packed = Mapping[str, bytes]


def pack(values: Iterable[tuple[str, Any]]) -> dict[str, bytes]:
    """Strings, each once, with their values (plain ones, which `marshal` can write), packed by their first piece."""
    groups = _grouped([(_PIECE.findall(string), value) for string, value in values], 0)
    return {first: marshal.dumps(_tree(group, 1)) for first, group in groups.items()}


_Cut = list[tuple[Sequence[str], Any]]  # strings in pieces, with their values


def _grouped(strings: _Cut, at: int) -> dict[str, _Cut]:
    groups: dict[str, _Cut] = defaultdict(list)
    for pieces, value in strings:
        groups[pieces[at] if at < len(pieces) else _END].append((pieces, value))
    return groups


def _tree(strings: _Cut, at: int) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for piece, group in _grouped(strings, at).items():
        pieces, value = group[0]
        if piece == _END:
            tree[piece] = value
        else:
            tree[piece] = _tree(group, at + 1) if len(group) > 1 else ("".join(pieces[at + 1 :]), value)
    return tree


class Literals(Generic[_T]):
    """Strings, each with a value, ready to be found; safe to share between threads.

    Args:
        packed: see `pack`.
    """

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self._trees: dict[str, dict[str, Any]] = {}  # those that were asked for

    def find(self, text: str) -> list[tuple[_T, int, int]]:
        """Every place where one stands as whole words: (value, start, end), overlapping, in order of the ends."""
        found: list[tuple[_T, int, int]] = []
        packed, trees = self._packed, self._trees
        pieces = _PIECE.findall(text)
        pieces.append("\n")  # in no string
        start, before = 0, ""
        for number, first in enumerate(pieces):
            if first in packed and not (before == "_" and first.isalnum()):
                if first not in trees:
                    trees[first] = marshal.loads(packed[first])  # noqa: S302  # our own words
                tree: Any = trees[first]  # or a string's rest with its value, or None
                end, last = start + len(first), number
                while type(tree) is dict:
                    if _END in tree and _ends(text, end):
                        found.append((tree[_END], start, end))
                    last += 1
                    tree = tree.get(pieces[last])
                    end += len(pieces[last])
                if tree and text.startswith(tree[0], end) and _ends(text, end + len(tree[0])):
                    found.append((tree[1], start, end + len(tree[0])))
            before = first
            start += len(first)
        found.sort(key=_by_end)
        return found


def _ends(text: str, end: int) -> bool:
    """Whether no word goes on there."""
    return not (end < len(text) and text[end - 1].isalnum() and (text[end].isalnum() or text[end] == "_"))


def _by_end(place: tuple[Any, int, int]) -> tuple[int, int]:
    return place[2], place[1]
