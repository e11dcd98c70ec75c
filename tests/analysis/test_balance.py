"""Bilanz vieler Zellen: dieselben Summen wie Zeile für Zeile gelesen."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from gelingen.analysis.balance import CellDemands, CellSupplies, balance

DAYS = [date(2024, 1, day) for day in range(1, 5)]
days = st.sampled_from(DAYS)
cells = st.tuples(*[st.sampled_from(["a", "b"])] * 3)
periods = st.tuples(st.none() | days, st.none() | days).filter(
    lambda period: None in period or period[0] < period[1]
)
amounts = st.sampled_from([0.0, 1.0, 2.5])
lines = st.lists(
    st.tuples(cells, amounts, periods).map(lambda row: ("x", *row[0], row[1], *row[2])), max_size=6
)


def summed(rows, cell, on):
    return sum(
        row[4]
        for row in rows
        if row[1:4] == cell and (row[5] is None or row[5] <= on) and (row[6] is None or row[6] > on)
    )


@settings(max_examples=150, deadline=None)
@given(lines, lines, st.sets(days, min_size=1))
def test_jede_zelle_hat_an_jedem_tag_die_summe_ihrer_zeilen(demands, supplies, asked):
    found = balance(CellDemands.from_rows(demands), CellSupplies.from_rows(supplies), days=asked)
    assert found.days == tuple(sorted(asked))
    for on in found.days:
        expected = {}
        for cell in sorted({row[1:4] for row in [*demands, *supplies]}):
            demand, supply = summed(demands, cell, on), summed(supplies, cell, on)
            if demand or supply:
                expected[cell] = (demand, supply, max(0.0, demand - supply))
        rows = found.on(on).frame.rows()
        assert {row[:3]: row[3:] for row in rows} == expected
        assert len(rows) == len(expected)
    assert found.unmet.sum() == sum(found.on(on).frame["unmet"].sum() for on in found.days)
