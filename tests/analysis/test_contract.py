"""What every analysis keeps: it leaves its inputs alone, answers the same twice, declares all.

A further analysis is one more line of ANALYSES.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date

import pytest
from tests.analysis.specs import table
from tests.analysis.stock import stock

from gelingen.analysis.balance import CellDemands, CellSupplies, balance
from gelingen.analysis.carrying import PlanRecords, find_losses
from gelingen.analysis.closing import find_options
from gelingen.analysis.continuity import find_continuity
from gelingen.analysis.coverage import coverage, coverage_over
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.isolation import find_isolation
from gelingen.analysis.leads import find_leads
from gelingen.analysis.overlaps import find_overlaps
from gelingen.analysis.result import Basis
from gelingen.analysis.schema import (
    Actors,
    MeasureStructures,
    PlanMeasures,
    Responsibilities,
    Ties,
)
from gelingen.analysis.systematic import find_lasting, find_systematic
from gelingen.analysis.tables import Table

ON, HORIZON, END = date(2019, 6, 1), date(2020, 12, 31), date(2021, 1, 1)


@dataclass(frozen=True)
class World:
    """Everything an analysis may ask for."""

    inventory: Inventory
    responsibilities: Responsibilities
    actors: Actors
    ties: Ties
    measures: PlanMeasures
    measure_structures: MeasureStructures
    demands: CellDemands
    supplies: CellSupplies


def plan(world):
    return PlanRecords(world.measures, world.measure_structures, world.responsibilities)


def over(world):
    return coverage_over(world.inventory, starts=ON, ends=END)


ANALYSES = {
    "balance": lambda w: balance(w.demands, w.supplies, days=[ON]).on(ON),
    "carrying": lambda w: find_losses(plan(w), w.inventory, on=ON, horizon=HORIZON),
    "closing": lambda w: find_options(
        w.inventory, coverage(w.inventory, on=ON), w.responsibilities
    ),
    "continuity": lambda w: find_continuity(w.inventory, on=ON, ends=END),
    "coverage": lambda w: coverage(w.inventory, on=ON, horizon=HORIZON),
    "coverage_over": over,
    "isolation": lambda w: find_isolation(w.actors, w.ties, w.inventory, on=ON),
    "lasting": lambda w: find_lasting(over(w), ends=END, at_least_months=1),
    "leads": lambda w: find_leads(w.responsibilities, w.inventory, on=ON),
    "overlaps": lambda w: find_overlaps(w.inventory, on=ON),
    "systematic": lambda w: find_systematic(coverage(w.inventory, on=ON).cells, at_least=1),
}
FULL = World(
    inventory=stock(
        structures="structure | organisation | permanence | capacity | measure | ends\n"
        "s | o | project | 10 | P |\nt | q | standing | 5 | P | 2020-03-01\n"
        "u | q | volunteer | | |",
        reach="structure | place\ns | 09473\nt | 09473\nu | 09473112",
        tranches="funding | structure | state | ends\n"
        "f | s | approved | 2020-01-01\ng | s | applied |",
        needs="need | place | quantity | measure\na | 09473112 | 40 | P\nb | 09473113 | 7 | P\n"
        "c | 09473112 | |\nd | 09463 | |",
        inquiries="inquiry | topic | target_group | place | state\ni | | | 09463 | none_found",
        topics="topic | above\nsprache |",
    ),
    responsibilities=table(
        Responsibilities, "responsibility | organisation | kind\nr | o | lead\nv | q | lead"
    ),
    actors=table(Actors, "organisation | asked\no | true\np | true\nq | false"),
    ties=table(Ties, "tie | a | b | kind | intensity\nx | o | q | information | 2"),
    measures=table(PlanMeasures, "measure | lead | funding_ends\nm | o | 2020-01-01\nn | |"),
    measure_structures=table(MeasureStructures, "measure | structure\nm | s\nn | t"),
    demands=CellDemands.from_rows([("a", "t", "g", "1", 4.0, None, None)]),
    supplies=CellSupplies.from_rows([("s", "t", "h", "2", 3.0, None, END)]),
)
EMPTY = World(Inventory(), *[field.type.empty() for field in fields(World)[1:]])


def tables(found) -> Iterator[Table]:
    """Find all tables in a result, wherever they stand in it."""
    if isinstance(found, Table):
        yield found
    elif isinstance(found, list | tuple):
        for item in found:
            yield from tables(item)
    elif is_dataclass(found) and not isinstance(found, Basis):
        for field in fields(found):
            yield from tables(getattr(found, field.name))


def contents(found):
    return [table.frame.rows() for table in tables(found)]


@pytest.mark.parametrize("world", [FULL, EMPTY], ids=["full", "empty"])
@pytest.mark.parametrize("name", ANALYSES)
def test_das_ergebnis_hat_genau_die_erklaerten_spalten(name, world):
    found = list(tables(ANALYSES[name](world)))
    assert found
    for result in found:
        declared = {name: column.dtype for name, column in result.columns.items()}
        assert dict(result.frame.schema) == declared
        for column_name, column in result.columns.items():
            assert column.nullable or not result.frame[column_name].null_count()


@pytest.mark.parametrize("name", ANALYSES)
def test_die_eingaben_bleiben_wie_sie_waren(name):
    before = [given.frame.clone() for given in tables(FULL)]
    ANALYSES[name](FULL)
    for given, kept in zip(tables(FULL), before, strict=True):
        assert given.frame.equals(kept)


def mixed(given, seed):
    """Shuffle the rows of all tables."""
    if isinstance(given, Table):
        return type(given)(given.frame.sample(fraction=1.0, shuffle=True, seed=seed))
    parts = {
        field.name: mixed(getattr(given, field.name), seed) for field in fields(given) if field.init
    }
    return type(given)(**parts)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", ANALYSES)
def test_dieselbe_frage_hat_in_jeder_reihenfolge_der_eingaben_dieselbe_antwort(name, seed):
    assert contents(ANALYSES[name](mixed(FULL, seed))) == contents(ANALYSES[name](FULL))


@pytest.mark.parametrize("name", ANALYSES)
def test_ergebnisse_mit_grundlage_sagen_tag_verfahren_und_eingaben(name):
    found = ANALYSES[name](FULL)
    for result in found if isinstance(found, list) else [found]:
        basis = getattr(result, "basis", None)
        if basis is not None:
            assert basis.as_of >= ON
            assert basis.method_version
            assert len(basis.inputs_hash) == 64
