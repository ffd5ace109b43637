"""Comments in a Word document: the ranges in the text, and the part that holds what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any  # lxml says nothing of its types

from lxml import etree

from inclusive_ads.render.word_revisions import Revisions
from inclusive_ads.render.word_xml import outside, xml_text
from inclusive_ads.text.readers.word_xml import NAMESPACE, SPACE, Paragraph, w
from inclusive_ads.text.readers.xml_parts import serialise

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES_PART = "[Content_Types].xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A remark on ``source[start:end]``; each line of `text` is a paragraph of it."""

    start: int
    end: int
    text: str
    author: str = "inclusive-ads"


def add_comments(revisions: Revisions, comments: Sequence[Comment], when: str) -> dict[str, bytes]:
    """Mark the ranges in the text; return the parts that changed or are new.

    Args:
        revisions: the document, its runs cut at the ends of all comments.
        comments: in order.
        when: as ``2026-01-31T09:00:00Z``.
    """
    text = revisions.text
    changed: dict[str, bytes] = {}
    name, root = _part(revisions, changed)
    numbers = [each.get(w("id"), "") for each in root.iter(w("comment"))]
    number = max((int(each) for each in numbers if each.isdecimal()), default=-1)
    for comment in comments:
        number += 1
        _mark(revisions, comment, str(number))
        root.append(_remark(comment, _where(revisions, comment) + comment.text, str(number), when))
    changed[name] = serialise(root)
    changed.pop(text.part, None)
    return changed


def _part(revisions: Revisions, changed: dict[str, bytes]) -> tuple[str, Any]:
    """The comments part, or a new one with what points to it."""
    package, main = revisions.text.package, revisions.text.part
    folder, _, file = main.rpartition("/")
    relations_name = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
    names = package.names()
    if relations_name in names:
        relations = package.tree(relations_name)
    else:
        relations = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
    for relation in relations:
        if relation.get("Type") == _KIND:
            target = str(relation.get("Target", ""))
            name = target.lstrip("/") if target.startswith("/") or not folder else f"{folder}/{target}"
            if name in names:
                return name, package.tree(name)
    file_name = "comments.xml"
    while (name := f"{folder}/{file_name}" if folder else file_name) in names:
        file_name = "more-" + file_name
    taken = {relation.get("Id") for relation in relations}
    identity = next(f"rIdComments{each}" for each in range(len(taken) + 1) if f"rIdComments{each}" not in taken)
    etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship", {"Id": identity, "Type": _KIND, "Target": file_name})
    types = package.tree(_TYPES_PART)
    etree.SubElement(types, f"{{{_TYPES}}}Override", {"PartName": "/" + name, "ContentType": _CONTENT})
    changed[relations_name] = serialise(relations)
    changed[_TYPES_PART] = serialise(types)
    return name, etree.Element(w("comments"), nsmap={"w": NAMESPACE})


def _mark(revisions: Revisions, comment: Comment, number: str) -> None:
    start, end = (etree.Element(w(f"commentRange{side}"), {w("id"): number}) for side in ("Start", "End"))
    paragraph = revisions.paragraph(comment.start)
    if paragraph.part != revisions.text.part or paragraph.element is None:
        runs = [] if paragraph.reference is None else [paragraph.reference]
    else:
        runs = revisions.runs(comment.start, comment.end)
    if runs:
        outside(runs[0]).addprevious(start)
        outside(runs[-1]).addnext(end)
    else:
        _near(revisions, paragraph).extend([start, end])
    # The reference is a run of its own, outside links and insertions: it is no part of them.
    outer = end
    while outer.getparent().tag != w("p"):
        outer = outer.getparent()
    reference = etree.Element(w("r"))
    etree.SubElement(reference, w("commentReference"), {w("id"): number})
    outer.addnext(reference)


def _near(revisions: Revisions, paragraph: Paragraph) -> Any:
    """The paragraph element of the body that is nearest above one, or below; a new one where there is none."""
    text = revisions.text
    if paragraph.element is not None and paragraph.part == text.part:
        return paragraph.element
    body = [each for each in text.paragraphs if each.part == text.part and each.element is not None]
    if not body:
        new = etree.Element(w("p"))
        text.root.find(w("body")).insert(0, new)
        revisions.mark_inserted(new)
        return new
    above = [each for each in body if each.start <= paragraph.start and not paragraph.beside]
    return (above[-1] if above else body[0]).element


def _where(revisions: Revisions, comment: Comment) -> str:
    """Where the words of a comment stand, if it cannot stand beside them."""
    text, paragraph = revisions.text, revisions.paragraph(comment.start)
    if paragraph.part == text.part and paragraph.element is not None:
        return ""
    place = paragraph.beside or "text that is taken in from another file"
    return f"In the {place}: \u201c{text.source[comment.start : comment.end]}\u201d.\n"


def _remark(comment: Comment, text: str, number: str, when: str) -> Any:
    author = xml_text(comment.author)
    initials = "".join(word[0] for word in author.replace("-", " ").split()).upper()[:9]
    remark = etree.Element(
        w("comment"), {w("id"): number, w("author"): author, w("date"): when, w("initials"): initials}
    )
    for line in xml_text(text).splitlines() or [""]:
        run = etree.SubElement(etree.SubElement(remark, w("p")), w("r"))
        if len(remark) == 1:
            etree.SubElement(run, w("annotationRef"))
        etree.SubElement(run, w("t"), {SPACE: "preserve"}).text = line
    return remark
