"""Hiding cells of a table before it leaves the house, with a proof that it is enough.

Small counts are hidden for themselves; more cells are hidden so that nobody can compute the small
ones from the margins, from other sums, or from what was published earlier. What leaves the house
(`ProtectedTable.outside`) does not tell the two apart. Whatever way the cells were chosen, the
audit decides; a table that does not pass it is withheld as a whole.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from gelingen.analysis.disclosure.attack import OPEN, Intervals, intervals
from gelingen.analysis.disclosure.choice import choose, choose_greedily
from gelingen.analysis.disclosure.counts import Counts, CountTable
from gelingen.analysis.disclosure.world import (
    Bools,
    Name,
    Rule,
    System,
    World,
    describe,
    join,
    with_table,
)
from gelingen.analysis.tables import Column, Table, TableError

__all__ = [
    "Audit",
    "Findings",
    "ProtectedCells",
    "ProtectedTable",
    "Rule",
    "audit",
    "protect",
    "released",
]

METHOD = "disclosure 1"
TRIES = 3
USUAL = Rule()


class ProtectedCells(Table):
    """Geschützte Zählung: one row per cell; for the house, not for outside."""

    cell = Column(pl.String, "Kennung der Zelle")
    count = Column(pl.Int64, "Anzahl; leer: verborgen", nullable=True)
    state = Column(
        pl.String, "shown, primary (verborgen, weil klein) oder secondary (wegen der anderen)"
    )
    reason = Column(
        pl.String,
        "small (klein), sums (sonst aus Summen zu errechnen), difference (sonst aus dem "
        "Unterschied zu früher zu errechnen), withheld (Tabelle zurückgehalten) oder shown",
    )
    low = Column(pl.Int64, "Mindestens, soweit von außen zu errechnen")
    high = Column(pl.Int64, "Höchstens, soweit von außen zu errechnen; leer: offen", nullable=True)


class Findings(Table):
    """Prüfung von außen: one row per hidden cell, also of earlier tables and their differences."""

    universe = Column(pl.String, "Wer gezählt wurde")
    cell = Column(pl.String, "Kennung der Zelle")
    low = Column(pl.Int64, "Mindestens, soweit von außen zu errechnen")
    high = Column(pl.Int64, "Höchstens, soweit von außen zu errechnen; leer: offen", nullable=True)
    wanted = Column(pl.Int64, "Verlangter Abstand; 0: nicht klein, nur mit verborgen")
    enough = Column(pl.Boolean, "Ist der Abstand erreicht?")


@dataclass(frozen=True)
class Audit:
    """What an outsider can compute of what is hidden.

    Attributes:
        findings: by universe and cell.
        safe: whether all small counts have the wanted width.

    """

    findings: Findings
    safe: bool


@dataclass(frozen=True)
class ProtectedTable:
    """A table that may leave the house.

    Attributes:
        table: the counts.
        rule: what was to be hidden.
        cells: what became of each cell, and why.
        audit: the proof.
        method: optimal (no fewer cells are enough), heuristic, given (by somebody), or withheld:
            nothing is shown.
        world: all that an outsider has after this, for the next publication.
        version: name and version of the method.

    """

    table: CountTable
    rule: Rule
    cells: ProtectedCells
    audit: Audit
    method: str
    world: World
    version: str = METHOD

    def outside(self) -> pl.DataFrame:
        """Give what may be published: cell and count, empty where hidden for whatever reason."""
        return self.cells.frame.select("cell", "count")


def protect(
    table: CountTable,
    rule: Rule = USUAL,
    *,
    published: Sequence[ProtectedTable] = (),
    search: bool = True,
) -> ProtectedTable:
    """Hide what must not get out, and no more than needed.

    Args:
        table: the counts.
        rule: what must not get out.
        published: tables that are out already; what they say is taken into account where they
            have the same universe, or one that the table contains or lies in.
        search: whether to search for the best choice; otherwise a good one is taken at once.

    Returns:
        The table with its proof. The same input gives the same answer.

    Raises:
        TableError: an earlier table counts differently what should be the same.

    """
    earlier = join(before.world for before in published)
    world = with_table(earlier, table, rule)
    system = describe(world, _free(earlier, table, rule))
    for choice, method in ((choose, "optimal"), (choose_greedily, "heuristic")):
        if (search or choice is not choose) and (found := _proved(system, choice, method)):
            hidden, ends, word = found
            floors = {system.names[at]: int(system.floor[at]) for at in np.flatnonzero(hidden)}
            proof = _judged(system, hidden, ends)
            return _result(table, rule, replace(world, floors=floors), proof, word)
    names = {(table.universe, cell) for cell in table.values()} - earlier.values.keys()
    world = replace(world, floors={**world.floors, **dict.fromkeys(names, 0)})
    return _result(table, rule, world, _audit(world), "withheld")


def released(
    table: CountTable,
    hidden: Collection[str],
    rule: Rule = USUAL,
    *,
    published: Sequence[ProtectedTable] = (),
) -> ProtectedTable:
    """Take a table as it went out, or as somebody means to give it out.

    Args:
        table: the counts.
        hidden: keys of the cells that are not shown.
        rule: what must not get out.
        published: tables that were out before.

    Returns:
        The table with the audit of just this choice, which may fail; as one of `published`, it
        keeps later tables from telling more.

    Raises:
        TableError: the table has no such cell, or an earlier table counts differently.

    """
    mine = {(table.universe, cell) for cell in table.values()}
    if unknown := {(table.universe, cell) for cell in hidden} - mine:
        raise TableError(f"Die Zelle {min(unknown)[1]} fehlt.", table=Counts.title())
    earlier = join(before.world for before in published)
    world = with_table(earlier, table, rule)
    known = earlier.values.keys() - earlier.floors.keys()
    floors = {name: floor for name, floor in world.floors.items() if name not in mine}
    floors |= {name: rule.floor() for name in mine - known if name[1] in hidden}
    world = replace(world, floors=floors)
    return _result(table, rule, world, _audit(world), "given")


def audit(
    table: CountTable,
    hidden: Collection[str],
    rule: Rule = USUAL,
    *,
    published: Sequence[ProtectedTable] = (),
) -> Audit:
    """Tell what an outsider could compute if just these cells were hidden; see `released`."""
    return released(table, hidden, rule, published=published).audit


def _free(earlier: World, table: CountTable, rule: Rule) -> dict[Name, int]:
    """List the cells that may be hidden in addition: new ones; a 0 that others show hides none."""
    names = {(table.universe, cell): count for cell, count in table.values().items()}
    known = {total for total, _ in table.equations()} if rule.totals_known else set()
    return {
        name: rule.floor()
        for name, count in names.items()
        if (count or rule.zeros) and name not in earlier.values and name[1] not in known
    }


def _proved(
    system: System, choice: Callable[[System], Bools | None], method: str
) -> tuple[Bools, Intervals, str] | None:
    """Choose cells until the audit passes: where whole numbers leave less, ask for more."""
    asked = system
    for _ in range(TRIES):
        hidden = choice(asked)
        if hidden is None:
            return None
        found = intervals(system, hidden, np.flatnonzero(hidden))
        short = np.zeros_like(system.wanted)
        short[found.cells] = np.maximum(system.wanted[found.cells] - found.widths(), 0)
        if not short.any():
            exact = found.cells[found.widths() == 0]
            hidden[exact] = ~system.free[exact]  # hiding these was no use
            return hidden, found, method
        asked, method = replace(asked, wanted=asked.wanted + short), "heuristic"
    return None


def _audit(world: World) -> Audit:
    system = describe(world, {})
    found = intervals(system, system.fixed, np.flatnonzero(system.fixed))
    return _judged(system, system.fixed, found)


def _judged(system: System, hidden: Bools, found: Intervals) -> Audit:
    """Compare what can be computed with what is wanted; what is shown can be computed exactly."""
    low, high = system.values.copy(), system.values.copy()
    low[found.cells], high[found.cells] = found.low, found.high
    told = np.flatnonzero(hidden | (system.wanted > 0))
    width = np.where(high == OPEN, np.iinfo(np.int64).max, high - low)
    enough = (width >= system.wanted) & (hidden | (system.wanted == 0))
    rows = [
        (*system.names[at], int(low[at]), _most(high[at]), int(system.wanted[at]), bool(enough[at]))
        for at in told
    ]
    return Audit(Findings.from_rows(rows), bool(enough.all()))


def _most(high: int) -> int | None:
    return None if high == OPEN else int(high)


def _result(
    table: CountTable, rule: Rule, world: World, proof: Audit, method: str
) -> ProtectedTable:
    ends = {(row[0], row[1]): row[2:4] for row in proof.findings.frame.rows()}
    rows = []
    for cell, count in sorted(table.values().items()):
        name = (table.universe, cell)
        if name not in world.floors:
            rows.append((cell, count, "shown", "shown", count, count))
            continue
        state = "primary" if rule.is_small(count) else "secondary"
        reason = "withheld" if method == "withheld" else _reason(world, name, rule)
        rows.append((cell, None, state, reason, *ends[name]))
    return ProtectedTable(table, rule, ProtectedCells.from_rows(rows), proof, method, world)


def _reason(world: World, name: Name, rule: Rule) -> str:
    """Say why a cell is hidden."""
    if rule.is_small(world.values[name]):
        return "small"
    rests = [
        other
        for total, parts in world.sums
        if name in (total, *parts)
        for other in (total, *parts)
        if other[1] == name[1] and other[0] != name[0]
    ]
    return "difference" if any(other in world.wanted for other in rests) else "sums"
