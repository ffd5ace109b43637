"""Ways of wanting and turning away that no list of phrases holds: lines of small ads, reasons, wishes, conclusions."""

from __future__ import annotations

import pytest

from inclusive_ads import Checker
from inclusive_ads.outcomes import Severity

# Each way: what it asks or bars, and what stands beside it in ordinary adverts.
LINES_OF_A_SMALL_AD = (
    [
        "Porter, Grange Hotel\nLad under 30, early starts\n£12.60 an hour",
        "Barista, station kiosk\nAge 20 to 30\nStart Monday",
        "Farm hand, Lower Combe\nLad or lass with own boots\nCaravan included",
        "Sales floor\n- Early twenties\n- Own transport",
        "Gardener to a rectory\nProtestant, non smoker\nLodge",
        "Nanny, Hampstead\nSpanish or Greek girls, hard workers\nReferences",
        "Site cook\nTwo for Romanians\nfour for Poles\n6 am start",
    ],
    [
        "Porter, Grange Hotel\nRooms 20 to 30, third floor\n£12.60 an hour",
        "Nursery assistant\nRoom for ages 3 to 5\nStart Monday",
        "Youth worker\nYou will meet:\n- Young people\n- Families",
        "Ward clerk\n- Elderly\n- Stroke",
        "Matron\nPregnant? Say so when you have started and we will find you a chair.\nLive in",
        "Chaplaincy\nTwo for Muslim prayer\nfour for Christian worship",
    ],
)
NO_AND_A_REASON = (
    [
        "No Travellers, the neighbours won't have it.",
        "No gay couples on the reception desk please.",
        "Good rates, no foreigners, own tools.",
        "No women or girls on the night trawl.",
        "No one with ADHD after last time.",
        "We take local people and not foreigners.",
        "Chefs wanted, not pensioners.",
        "It is a front of house job, so no visible scars or hearing aids.",
        "Nobody much past fifty, the last one couldn't keep up.",
    ],
    [
        "No dogs, the neighbours won't have it.",
        "No women were on the shortlist last year, which we want to change.",
        "Good rates, no forms, own tools.",
        "No young person is turned away from the club.",
        "We take local produce and not imports.",
        "It is a quiet job, so no visible changes from day to day.",
    ],
)
THOSE_AROUND_MIND = (
    [
        "We had a Polish lady on the till and the village didn't take to it.",
        "Muslims have worked the bar before and our regulars wouldn't have it.",
        "Customers like dealing with a man.",
        "Our clients feel easier with an English face on reception.",
        "Our Jewish clients would sooner a Jewish carer came.",
        "Foreign accents put our callers off.",
    ],
    [
        "We had a new till and the village didn't take to it.",
        "Muslims and Christians use the hall, and all of them like it.",
        "Customers like dealing with a calm person.",
        "Our clients feel easier with an English version of the form.",
        "Our Jewish clients would sooner we came at ten.",
        "Loud tills put our callers off.",
    ],
)
THE_SAME_AGAIN = (
    [
        "Our last two porters were Polish and grand lads, so another would be grand.",
        "Our average age is 26 and we want to keep it that way.",
        "It's a small van and the other driver is a lady, so we need another lady.",
        "Looking to balance the team with a man.",
    ],
    [
        "Our last two porters were grand, so another would be grand.",
        "Our average age is 26 and we want to change that.",
        "It's a small van and the other driver is a lady, so ask her about the route.",
        "Looking to balance the team with a planner.",
    ],
)
CONCLUSIONS = (
    [
        "We're a Christian bookshop so staff are believers.",
        "We've nothing against gays but this is a family business.",
        "Deaf candidates would not hear the alarm, therefore we are unable to take them.",
        "Roma have caused us bother, so candidates from that community won't get past the sift.",
        "Gay staff are two short of our target so the next two posts go to them.",
        "Please only apply if you are not pregnant.",
        "The night shift is men only because there is one toilet.",
    ],
    [
        "We're a Christian bookshop so staff are kind.",
        "We've nothing against vans but this is a bicycle business.",
        "Deaf candidates may not hear the bell, therefore we will meet them at the door.",
        "Roma have lived here for years, so people from that community use the hall.",
        "Please only apply if you are not already a member.",
        "The night shift is quiet because there is one ward.",
    ],
)
WISHES = (
    [
        "The bishop's wish is that the housekeeper be a single man.",
        "Our shareholders want a British woman fronting the brand.",
        "Unmarried, no ring in sight, is what the owner has ordered for his stewards.",
        "Priority will be given at the sift to candidates of Asian heritage.",
        "You will be slim, blonde and under thirty.",
        "Would the applicant's husband object to late shifts?",
        "Agency brief: white, well spoken.",
    ],
    [
        "The bishop's wish is that the housekeeper be a calm person.",
        "Our shareholders want a new app fronting the brand.",
        "Unsold stock is what the owner has ordered for the stewards.",
        "Priority will be given at the sift to candidates who meet the essentials.",
        "You will be calm, kind and under no pressure.",
        "Would the applicant mind late shifts?",
        "Agency brief: white walls, well lit.",
    ],
)
CONDITIONS = (
    [
        "Not suitable if you have epilepsy.",
        "The flat goes with the job, so long as there's no girlfriend moving in.",
        "The contract ends if you conceive.",
        "The offer is withdrawn if you get pregnant.",
        "No use to us if you have a bad back.",
        "No hubby or missus waiting at home, please: it's eight months abroad.",
        "Wedlock blunts ambition, our founder finds, and we hire accordingly.",
    ],
    [
        "Toys are not suitable if you have a child under three.",
        "Applicants are welcome as long as they are keen.",
        "The contract ends when the season does.",
        "The offer is withdrawn if the references are poor.",
        "No use to us if you have a small van.",
    ],
)
PILES_AND_TICKS = (
    [
        "Filipinas first as they graft, then the rest.",
        "Ticked married? We start with that pile.",
        "Anyone over 50 drops to the reserve pile.",
        "Polish? Jump the queue.",
        "No children? That's a big tick from the boss.",
        "When scores are level the female goes in.",
    ],
    [
        "Patients first as they wait, then the phones.",
        "Ticked the box? We start with that pile.",
        "Anything over 50 kilos drops to the reserve pile.",
        "Hungry? Jump the queue.",
        "No parking tickets? That's a big tick from the boss.",
    ],
)
OUR_OWN = (
    [
        "We are a Polish firm and hire our own.",
        "The job is closed to those outside the fellowship.",
        "Two desks have been earmarked by the chair for women.",
        "Mums vanish at half term so none of them please.",
        "Straight people can volunteer but the paid posts are ours.",
        "We aren't looking for another Muslim.",
    ],
    [
        "We are a Polish bakery and grow our own rye.",
        "The plots are closed to those outside the fellowship.",
        "Two desks have been earmarked by the chair for repair.",
        "Young people can volunteer at 16, and paid posts are open to all.",
        "We aren't looking for another office.",
    ],
)
EASIER_WITH = (
    [
        "It would be simpler all round if we got a fella.",
        "You would share with Sandra, so another woman makes sense.",
        "A South American would go down a storm with our crowd.",
        "Unmarried status is expected of the warden.",
        "The board wants a female appointment.",
    ],
    [
        "It would be simpler all round if we got a second oven.",
        "You would share with Sandra, so another key makes sense.",
        "A brass band would go down a storm with our crowd.",
        "The board wants a female portrait for the hall.",
    ],
)
ASKED_IN_FEW_WORDS = (
    [
        "Bad back, ever?",
        "How far along are you, if at all? Put it in the email.",
        "Who you sleep with is something that our founder likes to ask.",
        "Tell us how many days you had off poorly last year.",
        "Married? Y/N",
        "Page two wants your due date.",
        "Your religion is a question the owner likes to put.",
        "Dig into their health on the first call.",
    ],
    [
        "Back on Monday, ever so early?",
        "Married? Y/N: you would ask each couple this.",
        "Page two wants your start date.",
        "Your health is something we care about.",
        "You would dig into their medical history with each patient.",
    ],
)
WAYS = [
    *(LINES_OF_A_SMALL_AD, NO_AND_A_REASON, THOSE_AROUND_MIND, THE_SAME_AGAIN, CONCLUSIONS, WISHES),
    *(CONDITIONS, PILES_AND_TICKS, OUR_OWN, EASIER_WITH, ASKED_IN_FEW_WORDS),
]


def blocks(checker: Checker, text: str) -> bool:
    return any(found.severity is Severity.UNLAWFUL for found in checker.check(text).findings)


@pytest.mark.parametrize("text", [text for barred, _ in WAYS for text in barred])
def test_a_way_of_wanting_or_turning_away_is_likely_unlawful(checker: Checker, text: str) -> None:
    assert blocks(checker, text)


@pytest.mark.parametrize("text", [text for _, beside in WAYS for text in beside])
def test_what_stands_beside_it_is_not(checker: Checker, text: str) -> None:
    assert not blocks(checker, text)
