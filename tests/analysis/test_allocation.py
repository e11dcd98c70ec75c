"""Verteilung: anteilig, gerecht, und was auch durch Umverteilen nicht zu decken ist."""

from fractions import Fraction
from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gelingen.analysis.allocation import Links, fair, proportional, unavoidable

CLOSE = 1e-9


@st.composite
def counties(draw):
    """Up to four units and four cells with small whole numbers and any links."""
    units, cells = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    capacity = draw(st.lists(st.integers(0, 6), min_size=units, max_size=units))
    demand = draw(st.lists(st.integers(0, 6), min_size=cells, max_size=cells))
    pairs = st.tuples(st.integers(0, units - 1), st.integers(0, cells - 1))
    return capacity, demand, sorted(draw(st.sets(pairs)))


def arrays(capacity, demand, pairs):
    links = Links(
        np.array([unit for unit, _ in pairs], dtype=np.int64),
        np.array([cell for _, cell in pairs], dtype=np.int64),
    )
    return np.array(capacity, dtype=float), np.array(demand, dtype=float), links


def subsets(things):
    return chain.from_iterable(combinations(things, n) for n in range(1, len(things) + 1))


def within_reach(cells, capacity, pairs):
    return sum(capacity[unit] for unit in {unit for unit, cell in pairs if cell in cells})


def fair_by_definition(capacity, demand, pairs):
    """Peel off the tightest set of cells, again and again."""
    left = [cell for cell, amount in enumerate(demand) if amount]
    ratios = [None] * len(demand)
    while left:
        tightest = min(
            subsets(left),
            key=lambda some: (
                Fraction(within_reach(some, capacity, pairs), sum(demand[c] for c in some)),
                -len(some),
            ),
        )
        total = sum(demand[cell] for cell in tightest)
        ratio = Fraction(within_reach(tightest, capacity, pairs), total)
        for cell in tightest:
            ratios[cell] = min(ratio, Fraction(1))
        used = {unit for unit, cell in pairs if cell in tightest}
        pairs = [(unit, cell) for unit, cell in pairs if unit not in used]
        left = [cell for cell in left if cell not in tightest]
    return ratios


def as_floats(ratios):
    return [np.nan if ratio is None else float(ratio) for ratio in ratios]


@settings(max_examples=400, deadline=None)
@given(counties())
def test_gerecht_ist_was_die_engsten_mengen_von_zellen_hergeben(county):
    found = fair(*arrays(*county)).ratios
    assert found == pytest.approx(as_floats(fair_by_definition(*county)), abs=CLOSE, nan_ok=True)


@settings(max_examples=200, deadline=None)
@given(counties())
def test_unvermeidlich_ist_was_eine_menge_von_zellen_mehr_braucht_als_sie_erreicht(county):
    capacity, demand, pairs = county
    worst = max(
        (
            sum(demand[cell] for cell in some) - within_reach(some, capacity, pairs)
            for some in subsets(range(len(demand)))
        ),
        default=0,
    )
    as_arrays = arrays(*county)
    assert unavoidable(as_arrays[1], fair(*as_arrays)) == pytest.approx(max(worst, 0), abs=CLOSE)


@settings(max_examples=200, deadline=None)
@given(counties())
def test_anteilig_teilt_jede_struktur_nach_dem_bedarf_ihrer_zellen(county):
    capacity, demand, pairs = county
    expected = []
    for cell, amount in enumerate(demand):
        total = Fraction(0)
        for unit in [unit for unit, served in pairs if served == cell]:
            seen = sum(demand[other] for u, other in pairs if u == unit)
            total += Fraction(capacity[unit], seen) if seen else 0
        expected.append(min(total, Fraction(1)) if amount else None)
    found = proportional(*arrays(*county)).ratios
    assert found == pytest.approx(as_floats(expected), abs=CLOSE, nan_ok=True)


@pytest.mark.parametrize("method", [fair, proportional])
@settings(max_examples=100, deadline=None)
@given(counties())
def test_was_die_zellen_bekommen_geben_die_strukturen_und_keine_mehr_als_sie_hat(method, county):
    capacity, demand, links = arrays(*county)
    shared = method(capacity, demand, links)
    received = float(np.nansum(np.nan_to_num(shared.ratios) * demand))
    assert shared.used.sum() == pytest.approx(received, abs=CLOSE)
    assert (shared.used <= capacity + CLOSE).all()


@pytest.mark.parametrize("method", [fair, proportional])
@settings(max_examples=100, deadline=None)
@given(county=counties(), unit=st.integers(0, 3), more=st.integers(1, 5))
def test_mehr_kapazitaet_verschlechtert_keine_zelle(method, county, unit, more):
    capacity, demand, links = arrays(*county)
    before = method(capacity, demand, links)
    capacity[unit % len(capacity)] += more
    after = method(capacity, demand, links)
    assert (np.nan_to_num(after.ratios) >= np.nan_to_num(before.ratios) - CLOSE).all()
    assert unavoidable(demand, after) <= unavoidable(demand, before) + CLOSE


@pytest.mark.parametrize("method", [fair, proportional])
@settings(max_examples=100, deadline=None)
@given(county=counties(), unit=st.integers(0, 3), part=st.integers(0, 6))
def test_eine_struktur_in_zwei_zu_teilen_aendert_nichts(method, county, unit, part):
    capacity, demand, pairs = county
    unit %= len(capacity)
    part = min(part, capacity[unit])
    halves = [*capacity, part]
    halves[unit] -= part
    twin = [(len(capacity), cell) for own, cell in pairs if own == unit]
    whole, split = method(*arrays(*county)), method(*arrays(halves, demand, [*pairs, *twin]))
    assert split.ratios == pytest.approx(whole.ratios, abs=CLOSE, nan_ok=True)


def test_auch_viele_stufen_und_ketten_werden_genau_geteilt():
    # Jede Struktur verbindet zwei benachbarte Zellen: eine lange Kette von Engpässen.
    length = 200
    random = np.random.default_rng(5)
    capacity = random.integers(1, 50, length).astype(float)
    demand = random.integers(1, 50, length + 1).astype(float)
    links = Links(
        np.repeat(np.arange(length), 2),
        np.stack([np.arange(length), np.arange(length) + 1], axis=1).ravel(),
    )
    shared = fair(capacity, demand, links)
    assert shared.used.sum() == pytest.approx((shared.ratios * demand).sum())
    # Gerecht heißt: wer gibt, gibt nie einer Zelle, der es besser geht als einer anderen von ihm.
    lower = np.minimum(shared.ratios[:-1], shared.ratios[1:])
    assert shared.used[lower < 1 - CLOSE] == pytest.approx(capacity[lower < 1 - CLOSE])
