"""Lying bars: one a line, as long as its share, with the range that few answers leave open."""

from collections.abc import Sequence
from dataclasses import dataclass

from gelingen.documents.fonts import text_width
from gelingen.documents.model import Picture
from gelingen.documents.pictures.drawing import (
    INK,
    LINE,
    MUTED,
    SMALL,
    WIDTH,
    box,
    drawing,
    line,
    words,
    wrapped,
)

_NAME, _VALUE, _GAP, _ROW, _BAR = 250, 130, 10, 34, 14
_LINES = 2  # of a name
_BELOW = 20


@dataclass(frozen=True, slots=True)
class Lying:
    """One bar.

    Attributes:
        label: what it stands for.
        part: how long it is, 0 to 1; None: nothing is shown.
        said: what stands behind it, "12 von 30" or why nothing is shown.
        low: where the range begins, 0 to 1; None: no range.
        high: where it ends.

    """

    label: str
    part: float | None
    said: str
    low: float | None = None
    high: float | None = None


def lying(
    bars: Sequence[Lying],
    *,
    title: str,
    alt: str,
    ends: tuple[str, str],
    records: tuple[str, ...] = (),
) -> Picture:
    """Draw lying bars below each other; whoever calls prints the same values as a table.

    Args:
        bars: from top to bottom.
        title: what the caption says.
        alt: what the picture shows, for those who do not see it.
        ends: what stands below the scale on the left and on the right.
        records: keys of the records behind it.

    """
    left, right = _NAME + _GAP, WIDTH - _VALUE - _GAP
    foot = 6 + _ROW * len(bars)
    shapes = "".join(
        line(x, 4, x, foot, color=INK if x == left else LINE)
        for x in (left, (left + right) / 2, right)
    )
    for place, one in enumerate(bars):
        shapes += _bar(one, 6 + place * _ROW, left, right - left)
    shapes += words(left, foot + 14, ends[0], size=SMALL, color=MUTED)
    shapes += words(right, foot + 14, ends[1], size=SMALL, color=MUTED, anchor="end")
    return Picture(drawing(foot + _BELOW, shapes), title, alt, records=records)


def _bar(one: Lying, top: float, left: float, width: float) -> str:
    middle = top + _ROW / 2
    rows = wrapped(one.label, _NAME, most=_LINES)
    shapes = "".join(
        words(0, middle + 4 + (at - (len(rows) - 1) / 2) * 14, row) for at, row in enumerate(rows)
    )
    shapes += words(left + width + _GAP, middle + 4, one.said, size=_size(one.said))
    if one.part is None:
        return shapes + line(left, middle, left + width, middle, color=MUTED, dash="2 5")
    if one.part:
        shapes += box(left, middle - _BAR / 2, one.part * width, _BAR, "secured")
    if one.low is not None and one.high is not None:
        ends = (left + one.low * width, left + one.high * width)
        y = middle + _BAR / 2 + 4
        shapes += line(ends[0], y, ends[1], y, color=INK, width=1.4)
        shapes += "".join(line(x, y - 3, x, y + 3, color=INK, width=1.4) for x in ends)
    return shapes


def _size(text: str) -> float:
    return SMALL if text_width(text, SMALL) <= _VALUE else SMALL - 2
