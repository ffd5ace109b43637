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
WAYS = [LINES_OF_A_SMALL_AD, NO_AND_A_REASON, THOSE_AROUND_MIND, THE_SAME_AGAIN, CONCLUSIONS, WISHES]


def blocks(checker: Checker, text: str) -> bool:
    return any(found.severity is Severity.UNLAWFUL for found in checker.check(text).findings)


@pytest.mark.parametrize("text", [text for barred, _ in WAYS for text in barred])
def test_a_way_of_wanting_or_turning_away_is_likely_unlawful(checker: Checker, text: str) -> None:
    assert blocks(checker, text)


@pytest.mark.parametrize("text", [text for _, beside in WAYS for text in beside])
def test_what_stands_beside_it_is_not(checker: Checker, text: str) -> None:
    assert not blocks(checker, text)
