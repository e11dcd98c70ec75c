"""Anteile, Anzahlen und Verläufe mit dem, was sie offen lassen."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gelingen.analysis.proportions import Estimate, ci_poisson, ci_proportion
from gelingen.analysis.trend import trend
from gelingen.errors import UserError

METHODS = ["wilson", "clopper_pearson", "agresti_coull", "jeffreys", "normal"]


def ends(share, digits=4):
    return round(share.estimate.low, digits), round(share.estimate.high, digits)


# Newcombe, Statistics in Medicine 17 (1998), 857-872, table I.
@pytest.mark.parametrize(
    ("x", "n", "wilson", "exact"),
    [
        (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
        (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
        (0, 20, (0.0, 0.1611), (0.0, 0.1684)),
        (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
    ],
)
def test_wilson_und_clopper_pearson_wie_bei_newcombe(x, n, wilson, exact):
    assert ends(ci_proportion(x, n)) == wilson
    assert ends(ci_proportion(x, n, method="clopper_pearson")) == exact


@pytest.mark.parametrize("method", METHODS)
@given(n=st.integers(1, 60), data=st.data())
def test_der_bereich_enthaelt_den_anteil_und_bleibt_zwischen_0_und_1(method, n, data):
    x = data.draw(st.integers(0, n))
    share = ci_proportion(x, n, method=method).estimate
    assert 0 <= share.low <= share.high <= 1
    if method != "jeffreys" or 0 < x < n:
        assert share.low - 1e-12 <= x / n <= share.high + 1e-12


@pytest.mark.parametrize("method", METHODS)
@given(n=st.integers(1, 60), more=st.integers(0, 200), data=st.data())
def test_wer_einen_grossen_teil_befragt_laesst_weniger_offen(method, n, more, data):
    x = data.draw(st.integers(0, n))
    far, near = (ci_proportion(x, n, all_, method=method) for all_ in (None, n + more))
    assert near.corrected == (n > 0.05 * (n + more))
    assert near.estimate.high - near.estimate.low <= far.estimate.high - far.estimate.low + 1e-9


def test_sind_alle_befragt_ist_nichts_offen():
    assert ci_proportion(3, 12, 12).estimate == Estimate(0.25, 0.25, 0.25)


def test_ein_kleiner_teil_von_allen_aendert_nichts():
    assert ci_proportion(200, 1000, 41247).estimate == ci_proportion(200, 1000).estimate


def test_die_korrektur_ist_die_von_cochran():
    share = ci_proportion(30, 120, 400, method="normal").estimate
    error = math.sqrt(0.25 * 0.75 / 119 * (1 - 120 / 400))
    assert (share.high - share.low) / 2 / error == pytest.approx(1.959963984540054)


def test_unter_zwanzig_befragten_ist_ein_anteil_nicht_zu_deuten():
    assert not ci_proportion(5, 19).interpretable
    assert ci_proportion(5, 20).interpretable


def test_ist_niemand_befragt_ist_alles_offen():
    assert ci_proportion(0, 0).estimate == Estimate(0.0, None, 1.0)


@pytest.mark.parametrize(("x", "n", "population"), [(3, 2, None), (-1, 2, None), (1, 5, 4)])
def test_mehr_als_alle_gibt_es_nicht(x, n, population):
    with pytest.raises(UserError, match="kann nicht sein"):
        ci_proportion(x, n, population)


def test_ein_anteil_von_einem_ganzen_bleibt_ein_bereich():
    people = Estimate(0.10, None, 0.15).of(41247)
    assert (people.low, people.mid, people.high) == pytest.approx((4124.7, None, 6187.05))


# Garwood 1936: exact limits of the mean.
@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (10, 4.7954, 18.3904)]
)
def test_der_bereich_einer_anzahl_ist_der_genaue_von_poisson(count, low, high):
    found = ci_poisson(count)
    assert (round(found.low, 4), found.mid, round(found.high, 4)) == (low, count, high)


# ---- Trends


def test_was_jedes_jahr_steigt_steigt():
    found = trend(range(1, 11))
    assert (found.state, found.score, found.variance) == ("rising", 45, 125.0)
    assert found.slope == Estimate(1.0, 1.0, 1.0)
    assert (found.start, found.tau_a, found.tau_b) == (1.0, 1.0, 1.0)


def test_gleiche_werte_zaehlen_fuer_keine_seite():
    found = trend([1, 2, 2, 3, 3, 3, 4, 4, 5, 5])
    assert (found.score, round(found.variance, 4)) == (39, 118.3333)
    assert found.p == pytest.approx(0.00047717, abs=1e-8)
    slope = found.slope
    assert (slope.low, slope.mid, slope.high) == pytest.approx((1 / 3, 3 / 7, 0.5))


def test_auf_und_ab_ist_keine_richtung():
    assert trend([5, 3, 6, 4, 5, 4, 6, 3, 5, 4, 6, 5]).state == "none"


def test_immer_dasselbe_ist_keine_richtung():
    found = trend([4] * 9)
    assert (found.state, found.p, found.tau_b, found.slope.mid) == ("none", 1.0, None, 0.0)


def test_sieben_jahre_sind_zu_kurz_acht_nicht():
    assert trend(range(7)).state == "too_short"
    assert trend(range(8)).state == "rising"


def test_ein_wert_ist_kein_verlauf():
    with pytest.raises(UserError, match="zwei Werte"):
        trend([3])


@given(st.lists(st.integers(-50, 50), min_size=8, max_size=15))
def test_rueckwaerts_gelesen_dreht_sich_die_richtung_um(values):
    there, back = trend(values), trend(values[::-1])
    turned = {"rising": "falling", "falling": "rising", "none": "none"}
    assert back.state == turned[there.state]
    assert back.score == -there.score
    assert back.p == pytest.approx(there.p)
    assert there.slope.low <= there.slope.mid <= there.slope.high
