"""What clients of the LanguageTool protocol send: fields of a form, not always encoded, and text with markup."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from urllib.parse import parse_qsl

from flask import g, request

from inclusive_ads_web.problems import Problem

MOST_PIECES = 50_000  # of text and markup
_ENCODED = re.compile(rb"(?:[!-$&-~]|%[0-9A-Fa-f]{2})*")
_FIELD = re.compile(rb"[A-Za-z_]+=[^&]*")
_TEXT = re.compile(rb"(?:\A|&)(text|data)=")
_LANGUAGE = re.compile(r"auto|[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True)
class Sent:
    """A text as it was sent, and as it is read: with what its markup stands for, or without it.

    Attributes:
        pieces: (as sent, as read) in order; the two differ for markup alone.
        read: offset in `text` at which each piece begins.
        sent: and in `whole`.
    """

    pieces: tuple[tuple[str, str], ...]
    markup: tuple[bool, ...]
    read: tuple[int, ...]
    sent: tuple[int, ...]

    @classmethod
    def of(cls, pieces: Iterable[tuple[str, str, bool]]) -> Sent:
        """From what was sent, how it is read, and whether it is markup, in order."""
        pieces = tuple(pieces)
        read = accumulate((len(read) for _, read, _ in pieces), initial=0)
        sent = accumulate((len(sent) for sent, _, _ in pieces), initial=0)
        return cls(tuple((a, b) for a, b, _ in pieces), tuple(m for *_, m in pieces), tuple(read), tuple(sent))

    @property
    def text(self) -> str:
        """As it is read."""
        return "".join(read for _, read in self.pieces)

    @property
    def whole(self) -> str:
        """As it was sent."""
        return "".join(sent for sent, _ in self.pieces)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]``, not empty, stands in `whole`: markup right before or behind it stays outside."""
        first, last = self._piece(start), self._piece(end - 1)
        low = self.sent[first] + (0 if self.markup[first] else start - self.read[first])
        high = self.sent[last + 1] if self.markup[last] else self.sent[last] + end - self.read[last]
        return low, high

    def is_plain(self, start: int, end: int) -> bool:
        """Whether no markup stands inside ``text[start:end]``, which is not empty."""
        first, last = self._piece(start), self._piece(end - 1)
        return not any(self.markup[number] and self.pieces[number][0] for number in range(first, last + 1))

    def _piece(self, place: int) -> int:
        """The piece that holds a character; one that is read as nothing holds none."""
        return bisect_right(self.read, place, hi=len(self.pieces)) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a client asks.

    Attributes:
        language: "auto", or as in "en-GB".
        off: rules and categories that it does not want to hear of.
        alone: the only ones that it wants to hear of; None for all.
    """

    sent: Sent
    language: str
    off: frozenset[str]
    alone: frozenset[str] | None


def form() -> Mapping[str, str]:
    """The fields of the request, read once. Raises Problem where they cannot be told apart."""
    if "languagetool" not in g:
        g.languagetool = fields(request.get_data())
    found: Mapping[str, str] = g.languagetool
    return found


def key() -> str:
    """The key among the fields, or ""; what is wrong with the others is said later."""
    try:
        return form().get("apiKey", "")
    except Problem:
        return ""


def fields(body: bytes) -> dict[str, str]:
    """The fields of a form.

    Writer sends its text as it stands, spaces, ``&`` and ``+`` and all, in front of the language; others do so at the
    end. What cannot have been encoded is read like that. (A word without spaces may pass for encoded: its length is the
    same, and an ``&`` in it parts nothing that is named.)

    Raises:
        Problem: not UTF-8, or a field stands twice.
    """
    try:
        if _ENCODED.fullmatch(body) and all(map(_FIELD.fullmatch, filter(None, body.split(b"&")))):
            pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=100)
        else:
            pairs = [(name.decode(), value.decode()) for name, value in _as_it_stands(body)]
    except ValueError:
        raise Problem(400, "form", "The form is not in UTF-8, or has too many fields.") from None
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Problem(400, "twice", "A field stands more than once in the form.")
    return found


def _as_it_stands(body: bytes) -> list[tuple[bytes, bytes]]:
    text = _TEXT.search(body)
    if not text:
        return []
    before, value, behind = body[: text.start()], body[text.end() :], b""
    if b"language=" not in before:
        value, _, behind = value.rpartition(b"&language=")
        behind = b"language=" + behind
    others = [piece.partition(b"=") for piece in (*before.split(b"&"), *behind.split(b"&")) if piece]
    return [(text[1], value), *((name, given) for name, _, given in others)]


def asked() -> Asked:
    """What the request asks. Raises Problem where it makes no sense."""
    given = form()
    if ("text" in given) == ("data" in given):
        raise Problem(400, "text", "Send either 'text' or 'data'.")
    language = given.get("language", "")
    if not _LANGUAGE.fullmatch(language):
        raise Problem(400, "language", "Send a 'language', such as en-GB.")
    sent = Sent.of([(given["text"], given["text"], False)] if "text" in given else annotated(given["data"]))
    only = given.get("enabledOnly", "") in ("true", "yes")
    return Asked(
        sent=sent,
        language=language,
        off=_listed(given, "disabledRules", "disabledCategories"),
        alone=_listed(given, "enabledRules", "enabledCategories") if only else None,
    )


def _listed(given: Mapping[str, str], *names: str) -> frozenset[str]:
    return frozenset(part.strip() for name in names for part in given.get(name, "").split(",") if part.strip())


def annotated(data: str) -> list[tuple[str, str, bool]]:
    """The pieces of a text with markup, ``{"annotation": [{"text": ...}, {"markup": ..., "interpretAs": ...}]}``.

    Raises:
        Problem: it is not of that form.
    """
    try:
        found = json.loads(data)
        listed = found["annotation"]
        if not isinstance(listed, list) or len(listed) > MOST_PIECES:
            raise ValueError
        pieces = [_piece(one) for one in listed]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Problem(
            400, "data", '\'data\' is not JSON such as {"annotation": [{"text": "..."}, {"markup": "..."}]}.'
        ) from None
    return [one for one in pieces if one[0] or one[1]]


def _piece(one: Mapping[str, str]) -> tuple[str, str, bool]:
    markup = "markup" in one
    sent = one["markup" if markup else "text"]
    read = one.get("interpretAs", "") if markup else sent
    if ("text" in one) == markup or not isinstance(sent, str) or not isinstance(read, str):
        raise ValueError
    return sent, read, markup
