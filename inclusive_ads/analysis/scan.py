"""One scan over an advert: every form of an entry, every cue and every term of art that stands in it.

The scan finds literal strings and the anchors of patterns, overlapping; nothing is decided here but word
boundaries. It is the only reader of the phrase language; whoever looks for words gives the scan a cue.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from inclusive_ads.analysis.cues import cue_phrases
from inclusive_ads.analysis.found import LONGEST, Candidate, Cues, Scan
from inclusive_ads.analysis.spelling import Speller
from inclusive_ads.lexicon.finder import Found
from inclusive_ads.lexicon.glance import Glances
from inclusive_ads.lexicon.keywords import TERM, Table, of_cues, of_lexicon
from inclusive_ads.lexicon.lexicon import Lexicon
from inclusive_ads.lexicon.literals import Literals
from inclusive_ads.lexicon.models import Entry
from inclusive_ads.lexicon.scan_text import bounded, scan_text
from inclusive_ads.lexicon.vocabulary import Vocabulary
from inclusive_ads.offsets import CleanOffset

_GAP = re.compile("  +")
_Keyword = tuple[tuple[tuple[str, str, str], ...], tuple[int, ...], tuple[str, ...]]  # a `Keyword` as it is kept
_Form = tuple[Entry | None, str]  # the entry that it is a form of, and which; or None, and a cue's name
_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*")


class CueFinder:
    """Finds cues in any text in one pass; safe to share between threads.

    Args:
        cues: name of a cue → its phrases.
        vocabulary: what slots stand for.

    Raises:
        PatternError: a phrase cannot be read.
    """

    def __init__(self, cues: Mapping[str, Iterable[str]], vocabulary: Vocabulary) -> None:
        self._build(of_cues(cues, vocabulary), vocabulary, {})

    def _build(self, table: Table, vocabulary: Vocabulary, entries: Mapping[str, Entry]) -> None:
        self._vocabulary, self._entries = vocabulary, entries
        packed, self._phrases = table
        self._literals: Literals[_Keyword] = Literals(packed)
        self._patterns: dict[int, Found[_Form]] = {}  # those that were asked for

    def _pattern(self, number: int) -> Found[_Form]:
        if number not in self._patterns:
            entry, form, phrase, _, _ = self._phrases[number]
            self._patterns[number] = Found(phrase, self._vocabulary, (self._entries.get(entry), form))
        return self._patterns[number]

    def load(self) -> None:
        """Read now what is otherwise read with the first text that needs it."""
        self._literals.load()

    def cues(self, text: str) -> Cues:
        """The cues of any text, as in `Scan`."""
        return self._pass(text, scan_text(text)).cues

    def _pass(self, text: str, scan: str) -> Scan:
        candidates: dict[tuple[str, int, int], Candidate] = {}
        cues: dict[str, list[tuple[int, int]]] = defaultdict(list)
        anchors: list[tuple[int, int, Sequence[int]]] = []
        for (forms, patterns, names), start, end in self._literals.find(scan):
            for name in names:
                cues[name].append((start, end))
            for entry, form, exact in forms:
                if not exact or text[start:end].replace("-", " ") == exact:
                    self._keep(candidates, text, start, end, self._entries[entry], form)
            if patterns:
                anchors.append((start, end, patterns))
        if "  " in scan:
            anchors += self._stretched(scan)
        terms = cues.pop(TERM, [])
        for name, places in self._by_pattern(text, scan, anchors, candidates).items():
            cues[name] = sorted(places.union(cues[name]), key=_by_end)
        return Scan(sorted(candidates.values(), key=_by_place), cues, terms)

    def _by_pattern(
        self,
        text: str,
        scan: str,
        anchors: Iterable[tuple[int, int, Sequence[int]]],
        candidates: dict[tuple[str, int, int], Candidate],
    ) -> dict[str, set[tuple[int, int]]]:
        """Keep the candidates that need an expression; return such cues."""
        cues: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for start, end, (entry, form) in self._matches(anchors, scan):
            if entry is None:
                cues[form].add((start, end))
            else:
                self._keep(candidates, text, start, end, entry, form)
        return cues

    def _stretched(self, scan: str) -> Iterator[tuple[int, int, Sequence[int]]]:
        """Anchors with more than one space between their words (a dash among them), which the scan does not see."""
        line_start = 0
        for line in scan.split("\n"):
            if "  " in line:
                yield from self._stretched_in(line, line_start)
            line_start += len(line) + 1

    def _stretched_in(self, line: str, line_start: int) -> Iterator[tuple[int, int, Sequence[int]]]:
        gaps = [(gap.start(), gap.end() - gap.start() - 1) for gap in _GAP.finditer(line)]
        taken = [0, *itertools.accumulate(spaces for _, spaces in gaps)]  # spaces taken out before each gap
        places = [start - before for (start, _), before in zip(gaps, taken, strict=False)]  # where it is without them
        for (_, patterns, _), start, end in self._literals.find(_GAP.sub(" ", line)):
            first, last = bisect_left(places, start), bisect_left(places, end)
            low, high = start + taken[first], end + taken[last]
            if patterns and first < last and bounded(line, low, high):
                yield line_start + low, line_start + high, patterns

    def _matches(
        self, anchors: Iterable[tuple[int, int, Sequence[int]]], scan: str
    ) -> Iterator[tuple[int, int, _Form]]:
        """Where patterns match around their anchors: in the same block, and no further off than `LONGEST`.

        What lies round several anchors of a pattern is looked through once.
        """
        around: dict[int, list[tuple[int, int]]] = defaultdict(list)  # stretches, in order
        glances = Glances(scan)
        line_start = line_end = -1
        for start, end, patterns in sorted(anchors, key=_by_start):
            if not line_start <= start <= line_end:
                line_start, line_end = scan.rfind("\n", 0, start) + 1, scan.find("\n", end)
                line_end = line_end if line_end >= 0 else len(scan)
            low, high = max(line_start, start - LONGEST), min(line_end, end + LONGEST)
            for number in patterns:
                stretches = around[number]
                if stretches and low < stretches[-1][1]:
                    stretches[-1] = stretches[-1][0], high
                else:
                    stretches.append((low, high))
        for number, stretches in around.items():
            pattern = self._pattern(number)
            for low, high in stretches:
                if pattern.may_stand(glances.at(low, high)):
                    yield from pattern.places(scan, low, high)

    @staticmethod
    def _keep(
        candidates: dict[tuple[str, int, int], Candidate], text: str, start: int, end: int, entry: Entry, form: str
    ) -> None:
        # "user-led" is another word than "led"; addresses are not wording.
        if (start > 1 and text[start - 1] == "-" and text[start - 2].isalnum()) or (
            end + 1 < len(text) and text[end] == "-" and text[end + 1].isalnum()
        ):
            return
        low, high = max(0, start - LONGEST), min(len(text), end + LONGEST)
        word = max(low, text.rfind(" ", low, start) + 1, text.rfind("\n", low, start) + 1)
        if _ADDRESS.match(text, word, high):
            return
        candidates.setdefault(
            (entry.id, start, end), Candidate(start=CleanOffset(start), end=CleanOffset(end), entry=entry, form=form)
        )


class Matcher(CueFinder):
    """Finds candidates of a lexicon, too.

    Args:
        cues: what else is to be found in the one pass: name → phrases.

    Attributes:
        words: all words of the entries' wording, as scanned.
    """

    def __init__(self, lexicon: Lexicon, cues: Mapping[str, Iterable[str]] | None = None) -> None:
        table, words = of_lexicon(lexicon, {**cue_phrases(lexicon), **(cues or {})})
        self._build(table, lexicon.vocabulary, lexicon.entries)
        self.words = set(words)
        self._speller = Speller(self.words, (*lexicon.near_words.also, *lexicon.near_words.words.split()))

    def scan(self, text: str, scan: str | None = None) -> Scan:
        """One pass over `text` (clean text, a line a block), and another look at misspellings of the pen."""
        scan = scan_text(text) if scan is None else scan
        found = self._pass(text, scan)
        misspellings = [
            c for misspelling in self._speller.misspellings(scan) for c in self._respelt(text, scan, *misspelling)
        ]
        if misspellings:
            places = {(c.entry.id, c.start, c.end): c for c in (*misspellings, *found.candidates)}
            found.candidates = sorted(places.values(), key=_by_place)
        return found

    def _respelt(self, text: str, scan: str, start: int, end: int, meant: str) -> Iterator[Candidate]:
        """Candidates that hold a misspelt word, read as the word that was meant."""
        low, high = max(0, start - LONGEST), min(len(scan), end + LONGEST)
        longer = len(meant) - (end - start)
        read = self._pass(text[low:start] + meant + text[end:high], scan[low:start] + meant + scan[end:high])
        for c in read.candidates:
            # Alone and with a capital it is more likely a name.
            alone = c.end - c.start == len(meant) and text[start].isupper()
            if c.start < start - low + len(meant) and start - low < c.end and not alone:
                first = c.start + low if c.start <= start - low else c.start + low - longer
                last = c.end + low - longer if c.end >= start - low + len(meant) else c.end + low
                yield Candidate(start=CleanOffset(first), end=CleanOffset(last), entry=c.entry, form=c.form)


def _by_start(anchor: tuple[int, int, Sequence[int]]) -> tuple[int, int]:
    return anchor[0], anchor[1]


def _by_end(place: tuple[int, int]) -> tuple[int, int]:
    return place[1], place[0]


def _by_place(candidate: Candidate) -> tuple[int, int, str]:
    return candidate.start, candidate.end, candidate.entry.id
