"""Finds many strings in a text in one pass, word by word.

What belongs to a first word is read only when the word first stands in a text. Of a hundred thousand strings an advert
asks for a few thousand, so that a program starts without making all of them ready.
"""

from __future__ import annotations

import marshal
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar  # Any: whatever marshal writes

_T = TypeVar("_T")

# A word, or any other character but the one space between two words.
_PIECE = re.compile(r"[^\W_]+|(?<![^\W_]) | (?![^\W_])|[^\w ]|_")
_END = ""  # no piece: what ends here

# First piece → what `marshal` makes of the pieces that may follow: a piece → the same again, or, where only one string
# goes on with it, the rest of that string with its value; `_END` → the value of the string that ends there.
Packed = Mapping[str, bytes]


def pack(values: Iterable[tuple[str, Any]]) -> dict[str, bytes]:
    """Strings, each once, with their values (plain ones, which `marshal` can write), packed by their first piece.

    None begins or ends with a space.
    """
    groups = _grouped([(string, list(_PIECE.finditer(string)), value) for string, value in values], 0)
    return {first: marshal.dumps(_tree(group, 1)) for first, group in groups.items()}


_Cut = list[tuple[str, list[re.Match[str]], Any]]  # strings, their pieces and their values


def _grouped(strings: _Cut, at: int) -> dict[str, _Cut]:
    groups: dict[str, _Cut] = defaultdict(list)
    for cut in strings:
        groups[cut[1][at][0] if at < len(cut[1]) else _END].append(cut)
    return groups


def _tree(strings: _Cut, at: int) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for piece, group in _grouped(strings, at).items():
        string, pieces, value = group[0]
        if piece == _END:
            tree[piece] = value
        else:
            tree[piece] = _tree(group, at + 1) if len(group) > 1 else (string[pieces[at].end() :], value)
    return tree


class Literals(Generic[_T]):
    """Strings, each with a value, ready to be found; safe to share between threads.

    Args:
        packed: see `pack`.
    """

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self._trees: dict[str, dict[str, Any]] = {}  # those that were asked for

    def load(self) -> None:
        """Read now what is otherwise read with the first text that needs it."""
        for first in self._packed.keys() - self._trees.keys():
            self._trees[first] = marshal.loads(self._packed[first])  # noqa: S302  # our own words

    def find(self, text: str) -> list[tuple[_T, int, int]]:
        """Every place where one stands as whole words: (value, start, end), overlapping, in order of the ends."""
        found: list[tuple[_T, int, int]] = []
        packed, trees = self._packed, self._trees
        pieces = _PIECE.findall(text)
        pieces.append("\n")  # in no string
        text += "\n"
        for number, match in enumerate(_PIECE.finditer(text)):
            first, after = pieces[number], number + 1
            tree: Any = trees.get(first)  # or, in the end, a string's rest with its value
            if tree is None:
                if first not in packed:
                    continue
                tree = trees[first] = marshal.loads(packed[first])  # noqa: S302  # our own words
            if pieces[after] not in tree and _END not in tree:
                continue
            start, end = match.span()
            if text[start - 1] == "_" and first.isalnum():
                continue
            while (piece := pieces[after]) in tree or _END in tree:
                if _END in tree and not (piece == "_" and text[end - 1].isalnum()):
                    found.append((tree[_END], start, end))
                if piece not in tree:
                    break
                tree = tree[piece]
                after += 1
                end += len(piece) + (piece != " " and text[end] == " ")
                if type(tree) is tuple:
                    rest, value = tree
                    end += len(rest)
                    # `bounded`, written out: it is asked of every hit.
                    if text.startswith(rest, end - len(rest)) and not (
                        text[end - 1].isalnum() and (text[end].isalnum() or text[end] == "_")
                    ):
                        found.append((value, start, end))
                    break
        found.sort(key=_by_end)
        return found


def _by_end(place: tuple[Any, int, int]) -> tuple[int, int]:
    return place[2], place[1]
