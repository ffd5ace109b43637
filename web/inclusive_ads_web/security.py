"""What keeps the page closed: headers, script nonces, API keys and rate limits."""

from __future__ import annotations

import re
import secrets
from functools import partial
from time import time

from flask import Flask, Response, current_app, g, request
from flask_limiter import Limiter
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from inclusive_ads_web.languagetool_form import key
from inclusive_ads_web.problems import API, LANGUAGETOOL, Problem
from inclusive_ads_web.settings import WebSettings

OPEN_ROUTES = frozenset({"api.health", "api.ready", "languagetool.languages", "openapi.spec", "static"})
FOR_PROGRAMS = (API, f"{LANGUAGETOOL}/", "/metrics")
PORT = re.compile(r":\d+$")


def nonce() -> str:
    """The word that lets this response's own scripts run, and no others."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(18)
    return str(g.nonce)


def allowed(profile: str) -> bool:
    """Whether this request's key may use a profile."""
    return _settings().may_use(g.get("caller"), profile)


def _settings() -> WebSettings:
    found: WebSettings = current_app.extensions["inclusive_ads_web"]  # they may be read anew while the server runs
    return found


def caller() -> str:
    """Whom to count a request against: the API key's name, else the address."""
    return str(g.get("caller") or request.remote_addr or "unknown")


def policy() -> str:
    """The content security policy: nothing from elsewhere, no inline style, scripts by nonce only."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'nonce-{nonce()}'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


def say_when(response: Response) -> Response:
    """`Retry-After` on refusals alone, and only where to wait helps; the limiter sets it always."""
    wait = g.get("retry_after", response.headers.get("Retry-After", "") if response.status_code == 429 else "")
    response.headers.pop("Retry-After", None)
    if wait:
        response.headers["Retry-After"] = wait
    return response


def add_headers(response: Response) -> Response:
    """Security headers for every response; nothing that holds an advert is kept by a cache."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", policy())
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), browsing-topics=()"
    if request.endpoint != "static":
        headers["Cache-Control"] = "no-store"
    return response


def _bearer() -> str:
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if kind.lower() == "bearer" else ""


class Rates:
    """What was counted in the present window of time."""

    def __init__(self) -> None:
        self._counted = FixedWindowRateLimiter(MemoryStorage())

    def count(self, rate: str, whose: str, cost: int = 1) -> None:
        """Count so much against somebody. Raises TooManyRequests."""
        limit = parse(rate)
        if cost and not self._counted.hit(limit, whose, cost=cost):
            reset = self._counted.get_window_stats(limit, whose).reset_time
            raise TooManyRequests(retry_after=max(1, round(reset - time())))


def identify(rates: Rates | None) -> None:
    """See whose the request is.

    Raises:
        Problem: asked for by a name that is not ours, or without the key that it needs.
    """
    settings = _settings()
    if request.endpoint in OPEN_ROUTES:
        return
    names = settings.known_hosts
    if names and PORT.sub("", request.host) not in names:
        raise Problem(400, "host", "The server has no such name.", "Use the address that you were given.")
    given = request.headers.get("X-API-Key", "") or _bearer()
    if request.endpoint == "languagetool.check":
        given = given or key()
    g.caller = settings.caller(given) if given else None
    if not request.path.startswith(FOR_PROGRAMS):
        return
    if g.caller is None and (given or not settings.open_api):
        if given and rates:
            rates.count(settings.wrong_key_rate, f"wrong key {request.remote_addr}")
        raise Problem(
            401,
            "key",
            "The API key is missing, or is not one of ours.",
            "Send the key in the header X-API-Key; the administrator of this server can make one.",
        )


def weigh(rates: Rates) -> None:
    """Count the characters of a request, before they are read; a batch is held back by having one worker at a time."""
    if request.method == "POST" and request.endpoint != "batches.batch":
        size = len(request.get_data())  # kept, to be handed on; too large a body is refused here
        rates.count(_settings().character_rate, f"characters {caller()}", cost=size)


def protect(app: Flask, settings: WebSettings, *, inner: bool = False) -> Limiter:
    """Put keys, limits and headers in front of every route.

    The API needs a key as soon as one is set or the server can be reached from elsewhere. An `inner` app, that of a
    worker, counts nothing: the app that hands requests on has counted them.
    """
    rates = Rates()
    app.before_request(partial(identify, None if inner else rates))
    if not inner:
        app.before_request(partial(weigh, rates))

    app.after_request(say_when)  # before the limiter, and so, of what follows an answer, behind it

    def rate() -> str:
        settings = _settings()
        if request.path.startswith(f"{LANGUAGETOOL}/"):
            return settings.writing_rate
        return settings.api_rate if request.path.startswith(API) else settings.page_rate

    limiter = Limiter(
        key_func=caller,
        app=app,
        application_limits=[rate],
        application_limits_exempt_when=lambda: request.endpoint in OPEN_ROUTES,
        storage_uri="memory://",
        headers_enabled=True,
        enabled=not inner,
    )
    app.after_request(add_headers)
    if settings.https:

        @app.after_request
        def insist(response: Response) -> Response:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
            return response

    return limiter
