"""How a new paragraph of a Word document looks: as the running text beside it does, not as a marked neighbour.

What most of the running text looks like is its look; the nearest paragraph that has it lends its properties.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any  # lxml says nothing of its types

from lxml import etree

from inclusive_ads.text.readers.word_xml import Paragraph, w

_NOT_COPIED = tuple(w(name) for name in ("sectPr", "pPrChange", "rPr", "framePr", "pageBreakBefore"))
_NO_LOOK = tuple(w(name) for name in ("lang", "noProof", "rPrChange", "ins", "del", "moveFrom", "moveTo"))
_PROSE = 40  # characters from which a paragraph shows how running text looks here


def model_for(paragraphs: Sequence[Paragraph], anchor: Any, kind: tuple[str, int] | None) -> Paragraph | None:
    """The paragraph that shows how a new one beside an element looks, or None where there is none.

    Args:
        paragraphs: of the document, in order.
        anchor: the element beside which a new paragraph goes.
        kind: kind and level that it is to have; None where that is not known: then it is an item among items alike.
    """
    here = next((number for number, each in enumerate(paragraphs) if each.element is anchor), -1)
    if kind is None and 0 <= here < len(paragraphs) - 1:
        before, after = paragraphs[here : here + 2]
        if before.kind == after.kind == "item" and _style(before) == _style(after):
            return before
    if kind and kind[0] != "paragraph":
        found = [n for n, each in enumerate(paragraphs) if (each.kind, each.level) == kind and each.element is not None]
        if found:
            return paragraphs[min(found, key=lambda number: abs(number - here))]
    return running_text(paragraphs, anchor)


def running_text(paragraphs: Iterable[Paragraph], anchor: Any) -> Paragraph | None:
    """The paragraph that shows how running text looks beside an element, or None where there is none.

    Args:
        paragraphs: of the document, in order.
        anchor: the element beside which a new paragraph goes.
    """
    around: list[Paragraph] = []
    here = 0
    for each in paragraphs:
        if each.anchor is anchor or each.element is anchor:
            here = here or each.start
        if each.element is not None and each.kind in ("paragraph", "cell") and each.end > each.start:
            around.append(each)
    container = anchor.getparent()
    beside = [each for each in around if each.element.getparent() is container]
    # In a box of its own (a content control) there may be none; then as in the rest of that part of the file.
    beside = beside or [each for each in around if container in each.element.iterancestors()]
    prose = [each for each in beside if each.end - each.start >= _PROSE] or beside
    letters: Counter[bytes] = Counter()
    looks = [(_look(each), each) for each in prose]
    for look, each in looks:
        letters[look] += each.end - each.start
    return min(looks, key=lambda pair: (-letters[pair[0]], abs(pair[1].start - here)), default=(b"", None))[1]


def _look(paragraph: Paragraph) -> bytes:
    """What parts the look of one paragraph from another's: its style, and the properties of its longest run."""
    run = longest_run(paragraph)
    properties = None if run is None else run.find(w("rPr"))
    found = [] if properties is None else [etree.tostring(each) for each in properties if each.tag not in _NO_LOOK]
    return b"".join([_style(paragraph).encode(), *sorted(found)])


def _style(paragraph: Paragraph) -> str:
    style = None if paragraph.element is None else paragraph.element.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if style is None else str(style.get(w("val")))


def longest_run(paragraph: Paragraph) -> Any:
    """The run, right in a paragraph, that holds most of its text; None where it has none."""
    atoms = [atom for atom in paragraph.atoms if atom.node.getparent().getparent() is paragraph.element]
    longest = max(atoms, key=lambda atom: atom.end - atom.start, default=None)
    return None if longest is None else longest.node.getparent()


def properties_like(element: Any) -> Any:
    """A copy of a paragraph's properties for a new one beside it; None where it has none."""
    properties = None if element is None else element.find(w("pPr"))
    if properties is None:
        return None
    copied = deepcopy(properties)
    for name in _NOT_COPIED:
        for each in copied.findall(name):
            copied.remove(each)
    return copied
