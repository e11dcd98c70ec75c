"""Eine Rückmeldung vom Telefon, ohne Konto, bis zur Antwort am Arbeitsplatz."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests import world
from tests.opendata.shown import county, release
from tests.web.desk import DESK, TODAY

from gelingen.feedback.models import Feedback
from gelingen.post.models import OutgoingMail
from gelingen.web.site import feedback

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROOT = "/09473/"
PHONE = {"width": 390, "height": 844}
FITS = "document.documentElement.scrollWidth <= window.innerWidth"


def test_was_jemand_am_telefon_schreibt_wird_am_arbeitsplatz_beantwortet(
    visit, person, settings, monkeypatch
):
    del person
    settings.ENV = replace(settings.ENV, day=TODAY)
    monkeypatch.setattr(feedback, "SOONEST", timedelta())
    world.site_settings(key="webseite", switched_on=True, languages=["ar"])
    release(county(), number=1)
    phone = visit(**PHONE, signed_in=False)
    found = {}
    for way in ("daten/", "ar/rueckmeldung/?seite=/09473/"):
        phone.open(ROOT + way)
        found[way] = (phone.axe(), phone.page.evaluate(FITS))
    phone.open(ROOT + "ziele/")
    phone.page.get_by_role("link", name="Etwas zu dieser Seite sagen").click()
    found["form"] = (phone.axe(), phone.page.evaluate(FITS))
    phone.page.get_by_label("Ihre Nachricht").fill("Hier fehlt das Ziel für Vereine.")
    phone.page.get_by_label("Ihre E-Mail-Adresse").fill("frau@example.org")
    phone.page.keyboard.press("Tab")
    phone.page.keyboard.press("Enter")
    phone.page.get_by_role("heading", name="Ihre Nachricht ist angekommen").wait_for()
    found["danke"] = (phone.axe(), phone.page.evaluate(FITS))
    assert phone.page.context.cookies() == []
    assert Feedback.objects.get().page == ROOT + "ziele/"

    desk = visit()
    desk.open(DESK + "oeffentlichkeit/rueckmeldungen/")
    found["liste"] = (desk.axe(), desk.page.evaluate(FITS))
    desk.page.get_by_role("link", name="Hier fehlt das Ziel").click()
    found["eine"] = (desk.axe(), desk.page.evaluate(FITS))
    desk.page.get_by_label("Antwort", exact=True).fill("Danke, es kommt in die nächste Ausgabe.")
    desk.page.get_by_role("button", name="Antwort senden").click()
    desk.page.get_by_text("Die Antwort ist unterwegs.").wait_for()
    assert OutgoingMail.objects.get().to == "frau@example.org"
    assert found == dict.fromkeys(found, ([], True))
