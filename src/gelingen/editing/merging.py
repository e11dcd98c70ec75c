"""Two people changed one record: what goes together, and where somebody must choose."""

from dataclasses import dataclass

from gelingen.editing.records import Row
from gelingen.workbook.declare import Column, Kind, Sheet


@dataclass(frozen=True, slots=True)
class Clash:
    """One column that both changed, with the values of both."""

    column: Column
    mine: dict[str, object]
    theirs: dict[str, object]


@dataclass(frozen=True, slots=True)
class Merge:
    """What comes out of two versions.

    Attributes:
        values: all values that I give, with those of the other person where only they changed
            something.
        clashes: columns that both changed in different ways, in the order of the sheet.
        taken: heads of the columns in which the other person's change was taken over.

    """

    values: dict[str, object]
    clashes: tuple[Clash, ...]
    taken: tuple[str, ...]


def merge(sheet: Sheet, *, base: Row | None, mine: Row, theirs: Row) -> Merge:
    """Put my values and those that were stored meanwhile together, column by column.

    Args:
        sheet: the declaration of the record.
        base: values from which I started; None if they were not kept, then everything that
            differs is a clash.
        mine: values that I give.
        theirs: values as they are stored now.

    """
    values = dict(mine)
    clashes: list[Clash] = []
    taken: list[str] = []
    for column in sheet.columns:
        if column.kind is Kind.KEY or not _has(column, mine):
            continue
        my, their = _part(column, mine), _part(column, theirs)
        # What a version does not hold (several references) counts as not kept.
        old = _part(column, base) if base is not None and _has(column, base) else None
        if their in (my, old):
            continue
        if old == my:
            values |= their
            taken.append(column.head)
        else:
            clashes.append(Clash(column, my, their))
    return Merge(values, tuple(clashes), tuple(taken))


def _has(column: Column, row: Row) -> bool:
    return all(name in row for name in column.fields)


def _part(column: Column, row: Row) -> dict[str, object]:
    return {name: row[name] for name in column.fields}
