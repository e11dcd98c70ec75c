"""The plan in a real browser: whole journeys by keyboard, by mouse and without script."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect
from tests import world
from tests.web.desk import DESK, TODAY

from gelingen.plan.models import ImpactGoal, Measure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLAN = DESK + "plan/"
VIEWS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
FITS = "document.documentElement.scrollWidth <= window.innerWidth"


@pytest.fixture(autouse=True)
def _plan(settings, person):
    del person
    settings.ENV = replace(settings.ENV, day=TODAY)
    women = world.topic(key="gleich", name="Gleichstellung", cross_cutting=True)
    for name in ("Beteiligung", "Ehrenamt", "Interkulturelle Öffnung", "Antidiskriminierung"):
        world.topic(key=name.casefold(), name=name, cross_cutting=True)
    need = world.need(key="n", statement="Deutsch lernen")
    goal = world.goal(key="z", title="Frauen sprechen", needs=[need])
    world.organisation(key="vhs", name="Volkshochschule")
    world.measure(
        key="a", title="Kurs", goals=[goal], cross_topics=[women], cost_year_low=5000,
        cost_year_high=8000,
    )  # fmt: skip
    world.measure(key="b", title="Treff", goals=[goal])
    world.chapter(chapter="auftrag", text="## Anlass\n\nDer Kreistag hat es beschlossen.")


def order():
    return list(Measure.objects.values_list("key", flat=True))


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_pages_of_the_plan_are_accessible_and_fit(visit, width, scheme):
    window = visit(width=width, scheme=scheme)
    paths = (
        PLAN, PLAN + "?nur=hinweise", PLAN + "zeile/measure/a/aendern/",
        PLAN + "zeile/need/n/neu/", PLAN + "massnahmen/a/", PLAN + "massnahmen/a/teil/wer/",
        PLAN + "querschnitt/", PLAN + "querschnitt/gleich/", PLAN + "geld/?jahr=2017",
        PLAN + "texte/", PLAN + "texte/auftrag/", PLAN + "vorschau/", DESK + "dokumente/",
    )  # fmt: skip
    found = {}
    for path in paths:
        window.open(path)
        found[path] = (window.axe(), window.page.evaluate(FITS))
    assert found == dict.fromkeys(found, ([], True))


def test_by_keyboard_a_measure_is_changed_moved_and_one_is_added(visit):
    window = visit()
    page = window.page
    window.open(PLAN)
    page.focus("[aria-label='Ändern: Kurs']")
    page.keyboard.press("Enter")
    page.wait_for_selector("input[name=title]:focus")
    page.keyboard.press("Control+A")
    page.keyboard.type("Kurs am Abend")
    page.keyboard.press("Enter")
    page.wait_for_selector("a:focus >> text=Kurs am Abend")
    expect(page.locator("#plan-meldung")).to_contain_text("Gespeichert: Kurs am Abend.")
    page.keyboard.press("Alt+ArrowDown")
    page.wait_for_selector("#plan-meldung >> text=Platz 2 von 2")
    page.wait_for_selector("a:focus >> text=Kurs am Abend")
    assert order() == ["b", "a"]
    page.focus("[aria-label='Maßnahme ergänzen zu: Frauen sprechen']")
    page.keyboard.press("Enter")
    page.wait_for_selector("input[name=titel]:focus")
    page.keyboard.type("Lesecafé")
    page.keyboard.press("Enter")
    page.wait_for_selector("a:focus >> text=Lesecafé")
    assert Measure.objects.get(title="Lesecafé").goals.get().key == "z"


def test_escape_gives_up_and_leads_back_to_the_row(visit):
    window = visit()
    page = window.page
    window.open(PLAN)
    page.focus("[aria-label='Ändern: Kurs']")
    page.keyboard.press("Enter")
    page.wait_for_selector("input[name=title]:focus")
    page.keyboard.type("x")
    page.keyboard.press("Escape")
    page.wait_for_selector("a:focus >> text=Kurs")
    page.focus("[aria-label='Ziel ergänzen zu: Deutsch lernen']")
    page.keyboard.press("Enter")
    page.wait_for_selector("input[name=titel]:focus")
    page.keyboard.press("Escape")
    page.wait_for_selector("a:focus >> text=Deutsch lernen")
    assert Measure.objects.get(key="a").title == "Kurs"
    assert ImpactGoal.objects.count() == 1


def test_buttons_move_a_row_and_keep_it_open(visit):
    window = visit()
    page = window.page
    window.open(PLAN)
    page.click("[aria-label='Ändern: Kurs']")
    page.click("text=Nach unten")
    page.wait_for_selector("#plan-meldung >> text=Platz 2 von 2")
    page.wait_for_selector("button[value=ab]:focus")
    assert order() == ["b", "a"]
    page.click("text=Nach oben")
    page.wait_for_selector("#plan-meldung >> text=Platz 1 von 2")
    page.wait_for_selector("button[value=auf]:focus")
    assert order() == ["a", "b"]


def test_dragging_by_the_kind_changes_the_order(visit):
    window = visit()
    page = window.page
    window.open(PLAN)
    page.evaluate("document.fonts.ready.then(() => true)")  # letters that come late move the rows
    last = page.locator("[data-zeile='measure:b'] .g-pz__art").bounding_box()
    first = page.locator("[data-zeile='measure:a']").bounding_box()
    page.mouse.move(last["x"] + 5, last["y"] + 5)
    page.mouse.down()
    page.mouse.move(first["x"] + 20, first["y"] + 2, steps=5)
    page.mouse.up()
    page.wait_for_selector("#plan-meldung >> text=Platz 1 von 2")
    assert order() == ["b", "a"]


def test_a_section_of_a_measure_is_changed_in_place_and_taken_back(visit):
    window = visit()
    page = window.page
    window.open(PLAN + "massnahmen/a/")
    page.click("[aria-label='Geld ändern']")
    page.wait_for_selector("#teil-geld input[name=programme]")
    page.fill("#teil-geld input[name=programme]", "Landesmittel")
    page.click("#teil-geld >> text=Speichern")
    page.wait_for_selector("#teil-geld h2:focus")
    expect(page.locator("#teil-geld")).to_contain_text("Landesmittel")
    expect(page.locator("#verlauf")).to_contain_text("Förderprogramm")
    page.click("#plan-meldung >> text=Rückgängig")
    page.wait_for_selector("text=Zurückgenommen.")
    assert Measure.objects.get(key="a").programme == ""


def test_the_preview_follows_the_typing(visit):
    window = visit()
    page = window.page
    window.open(PLAN + "texte/leitbild/")
    page.fill("#id_text", "")
    page.type("#id_text", "Wir leben **zusammen**.")
    page.wait_for_selector("#vorschau strong >> text=zusammen")
    page.wait_for_selector("[data-draft-state] >> text=Entwurf gesichert")
    window.open(PLAN + "texte/leitbild/")
    expect(page.locator("#id_text")).to_have_value("Wir leben **zusammen**.")


def test_without_script_everything_is_a_page(chromium, visit, live_server):
    window = visit()
    context = chromium.new_context(java_script_enabled=False, storage_state=window.state())
    page = context.new_page()
    page.goto(live_server.url + PLAN)
    page.click("[aria-label='Ändern: Kurs']")
    page.select_option("select[name=lead]", "vhs")
    page.click("text=Speichern")
    expect(page.locator(".g-plan")).to_contain_text("Volkshochschule")
    page.click("[aria-label='Ändern: Treff']")
    with page.expect_navigation():
        page.click("text=Nach oben")
    assert order() == ["b", "a"]
    page.click("[aria-label='Ziel ergänzen zu: Deutsch lernen']")
    page.fill("input[name=titel]", "Frauen lesen")
    page.click("text=Anlegen")
    expect(page.locator(".g-plan")).to_contain_text("Frauen lesen")
    page.goto(live_server.url + PLAN + "texte/leitbild/")
    page.fill("#id_text", "Wir leben **zusammen**.")
    page.click("button >> text=Vorschau")
    expect(page.locator("#vorschau strong")).to_have_text("zusammen")
    context.close()
