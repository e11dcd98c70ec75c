"""Umfragen am Arbeitsplatz: anlegen, Fragen bauen und ordnen, Texte, Sprachen, öffnen."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import world
from tests.web.desk import DESK, sit_down, text

from gelingen.desk.drafts import keep_draft
from gelingen.history.models import ChangeEvent
from gelingen.history.recording import change
from gelingen.surveys.models import Invitation, LanguageRelease, Question, Response, Survey
from gelingen.surveys.queries import questions
from gelingen.surveys.translating import passages
from gelingen.terms.vocabulary import Verb
from gelingen.web.surveys.views import condition_in_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
SURVEYS = DESK + "bedarfe/umfragen/"
ONE = SURVEYS + "was_wird_gebraucht/"
QUESTION = SURVEYS + "frage/was_wird_gebraucht|"
READY = {
    "title": "Was wird gebraucht?", "purpose": "Planung", "contact": "Integrationsbeauftragte",
    "mode": "anonymous", "closes": "30.06.2017", "keep_until": "31.12.2017", "threshold": "5",
}  # fmt: skip


@pytest.fixture
def desk(client):
    """Sit at a survey that was made from the template of needs."""
    sit_down(client)
    client.post(SURVEYS + "neu/", {"beginn": "vorlage:bedarfe", "title": "", "mode": ""})
    return client


def survey():
    return Survey.objects.get(key="was_wird_gebraucht")


def question(name):
    return Question.objects.get(key=f"was_wird_gebraucht|{name}")


def layout():
    return [(one.key.partition("|")[2], one.page) for one in questions(survey())]


# List and beginning


def test_ohne_umfrage_steht_da_wozu_sie_gut_ist_und_der_naechste_schritt(client):
    sit_down(client)
    answer = text(client.get(SURVEYS))
    assert "Noch keine Umfrage" in answer
    assert f'href="{SURVEYS}neu/"' in answer


@pytest.mark.parametrize("number", [1, 3])
def test_die_liste_zaehlt_eingeladene_und_antworten_in_gleich_vielen_abfragen(client, number):
    for place in range(number):
        one = world.survey(key=f"u{place}", title=f"Umfrage {place}")
        for name in "ab":
            invited = Invitation.objects.create(
                survey=one, name=name, token_hash=f"{place}{name}", invited="2017-06-01"
            )
        Response.objects.create(
            survey=one, invitation=invited, started="2017-06-01T10:00Z",
            changed="2017-06-01T10:00Z", sent="2017-06-01T10:00Z",
        )  # fmt: skip
    sit_down(client)
    client.get(SURVEYS)
    with CaptureQueriesContext(connection) as statements:
        answer = text(client.get(SURVEYS))
    assert len(statements) == 4
    cells = re.findall(r"<td[^>]*>\s*(?:<[^>]+>)*(\d+)", answer)
    assert cells[-2:] == ["2", "1"]


@pytest.mark.parametrize("number", [1, 3])
def test_die_seite_einer_umfrage_kostet_immer_gleich_viel(client, number):
    one = world.survey(key="u")
    for place in range(number):
        world.question(key=f"u|{place}", survey=one)
    sit_down(client)
    client.get(f"{SURVEYS}u/")
    with CaptureQueriesContext(connection) as statements:
        assert client.get(f"{SURVEYS}u/").status_code == 200
    assert len(statements) == 5


def test_eine_neue_runde_uebernimmt_alle_fragen(desk):
    desk.post(SURVEYS + "neu/", {"beginn": "runde:was_wird_gebraucht", "title": "Runde 2"})
    made = Survey.objects.get(title="Runde 2")
    assert (made.previous, len(questions(made))) == (survey(), len(questions(survey())))


def test_ohne_titel_und_ohne_vorlage_wird_nichts_angelegt(client):
    sit_down(client)
    answer = client.post(SURVEYS + "neu/", {"beginn": "leer", "title": ""})
    assert (answer.status_code, "Bitte einen Titel eingeben." in text(answer)) == (422, True)


def test_wer_keine_umfragen_fuehrt_sieht_keine(desk):
    sit_down(desk, role="reader")
    assert desk.get(SURVEYS).status_code == 403
    assert desk.get(ONE).status_code == 404
    assert desk.get(SURVEYS + "sprachen/").status_code == 403


# Questions


def test_eine_frage_mit_antworten_wird_zeile_fuer_zeile_geschrieben(desk):
    url = ONE + "neue-frage/?art=several"
    assert "Eine je Zeile" in text(desk.get(url))
    desk.post(
        url,
        {"text": "Was hilft?", "options": "Kurse\n\n Räume\r\nKurse", "most": "2",
         "condition": ["was_wird_gebraucht|gruppe=kurse"], "neue_seite": "ja"},
    )  # fmt: skip
    made = question("was_hilft")
    assert made.texts == {
        "de": {"text": "Was hilft?", "options": {"kurse": "Kurse", "raeume": "Räume"}}
    }
    assert made.settings == {"options": ["kurse", "raeume"], "most": 2}
    assert made.condition == {"question": "was_wird_gebraucht|gruppe", "is": ["kurse"]}
    assert made.page == 5


def test_umbenannte_antworten_behalten_ihre_uebersetzungen(desk):
    before = question("ort")
    lines = "in einem Dorf\nin einer Kleinstadt\nin einer größeren Stadt\nan mehreren Orten"
    desk.post(
        f"{QUESTION}ort/",
        {"stand": before.version, "text": "Wo leben Sie?", "options": lines},
    )
    after = question("ort")
    assert after.settings["options"] == before.settings["options"]
    assert after.texts["de"]["options"]["kleinstadt"] == "in einer Kleinstadt"
    assert {**after.texts["tr"], "of": None} == {**before.texts["tr"], "of": None}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": ""}, "Bitte ausfüllen."),
        ({"most": "viele"}, "Bitte eine ganze Zahl eingeben."),
        (
            {"condition": ["was_wird_gebraucht|gruppe=kurse", "was_wird_gebraucht|ort=dorf"]},
            "Nur eine kann entscheiden.",
        ),
    ],
)
def test_was_an_einer_frage_nicht_stimmt_steht_an_ihrem_feld(desk, given, words):
    sent = {"text": "Was hilft?", "options": "Kurse\nRäume", **given}
    answer = desk.post(ONE + "neue-frage/?art=several", sent)
    assert (answer.status_code, words in text(answer)) == (422, True)


def test_anonym_gibt_es_keine_fragen_die_die_organisation_nennen(desk):
    offered = text(desk.get(ONE))
    assert "art=missing" in offered
    assert "art=entries" not in offered
    assert desk.get(ONE + "neue-frage/?art=ties").status_code == 404


@pytest.mark.parametrize(
    ("sent", "wanted"),
    [
        ({"richtung": "ab"}, [("ort", 1), ("gruppe", 1)]),
        ({"vor": ""}, [("ort", 1), ("schwer", 2)]),
    ],
)
def test_eine_frage_wird_verschoben(desk, sent, wanted):
    answer = desk.post(
        ONE + "ordnen/", {"zeile": "question:was_wird_gebraucht|gruppe", **sent}, follow=True
    )
    assert layout()[:2] == wanted
    assert "Verschoben" in text(answer)
    assert "autofocus" in text(answer)


def test_seiten_werden_geteilt_und_verbunden(desk):
    sent = {"zeile": "question:was_wird_gebraucht|ort"}
    desk.post(ONE + "ordnen/", {**sent, "richtung": "neue_seite"})
    assert layout()[:3] == [("gruppe", 1), ("ort", 2), ("schwer", 3)]
    desk.post(ONE + "ordnen/", {**sent, "richtung": "zur_seite_davor"})
    assert layout()[:3] == [("gruppe", 1), ("ort", 1), ("schwer", 2)]


def test_kopieren_und_loeschen_lassen_sich_zuruecknehmen(desk):
    desk.post(f"{QUESTION}ort/kopieren/")
    assert [name for name, _ in layout()][:3] == ["gruppe", "ort", "ort_2"]
    answer = desk.post(f"{QUESTION}ort_2/loeschen/", follow=True)
    assert "Rückgängig" in text(answer)
    batch = ChangeEvent.objects.latest("pk").batch
    desk.post(reverse("undo", args=["09473", batch]))
    assert [name for name, _ in layout()][:3] == ["gruppe", "ort", "ort_2"]


def test_wovon_andere_abhaengen_bleibt_mit_begruendung(desk):
    answer = desk.post(f"{QUESTION}gruppe/loeschen/")
    assert answer.status_code == 422
    assert "hängt von dieser Frage ab" in text(answer)


# Drafts and two people


def test_was_getippt_war_ist_beim_naechsten_mal_wieder_da(desk):
    person = world.Membership.objects.get().user
    url = f"{QUESTION}ort/".replace("|", "%7C")
    keep_draft(
        person, world.tenant(), url, {"text": ["Wo?"], "stand": ["1"]}, at="2017-06-01T10:00Z"
    )
    answer = text(desk.get(url))
    assert "Entwurf vom" in answer
    assert ">\nWo?</textarea>" in answer
    desk.post(url, {"text": "Wo?", "options": "Dorf\nStadt", "stand": "1"})
    assert "Entwurf vom" not in text(desk.get(url))


def test_zwei_personen_sehen_beide_fassungen_und_nichts_ist_ueberschrieben(desk):
    url, lines = f"{QUESTION}ort/", "Dorf\nStadt"
    sent = {"text": "Wo?", "help": "", "options": lines, "stand": "1"}
    desk.post(url, {**sent, "text": "Wo wohnen Sie?"})
    answer = desk.post(url, {**sent, "text": "Wo arbeiten Sie?", "help": "Ort genügt."})
    shown = text(answer)
    assert "Ihre Fassung: Wo arbeiten Sie?" in shown
    assert "Inzwischen gespeichert: Wo wohnen Sie?" in shown
    assert question("ort").texts["de"]["text"] == "Wo wohnen Sie?"
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown)
    merged = {name: value for name, value in fields if name != "csrfmiddlewaretoken"}
    desk.post(url, {**merged, "wahl_text": "andere"})
    assert question("ort").texts["de"] == {
        "text": "Wo wohnen Sie?", "help": "Ort genügt.",
        "options": question("ort").texts["de"]["options"],
    }  # fmt: skip


# Texts, languages


def test_texte_tage_und_regeln_werden_gespeichert(desk):
    desk.post(ONE + "texte/", {**READY, "group_question": "was_wird_gebraucht|gruppe"})
    one = survey()
    assert (str(one.closes), one.group_question) == ("2017-07-01", "was_wird_gebraucht|gruppe")
    assert 'value="30.06.2017"' in text(desk.get(ONE + "texte/"))


def test_regeln_der_umfrage_stehen_an_ihrem_feld(desk):
    answer = desk.post(ONE + "texte/", {**READY, "keep_until": "01.06.2017"})
    assert answer.status_code == 422
    assert "erst gelöscht werden, wenn die Umfrage zu Ende ist" in text(answer)


def test_texte_einer_sprache_stehen_neben_dem_deutschen_und_fehlende_sind_benannt(desk):
    url = ONE + "uebersetzen/?sprache=tr"
    answer = text(desk.get(url))
    assert "maschinell erstellt, nicht geprüft" in answer
    assert "Alle" in answer
    desk.post(url, {**filled(answer), "text_0_title": "", "text_0_purpose": "Yeni amaç"})
    assert survey().texts["tr"]["purpose"] == "Yeni amaç"
    assert "title" not in survey().texts["tr"]
    assert "1 von " in text(desk.get(url))


def filled(page):
    """Everything that the form of a translation would send."""
    fields = re.findall(r'<textarea name="(text_[^"]+)"[^>]*>\n([^<]*)</textarea>', page)
    stand = re.search(r'name="stand" value="([^"]+)"', page).group(1)
    return {**{name: unescape(words) for name, words in fields}, "stand": stand}


def turkish():
    return {one.key: one.texts.get("tr") for one in questions(survey())}


def test_wird_eine_frage_inzwischen_verschoben_bleibt_jede_uebersetzung_bei_ihrer_frage(desk):
    url, before = ONE + "uebersetzen/?sprache=tr", turkish()
    sent = filled(text(desk.get(url)))
    desk.post(ONE + "ordnen/", {"zeile": f"frage:{list(before)[2]}", "richtung": "ab"})
    desk.post(SURVEYS + f"frage/{min(before)}/kopieren/")
    copied = turkish()
    assert len(copied) == len(before) + 1
    answer = desk.post(url, {**sent, "text_0_title": "", "text_0_purpose": "Yeni amaç"})
    assert "Inzwischen gespeichert" not in text(answer)
    desk.post(url, dict(answer.context["hidden"]))
    assert turkish() == copied
    assert survey().texts["tr"]["purpose"] == "Yeni amaç"
    assert "title" not in survey().texts["tr"]


def test_eine_uebersetzung_zu_einem_frueheren_wortlaut_ist_benannt_und_laesst_sich_bestaetigen(
    desk,
):
    desk.post(ONE + "sprachen/", {"languages": ["tr"]})
    one = question("ort")
    one_page = text(desk.get(QUESTION + "ort/"))
    stand = re.search(r'name="stand" value="([^"]*)"', one_page).group(1)
    german = one.texts["de"]["text"]
    sent = {"text": "Wo arbeiten Sie?", "options": options_of(one), "stand": stand}
    desk.post(QUESTION + "ort/", sent)
    assert "Türkisch: 1 Text gehört zu" in text(desk.get(ONE + "stand/"))
    assert "1 zu einem früheren Wortlaut" in text(desk.get(ONE + "sprachen/"))
    url = ONE + "uebersetzen/?sprache=tr"
    page = text(desk.get(url))
    assert f"Übersetzt wurde: „{german}“" in page
    assert "1 gehört zu einem früheren deutschen Wortlaut." in page
    box = re.search(r'type="checkbox" name="(passt_[^"]+)"', page).group(1)
    desk.post(url, filled(page))
    assert "Übersetzt wurde" in text(desk.get(url))
    desk.post(url, {**filled(text(desk.get(url))), box: "on"})
    assert "Übersetzt wurde" not in text(desk.get(url))
    assert "früheren" not in text(desk.get(ONE + "stand/"))


def options_of(one):
    german = one.texts["de"].get("options", {})
    return "\n".join(german[code] for code in one.settings.get("options", ()))


@pytest.mark.usefixtures("desk")
def test_antworten_zur_wahl_stehen_beim_uebersetzen_in_ihrer_reihenfolge():
    one = question("gruppe")
    german = {**one.texts["de"], "options": dict(sorted(one.texts["de"]["options"].items()))}
    with change(by="test", verb=Verb.CHANGED, of=one):
        one.texts = {**one.texts, "de": german}  # as a database gives it that sorts names
        one.settings = {**one.settings, "options": sorted(german["options"], reverse=True)}
    asked = passages(survey(), [one], "tr")
    there = [found.name.partition(":")[2] for found in asked if found.label == "Antwort"]
    assert there == one.settings["options"]


def test_angeboten_werden_die_angekreuzten_sprachen(desk):
    desk.post(ONE + "sprachen/", {"languages": ["ar", "tr"]})
    assert survey().languages == ["de", "ar", "tr"]
    shown = text(desk.get(ONE + "vorschau/?sprache=ar"))
    assert 'lang="ar" dir="rtl"' in shown
    assert "ما الذي ينقص؟" in shown


def test_eine_sprache_wird_freigegeben_und_die_freigabe_zurueckgenommen(desk):
    url = SURVEYS + "sprachen/"
    assert text(desk.get(url)).count("maschinell erstellt, nicht geprüft") == 6
    refused = desk.post(url + "freigabe/", {"sprache": "tr", "by": ""})
    assert (refused.status_code, "Bitte ausfüllen." in text(refused)) == (422, True)
    desk.post(url + "freigabe/", {"sprache": "tr", "by": "Dolmetscherdienst"})
    assert "geprüft von: Dolmetscherdienst" in text(desk.get(url))
    desk.post(url + "freigabe/", {"zuruecknehmen": "tr"})
    assert not LanguageRelease.objects.exists()
    assert desk.post(url + "freigabe/", {"zuruecknehmen": "xx"}).status_code == 404


# Preview, open, close


def test_wer_eine_umfrage_beginnt_liest_nach_dem_fragezeichen_keinen_punkt(client):
    sit_down(client)
    page = text(client.get(SURVEYS + "neu/"))
    assert "Was wird gebraucht? An einzelne Gruppen oder an alle" in page
    assert "?." not in page


def test_die_bedingung_nach_eintraegen_ist_ein_satz():
    entries = world.question(kind="entries", condition={"register": "structures"})
    assert condition_in_words(entries, {}) == "nur, wenn die Organisation Einträge hat"


def test_die_vorschau_zeigt_alle_seiten_und_wann_gefragt_wird(desk):
    shown = text(desk.get(ONE + "vorschau/"))
    assert "Seite 4 von 4" in shown
    assert "Gefragt wird nur nach „Ich engagiere mich ehrenamtlich.“" in shown


def test_die_vorschau_sagt_wann_die_antworten_geloescht_werden(desk):
    of = survey()
    with change(by="x", verb=Verb.CHANGED, of=of):
        of.keep_until = date(2017, 12, 31)
    shown = text(desk.get(ONE + "vorschau/"))
    assert "Ihre Antworten werden am 31.12.2017 gelöscht." in shown


def test_vor_dem_oeffnen_steht_da_was_fehlt_und_wo_es_zu_ergaenzen_ist(desk):
    shown = text(desk.get(ONE + "stand/"))
    assert "Noch zu tun (3)" in shown
    assert f'href="{ONE}texte/"' in shown
    assert "Umfrage öffnen" not in shown
    assert desk.post(ONE + "stand/").status_code == 422
    assert survey().state == "draft"


def test_oeffnen_schliessen_und_wieder_oeffnen(desk):
    desk.post(ONE + "texte/", READY)
    opened = text(desk.post(ONE + "stand/", follow=True))
    assert "Die Umfrage ist offen." in opened
    assert "Die Fragen sind fest." in text(desk.get(ONE))
    assert "Die Frage ist fest." in text(desk.get(f"{QUESTION}ort/"))
    assert desk.post(f"{QUESTION}ort/loeschen/").status_code == 422
    limited = text(desk.get(ONE + "texte/"))
    assert 'name="closes"' in limited
    assert 'name="purpose"' not in limited
    desk.post(ONE + "schliessen/")
    assert survey().state == "closed"
    late = desk.post(ONE + "wieder-oeffnen/", {"closes": "31.05.2017"})
    assert (late.status_code, "schon vorbei" in text(late)) == (422, True)
    desk.post(ONE + "wieder-oeffnen/", {"closes": "31.07.2017"})
    assert (survey().state, str(survey().closes)) == ("open", "2017-08-01")


def test_ein_entwurf_wird_geloescht_eine_offene_umfrage_nicht(desk):
    desk.post(ONE + "loeschen/")
    assert not Survey.objects.exists()
