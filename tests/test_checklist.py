"""The checklist: an item is met by a statement of the fact, and by nothing that only looks like one."""

from __future__ import annotations

from datetime import date

import pytest

from inclusive_ads import Checker, Document, Settings
from inclusive_ads.analysis.cues import CHECKLIST_CUES
from inclusive_ads.lexicon.legible import too_long
from inclusive_ads.lexicon.loading import load_lexicon
from inclusive_ads.selftest import run_selftests

ITEMS = [item.id for item in load_lexicon().checklist.items]

STATED = {
    "pay": [
        "Salary range: £23,000 - £25,000",
        "£12.21 per hour",
        "Pay: £11.44ph",
        "Up to £45k + benefits",
        "Starting at £30,000 rising to £33,000",
        "We offer £24,000 for this post.",
        "Salary\nGrade 5: £26,000 to £29,000",
        "You'll be paid £15 an hour.",
        "Circa £60,000",
        "£31,000 pro rata (actual £18,600)",
        "Earn up to £30k OTE",
        "Package: 40,000 GBP",
        "Remuneration: £500 per day",
        "The pay is 28,000 pounds a year.",
        "Band 6 (£37,338 to £44,962)",
        "Salary £27k",
        "This is a volunteer role; we pay your travel.",
        "SCP 12 (£26,421)",
        "Living Wage: £12.60 an hour",
        "Weekly pay of £480",
        "Daily rate £200",
        "Competitive salary of £32,000",
    ],
    "hours": [
        "37.5 hours per week",
        "Full-time",
        "Part-time, 16 hours",
        "Hours: 20 hrs",
        "40hrs per week",
        "Working pattern: Monday to Thursday",
        "Hours per week: 37",
        "The hours are 9am to 5pm, Monday to Friday.",
        "Three days per week",
        "4 days a week",
        "22.5 hrs/week",
        "Shift pattern: earlies and lates",
        "You will work nights.",
        "Weekend shifts",
        "37 hours",
        "0.6 FTE",
        "5 sessions per week",
        "Contracted hours: 30",
        "Working hours 9-5 Mon-Fri",
        "A mixture of early and late shifts",
        "35 hour week",
        "Hours\n9am to 3pm",
    ],
    "flexible-working": [
        "Job share welcome",
        "Part-time working considered",
        "We offer hybrid working.",
        "You can work two days from home.",
        "Flexible hours are available.",
        "Flexitime scheme",
        "Full time (part time considered)",
        "We're happy to talk flexible working.",
        "Flexible working options from day one",
        "Compressed hours possible",
        "Working from home up to three days a week",
        "Remote working is possible.",
        "This role can be done as a job share.",
        "Term time only",
        "Talk to us about flexible working.",
        "Annualised hours",
        "Full or part-time",
        "Hybrid: 2 days in the office",
        "We welcome requests to work flexibly.",
        "You set your own hours",
        "There is no fixed office day; hybrid working is the norm.",
        "No experience needed; part-time hours available.",
    ],
    "location": [
        "Location: Hull",
        "Based in Wigan",
        "You will work in Carlisle.",
        "Place of work: 12 High Street, Otley",
        "Office: Bristol",
        "Our office in central London",
        "Location - Stockport",
        "Location\nBirmingham or Leeds",
        "at St Mary's Hospital",
        "Base: Town Hall",
        "Chef, Brighton",
        "Homeworking (UK)",
        "Remote (UK)",
        "The job is at our Swindon depot.",
        "You'll be working across Kent.",
        "You will report to our site in Corby.",
        "Lleoliad: Caerdydd",
        "Workplace: Derby",
        "Post based at Riverside School",
        "We are a small bakery in Ludlow.",
    ],
    "closing-date": [
        "Closing date: 12th May",
        "Closes 12/05/2027",
        "Applications close at noon on 3 June 2027",
        "Apply by Friday 13 March",
        "Deadline: 30.11.2027",
        "Closing Date\nMonday 5 July 2027 at 9am",
        "Please apply before midnight on 1st August.",
        "CVs by 5 September please: send CVs by 5 September.",
        "The deadline to apply is 8 October 2027.",
        "Advert closes: 10 Dec",
        "Closing: 14-02-2027",
        "Applications must be in by 4pm on 2 March",
        "Applications should reach us no later than 3 April 2027",
        "Last day to apply: 9 May",
        "Vacancy closing date 01/02/2027",
        "Applications are open until 6 June.",
        "Send your form to us by 12 noon on Friday 18th June.",
        "End date for applications: 12 May 2027",
        "You have until 14 May 2027 to apply.",
        "Closing date for receipt of applications is Sunday 4th July 2027",
        "Submission deadline 3rd May 2027",
    ],
    "contact": [
        "Contact Jo Bell on 01632 960100",
        "For more information contact jo@office.example",
        "Queries: jo@office.example",
        "Questions to Jo Bell, jo@office.example",
        "For a chat, ring Jo on 07700 900123",
        "Recruiting manager: Jo Bell, 01632 960100",
        "Please get in touch with Jo Bell (jo@office.example) to find out more.",
        "Want to know more? Call 01632 960100.",
        "To arrange a visit, telephone 01632 960100.",
        "Contact name: Jo Bell\nContact email: jo@office.example",
        "For further details: Jo Bell, 01632 960100",
        "If you'd like to talk about the role, drop Jo an email at jo@office.example.",
        "Vacancy contact: Jo Bell | jo@office.example",
        "Interested? Speak to Jo on 01632 960100",
        "Informal visits are welcome: 01632 960100",
        "Any questions, email jo@office.example",
        "Further information from Jo Bell on 01632 960100.",
        "Contact point for applicants\nName: Jo Bell\nEmail: jo@office.example",
    ],
    "adjustments": [
        "We will make reasonable adjustments.",
        "Please let us know if you require any adjustments.",
        "If you need adjustments at any stage, tell us.",
        "Reasonable adjustments can be made for the interview.",
        "Ask for this advert in large print.",
        "We provide adjustments for disabled applicants.",
        "Do you have access requirements?",
        "Adjustments: tell us what you need.",
        "Let us know about adjustments you would like",
        "Contact us if you need this in an alternative format.",
        "Happy to talk about adjustments.",
    ],
    "equal-opportunity": [
        "Equal opportunities employer",
        "We welcome everyone.",
        "All are welcome to apply.",
        "We encourage applications from people of all backgrounds.",
        "We're committed to diversity and inclusion.",
        "You'll be welcome here whatever your background.",
        "We want our workforce to reflect the community we serve.",
        "We particularly welcome applications from Black and minority ethnic people.",
        "Applications from all sections of the community are welcome.",
        "We treat all applicants fairly, whatever their age or race.",
        "We are proud to be an inclusive employer.",
        "Diversity matters to us.",
        "Everyone is welcome to apply.",
        "We do not tolerate discrimination.",
        "The trust is committed to promoting equality.",
        "We value difference.",
    ],
}
NOT_STATED = {
    "pay": [
        "Salary: Competitive",
        "Salary: TBC",
        "Pay: £",
        "Salary: depends on experience",
        "You will manage budgets worth £3 million.",
        "We raised £20,000 for charity last year.",
        "A £2,000 relocation allowance is available.",
        "Grade: HEO",
        "Band 7",
        "Salary: see below",
        "You can save £500 a year on the cycle scheme.",
        "Our turnover is £5,000,000.",
        "We give £50 vouchers to staff.",
        "You will handle cash up to £1,000.",
        "Salary: to be agreed",
        "You process invoices up to £10,000.",
        "The fee for the DBS check is £38.",
        "Pay grade 4",
        "You look after a salary bill of £2m.",
        "The minimum wage is the law.",
    ],
    "hours": [
        "Zero hours contract",
        "Zero-hour contract",
        "Hours to be agreed",
        "Hours: TBC",
        "Hours: various",
        "Hours\nTo be confirmed",
        "Our helpline is open 24 hours a day, 7 days a week.",
        "We answer within 24 hours.",
        "We have three full-time officers.",
        "You'll need 100 hours of flying experience.",
        "Office hours are busy.",
        "You will plan shifts for your team.",
        "Our clinic opens Monday to Friday.",
        "Casual hours as needed",
        "Guaranteed hours: none",
        "Hours: flexible",
        "You work hard for hours.",
        "25 hours of training each year",
        "Happy hours on Fridays",
    ],
    "flexible-working": [
        "No job share.",
        "Not suitable for part-time working",
        "Flexible working is not available.",
        "We do not offer hybrid working.",
        "Flexible working can be requested after 26 weeks.",
        "Job share cannot be considered.",
        "Working from home only after probation",
        "The role is not open to job share.",
        "Flexible working is available after your first year.",
        "This role is office based and not eligible for home working.",
        "Part-time working isn't possible here.",
        "Flexible working: no",
        "Flexible working: n/a",
        "Hybrid working: to be agreed",
        "Home working is limited to senior managers.",
        "Flexible working will be considered once you have completed your training.",
        "We regret that part time cannot be offered.",
        "You must be flexible.",
        "Unfortunately we can't accommodate job shares.",
        "Remote working is not an option.",
        "You need to work flexible shifts.",
        "Flexible working subject to passing probation",
        "Unsuitable for job share or part-time.",
    ],
    "location": [
        "Location: TBC",
        "Location:",
        "You maintain our database.",
        "On site parking",
        "Based on merit",
        "You base decisions on evidence.",
        "We have offices around the world.",
        "Location: various",
        "You know your way round a site.",
        "We have a head office in Leeds.",
        "Good location for shopping",
        "Our hospital is friendly.",
        "You will travel.",
        "You like Bath buns.",
        "Registered office: York",
        "You will work in a busy office.",
        "You answer calls from customers in Leeds.",
        "Interviews: Leeds",
    ],
    "closing-date": [
        "Closing date: TBC",
        "Closing date",
        "Closing soon",
        "Closing date: ASAP",
        "Closing date: when filled",
        "Interview: 4 May 2027",
        "Start date: 4 May 2027",
        "Contract ends 31 March 2028",
        "You must meet the deadline each month.",
        "Closing date: Friday",
        "Published 3 May 2027",
        "Deadline driven",
        "We close at 5pm on Fridays.",
        "Our office closed on 3 May 2025.",
        "You close the accounts by 5 April each year.",
    ],
    "contact": [
        "You are the main contact for suppliers.",
        "Contact: TBC",
        "Call centre experience",
        "You will email clients.",
        "To apply, email your CV to jobs@office.example.",
        "Emergency contact details are kept safe.",
        "You will telephone patients.",
        "For more information visit our website.",
        "Contact us.",
        "You deal with questions about tax.",
        "You will call 20 customers a day.",
        "Contact with animals",
        "No phone calls please.",
        "Tel:",
        "Telephone skills",
    ],
    "adjustments": [
        "You make stock adjustments.",
        "Adjustments to price lists",
        "You adjust machines.",
        "You help pupils who need adjustments in exams.",
        "Disability Confident",
        "No adjustments can be made.",
        "You will consider adjustments for your team.",
        "Accessibility testing of websites",
        "You write documents in accessible formats.",
        "Salary adjustments each April",
    ],
    "equal-opportunity": [
        "All sections of the form must be filled in.",
        "You know about equality law.",
        "Inclusive of VAT",
        "Diverse caseload",
        "Everyone in the team works hard.",
        "You promote equality and diversity.",
        "A diverse portfolio of properties",
        "You welcome guests from all countries.",
        "Regardless of weather you work outside.",
        "We encourage everyone to use the gym.",
        "You will help deliver inclusion training.",
        "An inclusive classroom is your goal.",
        "Our restaurant offers a diverse menu.",
        "Experience of diversity monitoring",
    ],
}


def present(checker: Checker, text: str, form: str = "text") -> dict[str, bool]:
    return {item.id: item.present for item in checker.check(Document.from_text(text, format=form)).completeness}


@pytest.mark.parametrize("item", ITEMS)
def test_the_examples_of_every_item(checker: Checker, item: str) -> None:
    assert [str(problem) for problem in run_selftests(checker, [item])] == []


@pytest.mark.parametrize(("item", "text"), [(item, text) for item, texts in STATED.items() for text in texts])
def test_a_statement_of_the_fact_meets_an_item(checker: Checker, item: str, text: str) -> None:
    assert present(checker, text)[item]


@pytest.mark.parametrize(("item", "text"), [(item, text) for item, texts in NOT_STATED.items() for text in texts])
def test_a_word_a_refusal_or_an_empty_label_does_not_meet_it(checker: Checker, item: str, text: str) -> None:
    assert not present(checker, text)[item]


FIELDS = {
    "pay": ("Salary", "£31,000 a year"),
    "hours": ("Hours", "37"),
    "location": ("Location", "Leeds"),
    "closing-date": ("Closing date", "11/09/2027 23:59"),
    "contact": ("Contact", "Sam Okoro, 01632 960123"),
}


@pytest.mark.parametrize("item", FIELDS)
@pytest.mark.parametrize(
    ("shape", "form"),
    [
        ("{}: {}", "text"),
        ("{}:\n{}", "text"),
        ("{}\n{}", "text"),
        ("{} - {}", "text"),
        ("{}\n\n{}", "text"),
        ("**{}**\n\n{}", "markdown"),
        ("## {}\n\n{}", "markdown"),
        ("| {} | {} |\n|---|---|\n| a | b |", "markdown"),
        ("<dl><dt>{}</dt><dd>{}</dd></dl>", "html"),
        ("<table><tr><th>{}</th><td>{}</td></tr></table>", "html"),
        ("<p><b>{}</b><br>{}</p>", "html"),
    ],
)
def test_a_label_and_its_value_are_one_field(checker: Checker, item: str, shape: str, form: str) -> None:
    advert = "Clerk\n\n" + shape if form != "html" else "<h1>Clerk</h1>" + shape
    assert present(checker, advert.format(*FIELDS[item]), form)[item]
    for value in ("to be confirmed", "TBC", "see below"):
        assert not present(checker, advert.format(FIELDS[item][0], value), form)[item]


def test_a_label_above_another_label_has_no_value(checker: Checker) -> None:
    text = "Clerk\n\nClosing date:\nInterview date:\nSalary:\nHours:\nLocation:\nContact:\n\nYou file papers."
    assert not any(present(checker, text)[item] for item in FIELDS)


def test_what_is_refused_in_one_sentence_may_be_offered_in_another(checker: Checker) -> None:
    assert present(checker, "We cannot offer part-time hours. Job share is welcome.")["flexible-working"]
    assert present(checker, "No part-time, but job share is welcome.")["flexible-working"]
    assert not present(checker, "No part-time, and job share is not possible.")["flexible-working"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Northfield NHS Foundation Trust wants a nurse.", True),
        ("Hull City Council wants a baker.", True),
        ("You are registered with the General Medical Council.", False),
        ("We offer the NHS pension.", False),
    ],
)
def test_merit_is_asked_of_public_bodies_only(checker: Checker, text: str, asked: bool) -> None:
    assert ("merit" in present(checker, text)) is asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("You need a degree.", True),
        ("A high degree of care is needed.", False),
        ("You will work at a university hospital.", False),
        ("We offer you the chance to study for an NVQ.", False),
        ("You will teach students at GCSE level.", False),
    ],
)
def test_equivalence_is_asked_where_a_qualification_is(checker: Checker, text: str, asked: bool) -> None:
    assert ("equivalent-experience" in present(checker, text)) is asked


@pytest.mark.parametrize(
    ("line", "noted"),
    [
        ("Closing date: 1 March 2026", True),
        ("Closing date: 1 September 2026", False),
        ("Closing date: 2 September 2026", False),
        ("Closing date: 1 March", False),  # it may be next year's
        ("Interviews: 1 March 2026", False),
    ],
)
def test_a_closing_date_in_the_past_is_noted(line: str, noted: bool) -> None:
    checker = Checker(Settings(today=date(2026, 9, 1)))
    report = checker.check(f"Clerk\n\nYou file papers.\n\n{line}\n")
    notes = [note.message for note in report.notes if note.id == "note-closing-date-past"]
    assert notes == (["The closing date in the advert, 1 March 2026, is past."] if noted else [])


def test_two_closing_dates_are_told_though_none_can_be_used(checker: Checker) -> None:
    report = checker.check("Closing date: 4 October 2027. Internal applicants: closing date 1 October 2027.")
    assert "closing_date" not in {fact.field for fact in report.facts}
    assert next(item for item in report.completeness if item.id == "closing-date").present


def test_a_masked_number_is_someone_to_ask_but_no_contact_to_use(checker: Checker) -> None:
    report = checker.check("For an informal chat please call Sam Okoro on **** *** ***.")
    assert "contact" not in {fact.field for fact in report.facts}
    assert next(item for item in report.completeness if item.id == "contact").present


def test_the_phrases_are_short_enough_to_read(checker: Checker) -> None:
    phrases = [
        phrase for item in checker.lexicon.checklist.items for key in CHECKLIST_CUES for phrase in getattr(item, key)
    ]
    assert len(phrases) > 200
    assert [message for message in map(too_long, phrases) if message] == []
