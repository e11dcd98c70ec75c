"""Coverage: how far the structures that exist and are paid for meet the needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from gelingen.analysis.evidence import Evidence, find_evidence
from gelingen.analysis.figures import Cells, Totals, cell_figures, sums
from gelingen.analysis.gaptypes import GAPS, find_types
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.lasting import find_ends, find_service
from gelingen.analysis.matches import Matches, find_matches
from gelingen.analysis.money import money_assumptions
from gelingen.analysis.result import Basis
from gelingen.analysis.service import breakpoints
from gelingen.analysis.state import Capacities, Flags, State, find_state
from gelingen.terms.vocabulary import GapType, Scenario

__all__ = ["Cells", "CoverageResult", "Explanation", "Totals", "coverage", "coverage_over"]

METHOD = "coverage 1"


@dataclass(frozen=True)
class Explanation:
    """Why a cell is judged as it is.

    Attributes:
        cell: the row of the cell, by column name.
        records: keys of the records behind it by "record:role", for example "structure:ended".

    """

    cell: Mapping[str, object]
    records: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class CoverageResult:
    """Coverage of all cells on one day under one assumption about money.

    Attributes:
        basis: day, assumption, inputs and method.
        cells: all cells, ordered by cell.
        totals: by measure.
        capacities: by structure.
        evidence: the records behind each cell.

    """

    basis: Basis
    cells: Cells
    totals: Totals
    capacities: Capacities
    evidence: Evidence

    def gaps(self) -> Cells:
        """Give the cells that are gaps: not the covered ones, nor those not known.

        The most severe come first, those that nobody judged last; then by cell.
        """
        gaps = self.cells.frame.filter(pl.col("type").is_in([kind.value for kind in GAPS]))
        order = pl.col("severity").fill_null(0)
        return Cells(gaps.sort(order, "cell", descending=[True, False]))

    def explain(self, cell: str) -> Explanation:
        """Gather why a cell is judged as it is; raises KeyError for an unknown cell."""
        rows = self.cells.frame.filter(pl.col("cell") == cell)
        if rows.is_empty():
            raise KeyError(cell)
        behind = self.evidence.frame.filter(pl.col("cell") == cell)
        grouped = behind.group_by("record", "role", maintain_order=True).agg("key").sort("record")
        return Explanation(
            rows.row(0, named=True),
            {f"{record}:{role}": tuple(keys) for record, role, keys in grouped.rows()},
        )


def coverage(  # noqa: PLR0913  # each beside the records and the day is optional
    inventory: Inventory,
    *,
    on: date,
    scenario: Scenario = Scenario.SECURED,
    horizon: date | None = None,
    limit: float | None = None,
    severity_first: bool = False,
) -> CoverageResult:
    """Find how far the needs are met on a day.

    Args:
        inventory: the records.
        on: the day asked about.
        scenario: which money counts.
        horizon: the last day up to which what is met should stay met; without it nothing ends.
        limit: longest bearable way in minutes; None asks for no travel times.
        severity_first: whether cells of higher severity are served before all others, fairly among
            those of one level (see `priority`); without it all are served alike.

    Returns:
        Cells ordered by cell. Ratios: in proportion and max-min fair (see `allocation`); the
        unavoidable unmet demand is what no redistribution can meet.

    """
    question = _Question(scenario, horizon, limit, severity_first)
    return _on_day(inventory, find_matches(inventory, limit=limit), question, on=on)


def coverage_over(  # noqa: PLR0913  # each beside the records and the period is optional
    inventory: Inventory,
    *,
    starts: date,
    ends: date,
    scenario: Scenario = Scenario.SECURED,
    limit: float | None = None,
    severity_first: bool = False,
) -> list[CoverageResult]:
    """Find how far the needs are met in [starts, ends): one result per breakpoint, by day.

    Each result holds from its day until the day of the next.
    """
    matches = find_matches(inventory, limit=limit)
    question = _Question(scenario, None, limit, severity_first)
    return [
        _on_day(inventory, matches, question, on=day)
        for day in breakpoints(inventory, starts=starts, ends=ends)
    ]


@dataclass(frozen=True)
class _Question:
    """What is asked besides the day."""

    scenario: Scenario
    horizon: date | None
    limit: float | None
    severity_first: bool


def _on_day(
    inventory: Inventory, matches: Matches, question: _Question, *, on: date
) -> CoverageResult:
    scenario, horizon = question.scenario, question.horizon
    state = find_state(
        inventory, matches, on=on, scenario=scenario, severity_first=question.severity_first
    )
    shared = state.shared(state.capacity[1])
    types = find_types(state, shared, _asked(matches, on=on))
    cells = cell_figures(state, shared, types).hstack(find_service(state))
    if horizon is not None:
        cells = _with_ends(cells, state, horizon=horizon)
    return CoverageResult(
        basis=Basis(
            as_of=on,
            method_version=METHOD,
            inputs=inventory.tables(),
            scenario=scenario,
            arguments={
                "horizon": horizon,
                "limit": question.limit,
                "severity_first": question.severity_first,
            },
            assumptions=money_assumptions(
                inventory.tranches, inventory.structures, scenario=scenario
            ),
        ),
        cells=Cells(cells),
        totals=sums(cells),
        capacities=state.capacities,
        evidence=find_evidence(state),
    )


def _asked(matches: Matches, *, on: date) -> Flags:
    """Tell the cells where somebody had asked by that day and found nothing."""
    since = pl.col("since").is_null() | (pl.col("since") <= on)
    asked = matches.asked.filter(since)["cell"].implode()
    cells: Flags = matches.cells["cell"].is_in(asked).to_numpy()
    return cells


def _with_ends(cells: pl.DataFrame, state: State, *, horizon: date) -> pl.DataFrame:
    """Turn covered cells that do not stay covered up to the horizon into ending ones."""
    ends = find_ends(state, cells["type"].to_list(), cells["until"].to_list(), horizon=horizon)
    day = pl.Series("until", ends, dtype=pl.Date)
    ending = np.array([end is not None for end in ends], dtype=bool)
    return cells.with_columns(
        type=pl.when(pl.Series(ending)).then(pl.lit(GapType.ENDING.value)).otherwise("type"),
        until=day.fill_null(cells["until"]),
    )
