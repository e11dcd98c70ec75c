"""One's own account in a real browser: the key that may be switched off (WCAG 2.1.4)."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = "/intern/09473/"


def test_ausgeschaltet_loest_die_taste_nichts_aus(visit):
    window = visit()
    page = window.page
    window.open("/konto/")
    page.get_by_label("Die Taste „/“ springt zur Suche").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Speichern").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Die Taste „/“ ist ausgeschaltet.")).to_be_visible()
    assert window.axe() == []
    window.open(DESK)
    page.locator(".g-haupt a, .g-nav a").first.focus()
    page.keyboard.press("/")
    expect(page.locator(".g-suche input")).not_to_be_focused()
    window.open("/konto/")
    page.get_by_label("Die Taste „/“ springt zur Suche").check()
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Die Taste „/“ springt zur Suche.")).to_be_visible()
    window.open(DESK)
    page.keyboard.press("/")
    page.wait_for_selector(".g-suche input:focus")
