"""The overview of a batch."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

from inclusive_ads.render import overview
from inclusive_ads.render.overview import month_of


def finding(entry: str, severity: str, text: str) -> dict[str, Any]:
    return {
        "entry": entry,
        "category": "words",
        "severity": severity,
        "text": text,
        "start": 0,
        "end": 1,
        "suggestions": [],
    }


GRAVE = finding("own-grave", "likely-unlawful", "Zorbling\n folk")
SOFT = finding("own-soft", "style", "frobbing")


def result(name: Any, verdict: str, *findings: dict[str, Any], team: str = "", month: str = "") -> dict[str, Any]:
    extra = {key: value for key, value in (("team", team), ("when", month)) if value}
    about = {"id": name, "wording": verdict, "complete": True}
    return {**about, "findings": list(findings), "missing": ["closing-date"], "extra": extra}


STOP, CHANGE, READY = "do not publish yet", "change before publishing", "ready"
RESULTS = [
    result("ad-1", READY, SOFT, team="North", month="2026-10-03"),
    result("ad-2", STOP, GRAVE, SOFT, SOFT, team="South", month="03/10/2026"),
    result("ad-3", STOP, GRAVE, GRAVE, team="North", month="Nov 2026"),
    result(4, READY, team="South", month="2026-11"),
    {"id": "ad-5", "error": "The advert is empty."},
    result("ad-6", CHANGE, finding("own-mid", "discouraging", "<b>")),
]


class Page(HTMLParser):
    """Tags, tables (caption → rows of cells) and pictures of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.words = ""
        self._open: list[str] = []
        self._text = ""
        self._rows: list[list[str]] = []
        self._caption = ""
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self._open.append(tag)
        if tag in ("caption", "th", "td"):
            self._text = ""
        if tag == "tr":
            self._rows.append([])

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        if tag == "caption":
            self._caption = self._text
        elif tag in ("th", "td"):
            self._rows[-1].append(self._text)
        elif tag == "table":
            self.tables[self._caption] = self._rows
            self._rows = []

    def handle_data(self, data: str) -> None:
        self._text += data
        self.words += data

    def table(self, start: str) -> list[list[str]]:
        (found,) = (rows for caption, rows in self.tables.items() if caption.startswith(start))
        return found


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(overview(RESULTS, team="team", month="when", last=None))


def test_verdicts(page: Page) -> None:
    assert page.table("Adverts by verdict")[1:] == [
        ["Do not publish yet", "2"],
        ["Change before publishing", "1"],
        ["Ready", "2"],
    ]
    assert "5 adverts were checked, with 7 points. 1 could not be checked." in page.words


def test_the_most_serious_adverts_come_first(page: Page) -> None:
    rows = page.table("The most serious")
    assert [row[0] for row in rows[1:]] == [
        "ad-3, North, 2026-11",
        "ad-2, South, 2026-10",
        "ad-6",
        "ad-1, North, 2026-10",
    ]
    assert rows[2] == [
        "ad-2, South, 2026-10",
        "Do not publish yet",
        "1",
        "0",
        "0",
        "0",
        "2",
        "“Zorbling folk”; “frobbing”",
    ]


def test_entries_by_the_number_of_adverts(page: Page) -> None:
    rows = page.table("Entries by")[1:]
    assert [(row[0], row[2], row[3], row[4], row[5]) for row in rows] == [
        ("own-grave", "likely-unlawful", "2", "3", "“zorbling folk”"),
        ("own-soft", "style", "2", "3", "“frobbing”"),
        ("own-mid", "discouraging", "1", "1", "“<b>”"),
    ]


def test_teams_and_months(page: Page) -> None:
    assert [row[:5] for row in page.table("Adverts, verdicts and points by team")[1:]] == [
        ["North", "2", "1", "0", "1"],
        ["South", "2", "1", "0", "1"],
        ["(not given)", "1", "0", "1", "0"],
    ]
    months = page.table("Adverts, verdicts and points by month")
    assert [row[0] for row in months[1:]] == ["2026-10", "2026-11", "(not given)"]
    assert months[1][-2:] == ["2.0", "own-soft (2)"]


def test_without_columns_it_says_so() -> None:
    page = Page(overview(RESULTS, team="squad", month="date", last=None))
    assert "No advert says: there is no column “squad”." in page.words
    assert not any("by team" in caption for caption in page.tables)


def test_what_is_missing_and_what_could_not_be_read(page: Page) -> None:
    assert page.table("Adverts in which it was not found")[1:] == [["Closing date", "5"]]
    assert page.table("1 of 1")[1:] == [["ad-5", "The advert is empty."]]


def test_what_changed() -> None:
    last = [
        result("ad-1", CHANGE, GRAVE),
        result("ad-2", READY),
        result("ad-3", STOP, GRAVE),
        result("gone", READY),
        {"id": "ad-6", "error": "x"},
    ]
    page = Page(overview(RESULTS, team="team", month="when", last=iter(last)))
    assert "3 adverts are in both runs; 2 are new, 1 are gone." in page.words
    assert page.table("Adverts that are worse")[1:] == [["ad-2", "Ready", "Do not publish yet"]]
    assert page.table("Adverts that are better")[1:] == [["ad-1", "Change before publishing", "Ready"]]
    assert page.table("Of the adverts in both runs")[1:] == [["own-grave", "1", "1"], ["own-soft", "2", "0"]]


def test_first_run_and_empty_run() -> None:
    assert "No earlier run was given." in Page(overview(RESULTS, team="t", month="m", last=None)).words
    empty = Page(overview([], team="t", month="m", last=[]))
    assert "0 adverts were checked, with 0 points." in empty.words
    assert "None has to be changed." in empty.words
    assert "Nothing was found." in empty.words


def test_it_can_be_read_without_seeing_and_without_colour(page: Page) -> None:
    names = [tag for tag, _ in page.tags]
    assert ("html", {"lang": "en-GB"}) in page.tags
    assert names.count("h1") == names.count("main") == names.count("title") - names.count("svg") == 1
    levels = [int(name[1]) for name in names if re.fullmatch(r"h\d", name)]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert names.count("table") == names.count("caption") == len(page.tables)
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in page.tags if tag == "th")
    pictures = [attributes for tag, attributes in page.tags if tag == "svg"]
    assert len(pictures) == 4
    for attributes in pictures:
        assert attributes["role"] == "img"
        assert re.search(r"\d", attributes["aria-label"] or "")
    # every bar has its value as text beside it, and all bars have one colour
    assert names.count("text") == 2 * names.count("rect")
    assert len({attributes["fill"] for tag, attributes in page.tags if tag == "rect"}) == 1


def test_bars_are_in_proportion(page: Page) -> None:
    widths = [float(attributes["width"] or 0) for tag, attributes in page.tags if tag == "rect"]
    assert widths[:3] == [300.0, 150.0, 300.0]
    assert all(0 <= width <= 300 for width in widths)
    # by entry 3, by team and month the groups and those that do not say
    assert len(widths) == 3 + 3 + 3 + 3
    assert widths[6:9] == [150.0, 150.0, 0.0]


def test_no_bar_lies_outside_its_picture(page: Page) -> None:
    height = 0.0
    for tag, attributes in page.tags:
        if tag == "svg":
            height = float((attributes["viewbox"] or "").split()[3])
        elif tag == "rect":
            assert float(attributes["y"] or 0) + float(attributes["height"] or 0) <= height


def test_nothing_runs_and_nothing_comes_from_elsewhere() -> None:
    nasty = '"><script>x</script>'
    bad = {**result(nasty, STOP, finding(nasty, "style", nasty), team=nasty, month=nasty), "missing": [nasty]}
    text = overview([bad, {"id": nasty, "error": nasty}], team="team", month="when", last=[bad], csv="a b.csv")
    page = Page(text)
    assert "script" not in [tag for tag, _ in page.tags]
    assert nasty in page.words
    assert re.findall(r"(?:href|src)=\"([^\"]*)", text) == ["a%20b.csv"]


def test_half_a_surrogate_pair_does_no_harm() -> None:
    assert overview([result("\ud83d", READY, team="\ud83d")], team="team", month="m", last=None).encode()


@pytest.mark.parametrize(
    ("value", "month"),
    [
        ("2026-11-03", "2026-11"),
        ("2026-11-03T10:00:00Z", "2026-11"),
        ("2026-11", "2026-11"),
        ("03/11/2026", "2026-11"),
        ("3/11/26", "2026-11"),
        ("3  November 2026", "2026-11"),
        ("Nov 2026", "2026-11"),
        ("11/2026", "2026-11"),
        ("Q3", "Q3"),
        ("", ""),
    ],
)
def test_months(value: str, month: str) -> None:
    assert month_of(value) == month


def test_long_lists_are_cut_and_say_so() -> None:
    def many() -> Iterator[dict[str, Any]]:
        for number in range(3000):
            yield result(number, STOP, finding(f"entry-{number % 40}", "style", f"words {number}"))

    page = Page(overview(many(), team="t", month="m", last=None))
    assert len(page.table("The most serious 25")) == 26
    assert len(page.table("Entries by")) == 26
    assert "15 other entries were found less often." in page.words
    assert [row[0] for row in page.table("The most serious")[1:4]] == ["0", "1", "2"]


def kept(entry: str, severity: str, text: str, *names: str, day: str = "2026-11-03") -> dict[str, Any]:
    about = {
        "reason": "Its <own> name",
        "kept_by": "Lee",
        "approved_by": list(names),
        "approved_on": day,
        "advice": "None",
    }
    return finding(entry, severity, text) | about


def test_exceptions_are_counted_by_team_entry_approver_and_month_and_listed() -> None:
    results = [
        result("ad-1", READY, team="North")
        | {
            "kept": [
                kept("own-soft", "style", "frobbing", day="2026-10-30"),
                kept("own-mid", "indirect-risk", "b", "Ann"),
            ]
        },
        result("ad-2", "kept on advice", team="South")
        | {"kept": [kept("own-grave", "likely-unlawful", "Zorbling\nfolk", "Ann", "Dana")], "lapsed": ["It is gone."]},
        result("ad-3", READY, team="South"),
    ]
    page = Page(overview(results, team="team", month="when", last=None))
    assert "3 wordings were kept, with a reason and a name; 1 of them is likely unlawful." in page.words
    assert page.table("Kept wording by team")[1:] == [["North", "2"], ["South", "1"]]
    assert page.table("Kept wording by entry")[1:] == [["own-grave", "1"], ["own-mid", "1"], ["own-soft", "1"]]
    assert page.table("Kept wording by who agreed")[1:] == [["Ann", "2"], ["(nobody had to agree)", "1"], ["Dana", "1"]]
    assert page.table("Kept wording by month")[1:] == [["2026-10", "1"], ["2026-11", "2"]]
    rows = page.table("Each wording that was kept")[1:]
    assert rows[0] == [
        *("ad-2, South", "“Zorbling folk”", "own-grave", "likely unlawful"),
        *("Its <own> name", "Lee", "Ann and Dana", "2026-11-03", "None"),
    ]
    assert [row[2] for row in rows] == ["own-grave", "own-mid", "own-soft"]
    assert page.table("Decisions that keep nothing: 1")[1:] == [["ad-2", "It is gone."]]


def test_of_very_many_exceptions_the_gravest_are_listed_and_all_are_counted() -> None:
    soft = [kept("own-soft", "style", f"w{n}", f"N{n}") for n in range(1500)]
    grave = [kept("own-grave", "likely-unlawful", f"g{n}", "Ann", "Dana") for n in range(3)]
    results = [result(n, READY) | {"kept": [one]} for n, one in enumerate([*soft, *grave])]
    page = Page(overview(results, team="team", month="when", last=None))
    rows = page.table("Each wording that was kept (100 of 1503")[1:]
    assert [row[1] for row in rows[:4]] == ["“g0”", "“g1”", "“g2”", "“w0”"]
    counted = page.table("Kept wording by who agreed")[1:]
    assert len(counted) == 1001
    assert counted[0] == ["(others)", "506"]


def test_results_of_an_earlier_version_have_no_exceptions(page: Page) -> None:
    assert "Nothing was kept." in page.words
