"""Rückmeldungen zur Webseite: das Formular für alle, und was am Arbeitsplatz daraus wird."""

import re
from datetime import UTC, datetime

import pytest
from tests import world
from tests.web.desk import DESK, sit_down, text

from gelingen.feedback.models import Feedback
from gelingen.post.models import OutgoingMail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
LIST = DESK + "oeffentlichkeit/rueckmeldungen/"


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
