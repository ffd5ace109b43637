"""Markdown: its marks are not part of the clean text, its line ends inside a paragraph are spaces."""

from __future__ import annotations

import re

from inclusive_ads.text.readers.cleaning import VISIBLE, Cleaner, looks_like_heading
from inclusive_ads.text.readers.html import ENTITY, decode_entity
from inclusive_ads.text.readers.plain import marker_length

_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
_HASHES = re.compile(r"[ \t]{0,3}(#{1,6})(?:[ \t]+|$)")
_UNDERLINE = re.compile(r"[ \t]{0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r"[ \t]{0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_ITEM = re.compile(r"([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_FENCE = re.compile(r"[ \t]*(```+|~~~+)[^`]*$")
_DEFINITION = re.compile(r"[ \t]{0,3}\[[^\]]+\]:[ \t]*\S+")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-*+:?[ \t]*+)+$")
_BAR = re.compile(r"(?<!\\)\|")
_INDENT = re.compile(r"[ \t]*")
_BOLD_LINE = re.compile(r"(\*\*|__)[^*_]+\1:?$")

_INLINE = re.compile(
    rf"""\\(?P<escaped>[!-/:-@\[-`{{-~])
       | (?P<entity>{ENTITY.pattern})
       | (?P<open>!?\[)
       | (?P<close>\](?:\((?:[^()\s\\]|\\.|\([^()\s]*\))*+(?:\s+(?:"[^"]*"|'[^']*'))?\)|\[[^\]\[]*\]))
       | <(?P<link>(?:https?://|mailto:)[^<>\s]*)>
       | (?P<tag></?[a-zA-Z][^<>]*>)
       | (?P<mark>`+|\*+|_+|~~)""",
    re.VERBOSE,
)
_SPECIAL = re.compile(r"[\\`*_\[\]<|]|~~|&(?=[#\w]+;)")
_SPECIAL_START = re.compile(r"(?=[#>+-])|(?<=^\d)(?=[.)])|(?<=^\d\d)(?=[.)])")


def quote_markdown(text: str) -> str:
    """`text` with a backslash before what would be a mark."""
    return _SPECIAL.sub(lambda match: "\\" + match[0], text)


def quote_markdown_paragraph(text: str) -> str:
    """`text` as `quote_markdown`, and so that it does not begin a heading, list or quotation."""
    return (
        _SPECIAL_START.sub(r"\\", quote_markdown(text), count=1)
        if text[:1] in "#>+-0123456789"
        else quote_markdown(text)
    )


def read_markdown(_: str, cleaner: Cleaner) -> None:
    """Add the blocks of a Markdown text to its `cleaner`."""
    _Reader(cleaner).read()


class _Reader:
    def __init__(self, cleaner: Cleaner) -> None:
        self.cleaner = cleaner
        self._hide_comments()
        self.lines: list[tuple[int, int]] = []
        position = 0
        for line in cleaner.plain.split("\n"):
            self.lines.append((position, position + len(line)))
            position += len(line) + 1
        self.kind, self.level = "paragraph", 0
        self.words = 0  # where the words of the last line of the open block begin
        self.end = 0  # of the last line of the open block

    def read(self) -> None:
        number = 0
        while number < len(self.lines):
            number = self._line(number)
        self._close()

    def _hide_comments(self) -> None:
        plain = self.cleaner.plain
        comments = []
        start = plain.find("<!--")
        while start >= 0 and (end := plain.find("-->", start + 4)) >= 0:
            comments.append((start, end + 3))
            start = plain.find("<!--", end + 3)
        self.cleaner.hide(comments)

    def _line(self, number: int) -> int:
        """Take in the line (or the table or comment that begins there); return the next line's number."""
        plain = self.cleaner.plain
        start, end = self.lines[number]
        quote = _QUOTE.match(plain, start, end)
        start = quote.end() if quote else start
        line = plain[start:end]
        if not VISIBLE.search(line):
            self._close()
        elif self.cleaner.open and self.kind == "paragraph" and (under := _UNDERLINE.match(line)):
            self._close("heading", 1 if under[1][0] == "=" else 2)
            self.cleaner.after[len(self.cleaner.blocks) - 1] = (end, "")
        elif _RULE.match(line) or _FENCE.match(line) or _DEFINITION.match(line):
            self._close()
        elif hashes := _HASHES.match(line):
            self._close()
            bare = line.rstrip()
            shorter = bare.rstrip("#")
            self.end = end
            closing = len(shorter) <= hashes.end() or shorter[-1].isspace()
            self._inline(start + hashes.end(), start + len(shorter if closing else bare))
            self._close("heading", len(hashes[1]))
        elif "|" in line and number + 1 < len(self.lines) and self._is_table_rule(number + 1):
            self._close()
            return self._table(number)
        else:
            self._prose(line, start, end)
        return number + 1

    def _prose(self, line: str, start: int, end: int) -> None:
        item = _ITEM.match(line)
        indent = _INDENT.match(line)
        width = len(indent[0]) if indent else 0
        bullet = 0 if item else marker_length(line[width:])
        if item or bullet:
            self._close()
            self.kind, self.level = "item", 1 + min(width // 2, 5)
            start += item.end() if item else width + bullet
        else:
            if self.cleaner.open:
                self.cleaner.add(self.end, self.end + 1)  # the line end, a space
            start += width
        self.words = start
        hard = line.endswith(("  ", "\\"))
        self._inline(start, end - line.endswith("\\"))
        self.end = end
        if hard:
            self._close()

    def _is_table_rule(self, number: int) -> bool:
        start, end = self.lines[number]
        return _TABLE_RULE.match(self.cleaner.plain, start, end) is not None

    def _table(self, number: int) -> int:
        plain = self.cleaner.plain
        first = len(self.cleaner.blocks)
        rule = number + 1
        while number < len(self.lines):
            start, end = self.lines[number]
            if not plain[start:end].strip() or "|" not in plain[start:end]:
                break
            if number != rule:
                for bar in _BAR.finditer(plain, start, end):
                    self._inline(start, bar.start())
                    self._close("cell")
                    start = bar.end()
                self._inline(start, end)
                self._close("cell")
            number += 1
        for block in range(first, len(self.cleaner.blocks)):
            self.cleaner.after[block] = (self.lines[number - 1][1], "")
        return number

    def _close(self, kind: str | None = None, level: int = 0) -> None:
        cleaner = self.cleaner
        if kind is None:
            kind, level = self.kind, self.level
            if kind == "paragraph" and cleaner.open:
                line = cleaner.plain[self.words : self.end].strip()
                if looks_like_heading(cleaner.open_text) or (_BOLD_LINE.match(line) and len(line) <= 80):
                    kind, level = "heading", 3
        if cleaner.open:
            cleaner.after[len(cleaner.blocks)] = (self.end, "")
        cleaner.close(kind, level)
        self.kind, self.level = "paragraph", 0

    def _inline(self, start: int, end: int) -> None:
        """Add the text of one line without its marks."""
        plain, cleaner = self.cleaner.plain, self.cleaner
        found = list(_INLINE.finditer(plain, start, end))
        links = self._links(found)
        position = start
        for match in found:
            name = match.lastgroup
            if match.start() < position or ((name in ("open", "close")) and match.start() not in links):
                continue
            decoded = decode_entity(match[0]) if name == "entity" else None
            if (name == "entity" and decoded is None) or (name == "mark" and not self._is_mark(match, start, end)):
                continue
            cleaner.add(position, match.start())
            position = match.end()
            if name == "open" and match[0][0] == "!":
                cleaner.miss("pictures")
            if name == "escaped":
                cleaner.unit(match.start(), match.end(), match["escaped"])
            elif decoded is not None:
                cleaner.unit(match.start(), match.end(), decoded)
            elif name == "link":
                cleaner.add(match.start("link"), match.end("link"))
            elif name == "tag" and match[0][1:3].lower() == "br":
                cleaner.unit(match.start(), match.end(), " ")
        cleaner.add(position, end)

    @staticmethod
    def _links(found: list[re.Match[str]]) -> frozenset[int]:
        """Where the brackets of links begin; other brackets are text."""
        opened: list[int] = []
        links: list[int] = []
        for match in found:
            if match.lastgroup == "open":
                opened.append(match.start())
            elif match.lastgroup == "close" and opened:
                links += (opened.pop(), match.start())
        return frozenset(links)

    def _is_mark(self, match: re.Match[str], start: int, end: int) -> bool:
        """Whether asterisks, underscores or backticks are marks here and not characters."""
        plain = self.cleaner.plain
        before = plain[match.start() - 1] if match.start() > start else " "
        after = plain[match.end()] if match.end() < end else " "
        if match[0][0] == "_" and before.isalnum() and after.isalnum():
            return False
        return not (before.isspace() and after.isspace())
