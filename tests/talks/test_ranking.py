"""Which topics are mentioned how often, and in which kind of municipality."""

import pytest
from tests import world

from gelingen.talks.coding import code, finish
from gelingen.talks.models import Talk
from gelingen.talks.queries import codings_of, statements
from gelingen.talks.ranking import place_type, place_types, rank
from gelingen.terms.talks import Dimension, PlaceType

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "inhabitants", "found"),
    [
        ("municipality", 4_999, PlaceType.RURAL),
        ("market", 5_000, PlaceType.SMALL),
        ("town", 19_999, PlaceType.SMALL),
        ("town", 20_000, PlaceType.URBAN),
        ("city", None, PlaceType.URBAN),
        ("municipality", None, PlaceType.UNSIZED),
        ("county", 87_000, PlaceType.WHOLE),
    ],
)
def test_die_art_der_gemeinde_folgt_aus_ihren_einwohnern(kind, inhabitants, found):
    assert place_type(kind, inhabitants) is found


def people(place, number):
    world.figure(territory=place, indicator="Bevölkerung", value_low=number, value_high=number)


@pytest.fixture
def county():
    world.topic(key="mobilitaet", name="Mobilität")
    world.topic(key="wohnen", name="Wohnen")
    whole = world.territory(key="09473", name="Landkreis", kind="county")
    village = world.territory(key="09473112", name="Ahorn", kind="municipality")
    town = world.territory(key="09473151", name="Neustadt", kind="town")
    world.territory(key="09473112001", name="Schorkendorf", kind="quarter", above=village)
    people(village, 4_200)
    people(town, 15_000)
    return whole, village, town


@pytest.mark.usefixtures("county")
def test_ein_ortsteil_gehoert_zu_seiner_gemeinde():
    assert place_types(world.person(), world.tenant()) == {
        "09473": PlaceType.WHOLE,
        "09473112": PlaceType.RURAL,
        "09473112001": PlaceType.RURAL,
        "09473151": PlaceType.SMALL,
    }


def ranking(person, dimension=Dimension.TOPIC):
    tenant = world.tenant()
    found = statements(person, tenant)
    codings = codings_of(person, tenant, Talk.objects.all())
    return rank(found, codings, place_types(person, tenant), dimension=dimension)


def test_themen_stehen_nach_nennungen_und_nach_art_der_gemeinde(county):
    whole, village, _ = county
    person = world.person()
    for place, codings in (
        (whole, [["topic:mobilitaet", "place:09473112", "place:09473151"], ["topic:wohnen"]]),
        (village, [["topic:mobilitaet"], ["topic:mobilitaet", "topic:wohnen"], []]),
    ):
        talk = world.talk(territory=place)
        for idents in codings:
            code(actor=person, statement=world.statement(talk=talk), idents=idents)
        finish(actor=person, talk=talk)
    hidden = world.talk()
    code(actor=person, statement=world.statement(talk=hidden), idents=["topic:wohnen"])
    found = ranking(person)
    assert [(one.ident, one.total, dict(one.by_type)) for one in found.lines] == [
        ("topic:mobilitaet", 3, {PlaceType.RURAL: 3, PlaceType.SMALL: 1}),
        ("topic:wohnen", 2, {PlaceType.WHOLE: 1, PlaceType.RURAL: 1}),
    ]
    # The talk that is still being coded does not count; the statement without a label does.
    assert found.statements == 5
    assert found.by_type == {PlaceType.RURAL: 4, PlaceType.SMALL: 1, PlaceType.WHOLE: 1}
    assert [one.ident for one in ranking(person, Dimension.PLACE).lines] == [
        "place:09473112", "place:09473151",
    ]  # fmt: skip


def test_wie_sehr_auch_gesprochen_wird_eine_aussage_ist_eine_nennung(county):
    del county
    person = world.person()
    talk = world.talk()
    one = world.statement(talk=talk, text="Bus, Bus, Bus")
    code(actor=person, statement=one, idents=["topic:mobilitaet"])
    finish(actor=person, talk=talk)
    assert [line.total for line in ranking(person).lines] == [1]
