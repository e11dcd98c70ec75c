"""Relative widths of table columns, from what stands in them."""

from gelingen.documents.printed import Grid

_ROOM = 105.0  # letters of table type side by side on an upright A4 page
_LONGEST_WORD = 16  # longer words are hyphenated
_EDGE = 2.0  # letters' worth of space around a cell
_WIDEST = 46.0


def column_widths(grid: Grid) -> tuple[float, ...]:
    """Share out the width of a table: one positive number per column, together 1.

    The author's widths hold. Else every column gets what its longest word needs; what is left
    goes to the columns with long texts.
    """
    given = [width if width > 0 else 1.0 for width in grid.widths] or _fitted(grid)
    return tuple(width / sum(given) for width in given)


def _fitted(grid: Grid) -> list[float]:
    columns = [
        [name, *("".join(part.text for part in row[number]) for row in grid.rows)]
        for number, name in enumerate(grid.header)
    ]
    least = [_least(cells) for cells in columns]
    wanted = [max(few, _wanted(cells)) for few, cells in zip(least, columns, strict=True)]
    spare, missing = _ROOM - sum(least), sum(wanted) - sum(least)
    if sum(wanted) <= _ROOM or spare <= 0 or not missing:
        return wanted if spare > 0 else least
    return [few + spare * (many - few) / missing for few, many in zip(least, wanted, strict=True)]


def _least(cells: list[str]) -> float:
    longest = max((len(word) for cell in cells for word in cell.split()), default=1)
    return min(longest, _LONGEST_WORD) + _EDGE


def _wanted(cells: list[str]) -> float:
    """Want a line for the usual text, but let long texts take several."""
    lengths = [len(cell) for cell in cells[1:] if cell] or [1]
    mean = sum(lengths) / len(lengths)
    return float(min(max(lengths) + _EDGE, mean + 3 * mean**0.5, _WIDEST))
