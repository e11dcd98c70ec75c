"""Antworten von außen am Arbeitsplatz: hochladen, zuordnen, ansehen, alle oder keine, zurück."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.surveys.asking import question, survey
from tests.web.desk import DESK, sit_down, text

from gelingen.surveys.models import Response

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
HERE = f"{DESK}bedarfe/umfragen/umfrage/antworten/einlesen/"
TABLE = "Organisation;F1;Wie viele?\nVHS;Eins;3\nChor;Zwei;4\n"


@pytest.fixture
def of():
    made = survey(threshold=3)
    question(made, "choice", german="Was passt?")
    question(made, "number", german="Wie viele?")
    return made


def upload(client, content=TABLE):
    return client.post(HERE, {"datei": SimpleUploadedFile("antworten.csv", content.encode())})


def sent(page, **more):
    """Give what the form of the preview sends, with other columns where named."""
    html = page.content.decode()
    hidden = dict(re.findall(r'name="(tabelle|gesehen)" value="([^"]*)"', html))
    columns = {
        name: (re.search(r'value="([^"]*)" selected', part) or [0, ""])[1]
        for name, part in re.findall(r'<select name="(spalte-\d)"(.*?)</select>', html, re.DOTALL)
    }
    return hidden | columns | more


@pytest.mark.usefixtures("of")
def test_von_vielen_antworten_werden_nur_die_einer_seite_gelesen(client):
    sit_down(client)
    many = "".join(f"Verein {number:02};Eins;3\n" for number in range(60))
    page = upload(client, f"Organisation;F1;Wie viele?\n{many}")
    page = client.post(HERE, sent(page, **{"spalte-1": "umfrage_choice"}, einlesen="ja"))
    client.post(HERE, sent(page, einlesen="ja"))
    assert Response.objects.count() == 60
    with CaptureQueriesContext(connection) as statements:
        page = text(client.get(f"{DESK}bedarfe/umfragen/umfrage/antworten/?seite=2"))
    assert "Verein 49" not in page
    assert "Verein 50" in page
    assert any("LIMIT 10 OFFSET 50" in one["sql"] for one in statements)


@pytest.mark.usefixtures("of")
def test_von_der_tabelle_bis_zu_den_antworten_und_zurueck(client):
    sit_down(client)
    page = upload(client)
    assert "2 Antworten in der Tabelle. Noch nichts eingelesen." in text(page)
    form = sent(page)
    assert (form["spalte-0"], form["spalte-1"], form["spalte-2"]) == (
        "@who", "", "umfrage_number"
    )  # fmt: skip
    # What F1 means is said by hand; the preview comes again before anything is taken in.
    page = client.post(HERE, form | {"spalte-1": "umfrage_choice", "einlesen": "ja"})
    assert not Response.objects.exists()
    page = client.post(HERE, sent(page, einlesen="ja"), follow=True)
    assert "Eingelesen: 2 Antworten." in text(page)
    listed = text(client.get(f"{DESK}bedarfe/umfragen/umfrage/antworten/"))
    assert "Chor" in listed
    assert "von außen eingelesen" in listed
    assert sent(upload(client))["spalte-1"] == "umfrage_choice"
    run = re.findall(r'name="(lauf|anzahl)" value="([^"]*)"', client.get(HERE).content.decode())
    assert "nicht mehr 1, sondern 2" in text(
        client.post(f"{HERE}zurueck/", {**dict(run), "anzahl": "1"}, follow=True)
    )
    assert "Wieder entfernt: 2 Antworten." in text(
        client.post(f"{HERE}zurueck/", dict(run), follow=True)
    )
    assert not Response.objects.exists()


@pytest.mark.usefixtures("of")
def test_eine_falsche_zelle_wird_gezeigt_und_haelt_alles_auf(client):
    sit_down(client)
    page = upload(client, TABLE.replace(";4", ";viele"))
    assert "C3" in text(page)
    assert "Bitte nur eine Zahl schreiben." in text(page)
    assert "Alle einlesen" not in text(page)
    page = client.post(HERE, sent(page, einlesen="ja"))
    assert page.status_code == 422
    assert not Response.objects.exists()


@pytest.mark.usefixtures("of")
def test_wer_schon_geantwortet_hat_steht_in_der_vorschau(client):
    sit_down(client)
    for _ in range(2):
        page = client.post(HERE, sent(upload(client), einlesen="ja"))
    assert page.status_code == 422
    assert "A2: VHS hat schon geantwortet." in text(page)
    assert Response.objects.count() == 2


@pytest.mark.parametrize("content", ["", "Kopf\n", "nur Text"])
@pytest.mark.usefixtures("of")
def test_eine_datei_ohne_antworten_wird_abgelehnt(client, content):
    sit_down(client)
    page = upload(client, content)
    assert page.status_code == 422
    assert "g-fehler" in page.content.decode() or "error" in page.content.decode()


@pytest.mark.usefixtures("of")
def test_eine_veraenderte_tabelle_wird_nicht_angenommen(client):
    sit_down(client)
    form = sent(upload(client), einlesen="ja")
    page = client.post(HERE, form | {"tabelle": form["tabelle"] + "x"})
    assert "die Vorschau ist zu alt" in text(page)
    assert not Response.objects.exists()


def test_in_einen_entwurf_wird_nichts_eingelesen(client):
    survey(state="draft")
    sit_down(client)
    assert "sobald die Umfrage geöffnet ist" in text(client.get(HERE))


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.usefixtures("of")
def test_die_vorschau_kostet_mit_mehr_zeilen_keine_abfrage_mehr(client, number):
    sit_down(client)
    table = "Organisation;Was passt?\n" + "".join(f"Stelle {n};Eins\n" for n in range(number))
    upload(client, table)
    with CaptureQueriesContext(connection) as statements:
        upload(client, table)
    assert len(statements) == 7


def test_zweimal_gedrueckt_wird_eine_tabelle_ohne_namen_einmal_eingelesen(client):
    made = survey(mode="anonymous", threshold=3)
    question(made, "choice", german="Was passt?")
    sit_down(client)
    form = sent(upload(client, "Was passt?\nEins\nEins\nZwei\n"), einlesen="ja")
    assert client.post(HERE, form).status_code == 302
    page = client.post(HERE, form)
    assert page.status_code == 422
    assert "Diese Tabelle ist schon eingelesen." in text(page)
    assert made.anonymous_answers.count() == 3
