"""Every option of the server, once. The environment is read here and nowhere else."""

from __future__ import annotations

import hashlib
import ipaddress
import os
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any  # a setting is of whatever type its default is

from inclusive_ads import SettingsError

PREFIX = "INCLUSIVE_ADS_"
RENAMED = {"THREADS": "WORKERS"}  # what is gone, and what stands in its place
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}=[0-9A-Fa-f]{64}(:[^\s:=,]+)*")
RATE = re.compile(r"[1-9]\d* per (second|minute|hour|day)")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """How the page and the API are served.

    Attributes:
        host, port: where to listen; loopback unless told otherwise.
        api_keys: name of a caller → SHA-256 of its key, in hexadecimal (`new_key` makes both), and the profiles that
            it may use where it may not use all: ``"hash:generic:our-department"``.
        keys_file: a file of more keys, ``name=hash`` a line; it can be changed while the server runs.
        api_rate, page_rate: most requests from one key or address, as in ``"120 per minute"``.
        writing_rate: most requests of the LanguageTool protocol, which sends a paragraph at a time.
        character_rate: most characters (of a file bytes) from one key or address.
        wrong_key_rate: most wrong keys from one address.
        hosts: names by which the server may be asked for; all where there are none and others can reach it.
        upload_bytes: largest request body.
        batch_lines: most adverts in one batch.
        batch_seconds: most that one batch may take in all.
        folder_adverts: most adverts in one zip.
        profiles: files of organisation profiles to offer beside those that ship.
        representation, comparators, recruitment: files of the organisation's own figures, or "".
        sheet, figures_of, as_at: which sheet of the first to read, whose figures, and of which day (2026-03-31); or "".
        secret: signs the form tokens; made anew at each start when empty, which suits one process.
        https: the server stands behind TLS: cookies are `Secure`, browsers are told to insist.
        trusted_proxy: address of the proxy whose `X-Forwarded-*` headers count, or "".
        workers: processes that check adverts.
        waiting: most requests that wait for a worker.
        batches: most batches at the same time, one for each caller.
        request_seconds: most that one advert may take (a zip of adverts: for each ten).
        read_seconds, write_seconds: most for a request to come in, and without a byte of the answer being taken.
        connections: most from one address, the proxy's apart.
        drain_seconds: most for which an ending server finishes what it has begun.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    api_keys: Mapping[str, str] = field(default_factory=dict)
    keys_file: str = ""
    api_rate: str = "120 per minute"
    page_rate: str = "60 per minute"
    writing_rate: str = "3000 per minute"
    character_rate: str = "6000000 per minute"
    wrong_key_rate: str = "10 per minute"
    hosts: tuple[str, ...] = ()
    upload_bytes: int = 8_000_000
    batch_lines: int = 10_000
    batch_seconds: int = 3600
    folder_adverts: int = 200
    profiles: tuple[str, ...] = ()
    representation: str = ""
    comparators: str = ""
    recruitment: str = ""
    sheet: str = ""
    figures_of: str = ""
    as_at: str = ""
    secret: str = field(default="", repr=False)
    https: bool = False
    trusted_proxy: str = ""
    workers: int = 2
    waiting: int = 24
    batches: int = 2
    request_seconds: int = 30
    read_seconds: int = 20
    write_seconds: int = 30
    connections: int = 100
    drain_seconds: int = 30

    @property
    def known_hosts(self) -> frozenset[str]:
        """Names by which the server may be asked for; none where any will do."""
        if self.hosts or not self.loopback or self.trusted_proxy:
            return frozenset(self.hosts)
        return frozenset({"localhost", "127.0.0.1", "[::1]", self.host})

    @property
    def threads(self) -> int:
        """Threads that hand requests on: one for each that is worked on or waits, and some that are always free."""
        return self.workers + self.waiting + self.batches + 8

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
        for old, new in RENAMED.items():
            if environment.get(PREFIX + old):
                raise SettingsError(f"There is no option {PREFIX}{old} now.", f"Use {PREFIX}{new}.", code="setting")
        for name in environment:
            # Only misspellings are refused: hosting platforms set names of their own that begin as ours do.
            if name.startswith(PREFIX) and name not in known and (meant := get_close_matches(name, known, 1, 0.9)):
                raise SettingsError(f"There is no option {name}.", f"Did you mean {meant[0]}?", code="setting")
        found = {
            item.name: _read(item.name, environment[PREFIX + item.name.upper()], getattr(cls(), item.name))
            for item in fields(cls)
            if environment.get(PREFIX + item.name.upper())
        }
        made = replace(cls(**found), **{name: value for name, value in given.items() if value is not None})
        if not made.keys_file:
            return made
        return replace(made, api_keys=_keys([*_pairs(made.api_keys), *_key_lines(made.keys_file)], "KEYS_FILE"))

    def caller(self, key: str) -> str | None:
        """The name that goes with an API key, or None. Takes as long for a wrong key as for a right one."""
        digest = _digest(key)
        found = [name for name, known in self.api_keys.items() if secrets.compare_digest(known[:64], digest)]
        return found[0] if found else None

    def named_profiles(self) -> dict[str, str]:
        """Profiles that keys name, each with the name of a key."""
        return {profile: name for name, value in self.api_keys.items() for profile in value.split(":")[1:]}

    def may_use(self, caller: str | None, profile: str) -> bool:
        """Whether a caller may use a profile: any, unless its key names some."""
        _, *named = self.api_keys.get(caller or "", "").split(":")
        return not named or profile in named


def new_key() -> tuple[str, str]:
    """A fresh API key and its hash. Give the key to the caller; only the hash goes into the settings."""
    key = secrets.token_urlsafe(32)
    return key, _digest(key)


def key_line(name: str, profiles: Sequence[str] = ()) -> tuple[str, str]:
    """A fresh key, and the line that makes it known to the server, for the profiles that it may use (or all).

    Raises:
        SettingsError: the name, or that of a profile, is not plain.
    """
    key, digest = new_key()
    line = f"{name}={':'.join((digest, *profiles))}"
    if not KEY.fullmatch(line):
        raise SettingsError(
            "The name of a key is letters, digits, dots and dashes; that of a profile has no space, colon, comma or =.",
            "Choose another.",
            code="setting",
        )
    return key, line


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
        return _keys([part.strip() for part in text.split(",") if part.strip()], name.upper())
    return text


def _pairs(keys: Mapping[str, str]) -> list[str]:
    return [f"{name}={value}" for name, value in keys.items()]


def _key_lines(path: str) -> list[str]:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        raise SettingsError(f"The file of keys '{path}' cannot be read.", "Check its name.", code="setting") from None
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _keys(pairs: list[str], option: str) -> dict[str, str]:
    """Keys as they are written; the messages quote no hash."""
    found: dict[str, str] = {}
    for number, pair in enumerate(pairs, 1):
        if not KEY.fullmatch(pair):
            fault = f"key {number} is not name=hash or name=hash:profile:profile"
        elif (name := pair.partition("=")[0]) in found:
            fault = f"the name '{name}' stands twice"
        elif (value := pair.partition("=")[2])[:64].lower() in {known[:64] for known in found.values()}:
            fault = f"the key of '{name}' has another name, too"
        else:
            found[name] = value[:64].lower() + value[64:]
            continue
        raise SettingsError(f"{PREFIX}{option}: {fault}.", "Make a key with: inclusive-ads key NAME", code="setting")
    return found
