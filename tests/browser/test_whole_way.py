"""From an idea to a resolution, in a browser, by three people: the whole way in one journey.

A group proposes, another supports it, the board advises, the steering group takes it up, groups
score, the year is selected, a paper goes to the council, the council resolves, the measure is
decided, somebody has a task, and the public part can be read by machines.
"""

import re
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests import world
from tests.browser.counting import keep
from tests.browser.hands import seated
from tests.documents.reading import docx_text, pdf_text, squeezed
from tests.web.desk import DESK, TODAY

from gelingen.access.models import Membership
from gelingen.plan.models import Measure
from gelingen.terms.vocabulary import Maturity

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BODIES = (
    ("ag", "AG Bildung", "working_group"),
    ("zweite", "AG Begegnung", "working_group"),
    ("beirat", "Integrationsbeirat", "advisory"),
    ("steuerung", "Steuerungsgruppe", "steering"),
    ("kreistag", "Kreistag", "council"),
)


@pytest.fixture
def people(settings, person):
    """The officer, the chair of one group, and the chair of the other group and of the board."""
    settings.ENV = replace(settings.ENV, day=TODAY)
    for key, name in (("bildung", "Bildung"), ("begegnung", "Begegnung")):
        world.topic(key=key, name=name)
    made = {
        key: world.body(key=key, name=name, kind=kind, public=True) for key, name, kind in BODIES
    }
    group, board = (world.person(role="member") for _ in range(2))
    for key, who in (("ag", group), ("zweite", board), ("beirat", board)):
        world.tenure(seat=world.seat(body=made[key], office="chair"), person=who)
    # Papers are released by somebody else than who wrote them: here by the chair of the board.
    Membership.objects.filter(user=board).update(role="planner")
    world.measure(
        key="kurs", title="Sprachkurs im Stadtteil",
        topic=world.topic.model.objects.get(key="bildung"),
        cost_year_low=30_000, cost_year_high=30_000,
    )  # fmt: skip
    world.endpoint(switched_on=True, since=datetime(2017, 5, 1, tzinfo=UTC))
    world.meeting(key="sitzung", body=made["kreistag"], day=TODAY, begins=time(14), state="invited")
    return {"officer": person, "group": group, "board": board}


@pytest.fixture
def hands(visit, people, live_server):
    """A window for each of them, with a hand that counts what it does."""
    path = f"{DESK}gremien/vorschlaege/"
    return {name: seated(visit, live_server, who, path) for name, who in people.items()}


def go(hand, path):
    hand.page.goto(re.match(r"https?://[^/]+", hand.page.url)[0] + DESK + path)


def link(hand, name):
    hand.press(hand.page.get_by_role("link", name=name).first)


def button(hand, name, **more):
    hand.press(hand.page.get_by_role("button", name=name, **more).first)


def write(hand, label, text):
    hand.write(hand.page.get_by_label(label), text)


def saved(hand):
    """Leave the field, and wait until what saves itself is saved.

    It does so on leaving, and 1.5 s after the last key; the database of the tests takes only one of
    them at a time.
    """
    hand.page.keyboard.press("Tab")
    hand.page.wait_for_timeout(1_700)
    hand.page.wait_for_load_state("networkidle")
    hand.told("Gespeichert um")


def choose(hand, label, option):
    hand.choose(hand.page.get_by_label(label, exact=True), option)


def test_from_an_idea_to_a_resolution(hands, live_server):
    _propose(hands["group"])
    _support_and_advise(hands["board"])
    _take_up(hands["officer"])
    _select(hands)
    _resolve(hands, live_server)
    assert Measure.objects.get(title="Stadtteilmütter").maturity == Maturity.DECIDED
    _is_public(hands["officer"], live_server)
    for name, hand in hands.items():
        keep(f"ganzer Weg: {name}", "mouse", hand.done.seen())


def _propose(hand):
    link(hand, "Neuer Vorschlag")
    write(hand, "Titel", "Stadtteilmütter")
    hand.press(hand.page.get_by_label("Bildung", exact=True))
    button(hand, "Vorschlagen")
    link(hand, "Weiterleiten")
    choose(hand, "An welches Gremium", "Integrationsbeirat")
    button(hand, "Speichern")
    expect(hand.page.get_by_text("Liegt bei: Integrationsbeirat")).to_be_visible()


def _support_and_advise(hand):
    go(hand, "gremien/vorschlaege/")
    link(hand, "Stadtteilmütter")
    link(hand, "Unterstützen")
    hand.press(hand.page.get_by_label("Begegnung", exact=True))
    button(hand, "Speichern")
    link(hand, "Antwort eintragen")
    choose(hand, "Antwort", "empfohlen")
    write(hand, "Wortlaut", "Der Beirat ist dafür.")
    button(hand, "Speichern")
    expect(hand.page.get_by_text("empfohlen am 01.06.2017")).to_be_visible()


def _take_up(hand):
    """Send it to the steering group, which takes it up; make a measure of it."""
    go(hand, "gremien/vorschlaege/")
    link(hand, "Stadtteilmütter")
    link(hand, "Weiterleiten")
    choose(hand, "An welches Gremium", "Steuerungsgruppe")
    choose(hand, "Erbeten wird", "Entscheidung")
    button(hand, "Speichern")
    link(hand, "Antwort eintragen")
    choose(hand, "Antwort", "angenommen")
    button(hand, "Speichern")
    link(hand, "Als Maßnahme anlegen")
    button(hand, "Speichern")
    hand.told("Angelegt: Maßnahme.")
    made = Measure.objects.get(title="Stadtteilmütter")
    assert made.maturity == Maturity.PLANNED


def _select(hands):
    """Score in both groups, and decide on the programme of the year."""
    officer = hands["officer"]
    go(officer, "auswahl/neu/")
    choose(officer, "Wer wählt aus", "Steuerungsgruppe")
    for name in ("AG Bildung", "AG Begegnung"):
        officer.press(officer.page.get_by_label(name, exact=True))
    button(officer, "Speichern")
    officer.told("Angelegt")
    link(officer, "Grenzen")
    write(officer, "Wie viel, Zeile 1", "50000")
    button(officer, "Speichern")
    link(officer, "Maßnahmen zur Wahl stellen")
    for title in ("Stadtteilmütter", "Sprachkurs im Stadtteil"):
        officer.press(officer.page.get_by_label(title))
    button(officer, "Zur Wahl stellen")
    button(officer, "Bewertung eröffnen")
    officer.told("Die Bewertung ist eröffnet.")
    for name, body in (("group", "AG Bildung"), ("board", "AG Begegnung")):
        hand = hands[name]
        go(hand, "")
        go(hand, "auswahl/")
        link(hand, "Jahresauswahl 2018")
        link(hand, "Bewertung")
        link(hand, f"Bewerten {body}")
        for title in ("Stadtteilmütter", "Sprachkurs im Stadtteil"):
            write(hand, f"{title}: Nutzen für die Ziele", "9")
        saved(hand)
        expect(hand.page.get_by_text("2 von 2 Maßnahmen bewertet.")).to_be_visible()
        button(hand, "Abgeben")
        expect(hand.page.get_by_text("Abgegeben am 01.06.2017: 2 von 2")).to_be_visible()
    button_of_page(officer, "Bewertung abschließen")
    link(officer, "Listen und Entscheidung")
    button(officer, "Entscheiden und festhalten")
    officer.told("Das Programm 2018 ist festgehalten.")


def button_of_page(hand, name):
    """Press a button of a page that may have changed since it was opened."""
    hand.page.reload()
    button(hand, name)


def _resolve(hands, live_server):
    """Write the paper, release it by a second person, and let the council resolve."""
    officer, board = hands["officer"], hands["board"]
    go(officer, "gremien/vorlagen/")
    before = officer.done.seen()
    link(officer, "Vorlage schreiben")
    button(officer, "Vorlage daraus schreiben")
    officer.told("Entwurf geschrieben.")
    paper = officer.page.url.removeprefix(live_server.url + DESK)
    button(officer, "Zur Freigabe geben")
    go(board, paper)
    button(board, "Freigeben")
    board.told("reigegeben")
    after = officer.done.seen()
    assert after["clicks"] - before["clicks"] <= 40
    assert after["keys"] - before["keys"] <= 300
    _look_at(officer, "PDF", pdf_text)
    _look_at(officer, "DOCX", docx_text)
    _decide(officer, paper)
    link(officer, "Folgen eintragen")
    write(officer, "Auftrag: was ist zu tun", "Ausschreibung vorbereiten")
    write(officer, "Wer kümmert sich (Funktion)", "Jugendamt")
    write(officer, "Bis wann", "15.06.2017")
    button(officer, "Vorschau")
    button(officer, "Änderungen schreiben")
    officer.told("Geschrieben")
    go(officer, "gremien/auftraege/")
    link(officer, "Ändern")
    choose(officer, "Konto", "anna")
    button(officer, "Speichern")
    go(officer, "")
    expect(officer.page.get_by_text("Ausschreibung vorbereiten").first).to_be_visible()


def _decide(hand, paper):
    """Let the board take note and the council vote."""
    go(hand, paper)
    link(hand, "Ergebnis eintragen")
    choose(hand, "Ergebnis", "zur Kenntnis genommen")
    button(hand, "Ergebnis übernehmen")
    link(hand, "Auf die Tagesordnung")
    button(hand, "Auf diese Tagesordnung")
    go(hand, "gremien/sitzungen/sitzung/sitzung/")
    link(hand, "Niederschrift schreiben")
    item = hand.page.get_by_role("form", name="Niederschrift zu Punkt 1")
    hand.choose(item.get_by_label("Ergebnis"), "mehrheitlich beschlossen")
    for label, number in (("Ja", "31"), ("Nein", "4")):
        hand.write(item.get_by_label(label, exact=True), number)
    saved(hand)
    go(hand, paper)
    link(hand, "Ergebnis aus der Sitzung übernehmen")
    button(hand, "Ergebnis übernehmen")
    expect(hand.page.get_by_text("Ja 31, Nein 4")).to_be_visible()


def _look_at(hand, name, read):
    """Download a document and find both measures in it."""
    with hand.page.expect_download() as found:
        link(hand, name)
    text = squeezed(read(Path(found.value.path()).read_bytes()))
    for title in ("Stadtteilmütter", "Sprachkurs im Stadtteil"):
        assert squeezed(title) in text, name


def _is_public(hand, live_server):
    """Find the public paper where machines read it, and its way to the council."""
    here = f"{live_server.url}/oparl/v1.1/09473"
    (paper,) = hand.page.request.get(f"{here}/paper/").json()["data"]
    assert paper["name"] == "Maßnahmen 2018: 2 Maßnahmen"
    ways = hand.page.request.get(f"{here}/consultation/").json()["data"]
    assert {one["paper"] for one in ways} == {paper["id"]}
    assert [one.get("authoritative") for one in ways if one.get("agendaItem")] == [True]
