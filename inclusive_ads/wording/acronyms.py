"""The general rule on letters that an outsider cannot read: insiders' letters, used and never explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.analysis.found import Candidate
from inclusive_ads.lexicon.lexicon import Lexicon
from inclusive_ads.lexicon.models import Alternative, Entry
from inclusive_ads.offsets import CleanOffset
from inclusive_ads.wording.grammar import is_title, title

_BEFORE_BRACKET = re.compile(r"[^()\n]{3,80}\Z")
_JOINS_BEFORE, _JOINS_AFTER = frozenset("_@./&'-"), frozenset("_@/&+-")
_POSSESSIVE = re.compile(r"s?['’´`]| s\b|s\w")
_PLURAL = re.compile(r"s?['’´`]s?(?!\w)| s(?!\w)")  # "HCA's", "NQT s"
_NEXT = re.compile(r" ([\w'’-]+)")
_WORD = re.compile(r"[^\W_]+")
_ALPHA = re.compile(r"[^\W\d_][\w'’-]*")
_PHRASE = 4  # words before a noun that may be its own
_LETTERS = 5  # longer than most letters that stand for words
_CAPITALS = re.compile(r"(?<!\w)[A-Z]{2,}(?!\w)")


class AcronymRule:
    """Finds the first use of insiders' letters that are never explained, at most `acronyms.most` an advert.

    Only letters listed with their meaning are reported: of others, most turn out to be names of employers,
    tools and qualifications that applicants know.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._known = frozenset(lexicon.acronyms.known)
        self._plain = lexicon.acronyms.plain
        self._most = lexicon.acronyms.most
        self._files = lexicon.acronyms
        self._joints = frozenset(lexicon.grammar.joints)
        self._small = self._joints.union(lexicon.grammar.after_nouns)
        self._determiners = frozenset(lexicon.grammar.determiners)
        self._prepositions = frozenset(lexicon.grammar.prepositions)
        self._common = lexicon.vocabulary.common
        self.entry: Entry | None = lexicon.entries.get("jargon-unexplained-acronym")

    def candidates(self, advert: Advert) -> Iterator[Candidate]:
        """First uses of unexplained letters; none in a part of an advert, as the rest may explain them."""
        if self.entry is None or advert.passage:
            return
        first: dict[str, tuple[int, int]] = {}
        for match in _WORD.finditer(advert.text):
            letters = match[0] if match[0] in self._plain else match[0].removesuffix("s")
            if letters in self._plain and letters not in self._known and _stands_alone(advert.text, *match.span()):
                first.setdefault(letters, match.span())
        unexplained = [
            span
            for key, span in first.items()
            if not self._shouted(advert.text, span) and not explained(advert.text, key, self._plain[key])
        ]
        for start, end in sorted(unexplained)[: self._most]:
            yield Candidate(start=CleanOffset(start), end=CleanOffset(end), entry=self.entry, form="any")

    def plain(self, letters: str) -> str:
        """What insiders' letters that are reported stand for."""
        return self._plain.get(letters) or self._plain[letters.removesuffix("s")]

    def written_out(self, advert: Advert, candidate: Candidate) -> tuple[Candidate, tuple[Alternative, ...]]:
        """The letters, with a noun behind them that their words hold, too, and what to write: words, then letters.

        Letters that do not begin as their words do keep their place, and the words stand behind them in brackets.
        None where the words would not read: before a possessive, or without the article or the noun that they need.
        """
        letters = advert.text[candidate.start : candidate.end]
        one = letters if letters in self._plain else letters.removesuffix("s")
        many = letters[len(one) :]
        end, ways = candidate.end, []
        for plain in self._plain[one].partition(" (")[0].split(", or "):
            words = plain + many
            if words[0].lower() != one[0].lower() or words.startswith(("a ", "an ", "the ")):
                ways.append(f"{letters} ({words})")
                continue
            last = plain.split()[-1]
            noun = re.match(rf" {re.escape(last)}(s?)(?!\w)", advert.text[candidate.end :], re.IGNORECASE)
            stop = CleanOffset(candidate.end + noun.end()) if noun else candidate.end
            lead = self._lead(
                advert.text,
                candidate.start,
                stop,
                one,
                last,
                many=bool(many or one.endswith("s") or (noun and noun[1])),
            )
            if lead is None:
                continue
            end, words = stop, plain + noun.group(1) if noun else words
            words = title(words) if self._is_headed(advert.text, candidate.start, end) else words
            ways.append(lead + words + self._behind(advert, candidate.start, end, letters))
        kept = self._in_place(advert.text, candidate.start, candidate.end, one)
        if kept and (not ways or kept[0] == end):
            end = kept[0]
            ways.append(kept[1])
        return replace(candidate, end=end), tuple(Alternative(say={"any": way}) for way in ways)

    def _in_place(self, text: str, start: int, end: int, letters: str) -> tuple[CleanOffset, str] | None:
        """Where letters that keep their place end, with the "'s" of a plural, and what to write: words behind them.

        None where a bracket stands there, or around them, or where they are a possessive.
        """
        line = text[text.rfind("\n", 0, start) + 1 : start]
        if line.rfind("(") > line.rfind(")") or text[end : end + 2] == " (":
            return None
        words, many = self._plain[letters].partition(" (")[0].partition(", or ")[0], text[start:end] != letters
        if plural := _PLURAL.match(text, end):
            following = _NEXT.match(text, plural.end())
            if following and following[1].lower() not in self._small:
                return None
            end, many = plural.end(), True
        elif _POSSESSIVE.match(text, end):
            return None
        words = words if not many or words.endswith("s") else f"{words}s"
        words = title(words) if self._is_headed(text, start, end) else words
        many &= not letters.endswith("s")
        return CleanOffset(end), f"{letters}{'s' * many} ({words})"

    def _lead(self, text: str, start: int, end: int, letters: str, last: str, *, many: bool) -> str | None:
        """The article that the words need where the letters have none, "" where they need none; None: they do not fit.

        Args:
            last: the last of the words.
            many: whether they are plural.
        """
        behind = text[end:].partition("\n")[0]
        if _POSSESSIVE.match(behind):  # of a name only: "HM Treasury's"
            return "" if self._plain[letters][0].isupper() and behind[1:2] == "s" else None
        following = _NEXT.match(behind)
        word = following[1].lower() if following else ""
        goes_on = bool(word) and word not in self._small
        units, people = self._files.units, self._files.people
        if letters in self._files.before_noun:
            return "" if goes_on or word in self._joints else None
        if goes_on or behind.startswith((" /", "/")):  # "MDT meetings", but "CCGs contract", "CRHT service"
            return None if many or (last in units and word.removesuffix("s") in units) else ""
        if many or last not in (*units, *people, *self._files.things) or self._is_headed(text, start, end):
            return ""
        before = text[text.rfind("\n", 0, start) + 1 : start]
        words = re.findall(r"[\w'’-]+", re.split(r"[.;:,()]", before)[-1].lower())[-_PHRASE:]
        if not any(c.isalnum() for c in before) or before.endswith("(") or any(self._determines(one) for one in words):
            return ""
        if words and words[-1] in self._prepositions and last in units:
            return "" if word.endswith("ing") else "the "  # "in MDT working"
        if words[-1:] == ["as"] and last in people:
            return "a "  # the grammar makes it "an"
        if words and words[-1] in self._joints and last in people:
            return ""  # one of a list of such people: "nurse or HCA"
        return None

    def _is_headed(self, text: str, start: int, end: int) -> bool:
        """Whether letters stand in a heading, or among the capitals of a name or the title of a job."""
        if is_title(_ALPHA.findall(_line(text, start))):
            return True
        before, behind = (
            _ALPHA.findall(_line(text, start)[: start - text.rfind("\n", 0, start) - 1]),
            _NEXT.match(text, end),
        )
        return bool(before and before[-1].istitle() and len(before) > 1 and behind and behind[1].istitle())

    def _determines(self, word: str) -> bool:
        return word in self._determiners or word.endswith(("'s", "’s", "s'", "s’"))

    def _behind(self, advert: Advert, start: int, end: int, letters: str) -> str:
        """The letters as they stand behind their words: in brackets, and within brackets without."""
        before, behind = advert.text[max(0, start - 100) : start], advert.text[end : end + 2]
        if before.endswith("(") and behind.startswith(")"):
            return f", {letters}"
        inside = before.rpartition("\n")[2].rfind("(") > before.rpartition("\n")[2].rfind(")")
        return "" if inside or behind in ("'s", "’s", " (") else f" ({letters})"

    def _shouted(self, text: str, span: tuple[int, int]) -> bool:
        """Among ordinary words in capitals the letters may be a word, too; beside other letters they are none."""
        around = _CAPITALS.findall(text, max(0, span[0] - 30), span[1] + 30)
        return sum(len(word) > _LETTERS or word.lower() in self._common for word in around) >= 2


def _line(text: str, start: int) -> str:
    """The line that holds a place."""
    return text[text.rfind("\n", 0, start) + 1 :].partition("\n")[0]


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no word, address or compound goes on to either side."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return not (before.isalnum() or after.isalnum() or before in _JOINS_BEFORE or after in _JOINS_AFTER)


def explained(text: str, letters: str, plain: str = "") -> bool:
    """Whether the text says what the letters stand for.

    In the words of `plain`, with the letters in brackets behind their words, with the words in brackets or
    after a dash behind the letters, or in words with these initials anywhere.
    """
    quoted, first = re.escape(letters), letters[0].lower()
    if plain and _squeezed(plain.partition(" (")[0]) in _squeezed(text):
        return True
    for bracket in re.finditer(rf"\(\s*[\"']?{quoted}(?:s|'s)?[\"']?\s*[),;/-]", text):
        before = _BEFORE_BRACKET.search(text, max(0, bracket.start() - 80), bracket.start())
        words = re.findall(r"[a-z]+", before.group().lower())[-2 * len(letters) :] if before else []
        initials = {word[0] for word in words}
        # "Band 6 (AfC)" explains nothing; one long word may ("musculoskeletal (MSK)").
        if any(word[0] == first and len(word) > 7 for word in words) or (
            first in initials and sum(c in initials for c in letters.lower()) * 2 > len(letters)
        ):
            return True
    if re.search(rf"(?<!\w){quoted}s?\s*[(=–-]\s*{re.escape(first)}\w+[ -]\w+", text, re.IGNORECASE):
        return True
    words_of = r"(?:\W+(?:of|and|the|for|in|to|on|&)\b)*\W+".join(rf"{c}\w+" for c in letters if c.isalpha())
    return len(letters) > 2 and re.search(rf"\b{words_of}\b", text, re.IGNORECASE) is not None


def _squeezed(text: str) -> str:
    return text.lower().replace("-", "").replace(" ", "")
