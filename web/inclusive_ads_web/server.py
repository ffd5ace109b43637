"""The server: waitress with time-outs, workers beside it, an orderly end, and options read anew while it runs.

docs/decisions/server.md says why it is this one.
"""

from __future__ import annotations

import gc
import secrets
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any  # waitress says nothing of its types

import waitress
from apiflask import APIFlask
from waitress import wasyncore

from inclusive_ads import InclusiveAdsError, Settings, SettingsError
from inclusive_ads_web.app import State, create_app, prepare, use
from inclusive_ads_web.channel import Channel
from inclusive_ads_web.heap import give_back, keep_little
from inclusive_ads_web.observe import log, log_to_stderr
from inclusive_ads_web.pool import Pool
from inclusive_ads_web.settings import WebSettings

OUT_OF_REACH = 1 << 30  # bytes; waitress waits for the reader long before
HELD = 2 << 20  # bytes of an answer that wait for its reader before the work on it waits, too
TICK = 1.0  # seconds between two looks at who is too slow
NOTICE = 2.0  # seconds in which an ending server still takes requests, so that a proxy can learn of it


class Server:
    """A server that is ready to `run`.

    Args:
        web: how to serve; port 0 takes a free one (`effective_port`).
        settings: how to check.
        reread: how to serve, read anew; called on `reload`.

    Raises:
        SettingsError: the port is taken.
        LexiconError, EvidenceError: a lexicon, a profile or the figures cannot be used.
    """

    def __init__(
        self, web: WebSettings, settings: Settings | None = None, reread: Callable[[], WebSettings] | None = None
    ) -> None:
        self._settings = settings or Settings()
        self.web = replace(web, secret=web.secret or secrets.token_hex(32))  # workers sign with the same
        self._reread = reread or (lambda: self.web)
        keep_little()
        pool = Pool(self._settings, self.web) if self.web.workers else None  # it loads beside us
        try:
            self.app: APIFlask = create_app(self.web, self._settings)
            prepare(self.app.extensions["inclusive_ads"], alone=pool is None)
            gc.freeze()  # to search all this for garbage takes up to a second, in which nobody is answered
            self._listener = self._listen()
            if pool:
                pool.wait()
        except BaseException:
            if pool:
                pool.close()
            raise
        self.app.extensions["inclusive_ads_pool"] = pool
        self.state: State = self.app.extensions["inclusive_ads_state"]
        self._stop = threading.Event()
        self._reloading = threading.Lock()
        self._sockets: dict[int, Any] = self._listener._map if hasattr(self._listener, "_map") else self._listener.map
        channel = type("OurChannel", (Channel,), {"web": self.web, "app": self.app})
        for each in self._listeners():
            each.channel_class = channel

    def _listen(self) -> Any:
        web = self.web
        proxy = {"trusted_proxy": web.trusted_proxy, "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto"}
        try:
            return waitress.create_server(
                self.app,
                host=web.host,
                port=web.port,
                threads=web.threads,
                ident=None,
                clear_untrusted_proxy_headers=True,
                max_request_body_size=web.upload_bytes,
                # Larger buffers than bodies: waitress would otherwise put them into temporary files.
                inbuf_overflow=web.upload_bytes + 1,
                outbuf_overflow=OUT_OF_REACH,
                outbuf_high_watermark=HELD,
                connection_limit=1000,
                channel_timeout=2 * web.read_seconds,
                cleanup_interval=5,
                asyncore_use_poll=True,  # select knows no more than 1024 files
                max_request_header_size=32_768,
                **(proxy if web.trusted_proxy else {}),
            )
        except OSError as error:
            raise SettingsError(
                f"Cannot listen on {web.host}:{web.port}: {error.strerror}.", "Choose another port with --port."
            ) from None

    @property
    def effective_port(self) -> int:
        """Where it listens."""
        found = getattr(self._listener, "effective_port", None)
        return int(found if found is not None else self._listener.effective_listen[0][1])

    def _listeners(self) -> list[Any]:
        return [each for each in self._sockets.values() if hasattr(each, "accept_connections")]

    def run(self) -> None:
        """Serve until `drain` has finished or `close` is called."""
        looked = 0.0
        try:
            while not self._stop.is_set():
                wasyncore.loop(timeout=TICK / 4, map=self._sockets, use_poll=True, count=1)
                now = time.monotonic()
                if now - looked > TICK:
                    looked = now
                    if self.state.heavy:
                        self.state.heavy = False
                        give_back()
                    for each in list(self._sockets.values()):
                        if isinstance(each, Channel):
                            each.look()
                if self.state.draining and self._drained(now):
                    break
        finally:
            self._end()

    def drain(self, *_: Any) -> None:
        """Finish what is begun, take nothing new, and end; `/ready` says so from now on."""
        if not self.state.draining:
            self.state.ends = time.monotonic() + self.web.drain_seconds
            log.info("draining", extra={"fields": {"at_work": self.state.at_work}})

    def _drained(self, now: float) -> bool:
        left = self.state.ends - now
        if self.web.drain_seconds - left > NOTICE:
            for each in self._listeners():
                if each.accepting:
                    each.accepting = False
                    each.socket.close()
                    each.del_channel(self._sockets)
            channels = [each for each in self._sockets.values() if isinstance(each, Channel)]
            busy = any(each.requests or each.total_outbufs_len for each in channels)
            return left < 0 or not (busy or self.state.at_work)
        return False

    def reload(self, *_: Any) -> None:
        """Read keys, profiles, figures and words anew, beside the running work; where they cannot be used, go on."""
        threading.Thread(target=self._reload, name="reload", daemon=True).start()

    def _reload(self) -> None:
        with self._reloading:
            try:
                web = replace(self._reread(), secret=self.web.secret, port=self.web.port, host=self.web.host)
                old = use(self.app, web, self._settings)
            except InclusiveAdsError as error:
                log.error("not reloaded", extra={"fields": {"code": error.code, "detail": str(error)}})
                return
            self.web = web
            log.info("reloaded", extra={"fields": {"keys": len(web.api_keys), "profiles": len(web.profiles)}})
            if old:
                until = time.monotonic() + web.request_seconds
                while old.gate.working and time.monotonic() < until:
                    time.sleep(0.1)
                old.close()
            gc.collect()  # words that nobody uses any more, before they are many

    def close(self) -> None:
        """End at once."""
        self._stop.set()

    def _end(self) -> None:
        if pool := self.app.extensions.get("inclusive_ads_pool"):
            pool.close()
        for each in list(self._sockets.values()):
            each.close()
        dispatcher = getattr(self._listener, "task_dispatcher", None)
        if dispatcher:
            dispatcher.shutdown(timeout=1)


def serve(host: str | None = None, port: int | None = None, *, settings: Settings | None = None, **given: Any) -> None:
    """Serve until stopped; on this computer only, unless `host` or the environment says otherwise.

    SIGTERM and Ctrl+C end it in order, SIGHUP has it read keys, profiles and figures anew.

    Args:
        host, port: where to listen.
        settings: how to check.
        given: other fields of `WebSettings`, which win over the environment.

    Raises:
        SettingsError: a setting makes no sense, or the port is taken.
    """

    def read() -> WebSettings:
        return WebSettings.from_environment(host=host, port=port, **given)

    log_to_stderr()
    server = Server(read(), settings, read)
    for number, action in (
        (signal.SIGTERM, server.drain),
        (signal.SIGINT, server.drain),
        (signal.SIGHUP, server.reload),
    ):
        signal.signal(number, action)
    print(f"Open http://{server.web.host}:{server.web.port}/ (Ctrl+C stops it)", flush=True)  # noqa: T201
    server.run()


def make_server(web: WebSettings, settings: Settings | None = None) -> Server:
    """A server that is ready to `run`; see `Server`."""
    return Server(web, settings)
