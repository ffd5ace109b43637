"""The improved advert as a file; of Word: accepted changes tracked, what is left to a person as comments."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from inclusive_ads.planning import is_taken
from inclusive_ads.report import Edit, Finding, Report
from inclusive_ads.text.document import Document
from inclusive_ads.text.edits import apply_edits


def improved(document: Document, report: Report, edits: Collection[Edit]) -> bytes:
    """The advert with `edits` in its own format, or as its text (UTF-8) where that is only read."""
    if document.format == "docx":
        return review(document, report, edits)
    return apply_edits(document.source, edits).encode()


def review(document: Document, report: Report, edits: Iterable[Edit]) -> bytes:
    """The Word document with `edits` tracked and a comment for every finding that they leave.

    Raises:
        InputError: the document did not come from a .docx file.
    """
    from inclusive_ads.render.word import write_word
    from inclusive_ads.render.word_comments import Comment

    made = list(edits)
    left = [
        f for f in report.findings if not (is_taken(f, made) or any(e.start < f.end and f.start < e.end for e in made))
    ]
    return write_word(document, made, [Comment(start=f.start, end=f.end, text=_remark(f)) for f in left])


def _remark(finding: Finding) -> str:
    parts = [" ".join((finding.message, finding.why.strip(), *finding.also))]
    parts.extend(f"Perhaps: {s.shown}" for s in finding.suggestions)
    if finding.advice:
        parts.append(finding.advice)
    if finding.kept:
        parts.append(f"Kept: {finding.kept.reason} {finding.kept.said}")
    parts.append("Guidance, not legal advice.")
    return "\n".join(parts)
