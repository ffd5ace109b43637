"""Errors, said once: a GOV.UK page for people, `application/problem+json` (RFC 9457) for programs."""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Flask, Response, current_app, g, render_template, request
from werkzeug.exceptions import BadRequest, HTTPException

from inclusive_ads import InclusiveAdsError
from inclusive_ads_web.observe import fault

API = "/api/v2"
LANGUAGETOOL = "/v2"

PAGES = {
    400: ("This request could not be read", "Go back to the start and try again."),
    404: ("Page not found", "Check the address, or go to the start page."),
    405: ("This page cannot be opened that way", "Go to the start page and paste your advert there."),
    413: ("The file or text is too large", "Go back and send the advert alone, without pictures: {most:g} MB at most."),
    429: ("Too many requests", "Wait a minute, then try again."),
    503: ("The service is busy", "Wait a moment, then try again."),
    500: ("Sorry, something went wrong", "Nothing that you entered was kept. Try again; if it happens again, tell the "
          "person who runs this service the number below."),
}  # fmt: skip


# What the API says about errors that HTTP itself names; the pages say it in their own words.
REMEDIES = {
    404: f"{API}/openapi.json lists the addresses.",
    405: f"{API}/openapi.json lists the methods.",
    413: "Send the advert alone, without pictures.",
    429: "Wait for as many seconds as Retry-After says.",
}
RETRY_AFTER = {429: 1, 503: 5}  # seconds, where no window of time says it
WAITING = frozenset({"at-once", "busy", "ending", "not-ready"})  # of those a later request may well be answered
STANDARD = frozenset(
    {"bad-request", "not-found", "method-not-allowed", "request-entity-too-large", "too-many-requests", "fault"}
)


class Problem(Exception):  # noqa: N818 - the word of RFC 9457
    """A fault in a request.

    Args:
        status: HTTP status.
        code: stable name; clients may rely on it.
        detail: what is wrong, in one sentence.
        remedy: what to do about it.
    """

    def __init__(self, status: int, code: str, detail: str, remedy: str = "") -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.remedy = remedy


def problem(status: int, code: str, detail: str, remedy: str = "", **more: object) -> Response:
    """A problem document."""
    body = {
        "type": f"urn:inclusive-ads:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "remedy": remedy,
        "request_id": g.get("request_id", ""),
    }
    return Response(
        json.dumps(body | more, ensure_ascii=False) + "\n", status=status, content_type="application/problem+json"
    )


def plainly(status: int, detail: str, remedy: str = "") -> Response:
    """What the LanguageTool protocol says: a line of text."""
    return Response(f"Error: {detail} {remedy}".strip(), status=status, content_type="text/plain; charset=utf-8")


def answer(status: int, code: str, detail: str, remedy: str = "") -> Response:
    """What is said of a request that failed: a page for people, a problem document or a line for programs."""
    # Without a good Host header no address can be made, and so no page.
    if request.path.startswith(f"{LANGUAGETOOL}/"):
        return plainly(status, detail, "" if status in (404, 405) else remedy)
    if request.path.startswith(API) or isinstance(request.routing_exception, BadRequest):
        return problem(status, code, detail, remedy)
    title, advice = PAGES.get(status, ("This cannot be done", remedy))
    advice = advice.format(most=current_app.extensions["inclusive_ads_web"].upload_bytes / 1e6)
    shown = "" if code in STANDARD else f"{detail} {remedy}"
    page = render_template("error.html", title=title, detail=shown, advice="" if shown else advice)
    return Response(page, status=status, content_type="text/html; charset=utf-8")


def handle_errors(app: Flask) -> None:
    """Register a handler for every way a request can fail; none shows a traceback."""

    @app.get("/too-large")
    def too_large() -> Response:
        """The page to which a proxy sends a browser whose file it did not let pass."""
        return answer(413, "request-entity-too-large", "")

    @app.errorhandler(Problem)
    def asked_wrongly(error: Problem) -> Response:
        g.retry_after = str(RETRY_AFTER[error.status]) if error.code in WAITING else ""
        return answer(error.status, error.code, error.detail, error.remedy)

    @app.errorhandler(InclusiveAdsError)
    def ours(error: InclusiveAdsError) -> Response:
        return answer(422, error.code, error.message, error.remedy)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        status = error.code or 500
        if error.response is not None or 300 <= status < 400:
            return Response(error.get_response().get_data(), status, dict(error.get_headers()))
        said = answer(status, error.name.lower().replace(" ", "-"), f"{error.name}.", REMEDIES.get(status, ""))
        headers = dict(error.get_headers())
        if "Allow" in headers:
            said.headers["Allow"] = headers["Allow"]
        if "Retry-After" in headers:
            g.retry_after = headers["Retry-After"]
        return said

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        fault(error)
        return answer(500, "fault", *[f"{PAGES[500][0]}.", PAGES[500][1]])
