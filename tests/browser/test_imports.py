"""Einlesen in a real browser: a faulty workbook, its marked copy, the import, taking it back."""

import io
import json

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook
from tests.web.desk import DESK
from tests.web.test_imports import workbook

from gelingen.register.models import Organisation
from gelingen.transfer.models import Upload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = DESK + "bestand/einlesen/"
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS = ["Kennung", "Name", "Übergeordnet"]
WRONG = {"Organisationen": [HEADS, ["awo", "AWO", "Bund"], ["vhs", "VHS", ""]]}
RIGHT = {"Organisationen": [HEADS, ["awo", "AWO", ""], ["vhs", "VHS", ""]]}


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, person):
    del person
    settings.HOME = tmp_path


def choose(page, tables, name="liste.xlsx"):
    given = {"name": name, "mimeType": XLSX, "buffer": workbook(**tables)}
    page.set_input_files("input[type=file]", given)
    page.click("text=Hochladen und prüfen")


def test_from_a_faulty_workbook_to_records_and_back(visit):
    window = visit()
    page = window.page
    window.open(PAGE)
    choose(page, WRONG)
    page.wait_for_selector("text=Die Datei hat 1 Fehler.")
    expect(page.locator("main tbody tr")).to_have_count(1)
    expect(page.locator("main tbody tr")).to_contain_text("Organisationen C2")
    expect(page.locator("button:has-text('Übernehmen')")).to_have_count(0)
    with page.expect_download() as download:
        page.click("text=Datei mit markierten Zellen")
    assert download.value.suggested_filename == "liste-markiert.xlsx"
    with open(download.value.path(), "rb") as content:  # noqa: PTH123 - a path that Playwright gives
        book = CalamineWorkbook.from_filelike(io.BytesIO(content.read()))
    assert book.get_sheet_by_name("Organisationen").to_python()[1] == ["awo", "AWO", "Bund"]
    assert "Bund" in json.dumps(book.get_sheet_by_name("Hinweise").to_python())

    page.click("nav[aria-label=Pfad] >> text=Einlesen")
    choose(page, RIGHT, "berichtigt.xlsx")
    page.click("button:has-text('Übernehmen: 2 Einträge neu')")
    page.wait_for_selector("text=Übernommen: 2 Einträge neu.")
    assert Organisation.objects.count() == 2

    page.click("section:has-text('Bisherige Importe') >> tbody a")
    page.wait_for_selector("text=Organisationen: 2 entfernt")
    assert window.axe() == []
    page.click("button:has-text('Diesen Import zurücknehmen')")
    page.wait_for_selector("text=Der Import ist zurückgenommen.")
    assert Organisation.objects.count() == 0


def test_unknown_heads_are_mapped_by_keyboard_alone(visit):
    window = visit()
    page = window.page
    window.open(PAGE)
    choose(page, {"Organisationen": [["Kennung", "Art", "Firma"], ["awo", "", "AWO"]]})
    page.wait_for_selector("text=Was sind diese Spalten?")
    page.focus("select[name=spalte-0-0]")
    page.keyboard.type("Name")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("button:has-text('Übernehmen: 1 Eintrag neu')")


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (390, "dark")], ids=["hell", "telefon-dunkel"]
)
def test_pages_are_accessible_and_fit(visit, width, scheme):
    window = visit(width=width, scheme=scheme)
    page = window.page
    window.open(PAGE)
    choose(page, WRONG | {"Adressbuch": [["Haus", "Telefon"], ["AWO", "1"]]})
    page.wait_for_selector("text=Was sind diese Spalten?")
    here = f"{PAGE}{Upload.objects.get().key}/"
    found = {"zuordnung": (window.axe(), page.evaluate(FITS))}
    page.click("text=Ohne Zuordnung prüfen")
    page.wait_for_selector("text=Die Datei hat 1 Fehler.")
    for path in (PAGE, here, f"{here}?ansicht=aenderungen", f"{here}?ansicht=stellen"):
        window.open(path)
        found[path] = (window.axe(), page.evaluate(FITS))
    assert found == dict.fromkeys(found, ([], True))
