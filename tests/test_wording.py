"""What an advert does with a group of people: operators and concepts, lead-ins, suspicion, runs and lines."""

from __future__ import annotations

from dataclasses import replace

import pytest
from readings import masked, read, said, severities, worst

from inclusive_ads import Checker
from inclusive_ads.outcomes import Severity
from inclusive_ads.selftest import run_selftests
from inclusive_ads.wording.reader import Reader


@pytest.mark.parametrize(
    ("text", "operator", "concept"),
    [
        ("No black applicants.", "refuse", "race"),
        ("We will not consider people over 50.", "refuse", "age"),
        ("Muslims need not apply.", "refuse", "religion"),
        ("Applicants must be under 35.", "require", "age"),
        ("You must be heterosexual.", "require", "orientation"),
        ("We are looking for a young man to join us.", "seek", "sex"),
        ("Female applicants only.", "reserve", "sex"),
        ("Tell us whether you are planning to have children.", "ask", "pregnancy"),
        ("Wheelchair users would struggle in this office.", "put-off", "disability"),
    ],
)
def test_an_operator_governs_a_concept(checker: Checker, text: str, operator: str, concept: str) -> None:
    assert (operator, concept) in said(checker, text)
    assert worst(checker, text) == "likely-unlawful"


def test_a_reading_says_what_it_read(checker: Checker) -> None:
    text = "The pay is good. We do not employ Polish workers."
    found = [one for one in read(checker, text) if one.operator == "refuse"]
    assert found
    assert found[0].concepts == ("race",)
    assert text[found[0].start : found[0].end].endswith("Polish workers")
    assert text[found[0].start : found[0].end].startswith("do not employ")


@pytest.mark.parametrize(
    "text",
    [
        "Not for the first time, a gay person would have to grin and bear it.",
        "No doubt a gay person would have to grin and bear it.",
        "The job comes with a flat and goes, as it has since 1911, to a Catholic.",
        "As the customers' rep you must tick one box: married, single, divorced.",
    ],
)
def test_no_word_nearby_takes_a_bar_back(checker: Checker, text: str) -> None:
    assert worst(checker, text) == "likely-unlawful"


@pytest.mark.parametrize(
    "text",
    [
        "No gay person would have to grin and bear it here.",
        "None of our gay staff would have to grin and bear it.",
        "The cup goes, as it has since 1911, to a Catholic.",
        "Customers tick one box: married, single, divorced.",
    ],
)
def test_what_is_said_to_others_or_of_nobody_is_no_bar(checker: Checker, text: str) -> None:
    assert worst(checker, text) not in ("likely-unlawful", "confirm")


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Muslim applicants may find the parents difficult, so think twice.", "refuse-religion"),
        ("The parents would rather not have a gay tutor.", "refuse-orientation"),
        ("Girls who fall pregnant are not kept on.", "refuse-pregnancy"),
        ("Leave out any girls in headscarves.", "instruct-religion"),
        ("We won't take lads with epilepsy.", "refuse-disability"),
        ("Polish women need not apply.", "refuse-race"),
        ("Women need not apply.", "refuse-sex"),
        ("No transgender applicants please, the changing room is shared.", "refuse-trans"),
    ],
)
def test_of_several_who_are_named_the_trait_leads(checker: Checker, text: str, entry: str) -> None:
    assert [f.entry for f in checker.check(text).findings if f.severity is Severity.UNLAWFUL] == [entry]


@pytest.mark.parametrize(
    "text",
    [
        "You must:\n\n- be under 35\n- like dogs",
        "We cannot consider:\n\n- pregnant women\n- people without a licence",
        "Person specification\n\n- Christian\n- Honest",
    ],
)
def test_the_line_above_a_list_governs_its_items(checker: Checker, text: str) -> None:
    report = checker.check(text)
    grave = [f for f in report.findings if f.severity is Severity.UNLAWFUL]
    assert len(grave) == 1
    assert "licence" not in grave[0].text
    assert "dogs" not in grave[0].text


@pytest.mark.parametrize(
    "text",
    [
        "We had a Finn in the yard last year. Never again.",
        "We took on a pensioner in the spring. Sorry, it didn't work out.",
        "The last girl in the office was pregnant. We won't be doing that again.",
    ],
)
def test_a_short_sentence_that_points_back_is_read_with_the_one_before(checker: Checker, text: str) -> None:
    assert worst(checker, text) == "likely-unlawful"


@pytest.mark.parametrize(
    "text",
    [
        "We had a Finn in the yard last year. Not one lorry left late.",
        "A Finn sang to us in the spring. The vans didn't work out.",
        "We had a Finn in the yard last year.\n\nNever again will you queue for the lift.",
    ],
)
def test_a_sentence_about_something_else_is_read_by_itself(checker: Checker, text: str) -> None:
    assert not severities(checker, text)


@pytest.mark.parametrize(
    ("denied", "meant"),
    [
        ("Do I need to be under 35? Certainly not.", "Do I need to be under 35? Yes."),
        ("Is it essential to be single? No, it is open to all.", "Is it essential to be single? No, but it helps."),
        ("Do you only take men? No. We train everyone.", "Do you only take men? Yes. We train nobody else."),
        ("Some say you must be Christian, but you don't.", "Some say you must be Christian, and you must."),
        (
            "You may have heard that we only take men. It isn't so.",
            "You may have heard that we only take men. It is so.",
        ),
        ("The view that men make better cooks is outdated.", "We take the view that men make better cooks."),
        ("No one should think that this job is just for men.", "No one should forget that this job is just for men."),
        ("If a client asks for men only, you will refuse.", "If a client asks for men only, you will send men."),
        ("You will challenge any client who wants only men.", "You will please any client and send only men."),
        ("Never deduct marks where an applicant is Muslim.", "Please deduct marks where an applicant is Muslim."),
        ("No marks are lost if an applicant is Muslim.", "No points are given where a candidate is Muslim."),
        ("We will not put up with bullying of gay people.", "We will not put up with gay people."),
        ("You will interview women about their bus journeys.", "You will interview women only."),
        ("You don't have to be free of any disability.", "You have to be free of any disability."),
        ("It makes no difference if you are British born.", "We don't mind if you smoke but you must be British born."),
    ],
)
def test_a_demand_that_is_denied_is_none(checker: Checker, denied: str, meant: str) -> None:
    assert "likely-unlawful" not in severities(checker, denied)
    assert worst(checker, meant) == "likely-unlawful"


def test_no_finding_ends_in_a_joint_word(checker: Checker) -> None:
    ends = {"We want a young man for our shop.": "man", "A bubbly girl with a smile wanted.": "girl"}
    for text, last in ends.items():
        found = [f.phrase.split()[-1] for f in checker.check(text).findings if f.severity is Severity.UNLAWFUL]
        assert set(found) <= {last}, text
    assert [f.phrase for f in checker.check("Leave your feelings at the door.").findings] == ["Leave your feelings"]


def test_a_stated_occupational_requirement_is_to_be_confirmed(checker: Checker) -> None:
    text = "Only women may apply: an occupational requirement under Schedule 9, as the work is intimate care."
    assert worst(checker, text) == "confirm"
    assert checker.check(text).wording.value == "change before publishing"


def test_nothing_makes_an_unlawful_stretch_prettier(checker: Checker) -> None:
    text = "Sorry, no handicapped people."
    report = checker.check(text)
    assert [f.severity.value for f in report.findings] == ["likely-unlawful"]
    assert "handicapped" in report.improved


def test_every_cell_holds_its_own_examples(checker: Checker) -> None:
    cells = [entry.id for entry in checker.lexicon.entries.values() if not entry.forms]
    assert len(cells) > 50
    assert [str(problem) for problem in run_selftests(checker, cells)] == []


@pytest.mark.parametrize(
    "text",
    [
        "The fire station would be glad of a gentleman on nights.",
        "Gentlemen and the shortlist do not go together here.",
        "It might be one for the youngsters.",
        "The shop must think of its other staff before it would hire a Sikh.",
    ],
)
def test_a_group_named_where_people_are_chosen_is_asked_about(checker: Checker, text: str) -> None:
    assert "suspect" in {one.operator for one in checker._reader.read(checker.analyse(checker.document(text)))}
    assert set(severities(checker, text)) & {"indirect-risk", "likely-unlawful"}


def test_suspicion_alone_never_blocks(checker: Checker) -> None:
    levels = {entry.severity for entry in checker.lexicon.entries.values() if entry.id.startswith("suspect-")}
    assert levels == {Severity.INDIRECT}


@pytest.mark.parametrize(
    "text",
    [
        "The museum tells of Sikhs and Hindus in the valley.",
        "Candidates will support young people with epilepsy.",
        "We welcome applications from Black, Asian and minority ethnic candidates, who are under-represented here.",
        "Half of the candidates last year were women.",
        "Duties\n\n- take women through their choices, and never rush them",
        "We explain the law to overseas candidates who apply for sponsorship.",
    ],
)
def test_what_explains_the_group_settles_the_suspicion(checker: Checker, text: str) -> None:
    assert "indirect-risk" not in severities(checker, text)


def test_a_suspicion_yields_to_every_operator_on_the_same_people(checker: Checker) -> None:
    assert {operator for operator, _ in said(checker, "Women would struggle here.")} == {"put-off"}


def test_a_suspicion_is_told_once_in_a_sentence(checker: Checker) -> None:
    text = "The kitchen would be glad of Finns on nights, and the bar would be glad of Danes by day."
    assert [one.operator for one in read(checker, text)].count("suspect") == 1


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("Romanians and Bulgarians are not wanted.", "Romanians and Bulgarians are not wanted"),
        ("We want a lady, aged 25 to 40, unmarried.", "want a lady, aged 25 to 40, unmarried"),
        ("No Finns, Danes or Swedes.", "No Finns, Danes or Swedes"),
    ],
)
def test_a_run_of_people_is_one_finding(checker: Checker, text: str, stretch: str) -> None:
    findings = checker.check(text).findings
    assert [f.severity.value for f in findings] == ["likely-unlawful"]
    assert stretch in findings[0].text


@pytest.mark.parametrize(
    ("text", "operator"),
    [
        ("Muslims would not fit in.", "put-off"),
        ("Women would not be a good match for this crew.", "put-off"),
        ("Wheelchair users: do not apply.", "refuse"),
        ("Muslims - need not apply.", "refuse"),
        ("Women, we regret to say, are not considered.", "refuse"),
        ("Head Chef (Indian)", "seek"),
        ("Receptionist - female - Leeds", "seek"),
        ("Please send your CV and your date of birth.", "ask"),
        ("We would rather not hire a young engineer.", "refuse"),
        ("If you are over 40 you'll be wasting your time.", "refuse"),
    ],
)
def test_signs_between_words_do_not_hide_an_operator(checker: Checker, text: str, operator: str) -> None:
    assert operator in {one for one, _ in said(checker, text)}


def test_a_bracket_and_a_dash_leave_a_sign_and_keep_every_offset(checker: Checker) -> None:
    for text in ("Head Chef (Indian), Leeds", "Receptionist - female - Leeds", "Cook (female) wanted"):
        signs = masked(checker, text)
        assert len(signs.rstrip()) <= len(text) + 2
        for one in read(checker, text):
            assert text[one.start : one.end].strip() == text[one.start : one.end]


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("Kitchen porter. Male. Own transport.", "Male"),
        ("Cook for the hall. Good pay. Under 40. Free meals.", "Under 40"),
        ("Must-haves: an eye for a picture; tidy desk; under 30.", "under 30"),
        ("Essential: own van, British, own tools.", "British"),
        ("Sex: female", "female"),
        ("Porters\n\nPlaces: 8\n\nOf which: 5 (female)", "female"),
    ],
)
def test_fragments_and_the_items_of_a_label_are_lines_of_their_own(checker: Checker, text: str, stretch: str) -> None:
    grave = [f for f in checker.check(text).findings if f.severity is Severity.UNLAWFUL]
    assert len(grave) == 1
    assert stretch in grave[0].text
    assert not grave[0].text.endswith((" ", ";"))


@pytest.mark.parametrize(
    "text",
    [
        "Must-haves: an eye for a picture; posts of under 30 words.",
        "We serve tea. Old cups. New ideas.",
        "Our guests: young families; couples over 60.",
    ],
)
def test_a_fragment_about_something_else_is_none(checker: Checker, text: str) -> None:
    assert worst(checker, text) != "likely-unlawful"


def test_an_operator_may_be_about_some_concepts_only(checker: Checker) -> None:
    wording = checker.lexicon.wording
    serve = next(one for one in wording.operators if one.operator == "serve")
    others = tuple(one for one in wording.operators if one is not serve)
    changed = replace(wording, operators=(*others, serve.model_copy(update={"on": ("age",)})))
    reader = Reader(changed, checker.lexicon.vocabulary)
    settled = {
        text: {one.settled for one in reader.read(checker.analyse(checker.document(text)))}
        for text in ("You must care for women only.", "You must care for people over 60 only.")
    }
    assert ["serve" in found for found in settled.values()] == [False, True]


@pytest.mark.parametrize(
    ("text", "operator"),
    [
        ("We cannot employ anybody who has been in prison.", "refuse"),
        ("A criminal record of any kind, however old, closes the door.", "put-off"),
        ("Tick the box if you have a criminal conviction.", "ask"),
        ("Our insurers will not cover anyone with a conviction.", "refuse"),
        ("Have you ever been arrested?", "ask"),
    ],
)
def test_a_bar_on_convictions_is_a_risk_in_words_of_its_own(checker: Checker, text: str, operator: str) -> None:
    (found,) = [f for f in checker.check(text).findings if f.entry == f"{operator}-conviction"]
    assert found.severity in (Severity.INDIRECT, Severity.DISCOURAGING)
    assert found.message.startswith("Puts off people with convictions")


@pytest.mark.parametrize(
    "text",
    [
        "A conviction is no bar to work here.",
        "You will teach people leaving prison.",
        "We ask about unspent convictions only after we have made an offer.",
        "The post is exempt from the Rehabilitation of Offenders Act, so please disclose all convictions.",
        "Lived experience of prison is welcome.",
    ],
)
def test_convictions_that_are_weighed_served_or_asked_by_law_are_fine(checker: Checker, text: str) -> None:
    assert not checker.check(text).findings
