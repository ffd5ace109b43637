"""Word documents: paragraphs, lists, tables, text boxes, links and insertions; what is marked as deleted is not read.

The source of such a document is its text, one line for each paragraph (an empty one too) and each line break. Every
stretch of it is known by the XML node it came from, so that the Word writer finds the same places again.

Longer than 300 lines: one walk over one tree, whose steps share what has been read so far.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any  # lxml says nothing of its types

from inclusive_ads.errors import InputError
from inclusive_ads.text.readers.cleaning import Cleaner, looks_like_heading
from inclusive_ads.text.readers.formats import Opened
from inclusive_ads.text.readers.package import Package
from inclusive_ads.text.readers.plain import marker_length

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def w(name: str) -> str:
    """The full name of a WordprocessingML element or attribute."""
    return f"{{{NAMESPACE}}}{name}"


def mc(name: str) -> str:
    """The full name of a markup-compatibility element."""
    return f"{{{_COMPATIBILITY}}}{name}"


_CHARACTERS = {
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
_ROWS = frozenset(w(name) for name in ("tr", "sdt", "sdtContent", "customXml"))
_XML_SPACE = " \t\r\n"
_OFF = ("0", "false", "off")
_BOLD_HEADING = 3


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
        start, end: in the source.
        after: where in the source a new paragraph after this one stands (behind its text boxes, or its table).
        anchor: the element that a new paragraph follows.
    """

    element: Any
    start: int
    end: int
    atoms: list[Atom]
    kind: str
    level: int
    after: int = 0
    anchor: Any = None


@dataclass(slots=True)
class WordText:
    """What was read of the main part of a Word document."""

    package: Package
    part: str
    root: Any
    source: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)


def read_word(data: bytes, limit: int) -> WordText:
    """Read the text of a .docx file.

    Raises:
        InputError: damaged, unsafe or too long.
    """
    package = Package(data)
    part = package.main_part()
    text = WordText(package, part, package.tree(part))
    reader = _Reader(text, _Styles(package, part), limit)
    for body in text.root.iter(w("body")):
        reader.container(body)
        break
    text.source = "\n".join(reader.lines)
    return text


def open_word(data: bytes, limit: int) -> Opened:
    """The text of a .docx file, and what adds its blocks.

    Raises:
        InputError: as `read_word`.
    """
    text = read_word(data, limit)
    return text.source, lambda _, cleaner: _add_blocks(text, cleaner)


def _add_blocks(text: WordText, cleaner: Cleaner) -> None:
    for paragraph in text.paragraphs:
        start = paragraph.start
        for line in text.source[start : paragraph.end].split("\n"):
            _add_line(paragraph, start, start + len(line), cleaner)
            start += len(line) + 1


def _add_line(paragraph: Paragraph, start: int, end: int, cleaner: Cleaner) -> None:
    kind, level = paragraph.kind, paragraph.level
    line = cleaner.plain[start:end]
    bare = line.lstrip()
    if kind in ("paragraph", "cell") and bare:
        length = marker_length(bare)
        if length:
            kind, level = "item", 1
            start += len(line) - len(bare) + length
        elif kind == "paragraph" and (looks_like_heading(bare.rstrip()) or _all_bold(paragraph, bare)):
            kind, level = "heading", _BOLD_HEADING
    cleaner.add(start, end)
    if cleaner.open:
        cleaner.after[len(cleaner.blocks)] = (paragraph.after, "")
    cleaner.close(kind, level)


def _all_bold(paragraph: Paragraph, text: str) -> bool:
    if len(text) > 80 or text.rstrip()[-1:] in (".", ",", ";", "!"):
        return False
    return all(
        _is_on(atom.node.getparent().find(f"{w('rPr')}/{w('b')}"))
        for atom in paragraph.atoms
        if (atom.node.text or "").strip()
    )


def _is_on(element: Any) -> bool:
    return element is not None and element.get(w("val")) not in _OFF


class _Styles:
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
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            yield style
            parent = style.find(w("basedOn"))
            name = "" if parent is None else str(parent.get(w("val"), ""))


def _number(element: Any) -> int:
    value = "" if element is None else str(element.get(w("val"), ""))
    return int(value) if value.isdecimal() and len(value) < 9 else 9


class _Reader:
    def __init__(self, text: WordText, styles: _Styles, limit: int) -> None:
        self.text = text
        self.styles = styles
        self.limit = limit
        self.lines: list[str] = []
        self.position = 0
        self.tables = 0  # open ones

    def container(self, element: Any) -> None:
        """Read the paragraphs and tables in a body, cell or text box."""
        for child in element:
            if child.tag == w("p"):
                self._paragraph(child)
            elif child.tag == w("tbl"):
                self._table(child)
            elif child.tag in (w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo")):
                self.container(child)

    def _table(self, table: Any) -> None:
        first = len(self.text.paragraphs)
        self._rows(table)
        for paragraph in self.text.paragraphs[first:]:
            if paragraph.kind == "cell" and paragraph.anchor is None:
                paragraph.after = self._end()
                paragraph.anchor = table

    def _rows(self, element: Any) -> None:
        for child in element:
            deleted = child.find(f"{w('trPr')}/{w('del')}") is not None
            if child.tag in _ROWS and not deleted:
                self._rows(child)
            elif child.tag == w("tc"):
                first = len(self.text.paragraphs)
                self.container(child)
                inside = self.text.paragraphs[first:]
                # A cell of several paragraphs is a page layout; one of a single paragraph is a cell.
                if sum(each.end > each.start for each in inside) <= 1:
                    for paragraph in inside:
                        paragraph.kind, paragraph.level, paragraph.anchor = "cell", 0, None

    def _paragraph(self, element: Any) -> None:
        atoms: list[Atom] = []
        boxes: list[Any] = []
        parts: list[str] = []
        start = position = self.position
        for node in _nodes(element, boxes):
            if node.tag == w("t") and node.get(SPACE) != "preserve":
                node.text = (node.text or "").strip(_XML_SPACE)  # as Word shows it
            piece = (node.text or "") if node.tag == w("t") else _CHARACTERS[node.tag]
            if piece:
                atoms.append(Atom(position, position + len(piece), node))
                parts.append(piece)
                position += len(piece)
        if position > self.limit:
            raise InputError(
                f"The advert has more than {self.limit:,} characters, the most that is read.",
                "Check one advert at a time, without attachments.",
                code="too-long",
            )
        self.lines.append("".join(parts))
        self.position = position + 1
        kind, level = self.styles.kind(element)
        paragraph = Paragraph(element, start, position, atoms, kind, level)
        self.text.paragraphs.append(paragraph)
        for box in boxes:
            self.container(box)
        paragraph.after = self._end()
        paragraph.anchor = element

    def _end(self) -> int:
        return self.position - 1


def _nodes(element: Any, boxes: list[Any]) -> Iterator[Any]:
    """The nodes of a paragraph that stand for characters, in order; text boxes are put in `boxes`."""
    for child in element:
        if child.tag == w("r"):
            properties = child.find(w("rPr"))
            if properties is not None and _is_on(properties.find(w("vanish"))):
                continue
            for node in child:
                if node.tag == w("t") or node.tag in _CHARACTERS:
                    yield node
                elif node.tag in (w("drawing"), w("pict"), w("object"), mc("AlternateContent")):
                    boxes.extend(_boxes(node))
        elif child.tag in _TRANSPARENT:
            yield from _nodes(child, boxes)


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
