"""Bodies at the desk: the list, one body with its seats, one seat with who took it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, TODAY, sit_down, text
from tests.web.test_lists import names
from tests.web.test_needs import cells

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
BASE = DESK + "gremien/"


def body(key="steuerung", **fields):
    return world.body(key=key, **{"name": "Steuerungsgruppe", "kind": "steering", **fields})


def group(number=1):
    """Make a steering group whose seats are taken until the end of 2017."""
    made = body()
    for order in range(1, number + 1):
        one = world.seat(key=f"s_{order}", body=made, order=order)
        world.tenure(key=f"b_{order}", seat=one, function=f"Leitung {order}", ends=date(2018, 1, 1))
    return made


@pytest.mark.parametrize("number", [1, 3])
def test_die_seiten_kosten_gleich_viel_bei_einem_und_bei_drei(client, number):
    group(number)
    for position in range(number - 1):
        body(f"g_{position}", parent=world.body.model.objects.get(key="steuerung"))
    sit_down(client)
    found = {}
    for path in ("", "gremium/steuerung/", "sitz/s_1/"):
        client.get(BASE + path)
        with CaptureQueriesContext(connection) as queries:
            client.get(BASE + path)
        found[path] = len(queries)
    assert found == {"": 7, "gremium/steuerung/": 12, "sitz/s_1/": 7}


def test_die_liste_sagt_wer_steuert_wie_viele_sitze_frei_sind_und_wann_die_naechste_sitzung_ist(
    client,
):
    sit_down(client)
    group(2)
    world.seat(body=body("ag", name="AG Sprache", kind="working_group"))
    world.meeting(body=world.body.model.objects.get(key="ag"), day=date(2017, 6, 20))
    body("alt", name="Runder Tisch", ends=TODAY)
    page = text(client.get(BASE))
    assert names(page) == ["Steuerungsgruppe", "AG Sprache"]
    assert cells(page, "AG Sprache")[2:5] == ["20.06.2017", "1", "1"]
    assert "2 Gremien, 3 Sitze, davon 1 frei." in page
    assert "Runder Tisch" in names(text(client.get(BASE + "?zeigen=alle")))


def test_ein_gremium_zeigt_seine_sitze_der_reihe_nach_und_sagt_welcher_frei_ist(client):
    sit_down(client)
    made = group(2)
    empty = world.seat(key="s_0", body=made, order=3, kind="council", sender="Fraktion A")
    world.tenure(seat=empty, function="Kreisrätin", ends=date(2017, 3, 1))
    page = text(client.get(f"{BASE}gremium/steuerung/"))
    assert names(page) == ["1. Verwaltung", "2. Verwaltung", "3. Kreistag oder Stadtrat"]
    assert cells(page, "1. Verwaltung")[-4:] == [
        "Leitung 1", "–", "Mitglied, mit Stimme", "31.12.2017",
    ]  # fmt: skip
    assert cells(page, "3. Kreistag")[-4:-2] == ["frei seit 01.03.2017", "Fraktion A"]
    assert "3 Sitze, 1 davon frei" in page
