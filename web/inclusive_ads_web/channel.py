"""A connection of waitress with the times that it lacks: for a request to come in, and for an answer to be taken."""

from __future__ import annotations

import json
import socket
import time
import uuid
from contextlib import suppress
from http import HTTPStatus
from typing import Any  # waitress says nothing of its types

from flask import Flask, g
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

from inclusive_ads_web.observe import log
from inclusive_ads_web.problems import API, LANGUAGETOOL, answer
from inclusive_ads_web.security import add_headers
from inclusive_ads_web.settings import WebSettings

LINGER = 5.0  # seconds for which what belongs to a refused request is still taken, and thrown away


class Refusal(ErrorTask):  # type: ignore[misc]
    """What waitress refuses by itself (too large, not HTTP), as a problem document."""

    def execute(self) -> None:
        """Write the answer, and close."""
        status = int(self.request.error.code)
        known = {400: "bad-request", 413: "request-entity-too-large", 431: "request-header-fields-too-large"}
        code, title, number = known.get(status, "refused"), HTTPStatus(status).phrase, uuid.uuid4().hex
        body = {
            "type": f"urn:inclusive-ads:problem:{code}",
            "title": title,
            "status": status,
            "detail": f"{title}.",
            "code": code,
            "remedy": "Send the advert alone, without pictures." if status == 413 else "Send a proper request.",
            "request_id": number,
        }
        data = json.dumps(body).encode() + b"\n"
        headers = {
            "Content-Type": "application/problem+json",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        if status == 413 and "text/html" in self.request.headers.get("ACCEPT", "") and not self._path.startswith(API):
            headers, data = refused_page(self.channel.app, status, code, number)
        if self._path.startswith(f"{LANGUAGETOOL}/"):
            headers["Content-Type"], data = "text/plain; charset=utf-8", f"Error: {title}. {body['remedy']}".encode()
        self.status = f"{status} {title}"
        self.response_headers += [("X-Request-ID", number), *headers.items()]
        self.set_close_on_finish()
        self.channel.refused = True
        self.content_length = len(data)
        fields = {"request_id": number, "route": "unknown", "status": status}
        log.info("request", extra={"fields": fields})
        self.write(data)

    @property
    def _path(self) -> str:
        return str(getattr(self.request, "path", ""))  # none where the first lines could not be read


def refused_page(app: Flask, status: int, code: str, number: str) -> tuple[dict[str, str], bytes]:
    """The headers and the body of the ordinary error page, for a request that the app never sees."""
    with app.test_request_context("/"):
        g.request_id = number
        response = add_headers(answer(status, code, ""))
        headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
        return headers, response.get_data()


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that is closed where its client is too slow to send or to read."""

    error_task_class = Refusal
    web: WebSettings  # of the server
    app: Flask  # that it serves
    begun = 0.0  # when the request began that is coming in
    owed = 0  # bytes of the answer that waited at the last look
    stuck = 0.0  # when the answer last moved
    refused = False
    lingers = (
        0.0  # since when, once a refusal is sent: to close at once would break it off at a client that still sends
    )

    def __init__(self, server: Any, sock: Any, addr: Any, adj: Any, map: Any = None) -> None:  # noqa: A002
        super().__init__(server, sock, addr, adj, map=map)
        same = sum(1 for each in server.active_channels.values() if each.addr[0] == addr[0])
        if same > self.web.connections and addr[0] != self.web.trusted_proxy:
            self.will_close = True

    def received(self, data: bytes) -> Any:
        """Take in what was sent."""
        if self.request is None:
            self.begun = time.monotonic()
        return super().received(data)

    def readable(self) -> bool:
        """Whether more may be sent to us."""
        return bool(self.lingers or super().readable())

    def handle_read(self) -> None:
        """Read, and throw away what belongs to a request that is refused."""
        if not self.lingers:
            super().handle_read()
            return
        with suppress(OSError):
            self.recv(self.adj.recv_bytes)  # closes at the end

    def handle_close(self) -> None:
        """Close; after a refusal, let the client finish first."""
        if self.refused and not self.lingers and self.connected:
            with suppress(OSError):
                self.socket.shutdown(socket.SHUT_WR)
                self.lingers = time.monotonic()
                self.will_close = self.close_when_flushed = False
                return
        super().handle_close()

    def look(self) -> None:
        """Close the connection where it is time."""
        now = time.monotonic()
        if self.lingers and now - self.lingers > LINGER:
            self.handle_close()
            return
        if not self.total_outbufs_len or self.total_outbufs_len < self.owed or not self.stuck:
            self.stuck = now
        self.owed = self.total_outbufs_len
        late = self.request is not None and not self.requests and now - self.begun > self.web.read_seconds
        if late or (self.owed and now - self.stuck > self.web.write_seconds):
            self.handle_close()  # at once: the socket of a client that does not read never becomes writable
