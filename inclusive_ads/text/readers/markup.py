"""HTML that was sent as text, as most applicant-tracking systems store it: as it stands, or escaped once more.

What a reader gets in the place of the source is exactly as long, so that offsets stay in step. A stray ``<``, an
address in pointed brackets or a gap to fill in (``<name>``) is no markup.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from inclusive_ads.text.readers.html import BLOCKS, ENTITY, INLINE, NO_TEXT, UNITS, VOID, decode_entity
from inclusive_ads.text.readers.mending import FILL

_TAG = re.compile(r"<(?P<closing>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?:\s+[a-zA-Z_:@][^<>]*|\s*)/?>")
_KNOWN = BLOCKS | INLINE | NO_TEXT | VOID
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ALONE = UNITS | {"br", "div", "hr", "li", "ol", "td", "tr", "ul"}  # each is a sign of HTML by itself
_ESCAPED = re.compile(r"&(?:amp;(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31})|[a-zA-Z]{2,8}|#\d{1,7});")
_HIDDEN = "\u200b"
_FEWEST_LINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """How a text is to be read.

    Attributes:
        format: ``"text"`` or ``"html"``.
        text: what the reader of that format gets, as long as the source.
        escapes: how often new text is escaped before it goes into the source.
    """

    format: str
    text: str
    escapes: int


def recognise(source: str, given: str) -> Markup:
    """How a text is to be read that was sent as ``"text"`` or as ``"html"``."""
    if "<" in source and (given == "html" or _is_html(source)):
        if given == "html" or _is_laid_out(source):
            return Markup(format="html", text=source, escapes=1)
        return Markup(format="text", text=_without_tags(source), escapes=1)
    if "&lt;" in source:
        once = _unescaped(source)
        if _is_html(once):
            return Markup(format="html", text=once, escapes=2)
    if given == "html":
        return Markup(format="html", text=source, escapes=1)
    if "&" in source and any(_is_entity(match[0]) for match in ENTITY.finditer(source)):
        return Markup(format="text", text=_without_entities(source), escapes=1)
    return Markup(format="text", text=source, escapes=0)


def outside_escape(source: str, place: int) -> int:
    """The nearest end of the escaped bracket that a place lies within (the place itself where it lies in none)."""
    if source[place - 3 : place + 1] == "&lt;":
        return place - 3
    return place + 3 if source[place - 1 : place + 3] == "&gt;" else place


def _is_html(text: str) -> bool:
    opened: set[str] = set()
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        if name in _ALONE or (tag["closing"] and name in opened):
            return True
        if name in BLOCKS or name in INLINE:
            opened.add(name)
    return False


def _is_laid_out(text: str) -> bool:
    """Whether tags part its blocks and not its line ends."""
    names = {tag["name"].lower() for tag in _TAG.finditer(text)}
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    bare = sum(line[0] != "<" and line[-1] != ">" for line in lines)
    few = len(lines) < _FEWEST_LINES or 2 * bare <= len(lines)
    return bool(names & NO_TEXT) or (bool(names & BLOCKS) and few)


def _without_tags(text: str) -> str:
    def tag(match: re.Match[str]) -> str:
        name = match["name"].lower()
        if name not in _KNOWN:
            return match[0]
        start = ("\n•" if name == "li" and not match["closing"] else "\n") if name in BLOCKS else ""
        return start + _HIDDEN * (len(match[0]) - len(start))

    last = text.rfind("-->") + 3  # behind it no comment ends, and looking for an end would take too long
    bare = _COMMENT.sub(lambda match: _HIDDEN * len(match[0]), text[:last]) + text[last:]
    return _without_entities(_TAG.sub(tag, bare))


def _is_entity(entity: str) -> bool:
    return entity[-1] == ";" and decode_entity(entity) is not None


def _without_entities(text: str) -> str:
    def entity(match: re.Match[str]) -> str:
        return _filled(decode_entity(match[0]), match[0]) if _is_entity(match[0]) else match[0]

    return ENTITY.sub(entity, text)


def _unescaped(text: str) -> str:
    """HTML that was escaped, with its tags; a bracket of a tag stands at the outer end of its entity."""

    def once(match: re.Match[str]) -> str:
        found = match[0]
        if found == "&lt;":
            return _HIDDEN * 3 + "<"
        if found == "&gt;":
            return ">" + _HIDDEN * 3
        return _filled(html.unescape(html.unescape(found)), found)

    return _ESCAPED.sub(once, text)


def _filled(text: str | None, source: str) -> str:
    return source if text is None or len(text) > len(source) else text + FILL * (len(source) - len(text))
