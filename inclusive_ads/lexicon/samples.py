"""One string that a phrase stands for: the test that every form of a lexicon carries in itself."""

from __future__ import annotations

from inclusive_ads.lexicon.expansion import tight
from inclusive_ads.lexicon.phrases import Gap, Sequence, Slot, Word, parse
from inclusive_ads.lexicon.scan_text import scan_text, without_dashes
from inclusive_ads.lexicon.vocabulary import Vocabulary

_SAMPLES = {
    "age": "45",
    "digits": "5",
    "bracketed": "(5)",
    "clock": "10pm",
    "weight": "25kg",
    "joined_years": "3yrs",
    "money": "£30,000",
}


def sample(phrase: str, vocabulary: Vocabulary, *, exact: bool = False) -> str:
    """One string that the phrase stands for (for tests of lexicons)."""
    return _sample(parse(without_dashes(phrase) if exact else scan_text(phrase)), vocabulary)


def _sample(sequence: Sequence, vocabulary: Vocabulary) -> str:
    parts: list[str] = []
    for part in sequence.parts:
        if isinstance(part, Word):
            parts.append(part.text)
        elif isinstance(part, Slot):
            parts.append(_SAMPLES.get(part.name) or _sample(vocabulary.slot(part.name)[0], vocabulary))
        elif isinstance(part, Gap):
            parts.extend(["good"] * part.least)
        elif not part.optional:
            parts.append(_sample(part.options[0], vocabulary))
    return tight(" ".join(filter(None, parts)))
