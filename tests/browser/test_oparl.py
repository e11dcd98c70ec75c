"""The page of the OParl endpoint and the reading in of answers, in a real browser."""

import json
from dataclasses import replace

import pytest
from playwright.sync_api import expect
from tests import world
from tests.oparl.test_reading import meeting, organization
from tests.web.desk import DESK, TODAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = DESK + "gremien/oparl/"
READ = PAGE + "einlesen/"
FITS = "document.documentElement.scrollWidth <= window.innerWidth"


@pytest.fixture(autouse=True)
def _county(settings, person):
    del person
    settings.ENV = replace(settings.ENV, day=TODAY)
    world.body(key="forum", name="Offenes Forum", public=True)
    world.legislative_term(key="wahl")


def answers(*objects):
    content = json.dumps(list(objects)).encode()
    return {"name": "antworten.json", "mimeType": "application/json", "buffer": content}


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light")])
def test_pages_are_accessible_and_fit(visit, width, scheme):
    window = visit(width=width, scheme=scheme)
    page, found = window.page, {}
    for path in (PAGE, READ, PAGE + "wahlperiode/wahl/entfernen/"):
        window.open(path)
        found[path] = (window.axe(), page.evaluate(FITS))
    window.open(READ)
    page.get_by_label("Gespeicherte Antworten").set_input_files(
        answers(organization(), meeting(), meeting(2, organization=[]))
    )
    page.get_by_role("button", name="Vorschau").click()
    expect(page.get_by_role("status")).to_contain_text("Noch ist nichts geschrieben.")
    found["preview"] = (window.axe(), page.evaluate(FITS))
    assert found == dict.fromkeys(found, ([], True))


def test_opened_by_keyboard_everybody_reads_it_in_the_browser(visit):
    window = visit()
    page = window.page
    window.open(PAGE)
    page.get_by_label("Eingeschaltet").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Die Schnittstelle ist eingeschaltet.")).to_be_visible()
    stranger = visit(signed_in=False)
    stranger.open("/oparl/v1.1/09473/organization/")
    expect(stranger.page.locator("body")).to_contain_text("Offenes Forum")


def test_answers_are_read_in_without_script(chromium, visit, live_server):
    context = chromium.new_context(java_script_enabled=False, storage_state=visit().state())
    page = context.new_page()
    page.goto(live_server.url + READ)
    page.get_by_label("Gespeicherte Antworten").set_input_files(answers(organization()))
    page.get_by_role("button", name="Vorschau").click()
    page.get_by_role("button", name="1 Änderung schreiben").click()
    expect(page.get_by_text("Übernommen. Neu: 1 Gremium")).to_be_visible()
    context.close()
