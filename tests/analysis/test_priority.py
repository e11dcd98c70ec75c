"""Nach Schwere verteilt: zuerst bekommen die schwersten Felder, dann die nächsten."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gelingen.analysis.allocation import Links, fair, unavoidable
from gelingen.analysis.priority import severe_first


def shared(capacity, demand, pairs, severity):
    units, cells = zip(*sorted(pairs), strict=True) if pairs else ((), ())
    links = Links(np.array(units, dtype=np.int64), np.array(cells, dtype=np.int64))
    given_ = np.array(capacity, dtype=float), np.array(demand, dtype=float), links
    return given_, severe_first(*given_, np.array(severity, dtype=np.int64))


def test_das_schwerere_feld_bekommt_zuerst():
    assert shared([10], [8, 8], [(0, 0), (0, 1)], [4, 5])[1].ratios.tolist() == pytest.approx(
        [0.25, 1.0]
    )


def test_was_ein_schweres_feld_anderswo_bekommt_bleibt_fuer_die_leichteren_frei():
    # Cell 0 is severe and reaches both units, cell 1 only the first.
    found = shared([5, 5], [5, 5], [(0, 0), (1, 0), (0, 1)], [5, 1])[1]
    assert found.ratios.tolist() == pytest.approx([1.0, 1.0])
    assert found.used.tolist() == pytest.approx([5.0, 5.0])


def met(capacity, demand, pairs, severity):
    """Compute the shares from the definition, by the tightest set of cells, with fractions."""
    cells = range(len(demand))
    reach = {c: {u for u, cell in pairs if cell == c} for c in cells}
    got = {}
    for level in sorted(set(severity), reverse=True):
        left = [c for c in cells if severity[c] == level and demand[c] and c not in got]
        while left:
            best, tight = Fraction(1), set(left)
            known = [c for c in got if got[c]]
            for size in range(1, len(left) + len(known) + 1):
                for some in combinations([*left, *known], size):
                    asks = sum(demand[c] for c in some if c in left)
                    units = set().union(*(reach[c] for c in some))
                    free = sum(capacity[u] for u in units) - sum(got.get(c, 0) for c in some)
                    if asks and Fraction(free, 1) / asks < best:
                        best, tight = Fraction(free, 1) / asks, {c for c in some if c in left}
            for c in tight:
                got[c] = best * demand[c]
                left.remove(c)
    return [float(got[c] / demand[c]) if demand[c] else None for c in cells]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 4), st.integers(1, 3)), min_size=1, max_size=4),
    st.sets(st.tuples(st.integers(0, 2), st.integers(0, 3))),
)
def test_stimmt_mit_der_engsten_menge_von_feldern_ueberein(capacity, cells, pairs):
    demand, severity = zip(*cells, strict=True)
    pairs = {(u, c) for u, c in pairs if u < len(capacity) and c < len(demand)}
    given_, found = shared(capacity, demand, pairs, severity)
    expected = met(capacity, demand, pairs, severity)
    for ratio, right in zip(found.ratios.tolist(), expected, strict=True):
        assert np.isnan(ratio) if right is None else ratio == pytest.approx(right, abs=1e-9)
    # Nothing is lost: as much is met in all as by fair shares.
    assert unavoidable(given_[1], found) == pytest.approx(
        unavoidable(given_[1], fair(*given_)), abs=1e-9
    )
