"""The XML in Office files, parsed safely: what a part would make of memory is counted before anything is made of it."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread
from typing import Any  # lxml says nothing of its types

from inclusive_ads.errors import InputError

MOST_BYTES = 4_000_000  # of one part; the longest advert that is read comes to about two million
MOST_ELEMENTS = 100_000  # of all parts of a file; a tree costs some 300 bytes for each
MOST_ATTRIBUTES = 200_000

_DECLARED = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']+)""")
_ATTRIBUTE = re.compile(rb"""=\s*["']""")


@dataclass(slots=True)
class Allowance:
    """What may still be parsed of one file, and of the files in it. Each part counts once, however often it is read."""

    elements: int = MOST_ELEMENTS
    attributes: int = MOST_ATTRIBUTES
    _seen: set[tuple[int, str]] = field(default_factory=set)

    def allows(self, package: object, name: str, data: bytes) -> bool:
        """Take what a part will need; whether that was still there.

        Every element, comment and instruction begins with ``<``, so that counting bytes bounds the tree, at a
        thousandth of what it costs to make one.
        """
        if (key := (id(package), name)) not in self._seen:
            self._seen.add(key)
            self.elements -= data.count(b"<") - data.count(b"</")
            if self.elements >= 0:
                self.attributes -= sum(1 for _ in _ATTRIBUTE.finditer(data))
        return self.elements >= 0 and self.attributes >= 0


def parse(data: bytes) -> Any:
    """The root of an XML part, parsed without entities, DTDs or the network.

    Raises:
        InputError: broken, or with entities of its own.
    """
    if not in_usual_encoding(data):
        raise broken()
    if has_entities(data):
        raise unsafe("it defines entities of its own")
    found = _in_a_thread_of_its_own(data)
    if found is None:
        raise broken()
    return found


def in_usual_encoding(data: bytes) -> bool:
    """Whether a part is in UTF-8, so that a search of its bytes finds what a parser would."""
    declared = _DECLARED.match(data[:200])
    encoding = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    return encoding in ("utf-8", "us-ascii", "ascii") and b"\0" not in data[:4]


def has_entities(data: bytes) -> bool:
    """Whether a part defines entities of its own."""
    return b"<!DOCTYPE" in data or b"<!ENTITY" in data


def _in_a_thread_of_its_own(data: bytes) -> Any:
    # libxml2 keeps every name that it meets for as long as the thread lives: a server would never get them back.
    from lxml import etree

    made: list[Any] = []

    def make() -> None:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        with suppress(etree.XMLSyntaxError):
            made.append(etree.fromstring(data, parser))

    thread = Thread(target=make, name="xml")
    thread.start()
    thread.join()
    return made[0] if made else None


def serialise(root: Any) -> bytes:
    """An XML part as bytes."""
    from lxml import etree

    return bytes(etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True, standalone=True))


def broken() -> InputError:
    """The error for a file that is damaged."""
    return InputError("The Word document is damaged.", "Open it in Word and save it again as .docx.", code="broken")


def unsafe(reason: str) -> InputError:
    """The error for a file that could do harm."""
    return InputError(
        f"The document is not accepted: {reason}.",
        "Copy the advert's text into a new document and save that as .docx.",
        code="unsafe",
    )
