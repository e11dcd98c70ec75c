"""Keys that the desk makes: the wished one, or the next by number, never one twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import world

from gelingen.register.keys import free_keys, key_of
from gelingen.register.models import Structure

pytestmark = pytest.mark.django_db
LONG = "x" * 250


def keys(*wished, taken=None):
    return free_keys(Structure, world.tenant().pk, wished, taken)


def test_ein_schluessel_besteht_aus_den_worten_wie_in_der_arbeitsmappe():
    assert key_of("vhs", "Sprachcafé Süd") == "vhs|sprachcafe_sued"


def test_ein_vergebener_schluessel_bekommt_die_naechste_zahl():
    world.structure(key="treff")
    world.structure(key="treff_2")
    assert keys("treff", "neu", "treff") == ["treff_3", "neu", "treff_4"]


def test_was_schon_versprochen_ist_wird_nicht_noch_einmal_vergeben():
    taken = {"treff"}
    assert keys("treff", taken=taken) == ["treff_2"]
    assert keys("treff", taken=taken) == ["treff_3"]
    assert taken == {"treff", "treff_2", "treff_3"}


def test_auch_lange_worte_geben_verschiedene_schluessel_die_in_die_datenbank_passen():
    world.structure(key=LONG[:200])
    found = keys(LONG, LONG)
    assert len({LONG[:200], *found}) == 3
    assert max(map(len, found)) <= 200


@given(st.lists(st.sampled_from(["a", "a_2", "ab", "b"]), min_size=1, max_size=5))
def test_alle_schluessel_sind_verschieden_und_ein_freier_wunsch_bleibt(wished):
    found = free_keys(Structure, "nobody", wished)
    assert len(set(found)) == len(found)
    assert found[0] == wished[0]
