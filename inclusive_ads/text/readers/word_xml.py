"""The XML of Word documents: names, the nodes that stand for characters, and what was read of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any  # lxml says nothing of its types

from lxml import etree

from inclusive_ads.not_read import NotRead
from inclusive_ads.text.readers.package import Package

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def w(name: str) -> str:
    """The full name of a WordprocessingML element or attribute."""
    return f"{{{NAMESPACE}}}{name}"


def mc(name: str) -> str:
    """The full name of a markup-compatibility element."""
    return f"{{{_COMPATIBILITY}}}{name}"


def r(name: str) -> str:
    """The full name of an attribute that names a relation."""
    return f"{{{_RELATIONS}}}{name}"


CHARACTERS = {
    w("tab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\u00ad",
}
_TRANSPARENT = frozenset(
    w(name)
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo")
)
_DELETED = (w("del"), w("moveFrom"))
_BLOCKS = tuple(w(name) for name in ("p", "tbl", "sdt", "customXml", "ins", "moveTo", "altChunk", "sectPr"))
_OFF = ("0", "false", "off")
_LOCKED = ("contentLocked", "sdtContentLocked")
# Controls that hold one value, data from elsewhere or what Word makes (contents), by their names in any namespace.
_FIXED = frozenset(("bibliography", "checkbox", "citation", "comboBox", "dataBinding", "date", "docPartList"))
_FIXED |= frozenset(("docPartObj", "dropDownList", "equation", "group", "picture", "showingPlcHdr"))
_CLOSED = _FIXED | {"text"}


@dataclass(slots=True)
class Atom:
    """Text of one node inside a run: ``source[start:end]``."""

    start: int
    end: int
    node: Any


@dataclass(slots=True)
class Paragraph:
    """One paragraph element and its text.

    Attributes:
        element: the last one, where deleted paragraph marks join several; None of text that a chunk holds.
        start, end: in the source.
        after: where in the source a new paragraph after this one stands (behind its text boxes, or its table).
        anchor: the element that a new paragraph follows.
        part: the part of the file that it stands in.
        beside: as `Block.beside`.
        reference: the run of the body that a note belongs to.
    """

    element: Any
    start: int
    end: int
    atoms: list[Atom]
    kind: str
    level: int
    part: str
    after: int = 0
    anchor: Any = None
    beside: str = ""
    reference: Any = None


@dataclass(slots=True)
class WordText:
    """What was read of a Word document.

    Attributes:
        part: name of the main part.
        roots: of the parts that were read, by name; the main part first.
    """

    package: Package
    part: str
    roots: dict[str, Any]
    source: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)

    @property
    def root(self) -> Any:
        """The root of the main part."""
        return self.roots[self.part]


def is_on(element: Any) -> bool:
    """Whether a switch (bold, hidden) is there and not turned off."""
    return element is not None and element.get(w("val")) not in _OFF


def is_deleted(element: Any) -> bool:
    """Whether an element stands in a deletion that is tracked."""
    return next(element.iterancestors(*_DELETED), None) is not None


def joins_next(paragraph: Any) -> bool:
    """Whether a paragraph's mark is deleted, so that the paragraph behind it goes on with its text."""
    if not any(paragraph.find(f"{w('pPr')}/{w('rPr')}/{name}") is not None for name in _DELETED):
        return False
    following = next(paragraph.itersiblings(*_BLOCKS), None)
    return following is not None and following.tag == w("p")


def is_hidden(run: Any) -> bool:
    """Whether a run is hidden text."""
    properties = run.find(w("rPr"))
    return properties is not None and is_on(properties.find(w("vanish")))


def is_closed(element: Any) -> bool:
    """Whether an element is a content control that takes no new paragraph: fixed, or made for a few words."""
    return _is_control(element, _CLOSED)


def is_fixed(element: Any) -> bool:
    """Whether an element is a content control whose text is not for typing: locked, a list, bound, made by Word."""
    return _is_control(element, _FIXED)


def _is_control(element: Any, kinds: Collection[str]) -> bool:
    properties = element.find(w("sdtPr")) if element.tag == w("sdt") else None
    if properties is None:
        return False
    lock = properties.find(w("lock"))
    if lock is not None and lock.get(w("val")) in _LOCKED:
        return True
    return any(etree.QName(each).localname in kinds for each in properties if isinstance(each.tag, str))


def nodes(element: Any, boxes: list[Any]) -> Iterator[Any]:
    """The nodes of a paragraph that stand for characters, in order; text boxes are put in `boxes`."""
    for child in element:
        if child.tag == w("r"):
            if is_hidden(child):
                continue
            for node in child:
                if node.tag == w("t") or node.tag in CHARACTERS:
                    yield node
                elif node.tag in (w("drawing"), w("pict"), w("object"), mc("AlternateContent")):
                    boxes.extend(_boxes(node))
        elif child.tag in _TRANSPARENT:
            yield from nodes(child, boxes)


def _boxes(element: Any) -> Iterator[Any]:
    """The text boxes in a drawing; of alternatives for newer and older programs the first."""
    if element.tag == w("txbxContent"):
        yield element
    elif element.tag == mc("AlternateContent"):
        if len(element):
            yield from _boxes(element[0])
    else:
        for child in element:
            yield from _boxes(child)
