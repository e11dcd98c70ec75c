"""The state of a need: what is said of it, and what the analyses make of it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from tests import world

from gelingen.needs.models import Need
from gelingen.needs.queries import asking, need_table
from gelingen.plan.waiting import needs_without_goal

pytestmark = pytest.mark.django_db
DAY = date(2017, 6, 1)
CLOSED = ["met", "dropped", "carried"]


def rows(need):
    return need_table(world.OPERATOR, need.tenant).frame.select("need", "starts", "ends").rows()


@pytest.mark.parametrize("state", CLOSED)
def test_ab_dem_tag_an_dem_er_nicht_mehr_offen_ist_fragt_ein_bedarf_nach_nichts(state):
    need = world.need(state=state, state_since=DAY)
    assert rows(need) == [(need.key, None, DAY)]


def test_ein_frueheres_ende_bleibt_das_ende():
    need = world.need(state="met", state_since=DAY, ends=date(2017, 1, 1))
    assert rows(need) == [(need.key, None, date(2017, 1, 1))]


def test_ein_spaeteres_ende_weicht_dem_tag_an_dem_es_gesagt_wurde():
    need = world.need(state="dropped", state_since=DAY, ends=date(2018, 1, 1))
    assert rows(need) == [(need.key, None, DAY)]


def test_ein_offener_bedarf_behaelt_sein_ende_oder_keines():
    need = world.need(ends=date(2018, 1, 1))
    world.need(key="zz")
    assert rows(need) == [(need.key, None, date(2018, 1, 1)), ("zz", None, None)]


def test_was_vorbei_war_bevor_es_begann_ist_kein_bedarf():
    need = world.need(state="dropped", state_since=DAY, starts=date(2018, 1, 1))
    assert rows(need) == []


@pytest.mark.parametrize("values", [{"state": "met"}, {"state_since": DAY}])
def test_erfuellt_ist_er_seit_einem_tag_und_offen_seit_keinem(values):
    with pytest.raises(ValidationError, match="ist das seit einem Tag"):
        world.need(**values)


def test_auf_ein_ziel_wartet_nur_was_noch_gebraucht_wird():
    open_one, later = world.need(), world.need(state="met", state_since=date(2017, 6, 2))
    world.need(state="met", state_since=DAY)
    world.need(ends=DAY)

    assert list(asking(world.OPERATOR, open_one.tenant, on=DAY)) == [open_one, later]
    waiting = needs_without_goal(world.OPERATOR, open_one.tenant, on=DAY)
    assert {one.key for one in waiting} == {open_one.key, later.key}


def test_was_weitergefuehrt_ist_wartet_auf_kein_neues_ziel():
    old = world.need(key="a", state="carried", state_since=DAY)
    between = world.need(key="b", previous=old, state="carried", state_since=DAY)
    world.need(key="c", previous=between)
    world.need(key="d", previous=world.need(key="e", state="carried", state_since=DAY))
    world.goal(needs=[old])
    waiting = needs_without_goal(world.OPERATOR, old.tenant, on=DAY)
    assert [one.key for one in waiting] == ["d"]


@pytest.mark.parametrize(
    ("ends", "since", "over"),
    [
        (None, None, None),
        (DAY, None, DAY),
        (None, DAY, DAY),
        (date(2017, 1, 1), DAY, date(2017, 1, 1)),
        (date(2018, 1, 1), DAY, DAY),
    ],
)
def test_vorbei_ist_ein_bedarf_am_frueheren_von_beiden_tagen(ends, since, over):
    assert Need(ends=ends, state_since=since).over == over
