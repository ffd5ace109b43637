"""Which operator governs which concept, clause by clause: the reading that findings and `explain` are made of.

Longer than 300 lines: one pass over a sentence, whose steps make no sense apart.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.analysis.found import Candidate
from inclusive_ads.lexicon.cells import cell_id
from inclusive_ads.lexicon.checking import check_wording
from inclusive_ads.lexicon.concepts import Lawful, Operator, Pattern, Wording
from inclusive_ads.lexicon.expressions import compile_all, compile_ordered
from inclusive_ads.lexicon.files import lexicon_folder
from inclusive_ads.lexicon.finder import Finder, Sieve
from inclusive_ads.lexicon.loading import load_vocabulary, load_wording
from inclusive_ads.lexicon.models import Entry
from inclusive_ads.lexicon.phrases import PatternError
from inclusive_ads.lexicon.signs import CLAUSE_END, DASH, END, TAKEN, WAIVED, operator_vocabulary
from inclusive_ads.lexicon.vocabulary import Vocabulary
from inclusive_ads.offsets import clean
from inclusive_ads.outcomes import Severity
from inclusive_ads.report import GuardResult
from inclusive_ads.wording.context import Judgement
from inclusive_ads.wording.ending import Ending
from inclusive_ads.wording.layout import among_fields, clause_end, is_fragment, is_question, items, next_word, unheaded
from inclusive_ads.wording.masking import Hit, Masked, Masker, moved
from inclusive_ads.wording.mention import is_mentioned
from inclusive_ads.wording.names import in_title_case, is_place, is_surname
from inclusive_ads.wording.naming import Naming
from inclusive_ads.wording.sharing import Sharing
from inclusive_ads.wording.twins import twin_before

_REACH = 480  # characters; no sentence is read further
_SHORTEST_LEAD = 2  # characters; anything shorter introduces nothing
_STOPS = ".!?:"
_OF_FORMS = ("", "title", "small-ad", "application", "conditions")  # sections whose lines may be those of a form
_NUMBERED = r"(?m:^)\W*(?:[a-z]?\d{1,2}\W+)?"  # where a line begins, behind its number
_BULLETS = f" •-*–:>·▪●{DASH}"  # signs that may stand before a line
_DENIED = 40  # characters; a negation in front of an operator is no longer
_FORM = 300  # characters; a line of a form stands no farther above the next
_LONGEST_QUESTION = 80  # characters; "Over 50? Not for us." is one saying


@dataclass(frozen=True, slots=True, kw_only=True)
class Governs:
    """One operator that governs concepts, in one clause; offsets of the clean text.

    Attributes:
        operator: its id.
        pattern: the wording of the operator that fitted.
        concepts: ids, in order of place.
        start, end: the stretch from cue to concept.
        settled: what takes its force away ("" where nothing does).
        turned: the operator that speaks where it is silent ("" where none does).
        traits: the words of the concepts: start, end and kind.
    """

    operator: str
    pattern: str
    concepts: tuple[str, ...]
    start: int
    end: int
    settled: str = ""
    turned: str = ""
    traits: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    operator: Operator
    pattern: Pattern
    start: int
    end: int
    concepts: tuple[str, ...]
    people: frozenset[int]  # places of the hits it covers
    run: frozenset[int]  # and of those that are named in one breath with them, or in the clause that it denies


class Reader:
    """Reads adverts for what they do with people; safe to share between threads.

    Attributes:
        hushers: operators that take the force of phrases, too.

    Raises:
        PatternError: a phrase cannot be read.
    """

    def __init__(self, wording: Wording, vocabulary: Vocabulary) -> None:
        self._masker = Masker(wording.concepts, wording.persons, vocabulary)
        self._ending = Ending(wording.persons)
        self._capitals = frozenset(wording.persons.capitals.split())
        self._sharing = Sharing(wording.persons.shared, wording.persons.joints_of_shared, vocabulary)
        self._naming = Naming(wording, vocabulary)
        self._speak_of = [
            (operator, Pattern(find=operator.speaks_of)) for operator in wording.operators if operator.speaks_of
        ]
        self._points_back = compile_ordered(wording.persons.points_back, vocabulary)
        words = operator_vocabulary(wording, vocabulary)
        self._denies = compile_ordered(wording.persons.denies, words)
        self._free_of = compile_ordered(wording.persons.free_of, words, before=r"\b", behind=r"\b")
        self._just_free_of = compile_ordered(
            wording.persons.free_of, words, before=r"\b", behind=r"(?: +[^\s,;:]+){0,4} *$"
        )
        self._stands_again = compile_ordered(wording.persons.stands_again, words, before=r"\b", behind=r"\b")
        self._speaks_again = compile_ordered(wording.persons.speaks_again, words, behind=r"\b")
        self._answers = compile_ordered(wording.persons.answers, words, behind=r"(?:[.!,;]|\s*$)")
        self._in_rows = compile_ordered(wording.persons.rows, words)
        set_aside = {TAKEN: wording.families.not_this, WAIVED: wording.families.taken_back}
        self._not_this = Finder(
            ((phrase, words, sign) for sign, phrases in set_aside.items() for phrase in phrases), reach=_REACH
        )
        self._form = (
            compile_ordered(["{form_head}"], words),
            compile_ordered(["{form_field}"], words, before=_NUMBERED, behind=r" *(?m:$|[:?.,(])"),
        )
        self._lawful = [(rule, compile_all(rule.when, vocabulary)) for rule in wording.lawful]
        self._beside = {
            name: compile_ordered([f"{{{name}}}"], words)
            for name in {operator.beside for operator in wording.operators if operator.beside}
        }
        self._without = {
            name: compile_ordered([f"{{{name}}}"], words)
            for name in {pattern.without for operator in wording.operators for pattern in operator.patterns}
            if name
        }
        self._suspicions = {operator.operator for operator in wording.operators if operator.beside}
        # "Unable to offer work to" offers nothing: what settles, denied, does not.
        self._denied = compile_ordered(["{refusing} [{just}]"], words, behind=r"\s*$")
        self._deniers = frozenset(operator.operator for operator in wording.operators if operator.denies)
        self._settlers = frozenset(operator.operator for operator in wording.operators if not operator.levels)
        self.hushers = frozenset(operator.operator for operator in wording.operators if operator.hushes)
        self._patterns = Sieve(
            (
                (pattern.find, words, (operator, pattern), pattern.opens or pattern.begins)
                for operator in wording.operators
                for pattern in operator.patterns
            ),
            behind=_BULLETS,
        )

    def load(self) -> None:
        """Read now what is otherwise read with the first advert that needs it."""
        self._masker.load()

    def read(self, advert: Advert) -> list[Governs]:
        """Everything that an operator does with a concept, in order of place; and what hushers speak of."""
        hits = self._masker.hits(advert.lower)
        ends = {hit.end for hit in hits}
        named = [
            hit
            for hit in hits
            if hit.kind != "is_not" and not _is_name(advert, hit, ends) and not self._is_common(advert, hit)
        ]
        kept = set(map(id, named))
        hits = [hit for hit in hits if hit.kind == "is_not" or id(hit) in kept]
        found: dict[tuple[str, int, int], Governs] = {}
        done: set[tuple[int, int]] = set()
        for hit in named:
            low, high = advert.sentence(hit.start)
            if (low, high) in done:
                continue
            done.add((low, high))
            for one in self._sentence(advert, low, high, hits):
                found.setdefault((one.operator, one.start, one.end), one)
        return sorted(found.values(), key=lambda g: (g.start, g.end, g.operator))

    def _is_common(self, advert: Advert, hit: Hit) -> bool:
        """Whether a word that wants a capital has none, in a sentence that begins with one: "a pole" for the tent."""
        if advert.lower[hit.start : hit.end] not in self._capitals or advert.text[hit.start].isupper():
            return False
        return advert.text[advert.sentence(hit.start)[0] : hit.start].lstrip(_BULLETS)[:1].isupper()

    def candidates(
        self, advert: Advert, read: Iterable[Governs], entries: Mapping[str, Entry]
    ) -> Iterator[tuple[Candidate, Judgement]]:
        """What was read, as candidates of the cells that `entries` holds, each with what the law makes of it."""
        for one in read:
            for name in one.concepts:
                if entry := entries.get(cell_id(one.operator, name)) or entries.get(cell_id(one.turned, name)):
                    start, end = clean(one.start, one.end)
                    candidate = Candidate(start=start, end=end, entry=entry, form=one.pattern, traits=one.traits)
                    yield candidate, self._judge(advert, one, candidate)

    def _judge(self, advert: Advert, one: Governs, candidate: Candidate) -> Judgement:
        tried = [GuardResult(guard=one.settled or "settled", applied=bool(one.settled), because="what else is said")]
        if one.settled:
            return Judgement(severity=None, guards=tuple(tried))
        if is_mentioned(advert, candidate):
            return Judgement(
                severity=None, guards=(GuardResult(guard="mention", applied=True, because="it is quoted"),)
            )
        severity: Severity | None = candidate.entry.severity
        for rule, pattern in self._lawful:
            fits = (not rule.operators or one.operator in rule.operators) and (
                not rule.concepts or set(one.concepts) <= set(rule.concepts)
            )
            if fits and advert.holds(pattern, *self._where(advert, rule, one)):
                tried.append(GuardResult(guard=f"lawful {rule.where}", applied=True, because=rule.because))
                # An exception never makes it graver than it was.
                lighter = rule.then != "silent" and Severity(rule.then).rank >= candidate.entry.severity.rank
                severity = Severity(rule.then) if lighter else None
                break
        return Judgement(severity=severity, guards=tuple(tried))

    @staticmethod
    def _where(advert: Advert, rule: Lawful, one: Governs) -> tuple[int, int]:
        if rule.where == "sentence":
            return advert.sentence(one.start)
        return advert.around(one.start, one.end) if rule.where == "around" else (0, len(advert.lower))

    def _sentence(self, advert: Advert, low: int, high: int, hits: Sequence[Hit]) -> list[Governs]:
        """One sentence by itself, and behind the line that leads to it."""
        answered = self._answered(advert, low, high, hits)
        masked = answered or self._masker.mask(advert.lower, low, high, hits)
        section = advert.section(low) or unheaded(advert, low, high)
        if section in _OF_FORMS and (
            among_fields(advert.lower, low)
            or any(line.search(advert.lower, max(0, low - _FORM), low) for line in self._form)
        ):
            section = "form"
        block = advert.lower.rfind("\n", 0, low) + 1
        opens = not advert.lower[block:low].strip(" •-*")
        if not opens and is_fragment(advert.lower[low:high]):
            opens, section = True, section or "title"
        governs = partial(self._governs, section=section, asks=is_question(advert, low, high))
        # An offer in the next sentence is made to somebody else; a denial there takes this one back.
        own = self.hushers - self._deniers
        found = [
            g for g in governs(masked, low, opens=opens) if g.start < high and (g.operator not in own or g.end <= high)
        ]
        if pointed := self._pointed(advert, low, high, hits):
            both = governs(pointed, low, opens=opens)
            found.extend(g for g in both if g.start < high < g.end and g.operator not in self._suspicions)
        if section == "requirements":
            for top, bottom in items(advert.lower, low, high):
                item = self._masker.mask(advert.lower, top, bottom, hits)
                found.extend(governs(item, top, opens=True) if item.hits else ())
        top, bottom = advert.introduction(low)
        lead = advert.lower[top:bottom].rstrip(" :-–")
        if len(lead) >= _SHORTEST_LEAD and not lead.endswith((".", "!", "?")) and opens:
            behind = list(self._behind(advert, (top, top + len(lead)), (low, high), hits, section=section, opens=True))
            if answered:  # what the next sentence says of it counts behind the line above, too
                behind = self._answered_too(behind, found)
            found = [*self._taken_back(found, behind), *behind]
        if before := self._row_above(advert, low, high) or twin_before(advert, low, high, hits):
            rows = self._behind(advert, before, (low, high), hits, section=section, opens=True, joint=", ")
            found.extend(one for one in rows if one.operator not in self._suspicions)
        # What is only suspected needs all of its sentence.
        people = {hit.start for hit in hits if low <= hit.start < high and hit.kind != "is_not"}
        for end, start in self._sharing.of(advert.lower, low, high, people):
            shared = self._behind(advert, (low, end), (start, high), hits, section=section, opens=opens)
            found.extend(one for one in shared if one.operator not in self._suspicions)
        return found

    def _answered_too(self, found: Sequence[Governs], before: Sequence[Governs]) -> list[Governs]:
        """What the next sentence has settled of the same operator and people: "Do I have to be male? No."."""
        gone = {
            (one.operator, trait): one.settled
            for one in before
            if one.settled in self._settlers
            for trait in one.traits
        }
        return [
            replace(
                one, settled=next((gone[key] for t in one.traits if (key := (one.operator, t)) in gone), one.settled)
            )
            for one in found
        ]

    def _taken_back(self, found: Sequence[Governs], behind: Sequence[Governs]) -> list[Governs]:
        """What is denied of the same people behind the line that leads to them: "Myths about us / No women here"."""
        denied = {trait: one.settled for one in behind if one.settled in self._deniers for trait in one.traits}
        return [
            replace(one, settled=denied[trait])
            if not one.settled and (trait := next((t for t in one.traits if t in denied), None))
            else one
            for one in found
        ]

    def _behind(
        self,
        advert: Advert,
        lead: tuple[int, int],
        own: tuple[int, int],
        hits: Sequence[Hit],
        *,
        section: str,
        opens: bool,
        joint: str = " ",
    ) -> Iterator[Governs]:
        """A stretch behind what leads to it, as one sentence."""
        top, bottom = lead
        low, high = own
        shift = bottom - top + len(joint)
        joined = self._masker.mask_text(
            f"{advert.lower[top:bottom]}{joint}{advert.lower[low:high]}",
            [*moved(hits, top, bottom, -top), *moved(hits, low, high, shift - low)],
        )
        asks = is_question(advert, low, high)
        for one in self._governs(joined, low - shift, section=section, opens=opens, asks=asks, lead=shift):
            if one.end > low:
                yield replace(one, start=max(low, one.start))

    def _row_above(self, advert: Advert, low: int, high: int) -> tuple[int, int] | None:
        """The line above one, where both are rows of a table in all but its rules: "Lads £14 / Girls £13"."""
        text = advert.lower
        own = text.rfind("\n", 0, low)
        top = text.rfind("\n", 0, max(0, own)) + 1
        above = text[top : max(0, own)]
        begins = top + len(above) - len(above.lstrip(_BULLETS))
        end = top + len(above.rstrip(" ,;."))
        short = 0 < end - begins <= _LONGEST_QUESTION and not text[own + 1 : low].strip(_BULLETS)
        both = short and self._in_rows.search(text, begins, end) and self._in_rows.search(text, low, high)
        return (begins, end) if both else None

    def _answered(self, advert: Advert, low: int, high: int, hits: Sequence[Hit]) -> Masked | None:
        """A short question with the sentence that answers it, or what is said with its denial: a comma between them."""
        sentence = advert.lower[low:high].rstrip()
        if high >= len(advert.lower):
            return None
        start, end = advert.sentence(next_word(advert.lower, high))
        begins = start + advert.lower.startswith("(", start)
        if self._denies.match(advert.lower, begins) or self._answers.match(advert.lower[begins:end]):
            return self._with_next(advert, low, high, hits, across_lines=True)
        if sentence.endswith("?") and len(sentence) <= _LONGEST_QUESTION:
            return self._with_next(advert, low, high, hits)
        return None

    def _pointed(self, advert: Advert, low: int, high: int, hits: Sequence[Hit]) -> Masked | None:
        """A sentence with the short one that points back to it, as one: "We had a Finn. Not again."."""
        sentence = advert.lower[low:high].rstrip()
        if not sentence.endswith((".", "!")) or high >= len(advert.lower):
            return None
        start, end = advert.sentence(high)
        if end - start > _LONGEST_QUESTION or not self._points_back.match(advert.lower, start):
            return None
        return self._with_next(advert, low, high, hits)

    def _with_next(
        self, advert: Advert, low: int, high: int, hits: Sequence[Hit], *, across_lines: bool = False
    ) -> Masked | None:
        """A sentence with the one behind it, on the same line unless `across_lines`, a comma between them."""
        sentence, bottom = advert.lower[low:high].rstrip(), advert.sentence(next_word(advert.lower, high))[1]
        stop = low + len(sentence) - (sentence[-1:] in tuple(_STOPS))
        text = f"{advert.lower[low:stop]},{advert.lower[stop + 1 : bottom]}"
        if across_lines:
            text = text.replace("\n", " ")
        return None if "\n" in text.strip() else self._masker.mask_text(text, moved(hits, low, bottom, -low))

    def _governs(
        self, masked: Masked, offset: int, *, section: str, opens: bool, asks: bool, lead: int = 0
    ) -> list[Governs]:
        """What the operators make of a sentence; its first `lead` characters are the line that leads to it."""
        text, plain = masked.text, masked.plain
        for start, end, sign in list(self._not_this.find(text)):
            text = text[:start] + sign * (end - start) + text[end:]
            plain = plain[:start] + sign * (end - start) + plain[end:]
        words = plain.count(" ", lead) + 1
        untold = bool(self._stands_again.search(plain, lead))
        beside = {name for name, pattern in self._beside.items() if pattern.search(plain, lead)}

        def in_place(value: tuple[Operator, Pattern]) -> bool:
            operator, pattern = value
            return (
                (not operator.beside or operator.beside in beside)
                and not (untold and operator.denies)
                and (not operator.longest or words <= operator.longest)
                and (opens or not pattern.opens)
                and (asks or not pattern.asks)
                and (not pattern.under or section in pattern.under)
                and section not in operator.outside
            )

        found: list[_Found] = []
        for start, end, (operator, pattern) in self._patterns.find(text, in_place):
            people, begins = masked.people(start, end), text.rfind(CLAUSE_END, 0, start) + 1
            if (
                people
                and not (pattern.without and self._without[pattern.without].search(text, begins, end))
                and not (operator.levels and self._naming.is_of_things(masked, start, end))
                and (not pattern.staff or self._naming.is_of_staff(masked, start, end))
                and (not operator.on or set(masked.concepts(start, end)) & set(operator.on))
                and (operator.levels or not self._denied.search(text, max(0, start - _DENIED), start))
            ):
                last = self._ending.of(text, start, len(text[:end].rstrip(f" ,{DASH}{END}")))
                low, high = self._masker.run(text, start, last)
                # What is told of the past, or denied, is so to the end of its clause: "once took girls on, and lads".
                reach = high
                if operator.denies:
                    reach = clause_end(text, high)
                    again = self._speaks_again.search(text, low, reach)
                    reach = again.start() if again else reach
                found.append(
                    _Found(operator, pattern, low, high, masked.concepts(low, high), people, masked.people(low, reach))
                )
        for name, low, high, people in self._naming.shuts_out_nobody(masked):
            concepts = masked.concepts(low, high)
            found.extend(
                _Found(operator, pattern, low, high, concepts, people, people)
                for operator, pattern in self._speak_of
                if operator.speaks_of == name
            )
        told: list[Governs] = []
        suspected = False
        for one in found:
            if not (one.operator.levels or one.operator.hushes):
                continue
            settled = next((o.operator.operator for o in found if _settles(o, one)), "")
            settled = settled if one.operator.levels else one.operator.operator
            if one.operator.beside and not settled:
                if suspected:  # told once in a sentence
                    continue
                suspected = True
            told.append(
                Governs(
                    operator=one.operator.operator,
                    pattern=one.pattern.find,
                    concepts=one.concepts,
                    start=one.start + offset,
                    end=one.end + offset,
                    settled=settled,
                    turned=one.operator.turned if self._is_free(masked, one) else "",
                    traits=tuple(
                        (hit.start + offset, hit.end + offset, hit.kind)
                        for hit in masked.hits
                        if one.start <= hit.start and hit.end <= one.end and hit.kind != "is_not"
                    ),
                )
            )
        return told

    def _is_free(self, masked: Masked, one: _Found) -> bool:
        """Whether whom it speaks of is to be free of what a concept names: "somebody without epilepsy"."""
        return any(
            self._just_free_of.search(masked.words, one.start, hit.start)
            or self._free_of.search(masked.words, hit.start, hit.end)
            for hit in masked.hits
            if one.start <= hit.start and hit.end <= one.end
        )


def _settles(other: _Found, one: _Found) -> bool:
    """Whether another operator takes the force of one; a suspicion yields to all, in silence or in its favour.

    Whom an operator speaks of by their names alone, it does not speak of others beside them: "men and women under 30".
    """
    if other.pattern.find == other.operator.speaks_of and not one.run <= other.run:
        return False
    if one.operator.beside:
        return not other.operator.beside and bool(other.run & one.run)
    return one.operator.operator in other.operator.settles and bool(other.run & one.people)


def _is_name(advert: Advert, hit: Hit, hits: Container[int]) -> bool:
    """Whether a word is a surname or part of a title: a capital in running text, behind another capital.

    Args:
        hits: ends of the words of concepts; "British Asian" is no name.
    """
    text = advert.text
    if hit.kind == "asked" or not text[hit.start].isupper() or text[hit.start : hit.end].isupper():
        return False
    words = text[advert.sentence(hit.start)[0] : hit.start].split()
    if not words:
        return False
    if is_place(advert, hit.start, hit.end):
        return True
    if hit.start - 1 in hits:
        return False
    if any(True for _ in advert.cues("person", hit.start - len(words[-1]) - 1, hit.start)):
        return True
    # "Applications from Romanians": several people have no surname.
    if is_surname(advert, hit.start, hit.end) and not text[hit.start : hit.end].endswith("s"):
        return True
    behind = len(words) > 1 and words[-1].isalpha() and words[-1][0].isupper() and len(words[-1]) > 1
    return behind and not in_title_case(advert, hit.start)


@cache
def shared_reader(language: str = "en-GB") -> Reader:
    """One reader for the whole process: no organisation changes concepts and operators, and making it is dear.

    Raises:
        LexiconError: a phrase cannot be read, with its file and line.
    """
    wording, vocabulary = load_wording(lexicon_folder() / language), load_vocabulary(language)
    try:
        return Reader(wording, vocabulary)
    except PatternError:
        check_wording(wording, vocabulary)  # it knows the place
        raise
