"""What an advert does with a group of people: masks, persons, clauses, lead-ins, and what settles it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inclusive_ads import Checker
from inclusive_ads.lexicon.inflection import noun_forms, plural, verb_forms
from inclusive_ads.lexicon.signs import PERSON
from inclusive_ads.outcomes import Severity
from inclusive_ads.selftest import run_selftests
from inclusive_ads.wording.masking import Masker
from inclusive_ads.wording.reader import Governs, Reader


def read(checker: Checker, text: str) -> list[Governs]:
    return [one for one in checker._reader.read(checker.analyse(checker.document(text))) if not one.settled]


def said(checker: Checker, text: str) -> set[tuple[str, str]]:
    """Operator and concept of every reading that nothing settles."""
    return {(one.operator, concept) for one in read(checker, text) for concept in one.concepts}


def worst(checker: Checker, text: str) -> str:
    found = [f.severity for f in checker.check(text).findings]
    return min(found, key=lambda s: s.rank).value if found else ""


@pytest.mark.parametrize(
    ("one", "many"),
    [("worker", "workers"), ("nanny", "nannies"), ("boy", "boys"), ("boss", "bosses"), ("coach", "coaches")],
)
def test_plurals(one: str, many: str) -> None:
    assert plural(one) == many


def test_a_noun_of_a_list_names_its_own_plural() -> None:
    assert noun_forms("woman/women") == ("woman", "women")
    assert noun_forms("wheelchair user") == ("wheelchair user", "wheelchair users")


@pytest.mark.parametrize(
    ("phrase", "forms"),
    [
        ("hire", ("hire", "hires", "hired", "hiring")),
        ("turn away", ("turn away", "turns away", "turned away", "turning away")),
        ("carry", ("carry", "carries", "carried", "carrying")),
        ("drop", ("drop", "drops", "dropped", "dropping")),
        ("choose", ("choose", "chooses", "chose", "chosen", "choosing")),
        ("agree", ("agree", "agrees", "agreed", "agreeing")),
    ],
)
def test_forms_of_verbs(phrase: str, forms: tuple[str, ...]) -> None:
    assert verb_forms(phrase, {"choose": ("chooses", "chose", "chosen", "choosing")}) == forms


def masked(checker: Checker, text: str) -> str:
    masker: Masker = checker._reader._masker
    advert = checker.analyse(checker.document(text))
    return masker.mask(advert.lower, 0, len(advert.lower), masker.hits(advert.lower)).text


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("No Polish workers.", "Polish workers"),
        ("Anyone over 50 may apply.", "Anyone over 50"),
        ("People with epilepsy work here.", "People with epilepsy"),
        ("A woman wrote it.", "woman"),
    ],
)
def test_persons_are_named_in_many_ways(checker: Checker, text: str, person: str) -> None:
    signs = masked(checker, text)
    covered = "".join(char for char, sign in zip(text, signs, strict=False) if sign == PERSON)
    assert person in covered


@pytest.mark.parametrize(
    "text",
    [
        "Over 60 people work here.",
        "No more than 35 hours a week.",
        "The English language school is in Leeds.",
        "Contact Jane Young on 0123 456.",
        "Please ring Mr Black.",
        "Aged debt is chased every month.",
    ],
)
def test_what_only_looks_like_a_person_is_none(checker: Checker, text: str) -> None:
    assert PERSON not in masked(checker, text)


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
        "There is no training budget, and you must be young and lively.",
        "Applicants must be under 35. We are rated Good by Ofsted.",
        "You must be a British citizen and have the right to work in the UK.",
    ],
)
def test_neither_a_clause_before_nor_a_topic_behind_takes_its_force(checker: Checker, text: str) -> None:
    assert worst(checker, text) == "likely-unlawful"


@pytest.mark.parametrize(
    "text",
    [
        "You do not have to be a Christian to work here.",
        "We never turn away people over 50.",
        "We welcome applications from women, who are under-represented at this grade. Appointment is on merit.",
        "You will support young people with epilepsy.",
        "Our customers are mostly men over 50.",
        "Candidates with epilepsy are welcome; we can adjust the rota.",
        "Your nationality does not matter.",
        "This post is open only to disabled applicants.",
        "UK nationals only: this is a reserved post under the Civil Service nationality rules.",
    ],
)
def test_what_settles_that_nothing_is_wrong(checker: Checker, text: str) -> None:
    assert worst(checker, text) != "likely-unlawful"


@pytest.mark.parametrize(
    "text",
    [
        "Preference is not given to women.",
        "Women are not preferred for this post.",
        "We do not favour men over women.",
        "Men are not given priority over women in our selection.",
        "We won't be giving extra marks to women.",
        "It does not help your application to be Christian.",
        "Nobody has to be young to do this job.",
        "Applicants are not required to be under 30.",
        "There is no preference for men.",
    ],
)
def test_a_demand_or_preference_that_is_denied_is_none(checker: Checker, text: str) -> None:
    assert worst(checker, text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Men need not apply.",
        "It's no secret that we prefer men.",
        "We do not hide that women are preferred.",
        "Not only must you be young, you must be pretty.",
        "Do not apply unless you are British.",
        "You do not need a car, and you must be under 30.",
        "No need to be told twice: we want only men.",
    ],
)
def test_a_denial_of_something_else_takes_no_force(checker: Checker, text: str) -> None:
    assert worst(checker, text) in ("likely-unlawful", "indirect-risk")


@pytest.mark.parametrize(
    "text",
    [
        "Until 1998 only men could join the lodge.",
        "Back then you had to be British to work here.",
        "For a hundred years the college admitted only men.",
        "Our founders turned away Irish workers, something we are not proud of.",
        "Our founder, a young Jewish tailor, opened the shop in 1921.",
    ],
)
def test_what_was_so_once_is_told_not_asked(checker: Checker, text: str) -> None:
    assert worst(checker, text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Founded in 1985, we want only men.",
        "As in the past, only men will be hired.",
        "Since 1998 only men have been allowed to apply, and that stays.",
        "We used to hire women, but now only men are considered.",
    ],
)
def test_a_past_that_goes_on_is_asked_still(checker: Checker, text: str) -> None:
    assert worst(checker, text) == "likely-unlawful"


@pytest.mark.parametrize(
    "text",
    [
        "Only women may use the changing rooms on Thursday evenings.",
        "The home accepts men only, aged 55 and above.",
        "Members of the lunch club must be over 60.",
        "Tenants have to be over 55 and retired.",
        "Entry to the baths is for women only on Mondays.",
        "Our helpline is for men only.",
        "Applicants for the flats must be over 55.",
        "The gym has a ladies-only area.",
    ],
)
def test_people_whom_a_place_serves_are_not_chosen(checker: Checker, text: str) -> None:
    assert worst(checker, text) not in ("likely-unlawful", "indirect-risk")


@pytest.mark.parametrize(
    "text",
    [
        "The refuge is open to all, but we will employ only women.",
        "The hostel takes men only and we only hire men.",
        "Our patients prefer female nurses, so men need not apply.",
        "Our residents are over 65, so carers must be under 40.",
        "Our choir is for women over 50 and its conductor must be a woman.",
    ],
)
def test_that_a_place_serves_some_excuses_no_choice_of_staff(checker: Checker, text: str) -> None:
    assert worst(checker, text) == "likely-unlawful"


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


def severities(checker: Checker, text: str) -> list[str]:
    return [f.severity.value for f in checker.check(text).findings]


@pytest.mark.parametrize(
    "text",
    [
        "The fire station would be glad of a gentleman on nights.",
        "Gentlemen and the shortlist do not go together here.",
        "It might be one for the youngsters.",
        "Sikhs are thanked, but this shop must think of its other staff.",
        "The accounts team is all Catholics and we would pick to match.",
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
    text = "The panel would picture a chap at the desk, a fellow at the gate and a bloke in the van."
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


@pytest.mark.parametrize("text", ["Young customers call in.", "British numbers rose.", "Old letters are kept here."])
def test_a_plural_that_only_ends_like_a_worker_is_no_person(checker: Checker, text: str) -> None:
    assert PERSON not in masked(checker, text)


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


@pytest.mark.parametrize(
    "text",
    ["We are unable to offer work to women.", "We cannot support people over 60 who apply."],
)
def test_what_settles_does_not_when_it_is_denied(checker: Checker, text: str) -> None:
    assert worst(checker, text) in {"likely-unlawful", "indirect-risk"}


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
    "text",
    [
        "Requirements\n- Polish\n- A head for figures",
        "What you need:\n* French or Spanish\n* A calm voice",
        "About you\n- Mandarin, Cantonese and English\n- Tact",
        "Essential: Urdu; Excel",
        "Requirements\n- Welsh (fluent)\n- Word and Excel",
    ],
)
def test_a_language_alone_on_a_line_is_no_nationality(checker: Checker, text: str) -> None:
    assert ("require", "race") not in said(checker, text)


@pytest.mark.parametrize("text", ["Requirements\n- British\n- Own van", "Requirements\n- Polish people\n- Own van"])
def test_a_nationality_on_a_line_is_one(checker: Checker, text: str) -> None:
    assert ("require", "race") in said(checker, text)


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


@pytest.mark.parametrize(
    "text",
    [
        "Bar staff\n\nWed only, 6 till late",
        "Must be free Wed and Sat.",
        "Everyone in the workshop is over 40, and we are adding another bench.",
        "Two of the team are in their thirties, and we need one more to cover Sundays.",
        "An unblemished safety record earns the depot extra points in the audit.",
        "Dogs must be fit and well before they board.",
        "Every horse comes with a questionnaire on past illness.",
        "Lorries come back with poles gone, and I would like the next one checked.",
        "Halal butcher. Don't have to be Muslim.",
        "Nobody's got to be Catholic to work here.",
        "He's told me that nobody's to be asked about children.",
        "Candidates are not to be asked about their health.",
        "We want someone good, black, white or whatever.",
        "Question 4 (torn off before anyone reads the form): What is your religion?",
        "Optional, not seen by the panel\nDo you have a disability?",
        "The Muslim staff are away at Eid, so no point sending invoices.",
        "YOUNG MEMBERS' ORGANISER\n\nAny age is welcome.",
        "The chap who runs it says not to send another van like the last.",
    ],
)
def test_what_is_said_of_days_things_and_everybody_shuts_out_nobody(checker: Checker, text: str) -> None:
    assert worst(checker, text) not in {"likely-unlawful", "indirect-risk"}


@pytest.mark.parametrize(
    "text",
    [
        "Only wed couples need apply.",
        "The three in the office are in their twenties and we're looking for another to match.",
        "Stable hands must be fit and healthy.",
        "We prefer Poles on the picking line.",
        "Doesn't have to be a graduate, does have to be under 30.",
        "Everyone's to be asked about children.",
        "We want somebody young, fit or whatever the boss calls it.",
        "Question 3 (to be answered before the sift)\nAre you pregnant?",
        "Muslims being off at Eid, no point applying.",
        "The last one was a Pole and the client says not to send another.",
    ],
)
def test_the_same_words_of_those_who_are_chosen_still_shut_out(checker: Checker, text: str) -> None:
    assert worst(checker, text) == "likely-unlawful"
