"""What is changed in an advert: the one plan, for the command line, the page, the API, Word and the report itself."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping

from inclusive_ads.report import Edit, Finding, StatementChoice, Suggestion
from inclusive_ads.statements.placing import insert_statements
from inclusive_ads.text.document import Document
from inclusive_ads.text.edits import apply_edits, fits, place, shift
from inclusive_ads.wording.clashes import clashes


def plan(
    document: Document,
    findings: Iterable[Finding] = (),
    statements: StatementChoice | None = None,
    choices: Mapping[int, int] | None = None,
    *,
    take_all: bool = False,
) -> tuple[Edit, ...]:
    """The edits of an advert: statements first, then what a person chose, then the safe first suggestions.

    A suggestion is made whole or not at all, and only where the file can be changed. Where two touch, or say a word
    twice in one sentence, the one that comes later in this order gives way: to its next alternative, else altogether.

    Args:
        document: the advert, whose source the edits change.
        findings: of the report on it; none to leave the wording as it is.
        statements: of the same report; None to insert no statement.
        choices: number of a finding → index of the suggestion taken, -1 to leave it; an index that is not there
            leaves it, too. What is chosen for a finding holds for those that repeat it.
        take_all: take suggestions that need a look, too, of each finding the first that fits.

    Returns:
        Edits of ``document.source`` in order of place, not overlapping, as `apply_edits` and `review` take them.
    """
    chosen = choices or {}
    placed = insert_statements(document, statements) if statements else ()
    planned = [edit for edit in placed if document.can_change(edit)]
    for finding in sorted(findings, key=lambda f: (not {f.number, f.repeats} & set(chosen), f.number)):
        choice = chosen.get(finding.number, chosen.get(finding.repeats))
        if choice is not None:
            ways = finding.suggestions[choice : choice + 1] if choice >= 0 else ()
        elif finding.kept is None:
            ways = finding.suggestions if take_all else tuple(s for s in finding.suggestions[:1] if s.safety == "safe")
        else:
            ways = ()
        for suggestion in ways:
            if _fits(document, finding, suggestion, planned, chosen=choice is not None):
                for edit in suggestion.edits:
                    insort(planned, edit, key=place)
                break
    return tuple(planned)


def _fits(document: Document, finding: Finding, suggestion: Suggestion, planned: list[Edit], *, chosen: bool) -> bool:
    """Whether a suggestion can be made whole beside what is planned, and reads well with it unless it was chosen."""
    if not all(fits(edit, planned) and document.can_change(edit) for edit in suggestion.edits):
        return False
    start, end = finding.sentence_start, finding.sentence_end
    beside = [edit for edit in planned if start <= edit.start and edit.end <= end]
    if chosen or not beside:
        return True
    sentence = apply_edits(document.source[start:end], shift(beside, -start))
    inside = [edit for edit in suggestion.edits if start <= edit.start and edit.end <= end]
    return not clashes(sentence, apply_edits(document.source[start:end], shift((*beside, *inside), -start)))
