"""What the paragraph styles of a Word document say about headings and lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any  # lxml says nothing of its types

from inclusive_ads.text.readers.package import Package
from inclusive_ads.text.readers.word_xml import w

_DEEPEST = 20  # styles, each based on the one before; Word itself stops at eleven


class Styles:
    """What the paragraph styles say about headings and lists."""

    def __init__(self, package: Package, part: str) -> None:
        self._styles: dict[str, Any] = {}
        name = part.rsplit("/", 1)[0] + "/styles.xml"
        if name in package.names():
            for style in package.tree(name).iter(w("style")):
                self._styles[style.get(w("styleId"), "")] = style

    def kind(self, paragraph: Any) -> tuple[str, int]:
        """The kind and level of a paragraph by its own properties and its style."""
        properties = paragraph.find(w("pPr"))
        if properties is None:
            return "paragraph", 0
        numbering = properties.find(w("numPr"))
        outline = properties.find(w("outlineLvl"))
        style = properties.find(w("pStyle"))
        for found in self._ancestry("" if style is None else style.get(w("val"), "")):
            name_element = found.find(w("name"))
            name = "" if name_element is None else str(name_element.get(w("val"), "")).lower()
            if name in ("title", "subtitle"):
                return "heading", 1 if name == "title" else 2
            if name.startswith("heading ") and name[8:9].isdigit():
                return "heading", min(6, max(1, int(name[8])))
            if name.startswith(("toc ", "table of ")) and name != "toc heading":
                return "item", 1  # a line of a contents list heads nothing
            own = found.find(w("pPr"))
            if own is not None:
                numbering = own.find(w("numPr")) if numbering is None else numbering
                outline = own.find(w("outlineLvl")) if outline is None else outline
        if outline is not None and (level := _number(outline)) < 6:
            return "heading", level + 1
        if numbering is not None and _number(numbering.find(w("numId"))) != 0:
            level_element = numbering.find(w("ilvl"))
            return "item", 1 if level_element is None else min(9, _number(level_element) + 1)
        return "paragraph", 0

    def _ancestry(self, name: str) -> Iterator[Any]:
        seen: set[str] = set()
        while name in self._styles and name not in seen and len(seen) < _DEEPEST:
            seen.add(name)
            style = self._styles[name]
            yield style
            parent = style.find(w("basedOn"))
            name = "" if parent is None else str(parent.get(w("val"), ""))


def _number(element: Any) -> int:
    value = "" if element is None else str(element.get(w("val"), ""))
    return int(value) if value.isdecimal() and len(value) < 9 else 9
