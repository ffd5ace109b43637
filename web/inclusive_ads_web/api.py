"""The HTTP API, version 1. Offsets are half-open, in code points of the text that was sent; `utf16` has them again."""

from __future__ import annotations

import json
from typing import Any, TypeVar  # APIFlask makes what was asked of a model

from apiflask import APIBlueprint
from flask import Response, current_app, g, request
from pydantic import BaseModel

from inclusive_ads import (
    FORMATS,
    Document,
    Entry,
    InclusiveAdsError,
    JsonObject,
    Report,
    __version__,
    decision_faults,
    make_decision,
)
from inclusive_ads_web.downloads import attachment
from inclusive_ads_web.fields import InvalidFields, TwiceError, form_fields, read_json, validated
from inclusive_ads_web.guide import Guide
from inclusive_ads_web.openapi import described
from inclusive_ads_web.pages import work
from inclusive_ads_web.pool import Pool
from inclusive_ads_web.problems import API, Problem, problem
from inclusive_ads_web.schemas import FULL, CheckIn, FixIn, JudgeIn, KeepIn, decisions, vacancy
from inclusive_ads_web.security import allowed
from inclusive_ads_web.utf16 import Utf16
from inclusive_ads_web.values import Given

api = APIBlueprint("api", __name__, url_prefix=API)
_M = TypeVar("_M", bound=BaseModel)
MOST_FINDINGS = 1000  # in one answer; beyond that an advert is to be written anew, not mended


@api.post("/check")
@described("check")
def check() -> Response:
    """Check an advert."""
    asked, document = _asked(JudgeIn)
    return _json(_report(document, work().check(document, given_by(asked), decisions=decisions(asked.decisions))))


@api.post("/keep")
@described("keep")
def keep() -> Response:
    """Keep a wording on purpose."""
    asked, document = _asked(KeepIn)
    report = work().check(document, given_by(asked))
    number = asked.finding
    finding = next((one for one in report.findings if one.number == number), None)
    if finding is None:
        raise Problem(409, "finding", f"There is no finding {number}.", "Check the advert again.")
    about = {name: getattr(asked, name) for name in ("reason", "kept_by", "approved_by", "advice")}
    if faults := decision_faults(finding.severity, **about):
        raise InvalidFields([{"field": name, "message": fault} for name, fault in faults.items()])
    made = make_decision(finding, document.source, **about).model_dump(mode="json")
    return _json(made)


@api.post("/fix")
@described("fix")
def fix() -> Response:
    """Improve an advert."""
    asked, document = _asked(FixIn)
    given = given_by(asked)
    choices = {int(number): index for number, index in asked.accept.items()} | dict.fromkeys(asked.leave, -1)
    kept = decisions(asked.decisions)
    report = work().check(document, given, decisions=kept)
    _check_choices(report, choices)
    improved = work().improve(document, report, choices, insert=asked.statements)
    if asked.answer != "json":
        g.wording = report.wording.value
        word = work().word(document, report, improved.changes, tracked=asked.answer == "docx")
        return attachment(word, "improved-advert.docx", FORMATS["docx"].media_type)
    changes: list[JsonObject] = [{"start": e.start, "end": e.end, "text": e.text} for e in improved.changes]
    Utf16(document.source).add(changes)
    again = _report(improved.document, work().check(improved.document, given, decisions=kept))
    return _json({"text": improved.source, "changes": changes, "report": again})


@api.post("/statement")
@described("statement")
def statement() -> Response:
    """Choose the statement for an advert and its post."""
    asked, document = _asked(CheckIn)
    found = work().check(document, given_by(asked)).to_dict()["statements"]
    Utf16(document.source).add(found)
    return _json(found)


@api.get("/entries")
@described("entries")
def entries() -> Response:
    """List the entries of the lexicon."""
    found = Guide(work().entries()).find(_words("q", 100), _words("category", 50))
    offset, limit = _number("offset", 0, 10**6), _number("limit", 100, 1000)
    shown = [_entry(entry) for entry in found[offset : offset + limit]]
    return _json({"total": len(found), "offset": offset, "entries": shown})


@api.get("/entries/<entry_id>")
@described("entry")
def entry(entry_id: str) -> Response:
    """Read one entry."""
    found = work().entries().get(entry_id)
    if found is None:
        raise Problem(404, "no-entry", "There is no entry of that id.", "GET /entries lists them.")
    return _json(_entry(found))


@api.get("/profiles")
@described("profiles")
def profiles() -> Response:
    """List the profiles that this server offers."""
    return _json(
        {"profiles": [{"name": name, "title": title} for name, title in work().profiles.items() if allowed(name)]}
    )


@api.get("/health")
@described("health")
def health() -> Response:
    """Say that the server answers."""
    return _json({"status": "ok", "version": __version__})


@api.get("/ready")
@described("ready")
def ready() -> Response:
    """Say that the lexicons are loaded and a check works."""
    try:
        if current_app.extensions["inclusive_ads_state"].draining:
            raise Problem(503, "ending", "The server is about to end.", "Ask another, or try again soon.")
        pool: Pool | None = current_app.extensions.get("inclusive_ads_pool")
        if pool and not pool.ready:
            raise Problem(503, "not-ready", "The workers have ended.", "The administrator has to start it again.")
        if not pool:
            work().warm()
    except InclusiveAdsError as error:
        raise Problem(503, "not-ready", error.message, error.remedy) from None
    return _json({"status": "ok", "version": __version__})


def _asked(model: type[_M]) -> tuple[_M, Document]:
    """The request's fields and its advert, from JSON or from a form with a file.

    Raises:
        Problem: neither, or a field is wrong.
        InputError: the advert cannot be read.
    """
    limit = work().settings.max_characters
    if request.mimetype == "multipart/form-data":
        file = request.files.get("document")
        if set(request.files) - {"document"}:
            raise Problem(422, "files", "The form has a file beside 'document'.", "Send one advert at a time.")
        if file is None:
            raise Problem(
                422, "no-document", "The form has no file 'document'.", "Send the advert as the field 'document'."
            )
        asked = validated(model, {"text": "-", **form_fields()})
        return asked, Document.from_bytes(file.read(), name=file.filename or "", limit=limit)
    if request.mimetype != "application/json":
        raise Problem(415, "media-type", "The advert is neither JSON nor a form with a file.", "Send application/json.")
    try:
        data = read_json(request.get_data())
    except TwiceError:
        raise Problem(400, "twice", "A field stands more than once in an object.", "Send each field once.") from None
    except (ValueError, RecursionError):
        raise Problem(400, "json", "The body is not JSON.", "Send an object with the field 'text'.") from None
    asked = validated(model, data)
    found: Any = asked
    return asked, Document.from_text(found.text, format=found.format, limit=limit)


@api.app_errorhandler(InvalidFields)
def invalid_fields(error: InvalidFields) -> Response:
    """The problem document, with each field."""
    return problem(error.status, error.code, error.detail, error.remedy, errors=error.errors)


def given_by(asked: Any) -> Given:
    """What a request tells of the post. Raises Problem where there is no such profile."""
    return Given(profile=known_profile(asked.profile), vacancy=vacancy(asked.post))


def known_profile(name: str) -> str:
    """The name of a profile that this server offers the caller. Raises Problem where there is none."""
    # Only names from the list: a profile may be a path in the settings, never in a request.
    if name not in work().profiles or not allowed(name):
        raise Problem(422, "profile", "There is no profile of that name.", "GET /profiles lists them.")
    return name


def _check_choices(report: Report, choices: dict[int, int]) -> None:
    sizes = {finding.number: len(finding.suggestions) for finding in report.findings}
    for number, index in choices.items():
        if number not in sizes:
            raise Problem(409, "finding", f"There is no finding {number}.", "Check the advert again.")
        if index >= sizes[number]:
            raise Problem(409, "suggestion", f"Finding {number} has {sizes[number]} suggestions.", "Count from 0.")


def _report(document: Document, report: Report) -> JsonObject:
    plain = report.to_dict()
    g.wording = str(plain["wording"])
    cap(plain)
    if _switch("slim"):
        for finding in plain["findings"]:
            for name in FULL:
                del finding[name]
    Utf16(document.source).add(plain)
    return plain


def cap(plain: JsonObject) -> None:
    """Keep an answer from growing without end, and say what was left out."""
    findings = plain["findings"]
    if len(findings) > MOST_FINDINGS:
        plain["findings"] = findings[:MOST_FINDINGS]
        plain["findings_left_out"] = len(findings) - MOST_FINDINGS


def _entry(entry: Entry) -> JsonObject:
    sources = [
        {name: getattr(source, name) for name in ("id", "title", "publisher", "year", "url", "standing", "checked_on")}
        for source in work().sources(entry)
    ]
    names = (
        "id",
        "category",
        "severity",
        "affects",
        "characteristics",
        "forms",
        "message",
        "why",
        "evidence",
        "advice",
    )
    plain = entry.model_dump(mode="json", include={*names, "alternatives"})
    return {name: plain[name] for name in names} | {"sources": sources, "alternatives": plain["alternatives"]}


def _number(name: str, default: int, most: int) -> int:
    text = request.args.get(name, str(default))
    if not (text.isascii() and text.isdecimal() and len(text) < 8 and int(text) <= most):
        raise Problem(422, "query", f"'{name}' is not a whole number from 0 to {most}.", "Correct it or leave it out.")
    return int(text)


def _switch(name: str) -> bool:
    text = request.args.get(name, "false")
    if text not in ("true", "false"):
        raise Problem(422, "query", f"'{name}' is neither true nor false.", "Correct it or leave it out.")
    return text == "true"


def _words(name: str, most: int) -> str:
    text = request.args.get(name, "")
    if len(text) > most:
        raise Problem(422, "query", f"'{name}' is longer than {most} characters.", "Use one or two words.")
    return text


def _json(value: Any) -> Response:
    return Response(json.dumps(value, ensure_ascii=False) + "\n", content_type="application/json")
