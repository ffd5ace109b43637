"""What an advert already says: its statements, its topics and where the post is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inclusive_ads.document import Document
from inclusive_ads.patterns import scan_text
from inclusive_ads.statements.library import MASK, Hit, Library, line_of

_NEAR = 100  # characters; no cue is longer
_LONGEST = 1_000  # characters; a longer sentence is read in pieces
_SENTENCE_END = re.compile(r"[.!?][\"')\]]* +(?=[A-Z\"'(\[])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Existing:
    """A positive action statement that the advert has; clean offsets, half-open.

    Attributes:
        groups: ids of the groups it names; empty where it speaks of under-represented people only.
        gives_reason: whether it says that they are under-represented.
    """

    start: int
    end: int
    groups: tuple[str, ...]
    gives_reason: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Cues of an advert and what they add up to.

    Attributes:
        places: names of places that put the post in Northern Ireland or out of scope, as written.
        northern_ireland, out_of_scope: whether any of them does.
    """

    text: str
    scan: str
    hits: dict[str, list[Hit]]
    statements: tuple[Existing, ...]
    places: tuple[str, ...]
    northern_ireland: bool
    out_of_scope: bool

    def line(self, place: int) -> tuple[int, int]:
        """The line (a block of the clean text) that holds a place."""
        return line_of(self.text, place)

    def topic(self, name: str) -> Hit | None:
        """The first place that speaks of a topic."""
        return next((hit for hit in self.hits.get("topic", ()) if hit.name == name), None)

    def says(self, companion: str) -> bool:
        """Whether a companion statement is there, in our words or another's."""
        return any(hit.name == companion for hit in self.hits.get("companion", ()))


def survey(document: Document, location: str, library: Library) -> Survey:
    """Read an advert for its statements.

    Args:
        document: the advert.
        location: where the user says that the post is ("" where not said).
        library: the cues to look for.
    """
    text = document.text
    scan = scan_text(text)
    hits = library.finder.find(scan)
    northern = _places(hits, text, ("place", "NI"))
    out: list[str] = []
    for value in (*_location_fields(text, scan, hits), location):
        if value:
            found = library.finder.find(scan_text(value))
            northern += [*_places(found, value, ("place", "NI")), *_places(found, value, ("location", "NI"))]
            out += _places(found, value, ("location", "out"))
    return Survey(
        text=text,
        scan=scan,
        hits=hits,
        statements=tuple(_statements(text, hits, library)),
        places=tuple(dict.fromkeys((*northern, *out))),
        northern_ireland=bool(northern),
        out_of_scope=bool(out),
    )


def _places(hits: dict[str, list[Hit]], text: str, wanted: tuple[str, str]) -> list[str]:
    kind, name = wanted
    longer = [hit for hit in hits.get("place", ()) if hit.name == "mask" or kind == "location"]
    return [
        text[hit.start : hit.end]
        for hit in hits.get(kind, ())
        if hit.name == name
        and not any(
            m.start <= hit.start and hit.end <= m.end and m != hit
            for m in within(longer, hit.start - _NEAR, hit.end + _NEAR)
        )
    ]


def _location_fields(text: str, scan: str, hits: dict[str, list[Hit]]) -> list[str]:
    """Values of location fields: the rest of the line after the label, or the next line."""
    found = []
    for hit in hits.get("label", ()):
        if text[line_of(scan, hit.start, reach=_NEAR)[0] : hit.start].strip():
            continue
        _, high = line_of(scan, hit.start)
        rest = text[hit.end : high].strip(" :)\t-")
        if not rest:
            rest = text[slice(*line_of(scan, high + 1))] if high < len(scan) else ""
        found.append(rest)
    return found


def sentences(text: str, low: int, high: int) -> list[tuple[int, int]]:
    """The sentences of a line, half-open, without the space after them."""
    found: list[tuple[int, int]] = []
    start = low
    for match in _SENTENCE_END.finditer(text, low, high):
        found.extend(_pieces(text, start, match.start() + len(match[0].rstrip())))
        start = match.end()
    if start < high:
        found.extend(_pieces(text, start, high))
    return found


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence; one without an end, as in text that lost its full stops, in several pieces."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        yield start, cut
        start = cut + (text[cut] == " ")
    yield start, end


class Sentences:
    """The sentences of the line that was asked for last; cues come in order of place."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line = 0, 0
        self._found: list[tuple[int, int]] = []

    def at(self, place: int) -> tuple[list[tuple[int, int]], int]:
        """The sentences of the line that holds `place`, and the index of the first that ends after it."""
        if not self._line[0] <= place < self._line[1]:
            self._line = line_of(self._text, place)
            self._found = sentences(self._text, *self._line)
        return self._found, bisect_right(self._found, place, key=lambda sentence: sentence[1])


def _statements(text: str, hits: dict[str, list[Hit]], library: Library) -> list[Existing]:
    found: list[Existing] = []
    lines = Sentences(text)
    refused = -1, -1
    for hit in hits.get("encouragement", ()):
        if found and hit.start < found[-1].end:
            continue
        parts, index = lines.at(hit.start)
        index = min(index, len(parts) - 1)
        if parts[index] == refused:
            continue
        if not _is_statement(parts[index], hits, library):
            refused = parts[index]
            continue
        first = last = index
        while first and _belongs(parts[first - 1], hits, library):
            first -= 1
        while last + 1 < len(parts) and _belongs(parts[last + 1], hits, library):
            last += 1
        start, end = parts[first][0], parts[last][1]
        groups = _groups((start, end), hits, library)
        found.append(Existing(start=start, end=end, groups=groups, gives_reason=_holds("reason", (start, end), hits)))
    return found


def _is_statement(span: tuple[int, int], hits: dict[str, list[Hit]], library: Library) -> bool:
    """Encouragement of a group that positive action covers, or of "under-represented" people."""
    if _holds("reason", span, hits):
        return True
    groups = _groups(span, hits, library)
    favoured = {name for name in groups if not library.groups[name].asymmetric}
    # Both sexes together are everyone; a welcome to disabled people needs no evidence.
    if not favoured or favoured == {"men", "women"}:
        return False
    first = min(hit.start for hit in within(hits["group"], *span) if hit.name in favoured)
    if next(within(hits.get("served", ()), span[0], first), None):
        return False
    return not _holds("everyone", span, hits) or len(list(within(hits["encouragement"], *span))) > 1


def _belongs(span: tuple[int, int], hits: dict[str, list[Hit]], library: Library) -> bool:
    if any(_holds(kind, span, hits) for kind in ("merit", "part", "reason")):
        return True
    return _holds("encouragement", span, hits) and bool(_groups(span, hits, library))


def _groups(span: tuple[int, int], hits: dict[str, list[Hit]], library: Library) -> tuple[str, ...]:
    inside = within(hits.get("group", ()), *span)
    return tuple(dict.fromkeys(h.name for h in inside if library.groups[h.name].protected))


def _holds(kind: str, span: tuple[int, int], hits: dict[str, list[Hit]]) -> bool:
    return next(within(hits.get(kind, ()), *span), None) is not None


def within(hits: Sequence[Hit], start: int, end: int) -> Iterator[Hit]:
    """The hits, of those in order, that lie between two offsets."""
    first = bisect_left(hits, start, key=lambda hit: hit.start)
    last = bisect_right(hits, end, key=lambda hit: hit.start)
    return (hit for hit in hits[first:last] if hit.end <= end)


def unlawful_spans(text: str, scan: str, hits: dict[str, list[Hit]], library: Library) -> list[tuple[int, int]]:
    """Sentences' stretches that promise a group an advantage or shut others out; clean offsets."""
    found: list[tuple[int, int]] = []
    done = -1, -1
    lines = Sentences(text)
    for hit in hits.get("form", ()):
        parts, index = lines.at(hit.start)
        if index == len(parts) or parts[index] == done:
            continue
        span = done = parts[index]
        masked = _mask(scan[slice(*span)], span, hits, library)
        if masked is None or library.not_unlawful.search(masked):
            continue
        match = library.unlawful.search(masked) or library.unlawful.search(scan[slice(*span)])
        if match:
            found.append((span[0] + match.start(), span[0] + match.end()))
    return found


def _mask(sentence: str, span: tuple[int, int], hits: dict[str, list[Hit]], library: Library) -> str | None:
    """The sentence with every favoured group masked; None where it speaks of no group."""
    named = False
    for hit in within(hits.get("group", ()), *span):
        group = library.groups[hit.name]
        if group.protected and not group.asymmetric:
            named = True
            low, high = hit.start - span[0], hit.end - span[0]
            sentence = sentence[:low] + MASK * (high - low) + sentence[high:]
    return sentence if named or _holds("reason", span, hits) else None


def unlawful_wording(text: str, library: Library) -> str:
    """The first unlawful stretch of a text, or ""."""
    scan = scan_text(text)
    spans = unlawful_spans(text, scan, library.finder.find(scan), library)
    return text[slice(*spans[0])] if spans else ""
