"""The spaCy components for somebody else's pipeline: "inclusive_ads_matcher" and "inclusive_ads_context".

spaCy imports this module by its entry points when it first looks for a factory; nothing else imports it.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from inclusive_ads.checker import shared_checker

CANDIDATES = "inclusive_ads_candidates"
FINDINGS = "inclusive_ads"


@Language.factory("inclusive_ads_matcher")
def make_matcher(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  spaCy passes both
    """All candidates, undecided, in ``doc.spans["inclusive_ads_candidates"]``."""
    checker = shared_checker()

    def component(doc: Doc) -> Doc:
        found = checker.candidates(doc.text) if doc.text.strip() else []
        _write(doc, CANDIDATES, [(c.start, c.end, c.entry.id) for c in found])
        return doc

    return component


@Language.factory("inclusive_ads_context")
def make_context(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001  spaCy passes both
    """The findings that context leaves, in ``doc.spans["inclusive_ads"]``."""
    checker = shared_checker()

    def component(doc: Doc) -> Doc:
        found = checker.check(doc.text).findings if doc.text.strip() else ()
        _write(doc, FINDINGS, [(f.start, f.end, f.entry) for f in found])
        return doc

    return component


def _write(doc: Doc, key: str, found: list[tuple[int, int, str]]) -> None:
    spans = (doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in found)
    doc.spans[key] = [span for span in spans if span is not None]
