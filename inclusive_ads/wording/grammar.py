"""The grammar that a replacement needs: a or an, capitals, verbs after "they", and clean deletions.

Works on clean text; the irregular words are in grammar.yaml.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from inclusive_ads.lexicon.shared import GrammarFile
from inclusive_ads.report import Edit

_WORD = re.compile(r"[^\W_][\w'-]*")
_HEADED = re.compile(r" [A-Z][a-z]+")  # a name or a heading goes on
_ARTICLE = re.compile(r"(?<![\w-])(an?)(\s+)$", re.IGNORECASE)
_SPELLED = frozenset("AEFHILMNORSX")  # letters whose names begin with a vowel sound
_ADJECTIVE = re.compile(r"(?:ed|ic|ful|ive|ous|ble|al|nt|y|ar|en|ng|id)$")
_JOINED_BEHIND = re.compile(r"(?:,? but|, and|,| and| or)? +|,(?= )", re.IGNORECASE)
_JOINED_BEFORE = re.compile(r"(?:,| and| or|, and) +$", re.IGNORECASE)
_GOES_ON = re.compile(r",?(?= (?:and|or|but) )|(?=, )", re.IGNORECASE)
_BOTH = re.compile(r"\bboth\b[^,.;:]*$", re.IGNORECASE)  # what goes may be one of the two
_SMALL = 3  # letters of a word that has no capital in a heading
_MORE_VERBS = re.compile(r"(?:\band|\bor|\bbut|,)\s+(?:\w+ly\s+)?[a-z]+s\b")

VerbFinder = Callable[[str, int], list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules with their irregular words."""

    words: GrammarFile

    def article(self, following: str) -> str:
        """The article, "a" or "an", that `following` takes by its sound."""
        match = _WORD.search(following)
        if match is None:
            return "a"
        word = match.group()
        if word[0].isdigit():
            digits = re.match(r"\d+", word)
            number = digits.group() if digits else ""
            return "an" if number[0] == "8" or number in ("11", "18") else "a"
        head = re.split(r"['-]", word)[0]
        lower = head.lower()
        # "UX designer", "an HR team", "an X-ray": letters are spelled out, unless people say them as a word.
        if head.isupper() and lower not in self.words.spoken_acronyms:
            return "an" if head[0] in _SPELLED else "a"
        if lower.startswith(tuple(self.words.vowel_sound)):
            return "an"
        if lower.startswith(tuple(self.words.consonant_sound)):
            return "a"
        return "an" if lower[0] in "aeiou" else "a"

    def plural_verb(self, verb: str) -> str | None:
        """The verb as it follows "they" (is → are, manages → manage), or None where nothing changes."""
        lower = verb.lower()
        if lower in self.words.verbs:
            return match_case(verb, self.words.verbs[lower])
        if lower in self.words.unchanged or not lower.endswith("s") or lower.endswith(("ss", "us", "'s")):
            return None
        if lower.endswith("ies") and len(lower) > 4:
            return verb[:-3] + "y"
        if lower.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
            return verb[:-2]
        return verb[:-1]

    def agree(self, text: str, start: int, end: int, more: VerbFinder | None) -> tuple[list[Edit], bool]:
        """Edits that make the verbs of a subject at ``text[start:end]`` plural.

        Args:
            text: a sentence.
            more: finds further verbs of the same subject by parsing (None: no parser).

        Returns:
            The edits, and whether they can be trusted without a look.
        """
        edits: list[Edit] = []
        before = _last_word(text, start)
        if before and before[0].lower() in self.words.inverted:
            word, place = before
            edits.append(
                Edit(start=place, end=place + len(word), text=match_case(word, self.words.inverted[word.lower()]))
            )
            return edits, True
        if text[end : end + 2].lower() == "'s":
            return [Edit(start=end, end=end + 2, text="'re")], False
        place = end
        verb = None
        while (verb := _WORD.search(text, place)) and self._is_adverb(verb.group()):
            place = verb.end()
        if verb is None or (text[end : verb.start()].strip(" ,") not in ("",) and place == end):
            return edits, True
        plural = self.plural_verb(verb.group())
        if plural:
            edits.append(Edit(start=verb.start(), end=verb.end(), text=plural))
        if not _MORE_VERBS.search(text, verb.end()):
            return edits, True
        if more is None:
            return edits, False
        for low, high in more(text, start):
            changed = self.plural_verb(text[low:high])
            if changed and not any(e.start <= low < e.end for e in edits):
                edits.append(Edit(start=low, end=high, text=changed))
        return sorted(edits, key=lambda e: e.start), True

    def _is_adverb(self, word: str) -> bool:
        return word.lower() in self.words.adverbs or (word.endswith("ly") and len(word) > 4)

    def replace(self, text: str, start: int, end: int, new: str) -> list[Edit]:
        """Put `new` for ``text[start:end]``: capitals as they were, the article before it right."""
        if not new:
            return self.delete(text, start, end)
        around = text[:start] + text[end:]
        shouted = around == around.upper() and text[start:end] not in new  # letters stay beside their words
        opens = _opens(text, start) or self._begins_item(text[start:end])
        new = match_case(text[start:end], new, sentence_start=opens, shouted=shouted)
        if " " in new and text[start:end].istitle() and not opens and _HEADED.match(text, end):
            new = title(new)
        edits = [Edit(start=start, end=end, text=new)]
        if new.lower().endswith("s") and text[end : end + 2].lower() == "'s":
            edits.append(Edit(start=end, end=end + 2, text="'"))
        article = self._article_edit(text, start, new)
        return [article, *edits] if article else edits

    def _begins_item(self, text: str) -> bool:
        """Whether wording begins with a capital that only an item of a list has: "A passion for", "Very keen on"."""
        first = text.split(maxsplit=1)[0]
        begins = {*self.words.determiners, *self.words.degrees, *self.words.item_firsts}
        return first.istitle() and first.lower() in begins and text[1:].islower()

    def _article_edit(self, text: str, start: int, following: str) -> Edit | None:
        match = _ARTICLE.search(text, max(0, start - 6), start)
        if match is None or not following:
            return None
        right = self.article(following.lower() if text.isupper() else following)
        if match.group(1).lower() == right:
            return None
        right = right.upper() if text.isupper() else match_case(match.group(1), right)
        return Edit(start=match.start(1), end=match.end(1), text=right)

    def article_before(self, text: str, start: int, following: str) -> list[Edit]:
        """The edit that makes the article before a place fit what is to follow; empty where none is needed."""
        edit = self._article_edit(text, start, following)
        return [edit] if edit else []

    def delete(self, text: str, start: int, end: int, *, listed: bool = False) -> list[Edit]:
        """Take ``text[start:end]`` out with what joined or graded it ("and", "very"), and mend what is left.

        Args:
            listed: it is known to be an item of a list; otherwise an adjective before its comma tells.
        """
        start = self._with_degree(text, start)
        after = _JOINED_BEHIND.match(text[end:])
        if (
            listed
            and after
            and after.group().strip().lower() == "and"
            and not self._is_plural(text[end + after.end() :])
        ):
            start += len(re.match(r"(?:an? )?", text[start:end], re.IGNORECASE)[0])  # type: ignore[index]
        joined = _JOINED_BEFORE.search(text[:start])
        follows = text[end : end + 1]
        if after and joined and joined.group() == ", " and (listed or _ADJECTIVE.search(text[: joined.start()])):
            goes_on = _GOES_ON.match(text[end:])
            if goes_on:  # "keen, X and able", "keen, X, able": what joins the next one stays
                return [Edit(start=joined.start(), end=end + goes_on.end(), text="")]
        ends_list = joined is not None and joined.group() != ", " and after is not None and after.group() == ", "
        if after and after.group().strip() and not ends_list:
            edits = [Edit(start=start, end=end + after.end(), text="")]
            rest = text[end + after.end() :]
        elif joined and (follows in ("", " ", ".", ",", ";", ")", "\n")):
            edits = [Edit(start=joined.start(), end=end, text="")]
            if joined.group().strip().lower() in ("and", ", and"):
                comma = re.search(r", (?=[\w'-]+(?: [\w'-]+){0,2}$)", text[: joined.start()])
                if comma:
                    word = joined.group().lstrip(",")
                    edits.insert(0, Edit(start=comma.start(), end=comma.end(), text=word))
            return edits
        else:
            edits = [Edit(start=start, end=end + (after.end() if after else 0), text="")]
            rest = text[end + (after.end() if after else 0) :]
            if not after and start and text[start - 1] == " " and text[end - 1] != " ":
                edits = [Edit(start=start - 1, end=end, text="")]
        if _opens(text, start) and text[start : start + 1].isupper() and rest[:1].islower():
            last_edit = edits[-1]
            edits[-1] = Edit(start=last_edit.start, end=last_edit.end + 1, text=rest[0].upper())
        new_article = self._article_edit(text, start, rest)
        return [new_article, *edits] if new_article else edits

    def _is_plural(self, text: str) -> bool:
        """Whether a noun phrase that begins a text has its own article, or needs none: "other benefits for"."""
        words = list(itertools.takewhile(self._is_inside, re.findall(r"[\w'-]+|[^\w\s]", text)))
        return not words or words[-1].endswith("s")

    def _is_inside(self, word: str) -> bool:
        return word[0].isalnum() and word.lower() not in {*self.words.leads, *self.words.joints}

    def _with_degree(self, text: str, start: int) -> int:
        """Where a word begins with the "very" or "highly" before it."""
        before = _last_word(text, start)
        return before[1] if before and before[0].lower() in self.words.degrees else start

    def begins_apart(self, sentence: str) -> bool:
        """Whether a sentence begins with a phrase that a comma parts from it: "In this role, ..."."""
        word = _WORD.search(sentence)
        return word is not None and word.group().lower() in self.words.leads

    def dangles(self, text: str, edits: Sequence[Edit]) -> bool:
        """Whether a deletion leaves nothing of its line, or a word before it that nothing follows."""
        cut = max(edits, key=lambda edit: edit.end - edit.start)  # beside it an article or a comma may change
        left = text[text.rfind("\n", 0, cut.start) + 1 : cut.start]
        right = cut.text + text[cut.end :].partition("\n")[0]
        if (not _WORD.search(left) and not _WORD.search(right)) or _BOTH.search(left):
            return True
        before, after = _last_word(left + " ", len(left) + 1), _WORD.match(right.lstrip())
        if before is None or not left.rstrip().endswith(before[0]):
            return after is not None and after.group().lower() in self.words.joints
        word = before[0].lower()
        if after is None or after.group().lower() in self.words.joints:
            leads = any(left.rstrip().lower().endswith(f" {lead}") for lead in self.words.item_leads)
            return leads or word in self.words.leads or word in self.words.joints
        return word in self.words.links and after.group().lower() in self.words.never_after_links


def match_case(original: str, new: str, *, sentence_start: bool = True, shouted: bool = True) -> str:
    """`new` with the capitals of `original`: ALL CAPS, Title Case of a heading, or a first capital.

    Args:
        sentence_start: whether it opens a sentence; elsewhere a capital may be of its own ("English skills").
        shouted: whether the text around is in capitals too; otherwise capitals are those of an acronym.
    """
    letters = [c for c in original if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        if shouted:
            return new.upper()
        return new[:1].upper() + new[1:] if sentence_start else new
    words = original.split()
    if original.isalpha() and sum(c.isupper() for c in letters) > 1 and not sentence_start:
        return new  # letters that stand for words: "AfC", "HCAs"
    if is_title(words) and not new[:1].isupper():
        return new[:1].upper() + new[1:] if sentence_start else title(new)
    if len(words) > 1 and not sentence_start:
        return new
    if original.lstrip("('‘\"“")[:1].isupper() and new[:1].islower():
        return new[:1].upper() + new[1:]
    return new


def is_title(words: Sequence[str]) -> bool:
    """Whether words are those of a heading: capitals but for short ones, "Head of the Team"."""
    tall = [w for w in words if len(w) > _SMALL or w == "and"]
    return len(words) > 1 and bool(tall) and words[0][0].isupper() and all(w[0].isupper() for w in tall)


def title(text: str) -> str:
    """A text in the capitals of a heading."""
    first, *rest = text.split(" ")
    return " ".join([first[:1].upper() + first[1:], *(w[:1].upper() + w[1:] if len(w) > _SMALL else w for w in rest)])


def _opens(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \"'(")
    return not before or before[-1] in ".!?\n:;-*•–—·"


def _last_word(text: str, end: int) -> tuple[str, int] | None:
    match = re.search(r"([^\W_][\w']*)\s+$", text[max(0, end - 30) : end])
    return (match.group(1), max(0, end - 30) + match.start(1)) if match else None
