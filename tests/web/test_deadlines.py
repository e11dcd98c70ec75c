"""Fristen als Kalender: was die Person ändern darf; der Verweis endet mit ihrer Rolle."""

import re
from datetime import date, timedelta

import icalendar
import pytest
from django.test import Client
from tests import world
from tests.web.desk import DESK, sit_down, text

from gelingen.access.models import Membership
from gelingen.desk.models import DeadlineLink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
PAGE = DESK + "heute/kalender/"


@pytest.fixture
def county():
    vhs = world.organisation(key="vhs", name="VHS")
    structure = world.structure(key="lotsin", name="Lotsin", organisation=vhs)
    world.funding(
        key="f", structure=structure, ends=date(2018, 1, 1), deadline=date(2017, 9, 30)
    )  # fmt: skip
    other = world.structure(key="cafe", name="Café")
    world.funding(key="g", structure=other, ends=date(2017, 12, 1))
    measure = world.measure(key="m", title="Kurs", lead=vhs, ends=date(2018, 7, 1))
    world.milestone(key="s", measure=measure, title="Raum gefunden", due=date(2017, 8, 1))
    return vhs


def subscribe(client):
    page = text(client.post(PAGE))
    return re.search(r"http://testserver(/kalender/[^<]+)<", page)[1]


def told(path):
    answer = Client().get(path)
    assert answer.status_code == 200
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    return [(one["dtstart"].dt.isoformat(), str(one["summary"])) for one in events]


@pytest.mark.usefixtures("county")
def test_im_kalender_stehen_ende_des_geldes_antragsfrist_und_meilensteine(client):
    sit_down(client)
    assert f'href="{PAGE}"' in text(client.get(DESK))
    assert told(subscribe(client)) == [
        ("2017-07-31", "Meilenstein: Raum gefunden"),
        ("2017-09-30", "Antragsfrist: Lotsin"),
        ("2017-11-30", "Geld endet: Café"),
        ("2017-12-31", "Geld endet: Lotsin"),
        ("2018-06-30", "Maßnahme endet: Kurs"),
    ]


def test_ein_partner_sieht_nur_eigenes(client, county):
    sit_down(client, role="partner", organisation=county)
    assert told(subscribe(client)) == [
        ("2017-09-30", "Antragsfrist: Lotsin"),
        ("2017-12-31", "Geld endet: Lotsin"),
    ]


@pytest.mark.usefixtures("county")
def test_der_verweis_endet_mit_der_rolle_mit_dem_konto_und_auf_wunsch(client):
    person = sit_down(client)
    first, second = subscribe(client), subscribe(client)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    Membership.objects.filter(user=person).update(ends=date(2017, 6, 1))
    assert Client().get(second).status_code == 404
    Membership.objects.filter(user=person).update(ends=None)
    person.is_active = False
    person.save()
    assert Client().get(second).status_code == 404
    person.is_active = True
    person.save()
    client.force_login(person)
    page = text(client.post(PAGE + "beenden/", follow=True))
    assert "Noch gibt es keinen Verweis." in page
    assert Client().get(second).status_code == 404
    assert not DeadlineLink.objects.exists()


@pytest.mark.usefixtures("county")
def test_was_sich_nicht_geaendert_hat_wird_nicht_noch_einmal_geschickt(client):
    sit_down(client)
    path = subscribe(client)
    first = Client().get(path)
    again = Client().get(path, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert "noindex" in first["X-Robots-Tag"]


@pytest.mark.parametrize("number", [1, 3])
def test_der_kalender_kostet_immer_gleich_viele_abfragen(client, django_assert_num_queries, number):
    sit_down(client)
    for count in range(number):
        structure = world.structure(key=f"s{count}", name=f"Angebot {count}")
        ends = date(2018, 1, 1) + timedelta(days=count)
        world.funding(key=f"f{count}", structure=structure, ends=ends)
    path = subscribe(client)
    with django_assert_num_queries(6):
        Client().get(path)
