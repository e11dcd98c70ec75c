"""Relative widths of table columns, from what stands in them."""

from functools import lru_cache

from gelingen.documents.fonts import text_width
from gelingen.documents.printed import Grid

_SIZE = 8.5 * 25.4 / 72  # of the type in tables; like all widths here in millimetres
_EDGE = 3.6  # on both sides of a cell together
_BROKEN = 25.0  # longer words are hyphenated, longer keys broken at their joints
_WIDEST = 70.0


def column_widths(grid: Grid, room: float) -> tuple[float, ...]:
    """Share out the width of a table: one positive number per column, together 1.

    Every column gets what its longest word needs, as far as there is room. What is left is shared
    as the author's widths want it; where there are none, columns with long texts get more.

    Args:
        grid: the table.
        room: the width of the table in millimetres.

    """
    columns = [_Column(grid, number) for number in range(len(grid.header))]
    least = [column.least for column in columns]
    wanted = [column.wanted for column in columns]
    if any(grid.widths):
        wanted = [min(width, _BROKEN + _EDGE) for width in wanted]
        own = sum(w for w, given in zip(wanted, grid.widths, strict=True) if not given)
        scale = (room - own) / sum(grid.widths)
        wanted = [given * scale or w for w, given in zip(wanted, grid.widths, strict=True)]
    shared = _shared(least, wanted, room)
    return tuple(width / sum(shared) for width in shared)


def _shared(least: list[float], wanted: list[float], room: float) -> list[float]:
    wanted = [max(few, many) for few, many in zip(least, wanted, strict=True)]
    spare, missing = room - sum(least), sum(wanted) - sum(least)
    if spare <= 0:
        return least
    if missing <= spare:
        return wanted
    return [few + spare * (many - few) / missing for few, many in zip(least, wanted, strict=True)]


class _Column:
    """What a column needs at least, and what it would like to have, in millimetres."""

    def __init__(self, grid: Grid, number: int) -> None:
        strong = grid.header_column and number == 0
        cells = [
            [
                _word(word, bold=strong or part.style == "strong")
                for part in row[number]
                for word in part.text.split()
            ]
            for row in grid.rows
        ]
        head = [_word(word, bold=True) for word in grid.header[number].split()]
        longest = max((width for words in (head, *cells) for width in words), default=0.0)
        self.least = min(longest, _BROKEN) + _EDGE
        self.wanted = _wanted([sum(words) for words in cells if words] or [0.0])


@lru_cache(maxsize=10_000)
def _word(word: str, *, bold: bool) -> float:
    """Measure a word and the blank behind it."""
    return text_width(f"{word} ", _SIZE, bold=bold)


def _wanted(lines: list[float]) -> float:
    """Want a line for the usual text, but let long texts take several."""
    mean = sum(lines) / len(lines)
    return float(min(max(lines), mean + 3.7 * mean**0.5, _WIDEST)) + _EDGE
