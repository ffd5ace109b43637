"""Readability, completeness and gender balance."""

from datetime import date

import pytest

from inclusive_ads import Checker, Settings, check

FULL = """Housing Officer

Salary: £31,000 to £34,500
Hours: 37 hours a week, job share considered
Location: Leeds, with two days a week at home
Closing date: 9 January 2027

You will help tenants stay in their homes. We welcome applications from everyone. Appointment is on merit.

To ask for reasonable adjustments, or to talk about the post, contact Sam Okafor at sam@example.org.
"""


def present(text: str) -> dict[str, bool]:
    return {item.id: item.present for item in check(text).completeness}


def test_a_full_advert_lacks_nothing():
    assert all(present(FULL).values())


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("Salary: £31,000 to £34,500\n", "pay"),
        ("Closing date: 9 January 2027\n", "closing-date"),
        (
            "To ask for reasonable adjustments, or to talk about the post, contact Sam Okafor at sam@example.org.\n",
            "contact",
        ),
        (
            "To ask for reasonable adjustments, or to talk about the post, contact Sam Okafor at sam@example.org.\n",
            "adjustments",
        ),
    ],
)
def test_what_is_taken_out_is_missed(line, item):
    assert line in FULL
    assert not present(FULL.replace(line, ""))[item]


@pytest.mark.parametrize(
    ("text", "item", "there"),
    [
        ("Flexible working requests are considered after six months' service.", "flexible-working", False),
        ("The post is full-time only. No part time hours.", "flexible-working", False),
        ("No flexible working during your probation. Job sharing is welcome.", "flexible-working", True),
        ("You may ask for flexible working from your first day.", "flexible-working", True),
        ("This is a zero hours contract.", "hours", False),
        ("The post is full-time only.", "hours", True),
    ],
)
def test_wording_that_refuses_or_delays_an_item_does_not_meet_it(text, item, there):
    assert present(text)[item] is there


def test_the_entries_that_do_not_count_for_an_item_exist(checker):
    named = {entry for item in checker.lexicon.checklist.items for entry in item.not_in}
    assert named
    assert named <= set(checker.lexicon.entries)


def test_where_it_stands_is_given_in_the_source():
    report = check(FULL)
    (pay,) = [i for i in report.completeness if i.id == "pay"]
    assert "31,000" in FULL[pay.start : pay.end]


def test_too_many_essential_criteria():
    few = "Person specification\n" + "".join(f"- can do task number {n} well\n" for n in range(7))
    many = "Person specification\n" + "".join(f"- can do task number {n} well\n" for n in range(12))
    assert present(few)["essential-criteria"]
    assert not present(many)["essential-criteria"]


def test_the_merit_line_matters_for_public_bodies_only():
    assert "merit" not in present("A shop in Hull wants a baker.")
    assert present("Hull City Council wants a baker.")["merit"] is False


def test_equivalence_matters_where_a_qualification_is_asked():
    assert "equivalent-experience" not in present("You will bake bread.")
    assert present("You will need a degree.")["equivalent-experience"] is False
    assert present("You will need a degree or equivalent.")["equivalent-experience"] is True


def test_long_sentences_are_listed_with_their_place():
    long = "You will " + "plan and write and check and send " * 6 + "reports."
    report = check(f"Short one here.\n\n{long}")
    (found,) = report.readability.long_sentences
    assert found.words > 25
    assert f"Short one here.\n\n{long}"[found.start : found.end] == long


def test_list_items_are_sentences_of_their_own():
    items = "\n".join(f"- item number {n} of the list" for n in range(20))
    assert not check(f"What you do\n\n{items}").readability.long_sentences


def test_harder_text_has_a_higher_reading_age():
    easy = check("You will help us. You will plan the day. You will talk to people.").readability
    hard = check(
        "The appointee will operationalise multidimensional transformation methodologies "
        "across heterogeneous institutional environments."
    ).readability
    assert easy.reading_age < hard.reading_age


def test_words_of_this_field_are_not_coded():
    report = check(
        "The NHS Trust committee will meet. A support worker and an analyst join the workforce at Border Force. "
        "Ladies and gentlemen swim here."
    )
    assert report.balance is None


def test_coded_words_give_one_note_and_no_finding():
    text = (
        "You are assertive, ambitious, aggressive, autonomous, dominant and outspoken, a courageous and decisive type."
    )
    report = check(text)
    assert report.balance is not None
    assert len(report.balance.masculine) >= 7
    assert "masculine" in report.balance.message


def test_a_note_on_the_whole_advert_changes_no_verdict():
    text = FULL.replace("We welcome", "Being a woman is an occupational requirement under Schedule 9. We welcome")
    report = check(text)
    assert [n.id for n in report.notes] == ["note-occupational-requirement"]
    assert Checker(Settings(today=date(2026, 11, 1))).check(FULL).notes == ()


def test_a_closed_campaign_is_noted_and_not_flagged():
    report = check("This post is open to current civil servants on level transfer or on promotion.")
    assert "note-closed-campaign" in [n.id for n in report.notes]


def test_the_summary_counts_phrases_apart_from_statements():
    report = check("You can hit the ground running.\n\nWomen are encouraged to apply.")
    serious = [f for f in report.findings if f.severity.value in {"indirect-risk", "discouraging"}]
    assert report.summary.startswith(f"{len(serious)} phrase and 1 point about a statement may put able people off")


def test_textstat_remembers_nothing_of_an_advert(checker):
    from inclusive_ads.overall.readability import _remembering

    checker.check("You will manage wintersbottom accounts, and write well about them.")
    assert len(_remembering()) > 5
    assert all(function.cache_info().currsize == 0 for function in _remembering())
