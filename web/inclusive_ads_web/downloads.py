"""The improved advert as a file: in its own format byte for byte, or as a plain document in another."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from flask import Response

from inclusive_ads import FORMATS, Document
from inclusive_ads_web.work import Improved

# Ending without its dot → title and media type.
KINDS = {
    each.suffixes[0][1:]: (each.label[0].upper() + each.label[1:], each.media_type)
    for each in FORMATS.values()
    if each.written
}
OWN = {name: (each if each.written else FORMATS["text"]).suffixes[0][1:] for name, each in FORMATS.items()}


def kinds(document: Document, *, kept: bool = False) -> list[tuple[str, str]]:
    """What can be downloaded, the likeliest first (its own format; for plain text, Word), the report last.

    Args:
        kept: wording was kept, so that there are decisions to take along.
    """
    own = {"txt": "docx"}.get(OWN[document.format], OWN[document.format])
    order = sorted(KINDS, key=lambda kind: kind != own)
    return [(kind, KINDS[kind][0]) for kind in order] + [
        ("report", "Report for a reviewer (.html)"),
        ("review", "Sheet on which somebody can comment and sign (.html)"),
        *([("decisions", "What you decided to keep (.yaml)")] if kept else []),
    ]


def plain(document: Document, improved: Improved) -> str:
    """The improved text to copy: as it was pasted, or the text of a file."""
    return improved.source if document.format != "html" else improved.document.text


def improved_file(kind: str, document: Document, improved: Improved, word: Callable[[], bytes]) -> Response:
    """The improved advert as an attachment; `word` makes the Word file."""
    if kind == "docx":
        body = word()
    elif OWN[document.format] == kind:
        body = improved.source.encode()
    else:
        body = {"html": _html, "md": _markdown, "txt": _text}[kind](improved.document)
    return attachment(body, f"improved-advert.{kind}", KINDS[kind][1])


def attachment(body: bytes, name: str, kind: str) -> Response:
    """A file to save."""
    return Response(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _blocks(document: Document) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, document.text[block.start : block.end]) for block in document.blocks]


def _text(document: Document) -> bytes:
    lines = [("- " if kind == "item" else "") + text for kind, _, text in _blocks(document)]
    return ("\n\n".join(lines) + "\n").encode()


def _markdown(document: Document) -> bytes:
    lines = [
        {"heading": "#" * min(max(level, 1), 6) + " ", "item": "- "}.get(kind, "") + text
        for kind, level, text in _blocks(document)
    ]
    return ("\n\n".join(lines) + "\n").encode()


def _html(document: Document) -> bytes:
    tags = {"item": "li", "heading": "h2"}
    body, in_list = [], False
    for kind, _, text in _blocks(document):
        if (kind == "item") != in_list:
            body.append("</ul>" if in_list else "<ul>")
            in_list = not in_list
        tag = tags.get(kind, "p")
        body.append(f"<{tag}>{escape(text, quote=False)}</{tag}>")
    body += ["</ul>"] if in_list else []
    head = '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>Job advert</title></head><body>\n'
    return (head + "\n".join(body) + "\n</body></html>\n").encode()
