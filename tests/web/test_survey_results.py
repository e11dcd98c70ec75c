"""Ergebnisse einer Umfrage am Arbeitsplatz: Bilder mit Tabelle, Gründe, freie Texte, Bericht."""

from datetime import date

import pytest
from django_tasks_db.models import DBTaskResult
from tests import world
from tests.surveys.answered import answer, answers, question, survey
from tests.web.desk import DESK, sit_down, text

from gelingen.history.recording import change
from gelingen.reports.shelf import folder_of
from gelingen.reports.survey.writing import write_survey_report
from gelingen.surveys.published import Publication, TextRelease
from gelingen.terms.vocabulary import Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
PAGE = f"{DESK}bedarfe/umfragen/umfrage/ergebnisse/"
TEXTS = f"{PAGE}texte/"
ON = date(2017, 6, 1)


def test_ohne_antworten_sagt_die_seite_was_fehlt(client):
    of = survey(state="open")
    question(of, "a")
    sit_down(client)
    assert "Sie stehen hier, sobald jemand geantwortet hat." in text(client.get(PAGE))


def test_jede_frage_hat_bild_und_tabelle_mit_n(client):
    of = survey()
    question(of, "a", text="Läuft es?")
    answers(of, 12, "kurse", a="ja")
    answers(of, 2, "vereine", a="nein")
    sit_down(client)
    page = text(client.get(PAGE))
    assert "<svg" in page
    assert "2 von 14" in page
    assert "n = 14 von 14 haben diese Frage beantwortet" in page
    assert "nicht interpretierbar" in page
    groups = text(client.get(PAGE + "?gruppe=*"))
    assert "12 von 12" in groups
    one = text(client.get(PAGE + "?gruppe=vereine"))
    assert "2 von 2" in one
    assert "12 von 12" not in one


def test_anonym_sagt_die_seite_ab_wann_etwas_dasteht(client):
    of = survey("anonymous")
    question(of, "a")
    answers(of, 4, a="ja")
    sit_down(client)
    page = text(client.get(PAGE))
    assert "Ergebnisse stehen hier ab 5 Antworten" in page
    assert "n = " not in page


def test_anonym_steht_solange_sie_laeuft_nur_die_zahl_der_antworten_da(client):
    of = world.survey(key="umfrage", mode="anonymous", state="open", threshold=5)
    question(of, "a")
    answers(of, 4, a="ja")
    sit_down(client)
    assert "Noch weniger als 5 Antworten; die Umfrage läuft noch." in text(client.get(PAGE))
    answers(of, 8, a="ja")
    page = text(client.get(PAGE))
    assert "12 Antworten; die Umfrage läuft noch." in page
    assert "Eine anonyme Umfrage zeigt Ergebnisse erst, wenn sie zu Ende ist" in page
    assert "<svg" not in page
    assert "n = " not in page


def test_eine_zurueckgehaltene_frage_sagt_warum_und_hat_keine_tabelle(client):
    of = survey()
    question(of, "a", options={"ja": "ja", "teils": "teils", "nein": "nein"})
    question(of, "b", text="Und warum?", after=("a", ["teils"]))
    answers(of, 3, a="ja")
    answers(of, 7, a="teils", b="ja")
    answers(of, 20, a="nein")
    sit_down(client)
    page = text(client.get(PAGE + "?ansicht=aussen&frage=umfrage.b"))
    assert "Diese Frage ist nur einem Teil gestellt worden." in page
    assert "<table" not in page
    assert "7 von 30" in text(client.get(PAGE))


def test_die_frage_nach_der_gruppe_laesst_sich_geschuetzt_nicht_waehlen(client):
    of = survey()
    question(of, "g", text="Wozu gehören Sie?")
    question(of, "a")
    with change(by="x", verb=Verb.CHANGED, of=of):
        of.group_question = "umfrage.g"
    answers(of, 12, g="ja", a="ja")
    sit_down(client)
    assert "Wozu gehören Sie?" in text(client.get(PAGE))
    page = text(client.get(PAGE + "?ansicht=aussen&frage=umfrage.g"))
    assert "Wozu gehören Sie?" not in page
    assert "Frage a?" in page


def test_verborgenes_steht_mit_grund_da(client):
    of = survey()
    question(of, "a")
    answers(of, 12, "kurse", a="ja")
    answers(of, 2, "kurse", a="nein")
    sit_down(client)
    page = text(client.get(PAGE + "?ansicht=aussen"))
    assert "nein: Nicht ausgewiesen, weil die Zahl klein ist." in page
    assert "2 von 14" not in page
    assert "Zahlen von 1 bis 4 sind nicht ausgewiesen" in page


def test_anonym_sagt_kein_grund_welche_zahl_die_kleine_ist(client):
    of = survey("anonymous")
    question(of, "a")
    answers(of, 12, a="ja")
    answers(of, 2, a="nein")
    sit_down(client)
    page = text(client.get(PAGE))
    assert "nein: Nicht ausgewiesen, zum Schutz einzelner Antworten." in page
    assert "weil die Zahl klein ist" not in page


def test_der_bericht_wird_als_auftrag_geschrieben_und_liegt_im_regal(client, settings, tmp_path):
    settings.HOME = tmp_path
    of = survey()
    question(of, "a", text="Läuft es?")
    answers(of, 12, "kurse", a="ja")
    person = sit_down(client)
    page = text(client.post(PAGE, {"by": "Integrationsbeauftragte"}, follow=True))
    assert "Der Bericht wird geschrieben" in page
    job = DBTaskResult.objects.get()
    assert job.args_kwargs["kwargs"] == {
        "actor_id": person.pk, "tenant_key": "09473", "survey": "umfrage",
        "by": "Integrationsbeauftragte", "on": "2017-06-01",
    }  # fmt: skip
    write_survey_report(person, world.tenant(), "umfrage", by="Integrationsbeauftragte", on=ON)
    names = sorted(path.suffix for path in folder_of(world.tenant()).iterdir())
    assert names == [".docx", ".html", ".pdf", ".xlsx"]
    shelf = text(client.get(f"{DESK}dokumente/"))
    assert "Umfrage „Umfrage unter Akteuren“, Ergebnisse, Stand 01.06.2017" in shelf
    assert "Arbeitsmappe (XLSX)" in shelf
    assert "Veröffentlicht am 01.06.2017 von: Integrationsbeauftragte" in text(client.get(PAGE))


def test_ohne_funktion_wird_nichts_geschrieben(client):
    of = survey()
    question(of, "a")
    answers(of, 12, a="ja")
    sit_down(client)
    assert client.post(PAGE, {"by": ""}).status_code == 422
    assert not DBTaskResult.objects.exists()


def test_solange_die_umfrage_offen_ist_wird_nichts_veroeffentlicht(client):
    of = world.survey(key="umfrage", state="open", threshold=5)
    question(of, "a")
    answers(of, 12, a="ja")
    sit_down(client)
    page = text(client.post(PAGE, {"by": "Amt"}, follow=True))
    assert "Veröffentlicht wird, wenn die Umfrage geschlossen ist" in page
    assert "Bericht schreiben" not in page
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize(("many", "there"), [(1, "ist eine"), (2, "sind 2")])
def test_mit_zu_wenigen_antworten_steht_statt_des_knopfs_wie_viele_ein_bericht_braucht(
    client, many, there
):
    of = survey()
    question(of, "a")
    answers(of, many, a="ja")
    sit_down(client)
    page = text(client.get(PAGE))
    assert f"Ein Bericht braucht 5 Antworten; da {there}." in page
    assert "Bericht schreiben" not in page
    answers(of, 5 - many, a="ja")
    assert "Bericht schreiben" in text(client.get(PAGE))


def test_texte_werden_auf_der_seite_gelesen_geaendert_und_freigegeben(client):
    of = survey()
    question(of, "t", "text", text="Was noch?")
    one = answer(of, t="Frau Muster soll bleiben")
    sit_down(client)
    page = text(client.get(TEXTS))
    assert "1 Text, davon 1 nicht freigegeben." in page
    assert "sonst zusammen unter „Freie Texte“, ohne die Frage" in page
    sent = {"frage": "umfrage.t", "antwort": f"r{one.pk}", "by": "Amt"}
    assert client.post(TEXTS, {**sent, "text": ""}).status_code == 422
    page = text(client.post(TEXTS, {**sent, "text": "[Name] soll bleiben"}, follow=True))
    assert "Text freigegeben." in page
    assert "im Bericht steht: „[Name] soll bleiben“" in page
    client.post(TEXTS, {**sent, "zuruecknehmen": "ja"})
    assert not TextRelease.objects.exists()


def test_anonym_stehen_texte_erst_am_ende_da(client):
    of = world.survey(key="umfrage", mode="anonymous", state="open", threshold=5)
    question(of, "t", "text")
    answers(of, 6, t="Mehr Kurse")
    sit_down(client)
    page = text(client.get(TEXTS))
    assert "Mehr Kurse" not in page
    assert "Eine anonyme Umfrage zeigt sie erst, wenn sie zu Ende ist" in page
    with change(by="x", verb=Verb.ENDED, of=of):
        of.state = "closed"
    assert "Mehr Kurse" in text(client.get(TEXTS))


def test_wer_nur_liest_sieht_weder_ergebnisse_noch_texte(client):
    of = survey()
    question(of, "t", "text")
    answers(of, 6, t="geheim")
    sit_down(client, role="reader")
    for url in (PAGE, TEXTS):
        answer_ = client.get(url)
        assert answer_.status_code in (403, 404)
        assert "geheim" not in text(answer_)
    assert client.post(PAGE, {"by": "Amt"}).status_code in (403, 404)
    assert not Publication.objects.exists()


@pytest.mark.parametrize("many", [1, 3])
def test_mehr_antworten_und_fragen_kosten_keine_abfrage_mehr(
    client, django_assert_num_queries, many
):
    of = survey()
    for number in range(many):
        question(of, f"a{number}")
    answers(of, 6 * many, "kurse", **{f"a{number}": "ja" for number in range(many)})
    sit_down(client)
    client.get(PAGE)
    with django_assert_num_queries(13):
        client.get(PAGE)
