"""Einlesen: from the file that somebody sends to records, and back again."""

import io
import re
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from python_calamine import CalamineWorkbook
from tests import world
from tests.web.desk import DESK, SCRIPT, sit_down, text

from gelingen.history.models import ChangeEvent
from gelingen.register.models import Organisation
from gelingen.transfer import uploads
from gelingen.transfer.models import HeadMapping, Upload

pytestmark = pytest.mark.django_db
PAGE = DESK + "bestand/einlesen/"
ACTORS = [["Kennung", "Name"], ["awo", "AWO"], ["vhs", "VHS"]]


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.HOME = tmp_path


def workbook(**tables):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for title, lines in tables.items():
            page = book.add_worksheet(title)
            for row, line in enumerate(lines):
                page.write_row(row, 0, line)
    return content.getvalue()


def send(client, content, name="liste.xlsx"):
    return client.post(PAGE, {"datei": SimpleUploadedFile(name, content)})


def sent(client, name="liste.xlsx", **tables):
    """Send a workbook, have it checked as it is, and give the address of its page."""
    answer = send(client, workbook(**tables), name)
    if answer.url.endswith("/zuordnung/"):
        client.post(answer.url.replace("zuordnung", "pruefen"))
    return f"{PAGE}{Upload.objects.first().key}/"


def take(client, here):
    page = client.get(here)
    return client.post(
        here + "uebernehmen/", {"vorschau": page.context["preview"].summary.digest}, follow=True
    )


def names():
    return sorted(Organisation.objects.values_list("name", flat=True))


def test_a_file_is_shown_before_anything_is_written_and_then_written_at_once(client):
    sit_down(client)
    here = sent(client, Organisationen=ACTORS)
    page = text(client.get(here))
    assert "Beim Übernehmen: 2 Einträge neu. Noch ist nichts geschrieben." in page
    assert names() == []

    after = text(take(client, here))

    assert "Übernommen: 2 Einträge neu." in after
    assert names() == ["AWO", "VHS"]
    assert len(set(ChangeEvent.objects.filter(verb="imported").values_list("batch"))) == 1


def test_differences_stand_field_by_field_with_before_and_after(client):
    sit_down(client)
    world.organisation(key="awo", name="AWO")
    here = sent(client, Organisationen=[["Kennung", "Name"], ["awo", "AWO Coburg"]])
    page = text(client.get(here))
    assert "<del>AWO</del>" in page
    assert "<ins>AWO Coburg</ins>" in page


def test_what_the_file_lacks_is_named_and_stays(client):
    sit_down(client)
    world.organisation(key="caritas", name="Caritas")
    here = sent(client, Organisationen=ACTORS)
    page = text(client.get(f"{here}?ansicht=aenderungen&blatt=organisation&was=fehlt"))
    assert "Sie bleiben bestehen" in page
    assert "Caritas" in page
    take(client, here)
    assert "Caritas" in names()


def test_errors_stand_at_their_cells_and_nothing_can_be_written(client):
    sit_down(client)
    here = sent(
        client, Organisationen=[["Kennung", "Name", "Übergeordnet"], ["awo", "AWO", "Bund"]]
    )
    answer = client.get(here)
    page = text(answer)
    assert "Die Datei hat 1 Fehler." in page
    assert "C2" in page
    assert "Bund" in page
    assert "Einträge neu</span>" not in page
    refused = client.post(
        here + "uebernehmen/",
        {"vorschau": answer.context["preview"].summary.digest},
        follow=True,
    )
    assert "Die Datei hat Fehler. Nichts wurde geschrieben." in text(refused)
    assert names() == []


def test_the_marked_file_holds_the_same_cells_and_the_notes(client):
    sit_down(client)
    here = sent(
        client,
        Organisationen=[["Kennung", "Name", "Übergeordnet"], ["awo", "AWO", "Bund"]],
        Eigenes=[["Telefonliste", "intern"], ["a", 1.5]],
    )
    answer = client.get(here + "markiert/")
    assert "liste-markiert.xlsx" in answer.headers["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == ["Organisationen", "Eigenes", "Hinweise"]
    assert book.get_sheet_by_name("Organisationen").to_python()[1] == ["awo", "AWO", "Bund"]
    assert book.get_sheet_by_name("Eigenes").to_python() == [["Telefonliste", "intern"], ["a", 1.5]]
    assert book.get_sheet_by_name("Hinweise").to_python()[2][:4] == [
        "Organisationen", "C2", "Fehler", "Bund",
    ]  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        assert 'ref="C2"' in package.read("xl/comments1.xml").decode()


def test_unknown_columns_are_asked_about_and_remembered(client):
    sit_down(client)
    lists = {"Organisationen": [["Kennung", "Art", "Firma", "Fax"], ["awo", "", "AWO", "09561"]]}
    answer = send(client, workbook(**lists))
    asked = text(client.get(answer.url))
    assert answer.url.endswith("/zuordnung/")
    assert "zum Beispiel: AWO" in asked

    after = client.post(answer.url, {"spalte-0-0": "name", "spalte-0-1": "-"}, follow=True)

    assert after.context["preview"].summary.new == 1
    again = send(client, workbook(**lists))
    assert not again.url.endswith("/zuordnung/")
    assert "wie zuletzt zugeordnet" in text(client.get(again.url + "?ansicht=stellen"))
    assert "wie beim letzten Mal zugeordnet" in text(client.get(again.url + "zuordnung/"))


def test_a_suggestion_is_not_applied_before_it_is_confirmed(client):
    sit_down(client)
    answer = send(
        client, workbook(Organisationen=[["Kennung", "Name", "Träger-Art"], ["awo", "AWO", "x"]])
    )
    assert HeadMapping.objects.count() == 0
    form = client.get(answer.url).context["form"]
    assert form["spalte-0-0"].initial == "kind"
    client.post(answer.url.replace("zuordnung", "pruefen"))
    assert client.get(answer.url.replace("zuordnung/", "")).context["preview"].summary.serious == 0


def test_an_unknown_sheet_is_asked_about_then_its_columns(client):
    sit_down(client)
    answer = send(client, workbook(Adressbuch=[["Haus", "Telefon"], ["AWO", "1"], ["VHS", "2"]]))
    assert "Das Blatt „Adressbuch“ ist" in text(client.get(answer.url))
    on = client.post(answer.url, {"blatt-0": "organisation"})
    assert on.url == answer.url
    done = client.post(
        on.url, {"blatt-0": "organisation", "spalte-0-0": "name", "spalte-0-1": "-"}, follow=True
    )
    assert done.context["preview"].summary.new == 2


def test_no_column_can_be_chosen_twice(client):
    sit_down(client)
    answer = send(
        client,
        workbook(Organisationen=[["Kennung", "Art", "Firma", "Haus"], ["awo", "", "AWO", "B"]]),
    )
    refused = client.post(answer.url, {"spalte-0-0": "name", "spalte-0-1": "name"})
    assert refused.status_code == 422
    assert "Das ist schon die Spalte „Firma“." in text(refused)
    assert HeadMapping.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"%PDF-1.7", "liste.xlsx", "ist ein PDF"),
        (b"", "leer.xlsx", "Die Datei ist leer."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "alt.xls", "das alte Office-Format"),
        (b"PK\x03\x04kaputt", "liste.xlsx", "beschädigt oder unvollständig"),
        (workbook(Leer=[]), "leer.xlsx", "In leer.xlsx steht nichts."),
    ],
    ids=["pdf", "leer", "xls", "kaputt", "ohne Inhalt"],
)
def test_unfit_files_are_refused_with_one_sentence_and_leave_nothing(client, content, name, words):
    sit_down(client)
    answer = send(client, content, name)
    assert answer.status_code == 422
    assert words in text(answer)
    assert Upload.objects.count() == 0
    assert list(uploads.root().glob("*")) == []


def test_an_archive_of_csv_files_is_read_as_one_workbook(client):
    sit_down(client)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("listen/Organisationen.csv", "Kennung;Name\nawo;AWO\n")
        package.writestr("listen/Strukturen.csv", "Träger;Name;Funktion\nAWO;Kurs;erbringt\n")
        package.writestr("../../boese.sh", "rm")
    here = send(client, packed.getvalue(), "listen.zip").url
    assert client.get(here).context["preview"].summary.new == 2
    take(client, here)
    assert names() == ["AWO"]


def test_names_of_files_lead_out_of_no_folder(client):
    sit_down(client)
    send(client, b"Kennung;Name\nawo;AWO\n", "..\\..\\Organisationen.csv")
    (kept,) = Upload.objects.all()
    inside = [path for path in uploads.root().rglob("*") if path.is_file()]
    assert uploads.path_of(kept) in inside
    assert ".." not in Path(kept.name).parts


def test_another_tenants_file_is_refused(client):
    sit_down(client)
    here = sent(
        client,
        Mandant=[["Amtlicher Schlüssel", "Name"], ["09463", "Stadt Coburg"]],
        Organisationen=ACTORS,
    )
    page = text(client.get(here))
    assert "gehört die Datei Stadt Coburg (09463)" in page
    assert client.get(here).context["preview"] is None


def test_what_changed_since_the_preview_is_shown_again_before_it_is_written(client):
    sit_down(client)
    world.organisation(key="awo", name="AWO")
    here = sent(client, Organisationen=[["Kennung", "Name"], ["awo", "AWO Coburg"]])
    digest = client.get(here).context["preview"].summary.digest
    world.organisation(key="vhs", name="VHS")

    page = text(client.post(here + "uebernehmen/", {"vorschau": digest}, follow=True))

    assert "Seit der Vorschau hat jemand Einträge geändert." in page
    assert names() == ["AWO", "VHS"]
    take(client, here)
    assert names() == ["AWO Coburg", "VHS"]


def test_a_file_is_written_only_once(client):
    sit_down(client)
    here = sent(client, Organisationen=ACTORS)
    digest = client.get(here).context["preview"].summary.digest
    client.post(here + "uebernehmen/", {"vorschau": digest})
    again = client.post(here + "uebernehmen/", {"vorschau": digest}, follow=True)
    assert "Übernommen wird eine Datei nur einmal." in text(again)
    assert Organisation.objects.count() == 2


def test_a_large_file_is_checked_and_written_by_the_worker(client, monkeypatch):
    person = sit_down(client)
    monkeypatch.setattr(uploads, "LARGE", 2)
    here = sent(client, Organisationen=ACTORS)
    kept = Upload.objects.get()
    page = text(client.get(here))
    assert "Die Datei wird geprüft." in page
    assert 'data-hx-trigger="every 2s"' in page

    run(DBTaskResult.objects.get(), person, kept)
    preview = client.get(here, headers=SCRIPT).context["preview"]
    client.post(here + "uebernehmen/", {"vorschau": preview.summary.digest})
    assert names() == []
    assert "Die Datei wird übernommen." in text(client.get(here))
    run(DBTaskResult.objects.order_by("enqueued_at").last(), person, kept)

    assert names() == ["AWO", "VHS"]
    assert "Was dieser Import geschrieben hat" in text(client.get(here))


def test_wer_zweimal_drueckt_laesst_nur_einmal_pruefen(client, monkeypatch):
    sit_down(client)
    monkeypatch.setattr(uploads, "LARGE", 2)
    here = sent(client, Organisationen=ACTORS)
    again = client.post(here + "pruefen/", follow=True)
    assert "wird geprüft." in text(again)
    assert (again.status_code, DBTaskResult.objects.count()) == (200, 1)


def run(ordered, person, kept):
    given = ordered.args_kwargs["kwargs"]
    assert (given["actor_id"], given["upload"]) == (person.pk, kept.key)
    ordered.task.func(**given)


def test_a_large_import_is_taken_back_by_the_worker(client, monkeypatch):
    sit_down(client)
    take(client, sent(client, Organisationen=ACTORS))
    batch = ChangeEvent.objects.filter(verb="imported").first().batch
    monkeypatch.setattr(uploads, "LARGE", 1)
    assert "Einträge: 2 entfernt" in text(client.get(f"{PAGE}vorgang/{batch}/"))
    waiting = client.post(f"{PAGE}vorgang/{batch}/")
    assert "Der Import wird zurückgenommen." in text(client.get(waiting.url))
    ordered = DBTaskResult.objects.get()

    found = ordered.task.func(**ordered.args_kwargs["kwargs"])

    assert (found, names()) == ([], [])
    DBTaskResult.objects.update(status="SUCCESSFUL", return_value=["Kurs steht im Weg."])
    assert "Kurs steht im Weg." in text(client.get(waiting.url))


def test_past_imports_say_who_when_and_how_much(client):
    person = sit_down(client)
    take(client, sent(client, name="erste.xlsx", Organisationen=ACTORS))
    page = text(client.get(PAGE))
    assert "erste.xlsx" in page
    assert str(person) in page


def test_an_import_is_taken_back_after_a_look_at_what_that_does(client):
    sit_down(client)
    world.organisation(key="awo", name="AWO alt")
    take(client, sent(client, Organisationen=ACTORS))
    batch = ChangeEvent.objects.filter(verb="imported").first().batch
    page = text(client.get(f"{PAGE}vorgang/{batch}/"))
    assert "Organisationen: 1 wieder wie vorher" in page
    assert "Organisationen: 1 entfernt, weil neu durch diesen Import" in page

    after = text(client.post(f"{PAGE}vorgang/{batch}/", follow=True))

    assert "Der Import ist zurückgenommen." in after
    assert names() == ["AWO alt"]


def test_an_import_that_others_went_on_from_is_not_taken_back(client):
    sit_down(client)
    take(client, sent(client, Organisationen=ACTORS))
    batch = ChangeEvent.objects.filter(verb="imported").first().batch
    world.structure(key="kurs", name="Kurs", organisation=Organisation.objects.get(key="awo"))
    page = client.get(f"{PAGE}vorgang/{batch}/")
    assert "Das geht nicht." in text(page)
    assert "Kurs" in text(page)
    assert client.post(f"{PAGE}vorgang/{batch}/").status_code == 422
    assert names() == ["AWO", "VHS"]


@pytest.mark.parametrize("role", ["reader", "planner", "partner"])
def test_only_who_may_exchange_workbooks_gets_here(client, role):
    sit_down(client, role=role)
    for path in (PAGE, PAGE + "vorlage/", PAGE + "vorgang/abc/", PAGE + "abc/"):
        assert client.get(path).status_code == 403
    assert send(client, workbook(Organisationen=ACTORS)).status_code == 403
    assert "Einlesen" not in text(client.get(DESK + "bestand/"))


def test_files_of_other_tenants_are_not_found(client):
    sit_down(client)
    here = sent(client, Organisationen=ACTORS)
    other = world.tenant(key="09463", name="Stadt Coburg")
    client.force_login(world.person(role="officer", at=other))
    assert client.get(here).status_code == 404
    assert client.get(here.replace("09473", "09463")).status_code == 404


def test_the_template_can_be_read_again(client):
    sit_down(client)
    answer = client.get(PAGE + "vorlage/")
    assert (
        "Organisationen" in CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).sheet_names
    )


def test_files_are_deleted_when_their_time_is_over_or_when_somebody_says_so(client):
    sit_down(client)
    here = sent(client, Organisationen=ACTORS)
    folder = uploads.folder_of(Upload.objects.get())
    assert uploads.drop_old_uploads(timezone.now() + timedelta(days=29)) == 0
    assert folder.exists()
    assert uploads.drop_old_uploads(timezone.now() + timedelta(days=31)) == 1
    assert not folder.exists()
    assert client.get(here).status_code == 404

    second = sent(client, Organisationen=ACTORS)
    client.post(second + "verwerfen/")
    assert Upload.objects.count() == 0
    assert isinstance(timezone.now(), datetime)


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_the_database_a_fixed_number_of_times(client, number, django_assert_num_queries):
    sit_down(client)
    for position in range(number):
        take(client, sent(client, Organisationen=[["Name"], [f"Haus {position}"]]))
    here = ""
    for _ in range(number):
        here = sent(client, Organisationen=[["Name"], *[[f"Neu {n}"] for n in range(number)]])
    with django_assert_num_queries(7):
        client.get(PAGE)
    with django_assert_num_queries(4):
        client.get(here)


def test_was_gerade_geschrieben_wird_bleibt_mit_einem_satz_stehen(client):
    sit_down(client)
    here = sent(client, Organisationen=ACTORS)
    Upload.objects.update(state="writing", begun=timezone.now())
    page = text(client.post(here + "verwerfen/", follow=True))
    assert "lässt sich deshalb nicht verwerfen" in page
    assert Upload.objects.count() == 1


def test_ist_der_arbeiter_gestorben_laesst_sich_die_datei_noch_einmal_uebernehmen(client):
    sit_down(client)
    here = sent(client, Organisationen=ACTORS)
    Upload.objects.update(state="writing", begun=timezone.now() - timedelta(minutes=16))
    assert "Das Übernehmen ist abgebrochen. Bitte noch einmal" in text(client.get(here))
    assert "Übernommen: 2 Einträge neu." in text(take(client, here))


def test_die_liste_sagt_welcher_import_zurueckgenommen_ist(client):
    sit_down(client)
    for name in ("Erstes", "Zweites"):
        take(client, sent(client, Organisationen=[["Name"], *[[f"{name} {n}"] for n in range(2)]]))
    first = Upload.objects.order_by("at").first()
    past = f"{PAGE}vorgang/{first.batch}/"
    assert text(client.get(PAGE)).count("zurückgenommen am") == 0
    told = text(client.post(past, follow=True))
    page = text(client.get(PAGE))
    assert page.count("zurückgenommen am") == 1
    assert page.index(">gilt<") < page.index("zurückgenommen am")
    assert "Der Import ist zurückgenommen." in text(client.get(past))
    client.post(re.search(r'action="([^"]*zuruecknehmen[^"]*)"', told)[1])
    assert "zurückgenommen am" not in text(client.get(PAGE))


def test_die_vorschau_nennt_eintraege_beim_namen_und_gleiche_namen_mit_kennung(client):
    sit_down(client)
    world.organisation(key="vhs", name="VHS")
    world.organisation(key="awo_1", name="AWO")
    world.organisation(key="awo_2", name="AWO")
    world.topic(key="sprache", name="Sprache")
    world.target_group(key="frauen", name="Frauen")
    world.territory(key="09473112", name="Ahorn")
    here = sent(
        client,
        Strukturen=[["Kennung", "Name", "Träger"], ["cafe", "Sprachcafé", "awo_2"]],
        Reichweiten=[
            ["Struktur", "Themenfeld", "Zielgruppe", "Gebiet"],
            ["cafe", "sprache", "frauen", "09473112"],
        ],
    )
    page = text(client.get(f"{here}?ansicht=aenderungen&blatt=reach&was=neu"))
    assert "Sprachcafé, Sprache, Frauen, Ahorn" in page
    page = text(client.get(f"{here}?ansicht=aenderungen&blatt=structure&was=neu"))
    assert "AWO (awo_2)" in page
