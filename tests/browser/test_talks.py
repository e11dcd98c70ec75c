"""Talks in a browser: coded by keyboard alone, and as readable as everything else."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect
from tests import world
from tests.web.desk import DESK, TODAY

from gelingen.talks.coding import code, finish
from gelingen.talks.models import Coding, Talk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TALKS = f"{DESK}bedarfe/gespraeche/"
VIEWS = [(1280, "light"), (390, "dark")]
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
SAID = (
    "Abends fährt kein Bus zurück, deshalb bricht der Kurs ab.",
    "Wir finden keine Wohnungen für Familien.",
    "Die Vereine helfen gern, wissen aber nicht wem.",
)


@pytest.fixture(autouse=True)
def _talk(settings, person):
    settings.ENV = replace(settings.ENV, day=TODAY)
    for key, name in (
        ("steuerung", "Organisation und Steuerung"), ("ehrenamt", "Ehrenamt"),
        ("sprache", "Sprache und Bildung"), ("wohnen", "Wohnen"), ("mobilitaet", "Mobilität"),
    ):  # fmt: skip
        world.topic(key=key, name=name)
    world.target_group(key="frauen", name="Frauen")
    world.target_group(key="familien", name="Familien")
    world.territory(key="09473", name="Landkreis Coburg", kind="county")
    place = world.territory(key="09473112", name="Ahorn")
    world.figure(territory=place, indicator="Bevölkerung", value_low=4200, value_high=4200)
    world.code(key="netz", label="Netzwerk")
    other = world.person(role="planner")
    for key, coders in (("offen", ()), ("fertig", (person, other))):
        talk = world.talk(
            key=key, title=f"Gespräch mit den Gemeinden, {key}", planned=max(len(coders), 1),
            participants="Bürgermeister", moderator="Universität",
        )  # fmt: skip
        for order, text in enumerate(SAID, 1):
            world.statement(
                talk=talk, key=f"{key}|{order}", order=order, text=text, speaker="Bürgermeister"
            )
        for number, coder in enumerate(coders):
            for one in talk.statements.all():
                more = ["group:frauen"] if number == one.order % 2 else ["place:09473112"]
                code(actor=coder, statement=one, idents=["topic:mobilitaet", *more])
            finish(actor=coder, talk=Talk.objects.get(pk=talk.pk))


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_pages_of_talks_are_accessible_and_fit(visit, width, scheme):
    window = visit(width=width, scheme=scheme)
    paths = (
        TALKS, TALKS + "neu/", TALKS + "offen/", TALKS + "offen/kodieren/", TALKS + "fertig/",
        TALKS + "fertig/vergleich/", TALKS + "fertig/bedarf/?wahl=fertig|1", TALKS + "rangfolge/",
        TALKS + "codes/", TALKS + "einlesen/", TALKS + "aussagen/fertig|1/",
        TALKS + "aussagen/fertig|1/vereinbaren/",
    )  # fmt: skip
    found = {}
    for path in paths:
        window.open(path)
        found[path] = (window.axe(), window.page.evaluate(FITS))
    assert found == dict.fromkeys(found, ([], True))


def labels(order):
    one = Coding.objects.get(statement__talk__key="offen", statement__order=order)
    kinds = (one.topics, one.target_groups, one.territories, one.codes)
    return [thing.key for kind in kinds for thing in kind.order_by("key")]


def arrived(page, words):
    """Wait until a statement is on the screen and listens to keys."""
    page.wait_for_selector(f"h2 >> text={words}")
    page.wait_for_selector("#wort:focus")
    page.wait_for_selector("[data-mit]:visible")


def test_three_statements_are_coded_by_keyboard_alone(visit):
    window = visit()
    page = window.page
    window.open(TALKS + "offen/")
    page.focus("a:has-text('Kodieren')")
    page.keyboard.press("Enter")
    arrived(page, "Aussage 1 von 3")
    # A digit ticks a topic; typing looks for a group and Enter ticks it.
    page.keyboard.press("2")
    page.keyboard.type("frau")
    page.keyboard.press("Enter")
    expect(page.locator("[data-stand]")).to_have_text("Angekreuzt: Frauen")
    page.keyboard.press("Enter")
    arrived(page, "Aussage 2 von 3")
    page.keyboard.type("wohn")
    page.keyboard.press("Enter")
    page.keyboard.type("Ahorn")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    arrived(page, "Aussage 3 von 3")
    # Back and forth without a change keeps nothing.
    page.keyboard.press("ArrowUp")
    arrived(page, "schon kodiert")
    page.keyboard.press("ArrowDown")
    arrived(page, "Aussage 3 von 3")
    assert not Coding.objects.filter(statement__key="offen|3").exists()
    # A word that no label has becomes a code; then it is ticked, and Enter keeps it.
    page.keyboard.type("Vereine")
    page.keyboard.press("Enter")
    page.wait_for_selector("label:has(:checked) >> text=Vereine")
    arrived(page, "schon kodiert")
    page.keyboard.type("ehren")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=3 von 3 von Ihnen kodiert")
    assert [labels(order) for order in (1, 2, 3)] == [
        ["mobilitaet", "frauen"], ["wohnen", "09473112"], ["ehrenamt", "vereine"],
    ]  # fmt: skip


def test_outside_the_field_j_and_k_change_the_statement_unless_switched_off(visit, person):
    window = visit()
    page = window.page
    window.open(TALKS + "offen/kodieren/")
    arrived(page, "Aussage 1 von 3")
    page.focus("input[value='topic:wohnen']")
    page.keyboard.press("j")
    arrived(page, "Aussage 2 von 3")
    page.focus("input[value='topic:wohnen']")
    page.keyboard.press("k")
    arrived(page, "Aussage 1 von 3")
    person.single_keys = False
    person.save()
    window.open(TALKS + "offen/kodieren/")
    arrived(page, "Aussage 1 von 3")
    page.focus("input[value='topic:wohnen']")
    page.keyboard.press("j")
    page.keyboard.press("2")
    expect(page.locator("h2 >> text=Aussage 1 von 3")).to_be_visible()
    expect(page.locator("input[value='topic:mobilitaet']")).not_to_be_checked()


def test_ticked_statements_become_a_need_with_one_click(visit):
    window = visit()
    page = window.page
    window.open(TALKS + "fertig/")
    page.check("[aria-label='Aussage 1 auswählen']")
    page.check("[aria-label='Aussage 2 auswählen']")
    page.click("text=Bedarf aus den angekreuzten Aussagen")
    expect(page.locator("#id_topic")).to_have_value("mobilitaet")
    page.fill("#id_statement", "Ein Bus am Abend")
    page.select_option("#id_target_group", "frauen")
    page.select_option("#id_territory", "09473")
    page.click("text=Bedarf eintragen")
    page.wait_for_selector(".g-meldungen >> text=Bedarf eingetragen: Ein Bus am Abend.")
    assert page.locator("td >> text=Ein Bus am Abend").count() == 2
