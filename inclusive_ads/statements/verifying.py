"""What is wrong with statements that an advert already has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from inclusive_ads.offsets import CleanOffset
from inclusive_ads.report import StatementProblem
from inclusive_ads.statements.library import Library, fill
from inclusive_ads.statements.models import Group
from inclusive_ads.statements.survey import Existing, Survey, within

if TYPE_CHECKING:
    from inclusive_ads.evidence.values import GradedGroup

_Found = tuple[str, CleanOffset, CleanOffset, dict[str, str]]


def problems(
    survey: Survey, graded: Mapping[str, GradedGroup], checked: bool, library: Library
) -> tuple[StatementProblem, ...]:
    """Check an advert's own statements.

    Args:
        survey: what it says.
        graded: the employer's figures for this post, by group id.
        checked: whether figures were given for a known grade, so that their silence says something.
        library: the words of the problems.

    Returns:
        problems in order of place; offsets are in the source.
    """
    found: list[_Found] = [
        *(fault for existing in survey.statements for fault in _statement(existing, survey, graded, checked, library)),
        *(("second-statement", one.start, one.end, {}) for one in survey.statements[1:]),
    ]
    result = []
    for name, start, end, words in sorted(found, key=lambda fault: fault[1:3]):
        problem = library.problems[name]
        low, high = survey.advert.document.span(start, end)
        message = fill(problem.message, {"wording": survey.text[start:end], **words})
        result.append(StatementProblem(id=name, start=low, end=high, message=message, severity=problem.severity))
    return tuple(result)


def _statement(
    existing: Existing, survey: Survey, graded: Mapping[str, GradedGroup], checked: bool, library: Library
) -> Iterator[_Found]:
    span = existing.start, existing.end
    if any(hit.name == "public-boards" for hit in within(survey.hits.get("topic", ()), *span)):
        yield "public-boards", *span, {}
        return
    for hit in within(survey.hits.get("topic", ()), *span):
        if hit.name == "sex-and-trans":
            yield "sex-and-trans", hit.start, hit.end, {}
    if not existing.groups:
        yield "no-group", *span, {}
        return
    groups = [library.groups[name] for name in existing.groups]
    if not existing.gives_reason:
        yield "no-reason", *span, {}
    if not survey.hits.get("merit"):
        yield "no-merit", *span, {}
    if survey.northern_ireland and survey.topic("equality-act"):
        yield "wrong-law", *span, {}
    if checked:
        yield from _against_figures(span, groups, graded, existing.gives_reason)


def _against_figures(
    span: tuple[CleanOffset, CleanOffset], groups: list[Group], graded: Mapping[str, GradedGroup], gives_reason: bool
) -> Iterator[_Found]:
    for group in groups:
        # The law lets an employer favour disabled people; only a false reason is a fault.
        if group.asymmetric and not gives_reason:
            continue
        found = graded.get(group.id)
        if found is None:
            yield "not-covered", *span, {"groups": group.name}
        elif found.level == "none":
            yield "not-supported", *span, {"groups": group.name}
