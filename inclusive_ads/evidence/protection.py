"""Which numbers may be shown, so that no number under five can be worked out from those that are.

Everything later (shares, tests, levels, sentences, pictures, records) is computed from what this module releases and
from nothing else. So a hidden number cannot leak through a share, an interval, a test or a bar: they never knew it.

The check is the one statistics offices call auditing: the numbers released are equations; for every hidden number the
smallest and the largest value that fit all equations are found by linear programming, and they must stay
`small.protection` or more apart. A release that would break this is made with fewer numbers, or not at all.

What becomes of a block can tell whether its numbers are small, and nothing more. So the audit lets the reader know that
of every block that is planned: then neither a number withheld nor another block read in its place gives anything away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from inclusive_ads.evidence.posts import Post
from inclusive_ads.evidence.thresholds import Small


class Hidden(StrEnum):
    """Why a number is not shown: it is small itself, or a small one could be worked out from it."""

    SMALL = "small"
    WITHHELD = "withheld"


Shown = int | Hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What may be known of some posts taken together.

    Attributes:
        posts: indices into the posts given to `Protector`.
        parts: people in each group, or why the number is hidden.
        known: people whose characteristic is known.
        unknown: people whose is not; a small number stands as the highest small number.
        exact: whether no number in it was hidden by the publisher.
        told: whether the file says of all of them how many are unknown.
    """

    posts: frozenset[int]
    parts: Mapping[str, Shown]
    known: int
    unknown: int
    exact: bool = True
    told: bool = True


class Protector:
    """Releases numbers of one characteristic, one block of posts after the other; remembers what it released."""

    def __init__(self, posts: tuple[Post, ...], small: Small) -> None:
        self.posts = posts
        self.small = small
        self.released: list[Release] = []
        self.planned: tuple[frozenset[int], ...] = ()

    def totals(self, block: Iterable[int]) -> tuple[dict[str, int], int, int]:
        """People by part (hidden ones at their highest), known and unknown, in a block."""
        posts = [self.posts[index] for index in block]
        names = dict.fromkeys(name for post in posts for name in post.parts)
        parts = {name: sum(self._highest(post.parts.get(name, 0)) for post in posts) for name in names}
        return parts, sum(post.known for post in posts), sum(post.unknown for post in posts)

    def release(self, block: frozenset[int], *, useful: Callable[[Release], bool] = lambda _: True) -> Release | None:
        """Release as many numbers of a block as is safe; None where not even its size is, or nothing useful is left.

        A group under five is always hidden, and where the others would give it away by subtraction, further ones are
        hidden with it: in the order of their names, since an order of size would say something of the sizes.
        """
        parts, known, unknown = self.totals(block)
        if known < self.small.denominator:
            return None
        small = [
            name
            for name, count in parts.items()
            if count < self.small.count or all(self.posts[index].parts.get(name, 0) is None for index in block)
        ]
        larger = sorted(name for name in parts if name not in small)
        for withheld in range(len(larger) + 1):
            shown: dict[str, Shown] = dict.fromkeys(small, Hidden.SMALL)
            shown |= {name: Hidden.WITHHELD if place < withheld else parts[name] for place, name in enumerate(larger)}
            trial = Release(
                posts=block,
                parts=shown,
                known=known,
                unknown=max(unknown, self.small.count - 1),
                exact=not any(None in self.posts[index].parts.values() for index in block),
                told=all(self.posts[index].told for index in block),
            )
            # One hidden number among shown ones is what is left of the known: hiding it alone hides nothing.
            alone = sum(isinstance(value, Hidden) for value in shown.values()) == 1
            if not alone and useful(trial) and self._safe(trial):
                self.released.append(trial)
                return trial
        return None

    def _highest(self, count: int | None) -> int:
        return self.small.count - 1 if count is None else count

    def _safe(self, trial: Release) -> bool:
        """Whether every hidden number stays uncertain when `trial` is released too."""
        linked = self._linked(trial)
        hidden = dict.fromkeys([*self._hidden_parts(linked), *self._hidden_between(linked)])
        if not hidden:
            return True
        posts = frozenset().union(*(item.posts for item in linked))
        planned = [block for block in self.planned if block <= posts]
        smallness = {
            block: {name: count < self.small.count for name, count in self.totals(block)[0].items()}
            for block in planned
        }
        system = _System(self.posts, linked, smallness, self.small)
        return system.all_uncertain(list(hidden))

    def _linked(self, trial: Release) -> list[Release]:
        """The releases that share posts with `trial`, directly or through others."""
        linked, posts = [trial], set(trial.posts)
        waiting = list(self.released)
        while joined := [item for item in waiting if not posts.isdisjoint(item.posts)]:
            linked += joined
            posts.update(*(item.posts for item in joined))
            waiting = [item for item in waiting if item not in joined]
        return linked

    def _hidden_parts(self, linked: list[Release]) -> Iterator[tuple[frozenset[int], str]]:
        """The small numbers of single posts and of whole blocks."""
        singles = {frozenset({index}) for item in linked for index in item.posts}
        for block in sorted(singles | {item.posts for item in linked}, key=sorted):
            yield from self._small_parts(block)

    def _hidden_between(self, linked: list[Release]) -> Iterator[tuple[frozenset[int], str]]:
        """The small numbers that are left when blocks are taken away from a larger one that holds them."""
        for outer in linked:
            within = sorted(
                (item.posts for item in linked if item.posts < outer.posts),
                key=lambda block: (-len(block), sorted(block)),
            )
            apart: set[int] = set()
            for block in within:
                yield from self._small_parts(outer.posts - block)
                if apart.isdisjoint(block):
                    apart |= block
            if outer.posts - apart:
                yield from self._small_parts(outer.posts - apart)

    def _small_parts(self, block: frozenset[int]) -> Iterator[tuple[frozenset[int], str]]:
        for name, count in self.totals(block)[0].items():
            if count < self.small.count:
                yield block, name


class _System:
    """The equations that a reader of the releases can set up, and what they say about a hidden number."""

    def __init__(
        self,
        posts: tuple[Post, ...],
        releases: list[Release],
        smallness: Mapping[frozenset[int], Mapping[str, bool]],
        small: Small,
    ) -> None:
        self.small = small
        self.points: list[list[float]] = []
        most = small.count - 1
        unknowns = sorted({(index, name) for item in releases for index in item.posts for name in posts[index].parts})
        self.at = {unknown: place for place, unknown in enumerate(unknowns)}
        self.bounds = [(0, most if posts[index].parts[name] is None else None) for index, name in unknowns]
        self.equal: list[tuple[list[float], float]] = []
        self.under: list[tuple[list[float], float]] = []
        for item in releases:
            inexact = [index for index in item.posts if not posts[index].exact]
            imputed = sum(count is None for index in inexact for count in posts[index].parts.values())
            known = [(index, name) for index, name in unknowns if index in item.posts]
            counted = [
                (index, name) for index, name in known if index not in inexact or posts[index].parts[name] is not None
            ]
            self.equal.append((self._row(counted), item.known - most * imputed))
            for name, shown in item.parts.items():
                mine = [unknown for unknown in known if unknown[1] == name]
                if shown is Hidden.SMALL:
                    self.under.append(
                        (self._row(mine), most * max(1, sum(posts[index].parts[name] is None for index, _ in mine)))
                    )
                elif shown is Hidden.WITHHELD:
                    # A reader who knows the method knows that these are not small.
                    self.under.append(([-value for value in self._row(mine)], -small.count))
                else:
                    exact = [unknown for unknown in mine if posts[unknown[0]].parts[name] is not None]
                    self.equal.append((self._row(exact), shown - most * (len(mine) - len(exact))))

        for block, names in smallness.items():
            for name, is_small in names.items():
                row = self._row([unknown for unknown in unknowns if unknown[0] in block and unknown[1] == name])
                hidden = sum(posts[index].parts.get(name, 0) is None for index in block)
                if is_small:
                    self.under.append((row, most * max(1, hidden)))
                elif not hidden:
                    self.under.append(([-value for value in row], -small.count))

    def _row(self, unknowns: Iterable[tuple[int, str]]) -> list[float]:
        row = [0.0] * len(self.at)
        for unknown in unknowns:
            row[self.at[unknown]] = 1.0
        return row

    def all_uncertain(self, hidden: list[tuple[frozenset[int], str]]) -> bool:
        """Whether every hidden number could have values far enough apart.

        Each solution is kept, because it often settles other numbers too; the first two aim at all of them at once.
        """
        goals = [[self.at[(index, name)] for index in block if (index, name) in self.at] for block, name in hidden]
        aim = [0.0] * len(self.at)
        for number, goal in enumerate(goals):
            for place in goal:
                aim[place] += -1.0 if number % 2 else 1.0
        self._solve(aim)
        self._solve([-value for value in aim])
        return all(self._apart(goal) or self._push_apart(goal) for goal in goals)

    def _push_apart(self, goal: list[int]) -> bool:
        """Look for the smallest and then the largest value of a hidden number."""
        for sign in (1.0, -1.0):
            aim = [0.0] * len(self.at)
            for place in goal:
                aim[place] = sign
            self._solve(aim)
            if self._apart(goal):
                return True
        return False

    def _apart(self, goal: list[int]) -> bool:
        values = [sum(point[place] for place in goal) for point in self.points]
        # Solutions are found to about a millionth.
        return bool(values) and max(values) - min(values) >= self.small.protection - 1e-6

    def _solve(self, aim: list[float]) -> None:
        """Keep the solution that makes a weighted sum smallest; none where the equations contradict each other."""
        from scipy.optimize import linprog

        found = linprog(
            aim,
            A_eq=[row for row, _ in self.equal],
            b_eq=[value for _, value in self.equal],
            A_ub=[row for row, _ in self.under] or None,
            b_ub=[value for _, value in self.under] or None,
            bounds=self.bounds,
            method="highs",
        )
        if found.status == 0:
            self.points.append([float(value) for value in found.x])
