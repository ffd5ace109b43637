"""What is missing in an advert, filled in: the line that states it, and the place where it goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.dates import read_day, written
from inclusive_ads.errors import InputError
from inclusive_ads.facts.contacts import can_reach
from inclusive_ads.lexicon.checklist import VALUE, MissingLine
from inclusive_ads.report import Edit
from inclusive_ads.statements.library import load_library
from inclusive_ads.statements.placing import Layout
from inclusive_ads.text.document import Block

MOST = 200  # characters of a value
_HEAD = 12  # blocks at the top, among which the labelled lines of an advert begin
_SHORT = 20  # words; a longer line tells more than a fact
_LINE = 12  # words; no line that belongs to a title has more
_FEW = 4  # words; nor one with a blank line between
_LABELLED = re.compile(r"[A-Z][^:.!?\n]{1,40}: ?\S")
_APPLYING = ("application", "contact", "dates")  # parts, as in sections.yaml
_FIGURE = re.compile(r"\d")
_ADDRESS = re.compile(r"https?:|www\.|\S+@")
_STOPS = (".", "!", "?", ",", ";")
_ROUND = " .;,"


def filled(line: MissingLine, value: str, *, today: date) -> str:
    """The line with what was filled in.

    Args:
        value: as a person typed it.
        today: a day without a year is the one nearest to this.

    Raises:
        InputError: it is empty, too long, of several lines, or no date or contact where the line asks for one.
    """
    value = value.strip()
    if line.kind == "ready":
        if value:
            raise _refused("This line has nothing to fill in.")
        return line.text
    if not value:
        raise _refused(f"Fill in '{line.label}', such as {line.example}.")
    if len(value) > MOST:
        raise _refused(f"Use at most {MOST} characters.")
    if not value.isprintable():
        raise _refused("Write it in one line.")
    if line.kind == "date":
        day = read_day(value, today)
        if day is None:
            raise _refused(f"Enter a real date, such as {line.example}.")
        if day < today:
            raise _refused(f"Enter a date that is still to come, such as {line.example}.")
        value = written(day)
    if line.kind == "contact" and not can_reach(value):
        raise _refused("Give an e-mail address or a telephone number.")
    if not line.text.endswith(VALUE):  # the sentence has its own stop
        value = value.rstrip(_ROUND)
    elif not _ADDRESS.match(value):
        value = value[0].upper() + value[1:]  # behind a label
    return line.text.replace(VALUE, value)


def insertion(advert: Advert, item: str, line: MissingLine, text: str) -> Edit:
    """The edit of the source that puts a line in its place, in the shape that the lines there have.

    Args:
        item: id of the item, whose `when` tells where a line "beside" goes.
        line: whose place it is.
        text: the line, filled in.
    """
    after = _PLACES[line.place](advert, item)
    label, parted, value = text.partition(": ")
    if after and after.kind == "cell" and parted and (row := advert.document.row(after, label, value)):
        return row
    if after and _joins(advert, after, line.place, text):
        return advert.document.continuation(after, text)
    return advert.document.insertion(after, text)


def _joins(advert: Advert, after: Block, place: str, text: str) -> bool:
    """Whether a line is one more of the points or of the short lines that it comes behind."""
    if after.kind == "item":
        part = advert.part(after.start)
        # A list right below the heading is about applying; what else follows there may be about anything.
        heading = part.start if part is not None and part.place == "application" else -1
        applying = advert.introduction(after.start)[0] == heading
        return place == "beside" or applying or _is_labelled(advert, after)
    number = advert.number(after.start)
    goes_on = number > 0 and _goes_on(advert, advert.blocks[number - 1], after)
    return _LABELLED.match(text) is not None and (_is_labelled(advert, after) or goes_on)


def _among_facts(advert: Advert, _: str) -> Block | None:
    """The last of the labelled lines at the top, or of a table; else the title and what belongs to it."""
    blocks = [block for block in advert.blocks if not block.beside]
    if not blocks:
        return None
    first = next((index for index, block in enumerate(blocks[:_HEAD]) if _is_fact(advert, block)), -1)
    if first >= 0:
        return blocks[_last_labelled(advert, first)]
    last = next((i for i, b in enumerate(blocks[:_HEAD]) if b.kind == "heading" and b.level == 1), 0)
    while last + 1 < len(blocks) and (
        blocks[last].kind == "cell" or _greets(advert, blocks[last]) or _goes_on(advert, blocks[last], blocks[last + 1])
    ):
        last += 1
    return _table_below(advert, blocks, last) or blocks[last]


def _table_below(advert: Advert, blocks: Sequence[Block], number: int) -> Block | None:
    """The last cell of a table right below a block whose rows can be added to; None where there is none."""
    end = number
    while end + 1 < len(blocks) and blocks[end + 1].kind == "cell":
        end += 1
    return blocks[end] if end > number and advert.document.row(blocks[end], "", "") else None


def _is_fact(advert: Advert, block: Block) -> bool:
    """Whether a labelled line is about the post, not about how and until when to apply."""
    return _is_labelled(advert, block) and advert.section(block.start) not in _APPLYING


def _last_labelled(advert: Advert, number: int) -> int:
    """The last block of the labelled lines that follow a block."""
    while number + 1 < len(advert.blocks) and _is_labelled(advert, advert.blocks[number + 1]):
        number += 1
    return number


def _greets(advert: Advert, block: Block) -> bool:
    """Whether a letter begins so: "Dear all,"."""
    return advert.text[block.end - 1] == ","


def _is_labelled(advert: Advert, block: Block) -> bool:
    """Whether a block is a line such as "Location: Leeds"."""
    text = advert.text[block.start : block.end]
    if block.kind == "cell" or block.beside or text.count(" ") >= _SHORT or text.endswith(_STOPS[:-1]):
        return False
    return _LABELLED.match(text) is not None


def _goes_on(advert: Advert, block: Block, below: Block) -> bool:
    """Whether a short line belongs to the one above, as an employer or "Band 4" does to a title."""
    document = advert.document
    if document.format == "html" or below.kind not in ("paragraph", "heading") or advert.section(below.start):
        return False
    text = advert.text[below.start : below.end]
    gap = document.source[document.span(block.start, block.end)[1] : document.span(below.start, below.end)[0]]
    heads = below.kind == "heading" and not _FIGURE.search(text)  # the next part, and no grade or pay
    if heads or advert.text.endswith(_STOPS, block.start, block.end):
        return False
    return text.count(" ") < (_LINE if gap.count("\n") == 1 else _FEW) and not text.endswith(_STOPS)


def _with_application(advert: Advert, _: str) -> Block | None:
    """Where a statement on applying goes, and behind the facts that follow there."""
    library = load_library()
    after, _why = Layout(advert, library.hits(advert.found.cues), library).place("application")
    return advert.blocks[_last_labelled(advert, advert.number(after.start))] if after else None


def _beside(advert: Advert, item: str) -> Block | None:
    """The wording that calls for it; of a table, its last cell."""
    start = min((start for start, _ in advert.cues(f"when {item}", 0, advert.document.body_end)), default=-1)
    if start < 0:
        return _with_application(advert, item)
    number = advert.number(start)
    while number + 1 < len(advert.blocks) and advert.blocks[number].kind == "cell":
        number += 1
    return advert.blocks[number]


_PLACES: Mapping[str, Callable[[Advert, str], Block | None]] = {
    "facts": _among_facts,
    "application": _with_application,
    "beside": _beside,
}


def _refused(message: str) -> InputError:
    return InputError(message, code="fill")
