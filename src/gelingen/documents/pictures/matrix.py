"""A matrix of topics and groups: how each cell is served now and at the horizon."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gelingen.documents.model import Picture, Table
from gelingen.documents.pictures.drawing import (
    CAUTION,
    GOOD,
    INFO,
    LINE,
    MISSING,
    MUTED,
    PAPER,
    SMALL,
    WIDTH,
    drawing,
    words,
    wrapped,
)

_NAMES, _HALF, _HEAD = 132, 21, 66


@dataclass(frozen=True, slots=True)
class State:
    """How a cell is served: the word, its colours and its shape."""

    word: str
    color: str
    fill: str
    shape: str


STATES = {
    "covered": State("gedeckt", GOOD, "#e6f7f1", "full"),
    "ending": State("endet", CAUTION, "#fff3dc", "half"),
    "capacity": State("zu klein", CAUTION, "#fff3dc", "low"),
    "gap": State("Lücke", MISSING, "#fef0ee", "ring"),
    "several": State("mehrfach", INFO, "#eefaff", "double"),
    "not_known": State("unklar", MUTED, PAPER, "dotted"),
    "unknown_funding": State("Geld unklar", MUTED, "#f3f4f7", "dotted"),
    "no_demand": State("–", MUTED, PAPER, "none"),
}


def matrix(  # noqa: PLR0913  (what a matrix shows)
    rows: Sequence[tuple[str, str]],
    columns: Sequence[tuple[str, str]],
    cells: Mapping[tuple[str, str], tuple[str, str]],
    *,
    title: str,
    halves: tuple[str, str],
    records: tuple[str, ...] = (),
) -> Picture:
    """Draw a matrix; a cell that stays as it is has one half only.

    Args:
        rows: key and name of each row.
        columns: key and name of each column, at most nine fit the width.
        cells: by keys of row and column the states now and later; missing cells have no need.
        title: what the caption says.
        halves: what the upper and the lower half stand for, for example two days.
        records: keys of the records behind it.

    """
    wide = (WIDTH - _NAMES) / max(len(columns), 1)
    height = _HEAD + len(rows) * (2 * _HALF + 4) + 26
    shapes = "".join(
        words(_NAMES + number * wide + 3, 14 + 13 * at, row, size=SMALL, bold=True)
        for number, (_, name) in enumerate(columns)
        for at, row in enumerate(wrapped(name, wide - 6, SMALL, most=4))
    )
    for number, (row, name) in enumerate(rows):
        y = _HEAD + number * (2 * _HALF + 4)
        for at, text in enumerate(wrapped(name, _NAMES - 8, SMALL)):
            shapes += words(2, y + 13 + 13 * at, text, size=SMALL, bold=True)
        for place, (column, _) in enumerate(columns):
            now, later = cells.get((row, column), ("no_demand", "no_demand"))
            shapes += _cell(_NAMES + place * wide, y, wide - 3, now, later)
    note = f"Obere Hälfte: {halves[0]}. Untere Hälfte: {halves[1]}."
    shapes += words(2, height - 8, note, size=SMALL, color=MUTED)
    return Picture(
        drawing(height, shapes),
        title,
        f"Matrix aus {len(rows)} Zeilen und {len(columns)} Spalten mit dem Zustand jeder Zelle. "
        + note,
        table=_table(rows, columns, cells, title, halves),
        records=records,
    )


def _cell(x: float, y: float, wide: float, now: str, later: str) -> str:
    if now == later:
        return _half(x, y, wide, 2 * _HALF, now)
    return _half(x, y, wide, _HALF - 0.5, now) + _half(x, y + _HALF + 0.5, wide, _HALF - 0.5, later)


def _half(x: float, y: float, wide: float, high: float, key: str) -> str:
    state = STATES[key]
    dash = ' stroke-dasharray="3 3"' if state.shape == "dotted" else ""
    edge = LINE if state.shape in ("full", "none") else state.color
    middle = y + high / 2
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="{state.fill}" '
        f'stroke="{edge}"{dash}/>'
        + _sign(x + 9, middle, state)
        + words(
            x + (18 if state.shape != "none" else wide / 2 - 3),
            middle + 4,
            state.word,
            size=SMALL,
            color=state.color,
            bold=state.shape == "ring",
        )
    )


def _sign(x: float, y: float, state: State) -> str:
    """Draw the sign of a state: each has its own shape."""
    color = state.color
    bow = f'<path d="M{x - 4.5:.1f} {y:.1f}a4.5 4.5 0 0 0 9 0z" fill="{color}"/>'
    dash = f'<path d="M{x - 3:.1f} {y + 2.5:.1f}h6" stroke="{color}" stroke-width="2"/>'
    signs = {
        "full": f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{color}"/>',
        "half": _ring(x, y, color) + bow,
        "low": _ring(x, y, color) + dash,
        "ring": _ring(x, y, color, width=2, dash="4 2.4"),
        "dotted": _ring(x, y, color, dash="1.4 1.8"),
        "double": _ring(x - 2, y, color, radius=3.4) + _ring(x + 3, y, color, radius=3.4),
    }
    return signs.get(state.shape, "")


def _ring(  # noqa: PLR0913  (where it is and how it looks)
    x: float, y: float, color: str, *, radius: float = 4.5, width: float = 1.4, dash: str = ""
) -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="none" stroke="{color}" '
        f'stroke-width="{width:g}"{dashed}/>'
    )


def _table(
    rows: Sequence[tuple[str, str]],
    columns: Sequence[tuple[str, str]],
    cells: Mapping[tuple[str, str], tuple[str, str]],
    title: str,
    halves: tuple[str, str],
) -> Table:
    lines = tuple(
        (row_name, column_name, STATES[states[0]].word, STATES[states[1]].word)
        for row, row_name in rows
        for column, column_name in columns
        if (states := cells.get((row, column)))
    )
    return Table(
        title, ("Zeile", "Spalte", halves[0], halves[1]), lines, widths=(4, 4, 2, 2), frame=True
    )
