"""The pages. Each answer is made from the request alone; nothing is kept between two of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any  # templates and forms take what they are given

from flask import Blueprint, Response, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from markupsafe import Markup

from inclusive_ads import InclusiveAdsError, decisions_yaml
from inclusive_ads_web import downloads, drafts
from inclusive_ads_web.desk import Acted, Desk
from inclusive_ads_web.forms import MOST_REVIEW, StartForm, form_data
from inclusive_ads_web.guide import Guide, also, title, wordings
from inclusive_ads_web.points import by_state, counts, stretches
from inclusive_ads_web.presenters import SEVERITIES, STRENGTHS, VERDICTS, by_risk, compared, grouped, marked
from inclusive_ads_web.problems import Problem
from inclusive_ads_web.progress import Progress
from inclusive_ads_web.values import State
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
def resume() -> str:
    """What the browser's tab remembers is sent again: nothing is kept here."""
    return page("resume", "check")


@pages.post("/result")
def result() -> str | tuple[str, int]:
    """Begin with an advert, or go on with what a button says."""
    if action := request.form.get("do"):
        return _desk(_at_work().act(action, request.form), done=action == "finish")
    form = start_form()
    if form.validate_on_submit():
        try:
            desk = _begun(form)
            return _desk(Acted(desk=desk, said=desk.put_in))
        except InclusiveAdsError as error:
            advert = "document" if form.uploaded else "advert"
            form["review" if error.code == "review" else advert].errors = [str(error)]
    return page("start", "check", form=form, carried=_carried(form)), 422


def _begun(form: StartForm) -> Desk:
    """The desk for what the start form holds: a new advert, or another text and post for one that was begun."""
    state = form.state()
    if not _carried(form):
        return Desk(work(), state, work().read(state.advert, name=state.name)).begin()
    earlier = State.from_fields(request.form)
    state = replace(earlier, given=state.given)
    given = work().read(state.advert, name=state.name)
    progress = Progress.from_field(request.form.get("progress", ""))
    text, seen = (words.replace("\r\n", "\n") for words in (form.advert.data, request.form.get("seen", "")))
    desk = Desk(work(), state, given, text, progress.typed(seen, text) if seen else progress)
    _ = desk.report  # what cannot be read is said in the form
    return desk


def _carried(form: StartForm) -> dict[str, str]:
    """What the start form takes along of an advert that was begun, and that no new file takes the place of."""
    names = ("source", "name", "reviews", "progress", "seen")
    if form.uploaded or not request.form.get("source"):
        return {}
    return {**{name: request.form.get(name, "") for name in names}, **drafts.carried(request.form)}


def _at_work() -> Desk:
    """The desk as the request carries it."""
    state = State.from_fields(request.form)
    given = work().read(state.advert, name=state.name)
    progress = Progress.from_field(request.form.get("progress", ""))
    text, seen = (request.form.get(name, "").replace("\r\n", "\n") for name in ("text", "seen"))
    if "text" not in request.form:
        return Desk(work(), state, given, None, progress)
    return Desk(work(), state, given, text, progress.typed(seen, text) if "seen" in request.form else progress)


def _desk(acted: Acted, *, done: bool = False) -> str | tuple[str, int]:
    """The page on which an advert is written, or the last one."""
    desk = acted.desk
    try:
        report = desk.report
    except InclusiveAdsError as error:
        if request.form.get("do") is None:
            raise
        errors = ({"text": str(error), "href": "#text"},)
        return page("desk", "check", desk=desk, report=None, acted=acted, errors=errors), 422
    shown = page(
        "done" if done else "desk",
        "check",
        desk=desk,
        state=desk.state,
        report=report,
        verdict=VERDICTS[report.outcome],
        acted=acted,
        errors=acted.errors,
        groups=by_state(desk.points),
        counts=counts(desk.points),
        stretches=stretches(desk.text, desk.points, report.findings, desk.standing),
        known=work().entries(),
        part=bool(request.headers.get("X-Part")),
        drafts=drafts,
        sought=request.form.get("do", "").removeprefix("at:"),
        **(_ending(desk) if done else _beside(desk)),
    )
    return (shown, 422) if acted.errors else shown


def _beside(desk: Desk) -> dict[str, Any]:
    """What stands beside the text: statements, figures, what is missing, how it reads."""
    report, source = desk.report, desk.draft.document.source
    drawn, sentences = work().figures(desk.state.given, report)
    return {
        "offers": desk.offers.statements,
        "facts": desk.offers.facts,
        "missing": desk.missing,
        "picture": Markup(drawn),  # noqa: S704 - drawn and escaped by the library
        "figures": sentences,
        "long_sentences": [
            (" ".join(source[s.start : s.end].split()), s.words) for s in report.readability.long_sentences
        ],
    }


def _ending(desk: Desk) -> dict[str, Any]:
    """What was done, and the files."""
    groups = grouped(compared(desk.given, desk.draft.document))
    return {
        "kinds": downloads.kinds(desk),
        "changed": groups if desk.made else (),
        "begun": list(drafts.begun(desk, request.form)),
        "carried": drafts.carried(request.form),
    }


@pages.post("/download")
def download() -> Response:
    """The advert, the report, or what was decided, as a file."""
    desk = _at_work()
    kind = request.form.get("kind", "")
    if kind not in [one[0] for one in downloads.kinds(desk)]:
        raise Problem(422, "format", "This advert cannot be downloaded in that format.", "Choose one from the list.")
    if kind == "report":
        body = render_template("report_file.html", **_reported(desk))
        return downloads.attachment(body.encode(), "advert-report.html", "text/html; charset=utf-8")
    if kind == "review":
        state = desk.state
        sheet = work().sheet(desk.draft.document, desk.report, state.given, state.name)
        return downloads.attachment(sheet.encode(), "advert-review.html", "text/html; charset=utf-8")
    if kind == "decisions":
        text = decisions_yaml(desk.progress.kept)
        return downloads.attachment(text.encode(), "advert.decisions.yaml", "application/yaml")
    return downloads.improved_file(kind, desk, work())


def _reported(desk: Desk) -> dict[str, Any]:
    """What the report for the file shows: the advert as it was given, what became of each finding, and the text now."""
    before = desk.report_on_given
    return {
        "report": before,
        "now": desk.report,
        "state": desk.state,
        "verdict": VERDICTS[desk.report.outcome],
        "findings": by_risk(before, desk.draft.edits, {(f.entry, f.phrase.casefold()) for f in desk.report.findings}),
        "groups": grouped(marked(desk.given, before.findings)),
        "improved_groups": grouped(compared(desk.given, desk.draft.document)),
        "style": Path(__file__).with_name("static").joinpath("report.css").read_text(encoding="utf-8"),
    }


@pages.post("/edit")
def edit() -> str:
    """The start page with the text as it stands, to say more of the post or to put in another text."""
    state = State.from_fields(request.form)
    text = request.form.get("text", "").replace("\r\n", "\n")
    form = start_form(formdata=None, data={"advert": text, **form_data(state.given)})
    carried = {**state.fields(), "progress": request.form.get("progress", ""), "seen": text}
    names = ("source", "name", "reviews", "progress", "seen")
    taken_along = {name: carried[name] for name in names if name in carried} | drafts.carried(request.form)
    return page("start", "check", form=form, carried=taken_along)


@pages.app_errorhandler(CSRFError)
def stale(_: CSRFError) -> tuple[str, int]:
    """The form, filled, with a fresh token: open for too long, of an earlier server, or from elsewhere."""
    sent = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    chosen, said = (request.files.get(name) for name in ("document", "review"))
    if chosen and chosen.filename and (data := chosen.read()):
        texts = {name: ", ".join(request.form.getlist(name)) for name in request.form if name != "csrf_token"}
        reviews = said.read(MOST_REVIEW) if said and said.filename else b""
        state = State(advert=data, name=chosen.filename[:200], reviews=reviews)
        sent = [*({**texts, **state.fields(), "profile": texts.get("profile", "generic"), "do": "begin"}.items())]
    return page("stale", "check", sent=sent, to=request.path), 400


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
