"""The general rule on letters that an outsider cannot read: used, never explained, and not known to everyone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inclusive_ads.context import Advert
from inclusive_ads.lexicon import Entry
from inclusive_ads.loading import Lexicon
from inclusive_ads.matching import Candidate

_LETTERS = re.compile(r"(?<![\w@./&'-])(?:[A-Z][A-Za-z]?[A-Z]{1,4}|[A-Z]{2,6})s?(?![\w@/&-])")
_SHOUTED = re.compile(r"[A-Z]{2,}[,.!]? +[A-Z]{2,}")


class AcronymRule:
    """Finds at most `acronyms.most` unexplained acronyms an advert, insiders' letters first."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._known = frozenset(lexicon.acronyms.known)
        self._plain = lexicon.acronyms.plain
        self._most = lexicon.acronyms.most
        self.entry: Entry | None = lexicon.entries.get("jargon-unexplained-acronym")

    def candidates(self, advert: Advert) -> Iterator[Candidate]:
        """First uses of unexplained letters, insiders' letters preferred."""
        if self.entry is None:
            return
        first: dict[str, tuple[int, int]] = {}
        for match in _LETTERS.finditer(advert.text):
            letters = match.group()
            key = letters if letters in self._plain else letters.rstrip("s")
            if key not in first and key not in self._known and letters not in self._known:
                first[key] = match.span()
        unexplained = [
            (key not in self._plain, span)
            for key, span in first.items()
            if key in self._plain and not self._shouted(advert, span) and not explained(advert.text, key)
        ]
        for _rank, (start, end) in sorted(unexplained)[: self._most]:
            yield Candidate(start=start, end=end, entry=self.entry, form="any")

    def plain(self, letters: str) -> str:
        """What known insiders' letters stand for, or ""."""
        return self._plain.get(letters) or self._plain.get(letters.rstrip("s"), "")

    @staticmethod
    def _shouted(advert: Advert, span: tuple[int, int]) -> bool:
        """In a run of capitals the letters may be an ordinary word."""
        return any(
            m.start() <= span[0] and span[1] <= m.end()
            for m in _SHOUTED.finditer(advert.text, max(0, span[0] - 30), span[1] + 30)
        )


def explained(text: str, letters: str) -> bool:
    """Whether the text says what the letters stand for: "multidisciplinary team (MDT)" or "MDT (multi...)"."""
    quoted = re.escape(letters)
    if re.search(rf"\w[^()\n]{{3,80}}\(\s*[\"']?{quoted}(?:s|'s)?[\"']?\s*[),;/-]", text):
        return True
    if re.search(rf"(?<!\w){quoted}s?\s*[(=–-]\s*[A-Za-z]\w+[ -]\w+", text):
        return True
    initials = [c for c in letters.upper() if c.isalpha()]
    words = r"(?:\W+(?:of|and|the|for|in|to|on|&)\b)*\W+".join(rf"{c}\w+" for c in initials)
    return len(initials) > 2 and re.search(rf"\b{words}\b", text, re.IGNORECASE) is not None
