"""Eigenschaften der Versorgung, die für jeden Bestand gelten."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gelingen.analysis.coverage import coverage, coverage_over
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.schema import Inquiries, Needs, Reach, Structures, Tranches
from gelingen.terms.vocabulary import Scenario

CLOSE = 1e-9
DAYS = [date(2024, 1, day) for day in range(1, 5)]
# Few values each: equal days, places inside each other and equal groups have to meet often.
days = st.sampled_from(DAYS)
periods = st.tuples(st.none() | days, st.none() | days).filter(
    lambda period: None in period or period[0] < period[1]
)
places = st.sampled_from(["09473", "09473112"])
groups = st.sampled_from(["frauen", "jugend"])
amounts = st.none() | st.sampled_from([0.0, 2.0, 3.0])


@st.composite
def inventories(draw):
    structures, tranches, reach, needs = [], [], [], []
    for n in range(draw(st.integers(0, 3))):
        size = draw(amounts)
        permanence = draw(st.sampled_from(["standing", "project", "volunteer", None]))
        structures.append(
            (f"s{n}", "o", "delivers", permanence, None, size, None, "P", None, *draw(periods))
        )
        for group, place in draw(st.sets(st.tuples(groups, places), max_size=2)):
            reach.append((f"s{n}", "sprache", group, place))
        for _ in range(draw(st.integers(0, 2))):
            state = draw(st.sampled_from(["approved", "applied", "planned", "unknown"]))
            share = draw(st.sampled_from([None, 0.5]))
            chance = draw(st.sampled_from([None, 0.5]))
            row = (f"s{n}", "Land", state, share, chance, None, *draw(periods))
            tranches.append((f"f{len(tranches)}", *row))
    for n in range(draw(st.integers(0, 3))):
        row = (f"b{n}", "sprache", draw(groups), draw(places), "operational")
        needs.append((*row, None, draw(amounts), None, "P", None, *draw(periods)))
    asked = draw(st.sampled_from([[], [("i", None, None, "09473", "none_found", None)]]))
    return Inventory(
        structures=Structures.from_rows(structures),
        reach=Reach.from_rows(reach),
        tranches=Tranches.from_rows(tranches),
        needs=Needs.from_rows(needs),
        inquiries=Inquiries.from_rows(asked),
    )


def holds(row, on):
    return (row["starts"] is None or row["starts"] <= on) and (
        row["ends"] is None or row["ends"] > on
    )


def weight(tranche, scenario):
    if tranche["state"] == "approved":
        return 1.0
    if tranche["state"] == "applied":
        return {"secured": 0.0, "expected": tranche["probability"] or 0.0, "optimistic": 1.0}[
            scenario
        ]
    return float(tranche["state"] == "planned" and scenario == "optimistic")


def share_of(structure, inventory, on, scenario):
    """Read the rule row by row: None means that nobody knows."""
    if not holds(structure, on):
        return 0.0
    money = [
        t
        for t in inventory.tranches.frame.rows(named=True)
        if t["structure"] == structure["structure"]
    ]
    if not money:
        return 1.0 if structure["permanence"] in ("standing", "volunteer") else None
    now = [t for t in money if holds(t, on)]
    paid = sum((1.0 if t["share"] is None else t["share"]) * weight(t, scenario) for t in now)
    if paid == 0 and any(t["state"] == "unknown" for t in now):
        return None
    return min(1.0, paid)


def type_without_quantity(cell, inventory, on):
    """Read the rules for cells without quantities row by row."""
    needs = [
        n
        for n in inventory.needs.frame.rows(named=True)
        if n["quantity"] is None and (n["target_group"], n["place"]) == cell
    ]
    if not any(holds(need, on) for need in needs):
        return "no_demand"
    serving = {
        r["structure"]
        for r in inventory.reach.frame.rows(named=True)
        if r["target_group"] == cell[0] and cell[1].startswith(r["place"])
    }
    fitting = [s for s in inventory.structures.frame.rows(named=True) if s["structure"] in serving]
    if not fitting:
        return "structural" if len(inventory.inquiries) else "not_known"
    shares = [share_of(s, inventory, on, "secured") for s in fitting]
    if any(shares):
        return "covered"
    if None in shares:
        return "unknown_funding"
    begun = any(s["starts"] is None or s["starts"] <= on for s in fitting)
    return "funding_cliff" if begun else "capacity"


@settings(max_examples=80, deadline=None)
@given(inventories(), days)
def test_ohne_mengen_ist_die_art_der_luecke_die_zeile_fuer_zeile_gelesene(inventory, on):
    cells = coverage(inventory, on=on).cells.frame.filter(pl.col("measure").is_null())
    for cell in cells.rows(named=True):
        where = (cell["target_group"], cell["place"])
        assert cell["type"] == type_without_quantity(where, inventory, on)


@settings(max_examples=60, deadline=None)
@given(inventories(), days, st.sampled_from(list(Scenario)))
def test_die_wirksame_kapazitaet_ist_die_zeile_fuer_zeile_gelesene(inventory, on, scenario):
    found = coverage(inventory, on=on, scenario=scenario).capacities.frame
    for structure, row in zip(
        inventory.structures.frame.sort("structure").rows(named=True),
        found.rows(named=True),
        strict=True,
    ):
        share = share_of(structure, inventory, on, scenario)
        assert row["share"] == share
        size = structure["capacity"]
        assert row["mid"] == (None if None in (share, size) else size * share)


def open_demand(inventory, on, scenario=Scenario.SECURED):
    """Sum what is unmet where nothing is hidden by structures of unknown size."""
    frame = coverage(inventory, on=on, scenario=scenario).cells.frame
    return (frame["demand"] * (1 - frame["fair"].fill_null(0.0))).sum()


def with_known_sizes(inventory):
    frame = inventory.structures.frame.with_columns(pl.col("capacity").fill_null(1.0))
    asked = Inquiries.from_rows([("i", None, None, "09", "none_found", None)])
    return replace(inventory, structures=Structures(frame), inquiries=asked)


@settings(max_examples=40, deadline=None)
@given(inventories(), days)
def test_mit_mehr_zuversicht_beim_geld_fehlt_nie_mehr(inventory, on):
    known = with_known_sizes(inventory)
    secured, expected, optimistic = (open_demand(known, on, scenario) for scenario in Scenario)
    assert secured >= expected - CLOSE
    assert expected >= optimistic - CLOSE


@settings(max_examples=40, deadline=None)
@given(inventories(), days)
def test_laengeres_geld_laesst_nie_mehr_offen(inventory, on):
    known = with_known_sizes(inventory)
    longer = Tranches(known.tranches.frame.with_columns(ends=pl.lit(None, dtype=pl.Date)))
    assert open_demand(replace(known, tranches=longer), on) <= open_demand(known, on) + CLOSE


def later(table, days_later):
    names = [name for name, column in table.columns.items() if column.dtype == pl.Date]
    return type(table)(table.frame.with_columns(pl.col(names) + timedelta(days=days_later)))


@settings(max_examples=40, deadline=None)
@given(inventories(), days, st.integers(1, 400))
def test_alle_tage_zu_verschieben_verschiebt_nur_die_antwort(inventory, on, shift):
    moved = Inventory(**{name: later(table, shift) for name, table in inventory.tables().items()})
    before = coverage(inventory, on=on, horizon=DAYS[-1])
    after = coverage(moved, on=on + timedelta(days=shift), horizon=DAYS[-1] + timedelta(days=shift))
    assert later(before.cells, shift).frame.rows() == after.cells.frame.rows()


@settings(max_examples=30, deadline=None)
@given(inventories())
def test_zwischen_zwei_stichtagen_aendert_sich_nichts(inventory):
    results = coverage_over(inventory, starts=DAYS[0], ends=DAYS[-1] + timedelta(days=1))
    for on in DAYS:
        valid = [result for result in results if result.basis.as_of <= on][-1]
        times = ["begins", "ended", "until"]
        found = coverage(inventory, on=on).cells.frame.drop(times)
        assert found.rows() == valid.cells.frame.drop(times).rows()


@settings(max_examples=40, deadline=None)
@given(inventories(), days)
def test_unklar_ist_nie_eine_luecke_und_spannen_sind_geordnet(inventory, on):
    result = coverage(inventory, on=on)
    assert "not_known" not in result.gaps().frame["type"].to_list()
    for row in result.cells.frame.rows(named=True):
        ordered = [row[name] for name in ("unmet_low", "unmet", "unmet_high")]
        known = [value for value in ordered if value is not None]
        assert known == sorted(known)


@settings(max_examples=40, deadline=None)
@given(inventories(), days)
def test_bis_zum_horizont_gedeckt_ist_was_an_jedem_tag_gedeckt_ist(inventory, on):
    # Demand of the day itself is held against later supply, so needs may not change.
    constant = Needs(
        inventory.needs.frame.with_columns(
            starts=pl.lit(None, dtype=pl.Date), ends=pl.lit(None, dtype=pl.Date)
        )
    )
    inventory = replace(inventory, needs=constant)
    found = coverage(inventory, on=on, horizon=DAYS[-1]).cells.frame
    each = [coverage(inventory, on=day).cells.frame for day in DAYS if day >= on]
    for row, cell in enumerate(found["cell"]):
        types = [frame["type"][row] for frame in each]
        if types[0] != "covered":
            assert found["type"][row] == types[0]
        elif found["measure"][row] is None or "not_known" not in types:
            assert found["type"][row] == ("covered" if set(types) == {"covered"} else "ending"), (
                cell
            )


@pytest.mark.parametrize("order", [1, 7])
@settings(max_examples=30, deadline=None)
@given(inventory=inventories(), on=days)
def test_die_reihenfolge_der_zeilen_ist_gleich(order, inventory, on):
    mixed = Inventory(
        **{
            name: type(table)(table.frame.sample(fraction=1.0, shuffle=True, seed=order))
            for name, table in inventory.tables().items()
        }
    )
    one, other = coverage(inventory, on=on), coverage(mixed, on=on)
    assert one.basis.inputs_hash == other.basis.inputs_hash
    assert (
        one.cells.frame.drop("fair", "proportional").rows()
        == other.cells.frame.drop("fair", "proportional").rows()
    )
    assert one.evidence.frame.rows() == other.evidence.frame.rows()
