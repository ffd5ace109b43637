"""Names of grades: one grade by all its names, and several given together ("G6/G7", "HEO/SEO", "Bands 8a to 8c")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

_LIST = re.compile(r"\s*(?:/|&|,|\+(?=\s*\w)|\band\b|\bor\b)\s*", re.I)
_RANGE = re.compile(r"\s*(?:\bto\b|–|(?<=\w)-(?=\w))\s*", re.I)
_OPEN = re.compile(r"\s*(?:(?:and|or|&)\s+(above|below|over|higher|lower)|(\+))\s*", re.I)
_NUMBER = re.compile(r"\d+[a-z]?", re.I)
_PLURAL = re.compile(r"\b(grade|band)s\b", re.I)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Grades:
    """The grades of all schemes.

    Attributes:
        schemes: grades from junior to senior, each with all its names.
        groups: usual name of several grades → the grades and all names for them.
    """

    schemes: Mapping[str, Sequence[Sequence[str]]]
    groups: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]

    def of(self, name: str) -> tuple[str, ...]:
        """The grades that a name stands for, junior first; the name itself where it is not known."""
        plain = _plain(name)
        if plain in self._single:
            return (self._single[plain],)
        if plain in self._several:
            return self._several[plain]
        return self._listed(plain) or (" ".join(name.split()),)

    def name(self, name: str) -> str:
        """The usual name of a grade, or of several ("G7" is "Grade 7", "G6/G7" is "Grades 6 and 7")."""
        return self.together(self.of(name))

    def together(self, grades: Sequence[str]) -> str:
        """How a sentence names grades: "Grades 6 and 7", "HEO and SEO"."""
        for usual, (covered, _) in self.groups.items():
            if tuple(grades) == covered and usual not in self._single.values():
                return usual
        first = {grade.rpartition(" ")[0] for grade in grades}
        last = sorted(grade.rpartition(" ")[2] for grade in grades)
        if (len(grades) > 1 and first <= {"Grade"}) or (len(grades) > 1 and first <= {"Band"}):
            return f"{first.pop()}s {_joined(last)}"
        return _joined(grades)

    def place(self, grade: str) -> int | None:
        """Where a grade stands in its scheme, 0 for the most junior; of several the lowest; None for an unknown one."""
        places = [self._places[one] for one in self.of(grade) if one in self._places]
        return min(places) if places else None

    def known(self, scheme: str, grade: str) -> bool:
        """Whether every grade that a name stands for is one of a scheme."""
        return set(self.of(grade)) <= {names[0] for names in self.schemes.get(scheme, ())}

    def find(self, text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Where a text names grades, and which: ``(start, end, grades)``; what stands in one list is one mention."""
        for match in self._mention.finditer(text):
            yield match.start(), match.end(), self.of(match.group())

    @cached_property
    def _single(self) -> dict[str, str]:
        return {_plain(name): names[0] for scheme in self.schemes.values() for names in scheme for name in names}

    @cached_property
    def _several(self) -> dict[str, tuple[str, ...]]:
        return {_plain(name): of for usual, (of, names) in self.groups.items() for name in (usual, *names)}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {names[0]: place for scheme in self.schemes.values() for place, names in enumerate(scheme)}

    @cached_property
    def _mention(self) -> re.Pattern[str]:
        names = sorted({*self._single, *self._several}, key=len, reverse=True)
        # A number behind "grade" or "band" is one too where no scheme here has it.
        one = "|".join([*(re.escape(name).replace(r"\ ", r"\s+") for name in names), r"(?:grade|band)s?\s+\w*\d\w*"])
        between = r"(?:\s*(?:/|&|,|–|-|\band\b|\bto\b|\bor\b)\s*)+"
        return re.compile(
            rf"(?<![\w-])(?:{one})(?:{between}(?:{one}|\d+[a-d]?))*(?: (?:and|or) (?:above|below))?(?![\w-])", re.I
        )

    def _listed(self, plain: str) -> tuple[str, ...]:
        """The grades of "g6/g7", "grades 6 and 7", "band 8a-8c" or "band 8a and above"; empty where one is unknown."""
        found: list[str] = []
        text = _PLURAL.sub(r"\1", plain)
        if match := _OPEN.search(text):
            end, up = match.start(), (match[1] or "above") not in ("below", "lower")
            base = self._single.get(text[:end])
            return self._between(base, "" if up else base, up=up) if base and match.end() == len(text) else ()
        prefix = text.split(" ")[0] if " " in text else re.sub(r"\d.*", "", text)
        for part in _LIST.split(text):
            if part in self._several:
                found += self._several[part]
                continue
            ends = [self._one(end, prefix) for end in _RANGE.split(part)]
            known = [end for end in ends if end]
            if len(known) < len(ends) or len(ends) > 2:
                return ()
            known.sort(key=self._places.__getitem__)
            found += self._between(known[0], known[1]) if len(known) > 1 else known
        whole = list(dict.fromkeys(found))
        same = [scheme for scheme in self.schemes if all(self.known(scheme, one) for one in whole)]
        return tuple(sorted(whole, key=self._places.__getitem__)) if same and len(whole) > 1 else ()

    def _one(self, part: str, prefix: str) -> str | None:
        if _NUMBER.fullmatch(part):
            return self._single.get(f"{prefix} {part}") or self._single.get(prefix + part)
        return self._single.get(part)

    def _between(self, first: str, last: str, *, up: bool = True) -> tuple[str, ...]:
        for scheme in self.schemes.values():
            ladder = [names[0] for names in scheme]
            if first in ladder:
                low = ladder.index(first) if up else 0
                return tuple(ladder[low : ladder.index(last) + 1 if last in ladder else len(ladder)])
        return ()


def _joined(names: Iterable[str]) -> str:
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last


def _plain(name: str) -> str:
    return _SPACES.sub(" ", name.strip()).casefold()
