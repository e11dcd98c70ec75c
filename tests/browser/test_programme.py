"""The year's selection in a browser: a ballot filled in with the keyboard, sent, and the lists."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import expect
from tests import world
from tests.web.desk import DESK, TODAY

from gelingen.programme.models import Ballot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ONE = f"{DESK}auswahl/auswahl/"
FITS = "document.documentElement.scrollWidth <= window.innerWidth"


@pytest.fixture(autouse=True)
def selection(settings, person):
    """Two groups score two measures for 50,000 euros; the person leads one of the groups."""
    settings.ENV = replace(settings.ENV, day=TODAY)
    made = world.selection(key="auswahl", state="scoring", ends=date(2017, 7, 1))
    world.limit(key="geld", selection=made, amount=Decimal(50_000), origin="Kreis")
    for order, name in enumerate(("Nutzen", "Machbarkeit"), start=1):
        world.criterion(key=f"k{order}", selection=made, name=name, order=order)
    for key, title in (("kurs", "Sprachkurs im Stadtteil"), ("lotsin", "Lotsin für Familien")):
        measure = world.measure(key=key, title=title)
        world.candidate(key=key, selection=made, measure=measure, amounts={"geld": "40000.00"})
        asks = "Frauen mit kleinen Kindern finden keinen Kurs am Vormittag mit Betreuung"
        measure.needs.add(
            *(world.need(statement=asks, severity=n, key=f"{key}_{n}") for n in range(1, 6))
        )
    for key in ("ag", "beirat"):
        group = world.body(key=key, name=key.title())
        made.groups.add(group)
        world.ballot(key=key, selection=made, body=group)
    world.tenure(seat=world.seat(body=made.groups.get(key="ag"), office="chair"), person=person)
    return made


def test_a_ballot_is_filled_in_by_keyboard_saves_itself_is_sent_and_gives_three_lists(visit):
    window = visit()
    window.open(f"{ONE}bewertung/")
    page = window.page
    page.get_by_role("link", name="Bewerten Ag").click()
    page.get_by_label("Sprachkurs im Stadtteil: Nutzen").focus()
    for text in ("9", "8", "Wird gebraucht"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.type("2")
    # Nobody pressed anything so far: it is stored a moment later.
    expect(page.get_by_text("Gespeichert um")).to_be_visible()
    expect(page.get_by_text("2 von 2 Maßnahmen bewertet.")).to_be_visible()
    page.get_by_role("button", name="Abgeben").click()
    expect(page.get_by_text("Abgegeben am 01.06.2017: 2 von 2")).to_be_visible()
    ballot = Ballot.objects.get(key="ag")
    assert ballot.scores == {"kurs": {"k1": 9, "k2": 8}, "lotsin": {"k1": 2}}
    assert ballot.comments == {"kurs": "Wird gebraucht"}
    window.open(f"{ONE}listen/")
    row = page.get_by_role("row", name="Sprachkurs im Stadtteil").first
    expect(row.get_by_text("ja", exact=True)).to_have_count(3)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_pages_of_the_selection_are_accessible_and_fit(visit, width, scheme):
    window = visit(width=width, scheme=scheme)
    paths = (
        "", "grenzen/", "kriterien/", "massnahme/kurs/", "bewertung/", "bewertung/ag/", "listen/",
        "wenn/",
    )  # fmt: skip
    for path in paths:
        window.open(ONE + path)
        assert window.page.evaluate(FITS), path
        assert window.axe() == [], path
