"""Texts of the chapters and the preview of the whole paper."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, SCRIPT, county, sit_down, text

from gelingen.desk.models import Draft
from gelingen.plan.models import ChapterText

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
TEXTS = DESK + "plan/texte/"
MANDATE = TEXTS + "auftrag/"


@pytest.fixture
def desk(client):
    """Sit at a plan."""
    world.plan(key="masterplan")
    world.topic(key="sprache", name="Sprache und Bildung")
    sit_down(client)
    return client


def test_alle_kapitel_stehen_da_auch_die_der_themenfelder(desk):
    world.chapter(chapter="auftrag", text="Der Kreistag hat es beschlossen.")
    page = text(desk.get(TEXTS))
    assert "Zu 1 von 17 Kapiteln" in page
    assert "Der Kreistag hat es beschlossen." in page
    assert f'href="{TEXTS}sprache/"' in page
    assert page.index("Vorwort") < page.index("Fortschreibung") < page.index("Themenfeld: Sprache")


def test_der_erste_text_eines_kapitels_entsteht_und_laesst_sich_aendern(desk):
    desk.post(MANDATE, {"text": "# Anlass\n\nErster Text"})
    assert ChapterText.objects.get().chapter == "auftrag"
    desk.post(MANDATE, {"text": "Zweiter Text", "stand": "1"})
    assert ChapterText.objects.get().text == "Zweiter Text"
    assert "Gespeichert: Auftrag und Planungshorizont." in text(desk.get(TEXTS))


def test_die_vorschau_zeigt_den_satz_und_speichert_nichts(desk):
    sent = {"text": "## Anlass\n\n- **fett**", "vorschau": "ja"}
    whole = text(desk.post(MANDATE, sent))
    assert "<strong>fett</strong>" in whole
    assert "- **fett**</textarea>" in whole
    part = text(desk.post(MANDATE, sent, headers=SCRIPT))
    assert "<strong>fett</strong>" in part
    assert "<html" not in part
    assert not ChapterText.objects.exists()


def test_die_vorschau_fuehrt_nichts_aus(desk):
    sent = {
        "text": "<script>alert(1)</script> [x](javascript:alert(1)) <b onclick=x>y</b>",
        "vorschau": "ja",
    }
    part = text(desk.post(MANDATE, sent, headers=SCRIPT))
    assert "<script" not in part
    assert "href=" not in part
    assert "<b" not in part


def test_ein_entwurf_bleibt_bis_gespeichert_ist(desk):
    world.chapter(chapter="auftrag", text="Alt")
    desk.post(DESK + "eintrag/entwurf/", {"formular": MANDATE, "text": "Neu", "stand": "1"})
    page = text(desk.get(MANDATE))
    assert "Neu</textarea>" in page
    assert "Entwurf verwerfen" in page
    desk.post(MANDATE, {"text": "Neu", "stand": "1"})
    assert not Draft.objects.exists()
    assert ChapterText.objects.get().text == "Neu"


def test_zwei_personen_am_selben_kapitel_sehen_beide_fassungen(desk):
    world.chapter(chapter="auftrag", text="Alt")
    desk.post(MANDATE, {"text": "Fassung A", "stand": "1"})
    page = text(desk.post(MANDATE, {"text": "Fassung B", "stand": "1"}))
    assert "Ihre Fassung: Fassung B" in page
    assert "Inzwischen gespeichert: Fassung A" in page
    assert ChapterText.objects.get().text == "Fassung A"


def test_wer_den_ersten_text_eines_kapitels_als_zweite_schreibt_sieht_beide(desk):
    stand = re.search(r'name="stand" value="(\d+)"', text(desk.get(MANDATE)))[1]
    desk.post(MANDATE, {"text": "Langer Text der Kollegin", "stand": stand})
    page = text(desk.post(MANDATE, {"text": "Meiner", "stand": stand}))
    assert "Inzwischen gespeichert: Langer Text der Kollegin" in page
    assert ChapterText.objects.get().text == "Langer Text der Kollegin"


def test_ohne_plan_und_ohne_kapitel_sagt_die_seite_was_fehlt(client):
    sit_down(client)
    assert "Noch kein Plan." in text(client.get(TEXTS))
    assert client.post(MANDATE, {"text": "x"}).status_code == 422
    assert client.get(TEXTS + "gibtesnicht/").status_code == 404


def test_lesende_lesen_und_schreiben_nichts(client):
    world.chapter(chapter="auftrag", text="Nur lesen")
    sit_down(client, role="reader")
    page = text(client.get(MANDATE))
    assert "Nur lesen" in page
    assert "<textarea" not in page
    assert client.post(MANDATE, {"text": "x", "stand": "1"}).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_die_liste_braucht_immer_gleich_viele_abfragen(client, number):
    county(number)
    for position in range(number):
        world.chapter(chapter=["auftrag", "leitbild", "vorgehen"][position])
    sit_down(client)
    with CaptureQueriesContext(connection) as asked:
        client.get(TEXTS)
    assert len(asked) == 6


def test_die_vorschau_des_masterplans_hat_ein_verzeichnis_das_fuehrt(client):
    county()
    world.chapter(chapter="auftrag", text="Der Kreistag hat es beschlossen.")
    sit_down(client)
    page = text(client.get(DESK + "plan/vorschau/"))
    assert "Der Kreistag hat es beschlossen." in page
    contents = page.split('id="inhalt-titel"')[1].split("</nav>")[0]
    for part in contents.split('href="#')[1:]:
        assert f'id="{part.split(chr(34))[0]}"' in page
    assert "style=" not in page.split("<article")[1].split("</article>")[0]


def test_ohne_plan_sagt_die_vorschau_was_fehlt(client):
    sit_down(client)
    assert "Dafür fehlt ein Plan mit Planungshorizont." in text(client.get(DESK + "plan/vorschau/"))


def test_die_seite_eines_kapitels_nennt_seine_tabellen_und_bilder(client):
    county()
    sit_down(client)
    assert f'data-hx-get="{TEXTS}bestand/inhalt/"' in text(client.get(TEXTS + "bestand/"))
    page = text(client.get(TEXTS + "bestand/inhalt/"))
    assert "<li>Tabelle: " in page
    assert "<html" not in text(client.get(TEXTS + "bestand/inhalt/", headers=SCRIPT))
    assert "Keine Tabellen und Bilder." in text(client.get(TEXTS + "vorwort/inhalt/"))
