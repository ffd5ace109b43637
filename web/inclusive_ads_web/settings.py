"""Every option of the server, once. The environment is read here and nowhere else."""

from __future__ import annotations

import hashlib
import ipaddress
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from typing import Any  # a setting is of whatever type its default is

from inclusive_ads import SettingsError

PREFIX = "INCLUSIVE_ADS_"
RATE = re.compile(r"[1-9]\d* per (second|minute|hour|day)")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """How the page and the API are served.

    Attributes:
        host, port: where to listen; loopback unless told otherwise.
        api_keys: name of a caller → SHA-256 of its key, in hexadecimal (`new_key` makes both).
        api_rate, page_rate: most requests from one key or address, as in ``"120 per minute"``.
        upload_bytes: largest request body.
        batch_lines: most adverts in one batch.
        folder_adverts: most adverts in one zip.
        profiles: files of organisation profiles to offer beside those that ship.
        representation, comparators, recruitment: files of the organisation's own figures, or "".
        secret: signs the form tokens; made anew at each start when empty, which suits one process.
        https: the server stands behind TLS: cookies are `Secure`, browsers are told to insist.
        trusted_proxy: address of the proxy whose `X-Forwarded-*` headers count, or "".
        threads: requests answered at the same time.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    api_keys: Mapping[str, str] = field(default_factory=dict)
    api_rate: str = "120 per minute"
    page_rate: str = "60 per minute"
    upload_bytes: int = 8_000_000
    batch_lines: int = 10_000
    folder_adverts: int = 200
    profiles: tuple[str, ...] = ()
    representation: str = ""
    comparators: str = ""
    recruitment: str = ""
    secret: str = field(default="", repr=False)
    https: bool = False
    trusted_proxy: str = ""
    threads: int = 4

    @property
    def loopback(self) -> bool:
        """Whether only this computer can reach the server."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return False

    @property
    def open_api(self) -> bool:
        """Whether the API answers without a key: only on loopback, and only while no key is set."""
        return self.loopback and not self.api_keys

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, **given: Any) -> WebSettings:
        """Settings from ``INCLUSIVE_ADS_HOST``, ``INCLUSIVE_ADS_API_KEYS``... ; `given` wins where not None.

        ``INCLUSIVE_ADS_API_KEYS`` is ``name=hash`` pairs, ``INCLUSIVE_ADS_PROFILES`` a list of
        paths, both separated by commas.

        Raises:
            SettingsError: a value makes no sense; the message names the variable.
        """
        environment = os.environ if environment is None else environment
        known = [PREFIX + item.name.upper() for item in fields(cls)]
        for name in environment:
            # Only misspellings are refused: hosting platforms set names of their own that begin as ours do.
            if name.startswith(PREFIX) and name not in known and (meant := get_close_matches(name, known, 1, 0.9)):
                raise SettingsError(f"There is no option {name}.", f"Did you mean {meant[0]}?", code="setting")
        found = {
            item.name: _read(item.name, environment[PREFIX + item.name.upper()], getattr(cls(), item.name))
            for item in fields(cls)
            if environment.get(PREFIX + item.name.upper())
        }
        return replace(cls(**found), **{name: value for name, value in given.items() if value is not None})

    def caller(self, key: str) -> str | None:
        """The name that goes with an API key, or None. Takes as long for a wrong key as for a right one."""
        digest = _digest(key)
        return next(
            (name for name in [n for n, known in self.api_keys.items() if secrets.compare_digest(known, digest)]), None
        )


def new_key() -> tuple[str, str]:
    """A fresh API key and its hash. Give the key to the caller; only the hash goes into the settings."""
    key = secrets.token_urlsafe(32)
    return key, _digest(key)


def _digest(key: str) -> str:
    # A key is 256 random bits: guessing is hopeless, so a plain hash is enough and a slow one would only cost time.
    return hashlib.sha256(key.encode()).hexdigest()


def _read(name: str, text: str, default: Any) -> Any:
    try:
        if isinstance(default, bool):
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[text.lower()]
        if isinstance(default, int):
            number = int(text)
            if 0 < number <= (65535 if name == "port" else number):
                return number
            raise ValueError
    except (KeyError, ValueError):
        kind = "true or false" if isinstance(default, bool) else "a whole number above 0"
        kind += ", 65535 at most" if name == "port" else ""
        raise SettingsError(f"{PREFIX}{name.upper()} is '{text}'.", f"Make it {kind}.", code="setting") from None
    if name.endswith("_rate") and not RATE.fullmatch(text):
        raise SettingsError(f"{PREFIX}{name.upper()} is '{text}'.", f"Write it as '{default}'.", code="setting")
    if isinstance(default, tuple):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if isinstance(default, dict):
        pairs = [part.strip().partition("=") for part in text.split(",") if part.strip()]
        if any(not key or len(value) != 64 for key, _, value in pairs):
            raise SettingsError(
                f"{PREFIX}{name.upper()} holds a pair that is not name=hash.",
                "docs/deploy.md says how to make a key.",
                code="setting",
            )
        return {key: value.lower() for key, _, value in pairs}
    return text
