"""What exactly is said and done for a post: ids, names, reasons and places, where a slip would go unseen elsewhere."""

from dataclasses import replace
from datetime import date

from made_figures import figures as figures_of
from made_figures import record as made_record

from inclusive_ads import Vacancy
from inclusive_ads.checker import shared_checker
from inclusive_ads.evidence.values import Evidence
from inclusive_ads.report import StatementChoice
from inclusive_ads.statements.choosing import choose_statements
from inclusive_ads.statements.models import Profile, Record
from inclusive_ads.text.document import Document

TODAY = date(2026, 12, 1)
ADVERT = """Private Secretary

Job summary

You will run a Minister's office with four colleagues, and make sure that papers are clear before they arrive.

How to apply

Send us your application by 20 December 2026.
"""
RECORD = made_record()
PROFILE = Profile(
    id="example", title="Example", merit="civil-service", companions=(), values={"contact": "Sam Okoro"}, records=()
)
VACANCY = Vacancy(grade="Grade 7", role="Private Secretary", location="London")


def Figures(role: str = "", **levels: str) -> Evidence:  # noqa: N802  read as a value
    """Figures that know the post by one name of its role."""
    return figures_of({group.replace("_", "-"): level for group, level in levels.items()}, role=role)


def choose(
    *records: Record,
    text: str = ADVERT,
    vacancy: Vacancy = VACANCY,
    figures: Evidence | None = None,
    profile: Profile = PROFILE,
) -> StatementChoice:
    profile = profile.model_copy(update={"records": records})
    return choose_statements(shared_checker().analyse(Document.from_text(text)), vacancy, figures, profile, today=TODAY)


def changed(record: Record = RECORD, **changes: object) -> Record:
    return record.model_copy(update=changes)


def refused(choice: StatementChoice) -> list[tuple[str, str]]:
    return [(one.id, one.reason) for one in choice.refused]


BOTH = Figures(ethnic_minority="strong", women="strong")


def test_two_groups_make_one_statement_that_says_why_and_where() -> None:
    (statement,) = choose(RECORD, figures=BOTH).chosen
    assert (statement.id, statement.kind, statement.groups) == ("g7", "positive-action", ("ethnic-minority", "women"))
    assert "people from ethnic minority backgrounds and women" in statement.text
    assert "Sam Okoro" in statement.text
    assert "The share is low." in statement.reasons[0]
    assert "The share is low." in statement.reasons[1]
    assert statement.reasons[2] == "Alex Morgan, Director of People approved it; it is to be reviewed by 31 March 2027."
    assert statement.reasons[3] == "It goes at the end of 'Job summary'."
    assert ADVERT[: statement.start].endswith("before they arrive.")


def test_two_records_share_a_statement_and_a_contact_of_their_own_parts_them() -> None:
    women = changed(id="w", groups=("women",))
    others = changed(groups=("ethnic-minority",))
    (together,) = choose(others, women, figures=BOTH).chosen
    assert together.id == "g7+w"
    own = changed(women, contact="Lee Park")
    first, second = choose(others, own, figures=BOTH, vacancy=replace(VACANCY, ask=("positive-action",))).chosen
    assert ("Sam Okoro" in first.text, "Lee Park" in second.text, "Lee Park" in first.text) == (True, True, False)
    assert (first.id, second.id, second.groups) == ("g7", "w", ("women",))


def test_a_group_in_two_records_is_named_once() -> None:
    (statement,) = choose(RECORD, changed(id="again"), figures=BOTH).chosen
    assert statement.groups == ("ethnic-minority", "women")


def test_gender_reassignment_has_a_statement_of_its_own() -> None:
    record = changed(groups=("women", "trans", "disabled"))
    figures = Figures(women="strong", trans="strong", disabled="strong")
    choice = choose(record, figures=figures, vacancy=replace(VACANCY, ask=("positive-action",)))
    assert [one.groups for one in choice.chosen if one.groups] == [("women", "disabled"), ("trans",)]


def test_a_fourth_group_waits_and_the_others_go_in() -> None:
    record = changed(groups=("ethnic-minority", "women", "disabled", "lgbo"))
    choice = choose(
        record, figures=Figures(women="moderate", ethnic_minority="strong", lgbo="strong", disabled="strong")
    )
    assert [one.groups for one in choice.chosen if one.groups] == [("ethnic-minority", "disabled", "lgbo")]
    assert ", " in choice.chosen[0].text
    assert choice.refused[0].id == "positive-action"
    assert "three groups at most. women stay" in choice.refused[0].reason


def test_records_for_other_grades_do_not_end_the_search() -> None:
    choice = choose(changed(id="seo", grades=("SEO",)), RECORD, figures=BOTH)
    assert [one.id for one in choice.chosen] == ["g7"]


def test_figures_may_know_the_post_by_the_name_of_its_record() -> None:
    known = Figures("Private Office", ethnic_minority="strong", women="strong")
    assert [one.id for one in choose(RECORD, figures=known).chosen] == ["g7"]
    unknown = Figures("Policy", ethnic_minority="strong", women="strong")
    assert {reason for _, reason in refused(choose(RECORD, figures=unknown))} != set()
    assert not choose(RECORD, figures=unknown).chosen
    asked = Figures("Private Secretary", ethnic_minority="strong", women="none")
    assert [one.groups for one in choose(RECORD, figures=asked).chosen] == [("ethnic-minority",)]


def test_a_refusal_names_the_record_and_lists_what_is_missing() -> None:
    found = refused(choose(changed(groups=("women",), goals="", progress=""), figures=BOTH))
    (record,) = [reason for name, reason in found if name == "g7"]
    assert ", " in record
    assert record.count(", ") == 1
    (role,) = [
        reason
        for name, reason in refused(
            choose(
                changed(groups=("women",)),
                vacancy=Vacancy(grade="Grade 7", role="Policy", location="London"),
                figures=BOTH,
            )
        )
        if name == "g7"
    ]
    assert "Private Office, Private Secretary" in role


def test_without_a_record_it_says_what_could_be_done() -> None:
    (one,) = choose(figures=BOTH).refused
    assert one.id == "positive-action"
    assert "people from ethnic minority backgrounds and women" in one.reason
    (alone,) = choose(figures=Figures(women="strong")).refused
    assert "women" in alone.reason
    assert " and " not in alone.reason.partition("women")[0][-5:]


def test_one_reason_for_several_records_and_groups_is_said_once() -> None:
    unapproved = {"approved_by": "", "approved_on": None}
    records = (changed(**unapproved), changed(id="g7-other", groups=("women",), **unapproved))
    choice = choose(*records, figures=BOTH)
    assert refused(choice) == [("g7+g7-other", "Nobody has approved the record yet.")]
    elsewhere = choose(*records, figures=BOTH, vacancy=Vacancy(grade="Grade 7", role="Cook", location="Leeds"))
    assert [one.id for one in elsewhere.refused] == ["g7+g7-other"]


def test_northern_ireland_is_said_once() -> None:
    belfast = Vacancy(grade="Grade 7", role="Private Secretary", location="Belfast")
    (one,) = choose(vacancy=belfast, figures=BOTH).refused
    assert one.id == "positive-action"
    assert "Northern Ireland" in one.reason
    with_record = choose(RECORD, vacancy=belfast, figures=BOTH)
    assert not with_record.chosen
    assert {name for name, _ in refused(with_record)} == {"g7"}


def test_out_of_scope_still_says_what_is_wrong_in_the_advert() -> None:
    text = ADVERT + "\nApplications from under-represented groups are welcome.\n"
    choice = choose(RECORD, text=text, vacancy=Vacancy(grade="Grade 7", location="Dublin"), figures=BOTH)
    assert [name for name, _ in refused(choice)] == ["positive-action"]
    assert choice.problems
    assert not choice.chosen


def test_a_profile_made_in_code_may_lack_a_text_or_a_value() -> None:
    odd = changed(groups=("protestant",), jurisdiction="NI", limb="needs", legal_advice="Counsel, 2 May 2026")
    belfast = Vacancy(grade="Grade 7", role="Private Secretary", location="Belfast")
    choice = choose(odd, figures=Figures(protestant="strong"), vacancy=belfast)
    assert not choice.chosen
    assert refused(choice) == [("g7", "There is no text for this kind of statement, place and limb.")]
    text = "We welcome {groups} {level}. {merit} Ask {contact} or {network_contact} of {network}."
    profile = PROFILE.model_copy(update={"texts": dict.fromkeys(template_ids(), text)})
    (one,) = [one for one in choose(RECORD, figures=BOTH, profile=profile).refused if one.id == "g7"]
    assert one.reason == "It needs a contact in the staff network and the name of the staff network."
    full = profile.model_copy(update={"values": {**profile.values, "network": "the network", "network_contact": "Lee"}})
    (statement,) = choose(RECORD, figures=BOTH, profile=full).chosen
    assert statement.text.startswith("We welcome people from ethnic minority backgrounds and women at Grade 7")


def template_ids() -> list[str]:
    from inclusive_ads.statements.library import load_library

    return [template.id for template in load_library().templates]


def test_a_statement_that_is_there_stays_and_an_older_one_is_replaced() -> None:
    (new,) = choose(RECORD, figures=BOTH).chosen
    kept = ADVERT.replace("\nHow to apply", f"\n{new.text}\n\nHow to apply")
    there = choose(RECORD, text=kept, figures=BOTH)
    assert not there.chosen
    assert [name for name, _ in refused(there)] == ["g7"]
    old = "We encourage applications from women, who are under-represented here."
    earlier = ADVERT.replace("\nHow to apply", f"\n{old}\n\nHow to apply")
    (statement,) = choose(RECORD, text=earlier, figures=BOTH).chosen
    assert statement.replaces is not None
    assert statement.start == statement.replaces[0] == earlier.index(old)
    assert statement.reasons[-1] == "It takes the place of the statement that the advert has."
    (moved,) = choose(RECORD, text=ADVERT + f"\n{old}\n", figures=BOTH).chosen
    assert moved.replaces is not None
    assert moved.start < moved.replaces[0]
    assert moved.reasons[-1] == (
        "It replaces the statement at the end of the advert, where few read it. It goes at the end of 'Job summary'."
    )


def test_of_two_statements_the_other_is_replaced_where_one_is_right() -> None:
    first = choose(changed(groups=("ethnic-minority",)), figures=BOTH).chosen[0]
    old = "We encourage applications from women, who are under-represented here."
    text = ADVERT.replace("\nHow to apply", f"\n{first.text}\n\n{old}\n\nHow to apply")
    choice = choose(
        changed(groups=("ethnic-minority",)), changed(id="w", groups=("women",), contact="Lee"), text=text, figures=BOTH
    )
    (statement,) = choice.chosen
    assert statement.id == "w"
    assert statement.replaces is not None
    assert text[slice(*statement.replaces)].startswith("We encourage applications from women")
    assert "g7" in {name for name, _ in refused(choice)}
