"""Where a statement goes in an advert, and the edits that put it there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from textwrap import shorten

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.analysis.sections import Section
from inclusive_ads.lexicon.shared import Place
from inclusive_ads.offsets import SourceOffset, clean
from inclusive_ads.report import ChosenStatement, Edit, StatementChoice
from inclusive_ads.statements.library import Hit, Library
from inclusive_ads.statements.passages import Passages
from inclusive_ads.text.document import Block, Document

_QUOTED = 40  # characters of a line that a reason quotes


@dataclass(frozen=True, slots=True)
class _Part:
    """A section by its blocks: where its heading stands, where its text begins, and the last that lies whole in it."""

    section: Section
    head: int
    first: int
    last: int


class Layout:
    """The places for statements in one advert.

    Args:
        advert: the advert.
        hits: its cues for statements, among them where it tells people to apply.
        library: the rules.
    """

    def __init__(self, advert: Advert, hits: Mapping[str, Sequence[Hit]], library: Library) -> None:
        self._advert = advert
        self._document = advert.document
        self._text = Passages(advert, hits)
        self._blocks = self._text.blocks
        self._rules = library.places

    @cached_property
    def _parts(self) -> list[_Part]:
        labelled = (field for field in self._advert.fields if not field.fact)
        sections = sorted((*self._advert.sections, *labelled), key=lambda section: section.start)
        ends = (*(section.start for section in sections[1:]), len(self._advert.text))
        parts = [self._part(section, end) for section, end in zip(sections, ends, strict=False) if section.place]
        return [part for part in parts if not self._is_button(part)]

    @cached_property
    def _joined(self) -> list[_Part]:
        """Parts that tell more of the same as the one above, and those: a statement goes elsewhere where it can."""
        pairs = pairwise(self._parts)
        joined = (two for two in pairs if two[1].section.goes_on and two[0].section.name == two[1].section.name)
        return [part for two in joined for part in two]

    def _part(self, section: Section, next_one: int) -> _Part:
        head = self._advert.number(section.start)
        end = min(section.end, next_one)  # a labelled line in a part is a part of its own
        last = bisect_right(self._blocks, end, key=lambda block: block.end) - 1
        # A label that stands within a line can have nothing right below its own text.
        inside = section.own_line or not self._starts_block(section)
        return _Part(section, head, head + inside, last)

    def _starts_block(self, section: Section) -> bool:
        return self._advert.block(section.start).start == section.start

    def _is_button(self, part: _Part) -> bool:
        """Whether "Apply now" is a button above the text of a page, not the heading of a part."""
        if part.head not in self._text.buttons or part.head + 1 in self._text.telling:
            return False
        return self._text.end_above(part.head) < 0

    @cached_property
    def _applying(self) -> _Part | None:
        return next((part for part in self._parts if part.section.place == "application"), None)

    def applying(self) -> SourceOffset:
        """Source offset at which the part on how to apply begins (the end where there is none)."""
        if self._applying is None:
            return SourceOffset(len(self._document.source))
        return self._document.span(self._applying.section.start, self._applying.section.end)[0]

    def place(self, name: Place) -> tuple[Block | None, str]:
        """The block after which a statement goes (None for the very top), and why there."""
        rule = self._rules[name]
        limit = self._applying.head if self._applying and name != "application" else len(self._blocks)
        below = [part for part in self._parts if part.section.place in rule.before]
        found = (
            self._after(rule.after, limit, self._joined)
            or next(filter(None, (self._before(part, self._joined) for part in below)), None)
            or self._after(rule.after, limit)
            or next(filter(None, (self._before(part) for part in below)), None)
            or self._after(rule.after, len(self._blocks))
            or self._after(rule.instead, len(self._blocks))
            or next(filter(None, (self._right_before(part) for part in below)), None)
            or self._without_headings(name)
        )
        return self._blocks[found[0]] if found[0] >= 0 else None, found[1]

    def _after(self, places: Sequence[Place], limit: int, but: Sequence[_Part] = ()) -> tuple[int, str] | None:
        """At the end of a part that has text; parts of one kind that follow each other are one."""
        for place in places:
            found: tuple[int, str] | None = None
            reach = -1
            for part in self._parts:
                if (
                    part.section.place != place
                    or part in but
                    or part.last >= limit
                    or (found and part.head > reach + 1)
                ):
                    continue
                last = part.last if place == "application" else self._text.until_applying(part.first, part.last)
                end = self._text.end(part.first, last)
                if place == "application" and end < 0 and not found:
                    end = self._last_line(part)
                if end >= 0:
                    found, reach = (end, f"It goes at the end of '{part.section.title}'."), part.last
                    if last < part.last:
                        found = end, f"It goes in '{part.section.title}', before how to apply."
                    if place == "application":
                        break
            if found:
                return found
        return None

    def _last_line(self, part: _Part) -> int:
        """The end of a part that is an address or a link only; -1 where it has nothing, or goes on below."""
        last = min(part.last, self._text.close() - 1)
        return last if last >= part.first and self._text.can_follow(last) else -1

    def _before(self, part: _Part, but: Sequence[_Part] = ()) -> tuple[int, str] | None:
        """After the text above a part: not among the facts and buttons over its heading."""
        above = self._text.end_above(part.head)
        if above < 0 or any(one.first <= above <= one.last for one in but):
            return None
        return above, f"It goes before '{part.section.title}'."

    def _right_before(self, part: _Part) -> tuple[int, str] | None:
        """Right above a part, or above the table or list that it stands in."""
        index = part.head - 1
        while index >= 0 and not (self._text.can_follow(index) and self._stands_apart(index, part)):
            index -= 1
        if index < 0 and not (part.head or self._starts_block(part.section)):
            return None
        return index, f"It goes before '{part.section.title}'."

    def _stands_apart(self, index: int, part: _Part) -> bool:
        return part.section.own_line or not self._text.splits_list(index)

    def _without_headings(self, name: Place) -> tuple[int, str]:
        text = self._text
        telling = next((index for index in text.telling if text.can_follow(index)), -1)
        if name == "application" and telling >= 0 and not text.splits_list(telling):
            return telling, "It goes beside how to apply."
        first, end = text.opening()
        if name in ("role", "hours") and end >= 0 and not any(index < first for index in text.telling):
            heads = [block for block in self._blocks[1:first] if block.kind == "heading"]
            if not heads:
                return end, "It goes after the opening text."
            # Under a heading that nobody knows, below one that is known.
            return end, f"It goes at the end of '{self._advert.text[heads[-1].start : heads[-1].end]}'."
        if name != "application" and text.telling and text.telling[0]:
            end, right_above = text.end_above(text.telling[0]), text.telling[0] - 1
            if end >= 0 or (text.can_follow(right_above) and not text.splits_list(right_above)):
                return end if end >= 0 else right_above, "It goes before how to apply."
        button = max(text.buttons, default=-1)
        if name != "application" and button >= 0 and (end := text.end_above(button)) >= 0:
            line = self._advert.text[self._blocks[button].start : self._blocks[button].end]
            return end, f"It goes before '{line}'."
        close = text.close()
        if close < len(self._blocks) and (end := text.end_above(close)) >= 0:
            line = self._advert.text[self._blocks[close].start : self._blocks[close].end]
            return end, f"It goes at the end of the text, above '{shorten(line, _QUOTED, placeholder=' ...')}'."
        # A first line is most often the job title, and nothing can go into the midst of a line.
        begins = 0 in text.telling or (self._applying is not None and self._applying.head == 0)
        because = ", as its first line says how to apply" if begins else ""
        return len(self._blocks) - 1, f"It goes at the end of the advert{because}."


def insert_statements(document: Document, choice: StatementChoice) -> tuple[Edit, ...]:
    """The edits of the source that put every chosen statement in its place.

    Args:
        document: the document that the choice was made for.
        choice: what `choose_statements` returned for it.

    Returns:
        edits in order, not overlapping; statements for one place are one insertion.
    """
    if not choice.chosen:
        return ()
    edits: list[Edit] = []
    together: dict[SourceOffset, list[ChosenStatement]] = {}
    for statement in choice.chosen:
        if statement.replaces:
            low, high = document.clean_span(*statement.replaces)
            if statement.start != statement.replaces[0]:  # it moves: the space that followed it goes, too
                edits.extend(document.edits(*clean(low, high + (document.text[high : high + 1] == " ")), ""))
            else:
                edits.extend(document.edits(low, high, statement.text))
        if not statement.replaces or statement.start != statement.replaces[0]:
            together.setdefault(statement.start, []).append(statement)
    for start, statements in together.items():
        # Blocks that begin after the place cannot be the one; the last of the others most likely is.
        count = bisect_right(document.blocks, document.clean_span(start, start)[0], key=lambda block: block.start)
        near = (*reversed(document.blocks[:count]), None)
        block = next(b for b in near if document.insertion(b, "x").start == start)
        edits.append(document.insertion(block, "\n".join(statement.text for statement in statements)))
    return tuple(sorted(edits, key=lambda edit: (edit.start, edit.end)))
