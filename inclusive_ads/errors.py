"""Every error that inclusive-ads raises on purpose.

InclusiveAdsError
├── InputError      an advert or file that cannot be read
├── LexiconError    a mistake in a YAML file: names file, line, entry and remedy
├── EvidenceError   figures that cannot be used: names file, sheet, row and column
└── SettingsError   an option with a value that makes no sense

Each carries what is wrong (`message`) and what to do (`remedy`). The command line prints both and
exits with 2; the HTTP API turns them into a problem document with status 4xx.
"""

from __future__ import annotations


class InclusiveAdsError(Exception):
    """Something the user can put right.

    Args:
        message: what is wrong, in one sentence.
        remedy: what to do about it, in one sentence (may be empty).
        code: stable machine-readable name, such as ``"too-long"``.
    """

    def __init__(self, message: str, remedy: str = "", *, code: str = "error") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.code = code

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class InputError(InclusiveAdsError):
    """The advert is empty, too long, not text, or in a form that cannot be read."""


class LexiconError(InclusiveAdsError):
    """A lexicon, statement or profile file has a mistake.

    Args:
        path: the file.
        line: 1-based line, or 0 where no line applies.
        entry: id of the entry, or "".
    """

    def __init__(
        self, message: str, remedy: str = "", *, path: str = "", line: int = 0, entry: str = "", code: str = "lexicon"
    ) -> None:
        super().__init__(message, remedy, code=code)
        self.path = path
        self.line = line
        self.entry = entry

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        entry = f"entry '{self.entry}': " if self.entry else ""
        return f"{place}{entry}{self.message} {self.remedy}".strip()


class EvidenceError(InclusiveAdsError):
    """Workforce figures cannot be used.

    Args:
        path: the file, sheet: of a workbook (or ""), row: 1-based row (0 where none applies), column: its heading
            (or "").
    """

    def __init__(
        self,
        message: str,
        remedy: str = "",
        *,
        path: str = "",
        sheet: str = "",
        row: int = 0,
        column: str = "",
        code: str = "evidence",
    ) -> None:
        super().__init__(message, remedy, code=code)
        self.path = path
        self.sheet = sheet
        self.row = row
        self.column = column

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                self.path,
                f"sheet '{self.sheet}'" if self.sheet else "",
                f"row {self.row}" if self.row else "",
                f"column '{self.column}'" if self.column else "",
            )
            if part
        )
        return f"{place + ': ' if place else ''}{self.message} {self.remedy}".strip()


class SettingsError(InclusiveAdsError):
    """A setting or option has a value that makes no sense."""
