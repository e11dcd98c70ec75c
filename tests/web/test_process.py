"""The process at the desk: phases as they stand, what is done with them, steps ticked in place."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import world
from tests.web.desk import DESK, TODAY, county, sit_down, text
from tests.web.test_lists import names
from tests.web.test_needs import cells

from gelingen.editions.freezing import tables_of
from gelingen.history.models import ChangeEvent
from gelingen.process.models import Event, Step
from gelingen.register.models import Attachment
from gelingen.terms.editions import EditionTableName

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
    for order in range(number):
        event = Event.objects.get(key="e_1")
        world.step(key=f"e{order}", phase=None, event=event, title=f"Vorbereitung {order}")
    sit_down(client)
    found = {}
    for path in ("", "phase/p_1/", "ereignis/e_1/", "begleitung/b_1/"):
        client.get(BASE + path)
        with CaptureQueriesContext(connection) as queries:
            client.get(BASE + path)
        found[path] = len(queries)
    assert found == {"": 7, "phase/p_1/": 8, "ereignis/e_1/": 8, "begleitung/b_1/": 7}


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
        "verzögert",
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
    batch = (
        ChangeEvent.objects.filter(verb="created", subject__startswith="process.Event:").get().batch
    )
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


# Events and who accompanies, with what belongs to them


def test_ein_ereignis_ohne_phase_fuehrt_nach_dem_aendern_auf_seine_seite(client):
    sit_down(client)
    world.event(key="e", phase=None, title="Konferenz")
    page = text(client.get(f"{DESK}eintrag/event/e/aendern/"))
    assert f'href="{BASE}ereignis/e/"' in page


def test_ein_ereignis_hat_eine_seite_mit_angaben_ergebnis_schritten_und_dateien(client):
    sit_down(client)
    one = world.event(
        key="e", title="Konferenz", planned=date(2017, 7, 1), place="Aula", result="Zehn Ideen"
    )
    world.step(key="s", phase=None, event=one, title="Saal mieten", due=date(2017, 6, 11))
    page = text(client.get(f"{BASE}ereignis/e/"))
    for said in ("Werkstatt, geplant: 01.07.2017.", "Aula", "Zehn Ideen", "Saal mieten"):
        assert said in page
    assert "bis 10.06.2017" in page
    for path, title in (("ereignis/e/", "Programm"),):
        given = {"title": title, "file": SimpleUploadedFile("p.txt", b"Text")}
        page = text(client.post(f"{BASE}{path}dateien/", given, follow=True))
        assert "Konferenz: Datei angehängt." in page
        assert ">Programm</a>" in page
    wrong = {"title": "Bild", "file": SimpleUploadedFile("p.exe", b"MZ")}
    answer = client.post(f"{BASE}ereignis/e/dateien/", wrong)
    assert answer.status_code == 422
    assert "kann nicht angehängt werden" in text(answer)


def test_von_einem_ereignis_ist_manchmal_nur_monat_oder_jahr_bekannt(client):
    sit_down(client)
    phase = world.phase(key="p", name="Analyse", plan=None, starts=date(2016, 1, 1))
    common = {"phase": phase, "public": True}
    world.event(
        key="e", title="Gespräch", planned=None, day=date(2017, 1, 1), day_precision="month",
        **common,
    )  # fmt: skip
    world.event(
        key="f", title="Fest", planned=date(2018, 1, 1), planned_precision="year", day=None,
        **common,
    )  # fmt: skip
    assert "Werkstatt, Januar 2017." in text(client.get(f"{BASE}ereignis/e/"))
    assert "Werkstatt, geplant: 2018." in text(client.get(f"{BASE}ereignis/f/"))
    for path in ("", "stand/"):
        page = text(client.get(BASE + path))
        assert "01.01.2017" not in page, path
        assert "01.01.2018" not in page, path
    tables = tables_of(world.tenant(), world.plan(), on=date(2017, 6, 1))
    (row,) = tables[EditionTableName.PHASES]
    assert [(one["day"], one["planned"]) for one in row["events"]] == [
        ("2017-01", None), (None, "2018"),
    ]  # fmt: skip


def test_im_formular_genuegt_der_monat_und_was_kein_tag_ist_wird_benannt(client):
    sit_down(client)
    one = world.event(key="e", title="Gespräch", planned=None, day=date(2017, 1, 1))
    url = reverse("edit", kwargs={"tenant": "09473", "kind": "event", "record": "e"})
    page = client.get(url)
    given = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    refused = client.post(url, given | {"day": "im Winter"})
    assert "im Winter" in text(refused)
    assert client.post(url, given | {"day": "02/2017"}).status_code == 302
    one.refresh_from_db()
    assert (one.day, one.day_precision, one.day_said) == (date(2017, 2, 1), "month", "Februar 2017")


def test_zur_begleitung_von_aussen_gehoert_der_vertrag_als_datei(client):
    sit_down(client)
    world.support(key="b", task="Moderation", contract="V 12", cost=5000)
    page = text(client.get(BASE))
    assert f'href="{BASE}begleitung/b/"' in page
    given = {"title": "Vertrag", "file": SimpleUploadedFile("v.txt", b"Text")}
    page = text(client.post(f"{BASE}begleitung/b/dateien/", given, follow=True))
    for said in ("Moderation: Datei angehängt.", "V 12", "5.000 EUR", ">Vertrag</a>"):
        assert said in page


def test_was_fuer_ein_ereignis_zu_tun_ist_steht_im_prozess_bei_der_uebergabe_und_in_heute(client):
    sit_down(client)
    world.structure()  # without one the page only says how to begin
    one = world.event(key="e", title="Konferenz", planned=date(2017, 9, 1))
    step = world.step(key="s", phase=None, event=one, title="Saal mieten", due=date(2017, 6, 11))
    world.phase(key="p")
    for path in (BASE, f"{BASE}stand/", DESK):
        assert "Saal mieten" in text(client.get(path))
    assert "Schritt des Ereignisses „Konferenz“: bis zum 10.06.2017 zu tun." in text(
        client.get(DESK)
    )
    answer = client.post(f"{BASE}schritt/s/", {"stand": str(step.version)})
    assert answer.url == f"{BASE}ereignis/e/"
    client.get(BASE)  # says once what was done
    assert "Saal mieten" not in text(client.get(f"{BASE}stand/"))


def test_der_schritt_eines_ereignisses_steht_auch_in_dessen_phase(client):
    sit_down(client)
    phase = world.phase(key="p_1", name="Analyse")
    one = world.event(key="e", phase=phase, title="Konferenz")
    world.step(key="s", phase=None, event=one, title="Saal mieten")
    assert "Saal mieten" in text(client.get(f"{BASE}phase/p_1/"))


def test_ein_schritt_gehoert_zu_einer_phase_oder_zu_einem_ereignis(client):
    sit_down(client)
    page = text(client.post(f"{DESK}eintrag/step/neu/", {"title": "Saal mieten"}))
    assert "Ein Schritt gehört zu einer Phase oder zu einem Ereignis." in page
    assert not Step.objects.exists()


@pytest.mark.parametrize("path", ["ereignis/e/", "begleitung/b/"])
def test_wer_den_prozess_nicht_fuehrt_haengt_nichts_an_ereignisse_und_begleitungen(client, path):
    sit_down(client, role="reader")
    world.event(key="e", title="Konferenz")
    world.support(key="b")
    assert "Datei anhängen" not in text(client.get(BASE + path))
    given = {"title": "Vertrag", "file": SimpleUploadedFile("v.txt", b"Text")}
    assert client.post(f"{BASE}{path}dateien/", given).status_code in {403, 422}
    assert not Attachment.objects.exists()


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


# Where do we stand?


def handed_over():
    """Make a process in which something was decided, is open and comes; some of it not public."""
    one = phase(starts=date(2017, 1, 1), resting_since=date(2017, 4, 1), resting_why="Stelle leer")
    world.step(phase=one, title="Fragebogen entwerfen", who="Sozialamt", due=date(2017, 7, 1))
    world.event(phase=one, title="Auftakt im Saal", day=date(2017, 1, 15))
    world.event(key="k", title="Konferenz", planned=date(2017, 8, 1))
    world.support(task="Moderation der AGs", ends=date(2017, 9, 1))
    met = world.meeting(day=date(2017, 5, 4), state="held")
    item = world.agenda_item(meeting=met, title="Rahmenkonzept", result="unchanged")
    world.action_point(body=met.body, item=item, text="Haushalt anmelden", due=date(2017, 6, 20))
    closed = world.agenda_item(
        key="nö", meeting=met, title="MARKE Personal", result="majority", public=False
    )
    world.action_point(key="nöa", body=met.body, item=closed, text="MARKE Vertrag", public=False)
    world.meeting(key="naechste", body=met.body, day=date(2017, 6, 22))
    world.meeting(key="abgesagt", body=met.body, day=date(2017, 6, 23), state="cancelled")


def test_wo_stehen_wir_sagt_wer_uebernimmt_was_laeuft_entschieden_offen_und_geplant_ist(client):
    sit_down(client)
    handed_over()
    page = text(client.get(f"{BASE}stand/"))
    for said in (
        "Analyse: ruht seit 01.04.2017.",
        "Stelle leer",
        "Rahmenkonzept",
        "unverändert beschlossen",
        "Auftakt im Saal",
        "Fragebogen entwerfen",
        "Haushalt anmelden",
        "Moderation der AGs",
        "bis 31.08.2017",
        "22.06.2017",
        "Konferenz",
    ):
        assert said in page
    assert "23.06.2017" not in page
    # The first day comes first, wherever it is from.
    assert page.index("Haushalt anmelden") < page.index("Fragebogen entwerfen")
    # This page is handed on, so what is not public is not on it, whoever asks.
    assert "MARKE" not in page


def test_wo_stehen_wir_nennt_jede_unterbrechung_so_lange_sie_her_ist(client):
    sit_down(client)
    handed_over()
    for number in range(6):
        world.event(key=f"e{number}", title=f"Treffen {number}", day=date(2017, 5, 1 + number))
    phase = world.phase(key="alt", name="Konzept", starts=date(2011, 1, 1))
    for since, again in (("01.03.2011", "01.05.2012"), ("01.02.2013", "01.09.2013")):
        do(client, "alt/ruht", since=since, why=f"Stelle leer seit {since}")
        do(client, "alt/fortsetzen", since=again)
    assert [one.kind for one in phase.events.all()] == ["interruption"] * 2
    page = text(client.get(f"{BASE}stand/"))
    told = page.partition("Wann der Prozess ruhte")[2].partition("Zuletzt beschlossen")[0]
    assert "Unterbrechung vom 01.02.2013 bis 31.08.2013" in told
    assert "Unterbrechung vom 01.03.2011 bis 30.04.2012" in told
    assert "Stelle leer seit 01.03.2011" in told
    assert "Treffen 5" in page
    assert "Treffen 0" not in page
    paper = text(client.get(f"{BASE}stand/papier/html/"))
    assert "Unterbrechung vom 01.03.2011 bis 30.04.2012" in paper


@pytest.mark.parametrize("fmt", ["pdf", "docx", "html"])
def test_wo_stehen_wir_gibt_es_auch_als_papier_ohne_nichtoeffentliches(client, fmt):
    sit_down(client, role="reader")
    handed_over()
    answer = client.get(f"{BASE}stand/papier/{fmt}/")
    assert answer.status_code == 200
    assert f'stehen-wir-2017-06-01.{fmt}"' in answer["Content-Disposition"]
    if fmt == "html":
        assert "Haushalt anmelden" in text(answer)
        assert "MARKE" not in text(answer)


@pytest.mark.parametrize("role", ["officer", "reader"])
def test_die_oeffentliche_fassung_zeigt_phasen_und_oeffentliche_ereignisse_und_sonst_nichts(
    client, role
):
    sit_down(client, role=role)
    one = phase(
        starts=date(2017, 1, 1), planned_ends=date(2017, 9, 1), responsible="MARKE Amt",
        resting_since=date(2017, 4, 1), resting_why="MARKE Grund",
        aim="Bedarfe kennen\n\nLücken sehen", result="40 Bedarfe",
    )  # fmt: skip
    world.step(phase=one, title="MARKE Schritt", who="MARKE")
    world.support(task="MARKE Vertrag", contract="MARKE")
    told = {"public": True, "responsible": "MARKE Leitung"}
    world.event(key="a", phase=one, title="Auftakt", place="Saal", day=date(2017, 1, 15), **told)
    world.event(key="b", phase=one, title="MARKE Klausur", result="MARKE", day=TODAY)
    world.event(key="c", title="Konferenz", planned=date(2017, 8, 1), **told)
    world.event(key="d", title="MARKE Gespräch")
    world.phase(key="x", tenant=world.tenant("09463", "Stadt"), name="MARKE fremd")
    answer = client.get(f"{BASE}stand/papier/html/?fassung=oeffentlich")
    assert 'prozess-oeffentlich-2017-06-01.html"' in answer["Content-Disposition"]
    page = text(answer)
    for said in (
        "Öffentliche Fassung", "Analyse", "ruht", "bis 31.08.2017", "Bedarfe kennen",
        "Lücken sehen", "40 Bedarfe", "Auftakt (Saal)", "15.01.2017", "geplant: 01.08.2017",
        "Der Prozess über die Zeit",
    ):  # fmt: skip
        assert said in page, said
    assert "MARKE" not in page


@pytest.mark.parametrize("fmt", ["pdf", "docx"])
@pytest.mark.parametrize("events", [0, 1])
def test_die_oeffentliche_fassung_gibt_es_als_datei_auch_ohne_phasen(client, fmt, events):
    sit_down(client)
    for number in range(events):
        world.event(key=f"e_{number}", day=TODAY, public=True)
    assert client.get(f"{BASE}stand/papier/{fmt}/?fassung=oeffentlich").status_code == 200


def test_wo_stehen_wir_fuehrt_zur_oeffentlichen_fassung(client):
    sit_down(client)
    page = text(client.get(f"{BASE}stand/"))
    assert f'href="{BASE}stand/papier/pdf/?fassung=oeffentlich"' in page


def test_ein_vertrag_ohne_zeit_steht_nicht_unter_denen_die_laufen(client):
    sit_down(client)
    world.support(key="h1", task="Moderation", starts=date(2017, 1, 1))
    world.support(key="h2", task="Statistik")
    world.support(key="h3", task="Vorbei", ends=date(2017, 1, 1))
    for way in ("stand/", "stand/papier/html/"):
        page = text(client.get(BASE + way))
        without = page.index("hne eingetragene Zeit")
        assert page.index("Moderation") < without < page.index("Statistik")
        assert "Vorbei" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_wo_stehen_wir_kostet_gleich_viel_bei_einem_und_bei_drei(client, number):
    course(number)
    for position in range(number):
        met = world.meeting(key=f"m_{position}", day=date(2017, 5, 4), state="held")
        item = world.agenda_item(key=f"t_{position}", meeting=met, result="unchanged")
        world.action_point(key=f"a_{position}", body=met.body, item=item)
    sit_down(client)
    client.get(f"{BASE}stand/")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{BASE}stand/")
    assert len(queries) == 11


# Heute


def test_heute_fragt_nach_dem_tag_von_schritten_und_auftraegen_die_keinen_haben(client):
    county()
    begun = phase("a", name="Phase A", starts=date(2017, 1, 1))
    coming = phase("b", name="Phase B", planned_starts=date(2018, 1, 1))
    world.step(key="s1", phase=begun, title="Räume anfragen", who="Sozialamt")
    world.step(key="s2", phase=coming, title="Schritt viel später")
    world.step(key="s3", phase=begun, title="Schritt getan", done=date(2017, 5, 1))
    world.action_point(body=world.body(key="ag_s", name="AG S"), text="Liste holen", who="Amt")
    sit_down(client)
    page = text(client.get(DESK))
    assert "Schritt der Phase „Phase A“, Sozialamt, noch ohne Tag; bitte einen eintragen." in page
    assert "Auftrag an: Amt. Kein Konto hat ihn; bitte nachfragen. Er hat noch keinen Tag" in page
    # One step, one task: not the step of a phase that comes later, nor the one that is done.
    assert page.count("noch ohne Tag; bitte") == 1


def test_heute_sagt_was_im_prozess_wartet_und_nur_wer_ihn_fuehrt_liest_es(client):
    county()
    late = phase("a", name="Phase A", starts=date(2017, 1, 1), planned_ends=date(2017, 5, 1))
    world.step(key="s1", phase=late, title="Schritt bald", due=date(2017, 6, 15))
    world.step(key="s2", phase=late, title="Schritt später", due=date(2017, 6, 16))
    phase("b", name="Phase B", starts=date(2016, 1, 1), resting_since=date(2016, 12, 1))
    phase("c", name="Phase C", starts=date(2016, 1, 1), resting_since=date(2016, 12, 2))
    world.event(key="e1", title="Konferenz", planned=date(2017, 7, 1))
    world.event(key="e2", title="Werkstatt", planned=date(2017, 7, 2))
    world.support(key="h1", task="Moderation", ends=date(2017, 8, 30))
    world.support(key="h2", task="Statistik", ends=date(2017, 8, 31))
    sit_down(client)
    page = text(client.get(DESK))
    wanted = (
        "sollte bis 30.04.2017",
        "bis zum 14.06.2017 zu tun",
        "ruht seit 01.12.2016",
        "geplant: 01.07.2017",
        "endet am 29.08.2017",
    )
    assert [one for one in wanted if one not in page] == []
    for early in ("15.06.2017 zu tun", "seit 02.12.2016", "den 02.07.2017", "am 30.08.2017"):
        assert early not in page
    sit_down(client, role="reader")
    page = text(client.get(DESK))
    assert [one for one in wanted if one in page] == []
