"""Shares of needs in the voices, with groups weighted openly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gelingen.needs.ranking import shares
from gelingen.needs.voices import Said

COUNTS = st.dictionaries(
    st.sampled_from("abcd"),
    st.dictionaries(st.sampled_from(["", "Schule", "Verein"]), st.integers(1, 50), min_size=1),
    min_size=1,
)


def said(counts):
    return {key: Said(tuple(sorted(groups.items()))) for key, groups in counts.items()}


def test_jede_gruppe_verteilt_ihre_stimmen_und_die_anteile_werden_gemittelt():
    found = shares(said({"a": {"Schule": 3, "Verein": 1}, "b": {"Schule": 1}}), {})
    assert found == {"a": (3 / 4 + 1) / 2, "b": (1 / 4) / 2}


def test_ein_gewicht_zaehlt_so_viel_mehr_als_es_sagt():
    counts = said({"a": {"Schule": 1}, "b": {"Verein": 100}})
    assert shares(counts, {"Schule": 3.0}) == {"a": 0.75, "b": 0.25}


def test_was_nichts_wiegt_ordnet_nichts():
    counts = said({"a": {"Schule": 1}, "b": {"Verein": 1}})
    assert shares(counts, {"Schule": 0.0}) == {"a": 0.0, "b": 1.0}
    assert shares(counts, {"Schule": 0.0, "Verein": 0.0}) == {"a": 0.0, "b": 0.0}
    assert shares({}, {}) == {}


@given(COUNTS, st.floats(0.1, 100), st.floats(0.1, 100))
def test_alle_anteile_zusammen_sind_eins_wie_auch_gewichtet_wird(counts, one, other):
    found = shares(said(counts), {"Schule": one, "Verein": other})
    assert sum(found.values()) == pytest.approx(1.0)
    assert min(found.values()) > 0


@given(COUNTS, st.floats(0.1, 100))
def test_es_kommt_nur_auf_das_verhaeltnis_der_gewichte_an(counts, times):
    weights = {"": 1.0, "Schule": 2.0, "Verein": 3.0}
    scaled = {group: weight * times for group, weight in weights.items()}
    assert shares(said(counts), scaled) == pytest.approx(shares(said(counts), weights))
