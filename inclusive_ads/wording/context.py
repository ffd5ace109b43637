"""Context decides: is this wording, here, about whom we think, and is it really a fault?

Each mechanism is a small function of an advert and a candidate;
`Context.judge` asks them in order and keeps what each said, so that a finding can explain itself.

Longer than 300 lines: one judgement, whose mechanisms share what the scan found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.analysis.found import Candidate
from inclusive_ads.analysis.syntax import Syntax
from inclusive_ads.lexicon.expansion import strings
from inclusive_ads.lexicon.expressions import compile_all
from inclusive_ads.lexicon.lexicon import Lexicon
from inclusive_ads.lexicon.models import Entry, Guard
from inclusive_ads.lexicon.scan_text import scan_text
from inclusive_ads.offsets import clean
from inclusive_ads.outcomes import Severity
from inclusive_ads.report import GuardResult
from inclusive_ads.wording.mention import is_mentioned, is_past, is_reported, words_between
from inclusive_ads.wording.names import is_place, is_surname, is_title_of_work
from inclusive_ads.wording.pronouns import Pronouns
from inclusive_ads.wording.topic import is_answered, is_topic
from inclusive_ads.wording.waiving import is_waived

_WITHIN = 12  # words; others who were named further off are no longer the subject
_NOT_MEANT = ("others", "served", "employer", "known")
_BESIDE = 80  # characters on either side of wording in which a longer phrase may hold it or stand next to it
_NEXT_WORD = re.compile(r"'?s? ([a-z'’]+)")
_CAPITAL_RUN = r"(?:[A-Z][\w'&/-]*|of|and|the|for|in|to|&)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What context made of a candidate: its severity (None: silent) and the guards that were tried."""

    severity: Severity | None
    guards: tuple[GuardResult, ...]


class Context:
    """The guards of the entries and the general mechanisms, ready to judge.

    Args:
        without: names of mechanisms to leave out ("negation", "guards", "who is meant"...), to measure their worth.
    """

    def __init__(self, lexicon: Lexicon, syntax: Syntax, without: Collection[str] = ()) -> None:
        self._lexicon = lexicon
        self._equal = frozenset(lexicon.context.equality.categories)
        heads = "|".join(re.escape(head) for head in lexicon.context.names.heads)
        self._name = re.compile(rf"(?:{_CAPITAL_RUN} +)*(?:{heads})\b(?: +{_CAPITAL_RUN})*")
        persons = lexicon.wording.persons
        self._no_nouns = frozenset((*persons.joints.split(), *persons.after_person.split()))
        self._syntax = syntax
        self._without = frozenset(without)
        self._pronouns = Pronouns(lexicon)
        self._nouns = {
            literal: name
            for name, phrases in (
                ("others", lexicon.context.referent.others),
                ("applicant", lexicon.context.referent.applicant),
                ("employer", lexicon.context.referent.employer),
            )
            for phrase in phrases
            for literal in strings(phrase, lexicon.vocabulary)
        }

    def judge(self, advert: Advert, candidate: Candidate) -> Judgement:
        """Ask everything that could make the wording fine, cheapest first."""
        entry = candidate.entry
        tried: list[GuardResult] = []
        severity = Severity(entry.severity)
        for name, mechanism, because in self._mechanisms(entry):
            if mechanism(advert, candidate):
                return Judgement(severity=None, guards=(*tried, GuardResult(guard=name, applied=True, because=because)))
            tried.append(GuardResult(guard=name, applied=False, because=because))
        for guard in () if "guards" in self._without else entry.only:
            holds = self._holds(guard, advert, candidate) or self._introduced(guard, advert, candidate)
            tried.append(GuardResult(guard=f"only {guard.scopes[0][0]}", applied=not holds, because=guard.because))
            if not holds:
                return Judgement(severity=None, guards=tuple(tried))
        for guard in () if "guards" in self._without else entry.unless:
            holds = self._holds(guard, advert, candidate)
            tried.append(
                GuardResult(
                    guard=guard.scopes[0][0], applied=holds, because=guard.because, severity=guard.then if holds else ""
                )
            )
            if holds:
                if guard.then == "silent":
                    return Judgement(severity=None, guards=tuple(tried))
                severity = max(severity, Severity(guard.then), key=lambda s: s.rank)
        if (entry.pronoun or entry.about == "applicant") and "who is meant" not in self._without:
            who = self._pronouns.stands_for(advert, candidate.start) if entry.pronoun else self.who(advert, candidate)
            outcome = "silent" if who in _NOT_MEANT else entry.unclear if who == "unclear" else "flag"
            tried.append(
                GuardResult(guard="who is meant", applied=outcome != "flag", because=f"the wording is about: {who}")
            )
            if outcome == "silent":
                return Judgement(severity=None, guards=tuple(tried))
            if outcome != "flag":
                severity = max(severity, Severity(outcome), key=lambda s: s.rank)
        return Judgement(severity=severity, guards=tuple(tried))

    def _mechanisms(self, entry: Entry) -> list[tuple[str, Callable[[Advert, Candidate], bool], str]]:
        """The general mechanisms that may silence an entry, with what each means."""
        despite = entry.despite
        found: list[tuple[str, Callable[[Advert, Candidate], bool], str]] = []
        if "terms" not in despite:
            found.append(("terms", is_term, "it is part of a term of art, a name or a house term"))
        if "name" not in despite:
            found.append(("name", self.is_name, "it is a surname, or part of the name of a body, law, post or scheme"))
        if entry.alone:
            found.append(("noun", self._describes_noun, "it describes the next word"))
        if "negation" not in despite:
            found.append(("negation", self.is_negated, "the advert says the opposite"))
            found.append(("negation", is_answered, "the advert says the opposite"))
        if "topic" not in despite:
            found.append(("topic", is_topic, "it tells what something else is about"))
        if "waived" not in despite:
            within = self._lexicon.context.waived.within
            found.append(("waived", partial(is_waived, within), "the advert puts it right behind"))
        if "mention" not in despite:
            because = "the wording is spoken about, not used"
            found += [("mention", is_mentioned, because), ("mention", is_reported, because)]
            found.append(("mention", is_past, "the advert tells of what was so once"))
        if "equality" not in despite and entry.category in self._equal:
            found.append(("equality", self.is_equality, "the sentence names groups for equality's sake"))
        return [mechanism for mechanism in found if mechanism[0] not in self._without]

    def _holds(self, guard: Guard, advert: Advert, candidate: Candidate) -> bool:
        scope, phrases = guard.scopes[0]
        if scope == "section":
            return advert.section(candidate.start) in phrases
        pattern = self._pattern(phrases)
        start, end = candidate.start, candidate.end
        low, high = advert.sentence(start)[0], advert.sentence(max(start, end - 1))[1]
        if scope == "sentence":
            return advert.holds(pattern, low, high)
        if scope == "before":
            return advert.holds(pattern, low, start)
        if scope == "after":
            return advert.holds(pattern, end, high)
        if scope == "nearby":
            return advert.holds(pattern, *advert.around(start, end))
        if scope == "title":
            return any(advert.holds(pattern, *span) for span in advert.titles)
        if scope == "advert":
            return advert.holds(pattern, 0, len(advert.lower))
        # Beside the match the pattern may not reach into it, or an optional word would hide what stands there.
        low, high = clean(max(low, start - _BESIDE), min(high, end + _BESIDE))
        if scope == "part_of":
            return any(m.start() <= start and end <= m.end() for m in pattern.finditer(advert.lower, low, high))
        if scope == "just_before":
            return any(
                not advert.lower[m.end() : start].strip(" '\",(/") for m in pattern.finditer(advert.lower, low, start)
            )
        return any(
            not advert.lower[end : m.start()].strip(" '\",(/):") for m in pattern.finditer(advert.lower, end, high)
        )

    def _introduced(self, guard: Guard, advert: Advert, candidate: Candidate) -> bool:
        """Whether the line that leads to a list holds what its items leave out, such as "You should have"."""
        scope, phrases = guard.scopes[0]
        top, bottom = advert.introduction(candidate.start)
        leads = scope == "sentence" and top < bottom and not advert.text[top:bottom].endswith((".", "!", "?"))
        return leads and advert.holds(self._pattern(phrases), top, bottom)

    def _pattern(self, phrases: tuple[str, ...]) -> re.Pattern[str]:
        return compile_all(phrases, self._lexicon.vocabulary)

    def is_name(self, advert: Advert, candidate: Candidate) -> bool:
        """A surname, a place, or part of a capitalised run with a head such as "Network", "Act" or "Ward"."""
        start, end, text = candidate.start, candidate.end, advert.text
        if not text[start].isupper():
            return False
        if any(test(advert, start, end) for test in (is_surname, is_place, is_title_of_work)):
            return True
        low, high = advert.sentence(start)
        stretch = text[low:high]
        if stretch.isupper():
            return False
        for match in self._name.finditer(text, max(low, start - 60), min(high, end + 60)):
            if match.start() <= start and end <= match.end() and match.end() - match.start() > end - start:
                return True
        return False

    def _describes_noun(self, advert: Advert, candidate: Candidate) -> bool:
        """Whether the next word is a noun, as far as lists can tell: none of those that may stand behind a person."""
        following = _NEXT_WORD.match(advert.lower, candidate.end)
        return following is not None and following.group(1) not in self._no_nouns

    def is_negated(self, advert: Advert, candidate: Candidate) -> bool:
        """A cue such as "no need to" before it or "is not essential" after it, in the same clause.

        Two denials are none: "no room for anybody without it".
        """
        low, high = advert.sentence(candidate.start)
        if self._asks_after_all(advert, low, candidate.start):
            return False
        stops = [s for s, _ in advert.cues("negation-stop", low, high)]
        within = self._lexicon.context.negation.within
        # A stop that begins with the cue takes its force, too: "not only". A cue may run on into wording that begins
        # with the demand itself: "doesn't have to be".
        before = any(
            start < candidate.start
            and words_between(advert, end, candidate.start) <= within
            and not any(start <= s < candidate.start for s in stops)
            for start, end in advert.cues("negation-before", low, candidate.end)
        )
        # A heading such as "What you don't need" speaks for all that stands under it.
        top, bottom = advert.introduction(candidate.start)
        heading = any(
            not advert.text[end:bottom].strip(" :.*#-") for _, end in advert.cues("negation-heading", top, bottom)
        )
        return (
            before
            or heading
            or any(
                words_between(advert, candidate.end, start) <= within
                and not any(candidate.end <= s < start for s in stops)
                for start, _ in advert.cues("negation-after", candidate.end, high)
            )
        )

    def _asks_after_all(self, advert: Advert, low: int, start: int) -> bool:
        """Whether the last denial before wording stands behind another: "you will not last without it"."""
        nested = advert.cues("negation-nested", low, start)
        if not nested or words_between(advert, nested[-1][1], start) > self._lexicon.context.negation.within:
            return False
        return bool(advert.cues("negation-against", low, nested[-1][0]))

    def is_equality(self, advert: Advert, candidate: Candidate) -> bool:
        """A list of protected characteristics, or a sentence that welcomes everyone with no "as long as" in between."""
        low, high = advert.sentence(candidate.start)
        named = advert.cues("characteristic", low, high)
        if len({advert.lower[s:e] for s, e in named}) >= self._lexicon.context.equality.at_least:
            return True
        stops = [s for s, _ in advert.cues("negation-stop", low, candidate.start)]
        return any(not any(end <= stop for stop in stops) for _, end in advert.cues("equality", low, high))

    def who(self, advert: Advert, candidate: Candidate) -> str:
        """Who is meant: "applicant", "employer", "others", "served" or "unclear"."""
        low, high = advert.sentence(candidate.start)
        start, end = candidate.start, candidate.end
        others = advert.cues("others", low, high)
        if any(s < end + 12 and e > end and s >= start and words_between(advert, end, s) <= 1 for s, e in others):
            return "others"
        serving = advert.cues("serving", low, start)
        near = any(s >= start and words_between(advert, end, s) <= 3 for s, _ in others)
        if serving and near and words_between(advert, serving[-1][1], start) <= 2:
            return "others"
        nearest = [
            (e, name)
            for name in ("applicant", "employer", "others")
            for _s, e in advert.cues(name, low, start)[-1:]
            if name == "applicant" or words_between(advert, e, start) <= _WITHIN
        ]
        if nearest:
            return max(nearest)[1]
        if advert.cues("applicant", start, high):
            return "applicant"
        top, bottom = advert.introduction(start)
        leading = [(e, name) for name in ("applicant", "others") for _s, e in advert.cues(name, top, bottom)[-1:]]
        if leading and not advert.text[top:bottom].endswith((".", "!", "?")):
            return max(leading)[1]
        part = advert.part(start)
        if part and part.about:
            return part.about
        if self._syntax.available:
            subject = self._syntax.subject(advert.text[low:high], start - low, end - low)
            return self._nouns.get(scan_text(subject), "unclear")
        return "unclear"


def is_term(advert: Advert, candidate: Candidate) -> bool:
    """Inside a term of art, a known name or a house term."""
    return advert.found.in_term(candidate.start, candidate.end)
