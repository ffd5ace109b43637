"""What a Word file holds beside its body: notes, headers and footers, chunks of other files, what is not read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any  # lxml says nothing of its types

from inclusive_ads.errors import InputError
from inclusive_ads.not_read import NotRead
from inclusive_ads.text.readers.archive import MOST_UNPACKED
from inclusive_ads.text.readers.files import MOST_BYTES, find_format
from inclusive_ads.text.readers.inner import Line, decode_inner, read_inner
from inclusive_ads.text.readers.package import Package
from inclusive_ads.text.readers.word_xml import WordText, is_deleted, is_hidden, is_on, r, w
from inclusive_ads.text.readers.xml_parts import Allowance

_NOTES = ("footnote", "endnote")
_MARGINS = ("header", "footer")
_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_FIELDS = (w("ffData"), w("dropDownList"), w("comboBox"), _WORD_2010 + "checkbox")
_BY_RELATION = {
    "image": "pictures",
    "chart": "charts",
    "chartEx": "charts",
    "diagramData": "diagrams",
    "oleObject": "embedded-files",
    "package": "embedded-files",
    "control": "form-fields",
}


@dataclass(frozen=True, slots=True)
class Beside:
    """A note, or a page header or footer; `element` holds its paragraphs."""

    part: str
    beside: str
    element: Any
    reference: Any = None


def beside(text: WordText) -> Iterator[Beside]:
    """All that is shown beside the body: footnotes, endnotes, headers, footers; their roots are added to the text's."""
    related = {each.id: each for each in text.package.related(text.part)}
    for kind in _NOTES:
        references = {
            each.get(w("id")): each.getparent()
            for each in text.root.iter(w(f"{kind}Reference"))
            if not is_deleted(each)
        }
        parts = [each.part for each in related.values() if each.kind == f"{kind}s"]
        for part in parts if references else ():
            for note in _root(text, part).iterchildren(w(kind)):
                if note.get(w("id")) in references:
                    yield Beside(part, kind, note, references[note.get(w("id"))])
    settings = next((each.part for each in related.values() if each.kind == "settings"), "")
    even = bool(settings) and is_on(text.package.tree(settings).find(w("evenAndOddHeaders")))
    for kind in _MARGINS:
        shown: dict[str, None] = {}
        for section in text.root.iter(w("sectPr")):
            for reference in section.iterchildren(w(f"{kind}Reference")):
                found = related.get(reference.get(r("id"), ""))
                where = reference.get(w("type"), "default")
                first = where == "first" and not is_on(section.find(w("titlePg")))
                if found and found.kind == kind and not first and (where != "even" or even):
                    shown[found.part] = None
        for part in shown:
            yield Beside(part, kind, _root(text, part))


def _root(text: WordText, part: str) -> Any:
    if part not in text.roots:
        text.roots[part] = text.package.tree(part)
    return text.roots[part]


def not_read(text: WordText) -> Iterator[NotRead]:
    """What the file holds beside what was read of it; chunks apart."""
    package = text.package
    found: dict[str, set[str]] = {}
    for part in text.roots:
        for relation in package.related(part):
            if code := _BY_RELATION.get(relation.kind):
                found.setdefault(code, set()).add(relation.part)
            elif relation.kind == "comments":
                count = sum(1 for _ in package.tree(relation.part).iter(w("comment")))
                yield NotRead(code="comments", count=count)
    yield from (NotRead(code=code, count=len(parts)) for code, parts in found.items())
    roots = text.roots.values()
    yield NotRead(code="form-fields", count=sum(1 for root in roots for _ in root.iter(*_FIELDS)))
    hidden = {run.getparent() for root in roots for run in root.iter(w("r")) if is_hidden(run) and _has_text(run)}
    yield NotRead(code="hidden-text", count=len(hidden))
    yield NotRead(code="outside-parts", count=package.outside)


def _has_text(run: Any) -> bool:
    return any((node.text or "").strip() for node in run.iterchildren(w("t")))


@dataclass(slots=True)
class Chunks:
    """The chunks of a Word file: whole files in it whose text is shown in its place (`w:altChunk`).

    Attributes:
        limit: the most characters to read.
        allowance: what may still be parsed of the whole file.
        read_docx: the lines of a chunk that is a Word file itself.
        not_read: the chunks that could not be read.
        packed: bytes of all that were read, each as often as it was.
        unpacked: bytes of all Word files among them, so that many small ones are no way round the bounds of one.
    """

    limit: int
    allowance: Allowance
    read_docx: Callable[[bytes], list[Line]]
    not_read: list[NotRead] = field(default_factory=list)
    packed: int = 0
    unpacked: int = 0

    def lines(self, package: Package, part: str, element: Any) -> list[Line]:
        """The lines of one chunk; none where it cannot be read.

        Raises:
            InputError: it is too long or unsafe.
        """
        name = next((each.part for each in package.related(part) if each.id == element.get(r("id"), "")), "")
        try:
            found = self._lines(self._read(package, name), name) if name else []
        except InputError as error:
            if error.code in ("too-long", "unsafe"):
                raise
            found = []
        if not found:
            self.not_read.append(
                NotRead(code="embedded-files", count=1, names=(name.rpartition("/")[2],) if name else ())
            )
        return found

    def _read(self, package: Package, name: str) -> bytes:
        data = package.read(name)
        self.packed += len(data)
        if self.packed > MOST_BYTES:
            raise package.too_large()
        return data

    def _lines(self, data: bytes, name: str) -> list[Line]:
        known = find_format(data, name)
        if known.name == "docx":
            return self.read_docx(data)
        if known.name == "eml":  # a web archive: a page and its pictures in the form of an e-mail
            from inclusive_ads.text.readers.mail import read_mail

            return read_mail(data, self.limit)[0]
        if not known.is_text:
            return []
        inner = read_inner(decode_inner(data, "", self.limit), "html" if known.name == "html" else "text", self.limit)
        self.not_read.extend(inner.not_read)
        return list(inner.lines)

    def count(self, package: Package) -> None:
        """Note how large a chunk is when unpacked.

        Raises:
            InputError: all together are too large.
        """
        self.unpacked += sum(entry.file_size for entry in package.entries)
        if self.unpacked > MOST_UNPACKED:
            raise package.too_large()
