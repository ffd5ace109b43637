"""The LanguageTool protocol, version 2: findings under the cursor of Writer, browsers and editors that speak it.

They send a paragraph at a time, so it is judged as a part of an advert. Offsets count UTF-16 code units of what was
sent. A client takes every answer below 400 for a result, so each has every field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from apiflask import APIBlueprint
from flask import Response, request, url_for

from inclusive_ads import Document, Edit, Finding, InputError, JsonObject, Passage, Severity, __version__, apply_edits
from inclusive_ads_web.languagetool_form import Asked, Sent, asked
from inclusive_ads_web.pages import work
from inclusive_ads_web.presenters import SEVERITIES
from inclusive_ads_web.problems import LANGUAGETOOL
from inclusive_ads_web.security import allowed
from inclusive_ads_web.utf16 import Utf16

languagetool = APIBlueprint("languagetool", __name__, url_prefix=LANGUAGETOOL)
LANGUAGES = {"en": "English", "en-GB": "English (GB)", "en-US": "English (US)"}
MOST_MATCHES = 1000  # in one answer
AROUND = 40  # characters of context on either side
WORD_BEFORE, WORD_BEHIND = re.compile(r"\S+[^\S\r\n]*\Z"), re.compile(r"[^\S\r\n]*\S+")
ONE_LINE = str.maketrans("\r\n\t", "   ")
EXTENSIONS = ("chrome-extension://", "moz-extension://", "safari-web-extension://")  # of browsers, never a web page


@languagetool.get("/languages")
def languages() -> Response:
    """Say what is understood: constant, for a client that opens no document before it knows."""
    return _json([{"name": name, "code": code[:2], "longCode": code} for code, name in LANGUAGES.items()])


@languagetool.post("/check")
def check() -> Response:
    """Judge a text, or a paragraph of one."""
    given = asked()
    passage = _judged(given.sent.text)
    english = given.language == "auto" or given.language.lower().partition("-")[0] == "en"
    findings = [one for one in passage.findings if _wanted(one, given)] if english else []
    matches = list(_matches(findings[:MOST_MATCHES], given.sent))
    code = "en-GB" if passage.language == "en" else passage.language or "und"
    detected = {"name": _name(code), "code": code}
    language = detected if given.language == "auto" else {"name": _name(given.language), "code": given.language}
    sure = {
        "confidence": float(code != "und"),
        "source": "inclusive-ads",
    }  # clients read them; a language is named or not
    return _json(
        {
            "software": {
                "name": "inclusive-ads",
                "version": __version__,
                "buildDate": "",
                "apiVersion": 1,
                "premium": False,
                "premiumHint": "",
                "status": "",
            },
            "warnings": {"incompleteResults": len(findings) > MOST_MATCHES},
            "language": {**language, "detectedLanguage": {**detected, **sure}},
            "matches": matches,
        }
    )


@languagetool.after_request
def let_extensions_read(response: Response) -> Response:
    """An extension of a browser may read answers; a page may not."""
    origin = request.headers.get("Origin", "")
    if origin.startswith(EXTENSIONS):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Vary"] = "Origin"
    return response


def _judged(text: str) -> Passage:
    """By the rules of the organisation whose server this is. Raises InputError."""
    profile = next(name for name in work().profiles if allowed(name))
    try:
        return work().passage(Document.from_text(text, limit=work().most_characters), profile)
    except InputError as error:
        if error.code != "empty":
            raise
        return Passage(findings=(), language="")  # writers send empty paragraphs, too


def _wanted(finding: Finding, given: Asked) -> bool:
    names = {finding.entry, finding.category}
    return not names & given.off and (given.alone is None or bool(names & given.alone))


def _name(code: str) -> str:
    return LANGUAGES.get(code) or work().languages.get(code.lower().partition("-")[0]) or "Unknown"


def _matches(findings: list[Finding], sent: Sent) -> Iterator[JsonObject]:
    """One for each finding, in order; none reaches into another, so that all can be accepted."""
    text, whole = sent.text, sent.whole
    utf16 = Utf16(whole)
    done = 0
    for number, finding in enumerate(findings):
        following = findings[number + 1].start if number + 1 < len(findings) else len(text)
        edits = [one.edits for one in finding.suggestions]
        start, end = _reach(finding, edits, text)
        if not edits or start < done or end > following or not sent.is_plain(start, end):
            start, end, edits = finding.start, finding.end, []
        said = dict.fromkeys(_replaced(text, start, end, each) for each in edits)
        values = [value for value in said if value.strip()]  # where nothing would be left, there is nothing to put in
        done = end
        sentence = slice(*sent.span(finding.sentence_start, finding.sentence_end))
        yield _match(finding, utf16, whole, whole[sentence], sent.span(start, end), values)


def _reach(finding: Finding, edits: Iterable[Iterable[Edit]], text: str) -> tuple[int, int]:
    """The stretch that a client replaces: the finding, and what the suggestions change round it ("a" to "an").

    Where a suggestion would leave nothing, with a word beside it: clients show what they put in.
    """
    every = [edit for each in edits for edit in each]
    start = min([finding.start, *(edit.start for edit in every)])
    end = max([finding.end, *(edit.end for edit in every)])
    if not all(_replaced(text, start, end, each).strip() for each in edits):
        if word := WORD_BEFORE.search(text, max(0, start - AROUND), start):
            start = word.start()
        elif word := WORD_BEHIND.match(text, end):
            end = word.end()
    return start, end


def _replaced(text: str, start: int, end: int, edits: Iterable[Edit]) -> str:
    inside = [Edit(start=edit.start - start, end=edit.end - start, text=edit.text) for edit in edits]
    return apply_edits(text[start:end], inside)


def _match(
    finding: Finding, utf16: Utf16, whole: str, sentence: str, span: tuple[int, int], replacements: list[str]
) -> JsonObject:
    start, end = span
    low, high = max(0, start - AROUND), min(len(whole), end + AROUND)
    there, context = utf16.span(start, end), utf16.span(low, high)
    length = there["end"] - there["start"]
    label = SEVERITIES[finding.severity].label
    if finding.severity is Severity.UNLAWFUL:
        label += " unless the advert gives the reason"
    grave = finding.severity in (Severity.UNLAWFUL, Severity.CONFIRM)
    guide = url_for("pages.entry", entry=finding.entry, _external=True)
    return {
        "message": finding.said if replacements else f"{finding.said} {_advice(finding)}",
        "shortMessage": label,
        "replacements": [{"value": value} for value in replacements],
        "offset": there["start"],
        "length": length,
        "context": {
            "text": whole[low:high].translate(ONE_LINE),
            "offset": there["start"] - context["start"],
            "length": length,
        },
        "sentence": sentence,
        "type": {"typeName": "Other"},
        "rule": {
            "id": finding.entry,
            "description": finding.why,
            "issueType": "legal" if grave else "style",
            "category": {"id": finding.category, "name": finding.category.replace("-", " ").capitalize()},
            "urls": [{"value": url} for url in (guide, *(one.url for one in finding.sources)) if url],
        },
        "ignoreForIncompleteSentence": False,
        "contextForSureMatch": 0,
    }


def _advice(finding: Finding) -> str:
    """What to do where nothing can be put in: with markup among the wording, or another finding right beside it."""
    if finding.advice or not finding.suggestions:
        return finding.advice
    text = finding.suggestions[0].text
    return f'Write "{text}".' if text else "Leave it out."


def _json(value: JsonObject | list[JsonObject]) -> Response:
    return Response(json.dumps(value, ensure_ascii=False), content_type="application/json")
