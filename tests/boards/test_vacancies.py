"""Seats that want somebody: vacant ones, and terms of office that end within three months."""

from datetime import date, timedelta

import pytest
from tests import world

from gelingen.access.queries import on_day
from gelingen.boards.vacancies import open_seats
from gelingen.worklist import sources
from gelingen.worklist.queries import TERM_AHEAD

pytestmark = pytest.mark.django_db
TODAY = date(2017, 6, 1)
SOON = date(2017, 7, 1)


@pytest.fixture
def actor():
    return on_day(world.person(role="officer"), on=TODAY)


@pytest.fixture
def body():
    return world.body(key="g", name="Beirat")


def found(actor):
    return open_seats(actor, world.tenant(), on=TODAY, until=TODAY + TERM_AHEAD)


def told(actor):
    return [(one.title, one.why, one.due) for one in sources.seating(found(actor))]


def test_freie_sitze_eines_gremiums_sind_eine_aufgabe(actor, body):
    world.seat(body=body, order=1, sender="Fraktion A", kind="council")
    second = world.seat(body=body, order=2)
    world.tenure(seat=second, ends=TODAY)
    world.tenure(seat=second, function="Neu", starts=SOON)
    assert told(actor) == [
        (
            "Beirat: 2 Sitze sind frei",
            (
                "Niemand nimmt ein: Sitz 1 (Kreistag oder Stadtrat, Fraktion A); "
                "Sitz 2 (Verwaltung), ab 01.07.2017 „Neu“."
            ),
            None,
        )
    ]


def test_amtszeiten_die_am_selben_tag_enden_sind_eine_aufgabe(actor, body):
    for order in (1, 2):
        seat = world.seat(body=body, order=order)
        world.tenure(seat=seat, function=f"Leitung {order}", ends=SOON)
    assert told(actor) == [
        (
            "Beirat: 2 Amtszeiten enden",
            (
                "Am 30.06.2017, und niemand folgt: Sitz 1 (Verwaltung, Leitung 1); "
                "Sitz 2 (Verwaltung, Leitung 2)."
            ),
            SOON,
        )
    ]


@pytest.mark.parametrize(
    ("days", "waits"), [(TERM_AHEAD, True), (TERM_AHEAD + timedelta(days=1), False)]
)
def test_gesagt_wird_was_in_neunzig_tagen_endet(actor, body, days, waits):
    world.tenure(seat=world.seat(body=body), ends=TODAY + days)
    assert bool(found(actor)) is waits


def test_wem_jemand_folgt_und_was_ohnehin_endet_macht_keine_arbeit(actor, body):
    followed = world.seat(body=body)
    world.tenure(seat=followed, ends=SOON)
    world.tenure(seat=followed, starts=SOON)
    world.tenure(seat=world.seat(body=body, ends=SOON), ends=SOON)
    world.seat(body=body, ends=TODAY)
    world.seat(body=body, starts=SOON)
    world.seat(body=world.body(ends=TODAY))
    assert found(actor) == []
