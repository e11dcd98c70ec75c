"""Geld und Personal: figures by year, each leading to the measures behind it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, county, sit_down, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
MONEY = DESK + "plan/geld/"


def test_jede_zahl_fuehrt_zu_den_massnahmen_dahinter(client):
    world.plan(key="masterplan")
    days = {"starts": date(2017, 1, 1), "ends": date(2019, 1, 1)}
    world.measure(
        key="a", title="Kurs", cost_year_low=1000, cost_year_high=3000, fte=1,
        funding_ends=date(2018, 1, 1), **days,
    )  # fmt: skip
    world.measure(key="b", title="Treff", cost_year_low=200, cost_year_high=200, **days)
    world.measure(key="c", title="Ohne Betrag", **days)
    sit_down(client)
    page = text(client.get(MONEY))
    assert (
        "Bis 31.12.2025 sind 1.000 bis 3.000 EUR gesichert und 1.400 bis 3.400 EUR offen." in page
    )
    assert "Kosten sind zu 2 von 3 Maßnahmen genannt." in page
    assert "Ohne Kosten: 1" in page
    assert 'href="?jahr=2017&amp;teil=gesichert#dahinter"' in page
    assert "<svg" in page
    behind = text(client.get(MONEY + "?jahr=2017&teil=gesichert")).split('id="dahinter"')[1]
    assert ">Kurs<" in behind
    assert ">Treff<" not in behind.split("</section>")[0]


def test_ohne_massnahmen_und_plan_bleibt_die_seite_lesbar(client):
    sit_down(client)
    assert "0 EUR gesichert" in text(client.get(MONEY))
    assert client.get(MONEY + "?jahr=gestern&teil=x").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_die_seite_braucht_immer_gleich_viele_abfragen(client, number):
    county(number)
    sit_down(client)
    with CaptureQueriesContext(connection) as asked:
        client.get(MONEY)
    assert len(asked) == 5
