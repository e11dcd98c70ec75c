"""The sheet of a measure: six sections, each changed on its own, with drafts, hints and undo."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, SCRIPT, county, sit_down, text

from gelingen.desk.models import Draft
from gelingen.plan.models import Measure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
SHEET = DESK + "plan/massnahmen/m/"
MONEY = SHEET + "teil/geld/"


@pytest.fixture
def desk(client):
    """Sit at a measure of which only the title is known."""
    world.plan(key="masterplan")
    world.organisation(key="vhs", name="Volkshochschule")
    world.measure(key="m", title="Kurs")
    sit_down(client)
    return client


def test_das_blatt_sagt_welche_abschnitte_fehlen(desk):
    page = text(desk.get(SHEET))
    assert "0 von 6" in page
    assert page.count("fehlt noch") == 6
    desk.post(SHEET + "teil/wer/", {"lead": "vhs", "stand": "1"})
    page = text(desk.get(SHEET))
    assert "1 von 6" in page
    assert page.count("fehlt noch") == 5


def test_ein_abschnitt_aendert_nur_seine_felder(desk):
    answer = desk.post(MONEY, {"cost_year": "12.500", "fte": "0,5", "stand": "1"})
    assert answer.headers["Location"] == SHEET + "#teil-geld"
    changed = Measure.objects.get(key="m")
    assert (changed.cost_year_low, changed.title) == (12500, "Kurs")
    assert str(changed.fte) == "0.50"


def test_mit_skript_kommt_der_abschnitt_zurueck_samt_verlauf_und_kaestchen(desk):
    answer = text(desk.post(MONEY, {"cost_year": "12.500", "stand": "1"}, headers=SCRIPT))
    assert "<html" not in answer
    assert "12.500 EUR" in answer
    assert 'id="teile" data-hx-swap-oob="true"' in answer
    assert "1 von 6" in answer
    assert "Kosten im Jahr" in answer.split('id="verlauf"')[1]


def test_ein_falscher_betrag_bleibt_stehen(desk):
    answer = desk.post(MONEY, {"cost_year": "viel", "stand": "1"}, headers=SCRIPT)
    assert answer.status_code == 422
    assert 'value="viel"' in text(answer)


def test_zwei_personen_im_selben_abschnitt_sehen_beide_fassungen(desk):
    desk.post(MONEY, {"budget_line": "1.100", "stand": "1"})
    mine = {"budget_line": "2.200", "programme": "Landesmittel", "stand": "1"}
    assert "Inzwischen hat jemand" in text(desk.post(MONEY, mine, headers=SCRIPT))
    page = text(desk.post(MONEY, mine))
    assert "Ihre Fassung: 2.200" in page
    assert "Inzwischen gespeichert: 1.100" in page
    desk.post(MONEY, {**mine, "stand": "2", "wahl_budget_line": "andere"})
    changed = Measure.objects.get(key="m")
    assert (changed.budget_line, changed.programme) == ("1.100", "Landesmittel")


def test_ein_entwurf_des_abschnitts_steht_beim_naechsten_oeffnen_wieder_da(desk):
    desk.post(DESK + "eintrag/entwurf/", {"formular": MONEY, "programme": "Halb fertig"})
    page = text(desk.get(MONEY))
    assert "Halb fertig" in page
    assert "Entwurf verwerfen" in page
    desk.post(MONEY, {"programme": "Fertig", "stand": "1"})
    assert not Draft.objects.exists()


def test_ein_hinweis_steht_in_dem_abschnitt_der_ihn_behebt(desk):
    page = text(desk.get(SHEET))
    money = page.split('id="teil-geld"')[1].split("</section>")[0]
    assert "Die Kosten fehlen." in money
    way = re.search(r'href="([^"]*feld=cost_year)"', money)[1]
    field = re.search(r'<input[^>]*name="cost_year"[^>]*>', text(desk.get(way)))[0]
    assert "autofocus" in field


def test_jede_aenderung_im_verlauf_laesst_sich_zuruecknehmen(desk):
    desk.post(MONEY, {"programme": "Landesmittel", "stand": "1"})
    page = text(desk.get(SHEET))
    undo = re.search(r'action="([^"]*zuruecknehmen/[^"]*)"', page.split('id="verlauf"')[1])[1]
    desk.post(undo)
    assert Measure.objects.get(key="m").programme == ""


def test_einen_anderen_abschnitt_gibt_es_nicht(desk):
    assert desk.get(SHEET + "teil/farbe/").status_code == 404


def test_lesende_sehen_das_blatt_ohne_wege_zum_aendern(client):
    world.measure(key="m", title="Kurs")
    sit_down(client, role="reader")
    page = text(client.get(SHEET))
    assert "teil/geld/" not in page
    assert "Rückgängig" not in page
    assert client.get(MONEY).status_code == 403
    assert client.post(MONEY, {"programme": "x", "stand": "1"}).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_das_blatt_braucht_immer_gleich_viele_abfragen(client, number):
    county(number)
    sit_down(client)
    found = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(DESK + "plan/massnahmen/m_0/")
        found.append(len(asked))
    assert found == [18, 7]  # the second time nothing has changed
