"""In by invitation, and the pages of the administration, in a real browser."""

import pytest
from playwright.sync_api import expect

from gelingen.access.models import Membership, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "Zimtstern-Ahorn-47"  # noqa: S105  made up for this test
PEOPLE = "/intern/09473/verwaltung/"
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_von_der_einladung_bis_zum_arbeitsplatz_nur_mit_tasten(visit):
    desk = visit()
    desk.open(f"{PEOPLE}einladungen/")
    desk.page.get_by_label("Dienstliche E-Mail-Adresse").focus()
    desk.page.keyboard.type("mia@example.org")
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.type("Planungsstab")
    desk.page.get_by_role("button", name="Einladen").focus()
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_text("Eingeladen: mia@example.org.")).to_be_visible()
    desk.page.get_by_text("Verweis zeigen").focus()
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("code")).to_be_visible()
    link = desk.page.locator("code").inner_text()

    phone = visit(width=390, signed_in=False)
    phone.open(link.removeprefix(phone.base))
    assert phone.axe() == []
    assert phone.page.evaluate(WIDE) <= 0
    phone.page.get_by_label("Anmeldename").fill("mia")
    phone.page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    phone.page.get_by_label("Passwort, noch einmal").fill(PASSWORD)
    phone.page.keyboard.press("Enter")
    expect(phone.page.get_by_text("Ihr Konto ist angelegt.")).to_be_visible()
    phone.page.get_by_label("Benutzername oder E-Mail-Adresse").fill("mia")
    phone.page.get_by_label("Passwort").fill(PASSWORD)
    phone.page.keyboard.press("Enter")
    expect(phone.page.get_by_role("heading", level=1, name="Heute")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_die_verwaltung_ist_zugaenglich_und_passt_auf_das_telefon(visit, person, scheme, width):
    other = User.objects.create_user("mia", "mia@example.org")
    Membership.objects.create(user=other, tenant_id="09473", role="reader")
    desk = visit(width=width, scheme=scheme)
    wrong = {}
    for path in (
        PEOPLE,
        f"{PEOPLE}rollen/",
        f"{PEOPLE}meine-rechte/",
        f"{PEOPLE}einladungen/",
        f"{PEOPLE}person/{other.pk}/",
        f"{PEOPLE}person/{person.pk}/",
        "/konto/anmeldungen/",
    ):
        desk.open(path)
        found = desk.axe()
        if found or desk.page.evaluate(WIDE) > 0:
            wrong[path] = (found, desk.page.evaluate(WIDE))
    assert wrong == {}
