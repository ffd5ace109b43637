"""Wording that looks like a bar and is none, each beside one that is: who is served, what is a thing, what was once."""

import pytest

from inclusive_ads import Checker, Severity

PAIRS = {
    "who has the other post": (
        "You share the lodge with our other gardener, a lady from the next village.",
        "We look for a gardener, a lady from the next village.",
    ),
    "who is leaving": (
        "The outgoing wardens are a husband and wife; single people may apply, too.",
        "The new wardens must be a husband and wife.",
    ),
    "a room": ("Do you have a single or a shared room in mind?", "Are you single or married?"),
    "who asks to be helped": (
        "Some of our ladies asked for a woman to wash them.",
        "We have asked for a woman to run the round.",
    ),
    "what they learn": (
        "You write up what children are learning.",
        "Tell us what children you have at home.",
    ),
    "who rents": (
        "We let 300 flats to students and young professionals.",
        "We hire young professionals.",
    ),
    "languages that are listed": (
        "Several languages wanted (Polish and Dutch best of all).",
        "Several languages wanted (no Poles).",
    ),
    "those who are served": (
        "Youthful, fashionable customers fill the shop at noon.",
        "We want youthful, fashionable stylists.",
    ),
    "those who wait": (
        "Too many women wait a year for this operation.",
        "Too many women work here already, so a man would suit us.",
    ),
    "those whom nobody should let down": (
        "No refugee should have to sleep in a station.",
        "No refugee should apply.",
    ),
    "what a country has": (
        "The client is keen on the Nigerian market.",
        "The client is keen on a Nigerian accountant.",
    ),
    "a language that is a plus": ("You write clearly. Danish is a plus.", "You write clearly. Being Danish is a plus."),
    "two languages that are a plus": (
        "Dutch and/or French would be a bonus.",
        "Being Dutch or French would be a bonus.",
    ),
    "a language with its level": (
        "Requirements\n\n- Norwegian: upper intermediate",
        "Requirements\n\n- Norwegian nationals",
    ),
    "four languages": (
        "You are fluent in Dutch, German, Danish and French.",
        "You are fluent, Dutch and French by birth.",
    ),
    "a further language": ("You speak another language, ideally Polish.", "Another cook, ideally Polish."),
    "the language to apply in": ("Please apply in English only.", "Please send English people only."),
    "a post in a language": ("Customer Support Adviser (Finnish)", "Kitchen Porter (Finnish)"),
    "languages as a field": ("Languages: Farsi (preferably Urdu).", "Waiters: preferably Turkish."),
    "old paper": ("The document must not be older than three months.", "The cook must not be older than forty."),
    "old things": ("Look for old orders and act accordingly.", "Old waiters tire early, and we appoint accordingly."),
    "work with the young": ("We are seeking a kind Youth and Family Worker.", "We are seeking a kind youth."),
    "a fair world": ("We want a more equal world for girls.", "We want girls for the bar."),
    "states of the east": ("Experience of the CIS is preferred.", "Cis women are preferred."),
    "who is asked for a permit": (
        "If you are not an EU citizen, please name the permit you hold.",
        "Not an EU citizen, thanks.",
    ),
    "whom a nurse cares for": (
        "You know the work with child/adolescent and adult patients.",
        "We want an adolescent.",
    ),
    "a qualification": ("You must hold an NVQ 3 in Care (Children Young People).", "You must be young people."),
    "hours that help": ("We offer shorter hours for new parents.", "New parents need not apply."),
    "a language in brackets": ("Translator (Japanese)", "Head chef (Japanese)"),
    "a worker whose title names another subject": (
        "You work as a mental health nurse on a ward for men.",
        "We look for a male community mental health nurse.",
    ),
    "what stands beside a church": (
        "Please tell us which church organ you last tuned.",
        "Please tell us which church you attend.",
    ),
    "what nobody has to say": (
        "Candidates need not disclose a previous gender on the form.",
        "Candidates must disclose a previous gender on the form.",
    ),
    "what is done for somebody": (
        "We cannot have a pregnant colleague on the hot line, so we change the tasks and keep the pay.",
        "We cannot have a pregnant colleague on the hot line, so we look for somebody else.",
    ),
    "a question and what is done about it": (
        "Have you a bad back? We have a hoist for that.",
        "Have you a bad back? Then look elsewhere.",
    ),
    "an old notice": ('A framed notice in the hall says "no women".', 'Our policy is "no women".'),
    "those who claim": ("Claimants must be over 66.", "Drivers must be over 66."),
    "a name": (
        "There are two new faces at The Old Bachelor, our village pub.",
        "A bachelor would suit the post at The Crown.",
    ),
    "an adjective of a thing": (
        "Single pallets go on the back shelf, and we steer clear of them.",
        "Single men get bored, and we steer clear of them.",
    ),
    "a thing that is said to be so": ("Will the walls be white?", "The barman must be white."),
    "a worker with things": ("We like Polish lorries.", "We like Polish lorry drivers."),
    "a word that wants a capital": (
        "The tent would rather have a pole than a rope.",
        "We would rather have a Pole than a local.",
    ),
    "an audience": (
        "The strobe show is not suitable for viewers with epilepsy.",
        "The job is not suitable for drivers with epilepsy.",
    ),
    "what is kept for them": (
        "Pregnant? There's a fan and a seat.",
        "Pregnant? Then look elsewhere.",
    ),
    "what is paid": (
        "Staff who become pregnant are kept out of the spray room on full pay.",
        "Staff who become pregnant are kept off the rota.",
    ),
    "no rule": ("We have no tattoo rule, no hijab rule.", "We have a strict no hijab rule."),
    "what may be due": (
        "Nobody with a report due this year will be asked to choose.",
        "Nobody with a baby due this year.",
    ),
    "all of them": ("All comers, gentile or Jew, will be considered.", "No Jew will be considered."),
    "a thing": ("Each furrow must be straight.", "Applicants must be straight."),
}


def _worst(checker: Checker, text: str) -> list[Severity]:
    return [f.severity for f in checker.check(text).findings if f.severity is Severity.UNLAWFUL]


@pytest.mark.parametrize("kind", PAIRS)
def test_what_only_looks_like_a_bar_is_left(checker: Checker, kind: str) -> None:
    assert _worst(checker, PAIRS[kind][0]) == []


@pytest.mark.parametrize("kind", PAIRS)
def test_a_bar_in_like_words_is_found(checker: Checker, kind: str) -> None:
    assert _worst(checker, PAIRS[kind][1])


@pytest.mark.parametrize(
    "text",
    [
        "You must have a good attendance record.",
        "We need a fresh face on the desk.",
        "Only women should apply: the post is exempt under Section 7(2)(b) of the Sex Discrimination Act.",
    ],
)
def test_what_needs_a_reason_is_raised_and_does_not_block(checker: Checker, text: str) -> None:
    found = {f.severity for f in checker.check(text).findings}
    assert found & {Severity.INDIRECT, Severity.CONFIRM}
    assert Severity.UNLAWFUL not in found


@pytest.mark.parametrize(
    "text",
    [
        "The café is next to the Guys and Dolls theatre.",
        'We show "Death of a Salesman" in May.',
        "You start from the yard behind the Foreman and Firkin.",
        "The team keeps donkeys fit and healthy.",
        "Bubbly drinks are kept on ice.",
        "We sell shoes in sizes over 22 cm.",
        "You'll be a fit for this job if you like people.",
        "You are a member in good standing with a bar association.",
        "We are looking for our very own charismatic chef.",
        "You will be an example of good health habits.",
        "Bachelors - Computer Science is one way in.",
    ],
)
def test_names_animals_and_things_are_no_people(checker: Checker, text: str) -> None:
    assert not checker.check(text).findings
