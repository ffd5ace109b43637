"""What an advert or its file holds that was not read, or not judged: plain frozen values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from inclusive_ads.offsets import SourceOffset

# Code → what one is called, what several are called, and what became of them.
_KINDS = {
    "language": ("part in another language", "parts in other languages", "only English is checked"),
    "unknown": ("text without English words", "texts without English words", "only English is checked"),
    "stored-mail": (
        "e-mail as a mail system stores it",
        "e-mails as a mail system stores them",
        "its text is encoded; save it as a file that ends in .eml, and send the file",
    ),
    "pictures": ("picture", "pictures", "words in a picture are not read"),
    "charts": ("chart", "charts", "words in a chart are not read"),
    "diagrams": ("diagram", "diagrams", "words in a diagram are not read"),
    "comments": ("comment", "comments", "what comments say is not read"),
    "hidden-text": ("hidden paragraph", "hidden paragraphs", "hidden text is not read"),
    "form-fields": ("form field", "form fields", "only text that stands in the document is read, not its choices"),
    "embedded-files": ("embedded file", "embedded files", "a file in the file is not read"),
    "attachments": ("attachment", "attachments", "attachments are not read"),
    "pages-without-text": ("page without text", "pages without text", "a scanned page cannot be read"),
    "outside-parts": (
        "thing kept outside the file",
        "things kept outside the file",
        "nothing is fetched, and a file written from this one leaves it out",
    ),
}
CODES = tuple(_KINDS)
UNJUDGED = frozenset({"unknown", "stored-mail"})  # where one of these is, nothing can be said of the wording


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRead:
    """One kind of thing that a file holds and that was not read.

    Attributes:
        code: which kind, one of `CODES`; it stays the same.
        count: how many.
        names: what the file calls them, in order, where it does, or the language; there may be fewer than `count`.
        start, end: where it stands, in source offsets; None where it has no place in the text.
    """

    code: str
    count: int
    names: tuple[str, ...] = ()
    start: SourceOffset | None = None
    end: SourceOffset | None = None

    @property
    def message(self) -> str:
        """What it is and how many, in plain English."""
        one, several, why = _KINDS[self.code]
        named = f" ({', '.join(self.names)})" if self.names else ""
        return f"{self.count:,} {one if self.count == 1 else several}{named}: {why}."


def listed_by_kind(found: Iterable[NotRead]) -> tuple[NotRead, ...]:
    """Each kind once, in the order of `CODES`, with all that was found of it."""
    counts: dict[str, int] = {}
    names: dict[str, list[str]] = {}
    for each in found:
        counts[each.code] = counts.get(each.code, 0) + each.count
        names.setdefault(each.code, []).extend(each.names)
    return tuple(
        NotRead(code=code, count=counts[code], names=tuple(dict.fromkeys(names[code])))
        for code in CODES
        if counts.get(code)
    )
