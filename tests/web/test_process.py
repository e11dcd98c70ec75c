"""The process at the desk: phases as they stand, what is done with them, steps ticked in place."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, TODAY, sit_down, text
from tests.web.test_lists import names
from tests.web.test_needs import cells

from gelingen.history.models import ChangeEvent
from gelingen.process.models import Event, Step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
BASE = DESK + "gremien/prozess/"
DEEDS = ("Beginnen", "Ruhen lassen", "Fortsetzen", "Abschließen")


def phase(key="analyse", **fields):
    return world.phase(key=key, **{"name": "Analyse", **fields})


def course(number=1):
    """Make a process whose phases run, each with a step and an event."""
    for order in range(1, number + 1):
        one = phase(f"p_{order}", name=f"Phase {order}", order=order, starts=date(2017, 1, 1))
        world.step(key=f"s_{order}", phase=one, title=f"Schritt {order}")
        world.event(key=f"e_{order}", phase=one, title=f"Werkstatt {order}", day=date(2017, 2, 1))
        world.support(key=f"b_{order}", task=f"Moderation {order}")


def do(client, address, **given):
    """Send a form as a person who has just opened it."""
    url = f"{BASE}phase/{address}/"
    stand = re.search(r'name="stand" value="([^"]*)"', text(client.get(url)))[1]
    return client.post(url, {"stand": stand, **given}, follow=True)


def offered(page):
    """Name what may be done with a phase."""
    return [one for one in DEEDS if f">{one}<" in page]


@pytest.mark.parametrize("number", [1, 3])
def test_die_seiten_kosten_gleich_viel_bei_einem_und_bei_drei(client, number):
    course(number)
    sit_down(client)
    found = {}
    for path in ("", "phase/p_1/"):
        client.get(BASE + path)
        with CaptureQueriesContext(connection) as queries:
            client.get(BASE + path)
        found[path] = len(queries)
    assert found == {"": 7, "phase/p_1/": 8}


def test_der_prozess_zeigt_phasen_der_reihe_nach_mit_geplanten_und_wirklichen_tagen(client):
    sit_down(client)
    phase("zwei", name="Maßnahmen", order=2, planned_starts=date(2017, 9, 1))
    one = phase(
        order=1,
        starts=date(2017, 1, 10),
        planned_starts=date(2017, 1, 1),
        planned_ends=date(2017, 6, 1),
    )
    world.step(phase=one, title="Fragebogen", due=date(2017, 5, 1))
    page = text(client.get(BASE))
    assert names(page)[:2] == ["Analyse", "Maßnahmen"]
    assert cells(page, "Analyse")[-4:] == [
        "verspätet",
        "01.01.2017 bis 31.05.2017",
        "ab 10.01.2017",
        "1",
    ]
    assert "Analyse: sollte bis 31.05.2017 abgeschlossen sein." in page
    assert "Danach Maßnahmen: beginnt am 01.09.2017." in page
    assert "1 Schritt überfällig." in page


def test_eine_phase_beginnt_ruht_geht_weiter_und_wird_abgeschlossen(client):
    sit_down(client)
    made = phase(planned_starts=TODAY)
    assert offered(text(client.get(f"{BASE}phase/analyse/"))) == ["Beginnen"]
    do(client, "analyse/beginnen", starts="01.02.2017")
    page = text(client.get(f"{BASE}phase/analyse/"))
    assert offered(page) == ["Ruhen lassen", "Abschließen"]
    page = text(do(client, "analyse/ruht", since="01.03.2017", why="Stelle nicht besetzt"))
    assert "ruht seit 01.03.2017" in page
    assert "Stelle nicht besetzt" in page
    assert offered(page) == ["Fortsetzen", "Abschließen"]
    page = text(do(client, "analyse/fortsetzen", since="01.05.2017"))
    assert "Unterbrechung vom 01.03.2017 bis 30.04.2017" in page
    assert Event.objects.get().result == "Stelle nicht besetzt"
    page = text(do(client, "analyse/abschliessen", ends="31.05.2017", result="40 Bedarfe"))
    made.refresh_from_db()
    assert (made.ends, made.result) == (TODAY, "40 Bedarfe")
    assert offered(page) == []
    assert "am 31.05.2017 abgeschlossen" in page


def test_fortsetzen_laesst_sich_samt_der_unterbrechung_zuruecknehmen(client):
    sit_down(client)
    made = phase(starts=date(2017, 1, 1), resting_since=date(2017, 3, 1), resting_why="Pandemie")
    do(client, "analyse/fortsetzen", since="01.05.2017")
    batch = ChangeEvent.objects.filter(verb="created", subject__contains="event").get().batch
    client.post(f"{DESK}eintrag/zuruecknehmen/{batch}/")
    made.refresh_from_db()
    assert (made.resting_since, made.resting_why) == (date(2017, 3, 1), "Pandemie")
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("stands", "deed", "given", "sentence"),
    [
        ({"starts": TODAY}, "beginnen", {"starts": "01.06.2017"}, "schon am 01.06.2017 begonnen"),
        ({}, "ruht", {"since": "01.06.2017", "why": "x"}, "noch nicht begonnen"),
        ({"starts": TODAY}, "ruht", {"since": "01.05.2017", "why": "x"}, "erst am 01.06.2017"),
        ({"starts": TODAY}, "fortsetzen", {"since": "01.06.2017"}, "ruht nicht"),
        ({"starts": TODAY}, "abschliessen", {"ends": "31.05.2017", "result": "x"}, "erst am 01.06"),
        (
            {"starts": date(2017, 1, 1), "ends": TODAY},
            "abschliessen",
            {"ends": "31.05.2017", "result": "x"},
            "am 31.05.2017 abgeschlossen worden",
        ),
    ],
)
def test_was_nicht_geht_wird_gesagt_und_nicht_geschrieben(client, stands, deed, given, sentence):
    sit_down(client)
    made = phase(**stands)
    answer = do(client, f"analyse/{deed}", **given)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert type(made).objects.get().version == made.version


def test_wer_einen_aelteren_stand_sah_schreibt_nichts(client):
    sit_down(client)
    phase()
    url = f"{BASE}phase/analyse/beginnen/"
    answer = client.post(url, {"stand": "0", "starts": "01.06.2017"})
    assert answer.status_code == 422
    assert "Inzwischen hat jemand diese Phase geändert" in text(answer)
    again = re.search(r'name="stand" value="([^"]*)"', text(answer))[1]
    assert client.post(url, {"stand": again, "starts": "01.06.2017"}).status_code == 302


def test_ein_schritt_wird_an_ort_und_stelle_getan_und_wieder_geoeffnet(client):
    sit_down(client)
    course()
    page = text(client.get(BASE))
    assert "Schritt 1" in page
    step = Step.objects.get()
    sent = {"stand": step.version, "zurueck": BASE}
    page = text(client.post(f"{BASE}schritt/s_1/", sent, follow=True))
    assert "Getan: Schritt 1." in page
    assert "Rückgängig" in page
    assert "ist kein Schritt offen" in page
    assert "getan am 01.06.2017" in text(client.get(f"{BASE}phase/p_1/"))
    # Who saw it open before that does not tick it again.
    assert "inzwischen" in text(client.post(f"{BASE}schritt/s_1/", sent, follow=True))
    client.post(f"{BASE}schritt/s_1/", {"oeffnen": "ja"})
    step.refresh_from_db()
    assert step.done is None


def test_eine_datei_haengt_an_der_phase(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    sit_down(client)
    phase()
    file = SimpleUploadedFile("b.txt", b"Ergebnis der Werkstatt")
    url = f"{BASE}phase/analyse/dateien/"
    page = text(client.post(url, {"title": "Protokoll", "file": file}, follow=True))
    assert "Protokoll" in page
    assert client.post(url, {"title": "Ohne Datei"}).status_code == 422


@pytest.mark.parametrize("role", ["reader", "member"])
def test_wer_den_prozess_nicht_fuehrt_liest_ihn_und_sieht_keinen_knopf(client, role):
    person = sit_down(client, role=role)
    course()
    # Who chairs a body does its work, but does not lead the process.
    seat = world.seat(office="chair")
    world.tenure(seat=seat, person=person)
    for path in ("", "phase/p_1/"):
        page = text(client.get(BASE + path))
        assert "Schritt 1" in page
        assert "Getan<" not in page
        assert "Ändern" not in page
        assert "Hinzufügen" not in page
        assert offered(page) == []
    for path in ("beginnen", "ruht", "fortsetzen", "abschliessen"):
        assert client.get(f"{BASE}phase/p_1/{path}/").status_code == 403
    assert client.post(f"{BASE}schritt/s_1/").status_code == 403
    assert client.post(f"{BASE}phase/p_1/dateien/").status_code in {403, 422}


def test_leer_sagt_die_seite_was_hier_stehen_wird_und_wie_man_beginnt(client):
    sit_down(client)
    page = text(client.get(BASE))
    assert "Noch keine Phase" in page
    assert "einem fertigen Ablauf" in page


def test_ein_ereignis_ohne_phase_fuehrt_nach_dem_aendern_zum_prozess(client):
    sit_down(client)
    world.event(key="e", phase=None, title="Konferenz")
    page = text(client.get(f"{DESK}eintrag/event/e/aendern/"))
    assert f'href="{BASE}"' in page


# A course that is taken over


def test_ein_ablauf_wird_erst_nach_der_vorschau_uebernommen_und_ganz_zurueckgenommen(client):
    sit_down(client)
    url = f"{BASE}ablauf/"
    assert "Coburg 2009: drei Phasen" in text(client.get(url))
    given = {"template": "coburg-2009", "starts": "01.01.2018"}
    page = text(client.post(url, given))
    assert "Situationsanalyse und Rahmenkonzept, 01.01.2018 bis 31.12.2018" in page
    assert "13 Änderungen schreiben" in page
    assert not Step.objects.exists()
    stamp = re.search(r'name="stempel" value="(\w+)"', page)[1]
    page = text(client.post(url, {**given, "stempel": stamp}, follow=True))
    assert "Übernommen: Coburg 2009: drei Phasen ab 01.01.2018." in page
    assert Step.objects.count() == 10
    batch = re.search(r"zuruecknehmen/([\w-]+)/", page)[1]
    client.post(f"{DESK}eintrag/zuruecknehmen/{batch}/")
    assert not Step.objects.exists()
    assert "Noch keine Phase" in text(client.get(BASE))


def test_einen_ablauf_uebernimmt_nur_wer_den_prozess_fuehrt(client):
    sit_down(client, role="reader")
    assert client.get(f"{BASE}ablauf/").status_code == 403
