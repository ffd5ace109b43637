"""What is changed in an advert: the one plan, for the command line, the page, the API, Word and the report itself."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterable, Mapping

from inclusive_ads.report import Edit, Finding, StatementChoice
from inclusive_ads.statements import insert_statements
from inclusive_ads.text.document import Document
from inclusive_ads.text.edits import fits, place


def plan(
    document: Document,
    findings: Iterable[Finding] = (),
    statements: StatementChoice | None = None,
    choices: Mapping[int, int] | None = None,
    *,
    take_all: bool = False,
) -> tuple[Edit, ...]:
    """The edits of an advert: statements first, then what a person chose, then the safe first suggestions.

    A suggestion is made whole or not at all, and only where the file can be changed. Where two touch, the one that
    comes later in this order gives way.

    Args:
        document: the advert, whose source the edits change.
        findings: of the report on it; none to leave the wording as it is.
        statements: of the same report; None to insert no statement.
        choices: number of a finding → index of the suggestion taken, -1 to leave it; an index that is not there
            leaves it, too. What is chosen for a finding holds for those that repeat it.
        take_all: take first suggestions that need a look, too.

    Returns:
        Edits of ``document.source`` in order of place, not overlapping, as `apply_edits` and `review` take them.
    """
    chosen = choices or {}
    placed = insert_statements(document, statements) if statements else ()
    planned = [edit for edit in placed if document.can_change(edit)]
    for finding in sorted(findings, key=lambda f: (not {f.number, f.repeats} & set(chosen), f.number)):
        choice = chosen.get(finding.number, chosen.get(finding.repeats))
        index = choice or 0
        if not 0 <= index < len(finding.suggestions):
            continue
        suggestion = finding.suggestions[index]
        wanted = choice is not None or (finding.kept is None and (take_all or suggestion.safety == "safe"))
        if wanted and all(fits(edit, planned) and document.can_change(edit) for edit in suggestion.edits):
            for edit in suggestion.edits:
                insort(planned, edit, key=place)
    return tuple(planned)


def is_taken(finding: Finding, edits: Collection[Edit]) -> bool:
    """Whether one of a finding's suggestions is made: all of its edits are among those of a plan."""
    return any(one.edits and all(edit in edits for edit in one.edits) for one in finding.suggestions)
