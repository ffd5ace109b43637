"""Word out: accepted changes as tracked changes, what is left to a person as comments; or a new document.

Of a document that was given only the main part changes (and, for comments, the comments part and what points to it);
all other parts are the same to the byte.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import pairwise

from inclusive_ads.errors import InputError
from inclusive_ads.render.word_comments import Comment, add_comments
from inclusive_ads.render.word_revisions import Revisions
from inclusive_ads.render.word_xml import xml_text
from inclusive_ads.report import Edit
from inclusive_ads.text.document import Block, Document
from inclusive_ads.text.readers.archive import MOST_UNPACKED
from inclusive_ads.text.readers.word import read_word
from inclusive_ads.text.readers.xml_parts import serialise

__all__ = ["Comment", "new_word", "write_word"]


def write_word(
    document: Document,
    edits: Iterable[Edit],
    comments: Iterable[Comment] = (),
    *,
    date: datetime | None = None,
    author: str = "inclusive-ads",
) -> bytes:
    """The document with edits as tracked changes and comments as comments.

    Args:
        document: read from a .docx file.
        edits: in source offsets, not overlapping; those made by `Document.insertion` become tracked paragraphs.
        comments: in source offsets.
        date: when the changes were made; now where none is given.
        author: whose changes they are.

    Returns:
        The new file. Accepting all of its changes gives the edited source, rejecting them the source.

    Raises:
        InputError: the document did not come from a .docx file, edits overlap, or one cannot be made in the file.
    """
    if document.format != "docx":
        raise InputError("This is not a Word document.", "Use new_word to make one.", code="format")
    changes = sorted(edits, key=lambda edit: (edit.start, edit.end))
    remarks = sorted(comments, key=lambda comment: (comment.start, -comment.end))
    outside = any(each.code == "outside-parts" for each in document.not_read)
    if not (changes or remarks or outside):
        return document.package
    if not all(map(document.can_change, changes)):
        raise InputError("That text is locked, or taken in from another file.", "Change it there.", code="fixed")
    if any(later.start < earlier.end for earlier, later in pairwise(changes)):
        raise InputError("Two changes overlap.", "Accept only one of them.", code="overlap")
    text = read_word(document.package, limit=MOST_UNPACKED)  # it was read before, within the limit of its reader
    when = (date or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    revisions = Revisions(text, author, when)
    stretches = [(each.start, each.end) for each in changes] + [(each.start, each.end) for each in remarks]
    for place in sorted({offset for stretch in stretches for offset in stretch}):
        revisions.cut(place)
    parts = {revisions.paragraph(place).part for each in changes for place in (each.start, each.end)}
    parts |= {text.part for each in changes if not each.end}
    changed = add_comments(revisions, remarks, when) if remarks else {}
    # From the end, so that a place is looked up among runs that no later change has wrapped.
    for edit in reversed(changes):
        revisions.apply(edit)
    revisions.repeat_in_fallbacks()
    if remarks:
        parts.add(text.part)
    return text.package.rewrite({**changed, **{part: serialise(text.roots[part]) for part in parts}})


def new_word(document: Document, *, date: datetime | None = None) -> bytes:
    """A clean Word file with the headings, list items and paragraphs of a document in any format.

    Args:
        document: the advert.
        date: when it was made; now where none is given.
    """
    import docx

    word = docx.Document()
    properties = word.core_properties
    properties.author = properties.comments = ""
    properties.created = properties.modified = (date or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
    titles = [block for block in document.blocks if block.kind == "heading"]
    properties.title = xml_text(_words(document, titles[0]))[:200] if titles else ""
    previous: Block | None = None
    for block in document.blocks:
        words = xml_text(_words(document, block))
        if previous is not None and _same_row(document, previous, block):
            word.paragraphs[-1].add_run("\t" + words)
        elif block.kind == "heading":
            word.add_heading(words, level=min(block.level, 6))
        elif block.kind == "item":
            depth = min(block.level, 3)
            word.add_paragraph(words, style="List Bullet" if depth == 1 else f"List Bullet {depth}")
        else:
            word.add_paragraph(words)
        previous = block
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def _words(document: Document, block: Block) -> str:
    """The words of a block; with the writer's own quotes and dashes where the source has no markup."""
    if document.format in ("markdown", "html"):
        return document.text[block.start : block.end]
    start, end = document.span(block.start, block.end)
    return " ".join(document.source[start:end].split())


def _same_row(document: Document, cell: Block, following: Block) -> bool:
    if not cell.kind == following.kind == "cell":
        return False
    between = document.source[document.span(cell.start, cell.end)[1] : document.span(following.start, following.end)[0]]
    return "tr" not in between.lower() if document.format == "html" else "\n" not in between
