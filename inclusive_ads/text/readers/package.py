"""Office files are zip archives: nothing in one is unpacked or parsed before its size and its kind are known."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any  # lxml says nothing of its types

from inclusive_ads.errors import InputError
from inclusive_ads.text.readers.archive import Archive
from inclusive_ads.text.readers.xml_parts import MOST_BYTES, Allowance, broken, parse, serialise, unsafe

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_LOCAL_FILE = re.compile(r"(?:file:///)?[A-Za-z]:|[^/\\:]+$")
# What would be fetched when the file is opened, and can be left out: the kind of the relation, and the elements that
# cannot be without it (of others only the attribute goes).
_LEFT_OUT = {
    "attachedTemplate": "attachedTemplate",
    "image": "",
    "mailMergeSource": "mailMerge",
    "mailMergeHeaderSource": "mailMerge",
    "oleObject": "OLEObject",
}


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part of a file needs of another: `id` as that part knows it, `kind`, and the name of the other."""

    id: str
    kind: str
    part: str


class Package(Archive):
    """The parts of an Office file.

    Args:
        data: the file.
        allowance: what may be parsed of it, where it stands in another file.

    Attributes:
        outside: how many things outside the file it would load; they are left out of what is written.

    Raises:
        InputError: broken, protected, too large when unpacked, or with parts that reach outside or can run.
    """

    def __init__(self, data: bytes, allowance: Allowance | None = None) -> None:
        super().__init__(data)
        self.allowance = allowance or Allowance()
        self._related: dict[str, list[Relation]] = {}
        self._left_out: dict[str, dict[str, str]] = {}  # part with relations → id → kind
        self._names = frozenset(self.names())
        self._check_kind()
        self._check_relations()

    def broken(self) -> InputError:
        """The error for a file that is damaged."""
        return broken()

    def too_large(self) -> InputError:
        """The error for a file of too many parts, or too large ones."""
        return InputError(
            "The file is far larger unpacked than an advert can be.",
            "Copy the advert's text into a new document and save that.",
            code="too-long",
        )

    def tree(self, name: str) -> Any:
        """The root of an XML part, parsed without entities, DTDs or the network.

        Raises:
            InputError: broken, unsafe, or more than is parsed of one file.
        """
        if self.size(name) > MOST_BYTES:  # told before it is unpacked
            raise self.too_large()
        data = self.read(name)
        if not self.allowance.allows(self, name, data):
            raise self.too_large()
        return parse(data)

    def main_part(self) -> str:
        """The name of the part that holds the document's text."""
        for relation in self.tree("_rels/.rels"):
            if relation.get("Type") == _STRICT + "officeDocument":
                raise InputError(
                    "This is a Word document in the form Strict Open XML.",
                    "In Word choose Save As, Word Document (.docx).",
                    code="format",
                )
            if relation.get("Type") == _RELATION + "officeDocument":
                name = str(relation.get("Target", "")).lstrip("/")
                if name in self.names():
                    return name
        raise broken()

    def related(self, part: str) -> list[Relation]:
        """What a part needs of others in the file."""
        if part not in self._related:
            self._related[part] = list(self._relations(part))
        return self._related[part]

    def _relations(self, part: str) -> Iterator[Relation]:
        folder, _, file = part.rpartition("/")
        name = posixpath.join(folder, "_rels", f"{file}.rels")
        for relation in self.tree(name) if name in self._names else ():
            if relation.get("TargetMode") != "External":
                target = str(relation.get("Target", ""))
                other = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
                if other.lstrip("/") in self._names:
                    kind = str(relation.get("Type", "")).rsplit("/", 1)[-1]
                    yield Relation(str(relation.get("Id", "")), kind, other.lstrip("/"))

    def rewrite(self, changed: dict[str, bytes]) -> bytes:
        """The file with some parts replaced or added; all other parts are the same to the byte.

        Relations to things outside the file are left out, with what needs them.
        """
        changed = {**changed, **self._without_outside(changed)}
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for entry in self.entries:
                data = changed[entry.filename] if entry.filename in changed else self.read(entry.filename)
                info = zipfile.ZipInfo(entry.filename, entry.date_time)
                info.compress_type = (
                    zipfile.ZIP_STORED if entry.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
                )
                info.external_attr = entry.external_attr
                archive.writestr(info, data)
            for name in changed.keys() - set(self.names()):
                archive.writestr(zipfile.ZipInfo(name, self.entries[0].date_time), changed[name], zipfile.ZIP_DEFLATED)
        return target.getvalue()

    def _check_kind(self) -> None:
        names = set(self.names())
        if "[Content_Types].xml" not in names or "_rels/.rels" not in names:
            if "mimetype" in names:
                raise InputError("This is an OpenDocument file.", "Save it as .docx.", code="format")
            raise InputError("This is an archive, not a Word document.", "Send the document itself.", code="format")
        types = self.read("[Content_Types].xml")
        if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in names):
            raise unsafe("it has macros")
        if b"wordprocessingml" not in types:
            raise InputError(
                "This is an Office file, but not a Word document.", "Save the advert as .docx.", code="format"
            )

    def _check_relations(self) -> None:
        for name in self.names():
            if not name.endswith(".rels"):
                continue
            for relation in self.tree(name):
                if relation.get("TargetMode") != "External":
                    continue
                kind = str(relation.get("Type", "")).rsplit("/", 1)[-1]
                # Links are only followed when somebody clicks them. Word records the path of a local template
                # in ordinary documents; one from elsewhere would be fetched when the file is opened.
                local = kind == "attachedTemplate" and _LOCAL_FILE.match(str(relation.get("Target", "")))
                if kind == "hyperlink" or local:
                    continue
                if kind not in _LEFT_OUT:
                    raise unsafe("it loads something from outside the file")
                self._left_out.setdefault(name, {})[str(relation.get("Id", ""))] = kind

    @property
    def outside(self) -> int:
        """How many things outside the file it would load."""
        return sum(map(len, self._left_out.values()))

    def _without_outside(self, changed: dict[str, bytes]) -> dict[str, bytes]:
        """The parts without what would be loaded from outside, and without what needs that."""
        parts: dict[str, bytes] = {}
        for name, left_out in self._left_out.items():
            relations = parse(changed[name]) if name in changed else self.tree(name)
            for relation in list(relations):
                if relation.get("Id") in left_out:
                    relations.remove(relation)
            parts[name] = serialise(relations)
            folder, _, file = name.rpartition("/")
            part = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
            if part in self._names:
                root = parse(changed[part]) if part in changed else self.tree(part)
                for element in list(root.iter("*")):
                    _leave_out(element, left_out)
                parts[part] = serialise(root)
        return parts


def _leave_out(element: Any, left_out: dict[str, str]) -> None:
    for attribute, value in element.attrib.items():
        if value not in left_out or not attribute.startswith(f"{{{_RELATION.rstrip('/')}}}"):
            continue
        needs = _LEFT_OUT[left_out[value]]
        around = (each for each in (element, *element.iterancestors()) if each.tag.rpartition("}")[2] == needs)
        gone = next(around, None)
        if gone is None:
            del element.attrib[attribute]
        elif gone.getparent() is not None:
            gone.getparent().remove(gone)
