"""A proposal's way in a browser, by three people: proposed, supported, sent on, answered."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import expect
from tests import world
from tests.browser.counting import count, keep
from tests.browser.hands import Mouse
from tests.web.desk import DESK, TODAY

from gelingen.proposals.models import Proposal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BASE = f"{DESK}gremien/vorschlaege/"
FITS = "document.documentElement.scrollWidth <= window.innerWidth"


@pytest.fixture(autouse=True)
def bodies(settings, person):  # noqa: ARG001 - the tenant is there with the person
    """Two working groups and the advisory board, each led by somebody."""
    settings.ENV = replace(settings.ENV, day=TODAY)
    world.topic(key="bildung", name="Bildung")
    world.topic(key="begegnung", name="Begegnung")
    names = (("ag1", "AG Bildung"), ("ag2", "AG Begegnung"), ("beirat", "Integrationsbeirat"))
    made = {key: world.body(key=key, name=name, kind="working_group") for key, name in names}
    people = {}
    for key, body in made.items():
        people[key] = world.person(role="member")
        world.tenure(seat=world.seat(body=body, office="chair"), person=people[key])
    return people


def sign_in(visit, person, live_server):
    """Open a window in which somebody works."""
    window = visit(signed_in=False)
    client = Client()
    client.force_login(person)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    window.page.context.add_cookies([{**cookie, "url": live_server.url}])
    return window


def hand(window):
    window.open(BASE)
    return Mouse(window.page, count(window.page))


def test_a_group_proposes_another_supports_and_the_board_answers(visit, bodies, live_server):
    windows = [sign_in(visit, bodies[key], live_server) for key in ("ag1", "ag2", "beirat")]
    first, second, board = (one.page for one in windows)
    mouse = hand(windows[0])
    mouse.press(first.get_by_role("link", name="Neuer Vorschlag").first)
    mouse.write(first.get_by_label("Titel"), "Stadtteilmütter")
    mouse.tick(first.get_by_label("Bildung", exact=True))
    mouse.send(first.get_by_role("button", name="Vorschlagen"))
    mouse.press(first.get_by_role("link", name="Weiterleiten", exact=True))
    mouse.choose(first.get_by_label("An welches Gremium"), "Integrationsbeirat")
    mouse.write(first.get_by_label("Antwort bis"), "30.06.2017")
    mouse.write(first.get_by_label("Was Sie empfehlen"), "Bitte bald")
    mouse.send(first.get_by_role("button", name="Speichern"))
    expect(first.get_by_text("Liegt bei: Integrationsbeirat")).to_be_visible()
    proposing = mouse.done.seen()
    mouse = hand(windows[1])
    mouse.press(second.get_by_role("link", name="Stadtteilmütter"))
    mouse.press(second.get_by_role("link", name="Unterstützen").first)
    mouse.tick(second.get_by_label("Begegnung", exact=True))
    mouse.send(second.get_by_role("button", name="Speichern"))
    expect(second.get_by_text("seit 01.06.2017, Begegnung")).to_be_visible()
    supporting = mouse.done.seen()
    mouse = hand(windows[2])
    mouse.press(board.get_by_role("link", name="Stadtteilmütter"))
    mouse.press(board.get_by_role("link", name="Antwort eintragen"))
    mouse.choose(board.get_by_label("Antwort", exact=True), "empfohlen")
    mouse.write(board.get_by_label("Wortlaut"), "Der Beirat ist dafür.")
    mouse.send(board.get_by_role("button", name="Speichern"))
    expect(board.get_by_text("empfohlen am 01.06.2017")).to_be_visible()
    answering = mouse.done.seen()
    windows[0].open(BASE)
    row = first.get_by_role("row", name="Stadtteilmütter")
    expect(row.get_by_text("beantwortet, noch nicht entschieden")).to_be_visible()
    told = {"vorschlagen": proposing, "unterstützen": supporting, "antworten": answering}
    for name, seen in told.items():
        keep(name, "mouse", seen)
    # A list to choose from takes two: it unfolds, and one of it is taken.
    assert {name: seen["clicks"] for name, seen in told.items()} == {
        "vorschlagen": 10, "unterstützen": 4, "antworten": 6,
    }  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_pages_of_proposals_are_accessible_and_fit(visit, width, scheme):
    group, board = (world.body.model.objects.get(key=key) for key in ("ag1", "beirat"))
    one = world.proposal(
        key="idee", title="Stadtteilmütter besuchen Familien", body=group, text="Warum " * 40
    )
    world.proposal(key="andere", title="Stadtteil-Mütter besuchen Familien", body=board)
    world.supporter(proposal=one, body=board, reason="Passt zu uns")
    world.station(
        key="weg", proposal=one, body=board, sender=group, task="decide", due=date(2017, 5, 20),
        recommendation="Bitte bald beginnen", priority=1,
    )  # fmt: skip
    window = visit(width=width, scheme=scheme)
    parts = ("", "aendern/", "weiterleiten/", "zurueckziehen/", "zusammenlegen/")
    paths = ["", "neu/", "station/weg/antwort/", *(f"vorschlag/idee/{part}" for part in parts)]
    for number, path in enumerate(paths):
        window.open(BASE + path)
        assert window.page.evaluate(FITS), path
        assert window.axe() == [], path
        if folder := os.environ.get("BILDER"):
            name = Path(folder) / f"vorschlag-{width}-{number}.png"
            window.page.screenshot(path=name, full_page=True)
    assert Proposal.objects.count() == 2
