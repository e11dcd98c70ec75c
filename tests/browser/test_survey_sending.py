"""A survey goes to forty organisations, who is missing is reminded, one answers by telephone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests import world
from tests.browser.counting import count
from tests.web.desk import DESK, TODAY, county

from gelingen.post.models import OutgoingMail
from gelingen.surveys.models import Invitation, Response

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ONE = f"{DESK}bedarfe/umfragen/umfrage/"
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
MANY = 40


@pytest.fixture(autouse=True)
def survey(settings, person):
    del person
    settings.ENV = replace(settings.ENV, day=TODAY)
    county()
    for number in range(MANY):
        kind = ("club", "welfare", "municipality")[number % 3]
        world.organisation(
            key=f"o{number}", name=f"Stelle {number:02}", kind=kind,
            mailbox=f"o{number}@stelle.example",
        )  # fmt: skip
    made = world.survey(
        key="umfrage", title="Was fehlt vor Ort?", state="open", opens=TODAY, open_link=True,
        closes=TODAY + timedelta(days=30), legal_basis="Einwilligung", notice="Freiwillig.",
        languages=["de", "ar"],
    )  # fmt: skip
    options = {"ja": "ja", "nein": "nein"}
    world.question(
        key="umfrage.treffen", survey=made, kind="choice", settings={"options": list(options)},
        texts={"de": {"text": "Gibt es ein Treffen?", "options": options}},
    )  # fmt: skip
    world.question(key="umfrage.mehr", survey=made, page=2)
    return made


def send(visit):
    desk = visit()
    desk.open(f"{ONE}einladen/")
    steps = count(desk.page)
    desk.page.get_by_role("button", name="In den Postausgang legen").click()
    desk.page.get_by_text(f"{MANY} Nachrichten liegen im Postausgang.").wait_for()
    return desk, steps


def test_eine_umfrage_geht_mit_einem_druck_an_vierzig_organisationen(visit):
    desk, steps = send(visit)
    assert (steps.clicks, steps.keys) == (1, 0)
    assert OutgoingMail.objects.count() == Invitation.objects.count() == MANY
    assert desk.page.get_by_text("0 von 40 haben geantwortet").count() == 1


def test_erinnert_wird_wer_fehlt_mit_zwei_drucken(visit):
    desk, _ = send(visit)
    Invitation.objects.update(invited=TODAY - timedelta(days=14))
    Invitation.objects.filter(organisation__in=["o0", "o1"]).update(used=True)
    OutgoingMail.objects.all().delete()
    desk.open(f"{ONE}ruecklauf/")
    steps = count(desk.page)
    desk.page.get_by_role("link", name="Erinnern").click()
    desk.page.get_by_role("button", name="In den Postausgang legen").click()
    desk.page.get_by_text(f"{MANY - 2} Nachrichten liegen im Postausgang.").wait_for()
    assert (steps.clicks, steps.keys) == (2, 0)
    assert OutgoingMail.objects.count() == MANY - 2


def test_eine_antwort_am_telefon_wird_am_arbeitsplatz_aufgenommen(visit):
    desk, _ = send(visit)
    page = desk.page
    page.get_by_role("link", name="Antwort aufnehmen für Stelle 07").click()
    page.get_by_label("Wer nimmt auf?").fill("Integrationslotsin")
    page.get_by_role("button", name="Beginnen").click()
    page.get_by_label("ja", exact=True).check()
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("Was brauchen Sie?").fill("Mehr Sprachkurse am Abend")
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("button", name="Absenden").click()
    page.get_by_text("Antwort aufgenommen").wait_for()
    taken = Response.objects.get()
    assert (taken.channel, taken.taken_by) == ("phone", "Integrationslotsin")
    assert taken.invitation.name == "Stelle 07"
    assert taken.invitation.used
    desk.open(f"{ONE}ruecklauf/")
    assert page.get_by_text("1 von 40 haben geantwortet").count() == 1


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_die_seiten_sind_zugaenglich_und_passen(visit, width, scheme):
    send(visit)
    Invitation.objects.update(invited=TODAY - timedelta(days=14))
    one = Invitation.objects.first().pk
    window = visit(width=width, scheme=scheme)
    found = {}
    for path in (
        "einladen/", "einladen/?weg=postfaecher&sprache=ar", "ruecklauf/", "erinnern/", "aushang/",
        f"einladungen/{one}/",
    ):  # fmt: skip
        window.open(ONE + path)
        found[path] = (window.axe(), window.page.evaluate(FITS))
    assert found == dict.fromkeys(found, ([], True))
