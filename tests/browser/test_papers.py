"""The council paper for ten selected measures in a browser: written, released, taken as a file."""

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import expect
from tests import world
from tests.browser.counting import count, keep
from tests.browser.hands import Mouse
from tests.papers.county import bodies
from tests.web.desk import DESK, TODAY

from gelingen.papers.models import Deliberation, Paper

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BASE = f"{DESK}gremien/vorlagen/"
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
MOST_CLICKS, MOST_KEYS = 40, 300


@pytest.fixture(autouse=True)
def selection(settings, person):  # noqa: ARG001 - the tenant is there with the person
    """The steering group has chosen ten of eleven measures."""
    settings.ENV = replace(settings.ENV, day=TODAY)
    bodies()
    steering = world.body(key="steuerung", name="Steuerungsgruppe", kind="steering")
    made = world.selection(
        key="wahl", state="decided", decided=TODAY, body=steering, title="Jahresauswahl 2018"
    )
    lead = world.organisation(key="jugendamt", name="Jugendamt")
    for number in range(11):
        one = world.measure(
            key=f"m{number}", title=f"Sprachkurs im Stadtteil {number}", order=number, lead=lead,
            description="Zwei Kurse im Jahr mit Kinderbetreuung.", cost_once_low=Decimal(1000),
            cost_year_low=Decimal(10_000), cost_year_high=Decimal(12_000), fte=Decimal("0.25"),
            funding_percent=Decimal(50),
        )  # fmt: skip
        world.candidate(selection=made, measure=one, chosen=number < 10)
    return made


def at_desk(visit, live_server):
    """Open a window for another officer."""
    window, client = visit(signed_in=False), Client()
    client.force_login(world.person(role="officer"))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    window.page.context.add_cookies([{**cookie, "url": live_server.url}])
    return window


def taken(mouse, link):
    """Download a file by its link, and give its first bytes."""
    with mouse.page.expect_download() as waiting:
        mouse.press(mouse.page.get_by_role("link", name=link, exact=True))
    return Path(waiting.value.path()).read_bytes()[:4]


def test_the_paper_for_ten_measures_takes_few_clicks_and_little_typing(visit, live_server):
    window = visit()
    window.open(f"{DESK}gremien/")
    page, mouse = window.page, Mouse(window.page, count(window.page))
    mouse.press(page.get_by_role("link", name="Vorlagen", exact=True))
    mouse.press(page.get_by_role("link", name="Vorlage schreiben").first)
    mouse.send(page.get_by_role("button", name="Vorlage daraus schreiben"))
    expect(page.get_by_text("Maßnahmen 2018: 10 Maßnahmen").first).to_be_visible()
    expect(page.get_by_text("100.000 bis 120.000 EUR").first).to_be_visible()
    mouse.press(page.get_by_role("link", name="Ändern", exact=True))
    for label, text in (
        ("Nummer der Vorlage", "27/2017"),
        ("Aktenzeichen", "41-5.2"),
        ("Bearbeitung (Funktion)", "Integrationsbeauftragte"),
        ("Deckung", "Kreisumlage, im Haushalt 2018 angemeldet."),
        ("Alternativen", "Nur die fünf günstigsten Maßnahmen im ersten Halbjahr."),
    ):
        mouse.write(page.get_by_label(label), text)
    mouse.send(page.get_by_role("button", name="Speichern"))
    mouse.send(page.get_by_role("button", name="Zur Freigabe geben"))
    expect(page.get_by_text("Freigeben muss eine andere Person").first).to_be_visible()
    writing = mouse.done.seen()
    other = at_desk(visit, live_server)
    other.open(BASE)
    page, mouse = other.page, Mouse(other.page, count(other.page))
    mouse.press(page.get_by_role("link", name="Maßnahmen 2018: 10 Maßnahmen"))
    mouse.send(page.get_by_role("button", name="Freigeben"))
    expect(page.get_by_text("Fassung 1, 01.06.2017").first).to_be_visible()
    assert taken(mouse, "PDF") == b"%PDF"
    assert taken(mouse, "DOCX")[:2] == b"PK"
    assert taken(mouse, "DOCX auf der Vorlage des Hauses")[:2] == b"PK"
    seen = {name: writing[name] + mouse.done.seen()[name] for name in writing}
    goal = {"measured": seen["clicks"], "most": MOST_CLICKS, "unit": "Klicks"}
    keep("Vorlage für zehn", "mouse", seen, goal)
    assert seen["clicks"] <= MOST_CLICKS
    assert seen["keys"] <= MOST_KEYS
    assert Paper.objects.get().measures.count() == 10


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_pages_of_papers_are_accessible_and_fit(visit, width, scheme):
    council = world.body.model.objects.get(key="council")
    one = world.paper(
        key="kurse", state="done", released=TODAY, released_by="k.beispiel", number="27/2017",
        day=TODAY, body=None, facts="Warum das nötig ist.\n" * 8, proposal="So wird es gemacht.",
        year_low=Decimal(100_000), year_high=Decimal(120_000), money_source="Aus dem Plan.",
    )  # fmt: skip
    world.paper_version(paper=one, order=1, content={"subject": "Alt"}, changed="Betreff")
    world.paper_version(paper=one, order=2, content={"subject": "Neu"}, occasion="adoption")
    decided = world.deliberation(
        key="rat", paper=one, body=council, result="majority", noted=TODAY, yes=30, no=4,
        adopted="So wird es gemacht, aber langsam.",
    )  # fmt: skip
    world.consequence(key="folge", paper=one, due=date(2017, 5, 1), responsible="Jugendamt")
    draft = world.paper(key="entwurf", subject="Lotsen in allen Gemeinden des Landkreises")
    world.deliberation(key="erst", paper=draft, body=council)
    window = visit(width=width, scheme=scheme)
    parts = ("", "fassungen/?von=1&bis=2", "folgen/", f"station/{decided.key}/ergebnis/")
    paths = [
        "", "neu/", "regeln/", *(f"kurse/{part}" for part in parts), "entwurf/",
        "entwurf/aendern/", "entwurf/massnahmen/", "entwurf/stationen/", "entwurf/station/erst/",
        "entwurf/station/erst/tagesordnung/",
    ]  # fmt: skip
    for number, path in enumerate(paths):
        window.open(BASE + path)
        assert window.page.evaluate(FITS), path
        assert window.axe() == [], path
        if folder := os.environ.get("BILDER"):
            name = Path(folder) / f"vorlage-{width}-{number}.png"
            window.page.screenshot(path=name, full_page=True)
    assert Deliberation.objects.count() == 2
