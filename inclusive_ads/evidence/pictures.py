"""Graded groups as a small accessible picture (SVG) and as a plain table: what the shapes show is said in words too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from inclusive_ads.evidence.sentences import percent
from inclusive_ads.evidence.values import GradedGroup

_WIDTH, _LEFT, _BAR, _ROW = 720, 260, 240, 46
_LEAST_TOP = 0.05  # of the scale: small shares must not fill the picture
_LEGEND = "Bar: share of the staff known. Dashed line: comparator. In brackets: evidence of under-representation."
_HIDDEN = {"small": "fewer than 5", "withheld": "not shown"}


def picture(groups: Iterable[GradedGroup], *, title: str = "Share by grade, and the comparator") -> str:
    """The grades as bars with a mark for the comparator: an ``<svg>`` element to stand in a page.

    Every bar has its number and result beside it as text, a hidden number has no bar at all, and the whole is told
    again in words in ``<desc>``; colour alone means nothing. All text is escaped.
    """
    shown = list(groups)
    top = max([_LEAST_TOP, *(value for graded in shown for value in (graded.share, graded.comparator_share) if value)])
    height = 60 + _ROW * max(1, len(shown))
    words = " ".join(graded.sentence for graded in shown) or "There are no figures."
    name = escape(_plain(title), quote=True)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" '
        f'font-family="sans-serif" font-size="14">',
        f"<title>{name}</title><desc>{escape(_plain(words), quote=True)}</desc>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="8" y="22" font-weight="bold" fill="#0b0c0c">{name}</text>',
    ]
    parts.append(f'<text x="8" y="42" font-size="12" fill="#0b0c0c">{_LEGEND}</text>')
    for number, graded in enumerate(shown):
        parts += _bar(graded, 56 + number * _ROW, _BAR / top)
    if not shown:
        parts.append('<text x="8" y="76" fill="#0b0c0c">There are no figures.</text>')
    return "".join([*parts, "</svg>"])


def _bar(graded: GradedGroup, top: int, scale: float) -> list[str]:
    place = ", ".join(part for part in (graded.grade, graded.role) if part)
    parts = [
        f'<text x="8" y="{top + 16}" fill="#0b0c0c">{_short(place)}</text>',
        f'<text x="8" y="{top + 34}" font-size="12" fill="#0b0c0c">{_short(graded.phrase)}</text>',
    ]
    if graded.share is not None:
        parts.append(f'<rect x="{_LEFT}" y="{top + 6}" width="{graded.share * scale:.0f}" height="18" fill="#1d70b8"/>')
    value = percent(graded.share) if graded.share is not None else _HIDDEN[graded.hidden]
    against = ""
    if graded.comparator_share is not None:
        x = _LEFT + graded.comparator_share * scale
        parts.append(f'<path d="M{x:.0f} {top + 2}v26" stroke="#0b0c0c" stroke-width="3" stroke-dasharray="5 2"/>')
        against = f"; comparator {percent(graded.comparator_share)}"
    label = escape(f"{value} ({graded.level}){against}", quote=True)
    parts.append(f'<text x="{_LEFT + _BAR + 8}" y="{top + 20}" font-size="12" fill="#0b0c0c">{label}</text>')
    return parts


def table(groups: Sequence[GradedGroup]) -> str:
    """Graded groups as lines of text with aligned columns, for a terminal or a screen reader."""
    head = ("Grade", "Role", "Group", "Share", "Comparator", "Result")
    rows = [
        (
            graded.grade,
            graded.role or "all roles",
            graded.phrase,
            percent(graded.share) if graded.share is not None else _HIDDEN[graded.hidden],
            f"{percent(graded.comparator_share)} ({graded.comparator})"
            if graded.comparator_share is not None
            else "none",
            graded.level.value,
        )
        for graded in groups
    ]
    lines = [tuple(_plain(text) for text in row) for row in (head, *rows)]
    widths = [max(len(row[column]) for row in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in lines
    )


def _short(text: str, most: int = 42) -> str:
    plain = _plain(text)
    return escape(plain if len(plain) <= most else plain[: most - 1] + "…", quote=True)


def _plain(text: str) -> str:
    """Text without control characters, which neither XML nor a terminal should get."""
    return "".join(char if char.isprintable() else " " for char in text)
