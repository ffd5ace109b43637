"""The text of a PDF file; its layout is guessed as for plain text."""

from __future__ import annotations

import io
import logging
import warnings
from collections import Counter
from typing import Any  # what a PDF holds can be anything

from inclusive_ads.errors import InputError
from inclusive_ads.text.readers.cleaning import VISIBLE, Cleaner
from inclusive_ads.text.readers.formats import Opened
from inclusive_ads.text.readers.plain import read_plain

MOST_PAGES = 50
_MOST_NAMES = 100  # pictures and remarks of a page, or attached files, that are counted
_MARKS = {"/Text": "comments", "/FreeText": "comments", "/FileAttachment": "attachments", "/Widget": "form-fields"}


def open_pdf(data: bytes, limit: int) -> Opened:
    """The text of a PDF, a blank line between pages, and what adds its blocks.

    Raises:
        InputError: damaged, protected, without text, or of too many pages or characters.
    """
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it would print remarks about files it mends
    pages: list[str] = []
    length = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise InputError(
                    "The PDF is protected by a password.", "Save it without the password.", code="protected"
                )
            if len(reader.pages) > MOST_PAGES:
                raise _too_long(f"{MOST_PAGES} pages")
            for page in reader.pages:
                pages.append(page.extract_text().replace("\0", "").encode("utf-8", "replace").decode())
                length += len(pages[-1])
                if length > limit:
                    raise _too_long(f"{limit:,} characters")
            missed = _missed(reader)
    except InputError:
        raise
    except Exception as error:  # pypdf meets broken files with errors of many kinds
        raise InputError("The PDF is damaged.", "Paste the advert's text instead.", code="broken") from error
    text = "\n\n".join(pages)
    if not VISIBLE.search(text):
        raise InputError("The PDF holds no text; it may be a scan.", "Paste the advert's text instead.", code="empty")
    empty = tuple(f"page {number}" for number, page in enumerate(pages, 1) if not VISIBLE.search(page))

    def add_blocks(source: str, cleaner: Cleaner) -> None:
        read_plain(source, cleaner)
        for code, count in missed.items():
            cleaner.miss(code, count)
        cleaner.miss("pages-without-text", len(empty), empty)

    return text, add_blocks


def _missed(reader: Any) -> Counter[str]:
    """What is not text: code of `NotRead` → how many."""
    found: Counter[str] = Counter()
    for page in reader.pages:
        resources = _plain(page.get("/Resources")) or {}
        drawn = _plain(resources.get("/XObject")) or {}
        pictures = (_plain(each) for each in list(drawn.values())[:_MOST_NAMES])
        found["pictures"] += sum(isinstance(each, dict) and each.get("/Subtype") == "/Image" for each in pictures)
        for mark in list(_plain(page.get("/Annots")) or ())[:_MOST_NAMES]:
            seen = _plain(mark)
            if isinstance(seen, dict) and (code := _MARKS.get(str(seen.get("/Subtype")))):
                found[code] += 1
    names = _plain((_plain(reader.trailer["/Root"]) or {}).get("/Names")) or {}
    files = _plain(names.get("/EmbeddedFiles")) or {}
    found["attachments"] += len(list(_plain(files.get("/Names")) or ())[: 2 * _MOST_NAMES]) // 2
    return found


def _plain(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _too_long(most: str) -> InputError:
    return InputError(
        f"The PDF has more than {most}, the most that is read.", "Check one advert at a time.", code="too-long"
    )
