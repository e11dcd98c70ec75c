"""Entries confirmed on a phone by a link, without account and without script."""

from dataclasses import replace
from datetime import date

import pytest
from tests import world
from tests.browser.counting import count
from tests.browser.hands import Keyboard
from tests.web.desk import DESK, TODAY, county

from gelingen.confirmations.models import Request
from gelingen.post.models import OutgoingMail
from gelingen.register.models import Structure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ASK = f"{DESK}bestand/vorschlaege/bitten/"
PROPOSALS = f"{DESK}bestand/vorschlaege/"
OUTBOX = f"{DESK}verwaltung/postausgang/"
PHONE = {"width": 390, "height": 844}
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
# Everything that can be pressed, with its height; a link inside a sentence is not meant.
SMALL = """
[...document.querySelectorAll("button, .g-option, input:not([type=hidden])")]
  .filter((one) => one.getBoundingClientRect().height < 48).map((one) => one.outerHTML)
"""


@pytest.fixture(autouse=True)
def _inventory(settings, person):
    del person
    settings.ENV = replace(settings.ENV, day=TODAY)
    county()
    owner = world.organisation(key="vhs", name="Kursträger B", mailbox="kurse@vhs.example")
    for number in range(3):
        one = world.structure(
            key=f"kurs_{number}", name=f"Alphabetisierungskurs {number}", organisation=owner,
            capacity_low=16, capacity_high=16, ends=date(2018, 1, 1), ends_kind="stated",
        )  # fmt: skip
        world.funding(structure=one, programme="Landesmittel")
        world.reach(structure=one)


def ask(visit):
    """Ask as the officer does; give the address of the link."""
    desk = visit()
    desk.open(ASK)
    desk.page.get_by_role("button", name="In den Postausgang legen").click()
    desk.page.wait_for_url(f"**{OUTBOX}")
    return desk, OutgoingMail.objects.get().link


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_the_link_are_accessible_and_large_enough_on_a_phone(visit, scheme):
    _, link = ask(visit)
    phone = visit(**PHONE, scheme=scheme, signed_in=False)
    first = Request.objects.get().entries.first().pk
    found = {}
    for way in ("", f"{first}/geaendert/", f"{first}/weg/"):
        phone.page.goto(link + way)
        found[way] = (phone.axe(), phone.page.evaluate(FITS), phone.page.evaluate(SMALL))
    phone.open("/bestaetigen/danke/")
    found["danke"] = (phone.axe(), phone.page.evaluate(FITS), phone.page.evaluate(SMALL))
    assert found == dict.fromkeys(found, ([], True, []))


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_pages_of_the_desk_are_accessible_and_fit(visit, width, scheme):
    _, link = ask(visit)
    phone = visit(**PHONE, signed_in=False)
    phone.page.goto(f"{link}{Request.objects.get().entries.first().pk}/weg/")
    phone.page.get_by_role("button", name="Speichern").click()
    phone.page.get_by_text("Ihre Antwort:").wait_for()
    window = visit(width=width, scheme=scheme)
    found = {}
    mail = OutgoingMail.objects.get().pk
    for path in (ASK, PROPOSALS, OUTBOX, f"{OUTBOX}{mail}/", DESK):
        window.open(path)
        found[path] = (window.axe(), window.page.evaluate(FITS))
    assert found == dict.fromkeys(found, ([], True))


def test_alle_stimmen_noch_ist_ein_druck(visit):
    _, link = ask(visit)
    phone = visit(**PHONE, signed_in=False)
    phone.page.goto(link)
    taps = count(phone.page)
    phone.page.get_by_role("button", name="Alle drei stimmen noch").click()
    phone.page.get_by_role("heading", name="Vielen Dank").wait_for()
    assert (taps.clicks, taps.keys) == (1, 0)
    assert Structure.objects.filter(last_confirmed=TODAY).count() == 3


def test_what_changed_is_accepted_on_heute_with_one_click(visit):
    desk, link = ask(visit)
    phone = visit(**PHONE, signed_in=False)
    phone.page.goto(link)
    phone.page.get_by_role("link", name="Hat sich geändert: Alphabetisierungskurs 1").click()
    phone.page.get_by_label("Plätze").fill("18")
    phone.page.get_by_role("button", name="Speichern").click()
    phone.page.get_by_text("Ihre Antwort:").wait_for()
    desk.open(DESK)
    done = count(desk.page)
    desk.page.get_by_role("button", name="Übernehmen: Alphabetisierungskurs 1").click()
    desk.page.get_by_text("Übernommen: Alphabetisierungskurs 1.").wait_for()
    assert (done.clicks, done.keys) == (1, 0)
    assert Structure.objects.get(key="kurs_1").capacity_low == 18


def test_by_keyboard_alone_all_is_confirmed(visit):
    _, link = ask(visit)
    window = visit(signed_in=False)
    window.page.goto(link)
    everything = window.page.get_by_role("button", name="Alle drei stimmen noch")
    Keyboard(window.page, count(window.page)).press(everything)
    window.page.get_by_role("heading", name="Vielen Dank").wait_for()
    assert Structure.objects.filter(last_confirmed=TODAY).count() == 3
