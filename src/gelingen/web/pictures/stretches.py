"""How sure the money of each structure is over time, as stretches of one state."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import polars as pl

from gelingen.analysis.inventory import Inventory
from gelingen.analysis.money import funding_timeline
from gelingen.terms.vocabulary import FundingState, Scenario

# What carries a structure, and the state that pages show for it.
_SURE = {"secured": "secured", "standing": "secured", "volunteer": "secured", "unknown": "unknown"}
_HOPED = (FundingState.APPLIED, FundingState.PLANNED)
_OWN = {"standing": "Regelaufgabe", "volunteer": "ehrenamtlich"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A half-open time [starts, ends) in which a structure exists and its money is one state.

    Attributes:
        starts: first day.
        ends: first day after.
        state: secured, applied, planned, unknown or open.
        note: what carries it besides money ("Regelaufgabe"); may be empty.

    """

    starts: date
    ends: date
    state: str
    note: str = ""


def stretches_of(inventory: Inventory, *, starts: date, ends: date) -> dict[str, list[Stretch]]:
    """Tell by structure how sure its money is, in the order of days.

    The rule is that of `analysis.money` with secured money only; where none is, money that is
    applied for counts before money that is planned.

    Args:
        inventory: structures and their tranches.
        starts: first day looked at.
        ends: first day not looked at any more.

    Returns:
        For each structure, by key, stretches without overlap; days on which it does not exist are
        left out.

    """
    spans = funding_timeline(
        inventory.tranches,
        inventory.structures,
        starts=starts,
        ends=ends,
        scenario=Scenario.SECURED,
    ).frame.filter("exists")
    hoped = _hoped(inventory)
    found: dict[str, list[Stretch]] = defaultdict(list)
    for key, begin, end, band in spans.select("structure", "starts", "ends", "band").rows():
        state = _SURE.get(band) or _best(hoped.get(key, []), begin)
        _append(found[key], Stretch(begin, end, state, _OWN.get(band, "")))
    return dict(found)


Tranche = tuple[str, date | None, date | None]


def _hoped(inventory: Inventory) -> dict[str, list[Tranche]]:
    states = [state.value for state in _HOPED]
    rows = inventory.tranches.frame.filter(pl.col("state").is_in(states))
    found: dict[str, list[Tranche]] = defaultdict(list)
    for key, *tranche in rows.select("structure", "state", "starts", "ends").rows():
        found[key].append(tuple(tranche))
    return found


def _best(tranches: list[Tranche], on: date) -> str:
    """Name the surest money that runs on a day; within a span none begins or ends."""
    running = {
        state
        for state, starts, ends in tranches
        if (starts is None or starts <= on) and (ends is None or ends > on)
    }
    return next((state.value for state in _HOPED if state in running), "open")


def _append(found: list[Stretch], new: Stretch) -> None:
    """Add a stretch; where nothing changes it only grows."""
    last = found[-1] if found else None
    if last and (last.ends, last.state, last.note) == (new.starts, new.state, new.note):
        found[-1] = Stretch(last.starts, new.ends, new.state, new.note)
    else:
        found.append(new)
