"""The improved advert as a file; of Word: accepted changes tracked, what is left to a person as comments."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable

from inclusive_ads.outcomes import Severity
from inclusive_ads.report import Edit, Finding, Report
from inclusive_ads.text.document import Document
from inclusive_ads.text.edited import edited
from inclusive_ads.text.edits import apply_edits

_ASIDE = "This cannot be changed here. It should say: {}"
_NOTHING = "nothing"


def improved(document: Document, report: Report, edits: Collection[Edit]) -> bytes:
    """The advert with `edits` in its own format, or as its text (UTF-8) where that is only read."""
    if document.format == "docx":
        return review(document, report, edits)
    return apply_edits(document.source, edits).encode()


def review(
    document: Document, report: Report, edits: Iterable[Edit], *, comments: Container[Severity] = frozenset(Severity)
) -> bytes:
    """The advert as a Word file with `edits` tracked, and a comment for every finding that they leave.

    A Word file keeps its looks. Of another format the file has the headings, list items and paragraphs of the advert
    as it was given; accepting all of its changes gives the improved advert, rejecting them the one that was given.

    Args:
        edits: in source offsets, not overlapping; what cannot be made in the file (text that is locked, or taken in
            from another file) becomes a comment, too.
        comments: the severities of the findings that get a comment.
    """
    from inclusive_ads.render.word import Comment, write_word
    from inclusive_ads.render.word_made import MadeWord

    given = list(edits)
    made = [edit for edit in given if document.can_change(edit)]
    remarks: list[tuple[int, int, str]] = [
        (finding.start, finding.end, _remark(finding))
        for finding in report.findings
        if finding.severity in comments and not finding.is_settled(made)
    ]
    remarks += [(e.start, e.end, _ASIDE.format(e.text.strip() or _NOTHING)) for e in given if e not in made]
    if document.format == "docx":
        return write_word(document, made, [Comment(start=start, end=end, text=text) for start, end, text in remarks])
    word = MadeWord(document, made)
    placed = [Comment(start=word.place(start), end=word.place(end), text=text) for start, end, text in remarks]
    return write_word(word.document, word.edits, placed, kinds=word.kinds)


def clean_word(document: Document, edits: Iterable[Edit]) -> bytes:
    """The improved advert as a Word file, with nothing tracked in it; a Word file keeps its looks.

    Args:
        edits: as of `review`; what cannot be made in the file is left out.
    """
    from inclusive_ads.render.word import write_word
    from inclusive_ads.render.word_made import new_word

    made = [edit for edit in edits if document.can_change(edit)]
    if document.format == "docx":
        return write_word(document, made, tracked=False)
    return new_word(edited(document, made, limit=len(document.source) + sum(len(edit.text) for edit in made)))


def _remark(finding: Finding) -> str:
    parts = [" ".join((finding.message, finding.why.strip(), *finding.also))]
    parts.extend(f"Perhaps: {s.shown}" for s in finding.suggestions)
    if finding.advice:
        parts.append(finding.advice)
    if finding.kept:
        parts.append(f"Kept: {finding.kept.reason} {finding.kept.said}")
    parts.append("Guidance, not legal advice.")
    return "\n".join(parts)
