"""Relative widths of table columns, from what stands in them."""

from gelingen.documents.printed import Grid

NARROWEST = 4.0
WIDEST = 46.0
_LONGEST_WORD = 16  # longer words are hyphenated
_AT_LEAST = 0.05  # of the table


def column_widths(grid: Grid) -> tuple[float, ...]:
    """Share out the width of a table: one positive number per column, together 1.

    The author's widths hold. Else a column gets what its longest word needs and, beyond that,
    grows with the root of its mean length, so that long texts do not starve the short columns.
    """
    given = grid.widths or tuple(
        _wanted([grid.header[number], *(_text(row[number]) for row in grid.rows)])
        for number in range(len(grid.header))
    )
    least = _AT_LEAST * sum(given) if len(given) * _AT_LEAST < 1 else 0.0
    wanted = [max(width, least) or 1.0 for width in given]
    return tuple(width / sum(wanted) for width in wanted)


def _text(parts: tuple[object, ...]) -> str:
    return "".join(str(getattr(part, "text", "")) for part in parts)


def _wanted(cells: list[str]) -> float:
    lengths = [len(cell) for cell in cells[1:] if cell] or [0]
    words = max((len(word) for cell in cells for word in cell.split()), default=0)
    mean = sum(lengths) / len(lengths)
    needed = min(max(lengths), 2.2 * mean**0.5 + mean**0.8)
    return min(max(NARROWEST, min(words, _LONGEST_WORD) + 1.5, needed), WIDEST)
