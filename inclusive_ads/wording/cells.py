"""The table of levels as entries: one for each operator and concept that can be at fault together."""

from __future__ import annotations

from collections.abc import Iterable

from inclusive_ads.lexicon import Entry, Examples, FlagExample, OkExample
from inclusive_ads.wording.models import Concept, Operator, OperatorsFile


def cell_id(operator: str, concept: str) -> str:
    """The id of an entry that stands for an operator with a concept."""
    return f"{operator}-{concept}"


def cells(file: OperatorsFile, concepts: Iterable[Concept]) -> list[Entry]:
    """Every cell that is not silent, as an entry whose wording is found by reading and not by phrases."""
    return [
        _entry(file, operator, concept)
        for concept in concepts
        for operator in file.operators
        if file.severity(operator, concept.concept)
    ]


def _entry(file: OperatorsFile, operator: Operator, concept: Concept) -> Entry:
    severity = file.severity(operator, concept.concept)
    assert severity is not None  # `cells` asks only for these  # noqa: S101
    words = concept.sample.model_dump()
    return Entry(
        id=cell_id(operator.id, concept.concept),
        forms={},
        severity=severity,
        affects=concept.affects,
        characteristics=(concept.characteristic,),
        message=operator.message.format(whom=concept.whom),
        why=concept.why,
        source=concept.source,
        evidence=operator.evidence,
        advice=operator.advice,
        examples=Examples(
            flag=tuple(FlagExample(text=text.format(**words)) for text in operator.examples.flag),
            ok=tuple(OkExample(text=text.format(**words)) for text in operator.examples.ok),
        ),
        category=operator.category or concept.category,
    )
