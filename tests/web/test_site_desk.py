"""Die Webseite am Arbeitsplatz: schreiben, veröffentlichen, vorher ansehen, zurücknehmen."""

import re

import pytest
from django.urls import reverse
from tests import world
from tests.opendata.shown import county, keep_paper, release
from tests.web.desk import DESK, sit_down, text

from gelingen.history.models import ChangeEvent
from gelingen.site.models import News, SiteSettings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
HOME = DESK + "oeffentlichkeit/"
READY = {
    "switched_on": "on", "title": "Integration hier", "contact_name": "Integrationsstelle",
    "contact_email": "integration@lk.example", "imprint": "Landratsamt", "privacy": "Wir.",
    "languages": ["en", "ar"], "embedding": "on",
}  # fmt: skip
KINDS = {
    "nachrichten": {"title": "Kurs beginnt", "day": "01.06.2017", "text": "Im **Juni**."},
    "fragen": {"title": "Wer darf?", "text": "Alle.", "order": "1"},
    "termine": {"title": "Werkstatt", "day": "01.07.2017", "begins": "18:00", "place": "Ahorn"},
    "texte": {"page": "project", "language": "de", "origin": "people", "text": "Darum."},
}


def stand(page):
    return re.search(r'name="stand" value="(\d+)"', text(page))[1]


def test_einschalten_geht_erst_wenn_alles_noetige_dasteht_und_laesst_sich_zuruecknehmen(client):
    sit_down(client)
    refused = client.post(HOME + "einstellungen/", {"switched_on": "on", "title": "Titel"})
    assert refused.status_code == 422
    assert "das Impressum, der Text zum Datenschutz, eine Ansprechstelle" in text(refused)
    assert not SiteSettings.objects.exists()

    saved = client.post(HOME + "einstellungen/", READY, follow=True)
    assert "Rückgängig" in text(saved)
    assert "Eingeschaltet" in text(client.get(HOME))
    assert "Integration hier" in text(client.get("/09473/"))
    assert SiteSettings.objects.get().languages == ["en", "ar"]

    batch = ChangeEvent.objects.latest("pk").batch
    client.post(reverse("undo", kwargs={"tenant": "09473", "batch": batch}))
    assert client.get("/09473/").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_schreiben_veroeffentlichen_herunternehmen_entfernen(client, kind):
    world.site_settings(switched_on=True)
    sit_down(client)
    given = KINDS[kind]
    made = client.post(f"{HOME}{kind}/neu/", given, follow=True)
    assert "Gespeichert als Entwurf" in text(made)
    entry = made.request["PATH_INFO"]
    draft = {"stand": stand(made)}
    out = client.post(entry + "stellen/", draft, follow=True)
    assert "Veröffentlicht: " in text(out)
    assert "Das steht auf der Webseite" in text(client.post(entry + "entfernen/", follow=True))
    down = client.post(entry + "stellen/", {"stand": stand(out), "herunter": "ja"}, follow=True)
    assert "Heruntergenommen: " in text(down)
    assert "Entfernt: " in text(client.post(entry + "entfernen/", follow=True))
    assert client.get(entry).status_code == 404


def test_zwei_zugleich_ueberschreiben_einander_nicht(client):
    sit_down(client)
    world.news(key="neu", title="Alt")
    url = HOME + "nachrichten/eintrag/neu/"
    seen = stand(client.get(url))
    given = {"day": "01.06.2017", "text": "x", "stand": seen}
    assert client.post(url, given | {"title": "Erste"}).status_code == 302
    late = client.post(url, given | {"title": "Zweite"})
    assert late.status_code == 422
    assert "Inzwischen hat jemand das geändert" in text(late)
    assert News.objects.get().title == "Erste"
    assert client.post(url, given | {"title": "Zweite", "stand": stand(late)}).status_code == 302


def test_wer_den_plan_nicht_aendern_darf_liest_nur(client):
    world.news(key="neu")
    sit_down(client, role="reader")
    assert "Speichern" not in text(client.get(HOME + "nachrichten/eintrag/neu/"))
    assert client.post(HOME + "einstellungen/", READY).status_code == 403
    assert client.post(HOME + "nachrichten/eintrag/neu/stellen/", {"stand": "1"}).status_code == 403
    assert client.get(HOME + "nachrichten/eintrag/neu/").status_code == 200


def test_die_vorschau_zeigt_entwuerfe_bevor_die_webseite_eingeschaltet_ist(client):
    release(county())
    world.news(title="Noch ein Entwurf")
    with_drafts = HOME + "vorschau/"
    assert client.get(with_drafts).status_code == 302
    sit_down(client)
    start = text(client.get(with_drafts))
    assert "Noch ein Entwurf" in start
    assert f'href="{with_drafts}massnahmen/"' in start
    # What cannot be seen beforehand stands where everybody reads it.
    assert 'href="/09473/rueckmeldung/?seite=' in start
    for link in set(re.findall(f'href="({with_drafts}[^"#]*)"', start)):
        assert client.get(link).status_code == 200, link
    assert "Kurs 0" in text(client.get(with_drafts + "massnahmen/m_0/"))
    assert client.get(with_drafts + "gibt-es-nicht/").status_code == 404
    assert client.get(with_drafts + "daten/measures.csv").status_code == 404
    assert "Noch ein Entwurf" not in text(client.get("/09473/"))


def test_auch_eine_datei_der_vorschau_bleibt_nirgends_liegen(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    keep_paper(release(county()))
    sit_down(client)
    answer = client.get(HOME + "vorschau/dokumente/1/plan.html")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    answer.close()


def test_der_arbeitsplatz_sagt_was_fehlt(client, django_assert_num_queries):
    sit_down(client)
    with django_assert_num_queries(5):
        page = text(client.get(HOME))
    for said in ("Impressum", "Eine freigegebene Ausgabe", "Ausgeschaltet"):
        assert said in page


@pytest.mark.parametrize("number", [1, 3])
def test_listen_brauchen_immer_gleich_viele_abfragen(client, django_assert_num_queries, number):
    for _ in range(number):
        world.news()
    sit_down(client)
    with django_assert_num_queries(4):
        assert client.get(HOME + "nachrichten/").status_code == 200
