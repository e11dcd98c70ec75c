"""Build a survey from a template and open it, with the keyboard where it orders questions."""

from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import expect

from gelingen.surveys.models import Question, Survey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SURVEYS = "/intern/09473/bedarfe/umfragen/"


@pytest.fixture(autouse=True)
def _fixed_day(settings):
    settings.ENV = replace(settings.ENV, day=date(2017, 6, 1))


def order():
    asked = Question.objects.order_by("page", "order", "key")
    return [one.key.partition("|")[2] for one in asked]


def told(page, words):
    expect(page.locator(".g-meldungen")).to_contain_text(words)


def test_von_der_vorlage_bis_zum_oeffnen(visit):
    window = visit()
    begin(window)
    add_and_order(window)
    mend(window)
    window.page.get_by_role("link", name="Öffnen und schließen").click()
    window.page.get_by_role("button", name="Umfrage öffnen").click()
    told(window.page, "Geöffnet: Bedarfe 2017.")
    assert Survey.objects.get().state == "open"


def begin(window):
    """Take a template."""
    page = window.page
    window.open(SURVEYS)
    page.get_by_role("link", name="Umfrage anlegen").first.click()
    page.get_by_label("Was wird gebraucht?").check()
    page.get_by_label("Titel").fill("Bedarfe 2017")
    page.get_by_role("button", name="Anlegen", exact=True).click()
    told(page, "Angelegt: Bedarfe 2017.")
    assert window.axe() == []


def add_and_order(window):
    """Add a question, move it by the keyboard, and another one by dragging."""
    page = window.page
    page.get_by_role("link", name="mehrere Antworten").click()
    page.get_by_label("Frage", exact=True).fill("Welche Sprachen sprechen Sie?")
    page.get_by_label("Antworten zur Wahl").fill("Arabisch\nTürkisch\nUkrainisch")
    page.get_by_text("Nur manchen stellen").click()
    page.get_by_label("Ich bin selbst zugewandert.").check()
    assert window.axe() == []
    page.get_by_role("button", name="Speichern", exact=True).click()
    told(page, "Angelegt: Welche Sprachen sprechen Sie?")
    link = page.get_by_role("link", name="Welche Sprachen sprechen Sie?")
    expect(link).to_be_focused()
    # Moved by the page's script, which comes last.
    page.wait_for_load_state()
    page.keyboard.press("Alt+ArrowUp")
    told(page, "Verschoben: Welche Sprachen sprechen Sie?")
    expect(link).to_be_focused()
    assert order()[-2:] == ["welche_sprachen_sprechen_sie", "eine_sache"]

    handle = page.locator(".g-pz__art", has_text="Frage 2").first
    handle.scroll_into_view_if_needed()
    box, first = handle.bounding_box(), page.locator(".g-baufrage").first.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(first["x"] + 5, first["y"] + 2, steps=4)
    page.mouse.up()
    told(page, "Verschoben: Wo leben Sie")
    assert order()[:2] == ["ort", "gruppe"]
    page.get_by_role("button", name="Rückgängig").click()
    told(page, "Zurückgenommen.")
    assert order()[:2] == ["gruppe", "ort"]


def mend(window):
    """Follow what is missing to where it is mended, choose languages, look at it."""
    page = window.page
    page.get_by_role("link", name="Prüfen und öffnen").click()
    expect(page.get_by_role("heading", name="Noch zu tun (3)")).to_be_visible()
    assert window.axe() == []
    page.get_by_role("link", name="Ergänzen").first.click()
    page.get_by_label("Ansprechstelle").fill("Integrationsbeauftragte des Landkreises")
    page.get_by_label("Letzter Tag").fill("30.06.2017")
    page.get_by_label("Antworten löschen am").fill("31.12.2017")
    assert window.axe() == []
    page.get_by_role("button", name="Speichern", exact=True).click()
    told(page, "Gespeichert: Bedarfe 2017.")

    page.get_by_role("link", name="Sprachen", exact=True).click()
    page.get_by_role("checkbox", name="Arabisch").check()
    page.get_by_role("button", name="Speichern", exact=True).click()
    page.get_by_role("link", name="Vorschau", exact=True).click()
    page.get_by_role("link", name="Arabisch", exact=True).click()
    expect(page.get_by_text("ما الذي ينقص؟")).to_be_visible()
    assert window.axe() == []
