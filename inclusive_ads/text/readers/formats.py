"""The formats in which adverts come: the one table that every door asks (folders, files, page, API, hook, messages)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from types import MappingProxyType
from typing import Any  # what is imported by name has no type

from inclusive_ads.text.readers.cleaning import Cleaner

Blocks = Callable[[str, Cleaner], None]  # adds the blocks of a source to its cleaner
Opened = tuple[str, Blocks]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format of one advert. It is read by `blocks` where it is text as it stands, else by `opens`.

    Attributes:
        name: as ``Document.format`` and ``--input-format`` have it.
        title: what people call it, as in the middle of a sentence.
        suffixes: how its files end, in small letters, the usual ending first.
        media_type: of its files, as they are written.
        blocks: ``"module.function"`` among the readers, a `Blocks`.
        opens: ``"module.function"``: (bytes of a file, most characters) → the source, and its `Blocks`.
        start: how every file of it begins (b"" where there is no such sign).
        written: whether an improved advert can be written in it.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    media_type: str
    blocks: str = ""
    opens: str = ""
    start: bytes = b""
    written: bool = True

    @property
    def is_text(self) -> bool:
        """Whether an advert in it can be pasted, or sent as a string."""
        return bool(self.blocks)

    @property
    def label(self) -> str:
        """What people call it, with its usual ending."""
        return f"{self.title} ({self.suffixes[0]})"

    def add_blocks(self, source: str, cleaner: Cleaner) -> None:
        """Add the blocks of a text in this format to the cleaner of it."""
        _reader(self.blocks)(source, cleaner)

    def open(self, data: bytes, limit: int) -> Opened:
        """The text of a file, and what adds its blocks.

        Raises:
            InputError: damaged, protected, unsafe, empty, or of more than `limit` characters.
        """
        opened: Opened = _reader(self.opens)(data, limit)
        return opened


def _reader(place: str) -> Callable[..., Any]:
    """Imported when it is needed: Word and PDF have large libraries."""
    module, _, name = place.partition(".")
    found: Callable[..., Any] = getattr(import_module(f"inclusive_ads.text.readers.{module}"), name)
    return found


# Files first, the likeliest first: this is the order in which people are told of them.
_ALL = (
    Format(
        name="docx",
        title="Word",
        suffixes=(".docx", ".docm"),
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        opens="word.open_word",
        start=b"PK\x03\x04",
    ),
    Format(
        name="pdf",
        title="PDF with text",
        suffixes=(".pdf",),
        media_type="application/pdf",
        opens="pdf.open_pdf",
        start=b"%PDF-",
        written=False,
    ),
    Format(
        name="eml",
        title="e-mail",
        suffixes=(".eml",),
        media_type="message/rfc822",
        opens="mail.open_mail",
        written=False,
    ),
    Format(
        name="html",
        title="web page",
        suffixes=(".html", ".htm", ".xhtml"),
        media_type="text/html; charset=utf-8",
        blocks="html.read_html",
    ),
    Format(
        name="markdown",
        title="Markdown",
        suffixes=(".md", ".markdown"),
        media_type="text/markdown; charset=utf-8",
        blocks="markdown.read_markdown",
    ),
    Format(
        name="text",
        title="plain text",
        suffixes=(".txt", ".text"),
        media_type="text/plain; charset=utf-8",
        blocks="plain.read_plain",
    ),
)
FORMATS: Mapping[str, Format] = MappingProxyType({each.name: each for each in _ALL})
SUFFIXES = tuple(suffix for each in _ALL for suffix in each.suffixes)
LINES, TABLES = (".jsonl", ".ndjson"), (".csv", ".tsv")  # files of many adverts

_BY_SUFFIX = {suffix: each for each in _ALL for suffix in each.suffixes}


def format_named(name: str) -> Format | None:
    """The format that the ending of a file's name tells of, or None."""
    return _BY_SUFFIX.get(PurePath(name).suffix.lower())


def listed(words: tuple[str, ...], last: str = "or") -> str:
    """Words as a list in a sentence."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), words[-1])))


SAVE_AS = f"Save the advert as {listed(tuple(each.suffixes[0] for each in _ALL))}."
