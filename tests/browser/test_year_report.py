"""The year's report in a browser: conclusions beside the facts, also on a phone, then release."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.web.desk import DESK
from tests.yearly.year import ON, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BASE = f"{DESK}umsetzung/berichte/"
FITS = "document.documentElement.scrollWidth <= window.innerWidth"


@pytest.fixture(autouse=True)
def year(settings, person):  # noqa: ARG001 - the tenant is there with the person
    settings.ENV = replace(settings.ENV, day=ON)
    report = build()
    yield report
    for one in report.files.all():
        one.file.delete(save=False)


def shot(window, name):
    """Keep a picture of a page where one is wanted."""
    if folder := os.environ.get("BILDER"):
        window.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def test_what_follows_is_written_beside_the_facts_and_then_the_report_stays(visit):
    desk, phone = visit(), visit(width=390)
    page = desk.page
    desk.open(f"{BASE}bericht/folgerungen/")
    page.get_by_role("button", name="Weiterführen, was im Plan läuft").click()
    expect(page.get_by_role("status")).to_contain_text("1 Maßnahme wird weitergeführt")
    page.get_by_role("link", name="Nächste schreiben").click()
    for title in ("Frauen sprechen Deutsch", "Fahrdienst", "Treffpunkt"):
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        assert desk.axe() == []
        shot(desk, f"folgerung-{title}")
        page.get_by_label("dem Gremium vorlegen").check()
        page.get_by_label("Begründung und Vorschlag").fill("Bis Mai neu planen.")
        page.get_by_role("button", name="Speichern und weiter").press("Enter")
    one = "bericht/"
    pages = ("", one, f"{one}vorschau/", f"{one}text/?kapitel=ueberblick", "neu/")
    for number, path in enumerate(pages):
        phone.open(f"{BASE}{path}")
        shot(phone, f"telefon-{number}")
        assert phone.page.evaluate(FITS), path
        assert phone.axe() == [], path
    desk.open(f"{BASE}bericht/folgerungen/")
    shot(desk, "folgerungen")
    desk.open(f"{BASE}bericht/")
    shot(desk, "bericht")
    page.get_by_role("button", name="Bericht freigeben").click()
    expect(page.get_by_role("status")).to_contain_text("Der Bericht bleibt, wie er ist.")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="XLSX").click()
    assert waiting.value.suggested_filename == "sachstand-2017.xlsx"
