"""The records of a tenant as the analyses take them, and what the analyses say, kept until changed.

Reading all tables takes two dozen queries and the analyses some milliseconds each; pages ask for
the same again and again. So both stay in the process until a record of the tenant changes.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar, cast

import polars as pl

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, Operator, roles_in
from gelingen.analysis.cliff import Cliff, find_cliff
from gelingen.analysis.closing import Options, find_options
from gelingen.analysis.coverage import CoverageResult, coverage, coverage_over
from gelingen.analysis.leads import Leads, find_leads
from gelingen.analysis.money import funding_timeline, running
from gelingen.analysis.spread import spread_needs
from gelingen.findings.inputs import Inputs, horizon_of, read_inputs
from gelingen.history.queries import mark_of
from gelingen.register.received import shown_to
from gelingen.terms.vocabulary import FundingState, Scenario

T = TypeVar("T")
TENANTS = 4
RESULTS = 24
ENDLESS = date(9999, 12, 31)
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Money:
    """How a structure is paid on a day.

    Attributes:
        band: secured, standing, volunteer, unknown, applied, planned or none.
        until: first day on which that is no longer so; None if no such day is known.

    """

    band: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Stage:
    """The cells from a day on, until the day of the next stage.

    Attributes:
        day: first day of the stage.
        cells: cell, topic, target_group, place and type; ordered by cell.

    """

    day: date
    cells: pl.DataFrame


@dataclass(frozen=True)
class Current:
    """The records of one tenant, and answers of the analyses, each read when first asked for."""

    _actor: Actor
    _tenant: Tenant
    _results: OrderedDict[Hashable, object] = field(default_factory=OrderedDict)

    @cached_property
    def inputs(self) -> Inputs:
        """The declared tables, and the German names behind their keys."""
        return read_inputs(self._actor, self._tenant)

    @cached_property
    def horizon(self) -> date | None:
        """First day after the planning horizon; None if there is no plan."""
        return horizon_of(self._actor, self._tenant)

    def name(self, key: str) -> str:
        """German name of a record; the key itself where none is known."""
        return self.inputs.names.get(key, key)

    def coverage(self, on: date, *, scenario: Scenario, horizon: date | None) -> CoverageResult:
        """Find how far the needs are met on a day; see `analysis.coverage.coverage`."""
        return self._once(
            ("coverage", on, scenario, horizon),
            lambda: coverage(self.inputs.served, on=on, scenario=scenario, horizon=horizon),
        )

    def coverage_inside(
        self, places: Sequence[str], on: date, *, scenario: Scenario, horizon: date | None
    ) -> CoverageResult:
        """Find how far the needs are met in each of several places; see `spread_needs`."""
        return self._once(
            ("inside", tuple(places), on, scenario, horizon),
            lambda: coverage(
                spread_needs(self.inputs.served, places),
                on=on,
                scenario=scenario,
                horizon=horizon,
            ),
        )

    def course(self, starts: date, ends: date, *, scenario: Scenario) -> list[Stage]:
        """Follow the type of every cell through [starts, ends), by day."""
        return self._once(
            ("course", starts, ends, scenario),
            lambda: [
                Stage(
                    result.basis.as_of,
                    result.cells.frame.select("cell", "topic", "target_group", "place", "type"),
                )
                for result in coverage_over(
                    self.inputs.served, starts=starts, ends=ends, scenario=scenario
                )
            ],
        )

    def options(self, on: date, *, scenario: Scenario, horizon: date | None) -> Options:
        """Find what could close the gaps of a day."""
        result = self.coverage(on, scenario=scenario, horizon=horizon)
        return self._once(
            ("options", on, scenario, horizon),
            lambda: find_options(self.inputs.served, result, self.inputs.responsibilities),
        )

    def leads(self, on: date) -> Leads:
        """Find the cells without exactly one lead."""
        return self._once(
            ("leads", on),
            lambda: find_leads(self.inputs.responsibilities, self.inputs.inventory, on=on),
        )

    def losses(self, on: date, *, ends: date) -> Cliff:
        """Find what ends or loses money in [on, ends) with secured money, soonest first.

        What other tenants show counts too: it may be what is left, and it may be what is lost.
        """
        return self._once(("losses", on, ends), lambda: _losses(self.inputs, on, ends))

    def money(self, on: date) -> dict[str, Money]:
        """Say of each structure, received ones too, how it is paid on a day and until when."""
        return self._once(("money", on), lambda: _money(self.inputs, on))

    def keep(self, key: str, read: Callable[[], T]) -> T:
        """Read something once and keep it as long as no record of the tenant changes.

        What is read must depend on nothing but the tenant and the roles of the actor.
        """
        return self._once(("kept", key), read)

    def _once(self, key: Hashable, compute: Callable[[], T]) -> T:
        # Other threads may throw an answer out between any two of these lines.
        known = self._results.get(key, _MISSING)
        if known is not _MISSING:
            return cast("T", known)
        found = self._results[key] = compute()
        while len(self._results) > RESULTS:
            self._results.popitem(last=False)
        return found


_known: OrderedDict[Hashable, tuple[object, Current]] = OrderedDict()


def current(actor: Actor, tenant: Tenant) -> Current:
    """Take what is known of a tenant from memory, or begin anew if a record has changed since.

    What other tenants show to it counts among its records. One query; what is asked of it for the
    first time needs its own. What one person may see, another gets from memory only if both hold
    the same roles on the same day.
    """
    who = _sight(actor, tenant)
    mark = mark_of(tenant.pk, beside=shown_to(tenant))
    held = _known.get((tenant.pk, who))
    if held is not None and held[0] == mark:
        return held[1]
    found = Current(actor, tenant)
    _known.pop((tenant.pk, who), None)
    if mark.changes:  # of a tenant without any record, nothing tells what others show to it
        _known[tenant.pk, who] = (mark, found)
    while len(_known) > TENANTS:
        _known.popitem(last=False)
    return found


def _sight(actor: Actor, tenant: Tenant) -> Hashable:
    if isinstance(actor, Operator):
        return actor
    roles = frozenset((one.role, one.organisation_id) for one in roles_in(actor, tenant))
    return actor.day, roles


def _money(inputs: Inputs, on: date) -> dict[str, Money]:
    inventory = inputs.served
    spans = funding_timeline(
        inventory.tranches,
        inventory.structures,
        starts=on,
        ends=ENDLESS,
        scenario=Scenario.SECURED,
    ).frame
    hoped = _hoped(inventory.tranches.frame, on)
    found: dict[str, Money] = {}
    closed: set[str] = set()
    for structure, band, ends in spans.select("structure", "band", "ends").rows():
        first = found.get(structure)
        if structure in closed or (first is not None and first.band != band):
            closed.add(structure)
            continue
        found[structure] = Money(band, None if ends == ENDLESS else ends)
    return found | {
        key: Money(*hoped[key]) for key, one in found.items() if one.band == "none" and key in hoped
    }


def _losses(inputs: Inputs, on: date, ends: date) -> Cliff:
    inventory = inputs.served
    # One day more, so that what ends with the last day is a loss too.
    timeline = funding_timeline(
        inventory.tranches,
        inventory.structures,
        starts=on,
        ends=ends + timedelta(days=1),
        scenario=Scenario.SECURED,
    )
    return find_cliff(inventory, timeline)[0]


def _hoped(tranches: pl.DataFrame, on: date) -> dict[str, tuple[str, date | None]]:
    """Find the money that runs on a day but is only applied for or planned."""
    rows = tranches.filter(running(on)).select("structure", "state", "ends").rows()
    found: dict[str, tuple[str, date | None]] = {}
    for state in (FundingState.PLANNED, FundingState.APPLIED):
        found |= {structure: (state.value, ends) for structure, of, ends in rows if of == state}
    return found
