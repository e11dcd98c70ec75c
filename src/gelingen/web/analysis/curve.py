"""The course of the gaps as a picture: steps upon each other, one pattern for each kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from gelingen.terms.vocabulary import GapType

WIDTH, HIGH, LEFT, TOP, FOOT = 900, 200, 40, 24, 62
LINES = 4
# Shapes inside a square of 8 pixels; colours come from the style sheet.
_PATTERNS = {
    GapType.STRUCTURAL: '<rect width="8" height="8" class="k-fehlt"/>',
    GapType.FUNDING_CLIFF: (
        '<rect width="8" height="8" class="k-fehlt-f"/>'
        '<path d="M-2 10 10 -2M2 14 14 2M-6 6 6 -6" class="k-strich-fehlt"/>'
    ),
    GapType.CAPACITY: (
        '<rect width="8" height="8" class="k-achtung-f"/>'
        '<path d="M0 4H8" class="k-strich-achtung"/>'
    ),
    GapType.ACCESS: (
        '<rect width="8" height="8" class="k-achtung-f"/>'
        '<path d="M4 0V8" class="k-strich-achtung"/>'
    ),
    GapType.UNKNOWN_FUNDING: (
        '<rect width="8" height="8" class="k-grund"/>'
        '<path d="M0 4H8M4 0V8" class="k-strich-leise"/>'
    ),
    GapType.NOT_KNOWN: (
        '<rect width="8" height="8" class="k-grund"/>'
        '<circle cx="2" cy="2" r="1" class="k-punkt"/><circle cx="6" cy="6" r="1" class="k-punkt"/>'
    ),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the course: its name, cells of each kind, and how many losses lie in it."""

    name: str
    counts: tuple[int, ...]
    losses: int


def draw(steps: Sequence[Step], kinds: Sequence[GapType], *, title: str) -> SafeString:
    """Draw steps from left to right; a triangle below a step says that something ends in it.

    Args:
        steps: in order, each with one count for each kind.
        kinds: from bottom to top.
        title: what the picture shows.

    """
    most = max((sum(step.counts) for step in steps), default=0)
    unit = _unit(most)
    top = unit * max(ceil(most / unit), 1)
    wide = (WIDTH - LEFT - 8) / max(len(steps), 1)
    drawn = [_step(step, kinds, LEFT + at * wide, wide, top) for at, step in enumerate(steps)]
    parts = (_grid(unit, top), *drawn, _labels(steps, wide))
    shapes = format_html_join("", "{}", ((part,) for part in parts))
    return format_html(
        '<svg class="g-kurve" width="{}" height="{}" viewBox="0 0 {} {}" role="img" '
        'aria-labelledby="kurve-titel"><title id="kurve-titel">{}</title><defs>{}</defs>{}</svg>',
        WIDTH,
        TOP + HIGH + FOOT,
        WIDTH,
        TOP + HIGH + FOOT,
        title,
        _defs(kinds),
        shapes,
    )


def key(kind: GapType) -> SafeString:
    """Draw the pattern of a kind as a small square, for the legend."""
    return format_html(
        '<svg class="g-kurve" width="28" height="16" aria-hidden="true">'
        '<rect x="1" y="1" width="26" height="14" fill="url(#k-{})" class="k-rand"/></svg>',
        kind.value,
    )


def _unit(most: int) -> int:
    """Give a round step that divides the height into at most about four."""
    return next(unit for unit in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if unit * LINES >= most)


def _defs(kinds: Sequence[GapType]) -> SafeString:
    return format_html_join(
        "",
        '<pattern id="k-{}" width="8" height="8" patternUnits="userSpaceOnUse">{}</pattern>',
        ((kind.value, mark_safe(_PATTERNS[kind])) for kind in kinds),  # noqa: S308 - our own shapes
    )


def _y(value: float, top: int) -> float:
    return round(TOP + HIGH * (1 - value / top), 1)


def _grid(unit: int, top: int) -> SafeString:
    return format_html_join(
        "",
        '<line x1="{}" x2="{}" y1="{}" y2="{}" class="k-gitter"/>'
        '<text x="{}" y="{}" text-anchor="end">{}</text>',
        (
            (LEFT, WIDTH - 8, (y := _y(value, top)), y, LEFT - 6, y + 4, value)
            for value in range(0, top + 1, unit)
        ),
    )


def _step(step: Step, kinds: Sequence[GapType], x: float, wide: float, top: int) -> SafeString:
    shapes, base = mark_safe(""), 0
    for kind, count in zip(kinds, step.counts, strict=True):
        if count:
            upper, lower = _y(base + count, top), _y(base, top)
            shapes += format_html(
                '<rect x="{}" y="{}" width="{}" height="{}" fill="url(#k-{})" class="k-rand"/>',
                round(x, 1),
                upper,
                round(wide, 1),
                round(lower - upper, 1),
                kind.value,
            )
            base += count
    if step.losses:
        middle, y = round(x + wide / 2, 1), TOP + HIGH + 5
        shapes += format_html(
            '<path d="M{} {} l-5 8 h10 z" class="k-ende"/>'
            '<text x="{}" y="{}" text-anchor="middle" class="k-klein">{}</text>',
            middle,
            y,
            middle,
            y + 20,
            step.losses,
        )
    return shapes


def _labels(steps: Sequence[Step], wide: float) -> SafeString:
    """Write a year where it begins; where years are narrow, only every second, third and so on."""
    years = [(at, step.name.partition("/")) for at, step in enumerate(steps)]
    firsts = [(at, year) for at, (quarter, _, year) in years if quarter == "1" or at == 0]
    every = max(ceil(40 / (wide * 4)), 1)
    high = TOP + HIGH + 46
    return format_html_join(
        "",
        '<line x1="{}" x2="{}" y1="{}" y2="{}" class="k-jahr"/><text x="{}" y="{}">{}</text>',
        (
            ((x := round(LEFT + at * wide, 1)), x, TOP + HIGH, TOP + HIGH + 30, x + 3, high, year)
            for at, year in firsts[::every]
        ),
    )
