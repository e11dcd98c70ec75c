"""Since when a cell is not served, until when it is, and when service returns."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import polars as pl

from gelingen.analysis.gaptypes import ENOUGH
from gelingen.analysis.service import Period, breakpoints, first_day_without, periods
from gelingen.analysis.state import State, find_state
from gelingen.terms.vocabulary import GapType

__all__ = ["find_ends", "find_service"]


def find_service(state: State) -> pl.DataFrame:
    """Find when service of each cell ended, ends and begins; columns ended, until, begins.

    Anything that works and is carried counts, whatever its size. `ended` and `begins` are empty
    where something serves on the day, `until` where nothing does.
    """
    matches = state.matches
    runs = periods(state.inventory, scenario=state.scenario)
    own_ends = dict(matches.suppliers.select("structure", "ends").rows())
    serving: dict[str, list[str]] = {cell: [] for cell in matches.cells["cell"]}
    for cell, structure in matches.pairs.filter(~pl.col("far")).select("cell", "structure").rows():
        serving[cell].append(structure)
    rows = [_service(structures, runs, own_ends, on=state.on) for structures in serving.values()]
    names = ("ended", "until", "begins")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.Date), orient="row")


def _service(
    structures: Sequence[str],
    runs: Mapping[str, Sequence[Period]],
    own_ends: Mapping[str, date | None],
    *,
    on: date,
) -> tuple[date | None, date | None, date | None]:
    own = [period for structure in structures for period in runs[structure]]
    reached = first_day_without(own, on=on)
    if reached != on:
        return None, reached, None
    # Without recorded money the end of the structure itself is the end of its service.
    silent = [own_ends[structure] for structure in structures if not runs[structure]]
    over = [day for day in (*(ends for _, ends in own), *silent) if day and day <= on]
    ahead = [starts for starts, _ in own if starts and starts > on]
    return max(over, default=None), None, min(ahead, default=None)


def find_ends(
    state: State, types: Sequence[str], until: Sequence[date | None], *, horizon: date
) -> list[date | None]:
    """Find the first day, up to the horizon, on which a covered cell is no longer covered.

    Without quantities that is the first day without service; with quantities the demand of `on` is
    held against the capacity of each later day.
    """
    covered = np.array([kind == GapType.COVERED for kind in types], dtype=bool)
    ends = [
        day if met and not counted and day is not None and day <= horizon else None
        for day, met, counted in zip(until, covered, state.quantified, strict=True)
    ]
    open_cells = covered & state.quantified
    after = horizon + timedelta(days=1)
    days = breakpoints(state.inventory, starts=state.on, ends=after)
    for day in days[1:]:
        if not open_cells.any():
            break
        later = find_state(
            state.inventory,
            state.matches,
            on=day,
            scenario=state.scenario,
            severity_first=state.severity is not None,
        )
        met = np.nan_to_num(state.shared(later.capacity[1]).ratios) >= ENOUGH
        for cell in np.flatnonzero(open_cells & ~met):
            ends[cell] = day
        open_cells &= met
    return ends
