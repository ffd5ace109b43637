"""Cures read again: what a changed sentence is told of that it was not told of before.

A wording may hide another that it holds ("young and dynamic"), and a new word may make one with its neighbours
("dynamic and ambitious" → "motivated and ambitious"). Who takes such a cure would be asked twice about one sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.errors import InputError
from inclusive_ads.offsets import CleanOffset, clean
from inclusive_ads.report import Edit, Finding, Suggestion
from inclusive_ads.text.comparing import edits_between
from inclusive_ads.text.edits import apply_edits, fits, place, shift

Told = Counter[tuple[str, str]]  # entry, wording
Scan = Callable[[str], Told]
Read = Callable[[str], tuple[Finding, ...]]

_LONGEST = 300  # characters; a longer line leads to nothing
_NOTHING = 99  # rank of what is not there
_LONGEST_SENTENCE = 1_500  # characters; a longer one is not read again
_MOST = 20_000  # characters read again in one advert: the most in 317 real ones was 5,026; the rest is left as it is


def reread(advert: Advert, findings: Iterable[Finding], scan: Scan, read: Read) -> tuple[Finding, ...]:
    """Findings whose cures leave nothing new, as far as can be.

    A cure that would raise something cures that, too, so that at most what is lighter is left. Where it cannot, one
    that raises what is lighter is offered, one that raises as much as it cures only where nothing else is, and one
    that raises what is graver never.

    Args:
        scan: what a text is told of (as `_key`).
        read: the same as findings, with cures, which are not read again.
    """
    sentences: dict[tuple[int, int], _Sentence] = {}
    left = _MOST

    def again(finding: Finding) -> Finding:
        nonlocal left
        start, end = advert.document.clean_span(finding.start, finding.end)
        low, high = advert.sentence(start)
        span = low, max(high, end)
        if not finding.suggestions or span[1] - low > _LONGEST_SENTENCE:
            return finding
        left -= (span[1] - low) * (1 + len(finding.suggestions))
        if left < 0:
            return finding
        sentence = sentences.setdefault(span, _Sentence(advert, *span, scan, read))
        return replace(finding, suggestions=sentence.offered(finding))

    return tuple(map(again, findings))


@dataclass(eq=False)
class _Sentence:
    """A sentence in its advert, read by itself behind the line that leads to it."""

    advert: Advert
    low: CleanOffset
    high: CleanOffset
    scan: Scan
    read: Read

    def offered(self, finding: Finding) -> tuple[Suggestion, ...]:
        """What is offered for a finding in it, in the order of its cures."""
        offered: dict[str, Suggestion] = {}  # by what the sentence becomes
        last: list[Suggestion] = []
        for cure in finding.suggestions:
            raised = self._raised(finding, cure.sentence)
            gravest = min((one.severity.rank for one in raised), default=_NOTHING)
            further = self._further(finding, cure, raised) if raised else cure
            if further or gravest > finding.severity.rank:
                offered.setdefault((further or cure).sentence, further or cure)
            elif gravest == finding.severity.rank:
                last.append(cure)
        return tuple(offered.values()) or tuple(last)

    @cached_property
    def _text(self) -> str:
        return self.advert.text[self.low : self.high].rstrip()

    @cached_property
    def _lead(self) -> str:
        top, bottom = self.advert.introduction(self.low)
        leads = bottom <= self.low and bottom - top <= _LONGEST
        return f"{self.advert.text[top:bottom].strip()}\n" if leads else ""

    @cached_property
    def _told(self) -> Told:
        return self.scan(self._lead + self._text)

    def _raised(self, finding: Finding, after: str) -> list[Finding]:
        """What the sentence, changed, is told of anew; what stays on purpose, under another name, is nothing new."""
        try:
            new = self.scan(self._lead + after) - self._told if after.strip() else Told()
            found = self.read(self._lead + after) if new else ()
        except InputError:  # one that nobody can read is told of nothing
            return []
        same = finding.phrase.casefold()
        return [one for one in found if _key(one) in new and same not in one.phrase.casefold()]

    def _further(self, finding: Finding, cure: Suggestion, raised: Iterable[Finding]) -> Suggestion | None:
        """A cure with the first cures of what it raises; None where what is left weighs as much."""
        lead, edits = self._lead, list[Edit]()
        for new in raised:
            fit = (s for s in new.suggestions if all(e.start >= len(lead) and fits(e, edits) for e in s.edits))
            chosen = next(fit, None)
            if chosen is None:
                return None
            edits = sorted((*edits, *chosen.edits), key=place)
        after = apply_edits(lead + cure.sentence, edits)[len(lead) :].strip()
        changes = edits_between(self._text, after)
        heavy = any(one.severity.rank <= finding.severity.rank for one in self._raised(finding, after))
        if not after or not changes or heavy:
            return None
        start, end = changes[0].start, changes[-1].end
        document = self.advert.document
        return Suggestion(
            text=apply_edits(self._text[start:end], shift(changes, -start)).strip(),
            edits=tuple(
                e for one in shift(changes, self.low) for e in document.edits(*clean(one.start, one.end), one.text)
            ),
            safety="review",
            sentence=after,
            kind="template",
        )


def _key(finding: Finding) -> tuple[str, str]:
    return finding.entry, finding.phrase.casefold()
