"""Sitzungen am Arbeitsplatz: planen, Tagesordnung, Niederschrift, Aufträge."""

import re
from dataclasses import replace
from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, SCRIPT, sit_down, text

from gelingen.access.policy import Operator
from gelingen.boards.enclosed import add_file
from gelingen.boards.models import ActionPoint, AgendaItem, Attendance, Meeting
from gelingen.history.models import ChangeEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day", "meeting")]
BASE = DESK + "gremien/sitzungen/"
ORDERS = DESK + "gremien/auftraege/"
SECRET = "GEHEIMWORT"  # noqa: S105  a word to look for


@pytest.fixture
def body():
    return world.body(key="ag", name="AG Sprache", quorum="majority", cycle="quarterly")


@pytest.fixture
def meeting(body):
    return world.meeting(key="m1", body=body, day=date(2017, 6, 20), begins=time(14), place="Saal")


def seated(client, body, office="member"):
    """Sit down as somebody with a seat in a body."""
    person = sit_down(client, role="member")
    world.tenure(seat=world.seat(body=body, office=office, order=50), person=person)
    return person


def undo_in(answer):
    (found,) = set(re.findall(r"/eintrag/zuruecknehmen/([0-9a-f]{32})/", text(answer)))
    return f"{DESK}eintrag/zuruecknehmen/{found}/"


# Planning


def test_ohne_sitzungen_sagt_die_seite_was_zu_tun_ist(client):
    sit_down(client)
    world.body(key="beirat", name="Beirat")
    page = text(client.get(f"{BASE}?gremium=beirat"))
    assert "Keine Sitzung geplant" in page
    assert "eine Reihe" in page


def test_eine_neue_sitzung_beginnt_mit_ort_und_zeit_der_letzten(client):
    sit_down(client)
    page = text(client.get(f"{BASE}neu/?gremium=ag"))
    assert 'value="19.09.2017"' in page
    assert 'value="14:00"' in page
    assert 'value="Saal"' in page
    given = {"day": "19.09.2017", "begins": "14.30"}
    answer = client.post(f"{BASE}neu/?gremium=ag", given, follow=True)
    assert "Geplant: AG Sprache, 19.09.2017." in text(answer)
    assert Meeting.objects.get(day=date(2017, 9, 19)).begins == time(14, 30)


def test_bei_mehreren_gremien_wird_zuerst_gefragt_fuer_welches(client):
    sit_down(client)
    world.body(key="beirat", name="Beirat")
    assert "Beirat" in text(client.get(f"{BASE}neu/"))


def test_eine_reihe_zeigt_erst_was_kaeme_und_plant_dann_alles_auf_einmal(client):
    sit_down(client)
    given = {"day": "20.06.2017", "cycle": "quarterly", "last": "31.12.2017"}
    page = text(client.post(f"{BASE}reihe/?gremium=ag", given))
    assert "Am 20.06.2017 tagt es schon." in page
    assert "Sitzung am 19.12.2017" in page
    assert Meeting.objects.count() == 1
    (seen,) = re.findall(r'name="gesehen" value="(\w+)"', page)
    wrong = {**given, "last": "30.11.2017", "gesehen": seen, "planen": "ja"}
    # Whoever changes something after the preview sees a new one first.
    client.post(f"{BASE}reihe/?gremium=ag", wrong)
    assert Meeting.objects.count() == 1
    answer = client.post(
        f"{BASE}reihe/?gremium=ag", {**given, "gesehen": seen, "planen": "ja"}, follow=True
    )
    assert Meeting.objects.count() == 3
    client.post(undo_in(answer))
    assert Meeting.objects.count() == 1


def test_zwei_die_eine_sitzung_verschieben_sehen_beide_fassungen(client, meeting):
    sit_down(client)
    given = {"day": "21.06.2017", "begins": "14:00", "place": "Saal", "stand": meeting.version}
    client.post(f"{BASE}sitzung/m1/angaben/", given)
    late = {**given, "day": "22.06.2017"}
    page = text(client.post(f"{BASE}sitzung/m1/angaben/", late))
    assert "Zwei Fassungen" in page
    assert "21.06.2017" in page
    assert Meeting.objects.get().day == date(2017, 6, 21)


def test_absagen_fragt_nach_und_laesst_sich_zuruecknehmen(client, meeting):
    sit_down(client)
    item = world.agenda_item(meeting=meeting)
    assert "Absagen" in text(client.get(f"{BASE}sitzung/m1/absagen/"))
    answer = client.post(f"{BASE}sitzung/m1/absagen/", follow=True)
    assert AgendaItem.objects.get(pk=item.pk).meeting is None
    client.post(undo_in(answer))
    assert AgendaItem.objects.get(pk=item.pk).meeting == meeting


# Agenda


def test_punkte_kommen_hinten_dazu_und_wandern_mit_knoepfen(client):
    sit_down(client)
    for title in ("Bericht", "Kurse"):
        client.post(
            f"{BASE}sitzung/m1/punkte/", {"title": title, "kind": "discussion", "minutes": "20"}
        )
    page = text(client.get(f"{BASE}sitzung/m1/"))
    assert page.index("1. Bericht") < page.index("2. Kurse")
    assert "14:20 Uhr" in page
    assert "Zusammen 40 Minuten, bis 14:40 Uhr." in page
    last = AgendaItem.objects.get(title="Kurse")
    answer = client.post(f"{BASE}punkt/{last.key}/verschieben/", {"wohin": "hoch"}, follow=True)
    assert "1. Kurse" in text(answer)
    client.post(undo_in(answer))
    assert "1. Bericht" in text(client.get(f"{BASE}sitzung/m1/"))


def test_ein_punkt_ohne_betreff_bleibt_stehen_und_sagt_was_fehlt(client):
    sit_down(client)
    answer = client.post(f"{BASE}sitzung/m1/punkte/", {"title": "", "kind": "vote", "about": "X"})
    assert answer.status_code == 422
    assert "Bitte ausfüllen." in text(answer)


def test_aus_massnahmen_bedarfen_befunden_und_auftraegen_wird_ein_punkt_mit_herkunft(client, body):
    sit_down(client)
    world.measure(key="m01", title="Stadtteilmütter")
    need = world.need(key="n01", statement="Deutsch lernen")
    finding = world.finding(key="gap:1", sentence="Hier fehlt ein Angebot.")
    action = world.action_point(key="a1", body=body, text="Räume anfragen")
    way = f"{BASE}speicher/ag/auswahl/?sitzung=m1"
    origins = {
        "measure": "measure:m01",
        "need": f"need:{need.key}",
        "finding": f"finding:{finding.pk}",
        "action": f"action:{action.key}",
    }
    for kind, origin in origins.items():
        page = text(client.get(f"{way}&woher={kind}"))
        assert f'value="{origin}"' in page
        client.post(f"{way}&woher={kind}", {"wahl": origin})
    page = text(client.get(f"{BASE}sitzung/m1/"))
    assert "1. Stadtteilmütter" in page
    assert "Maßnahme „Stadtteilmütter“" in page
    assert f'href="{DESK}analyse/befunde/{finding.pk}/"' in page
    assert "Auftrag „Räume anfragen“" in page
    assert set(AgendaItem.objects.values_list("origin", flat=True)) == set(origins.values())


def test_was_aus_einem_nichtoeffentlichen_auftrag_kommt_ist_nicht_oeffentlich(client, body):
    sit_down(client)
    world.action_point(key="a1", body=body, text=SECRET, public=False)
    client.post(f"{BASE}speicher/ag/auswahl/?woher=action", {"wahl": "action:a1"})
    assert not AgendaItem.objects.get().public


def test_die_auswahl_setzt_nichts_auf_die_tagesordnung_eines_anderen_gremiums(client, body):
    seated(client, body, "chair")
    world.measure(key="m01", title="Stadtteilmütter")
    world.meeting(key="fremd", body=world.body(key="andere", name="Andere"))
    way = f"{BASE}speicher/ag/auswahl/?sitzung=fremd"
    for answer in (client.get(way), client.post(way, {"wahl": "measure:m01"})):
        assert answer.status_code == 422
        assert "eines anderen Gremiums" in text(answer)
    assert not AgendaItem.objects.exists()


def test_aus_dem_themenspeicher_auf_die_tagesordnung_und_zurueck(client):
    sit_down(client)
    client.post(f"{BASE}speicher/ag/", {"title": "Fahrdienst", "kind": "vote"})
    item = AgendaItem.objects.get()
    assert "Fahrdienst" in text(client.get(f"{BASE}sitzung/m1/"))
    client.post(f"{BASE}punkt/{item.key}/setzen/", {"sitzung": "m1"})
    assert "1. Fahrdienst" in text(client.get(f"{BASE}sitzung/m1/"))
    client.post(f"{BASE}punkt/{item.key}/setzen/")
    assert AgendaItem.objects.get().meeting is None


# Minutes


def test_ein_punkt_speichert_sich_selbst_und_alles_von_einer_seite_ist_ein_vorgang(client, meeting):
    sit_down(client)
    item = world.agenda_item(meeting=meeting, title="Kurse")
    page = text(client.get(f"{BASE}sitzung/m1/niederschrift/"))
    (mark,) = re.findall(r'name="vorgang" value="([^"]+)"', page)
    way = f"{BASE}punkt/{item.key}/niederschrift/"
    first = {"stand": item.version, "vorgang": mark, "course": "Es wurde"}
    answer = client.post(way, first, headers=SCRIPT)
    assert "Gespeichert um" in text(answer)
    (stand,) = re.findall(r'name="stand" id="[^"]+" value="(\d+)"', text(answer))
    second = {"stand": stand, "vorgang": mark, "course": "Es wurde beraten.", "result": "noted"}
    answer = client.post(way, second, headers=SCRIPT)
    told = ChangeEvent.objects.filter(subject__startswith="boards.AgendaItem:").exclude(by="world")
    assert len(set(told.values_list("batch", flat=True))) == 1
    # Nothing new is no new version.
    before = AgendaItem.objects.get().version
    (stand,) = re.findall(r'name="stand" id="[^"]+" value="(\d+)"', text(answer))
    client.post(way, {**second, "stand": stand}, headers=SCRIPT)
    assert AgendaItem.objects.get().version == before
    client.post(undo_in(answer))
    assert AgendaItem.objects.get().course == ""
    assert Meeting.objects.get().minutes == "draft"


def test_wer_allein_schreibt_stoesst_nicht_mit_sich_selbst_zusammen(client, meeting):
    sit_down(client)
    item = world.agenda_item(meeting=meeting)
    page = text(client.get(f"{BASE}sitzung/m1/niederschrift/"))
    assert 'data-hx-sync="this:queue last"' in page
    (mark,) = re.findall(r'name="vorgang" value="([^"]+)"', page)
    way = f"{BASE}punkt/{item.key}/niederschrift/"
    sent = {"stand": item.version, "vorgang": mark, "course": "Es wurde"}
    # The answer to the first one got lost: the page goes on from the version that it knows.
    for course in ("Es wurde", "Es wurde", "Es wurde beraten."):
        assert "Gespeichert um" in text(
            client.post(way, {**sent, "course": course}, headers=SCRIPT)
        )
    client.post(way, {**sent, "course": "Es wurde lange beraten."})
    assert AgendaItem.objects.get().course == "Es wurde lange beraten."
    # What somebody else wrote in between is no answer that got lost.
    now = AgendaItem.objects.get().version
    sit_down(client)
    client.post(way, {"stand": now, "dissent": "Keine"}, headers=SCRIPT)
    assert "beide Fassungen" in text(client.post(way, sent, headers=SCRIPT))


def test_ohne_script_speichert_ein_knopf(client, meeting):
    sit_down(client)
    item = world.agenda_item(meeting=meeting)
    way = f"{BASE}punkt/{item.key}/niederschrift/"
    answer = client.post(way, {"stand": item.version, "resolution": "Wird gemacht."}, follow=True)
    assert "Wird gemacht." in text(answer)
    assert Meeting.objects.get().minutes == "draft"
    wrong = client.post(way, {"yes": "viele", "course": "Bleibt stehen"})
    assert wrong.status_code == 422
    assert "Bleibt stehen" in text(wrong)


def test_zwei_die_mitschreiben_ueberschreiben_einander_nicht(client, meeting):
    sit_down(client)
    item = world.agenda_item(meeting=meeting)
    way = f"{BASE}punkt/{item.key}/niederschrift/"
    client.post(way, {"stand": item.version, "course": "Die eine"}, headers=SCRIPT)
    late = {"stand": item.version, "course": "Die andere", "dissent": "Keine"}
    assert "beide Fassungen" in text(client.post(way, late, headers=SCRIPT))
    page = text(client.post(way, late))
    assert "Ihre Fassung: Die andere" in page
    assert "Inzwischen gespeichert: Die eine" in page
    assert AgendaItem.objects.get().course == "Die eine"


def test_mehr_stimmen_als_stimmberechtigte_sind_ein_hinweis(client, body, meeting):
    sit_down(client)
    seat = world.seat(key="s1", body=body)
    world.tenure(seat=seat)
    world.attendance(meeting=meeting, seat=seat)
    item = world.agenda_item(meeting=meeting)
    way = f"{BASE}punkt/{item.key}/niederschrift/"
    answer = client.post(way, {"stand": item.version, "yes": "5"}, headers=SCRIPT)
    assert "5 Stimmen gezählt, mehr als die 1 Stimmberechtigten" in text(answer)
    assert AgendaItem.objects.get().yes == 5


def test_anwesenheit_mit_einem_knopf_und_ohne_fremde_eintraege_zu_ersetzen(client, body):
    sit_down(client)
    for number in (1, 2):
        world.tenure(seat=world.seat(key=f"s{number}", body=body, order=number))
    world.seat(key="s3", body=body, order=3)
    way = f"{BASE}sitzung/m1/anwesenheit/"
    shown = {f"war-s{number}": "|" for number in (1, 2, 3)}
    client.post(way, {**shown, "da-s1": "excused", "da-s2": "", "da-s3": ""})
    stale = {**shown, "da-s1": "present", "da-s2": "present", "da-s3": ""}
    answer = client.post(way, stale, follow=True)
    assert "Inzwischen hat jemand anders etwas eingetragen" in text(answer)
    assert dict(Attendance.objects.values_list("seat__key", "presence")) == {
        "s1": "excused", "s2": "present",
    }  # fmt: skip
    assert "1 von 2 Stimmberechtigten" in text(answer)
    client.post(way, {"alle": "ja", "da-s1": "excused", "da-s2": "present", "da-s3": ""})
    assert Attendance.objects.count() == 2  # the vacant seat is nobody's


def test_wer_nur_eintippt_wer_vertritt_hat_vertreten_gesagt(client, body):
    sit_down(client)
    for number in (1, 2):
        world.tenure(seat=world.seat(key=f"s{number}", body=body, order=number))
    way = f"{BASE}sitzung/m1/anwesenheit/"
    typed = {"da-s1": "", "wer-s1": "Referat 2", "da-s2": "", "wer-s2": ""}
    client.post(way, {**typed, "alle": "ja"})
    noted = Attendance.objects.order_by("seat").values_list("presence", "function")
    assert list(noted.all()) == [("deputy", "Referat 2"), ("present", "")]
    # Taking the choice back takes the entry back, whatever still stands in the field.
    client.post(way, {"da-s1": "", "wer-s1": "Referat 2", "da-s2": "present", "wer-s2": ""})
    assert list(noted.all()) == [("present", "")]


def test_abschliessen_nimmt_unerledigtes_mit_und_die_naechste_sitzung_genehmigt(
    client, body, meeting, settings
):
    sit_down(client)
    world.agenda_item(meeting=meeting, title="Fertig", result="noted", order=1)
    world.agenda_item(meeting=meeting, title="Offen", order=2)
    later = world.meeting(key="m2", body=body, day=date(2017, 7, 20))
    answer = client.post(f"{BASE}sitzung/m1/abschliessen/", follow=True)
    assert "unerledigter Punkt steht nun auf der Tagesordnung am 20.07.2017" in text(answer)
    page = text(client.get(f"{BASE}sitzung/m2/"))
    assert "1. Offen" in page
    assert "Niederschriften zu genehmigen" in page
    assert "/genehmigen/" not in page
    early = client.post(f"{BASE}sitzung/m2/genehmigen/", {"niederschrift": "m1"})
    assert "ist erst am 20.07.2017" in text(early)
    settings.ENV = replace(settings.ENV, day=later.day)
    assert "/genehmigen/" in text(client.get(f"{BASE}sitzung/m2/"))
    client.post(f"{BASE}sitzung/m2/genehmigen/", {"niederschrift": "m1"})
    page = text(client.get(f"{BASE}sitzung/m1/niederschrift/"))
    assert "Genehmigt in der Sitzung am 20.07.2017." in page
    assert "data-hx-post" not in page
    assert client.post(f"{BASE}sitzung/m1/oeffnen/", {"reason": ""}).status_code == 422
    client.post(f"{BASE}sitzung/m1/oeffnen/", {"reason": "Zahl falsch"})
    assert Meeting.objects.get(key="m1").minutes == "amended"


# Action points


def test_ein_auftrag_wird_gegeben_gemeldet_und_von_jemand_anderem_bestaetigt(client, meeting):
    sit_down(client)
    item = world.agenda_item(meeting=meeting)
    given = {"text": "Räume anfragen", "who": "Jugendamt", "due": "31.05.2017"}
    client.post(f"{BASE}punkt/{item.key}/auftrag/", given)
    action = ActionPoint.objects.get()
    assert action.due == date(2017, 6, 1)
    assert "überfällig" in text(client.get(f"{ORDERS}?stand=ueberfaellig"))
    answer = client.post(f"{ORDERS}{action.key}/getan/", follow=True)
    assert "bestätigen muss es jemand anders" in text(answer)
    page = text(client.get(f"{ORDERS}?stand=zu-bestaetigen"))
    assert "Räume anfragen" in page
    assert "/bestaetigen/" not in page
    client.post(f"{ORDERS}{action.key}/bestaetigen/")
    assert ActionPoint.objects.get().confirmed is None
    sit_down(client)
    assert "/bestaetigen/" in text(client.get(f"{ORDERS}?stand=zu-bestaetigen"))
    client.post(f"{ORDERS}{action.key}/bestaetigen/")
    assert ActionPoint.objects.get().confirmed == date(2017, 6, 1)


def test_aendern_laesst_den_auftrag_bei_wem_er_ist_auch_ohne_sitz(client, body):
    person = sit_down(client, role="officer")
    sit_down(client)
    world.action_point(key="a1", body=body, person=person, text="Räume anfragen")
    page = text(client.get(f"{ORDERS}a1/"))
    assert re.search(rf'value="{person.pk}" selected', page)
    given = {"text": "Räume anfragen", "person": person.pk, "due": "31.07.2017"}
    client.post(f"{ORDERS}a1/", given)
    action = ActionPoint.objects.get()
    assert (action.person, action.due) == (person, date(2017, 8, 1))


def test_wer_nur_den_auftrag_hat_meldet_ihn_und_bekommt_keine_knoepfe_die_nicht_gehen(client, body):
    person = sit_down(client, role="member")
    world.action_point(key="a1", body=body, person=person)
    page = text(client.get(f"{ORDERS}?stand=meine"))
    assert "/getan/" in page
    assert "Ändern" not in page
    answer = client.post(f"{ORDERS}a1/getan/", follow=True)
    assert "/zuruecknehmen/" not in text(answer)
    client.post(f"{ORDERS}a1/offen/")
    assert ActionPoint.objects.get().done is None


# Rights


def _secrets(body, meeting):
    hidden = world.agenda_item(
        key="geheim", meeting=meeting, title=f"{SECRET} Titel", public=False, about=f"{SECRET} um",
        course=f"{SECRET} Verlauf", resolution=f"{SECRET} Beschluss", dissent=f"{SECRET} anders",
    )  # fmt: skip
    world.action_point(key="ga", body=body, item=hidden, text=f"{SECRET} tun", public=False)
    world.action_point(key="gb", body=body, item=hidden, text=f"{SECRET} noch", public=True)
    seat = world.seat(key="s1", body=body)
    world.tenure(seat=seat)
    world.attendance(meeting=meeting, seat=seat, function=f"{SECRET} Vertretung")


PAGES = (
    "gremien/sitzungen/",
    "gremien/sitzungen/sitzung/m1/",
    "gremien/sitzungen/sitzung/m1/niederschrift/",
    "gremien/sitzungen/punkt/geheim/",
    "gremien/sitzungen/punkt/geheim/niederschrift/",
    "gremien/sitzungen/punkt/geheim/auftrag/",
    "gremien/sitzungen/speicher/ag/",
    "gremien/sitzungen/speicher/ag/auswahl/?woher=action",
    "gremien/auftraege/?stand=alle",
    "gremien/auftraege/?stand=offen",
    "gremien/auftraege/ga/",
    "gremien/auftraege/gb/",
    "",
    "suche/?q=GEHEIMWORT",
)


@pytest.mark.parametrize("who", ["reader", "member of another group", "other tenant"])
def test_nichtoeffentliches_sieht_niemand_der_es_nicht_darf(client, body, meeting, who):
    _secrets(body, meeting)
    world.structure()
    if who == "reader":
        sit_down(client, role="reader")
    elif who == "other tenant":
        sit_down(client, at=world.tenant("09463", "Stadt Coburg"))
    else:
        seated(client, world.body(key="andere", name="Andere"), "chair")
    for path in PAGES:
        page = text(client.get(DESK + path))
        # What was asked for stands in the field of the search.
        assert f"{SECRET} " not in page, path
    if who == "other tenant":
        mine = "/intern/09463/gremien/"
        for path in ("sitzungen/sitzung/m1/", "sitzungen/punkt/geheim/", "auftraege/ga/"):
            assert client.get(mine + path).status_code == 404


def test_ein_mitglied_liest_den_nichtoeffentlichen_teil_seines_gremiums_und_schreibt_nicht(
    client, body, meeting
):
    _secrets(body, meeting)
    seated(client, body)
    page = text(client.get(f"{BASE}sitzung/m1/niederschrift/"))
    assert f"{SECRET} Verlauf" in page
    assert "data-hx-post" not in page
    for path in ("punkt/geheim/niederschrift/", "sitzung/m1/abschliessen/", "sitzung/m1/punkte/"):
        assert client.post(BASE + path).status_code == 403


def test_wer_ein_gremium_leitet_tut_die_arbeit_dort_und_sonst_nirgends(client, body):
    seated(client, body, "secretary")
    other = world.meeting(key="fremd", body=world.body(key="andere", name="Andere"))
    answer = client.post(
        f"{BASE}sitzung/m1/punkte/", {"title": "Bericht", "kind": "discussion"}, follow=True
    )
    client.post(undo_in(answer))
    assert not AgendaItem.objects.exists()
    page = text(client.get(f"{BASE}sitzung/fremd/"))
    assert "Punkt hinzufügen" not in page
    assert "Ändern oder verschieben" not in page
    assert client.post(f"{BASE}sitzung/fremd/punkte/", {"title": "X"}).status_code == 403
    assert client.get(f"{BASE}neu/?gremium=andere").status_code == 404
    assert other.body.name not in text(client.get(f"{BASE}neu/"))


# Cost


@pytest.mark.parametrize("number", [1, 3])
def test_die_seiten_kosten_gleich_viel_bei_einem_und_bei_drei(client, body, meeting, number):
    sit_down(client)
    world.measure(key="m01", title="Stadtteilmütter")
    for position in range(number):
        world.tenure(seat=world.seat(body=body, order=position))
        item = world.agenda_item(meeting=meeting, order=position, origin="measure:m01")
        world.action_point(key=f"a{position}", body=body, item=item)
        world.agenda_item(body=body, order=position)
        file = SimpleUploadedFile("d.txt", b"Text")
        add_file(actor=Operator(), to=item, title=f"Datei {position}", name="d.txt", content=file)
        if position:
            world.meeting(body=body, day=date(2017, 8, position))
    found = {}
    for path in (
        BASE, f"{BASE}sitzung/m1/", f"{BASE}sitzung/m1/niederschrift/", f"{BASE}speicher/ag/",
        ORDERS,
    ):  # fmt: skip
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        found[path.removeprefix(f"{DESK}gremien/")] = len(queries)
    assert found == {
        "sitzungen/": 7,
        "sitzungen/sitzung/m1/": 14,
        "sitzungen/sitzung/m1/niederschrift/": 14,
        "sitzungen/speicher/ag/": 7,
        "auftraege/": 5,
    }


# Heute


def test_heute_sagt_was_zu_tun_zu_bestaetigen_und_zu_schreiben_ist(client, body):
    world.structure()  # without one the page only says how to begin
    person = seated(client, body, "chair")
    world.meeting(key="alt", body=body, day=date(2017, 5, 2))
    world.meeting(key="mai", body=body, day=date(2017, 5, 16), state="held", minutes="draft")
    world.action_point(key="a1", body=body, text="Räume anfragen", person=person)
    world.action_point(key="a2", body=body, text="Brief schreiben", done=date(2017, 5, 3))
    page = text(client.get(DESK))
    ways = (
        "auftraege/?stand=meine#auftrag-a1",
        "auftraege/?stand=zu-bestaetigen#auftrag-a2",
        "sitzungen/sitzung/alt/niederschrift/",
        "sitzungen/sitzung/m1/",
    )
    for way in ways:
        assert f'href="{DESK}gremien/{way}"' in page
    # Whoever has the same role, but no seat, finds nothing of it.
    sit_down(client, role="member")
    page = text(client.get(DESK))
    for way in ways:
        assert f'href="{DESK}gremien/{way}"' not in page
