"""A year of reporting with a moved clock: three leads on a phone, one set by hand, one silent."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone
from tests import world
from tests.web.desk import DESK

from gelingen.post.models import OutgoingMail
from gelingen.progress import asking
from gelingen.progress.models import ProgressReport, ProgressRequest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BASE = f"{DESK}umsetzung/"
ROUND = f"{BASE}runden/2016/"
PHONE = {"width": 390, "height": 844}
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
SMALL = """
[...document.querySelectorAll("button, .g-option, .g-sachstand input:not([type=hidden], \
[type=radio], [type=checkbox]), .g-sachstand label:has(input)")]
  .filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)
"""
DAYS = (date(2017, 1, 9), date(2017, 1, 23), date(2017, 2, 6))
LEADS = ("vhs", "caritas", "stadt", "verein")


@pytest.fixture
def clock(settings, person):
    del person
    for order, key in enumerate(LEADS):
        lead = world.organisation(key=key, name=f"Stelle {key}", mailbox=f"post@{key}.example.org")
        one = world.measure(
            key=f"m_{key}", title=f"Maßnahme {key}", lead=lead, order=order,
            starts=date(2015, 1, 1), ends=date(2019, 1, 1), funding_ends=date(2018, 1, 1),
        )  # fmt: skip
        world.milestone(key=f"s_{key}", measure=one, title="Erster Kurs", due=date(2016, 9, 1))
        world.progress_report(
            measure=one, starts=date(2015, 1, 1), ends=date(2016, 1, 1), day=date(2016, 2, 1)
        )

    def move(day):
        settings.ENV = replace(settings.ENV, day=day)
        asking.remind_due(on=day, at=timezone.now())

    move(DAYS[0])
    return move


def look(window):
    """Say what is wrong with the page: what axe finds, and whether it is too wide."""
    return (window.axe(), window.page.evaluate(FITS))


def links(key):
    return OutgoingMail.objects.filter(to=f"post@{key}.example.org").order_by("pk").last().link


def test_ein_jahr_drei_berichten_am_telefon_eine_stelle_nie(visit, clock):
    fine, desk = ([], True), visit()
    desk.open(f"{BASE}runden/")
    desk.page.get_by_role("main").get_by_role("link", name="Berichtsrunde anlegen").click()
    assert look(desk) == fine
    desk.page.get_by_role("button", name="Speichern").click()
    desk.page.get_by_role("link", name="Fragen").click()
    assert look(desk) == fine
    desk.page.get_by_role("button", name="In den Postausgang legen").click()
    desk.page.get_by_text("4 Nachrichten liegen im Postausgang").wait_for()

    phone = visit(**PHONE, signed_in=False)
    phone.page.goto(links("vhs"))
    assert look(phone) == fine
    assert phone.page.evaluate(SMALL) == []
    phone.page.get_by_label("Was hat sich verändert?").fill("Zwölf sprechen besser Deutsch.")
    phone.page.get_by_text("noch nicht abgesendet").wait_for()
    assert ProgressRequest.objects.get(measure="m_vhs").draft["effect"]
    phone.page.reload()
    for key, word in zip(LEADS[:3], ("wie geplant", "langsamer", "kommt nicht voran"), strict=True):
        if key == "stadt":
            clock(DAYS[1])
        phone.page.goto(links(key))
        phone.page.get_by_label(word).check()
        phone.page.get_by_label("Teilnehmende").fill("1.200")
        if key == "vhs":
            phone.page.get_by_label("Erster Kurs").check()
        phone.page.get_by_role("button", name="Absenden").click()
        phone.page.get_by_role("heading", name="Vielen Dank").wait_for()
    assert look(phone) == fine

    clock(DAYS[2])
    assert ProgressReport.objects.filter(starts__year=2016).count() == 3
    desk.open(ROUND)
    desk.page.get_by_text("Zu 3 von 4 Maßnahmen liegt ein Sachstand vor.").wait_for()
    assert look(desk) == fine
    desk.open(DESK)
    desk.page.get_by_role("link", name="Stelle verein berichtet nicht", exact=True).wait_for()
    desk.open(BASE)
    assert look(desk) == fine
    desk.page.get_by_role("link", name="Maßnahme stadt").click()
    desk.page.get_by_role("link", name="Stand festlegen").click()
    desk.page.get_by_label("Stand", exact=True).select_option(label="verzögert")
    desk.page.get_by_label("Begründung").fill("Der Raum ist gefunden, es geht im März los.")
    desk.page.get_by_role("button", name="Festlegen").click()
    desk.page.get_by_text("Gerechnet wäre: stockt.").wait_for()
    assert look(desk) == fine
    narrow = visit(width=390, scheme="dark")
    one = f"{BASE}massnahmen/m_verein/"
    for path in (BASE, ROUND, one, f"{one}bericht/2016/"):
        narrow.open(path)
        assert look(narrow) == fine
