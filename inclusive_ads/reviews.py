"""What somebody without the tool said of a report: a small file that the review sheet saves, read beside the advert.

It holds what was said, by whom and when, and of the advert only the phrases it is about.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from inclusive_ads.errors import InputError
from inclusive_ads.refusals import said
from inclusive_ads.report import ChosenStatement, Finding, Note, Remark

OUTDATED = "review-outdated"  # id of the note about a remark on what is no longer there
MOST_BYTES = 500_000
_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Said(BaseModel):
    """One remark as the sheet saves it.

    Attributes:
        key: of the finding or statement it is about, see `Finding.key` and `ChosenStatement.key`.
        about: the phrase, or the statement's id.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    key: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    about: Annotated[str, StringConstraints(max_length=500)]
    view: Literal["agree", "disagree", ""] = ""
    comment: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""


class Review(BaseModel):
    """What one person said of one advert.

    Attributes:
        review: the version of this form.
        advert: name of the advert, as the sheet had it.
        by: who said it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    review: Literal[1]
    advert: Annotated[str, StringConstraints(max_length=500)] = ""
    by: _Name
    on: date
    remarks: Annotated[tuple[Said, ...], Field(max_length=2000)] = ()


def read_review(data: bytes, name: str) -> Review:
    """A review from the bytes of its file.

    Args:
        name: of the file, for the error.

    Raises:
        InputError: it is something else; the message says what is wrong.
    """
    remedy = "Give the file that the review sheet saved."
    if len(data) > MOST_BYTES:
        raise InputError(f"'{name}' is too large for a review.", remedy, code="review")
    try:
        return Review.model_validate(json.loads(data))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(f"'{name}' is no review: {where}: {said(first)}.", remedy, code="review") from None
    except (ValueError, RecursionError):
        raise InputError(f"'{name}' is no review: it is not JSON.", remedy, code="review") from None


def load_review(path: str | Path) -> Review:
    """A review from its file.

    Raises:
        InputError: it cannot be read, or is something else.
    """
    try:
        with Path(path).open("rb") as file:
            return read_review(file.read(MOST_BYTES + 1), str(path))
    except OSError as error:
        raise InputError(f"'{path}' cannot be read: {error.strerror}.", "Check its name.", code="file") from None


def apply_reviews(
    reviews: Iterable[Review], findings: Iterable[Finding], statements: Iterable[ChosenStatement], source: str
) -> tuple[tuple[Remark, ...], tuple[Note, ...]]:
    """Remarks on what is there, and notes on those about what has changed or is gone.

    A remark on a habit stands at its first place.
    """
    there = {one.key(source): (one.repeats or one.number, "") for one in findings}
    there |= {one.key: (0, one.id) for one in statements}
    remarks, notes = [], []
    for review in reviews:
        for one in review.remarks:
            if not (one.view or one.comment):
                continue
            finding, statement = there.get(one.key, (0, ""))
            remark = Remark(
                by=review.by,
                on=review.on.isoformat(),
                view=one.view,
                comment=one.comment,
                finding=finding,
                statement=statement,
            )
            if one.key in there:
                remarks.append(remark)
            else:
                message = f"A remark is about “{one.about}”, which has changed or is gone."
                notes.append(Note(id=OUTDATED, message=message, why=remark.said))
    return tuple(remarks), tuple(notes)
