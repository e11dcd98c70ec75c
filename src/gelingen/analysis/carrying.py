"""Carrying: measures that lose their lead, a needed structure or secured money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from gelingen.analysis.inventory import Inventory
from gelingen.analysis.schema import MeasureStructures, PlanMeasures, Responsibilities
from gelingen.analysis.service import Period, first_day_without, periods
from gelingen.analysis.tables import Column, Table
from gelingen.terms.vocabulary import Scenario

__all__ = ["Losses", "PlanRecords", "find_losses"]

Loss = tuple[str, str, str | None, date, bool]


class Losses(Table):
    """Verluste: one row per measure and thing that it loses during its term."""

    key = Column(pl.String, "Kennung des Befunds")
    measure = Column(pl.String, "Kennung der Maßnahme")
    loses = Column(pl.String, "no_lead, lead, structure oder money")
    record = Column(pl.String, "Kennung der Organisation oder Struktur", nullable=True)
    on_day = Column(pl.Date, "Erster Tag ohne")
    already = Column(pl.Boolean, "Fehlt es schon am ersten Tag, nach dem gefragt ist?")


@dataclass(frozen=True)
class PlanRecords:
    """What a plan rests on.

    Attributes:
        measures: n rows; the term of a measure without end reaches to the horizon.
        structures: which structures each measure needs.
        responsibilities: who leads what.

    """

    measures: PlanMeasures
    structures: MeasureStructures
    responsibilities: Responsibilities


def find_losses(
    plan: PlanRecords,
    inventory: Inventory,
    *,
    on: date,
    horizon: date,
    scenario: Scenario = Scenario.SECURED,
) -> Losses:
    """Find what measures lose between a day and the horizon, both included.

    A measure without a lead is named from its first day. A lead is lost when it ends itself, when
    its last recorded responsibility as a lead ends, or when all its structures do; an organisation
    of which none of that is recorded is not said to be lost. A structure is lost when it ends or
    nothing carries it any more; one whose money is not known from the beginning is not, nor one
    that is there from the first day of the measure on. What was lost before the term is lost on its
    first day.

    Args:
        plan: measures, what they need, and who leads.
        inventory: structures and their money.
        on: the first day asked about.
        horizon: the last day asked about.
        scenario: which money counts.

    Returns:
        Rows ordered by measure, kind of loss and record.

    """
    needed = plan.structures.frame.group_by("measure").agg(pl.col("structure").sort())
    structures_of = dict(needed.rows())
    lead_ends = _lead_ends(plan.responsibilities, inventory)
    stands = _Stands.of(inventory, scenario=scenario)
    rows: list[Loss] = []
    for measure in plan.measures.frame.sort("measure").rows(named=True):
        first = max(measure["starts"] or on, on)
        key, lead = measure["measure"], measure["lead"]
        losses = [
            (key, "structure", structure, stands.end(structure, first=first))
            for structure in structures_of.get(key, [])
        ]
        losses.append((key, "money", None, measure["funding_ends"]))
        losses.append(
            (key, "lead", lead, _first(lead_ends.get(lead), measure["lead_ends"]))
            if lead
            else (key, "no_lead", None, first)
        )
        for measure_key, loses, record, day in losses:
            lost = None if day is None else max(day, first)
            after = measure["ends"]
            if lost is not None and lost <= horizon and (after is None or lost < after):
                rows.append((measure_key, loses, record, lost, lost == first))
    rows.sort(key=lambda row: (row[0], row[1], row[2] or ""))
    return Losses.from_rows(
        [
            (f"carrying:{m}:{loses}:{record or ''}", m, loses, record, day, already)
            for m, loses, record, day, already in rows
        ]
    )


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _lead_ends(responsibilities: Responsibilities, inventory: Inventory) -> dict[str, date]:
    """Find the first day on which an organisation leads nothing or runs nothing any more."""
    leads = responsibilities.frame.filter(pl.col("kind") == "lead")
    found: dict[str, date] = {}
    for frame in (leads, inventory.structures.frame):
        over = frame.group_by("organisation").agg(
            last=pl.when(pl.col("ends").is_not_null().all()).then(pl.col("ends").max())
        )
        for organisation, last in over.rows():
            if last is not None:
                found[organisation] = min(last, found.get(organisation, last))
    return found


@dataclass(frozen=True)
class _Stands:
    """When structures work: their carried periods, their own ends, and whose money is recorded."""

    runs: Mapping[str, Sequence[Period]]
    own_ends: Mapping[str, date | None]
    with_money: frozenset[str]

    @classmethod
    def of(cls, inventory: Inventory, *, scenario: Scenario) -> "_Stands":
        known = inventory.tranches.frame.filter(pl.col("state") != "unknown")
        return cls(
            periods(inventory, scenario=scenario),
            dict(inventory.structures.frame.select("structure", "ends").rows()),
            frozenset(known["structure"].to_list()),
        )

    def end(self, structure: str, *, first: date) -> date | None:
        """Find the first day from `first` without a structure; None if that never comes.

        Where no money is known, the end of the structure itself counts.
        """
        runs = self.runs.get(structure, ())
        if runs or structure in self.with_money:
            return first_day_without(runs, on=first)
        return self.own_ends.get(structure)
