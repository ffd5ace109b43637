"""The whole run: document → advert → context → findings → suggestions → report.

Longer than 300 lines: the run from top to bottom, and the few doors to it, are best read together.
"""

from __future__ import annotations

import gc
import secrets
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from datetime import date
from functools import cache, cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

from inclusive_ads.analysis.advert import Advert, Analyser
from inclusive_ads.analysis.found import Candidate
from inclusive_ads.analysis.language import load as load_identifier
from inclusive_ads.analysis.syntax import Syntax
from inclusive_ads.decisions import Decision, apply_decisions
from inclusive_ads.errors import InputError
from inclusive_ads.facts.comparing import compare
from inclusive_ads.facts.words import load_words
from inclusive_ads.filling import filled, insertion
from inclusive_ads.ignore_marks import apply_ignore_marks
from inclusive_ads.lexicon.checking import check_phrases
from inclusive_ads.lexicon.checklist import MissingLine
from inclusive_ads.lexicon.loading import load_lexicon
from inclusive_ads.lexicon.models import MARKED, Entry
from inclusive_ads.lexicon.phrases import PatternError
from inclusive_ads.not_read import UNJUDGED, NotRead
from inclusive_ads.outcomes import Severity
from inclusive_ads.overall.balance import Balance
from inclusive_ads.overall.completeness import Checklist
from inclusive_ads.overall.readability import readability
from inclusive_ads.planning import plan
from inclusive_ads.report import Edit, Finding, Note, Passage, Report
from inclusive_ads.resolving import numbered, report_once
from inclusive_ads.reviews import Review, apply_reviews
from inclusive_ads.settings import Settings
from inclusive_ads.statements.choosing import choose_statements
from inclusive_ads.statements.library import load_library
from inclusive_ads.statements.own_texts import refuse_own_texts
from inclusive_ads.statements.profiles import load_profile
from inclusive_ads.text.document import LIMIT, Document
from inclusive_ads.text.edits import apply_edits
from inclusive_ads.vacancy import Vacancy
from inclusive_ads.verdict import summarise
from inclusive_ads.wording.acronyms import AcronymRule
from inclusive_ads.wording.conditions import as_passage
from inclusive_ads.wording.context import Context, Judgement
from inclusive_ads.wording.cures import Cures
from inclusive_ads.wording.denial import without_denied
from inclusive_ads.wording.ending import Ending
from inclusive_ads.wording.findings import Resolved, as_told, limited, resolve, to_finding
from inclusive_ads.wording.grammar import Grammar
from inclusive_ads.wording.reader import shared_reader
from inclusive_ads.wording.rereading import reread

if TYPE_CHECKING:
    from inclusive_ads.evidence.values import Evidence

_Judged = list[tuple[Candidate, Judgement]]
_Read = tuple[Advert, _Judged]
_SECRET = secrets.token_bytes(32)
_WARMING = 16  # of so many entries with examples the example of one is read
_STATEMENTS = 1_000  # statements remembered as clean: most adverts get the same one or two


class Checker:
    """Checks adverts, one after the other; safe to share between threads.

    Args:
        settings: see `Settings`; the defaults suit a first look.
        without: mechanisms to leave out, to measure what each is worth (see `Context`).

    Raises:
        LexiconError: a lexicon has a mistake.
    """

    def __init__(self, settings: Settings | None = None, *, without: Collection[str] = ()) -> None:
        self.settings = settings or Settings()
        with _uncollected():
            self._load(without)
        refuse_own_texts(self.profile, self.settings.profile, self.analyse, self.findings)

    def _load(self, without: Collection[str]) -> None:
        self.profile = load_profile(self.settings.profile)
        self.lexicon = load_lexicon(self.settings.lexicons, own=self.profile.wording)
        try:
            self._analyser = Analyser(self.lexicon, {**load_library().cues, **load_words().cues})
        except PatternError:
            check_phrases(self.lexicon)  # it knows the place
            raise
        self._acronyms = AcronymRule(self.lexicon)
        self._syntax = Syntax(self.settings.model)
        self._context = Context(self.lexicon, self._syntax, without)
        self._reader = shared_reader()
        self._grammar = Grammar(self.lexicon.grammar)
        self._ending = Ending(self.lexicon.wording.persons)
        self._cures = Cures(self.lexicon, self._grammar)
        self._clean: set[bytes] = set()  # statements in which nothing was found; no word of them
        self._checklist = Checklist(self.lexicon)
        self._balance = Balance(self.lexicon)
        self._habits = {name: "pronouns" for name, entry in self.lexicon.entries.items() if entry.pronoun}

    def for_profile(self, profile: str) -> Checker:
        """A checker with another profile; where that changes no wording, it shares all that was loaded.

        Raises:
            LexiconError: the profile has a mistake.
        """
        settings = replace(self.settings, profile=profile)
        given = load_profile(profile)
        if given.wording != self.profile.wording:
            return Checker(settings)
        other = copy(self)
        other.settings, other.profile = settings, given
        refuse_own_texts(given, profile, other.analyse, other.findings)
        return other

    def warm(self) -> None:
        """Load now what is otherwise loaded with the first advert that needs it, for a server whose workers share it.

        That is the language model, what tells languages apart, all strings to look for, and what some of the lexicon's
        own examples ask for.
        """
        self._syntax.load()
        self._analyser.matcher.load()
        self._reader.load()
        load_identifier(self.lexicon.languages)
        flagged = [entry.examples.flag[0].text for entry in self.lexicon.entries.values() if entry.examples.flag]
        for text in flagged[::_WARMING]:
            self.check(MARKED.sub(r"\1", text))

    def document(self, advert: str | Document) -> Document:
        """`advert` as a Document, within the settings' limits."""
        return (
            advert if isinstance(advert, Document) else Document.from_text(advert, limit=self.settings.max_characters)
        )

    def analyse(self, document: Document) -> Advert:
        """The advert read once: what everything else asks."""
        return self._analyser.analyse(document)

    def candidates(self, text: str) -> list[Candidate]:
        """Every form that stands in clean text, before context (for the spaCy component)."""
        return self._analyser.matcher.scan(text).candidates

    def judge_as(self, document: Document, entry: str, changed: Entry) -> list[tuple[Candidate, Severity | None]]:
        """How the candidates of an entry fare if the entry were `changed` (for the tests of guards)."""
        advert = self.analyse(document)
        ours = [replace(c, entry=changed) for c in advert.found.candidates if c.entry.id == entry]
        return [(c, self._whole_context.judge(advert, c).severity) for c in ours]

    @cached_property
    def _whole_context(self) -> Context:
        """With every mechanism."""
        return Context(self.lexicon, self._syntax)

    def check(
        self,
        advert: str | Document,
        *,
        vacancy: Vacancy | None = None,
        evidence: Evidence | None = None,
        decisions: Iterable[Decision] = (),
        reviews: Iterable[Review] = (),
    ) -> Report:
        """Everything that is to be said about one advert.

        Args:
            vacancy: what is known about the post; over the settings', and compared with what the advert says.
            evidence: the employer's own graded figures; without them no statement names a group.
            decisions: findings that were kept, with reason and names.
            reviews: what others said of an earlier report; it stands beside, and changes nothing.

        Raises:
            InputError: the advert is empty, too long or not text; or the vacancy asks for what there is not.
        """
        analysed = self.analyse(self.document(advert))
        document = analysed.document
        day = self.settings.today or date.today()
        # A decision is of the day on which it was made, whatever day the post is judged for.
        now = max(day, date.today())
        findings, undecided = apply_decisions(self.findings(analysed), decisions, document.source, now)
        findings = apply_ignore_marks(findings, document.source)
        given = (vacancy or Vacancy()).over(self.settings.post)
        compared = compare(analysed, given, today=day)
        completeness = self._checklist.check(analysed, findings, compared.told)
        statements = choose_statements(
            analysed,
            given,
            evidence,
            self.profile,
            today=day,
            read=compared.read,
            differ=compared.differ,
            told={item.id: item.present for item in completeness},
            find=self._read_statement,
            bar=next((one.phrase for one in findings if one.severity is Severity.UNLAWFUL), ""),
        )
        findings, faults = report_once(findings, statements.problems)
        findings = numbered(findings, self._habits)
        problems = sorted((*faults, *compared.problems), key=lambda problem: (problem.start, problem.end))
        not_read = _not_read(analysed)
        assessed = not UNJUDGED & {part.code for part in not_read} and analysed.languages.english
        # Nothing of ours stands between sentences that nobody here has read.
        chosen = statements.chosen if assessed else ()
        statements = replace(statements, chosen=chosen, problems=tuple(problems))
        balance = self._balance.note(analysed)
        remarks, outdated = apply_reviews(reviews, findings, chosen, document.source)
        wording, complete, summary = summarise(findings, completeness, statements, not_read, assessed=assessed)
        return Report(
            wording=wording,
            complete=complete,
            summary=summary,
            findings=findings,
            notes=(
                *(
                    Note(id=note.id, message=note.message, why=note.why)
                    for note in self.lexicon.notes
                    if analysed.found.cues.get(note.id)
                ),
                *undecided,
                *outdated,
                *compared.notes,
            ),
            readability=readability(analysed, long_sentence=self.settings.long_sentence),
            completeness=completeness,
            balance=balance,
            statements=statements,
            improved=apply_edits(document.source, plan(document, findings, statements)),
            format=document.format,
            facts=compared.facts,
            remarks=remarks,
            not_read=not_read,
            not_run=() if self._syntax.available else ("No language model is installed: sentences were not parsed.",),
        )

    def passage(self, text: str | Document) -> Passage:
        """What is to be said of the wording of a part of an advert, of which the rest is not known.

        A single paragraph opens no advert and is no small ad. Letters that the rest may explain are left out, and so is
        all that is said of an advert as a whole.

        Args:
            text: a paragraph, or several.

        Raises:
            InputError: as `check`.
        """
        analysed = self._analyser.analyse(self.document(text), passage=True)
        findings = apply_ignore_marks(self.findings(analysed), analysed.document.source)
        return as_passage(analysed, findings, self.lexicon)

    @property
    def model(self) -> str:
        """Name of the language model in use, "none" for none."""
        return self._syntax.name

    @property
    def lines(self) -> Mapping[str, MissingLine]:
        """Item of the checklist → the line that states it where it is missing, and how its value is asked for."""
        return {item.id: item.line for item in self.lexicon.checklist.items if item.line}

    def fill(self, advert: str | Document, item: str, value: str = "") -> Edit:
        """The edit of the source that puts in what is missing: one line, in the advert's own shape.

        Args:
            item: id of the item (`Completeness.id`), one of `lines`.
            value: what a person filled in, at most 200 characters in one line; "" where the line is ready.

        Raises:
            InputError: there is no such line, the value is not of its kind, or the line would not state the item.
        """
        if (line := self.lines.get(item)) is None:
            raise InputError(f"No line states '{item}'.", f"Use one of: {', '.join(self.lines)}.", code="fill")
        analysed = self.analyse(self.document(advert))
        edit = insertion(analysed, item, line, filled(line, value, today=self.settings.today or date.today()))
        found = next(each for each in self.lexicon.checklist.items if each.id == item)
        document = analysed.document
        form = "markdown" if document.format == "markdown" else "text"
        if not self._states(apply_edits(document.source, [edit]), form, item):
            raise InputError(f"That does not state it yet: {found.title.lower()}.", found.advice, code="fill")
        return edit

    def _states(self, text: str, form: str, item: str) -> bool:
        """Whether an item is there in an advert, or is not asked of it."""
        analysed = self.analyse(Document.from_text(text, format=form, limit=max(LIMIT, len(text))))
        told = compare(analysed, self.settings.post, today=self.settings.today or date.today()).told
        checked = self._checklist.check(analysed, self.findings(analysed), told)
        return all(one.present for one in checked if one.id == item)

    def findings(self, advert: Advert) -> tuple[Finding, ...]:
        """What is to be said of the wording, before decisions and marks that keep it; each cure was read again."""
        read = cache(self._read)  # however many cures lead to one text, it is read once
        return reread(
            advert,
            self._findings(advert, read),
            lambda text: self._counted(*read(text)),
            lambda text: self._found(*read(text), read),
        )

    def _findings(self, advert: Advert, read: Callable[[str], _Read] | None = None) -> tuple[Finding, ...]:
        """What is to be said, with cures that were not read again."""
        return self._found(advert, self._judged(advert), read or self._read)

    def _found(self, advert: Advert, judged: _Judged, read: Callable[[str], _Read]) -> tuple[Finding, ...]:
        severities = sorted(((c, judgement.severity) for c, judgement in judged), key=lambda one: one[0].start)
        how = {id(c): judgement for c, judgement in judged}
        verbs = self._syntax.verbs if self._syntax.available else None
        cures = self._cures.judged_by(lambda text: [(c, judgement.severity) for c, judgement in read(text)[1]])
        words = self._grammar, verbs, self.lexicon, self._acronyms, self._ending, cures, severities
        every = enumerate(_told(advert, judged), 1)
        return tuple(to_finding(advert, one, how[id(one.candidate)], number, *words) for number, one in every)

    def _counted(self, advert: Advert, judged: _Judged) -> Counter[tuple[str, str]]:
        told = (as_told(advert, one.candidate, self._ending) for one in _told(advert, judged))
        return Counter((one.entry.id, advert.text[one.start : one.end].casefold()) for one in told)

    def _read_statement(self, text: str) -> tuple[Finding, ...]:
        digest = blake2b(text.encode("utf-8", "surrogatepass"), key=_SECRET).digest()
        if digest in self._clean:
            return ()
        found = self._findings(self.analyse(self.document(text)))
        if not found and len(self._clean) < _STATEMENTS:
            self._clean.add(digest)
        return found

    def _read(self, text: str) -> _Read:
        advert = self.analyse(Document.from_text(text))
        return advert, self._judged(advert)

    def _judged(self, advert: Advert) -> _Judged:
        """Everything found, with what becomes of it."""
        found = [*advert.found.candidates, *self._acronyms.candidates(advert)]
        phrases = [(c, self._context.judge(advert, c)) for c in found]
        read = self._reader.read(advert)
        readings = list(self._reader.candidates(advert, read, self.lexicon.entries))
        hushed = [one for one in read if one.operator in self._reader.hushers]
        return [*without_denied(phrases, readings, hushed), *readings]


def _told(advert: Advert, judged: _Judged) -> list[Resolved]:
    """What is told of what was found, in order of place."""
    alive = [(c, judgement.severity) for c, judgement in judged]
    ranked = sorted(((c, severity.rank) for c, severity in alive if severity is not None), key=lambda one: one[0].start)
    return limited(resolve(ranked), advert.text)


def _not_read(advert: Advert) -> tuple[NotRead, ...]:
    """What was not judged: in another language, or beside the text in the file."""
    beside = advert.document.not_read
    if not (advert.languages.english or advert.languages.foreign):
        return (NotRead(code="unknown", count=1), *beside)
    span = advert.document.span
    foreign = (
        NotRead(code="language", count=1, names=(one.language,), start=start, end=end)
        for one in advert.languages.foreign
        for start, end in (span(one.start, one.end),)
    )
    return (*foreign, *beside)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python's search for garbage: what is loaded here stays, and the search takes a fifth of a start."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@cache
def shared_checker() -> Checker:
    """One checker with default settings for the whole process."""
    return Checker()
