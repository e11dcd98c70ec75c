"""The form of a new structure and the actions on one, in a real browser."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect
from tests import world
from tests.web.desk import DESK, TODAY, county

from gelingen.register.models import Structure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW = DESK + "bestand/strukturen/neu/"
ONE = DESK + "bestand/strukturen/angebot_0/"
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
VIEWS = [
    pytest.param(1280, "light", id="hell"),
    pytest.param(1280, "dark", id="dunkel"),
    pytest.param(390, "light", id="telefon"),
]


@pytest.fixture(autouse=True)
def _county(settings, person):
    del person
    settings.ENV = replace(settings.ENV, day=TODAY)
    county(2)


def test_a_duplicate_is_suggested_while_the_name_is_typed(visit):
    window = visit()
    page = window.page
    window.open(NEW)
    page.get_by_label("Name", exact=True).click()
    page.keyboard.type("Sprachcaffee 1")
    # While the name grows it may resemble more than one.
    expect(page.locator("#aehnlich")).to_contain_text("Gibt es schon")
    expect(page.locator("#aehnlich a")).to_have_text("Sprachcafé 1 (Träger 1)")


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_pages_are_accessible_and_fit(visit, width, scheme):
    window = visit(width=width, scheme=scheme)
    world.funding(structure=Structure.objects.get(key="angebot_0"), state="applied")
    world.funding(structure=Structure.objects.get(key="angebot_0"), state="planned")
    found = {}
    for path in (NEW, ONE, *(ONE + name for name in ("beenden/", "ersetzen/", "teilen/"))):
        window.open(path)
        if path.endswith("beenden/"):
            window.page.get_by_role("button", name="Vorschau").click()
            window.page.wait_for_selector("#vorschau")
        found[path] = (window.axe(), window.page.evaluate(FITS))
    window.open(ONE + "zusammenfuehren/?mit=angebot_1")
    found["merge"] = (window.axe(), window.page.evaluate(FITS))
    assert found == dict.fromkeys(found, ([], True))


def test_without_script_the_warning_comes_after_sending(chromium, visit, live_server):
    window = visit()
    context = chromium.new_context(java_script_enabled=False, storage_state=window.state())
    page = context.new_page()
    page.goto(f"{live_server.url}{NEW}")
    page.fill("#id_name", "Sprachcafe 0")
    page.select_option("#id_organisation", "traeger_0")
    page.click("text=Speichern >> nth=0")
    expect(page.locator("#aehnlich")).to_contain_text("Gibt es schon: Sprachcafé 0")
    page.click("text=Trotzdem speichern")
    expect(page.locator("h1")).to_have_text("Sprachcafe 0")
    context.close()
