"""Plain text: headings, list items, columns and hard-wrapped paragraphs, as people paste them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from inclusive_ads.text.readers.cleaning import INVISIBLE, Cleaner, looks_like_heading, same_length
from inclusive_ads.text.readers.mending import BROKEN, FILL, joined, mended

# The bullets of the fonts Symbol and Wingdings have no letters of their own in Unicode.
SYMBOLS = "\uf02d\uf06e\uf06f\uf071\uf076\uf0a7\uf0a8\uf0b7\uf0be\uf0d8\uf0e0\uf0fc"
BULLETS = f"•·●○◦▪▫■□◘◆◇►▶▸▹➢➤➔→‣⁃∙✓✔✅☑★☆»{SYMBOLS}"
_MARKER = re.compile(
    rf"""(?: [{BULLETS}]+ [{INVISIBLE}{FILL}]*                                   # a bullet, spaced or not
           | [-–—] {FILL}* (?: \s+ | (?=[^\W\d]) )                                 # a dash before a space or a word
           | [*+] \s+ | [oØ§] (?: \s{{2,}} | \t | \s (?=[A-Z]) )           # marks that are also ordinary characters
           | [\u2600-\u27bf\U0001f300-\U0001faff] [{INVISIBLE}\U0001f3fb-\U0001f3ff]*   # an emoji
           | \(? (?: \d{{1,2}} | [a-z] | [ivx]{{2,4}} ) (?: \) \s* | \. \s+ ) )[ \t]*(?=\S)""",
    re.VERBOSE,
)
_MARKER_START = frozenset(BULLETS + "-–—*+oØ§(0123456789abcdefghijklmnopqrstuvwxyz")
_INLINE_BULLET = re.compile(rf"(?<![ \t])[ \t]++[•●▪‣◦\uf0a7\uf0b7]{FILL}*[ \t]++")
_SOME_BULLET = re.compile("[•●▪\uf0a7\uf0b7]")
_COLUMNS = re.compile(r"\t[ \t]*|(?<=[^ .!?]) {4,}")
_SYMBOL = re.compile(r"(?:(?<=\s)|^)[\ue000-\uf8ff][ \t]*(?=\S|$)", re.MULTILINE)
_UNNAMED = re.compile("[\ue000-\uf8ff]")  # signs of a font's own, which nothing else can show
_HASHES = re.compile(r"(#{1,6})[ \t]+")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1:?$")
_RULE = re.compile(r"[-=_*~#–—.\s]{3,}$")
LONE_BULLETS = frozenset(BULLETS + "-–—*")  # the words stand on the next line
_CONTACT = re.compile(r"@|\d{5}")
_FIRST_WORD = re.compile(r"\S+")
_LABEL = re.compile(r"[A-Z][\w/&' -]{1,30}:(?:\s|$)")
_HIDDEN = f"\u200b{FILL}"  # what stands in the place of markup and of garbled letters
_EDGE = f" \t{_HIDDEN}"

_ENDS = ".!?:;"
_HEADING_LONGEST = 80  # characters; a longer line is a sentence
_WRAP_NARROWEST, _WRAP_WIDEST = 30, 130  # characters at which people and programs wrap lines
_NARROW = 44  # in a run no wider than this, lines that belong apart may be full by chance


@dataclass(slots=True)
class _Line:
    start: int  # of its first visible character, in the source
    end: int
    text: str
    indent: int
    length: int  # in characters that are seen
    marker: int  # characters of bullet or number before the words
    item: bool
    width: int = 0  # of the longest line of its run, where that is a width at which lines are wrapped
    wrapped: bool = False  # its run has several lines that end where there was no more room
    after_blank: bool = False


def marker_length(text: str) -> int:
    """How many characters of bullet or number stand before the words of a line; 0 where it is no list item."""
    if text and (text[0] in _MARKER_START or text[0] > "\u25ff"):
        found = _MARKER.match(text)
        return found.end() if found else 0
    return 0


def read_plain(_: str, cleaner: Cleaner) -> None:
    """Add the blocks of a plain text to its `cleaner`."""
    lines = _lines(cleaner.plain)
    index = 0
    while index < len(lines):
        line = lines[index]
        last = index
        while last + 1 < len(lines) and _continues(lines[last], lines[last + 1]):
            last += 1
        if line.item:
            _close_item(cleaner, line, lines[last].end)
        elif last > index:
            cleaner.add(line.start, lines[last].end)
            cleaner.close("paragraph")
        else:
            before = lines[index - 1] if index else None
            after = lines[index + 1] if index + 1 < len(lines) else None
            _close_line(cleaner, before, line, after)
        index = last + 1


def whole_lines(text: str) -> str:
    """A text without what a layout made of it: lines that it broke are whole, a bullet stands before its words."""
    text = _UNNAMED.sub("", _SYMBOL.sub("• ", text))
    plain = same_length(mended(text))
    lines = _lines(plain)
    parts: list[str] = []
    done = 0
    for number, following in enumerate(lines):
        line = lines[number - 1] if number else None
        start, end, gap = line.end if line else 0, following.start, "\n" if line else ""
        if line and _continues(line, following):
            broken = BROKEN.search(plain, start - 2, end + 4)
            gap = " "
            if broken:
                start, gap = broken.start(), joined(plain, broken)
        elif following.item and not following.marker:
            gap += "• "
        else:
            continue
        parts += (text[done:start], gap)
        done = end
    return "".join((*parts, text[done:]))


def _lines(plain: str) -> list[_Line]:
    lines: list[_Line] = []
    run = 0  # first line of the present run
    position = 0
    blank = True
    bullet_above = False
    hidden = any(each in plain for each in _HIDDEN)
    for raw in plain.split("\n"):
        text = raw.strip(_EDGE)
        if len(text) == 1 and text in LONE_BULLETS:
            bullet_above = True
        elif text:
            indent = raw.index(text[0])
            start = position + indent
            marker = marker_length(text)
            is_item = bullet_above or marker > 0
            length = len(text) - (sum(map(text.count, _HIDDEN)) if hidden else 0)
            end = start + len(text)
            while hidden and plain.startswith(FILL, end):  # it belongs to the last letter
                end += 1
            lines.append(_Line(start, end, text, indent, length, marker, is_item, after_blank=blank))
            blank = bullet_above = False
        else:
            run = _set_width(lines, run)
            blank = True
        position += len(raw) + 1
    _set_width(lines, run)
    return lines


def _set_width(lines: list[_Line], run: int) -> int:
    """Note how wide the last run of lines is and whether it looks wrapped; return where the next run begins."""
    if len(lines) - run > 1:
        width = max(line.indent + line.length for line in lines[run:])
        if _WRAP_NARROWEST <= width <= _WRAP_WIDEST:
            for line in lines[run:]:
                line.width = width
            full = [following for line, following in pairwise(lines[run:]) if _is_full(line, following)]
            # The longest line of any list is full; several in one run are no accident.
            wrapped = len(full) > 1 and 2 * len(full) >= len(lines) - run - 1
            if width <= _NARROW:  # running text goes on in the middle of a sentence; an address or a list does not
                wrapped = wrapped and 2 * sum(line.text[0].islower() for line in full) >= len(full)
            for line in lines[run:]:
                line.wrapped = wrapped
    return len(lines)


def _is_full(line: _Line, following: _Line) -> bool:
    """Whether the first word of the line below would not have fitted on a line."""
    word = _FIRST_WORD.match(following.text)
    return word is not None and line.indent + line.length + 1 + word.end() >= line.width


def _continues(line: _Line, following: _Line) -> bool:
    """Whether `following` is the rest of a line that was wrapped."""
    if following.after_blank or following.item:
        return False
    text, rest = line.text, following.text
    if BROKEN.match(f"{text[-2:]}\n{rest[:4]}"):
        return True
    if not line.width or not _is_full(line, following):
        return False  # somebody ended the line on purpose
    if _COLUMNS.search(text) or _COLUMNS.search(rest) or _HASHES.match(text) or _RULE.match(rest) or text.isupper():
        return False
    if line.width <= _NARROW and _LABEL.match(rest):
        return False
    if line.item and following.indent > line.indent:
        return True
    if text[-1] in _ENDS:
        return line.wrapped and text[-1] not in ":;"
    return rest[0].islower() or text[-1] in ",-&/" or line.wrapped


def _close_item(cleaner: Cleaner, line: _Line, end: int) -> None:
    depth = 1 + min(line.indent // 2, 5)
    start = line.start + line.marker
    for split in _INLINE_BULLET.finditer(cleaner.plain, start, end):
        cleaner.add(start, split.start())
        cleaner.close("item", depth)
        start = split.end()
    cleaner.add(start, end)
    cleaner.close("item", depth)


def _close_line(cleaner: Cleaner, before: _Line | None, line: _Line, after: _Line | None) -> None:
    """One line that is a block of its own, or several cells."""
    start, text = line.start, line.text
    if text[0] in "-=_*~#–—." and _RULE.match(text):
        if not line.after_blank and cleaner.blocks:
            cleaner.after[len(cleaner.blocks) - 1] = (line.end, "")
        return
    hashes = _HASHES.match(text) if text[0] == "#" else None
    if hashes:
        bare = text.rstrip("# \t")
        end = line.end if bare == text else start + max(hashes.end(), len(bare))
        cleaner.add(start + hashes.end(), end)
        cleaner.close("heading", len(hashes[1]))
        return
    bold = _BOLD.match(text) if text[0] in "*_" else None
    if bold and len(text) <= _HEADING_LONGEST:
        cleaner.add(start + bold.start(2), start + bold.end(2))
        cleaner.close("heading", 2)
        return
    if ("\t" in text or "    " in text) and _split(cleaner, line, _COLUMNS, "cell", 0):
        return
    if _SOME_BULLET.search(text) and _split(cleaner, line, _INLINE_BULLET, "item", 1):
        return
    cleaner.add(start, line.end)
    if _is_heading(before, line, after):
        cleaner.close("heading", 2 if before else 1)
    else:
        cleaner.close("paragraph")


def _split(cleaner: Cleaner, line: _Line, pattern: re.Pattern[str], kind: str, level: int) -> bool:
    start = line.start
    for match in pattern.finditer(line.text):
        cleaner.add(start, line.start + match.start())
        # What stands before the first inline bullet introduces the list.
        first = kind == "item" and start == line.start
        cleaner.close("paragraph" if first else kind, 0 if first else level)
        start = line.start + match.end()
    if start == line.start:
        return False
    cleaner.add(start, line.end)
    cleaner.close(kind, level)
    return True


def _is_heading(before: _Line | None, line: _Line, after: _Line | None) -> bool:
    text = line.text
    if after is None or len(text) > _HEADING_LONGEST or text[-1] in ".,;" or text.count(" ") > 9:
        return False
    if looks_like_heading(text):
        return True
    if _RULE.match(after.text) and not after.after_blank:
        return True
    if len(text) > 60 or text[0].islower() or ": " in text or text[-1] == "!" or _CONTACT.search(text):
        return False
    apart = line.after_blank or before is None or before.item or before.text[-1] in ".!?"
    leads = before is None or after.item or len(after.text) > 60 or after.text[-1] in ".:"
    return apart and leads
