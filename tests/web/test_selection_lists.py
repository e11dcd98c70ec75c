"""Die drei Listen einer Jahresauswahl: nebeneinander, erklärt, und daraus die Entscheidung."""

import io
import zipfile
from urllib.parse import quote

import pytest
from tests import world
from tests.programme import year
from tests.programme.year import key_of, score, scored
from tests.web.desk import DESK, sit_down, text

from gelingen.history.recorded import writing
from gelingen.plan.models import Measure
from gelingen.programme.deciding import choose, decide
from gelingen.programme.models import Ballot, Selection
from gelingen.programme.preparing import open_scoring
from gelingen.programme.rules import set_minima

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]


@pytest.fixture
def selection():
    person = year.officer()
    made = year.selection(person)
    scored(person, made)
    made.refresh_from_db()
    return made


def lists(selection):
    return f"{DESK}auswahl/{selection.key}/listen/"


def choice(selection, *chosen, **reasons):
    keys = {one.measure.key: one for one in selection.candidates.select_related("measure")}
    return {
        "zeile": [one.key for one in keys.values()],
        "wahl": [keys[name].key for name in chosen],
        **{f"stand-{one.key}": one.version for one in keys.values()},
        **{f"grund-{keys[name].key}": said for name, said in reasons.items()},
    }


def test_was_niemand_bewertet_hat_steht_auf_der_seite_aber_auf_keiner_liste(client, selection):
    with writing():
        Ballot.objects.update(scores={key_of(selection, "kurs"): {selection.criteria.get().key: 8}})
    sit_down(client)
    page = text(client.get(lists(selection)))
    assert "3 davon hat niemand bewertet; keine Liste schlägt sie vor." in page
    assert "Treff" in page


def test_drei_listen_stehen_nebeneinander_und_der_unterschied_wird_erklaert(client, selection):
    sit_down(client)
    page = text(client.get(lists(selection)))
    assert "4 Maßnahmen stehen zur Wahl." in page
    for name in ("Meiste Punkte", "Gerecht zwischen den Gruppen", "Nach Reihenfolge"):
        assert name in page
    assert "2 Maßnahmen; 0 EUR übrig." in page
    assert "Steht auf Platz 3. Es fehlen 30.000 EUR." in page
    assert "Sie aufzunehmen kostet" in page


def test_gemerkt_ist_noch_nicht_entschieden_und_laesst_sich_zuruecknehmen(client, selection):
    sit_down(client)
    given = choice(selection, "kurs", "lotsin")
    page = text(client.post(lists(selection), {**given, "tun": "merken"}, follow=True))
    assert "Gemerkt. Entschieden ist damit noch nichts." in page
    assert "Rückgängig" in page
    assert set(selection.candidates.filter(chosen=True).values_list("measure__key", flat=True)) == {
        "kurs", "lotsin",
    }  # fmt: skip
    assert Selection.objects.get().decided is None


def test_entschieden_wird_mit_begruendung_und_das_programm_bleibt_stehen(client, selection):
    sit_down(client)
    given = choice(selection, "bus")
    refused = client.post(lists(selection), {**given, "tun": "entscheiden"})
    assert refused.status_code == 422
    assert "bitte begründen" in text(refused)
    given = choice(selection, "bus", lotsin="Der Träger sagt ab.")
    page = text(client.post(lists(selection), {**given, "tun": "entscheiden"}, follow=True))
    assert "Das Programm 2018 ist festgehalten." in page
    assert "Entscheidung zurücknehmen" in page
    page = text(client.post(lists(selection), {"tun": "zuruecknehmen"}, follow=True))
    assert "Entscheiden und festhalten" in page


def test_wer_inzwischen_anders_gewaehlt_hat_wird_nicht_ueberschrieben(client, selection):
    sit_down(client)
    mine = choice(selection, "kurs")
    client.post(lists(selection), {**choice(selection, "bus", bus="Erst."), "tun": "merken"})
    refused = client.post(lists(selection), {**mine, "tun": "merken"})
    assert refused.status_code in {409, 422}
    assert set(selection.candidates.filter(chosen=True).values_list("measure__key", flat=True)) == {
        "bus",
    }  # fmt: skip


def test_abgelehntes_bleibt_auf_der_seite_stehen(client, selection):
    sit_down(client)
    given = choice(selection, "bus", bus="Steht schon im Haushalt.")
    page = client.post(lists(selection), {**given, "tun": "entscheiden"})
    assert page.status_code == 422
    assert "Steht schon im Haushalt." in text(page)
    assert page.content.count(b" checked") == 1
    assert selection.candidates.filter(chosen=None).count() == 4


def test_was_ohne_knopf_ankommt_entscheidet_nichts(client, selection):
    sit_down(client)
    page = client.get(lists(selection))
    assert b"data-draft" not in page.content
    refused = client.post(lists(selection), choice(selection, "kurs"))
    assert refused.status_code == 422
    assert selection.candidates.filter(chosen=None).count() == 4


def test_was_andere_inzwischen_gespeichert_haben_steht_neben_dem_eigenen(client, selection):
    sit_down(client)
    mine = choice(selection, "kurs", bus="Meins.")
    client.post(lists(selection), {**choice(selection, "bus", bus="Erst."), "tun": "merken"})
    page = text(client.post(lists(selection), {**mine, "tun": "merken"}))
    assert "Inzwischen gespeichert: ausgewählt, „Erst.“." in page
    assert "Meins." in page


def test_sieht_jemand_nicht_alle_bewertungen_gibt_es_fuer_ihn_keine_listen(client):
    person = year.officer()
    made = year.selection(person)
    agreed(showing="never")
    made.refresh_from_db()
    scored(person, made)
    sit_down(client, role="steering")
    page = text(client.get(lists(made)))
    assert "Die Listen entstehen aus allen Bewertungen" in page
    assert "Kurs" not in page
    decided(person, made)
    page = text(client.get(lists(made)))
    assert "Das Programm 2018: 2 von 4 Maßnahmen." in page
    assert ">Punkte<" not in page


def agreed(**said):
    with writing():
        Selection.objects.update(**said)


def decided(person, made):
    made.refresh_from_db()
    wanted = {key_of(made, name): name in ("kurs", "lotsin") for name in year.COSTS}
    choose(actor=person, selection=made, chosen=wanted, reasons={})
    decide(actor=person, selection=made, on=year.TODAY)


def test_die_vorlage_sagt_nichts_von_einzelnen_gruppen_wenn_das_vereinbart_ist(client, selection):
    agreed(showing="never")
    sit_down(client)
    page = text(client.get(f"{lists(selection)}vorlage.html"))
    assert "Punkte der Gruppen" not in page
    agreed(showing="afterwards")
    assert "Punkte der Gruppen" in text(client.get(f"{lists(selection)}vorlage.html"))


def test_was_einem_themenfeld_fehlt_steht_bei_listen_ankreuzen_und_vorlage(client, selection):
    topic = world.topic(key="arbeit", name="Arbeit")
    with writing():
        Measure.objects.filter(key="bus").update(topic=topic)
    set_minima(actor=year.officer(), selection=selection, wished={"arbeit": 1})
    sit_down(client)
    client.post(lists(selection), {**choice(selection, "kurs", "lotsin"), "tun": "merken"})
    page = text(client.get(lists(selection)))
    # The list in order knows nothing of it, and the ticked choice misses it too.
    assert page.count("Zu wenig aus: „Arbeit“.") == 2
    assert "Zu wenig aus: „Arbeit“." in text(client.get(f"{lists(selection)}vorlage.html"))


def test_sind_sich_die_listen_oft_uneinig_wird_ein_preis_auf_wunsch_gerechnet(
    client, selection, monkeypatch
):
    monkeypatch.setattr("gelingen.web.programme.lines.AT_ONCE", 0)
    sit_down(client)
    page = client.get(lists(selection))
    assert "kostet" not in text(page).split("Unterschied", 1)[1].replace("Änderung kostet", "")
    way = f"?preis={key_of(selection, 'treff')}"
    assert quote(way, safe="?=#-_") in page.content.decode()
    assert text(client.get(lists(selection) + way)).count("Sie aufzunehmen kostet") == 1


@pytest.mark.parametrize("role", ["reader", "steering"])
def test_wer_die_auswahl_nicht_fuehrt_liest_und_waehlt_nicht(client, selection, role):
    sit_down(client, role=role)
    page = text(client.get(lists(selection)))
    assert "Nach Reihenfolge" in page
    assert 'type="checkbox"' not in page
    assert client.post(lists(selection), {"tun": "merken"}).status_code == 403
    assert client.get(f"{lists(selection)}vorlage.pdf").status_code == 403


def test_solange_bewertet_wird_sehen_andere_keine_listen(client):
    person = year.officer()
    made = year.selection(person)
    open_scoring(actor=person, selection=made)
    score(person, made, "ag", kurs=9)
    sit_down(client, role="steering")
    page = text(client.get(lists(made)))
    assert "Die Listen entstehen aus allen Bewertungen" in page
    assert "Kurs" not in page


def test_die_vorlage_sagt_was_ausgewaehlt_ist_und_warum(client, selection):
    sit_down(client)
    given = choice(selection, "kurs", "lotsin", treff="Im nächsten Jahr.")
    client.post(lists(selection), {**given, "tun": "entscheiden"})
    page = text(client.get(f"{lists(selection)}vorlage.html"))
    assert "Im Jahr 2018 werden begonnen oder fortgesetzt" in page
    assert "Kurs (60.000 EUR)" in page
    assert "Im nächsten Jahr." in page
    docx = client.get(f"{lists(selection)}vorlage.docx")
    with zipfile.ZipFile(io.BytesIO(docx.content)) as packed:
        assert "Auswahl der Maßnahmen 2018" in packed.read("word/document.xml").decode()
    assert client.get(f"{lists(selection)}vorlage.txt").status_code == 404


@pytest.mark.parametrize("more", [0, 6])
def test_mehr_massnahmen_kosten_nicht_mehr_abfragen(client, django_assert_num_queries, more):
    from gelingen.programme.preparing import add_candidates  # noqa: PLC0415 - this test alone

    person = year.officer()
    made = year.selection(person)
    for number in range(more):
        world.measure(key=f"weitere{number}", cost_year_high=1_000)
    wanted = [f"weitere{number}" for number in range(more)]
    add_candidates(actor=person, selection=made, measures=wanted)
    scored(person, made)
    assert key_of(made, "kurs")
    sit_down(client)
    client.get(lists(made))
    with django_assert_num_queries(QUERIES):
        client.get(lists(made))


QUERIES = 16
