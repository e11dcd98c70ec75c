"""Tiles of the schematic map."""

from math import sqrt

from hypothesis import given
from hypothesis import strategies as st

from gelingen.web.analysis.tiles import Position, Tile, tiles

DEGREES = st.integers(0, 12)
PLACES = st.dictionaries(
    st.integers(0, 30).map("{:02}".format), st.builds(Position, DEGREES, DEGREES), max_size=12
)


def test_ohne_orte_keine_kacheln():
    assert tiles({}) == {}


def test_ein_ort_liegt_in_der_ecke():
    assert tiles({"a": Position(50.2, 10.9)}) == {"a": Tile(0, 0)}


def test_norden_liegt_oben_und_osten_rechts():
    found = tiles(
        {
            "nw": Position(50.4, 10.5),
            "no": Position(50.4, 11.1),
            "sw": Position(50.1, 10.5),
            "so": Position(50.1, 11.1),
        }
    )
    assert found == {"nw": Tile(0, 0), "no": Tile(0, 1), "sw": Tile(1, 0), "so": Tile(1, 1)}


def test_was_schon_ein_raster_ist_bleibt_eines():
    wide = {f"{y}{x}": Position(-y / 100, x / 100) for y in range(4) for x in range(4)}
    assert tiles(wide) == {f"{y}{x}": Tile(y, x) for y in range(4) for x in range(4)}


@given(PLACES)
def test_jeder_ort_hat_seine_eigene_kachel_in_einem_dichten_raster(places):
    found = tiles(places)
    assert set(found) == set(places)
    assert len(set(found.values())) == len(places)
    for axis in ("row", "column"):
        used = {getattr(one, axis) for one in found.values()}
        assert used == set(range(len(used)))
        assert len(used) <= 1 + sqrt(1.6 * len(places))


@given(PLACES, st.randoms())
def test_die_reihenfolge_ist_gleich(places, order):
    mixed = list(places.items())
    order.shuffle(mixed)
    assert tiles(dict(mixed)) == tiles(places)
