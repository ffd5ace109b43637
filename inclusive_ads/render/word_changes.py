"""The elements that tracked changes are in the XML of a Word document, and making such changes for good."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any  # lxml says nothing of its types

from lxml import etree

from inclusive_ads.render.word_looks import properties_like
from inclusive_ads.render.word_xml import inherited, xml_text
from inclusive_ads.text.readers.word_xml import SPACE, w

BLOCKS = tuple(w(name) for name in ("p", "tbl", "sdt", "altChunk"))
_NUMBERED = tuple(w(name) for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "bookmarkStart"))
_PARTS = re.compile("([\t\n])")


class Changes:
    """The changes of one writing.

    Args:
        roots: of the parts of the document; what is made has numbers that nothing in them has.
        author, when: go into each change; `when` as ``2026-01-31T09:00:00Z``.
    """

    def __init__(self, roots: Iterable[Any], author: str, when: str) -> None:
        self._roots = tuple(roots)
        self._made: list[Any] = []
        self._mark = {w("author"): xml_text(author), w("date"): when}
        numbers = (element.get(w("id"), "") for root in self._roots for element in root.iter(*_NUMBERED))
        self._last_number = max((int(number) for number in numbers if number.isdecimal()), default=0)

    def change(self, name: str) -> Any:
        """A new change of such a name, which stands nowhere yet."""
        change = etree.Element(w(name), {w("id"): self.number(), **self._mark})
        self._made.append(change)
        return change

    def number(self) -> str:
        """A number that nothing in the document has."""
        self._last_number += 1
        return str(self._last_number)

    def new_text(self, text: str, like: Any) -> Any:
        """An insertion of `text` that looks like a run."""
        insertion = self.change("ins")
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

    def track_mark(self, paragraph: Any, change: str) -> None:
        """Track a paragraph's mark as new ("ins") or removed ("del")."""
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
            mark.insert(1 if mark.find(w("ins")) is not None else 0, self.change(change))

    def give_mark(self, old: Any, new: Any) -> None:
        """Let a new last paragraph have the mark of the one before: its properties are that one's, changed."""
        given, own = properties_like(old), new.find(w("pPr"))
        if _same(given, own):
            return
        if own is None:
            own = etree.Element(w("pPr"))
            new.insert(0, own)
        change = self.change("pPrChange")
        change.append(etree.Element(w("pPr")) if given is None else given)
        own.append(change)

    def take_properties(self, paragraph: Any, model: Any) -> None:
        """Let a paragraph have the properties of one that is to be joined to it, as a change."""
        own, new = paragraph.find(w("pPr")), properties_like(model)
        if _same(properties_like(paragraph), new) or (own is not None and own.find(w("pPrChange")) is not None):
            return
        if own is None:
            own = etree.Element(w("pPr"))
            paragraph.insert(0, own)
        stay = [each for each in own if each.tag in (w("rPr"), w("sectPr"))]
        change = self.change("pPrChange")
        etree.SubElement(change, w("pPr")).extend([each for each in own if each not in stay])
        own[:] = [*([] if new is None else new), *stay, change]

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
        for paragraph in (each for root in self._roots for each in root.iter(w("p"))):
            if not is_followed(paragraph):
                continue
            before, after = paragraph[-1:], [each for each in _next(paragraph) if each.tag != w("pPr")][:1]
            if not (before and after and before[0].tag == after[0].tag and {*map(id, (*before, *after))} <= made):
                continue
            if paragraph.find(f"{w('pPr')}/{w('rPr')}/{before[0].tag}") is None:
                after[0].set(w("date"), later if before[0].get(w("date")) == when else when)


def is_followed(paragraph: Any) -> bool:
    """Whether a paragraph would be joined to another if its mark went."""
    following = None if paragraph is None else _next(paragraph)
    return following is not None and following.tag == w("p")


def _next(paragraph: Any) -> Any:
    return next(paragraph.itersiblings(*BLOCKS), None)


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
