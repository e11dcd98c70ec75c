"""A meeting in a browser: agenda, minutes while people talk, and what is left for the next one."""

from dataclasses import replace
from datetime import date, time

import pytest
from playwright.sync_api import expect
from tests import world
from tests.browser.counting import count, keep
from tests.browser.hands import Mouse
from tests.web.desk import DESK, TODAY

from gelingen.boards.models import AgendaItem, Meeting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BASE = f"{DESK}gremien/sitzungen/"
ORDERS = f"{DESK}gremien/auftraege/"
VIEWS = [(1280, "light"), (390, "dark")]
FITS = "document.documentElement.scrollWidth <= window.innerWidth"


@pytest.fixture(autouse=True)
def body(settings, person):
    """A group of three that met before and will meet again."""
    settings.ENV = replace(settings.ENV, day=TODAY)
    group = world.body(key="ag", name="AG Sprache", quorum="majority", cycle="monthly")
    for number, function in enumerate(("Leitung Jugendamt", "Volkshochschule", "Caritas"), 1):
        seat = world.seat(key=f"s{number}", body=group, order=number)
        world.tenure(seat=seat, function=function, person=person if number == 1 else None)
    world.meeting(key="juni", body=group, day=date(2017, 6, 1), begins=time(14), place="Saal")
    world.meeting(key="juli", body=group, day=date(2017, 7, 6), begins=time(14))
    return group


def test_a_meeting_from_its_agenda_to_what_is_left_for_the_next_one(visit):
    window = visit()
    window.open(f"{BASE}sitzung/juni/")
    page = window.page
    hand = Mouse(page, count(page))
    for place, title in enumerate(("Bericht", "Stadtteilmütter", "Fahrdienst"), start=1):
        hand.write(page.get_by_label("Betreff"), title)
        hand.send(page.get_by_role("button", name="Hinzufügen"))
        # The field is there before and after: what is typed too early would be lost.
        page.get_by_role("heading", name=f"{place}. {title}").wait_for()
        hand.told("Auf der Tagesordnung.")
    hand.press(page.get_by_role("link", name="Niederschrift schreiben"))
    hand.arrive("AG Sprache, 01.06.2017: Niederschrift")
    hand.press(page.get_by_role("button", name="Alle übrigen anwesend"))
    expect(page.get_by_text("3 von 3 Stimmberechtigten")).to_be_visible()

    first = page.get_by_role("form", name="Niederschrift zu Punkt 1")
    hand.write(first.get_by_label("Verlauf"), "Das Jugendamt berichtet.")
    hand.choose(first.get_by_label("Ergebnis"), "zur Kenntnis genommen")
    hand.told("Gespeichert um")
    second = page.get_by_role("form", name="Niederschrift zu Punkt 2")
    hand.write(second.get_by_label("Verlauf"), "Wird begrüßt.")
    hand.choose(second.get_by_label("Ergebnis"), "mehrheitlich beschlossen")
    hand.write(second.get_by_label("Ja"), "3")
    hand.write(second.get_by_label("Nein"), "1")
    # What is typed last is saved a moment later, without leaving the field.
    hand.told("4 Stimmen gezählt, mehr als die 3 Stimmberechtigten")
    hand.press(page.get_by_role("button", name="Sitzung abschließen"))
    hand.told("1 unerledigter Punkt steht nun auf der Tagesordnung am 06.07.2017.")
    seen = hand.done.seen()
    keep("meeting", hand.name, seen)

    said = dict(AgendaItem.objects.filter(meeting__key="juni").values_list("title", "course"))
    assert said == {
        "Bericht": "Das Jugendamt berichtet.", "Stadtteilmütter": "Wird begrüßt.", "Fahrdienst": "",
    }  # fmt: skip
    assert AgendaItem.objects.get(title="Stadtteilmütter").no == 1
    (carried,) = AgendaItem.objects.filter(meeting__key="juli")
    assert carried.previous.title == carried.title == "Fahrdienst"
    assert Meeting.objects.get(key="juni").minutes == "draft"


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_pages_of_meetings_are_accessible_and_fit(visit, body, width, scheme):
    juni = Meeting.objects.get(key="juni")
    item = world.agenda_item(
        key="p1", meeting=juni, order=1, title="Stadtteilmütter", kind="vote", duration=20,
        about="Wer sie begleitet", course="Es wurde beraten.", yes=3, responsible="Jugendamt",
    )  # fmt: skip
    world.agenda_item(key="p2", meeting=juni, order=2, title="Personal", public=False)
    world.agenda_item(key="p3", body=body, order=1, title="Fahrdienst")
    world.action_point(key="a1", body=body, item=item, who="Jugendamt", due=TODAY)
    world.measure(key="m01", title="Stadtteilmütter")
    window = visit(width=width, scheme=scheme)
    paths = (
        BASE, f"{BASE}neu/?gremium=ag", f"{BASE}reihe/?gremium=ag", f"{BASE}sitzung/juni/",
        f"{BASE}sitzung/juni/niederschrift/", f"{BASE}speicher/ag/",
        f"{BASE}speicher/ag/auswahl/?sitzung=juni", f"{BASE}punkt/p1/", f"{ORDERS}?stand=alle",
        f"{ORDERS}a1/",
    )  # fmt: skip
    found = {}
    for path in paths:
        window.open(path)
        found[path] = (window.axe(), window.page.evaluate(FITS))
    assert found == dict.fromkeys(found, ([], True))
