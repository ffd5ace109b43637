"""Tracked changes in the XML of a Word document.

A run is cut where a change begins or ends, so that each run is wholly inside or outside of it. Then runs are wrapped
in a deletion, and the new text follows as an insertion that looks like the first run it replaces.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from copy import deepcopy
from typing import Any  # lxml says nothing of its types

from lxml import etree

from inclusive_ads.render.word_looks import longest_run, properties_like, running_text
from inclusive_ads.render.word_xml import inherited, isolate, split_run, twins, xml_text
from inclusive_ads.report import Edit
from inclusive_ads.text.readers.word_xml import SPACE, Atom, Paragraph, WordText, w

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
    """

    def __init__(self, text: WordText, author: str, when: str) -> None:
        self.text = text
        self._mark = {w("author"): xml_text(author), w("date"): when}
        self._starts = [paragraph.start for paragraph in text.paragraphs]
        roots = text.roots.values()
        numbers = (element.get(w("id"), "") for root in roots for element in root.iter(*_NUMBERED))
        self._last_number = max((int(number) for number in numbers if number.isdecimal()), default=0)
        self._fallbacks = [(box, twin, etree.tostring(box)) for root in roots for box, twin in twins(root)]

    def paragraph(self, offset: int) -> Paragraph:
        """The paragraph in which a place in the source stands."""
        return self.text.paragraphs[max(0, bisect_right(self._starts, offset) - 1)]

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
        """Track one change."""
        if edit.start < edit.end:
            self._replace(edit)
        elif edit.text.startswith("\n"):
            self._add_paragraphs(self._anchor(edit.start), edit.text[1:].split("\n"))
        elif edit.text.endswith("\n") and edit.start == 0:
            self._add_first(edit.text.strip("\n").split("\n"))
        elif edit.text:
            self._insert(edit)

    def repeat_in_fallbacks(self) -> None:
        """Give text boxes in the form for older programs the changes of their newer twins."""
        for box, twin, before in self._fallbacks:
            if etree.tostring(box) == before:
                continue
            twin[:] = [deepcopy(child) for child in box]
            for remark in list(twin.iter(*_REMARKS)):
                remark.getparent().remove(remark)

    def _atoms(self, start: int, end: int) -> Iterable[Atom]:
        index = max(0, bisect_right(self._starts, start) - 1)
        while index < len(self._starts) and self._starts[index] < end:
            atoms = self.text.paragraphs[index].atoms
            first = bisect_right(atoms, start, key=lambda atom: atom.end)
            for atom in atoms[first:]:
                if atom.start >= end:
                    break
                yield atom
            index += 1

    def _replace(self, edit: Edit) -> None:
        atoms = list(self._atoms(edit.start, edit.end))
        for atom in atoms:
            isolate(atom.node)
        runs = self.runs(edit.start, edit.end)
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
        if edit.text:
            self._put_after(deletions[0], self._new_text(edit.text, runs[0]))
        else:
            self._delete_empty(self.paragraph(edit.start), edit)

    def _insert(self, edit: Edit) -> None:
        paragraph = self.paragraph(edit.start)
        before = [atom for atom in paragraph.atoms if atom.end <= edit.start]
        if before:
            run = before[-1].node.getparent()
            self._put_after(run, self._new_text(edit.text, run))
        elif paragraph.atoms:
            run = paragraph.atoms[0].node.getparent()
            new = self._new_text(edit.text, run)
            (run.getparent() if run.getparent().tag in _SOMEBODY_ELSES else run).addprevious(new)
        else:
            paragraph.element.append(self._new_text(edit.text, None))

    def _change(self, name: str) -> Any:
        return etree.Element(w(name), {w("id"): self._number(), **self._mark})

    def _number(self) -> str:
        self._last_number += 1
        return str(self._last_number)

    def _new_text(self, text: str, like: Any, *, marked: bool = True) -> Any:
        """An insertion of `text` that looks like a run; with `marked` false not highlighted as it may be."""
        insertion = self._change("ins")
        run = etree.SubElement(insertion, w("r"))
        properties = None if like is None else like.find(w("rPr"))
        if properties is not None:
            run.append(inherited(properties))
            for mark in [] if marked else run[0].findall(w("highlight")):
                run[0].remove(mark)
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
        model = running_text(self.text.paragraphs, anchor)
        new = [self._new_paragraph(line, model) for line in lines]
        # A tracked paragraph mark that is rejected joins its paragraph to the next one. Behind the last paragraph
        # there is none: there the mark before the new text is the new one, as when somebody presses Enter.
        last = next(anchor.itersiblings(*_BLOCKS), None) is None and anchor.tag == w("p")
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
        change = etree.SubElement(own, w("pPrChange"), {w("id"): self._number(), **self._mark})
        change.append(etree.Element(w("pPr")) if given is None else given)

    def _add_first(self, lines: list[str]) -> None:
        body = self.text.root.find(w("body"))
        first = next(body.iterchildren(*_BLOCKS))
        model = running_text(self.text.paragraphs, first)
        for line in lines:
            new = self._new_paragraph(line, model)
            self.mark_inserted(new)
            first.addprevious(new)

    def _new_paragraph(self, line: str, model: Paragraph | None) -> Any:
        paragraph = etree.Element(w("p"))
        properties = None if model is None else properties_like(model.element)
        if properties is not None:
            paragraph.append(properties)
        if line:
            paragraph.append(self._new_text(line, None if model is None else longest_run(model), marked=False))
        return paragraph

    def _delete_empty(self, paragraph: Paragraph, edit: Edit) -> None:
        """Let a paragraph that loses all its text go with it, where the next one looks alike and can take its place."""
        following = next(paragraph.element.itersiblings(*_BLOCKS), None)
        alone = edit.start <= paragraph.atoms[0].start and paragraph.atoms[-1].end <= edit.end
        if not alone or following is None or following.tag != w("p"):
            return
        if _same(properties_like(paragraph.element), properties_like(following)):
            self._mark_paragraph(paragraph.element, "del")

    def mark_inserted(self, paragraph: Any) -> None:
        """Track a paragraph's mark as new."""
        self._mark_paragraph(paragraph, "ins")

    def _mark_paragraph(self, paragraph: Any, change: str) -> None:
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
            mark.insert(0, self._change(change))


def _same(*elements: Any) -> bool:
    """Whether elements, any of which may be missing, say the same."""
    return len({b"" if each is None or len(each) == 0 else etree.tostring(each) for each in elements}) == 1
