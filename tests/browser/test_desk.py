"""The working pages in a real browser: journeys, accessibility, keyboard, without script."""

from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import expect
from tests import world
from tests.web.desk import DESK, TODAY, county

from gelingen.findings.models import Finding, Verdict

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VIEWS = [
    pytest.param(1280, "light", id="hell"),
    pytest.param(1280, "dark", id="dunkel"),
    pytest.param(390, "light", id="telefon"),
    pytest.param(390, "dark", id="telefon-dunkel"),
]
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
FIELD = "?zeile=frauen&spalte=sprache"


@pytest.fixture(autouse=True)
def _county(settings, person):
    del person
    settings.ENV = replace(settings.ENV, day=TODAY)
    county(2)
    world.finding(
        key="gap:sprache|frauen|09473112|operational",
        values={"type": "ending"},
        evidence=["need:n_0", "structure:angebot_0"],
        weight=50,
    )


def pages():
    pk = Finding.objects.order_by("-weight").first().pk
    return [
        DESK + path
        for path in (
            "",
            "bestand/",
            "bestand/organisationen/",
            "bestand/strukturen/angebot_0/",
            "bestand/organisationen/traeger_0/",
            "analyse/",
            f"analyse/{FIELD}",
            f"analyse/feld/{FIELD}",
            "analyse/befunde/",
            f"analyse/befunde/{pk}/",
            "plan/",
            "bedarfe/bedarf/n_0/",
            "plan/ziele/z_0/",
            "plan/massnahmen/m_0/",
            "dokumente/",
        )
    ]


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_pages_are_accessible_and_fit(visit, width, scheme):
    window = visit(width=width, scheme=scheme)
    found = {}
    for path in pages():
        window.open(path)
        found[path] = (window.axe(), window.page.evaluate(FITS))
    assert found == dict.fromkeys(found, ([], True))


def test_from_signing_in_to_a_structure(visit):
    window = visit(signed_in=False)
    page = window.page
    window.open("/anmelden/")
    page.fill("#id_login", "anna")
    page.fill("#id_password", "Ein langes Wort 7")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{DESK}")
    expect(page.locator("main")).to_contain_text("Punkte warten")
    page.click("nav >> text=Bestand")
    page.fill("#id_suche", "café 1")
    page.press("#id_suche", "Enter")
    page.wait_for_url("**/bestand/?*suche=*")
    expect(page.locator("#liste tbody tr")).to_have_count(1)
    expect(page.locator(".htmx-request")).to_have_count(0)
    page.click("#liste >> text=Sprachcafé 1")
    expect(page.locator("h1")).to_have_text("Sprachcafé 1")


def test_what_is_wrong_in_a_row_stands_in_it_and_what_is_done_leaves_the_list(visit):
    window = visit()
    page = window.page
    window.open(DESK)
    page.click("summary:has-text('Verlängern') >> nth=0")
    form = page.locator("form[action$='/heute/verlaengern/']").first
    form.locator("[name=until]").fill("31.12.2016")
    form.get_by_role("button").click()
    page.wait_for_selector("form .g-fehler:focus")
    expect(page.locator("h1")).to_have_count(1)
    expect(form.locator("[name=until]")).to_have_value("31.12.2016")
    form.locator("[name=until]").fill("31.12.2019")
    form.get_by_role("button").click()
    page.wait_for_selector("text=Verlängert bis 31.12.2019")
    expect(page.locator("#arbeit")).to_have_count(1)
    window.wrong[:] = [one for one in window.wrong if "422" not in one]


def test_what_is_told_of_a_row_far_down_is_in_sight_and_the_next_row_has_the_focus(visit):
    window = visit()
    page = window.page
    window.open(f"{DESK}?alle=ja")
    last = page.locator(".g-auf").last
    number = page.locator(".g-auf").count()
    last.locator("summary", has_text="Später").click()
    last.get_by_role("button", name="Zurückstellen").click()
    expect(page.locator(".g-auf")).to_have_count(number - 1)
    expect(page.locator("#gesagt [role=status]")).to_be_in_viewport()
    expect(page.locator("[data-naechste]")).to_be_focused()


def test_the_last_column_of_many_voices_is_in_sight(visit):
    need = world.need(key="bus", statement="Ein Bus am Abend")
    for number in range(2):
        world.voice(
            key=f"s_{number}", need=need, function="Leitung der Erwachsenenbildung im Landkreis",
            group="Kursträger und Bildungseinrichtungen", day=date(2017, 5, 1),
            where="Gespräch: Runde der Bürgermeisterinnen und Bürgermeister",
        )  # fmt: skip
    window = visit()
    window.open(f"{DESK}bedarfe/bedarf/bus/")
    box = window.page.locator("#stimmen .g-rolle")
    assert box.evaluate("one => one.scrollWidth - one.clientWidth") == 0


def test_from_a_field_of_the_matrix_to_a_verdict(visit):
    window = visit()
    page = window.page
    window.open(DESK + "analyse/")
    page.evaluate("document.querySelector('h1').textContent = 'unberührt'")
    page.click("a.g-zelle")
    page.wait_for_selector("#lade-titel:focus")
    assert page.inner_text("h1") == "unberührt"
    page.wait_for_url("**zeile=frauen**")
    page.select_option(".g-lade [name=decision]", "accepted")
    page.fill(".g-lade [name=reason]", "Das Angebot läuft aus, der Bedarf auch.")
    page.click("text=Bewertung speichern")
    page.wait_for_selector("text=Bewertung gespeichert")
    expect(page.locator(".g-lade")).to_contain_text("Bewertet: hingenommen.")
    assert Verdict.objects.get().by_function == "Integrationsbeauftragte"


def test_a_refused_verdict_keeps_what_was_typed_and_leads_to_the_field(visit):
    window = visit()
    page = window.page
    window.open(pages()[9])
    page.select_option("#id_decision", "to_solve")
    page.fill("#id_reason", "Ein Kurs löst das.")
    page.fill("#id_by_function", "Steuerungsgruppe")
    page.click("text=Bewertung speichern")
    page.wait_for_selector("[role=alert]")
    expect(page.locator("#id_reason")).to_have_value("Ein Kurs löst das.")
    page.click("[role=alert] a")
    page.wait_for_selector("#id_measure:focus")
    window.wrong = [one for one in window.wrong if "422" not in one]


def test_the_keyboard_opens_and_closes_a_field(visit):
    window = visit()
    page = window.page
    window.open(DESK + "analyse/")
    page.focus("a.g-zelle")
    page.keyboard.press("Enter")
    page.wait_for_selector("#lade-titel:focus")
    page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('#lade')")


def test_the_keyboard_reaches_every_way_of_a_page(visit):
    window = visit()
    page = window.page
    for path in pages():
        window.open(path)
        wanted = page.evaluate(
            "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select,"
            " textarea, summary')].filter((one) => one.checkVisibility()).length"
        )
        reached = set()
        for _ in range(wanted + 5):
            page.keyboard.press("Tab")
            reached.add(
                page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)")
            )
        assert (path, len(reached) >= wanted) == (path, True)


def test_without_script_filters_and_fields_load_pages(chromium, visit, live_server):
    window = visit()
    context = chromium.new_context(java_script_enabled=False, storage_state=window.state())
    page = context.new_page()
    page.goto(f"{live_server.url}{DESK}bestand/")
    page.fill("#id_suche", "café 1")
    page.click("text=Anwenden")
    expect(page.locator("#liste tbody tr")).to_have_count(1)
    page.goto(f"{live_server.url}{DESK}analyse/")
    page.click("a.g-zelle")
    expect(page.locator("#lade-titel")).to_contain_text("Frauen")
    context.close()
