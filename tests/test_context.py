"""Each mechanism alone, with entries of the test's own so that no shipped lexicon can hide a fault."""

import pytest

ENTRY = """
- id: own-quibbly
  forms: [quibbly]
  severity: indirect-risk
  affects: [older applicants]
  message: A made-up word for the tests of the engine.
  why: It stands for any word that may describe an applicant.
  source: practice
  evidence: convention
  advice: Describe the work.
  {extra}
  examples: {{flag: ["You are a [[quibbly]] one."], ok: ["Nothing here."]}}
"""


@pytest.fixture
def flagged(own_checker):
    def run(text: str, extra: str = "") -> list[str]:
        report = own_checker(ENTRY.format(extra=extra)).check(text)
        return [f"{f.phrase}:{f.severity.value}" for f in report.findings if f.entry == "own-quibbly"]

    return run


FLAGGED = ["quibbly:indirect-risk"]


def test_plain_wording_is_flagged(flagged):
    assert flagged("You are a quibbly person.") == FLAGGED


@pytest.mark.parametrize(
    "text",
    [
        "You do not need to be quibbly.",
        "There is no need to be quibbly for this post.",
        "Being quibbly is not essential.",
        "We take people regardless of how quibbly they seem.",
        "We look for skill rather than quibbly talk.",
        "A quibbly mind is by no means essential.",
        "A quibbly mind isn't something we ask for.",
        "Being quibbly is not part of this job.",
        "Nobody here needs to be quibbly, just patient.",
        "We aren't after a quibbly talker.",
        "We never ask that people be quibbly.",
        "Neither a quibbly mind nor a car is needed.",
        "Please do not think you must be quibbly.",
        "It is a myth that you must be quibbly.",
        "Nothing in this role calls for a quibbly mind.",
        "Quibbly applicants will not be turned away.",
    ],
)
def test_negation_silences(flagged, text):
    assert flagged(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "You do not need a car but you must be quibbly.",
        "Not only will you be quibbly, you will enjoy it.",
        "A car is not needed. You are quibbly.",
        "No training is given, you must be quibbly.",
        "No car needed, just a quibbly mind.",
        "You want no colleague other than a quibbly one.",
    ],
)
def test_negation_ends_with_its_clause(flagged, text):
    assert flagged(text) == FLAGGED


@pytest.mark.parametrize(
    "text",
    [
        "You will not last here without a quibbly mind.",
        "There is no room for anybody without a quibbly mind.",
        "You cannot do this job without a quibbly mind.",
        "There is no place for people who are not quibbly.",
        "Do not apply if you don't have a quibbly mind.",
        "It is hard to succeed without a quibbly mind.",
    ],
)
def test_two_denials_are_none(flagged, text):
    assert flagged(text) == FLAGGED


@pytest.mark.parametrize(
    "text",
    [
        "We used to ask for a quibbly mind, and stopped.",
        "In 1950 a clerk had to be quibbly.",
        "Until 1998 all clerks were quibbly.",
        "Gone are the days when we wanted quibbly clerks.",
        "It used to be that only quibbly clerks could apply.",
        "The rule that clerks be quibbly has been dropped.",
    ],
)
def test_what_was_so_once_is_left(flagged, text):
    assert flagged(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "We used to ask for a car, but now you are quibbly.",
        "Founded in 1950, we want quibbly clerks.",
        "As in the past, you are quibbly.",
        "Since 1998 our clerks are quibbly.",
    ],
)
def test_what_is_still_so_is_flagged(flagged, text):
    assert flagged(text) == FLAGGED


def test_an_entry_whose_wording_holds_the_negation_is_not_silenced(flagged):
    assert flagged("You must not be without a quibbly mind.", "despite: [negation]") == FLAGGED


@pytest.mark.parametrize(
    "text",
    [
        'We avoid the word "quibbly" in adverts.',
        "We no longer use words such as “quibbly” here.",
    ],
)
def test_wording_that_is_spoken_about_is_left(flagged, text):
    assert flagged(text) == []


def test_quotation_marks_alone_do_not_excuse(flagged):
    assert flagged('You have a "quibbly" outlook.') == FLAGGED


@pytest.mark.parametrize(
    "text",
    [
        "You will join the Quibbly Brook Network in March.",
        "You will apply the Quibbly Act 1999.",
        "The Friends of Quibbly Foundation runs the service.",
    ],
)
def test_names_of_bodies_and_laws_are_left(flagged, text):
    assert flagged(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The branch is at 14 Quibbly Court, next to the station.",
        "You will be based at the Quibbly's Arms in Otley.",
        "The depot is above Quibbly & Sons on the hill.",
        "We show the film Quibbly Girls this week.",
        'The archive holds films such as this and the play "Quibbly Hearts" from 1931.',
        "You will run the pages of Quibbly Native, one of our magazine titles.",
        "Interviews are at the Quibbly Usher, a pub near the river.",
    ],
)
def test_names_of_streets_houses_pubs_firms_and_works_are_left(flagged, text):
    assert flagged(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Quibbly Cook Wanted At The Red Lion Inn, Otley",
        "QUIBBLY COOK FOR CASTLE COURT",
        "We want a Quibbly Lodge manager for the summer.",
        "A Quibbly cook is needed at the Red Lion Inn.",
        "Cook, Quibbly, for our house in Castle Court.",
        "We need someone Quibbly, and our pub is warm.",
    ],
)
def test_a_name_near_by_or_capitals_that_every_word_has_silence_nothing(flagged, text):
    assert flagged(text) == ["QUIBBLY:indirect-risk" if text.isupper() else "Quibbly:indirect-risk"]


def test_a_capital_alone_is_no_name(flagged):
    assert flagged("Quibbly people wanted.") == ["Quibbly:indirect-risk"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You are quibbly.", FLAGGED),
        ("The successful candidate will be quibbly.", FLAGGED),
        ("You will support quibbly patients on the ward.", []),
        ("You will care for quibbly residents.", []),
        ("We are a quibbly trust.", []),
        ("You need to have a quibbly mind for the safety of our children.", FLAGGED),
        ("Person specification\n- Quibbly\n- Organised", ["Quibbly:indirect-risk"]),
        ("About us\n- Quibbly\n- Organised", []),
    ],
)
def test_who_is_meant(flagged, text, found):
    assert flagged(text, "about: applicant\n  unclear: silent") == found


def test_where_it_is_unclear_the_entry_says_what_to_do(flagged):
    text = "Quibbly all round."
    assert flagged(text, "about: applicant\n  unclear: silent") == []
    assert flagged(text, "about: applicant\n  unclear: style") == ["Quibbly:style"]


def test_a_list_of_protected_characteristics_silences_its_categories(own_lexicon):
    from inclusive_ads import Checker, Settings

    folder = own_lexicon(ENTRY.format(extra=""))
    path = folder / "own.yaml"
    path.write_text(path.read_text().replace("category: own", "category: age"))
    checker = Checker(Settings(lexicons=(folder,)))

    def found(text: str) -> int:
        return sum(f.entry == "own-quibbly" for f in checker.check(text).findings)

    assert found("We do not discriminate on age, disability, sex, race or being quibbly.") == 0
    assert found("You are quibbly at any age.") == 1


@pytest.mark.parametrize(
    ("guard", "fine", "flag"),
    [
        ("part_of: [quibbly white paper]", "The quibbly white paper is out.", "The quibbly paper is out."),
        ("just_before: [very]", "You are very quibbly.", "You are very, if I may, quibbly."),
        ("just_after: [cables]", "You will lay quibbly cables.", "You will be quibbly with cables."),
        ("before: [electric]", "Electric things are quibbly.", "Quibbly things are electric."),
        ("after: [electric]", "Quibbly things are electric.", "Electric things are quibbly."),
        ("sentence: [electric]", "Quibbly things are electric.", "Quibbly things. The rest is electric."),
        ("nearby: [electric]", "Quibbly things. The rest is electric.", "Quibbly things. Fine. The rest is electric."),
        ("advert: ['{money}']", "Quibbly things.\n\nPay: £30,000.", "Quibbly things.\n\nPay: good."),
        ("title: [van driver]", "Van driver\n\nQuibbly things.", "Cook\n\nQuibbly things. The van driver helps."),
        ("section: [benefits]", "Benefits\n\nQuibbly things.", "Duties\n\nQuibbly things."),
    ],
)
def test_each_scope_of_a_guard(flagged, guard, fine, flag):
    extra = f"unless: [{{{guard}, because: it is fine there}}]"
    assert flagged(fine, extra) == []
    assert len(flagged(flag, extra)) == 1
    only = f"only: [{{{guard}, because: it matters there}}]"
    assert len(flagged(fine, only)) == 1
    assert flagged(flag, only) == []


def test_a_guard_may_soften(flagged):
    extra = "unless: [{sentence: [because], because: a reason is given, then: style}]"
    assert flagged("Be quibbly because we say so.", extra) == ["quibbly:style"]


def test_what_was_tried_is_in_the_finding(own_checker):
    extra = "unless: [{sentence: [because], because: a reason is given, then: style}]"
    report = own_checker(ENTRY.format(extra=extra)).check("Be quibbly because we say so.")
    (finding,) = [f for f in report.findings if f.entry == "own-quibbly"]
    tried = {g.guard: g for g in finding.guards}
    assert tried["negation"].applied is False
    assert tried["sentence"].applied is True
    assert tried["sentence"].severity == "style"
    assert tried["sentence"].because == "a reason is given"


def test_house_terms_are_kept(own_lexicon):
    from inclusive_ads import Checker, Settings

    folder = own_lexicon(ENTRY.format(extra=""))
    (folder / "lexicon.yaml").write_text("house_terms: [quibbly club]\n")
    report = Checker(Settings(lexicons=(folder,))).check("Join the quibbly club. You are quibbly.")
    assert [f.start for f in report.findings if f.entry == "own-quibbly"] == [31]


def test_no_match_runs_across_blocks(own_checker):
    entry = (
        ENTRY.format(extra="").replace("[quibbly]", "[very quibbly one]").replace("[[quibbly]]", "[[very quibbly one]]")
    )
    checker = own_checker(entry)
    assert [f.entry for f in checker.check("You are a very quibbly one.").findings] == ["own-quibbly"]
    assert not checker.check("- very\n- quibbly one").findings
    assert not checker.check("# You are very\n\nquibbly one").findings


def test_without_a_model_the_report_says_so(own_lexicon):
    from inclusive_ads import Checker, Settings

    report = Checker(Settings(model="none")).check("You will join a team.")
    assert any("model" in sentence for sentence in report.not_run)


def test_a_heading_negates_what_stands_right_under_it(own_checker):
    checker = own_checker(ENTRY.format(extra=""))
    for text, count in (
        ("What you don't need\n\n- a van\n- quibbly ways", 0),
        ("What doesn't matter\n\nQuibbly ways, age and school.", 0),
        ("We do not ask for:\n- a degree\n- quibbly ways", 0),
        ("We do not want:\n- quibbly ways", 1),
        ("What you don't need\n\n- a van\n\nWhat you need\n\n- quibbly ways", 1),
        ("No experience? No problem:\n- quibbly ways", 1),
    ):
        assert sum(f.entry == "own-quibbly" for f in checker.check(text).findings) == count, text


def test_the_line_above_a_list_says_who_is_meant(own_checker):
    checker = own_checker(ENTRY.format(extra="about: applicant\n  unclear: silent"))
    for text, count in (
        ("You must:\n\n- lift\n- be quibbly", 1),
        ("The successful applicant will\n- be able to lift\n- be quibbly", 1),
        ("Our residents are:\n\n- old\n- quibbly", 0),
    ):
        assert sum(f.entry == "own-quibbly" for f in checker.check(text).findings) == count, text


def test_the_line_above_a_list_holds_what_its_items_leave_out(own_checker):
    checker = own_checker(ENTRY.format(extra="only: [{sentence: [you should have], because: It is asked for.}]"))
    for text, count in (
        ("You should have:\n\n- patience\n- quibbly ways", 1),
        ("You should have seen it.\n\n- patience\n- quibbly ways", 0),
        ("We are a charity.\n\n- patience\n- quibbly ways", 0),
    ):
        assert sum(f.entry == "own-quibbly" for f in checker.check(text).findings) == count, text
