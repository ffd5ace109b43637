"""Where a finding ends: never in a word that only leads to the next one."""

from __future__ import annotations

import re

from inclusive_ads.lexicon.concepts import Persons
from inclusive_ads.lexicon.signs import SIGNS_OF_PEOPLE


class Ending:
    """Finds where a stretch of text ends without the joint words at its end; safe to share between threads."""

    def __init__(self, persons: Persons) -> None:
        last = f"(?:{'|'.join(map(re.escape, persons.never_last))})"
        behind = f"(?:{'|'.join(map(re.escape, persons.never_behind_person))})"
        # Behind a verb "in" may belong to it, but never before an article: "years in a".
        first = rf"(?:(?<=[{SIGNS_OF_PEOPLE}]) +{behind}|(?:[ ,;]+{behind})?[ ,;]+{last})"
        self._joints = re.compile(rf"{first}(?:[ ,;]+(?:{last}|{behind}))*[ ,;]*$")

    def of(self, text: str, start: int, end: int) -> int:
        """The end of ``text[start:end]`` without them; `end` where there are none.

        Args:
            text: clean, scanned or masked.
        """
        joints = self._joints.search(text[start:end])
        return start + joints.start() if joints else end
