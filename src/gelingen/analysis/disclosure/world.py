"""What an outsider has before them: cells, sums, and which of the cells are hidden.

A cell is known by its universe and its key. Several publications make one world: cells that are
the same stand in it once; where one universe contains another, each pair of cells leaves a rest
that was never published but can be computed, and that may be as small as any other count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from gelingen.analysis.disclosure.counts import CountTable
from gelingen.analysis.tables import TableError

__all__ = ["Name", "Rule", "System", "World", "describe", "join", "with_table"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Name = tuple[str, str]
SMALL = 5  # the usual limit of statistical offices for counts of persons


@dataclass(frozen=True)
class Rule:
    """What must not get out.

    Attributes:
        threshold: counts from 1 up to below it are hidden.
        width: how far apart the least and the most that an outsider can compute for a hidden count
            must be; None: as far as the hidden counts themselves, so that the margins tell no more
            than the rule does.
        zeros: whether 0 is hidden too.
        knowing: whether the outsider knows the rule and so knows that no hidden count is 0.
        totals_known: whether totals are known from elsewhere, so that hiding them is no use and
            they are shown however small.

    """

    threshold: int = SMALL
    width: int | None = None
    zeros: bool = False
    knowing: bool = True
    totals_known: bool = False

    def wanted(self) -> int:
        """Give the width, at least 1: never an exact value."""
        natural = self.threshold - (1 if self.zeros else 2)
        return max(1, natural if self.width is None else self.width)

    def is_small(self, count: int) -> bool:
        """Tell whether a count is hidden for itself."""
        return (0 if self.zeros else 1) <= count < self.threshold

    def floor(self) -> int:
        """Give the least a hidden count can be for an outsider."""
        return 1 if self.knowing and not self.zeros else 0


@dataclass(frozen=True)
class World:
    """Cells and sums.

    Attributes:
        values: the counts.
        floors: what an outsider knows to be the least, by hidden cell; all other cells are shown.
        wanted: how wide the interval of a cell must be, by sensitive cell; these are hidden.
        sums: total and parts.

    """

    values: Mapping[Name, int]
    floors: Mapping[Name, int]
    wanted: Mapping[Name, int]
    sums: frozenset[tuple[Name, tuple[Name, ...]]]


def join(worlds: Iterable[World]) -> World:
    """Put publications together: a cell is hidden only if none of them shows it.

    Raises:
        TableError: two of them count the same cell differently.

    """
    values: dict[Name, int] = {}
    floors: dict[Name, int] = {}
    wanted: dict[Name, int] = {}
    sums: set[tuple[Name, tuple[Name, ...]]] = set()
    shown: set[Name] = set()
    for world in worlds:
        for name, value in world.values.items():
            if values.setdefault(name, value) != value:
                raise TableError(
                    f"„{name[0]}“ hat früher {values[name]} gezählt, jetzt {value}. Andere Zahlen "
                    "brauchen eine andere Bezeichnung.",
                    table=name[1] or "alle",
                )
        for name, floor in world.floors.items():
            floors[name] = max(floor, floors.get(name, 0))
        for name, width in world.wanted.items():
            wanted[name] = max(width, wanted.get(name, 0))
        shown |= world.values.keys() - world.floors.keys()
        sums |= world.sums
    return World(
        values,
        {name: floor for name, floor in floors.items() if name not in shown},
        {name: width for name, width in wanted.items() if name not in shown},
        frozenset(sums),
    )


def with_table(earlier: World, table: CountTable, rule: Rule) -> World:
    """Add a table of which only the small counts are hidden, and its rests to earlier ones.

    What was hidden before stays hidden; what was shown before is known.
    """
    values = {(table.universe, cell): count for cell, count in table.values().items()}
    sums = {
        ((table.universe, total), tuple((table.universe, part) for part in sorted(parts)))
        for total, parts in table.equations()
    }
    known = {total for total, _ in table.equations()} if rule.totals_known else set()
    small = {name for name, count in values.items() if rule.is_small(count)}
    hidden = {name for name in small if name[1] not in known}
    hidden |= values.keys() & earlier.floors.keys()
    rests: dict[Name, int] = {}
    for total, (part, rest) in _rests(earlier, table):
        both = {**earlier.values, **values}
        if both[part] > both[total]:
            raise TableError(
                f"„{total[0]}“ zählt weniger als „{part[0]}“, das darin enthalten sein soll.",
                table=part[1] or "alle",
            )
        rests[rest] = both[total] - both[part]
        sums.add((total, (part, rest)))
    small |= {name for name, count in rests.items() if rule.is_small(count)}
    here = World(
        {**values, **rests},
        {**dict.fromkeys(hidden, rule.floor()), **dict.fromkeys(rests, 0)},
        {name: rule.wanted() for name in small if name[1] not in known},
        frozenset(sums),
    )
    return join([earlier, here]) if earlier.values else here


def _rests(earlier: World, table: CountTable) -> Iterable[tuple[Name, tuple[Name, Name]]]:
    """Pair the cells of the table with those of universes it contains or lies in."""
    mine = sorted(table.values())
    for other in table.contains:
        for cell in mine:
            if (other, cell) in earlier.values:
                rest = (f"{table.universe} ohne {other}", cell)
                yield (table.universe, cell), ((other, cell), rest)
    for other in table.inside:
        for cell in mine:
            if (other, cell) in earlier.values:
                rest = (f"{other} ohne {table.universe}", cell)
                yield (other, cell), ((table.universe, cell), rest)


@dataclass(frozen=True)
class System:
    """A world in numbers: matrix @ values = 0, and what may be done about it.

    Attributes:
        names: (n,) the cells.
        values: (n,) the counts.
        matrix: (m, n) the sums: 1 for the total, -1 for the parts.
        floor: (n,) the least an outsider believes of a cell that is hidden.
        fixed: (n,) hidden whatever is chosen.
        free: (n,) may be hidden in addition.
        total: (n,) stands for several other cells.
        wanted: (n,) width of the interval, 0 where the cell is not sensitive.

    """

    names: tuple[Name, ...]
    values: Ints
    matrix: sparse.csr_array
    floor: Ints
    fixed: Bools
    free: Bools
    total: Bools
    wanted: Ints


def describe(world: World, free: Mapping[Name, int]) -> System:
    """Write a world as arrays.

    Args:
        world: the world.
        free: cells that may be hidden in addition, with the least an outsider would believe then.

    """
    names = tuple(sorted(world.values))
    position = {name: at for at, name in enumerate(names)}
    sums = sorted(world.sums)
    rows, columns, signs = [], [], []
    for row, (total, parts) in enumerate(sums):
        rows += [row] * (1 + len(parts))
        columns += [position[name] for name in (total, *parts)]
        signs += [1] + [-1] * len(parts)
    shape = (len(sums), len(names))
    matrix = sparse.csr_array((signs, (rows, columns)), shape=shape, dtype=np.int64)
    totals = {total for total, _ in sums}
    floors = {**free, **world.floors}
    return System(
        names,
        np.array([world.values[name] for name in names], dtype=np.int64),
        matrix,
        np.array([floors.get(name, 0) for name in names], dtype=np.int64),
        np.array([name in world.floors for name in names], dtype=bool),
        np.array([name in free and name not in world.floors for name in names], dtype=bool),
        np.array([name in totals for name in names], dtype=bool),
        np.array([world.wanted.get(name, 0) for name in names], dtype=np.int64),
    )
