"""The improved advert as a file: in its own format byte for byte, or as a plain document in another."""

from __future__ import annotations

from html import escape

from flask import Response

from inclusive_ads import FORMATS, Document, apply_edits
from inclusive_ads_web.desk import Desk
from inclusive_ads_web.work import Work

# Ending without its dot → title and media type.
KINDS = {
    each.suffixes[0][1:]: (each.label[0].upper() + each.label[1:], each.media_type)
    for each in FORMATS.values()
    if each.written
}
OWN = {name: (each if each.written else FORMATS["text"]).suffixes[0][1:] for name, each in FORMATS.items()}


def kinds(desk: Desk) -> list[tuple[str, str, str]]:
    """What can be downloaded, the likeliest first: its name, what people call it, and what it is."""
    own = OWN[desk.given.format]
    word = [
        ("docx", "Word, every change tracked (.docx)", "What is still open stands in it as comments."),
        ("docx-clean", "Word, clean (.docx)", "With the changes made."),
    ]
    texts = [(kind, KINDS[kind][0], "") for kind in KINDS if kind != "docx"]
    return [
        *word,
        *sorted(texts, key=lambda one: one[0] != own),
        ("report", "Report for the file (.html)", "What was found, why, and what became of it."),
        ("review", "Sheet for comments (.html)", "On it somebody can comment and sign."),
        *([("decisions", "What you decided to keep (.yaml)", "")] if desk.progress.kept else []),
    ]


def improved_file(kind: str, desk: Desk, work: Work) -> Response:
    """The improved advert as an attachment: a text is what "Copy the text" gives."""
    given, form = desk.given, kind.partition("-")[0]
    if form == "docx":
        tracked = kind == "docx"
        body = work.word(given, desk.report_on_given if tracked else desk.report, desk.draft.edits, tracked=tracked)
    elif kind == OWN[given.format] and FORMATS[given.format].is_text:
        body = apply_edits(given.source, desk.draft.edits).encode()
    else:
        body = desk.text.encode() if kind == "txt" else {"html": _html, "md": _markdown}[kind](desk.draft.document)
    name = {"docx": "improved-advert-tracked", "docx-clean": "improved-advert-clean"}.get(kind, "improved-advert")
    return attachment(body, f"{name}.{form}", KINDS[form][1])


def attachment(body: bytes, name: str, kind: str) -> Response:
    """A file to save."""
    return Response(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _blocks(document: Document) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, document.text[block.start : block.end]) for block in document.blocks]


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
