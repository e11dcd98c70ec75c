"""A year, in a browser, with a moved clock: asked, reported, concluded, resolved, shown, compared.

Three leads report by link on a phone, one state is set by hand, one lead never answers; an official
table becomes indicators; the report is written with its conclusions and released; the council
resolves on the paper about it; the next edition is released, the site shows it, and two editions
are compared.
"""

import re
from dataclasses import replace
from datetime import date, time

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import expect
from tests import world
from tests.browser.counting import keep
from tests.browser.hands import seated
from tests.browser.test_progress import LEADS, PHONE, links
from tests.browser.test_whole_way import button, go, link, saved, write
from tests.transfer.test_figures import INKAR
from tests.web.desk import DESK

from gelingen.editions.models import Edition
from gelingen.progress import asking
from gelingen.progress.models import ProgressReport

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRST, ASKED, AGAIN, AFTER, COUNCIL = (
    date(2016, 12, 1), date(2017, 1, 9), date(2017, 1, 23), date(2017, 2, 6), date(2017, 3, 1),
)  # fmt: skip
WHY = "Der Raum ist gefunden, es geht im März los."


@pytest.fixture
def clock(settings, person, tmp_path):
    """A county with a plan and four measures; gives what moves its day."""
    del person
    settings.MEDIA_ROOT, settings.HOME = tmp_path / "dateien", tmp_path
    plan = world.plan(key="masterplan", title="Masterplan")
    topic = world.topic(key="sprache", name="Sprache")
    goal = world.goal(key="w01", topic=topic, title="Frauen sprechen Deutsch", aim="80 %")
    for order, key in enumerate(LEADS):
        lead = world.organisation(key=key, name=f"Stelle {key}", mailbox=f"post@{key}.example.org")
        world.measure(
            key=f"m_{key}", title=f"Maßnahme {key}", topic=topic, lead=lead, order=order,
            goals=[goal], maturity="running", public=True, starts=date(2015, 1, 1),
            ends=date(2019, 1, 1),
        )  # fmt: skip
    world.territory(key="09473", name="Landkreis Coburg", kind="county")
    council = world.body(key="kreistag", name="Kreistag", kind="council", public=True)
    world.meeting(key="sitzung", body=council, day=COUNCIL, begins=time(14), state="invited")
    world.site_settings(switched_on=True, title="Integration im Landkreis", contact_name="Stelle")
    assert plan.tenant_id == "09473"

    def move(day):
        settings.ENV = replace(settings.ENV, day=day)
        asking.remind_due(on=day, at=timezone.now())

    move(FIRST)
    return move


@pytest.fixture
def hands(visit, person, clock, live_server):
    """A window for the officer, and one for the person who releases papers."""
    del clock
    people = {"officer": person, "second": world.person(role="planner")}
    return {
        name: seated(visit, live_server, who, f"{DESK}gremien/") for name, who in people.items()
    }


def test_ein_jahr_von_der_frage_bis_zur_naechsten_ausgabe(visit, hands, clock, live_server):
    officer, public = hands["officer"], visit(signed_in=False)
    _release_edition(officer, 1)
    _report(officer, visit, clock)
    _set_by_hand(officer)
    _import_figures(officer)
    _write_report(officer)
    clock(COUNCIL)
    _resolve(hands, live_server)
    public.open("/09473/massnahmen/m_stadt/")
    assert WHY not in public.page.inner_text("main")
    _release_edition(officer, 2)
    public.page.reload()
    assert WHY in public.page.inner_text("main")
    assert "verzögert" in public.page.inner_text("main")
    _compare(officer)
    for name, hand in hands.items():
        keep(f"Jahr: {name}", "mouse", hand.done.seen())


def _release_edition(hand, number):
    """Begin a draft, say what it rests on, release it; its documents are written by a job."""
    go(hand, "plan/ausgaben/")
    button(hand, "Entwurf beginnen")
    hand.told("Entwurf begonnen.")
    link(hand, "Beschluss eintragen")
    write(hand, "Beschluss", f"Kreistag, Beschluss {number}")
    button(hand, "Speichern")
    expect(hand.page.get_by_text(f"Freigabe als Ausgabe {number}")).to_be_visible()
    button(hand, "Freigeben")
    expect(hand.page.get_by_text("Die Dokumente werden geschrieben")).to_be_visible()
    job = DBTaskResult.objects.filter(task_path__contains="release_edition").latest("enqueued_at")
    assert job.task.func(**job.args_kwargs["kwargs"]) == [f"Ausgabe {number}"]
    assert Edition.objects.get(number=number).state == "released"


def _report(hand, visit, clock):
    """Ask all leads; two report at once, one after the reminder, one never."""
    clock(ASKED)
    go(hand, "umsetzung/runden/")
    hand.press(hand.page.get_by_role("main").get_by_role("link", name="Berichtsrunde anlegen"))
    button(hand, "Speichern")
    link(hand, "Fragen")
    button(hand, "In den Postausgang legen")
    expect(hand.page.get_by_text("4 Nachrichten liegen im Postausgang")).to_be_visible()
    phone = visit(**PHONE, signed_in=False).page
    for key, word in zip(LEADS[:3], ("wie geplant", "langsamer", "kommt nicht voran"), strict=True):
        if key == "stadt":
            clock(AGAIN)
        phone.goto(links(key))
        phone.get_by_label(word).check()
        phone.get_by_label("Teilnehmende").fill("12")
        phone.get_by_role("button", name="Absenden").click()
        phone.get_by_role("heading", name="Vielen Dank").wait_for()
    clock(AFTER)
    assert ProgressReport.objects.filter(starts__year=2016).count() == 3
    go(hand, "")
    silent = hand.page.get_by_role("link", name="Stelle verein berichtet nicht", exact=True)
    expect(silent).to_be_visible()


def _set_by_hand(hand):
    go(hand, "umsetzung/massnahmen/m_stadt/")
    link(hand, "Stand festlegen")
    hand.choose(hand.page.get_by_label("Stand", exact=True), "verzögert")
    write(hand, "Begründung", WHY)
    button(hand, "Festlegen")
    expect(hand.page.get_by_text("Gerechnet wäre: stockt.")).to_be_visible()


def _import_figures(hand):
    go(hand, "umsetzung/kennzahlen/einlesen/")
    table = {"name": "inkar.csv", "mimeType": "text/csv", "buffer": INKAR.encode()}
    hand.page.locator("main input[type=file]").set_input_files(table)
    button(hand, "Hochladen und ansehen")
    hand.write(hand.page.locator("[name=kennzahl-0]"), "Arbeitslosenquote")
    hand.write(hand.page.locator("[name=einheit-0]"), "Prozent")
    for field in hand.page.locator("select[name^=gebiet]").all():
        field.select_option(value="-")
    button(hand, "Zuordnung bestätigen und ansehen")
    button(hand, "übernehmen")
    hand.told("Übernommen: 2 Werte neu")


def _write_report(hand):
    """Draft the report on the year, write what follows, release it."""
    go(hand, "umsetzung/berichte/neu/")
    hand.press(hand.page.locator("main form.g-maske [type=submit]").first)
    link(hand, "Folgerungen schreiben")
    button(hand, "Weiterführen, was im Plan läuft")
    hand.told("1 Maßnahme wird weitergeführt")
    link(hand, "Nächste schreiben")
    for title in ("Frauen sprechen Deutsch", *(f"Maßnahme {key}" for key in LEADS[1:])):
        expect(hand.page.get_by_role("heading", level=1)).to_have_text(title)
        hand.press(hand.page.get_by_label("dem Gremium vorlegen"))
        write(hand, "Begründung und Vorschlag", "Bis Mai neu planen.")
        button(hand, "Speichern und weiter")
    go(hand, "umsetzung/berichte/")
    hand.press(hand.page.get_by_role("main").locator("tbody a").first)
    button(hand, "Bericht freigeben")
    hand.told("Der Bericht bleibt, wie er ist.")


def _resolve(hands, live_server):
    """Make a paper of the report, release it by a second person, and let the council vote."""
    officer, second = hands["officer"], hands["second"]
    officer.page.reload()
    button(officer, "Vorlage daraus schreiben")
    officer.told("Entwurf der Vorlage geschrieben, der Bericht ist angehängt.")
    paper = officer.page.url.removeprefix(live_server.url + DESK)
    button(officer, "Zur Freigabe geben")
    go(second, paper)
    button(second, "Freigeben")
    second.told("reigegeben")
    go(officer, paper)
    link(officer, "Auf die Tagesordnung")
    button(officer, "Auf diese Tagesordnung")
    go(officer, "gremien/sitzungen/sitzung/sitzung/")
    link(officer, "Niederschrift schreiben")
    item = officer.page.get_by_role("form", name=re.compile("Niederschrift zu Punkt 1"))
    officer.choose(item.get_by_label("Ergebnis"), "mehrheitlich beschlossen")
    for label, number in (("Ja", "31"), ("Nein", "4")):
        officer.write(item.get_by_label(label, exact=True), number)
    saved(officer)
    go(officer, paper)
    link(officer, "Ergebnis aus der Sitzung übernehmen")
    button(officer, "Ergebnis übernehmen")
    expect(officer.page.get_by_text("Ja 31, Nein 4")).to_be_visible()


def _compare(hand):
    go(hand, "plan/ausgaben/")
    link(hand, "Vergleichen")
    told = hand.page.get_by_role("main")
    expect(told.get_by_role("heading", name="Überblick")).to_be_visible()
    assert "Maßnahme stadt" in told.inner_text()
    with hand.page.expect_download() as found:
        link(hand, "DOCX")
    assert found.value.suggested_filename.endswith(".docx")
