"""Word out: changes as tracked changes or made for good, and remarks as comments.

Of a document that was given only the main part changes (and, for comments, the comments part and what points to it);
all other parts are the same to the byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from types import MappingProxyType

from inclusive_ads.errors import InputError
from inclusive_ads.render.word_comments import Comment, add_comments
from inclusive_ads.render.word_revisions import Revisions
from inclusive_ads.report import Edit
from inclusive_ads.text.document import Document
from inclusive_ads.text.readers.archive import MOST_UNPACKED
from inclusive_ads.text.readers.word import read_word
from inclusive_ads.text.readers.xml_parts import serialise

__all__ = ["Comment", "write_word"]


def write_word(
    document: Document,
    edits: Iterable[Edit],
    comments: Iterable[Comment] = (),
    *,
    date: datetime | None = None,
    author: str = "inclusive-ads",
    tracked: bool = True,
    kinds: Mapping[str, tuple[str, int]] = MappingProxyType({}),
) -> bytes:
    """The document with edits as tracked changes and comments as comments.

    Args:
        document: read from a .docx file.
        edits: in source offsets, not overlapping; those made by `Document.insertion` become tracked paragraphs.
        comments: in source offsets.
        date: when the changes were made; now where none is given.
        author: whose changes they are.
        tracked: whether the changes are to be accepted or rejected, or are made for good.
        kinds: the kind and level, as of `Block`, of new lines of which they are known.

    Returns:
        The new file. Accepting all of its changes gives the edited source, rejecting them the source.

    Raises:
        InputError: the document did not come from a .docx file, edits overlap, or one cannot be made in the file.
    """
    if document.format != "docx":
        raise InputError("This is not a Word document.", "Use MadeWord to make one.", code="format")
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
    revisions = Revisions(text, author, when, kinds)
    stretches = [(each.start, each.end) for each in changes] + [(each.start, each.end) for each in remarks]
    for place in sorted({offset for stretch in stretches for offset in stretch}):
        revisions.cut(place)
    parts = {revisions.paragraph(place).part for each in changes for place in (each.start, each.end)}
    parts |= {text.part for each in changes if not each.end}
    changed = add_comments(revisions, remarks, when) if remarks else {}
    # From the end, so that a place is looked up among runs that no later change has wrapped.
    for edit in reversed(changes):
        revisions.apply(edit)
    if tracked:
        revisions.part_neighbours()
    else:
        revisions.accept()
    revisions.repeat_in_fallbacks()
    if remarks:
        parts.add(text.part)
    return text.package.rewrite({**changed, **{part: serialise(text.roots[part]) for part in parts}})
