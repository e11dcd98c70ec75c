"""Bestand: lists as of a day, everything about one record, files and the workbook."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import world
from tests.web.desk import DESK, county, sit_down, text

from gelingen.history.models import ChangeEvent
from gelingen.register.attachments import attach as register_attach
from gelingen.register.models import Attachment, Structure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
LIST = DESK + "bestand/"
SHEET = DESK + "bestand/strukturen/angebot_0/"
PDF = b"%PDF-1.7 Bescheid"


def names(client, query=""):
    page = text(client.get(LIST + query))
    return re.findall(r'<th scope="row"[^>]*><a [^>]*>([^<]*)</a>', page)


def test_the_list_shows_what_exists_on_the_day(client):
    world.structure(name="Früher", ends=date(2017, 1, 1), ends_kind="stated")
    world.structure(name="Heute")
    world.structure(name="Später", starts=date(2018, 1, 1))
    sit_down(client)
    assert names(client) == ["Heute"]
    assert names(client, "?stand=31.12.2016") == ["Früher", "Heute"]
    assert names(client, "?stand=01.01.2018") == ["Heute", "Später"]


def test_a_misspelt_day_is_told_beside_the_field_and_today_counts(client):
    world.structure(name="Heute")
    sit_down(client)
    page = text(client.get(LIST + "?stand=bald"))
    assert "Bitte als Tag.Monat.Jahr" in page
    assert "Stand am 01.06.2017" in page


def test_filters_narrow_the_list(client):
    county(2)
    world.structure(name="Kreistag", kind="body", level="county")
    sit_down(client)
    assert names(client, "?art=body") == ["Kreistag"]
    assert names(client, "?ebene=county") == ["Kreistag"]
    assert names(client, "?thema=sprache") == ["Sprachcafé 0", "Sprachcafé 1"]
    assert names(client, "?traeger=traeger_1") == ["Sprachcafé 1"]
    assert names(client, "?suche=SPRACHCAFE+1") == ["Sprachcafé 1"]


def test_umlauts_stand_where_readers_look_for_them(client):
    for name in ("Zebra", "Ärzte", "Bus"):
        world.structure(name=name)
    sit_down(client)
    assert names(client) == ["Ärzte", "Bus", "Zebra"]
    assert names(client, "?ordnung=-name") == ["Zebra", "Bus", "Ärzte"]


def test_no_hit_says_how_to_go_on(client):
    county()
    sit_down(client)
    page = text(client.get(LIST + "?suche=Wohnraumlotse"))
    assert "Kein Treffer" in page
    assert "Alle Strukturen von heute zeigen" in page


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("unlimited", "unbefristet"),
        ("further_notice", "bis auf Weiteres"),
        ("unknown", "nicht bekannt"),
    ],
)
def test_what_is_known_about_an_end_is_told_apart(client, kind, words):
    world.structure(ends_kind=kind)
    sit_down(client)
    assert f'<td data-k="Ende">{words}</td>' in text(client.get(LIST))


def test_the_last_day_of_secured_money_stands_beside_its_state(client):
    county()
    sit_down(client)
    page = text(client.get(LIST))
    assert 'g-z--gesichert">gesichert</span></td><td data-k="Geld bis">31.12.2017</td>' in page


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"permanence": "standing"}, "Regelaufgabe"),
        ({"permanence": "volunteer"}, "ehrenamtlich"),
        ({}, "unbekannt"),
    ],
)
def test_what_carries_a_structure_without_money_is_said(client, given, word):
    world.structure(**given)
    sit_down(client)
    assert word in text(client.get(LIST))


@pytest.mark.parametrize("state", ["applied", "planned"])
def test_money_that_is_hoped_for_is_not_called_secured(client, state):
    world.funding(state=state)
    sit_down(client)
    words = {"applied": "beantragt", "planned": "geplant"}
    assert f'g-z--{words[state]}">{words[state]}' in text(client.get(LIST))


def test_the_sheet_tells_everything_and_what_is_not_stated(client):
    county()
    sit_down(client)
    page = text(client.get(SHEET))
    for words in (
        "Das gesicherte Geld endet am 31.12.2017, in 7 Monaten.",
        "Programm 0",
        "Deutsch lernen 0",
        "Sprache und Bildung",
        "Nicht angegeben: ",
        "Verlauf",
        "angelegt",
    ):
        assert words in page


def test_the_workbook_goes_to_those_who_may_exchange(client):
    county()
    sit_down(client)
    answer = client.get(LIST + "arbeitsmappe/")
    assert answer.content.startswith(b"PK")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "Arbeitsmappe ausgeben" in text(client.get(LIST))


def test_a_reader_gets_no_workbook_and_no_button(client):
    county()
    sit_down(client, role="reader")
    assert client.get(LIST + "arbeitsmappe/").status_code == 403
    assert "Arbeitsmappe ausgeben" not in text(client.get(LIST))


def attach(client, content=PDF, name="bescheid.pdf"):
    file = SimpleUploadedFile(name, content)
    return client.post(SHEET, {"title": "Bescheid", "file": file}, follow=True)


def test_a_file_is_attached_and_comes_back_as_download_only(client):
    county()
    sit_down(client)
    assert "Sprachcafé 0: Datei angehängt." in text(attach(client))
    answer = client.get(f"{LIST}dateien/{Attachment.objects.get().key}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Bescheid.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/pdf"


def test_a_file_is_taken_off_and_comes_back(client):
    county()
    sit_down(client)
    attach(client)
    way = reverse("remove-attachment", args=["09473", Attachment.objects.get().key])
    page = text(client.post(way, {"zurueck": SHEET}, follow=True))
    assert "Entfernt: Bescheid." in page
    assert "Keine Dateien angehängt." in page
    client.post(f"{DESK}eintrag/zuruecknehmen/{ChangeEvent.objects.latest('pk').batch}/")
    assert ">Bescheid</a>" in text(client.get(SHEET))


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("partner", 403), ("officer", 302)])
def test_a_file_is_taken_off_by_whoever_may_change_its_record(client, role, status):
    county(2)
    sit_down(client)
    attach(client)
    own = Structure.objects.get(key="angebot_1").organisation
    sit_down(client, role=role, organisation=own if role == "partner" else None)
    way = reverse("remove-attachment", args=["09473", Attachment.objects.get().key])
    assert ("Entfernen" in text(client.get(SHEET))) == (status == 302)
    assert client.post(way).status_code == status
    assert Attachment.objects.exists() == (status == 403)


def test_files_of_what_is_fixed_stay(client):
    county()
    sit_down(client)
    paper = world.paper(key="v1", state="released", public=True, released=date(2017, 5, 1))
    file = SimpleUploadedFile("b.pdf", PDF)
    kept = register_attach(actor=world.OPERATOR, to=paper, title="B", name="b.pdf", content=file)
    way = reverse("remove-attachment", args=["09473", kept.key])
    assert "lässt sich hier nicht entfernen" in text(client.post(way))
    assert Attachment.objects.exists()


def test_a_file_that_is_not_what_it_says_is_refused_in_words(client):
    county()
    sit_down(client)
    answer = attach(client, b"MZ kein PDF")
    assert answer.status_code == 422
    assert "ist keine Datei dieser Art" in text(answer)
    assert not Attachment.objects.exists()


def test_a_reader_may_not_attach_and_sees_no_form(client):
    county()
    sit_down(client, role="reader")
    assert "Datei anhängen" not in text(client.get(SHEET))
    assert attach(client).status_code == 403
    assert not Attachment.objects.exists()


def test_a_partner_attaches_to_the_own_structures_only(client):
    county(2)
    own = Structure.objects.get(key="angebot_1").organisation
    sit_down(client, role="partner", organisation=own)
    assert attach(client).status_code == 403
    assert "Datei anhängen" in text(client.get(DESK + "bestand/strukturen/angebot_1/"))


def test_a_file_of_another_tenant_does_not_exist(client):
    county()
    sit_down(client)
    attach(client)
    sit_down(client, at=world.tenant("09463", "Stadt Coburg"))
    key = Attachment.objects.get().key
    assert client.get(f"/intern/09463/bestand/dateien/{key}/").status_code == 404


def test_an_organisation_shows_what_it_carries_and_with_whom_it_works(client):
    county()
    world.cooperation(a=Structure.objects.get().organisation, reported_by="a")
    sit_down(client)
    page = text(client.get(DESK + "bestand/organisationen/traeger_0/"))
    assert "Sprachcafé 0" in page
    assert "dieser Seite" in page
