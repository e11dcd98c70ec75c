"""Rückmeldungen zur Webseite: das Formular für alle, und was am Arbeitsplatz daraus wird."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import world
from tests.web.desk import DESK, sit_down, text

from gelingen.feedback.models import Feedback
from gelingen.post.models import OutgoingMail
from gelingen.web.site.feedback import key_of, mark_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
LIST = DESK + "oeffentlichkeit/rueckmeldungen/"
FORM = "/09473/rueckmeldung/"


def said(key="a", **fields):
    values = {"page": "/09473/ziele/", "message": "Der Verweis geht nicht."} | fields
    at = datetime(2017, 5, 30, 10, tzinfo=UTC)
    return Feedback.objects.create(tenant=world.tenant(), key=key, received=at, **values)


def stand(page):
    return re.search(r'name="stand" value="([0-9]+)"', page)[1]


def test_leer_sagt_die_liste_wo_rueckmeldungen_herkommen(client):
    sit_down(client)
    assert "Noch keine Rückmeldung" in text(client.get(LIST))


def test_was_wartet_steht_auf_heute_und_fuehrt_zur_antwort(client):
    sit_down(client)
    one = said(mailbox="frau@example.org")
    page = text(client.get(DESK))
    assert "Jemand wartet auf eine Antwort, zur Seite /09473/ziele/" in page
    ids = re.findall(r'id="([^"]+)"', text(client.get(f"{LIST}{one.pk}/")))
    assert len(ids) == len(set(ids))
    assert f"{LIST}{one.pk}/" in page


def test_antworten_schickt_eine_nachricht_und_nimmt_die_zeile_von_der_liste(client):
    sit_down(client)
    one = said(mailbox="frau@example.org")
    page = text(client.get(f"{LIST}{one.pk}/"))
    given = {"stand": stand(page), "text": "Danke, behoben."}
    told = text(client.post(f"{LIST}{one.pk}/antworten/", given, follow=True))
    assert "Die Antwort ist unterwegs." in told
    assert "Alles ist beantwortet oder erledigt." in told
    assert OutgoingMail.objects.get().to == "frau@example.org"
    late = client.post(f"{LIST}{one.pk}/antworten/", given)
    assert late.status_code == 422
    assert "Inzwischen hat jemand diese Rückmeldung bearbeitet" in text(late)
    assert OutgoingMail.objects.count() == 1


def test_ohne_postfach_wird_erledigt_und_wieder_geoeffnet(client):
    sit_down(client)
    one = said()
    page = text(client.get(f"{LIST}{one.pk}/"))
    assert "Antwort senden" not in page
    given = {"stand": stand(page), "note": "Behoben"}
    told = text(client.post(f"{LIST}{one.pk}/erledigen/", given, follow=True))
    assert "Wieder öffnen" in told
    told = text(client.post(f"{LIST}{one.pk}/oeffnen/", {"stand": stand(told)}, follow=True))
    assert "wartet wieder" in told
    assert "Behoben" in told


def test_wer_nur_liest_sieht_keine_rueckmeldung(client):
    sit_down(client, role="reader")
    one = said()
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{one.pk}/").status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_die_liste_kostet_immer_gleich_viele_abfragen(client, django_assert_num_queries, number):
    sit_down(client)
    for count in range(number):
        said(str(count))
    with django_assert_num_queries(4):
        client.get(LIST)


@pytest.fixture
def site():
    return world.site_settings(switched_on=True)


def send(client, *, ago=60, key=None, **given):
    """Send the form as if it had been opened a while ago."""
    mark = key or mark_of("09473", at=timezone.now() - timedelta(seconds=ago))
    values = {
        "message": "Hier fehlt etwas.",
        "seite": "/09473/ziele/",
        "marke": mark,
        "webseite": "",
    }
    return client.post(FORM, values | given)


@pytest.mark.usefixtures("site")
def test_von_jeder_seite_fuehrt_ein_verweis_zum_formular_und_die_nachricht_kommt_an():
    client = Client(enforce_csrf_checks=True)
    page = text(client.get("/09473/"))
    way = re.search(r'href="(/09473/rueckmeldung/[^"]*)"', page)[1]
    form = client.get(way)
    assert "Set-Cookie" not in form.headers
    assert not form.cookies
    assert form["Cache-Control"] == "no-store"
    assert 'name="seite" value="/09473/"' in text(form)
    assert "<script" not in text(form)
    answer = send(client, mailbox="frau@example.org")
    assert answer["Location"] == f"{FORM}?danke=1"
    assert "angekommen" in text(client.get(answer["Location"]))
    found = Feedback.objects.get()
    assert (found.message, found.page, found.mailbox, found.state) == (
        "Hier fehlt etwas.", "/09473/ziele/", "frau@example.org", "new",
    )  # fmt: skip


@pytest.mark.usefixtures("site")
def test_wer_das_unsichtbare_feld_fuellt_bekommt_dank_und_sonst_nichts(client):
    assert send(client, webseite="https://example.org").status_code == 302
    assert not Feedback.objects.exists()


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    "given",
    [
        {"ago": 0},
        {"ago": 13 * 3600},
        {"key": "gefälscht"},
        {"key": mark_of("09474", at=datetime(2017, 6, 1, tzinfo=UTC))},
        {"message": " "},
        {"message": "https://a.example http://b.example www.c.example"},
        {"message": "x" * 4001},
        {"mailbox": "keine"},
    ],
)
def test_was_nach_werbung_aussieht_oder_unvollstaendig_ist_kommt_nicht_an(client, given):
    answer = send(client, **given)
    assert answer.status_code == 422
    assert "Noch nicht abgeschickt." in text(answer)
    assert not Feedback.objects.exists()


@pytest.mark.usefixtures("site")
def test_dasselbe_formular_zweimal_ist_eine_nachricht_und_zu_viele_werden_abgewiesen(client):
    mark = mark_of("09473", at=timezone.now() - timedelta(minutes=1))
    assert key_of(mark, "09473", at=timezone.now())
    assert [send(client, key=mark).status_code for _ in range(2)] == [302, 302]
    assert Feedback.objects.count() == 1
    assert [send(client).status_code for _ in range(4)] == [302, 302, 302, 429]
    assert Feedback.objects.count() == 4


def test_ohne_webseite_gibt_es_kein_formular(client):
    world.site_settings()
    assert client.get(FORM).status_code == 404
    assert send(client).status_code == 404


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/09473/massnahmen/?q=mein+Name", "/09473/massnahmen/"),
        ("https://fremd.example/", ""),
        ("//fremd.example/", ""),
        ("/" + "x" * 400, "/" + "x" * 299),
    ],
)
def test_von_der_seite_bleibt_nur_ihr_pfad(client, given, kept):
    assert send(client, seite=given).status_code == 302
    assert Feedback.objects.get().page == kept
