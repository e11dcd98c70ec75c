"""Pages of talks: enter, code, compare, rank, take a table in, make needs."""

import io
from datetime import date
from urllib.parse import quote

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, sit_down, text

from gelingen.history.recording import remove
from gelingen.needs.models import Need
from gelingen.talks import comparing
from gelingen.talks.coding import code, finish
from gelingen.talks.models import Code, Coding, Statement, Talk
from gelingen.topics.models import Topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
TALKS = f"{DESK}bedarfe/gespraeche/"
BUS, ROOM = "topic:mobilitaet", "topic:wohnen"


@pytest.fixture(autouse=True)
def _labels():
    world.topic(key="mobilitaet", name="Mobilität")
    world.topic(key="wohnen", name="Wohnen")
    world.target_group(key="frauen", name="Frauen")
    world.territory(key="09473112", name="Ahorn")


def talk_of(number=2, *, planned=1, key="bm"):
    talk = world.talk(key=key, title=f"Runde {key}", planned=planned)
    for order in range(1, number + 1):
        world.statement(
            talk=talk, key=f"{key}|{order}", order=order, text=f"Satz {order} aus {key}",
            speaker="Bürgermeister",
        )  # fmt: skip
    return talk


def coded(talk, *people, idents=(BUS,)):
    for person in people:
        for one in talk.statements.all():
            code(actor=person, statement=one, idents=idents)
        finish(actor=person, talk=Talk.objects.get(pk=talk.pk))


def test_ein_gespraech_wird_eingetragen_und_gefuellt(client):
    sit_down(client)
    assert "Noch kein Gespräch" in text(client.get(TALKS))
    given = {
        "title": "Bürgermeisterrunde", "day": "20.01.2017", "territory": "09473112",
        "participants": "Bürgermeister\nFrau Muster", "planned": "2",
    }  # fmt: skip
    answer = client.post(f"{TALKS}neu/", given, follow=True)
    talk = Talk.objects.get()
    assert talk.planned == 2
    page = text(answer)
    assert "„Frau Muster“. Gespräche nennen nur Funktionen." in page
    warned = page[: page.index("Bitte prüfen, ob hier ein Name steht")]
    assert warned.endswith('<div class="g-hinweis g-hinweis--achtung"><span>')
    where = f"{TALKS}{talk.key}/"
    answer = client.post(
        f"{where}aussagen/", {"text": "Kein Bus\nKeine Wohnung", "speaker": "Gemeinde"}, follow=True
    )
    assert "Eingetragen: 2 Aussagen." in text(answer)
    assert "Rückgängig" in text(answer)
    assert [one.text for one in Statement.objects.order_by("order")] == [
        "Kein Bus", "Keine Wohnung",
    ]  # fmt: skip
    refused = client.post(f"{where}aussagen/", {"text": ""})
    assert refused.status_code == 422
    assert "2 Aussagen, noch keine kodiert." in text(refused)


def test_wer_nicht_fragen_darf_sieht_weder_reiter_noch_seiten(client):
    talk = talk_of()
    sit_down(client, role="reader")
    assert "gespraeche" not in text(client.get(f"{DESK}bedarfe/"))
    for path in ("", "neu/", "rangfolge/", "codes/", "einlesen/"):
        assert client.get(TALKS + path).status_code == 403
    for path in ("", "kodieren/", "vergleich/", "angaben/", "bedarf/"):
        assert client.get(f"{TALKS}{talk.key}/{path}").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_die_liste_und_die_seite_kosten_gleich_viele_abfragen(client, number):
    person = sit_down(client)
    for place in range(number):
        coded(talk_of(number, key=f"t{place}"), person)
    found = {}
    for path in ("", "t0/", "t0/kodieren/", "t0/vergleich/", "rangfolge/", "codes/"):
        client.get(TALKS + path)
        with CaptureQueriesContext(connection) as statements:
            assert client.get(TALKS + path).status_code == 200
        found[path] = len(statements)
    assert found == BUDGET


BUDGET = {"": 10, "t0/": 16, "t0/kodieren/": 15, "t0/vergleich/": 13, "rangfolge/": 16, "codes/": 4}


def test_die_liste_rechnet_die_uebereinstimmung_derselben_kodierungen_nur_einmal(
    client, monkeypatch
):
    person, other = sit_down(client), world.person()
    talk = talk_of(4, planned=2, key="einmal")
    for one, idents in ((person, [BUS]), (other, [ROOM])):
        code(actor=one, statement=talk.statements.get(order=1), idents=idents)
        code(actor=one, statement=talk.statements.get(order=2), idents=[BUS, ROOM])
        finish(actor=one, talk=Talk.objects.get(pk=talk.pk))
    counted = []
    real = comparing.agreement_by_label
    monkeypatch.setattr(
        comparing, "agreement_by_label", lambda *given: counted.append(1) or real(*given)
    )
    for _ in range(2):
        assert "0,00 (zu gering)" in text(client.get(TALKS))
    assert len(counted) == 1
    # With one coding less there is something new to compute.
    remove(by="world", of=Coding.objects.get(coder=str(other), statement__order=1))
    assert "nicht zu berechnen" in text(client.get(TALKS))
    assert len(counted) == 2


def test_kodiert_wird_aussage_fuer_aussage_auch_ohne_skript(client):
    talk = talk_of(2)
    sit_down(client)
    here = f"{TALKS}{talk.key}/kodieren/"
    assert "Aussage 1 von 2" in text(client.get(here))
    answer = client.post(here, {"nr": "1", "merkmal": [BUS, "group:frauen"], "danach": "weiter"})
    assert answer.url == f"{here}?nr=2"
    answer = client.post(here, {"nr": "2", "wort": "Schnelles Netz", "merkmal": [BUS]})
    assert answer.url == f"{here}?nr=2"
    assert Code.objects.get().label == "Schnelles Netz"
    first, second = Coding.objects.order_by("statement__order")
    assert [one.key for one in first.target_groups.all()] == ["frauen"]
    assert [one.label for one in second.codes.all()] == ["Schnelles Netz"]
    page = text(client.get(f"{here}?nr=2"))
    assert "2 von 2 von Ihnen kodiert" in page
    answer = client.post(here, {"nr": "2", "danach": "zurueck"})
    assert answer.url == f"{here}?nr=1"
    assert client.post(here, {"nr": "1", "merkmal": "topic:unsinn"}).status_code == 422


def test_wer_sich_fertig_meldet_wird_erst_nach_allen_aufgedeckt(client):
    talk = talk_of(2, planned=2)
    person, other = sit_down(client), world.person()
    where = f"{TALKS}{talk.key}/"
    for one in talk.statements.all():
        code(actor=other, statement=one, idents=[ROOM])
    page = text(client.get(where))
    assert "Wohnen" not in page
    assert f"{other} <span" in page.replace("\n", " ")
    assert "noch keine Aussage kodiert" in text(client.post(f"{where}fertig/", follow=True))
    client.post(f"{where}kodieren/", {"nr": "1", "merkmal": [BUS]})
    page = text(client.get(where))
    assert "Mobilität" in page
    assert "Wohnen" not in page
    client.post(f"{where}fertig/")
    assert "1 von 2 sind es" in text(client.get(f"{where}vergleich/"))
    answer = client.post(f"{where}fortsetzen/", follow=True)
    assert "geht weiter" in text(answer)
    client.post(f"{where}fertig/")
    finish(actor=other, talk=Talk.objects.get(pk=talk.pk))
    page = text(client.get(f"{where}vergleich/"))
    assert "Eine Aussage noch zu klären." in page
    assert f"fand: {person}" in page
    settled = client.post(
        f"{TALKS}aussagen/bm|1/vereinbaren/", {"merkmal": [BUS, ROOM]}, follow=True
    )
    assert "Vereinbart: Aussage 1." in text(settled)
    assert "Nichts mehr zu klären." in text(settled)
    assert "Mobilität, Wohnen" in text(client.get(where))
    late = text(client.post(f"{where}fortsetzen/", follow=True))
    assert "schon aufgedeckt" in late


def test_ich_bin_fertig_behaelt_was_angekreuzt_aber_nicht_gespeichert_ist(client):
    talk = talk_of(3)
    person = sit_down(client)
    here = f"{TALKS}{talk.key}/kodieren/"
    assert client.post(here, {"nr": "1", "danach": "fertig"}).status_code == 422
    assert not Coding.objects.exists()
    sent = {"nr": "1", "merkmal": [BUS], "stand": "0", "danach": "fertig"}
    answer = client.post(here, sent, follow=True)
    assert "Die Kodierungen sind aufgedeckt. 2 Aussagen haben Sie nicht kodiert." in text(answer)
    (one,) = Coding.objects.all()
    assert (one.statement.key, [topic.key for topic in one.topics.all()]) == (
        "bm|1", ["mobilitaet"],
    )  # fmt: skip
    assert Talk.objects.get().finished == [str(person)]
    # What is uncovered cannot be covered again, so nothing offers it.
    assert "Rückgängig" not in text(answer)


def test_was_abgelehnt_wird_steht_noch_da(client):
    talk = talk_of(1)
    sit_down(client)
    here = f"{TALKS}{talk.key}/kodieren/"
    client.post(here, {"nr": "1", "merkmal": [BUS], "stand": "0"})
    sent = {"nr": "1", "merkmal": [ROOM], "wort": "Netz", "stand": "0"}
    answer = client.post(here, sent)
    page = text(answer)
    assert answer.status_code == 422
    assert "inzwischen anders kodiert" in page
    assert f'value="{ROOM}" data-taste="2" checked' in page
    assert 'name="wort" value="Netz"' in page
    assert not Code.objects.exists()
    assert client.post(here, sent | {"stand": hidden(page, "stand")}).status_code == 302


def test_auch_nicht_kodierte_und_schon_vereinbarte_aussagen_lassen_sich_vereinbaren(client):
    talk = talk_of(3, planned=2)
    person, other = sit_down(client), world.person()
    for one, idents in ((person, [BUS]), (other, [ROOM])):
        code(actor=one, statement=talk.statements.get(order=1), idents=idents)
    code(actor=person, statement=talk.statements.get(order=2), idents=[BUS])
    url = f"{TALKS}aussagen/bm|3/vereinbaren/"
    assert "Noch nichts zu vereinbaren" in text(client.get(url))
    for one in (person, other):
        finish(actor=one, talk=Talk.objects.get(pk=talk.pk))
    page = text(client.get(f"{TALKS}{talk.key}/vergleich/"))
    few = page[page.index("Von niemandem oder nur") :]
    assert "<b>Aussage 2</b>: Mobilität" in few
    assert "<b>Aussage 3</b>: nicht kodiert" in few
    assert "Niemand hat dieser Aussage ein Merkmal gegeben." in text(client.get(url))
    sent = {"merkmal": ["group:frauen"], "stand": "0"}
    page = text(client.post(url, sent, follow=True))
    assert "<b>Aussage 3</b>: Frauen" in page[page.index("<h2>Vereinbart") :]
    refused = client.post(url, {"merkmal": [ROOM], "stand": "0"})
    assert refused.status_code == 422
    assert "Vereinbart: Frauen" in text(refused)
    assert f'value="{ROOM}" checked' in text(refused)
    client.post(url, {"merkmal": [ROOM], "stand": hidden(text(refused), "stand")})
    assert "Wohnen" in text(client.get(f"{TALKS}aussagen/bm|3/"))


def test_zwei_druecken_zugleich_abschliessen_und_das_gespraech_bleibt_zu(client):
    talk = talk_of(1)
    sit_down(client)
    url = f"{TALKS}{talk.key}/abschliessen/"
    client.post(url)
    assert "Schon abgeschlossen" in text(client.post(url, follow=True))
    assert Talk.objects.get().state == "closed"
    client.post(url, {"oeffnen": "ja"})
    assert Talk.objects.get().state == "open"


def test_zwei_aendern_denselben_code_und_niemand_ueberschreibt_den_anderen(client):
    one = world.code(key="netz", label="Netz")
    sit_down(client)
    url = f"{TALKS}codes/netz/"
    stand = str(one.version)
    client.post(url, {"label": "Glasfaser", "meaning": "schnell", "stand": stand})
    answer = client.post(url, {"label": "Kabel", "meaning": "", "stand": stand})
    assert answer.status_code == 422
    assert "Dort steht jetzt: „Glasfaser“" in text(answer)
    assert Code.objects.get().meaning == "schnell"


def test_angekreuzte_aussagen_werden_ein_bedarf_der_zurueckfuehrt(client):
    talk = talk_of(3)
    person = sit_down(client)
    coded(talk, person, idents=[BUS, "group:frauen", "place:09473112"])
    where = f"{TALKS}{talk.key}/"
    assert "mindestens eine Aussage" in text(client.get(f"{where}bedarf/", follow=True))
    page = text(client.get(f"{where}bedarf/?wahl=bm|1&wahl=bm|2"))
    assert '<option value="mobilitaet" selected>' in page
    assert '<option value="frauen" selected>' in page
    assert '<option value="09473112" selected>' in page
    given = {
        "wahl": ["bm|1", "bm|2"], "statement": "Ein Bus am Abend", "topic": "mobilitaet",
        "target_group": "frauen", "territory": "09473112", "group": "Gemeinden",
    }  # fmt: skip
    assert client.post(f"{where}bedarf/", given | {"topic": ""}).status_code == 422
    page = text(client.post(f"{where}bedarf/", given, follow=True))
    need = Need.objects.get()
    assert page.count(f"{DESK}bedarfe/bedarf/{quote(need.key)}/") == 2
    assert "Ein Bus am Abend" in text(client.get(f"{TALKS}aussagen/bm|1/"))
    voice = need.voices.get()
    assert (voice.group, voice.function, voice.origin) == (
        "Gemeinden", "Bürgermeister", "statement:bm|1",
    )  # fmt: skip


def test_angekreuzte_aussagen_kommen_als_stimmen_zu_einem_bestehenden_bedarf(client):
    talk = talk_of(3)
    person = sit_down(client)
    coded(talk, person, idents=[BUS, "group:frauen", "place:09473112"])
    where = f"{TALKS}{talk.key}/bedarf/"
    assert "Oder zu einem bestehenden Bedarf" not in text(client.get(f"{where}?wahl=bm|1"))
    world.need(key="wohnen", statement="Eine Wohnung", topic=Topic.objects.get(key="wohnen"))
    need = world.need(
        key="bus", statement="Ein Bus am Abend", topic=Topic.objects.get(key="mobilitaet")
    )
    world.need(key="alt", statement="Erfüllt", state="met", state_since=date(2017, 1, 1))
    page = text(client.get(f"{where}?wahl=bm|1&wahl=bm|2"))
    assert page.index("Ein Bus am Abend (") < page.index("Eine Wohnung (")
    assert '<option value="alt">' not in page
    given = {"wahl": ["bm|1", "bm|2"], "need": "bus", "group": "Gemeinden"}
    assert client.post(where, given | {"need": ""}).status_code == 422
    page = text(client.post(where, given, follow=True))
    assert "Als Stimmen zum Bedarf eingetragen: Ein Bus am Abend." in page
    assert "Rückgängig" in page
    voice = need.voices.get()
    assert (voice.group, voice.origin) == ("Gemeinden", "statement:bm|1")
    again = client.post(where, given)
    assert again.status_code == 422
    assert "Diese Aussagen stehen schon bei diesem Bedarf." in text(again)


def test_die_rangfolge_zaehlt_nennungen_und_steht_als_bild_und_tabelle(client):
    person = sit_down(client)
    assert "Es gibt noch kein Gespräch" in text(client.get(f"{TALKS}rangfolge/"))
    coded(talk_of(2), person, idents=[BUS])
    coded(talk_of(1, key="x"), person, idents=[BUS, ROOM])
    talk_of(1, key="y")
    page = text(client.get(f"{TALKS}rangfolge/"))
    assert "3 Aussagen ausgezählt. Ein Gespräch zählt noch nicht mit" in page
    assert page.index("Mobilität</th>") < page.index("Wohnen</th>")
    assert "3 von 3" in page
    assert "Noch nichts auszuzählen" in text(client.get(f"{TALKS}rangfolge/?gespraech=y"))
    assert "Noch nichts auszuzählen" in text(client.get(f"{TALKS}rangfolge/?art=code"))
    assert client.get(f"{TALKS}rangfolge/?art=unsinn&gespraech=nichts").status_code == 200


def test_was_andere_inzwischen_geschrieben_haben_geht_nicht_verloren(client):
    talk = talk_of(1)
    sit_down(client)
    url = f"{TALKS}aussagen/bm|1/"
    client.post(url, {"text": "Neu", "stand": "1"})
    answer = client.post(url, {"text": "Von gestern", "stand": "1"})
    assert answer.status_code == 422
    assert "Dort steht jetzt: „Neu“" in text(answer)
    assert 'name="stand" value="2"' in text(answer)
    assert client.post(url, {"text": "Beides", "stand": "2"}).status_code == 302
    given = {"title": "Runde", "day": "20.01.2017", "planned": "1", "stand": "0"}
    assert client.post(f"{TALKS}{talk.key}/angaben/", given).status_code == 422


def test_aussagen_gespraeche_und_codes_lassen_sich_loeschen_und_zurueckholen(client):
    talk = talk_of(2)
    world.code(key="netz", label="Netz")
    sit_down(client)
    assert "Satz 1" in text(client.get(f"{TALKS}aussagen/bm|1/loeschen/"))
    client.post(f"{TALKS}aussagen/bm|1/loeschen/")
    client.post(f"{TALKS}codes/netz/", {"label": "Glasfaser", "meaning": ""})
    assert "Glasfaser" in text(client.get(f"{TALKS}codes/"))
    client.post(f"{TALKS}codes/netz/loeschen/")
    assert (Statement.objects.count(), Code.objects.count()) == (1, 0)
    client.post(f"{TALKS}{talk.key}/abschliessen/")
    assert "ist abgeschlossen" in text(client.post(f"{TALKS}aussagen/bm|2/", {"text": "x"}))
    answer = client.post(f"{TALKS}{talk.key}/loeschen/", follow=True)
    assert not Talk.objects.exists()
    (told,) = answer.context["messages"]
    client.post(f"{DESK}eintrag/zuruecknehmen/{told.extra_tags}/")
    assert Talk.objects.get().statements.count() == 1


def test_heute_sagt_nichts_ueber_gespraeche(client):
    talk_of(1)
    sit_down(client, role="reader")
    page = text(client.get(DESK))
    assert "Aussage" not in page
    assert "Runde bm" not in page


def test_eine_datei_wird_angehaengt(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    talk = talk_of(1)
    sit_down(client)
    file = SimpleUploadedFile("mitschrift.txt", b"Mitschrift")
    url = f"{TALKS}{talk.key}/dateien/"
    page = client.post(url, {"title": "Mitschrift", "file": file}, follow=True)
    assert "Mitschrift</a>" in text(page)
    assert client.post(url, {"title": ""}).status_code == 422


def table(*lines):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet("Segmente")
        for row, line in enumerate([["Dokument", "Segment", "Code"], *lines]):
            page.write_row(row, 0, line)
    return SimpleUploadedFile("segmente.xlsx", content.getvalue())


def hidden(page, name):
    start = page.index(f'name="{name}" value="') + len(f'name="{name}" value="')
    return page[start : page.index('"', start)]


def test_eine_tabelle_wird_angesehen_und_dann_uebernommen(client):
    sit_down(client)
    url = f"{TALKS}einlesen/"
    file = table(["Ahorn", "Kein Bus", "Mobilität > Bus"], ["Ahorn", "", "Wohnen"])
    page = text(client.post(url, {"datei": file}))
    assert "Eine neue Aussage in 1 Gespräch." in page
    assert "Mobilität &gt; Bus" in page
    assert "B3: ohne Wortlaut" in page
    assert not Talk.objects.exists()
    given = {"tabelle": hidden(page, "tabelle"), "stand": hidden(page, "stand")}
    assert client.post(url, given).status_code == 422
    answer = client.post(url, given | {"day": "20.01.2017"}, follow=True)
    assert "Eingelesen: eine Aussage." in text(answer)
    assert Talk.objects.get().title == "Ahorn"
    # What the preview said does not hold any more.
    again = client.post(url, given | {"day": "20.01.2017"})
    assert again.status_code == 422
    assert "Alles aus dieser Tabelle ist schon da." in text(again)
    client.post(f"{TALKS}aussagen/{quote(Statement.objects.get().key)}/loeschen/")
    assert "Inzwischen hat sich" in text(client.post(url, given | {"day": "20.01.2017"}))


def test_die_vorschau_nennt_namen_und_wer_kodiert_hat_wird_gefragt(client):
    sit_down(client)
    url = f"{TALKS}einlesen/"
    line = ["Ahorn", "Mit Herrn Dr. Muster geht nichts", "Mobilität"]
    page = text(client.post(url, {"datei": table(line)}))
    assert "„Herrn Dr. Muster“. Gespräche nennen nur Funktionen." in page
    given = {"tabelle": hidden(page, "tabelle"), "stand": hidden(page, "stand")}
    client.post(url, given | {"day": "20.01.2017"})
    assert "schon da." in text(client.post(url, {"datei": table(line)}))
    page = text(client.post(url, {"datei": table(line), "andere": "on"}))
    given = {name: hidden(page, name) for name in ("tabelle", "stand", "andere")}
    client.post(url, given | {"day": "20.01.2017"})
    assert Talk.objects.get().finished == ["Eingelesen 1", "Eingelesen 2"]


def test_eine_fremde_oder_unlesbare_tabelle_wird_abgelehnt(client):
    sit_down(client)
    url = f"{TALKS}einlesen/"
    wrong = client.post(url, {"datei": SimpleUploadedFile("liste.csv", b"Name;Ort\nA;B\n")})
    assert "fehlt die Spalte mit den Aussagen" in text(wrong)
    assert client.post(url, {}).status_code == 422
    forged = client.post(url, {"tabelle": "erfunden", "stand": "", "day": "20.01.2017"})
    assert forged.status_code == 422
    assert "noch einmal auswählen" in text(forged)
