"""Continuity: what of today's structures still stands later, and what falls away when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from gelingen.analysis.cliff import (
    Cliff,
    CliffCapacities,
    CliffCells,
    CliffMonths,
    find_cliff,
    sum_by_month,
)
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.money import FundingTimeline, funding_timeline, money_assumptions
from gelingen.analysis.result import Basis
from gelingen.analysis.stock import (
    CapacityStock,
    Standing,
    Stock,
    count_stock,
    find_standing,
    total,
)
from gelingen.analysis.tables import Column, Table
from gelingen.analysis.years import YearMoney, money_by_year
from gelingen.errors import UserError
from gelingen.terms.vocabulary import Scenario

__all__ = ["Continuity", "HorizonError", "Outlook", "find_continuity"]

METHOD = "continuity 1"


class HorizonError(UserError):
    """The horizon lies before the day from which one looks ahead."""


class Outlook(Table):
    """Ausblick: one row per day and assumption about money."""

    day = Column(pl.Date, "Tag")
    scenario = Column(pl.String, "secured, expected oder optimistic")
    structures = Column(pl.Int64, "Strukturen, die bestehen und getragen werden")
    unknown = Column(pl.Int64, "Strukturen, deren Finanzierung unbekannt ist")
    fte = Column(pl.Float64, "Personal, soweit angegeben", "VZÄ")
    eur_per_year = Column(pl.Float64, "Geld je Jahr, mit der Aussicht gewichtet", "EUR")
    cells = Column(pl.Int64, "Felder aus Thema, Zielgruppe und Ort, in denen etwas steht")


@dataclass(frozen=True)
class Continuity:
    """What was found.

    Attributes:
        standing: every structure on the first day.
        at_horizon: every structure on the last day.
        stock: both days summed up, in total and by permanence, function and what carries them.
        capacities: capacity on both days by measure.
        outlook: both days under all three assumptions about money.
        cliff: every loss in between, by day.
        cliff_cells: the cells each of them touches.
        months: losses summed up by the month of the last day.
        capacity_losses: lost capacity by month and measure.
        years: money by calendar year.
        timeline: how each structure is carried over time, for pictures; until one day after the
            horizon.
        basis: the ground it stands on.

    """

    standing: Standing
    at_horizon: Standing
    stock: Stock
    capacities: CapacityStock
    outlook: Outlook
    cliff: Cliff
    cliff_cells: CliffCells
    months: CliffMonths
    capacity_losses: CliffCapacities
    years: YearMoney
    timeline: FundingTimeline
    basis: Basis


def find_continuity(
    inventory: Inventory,
    *,
    on: date,
    ends: date,
    scenario: Scenario = Scenario.SECURED,
    levels: Mapping[str, str] | None = None,
) -> Continuity:
    """Find what stands on a day, what still stands at the horizon, and what is lost in between.

    Args:
        inventory: structures, reach and tranches.
        on: the first day.
        ends: the first day after the horizon, later than `on`.
        scenario: which money counts.
        levels: the level of structures, for a further sum.

    Raises:
        HorizonError: `ends` is not later than `on`.

    """
    if ends <= on:
        raise HorizonError(
            f"Der Planungshorizont {ends - timedelta(1):%d.%m.%Y} liegt vor dem Stichtag "
            f"{on:%d.%m.%Y}. Richtig wäre ein Tag danach."
        )
    last = ends - timedelta(days=1)
    timeline = _timeline(inventory, on=on, ends=ends, scenario=scenario)
    standing = find_standing(inventory, on=on, scenario=scenario, levels=levels)
    at_horizon = find_standing(inventory, on=last, scenario=scenario, levels=levels)
    cliff, cells = find_cliff(inventory, timeline)
    months, losses = sum_by_month(cliff, cells)
    stock, capacities = count_stock({on: standing, last: at_horizon}, inventory)
    return Continuity(
        standing=standing,
        at_horizon=at_horizon,
        stock=stock,
        capacities=capacities,
        outlook=_outlook(inventory, {(on, scenario): standing, (last, scenario): at_horizon}),
        cliff=cliff,
        cliff_cells=cells,
        months=months,
        capacity_losses=losses,
        years=money_by_year(inventory.tranches, inventory.structures, starts=on, ends=ends),
        timeline=timeline,
        basis=Basis(on, METHOD, inventory.tables(), scenario, _assumptions(inventory, scenario)),
    )


def _timeline(inventory: Inventory, *, on: date, ends: date, scenario: Scenario) -> FundingTimeline:
    # One day more, so that what ends with the horizon's last day is a loss too.
    return funding_timeline(
        inventory.tranches,
        inventory.structures,
        starts=on,
        ends=ends + timedelta(days=1),
        scenario=scenario,
    )


def _assumptions(inventory: Inventory, scenario: Scenario) -> tuple[str, ...]:
    structures, tranches = inventory.structures.frame, inventory.tranches.frame
    posts = structures["fte"].null_count()
    amounts = tranches["eur_per_year"].null_count()
    sentences = [
        (posts, "Strukturen ohne Angabe zum Personal: {}; sie fehlen in den VZÄ."),
        (amounts, "Finanzierungen ohne Jahresbetrag: {}; sie fehlen in den Summen."),
    ]
    own = tuple(text.format(count) for count, text in sentences if count)
    return money_assumptions(inventory.tranches, inventory.structures, scenario=scenario) + own


def _outlook(inventory: Inventory, known: Mapping[tuple[date, Scenario], Standing]) -> Outlook:
    rows = []
    for day in sorted({day for day, _ in known}):
        for scenario in Scenario:
            standing = known.get((day, scenario)) or find_standing(
                inventory, on=day, scenario=scenario
            )
            sums = total(standing, inventory)
            figures = [sums[name] for name in Outlook.columns if name not in ("day", "scenario")]
            rows.append((day, scenario.value, *figures))
    return Outlook.from_rows(rows)
