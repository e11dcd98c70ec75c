"""Rounding instead of hiding: every count becomes a multiple of 3 or 5, and all sums still hold.

Controlled rounding (Cox, Journal of the American Statistical Association 82, 1987): each count
goes to the multiple below or above it, multiples stay, and of all such tables the one nearest to
the true one is taken. With two sides there always is one; where sums are so entangled that there
is none, counts may go one multiple further.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from gelingen.analysis.disclosure.counts import CountTable
from gelingen.analysis.disclosure.world import Ints, System, World, describe
from gelingen.analysis.tables import Column, Table

__all__ = ["RoundedCells", "RoundedTable", "round_table"]

METHOD = "rounding 1"
NODES = 10_000


class RoundedCells(Table):
    """Gerundete Zählung: one row per cell."""

    cell = Column(pl.String, "Kennung der Zelle")
    rounded = Column(pl.Int64, "Gerundete Anzahl, ein Vielfaches der Basis")
    low = Column(pl.Int64, "Kleinste Anzahl, für die sie stehen kann")
    high = Column(pl.Int64, "Größte Anzahl, für die sie stehen kann")


@dataclass(frozen=True)
class RoundedTable:
    """A table of multiples.

    Attributes:
        cells: by cell.
        base: all counts are multiples of it.
        furthest: no count differs from the true one by more than this.
        version: name and version of the method.

    """

    cells: RoundedCells
    base: int
    furthest: int
    version: str = METHOD


def round_table(table: CountTable, *, base: Literal[3, 5] = 3) -> RoundedTable | None:
    """Round a table so that it still adds up.

    Args:
        table: the counts.
        base: what all counts become multiples of.

    Returns:
        The rounded table, for each cell with the counts it may stand for; None if no such table
        is found within two multiples. The sums narrow these counts no further: a cell may move
        together with all totals above it.

    """
    world = World(
        {(table.universe, cell): count for cell, count in table.values().items()},
        {},
        {},
        frozenset(
            ((table.universe, total), tuple((table.universe, part) for part in parts))
            for total, parts in table.equations()
        ),
    )
    system = describe(world, {})
    for steps in (1, 2):
        found = _nearest(system, base, steps)
        if found is not None:
            break
    else:
        return None
    reach = steps * base - 1
    rows = [
        (name[1], int(value), max(0, int(value) - reach), int(value) + reach)
        for name, value in zip(system.names, found, strict=True)
    ]
    furthest = int(np.abs(found - system.values).max(initial=0))
    return RoundedTable(RoundedCells.from_rows(rows), base, furthest)


def _nearest(system: System, base: int, steps: int) -> Ints | None:
    """Find the nearest table of multiples that adds up, each less than `steps` multiples away."""
    below, over = np.divmod(system.values, base)
    between = over > 0
    further = np.full(len(below), steps > 1)
    # From the multiple below: one up, one more up, one down, and what each adds to the distance.
    most = np.concatenate([between | further, between & further, (below > 0) & further])
    cost = np.concatenate([base - 2 * over, np.full(2 * len(below), base)])
    matrix = sparse.hstack([system.matrix, system.matrix, -system.matrix], format="csr")
    missing = -(system.matrix @ below)
    answer = milp(
        cost,
        integrality=np.ones(len(cost)),
        bounds=Bounds(0, most.astype(np.float64)),
        constraints=LinearConstraint(matrix, missing, missing),
        options={"node_limit": NODES, "mip_rel_gap": 0.0},
    )
    if answer.x is None:
        return None
    up, more, down = np.rint(answer.x).astype(np.int64).reshape(3, -1)
    found = (below + up + more - down) * base
    return None if (system.matrix @ found).any() else np.asarray(found)
