"""Tracked changes in the XML of a Word document.

A run is cut where a change begins or ends, so that each run is wholly inside or outside of it. Then runs are wrapped
in a deletion, and the new text follows as an insertion that looks like the first run it replaces.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any  # lxml says nothing of its types

from lxml import etree

from inclusive_ads.render.word_looks import longest_run, model_for, properties_like
from inclusive_ads.render.word_xml import inherited, isolate, outside, split_run, twins, xml_text
from inclusive_ads.report import Edit
from inclusive_ads.text.readers.word_xml import SPACE, Atom, Paragraph, WordText, joins_next, w

_NUMBERED = tuple(w(name) for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "bookmarkStart"))
_SOMEBODY_ELSES = (w("ins"), w("moveTo"))  # text that is there but not accepted yet
_REMARKS = tuple(w(name) for name in ("commentRangeStart", "commentRangeEnd", "commentReference"))
_BLOCKS = tuple(w(name) for name in ("p", "tbl", "sdt", "altChunk"))
_PARTS = re.compile("([\t\n])")


class Revisions:
    """The tracked changes of one writing.

    Args:
        text: a Word document as read; its tree is changed.
        author, when: go into each change; `when` as ``2026-01-31T09:00:00Z``.
        kinds: the kind and level of new lines of which they are known.
    """

    def __init__(self, text: WordText, author: str, when: str, kinds: Mapping[str, tuple[str, int]]) -> None:
        self.text = text
        self._kinds = kinds
        self._made: list[Any] = []
        self._mark = {w("author"): xml_text(author), w("date"): when}
        self._starts = [paragraph.start for paragraph in text.paragraphs]
        roots = text.roots.values()
        numbers = (element.get(w("id"), "") for root in roots for element in root.iter(*_NUMBERED))
        self._last_number = max((int(number) for number in numbers if number.isdecimal()), default=0)
        self._fallbacks = [(box, twin, etree.tostring(box)) for root in roots for box, twin in twins(root)]

    def paragraph(self, offset: int) -> Paragraph:
        """The paragraph in which a place in the source stands."""
        return self.text.paragraphs[self._index(offset)]

    def _index(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def cut(self, offset: int) -> None:
        """See to it that no run has text on both sides of a place."""
        atoms = self.paragraph(offset).atoms
        index = bisect_right(atoms, offset, key=lambda atom: atom.start) - 1
        if index < 0 or offset >= atoms[index].end:
            return
        atom = atoms[index]
        if atom.start < offset:
            words = atom.node.text
            rest = deepcopy(atom.node)
            atom.node.text, rest.text = words[: offset - atom.start], words[offset - atom.start :]
            for node in (atom.node, rest):
                node.set(SPACE, "preserve")
            atom.node.addnext(rest)
            atoms.insert(index + 1, Atom(offset, atom.end, rest))
            atom.end = offset
            index += 1
        node = atoms[index].node
        if index and atoms[index - 1].node.getparent() is node.getparent():
            split_run(node)

    def runs(self, start: int, end: int) -> list[Any]:
        """The runs of the text between two places where runs were cut."""
        found: list[Any] = []
        for atom in self._atoms(start, end):
            run = atom.node.getparent()
            if not found or found[-1] is not run:
                found.append(run)
        return found

    def apply(self, edit: Edit) -> None:
        """Track one change: line by line where it takes in several, and what lines are left over new or removed.

        Paragraphs are only removed where another follows them: a cell, or what stands before a table, is emptied.
        """
        first, last = self._index(edit.start), self._index(edit.end)
        old = self.text.paragraphs[first : last + 1]
        lines = edit.text.split("\n")
        if len(lines) > len(old):
            lines = self._add(edit, old, lines)
        starts = [edit.start, *(each.start for each in old[1:])]
        ends = [*(each.end for each in old[:-1]), edit.end]
        texts = [*lines, *([""] * (len(old) - len(lines)))]
        for start, end, line in reversed(list(zip(starts, ends, texts, strict=True))):
            if start < end:
                self._replace(start, end, line)
            elif line:
                self._insert(start, line)
        if len(lines) < len(old):
            self._remove_marks(old[len(lines) - 1 :], whole=edit.end == old[-1].end)

    def _add(self, edit: Edit, old: Sequence[Paragraph], lines: list[str]) -> list[str]:
        """Make paragraphs of the lines for which there are none; give the others."""
        new = lines[len(old) :]
        if self._ends(old[-1], edit.end):
            self._add_paragraphs(self._anchor(edit.end), new)
            return lines[: len(old)]
        if edit.start == edit.end == old[0].start and self._begins(old[0]):
            self._add_before(edit.start, lines[:-1])
            return lines[-1:]
        return [*lines[: len(old) - 1], "\n".join(lines[len(old) - 1 :])]  # line breaks within a paragraph

    def _ends(self, paragraph: Paragraph, place: int) -> bool:
        """Whether a new paragraph can stand at a place: where one ends, with the text boxes that hang on it."""
        if any(each.after == place and each.anchor is not None for each in self.text.paragraphs):
            return True
        following = self.text.paragraphs[self._index(place) + 1 :][:1]
        boxes = (
            following and following[0].element is not None and paragraph.element in following[0].element.iterancestors()
        )
        return place == paragraph.end and paragraph.element is not None and not boxes

    @staticmethod
    def _begins(paragraph: Paragraph) -> bool:
        """Whether a paragraph stands for itself, and is no more joined to the one before it."""
        if paragraph.element is None:
            return paragraph.start == 0
        before = next(paragraph.element.itersiblings(*_BLOCKS, preceding=True), None)
        return before is None or before.tag != w("p") or not joins_next(before)

    def accept(self) -> None:
        """Make the changes for good."""
        for change in self._made:
            parent = change.getparent()
            if change.tag == w("pPrChange") or (change.tag == w("ins") and parent.tag == w("rPr")):
                parent.remove(change)
            elif parent.tag == w("rPr"):
                _join(next(change.iterancestors(w("p"))))
            else:
                for run in change if change.tag == w("ins") else ():
                    change.addprevious(run)
                parent.remove(change)

    def part_neighbours(self) -> None:
        """Give changes of one kind on either side of a paragraph's end two times.

        LibreOffice takes them for one change, with the end in it, unless more than a minute lies between them.
        """
        made = {*map(id, self._made)}
        when = self._mark[w("date")]
        later = (datetime.fromisoformat(when) + timedelta(minutes=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
        for paragraph in (each for root in self.text.roots.values() for each in root.iter(w("p"))):
            if not _is_followed(paragraph):
                continue
            before, after = paragraph[-1:], [each for each in _next(paragraph) if each.tag != w("pPr")][:1]
            if not (before and after and before[0].tag == after[0].tag and {*map(id, (*before, *after))} <= made):
                continue
            if paragraph.find(f"{w('pPr')}/{w('rPr')}/{before[0].tag}") is None:
                after[0].set(w("date"), later if before[0].get(w("date")) == when else when)

    def repeat_in_fallbacks(self) -> None:
        """Give text boxes in the form for older programs the changes of their newer twins."""
        for box, twin, before in self._fallbacks:
            if etree.tostring(box) == before:
                continue
            twin[:] = [deepcopy(child) for child in box]
            for remark in list(twin.iter(*_REMARKS)):
                remark.getparent().remove(remark)

    def _atoms(self, start: int, end: int) -> Iterable[Atom]:
        index = self._index(start)
        while index < len(self._starts) and self._starts[index] < end:
            atoms = self.text.paragraphs[index].atoms
            first = bisect_right(atoms, start, key=lambda atom: atom.end)
            for atom in atoms[first:]:
                if atom.start >= end:
                    break
                yield atom
            index += 1

    def _replace(self, start: int, end: int, text: str) -> None:
        atoms = list(self._atoms(start, end))
        for atom in atoms:
            isolate(atom.node)
        runs = self.runs(start, end)
        if not runs:
            return
        deletions: list[Any] = []
        for run in runs:
            if deletions and run.getprevious() is deletions[-1]:
                deletions[-1].append(run)
            else:
                deletion = self._change("del")
                run.addprevious(deletion)
                deletion.append(run)
                deletions.append(deletion)
        for atom in atoms:
            if atom.node.tag == w("t"):
                atom.node.tag = w("delText")
        if text:
            self._put_after(deletions[0], self._new_text(text, runs[0]))

    def _insert(self, place: int, text: str) -> None:
        paragraph = self.paragraph(place)
        before = [atom for atom in paragraph.atoms if atom.end <= place]
        if before:
            run = before[-1].node.getparent()
            self._put_after(outside(run), self._new_text(text, run))
        elif paragraph.atoms:
            run = paragraph.atoms[0].node.getparent()
            new = self._new_text(text, run)
            run = outside(run)
            (run.getparent() if run.getparent().tag in _SOMEBODY_ELSES else run).addprevious(new)
        else:
            paragraph.element.append(self._new_text(text, None))

    def _change(self, name: str) -> Any:
        change = etree.Element(w(name), {w("id"): self._number(), **self._mark})
        self._made.append(change)
        return change

    def _number(self) -> str:
        self._last_number += 1
        return str(self._last_number)

    def _new_text(self, text: str, like: Any) -> Any:
        """An insertion of `text` that looks like a run."""
        insertion = self._change("ins")
        run = etree.SubElement(insertion, w("r"))
        properties = None if like is None else like.find(w("rPr"))
        if properties is not None:
            run.append(inherited(properties))
        for part in _PARTS.split(xml_text(text)):
            if part in ("\t", "\n"):
                etree.SubElement(run, w("tab" if part == "\t" else "br"))
            elif part:
                node = etree.SubElement(run, w("t"), {SPACE: "preserve"})
                node.text = part
        return insertion

    def _put_after(self, element: Any, new: Any) -> None:
        """Put our insertion behind an element; an insertion of somebody else around it is parted in two."""
        parent = element.getparent()
        if parent.tag not in _SOMEBODY_ELSES:
            element.addnext(new)
            return
        following = list(element.itersiblings())
        parent.addnext(new)
        if following:
            rest = etree.Element(parent.tag, {**parent.attrib, w("id"): self._number()})
            rest.extend(following)
            new.addnext(rest)

    def _anchor(self, place: int) -> Any:
        """The element after which a new paragraph at a place goes: the outermost that ends there.

        Only a table whose last cell holds running text takes it in that cell.
        """
        anchors = [each.anchor for each in self.text.paragraphs if each.after == place and each.anchor is not None]
        if not anchors:
            return self.paragraph(place).element
        anchors.sort(key=lambda anchor: sum(1 for _ in anchor.iterancestors()))
        if anchors[0].tag != w("tbl"):
            return anchors[0]
        return next((each for each in anchors if each.tag == w("p") and each.getparent().tag == w("tc")), anchors[0])

    def _add_paragraphs(self, anchor: Any, lines: list[str]) -> None:
        new = [self._new_paragraph(line, anchor) for line in lines]
        # A tracked paragraph mark that is rejected joins its paragraph to the next one. Where no paragraph follows,
        # the mark before the new text is the new one, as when somebody presses Enter.
        last = anchor.tag == w("p") and not _is_followed(anchor)
        for paragraph in [anchor, *new[:-1]] if last else new:
            self.mark_inserted(paragraph)
        if last:
            self._give_mark(anchor, new[-1])
        for paragraph in reversed(new):
            anchor.addnext(paragraph)

    def _give_mark(self, old: Any, new: Any) -> None:
        """Let a new last paragraph have the mark of the one before: its properties are that one's, changed."""
        given, own = properties_like(old), new.find(w("pPr"))
        if _same(given, own):
            return
        if own is None:
            own = etree.Element(w("pPr"))
            new.insert(0, own)
        change = self._change("pPrChange")
        change.append(etree.Element(w("pPr")) if given is None else given)
        own.append(change)

    def _take_properties(self, paragraph: Any, model: Any) -> None:
        """Let a paragraph have the properties of one that is to be joined to it, as a change."""
        own, new = paragraph.find(w("pPr")), properties_like(model)
        if _same(properties_like(paragraph), new) or (own is not None and own.find(w("pPrChange")) is not None):
            return
        if own is None:
            own = etree.Element(w("pPr"))
            paragraph.insert(0, own)
        stay = [each for each in own if each.tag in (w("rPr"), w("sectPr"))]
        change = self._change("pPrChange")
        etree.SubElement(change, w("pPr")).extend([each for each in own if each not in stay])
        own[:] = [*([] if new is None else new), *stay, change]

    def _add_before(self, place: int, lines: list[str]) -> None:
        """Put new paragraphs before the one that begins at a place; at the very top before whatever is there."""
        anchor = self.paragraph(place).element
        if place == 0:
            anchor = next(self.text.root.find(w("body")).iterchildren(*_BLOCKS))
        for line in lines:
            new = self._new_paragraph(line, anchor)
            self.mark_inserted(new)
            anchor.addprevious(new)

    def _remove_marks(self, paragraphs: Sequence[Paragraph], *, whole: bool) -> None:
        """Let all text that is left of these paragraphs be one.

        Args:
            whole: nothing is left of those after the first: then it is their own marks that go, and the first stays.
        """
        if whole and _is_followed(paragraphs[-1].element):
            gone = paragraphs[1:]
        else:
            gone = paragraphs[:-1]
            if whole and _is_followed(paragraphs[-2].element):
                self._take_properties(paragraphs[-1].element, paragraphs[0].element)
        for each in gone:
            if _is_followed(each.element):
                self._track_mark(each.element, "del")

    def _new_paragraph(self, line: str, anchor: Any) -> Any:
        model = model_for(self.text.paragraphs, anchor, self._kinds.get(line))
        paragraph = etree.Element(w("p"))
        properties = None if model is None else properties_like(model.element)
        if properties is not None:
            paragraph.append(properties)
        if line:
            paragraph.append(self._new_text(line, None if model is None else longest_run(model)))
        return paragraph

    def mark_inserted(self, paragraph: Any) -> None:
        """Track a paragraph's mark as new."""
        self._track_mark(paragraph, "ins")

    def _track_mark(self, paragraph: Any, change: str) -> None:
        properties = paragraph.find(w("pPr"))
        if properties is None:
            properties = etree.Element(w("pPr"))
            paragraph.insert(0, properties)
        mark = properties.find(w("rPr"))
        if mark is None:
            mark = etree.Element(w("rPr"))
            # The schema has the mark's properties before these two only.
            later = [each for each in properties if each.tag in (w("sectPr"), w("pPrChange"))]
            if later:
                later[0].addprevious(mark)
            else:
                properties.append(mark)
        if mark.find(w(change)) is None:
            mark.insert(1 if mark.find(w("ins")) is not None else 0, self._change(change))


def _is_followed(paragraph: Any) -> bool:
    """Whether a paragraph would be joined to another if its mark went."""
    following = None if paragraph is None else _next(paragraph)
    return following is not None and following.tag == w("p")


def _next(paragraph: Any) -> Any:
    return next(paragraph.itersiblings(*_BLOCKS), None)


def _join(paragraph: Any) -> None:
    """Put what a paragraph holds before what the next one does, and remove it."""
    following = _next(paragraph)
    first = following.find(w("pPr"))
    for child in reversed([each for each in paragraph if each.tag != w("pPr")]):
        following.insert(0, child) if first is None else first.addnext(child)
    paragraph.getparent().remove(paragraph)


def _same(*elements: Any) -> bool:
    """Whether elements, any of which may be missing, say the same."""
    return len({b"" if each is None or len(each) == 0 else etree.tostring(each) for each in elements}) == 1
