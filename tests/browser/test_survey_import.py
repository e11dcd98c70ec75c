"""Antworten von außen in einem Browser: zuordnen, ansehen, einlesen; lesbar wie alles andere."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect
from tests.surveys.asking import question, survey
from tests.web.desk import DESK, TODAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
TABLE = "Organisation;F1;Wie viele?\nVHS;Eins;3\nChor;Vier;4\n"


def upload(seen, content):
    seen.open(f"{DESK}bedarfe/umfragen/umfrage/antworten/einlesen/")
    file = {"name": "antworten.csv", "mimeType": "text/csv", "buffer": content.encode()}
    seen.page.get_by_label("Tabelle mit Antworten").set_input_files(file)
    seen.page.get_by_role("button", name="Hochladen und ansehen").click()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_eine_tabelle_wird_zugeordnet_geprueft_und_eingelesen(visit, settings, width, scheme):
    settings.ENV = replace(settings.ENV, day=TODAY)
    of = survey(threshold=3)
    question(of, "choice", german="Was passt?")
    question(of, "number", german="Wie viele?")
    seen = visit(width=width, scheme=scheme)
    upload(seen, TABLE)
    page = seen.page
    page.get_by_label("F1").select_option("Was passt?")
    page.get_by_role("button", name="Vorschau neu").click()
    expect(page.get_by_text("„Vier“ ist keine der Antworten. Möglich sind:")).to_be_visible()
    assert seen.axe() == []
    assert page.evaluate(FITS)
    upload(seen, TABLE.replace("Vier", "Zwei"))
    page.get_by_label("F1").select_option("Was passt?")
    page.get_by_role("button", name="Vorschau neu").click()
    page.get_by_role("button", name="Alle einlesen").click()
    expect(page.get_by_text("Eingelesen: 2 Antworten.")).to_be_visible()
    assert seen.axe() == []
    assert page.evaluate(FITS)
