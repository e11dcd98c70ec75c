"""The frame and all components in a real browser."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VIEWS = [
    pytest.param(1280, "light", id="hell"),
    pytest.param(1280, "dark", id="dunkel"),
    pytest.param(390, "light", id="telefon"),
    pytest.param(390, "dark", id="telefon-dunkel"),
]
PAGES = ["/intern/galerie/", "/intern/09473/", "/konto/", "/konto/sicherheit/"]
FITS = "document.documentElement.scrollWidth <= window.innerWidth"


def test_signing_in_needs_no_mouse(visit):
    window = visit(signed_in=False)
    window.open("/anmelden/")
    keys = window.page.keyboard
    keys.press("Tab")  # the mark
    keys.press("Tab")
    keys.type("anna")
    keys.press("Tab")
    keys.type("Ein langes Wort 7")
    keys.press("Tab")
    keys.press("Enter")
    window.page.wait_for_url("**/intern/09473/")
    keys.press("Tab")
    window.page.wait_for_selector("text=Zum Inhalt springen >> :scope:focus")
    keys.press("Enter")
    window.page.wait_for_selector("#inhalt:focus")
    assert "#" not in window.page.url


def test_a_refused_sign_in_puts_the_focus_on_the_reason(visit):
    window = visit(signed_in=False)
    window.open("/anmelden/")
    window.page.fill("#id_login", "anna")
    window.page.fill("#id_password", "falsch")
    window.page.keyboard.press("Enter")
    window.page.wait_for_selector("[role=alert]:focus")


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_pages_are_accessible_and_fit(visit, width, scheme):
    stranger = visit(width=width, scheme=scheme, signed_in=False)
    window = visit(width=width, scheme=scheme)
    for seen, path in [(stranger, "/anmelden/"), *((window, path) for path in PAGES)]:
        seen.open(path)
        assert (path, seen.axe()) == (path, [])
        assert (path, seen.page.evaluate(FITS)) == (path, True)


def test_escape_closes_the_list_of_tenants(visit):
    window = visit()
    window.open("/intern/09473/")
    window.page.focus(".g-haus summary")
    window.page.keyboard.press("Enter")
    expect(window.page.get_by_text("Stadt Coburg", exact=True)).to_be_visible()
    window.page.keyboard.press("Tab")
    window.page.wait_for_selector(".g-haus a:focus")
    window.page.keyboard.press("Escape")
    expect(window.page.get_by_text("Stadt Coburg", exact=True)).to_be_hidden()
    window.page.wait_for_selector(".g-haus summary:focus")


def test_on_a_phone_records_are_cards_that_name_their_values(visit):
    window = visit(width=390)
    window.open("/intern/galerie/")
    before = "getComputedStyle(document.querySelector('td[data-k=Ende]'), '::before').content"
    assert "Ende" in window.page.evaluate(before)


def test_on_paper_only_the_content_stands(visit):
    window = visit()
    window.open("/intern/galerie/")
    window.page.emulate_media(media="print")
    shown = "(name) => getComputedStyle(document.querySelector(name)).display !== 'none'"
    visible = {name: window.page.evaluate(shown, name) for name in (".g-nav", ".g-kopf", "main")}
    assert visible == {".g-nav": False, ".g-kopf": False, "main": True}


def test_a_filter_exchanges_the_list_and_the_address(visit):
    window = visit()
    window.open("/intern/galerie/")
    window.page.evaluate("document.querySelector('h1').textContent = 'unberührt'")
    window.page.select_option("#id_topic", "s")
    window.page.wait_for_url("**/intern/galerie/?*topic=s*")
    assert window.page.inner_text("h1") == "unberührt"
    expect(window.page.locator("#liste")).to_have_count(1)


def test_without_script_the_filter_loads_the_page(chromium, visit, live_server):
    window = visit()
    context = chromium.new_context(java_script_enabled=False, storage_state=window.state())
    page = context.new_page()
    page.goto(f"{live_server.url}/intern/galerie/")
    page.select_option("#id_topic", "s")
    page.click("text=Anwenden")
    page.wait_for_url("**topic=s**")
    context.close()
