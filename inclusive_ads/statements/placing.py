"""Where a statement goes in an advert, and the edits that put it there."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from inclusive_ads.document import Block, Document
from inclusive_ads.report import ChosenStatement, Edit, StatementChoice
from inclusive_ads.statements.library import Hit, Library, plain

_TITLE_LONGEST = 60  # characters; a heading of an advert is shorter
_PROSE_SHORTEST = 20  # words; a shorter first paragraph is a field list or a greeting


class Layout:
    """An advert's sections, as far as statements need them."""

    def __init__(self, document: Document, apply_hits: list[Hit], library: Library) -> None:
        self._blocks = document.blocks
        self._text = document.text
        self._apply = apply_hits
        self._rules = library.sections.places
        self._names = library.heading_names
        heads = [index for index, block in enumerate(self._blocks) if self._is_heading(block)]
        self._sections = list(pairwise([*heads, len(self._blocks)]))

    def place(self, name: str) -> tuple[Block | None, str]:
        """The block after which a statement goes (None for the very top), and why there."""
        rule = self._rules[name]  # type: ignore[index]
        limit = self._start_of("application")
        for section in rule.after:
            found = self._end_of(section, limit if section != "application" else len(self._blocks))
            if found is not None:
                index, title = found
                return self._blocks[index], f"It goes at the end of '{title}'."
        for section in rule.before:
            start = self._start_of(section)
            if start < len(self._blocks):
                return self._before(start), f"It goes before '{self._title(start)}'."
        return self._without_headings(name)

    def applying(self, document: Document) -> int:
        """Source offset at which the part on how to apply begins (the end where there is none)."""
        index = self._start_of("application")
        return (
            document.span(self._blocks[index].start, self._blocks[index].end)[0]
            if index < len(self._blocks)
            else len(document.source)
        )

    def _is_heading(self, block: Block) -> bool:
        if block.kind == "heading":
            return True
        return block.kind == "paragraph" and block.end - block.start <= _TITLE_LONGEST and self._name(block) != ""

    def _name(self, block: Block) -> str:
        title = plain(self._text[block.start : block.end]).lstrip("0123456789.) ").rstrip(" :.-")
        return self._names.get(title, "")

    def _title(self, index: int) -> str:
        block = self._blocks[index]
        return self._text[block.start : block.end].rstrip(" :")

    def _start_of(self, section: str) -> int:
        """Index of the heading of a section, or the number of blocks where there is none."""
        starts = (start for start, _ in self._sections if self._name(self._blocks[start]) == section)
        return next(starts, len(self._blocks))

    def _end_of(self, section: str, limit: int) -> tuple[int, str] | None:
        """Last block of the first section of that name that says anything, before a limit."""
        for start, end in self._sections:
            if start < limit and end - start > 1 and self._name(self._blocks[start]) == section:
                return end - 1, self._title(start)
        return None

    def _before(self, index: int) -> Block | None:
        return self._blocks[index - 1] if index else None

    def _without_headings(self, name: str) -> tuple[Block | None, str]:
        last = len(self._blocks) - 1
        apply = (
            bisect_right(self._blocks, self._apply[0].start, key=lambda block: block.start) - 1
            if self._apply
            else last + 1
        )
        if name == "application":
            return self._blocks[min(apply, last)], "It goes beside how to apply."
        if name == "before-you-apply":
            index = apply if 0 < apply <= last else last + 1
            return self._before(index), "It goes before how to apply."
        for index, block in enumerate(self._blocks[:apply]):
            if block.kind == "paragraph" and self._text.count(" ", block.start, block.end) >= _PROSE_SHORTEST:
                return self._blocks[index], "It goes after the paragraph that describes the role."
        # A first line is most often the job title, so what follows it is the earliest place.
        index = apply if 0 < apply <= last else last + 1
        return self._before(index), "It goes before how to apply."


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
    together: dict[int, list[ChosenStatement]] = {}
    for statement in choice.chosen:
        if statement.replaces:
            low, high = document.clean_span(*statement.replaces)
            if statement.start != statement.replaces[0]:  # it moves: the space that followed it goes, too
                edits.extend(document.edits(low, high + (document.text[high : high + 1] == " "), ""))
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
