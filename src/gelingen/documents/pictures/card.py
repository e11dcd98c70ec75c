"""A card that other services show beside a link somebody shared: a PNG of 1200 by 630 pixels."""

from collections.abc import Sequence

from gelingen.documents.fonts import text_width
from gelingen.documents.pictures.drawing import drawing, shortened, words
from gelingen.documents.raster import as_png

# What such services ask for; other sizes are cut.
WIDTH, HEIGHT = 1200, 630
_GROUND, _BRIGHT, _SOFT, _MARK = "#1d1f33", "#ffffff", "#dfe1ea", "#7f9be0"
_LEFT, _ROOM = 90, 1020
_TITLE, _LINES = 72, 3


def card(above: str, title: str, below: Sequence[str]) -> bytes:
    """Draw a card.

    Args:
        above: one short line over the title.
        title: at most three lines; what is longer is cut.
        below: lines under the title; two have room beside a title of three lines.

    Returns:
        A PNG; the same words give the same bytes.

    """
    lines = _wrapped(title)
    top = 330 - 40 * (len(lines) - 1)
    shapes = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_GROUND}"/>'
    shapes += f'<rect x="{_LEFT}" y="{top - 150}" width="96" height="10" fill="{_MARK}"/>'
    shapes += words(_LEFT, top - 85, shortened(above, _ROOM, 34), size=34, color=_SOFT)
    for number, line in enumerate(lines):
        at = top + number * _TITLE * 1.15
        shapes += words(_LEFT, at, line, size=_TITLE, color=_BRIGHT, bold=True)
    under = top + (len(lines) - 1) * _TITLE * 1.15 + 90
    for number, line in enumerate(below):
        said = shortened(line, _ROOM, 34)
        shapes += words(_LEFT, under + number * 50, said, size=34, color=_SOFT)
    return as_png(drawing(HEIGHT, shapes, width=WIDTH))


def _wrapped(title: str) -> list[str]:
    lines: list[str] = []
    for word in title.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, _TITLE, bold=True) <= _ROOM:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = lines[:_LINES]
    if len(lines) > _LINES:
        kept[-1] = f"{kept[-1]} …"
    return [shortened(line, _ROOM, _TITLE, bold=True) for line in kept]
