"""Timeline, responsibilities and network in a real browser: accessible, and worked to the end."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect
from tests import world
from tests.web.desk import DESK, TODAY, county

from gelingen.register.models import Cooperation, Responsibility

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
VIEWS = [
    pytest.param(1280, "light", id="hell"),
    pytest.param(1280, "dark", id="dunkel"),
    pytest.param(390, "light", id="telefon"),
    pytest.param(390, "dark", id="telefon-dunkel"),
]
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
OPEN = "bestand/federfuehrung/?zeilen=aufgabe&zeile=sprachfoerderung&spalte=county"


@pytest.fixture(autouse=True)
def _county(settings, person):
    del person
    settings.ENV = replace(settings.ENV, day=TODAY)
    county(2)
    a, b, c = (
        world.organisation(key=key, name=f"Stelle {key}", level="county", kind="county_office")
        for key in "abc"
    )
    for number, one in enumerate((a, b)):
        world.responsibility(key=f"z_{number}", organisation=one)
    world.cooperation(key="k_1", a=a, b=b, reported_by="a")
    world.inquiry(organisation=c)


def test_the_timeline_is_accessible_and_fits(visit):
    _accessible(visit, "bestand/zeitstrahl/")


def test_responsibilities_are_accessible_and_fit(visit):
    _accessible(visit, "bestand/federfuehrung/", "bestand/federfuehrung/?spalten=gebiet", OPEN)


def test_the_network_is_accessible_and_fits(visit):
    _accessible(visit, "bestand/netzwerk/", "bestand/netzwerk/verbindungen/?organisation=a")


def _accessible(visit, *paths):
    found = {}
    for width, scheme in (one.values for one in VIEWS):
        window = visit(width=width, scheme=scheme)
        for path in paths:
            window.open(DESK + path)
            found[path, width, scheme] = (window.axe(), window.page.evaluate(FITS))
    assert found == dict.fromkeys(found, ([], True))


def test_on_a_phone_the_table_stands_in_place_of_the_picture(visit):
    window = visit(width=390)
    for path in ("bestand/zeitstrahl/", "bestand/netzwerk/", "bestand/federfuehrung/"):
        window.open(DESK + path)
        shown = [window.page.is_visible(one) for one in (".g-strahl", ".g-zwilling table")]
        assert (path, shown) == (path, [False, True])


def test_two_units_agree_from_the_matrix_to_the_responsibilities(visit):
    window = visit()
    page = window.page
    window.open(DESK + "bestand/federfuehrung/?zeilen=aufgabe")
    page.click("td >> text=mehrere Federführungen")
    page.select_option("#id_lead", "a")
    page.select_option("#id_basis", "resolution")
    page.fill("#id_starts", "01.01.2018")
    page.click("text=Vorschlagen")
    for unit in ("Stelle a", "Stelle b"):
        form = page.locator(f"form[aria-label='{unit} bestätigt']")
        form.get_by_label("durch (Funktion)").fill("Leitung")
        form.get_by_role("button", name="Bestätigen").click()
        expect(form).to_have_count(0)
    page.wait_for_selector("text=Vereinbart: Sprachförderung: Stelle a ab 01.01.2018.")
    kinds = Responsibility.objects.filter(ends=None).values_list("organisation__key", "kind")
    assert sorted(kinds) == [("a", "lead"), ("b", "participates")]


def test_ties_are_ticked_without_script_and_the_search_keeps_them(chromium, visit, live_server):
    window = visit()
    context = chromium.new_context(java_script_enabled=False, storage_state=window.state())
    page = context.new_page()
    page.goto(f"{live_server.url}{DESK}bestand/netzwerk/")
    page.select_option("#netz-wer", "a")
    page.get_by_role("button", name="Eintragen").click()
    page.get_by_label("Stelle c").check()
    page.fill("#suche", "träger 1")
    page.locator("main").get_by_role("button", name="Suchen").click()
    expect(page.get_by_label("Stelle c")).to_have_count(0)
    page.get_by_label("Träger 1").check()
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator("[role=status]")).to_contain_text("neue Verbindungen 2, beendete 0")
    ties = Cooperation.objects.values_list("b__key", flat=True)
    assert sorted(ties) == ["b", "c", "traeger_1"]
    context.close()
