"""Die Seite der OParl-Schnittstelle: einschalten, Wahlperioden, Antworten einlesen."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import world
from tests.oparl.test_reading import meeting, organization
from tests.web.desk import DESK, sit_down, text

from gelingen.boards.models import Body, Meeting
from gelingen.history.models import ChangeEvent
from gelingen.oparl.models import Endpoint, LegislativeTerm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
PAGE = DESK + "gremien/oparl/"
READ = PAGE + "einlesen/"
ROOT = "/oparl/v1.1/09473/"


def stand(client):
    found = re.search(r'name="stand" value="([^"]*)"', text(client.get(PAGE)))
    return found[1]


def save(client, **given):
    return client.post(PAGE, {"stand": stand(client)} | given, follow=True)


def take_back(client, page):
    batch = ChangeEvent.objects.latest("pk").batch
    url = reverse("undo", kwargs={"tenant": "09473", "batch": batch})
    assert f'action="{url}"' in page
    client.post(url)


def test_von_sich_aus_ist_die_schnittstelle_ausgeschaltet(client):
    sit_down(client)
    page = text(client.get(PAGE))
    assert "Ausgeschaltet. Öffentlich wären: 0 Gremien" in page
    assert "Noch kein öffentliches Gremium" in page
    assert Client().get(ROOT).status_code == 404


def test_eingeschaltet_liest_sie_jeder_und_es_laesst_sich_zuruecknehmen(client):
    sit_down(client)
    world.body(public=True)
    page = text(save(client, switched_on="on", contact_name="Kreistagsbüro"))
    assert "Die Schnittstelle ist eingeschaltet." in page
    assert f"http://testserver{ROOT}" in page
    assert Client().get(ROOT).json()["contactName"] == "Kreistagsbüro"
    take_back(client, page)
    assert Client().get(ROOT).status_code == 404


def test_seit_wann_sie_offen_ist_bleibt_beim_ausschalten_stehen(client):
    sit_down(client)
    save(client, switched_on="on")
    first = Endpoint.objects.get().since
    save(client)
    assert "Ausgeschaltet." in text(client.get(PAGE))
    save(client, switched_on="on")
    assert Endpoint.objects.get().since == first


def test_zwei_die_dasselbe_aendern_ueberschreiben_einander_nicht(client):
    sit_down(client)
    save(client, switched_on="on", contact_name="Erste")
    before = stand(client)
    save(client, switched_on="on", contact_name="Zweite")
    late = client.post(PAGE, {"stand": before, "contact_name": "Dritte"})
    assert late.status_code == 422
    assert "Inzwischen hat jemand diese Angaben geändert" in text(late)
    assert Endpoint.objects.get().contact_name == "Zweite"


def test_zwei_die_sie_zum_ersten_mal_einrichten_ebenso(client):
    sit_down(client)
    before = stand(client)
    save(client, contact_name="Erste")
    late = client.post(PAGE, {"stand": before, "contact_name": "Zweite"})
    assert late.status_code == 422
    assert Endpoint.objects.get().contact_name == "Erste"


def test_was_keine_adresse_ist_wird_am_feld_gesagt(client):
    sit_down(client)
    refused = client.post(PAGE, {"stand": stand(client), "license": "frei für alle"})
    assert refused.status_code == 422
    assert not Endpoint.objects.exists()


@pytest.mark.parametrize("role", ["reader", "member", "head"])
def test_wer_nicht_alle_gremien_fuehrt_sieht_den_stand_und_aendert_nichts(client, role):
    client.force_login(world.person(role=role))
    page = text(client.get(PAGE))
    assert "Ändern kann sie, wer alle Gremien führt." in page
    assert 'name="switched_on"' not in page
    for url in (PAGE, PAGE + "wahlperiode/", READ):
        assert client.post(url, {"switched_on": "on", "name": "x"}).status_code == 403
    assert client.get(READ).status_code == 403
    assert not Endpoint.objects.exists()


def test_wer_nur_konten_verwaltet_sieht_weder_stand_noch_wahlperioden(client):
    world.endpoint(contact_name="Kreistagsbüro")
    world.legislative_term(name="Zeit")
    world.body(public=True)
    client.force_login(world.person(role="administrator"))
    page = text(client.get(PAGE))
    assert "Öffentlich wären: 0 Gremien" in page
    assert not any(word in page for word in ("Kreistagsbüro", "Zeit<"))


def test_eine_wahlperiode_entsteht_und_geht_und_beides_laesst_sich_zuruecknehmen(client):
    sit_down(client)
    given = {"name": "2014 bis 2020", "starts": "01.05.2014", "ends": "30.04.2020"}
    page = text(client.post(PAGE + "wahlperiode/", given, follow=True))
    assert "Gespeichert: 2014 bis 2020." in page
    assert "30.04.2020" in page
    key = LegislativeTerm.objects.get().key
    url = f"{PAGE}wahlperiode/{key}/entfernen/"
    assert "2014 bis 2020" in text(client.get(url))
    page = text(client.post(url, follow=True))
    assert "Entfernt: 2014 bis 2020." in page
    assert not LegislativeTerm.objects.exists()
    take_back(client, page)
    assert LegislativeTerm.objects.get().key == key


def test_eine_wahlperiode_endet_nicht_vor_ihrem_beginn(client):
    sit_down(client)
    given = {"name": "Falsch", "starts": "01.05.2014", "ends": "30.04.2010"}
    refused = client.post(PAGE + "wahlperiode/", given)
    assert refused.status_code == 422
    assert "Das Ende muss nach dem Beginn liegen." in text(refused)


@pytest.mark.parametrize("number", [1, 3])
def test_die_seite_kostet_gleich_viel_bei_einem_und_bei_drei(client, number):
    sit_down(client)
    for one in range(number):
        world.body(public=True)
        world.legislative_term(name=f"Zeit {one}")
    client.get(PAGE)
    with CaptureQueriesContext(connection) as queries:
        client.get(PAGE)
    assert len(queries) == 9


# Antworten einlesen


def sent(*objects, name="antworten.json"):
    return SimpleUploadedFile(name, json.dumps(list(objects)).encode())


def preview(client, *objects):
    return client.post(READ, {"datei": sent(*objects)})


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def test_hochladen_zeigt_nur_was_sich_aendern_wuerde(client):
    sit_down(client)
    page = text(preview(client, organization(), meeting()))
    assert "Neu: 1 Gremium, 1 Sitzung; geändert: 0 Einträge. Noch ist nichts geschrieben." in page
    assert "Kreistag, Sitzung am 20.06.2017" in page
    assert not Body.objects.exists()


def test_erst_nach_der_vorschau_wird_geschrieben_und_es_laesst_sich_zuruecknehmen(client):
    sit_down(client)
    page = text(preview(client, organization(), meeting()))
    given = {name: hidden(page, name) for name in ("gelesen", "stempel")}
    page = text(client.post(READ, given, follow=True))
    assert "Übernommen. Neu: 1 Gremium, 1 Sitzung" in page
    assert Meeting.objects.get().body == Body.objects.get()
    take_back(client, page)
    assert not Body.objects.exists()


def test_hat_sich_inzwischen_etwas_geaendert_kommt_eine_neue_vorschau(client):
    sit_down(client)
    page = text(preview(client, organization()))
    given = {name: hidden(page, name) for name in ("gelesen", "stempel")}
    world.body(name="Kreistag")
    page = text(client.post(READ, given))
    assert "Inzwischen hat sich etwas geändert." in page
    assert Body.objects.count() == 1


def test_eine_kaputte_datei_nennt_datei_und_feld(client):
    sit_down(client)
    refused = preview(client, meeting(start="bald"))
    assert refused.status_code == 422
    assert "antworten.json: [0].start: „bald“ ist kein Zeitpunkt." in text(refused)


def test_ohne_datei_wird_nach_ihr_gefragt(client):
    sit_down(client)
    refused = client.post(READ, {})
    assert refused.status_code == 422
    assert "Bitte eine Datei auswählen." in text(refused)


def test_eine_veraenderte_vorschau_wird_nicht_geschrieben(client):
    sit_down(client)
    page = text(preview(client, organization()))
    refused = client.post(
        READ, {"gelesen": hidden(page, "gelesen") + "x", "stempel": hidden(page, "stempel")}
    )
    assert refused.status_code == 422
    assert "Bitte neu hochladen." in text(refused)
    assert not Body.objects.exists()


def test_der_andere_mandant_merkt_nichts_davon(client):
    sit_down(client)
    other = world.tenant("09463", "Stadt Coburg")
    world.body(tenant=other, name="Kreistag")
    page = text(preview(client, organization()))
    client.post(READ, {name: hidden(page, name) for name in ("gelesen", "stempel")})
    assert Body.objects.get(tenant=other).source == ""
    assert Body.objects.filter(tenant=world.tenant()).count() == 1
