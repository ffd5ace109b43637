"""The XML of a Word document: cutting and copying runs, and text and parts as Word takes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from typing import Any  # lxml says nothing of its types

from lxml import etree

from inclusive_ads.text.readers.word_xml import is_closed, mc, w

_NOT_INHERITED = tuple(w(name) for name in ("rPrChange", "ins", "del", "moveFrom", "moveTo"))
_NOT_INHERITED += tuple(w(name) for name in ("highlight", "vanish", "specVanish", "webHidden"))
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """`text` without characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def split_run(node: Any) -> None:
    """Move a node and all that follows it in its run to a new run behind."""
    run = node.getparent()
    rest = etree.Element(run.tag, dict(run.attrib))
    properties = run.find(w("rPr"))
    if properties is not None:
        rest.append(deepcopy(properties))
    rest.extend([node, *node.itersiblings()])
    run.addnext(rest)


def isolate(node: Any) -> None:
    """See to it that nothing stands in a node's run that is not text (a picture, a page break mark)."""
    run = node.getparent()
    if all(each.tag in (w("rPr"), w("t"), w("delText")) for each in run):
        return
    if any(each.tag != w("rPr") for each in node.itersiblings(preceding=True)):
        split_run(node)
    following = node.getnext()
    if following is not None:
        split_run(following)


def inherited(properties: Any) -> Any:
    """The looks of a run for the new one beside it: none of somebody else's changes, nor marked or hidden."""
    copied = deepcopy(properties)
    for name in _NOT_INHERITED:
        for element in copied.findall(name):
            copied.remove(element)
    return copied


def outside(run: Any) -> Any:
    """What new text stands beside: a run, or the outermost content control around it that takes none."""
    found = run
    for each in run.iterancestors():
        if each.tag == w("p"):
            break
        if each.tag == w("sdt") and is_closed(each):
            found = each
    return found


def twins(root: Any) -> Iterable[tuple[Any, Any]]:
    """Text boxes that a drawing holds twice with the same text, for newer and for older programs."""
    for drawing in root.iter(mc("AlternateContent")):
        choice, fallback = drawing.find(mc("Choice")), drawing.find(mc("Fallback"))
        if choice is None or fallback is None:
            continue
        pairs = zip(choice.iter(w("txbxContent")), fallback.iter(w("txbxContent")), strict=False)
        yield from (pair for pair in pairs if _letters(pair[0]) == _letters(pair[1]))


def _letters(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(w("t")))
