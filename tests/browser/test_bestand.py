"""Lists of the inventory and the search in a real browser: journeys, keyboard, accessibility."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect
from tests import world
from tests.web.desk import DESK, TODAY, county

from gelingen.register.models import Organisation, Structure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
BASE = DESK + "bestand/"
VIEWS = [
    pytest.param(1280, "light", id="hell"),
    pytest.param(1280, "dark", id="dunkel"),
    pytest.param(390, "light", id="telefon"),
    pytest.param(390, "dark", id="telefon-dunkel"),
]
PAGES = (
    "bestand/",
    "bestand/organisationen/",
    "bestand/finanzierungen/",
    "bestand/finanzierungen/f_0/verlaengern/",
    "bestand/zustaendigkeiten/",
    "bestand/zusammenarbeit/",
    "bestand/ansichten/structure/",
    "bestand/?suche=Sbrachkaffeeh+X",
    "suche/?q=Programm",
    "suche/?q=Sbrachkaffeeh+X",
)


@pytest.fixture(autouse=True)
def _county(settings, person):
    del person
    settings.ENV = replace(settings.ENV, day=TODAY)
    county(3)
    owner = Organisation.objects.get(key="traeger_0")
    world.responsibility(organisation=owner)
    world.cooperation(a=owner)


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_pages_are_accessible_and_fit(visit, width, scheme):
    window = visit(width=width, scheme=scheme)
    found = {}
    for path in PAGES:
        window.open(DESK + path)
        for summary in window.page.query_selector_all(".g-klapp > summary, .g-mehr > summary"):
            summary.click()
        found[path] = (window.axe(), window.page.evaluate(FITS))
    window.open(BASE)
    window.page.check("[value=angebot_0]")
    found["ticked"] = (window.axe(), window.page.evaluate(FITS))
    window.page.click("text=Ende setzen …")
    window.page.fill("#id_last", "31.12.2018")
    window.page.click("text=Vorschau")
    window.page.wait_for_selector("text=Noch ist nichts geschrieben")
    found["preview"] = (window.axe(), window.page.evaluate(FITS))
    assert found == dict.fromkeys(found, ([], True))


def test_three_rows_are_confirmed_by_keyboard_and_taken_back(visit):
    window = visit()
    page = window.page
    window.open(BASE)
    page.focus("[data-alle]")
    page.keyboard.press("Space")
    expect(page.locator("[data-sammel-zahl]")).to_have_text("3 von 3 angekreuzt")
    page.focus("button:has-text('Bestätigen')")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=3 Änderungen. Noch ist nichts geschrieben.")
    page.focus("button:has-text('3 Änderungen schreiben')")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Gespeichert: 3 Strukturen, bestätigen.")
    assert Structure.objects.filter(last_confirmed=TODAY).count() == 3
    page.click("text=Rückgängig")
    page.wait_for_selector("text=Zurückgenommen")
    assert not Structure.objects.filter(last_confirmed=TODAY).exists()


def test_filters_columns_and_views_work_together(visit):
    window = visit()
    page = window.page
    window.open(BASE)
    page.fill("#id_suche", "Sprachcaffee 1")
    page.press("#id_suche", "Enter")
    page.wait_for_selector("#liste tbody tr:only-child")
    # Enter changes the field and sends the form: the list comes twice.
    expect(page.locator(".htmx-request")).to_have_count(0)
    page.click("summary:has-text('Spalten')")
    page.check("[name=spalten][value=vzae]")
    page.click("button:has-text('Zeigen')")
    page.wait_for_selector("th:has-text('VZÄ')")
    expect(page.locator("#liste tbody tr")).to_have_count(1)
    page.click("summary:has-text('Ansichten')")
    page.fill("#liste [name=name]", "Café")
    page.click("text=Diese Ansicht speichern")
    page.wait_for_selector("text=Ansicht „Café“ gespeichert.")
    window.open(BASE)
    expect(page.locator("#liste tbody tr")).to_have_count(3)
    page.click("summary:has-text('Ansichten')")
    page.click("a:text-is('Café')")
    page.wait_for_selector("th:has-text('VZÄ')")
    expect(page.locator("#liste tbody tr")).to_have_count(1)
    page.click("text=Ändern")
    page.wait_for_selector("h1:has-text('ändern')")
    page.click("text=Abbrechen")
    page.wait_for_selector("th:has-text('VZÄ')")


def test_escape_closes_what_is_open_above_a_list(visit):
    window = visit()
    page = window.page
    window.open(BASE)
    page.click("summary:has-text('Spalten')")
    page.keyboard.press("Escape")
    page.wait_for_selector("summary:has-text('Spalten'):focus")
    expect(page.locator(".g-klapp[open]")).to_have_count(0)


def test_without_script_rows_are_ticked_and_changed(chromium, visit, live_server):
    window = visit()
    context = chromium.new_context(java_script_enabled=False, storage_state=window.state())
    page = context.new_page()
    page.goto(f"{live_server.url}{BASE}")
    assert not page.is_visible("#sammel")
    page.check("[value=angebot_0]")
    page.click("text=Themenfeld …")
    page.select_option("#id_topic", "sprache")
    page.click("text=Vorschau")
    expect(page.locator("main")).to_contain_text("Arbeitet schon am Themenfeld")
    context.close()
