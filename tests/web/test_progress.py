"""Progress at the desk and by link: what the pages say, keep, refuse, and how often they ask."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, TODAY, sit_down, text

from gelingen.history.recording import change
from gelingen.plan.models import Measure
from gelingen.post.models import OutgoingMail
from gelingen.progress.links import token_of
from gelingen.progress.models import (
    ProgressReport,
    ProgressRequest,
    ProgressRound,
    StateOverride,
)
from gelingen.terms.vocabulary import Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
BASE = DESK + "umsetzung/"
GOOD = {
    "assessment": "on_course", "participants": "1.200", "staff": "0,5 VZÄ und 40 Stunden",
    "cost": "12.500", "funding": "10000", "effect": "Zwölf sprechen besser Deutsch.",
}  # fmt: skip


@pytest.fixture
def school():
    return world.organisation(key="vhs", name="Volkshochschule", mailbox="kurse@vhs.example.org")


@pytest.fixture
def course(school):
    found = world.measure(
        key="kurs", title="Kurs am Abend", lead=school, starts=date(2016, 1, 1),
        ends=date(2019, 1, 1), funding_ends=date(2018, 1, 1),
    )  # fmt: skip
    world.milestone(key="start", measure=found, title="Erster Abend", due=date(2016, 9, 1))
    return found


@pytest.fixture
def running():
    return world.progress_round(
        asks_from=TODAY, first_reminder=date(2017, 6, 15), second_reminder=date(2017, 6, 29),
        closes=date(2017, 7, 13),
    )  # fmt: skip


@pytest.fixture
def link(client, course, running):
    """Ask by the desk's own page, and give the address of the link without an account."""
    sit_down(client)
    sent = client.post(f"{BASE}runden/2016/fragen/", {"wahl": [course.key]}, follow=True)
    assert "Eine Nachricht" in text(sent) or "1 Nachricht" in text(sent)
    client.logout()
    (request,) = ProgressRequest.objects.filter(round=running)
    way = f"/sachstand/{token_of(request)}/"
    assert OutgoingMail.objects.get().link.endswith(way)
    return way


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def send(client, way, **given):
    page = text(client.get(way))
    known = {name: hidden(page, name) for name in ("stand", "entwurf")}
    return client.post(way, {**known, **given}, follow=True)


def test_eine_stelle_berichtet_ueber_den_verweis_ohne_konto(client, link, course):
    world.progress_report(
        measure=course, starts=date(2015, 1, 1), ends=date(2016, 1, 1), participants=9
    )
    page = text(client.get(link))
    assert "2015: 9" in " ".join(re.sub("<[^>]+>", "", page).split())
    assert "31.12.2017 bewilligt" in page
    answer = send(client, link, **GOOD, meilenstein="start")
    assert "Vielen Dank" in text(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    told = ProgressReport.objects.get(starts__year=2016)
    assert (told.participants, told.fte, told.hours) == (1200, 0.5, 40)
    assert (told.cost, told.funding, told.by_function) == (12500, 10000, "Volkshochschule")
    assert course.milestones.get().done == date(2016, 12, 31)
    assert "sessionid" not in client.cookies


def test_was_falsch_ist_steht_am_feld_und_nichts_geht_verloren(client, link):
    answer = send(client, link, **GOOD | {"staff": "viel", "cost": "100"})
    page = text(answer)
    assert answer.status_code == 422
    assert "0,5 VZÄ" in page
    assert "Zwölf sprechen besser Deutsch." in page
    again = send(client, link, **GOOD | {"cost": "100"})
    assert "Die Förderung kann nicht höher sein als die Kosten." in text(again)
    assert not ProgressReport.objects.exists()


def test_zwischengespeichertes_ist_noch_kein_bericht_und_wieder_da(client, link):
    answer = send(client, link, effect="Noch nicht fertig", staff="viel", zwischen="ja")
    assert "Noch nicht fertig" in text(answer)
    assert "noch nicht abgesendet" in text(answer)
    assert not ProgressReport.objects.exists()
    kept = client.post(f"{link}zwischenspeichern/", {"effect": "Überholt", "entwurf": ""})
    assert (kept.status_code, "jemand anders" in kept.json()["gesagt"]) == (409, True)
    stamp = hidden(text(client.get(link)), "entwurf")
    kept = client.post(f"{link}zwischenspeichern/", {"effect": "Weiter", "entwurf": stamp})
    assert kept.json()["entwurf"] != stamp
    assert "Weiter" in text(client.get(link))


def test_zwei_mit_demselben_verweis_sehen_beide_fassungen(client, link):
    first = text(client.get(link))
    send(client, link, **GOOD)
    late = {"assessment": "late", "stand": hidden(first, "stand"), "entwurf": ""}
    page = text(client.post(link, late))
    assert "Inzwischen hat jemand anders" in page
    assert "läuft wie geplant" in page
    assert ProgressReport.objects.get().assessment == "on_course"
    client.post(link, late | {"stand": hidden(page, "stand")})
    assert ProgressReport.objects.get().assessment == "late"


def test_ein_fremder_oder_abgelaufener_verweis_zeigt_nichts(client, link):
    assert client.get(f"/sachstand/{'x' * 40}/").status_code == 404
    request = ProgressRequest.objects.get()
    closed = world.progress_round(
        year=2015, asks_from=date(2017, 1, 1), first_reminder=date(2017, 1, 2),
        second_reminder=date(2017, 1, 3), closes=TODAY,
    )  # fmt: skip
    request.round = closed
    request.save()
    answer = client.get(link)
    assert answer.status_code == 410
    assert "Kurs am Abend" not in text(answer)


def test_die_liste_sagt_stand_und_bericht_und_laesst_sich_eingrenzen(client, course):
    sit_down(client)
    page = text(client.get(BASE))
    assert "1 Maßnahme: 1 verzögert." in page
    assert "verzögert</span>" in text(client.get(f"{BASE}massnahmen/kurs/")), "nicht „verspätet“"
    assert "Der Meilenstein „Erster Abend“ war bis zum 31.08.2016 geplant" in page
    assert "noch nie berichtet" in page
    assert "Keine Maßnahme passt" in text(client.get(BASE + "?stand=done"))
    assert course.title in text(client.get(BASE + "?stand=late&bericht=never&stelle=vhs"))


@pytest.mark.usefixtures("course")
def test_ein_stand_wird_festgelegt_aufgehoben_und_zurueckgenommen(client):
    sit_down(client)
    way = f"{BASE}massnahmen/kurs/festlegen/"
    assert client.post(way, {"state": "done", "since": "01.06.2017"}).status_code == 422
    given = {"state": "done", "reason": "Der Träger hat übernommen.", "since": "01.06.2017"}
    page = text(client.post(way, given, follow=True))
    assert "Der Träger hat übernommen." in page
    assert "Gerechnet wäre: verzögert." in page
    found = StateOverride.objects.get()
    lifted = client.post(
        f"{BASE}festgelegt/{found.key}/aufheben/", {"stand": found.version}, follow=True
    )
    assert "gilt wieder der gerechnete Stand" in text(lifted)
    assert "Rückgängig" in text(lifted)


@pytest.mark.usefixtures("course")
def test_das_amt_traegt_einen_sachstand_ein_den_jemand_anders_gesagt_hat(client):
    sit_down(client)
    way = f"{BASE}massnahmen/kurs/bericht/2016/"
    page = text(client.get(way))
    given = {"stand": hidden(page, "stand"), "by_function": "Leitung Kursbüro"}
    done = client.post(way, given | GOOD | {"meilenstein": "start"}, follow=True)
    assert "Sachstand 2016 gespeichert" in text(done)
    assert "erreicht am 31.12.2016" in text(done)
    stale = client.post(way, given | GOOD | {"effect": "Anders"})
    assert "Zwei Fassungen" in text(stale)
    assert 'name="gesehen" value="start"' in text(client.get(way)), "Häkchen gehen mit"
    assert ProgressReport.objects.get().effect == GOOD["effect"]


def is_ticked(page):
    return "checked" in re.search(r'name="meilenstein" value="start"([^>]*)>', page)[1]


@pytest.mark.usefixtures("course")
def test_das_formular_des_amts_behaelt_haekchen_nach_einem_fehler_und_als_entwurf(client):
    sit_down(client)
    way = f"{BASE}massnahmen/kurs/bericht/2016/"
    page = text(client.get(way))
    assert f'action="{way}"' in page
    assert not is_ticked(page)
    given = {"stand": hidden(page, "stand"), "meilenstein": "start", "effect": "Angefangen"}
    wrong = client.post(way, given)
    assert (wrong.status_code, is_ticked(text(wrong))) == (422, True)
    kept = client.post(f"{DESK}eintrag/entwurf/", given | {"formular": way})
    page = text(client.get(way))
    assert (kept.status_code, is_ticked(page), "Angefangen" in page) == (200, True, True)


@pytest.mark.usefixtures("course")
def test_zwei_fassungen_behalten_die_haekchen(client):
    sit_down(client)
    way = f"{BASE}massnahmen/kurs/bericht/2016/"
    world.progress_report(measure=Measure.objects.get(), effect="Zuerst")
    stale = client.post(way, GOOD | {"stand": "0", "meilenstein": "start", "by_function": "Amt"})
    assert '<input type="hidden" name="meilenstein" value="start">' in text(stale)


def test_ein_entwurf_hinter_dem_verweis_weiss_welchen_bericht_er_sah(client, link, course):
    send(client, link, effect="Mein Entwurf", assessment="late", zwischen="ja")
    world.progress_report(measure=course, effect="Vom Amt eingetragen")
    step = course.milestones.get()
    with change(by="world", verb=Verb.CHANGED, of=step):
        step.done = TODAY
    page = text(client.get(link))
    assert "Mein Entwurf" in page
    assert hidden(page, "stand") == "0"
    assert is_ticked(page), "was inzwischen abgehakt ist, bleibt es"
    answer = send(client, link, effect="Mein Entwurf", assessment="late")
    assert "Inzwischen hat jemand anders" in text(answer)
    assert ProgressReport.objects.get().effect == "Vom Amt eingetragen"


def test_eine_runde_sagt_wer_berichtet_hat_und_wer_nicht(client, link):
    world.measure(key="neu", title="Ohne Stelle", starts=date(2016, 1, 1))
    sit_down(client)
    page = text(client.get(f"{BASE}runden/2016/"))
    assert "Zu 0 von 2 Maßnahmen liegt ein Sachstand vor. Gefragt wird bis zum 12.07.2017." in page
    assert "gefragt am 01.06.2017" in page
    assert "Federführung angeben" in page
    refused = client.post(f"{BASE}runden/2016/erinnern/", follow=True)
    assert "Niemand ist zu erinnern" in text(refused)
    client.logout()
    send(client, link, **GOOD)
    sit_down(client)
    page = text(client.get(f"{BASE}runden/2016/"))
    assert "Zu 1 von 2 Maßnahmen liegt ein Sachstand vor." in page
    assert "am 01.06.2017, Volkshochschule" in page


def test_eine_runde_wird_angelegt_und_zwei_aendern_sie_nicht_zugleich(client):
    sit_down(client)
    page = text(client.get(f"{BASE}runden/neu/"))
    names = ("year", "asks_from", "first_reminder", "second_reminder", "closes", "subject")
    given = {name: hidden_value(page, name) for name in names} | {"text": "Guten Tag"}
    assert "Berichtsrunde 2016" in text(client.post(f"{BASE}runden/neu/", given, follow=True))
    way = f"{BASE}runden/2016/aendern/"
    stand = hidden(text(client.get(way)), "stand")
    client.post(way, given | {"stand": stand, "closes": "31.07.2017"})
    stale = client.post(way, given | {"stand": stand, "closes": "31.08.2017"})
    assert "Inzwischen hat jemand diese Runde geändert" in text(stale)
    assert ProgressRound.objects.get().closes == date(2017, 8, 1)


def hidden_value(page, name):
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)[0]
    return re.search(r'value="([^"]*)"', tag)[1]


@pytest.mark.parametrize("number", [1, 3])
def test_die_seiten_fragen_bei_einer_und_bei_drei_massnahmen_gleich_oft(
    client, school, running, number
):
    for order in range(number):
        one = world.measure(key=f"m{order}", lead=school, starts=date(2016, 1, 1))
        world.milestone(measure=one)
        world.progress_report(measure=one)
        world.state_override(measure=one)
    sit_down(client)
    found = {}
    for path in ("", "runden/", f"runden/{running.year}/", "massnahmen/m0/"):
        client.get(BASE + path)
        with CaptureQueriesContext(connection) as queries:
            client.get(BASE + path)
        found[path] = len(queries)
    assert found == {"": 9, "runden/": 4, "runden/2016/": 11, "massnahmen/m0/": 12}


@pytest.mark.parametrize("path", ["", "runden/"])
def test_ohne_massnahme_und_ohne_runde_sagt_die_seite_was_zu_tun_ist(client, path):
    sit_down(client)
    assert "Noch keine" in text(client.get(BASE + path))
    assert not re.search(r"<table", text(client.get(BASE + path)))
