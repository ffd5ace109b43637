"""Where a statement goes in an advert, and the edits that put it there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.analysis.sections import Section
from inclusive_ads.lexicon.shared import Place
from inclusive_ads.offsets import SourceOffset, clean
from inclusive_ads.report import ChosenStatement, Edit, StatementChoice
from inclusive_ads.statements.library import Hit, Library
from inclusive_ads.text.document import Block, Document

_PROSE_SHORTEST = 20  # words; a shorter first paragraph is a field list or a greeting


@dataclass(frozen=True, slots=True)
class _Part:
    """A section by its blocks: the one its heading stands in, and the last that lies whole in it (-1: none)."""

    section: Section
    first: int
    last: int


class Layout:
    """The places for statements in one advert.

    Args:
        advert: the advert.
        apply_hits: where it tells people to apply.
        library: the rules.
    """

    def __init__(self, advert: Advert, apply_hits: Iterable[Hit], library: Library) -> None:
        self._advert = advert
        self._document = advert.document
        # Nothing goes into a note, a header or a footer.
        self._blocks = tuple(block for block in advert.blocks if not block.beside)
        self._apply_hits = apply_hits
        self._rules = library.places

    @cached_property
    def _parts(self) -> list[_Part]:
        labelled = (field for field in self._advert.fields if not field.fact)
        sections = sorted((*self._advert.sections, *labelled), key=lambda section: section.start)
        return [self._part(section) for section in sections if section.place]

    def _part(self, section: Section) -> _Part:
        first = self._advert.number(section.start)
        last = bisect_right(self._blocks, section.end, key=lambda block: block.end) - 1
        has_text = last > first or (last == first and not section.own_line and self._starts_block(section))
        return _Part(section, first, last if has_text else -1)

    def _starts_block(self, section: Section) -> bool:
        return self._advert.block(section.start).start == section.start

    def _can_follow(self, index: int) -> bool:
        """Whether what is put after a block stands before the next one: within a table, say, it does not."""
        if index + 1 >= len(self._blocks):
            return True
        after = self._blocks[index + 1]
        return (
            self._document.insertion(self._blocks[index], "x").start <= self._document.span(after.start, after.end)[0]
        )

    @cached_property
    def _applying(self) -> _Part | None:
        return next((part for part in self._parts if part.section.place == "application"), None)

    @cached_property
    def _prose(self) -> int:
        """Index of the first full paragraph (the number of blocks where there is none)."""
        text = self._advert.text
        full = (
            index
            for index, block in enumerate(self._blocks)
            if block.kind == "paragraph" and text.count(" ", block.start, block.end) >= _PROSE_SHORTEST
        )
        return next(full, len(self._blocks))

    @cached_property
    def _apply_block(self) -> int:
        """Index of the block that tells people to apply (the number of blocks where there is none)."""
        # A closing date among the facts at the top tells when, not how.
        blocks = ((self._advert.number(hit.start), self._advert.field(hit.start)) for hit in self._apply_hits)
        return next((index for index, field in blocks if index > self._prose or not field), len(self._blocks))

    def applying(self) -> SourceOffset:
        """Source offset at which the part on how to apply begins (the end where there is none)."""
        if self._applying is None:
            return SourceOffset(len(self._document.source))
        return self._document.span(self._applying.section.start, self._applying.section.end)[0]

    def place(self, name: Place) -> tuple[Block | None, str]:
        """The block after which a statement goes (None for the very top), and why there."""
        rule = self._rules[name]
        limit = self._applying.first if self._applying and name != "application" else len(self._blocks)
        for place in rule.after:
            for part in self._parts:
                if part.section.place == place and 0 <= part.last < limit and self._can_follow(part.last):
                    return self._blocks[part.last], f"It goes at the end of '{part.section.title}'."
        for part in self._parts:
            if part.section.place in rule.before and (part.first or self._starts_block(part.section)):
                return self._before(part.first, part.section.own_line), f"It goes before '{part.section.title}'."
        return self._without_headings(name)

    def _before(self, index: int, own_line: bool = False) -> Block | None:
        """The nearest block above another after which a paragraph can go, not within a list; None for the very top."""
        while index and (
            not self._can_follow(index - 1)
            or (not own_line and self._blocks[index].kind == self._blocks[index - 1].kind == "item")
        ):
            index -= 1
        return self._blocks[index - 1] if index else None

    def _without_headings(self, name: Place) -> tuple[Block | None, str]:
        apply = self._apply_block
        is_below = 0 < apply < len(self._blocks)
        if name == "application" and apply < len(self._blocks) and self._can_follow(apply):
            return self._blocks[apply], "It goes beside how to apply."
        if name in ("role", "hours") and self._prose < apply and self._can_follow(self._prose):
            return self._blocks[self._prose], "It goes after the first full paragraph."
        if name != "application" and is_below:
            return self._before(apply), "It goes before how to apply."
        # A first line is most often the job title, and nothing can go into the midst of a line.
        begins = apply == 0 or (self._applying is not None and self._applying.first == 0)
        because = ", as its first line says how to apply" if begins else ""
        last = self._blocks[-1] if self._blocks else None
        return last, f"It goes at the end of the advert{because}."


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
