"""The table of levels as entries: one for each operator and concept that can be at fault together."""

from __future__ import annotations

from inclusive_ads.lexicon.concepts import Concept, Operator, Wording, severity
from inclusive_ads.lexicon.models import Entry, Examples, FlagExample, OkExample
from inclusive_ads.outcomes import Severity


def cell_id(operator: str, concept: str) -> str:
    """The id of an entry that stands for an operator with a concept."""
    return f"{operator}-{concept}"


def cells(wording: Wording) -> list[tuple[str, Entry]]:
    """Every cell that is not silent: its operator, and an entry whose wording is found by reading, not by phrases."""
    return [
        (operator.operator, _entry(operator, concept, level))
        for operator in wording.operators
        for concept in wording.concepts
        if (level := severity(operator, concept))
    ]


def _entry(operator: Operator, concept: Concept, level: Severity) -> Entry:
    words = concept.sample.model_dump()
    return Entry(
        id=cell_id(operator.operator, concept.concept),
        forms={},
        severity=level,
        affects=concept.affects,
        characteristics=(concept.characteristic,),
        message=(concept.message or operator.message).format(whom=concept.whom),
        why=concept.why,
        source=concept.source,
        evidence=operator.evidence,
        alternatives=operator.alternatives,
        advice=concept.advice or operator.advice,
        examples=Examples(
            flag=tuple(FlagExample(text=text.format(**words)) for text in operator.examples.flag),
            ok=tuple(OkExample(text=text.format(**words)) for text in operator.examples.ok),
        ),
        category=operator.category or concept.category,
    )
