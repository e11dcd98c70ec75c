"""A new structure with reach and money, and a duplicate merged, in a real browser."""

from dataclasses import replace

import pytest
from tests import world
from tests.browser.counting import count
from tests.web.desk import DESK, TODAY, county

from gelingen.register.models import Structure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW = DESK + "bestand/strukturen/neu/"
ONE = DESK + "bestand/strukturen/angebot_0/"
MOST = 150
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
    world.organisation(key="awo", name="Arbeiterwohlfahrt", level="county")
    world.target_group(key="kinder", name="Kinder")


def tick(page, *labels):
    for label in labels:
        page.get_by_role("checkbox", name=label, exact=True).click()


def test_a_new_structure_with_reach_and_money_takes_few_keys(visit):
    window = visit()
    page = window.page
    window.open(NEW)
    done = count(page)
    page.get_by_label("Name", exact=True).click()
    page.keyboard.type("Sprachtreff Ahorn")
    page.keyboard.press("Tab")
    page.keyboard.type("Arb")
    tick(page, "Sprache und Bildung", "Frauen", "Kinder", "Ahorn")
    page.get_by_label("Programm", exact=True).click()
    page.keyboard.type("Stiftung Integration")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("12.000")
    page.get_by_label("Geld bis", exact=True).click()
    page.keyboard.type("31.12.2019")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Angelegt: Sprachtreff Ahorn.")
    done.tell("new-structure")
    made = Structure.objects.get(name="Sprachtreff Ahorn")
    assert made.organisation.key == "awo"
    assert made.level == "county"
    assert made.reach.count() == 2
    assert made.fundings.get().eur_per_year == 12000
    assert done.total <= MOST


def test_a_duplicate_is_suggested_while_the_name_is_typed(visit):
    window = visit()
    page = window.page
    window.open(NEW)
    page.get_by_label("Name", exact=True).click()
    page.keyboard.type("Sprachcaffee 1")
    page.wait_for_selector("#aehnlich >> text=Gibt es schon")
    assert page.locator("#aehnlich a").inner_text() == "Sprachcafé 1 (Träger 1)"


def test_a_duplicate_is_merged_and_brought_back(visit):
    window = visit()
    page = window.page
    window.open(ONE)
    done = count(page)
    page.get_by_role("link", name="Zusammenführen").click()
    page.get_by_label("Name", exact=True).click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Sprachcafé 1")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Sprachcafé 1", exact=True).click()
    page.get_by_role("button", name="Vorschau", exact=True).click()
    page.get_by_role("button", name="Zusammenführen").click()
    page.wait_for_selector("text=Rückgängig")
    done.tell("merge-duplicate")
    assert Structure.objects.count() == 1
    assert done.total > 0
    page.get_by_role("button", name="Rückgängig").first.click()
    page.wait_for_selector("text=Zurückgenommen.")
    assert Structure.objects.count() == 2


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
    page.select_option("#id_organisation", "awo")
    page.click("text=Speichern >> nth=0")
    assert "Gibt es schon: Sprachcafé 0" in page.inner_text("#aehnlich")
    page.click("text=Trotzdem speichern")
    assert page.inner_text("h1") == "Sprachcafe 0"
    context.close()
