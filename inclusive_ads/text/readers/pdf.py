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
from inclusive_ads.text.readers.plain import read_plain, whole_lines

MOST_PAGES = 50
MOST_STEPS = 100_000  # of all pages, some 40 microseconds each; a page of text takes a thousand or two
_FORM = 100  # steps that the call of a form counts for, beside those in it: it is read anew each time
_UNPACKED = 4_000_000  # bytes of one stream
# What pypdf allows one stream by itself is made for any document; an advert needs far less.
_LIMITS: dict[str, Any] = {
    "array_based_stream_maximum_output_length": _UNPACKED,
    "array_maximum_element_count": 20_000,
    "brotli_maximum_output_length": _UNPACKED,
    "dictionary_maximum_element_count": 20_000,
    "lzw_maximum_output_length": _UNPACKED,
    "run_length_maximum_output_length": _UNPACKED,
    "stream_decoding_work_maximum_length": 4 * _UNPACKED,
    "stream_parsing_work_maximum_count": MOST_STEPS,
    "xform_maximum_invocations_per_extraction": 1_000,
    "zlib_maximum_output_length": _UNPACKED,
    "zlib_maximum_recovery_input_length": 500_000,
}
_MOST_NAMES = 100  # pictures and remarks of a page, or attached files, that are counted
_MARKS = {"/Text": "comments", "/FreeText": "comments", "/FileAttachment": "attachments", "/Widget": "form-fields"}


def open_pdf(data: bytes, limit: int) -> Opened:
    """The text of a PDF in whole lines, a blank one between pages, and what adds its blocks.

    Raises:
        InputError: damaged, protected, without text, or of too many pages or characters.
    """
    import pypdf
    from pypdf.errors import LimitReachedError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it would print remarks about files it mends
    pages: list[str] = []
    length = 0
    steps = 0

    def count(operator: Any, operands: Any, *_: Any) -> None:
        nonlocal steps
        steps += _FORM if operator == b"Do" else 1
        steps += sum(len(each) for each in operands if isinstance(each, list))
        if steps > MOST_STEPS:
            raise LimitReachedError(f"more than {MOST_STEPS:,} drawing steps")

    try:
        with warnings.catch_warnings(), pypdf.apply_configuration(**_LIMITS):
            warnings.simplefilter("ignore")
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise InputError(
                    "The PDF is protected by a password.", "Save it without the password.", code="protected"
                )
            if len(reader.pages) > MOST_PAGES:
                raise _too_long(f"{MOST_PAGES} pages")
            for page in reader.pages:
                pages.append(
                    page.extract_text(visitor_operand_before=count)
                    .replace("\0", "")
                    .encode("utf-8", "replace")
                    .decode()
                )
                length += len(pages[-1])
                if length > limit:
                    raise _too_long(f"{limit:,} characters")
            missed = _missed(reader)
    except InputError:
        raise
    except LimitReachedError as error:
        raise _too_long(f"{MOST_STEPS:,} drawing steps, or parts as large unpacked") from error
    except Exception as error:  # pypdf meets broken files with errors of many kinds
        raise InputError("The PDF is damaged.", "Paste the advert's text instead.", code="broken") from error
    text = "\n\n".join(map(whole_lines, pages))
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
