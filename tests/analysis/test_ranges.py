"""Spannen: eine Regel für die Mitte, in Datensätzen wie in Spalten."""

from decimal import Decimal

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from gelingen.analysis.ranges import bounds
from gelingen.terms.measures import middle

numbers = st.one_of(st.none(), st.integers(0, 6))


def read(low, mid, high):
    frame = pl.DataFrame(
        {"n_low": [low], "n": [mid], "n_high": [high]},
        schema_overrides=dict.fromkeys(("n_low", "n", "n_high"), pl.Float64),
    )
    return frame.select(**bounds("n")).row(0)


def test_eine_spanne_ist_offen_wo_ein_ende_fehlt():
    assert read(10, None, None) == (10, 10, None)
    assert read(None, None, 10) == (0, 10, 10)
    assert read(None, 10, None) == (10, 10, 10)
    assert read(10, None, 20) == (10, 15, 20)
    assert read(None, None, None) == (None, None, None)


@given(numbers, numbers)
def test_die_mitte_ist_in_spalten_dieselbe_wie_in_datensaetzen(low, high):
    assert read(low, None, high)[1] == middle(
        None if low is None else Decimal(low), None if high is None else Decimal(high)
    )


@given(numbers, numbers, numbers)
def test_die_enden_schliessen_die_mitte_ein(low, mid, high):
    least, middling, most = read(low, mid, high)
    assert (least is None) == (middling is None)
    assert least is None or least <= middling
    assert most is None or middling <= most
