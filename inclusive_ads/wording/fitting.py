"""Where in a sentence an alternative fits, and what it changes there. Offsets are those of the sentence."""

from __future__ import annotations

import re

from inclusive_ads.lexicon.models import Alternative

# An item of a list, with its article: ", a good salary and", "We offer a good salary, ...".
_ITEM_BEGINS = re.compile(
    r"(?:^|[\n,;:•*] ?|\b(?:and|plus|offer|offers|offering|include|includes|including|provide|such as) )"
    r"((?:an? |the )?(?:very |highly |really )?)?$",
    re.IGNORECASE,
)
_ITEM_ENDS = re.compile(
    r"\s*(?:$|\n)|[;.]|, (?!which|with|plus|including|depend)|,? (?:and|plus) (?!please|we |you |this|is |has )",
    re.IGNORECASE,
)
# A line of its own that lost its line break: "Leeds, Full time, Salary negotiable The home ...".
_ENDS = re.compile(r"(?: [*•-])? (?=[A-Z])|[.;](?: |$)|$")
_GOES_ON = re.compile(r"[ ,]+\w")


def place_of(alternative: Alternative, sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """What of the wording at ``sentence[start:end]`` an alternative changes; None where it does not fit there."""
    line = sentence[sentence.rfind("\n", 0, start) + 1 : start] + sentence[end:].partition("\n")[0]
    fills = not any(c.isalnum() for c in line)
    if alternative.where == "line" and not fills:
        return (start, end) if sentence[start].isupper() and _ENDS.match(sentence, end) else None
    if alternative.where == "goes_on" and not _GOES_ON.match(sentence, end):
        return None
    if alternative.where == "item" and not fills:
        before, behind = _ITEM_BEGINS.search(sentence[:start]), _ITEM_ENDS.match(sentence, end)
        label = behind and behind.end() == len(sentence) and sentence[:start].rstrip().endswith(":")
        return (before.start(1), end) if before and behind and not label else None
    if not alternative.part:
        return start, end
    if fills and not any(alternative.say.values()):
        return None  # a bare word would be left
    for words in alternative.part:
        pattern = r"[ -]".join(map(re.escape, words.split()))
        found = re.search(rf"(?<!\w){pattern}(?!\w)", sentence[start:end], re.IGNORECASE)
        if found:
            return start + found.start(), start + found.end()
    return None
