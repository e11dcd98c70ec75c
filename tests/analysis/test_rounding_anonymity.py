"""Runden statt verbergen, und Zeilen, die niemanden erkennen lassen."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gelingen.analysis.disclosure.anonymity import make_anonymous
from gelingen.analysis.disclosure.counts import Dimension, cross_table
from gelingen.analysis.disclosure.rounding import round_table
from gelingen.analysis.tables import TableError

A, B, C = ("a", "b"), ("x", "y", "z"), ("1", "2")
RECORDS = st.lists(
    st.tuples(st.sampled_from(A), st.sampled_from(B), st.sampled_from(C)), min_size=1, max_size=60
)


def counted(records, sides):
    frame = pl.DataFrame(records, schema=["a", "b", "c"], orient="row")
    return cross_table(frame, [Dimension(name, values) for name, values in sides])


@settings(deadline=None, max_examples=60)
@given(RECORDS, st.sampled_from([3, 5]))
def test_gerundet_geht_die_tabelle_weiter_auf_und_weicht_um_weniger_als_die_basis_ab(records, base):
    table = counted(records, [("a", A), ("b", B)])
    rounded = round_table(table, base=base)
    values = dict(rounded.cells.frame.select("cell", "rounded").rows())
    true = table.values()
    assert all(values[total] == sum(values[p] for p in parts) for total, parts in table.equations())
    assert {value % base for value in values.values()} == {0}
    assert max(abs(values[cell] - count) for cell, count in true.items()) == rounded.furthest < base
    assert all(values[cell] == count for cell, count in true.items() if count % base == 0)


@settings(deadline=None, max_examples=60)
@given(RECORDS)
def test_was_eine_gerundete_zahl_heissen_kann_enthaelt_die_wahre(records):
    table = counted(records, [("a", A), ("b", B), ("c", C)])
    rounded = round_table(table)
    true = table.values()
    for cell, _, low, high in rounded.cells.frame.rows():
        assert low <= true[cell] <= high
        assert high > low


def test_gerundet_wird_so_nah_wie_moeglich():
    table = counted([("a", "x", "1")] * 4 + [("b", "x", "1")] * 5, [("a", A)])
    rounded = dict(round_table(table).cells.frame.select("cell", "rounded").rows())
    assert rounded == {"": 9, "a=a": 3, "a=b": 6}
    fours = counted([("a", value, "1") for value in B] * 4, [("b", B)])
    rounded = dict(round_table(fours, base=5).cells.frame.select("cell", "rounded").rows())
    assert rounded == {"": 15, "b=x": 5, "b=y": 5, "b=z": 5}


# ---- Rows


def people(*rows):
    return pl.DataFrame(rows, schema=["place", "sector", "name"], orient="row")


COUNTY = {"place": {"09473112": "09473", "09473121": "09473"}}
KEYS = ["place", "sector"]


def states(result):
    return result.states.frame["state"].to_list()


def test_seltene_zeilen_werden_ausgelassen():
    rows = people(*[("09473112", "Verein", n) for n in "abc"], ("09473121", "Kirche", "d"))
    result = make_anonymous(rows, KEYS)
    assert states(result) == ["kept", "kept", "kept", "left_out"]
    assert result.rows["name"].to_list() == ["a", "b", "c"]


def test_vergroebert_wird_nur_was_selten_ist():
    rows = people(
        *[("09473112", "Verein", n) for n in "abc"],
        ("09473112", "Kirche", "d"),
        *[("09473121", "Kirche", n) for n in "ef"],
    )
    result = make_anonymous(rows, KEYS, coarser=COUNTY)
    assert states(result) == ["kept"] * 3 + ["coarser"] * 3
    assert result.rows["place"].to_list() == ["09473112"] * 3 + ["09473"] * 3
    assert result.states.frame["coarsened"].to_list() == [""] * 3 + ["place"] * 3


def test_auch_vergroebert_selten_wird_ausgelassen():
    rows = people(("09473112", "Kirche", "d"), ("09473121", "Kirche", "e"))
    assert states(make_anonymous(rows, KEYS, coarser=COUNTY)) == ["left_out", "left_out"]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*COUNTY["place"], None]), st.sampled_from("vk"), st.sampled_from("ab")
        ),
        max_size=20,
    ),
    st.integers(1, 4),
)
def test_jede_verbindung_steht_mindestens_k_mal_oder_gar_nicht(rows, fewest):
    frame = pl.DataFrame(
        rows, schema={"place": pl.String, "sector": pl.String, "name": pl.String}, orient="row"
    )
    result = make_anonymous(frame, KEYS, fewest=fewest, coarser=COUNTY)
    sizes = result.rows.group_by(KEYS).len()["len"].to_list()
    assert [size for size in sizes if size < fewest] == []
    assert result.states.frame.height == frame.height


def test_eine_fehlende_spalte_wird_genannt():
    with pytest.raises(TableError, match="fehlt"):
        make_anonymous(people(), ["ort"])
