"""What is told of, forbidden, denied or served is not what the advert does; what only looks so still is."""

from __future__ import annotations

import pytest

from inclusive_ads import Checker, Verdict

GROUPS = (
    ("women", "a woman", "female"),
    ("people over 50", "someone over 50", "over 50"),
    ("Muslims", "a Muslim", "Muslim"),
    ("Polish people", "a Polish person", "Polish"),
    ("people with epilepsy", "someone with epilepsy", "epileptic"),
    ("pregnant women", "a pregnant woman", "pregnant"),
    ("married people", "a married person", "married"),
    ("gay men", "a gay man", "gay"),
    ("transgender people", "a transgender person", "transgender"),
)
TOLD_OF = """
It is not true that we turn away {WHOM}.
No panel here may turn away {WHOM}.
Our code of conduct forbids any manager to prefer {WHOM}.
You will investigate claims that a supplier refused {WHOM}.
You will teach managers why they must not ask applicants whether they are {ADJ}.
In 1958 the works refused {WHOM}.
My predecessor was told in 1971 that the firm would not hire {WHOM}.
The play tells of a captain who would not have {ONE} on board.
"No {WHOM}" is a line we reject on sight.
If a client tells you "send me only {WHOM}", say no and report it.
Does the post go only to {WHOM}? No.
People say the job is kept for {WHOM}. That is false.
Any colleague who says that {WHOM} are not welcome will face a disciplinary hearing.
We will not work for clients who want no {WHOM}.
The researcher will send out paired CVs, half of them from {WHOM}, and count the answers.
A fifth of firms said that they would rather not hire {WHOM}.
The refuge is only for {WHOM}, and its caretaker is chosen on merit.
A tenant who asks us not to send {ONE} will be told why we cannot agree.
Nothing in this notice means that we prefer {WHOM}.
Agencies that screen out {WHOM} lose our contract.
We have never asked an agency to leave out {WHOM}.
The agency was fined in 2014 for screening out {WHOM}.
We took out a sentence that seemed to rule out {WHOM}.
The Equality Act does not let a manager insist on {ONE}.
Our helpline is only for {WHOM}; you will answer its letters.
Do you only hire {WHOM}? / No. The job is open to everyone.
Things that we hear too often / "This is no job for {WHOM}." / We do not agree.
The visits are offered first to {WHOM}, and the visitors are chosen on merit.
The chair may not add marks for {WHOM}.
Our terms of business rule out any request to exclude {WHOM}.
You will catalogue letters from {WHOM} who were refused work.
""".strip().splitlines()
MEANT = """
No {WHOM}, whatever the Equality Act says.
It is not true that we are a big firm, but {WHOM} need not apply.
You will investigate complaints and must not be {ADJ}.
The shop opened in 1958 and does not hire {WHOM}.
Our policy is clear: no {WHOM}.
The law is on our side: we take no {WHOM}.
We train managers, and {WHOM} will not be considered.
Complaints about pay are rare; {WHOM} should not apply.
Managers must not take on {WHOM}.
The client says "no {WHOM}", so please send none.
Our clinic helps families, and its receptionist must not be {ADJ}.
One in five of our drivers is young, and we do not take {WHOM}.
Our rule bars {WHOM}.
Do you hire {WHOM}? No.
Is the post open to {WHOM}? No.
You will tell managers what you need, and you must not be {ADJ}.
""".strip().splitlines()


def blocked(checker: Checker, frame: str) -> list[str]:
    """The groups whose sentence must not be published."""
    found = []
    for many, one, such in GROUPS:
        text = frame.replace("{WHOM}", many).replace("{ONE}", one).replace("{ADJ}", such).replace(" / ", "\n")
        if checker.check(text[0].upper() + text[1:]).wording is Verdict.STOP:
            found.append(many)
    return found


@pytest.mark.parametrize("frame", TOLD_OF)
def test_what_is_told_of_is_not_what_the_advert_does(checker: Checker, frame: str) -> None:
    assert blocked(checker, frame) == []


@pytest.mark.parametrize("frame", MEANT)
def test_what_only_looks_as_if_it_were_told_of_is_meant(checker: Checker, frame: str) -> None:
    assert blocked(checker, frame) == [many for many, _, _ in GROUPS]
