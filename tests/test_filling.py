"""What is missing is filled in: the line states the item, stands in the right place and has the advert's shape."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from inclusive_ads import Checker, Document, InputError, Settings, apply_edits
from inclusive_ads.render.word import write_word

DUTIES = "You cook lunch for the staff, order what you need and keep the kitchen clean."

SHAPES = {
    "labels": f"Cook\n\nEmployer: Larkspur Kitchens\nTeam: Kitchen\n\n{DUTIES}\n\nHow to apply\n\nSend us a letter.\n",
    "labels apart": f"Cook\n\nEmployer: Larkspur Kitchens\n\nTeam: Kitchen\n\nAbout the role\n\n{DUTIES}\n",
    "paragraphs": f"Cook\n\n{DUTIES}\n\nThe kitchen is new and light.\n\nSend us a letter.\n",
    "bullets": f"Cook\n\n• Employer: Larkspur Kitchens\n• Team: Kitchen\n\n{DUTIES}\n\nTo apply\n• Send us a letter.",
    "html": f"<h1>Cook</h1>\n<ul>\n  <li><b>Employer:</b> Larkspur Kitchens</li>\n  <li>Team: Kitchen</li>\n</ul>\n"
    f"<p>{DUTIES}</p>\n<h2>How to apply</h2>\n<p>Send us a letter.</p>\n",
    "html breaks": f"<h1>Cook</h1>Employer: Larkspur Kitchens<br>Team: Kitchen<br><br>{DUTIES}<br><br>Write to us.",
    "html paragraphs": f"<h1>Cook</h1><p>{DUTIES}</p><h2>How to apply</h2><p>Send us a letter.</p>",
    "markdown": f"# Cook\n\n- **Employer:** Larkspur Kitchens\n- Team: Kitchen\n\n## About the role\n\n{DUTIES}\n\n"
    "## How to apply\n\nSend us a letter.\n",
    "markdown lines": f"# Cook\n\n**Employer:** Larkspur Kitchens  \n**Team:** Kitchen\n\n{DUTIES}\n",
    "only a title": "Cook",
    "windows": f"Cook\r\n\r\nEmployer: Larkspur Kitchens\r\nTeam: Kitchen\r\n\r\n{DUTIES}\r\n\r\nSend us a letter.\r\n",
    "no line end": f"Cook\n\n{DUTIES}",
    "under the title": f"Cook\nLarkspur Kitchens\nKitchen\n\n{DUTIES}\n",
    "apart under the title": f"Cook\n\nBand 4\n\n{DUTIES}\n",
    "indented": f"Cook\n\n    Employer: Larkspur Kitchens\n    Team: Kitchen\n\n{DUTIES}\n",
    "html boxes": f"<h1>Cook</h1>\n<div>Employer: Larkspur Kitchens</div>\n<div>Team: <b>Kitchen</b></div>\n"
    f"<p>{DUTIES}</p>\n<h2>How to apply</h2>\n<ol><li>Read about us.</li><li>Send us a letter.</li></ol>\n",
    "one paragraph": f"We are looking for a cook. {DUTIES}",
    "letter": f"Dear all,\n\n{DUTIES}\n\nKind regards\nSam\n",
    "mail": f"Hi all,\n\n{DUTIES}\n\nThanks,\nSam\n\nSam Okoro\nHead of kitchens\nLarkspur Kitchens\n",
    "mail with small print": f"Hello,\n\n{DUTIES}\n\nRegards,\n\nSam Okoro\n\n"
    "This message is confidential. If you are not who it was meant for, please delete it.\n",
    "html mail": f"<p>Hi all,</p><p>{DUTIES}</p><p>Cheers,<br>Sam</p><p>Sam Okoro<br>Head of kitchens</p>",
    "table": f"Cook\n\nEmployer\tLarkspur Kitchens\nTeam\tKitchen\n\n{DUTIES}\n",
    "windows table": f"Cook\r\n\r\nEmployer\tLarkspur Kitchens\r\nTeam\tKitchen\r\n\r\n{DUTIES}\r\n",
    "markdown table": "# Cook\n\n| Field | What |\n|---|---|\n| Employer | Larkspur Kitchens |\n| Team | Kitchen |\n"
    f"\n{DUTIES}\n",
    "html table": "<h1>Cook</h1>\n<table>\n<tr><th>Employer</th><td>Larkspur Kitchens</td></tr>\n"
    f"<tr><th>Team</th><td>Kitchen</td></tr>\n</table>\n<p>{DUTIES}</p>\n",
    "table of three": f"Cook\n\nTeam\tKitchen\tNight\n\n{DUTIES}\n",
    "labels at the end": f"Cook\n\n{DUTIES}\n\nEmployer: Larkspur Kitchens\nTeam: Kitchen\n",
    "labels in capitals": f"COOK\n\nEMPLOYER: LARKSPUR KITCHENS\nTEAM: KITCHEN\n\n{DUTIES}\n",
    "parts in capitals": f"COOK\n\nTHE ROLE\n{DUTIES}\n\nHOW TO APPLY\nSend us a letter.\n\nABOUT US\n"
    "We feed people.\n",
    "numbered parts": f"Cook\n\n1. Purpose\n{DUTIES}\n\n2. Applying\nSend us a letter.\n",
}
# What makes the item be asked for.
ASKED = {"merit": "Hull City Council", "equivalent-experience": "You have a diploma in cooking."}


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(Settings(today=date(2027, 3, 1)))


def _document(shape: str, item: str = "") -> Document:
    text = SHAPES[shape]
    if item in ASKED:
        text = text.replace(DUTIES, f"{DUTIES} {ASKED[item]}") if DUTIES in text else f"{text}, {ASKED[item]}"
    return Document.from_text(text, format="markdown" if shape.startswith("markdown") else "text")


def _filled(checker: Checker, shape: str, item: str, value: str | None = None) -> str:
    document = _document(shape, item)
    value = checker.lines[item].example if value is None else value
    return apply_edits(document.source, [checker.fill(document, item, value)])


LINES = [item.id for item in Checker().lexicon.checklist.items if item.line]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("item", LINES)
def test_an_item_is_there_once_its_line_is_filled_in(checker: Checker, item: str, shape: str) -> None:
    document = _document(shape, item)
    before = checker.check(document)
    assert [one.present for one in before.completeness if one.id == item] == [False]
    text = _filled(checker, shape, item)
    after = checker.check(Document.from_text(text, format=document.format if document.format != "html" else "text"))
    assert [one.present for one in after.completeness if one.id == item] == [True]
    assert [one.phrase for one in after.findings] == [one.phrase for one in before.findings]
    assert after.statements.problems == before.statements.problems
    if shape.startswith("windows"):
        assert text.count("\n") == text.count("\r\n")


WHERE = {
    "labels": "Team: Kitchen\n{}\n\nYou cook",
    "labels apart": "Team: Kitchen\n\n{}\n\nAbout the role",
    "paragraphs": "Cook\n\n{}\n\nYou cook",
    "bullets": "• Team: Kitchen\n• {}\n\nYou cook",
    "html": "  <li>Team: Kitchen</li>\n  <li>{}</li>\n</ul>",
    "html breaks": "Team: Kitchen<br>\n{}<br><br>You cook",
    "html paragraphs": "<h1>Cook</h1>\n<p>{}</p><p>You cook",
    "markdown": "- Team: Kitchen\n- {}\n\n## About",
    "markdown lines": "**Team:** Kitchen  \n{}\n\nYou cook",
    "only a title": "Cook\n\n{}",
    "windows": "Team: Kitchen\r\n{}\r\n\r\nYou cook",
    "under the title": "Kitchen\n{}\n\nYou cook",
    "indented": "    Team: Kitchen\n    {}\n\nYou cook",
    "html boxes": "<div>Team: <b>Kitchen</b></div>\n<div>{}</div>\n<p>You cook",
    "apart under the title": "Band 4\n\n{}\n\nYou cook",
    "letter": "clean.\n\n{}\n\nKind regards",
    "mail": "clean.\n\n{}\n\nThanks,",
    "labels at the end": "Team: Kitchen\n{}\n",
    "labels in capitals": "TEAM: KITCHEN\n{}\n\nYou cook",
    "parts in capitals": "COOK\n\n{}\n\nTHE ROLE",
    "numbered parts": "Cook\n\n{}\n\n1. Purpose",
    "table of three": "Cook\n\n{}\n\nTeam\t",
}


@pytest.mark.parametrize(("shape", "expected"), WHERE.items())
def test_a_fact_joins_the_facts_at_the_top_in_their_shape(checker: Checker, shape: str, expected: str) -> None:
    assert expected.format("Salary: £14 an hour") in _filled(checker, shape, "pay", "£14 an hour")


LAST = {
    "labels": "Send us a letter.\n\n{}\n",
    "bullets": "• Send us a letter.\n• {}",
    "html": "<p>Send us a letter.</p>\n<p>{}</p>\n",
    "html boxes": "</ol>\n<p>{}</p>\n",
    "no line end": "clean.\n\n{}",
    "letter": "clean.\n\n{}\n\nKind regards",
    "mail": "clean.\n\n{}\n\nThanks,",
    "mail with small print": "clean.\n\n{}\n\nRegards,",
    "html mail": "clean.</p>\n<p>{}</p><p>Cheers,",
    "parts in capitals": "Send us a letter.\n\n{}\n\nABOUT US",
    "numbered parts": "Send us a letter.\n\n{}\n",
}


@pytest.mark.parametrize(("shape", "expected"), LAST.items())
def test_the_closing_date_joins_how_to_apply_or_ends_the_text(checker: Checker, shape: str, expected: str) -> None:
    assert expected.format("Closing date: 4 October 2027") in _filled(checker, shape, "closing-date", "2027-10-04")


ROWS = {
    "table": "Team\tKitchen\nSalary\t£14 an hour\n\nYou cook",
    "windows table": "Team\tKitchen\r\nSalary\t£14 an hour\r\n\r\nYou cook",
    "markdown table": "| Team | Kitchen |\n| Salary | £14 an hour |\n\nYou cook",
    "html table": "<td>Kitchen</td></tr><tr><th>Salary</th><td>£14 an hour</td></tr>\n</table>",
}


@pytest.mark.parametrize(("shape", "expected"), ROWS.items())
def test_a_fact_is_a_row_of_the_table_of_facts(checker: Checker, shape: str, expected: str) -> None:
    assert expected in _filled(checker, shape, "pay", "£14 an hour")


def test_an_address_keeps_its_small_letters(checker: Checker) -> None:
    assert "\nContact: jobs@larkspur.example\n" in _filled(checker, "labels", "contact", "jobs@larkspur.example")


def test_labelled_lines_on_applying_are_no_facts_at_the_top(checker: Checker) -> None:
    advert = f"Cook\n\n{DUTIES}\n\nClosing date: 4 October 2027\nInterview date: 11 October 2027\n"
    assert "Cook\n\nSalary: £14 an hour\n\nYou cook" in apply_edits(
        advert, [checker.fill(advert, "pay", "£14 an hour")]
    )


def test_a_list_that_only_follows_how_to_apply_takes_no_line_in(checker: Checker) -> None:
    advert = f"Cook\n\n{DUTIES}\n\nHow to apply\n\nSend us a letter.\n\nYou also get:\n- a bonus\n- free lunch\n"
    filled = apply_edits(advert, [checker.fill(advert, "contact", "Sam Okoro, 01632 960123")])
    assert "- Contact" not in filled
    assert "\n\nContact: Sam Okoro" in filled


def test_equivalent_experience_stands_below_the_qualification(checker: Checker) -> None:
    advert = "Cook\n\nAbout you\n- a diploma in cooking\n- a calm manner\n\nHow to apply\nSend us a letter."
    changed = apply_edits(advert, [checker.fill(advert, "equivalent-experience")])
    assert "- a diploma in cooking\n- Equivalent experience counts" in changed


def test_a_sentence_behind_numbered_steps_is_a_paragraph(checker: Checker) -> None:
    advert = "Cook\n\nHow to apply\n1. Read about us.\n2. Send us a letter.\n"
    assert "2. Send us a letter.\n\nWe appoint" in apply_edits(advert, [checker.fill(advert, "merit")])


def test_lines_filled_in_one_after_the_other_keep_their_order(checker: Checker) -> None:
    text = SHAPES["labels"]
    for item in ("closing-date", "contact", "adjustments"):
        text = apply_edits(text, [checker.fill(text, item, checker.lines[item].example)])
    lines = [line.partition(":")[0] for line in text.splitlines() if line]
    assert lines[-3:] == [
        "Closing date",
        "Contact",
        "We make reasonable adjustments at every stage. "
        "To ask for one, or for another format, contact Sam Okoro, 01632 960123.",
    ]


def test_marks_of_the_format_are_quoted(checker: Checker) -> None:
    filled = _filled(checker, "html", "hours", "37 <b>hours</b> & more")
    assert "<li>Hours: 37 &lt;b&gt;hours&lt;/b&gt; &amp; more</li>" in filled
    assert r"- Hours: 37 \*hours\*" in _filled(checker, "markdown", "hours", "37 *hours*")


@pytest.mark.parametrize(
    ("item", "value", "message"),
    [
        ("pay", "  ", "Fill in 'Pay', such as £31,000 to £34,000 a year."),
        ("pay", "£1 " * 70, "Use at most 200 characters."),
        ("pay", "£20,000\nHours: 3", "Write it in one line."),
        ("pay", "£20,000\x00", "Write it in one line."),
        ("pay", "competitive", "That does not state it yet: pay. Give the pay as a figure or a range."),
        ("hours", "to be agreed", "That does not state it yet: hours and working pattern."),
        ("closing-date", "31 June 2027", "Enter a real date, such as 4 October 2027."),
        ("closing-date", "soon", "Enter a real date"),
        ("contact", "Sam Okoro", "Give an e-mail address or a telephone number."),
        ("adjustments", "Sam Okoro", "Give an e-mail address or a telephone number."),
        ("merit", "yes", "This line has nothing to fill in."),
        ("essential-criteria", "", "No line states 'essential-criteria'. Use one of: pay, hours,"),
        ("nothing", "", "No line states 'nothing'."),
    ],
)
def test_a_value_that_would_not_state_it_is_refused(checker: Checker, item: str, value: str, message: str) -> None:
    with pytest.raises(InputError) as refused:
        checker.fill(SHAPES["labels"], item, value)
    assert str(refused.value).startswith(message)
    assert refused.value.code == "fill"


def test_a_value_is_written_as_the_line_needs_it(checker: Checker) -> None:
    assert "\nHours: Full time\n" in _filled(checker, "labels", "hours", " full time ")
    assert "contact Sam Okoro, 01632 960123.\n" in _filled(checker, "labels", "adjustments", "Sam Okoro, 01632 960123.")


def test_a_word_file_without_a_body_takes_lines_in_at_its_top(checker: Checker) -> None:
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "Cook, a diploma is needed"
    given = io.BytesIO()
    word.save(given)
    document = Document.from_bytes(given.getvalue(), name="advert.docx")
    for item in ("pay", "closing-date", "equivalent-experience"):
        assert checker.fill(document, item, checker.lines[item].example).start == 0


def test_a_word_file_takes_the_line_in(checker: Checker) -> None:
    word = docx.Document()
    word.add_heading("Cook", 1)
    for text in ("Employer: Larkspur Kitchens", "Team: Kitchen", DUTIES):
        word.add_paragraph(text)
    given = io.BytesIO()
    word.save(given)
    document = Document.from_bytes(given.getvalue(), name="advert.docx")
    edits = [checker.fill(document, item, checker.lines[item].example) for item in ("pay", "closing-date")]
    changed = Document.from_bytes(write_word(document, edits), name="advert.docx")
    lines = [changed.text[block.start : block.end] for block in changed.blocks]
    assert lines[2:] == [
        "Team: Kitchen",
        "Salary: £31,000 to £34,000 a year",
        DUTIES,
        "Closing date: 4 October 2027",
    ]
