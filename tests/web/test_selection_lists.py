"""Die drei Listen einer Jahresauswahl: nebeneinander, erklärt, und daraus die Entscheidung."""

import io
import zipfile

import pytest
from tests import world
from tests.programme import year
from tests.programme.year import key_of, score, scored
from tests.web.desk import DESK, sit_down, text

from gelingen.programme.models import Selection
from gelingen.programme.preparing import open_scoring

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
    assert "Noch ist keine Bewertung zu sehen" in page
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
