"""Erreichbarkeit und wie ungleich sie verteilt ist."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gelingen.analysis.access import (
    Ways,
    balanced_catchment,
    binary,
    concentration,
    exponential,
    gini,
    nearest,
    opportunities,
    poverty,
    stepped,
    theil,
    two_step_catchment,
)

# Zwei Orte, zwei Schulen; vom ersten Ort 5 und 10 Minuten, vom zweiten 20 zur zweiten.
WAYS = Ways(np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([5.0, 10.0, 20.0]))
PEOPLE, SCHOOLS = np.array([10.0, 30.0]), np.array([2.0, 4.0])


def test_die_grenze_selbst_zaehlt_noch():
    assert binary(10.0)(np.array([9.9, 10.0, 10.1])).tolist() == [1.0, 1.0, 0.0]


def test_eine_zone_beginnt_mit_der_grenze_davor_und_endet_vor_der_eigenen():
    weigh = stepped([10.0, 20.0], [1.0, 0.5])
    assert weigh(np.array([0.0, 9.9, 10.0, 19.9, 20.0])).tolist() == [1.0, 1.0, 0.5, 0.5, 0.0]


def test_kumulativ_zaehlt_was_in_reichweite_liegt_nach_entfernung_weniger():
    assert opportunities(SCHOOLS, WAYS, binary(10.0), origins=2).tolist() == [6.0, 0.0]
    weighed = opportunities(SCHOOLS, WAYS, exponential(0.1), origins=2)
    assert weighed == pytest.approx([2 * np.exp(-0.5) + 4 * np.exp(-1), 4 * np.exp(-2)])


def test_das_naechste_ist_das_naechste_das_etwas_anbietet():
    assert nearest(SCHOOLS, WAYS, origins=3).tolist() == [5.0, 20.0, np.inf]
    assert nearest(np.array([0.0, 4.0]), WAYS, origins=2).tolist() == [10.0, 20.0]


def test_einzugsgebiete_teilen_jedes_angebot_unter_die_die_es_erreichen():
    found = two_step_catchment(PEOPLE, SCHOOLS, WAYS, binary(20.0))
    assert found == pytest.approx([2 / 10 + 4 / 40, 4 / 40])


def test_ausgeglichen_zaehlt_jeder_mensch_und_jedes_angebot_einmal():
    found = balanced_catchment(PEOPLE, SCHOOLS, WAYS, binary(20.0))
    # Der erste Ort teilt seine 10 Menschen je zur Hälfte, die zweite Schule ihre Plätze.
    assert found == pytest.approx([2 / 5 + 4 / 35 / 2, 4 / 35 / 2])


ways = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from([5.0, 10.0, 20.0])),
    unique_by=lambda way: way[:2],
    max_size=9,
)
three = st.lists(st.sampled_from([0.0, 1.0, 7.0]), min_size=3, max_size=3)


@settings(max_examples=100, deadline=None)
@given(ways, three, three)
def test_verteilt_wird_genau_was_jemand_erreicht(drawn, people, supply):
    table = np.array(drawn, dtype=float).reshape(-1, 3)
    travel = Ways(table[:, 0].astype(int), table[:, 1].astype(int), table[:, 2])
    people, supply = np.array(people), np.array(supply)
    found = two_step_catchment(people, supply, travel, binary(10.0))
    near = table[:, 2] <= 10.0
    reached = {int(to) for start, to, _ in table[near] if people[int(start)] > 0}
    assert (people * found).sum() == pytest.approx(sum(supply[to] for to in reached))


def test_gleich_verteilt_ist_nichts_ungleich():
    even, people = np.array([3.0, 3.0]), np.array([1.0, 4.0])
    assert gini(even, people) == pytest.approx(0.0)
    assert theil(even, people) == pytest.approx(0.0)
    assert concentration(even, people, np.array([1.0, 2.0])) == pytest.approx(0.0)
    assert poverty(even, people, line=3.0) == (0.0, 0.0, 0.0)


def test_hat_einer_alles_ist_es_so_ungleich_wie_moeglich():
    uneven, people = np.array([0.0, 8.0]), np.array([1.0, 1.0])
    assert gini(uneven, people) == pytest.approx(0.5)
    assert theil(uneven, people) == pytest.approx(np.log(2))
    assert concentration(uneven, people, np.array([1.0, 2.0])) == pytest.approx(0.5)
    assert concentration(uneven, people, np.array([2.0, 1.0])) == pytest.approx(-0.5)
    assert poverty(uneven, people, line=4.0) == (0.5, 0.5, 0.5)
    assert poverty(np.array([2.0, 8.0]), people, line=4.0) == (0.5, 0.25, 0.125)


def test_der_rang_einer_gruppe_ist_ihre_mitte():
    # Anteile 1/4 und 3/4, Ränge also 1/8 und 5/8.
    found = concentration(np.array([0.0, 8.0]), np.array([1.0, 3.0]), np.array([1.0, 2.0]))
    assert found == pytest.approx(0.25)
