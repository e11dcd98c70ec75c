"""A matrix of topics and groups: how each cell is served now and at the horizon."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor

from gelingen.documents.fonts import text_width
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

_HALF = 21
_NARROWEST = 82  # pixels of a column that holds the longest word for a state


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
) -> tuple[Picture, ...]:
    """Draw a matrix; a cell that stays as it is has one half only.

    Columns that do not fit the width of a page are shared out evenly to several pictures; a
    picture leaves out the rows that have no cell in its columns.

    Args:
        rows: key and name of each row.
        columns: key and name of each column.
        cells: by keys of row and column the states now and later; missing cells have no need.
        title: what the caption says.
        halves: what the upper and the lower half stand for, for example two days.
        records: keys of the records behind it.

    """
    edge = _names_width([name for _, name in rows])
    parts = _shared_out(columns, floor((WIDTH - edge) / _NARROWEST))
    pictures = []
    for number, part in enumerate(parts, start=1):
        more = f" (Teil {number} von {len(parts)})" if len(parts) > 1 else ""
        shown = [row for row in rows if any((row[0], column) in cells for column, _ in part)]
        svg = _drawn(shown, part, cells, edge, _note(halves))
        pictures.append(
            Picture(
                svg,
                title + more,
                f"Matrix aus {len(shown)} Zeilen und {len(part)} Spalten mit dem Zustand jeder "
                f"Zelle. {_note(halves)}",
                table=_table(shown, part, cells, halves, title=title + more, records=records),
                records=records,
            )
        )
    return tuple(pictures)


def _shared_out(columns: Sequence[tuple[str, str]], most: int) -> list[Sequence[tuple[str, str]]]:
    pictures = ceil(len(columns) / most)
    size, more = divmod(len(columns), pictures) if pictures else (0, 0)
    starts = [at * size + min(at, more) for at in range(pictures + 1)]
    return [columns[start:end] for start, end in pairwise(starts)]


def _names_width(names: Sequence[str]) -> float:
    """Give the names of the rows what their longest word needs, within bounds."""
    longest = max(
        (text_width(word, SMALL, bold=True) for n in names for word in n.split()), default=0
    )
    return min(max(longest + 10, 120), 190)


def _note(halves: tuple[str, str]) -> str:
    return f"Obere Hälfte: {halves[0]}. Untere Hälfte: {halves[1]}."


def _drawn(
    rows: Sequence[tuple[str, str]],
    columns: Sequence[tuple[str, str]],
    cells: Mapping[tuple[str, str], tuple[str, str]],
    edge: float,
    note: str,
) -> str:
    wide = (WIDTH - edge) / max(len(columns), 1)
    heads = [wrapped(name, wide - 6, SMALL, most=4, bold=True) for _, name in columns]
    top = 14 + 13 * max((len(head) for head in heads), default=0)
    shapes = "".join(
        words(edge + number * wide + 3, 14 + 13 * at, text, size=SMALL, bold=True)
        for number, head in enumerate(heads)
        for at, text in enumerate(head)
    )
    for number, (row, name) in enumerate(rows):
        y = top + number * (2 * _HALF + 4)
        for at, text in enumerate(wrapped(name, edge - 8, SMALL, bold=True)):
            shapes += words(2, y + 13 + 13 * at, text, size=SMALL, bold=True)
        for place, (column, _) in enumerate(columns):
            now, later = cells.get((row, column), ("no_demand", "no_demand"))
            shapes += _cell(edge + place * wide, y, wide - 3, now, later)
    height = top + len(rows) * (2 * _HALF + 4) + 26
    return drawing(height, shapes + words(2, height - 8, note, size=SMALL, color=MUTED))


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


def _table(  # noqa: PLR0913  (what the picture shows)
    rows: Sequence[tuple[str, str]],
    columns: Sequence[tuple[str, str]],
    cells: Mapping[tuple[str, str], tuple[str, str]],
    halves: tuple[str, str],
    *,
    title: str,
    records: tuple[str, ...],
) -> Table:
    lines = tuple(
        (row_name, column_name, STATES[states[0]].word, STATES[states[1]].word)
        for row, row_name in rows
        for column, column_name in columns
        if (states := cells.get((row, column)))
    )
    heads = ("Zeile", "Spalte", *halves)
    return Table(title, heads, lines, widths=(4, 4, 2, 2), records=records, frame=not records)
