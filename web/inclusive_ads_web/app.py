"""The application: pages, API and what protects them, put together."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import IO, Any  # Flask and APIFlask say little of their types

from apiflask import APIFlask
from flask import Request, Response, g, request
from flask_wtf.csrf import CSRFProtect
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from inclusive_ads import (
    JsonObject,
    Settings,
    __version__,
)
from inclusive_ads_web.api import api
from inclusive_ads_web.batches import batches
from inclusive_ads_web.compression import compress_answers
from inclusive_ads_web.folders import folders
from inclusive_ads_web.gate import Gate
from inclusive_ads_web.languagetool import languagetool
from inclusive_ads_web.observe import EXPOSITION, WORDING, memory, observe
from inclusive_ads_web.openapi import describe
from inclusive_ads_web.pages import pages
from inclusive_ads_web.pool import Pool
from inclusive_ads_web.problems import API, Problem, handle_errors
from inclusive_ads_web.security import caller, nonce, protect
from inclusive_ads_web.settings import WebSettings
from inclusive_ads_web.work import Work

# What is handed to a worker; everything else is answered at once.
WORK = frozenset(
    {
        "api.check",
        "api.fix",
        "api.statement",
        "folders.folder",
        "languagetool.check",
        "pages.result",
        "pages.download",
    }
)
FOLDER = "folders.folder"
MOST_OUT = 20_000_000  # bytes of one answer


@dataclass(slots=True)
class State:
    """What the server is doing.

    Attributes:
        ends: when it ends at the latest (`time.monotonic`), 0 while it serves.
        at_work: requests that are not answered yet, streams of batches among them.
        heavy: whether one of a megabyte or more was among them since memory was given back.
    """

    ends: float = 0.0
    at_work: int = 0
    heavy: bool = False

    @property
    def draining(self) -> bool:
        """Whether it only finishes what is begun."""
        return self.ends > 0


class App(APIFlask):
    """The application; where there are workers, they do what takes long."""

    def dispatch_request(self) -> Any:
        """Answer the request, or have a worker answer it."""
        pool: Pool | None = self.extensions.get("inclusive_ads_pool")
        if pool is None or request.method != "POST" or request.endpoint not in WORK:
            return super().dispatch_request()
        environ = {name: value for name, value in request.environ.items() if isinstance(value, str)}
        environ["HTTP_X_REQUEST_ID"] = g.request_id
        asked = ("request", environ, request.get_data())
        if request.endpoint == FOLDER:
            with self.extensions["inclusive_ads_folders"].place(caller()):
                status, headers, body = pool.ask(caller(), asked, 10 * pool.seconds)
        else:
            status, headers, body = pool.ask(caller(), asked)
        if len(body) > MOST_OUT:
            raise Problem(422, "too-long", "The answer would be too large.", "Send the advert in parts.")
        response = Response(body, status, headers)
        g.wording = response.headers.pop(WORDING, "")
        return response


class MemoryRequest(Request):
    """A request whose uploads stay in memory: an advert never touches a disk."""

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        return BytesIO()


def create_app(web: WebSettings | None = None, settings: Settings | None = None, *, inner: bool = False) -> APIFlask:
    """The WSGI application.

    Args:
        web: how to serve; from the environment when None.
        settings: how to check.
        inner: whether it is that of a worker, which counts no requests.

    Raises:
        SettingsError: an environment variable makes no sense.
        LexiconError: a lexicon has a mistake.
    """
    web = web or WebSettings.from_environment()
    app = App(
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
    app.extensions["inclusive_ads_state"] = State()
    app.extensions["inclusive_ads_batches"] = Gate(web.batches, each=1)
    app.extensions["inclusive_ads_folders"] = Gate(max(1, web.workers // 2), each=1)
    _templates(app)
    if not inner:
        compress_answers(app)
    metrics = observe(app, inner=inner)
    protect(app, web, inner=inner)
    protected = CSRFProtect(app)
    handle_errors(app)
    app.register_blueprint(pages)
    for programs in (api, batches, folders, languagetool):
        protected.exempt(programs)  # they hold no cookie
        app.register_blueprint(programs)
    app.add_url_rule("/metrics", "metrics", lambda: Response(metrics.text() + gauges(app), content_type=EXPOSITION))
    describe(app, web)
    return app


def prepare(work: Work, *, alone: bool) -> None:
    """Load what this process needs.

    Args:
        alone: whether it has no workers, and checks adverts itself.

    Raises:
        InclusiveAdsError: the profiles, figures or words cannot be used.
    """
    if alone:
        work.warm()
    else:
        work.load()


def use(app: APIFlask, web: WebSettings, settings: Settings) -> Pool | None:
    """Serve from now on with other settings; what is begun is finished with those before.

    Returns:
        The workers of before.

    Raises:
        InclusiveAdsError: the profiles, figures or words cannot be used; then all stays as it is.
    """
    work = Work(settings, web)
    old: Pool | None = app.extensions.get("inclusive_ads_pool")
    prepare(work, alone=old is None)
    fresh = Pool(settings, web) if old else None
    if fresh:
        fresh.wait()
    app.extensions.update(inclusive_ads=work, inclusive_ads_web=web, inclusive_ads_pool=fresh)
    return old


def gauges(app: APIFlask) -> str:
    """What the server is doing now, for `/metrics`."""
    found: dict[str, float] = {
        "requests_at_work": app.extensions["inclusive_ads_state"].at_work,
        "batches_at_work": app.extensions["inclusive_ads_batches"].working,
        "memory_bytes": memory(),
    }
    if pool := app.extensions.get("inclusive_ads_pool"):
        found |= {
            "workers_busy": pool.gate.working,
            "requests_waiting": pool.gate.waiting,
            "workers": len(pool.processes),
            "workers_ended_total": pool.ended,
            "workers_memory_bytes": sum(map(memory, pool.processes)),
        }
    return "".join(f"# TYPE inclusive_ads_{n} gauge\ninclusive_ads_{n} {value}\n" for n, value in found.items())


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
