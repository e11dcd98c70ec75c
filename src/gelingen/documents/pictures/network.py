"""Who works with whom: places are given, so that the same network always looks the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from gelingen.documents.fonts import text_width
from gelingen.documents.model import Picture, Table
from gelingen.documents.pictures.drawing import (
    INK,
    LINE,
    MONEY,
    MUTED,
    PAPER,
    SMALL,
    WIDTH,
    drawing,
    line,
    shortened,
    words,
)

_HEIGHT, _EDGE, _SIZE = 560, 60, 9.5
_LABEL = 118  # widest label in pixels
_SHAPES = ("circle", "square", "diamond", "triangle", "ring")


@dataclass(frozen=True, slots=True)
class Node:
    """An actor at a place, x and y from 0 to 1; the sector chooses the shape."""

    key: str
    name: str
    sector: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Tie:
    """Two actors who work together; unconfirmed ties are dashed."""

    a: str
    b: str
    confirmed: bool


def network(
    nodes: Sequence[Node], ties: Sequence[Tie], *, title: str, records: tuple[str, ...] = ()
) -> Picture:
    """Draw actors and their ties; names stand where they hide no other name, else in the table.

    Args:
        nodes: actors, the most important first: their names are placed first.
        ties: pairs of keys of nodes.
        title: what the caption says.
        records: keys of the records behind it.

    """
    places = {node.key: _place(node) for node in nodes}
    shapes = "".join(_tie(tie, places) for tie in ties)
    sectors = sorted({node.sector for node in nodes})
    shape_of = {name: _SHAPES[at % len(_SHAPES)] for at, name in enumerate(sectors[:5])}
    shapes += "".join(_sign(*places[n.key], shape_of.get(n.sector, "ring")) for n in nodes)
    shapes += _names(nodes, places)
    shapes += _key(sectors, shape_of)
    confirmed = sum(tie.confirmed for tie in ties)
    names = {node.key: node.name for node in nodes}
    rows = tuple(
        (names[tie.a], names[tie.b], "bestätigt" if tie.confirmed else "einseitig genannt")
        for tie in ties
    )
    return Picture(
        drawing(_HEIGHT + 58, shapes),
        title,
        f"Netz aus {len(nodes)} Organisationen und {len(ties)} Verbindungen, davon {confirmed} "
        "bestätigt (durchgezogen), die übrigen gestrichelt.",
        table=Table(title, ("Organisation", "arbeitet zusammen mit", "Angabe"), rows,
                    widths=(4, 4, 2), records=records, frame=not records),
        records=records,
    )  # fmt: skip


def _place(node: Node) -> tuple[float, float]:
    return (
        _EDGE + node.x * (WIDTH - 2 * _EDGE),
        24 + node.y * (_HEIGHT - 48),
    )


def _tie(tie: Tie, places: dict[str, tuple[float, float]]) -> str:
    (x1, y1), (x2, y2) = places[tie.a], places[tie.b]
    color, dash = (MUTED, "") if tie.confirmed else (LINE, "5 3")
    return line(x1, y1, x2, y2, color=color, width=1.2, dash=dash)


def _sign(x: float, y: float, shape: str) -> str:
    match shape:
        case "circle":
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{MONEY}"/>'
        case "square":
            return (
                f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="{PAPER}" '
                f'stroke="{INK}" stroke-width="2"/>'
            )
        case "diamond":
            return f'<path d="M{x:.1f} {y - 6:.1f}l6 6-6 6-6-6z" fill="{INK}"/>'
        case "triangle":
            return f'<path d="M{x:.1f} {y - 6:.1f}l6 10h-12z" fill="{MONEY}"/>'
        case _:
            return (
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{PAPER}" stroke="{MONEY}" '
                'stroke-width="2"/>'
            )


def _names(nodes: Sequence[Node], places: dict[str, tuple[float, float]]) -> str:
    """Place each name right, left, above or below its sign, where it is free; else leave it out."""
    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in places.values()]
    shapes = ""
    for node in nodes:
        x, y = places[node.key]
        text = shortened(node.name, _LABEL, _SIZE)
        wide = text_width(text, _SIZE)
        spots = (
            (x + 8, y + 3.5, "start"),
            (x - 8, y + 3.5, "end"),
            (x, y - 9, "middle"),
            (x, y + 17, "middle"),
        )
        for left, base, anchor in spots:
            begin = left - {"start": 0.0, "end": wide, "middle": wide / 2}[anchor]
            frame = (begin, base - 9, begin + wide, base + 3)
            if begin >= 0 and begin + wide <= WIDTH and not any(_meet(frame, t) for t in taken):
                taken.append(frame)
                shapes += words(left, base, text, size=_SIZE, anchor=anchor)
                break
    return shapes


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _key(sectors: Sequence[str], shape_of: dict[str, str]) -> str:
    x, y, shapes = 12.0, _HEIGHT + 22.0, ""
    for name, shape in shape_of.items():
        wide = 10 + text_width(name, SMALL)
        if x > _EDGE and x + wide > WIDTH:
            x, y = 12.0, y + 18
        shapes += _sign(x, y, shape) + words(x + 10, y + 4, name, size=SMALL)
        x += wide + 18
    if len(sectors) > len(shape_of):
        shapes += words(x, y + 4, "übrige: Ring", size=SMALL, color=MUTED)
    return shapes
