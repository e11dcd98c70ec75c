"""Who is spoken for: seats by target group, origin, municipality; topics without a body."""

from datetime import date

import pytest
from tests import world

from gelingen.access.queries import on_day
from gelingen.boards.representation import represented

pytestmark = pytest.mark.django_db
TODAY = date(2017, 6, 1)


@pytest.fixture
def actor():
    return on_day(world.person(role="reader"), on=TODAY)


def told(found):
    return [(one.name, one.seats, one.taken, one.voting, one.bodies) for one in found]


def test_je_zielgruppe_zaehlen_sitze_besetzte_und_stimmen_nur_an_dem_tag(actor):
    women, young = world.target_group(name="Frauen"), world.target_group(name="Jugend", order=2)
    group = world.body(name="AG")
    taken = world.seat(body=group, speaks_for=[women])
    world.tenure(seat=taken)
    advises = world.seat(body=group, speaks_for=[women], advising=True)
    world.tenure(seat=advises)
    world.seat(body=group, speaks_for=[women])
    world.seat(body=group, speaks_for=[young], ends=TODAY)
    world.seat(body=world.body(name="Alt", ends=TODAY), speaks_for=[young])
    found = represented(actor, world.tenant(), on=TODAY)
    assert told(found.groups) == [("Frauen", 3, 2, 1, ("AG",)), ("Jugend", 0, 0, 0, ())]


def test_gesagt_wird_welche_gemeinden_und_arten_von_organisationen_dabei_sind(actor):
    ahorn = world.territory(key="09473112")
    world.territory(key="09473170", name="Weitramsdorf")
    council = world.organisation(name="Gemeinde Ahorn", kind="municipality", seat=ahorn)
    world.organisation(name="AWO Ahorn", kind="welfare", seat=ahorn)
    group = world.body(name="AG")
    world.tenure(seat=world.seat(body=group, kind="municipality", organisation=council))
    found = represented(actor, world.tenant(), on=TODAY)
    assert [(one.name, one.taken) for one in found.municipalities] == [
        ("Ahorn", 1), ("Weitramsdorf", 0),
    ]  # fmt: skip
    assert told(found.kinds) == [("Gemeinde", 1, 1, 1, ("AG",))]
    assert {one.name: one.taken for one in found.origins}["Migrantenorganisation"] == 0


def test_themenfelder_ohne_gremium_stehen_da(actor):
    dealt = world.topic(name="Sprache", order=1)
    world.topic(name="Wohnen", order=2)
    world.topic(name="Vorbei", order=3, ends=TODAY)
    world.body(name="AG Sprache", topics=[dealt])
    found = represented(actor, world.tenant(), on=TODAY)
    assert found.topics == (("Sprache", ("AG Sprache",)), ("Wohnen", ()))


def test_gezaehlt_wird_auch_nur_fuer_ein_gremium(actor):
    women = world.target_group()
    first, second = world.body(name="Erstes"), world.body(name="Zweites")
    for body in (first, second):
        world.tenure(seat=world.seat(body=body, speaks_for=[women]))
    found = represented(actor, world.tenant(), on=TODAY, body=second)
    assert told(found.groups) == [("Frauen", 1, 1, 1, ("Zweites",))]


def test_fuer_wen_es_keine_zielgruppe_gibt_wird_gesagt(actor):
    assert represented(actor, world.tenant(), on=TODAY).unasked == (
        "Menschen mit Migrationsgeschichte", "Frauen", "junge Menschen",
    )  # fmt: skip
    world.target_group(name="Mütter und Mädchen")
    world.target_group(name="Unbegleitete Geflüchtete", order=2)
    assert represented(actor, world.tenant(), on=TODAY).unasked == ("junge Menschen",)
    world.target_group(name="Jugendliche bis 27", order=3)
    assert represented(actor, world.tenant(), on=TODAY).unasked == ()
