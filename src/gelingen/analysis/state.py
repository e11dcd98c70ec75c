"""Demand and capacity on one day, as arrays over cells, structures and their pairs."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from gelingen.analysis.allocation import Allocation, Links, fair
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.matches import Matches
from gelingen.analysis.money import effective_share, running
from gelingen.analysis.priority import severe_first
from gelingen.analysis.tables import Column, Table
from gelingen.terms.vocabulary import Scenario

__all__ = ["Capacities", "State", "find_state", "highest_severity"]

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
RANGE = ("low", "mid", "high")


class Capacities(Table):
    """Wirksame Kapazität: one row per structure, with what carries it on the day."""

    structure = Column(pl.String, "Kennung der Struktur")
    band = Column(pl.String, "secured, standing, volunteer, unknown oder none")
    share = Column(pl.Float64, "Finanzierter Anteil; leer: nicht bekannt", nullable=True)
    measure = Column(pl.String, "Maß; leer: Größe nicht bekannt", nullable=True)
    low = Column(pl.Float64, "Wirksame Kapazität, mindestens", "je measure", nullable=True)
    mid = Column(pl.Float64, "Wirksame Kapazität, mittlerer Wert", "je measure", nullable=True)
    high = Column(pl.Float64, "Wirksame Kapazität, höchstens", "je measure", nullable=True)


@dataclass(frozen=True)
class State:
    """What is needed and what works on one day under one assumption about money.

    Attributes:
        inventory: the records.
        on: the day.
        scenario: which money counts.
        matches: cells, structures and their pairs, in this order.
        capacities: what each structure can do.
        needed: (cells,) whether any need of the cell holds on the day.
        demand: (3, cells) low, middle, high; 0 where the quantity is not known.
        capacity: (3, structures) effective; 0 where the size is not known.
        boundless: (cells,) whether a need that holds on the day is open upward; its most counts
            as the middle in `demand`.
        sizeless: (structures,) whether the capacity that works is open upward; its most counts as
            the middle in `capacity`.
        nominal: (structures,) what those that have begun would do if all kept running.
        carried: (structures,) whether something carries it.
        unclear: (structures,) whether it works and its funding is not known.
        begun: (structures,) whether it has ever begun.
        unit: (pairs,) position of the structure.
        cell: (pairs,) position of the cell.
        far: (pairs,) beyond the limit of travel.
        sized: (pairs,) size known in the measure of the cell.
        severity: (cells,) by which capacity is shared first; 0 where nobody judged it. None shares
            among all alike.
        answers: allocations already computed; without ranges, many questions are the same.

    """

    inventory: Inventory
    on: date
    scenario: Scenario
    matches: Matches
    capacities: Capacities
    needed: Flags
    demand: Floats
    capacity: Floats
    boundless: Flags
    sizeless: Flags
    nominal: Floats
    carried: Flags
    unclear: Flags
    begun: Flags
    unit: npt.NDArray[np.int64]
    cell: npt.NDArray[np.int64]
    far: Flags
    sized: Flags
    severity: npt.NDArray[np.int64] | None = None
    answers: dict[tuple[bytes, bytes, bool], Allocation] = field(default_factory=dict)

    @cached_property
    def quantified(self) -> Flags:
        """Tell the cells whose quantity is known."""
        return self.matches.cells["measure"].is_not_null().to_numpy()

    @cached_property
    def unclear_capacity(self) -> Floats:
        """Give what the structures of unknown funding would do, low, middle and high."""
        nominal = self.matches.suppliers.select(_filled()).to_numpy().T
        return np.where(self.unclear, nominal, 0.0)

    def links(self, *, far: bool = False) -> Links:
        """Give the pairs whose quantities can be compared, with or without those too far."""
        chosen = self.sized & (~self.far | far)
        return Links(self.unit[chosen], self.cell[chosen])

    def shared(self, capacity: Floats, *, level: int = 1, far: bool = False) -> Allocation:
        """Share (structures,) capacity among the demand of a level: low, middle, high."""
        demand = self.demand[level]
        question = (capacity.tobytes(), demand.tobytes(), far and bool(self.far.any()))
        if question not in self.answers:
            links = self.links(far=far)
            self.answers[question] = (
                fair(capacity, demand, links)
                if self.severity is None
                else severe_first(capacity, demand, links, self.severity)
            )
        return self.answers[question]

    def touching(self, seeds: Flags) -> Flags:
        """Tell the cells that share structures with any of these cells, directly or not."""
        links, found, last = self.links(), seeds, -1
        while (count := int(found.sum())) != last:
            last = count
            units = np.bincount(links.units, found[links.cells], len(self.sizeless)) > 0
            cells = np.bincount(links.cells, units[links.units], len(found)) > 0
            found = found | cells
        return found

    def any_pair(self, pairs: Flags) -> Flags:
        """Tell the cells that have at least one of these pairs."""
        return np.bincount(self.cell[pairs], minlength=len(self.needed)) > 0


def find_state(
    inventory: Inventory,
    matches: Matches,
    *,
    on: date,
    scenario: Scenario,
    severity_first: bool = False,
) -> State:
    """Evaluate demand and capacity on a day."""
    capacities = _capacities(inventory, matches, on=on, scenario=scenario)
    demand = _demand(matches, on=on)
    suppliers, pairs = matches.suppliers, matches.pairs
    works = (capacities.frame["share"].fill_null(0.0) > 0) | (capacities.frame["band"] == "unknown")
    sizeless = suppliers["mid"].is_not_null() & suppliers["high"].is_null() & works
    begun = suppliers.select((pl.col("starts").is_null() | (pl.col("starts") <= on)).alias("b"))
    begun_flags = begun.to_series().to_numpy()
    return State(
        inventory=inventory,
        on=on,
        scenario=scenario,
        matches=matches,
        capacities=capacities,
        needed=demand["needed"].to_numpy(),
        demand=demand.select(RANGE).to_numpy().T.copy(),
        capacity=capacities.frame.select(_filled()).to_numpy().T.copy(),
        boundless=demand["boundless"].to_numpy(),
        sizeless=sizeless.to_numpy(),
        nominal=np.where(begun_flags, suppliers["mid"].fill_null(0.0).to_numpy(), 0.0),
        carried=(capacities.frame["share"].fill_null(0.0) > 0).to_numpy(),
        unclear=(capacities.frame["band"] == "unknown").to_numpy(),
        begun=begun_flags,
        unit=suppliers["structure"].search_sorted(pairs["structure"]).to_numpy().astype(np.int64),
        cell=matches.cells["cell"].search_sorted(pairs["cell"]).to_numpy().astype(np.int64),
        far=pairs["far"].to_numpy(),
        sized=pairs["sized"].to_numpy(),
        severity=highest_severity(matches, on=on).fill_null(0).to_numpy()
        if severity_first
        else None,
    )


def highest_severity(matches: Matches, *, on: date) -> pl.Series:
    """Find the highest severity of the needs of each cell that hold on the day, by cell."""
    highest = matches.needs.filter(running(on)).group_by("cell").agg(pl.max("severity"))
    joined = matches.cells.select("cell").join(highest, on="cell", how="left")
    return joined.sort("cell")["severity"]


def _filled() -> list[pl.Expr]:
    """Give a range as numbers: an open end counts as the middle, and what is not known as 0."""
    return [pl.coalesce(name, "mid", 0.0).alias(name) for name in RANGE]


def _capacities(
    inventory: Inventory, matches: Matches, *, on: date, scenario: Scenario
) -> Capacities:
    shares = effective_share(
        inventory.tranches, inventory.structures, on=on, scenario=scenario
    ).frame
    joined = matches.suppliers.join(shares, on="structure").sort("structure")
    effective = [(pl.col(name) * pl.col("share")).alias(name) for name in RANGE]
    return Capacities(joined.with_columns(*effective, measure=pl.col("sized_in")))


def _demand(matches: Matches, *, on: date) -> pl.DataFrame:
    """Sum the needs that hold on the day by cell, in the order of the cells."""
    without_most = pl.col("mid").is_not_null() & pl.col("high").is_null()
    holding = matches.needs.filter(running(on)).with_columns(boundless=without_most)
    sums = (
        holding.with_columns(_filled())
        .group_by("cell")
        .agg(pl.col(RANGE).sum(), pl.col("boundless").any(), needed=pl.lit(value=True).first())
    )
    quantified = pl.col("measure").is_not_null()
    return (
        matches.cells.join(sums, on="cell", how="left")
        .with_columns(pl.when(quantified).then(pl.col(RANGE)).otherwise(0.0).fill_null(0.0))
        .with_columns(pl.col("needed", "boundless").fill_null(value=False))
        .sort("cell")
    )
