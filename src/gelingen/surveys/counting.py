"""Answers to a question as a table of counts, with every sum that holds.

Columns are everybody and the groups; rows are who answered, who did not, and each line. Where one
answer may stand in several lines, each line has its counterpart, so that "answered, but not this"
counts as small too. What a question counts adds up to those it was put to: everybody who answered
the survey, or fewer, see `branches`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from gelingen.analysis.disclosure.counts import Counts, CountTable, Sums
from gelingen.surveys.columns import ALL, Columns
from gelingen.surveys.tallies import Tally
from gelingen.terms.surveys import QuestionKind

# Rows of a question beside its lines.
ANSWERED, NOT_ANSWERED, ASKED = "+", "-", "?"


def base_table(columns: Columns, universe: str, **nested: tuple[str, ...]) -> CountTable:
    """Count the answers of each column.

    Args:
        columns: of all answers.
        universe: whom we count.
        nested: `contains` and `inside`, see `CountTable`.

    """
    sizes = columns.sizes()
    rows = sorted((cell(name), size) for name, size in sizes.items())
    sums = [(0, cell(ALL), cell(name)) for name in columns.members]
    return CountTable(Counts.from_rows(rows), Sums.from_rows(sums), universe, **nested)


def question_table(
    tally: Tally, columns: Columns, base: CountTable, put: Sequence[bool] | None = None
) -> CountTable:
    """Count what was answered to a question, with every sum that holds.

    Args:
        tally: the answers.
        columns: of the same answers.
        base: how many answers there are of each column; with `put` how many of them it was put to.
        put: of the same answers, whether it was put to them; None: to all.

    """
    rows = [ANSWERED, NOT_ANSWERED, *_rows(tally)]
    counted: Counter[tuple[str, str]] = Counter()
    every = [True] * len(tally.said) if put is None else put
    for column, codes, asked in zip(columns.of, tally.said, every, strict=True):
        for row in _rows_of(tally, codes) if asked else ():
            counted[ALL, row] += 1
            if columns.members:
                counted[column, row] += 1
    whole = "" if put is None else ASKED
    sums = [(one, parts) for name in columns.names for one, parts in _sums(tally, name, whole)]
    if columns.members:
        sums += [
            (_cell(tally, ALL, row), [_cell(tally, name, row) for name in columns.members])
            for row in rows
        ]
    cells = [
        (_cell(tally, name, row), counted[name, row]) for name in columns.names for row in rows
    ]
    return table_beside(base, dict(cells), sums)


def lines_by_group(tally: Tally, columns: Columns) -> dict[str, list[str]]:
    """Give by the cell of all who answered in a group the cells of what they answered.

    Which topics somebody rated is no answer: how they rated them is.
    """
    if tally.asked.kind is QuestionKind.TOPICS:
        return {}
    return {
        _cell(tally, name, ANSWERED): [_cell(tally, name, line_row(code)) for code in tally.lines]
        for name in columns.members
    }


def table_beside(
    base: CountTable, cells: Mapping[str, int], sums: Iterable[tuple[str, Sequence[str]]]
) -> CountTable:
    """Put more cells and their sums, each a total and its parts, beside a table."""
    numbered = [
        (number, total, part)
        for number, (total, parts) in enumerate([*sums, *base.equations()])
        for part in parts
    ]
    return CountTable(
        Counts.from_rows(sorted([*cells.items(), *base.values().items()])),
        Sums.from_rows(numbered),
        base.universe,
        base.contains,
        base.inside,
    )


def cell(column: str, question: str = "", row: str = "") -> str:
    """Name a cell of a table: a column, of a question, one of its rows."""
    return f"{column}|{question}|{row}" if question else column


def line_row(code: str) -> str:
    """Name the row of a line."""
    return f"={code}"


def _cell(tally: Tally, column: str, row: str) -> str:
    return cell(column, tally.asked.key, row)


def _rows(tally: Tally) -> Iterable[str]:
    for code in tally.lines:
        yield line_row(code)
        if not tally.one_line:
            yield f"!{code}"


def _rows_of(tally: Tally, codes: frozenset[str] | None) -> Iterable[str]:
    """Say in which rows an answer counts."""
    if codes is None:
        return [NOT_ANSWERED]
    rows = [ANSWERED, *map(line_row, codes)]
    return rows if tally.one_line else [*rows, *(f"!{one}" for one in tally.lines.keys() - codes)]


def _sums(tally: Tally, column: str, whole: str) -> Iterable[tuple[str, list[str]]]:
    """Give the sums that hold in a column; `whole` is the row of those it was put to."""
    answered = _cell(tally, column, ANSWERED)
    total = _cell(tally, column, whole) if whole else cell(column)
    yield total, [answered, _cell(tally, column, NOT_ANSWERED)]
    if not tally.one_line:
        for code in tally.lines:
            pair = (line_row(code), f"!{code}")
            yield answered, [_cell(tally, column, row) for row in pair]
    elif tally.lines:
        yield answered, [_cell(tally, column, line_row(code)) for code in tally.lines]
