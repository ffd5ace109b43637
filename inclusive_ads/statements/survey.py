"""What an advert already says: its statements, its topics and where the post is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.lexicon.gazetteer import Nation
from inclusive_ads.offsets import CleanOffset
from inclusive_ads.statements.library import Hit, Library
from inclusive_ads.statements.where import Where, locate, northern_names

_FIELD = 200  # characters; what follows is no location any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Existing:
    """A positive action statement that the advert has; clean offsets, half-open.

    Attributes:
        groups: ids of the groups it names; empty where it speaks of under-represented people only.
        gives_reason: whether it says that they are under-represented.
    """

    start: CleanOffset
    end: CleanOffset
    groups: tuple[str, ...]
    gives_reason: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Cues of an advert and what they add up to.

    Attributes:
        like_a_statement: a sentence that encourages or welcomes some by name, beside everyone, and is no statement.
        places: names of places that put the post in Northern Ireland or out of scope, as written.
        northern_ireland, out_of_scope: whether any of them does.
        unsettled: names of the location that leave its law open, each with answers that settle it.
        nations: nations of Great Britain that the location certainly names; `british`: its places there.
    """

    advert: Advert
    hits: dict[str, list[Hit]]
    statements: tuple[Existing, ...]
    like_a_statement: Existing | None
    places: tuple[str, ...]
    northern_ireland: bool
    out_of_scope: bool
    unsettled: Mapping[str, tuple[str, ...]]
    nations: frozenset[Nation]
    british: tuple[str, ...]

    @property
    def in_great_britain(self) -> bool:
        """Whether the post is certain to be there, and nowhere else."""
        return bool(self.nations) and not (self.northern_ireland or self.out_of_scope or self.unsettled)

    @property
    def text(self) -> str:
        """The clean text of the advert."""
        return self.advert.text

    def topic(self, name: str) -> Hit | None:
        """The first place that speaks of a topic."""
        return next((hit for hit in self.hits.get("topic", ()) if hit.name == name), None)

    def companion(self, name: str) -> Hit | None:
        """The first place with wording like a companion statement, in our words or another's."""
        return next((hit for hit in self.hits.get("companion", ()) if hit.name == name), None)


def survey(advert: Advert, location: str, library: Library) -> Survey:
    """Read an advert for its statements.

    Args:
        advert: the advert; its scan has looked for the library's cues, too.
        location: where the user says that the post is ("" where not said).
        library: the cues.
    """
    text = advert.text
    hits = library.hits(advert.found.cues)
    masks = [(mask.start, mask.end) for mask in hits.get("mask", ())]
    northern = [
        text[low:high]
        for low, high in northern_names(text)
        if not any(start <= low and high <= end for start, end in masks)
    ]
    given, read = _locate([location], library), _locate(_location_fields(advert), library)
    # The user's own location settles what the advert leaves open, but never takes Northern Ireland away.
    parts = [given] if given.certain or given.abroad else [given, read]
    northern += [*given.northern, *read.northern]
    abroad = () if northern else tuple(name for part in parts for name in part.abroad)
    unsettled = {name: answer for part in parts for name, answer in part.unsettled.items()}
    nations = frozenset(nation for part in parts for nation in part.nations)
    statements = tuple(_statements(advert, hits, library))
    return Survey(
        advert=advert,
        hits=hits,
        statements=statements,
        like_a_statement=_like_one(advert, hits, statements, library),
        places=tuple(dict.fromkeys((*northern, *abroad))),
        northern_ireland=bool(northern),
        out_of_scope=bool(abroad),
        unsettled=unsettled,
        nations=nations,
        british=tuple(dict.fromkeys(name for part in parts for name in part.british)),
    )


def _locate(values: Iterable[str], library: Library) -> Where:
    value = "\n".join(filter(None, values))
    return locate(value, [(mask.start, mask.end) for mask in library.read(value).get("mask", ())] if value else ())


def _location_fields(advert: Advert) -> list[str]:
    """Values of the lines about the location that open a block; of a long one the beginning."""
    lines = (*advert.labelled("fact location"), *advert.labelled("fact based"))
    opening = (line for line in lines if line.label == advert.block(line.label).start)
    return [advert.text[line.start : min(line.end, line.start + _FIELD)] for line in opening]


def _statements(advert: Advert, hits: dict[str, list[Hit]], library: Library) -> list[Existing]:
    found: list[Existing] = []
    refused = -1
    parts = advert.sentences
    for hit in hits.get("encouragement", ()):
        index = sentence_at(parts, hit.start)
        if (found and hit.start < found[-1].end) or index == refused:
            continue
        if not _is_statement(parts[index], hits, library):
            refused = index
            continue
        first = last = index
        while first and _belongs(advert, parts[first - 1], parts[first], hits, library):
            first -= 1
        while last + 1 < len(parts) and _belongs(advert, parts[last + 1], parts[last], hits, library):
            last += 1
        start, end = parts[first][0], parts[last][1]
        groups = _groups((start, end), hits, library)
        found.append(Existing(start=start, end=end, groups=groups, gives_reason=_holds("reason", (start, end), hits)))
    return found


def _like_one(
    advert: Advert, hits: dict[str, list[Hit]], statements: Iterable[Existing], library: Library
) -> Existing | None:
    """The first other sentence in which a group that positive action covers is encouraged."""
    for hit in hits.get("encouragement", ()):
        start, end = advert.sentences[sentence_at(advert.sentences, hit.start)]
        groups = _groups((start, end), hits, library)
        favoured = {name for name in groups if not library.groups[name].asymmetric}
        served = next(within(hits.get("served", ()), start, end), None)
        if favoured and not served and not any(one.start < end and start < one.end for one in statements):
            return Existing(start=start, end=end, groups=groups, gives_reason=False)
    return None


def sentence_at(sentences: Sequence[tuple[int, int]], place: int) -> int:
    """Index of the sentence that holds a place, or of the first after it."""
    return min(bisect_right(sentences, place, key=lambda sentence: sentence[1]), len(sentences) - 1)


def _is_statement(span: tuple[int, int], hits: dict[str, list[Hit]], library: Library) -> bool:
    """Encouragement of a group that positive action covers, or of "under-represented" people."""
    if _holds("reason", span, hits):
        return True
    if _holds("unnamed", span, hits) and not _holds("everyone", span, hits):
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


def _belongs(
    advert: Advert, span: tuple[int, int], to: tuple[int, int], hits: dict[str, list[Hit]], library: Library
) -> bool:
    """Whether a sentence is part of a statement beside it, in the same block."""
    if "\n" in advert.text[min(span[1], to[1]) : max(span[0], to[0])]:
        return False
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
