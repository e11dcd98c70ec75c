"""Vorlagen am Arbeitsplatz: schreiben, freigeben, beraten, beschließen, Folgen, Dokumente."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import world
from tests.papers.county import bodies, listed, measures
from tests.papers.county import paper as write_paper
from tests.web.desk import DESK, TODAY, sit_down, text

from gelingen.access.queries import on_day
from gelingen.boards import minuting
from gelingen.boards.models import AgendaItem, Body
from gelingen.documents.house import blank
from gelingen.papers import releasing, writing
from gelingen.papers.models import Consequence, Deliberation, Paper, PaperRules
from gelingen.plan.models import Measure
from gelingen.reports.papers.filling import example_template
from gelingen.terms.vocabulary import Maturity
from gelingen.web.boards.meetings.origins import closed_ones, offered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
BASE = DESK + "gremien/vorlagen/"


@pytest.fixture(autouse=True)
def _county():
    bodies()
    measures()


def actor(person):
    return on_day(person, on=TODAY)


def other():
    """Another officer at a desk of their own."""
    client = Client()
    return client, sit_down(client)


def url(one, way=""):
    return f"{BASE}{one.key}/{way}"


def release(one, by, second):
    releasing.submit(actor=actor(by), paper=one)
    releasing.release(actor=actor(second), paper=one, on=TODAY)


def released(by, **more):
    one = write_paper(actor(by), **more)
    release(one, by, world.person(role="officer"))
    return one


def note(client, one, result, **given):
    """Note a result at the station whose turn it is, as the page offers it."""
    way = re.search(r'href="([^"]+/ergebnis/)"', text(client.get(url(one))))[1]
    stand = re.search(r'name="stand" value="([^"]*)"', text(client.get(way)))[1]
    sent = {"result": result, "on": "01.06.2017", "stand": stand, **given}
    return client.post(way, sent, follow=True)


def adopted(client, person, **more):
    one = released(person, **more)
    for result in ("discussed", "unchanged", "majority"):
        note(client, one, result)
    return one


# Write


def test_ohne_vorlage_sagt_die_seite_was_eine_ist_und_wie_die_erste_entsteht(client):
    sit_down(client)
    page = text(client.get(BASE))
    assert "Noch keine Vorlage" in page
    assert f'href="{BASE}neu/"' in page


def test_wer_kein_gremium_leitet_liest_nur(client):
    sit_down(client, role="reader")
    page = text(client.get(BASE))
    assert "Vorlage schreiben" not in page
    assert client.get(f"{BASE}neu/").status_code == 403
    assert client.get(f"{BASE}regeln/").status_code == 403


def test_angekreuzte_massnahmen_werden_ein_entwurf_mit_zahlen_und_beratungsfolge(client):
    sit_down(client)
    page = text(
        client.post(f"{BASE}neu/", {"wahl": ["m1", "m2"], "art": "resolution"}, follow=True)
    )
    for told in (
        "Entwurf geschrieben.", "15.000 bis 19.000 EUR", "Beirat", "Sozialausschuss", "Kreistag",
        "Vorlage löschen", "Rückgängig",
    ):  # fmt: skip
        assert told in page, told


def test_ohne_kreuz_sagt_die_seite_was_fehlt(client):
    sit_down(client)
    answer = client.post(f"{BASE}neu/", {"art": "resolution"})
    assert answer.status_code == 422
    assert "Bitte mindestens eine Maßnahme ankreuzen" in text(answer)


def test_aus_einer_entschiedenen_auswahl_kommen_genau_die_gewaehlten(client):
    sit_down(client)
    steering = world.body(key="st", name="Steuerungsgruppe", kind="steering")
    chosen = world.selection(key="wahl", state="decided", decided=TODAY, body=steering)
    for one in listed():
        world.candidate(selection=chosen, measure=one, chosen=one.key != "m2")
    page = text(client.post(f"{BASE}neu/", {"auswahl": "wahl"}, follow=True))
    assert "Maßnahmen 2018: 2 Maßnahmen" in page
    assert "Lotsen in den Gemeinden" not in page
    assert Paper.objects.get().body == steering


def test_ein_geloeschter_entwurf_laesst_sich_zurueckholen(client):
    person = sit_down(client)
    one = write_paper(actor(person))
    page = text(client.post(url(one, "loeschen/"), follow=True))
    assert not Paper.objects.exists()
    undo = re.search(r'action="([^"]+)"[^>]*>(?:(?!</form>).)*Rückgängig', page, re.DOTALL)
    client.post(undo[1], {"csrfmiddlewaretoken": "x"})
    assert Deliberation.objects.count() == 3


def test_zwei_die_dieselbe_vorlage_aendern_sehen_beide_fassungen(client):
    person = sit_down(client)
    one = write_paper(actor(person))
    page = text(client.get(url(one, "aendern/")))
    stand = re.search(r'name="stand" value="([^"]*)"', page)[1]
    writing.change_paper(
        actor=actor(world.person()), paper=one, given=writing.Given("Von jemand anders")
    )
    sent = {"stand": stand, "subject": "Von mir", "kind": "resolution"}
    answer = client.post(url(one, "aendern/"), sent)
    assert "Zwei Fassungen" in text(answer)
    assert "Von jemand anders" in text(answer)
    assert Paper.objects.get().subject == "Von jemand anders"


def test_ein_falscher_betrag_steht_am_feld(client):
    person = sit_down(client)
    one = write_paper(actor(person))
    sent = {"subject": "S", "kind": "resolution", "once_low": "viel", "year_low": "10",
            "year_high": "5"}  # fmt: skip
    answer = client.post(url(one, "aendern/"), sent)
    assert answer.status_code == 422
    assert "Der größere Betrag steht hinter dem kleineren." in text(answer)


def test_ein_ergebnis_ist_nicht_vorausgewaehlt(client):
    person = sit_down(client)
    one = released(person)
    page = text(client.get(url(one)))
    way = re.search(r'href="([^"]+/ergebnis/)"', page)[1]
    assert '<option value="" selected>bitte wählen</option>' in text(client.get(way))
    assert note(client, one, "").status_code == 422
    assert Deliberation.objects.filter(result="").count() == 3


# Release


def test_die_seite_bietet_die_freigabe_nur_der_zweiten_person(client):
    person = sit_down(client)
    one = write_paper(actor(person))
    client.post(url(one, "weg/einreichen/"))
    assert "Freigeben muss eine andere Person" in text(client.get(url(one)))
    second, _ = other()
    assert ">Freigeben<" in text(second.get(url(one)))
    page = text(second.post(url(one, "weg/freigeben/"), follow=True))
    assert "Fassung 1" in page
    assert Paper.objects.get().state == "released"


def test_ein_unbekannter_schritt_ist_keine_seite(client):
    person = sit_down(client)
    assert client.post(url(write_paper(actor(person)), "weg/zaubern/")).status_code == 404


def test_ohne_zweite_person_laesst_sich_ein_ganzer_entwurf_gleich_freigeben(client):
    person = sit_down(client)
    client.post(f"{BASE}regeln/", {"stand": "0"})
    assert PaperRules.objects.get().second_person is False
    one = write_paper(actor(person))
    assert ">Freigeben<" in text(client.get(url(one)))
    client.post(url(one, "weg/freigeben/"))
    assert Paper.objects.get().state == "released"


def test_zwei_fassungen_nebeneinander(client):
    person = sit_down(client)
    one = released(person)
    releasing.reopen(actor=actor(person), paper=one)
    given = writing.Given("Neuer Betreff", facts=one.facts, proposal=one.proposal)
    writing.change_paper(actor=actor(person), paper=one, given=given)
    release(one, person, world.person())
    page = text(client.get(url(one, "fassungen/?von=1&bis=2")))
    assert "Neuer Betreff" in page
    assert "Maßnahme" in page
    assert client.get(url(one, "fassungen/?von=9&bis=2")).status_code == 404


# Who sees what


MARK = "Zwiebelturm"


def everywhere(client, one, annex):
    """All pages that could tell of a paper, and their texts."""
    ways = ["", "fassungen/", "papier/html/", "papier/haus/", f"datei/{annex}/"]
    pages = [BASE, f"{BASE}?stand=released", DESK, f"{DESK}gremien/", f"{DESK}plan/massnahmen/m1/"]
    pages += [
        f"{DESK}suche/?suche={MARK}",
        f"{DESK}suche/?q={MARK}",
        *(url(one, way) for way in ways),
    ]
    return {way: client.get(way) for way in pages}


@pytest.mark.parametrize("state", ["draft", "released"])
@pytest.mark.parametrize("who", ["reader", "member"])
def test_nichtoeffentliches_ist_auf_keiner_seite(client, state, who):
    officer = sit_down(client)
    given = {"subject": f"{MARK} kaufen", "public": False, "number": f"{MARK} 1"}
    one = write_paper(actor(officer), **given)
    file = SimpleUploadedFile("a.txt", f"{MARK}".encode())
    client.post(url(one, "dateien/"), {"title": f"{MARK} Plan", "file": file, "public": "on"})
    annex = re.search(r"/datei/([\w-]+)/", text(client.get(url(one))))[1]
    one.refresh_from_db()
    if state == "released":
        release(one, officer, world.person())
    reader = Client()
    sit_down(reader, role=who)
    for way, answer in everywhere(reader, one, annex).items():
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert MARK.encode() not in body or "suche" in way, way
        if one.key in way:
            assert answer.status_code == 404, way
    assert reader.get(reverse("attachment", args=["09473", annex])).status_code == 404
    assert MARK in text(client.get(url(one)))


def test_wer_in_der_beratungsfolge_sitzt_sieht_sie_freigegeben_mit_anlage(client):
    officer = sit_down(client)
    one = write_paper(actor(officer), subject=f"{MARK} kaufen", public=False)
    file = SimpleUploadedFile("a.txt", b"innen")
    client.post(url(one, "dateien/"), {"title": "Innen", "file": file})
    one.refresh_from_db()
    release(one, officer, world.person())
    member = Client()
    person = sit_down(member, role="member")
    seat = world.seat(body=Body.objects.get(key="council"), order=3)
    world.tenure(seat=seat, function="Kreisrätin", person=person)
    page = text(member.get(url(one)))
    assert MARK in page
    assert "Innen" in page
    assert "Verlauf" not in page


def test_eine_nichtoeffentliche_anlage_einer_oeffentlichen_vorlage_bleibt_innen(client):
    officer = sit_down(client)
    one = write_paper(actor(officer))
    file = SimpleUploadedFile("a.txt", b"innen")
    client.post(url(one, "dateien/"), {"title": MARK, "file": file})
    one.refresh_from_db()
    release(one, officer, world.person())
    annex = re.search(r"/datei/([\w-]+)/", text(client.get(url(one))))[1]
    reader = Client()
    sit_down(reader, role="reader")
    assert MARK not in text(reader.get(url(one)))
    assert MARK not in text(reader.get(url(one, "papier/html/")))
    assert reader.get(url(one, f"datei/{annex}/")).status_code == 404


# Deliberation and what follows


def test_die_reihenfolge_wird_mit_knoepfen_geaendert(client):
    person = sit_down(client)
    one = write_paper(actor(person))
    council = Deliberation.objects.get(body__key="council")
    client.post(url(one, f"station/{council.key}/ordnen/"), {"wohin": "hoch"})
    found = Deliberation.objects.order_by("order").values_list("body__key", flat=True)
    assert list(found) == ["advisory", "council", "committee"]
    client.post(url(one, f"station/{council.key}/loeschen/"))
    sent = {"body": "council", "role": "notice", "planned": "01.09.2017"}
    page = text(client.post(url(one, "stationen/"), sent, follow=True))
    assert "Kenntnisnahme · geplant für 01.09.2017" in page


def test_von_der_tagesordnung_in_die_niederschrift_und_zurueck_in_die_vorlage(client):
    person = sit_down(client)
    one = released(person)
    station = Deliberation.objects.get(body__key="advisory")
    meeting = world.meeting(body=station.body, day=date(2017, 6, 20), state="planned")
    way = url(one, f"station/{station.key}/tagesordnung/")
    assert "20.06.2017" in text(client.get(way))
    page = text(client.post(way, {"sitzung": meeting.key}, follow=True))
    assert "auf der Tagesordnung am 20.06.2017" in page
    item = AgendaItem.objects.get()
    minuting.write_item(
        actor=actor(person), item=item, batch="",
        said=minuting.Said(result="majority", resolution="So machen wir es.", yes=7, no=2),
    )  # fmt: skip
    page = text(client.get(url(one)))
    assert "Ergebnis aus der Sitzung übernehmen" in page
    offered = text(client.get(url(one, f"station/{station.key}/ergebnis/")))
    assert "Aus der Niederschrift übernommen; bitte prüfen." in offered
    assert "So machen wir es." in offered
    sent = {"result": "majority", "on": "20.06.2017", "adopted": "So machen wir es.", "yes": "7"}
    page = text(client.post(url(one, f"station/{station.key}/ergebnis/"), sent, follow=True))
    assert "Als Nächstes: Sozialausschuss." in page


def test_nach_dem_beschluss_entstehen_folgen_erst_nach_der_vorschau(client):
    person = sit_down(client)
    one = adopted(client, person)
    assert "Folgen eintragen" in text(client.get(url(one)))
    sent = {
        "wahl": ["m1"], "structure": "Kursbüro", "organisation": "jugendamt",
        "function": "delivers", "structure_starts": "01.01.2018", "body": "AG Sprache",
        "body_kind": "working_group", "body_starts": "01.01.2018", "task": "Räume suchen",
        "due": "30.09.2017",
    }  # fmt: skip
    page = text(client.post(url(one, "folgen/"), sent))
    assert "Noch ist nichts geschrieben" in page
    assert not Consequence.objects.exists()
    stamp = re.search(r'name="stempel" value="(\w+)"', page)[1]
    page = text(client.post(url(one, "folgen/"), {**sent, "stempel": stamp}, follow=True))
    assert "4 Folgen" in page
    assert Measure.objects.get(key="m1").maturity == Maturity.DECIDED
    task = Consequence.objects.get(kind="task")
    page = text(client.post(url(one, f"folge/{task.key}/"), follow=True))
    assert "Erledigt." in page


def test_eine_struktur_ohne_traeger_sagt_was_fehlt(client):
    person = sit_down(client)
    one = adopted(client, person)
    answer = client.post(
        url(one, "folgen/"), {"structure": "Büro", "function": "delivers", "body_kind": "network"}
    )
    assert answer.status_code == 422
    assert "Bitte einen Träger wählen." in text(answer)


# Documents and the template of the house


@pytest.mark.parametrize(("fmt", "kind"), [("pdf", "pdf"), ("docx", "word"), ("html", "html"),
                                           ("haus", "word")])  # fmt: skip
def test_das_dokument_in_allen_formaten(client, fmt, kind):
    person = sit_down(client)
    answer = client.get(url(released(person), f"papier/{fmt}/"))
    assert answer.status_code == 200
    assert kind in answer["Content-Type"]
    assert "attachment" in answer["Content-Disposition"]


def test_die_hausvorlage_wird_geprueft_gebraucht_und_wieder_abgelegt(client):
    person = sit_down(client)
    one = released(person)
    way = f"{BASE}regeln/hausvorlage/"
    bad = SimpleUploadedFile("haus.docx", blank([("Normal", "Herr {{ landradt }}")]))
    answer = client.post(way, {"file": bad})
    assert answer.status_code == 422
    assert "„landradt“ gibt es nicht, im Absatz „Herr {{ landradt }}“" in text(answer)
    good = SimpleUploadedFile("haus.docx", blank([("Normal", "Haus: {{ betreff }}")]))
    page = text(client.post(way, {"file": good}, follow=True))
    assert "geprüft und übernommen" in page
    assert b"".join(client.get(f"{way}datei/").streaming_content)[:2] == b"PK"
    filled = client.get(url(one, "papier/haus/"))
    assert b"PK" in filled.content[:4]
    assert len(filled.content) < len(example_template()) + 4000
    client.post(way, {"entfernen": "ja"})
    assert PaperRules.objects.get().template == ""
    assert client.get(f"{way}datei/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_die_seiten_kosten_gleich_viel_bei_einer_und_bei_drei(client, number):
    person = sit_down(client)
    made = [released(person) for _ in range(number)]
    found = {}
    for name, way in (("Liste", BASE), ("Vorlage", url(made[0])), ("Neu", f"{BASE}neu/")):
        client.get(way)
        with CaptureQueriesContext(connection) as queries:
            client.get(way)
        found[name] = len(queries)
    assert found == {"Liste": 8, "Vorlage": 16, "Neu": 7}


# Elsewhere at the desk


def test_heute_fuehrt_zur_vorlage_die_freizugeben_ist(client):
    person = world.person()
    one = write_paper(actor(person), subject=f"{MARK} kaufen")
    releasing.submit(actor=actor(person), paper=one)
    world.structure()
    sit_down(client)
    page = text(client.get(DESK))
    assert f"{MARK} kaufen" in page
    assert "freigeben muss eine andere Person" in page
    assert f'href="{url(one)}"' in page


def test_die_suche_findet_nur_was_man_sehen_darf(client):
    person = sit_down(client)
    one = released(person, subject=f"{MARK} kaufen", public=False)
    assert f'href="{url(one)}"' in text(client.get(f"{DESK}suche/?q={MARK}"))
    reader = Client()
    sit_down(reader, role="reader")
    assert url(one) not in text(reader.get(f"{DESK}suche/?q={MARK}"))


def test_eine_vorlage_steht_dem_gremium_zur_wahl_bis_es_beraten_hat(client):
    person = sit_down(client)
    one = released(person, public=False)
    advisory = Body.objects.get(key="advisory")
    pick = reverse("pick-items", args=["09473", "advisory"])
    assert one.subject in text(client.get(f"{pick}?woher=paper"))
    request = type("Request", (), {"user": actor(person), "tenant": one.tenant})()
    assert offered(request, advisory, "paper") == [(f"paper:{one.key}", one.subject)]
    assert closed_ones(request, [f"paper:{one.key}"]) == {f"paper:{one.key}"}
    note(client, one, "discussed")
    assert offered(request, advisory, "paper") == []


def test_wer_nur_ein_gremium_leitet_schreibt_dafuer_und_aendert_keine_regeln(client):
    person = sit_down(client, role="member")
    steering = world.body(key="st", name="Steuerungsgruppe", kind="steering")
    world.tenure(seat=world.seat(body=steering, office="chair"), person=person)
    page = text(client.get(BASE))
    assert "Vorlage schreiben" in page
    assert "Regeln und Hausvorlage" not in page
    client.post(f"{BASE}neu/", {"wahl": ["m1"], "art": "resolution"})
    assert Paper.objects.get().body == steering


def test_ein_schritt_auf_einem_alten_stand_geht_nicht_durch(client):
    person = sit_down(client)
    one = write_paper(actor(person))
    seen = one.version
    writing.change_paper(actor=actor(world.person()), paper=one, given=writing.Given("Anders"))
    answer = client.post(url(one, "weg/zurueckziehen/"), {"stand": str(seen)})
    assert answer.status_code in {409, 422}
    assert Paper.objects.get().state == "draft"


# Where a paper is found from


def test_die_massnahme_nennt_die_vorlagen_die_nach_ihr_fragen(client):
    officer = sit_down(client)
    one = released(officer)
    draft = write_paper(actor(officer), subject="Entwurf für später")
    reader = Client()
    sit_down(reader, role="reader")
    page = f"{DESK}plan/massnahmen/m1/"
    assert one.subject in text(client.get(page))
    assert draft.subject in text(client.get(page))
    assert one.subject in text(reader.get(page))
    assert draft.subject not in text(reader.get(page))


def test_die_liste_zeigt_was_ein_gremium_einbringt_oder_beraet(client):
    one = released(sit_down(client))
    world.body(key="ag", name="AG Sprache", kind="working_group")
    assert one.subject in text(client.get(BASE, {"gremium": "council"}))
    assert one.subject not in text(client.get(BASE, {"gremium": "ag"}))


def test_im_plan_angekreuzte_massnahmen_stehen_angekreuzt_in_der_neuen_vorlage(client):
    world.measure(key="t1", title="Kurse")
    world.measure(key="t2", title="Treff")
    world.measure(key="t3", title="Vorbei", maturity="finished")
    sit_down(client)
    page = text(client.get(f"{DESK}plan/"))
    ticks = re.findall(r'form="vorlage" name="massnahme" value="(\w+)"', page)
    assert [one for one in ticks if one.startswith("t")] == ["t1", "t2"]
    assert "Vorlage daraus" in page
    page = text(client.get(f"{DESK}gremien/vorlagen/neu/?massnahme=t2"))
    assert re.findall(r'value="(\w+)" checked> <span>(?:Kurse|Treff)', page) == ["t2"]


def test_wer_kein_gremium_leitet_kreuzt_im_plan_nichts_an(client):
    world.measure(key="t1", title="Kurse")
    sit_down(client, role="reader")
    page = text(client.get(f"{DESK}plan/"))
    assert "Kurse" in page
    assert 'form="vorlage"' not in page
