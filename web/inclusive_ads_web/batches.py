"""Many adverts through the API: JSON lines in, JSON lines out. Whatever goes wrong in a stream is a line of it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any  # a line may hold anything

from apiflask import APIBlueprint
from flask import Response, current_app, g, request, stream_with_context
from pydantic import ValidationError

from inclusive_ads import Item, JsonObject, to_json_line
from inclusive_ads_web.api import cap, known_profile
from inclusive_ads_web.fields import field_problems, read_json
from inclusive_ads_web.gate import Gate
from inclusive_ads_web.observe import fault
from inclusive_ads_web.openapi import LINES, described
from inclusive_ads_web.pages import work
from inclusive_ads_web.pool import Pool
from inclusive_ads_web.problems import API, Problem
from inclusive_ads_web.schemas import BatchLine, decisions, vacancy
from inclusive_ads_web.security import caller
from inclusive_ads_web.settings import WebSettings
from inclusive_ads_web.utf16 import Utf16
from inclusive_ads_web.values import Given

batches = APIBlueprint("batches", __name__, url_prefix=API)
AGAIN = "Send this line and all below it again."
LAST = 5  # seconds before the end in which no new line is begun


@batches.post("/batch")
@described("batch")
def batch() -> Response:
    """Check many adverts: JSON lines in, JSON lines out, in the same order."""
    if request.mimetype not in {LINES, "application/jsonl"}:
        raise Problem(415, "media-type", "A batch is JSON lines.", f"Send Content-Type: {LINES}.")
    settings: WebSettings = current_app.extensions["inclusive_ads_web"]
    gate: Gate = current_app.extensions["inclusive_ads_batches"]
    given = Given(profile=known_profile(request.args.get("profile", "generic")))
    asker = caller()
    leave = gate.enter(asker)
    lines = (line for line in request.stream if line.strip())
    tally: Counter[str] = Counter()
    made = _and_then(_lines(lines, given, settings, asker, tally), leave)
    answer = Response(stream_with_context(made), content_type=LINES)
    answer.call_on_close(leave)  # also where nobody takes a line
    g.tally = tally
    return answer


def _and_then(lines: Iterator[bytes], leave: Callable[[], None]) -> Iterator[bytes]:
    """The lines, and with the last of them the place is free for the next batch."""
    try:
        yield from lines
    finally:
        leave()


def _lines(
    lines: Iterator[bytes], given: Given, settings: WebSettings, asker: str, tally: Counter[str]
) -> Iterator[bytes]:
    state = current_app.extensions["inclusive_ads_state"]
    most, until = settings.batch_lines, time.monotonic() + settings.batch_seconds
    for number, line in enumerate(islice(lines, most + 1), 1):
        if state.draining and time.monotonic() > state.ends - LAST:
            yield _error_line(_id(line, number), f"The server is about to end. {AGAIN}")
            return
        if time.monotonic() > until:
            yield _error_line(_id(line, number), f"A batch has {settings.batch_seconds} seconds in all. {AGAIN}")
            return
        if number > most:
            made = _error_line(f"line {number}", f"A batch has at most {most} lines. Send the rest apart.")
        else:
            try:
                made = _line(line, number, given, asker, tally)
            except Problem as problem:  # of the workers
                made = _error_line(_id(line, number), f"{problem.detail} {problem.remedy}")
            except Exception as error:  # an error in a stream is a line of it
                fault(error)
                made = _error_line(_id(line, number), "The advert could not be checked.")
        tally["lines"] += 1
        tally["errors"] += made.startswith(b'{"id": ') and b'"error": ' in made[:1000]
        yield made


def _error_line(name: str | int, message: str) -> bytes:
    return to_json_line({"id": name, "error": message}).encode()


def _id(line: bytes, number: int) -> str | int:
    """What to call a line by: its own id where it has one that can be written."""
    try:
        data = read_json(line)
    except (ValueError, RecursionError):
        return f"line {number}"
    name: Any = data.get("id") if isinstance(data, dict) else None
    # True is an int to Python, not to JSON.
    good = type(name) in {str, int} and _is_written(name)
    found: str | int = name if good else f"line {number}"
    return found


def _is_written(name: str | int) -> bool:
    try:
        str(name).encode()
    except (UnicodeEncodeError, ValueError):  # half a character; a number of thousands of digits
        return False
    return True


def _line(line: bytes, number: int, given: Given, asker: str, tally: Counter[str]) -> bytes:
    name = _id(line, number)
    try:
        asked = BatchLine.model_validate(read_json(line))
    except ValidationError as error:
        return _error_line(name, "; ".join(f"{e['field']}: {e['message']}" for e in field_problems(error)))
    except (ValueError, RecursionError):
        return _error_line(name, "The line is not JSON.")
    about: JsonObject = {"vacancy": vacancy(asked.post), "decisions": tuple(decisions(asked.decisions))}
    item = Item(id=name, text=asked.text, format=asked.format, **about)
    pool: Pool | None = current_app.extensions.get("inclusive_ads_pool")
    wording, made = pool.ask(asker, ("line", item, given), patient=True) if pool else answer_line(item, given)
    tally[f"wording {wording}"] += bool(wording)
    return bytes(made)


def answer_line(item: Item, given: Given) -> tuple[str, bytes]:
    """The line of results for one advert of a batch, and what its wording comes to ("" where it was not read)."""
    result = work().line(item, given)
    if "findings" in result:
        cap(result)
        Utf16(item.text or "").add(result)
    return str(result.get("wording") or ""), to_json_line(result).encode()
