"""Reihenfolge von Hand."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st
from tests import world

from gelingen.history.models import ChangeEvent
from gelingen.plan.commands import arrange
from gelingen.plan.models import Measure
from gelingen.plan.ordering import moved, numbers_for, put_before

KEYS = st.permutations(list("abcd"))
NUMBERS = st.fixed_dictionaries({key: st.integers(0, 3) for key in "abcd"})


@given(KEYS, NUMBERS)
def test_mit_den_neuen_nummern_kommt_die_gewuenschte_reihenfolge_heraus(wished, orders):
    after = orders | numbers_for(wished, orders)
    assert sorted(after, key=lambda key: (after[key], key)) == list(wished)


@given(NUMBERS)
def test_was_schon_so_steht_wird_nicht_angefasst(orders):
    there = sorted(orders, key=lambda key: (orders[key], key))
    assert numbers_for(there, orders) == {}


@given(KEYS, st.sampled_from("abcd"), st.integers(-5, 5))
def test_verschieben_haelt_an_den_enden_und_laesst_die_anderen_stehen(keys, key, steps):
    after = moved(keys, key, steps=steps)
    assert after.index(key) == min(max(keys.index(key) + steps, 0), 3)
    assert [one for one in after if one != key] == [one for one in keys if one != key]


def test_vor_ein_anderes_oder_ans_ende():
    assert put_before("abc", "c", "a") == ["c", "a", "b"]
    assert put_before("abc", "a", "c") == ["b", "a", "c"]
    assert put_before("abc", "a", "") == ["b", "c", "a"]


@pytest.mark.django_db
def test_eine_neue_reihenfolge_ist_ein_vorgang_im_verlauf():
    for key in "abc":
        world.measure(key=key)
    changed = arrange(
        actor=world.person(), tenant=world.tenant(), kind="measure", wished=["c", "a", "b"],
        batch="x",
    )  # fmt: skip
    assert changed == 2
    assert list(Measure.objects.values_list("key", flat=True)) == ["c", "a", "b"]
    events = ChangeEvent.objects.filter(batch="x")
    assert {event.verb for event in events} == {"arranged"}
    assert events.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["reader", "partner"])
def test_wer_den_plan_nicht_aendern_darf_ordnet_nichts(role):
    for key in "ab":
        world.measure(key=key, starts=date(2018, 1, 1))
    with pytest.raises(PermissionDenied):
        arrange(
            actor=world.person(role=role), tenant=world.tenant(), kind="measure",
            wished=["b", "a"],
        )  # fmt: skip
    assert list(Measure.objects.values_list("key", flat=True)) == ["a", "b"]
