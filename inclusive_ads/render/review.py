"""The improved advert as a file; of Word: accepted changes tracked, what is left to a person as comments."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable

from inclusive_ads.outcomes import Severity
from inclusive_ads.report import Edit, Finding, Report
from inclusive_ads.text.document import Document
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
    """The Word document with `edits` tracked and a comment for every finding that they leave.

    Args:
        edits: in source offsets, not overlapping; what cannot be made in the file (text that is locked, or taken in
            from another file) becomes a comment, too.
        comments: the severities of the findings that get a comment.

    Raises:
        InputError: the document did not come from a .docx file.
    """
    from inclusive_ads.render.word import write_word
    from inclusive_ads.render.word_comments import Comment

    given = list(edits)
    made = [edit for edit in given if document.can_change(edit)]
    remarks = [
        Comment(start=finding.start, end=finding.end, text=_remark(finding))
        for finding in report.findings
        if finding.severity in comments and not any(e.start < finding.end and finding.start < e.end for e in made)
    ]
    remarks += [
        Comment(start=edit.start, end=edit.end, text=_ASIDE.format(edit.text.strip() or _NOTHING))
        for edit in given
        if edit not in made
    ]
    return write_word(document, made, remarks)


def _remark(finding: Finding) -> str:
    parts = [" ".join((finding.message, finding.why.strip(), *finding.also))]
    parts.extend(f"Perhaps: {s.sentence}" for s in finding.suggestions)
    if finding.advice:
        parts.append(finding.advice)
    if finding.kept:
        parts.append(f"Kept: {finding.kept.reason} {finding.kept.said}")
    parts.append("Guidance, not legal advice.")
    return "\n".join(parts)
