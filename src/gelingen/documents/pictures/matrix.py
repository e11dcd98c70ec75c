"""The matrix of needs: topic by target group, now and at the horizon."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gelingen.documents import numbers
from gelingen.documents.fonts import text_width
from gelingen.documents.model import Picture, Table
from gelingen.documents.pictures.drawing import (
    CAUTION,
    GOOD,
    INFO,
    INK,
    MISSING,
    MUTED,
    PAPER,
    SMALL,
    Drawing,
    cut,
    wrap,
)

COLUMNS, ROWS = 6, 15  # in one picture
_LABELS, _HEAD, _HALF, _GAP = 130.0, 56.0, 22.0, 3.0


class NeedState(StrEnum):
    """Whether a need is covered, with the word that people read."""

    COVERED = "gedeckt"
    ENDING = "endet"
    TOO_SMALL = "zu klein"
    GAP = "Lücke"
    SEVERAL = "mehrfach"
    NO_NEED = "kein Bedarf"
    UNCLEAR = "unklar"


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What holds for a topic and a group on the day and at the horizon."""

    now: NeedState
    later: NeedState
    records: tuple[str, ...] = ()


def matrix(  # noqa: PLR0913  (two axes, their cells, and the two days)
    topics: Sequence[str],
    groups: Sequence[str],
    cells: Mapping[tuple[str, str], MatrixCell],
    *,
    title: str,
    on: date,
    horizon: date,
    sources: tuple[str, ...] = (),
) -> tuple[Picture, ...]:
    """Draw topics as rows and groups as columns; a cell not given is "unklar".

    The upper half of a cell is the day, the lower half the horizon; where both agree the cell is
    whole and says "bleibt".

    Returns:
        Pictures of at most 15 rows and 6 columns, rows first, each with its table twin.

    """
    parts = [
        (topics[row : row + ROWS], groups[column : column + COLUMNS])
        for column in range(0, len(groups), COLUMNS)
        for row in range(0, len(topics), ROWS)
    ]
    found = []
    for at, (some, others) in enumerate(parts, start=1):
        name = title if len(parts) == 1 else f"{title} ({at} von {len(parts)})"
        found.append(_picture(some, others, cells, name, (on, horizon), sources))
    return tuple(found)


_UNKNOWN = MatrixCell(NeedState.UNCLEAR, NeedState.UNCLEAR)


def _picture(  # noqa: PLR0913
    topics: Sequence[str],
    groups: Sequence[str],
    cells: Mapping[tuple[str, str], MatrixCell],
    title: str,
    days: tuple[date, date],
    sources: tuple[str, ...],
) -> Picture:
    on, horizon = days
    drawing = Drawing(_HEAD + len(topics) * (2 * _HALF + _GAP) + 62)
    wide = (drawing.width - _LABELS) / len(groups)
    for column, group in enumerate(groups):
        lines = wrap(group, wide - 6, SMALL, bold=True)
        for at, words in enumerate(lines):
            y = _HEAD - 8 - 13 * (len(lines) - 1 - at)
            drawing.text(_LABELS + column * wide + 2, y, words, size=SMALL, bold=True)
    shown = [cells.get((topic, group), _UNKNOWN) for topic in topics for group in groups]
    for row, topic in enumerate(topics):
        y = _HEAD + row * (2 * _HALF + _GAP)
        for at, words in enumerate(wrap(topic, _LABELS - 8, bold=True, lines=3)):
            drawing.text(0, y + 14 + 14 * at, words, bold=True)
        for column in range(len(groups)):
            cell = shown[row * len(groups) + column]
            _cell(drawing, _LABELS + column * wide, y, wide - _GAP, cell)
    _legend(drawing, drawing.height - 50)
    gaps = [sum(state is NeedState.GAP for state in half) for half in _halves(shown)]
    alt = (
        f"Matrix mit {len(topics)} Themenfeldern und {len(groups)} Zielgruppen. Obere Hälfte: "
        f"{numbers.day(on)}, untere Hälfte: {numbers.day(horizon)}. Lücken: {gaps[0]} am Stichtag, "
        f"{gaps[1]} am Horizont. Die Werte stehen in der zugehörigen Tabelle."
    )
    records = tuple(dict.fromkeys(key for cell in shown for key in cell.records))
    twin = _twin(topics, groups, shown, title, days)
    return Picture(drawing.svg(), title, alt, twin, records=records, sources=sources)


def _halves(cells: list[MatrixCell]) -> tuple[list[NeedState], list[NeedState]]:
    return [cell.now for cell in cells], [cell.later for cell in cells]


def _cell(drawing: Drawing, x: float, y: float, wide: float, cell: MatrixCell) -> None:
    if cell.now is cell.later:
        _half(drawing, (x, y, wide, 2 * _HALF), cell.now, second="bleibt")
        return
    _half(drawing, (x, y, wide, _HALF), cell.now)
    _half(drawing, (x, y + _HALF, wide, _HALF), cell.later)


def _half(
    drawing: Drawing, box: tuple[float, float, float, float], state: NeedState, second: str = ""
) -> None:
    x, y, wide, high = box
    _ground(drawing, box, state)
    middle = y + (high / 2 if not second else high / 2 - 7)
    sign(drawing, x + 10, middle, state)
    bold = state is NeedState.GAP
    words = cut(state, wide - 22, SMALL, bold=bold)
    drawing.text(x + 19, middle + 4, words, size=SMALL, bold=bold)
    if second and state is not NeedState.NO_NEED:
        drawing.text(x + 19, middle + 18, second, size=SMALL, colour=MUTED)


def _ground(
    drawing: Drawing, box: tuple[float, float, float, float], state: NeedState
) -> None:
    x, y, wide, high = box
    match state:
        case NeedState.COVERED:
            drawing.rect(x, y, wide, high, fill="#e5f8f0")
        case NeedState.ENDING:
            drawing.rect(x, y, wide, high, fill=drawing.pattern("stripes", "#ffde9f", "#fff3dc"))
        case NeedState.TOO_SMALL:
            drawing.rect(x, y, wide, high, fill=drawing.pattern("level", "#ffde9f", "#fff3dc"))
        case NeedState.GAP:
            drawing.rect(x + 1, y + 1, wide - 2, high - 2, fill="#fef0ee", line=MISSING, thick=2)
        case NeedState.SEVERAL:
            drawing.rect(x, y, wide, high, fill=drawing.pattern("cross", "#a8edfe", "#eefaff"))
        case NeedState.UNCLEAR:
            drawing.rect(
                x + 0.5, y + 0.5, wide - 1, high - 1, fill=PAPER, line=MUTED, dashed="4 3"
            )
        case NeedState.NO_NEED:
            drawing.rect(x, y, wide, high, fill=PAPER)


def sign(drawing: Drawing, x: float, y: float, state: NeedState) -> None:
    """Draw the small circle that stands for a state beside its word."""
    _SIGNS[state](drawing, x, y)


def _several(drawing: Drawing, x: float, y: float) -> None:
    drawing.circle(x - 2.2, y, 3.6, line=INFO, thick=1.5)
    drawing.circle(x + 2.2, y, 3.6, line=INFO, thick=1.5)


def _ending(drawing: Drawing, x: float, y: float) -> None:
    drawing.circle(x, y, 5, fill=PAPER, line=CAUTION, thick=1.5)
    drawing.path(f"M{x:.1f} {y - 5:.1f}a5 5 0 0 0 0 10z", fill=CAUTION)


def _too_small(drawing: Drawing, x: float, y: float) -> None:
    drawing.circle(x, y, 5, fill=PAPER, line=CAUTION, thick=1.5)
    drawing.path(f"M{x - 4.6:.1f} {y + 2:.1f}h9.2a5 5 0 0 1 -9.2 0z", fill=CAUTION)


def _unclear(drawing: Drawing, x: float, y: float) -> None:
    drawing.circle(x, y, 5.5, fill=PAPER, line=MUTED, thick=1.2, dashed="2 2")
    drawing.text(x, y + 3.2, "?", size=9, colour=INK, anchor="middle")


_SIGNS: dict[NeedState, Callable[[Drawing, float, float], None]] = {
    NeedState.COVERED: lambda drawing, x, y: drawing.circle(x, y, 5, fill=GOOD),
    NeedState.ENDING: _ending,
    NeedState.TOO_SMALL: _too_small,
    NeedState.GAP: lambda drawing, x, y: drawing.circle(
        x, y, 5, fill=PAPER, line=MISSING, thick=2, dashed="3.5 2"
    ),
    NeedState.SEVERAL: _several,
    NeedState.NO_NEED: lambda drawing, x, y: drawing.line(
        x - 4, y, x + 4, y, line=MUTED, thick=1.6
    ),
    NeedState.UNCLEAR: _unclear,
}


def _legend(drawing: Drawing, y: float) -> None:
    x = 0.0
    for state in NeedState:
        _ground(drawing, (x, y, 20, 16), state)
        sign(drawing, x + 30, y + 8, state)
        drawing.text(x + 39, y + 12, state, size=SMALL)
        x += 52 + text_width(state, SMALL)
    words = "Obere Hälfte: Stichtag. Untere Hälfte: Horizont. Ungeteilt: es bleibt so."
    drawing.text(0, y + 38, words, size=SMALL, colour=MUTED)


def _twin(
    topics: Sequence[str],
    groups: Sequence[str],
    shown: list[MatrixCell],
    title: str,
    days: tuple[date, date],
) -> Table:
    pairs = [(topic, group) for topic in topics for group in groups]
    return Table(
        title,
        ("Themenfeld", "Zielgruppe", *(f"am {numbers.day(day)}" for day in days)),
        tuple(
            (*pair, str(cell.now), str(cell.later))
            for pair, cell in zip(pairs, shown, strict=True)
        ),
        row_records=tuple(cell.records for cell in shown),
    )
