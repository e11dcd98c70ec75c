"""Analyse in a real browser: the new pages, and journeys by keyboard."""

from dataclasses import replace
from decimal import Decimal

import pytest
from playwright.sync_api import expect
from tests import world
from tests.web.desk import DESK, TODAY, county

from gelingen.findings.models import Finding, Verdict

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FITS = "document.documentElement.scrollWidth <= window.innerWidth"


@pytest.fixture(autouse=True)
def _county(settings, person):
    del person
    settings.ENV = replace(settings.ENV, day=TODAY)
    county(2)
    world.territory(
        key="09473151", name="Neustadt", latitude=Decimal("50.327"), longitude=Decimal("11.122")
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_seiten_sind_zugaenglich_und_passen(visit, width, scheme):
    window = visit(width=width, scheme=scheme)
    pk = Finding.objects.first().pk
    found = {}
    for path in (
        "?zeilen=ebene&spalten=funktion&zeile=municipality&spalte=delivers",
        "verlauf/",
        "karte/?gemeinde=09473151",
        "befunde/?gruppe=ursache",
        f"befunde/{pk}/massnahme/",
    ):
        window.open(f"{DESK}analyse/{path}")
        found[path] = (window.axe(), window.page.evaluate(FITS))
    assert found == dict.fromkeys(found, ([], True))


def test_ein_befund_wird_mit_der_tastatur_in_der_liste_bewertet(visit):
    window = visit()
    page = window.page
    window.open(DESK + "analyse/befunde/")
    first = Finding.objects.order_by("key").first()
    page.focus(f"#befund-{first.pk} summary")
    for key in ("Enter", "Tab", "h", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("Das ist so gewollt.")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Bewertung gespeichert")
    expect(page.locator(f"#befund-{first.pk}")).to_have_count(0)
    assert "#befund-" in page.url
    assert Verdict.objects.get().decision == "accepted"


def test_die_matrix_wird_verglichen_ohne_die_seite_neu_zu_laden(visit):
    window = visit()
    page = window.page
    window.open(DESK + "analyse/")
    page.evaluate("document.querySelector('h1').textContent = 'unberührt'")
    page.fill("#id_vergleich", "01.06.2018")
    page.keyboard.press("Enter")
    page.wait_for_selector("#wandel:has-text('Bis 01.06.2018 öffnet sich ein Feld')")
    # Enter changes the field and sends the form: the picture comes twice.
    expect(page.locator(".htmx-request")).to_have_count(0)
    assert page.inner_text("h1") == "unberührt"
    page.click("text=Welche Felder sich ändern")
    page.click(".g-wandel a:has-text('Frauen: Sprache und Bildung')")
    page.wait_for_selector("#lade-titel:focus")
    page.keyboard.press("Escape")
    page.wait_for_selector("#lade-titel", state="detached")
