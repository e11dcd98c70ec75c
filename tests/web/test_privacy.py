"""Datenschutz: what is kept about somebody is found, handed out and forgotten, everywhere."""

import json
from datetime import UTC, datetime

import pytest
from django.apps import apps
from tests import world
from tests.web.desk import DESK, sit_down, text

from gelingen.history.models import ChangeEvent
from gelingen.history.recording import change
from gelingen.post.models import OutgoingMail
from gelingen.register.models import Organisation
from gelingen.reports.processing import ACTIVITIES
from gelingen.surveys.models import Invitation, Response
from gelingen.terms.vocabulary import Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day", "awo")]
PAGE = f"{DESK}verwaltung/datenschutz/"
MAILBOX, CONTACT = "integration@awo.example.org", "Leitung Müttertreff"
AT = datetime(2017, 5, 20, 9, tzinfo=UTC)


@pytest.fixture
def awo():
    made = world.organisation(key="awo", name="AWO Coburg", contact="Leitung", mailbox=MAILBOX)
    with change(by="anna", verb=Verb.CHANGED, of=made):
        made.contact = CONTACT
    OutgoingMail.objects.create(
        tenant=made.tenant, to=MAILBOX, subject="Umfrage", plain="Text", html="Text", created=AT,
        why="Umfrage",
    )  # fmt: skip
    survey = world.survey(key="umfrage", state="open")
    invitation = Invitation.objects.create(
        survey=survey, organisation="awo", name="AWO Coburg", mailbox=MAILBOX, invited=AT.date()
    )
    Response.objects.create(
        survey=survey, invitation=invitation, started=AT, changed=AT, sent=AT,
        values={"frage": "Bitte an die Leitung im Müttertreff wenden"},
    )  # fmt: skip
    return made


def idents(page):
    return [part.split('"')[0] for part in page.split('name="angabe" value="')[1:]]


def test_zu_einer_organisation_steht_alles_auf_einer_seite(client):
    sit_down(client)
    page = text(client.post(PAGE, {"organisation": "awo"}))
    assert {one.split(":")[0] for one in idents(page)} == {
        "post.OutgoingMail", "register.Organisation", "surveys.Invitation", "surveys.Response",
    }  # fmt: skip
    for said in (MAILBOX, CONTACT, "Bitte an die Leitung"):
        assert said in page


def test_ein_wort_wird_in_jedem_feld_gefunden_auch_mit_umlaut_und_in_antworten(client):
    sit_down(client)
    page = text(client.post(PAGE, {"wort": "müttertreff"}))
    assert [one.split(":")[0] for one in idents(page)] == [
        "register.Organisation", "surveys.Response",
    ]  # fmt: skip
    assert "Nichts gefunden" in text(client.post(PAGE, {"wort": "Gibtesnicht"}))


def test_die_auskunft_ist_eine_datei_mit_jedem_feld_und_seiner_frist(client):
    sit_down(client)
    answer = client.post(f"{PAGE}auskunft/", {"organisation": "awo"})
    assert answer["Content-Disposition"] == 'attachment; filename="auskunft.json"'
    found = json.loads(answer.content)["angaben"]
    assert {
        "kind": "Organisation",
        "name": "Ansprechstelle (Funktion)",
        "text": CONTACT,
    }.items() <= (next(one for one in found if one["text"] == CONTACT).items())
    assert all(one["kept"] for one in found)
    answers = next(one for one in found if one["kind"] == "Antwort")
    assert answers["value"] == {"frage": "Bitte an die Leitung im Müttertreff wenden"}
    assert answers["text"] == "Bitte an die Leitung im Müttertreff wenden"


def test_die_auskunft_gibt_es_auch_als_blatt_zum_lesen(client):
    sit_down(client)
    page = text(client.post(PAGE, {"organisation": "awo"}))
    for label in (
        "Auskunft als PDF",
        "Auskunft als Word (DOCX)",
        "Auskunft als Internetseite (HTML)",
    ):
        assert label in page
    answer = client.post(f"{PAGE}auskunft/", {"organisation": "awo", "als": "html"})
    assert answer["Content-Disposition"] == 'attachment; filename="auskunft.html"'
    sheet = " ".join(answer.content.decode().split())
    for words in (
        "Auskunft über gespeicherte Angaben", "AWO Coburg", CONTACT, MAILBOX, "Ansprechstelle",
        "Was dort steht", "Seit", "Wie lange", "wird mit der Organisation gelöscht",
        "Bestand und Plan", "bei der Aufsichtsbehörde",
    ):  # fmt: skip
        assert words in sheet
    answer = client.post(f"{PAGE}auskunft/", {"wort": "Müttertreff", "als": "pdf"})
    assert answer.content.startswith(b"%PDF")
    assert ChangeEvent.objects.filter(verb=Verb.INFORMED).count() == 2


def test_ein_unbekanntes_format_gibt_nichts_heraus(client):
    sit_down(client)
    answer = client.post(f"{PAGE}auskunft/", {"organisation": "awo", "als": "exe"})
    assert answer.status_code in {404, 422}
    assert not ChangeEvent.objects.filter(verb=Verb.INFORMED).exists()


def test_geloeschtes_ist_weg_auch_aus_dem_verlauf_und_der_nachweis_bleibt(client):
    sit_down(client)
    page = text(client.post(PAGE, {"organisation": "awo"}))
    reason = "Verlangen vom 01.06.2017"
    client.post(f"{PAGE}loeschen/", {"angabe": idents(page), "grund": reason})

    made = Organisation.objects.get(key="awo")
    assert (made.contact, made.mailbox, made.name) == ("", "", "AWO Coburg")
    assert not Response.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert Invitation.objects.get().mailbox == ""
    versions = Organisation.history.filter(key="awo").values_list("contact", "mailbox")
    assert set(versions) == {("", "")}
    events = list(ChangeEvent.objects.values_list("label", "changed", "reason"))
    assert not any(word in str(events) for word in (MAILBOX, "Leitung", "Müttertreff"))
    assert any(reason in event for *_, event in events)
    assert "Nichts gefunden" in text(client.post(PAGE, {"wort": "Müttertreff"}))


def test_ohne_begruendung_oder_auswahl_wird_nichts_geloescht(client):
    sit_down(client)
    page = text(client.post(PAGE, {"organisation": "awo"}))
    for given in ({"angabe": idents(page)}, {"grund": "Verlangen"}):
        answer = client.post(f"{PAGE}loeschen/", given)
        assert answer.status_code == 422
    assert Response.objects.exists()
    assert Organisation.objects.get(key="awo").contact == CONTACT


def test_der_name_steht_in_keiner_adresse_und_nicht_im_verlauf(client):
    sit_down(client)
    page = text(client.post(PAGE, {"wort": "Müttertreff"}))
    assert "?wort" not in page
    assert '<input type="hidden" name="wort" value="Müttertreff">' in page
    assert client.get(f"{PAGE}auskunft/", {"wort": "Müttertreff"}).status_code == 405
    assert CONTACT not in text(client.get(PAGE, {"wort": "Müttertreff"}))
    client.post(f"{PAGE}auskunft/", {"wort": "Müttertreff"})
    handed = ChangeEvent.objects.get(verb=Verb.INFORMED)
    assert handed.reason == "Angaben: 2"
    done = client.post(
        f"{PAGE}loeschen/", {"wort": "Müttertreff", "angabe": idents(page), "grund": "Verlangen"}
    )
    assert done["Location"] == PAGE


def test_ohne_wort_und_organisation_wird_gesagt_was_fehlt(client):
    sit_down(client)
    for way in (PAGE, f"{PAGE}auskunft/"):
        answer = client.post(way)
        assert answer.status_code == 422
        assert "Bitte ein Wort eingeben oder eine Organisation wählen." in text(answer)
    assert not ChangeEvent.objects.filter(verb=Verb.INFORMED).exists()


def test_die_seite_sagt_was_frueher_dastand_und_was_nicht_durchsucht_ist(client, awo):
    with change(by="anna", verb=Verb.CHANGED, of=awo):
        awo.contact = "Leitung"
    sit_down(client)
    page = text(client.post(PAGE, {"wort": "Müttertreff"}))
    assert "früherer Stand" in page
    for said in (page, text(client.post(PAGE, {"wort": "Gibtesnicht"}))):
        assert "der Inhalt hochgeladener Dateien" in said
        assert "Sicherungen" in said


def test_ein_anderer_mandant_und_wer_nicht_darf_finden_nichts(client):
    sit_down(client)
    page = idents(text(client.post(PAGE, {"organisation": "awo"})))
    town = world.tenant("09463", "Stadt Coburg")
    sit_down(client, at=town)
    there = PAGE.replace("09473", "09463")
    text_of_awo = text(client.post(there, {"wort": "Müttertreff"}))
    assert "Nichts gefunden" in text_of_awo
    refused = client.post(f"{there}loeschen/", {"angabe": page, "grund": "x"})
    assert refused.status_code == 422
    sit_down(client, role="planner")
    for way in (PAGE, f"{PAGE}verzeichnis/html/"):
        assert client.get(way).status_code == 403
    given = {"wort": "Müttertreff", "angabe": page, "grund": "x"}
    for way in (PAGE, f"{PAGE}auskunft/", f"{PAGE}loeschen/"):
        assert client.post(way, given).status_code == 403
    assert Response.objects.exists()


def test_das_verzeichnis_nennt_jede_angabe_und_jede_umfrage(client):
    sit_down(client)
    page = text(client.get(f"{PAGE}verzeichnis/html/"))
    assert "Funktionspostfach" in page
    assert "Umfrage unter allen Akteuren" in page
    for fmt, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert client.get(f"{PAGE}verzeichnis/{fmt}/").content.startswith(start)
    assert client.get(f"{PAGE}verzeichnis/odt/").status_code == 404


# Nothing is forgotten


def test_jeder_bereich_mit_personenbezug_steht_im_verzeichnis():
    named = {app for activity in ACTIVITIES for app in activity.apps}
    kept = {
        model._meta.app_label
        for model in apps.get_models()
        if model.__module__.startswith("gelingen.") and getattr(model, "personal", {})
    }
    assert kept <= named
