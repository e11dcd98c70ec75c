"""Bodies at the desk: the list, one body with its seats, one seat with who took it."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, TODAY, county, sit_down, text
from tests.web.test_lists import names
from tests.web.test_needs import cells

from gelingen.history.models import ChangeEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
BASE = DESK + "gremien/"


def body(key="steuerung", **fields):
    return world.body(key=key, **{"name": "Steuerungsgruppe", "kind": "steering", **fields})


def group(number=1):
    """Make a steering group whose seats are taken until the end of 2017."""
    made = body()
    for order in range(1, number + 1):
        one = world.seat(key=f"s_{order}", body=made, order=order)
        world.tenure(key=f"b_{order}", seat=one, function=f"Leitung {order}", ends=date(2018, 1, 1))
    return made


@pytest.mark.parametrize("number", [1, 3])
def test_die_seiten_kosten_gleich_viel_bei_einem_und_bei_drei(client, number):
    group(number)
    for position in range(number - 1):
        body(f"g_{position}", parent=world.body.model.objects.get(key="steuerung"))
    sit_down(client)
    found = {}
    for path in ("", "gremium/steuerung/", "sitz/s_1/", "vertretung/"):
        client.get(BASE + path)
        with CaptureQueriesContext(connection) as queries:
            client.get(BASE + path)
        found[path] = len(queries)
    assert found == {"": 7, "gremium/steuerung/": 12, "sitz/s_1/": 7, "vertretung/": 12}


def test_die_liste_sagt_wer_steuert_wie_viele_sitze_frei_sind_und_wann_die_naechste_sitzung_ist(
    client,
):
    sit_down(client)
    group(2)
    world.seat(body=body("ag", name="AG Sprache", kind="working_group"))
    world.meeting(body=world.body.model.objects.get(key="ag"), day=date(2017, 6, 20))
    body("alt", name="Runder Tisch", ends=TODAY)
    page = text(client.get(BASE))
    assert names(page) == ["Steuerungsgruppe", "AG Sprache"]
    assert cells(page, "AG Sprache")[2:5] == ["20.06.2017", "1", "1"]
    assert "2 Gremien, 3 Sitze, davon 1 frei." in page
    assert "Runder Tisch" in names(text(client.get(BASE + "?zeigen=alle")))


def test_ein_gremium_zeigt_seine_sitze_der_reihe_nach_und_sagt_welcher_frei_ist(client):
    sit_down(client)
    made = group(2)
    empty = world.seat(key="s_0", body=made, order=3, kind="council", sender="Fraktion A")
    world.tenure(seat=empty, function="Kreisrätin", ends=date(2017, 3, 1))
    page = text(client.get(f"{BASE}gremium/steuerung/"))
    assert names(page) == ["1. Verwaltung", "2. Verwaltung", "3. Kreistag oder Stadtrat"]
    assert cells(page, "1. Verwaltung")[-4:] == [
        "Leitung 1", "–", "Mitglied, mit Stimme", "31.12.2017",
    ]  # fmt: skip
    assert cells(page, "3. Kreistag")[-4:-2] == ["frei seit 01.03.2017", "Fraktion A"]
    assert "3 Sitze, 1 davon frei" in page


# Who takes a seat


def chair_of(client, made):
    """Sign in somebody who leads this body from the chair, and nothing else."""
    person = sit_down(client, role="member")
    place = world.seat(key="vorsitz", body=made, office="chair", order=9)
    world.tenure(seat=place, person=person, function="Landrat")
    return person


def test_neu_besetzen_ist_ein_vorgang_der_sich_zuruecknehmen_laesst(client):
    sit_down(client)
    group()
    url = f"{BASE}sitz/s_1/neu-besetzen/"
    stand = re.search(r'name="stand" value="([^"]*)"', text(client.get(url)))[1]
    given = {"stand": stand, "function": "Leitung neu", "starts": "01.06.2017", "ends": ""}
    page = text(client.post(url, given, follow=True))
    assert "Leitung neu" in page
    assert "Rückgängig" in page
    assert "31.05.2017" in page  # the last day of who took it before


def test_wer_einen_aelteren_stand_sah_schreibt_nichts(client):
    sit_down(client)
    group()
    url = f"{BASE}sitz/s_1/neu-besetzen/"
    stale = {"stand": "1.1", "function": "Zweite", "starts": "01.06.2017"}
    answer = client.post(url, stale)
    assert answer.status_code == 422
    assert "Inzwischen hat jemand diesen Sitz geändert" in text(answer)
    assert "Zweite" in text(answer)
    again = re.search(r'name="stand" value="([^"]*)"', text(answer))[1]
    assert client.post(url, {**stale, "stand": again}).status_code == 302


def test_amtszeiten_werden_erst_nach_der_vorschau_verlaengert(client):
    sit_down(client)
    group(2)
    url = f"{BASE}gremium/steuerung/verlaengern/"
    ticked = {"wahl": ["s_1", "s_2"]}
    assert "Neuer letzter Tag" in text(client.post(url, ticked))
    asked = {**ticked, "vorschau": "ja", "until": "31.12.2019"}
    page = text(client.post(url, asked))
    assert "2 Änderungen schreiben" in page
    stamp = re.search(r'name="stempel" value="([^"]*)"', page)[1]
    done = text(client.post(url, {**asked, "stempel": stamp}, follow=True))
    assert done.count("31.12.2019") >= 2


def test_ohne_kreuz_wird_nichts_verlaengert(client):
    sit_down(client)
    group()
    answer = client.post(f"{BASE}gremium/steuerung/verlaengern/", follow=True)
    assert "Bitte zuerst Sitze ankreuzen." in text(answer)


def test_ein_konto_verbindet_nur_wer_alle_gremien_fuehrt(client):
    made = group()
    member = world.person(role="member")
    chair_of(client, made)
    url = f"{BASE}besetzung/b_1/konto/"
    assert client.get(url).status_code == 403
    assert url not in text(client.get(f"{BASE}sitz/s_1/"))
    sit_down(client)
    assert member.username in text(client.get(url))
    page = text(client.post(url, {"account": member.username}, follow=True))
    assert f"hat nun das Konto {member.username}" in page
    refused = client.post(url, {"account": "niemand"})
    assert (refused.status_code, "keine Rolle" in text(refused)) == (422, True)


def test_wer_ein_gremium_leitet_sieht_nur_knoepfe_die_bei_ihm_gehen(client):
    made = group()
    body("andere", name="Andere")
    chair_of(client, made)
    page = text(client.get(f"{BASE}gremium/steuerung/"))
    assert ">Ändern<" in page
    for word in ("Amtszeit verlängern", "Hinzufügen", 'name="wahl"'):
        assert word not in page
    assert ">Ändern<" not in text(client.get(f"{BASE}gremium/andere/"))
    assert "Neu besetzen" not in text(client.get(f"{BASE}sitz/s_1/"))
    assert "Gremium anlegen" not in text(client.get(BASE))
    assert client.get(f"{BASE}sitz/s_1/neu-besetzen/").status_code == 403
    assert client.get(f"{DESK}eintrag/body/steuerung/aendern/").status_code == 200


# Delegates

GROUPS = {"vorschau": "ja", "method": "sainte_lague", "since": "01.06.2017"}


def test_vier_sitze_werden_nach_der_staerke_verteilt_und_angelegt(client):
    sit_down(client)
    body()
    url = f"{BASE}gremium/steuerung/delegierte/"
    asked = {**GROUPS, "groups": "Fraktion A 26\nFraktion B; 14\nGruppe C: 9", "seats": "4"}
    page = text(client.post(url, asked))
    assert "4 Sitze nach Sainte-Laguë/Schepers: Fraktion A 2, Fraktion B 1, Gruppe C 1." in page
    assert cells(page, "Fraktion A") == ["26", "2,12", "2", "0"]
    stamp = re.search(r'name="stempel" value="([^"]*)"', page)[1]
    page = text(client.post(url, {**asked, "stempel": stamp}, follow=True))
    assert page.count("Gruppe C") >= 1
    assert "4 Sitze, 4 davon frei" in page
    change = world.seat.model.objects.filter(sender="Gruppe C").get()
    said = ChangeEvent.objects.get(subject=f"boards.Seat:{change.key}").reason
    assert said == "Sainte-Laguë/Schepers, Mitglieder: Fraktion A 26, Fraktion B 14, Gruppe C 9"


def test_bei_gleichstand_entscheidet_wer_fragt_und_sagt_wie(client):
    sit_down(client)
    body()
    url = f"{BASE}gremium/steuerung/delegierte/"
    asked = {**GROUPS, "groups": "A 10\nB 10", "seats": "1"}
    page = text(client.post(url, asked))
    assert "Ein Sitz ist nicht entschieden: A und B haben darauf gleich viel Anspruch." in page
    assert "schreiben<" not in page
    undecided = client.post(url, {**asked, "chosen": ["A"], "why": ""})
    assert undecided.status_code == 422
    assert "Bitte sagen, wie das entschieden wurde" in text(undecided)
    page = text(client.post(url, {**asked, "chosen": ["B"], "why": "Los"}))
    assert "Neuer Sitz 1 für „B“" in page


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ("A", "In der Zeile „A“ fehlt die Zahl der Mitglieder."),
        ("A 1\na 2", "„a“ steht zweimal da."),
        ("A 0", "Ohne Mitglieder"),
    ],
)
def test_was_sich_nicht_lesen_laesst_wird_gesagt(client, groups, said):
    sit_down(client)
    body()
    url = f"{BASE}gremium/steuerung/delegierte/"
    answer = client.post(url, {**GROUPS, "groups": groups, "seats": "4"})
    assert (answer.status_code, said in text(answer)) == (422, True)


# Representation


def test_wer_vertreten_ist_sagt_ein_satz_und_tabellen_ohne_angaben_zu_menschen(client):
    sit_down(client, role="reader")
    women = world.target_group(name="Frauen")
    world.target_group(name="Jugend")
    world.territory(key="09473112")
    made = group()
    seat = world.seat(body=made, order=2, kind="migrants", speaks_for=[women])
    world.tenure(seat=seat, function="Sprecherin", holder="Mia Muster")
    page = text(client.get(f"{BASE}vertretung/?gremium=steuerung"))
    assert "Für 1 von 2 Zielgruppen spricht kein besetzter Sitz." in page
    assert "1 von 1 Gemeinden entsenden niemanden." in page
    assert cells(page, "Frauen") == ["1", "1", "1", "Steuerungsgruppe"]
    assert cells(page, "Jugend") == ["0", "0 niemand", "0", "–"]
    assert "Nicht erfasst: Menschen mit Migrationsgeschichte. Dafür ist keine Zielgruppe" in page
    assert "Mia Muster" not in page
    assert "Sprecherin" not in page


# Heute


def test_heute_sagt_welche_sitze_frei_sind_nur_wer_alle_gremien_fuehrt(client):
    county()
    made = group()
    world.seat(body=made, order=2, sender="Fraktion A", kind="council")
    chair_of(client, made)
    assert "ein Sitz ist frei" not in text(client.get(DESK))
    sit_down(client)
    page = text(client.get(DESK))
    assert "Steuerungsgruppe: ein Sitz ist frei" in page
    assert f'href="{BASE}gremium/steuerung/#sitze"' in page
