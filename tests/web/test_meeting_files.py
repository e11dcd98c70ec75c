"""Dateien an Sitzungen und Punkten: anhängen, sehen, entfernen; Nichtöffentliches bleibt zu."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import world
from tests.web.desk import DESK, sit_down, text

from gelingen.boards.models import AgendaItem
from gelingen.history.recorded import writing
from gelingen.register.models import Attachment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day", "meeting")]
SHEET = DESK + "gremien/sitzungen/sitzung/m1/"


@pytest.fixture
def meeting():
    found = world.meeting(key="m1", body=world.body(key="ag"), day=date(2017, 6, 20))
    world.agenda_item(key="auf", meeting=found, title="Kurse", order=1)
    world.agenda_item(key="zu", meeting=found, title="Personal", order=1, public=False)
    return found


def attach(client, title, item="", *, public=True, **more):
    given = {"title": title, "item": item, "file": SimpleUploadedFile("d.txt", b"Inhalt")} | more
    return client.post(
        f"{SHEET}dateien/", given | ({"public": "on"} if public else {}), follow=True
    )


def listed(client):
    """Titles and words of the files on the page of the meeting."""
    page = text(client.get(SHEET)).partition('id="dateien"')[2].partition("</section>")[0]
    return re.findall(r'<a href="[^"]*">([^<]*)</a> <span class="g-2">([^<]*)</span>', page)


def address(title):
    return f"{SHEET}dateien/{Attachment.objects.get(title=title).key}/"


def status(client, way):
    answer = client.get(way)
    if answer.streaming:  # read, not closed by hand: that would end the connection, too
        b"".join(answer)
    return answer.status_code


def test_dateien_haengen_an_der_sitzung_oder_an_einem_punkt_und_kommen_als_download(client):
    sit_down(client)
    assert "Angehängt: Anfahrt." in text(attach(client, "Anfahrt"))
    attach(client, "Kursliste", "auf")
    attach(client, "Gutachten", "zu", public=False)
    assert listed(client) == [
        ("Anfahrt", "6\xa0Bytes"),
        ("Kursliste", "6\xa0Bytes, zu 1. Kurse"),
        ("Gutachten", "6\xa0Bytes, zu 2. Personal, nichtöffentlich"),
    ]
    answer = client.get(address("Anfahrt"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Anfahrt.txt"'
    assert b"".join(answer) == b"Inhalt"


def test_nichtoeffentliche_dateien_sieht_nur_wer_nichtoeffentliches_sehen_darf(client):
    sit_down(client)
    attach(client, "Anfahrt")
    attach(client, "Vermerk", public=False)
    attach(client, "Gutachten", "zu", public=False)
    ways = [address("Vermerk"), address("Gutachten")]
    ways += [reverse("attachment", args=["09473", way.split("/")[-2]]) for way in ways]
    sit_down(client, role="reader")
    assert listed(client) == [("Anfahrt", "6\xa0Bytes")]
    assert status(client, address("Anfahrt")) == 200
    assert [status(client, way) for way in ways] == [404] * 4


def test_wird_ein_punkt_nichtoeffentlich_sind_es_auch_seine_dateien(client):
    sit_down(client)
    attach(client, "Kursliste", "auf")
    with writing():
        AgendaItem.objects.filter(key="auf").update(public=False)
    assert listed(client) == [("Kursliste", "6\xa0Bytes, zu 1. Kurse, nichtöffentlich")]
    sit_down(client, role="reader")
    assert status(client, address("Kursliste")) == 404


def test_an_einem_nichtoeffentlichen_punkt_ist_keine_datei_oeffentlich(client):
    sit_down(client)
    answer = attach(client, "Gutachten", "zu")
    assert answer.status_code == 422
    assert "Dieser Punkt ist nichtöffentlich" in text(answer)
    assert not Attachment.objects.exists()


def test_eine_datei_laesst_sich_entfernen_und_das_zuruecknehmen(client):
    sit_down(client)
    attach(client, "Anfahrt")
    page = text(client.post(f"{address('Anfahrt')}entfernen/", follow=True))
    assert "Entfernt: Anfahrt." in page
    assert listed(client) == []
    (batch,) = set(re.findall(r"/eintrag/zuruecknehmen/([0-9a-f]{32})/", page))
    client.post(f"{DESK}eintrag/zuruecknehmen/{batch}/")
    assert listed(client) == [("Anfahrt", "6\xa0Bytes")]


def test_mit_einem_punkt_gehen_seine_dateien(client):
    sit_down(client)
    attach(client, "Kursliste", "auf")
    client.post(f"{DESK}gremien/sitzungen/punkt/auf/loeschen/", {"stand": "1"})
    assert not AgendaItem.objects.filter(key="auf").exists()
    assert not Attachment.objects.exists()


def test_anhaengen_und_entfernen_darf_nur_wer_das_gremium_leitet(client):
    sit_down(client)
    attach(client, "Anfahrt")
    way = address("Anfahrt")
    sit_down(client, role="reader")
    assert attach(client, "Fremdes").status_code == 403
    assert client.post(f"{way}entfernen/").status_code == 403
    assert "Datei anhängen" not in text(client.get(SHEET))


def test_was_keine_solche_datei_ist_wird_am_formular_abgelehnt(client):
    sit_down(client)
    answer = attach(client, "Bild", file=SimpleUploadedFile("bild.exe", b"MZ"))
    assert answer.status_code == 422
    assert "kann nicht angehängt werden" in text(answer)
