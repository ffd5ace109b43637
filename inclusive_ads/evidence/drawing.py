"""Rows as a small accessible picture (SVG) and as a plain table: what the shapes show is said in words too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _LEFT, _BAR, _ROW = 720, 260, 240, 46
_LEAST_TOP = 0.05  # of the scale: small shares must not fill the picture
_NAME, _ABOUT = 34, 42  # characters that fit left of the bars
_NOTHING = "There are no figures."


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One row of a picture.

    Attributes:
        name, about: what it is of: two lines of text.
        labels: what stands beside it: its number and its result, one line or two.
        share: its length, 0 to 1; None draws no bar at all.
        mark: where a dashed line stands, 0 to 1, or None.
        pale: whether the bar is drawn as an outline.
    """

    name: str
    about: str
    labels: tuple[str, ...]
    share: float | None
    mark: float | None = None
    pale: bool = False


def draw(bars: Sequence[Bar], *, title: str, legend: str, words: str) -> str:
    """An ``<svg>`` element to stand in a page.

    Every bar has its number and result beside it as text, and the whole is told again in `words`; colour alone means
    nothing. All text is escaped.
    """
    top = max([_LEAST_TOP, *(value for bar in bars for value in (bar.share, bar.mark) if value)])
    height = 60 + _ROW * max(1, len(bars))
    name = _escaped(title)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" '
        f'font-family="sans-serif" font-size="14">',
        f"<title>{name}</title><desc>{_escaped(words or _NOTHING)}</desc>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="8" y="22" font-weight="bold" fill="#0b0c0c">{name}</text>',
        f'<text x="8" y="42" font-size="12" fill="#0b0c0c">{_escaped(legend)}</text>',
    ]
    for number, bar in enumerate(bars):
        parts += _row(bar, 56 + number * _ROW, _BAR / top)
    if not bars:
        parts.append(f'<text x="8" y="76" fill="#0b0c0c">{_NOTHING}</text>')
    return "".join([*parts, "</svg>"])


def _row(bar: Bar, top: int, scale: float) -> list[str]:
    parts = [
        f'<text x="8" y="{top + 16}" fill="#0b0c0c">{_short(bar.name, _NAME)}</text>',
        f'<text x="8" y="{top + 34}" font-size="12" fill="#0b0c0c">{_short(bar.about, _ABOUT)}</text>',
    ]
    if bar.share is not None:
        paint = 'fill="#ffffff" stroke="#1d70b8" stroke-width="2"' if bar.pale else 'fill="#1d70b8"'
        parts.append(f'<rect x="{_LEFT}" y="{top + 6}" width="{bar.share * scale:.0f}" height="18" {paint}/>')
    if bar.mark is not None:
        x = _LEFT + bar.mark * scale
        parts.append(f'<path d="M{x:.0f} {top + 2}v26" stroke="#0b0c0c" stroke-width="3" stroke-dasharray="5 2"/>')
    first = top + (20 if len(bar.labels) == 1 else 13)
    for number, label in enumerate(bar.labels):
        place = f'x="{_LEFT + _BAR + 8}" y="{first + 15 * number}"'
        parts.append(f'<text {place} font-size="12" fill="#0b0c0c">{_escaped(label)}</text>')
    return parts


def columns(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows as lines of text with aligned columns, for a terminal or a screen reader."""
    lines = [tuple(plain(text) for text in row) for row in (head, *rows)]
    widths = [max(len(row[column]) for row in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in lines
    )


def _short(text: str, most: int) -> str:
    clear = plain(text)
    return escape(clear if len(clear) <= most else clear[: most - 1] + "…", quote=True)


def _escaped(text: str) -> str:
    return escape(plain(text), quote=True)


def plain(text: str) -> str:
    """Text without control characters, which neither XML nor a terminal should get."""
    return "".join(char if char.isprintable() else " " for char in text)
