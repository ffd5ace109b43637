"""What stands before several things counts for each: "must hold a licence and be male" says "must be male", too."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from inclusive_ads.lexicon.concepts import Shared
from inclusive_ads.lexicon.expressions import compile_all, regex_source
from inclusive_ads.lexicon.vocabulary import Vocabulary

_MOST = 6  # things in one sentence that are read behind what they share


class Sharing:
    """Finds what the parts of a sentence share.

    Args:
        shared: what may stand before several things, and how a further one begins.
        joints: words between them; a comma is one, too.

    Raises:
        PatternError: a phrase cannot be read.
    """

    def __init__(self, shared: Sequence[Shared], joints: Sequence[str], vocabulary: Vocabulary) -> None:
        self._joint = re.compile(rf"(?:,|{regex_source(joints, vocabulary)}) *")
        self._shared = [
            (compile_all(one.before, vocabulary), compile_all(one.then, vocabulary) if one.then else None)
            for one in shared
        ]

    def of(self, text: str, low: int, high: int, named: Collection[int]) -> list[tuple[int, int]]:
        """(end of what is shared, start of a further thing) in a sentence of scan text.

        Args:
            named: where concepts are named.
        """
        joints = [match.end() for match in self._joint.finditer(text, low, high)]
        found: list[tuple[int, int]] = []
        for before, then in self._shared if joints else ():
            ends = [match.end() for match in before.finditer(text, low, high)]
            for start in joints:
                end = max((end for end in ends if end < start), default=low)
                begins = then.match(text, start, high) if then else start in named
                if end > low and begins and any(start <= place < high for place in named):
                    found.append((end, start))
        return list(dict.fromkeys(found))[:_MOST]
