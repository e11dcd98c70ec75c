"""A forgotten password, by keys alone, in a real browser."""

import pytest
from playwright.sync_api import expect

from gelingen.post.models import OutgoingMail

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "Zimtstern-Ahorn-47"  # noqa: S105  made up for this test
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_vom_vergessenen_passwort_bis_zum_arbeitsplatz_nur_mit_tasten(
    visit, person, settings, width, scheme
):
    settings.EMAIL_HOST = "mail.example"
    phone = visit(width=width, scheme=scheme, signed_in=False)
    wrong = {}

    def look(heading):
        expect(phone.page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        if (found := phone.axe()) or phone.page.evaluate(WIDE) > 0:
            wrong[heading] = found

    phone.open("/anmelden/")
    phone.page.get_by_role("link", name="Passwort vergessen").focus()
    phone.page.keyboard.press("Enter")
    look("Passwort vergessen")
    phone.page.get_by_label("Dienstliche E-Mail-Adresse").focus()
    phone.page.keyboard.type(person.email)
    phone.page.keyboard.press("Enter")
    expect(phone.page.get_by_text("ist die Nachricht unterwegs")).to_be_visible()
    look("Passwort vergessen")

    link = OutgoingMail.objects.get().link
    phone.open(link.removeprefix(phone.base))
    look("Neues Passwort")
    phone.page.get_by_label("Neues Passwort", exact=True).fill(PASSWORD)
    phone.page.get_by_label("Neues Passwort, noch einmal").fill(PASSWORD)
    phone.page.keyboard.press("Enter")
    expect(phone.page.get_by_text("Das neue Passwort gilt ab jetzt.")).to_be_visible()
    phone.page.get_by_label("Benutzername oder E-Mail-Adresse").fill(person.email)
    phone.page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    phone.page.keyboard.press("Enter")
    look("Heute")

    phone.open(link.removeprefix(phone.base))
    expect(phone.page.get_by_text("Dieser Verweis gilt nicht mehr")).to_be_visible()
    look("Neues Passwort")
    assert wrong == {}
