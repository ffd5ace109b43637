"""The application: pages, API and what protects them, put together."""

from __future__ import annotations

import secrets
from datetime import date
from io import BytesIO
from typing import IO, Any  # Flask and waitress say nothing of their types

import waitress
from apiflask import APIFlask
from flask import Request, Response, g
from flask_wtf.csrf import CSRFProtect
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from inclusive_ads import (
    JsonObject,
    Settings,
    SettingsError,
    __version__,
)
from inclusive_ads_web.api import api
from inclusive_ads_web.folders import folders
from inclusive_ads_web.observe import EXPOSITION, log_to_stderr, observe
from inclusive_ads_web.openapi import describe
from inclusive_ads_web.pages import pages
from inclusive_ads_web.problems import API, handle_errors
from inclusive_ads_web.security import nonce, protect
from inclusive_ads_web.settings import WebSettings
from inclusive_ads_web.work import Work

OUT_OF_REACH = 1 << 30  # bytes; waitress waits for the reader long before (its high watermark is 16 MB)


class MemoryRequest(Request):
    """A request whose uploads stay in memory: an advert never touches a disk."""

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        return BytesIO()


def create_app(web: WebSettings | None = None, settings: Settings | None = None) -> APIFlask:
    """The WSGI application.

    Args:
        web: how to serve; from the environment when None.
        settings: how to check.

    Raises:
        SettingsError: an environment variable makes no sense.
        LexiconError: a lexicon has a mistake.
    """
    web = web or WebSettings.from_environment()
    app = APIFlask(
        "inclusive_ads_web", title="inclusive-ads", version="1.0.0", spec_path=f"{API}/openapi.json", docs_path=None
    )
    app.request_class = MemoryRequest
    app.config.update(
        SECRET_KEY=web.secret or secrets.token_hex(32),
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_SECURE=web.https,
        MAX_CONTENT_LENGTH=web.upload_bytes,
        MAX_FORM_MEMORY_SIZE=web.upload_bytes,
        MAX_FORM_PARTS=5000,
        WTF_CSRF_TIME_LIMIT=8 * 3600,
        WTF_CSRF_SSL_STRICT=False,  # the Referer is never sent: Referrer-Policy is no-referrer
    )
    app.extensions["inclusive_ads"] = Work(settings or Settings(), web)
    app.extensions["inclusive_ads_web"] = web
    _templates(app)
    metrics = observe(app)
    protect(app, web)
    protected = CSRFProtect(app)
    handle_errors(app)
    app.register_blueprint(pages)
    for programs in (api, folders):
        protected.exempt(programs)  # they hold no cookie
        app.register_blueprint(programs)
    app.add_url_rule("/metrics", "metrics", lambda: Response(metrics.text(), content_type=EXPOSITION))
    describe(app, web)
    return app


def _templates(app: APIFlask) -> None:
    app.jinja_options = {
        "loader": ChoiceLoader(
            [
                PackageLoader("inclusive_ads_web"),
                PrefixLoader({name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")}),
            ]
        ),
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    WTFormsHelpers(app)

    @app.context_processor
    def everywhere() -> JsonObject:
        return {
            "cspNonce": nonce(),
            "version": __version__,
            "request_id": g.get("request_id", ""),
            "today": date.today().isoformat(),
            "themeColor": "#1d70b8",
        }


def serve(host: str | None = None, port: int | None = None, *, settings: Settings | None = None, **given: Any) -> None:
    """Serve until stopped; on this computer only, unless `host` or the environment says otherwise.

    Args:
        host, port: where to listen.
        settings: how to check.
        given: other fields of `WebSettings`, which win over the environment.

    Raises:
        SettingsError: a setting makes no sense, or the port is taken.
    """
    web = WebSettings.from_environment(host=host, port=port, **given)
    log_to_stderr()
    server = make_server(web, settings)
    print(f"Open http://{web.host}:{web.port}/ (Ctrl+C stops it)", flush=True)  # noqa: T201
    server.run()


def make_server(web: WebSettings, settings: Settings | None = None) -> Any:
    """A waitress server that is ready to `run`; port 0 takes a free one (`effective_port`).

    Raises:
        SettingsError: the port is taken.
        LexiconError, EvidenceError: a lexicon, a profile or the figures cannot be used.
    """
    proxy = {"trusted_proxy": web.trusted_proxy, "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto"}
    app = create_app(web, settings)
    app.extensions["inclusive_ads"].warm()
    try:
        return waitress.create_server(
            app,
            host=web.host,
            port=web.port,
            threads=web.threads,
            ident=None,
            clear_untrusted_proxy_headers=True,
            max_request_body_size=web.upload_bytes,
            # Larger buffers than bodies: waitress would otherwise put them into temporary files.
            inbuf_overflow=web.upload_bytes + 1,
            outbuf_overflow=OUT_OF_REACH,
            **(proxy if web.trusted_proxy else {}),
        )
    except OSError as error:
        raise SettingsError(
            f"Cannot listen on {web.host}:{web.port}: {error.strerror}.", "Choose another port with --port."
        ) from None
