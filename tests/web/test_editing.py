"""Entering and changing records in the browser."""

import re

import pytest
from tests import world
from tests.web.desk import DESK, county, sit_down, text

from gelingen.desk.models import LONGEST, Draft
from gelingen.register.models import Structure

pytestmark = pytest.mark.django_db
NEW = DESK + "eintrag/structure/neu/"
EDIT = DESK + "eintrag/structure/angebot_0/aendern/"
VALUES = {"name": "Treff", "organisation": "traeger_0", "function": "delivers"}


def way_back(answer):
    return re.search(r'action="([^"]*/zuruecknehmen/[^"]*)"', text(answer))[1]


def test_eine_neue_struktur_entsteht_mit_vier_angaben(client):
    county()
    sit_down(client)
    answer = client.post(NEW, {**VALUES, "ends": "31.12.2019"}, follow=True)
    made = Structure.objects.get(name="Treff")
    assert made.ends.isoformat() == "2020-01-01"
    assert "Angelegt: Treff." in text(answer)
    assert "Rückgängig" in text(answer)


def test_anlegen_laesst_sich_zuruecknehmen(client):
    county()
    sit_down(client)
    answer = client.post(NEW, VALUES, follow=True)
    client.post(way_back(answer))
    assert not Structure.objects.filter(name="Treff").exists()


def test_das_leere_formular_einer_struktur_fuehrt_zur_seite_mit_reichweite_und_geld(client):
    county()
    sit_down(client)
    answer = client.get(NEW, {"organisation": "traeger_0"})
    assert answer.url == DESK + "bestand/strukturen/neu/?organisation=traeger_0"


def test_ein_falscher_tag_bleibt_stehen_und_wird_erklaert(client):
    county()
    sit_down(client)
    answer = client.post(NEW, {**VALUES, "ends": "32.13.2019"})
    assert answer.status_code == 422
    assert "32.13.2019" in text(answer)
    assert "01.07.2019" in text(answer)


def test_ein_wort_hinter_der_kapazitaet_geht_nicht_verloren(client):
    county()
    sit_down(client)
    given = {**VALUES, "capacity": "25 Plätze"}
    refused = client.post(NEW, given)
    assert refused.status_code == 422
    assert "Bitte „Plätze“ hier eintragen, sonst geht es verloren." in text(refused)
    assert not Structure.objects.filter(name="Treff").exists()
    client.post(NEW, {**given, "capacity_unit": "Plätze"})
    made = Structure.objects.get(name="Treff")
    assert (made.capacity_low, made.capacity_unit) == (25, "Plätze")


@pytest.mark.parametrize("capacity", ["25", "ca. 20 bis 30", "über 40", ""])
def test_eine_zahl_allein_braucht_keine_einheit(client, capacity):
    county()
    sit_down(client)
    client.post(NEW, {**VALUES, "capacity": capacity})
    assert Structure.objects.filter(name="Treff").exists()


def test_zwei_personen_sehen_beide_fassungen_und_waehlen(client):
    county()
    sit_down(client)
    mine = {**VALUES, "name": "Meine Fassung", "stand": "1"}
    assert client.post(EDIT, {**VALUES, "name": "Andere Fassung", "stand": "1"}).status_code == 302
    answer = client.post(EDIT, mine)
    assert "Meine Fassung" in text(answer)
    assert "Inzwischen gespeichert: Andere Fassung" in text(answer)
    assert Structure.objects.get(key="angebot_0").name == "Andere Fassung"
    client.post(EDIT, {**mine, "stand": "2", "wahl_name": "andere"})
    assert Structure.objects.get(key="angebot_0").name == "Andere Fassung"
    client.post(EDIT, {**mine, "stand": "3", "wahl_name": "meine"})
    assert Structure.objects.get(key="angebot_0").name == "Meine Fassung"


def test_ein_entwurf_steht_beim_naechsten_oeffnen_wieder_da(client):
    county()
    sit_down(client)
    kept = client.post(DESK + "eintrag/entwurf/", {"formular": EDIT, "name": "Halb fertig"})
    assert "Entwurf gesichert" in text(kept)
    assert "Halb fertig" in text(client.get(EDIT))
    client.post(EDIT, {**VALUES, "stand": "1"})
    assert not Draft.objects.exists()


def test_ein_entwurf_gilt_nur_fuer_das_was_die_adresse_vorgibt(client):
    county(3)
    sit_down(client)
    new = DESK + "eintrag/milestone/neu/?measure=m_"
    client.post(
        DESK + "eintrag/entwurf/",
        {"formular": f"{new}0&zurueck=/intern/", "measure": "m_0", "title": "Halb fertig"},
    )
    other = text(client.get(f"{new}2"))
    assert '<option value="m_2" selected>' in other
    assert "Halb fertig" not in other
    same = client.get(f"{new}0&zurueck=/intern/09473/plan/")
    assert "Halb fertig" in text(same)
    client.post(same.wsgi_request.get_full_path(), {"measure": "m_0", "title": "Fertig"})
    assert not Draft.objects.exists()


def test_auch_ein_formular_mit_langer_adresse_behaelt_seinen_entwurf(client):
    county()
    sit_down(client)
    long = DESK + "eintrag/measure/neu/?title=" + "x" * 400
    client.post(DESK + "eintrag/entwurf/", {"formular": long, "title": "Halb fertig"})
    assert len(Draft.objects.get().form) == LONGEST
    assert "Halb fertig" in text(client.get(long))
    assert "Halb fertig" not in text(client.get(long + "y"))


def test_lesende_duerfen_nichts_anlegen_und_nichts_aendern(client):
    county()
    sit_down(client, role="reader")
    for path in (NEW, EDIT, EDIT.replace("aendern", "loeschen")):
        assert client.get(path).status_code == 403
        assert client.post(path, VALUES).status_code == 403
    assert not Structure.objects.filter(name="Treff").exists()


def test_loeschen_fragt_erst_und_laesst_sich_zuruecknehmen(client):
    county()
    world.structure(key="irrtum", name="Irrtum")
    sit_down(client)
    path = DESK + "eintrag/structure/irrtum/loeschen/"
    assert "Diesen Eintrag löschen?" in text(client.get(path))
    answer = client.post(path, follow=True)
    assert not Structure.objects.filter(key="irrtum").exists()
    client.post(way_back(answer))
    assert Structure.objects.get(key="irrtum").name == "Irrtum"
