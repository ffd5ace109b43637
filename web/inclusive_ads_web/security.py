"""What keeps the page closed: headers, script nonces, API keys and rate limits."""

from __future__ import annotations

import secrets

from flask import Flask, Response, g, request
from flask_limiter import Limiter

from inclusive_ads_web.problems import API, Problem
from inclusive_ads_web.settings import WebSettings

OPEN_ROUTES = frozenset({"api.health", "api.ready", "openapi.spec", "static"})


def nonce() -> str:
    """The word that lets this response's own scripts run, and no others."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(18)
    return str(g.nonce)


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
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


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
    if response.status_code != 429:
        headers.pop("Retry-After", None)  # the limiter sets it always; it only means something on a refusal
    if request.endpoint != "static":
        headers["Cache-Control"] = "no-store"
    return response


def protect(app: Flask, settings: WebSettings) -> Limiter:
    """Put keys, limits and headers in front of every route.

    The API needs a key as soon as one is set or the server can be reached from elsewhere.
    """

    @app.before_request
    def identify() -> None:
        given = request.headers.get("X-API-Key", "")
        g.caller = settings.caller(given) if given else None
        if not request.path.startswith((API, "/metrics")) or request.endpoint in OPEN_ROUTES:
            return
        if g.caller is None and (given or not settings.open_api):
            raise Problem(
                401,
                "key",
                "The API key is missing, or is not one of ours.",
                "Send the key in the header X-API-Key; the administrator of this server can make one.",
            )

    def rate() -> str:
        return settings.api_rate if request.path.startswith(API) else settings.page_rate

    limiter = Limiter(
        key_func=caller,
        app=app,
        application_limits=[rate],
        application_limits_exempt_when=lambda: request.endpoint in OPEN_ROUTES,
        storage_uri="memory://",
        headers_enabled=True,
    )
    app.after_request(add_headers)
    if settings.https:

        @app.after_request
        def insist(response: Response) -> Response:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
            return response

    return limiter
