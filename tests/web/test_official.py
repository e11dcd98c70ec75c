"""Amtliche Tabelle einlesen: hochladen, zuordnen, ansehen, übernehmen, zurücknehmen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import world
from tests.transfer.test_figures import INKAR, county
from tests.web.desk import DESK, sit_down, text

from gelingen.history.models import ChangeEvent
from gelingen.history.undo import undo_batch
from gelingen.places.models import Figure, Territory
from gelingen.transfer.models import FigureMapping, Upload
from gelingen.transfer.uploads import folder_of

pytestmark = pytest.mark.django_db
PAGE = f"{DESK}umsetzung/kennzahlen/einlesen/"


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.HOME = tmp_path


def send(client, content=INKAR, name="inkar.csv"):
    return client.post(PAGE, {"datei": SimpleUploadedFile(name, content.encode())})


def take(client, here):
    plan = client.get(here).context["plan"]
    return client.post(f"{here}uebernehmen/", {"stempel": plan.stamp}, follow=True)


def test_von_der_datei_zu_kennzahlen_und_zurueck(client):
    sit_down(client)
    county()
    answer = send(client)
    assert answer.url.endswith("/zuordnung/")
    page = client.get(answer.url)
    assert "Arbeitslosenquote" in text(page)
    assert "Flensburg (01001)" in text(page)
    preview = client.post(
        answer.url,
        {"kennzahl-0": "Arbeitslosenquote", "einheit-0": "Prozent", "gebiet-0": "09463000",
         "gebiet-1": "+"},
        follow=True,
    )  # fmt: skip
    assert "6 Werte neu" in text(preview)
    assert "Flensburg" in text(preview)
    here = answer.url.removesuffix("zuordnung/")
    assert "Übernommen: 6 Werte neu" in text(take(client, here))
    assert Figure.objects.filter(unit="Prozent").count() == 6
    assert Territory.objects.filter(key="01001").exists()
    assert not folder_of(Upload.objects.get()).exists()
    batch = ChangeEvent.objects.latest("pk").batch
    undo_batch(batch, by="world", tenant="09473")
    assert not Figure.objects.exists()


def test_beim_zweiten_mal_wird_nichts_mehr_gefragt(client):
    sit_down(client)
    county()
    first = send(client).url
    client.post(first, {"kennzahl-0": "Quote", "gebiet-0": "-", "gebiet-1": "-"})
    second = send(client, INKAR.replace("2017", "2016"))
    assert not second.url.endswith("/zuordnung/")
    assert "2 Werte neu" in text(client.get(second.url))
    assert FigureMapping.objects.count() == 1


def test_was_inzwischen_anders_waere_wird_nicht_geschrieben(client):
    sit_down(client)
    county()
    here = send(client).url.removesuffix("zuordnung/")
    answer = client.post(f"{here}uebernehmen/", {"stempel": "alt"}, follow=True)
    assert "Inzwischen hat sich etwas geändert" in text(answer)
    assert not Figure.objects.exists()


def test_was_keine_tabelle_ist_wird_mit_einem_satz_zurueckgegeben(client):
    sit_down(client)
    answer = send(client, "Hallo;Welt\n1;2\n")
    assert answer.status_code == 422
    assert "ist keine Tabelle, die hier verstanden wird" in text(answer)
    assert not Upload.objects.exists()


def test_fehler_stehen_mit_ihrer_stelle_da_und_halten_alles_auf(client):
    sit_down(client)
    county()
    here = send(client, INKAR.replace("2,7", "viel")).url.removesuffix("zuordnung/")
    page = client.get(here)
    assert "inkar D3" in text(page)
    assert "Die Tabelle hat 1 Fehler" in text(page)
    take(client, here)
    assert not Figure.objects.exists()


def test_tabellen_stehen_nicht_unter_den_arbeitsmappen_und_lassen_sich_verwerfen(client):
    sit_down(client)
    key = send(client).url.split("/")[-3]
    assert client.get(f"{DESK}bestand/einlesen/{key}/").status_code == 404
    assert "inkar.csv" not in text(client.get(f"{DESK}bestand/einlesen/"))
    assert "inkar.csv" in text(client.get(PAGE))
    client.post(f"{PAGE}{key}/verwerfen/")
    assert not Upload.objects.exists()


def test_wer_nur_liest_kommt_nicht_hinein(client):
    client.force_login(world.person(role="reader"))
    assert client.get(PAGE).status_code == 403
