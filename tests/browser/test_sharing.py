"""Sharing a structure in a real browser: by keyboard, and read by the other side."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect
from tests import world
from tests.web.desk import DESK, TODAY, county

from gelingen.register.given import Share

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
OWN = DESK + "bestand/strukturen/angebot_0/"
VIEWS = [
    pytest.param(1280, "light", id="hell"),
    pytest.param(390, "dark", id="telefon-dunkel"),
]


@pytest.fixture(autouse=True)
def _two_tenants(settings, person):
    del person
    settings.ENV = replace(settings.ENV, day=TODAY)
    county(1)
    town = world.tenant("09463", "Stadt Coburg")
    one = world.structure(tenant=town, key="kurs", name="Kurs am Markt", capacity_low=12,
                          capacity_high=12, capacity_unit="Personen")  # fmt: skip
    world.reach(tenant=town, structure=one)
    world.funding(tenant=town, structure=one)
    world.share(tenant=town, structure=one, with_tenant=world.tenant())


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_pages_of_shares_are_accessible_and_fit(visit, width, scheme):
    window = visit(width=width, scheme=scheme)
    found = {}
    for path in (
        OWN,
        OWN + "freigeben/",
        DESK + "bestand/strukturen/@09463:kurs/",
        DESK + "bestand/?quelle=auch",
    ):
        window.open(path)
        for summary in window.page.query_selector_all("#freigabe > details > summary"):
            if summary.is_visible():  # on a phone all is open
                summary.click()
        found[path] = (window.axe(), window.page.evaluate(FITS))
    assert found == dict.fromkeys(found, ([], True))


def test_a_structure_is_shared_by_keyboard_ended_and_that_is_taken_back(visit):
    window = visit()
    page = window.page
    window.open(OWN)
    page.focus("#freigabe summary")
    page.keyboard.press("Enter")
    page.focus("#freigabe select")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#freigabe select")).to_have_value("09463")
    page.focus("#freigabe .kern-btn--primary")
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_contain_text("Freigegeben: Sprachcafé 0 für Stadt Coburg.")
    page.focus("#freigabe li button")
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_contain_text("Freigabe beendet")
    expect(page.locator("#freigabe li")).to_contain_text("beendet")
    page.get_by_role("button", name="Rückgängig").first.click()
    expect(page.locator("#freigabe li button")).to_be_visible()
    assert Share.objects.get(structure__key="angebot_0").ends is None
