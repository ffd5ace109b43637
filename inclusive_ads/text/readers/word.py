"""Word documents: body, notes, page headers and footers, and text taken in from elsewhere; nothing that is deleted.

The source of such a document is its text, one line for each paragraph (an empty one too) and each line break. Every
stretch of it is known by the XML node it came from, so that the Word writer finds the same places again. What stands
beside the body comes after it: footnotes, endnotes, headers, footers.
"""

from __future__ import annotations

from itertools import chain
from typing import Any  # lxml says nothing of its types

from inclusive_ads.text.readers.cleaning import RUNNING, Cleaner, looks_like_heading
from inclusive_ads.text.readers.formats import Opened
from inclusive_ads.text.readers.inner import Line, too_long
from inclusive_ads.text.readers.package import Package
from inclusive_ads.text.readers.plain import marker_length
from inclusive_ads.text.readers.word_parts import Chunks, beside, not_read
from inclusive_ads.text.readers.word_styles import Styles
from inclusive_ads.text.readers.word_xml import (
    CHARACTERS,
    SPACE,
    Atom,
    Paragraph,
    WordText,
    is_closed,
    is_fixed,
    is_on,
    joins_next,
    nodes,
    w,
)

_ROWS = frozenset(w(name) for name in ("tr", "sdt", "sdtContent", "customXml"))
_XML_SPACE = " \t\r\n"
_BOLD_HEADING = 3


def read_word(data: bytes, limit: int, *, within: Chunks | None = None) -> WordText:
    """Read the text of a .docx file.

    Args:
        within: given where the file is a chunk of another: chunks of its own are then not read.

    Raises:
        InputError: damaged, unsafe or too long.
    """
    package = Package(data, within.allowance if within else None)
    part = package.main_part()
    text = WordText(package, part, {part: package.tree(part)})
    chunks = within or Chunks(limit, package.allowance, lambda inner: lines_of(read_word(inner, limit, within=chunks)))
    if within:
        chunks.count(package)
    reader = _Reader(text, Styles(package, part), limit, None if within else chunks)
    for body in text.root.iter(w("body")):
        reader.container(body)
        break
    for each in () if within else beside(text):
        reader.start(each.part, each.beside, each.reference)
        reader.container(each.element)
    text.source = "\n".join(reader.lines)
    text.not_read = [*not_read(text), *chunks.not_read]
    return text


def open_word(data: bytes, limit: int) -> Opened:
    """The text of a .docx file, and what adds its blocks.

    Raises:
        InputError: as `read_word`.
    """
    text = read_word(data, limit)
    return text.source, lambda _, cleaner: _add_blocks(text, cleaner)


def lines_of(text: WordText) -> list[Line]:
    """The blocks of a Word text as lines."""
    cleaner = Cleaner(text.source)
    _add_blocks(text, cleaner)
    return [Line(cleaner.text[each.start : each.end], each.kind, each.level) for each in cleaner.blocks]


def _add_blocks(text: WordText, cleaner: Cleaner) -> None:
    cleaner.not_read.extend(text.not_read)
    control: Any = None  # the fixed one that was last met
    for paragraph in text.paragraphs:
        cleaner.beside = paragraph.beside
        if paragraph.element is None:
            cleaner.fixed.append((paragraph.start, paragraph.end))
        for atom in paragraph.atoms:
            around = [each for each in atom.node.iterancestors(w("sdt")) if is_fixed(each)]
            if around and around[-1] is control:  # what stands between its lines is fixed, too
                cleaner.fixed[-1] = (cleaner.fixed[-1][0], atom.end)
            elif around:
                cleaner.fixed.append((atom.start, atom.end))
            control = around[-1] if around else None
        start = paragraph.start
        for line in text.source[start : paragraph.end].split("\n"):
            _add_line(paragraph, start, start + len(line), cleaner)
            start += len(line) + 1


def _add_line(paragraph: Paragraph, start: int, end: int, cleaner: Cleaner) -> None:
    kind, level = paragraph.kind, paragraph.level
    line = cleaner.plain[start:end]
    bare = line.lstrip()
    if kind in ("paragraph", "cell") and bare and paragraph.element is not None:
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
        is_on(atom.node.getparent().find(f"{w('rPr')}/{w('b')}"))
        for atom in paragraph.atoms
        if (atom.node.text or "").strip()
    )


class _Reader:
    def __init__(self, text: WordText, styles: Styles, limit: int, chunks: Chunks | None) -> None:
        self.text = text
        self.styles = styles
        self.limit = limit
        self.chunks = chunks
        self.lines: list[str] = []
        self.position = 0
        self.start(text.part)

    def start(self, part: str, beside: str = "", reference: Any = None) -> None:
        """Begin to read from a part of the file."""
        self.part, self.beside, self.reference = part, beside, reference

    def container(self, element: Any) -> None:
        """Read the paragraphs and tables in a body, cell, note or text box."""
        joined: list[Any] = []
        for child in element:
            if child.tag == w("p"):
                joined.append(child)
                if not joins_next(child):
                    self._paragraph(joined)
                    joined = []
            elif child.tag == w("tbl"):
                self._table(child)
            elif child.tag in (w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo")):
                first = len(self.text.paragraphs)
                self.container(child)
                # A control of one paragraph is made for that: what is new stands outside.
                if is_closed(child) or (child.tag == w("sdt") and len(self.text.paragraphs) == first + 1):
                    self._put_after(first, child)
            elif child.tag == w("altChunk") and self.chunks:
                self._chunk(child, self.chunks)

    def _table(self, table: Any) -> None:
        first = len(self.text.paragraphs)
        self._rows(table)
        waiting = [paragraph for paragraph in self.text.paragraphs[first:] if paragraph.anchor is None]
        for paragraph in waiting:
            paragraph.after, paragraph.anchor = self._end(), table

    def _put_after(self, first: int, element: Any) -> None:
        """Note that a new paragraph after one read since `first` goes behind the whole of an element."""
        for paragraph in self.text.paragraphs[first:]:
            paragraph.after, paragraph.anchor = self._end(), element

    def _rows(self, element: Any) -> None:
        for child in element:
            deleted = child.find(f"{w('trPr')}/{w('del')}") is not None
            if child.tag in _ROWS and not deleted:
                first = len(self.text.paragraphs)
                self._rows(child)
                if is_closed(child):
                    for paragraph in self.text.paragraphs[first:]:
                        paragraph.anchor = None
            elif child.tag == w("tc"):
                first = len(self.text.paragraphs)
                self.container(child)
                inside = self.text.paragraphs[first:]
                # A cell of several paragraphs is a page layout; one of a single paragraph is a cell.
                if sum(each.end > each.start for each in inside) <= 1:
                    for paragraph in inside:
                        paragraph.kind, paragraph.level = "cell", 0
                        if paragraph.end - paragraph.start < RUNNING:  # a label or a value: nothing goes beside it
                            paragraph.anchor = None

    def _chunk(self, element: Any, chunks: Chunks) -> None:
        first = len(self.text.paragraphs)
        for line in chunks.lines(self.text.package, self.part, element):
            self._add(line.text, Paragraph(None, 0, 0, [], line.kind, line.level, self.part))
        self._put_after(first, element)

    def _paragraph(self, elements: list[Any]) -> None:
        atoms: list[Atom] = []
        boxes: list[Any] = []
        parts: list[str] = []
        position = self.position
        for node in chain.from_iterable(nodes(element, boxes) for element in elements):
            if node.tag == w("t") and node.get(SPACE) != "preserve":
                node.text = (node.text or "").strip(_XML_SPACE)  # as Word shows it
            piece = (node.text or "") if node.tag == w("t") else CHARACTERS[node.tag]
            if piece:
                atoms.append(Atom(position, position + len(piece), node))
                parts.append(piece)
                position += len(piece)
        paragraph = Paragraph(elements[-1], 0, 0, atoms, *self.styles.kind(elements[-1]), self.part)
        self._add("".join(parts), paragraph)
        for box in boxes:
            self.container(box)
        paragraph.after = self._end()
        paragraph.anchor = elements[-1]

    def _add(self, line: str, paragraph: Paragraph) -> None:
        paragraph.start, paragraph.end = self.position, self.position + len(line)
        paragraph.beside, paragraph.reference = self.beside, self.reference
        if paragraph.end > self.limit:
            raise too_long(self.limit)
        self.lines.append(line)
        self.position = paragraph.end + 1
        self.text.paragraphs.append(paragraph)

    def _end(self) -> int:
        return self.position - 1
