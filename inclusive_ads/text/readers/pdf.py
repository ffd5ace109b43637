"""The text of a PDF file; its layout is guessed as for plain text."""

from __future__ import annotations

import io
import logging
import warnings

from inclusive_ads.errors import InputError
from inclusive_ads.text.readers.cleaning import VISIBLE
from inclusive_ads.text.readers.formats import Opened
from inclusive_ads.text.readers.plain import read_plain

MOST_PAGES = 50


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
    except InputError:
        raise
    except Exception as error:  # pypdf meets broken files with errors of many kinds
        raise InputError("The PDF is damaged.", "Paste the advert's text instead.", code="broken") from error
    text = "\n\n".join(pages)
    if not VISIBLE.search(text):
        raise InputError("The PDF holds no text; it may be a scan.", "Paste the advert's text instead.", code="empty")
    return text, read_plain


def _too_long(most: str) -> InputError:
    return InputError(
        f"The PDF has more than {most}, the most that is read.", "Check one advert at a time.", code="too-long"
    )
