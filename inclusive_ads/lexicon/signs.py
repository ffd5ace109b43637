"""The signs that stand for people in masked text, and the vocabularies that know them.

A letter of a person, a trait, a thing or a question is one sign of a private range of Unicode, so no letter to the
phrase language; the slots of patterns ({whom}, {trait}, {thing} ...) stand for runs of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from inclusive_ads.lexicon.amounts import BUILTIN
from inclusive_ads.lexicon.concepts import Concept, Families, Kind, Persons, Side, Wording
from inclusive_ads.lexicon.expressions import either
from inclusive_ads.lexicon.inflection import noun_forms, verb_forms
from inclusive_ads.lexicon.vocabulary import Vocabulary

NOUN, ADJECTIVE, STATE, THING, ASKED, TAKEN, PERSON, END, QUESTION, DASH, WAIVED = map(chr, range(0xE000, 0xE00B))
CLAUSE_END = ";"
_MOST_ANCHORS = 2_000  # a word family has every form of every verb: more than any list of the entries
SIGNS_OF_PEOPLE = f"{NOUN}{ADJECTIVE}{STATE}{THING}{ASKED}{PERSON}"
SIGN = f"[{SIGNS_OF_PEOPLE}]"
SIGNS: dict[Kind, str] = {
    "noun": NOUN,
    "adjective": ADJECTIVE,
    "state": STATE,
    "thing": THING,
    "asked": ASKED,
    "question": QUESTION,
    "is_not": TAKEN,
}
# What the slots of patterns stand for.
SLOTS = {
    "noun": f"{NOUN}+",
    "adjective": f"{ADJECTIVE}+",
    "state": f"{STATE}+",
    "whom": f"{PERSON}+",
    "trait": f"(?:{ADJECTIVE}+|{STATE}+)",
    "thing": f"{THING}+",
    "asked": f"[{THING}{ASKED}]+",
    "question": f"{QUESTION}+",
    "not_this": f"{TAKEN}+",
    "taken_back": f"{WAIVED}+",
    "end": END,
    "clause": rf"{CLAUSE_END}\w*",
}


def _joints(persons: Persons) -> str:
    return "|".join(map(re.escape, persons.joints.split()))


# Slot → the signs of which it needs one.
NEEDED = {
    "noun": NOUN,
    "adjective": ADJECTIVE,
    "state": STATE,
    "whom": PERSON,
    "one": PERSON,
    "trait": ADJECTIVE + STATE,
    "such": ADJECTIVE + STATE,
    "thing": THING,
    "own": THING,
    "asked": THING + ASKED,
    "question": QUESTION,
}


def nothing_behind(persons: Persons) -> str:
    """The regular expression of a place with no noun behind that is only described: "young people's"."""
    behind = "|".join(map(re.escape, persons.after_person.split()))
    return rf"(?!'|s'| +(?!(?:{_joints(persons)}|{behind})\b)[a-z])"


def many_things(persons: Persons) -> str:
    """The regular expression of a noun in the plural that stands behind, and is no verb of somebody's nor a worker."""
    no_noun = "|".join(map(re.escape, f"{persons.joints} {persons.after_person}".split()))
    return rf" +(?!(?:{no_noun})\b|{slots(persons)['head']})[a-z]+[^\Ws]s\b"


@lru_cache(maxsize=8)
def slots(persons: Persons) -> Mapping[str, str]:
    """What the slots of operators' patterns stand for.

    Beside those of `SLOTS`: {word} is an ordinary word, none of the `joints` between phrases; {one} a person, {such} a
    trait and {own} a thing with no noun behind it: "a young person", but not "young people's services". {head} is a
    word for a person of any kind.
    """
    heads = [form for head in persons.heads for form in noun_forms(head)]
    endings = "|".join(map(re.escape, persons.worker_endings))
    stop = "|".join(map(re.escape, persons.not_workers.split()))
    plain = either(sorted((re.escape(head).replace(r"\ ", " +") for head in heads), key=len, reverse=True))
    joints = _joints(persons)
    bare = nothing_behind(persons)
    return {
        **SLOTS,
        "word": rf"(?!(?:{joints})\b|{DASH})[^\s;:!?(){TAKEN}{WAIVED}{END}]*[^\s.;:!?(){TAKEN}{WAIVED}{END}]",
        "one": f"{PERSON}++{bare}",
        "such": f"(?:{STATE}++|{ADJECTIVE}++{bare})",
        "own": f"{THING}++{bare}",
        "head": rf"(?:{plain}|(?!(?:{stop})s?\b)[a-z]{{3,}}(?:{endings})s?)(?![\w'])",
    }


def person_vocabulary(persons: Persons, vocabulary: Vocabulary) -> Vocabulary:
    """The vocabulary of the phrases that name people."""
    own = slots(persons)
    # No comma stands within a name: "white walls, the engineer".
    word = own["word"].replace("[^\\s.;", "[^\\s,.;")
    return Vocabulary(slots=vocabulary.slots, spellings=vocabulary.spellings, builtin={**BUILTIN, **own, "word": word})


def sides_vocabulary(grammar: Vocabulary, this: Side, that: Side) -> Vocabulary:
    """That of phrases that name two sides in one breath: {this} or {that} of any number, {these} and {those}."""
    lists: dict[str, tuple[str, ...]] = {}
    for one, many, side in (("this", "these", this), ("that", "those", that)):
        forms = [noun_forms(noun) for noun in side.nouns]
        lists[many] = (*side.words, *(form[-1] for form in forms))
        lists[one] = (*(form[0] for form in forms), *lists[many])
    return grammar.with_slots(lists)


def concept_vocabulary(concept: Concept, vocabulary: Vocabulary) -> Vocabulary:
    """The vocabulary with the lists of one concept."""
    return vocabulary.with_slots(concept.slots)


def operator_vocabulary(wording: Wording, vocabulary: Vocabulary) -> Vocabulary:
    """The vocabulary of operators' patterns: word families, and the signs of masked text."""
    return Vocabulary(
        slots={**vocabulary.slots, **families(wording.families)},
        # A colon or a dash counts as a comma, and a gap may begin with one; people own in the plural, too ("lads'").
        spellings={**vocabulary.spellings, ",": (",", ":", DASH), "'s": ("'s", "'")},
        common=vocabulary.common,
        builtin={**BUILTIN, **slots(wording.persons)},
        most=_MOST_ANCHORS,
        pause=f"(?: ?[,:{DASH}])?",
        signs=NEEDED,
    )


def families(all_of_them: Families) -> dict[str, tuple[str, ...]]:
    """The word families of the operators as slots: every form of every verb."""
    irregular = all_of_them.irregular
    return {
        name: tuple(
            dict.fromkeys((*(form for verb in family.verbs for form in verb_forms(verb, irregular)), *family.words))
        )
        for name, family in all_of_them.words.items()
    }
