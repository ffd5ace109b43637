"""The pages. Each answer is made from the request alone; nothing is kept between two of them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any  # templates and forms take what they are given

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from inclusive_ads import InclusiveAdsError, decisions_yaml
from inclusive_ads_web import downloads
from inclusive_ads_web.forms import StartForm, form_data
from inclusive_ads_web.guide import Guide, also, title, wordings
from inclusive_ads_web.presenters import (
    SEVERITIES,
    STRENGTHS,
    VERDICTS,
    by_risk,
    compared,
    counts,
    grouped,
    marked,
    problems,
)
from inclusive_ads_web.problems import Problem
from inclusive_ads_web.values import State, choice_errors, read_choices
from inclusive_ads_web.work import Work

pages = Blueprint("pages", __name__)
SAMPLE = Path(__file__).with_name("sample.txt")


def work() -> Work:
    """The app's one link to the library."""
    found: Work = current_app.extensions["inclusive_ads"]
    return found


def start_form(**data: Any) -> StartForm:
    """The start form with the profiles that this server offers."""
    form = StartForm(**data)
    form.profile.choices = list(work().profiles.items())
    return form


def page(template: str, section: str = "", **values: Any) -> str:
    """A page with the navigation entry that is active."""
    return render_template(f"pages/{template}.html", section=section, **values)


@pages.get("/")
def start() -> str:
    """Paste or upload."""
    return page("start", "check", form=start_form())


@pages.get("/sample")
def sample() -> str:
    """The start page with an advert to try."""
    return page("start", "check", form=start_form(data={"advert": SAMPLE.read_text(encoding="utf-8")}))


@pages.get("/result")
def no_result() -> Answer:
    """A result cannot be opened by its address: it is not kept."""
    return redirect(url_for("pages.start"), 303)


@pages.post("/result")
def result() -> str | tuple[str, int]:
    """Check, or check again with choices."""
    if request.form.get("again"):
        return _result(State.from_fields(request.form))
    form = start_form()
    if form.validate_on_submit():
        try:
            return _result(form.state())
        except InclusiveAdsError as error:
            advert = "document" if form.uploaded else "advert"
            form["review" if error.code == "review" else advert].errors = [str(error)]
    return page("start", "check", form=form), 422


def _result(state: State) -> str:
    again = bool(request.form.get("again"))
    choices = read_choices(request.form) if again else {}
    insert = not again or bool(request.form.get("insert"))
    document = work().read(state.advert, name=state.name)
    report = work().check(document, state.given, choices, reviews=state.said)
    improved = work().improve(document, report, choices, insert=insert)
    after = work().check(improved.document, state.given) if improved.changes else report
    found = {item.id for item in after.completeness if item.present}
    drawn, sentences = work().figures(state.given, report)
    return page(
        "result",
        "check",
        state=state,
        report=report,
        verdict=VERDICTS[report.outcome],
        errors=choice_errors(choices, report.findings),
        findings=by_risk(report, choices, improved.changes),
        problems=problems(document, report, improved.changes),
        completeness=after.completeness,
        supplied=[item.title for item in report.completeness if not item.present and item.id in found],
        word=document.format == "docx",
        counts=counts(report),
        known=work().entries(),
        groups=grouped(marked(document, report.findings)),
        improved_groups=grouped(compared(document, improved.document)),
        improved_text=downloads.plain(document, improved),
        changed=bool(improved.changes),
        insert=insert,
        picture=Markup(drawn),  # noqa: S704 - drawn and escaped by the library
        figures=sentences,
        kinds=downloads.kinds(document, kept=any(finding.kept for finding in report.findings)),
        kind=request.form.get("kind") or downloads.kinds(document)[0][0],
        long_sentences=[
            (" ".join(document.source[s.start : s.end].split()), s.words) for s in report.readability.long_sentences
        ],
    )


@pages.post("/download")
def download() -> Response:
    """The improved advert or the report, as a file."""
    state = State.from_fields(request.form)
    choices = read_choices(request.form)
    document = work().read(state.advert, name=state.name)
    report = work().check(document, state.given, choices, reviews=state.said)
    improved = work().improve(document, report, choices, insert=bool(request.form.get("insert")))
    kind = request.form.get("kind", "")
    if kind == "report":
        body = render_template(
            "report_file.html",
            report=report,
            state=state,
            verdict=VERDICTS[report.outcome],
            findings=by_risk(report, choices, improved.changes),
            groups=grouped(marked(document, report.findings)),
            improved_groups=grouped(compared(document, improved.document)),
            style=Path(__file__).with_name("static").joinpath("report.css").read_text(encoding="utf-8"),
        ).encode()
        return downloads.attachment(body, "advert-report.html", "text/html; charset=utf-8")
    if kind == "review":
        sheet = work().sheet(document, report, state.given, state.name).encode()
        return downloads.attachment(sheet, "advert-review.html", "text/html; charset=utf-8")
    if kind == "decisions" and (kept := work().decisions(document, report, choices)):
        return downloads.attachment(decisions_yaml(kept).encode(), "advert.decisions.yaml", "application/yaml")
    if kind not in dict(downloads.kinds(document)):
        raise Problem(422, "format", "This advert cannot be downloaded in that format.", "Choose one from the list.")
    word = partial(work().word, document, report, improved.changes, tracked=True)
    return downloads.improved_file(kind, document, improved, word)


@pages.post("/edit")
def edit() -> str:
    """The start page with the improved text, to change by hand."""
    state = State.from_fields(request.form)
    document = work().read(state.advert, name=state.name)
    choices = read_choices(request.form)
    report = work().check(document, state.given, choices, reviews=state.said)
    improved = work().improve(document, report, choices, insert=bool(request.form.get("insert")))
    form = start_form(formdata=None, data={"advert": downloads.plain(document, improved), **form_data(state.given)})
    return page("start", "check", form=form)


@pages.get("/guide")
def guide() -> str:
    """Every entry, searchable."""
    found = Guide(work().entries())
    asked = request.args.get("q", "")[:100]
    category = request.args.get("category", "")[:50]
    return page(
        "guide",
        "guide",
        asked=asked,
        category=category,
        categories=found.categories,
        entries=[(title(entry), also(entry, asked), entry) for entry in found.find(asked, category)],
    )


@pages.get("/guide/<entry>")
def entry(entry: str) -> str:
    """One entry."""
    found = work().entries().get(entry)
    if found is None:
        raise Problem(404, "no-entry", "The guide has no entry of that name.", "Look for it in the guide.")
    sources = work().sources(found)
    return page(
        "entry",
        "guide",
        entry=found,
        severity=SEVERITIES[found.severity.value],
        strengths=STRENGTHS,
        sources=sources,
        title=title(found),
        wordings=wordings(found),
    )


@pages.get("/how-this-works")
def how() -> str:
    """What it does and cannot do."""
    return page("how", "how", severities=SEVERITIES.values())


@pages.get("/privacy")
def privacy() -> str:
    """What happens to the text."""
    return page("privacy")


@pages.get("/accessibility")
def accessibility() -> str:
    """What was done and tested."""
    return page("accessibility")
