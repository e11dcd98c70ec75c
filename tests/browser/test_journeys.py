"""Eight journeys through the example county, each by mouse and by keyboard alone, and counted."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests import world
from tests.browser.conftest import PASSWORD
from tests.browser.counting import count, keep
from tests.browser.hands import Keyboard, Mouse
from tests.web.desk import DESK, TODAY
from tests.web.test_imports import workbook

from gelingen.confirmations.models import Proposal
from gelingen.findings.models import Verdict
from gelingen.findings.run import run_analyses
from gelingen.plan.models import Measure
from gelingen.post.models import OutgoingMail
from gelingen.register.models import Funding, Organisation, Structure
from gelingen.transfer.imports import apply_import, preview_import, tenant_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EXAMPLE = Path(__file__).parents[2] / "examples" / "coburg" / "landkreis"
PHONE = {"width": 390, "height": 844}
REACHED = {"Themenfelder": "Sprache und Bildung", "Zielgruppen": "Frauen", "Orte": "Ahorn"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS = ["Kennung", "Name", "Übergeordnet"]
WRONG = [HEADS, ["thw", "Technisches Hilfswerk", "Bundeswehr"], ["tafel", "Coburger Tafel", ""]]
RIGHT = [HEADS, ["thw", "Technisches Hilfswerk", ""], ["tafel", "Coburger Tafel", ""]]


@pytest.fixture(autouse=True)
def county(settings, person, tmp_path):
    """Load the example county on its day, with findings."""
    del person
    settings.ENV = replace(settings.ENV, day=TODAY)
    settings.HOME = tmp_path
    preview = preview_import(world.OPERATOR, EXAMPLE, tenant=tenant_of(EXAMPLE))
    apply_import(world.OPERATOR, preview)
    run_analyses(actor=world.OPERATOR, tenant=preview.tenant, on=TODAY)
    return preview.tenant


@pytest.fixture(params=[Mouse, Keyboard], ids=lambda hand: hand.name)
def start(request, visit):
    """Open a first page and put a hand on it; from there on every click and key counts."""

    def begin(path, **how):
        window = visit(**how)
        window.page.goto(path if path.startswith("http") else window.base + path)
        return request.param(window.page, count(window.page))

    return begin


def end(hand, name, *, measured=0, most=0, unit=""):
    """Keep what a journey took; no click by keyboard, and no more than its goal allows."""
    seen = hand.done.seen()
    goal = {"measured": measured, "most": most, "unit": unit} if measured else None
    keep(name, hand.name, seen, goal)
    assert (seen["clicks"] > 0) == (hand.name == "mouse")
    assert measured <= most


def test_worklist_row(start):
    """Sign in; extend two fundings and confirm the entries of a unit on Heute."""
    hand = start("/anmelden/", signed_in=False)
    page = hand.page
    hand.write(page.get_by_label("Benutzername"), "anna")
    hand.write(page.get_by_label("Passwort"), PASSWORD)
    hand.send(page.get_by_role("button", name="Anmelden", exact=True))
    hand.arrive("Heute")
    waiting = page.locator("li.g-auf")
    rows = []
    for title in ("Sprachpaten an Schulen", "Koordinierungszentrum"):
        row = waiting.filter(has_text=title).filter(has_text="Verlängern")
        before = hand.done.clicks
        hand.press(row.locator("summary", has_text="Verlängern"))
        hand.press(row.get_by_role("button", name="Verlängern"))
        _gone(hand, row)
        rows.append(hand.done.clicks - before)
    row = waiting.filter(has_text="Arbeiterwohlfahrt, Kreisverband Coburg: 5 Einträge")
    before = hand.done.clicks
    hand.press(row.get_by_role("button", name="Alle stimmen noch"))
    _gone(hand, row)
    rows.append(hand.done.clicks - before)
    assert Funding.objects.filter(key="f_043", ends__gt=date(2018, 1, 1)).exists()
    confirmed = Structure.objects.filter(last_confirmed=TODAY)
    assert set(confirmed.values_list("organisation__key", flat=True)) == {"awo"}
    end(hand, "worklist-row", measured=max(rows), most=2, unit="Klicks je Zeile")


def _gone(hand, row):
    """Wait until a row has left Heute and the next one has the focus."""
    expect(row).to_have_count(0)
    hand.page.wait_for_selector("[data-naechste]:focus")


def test_extend_funding(start):
    """Find a funding by searching for its structure, and extend it among the results."""
    hand = start(DESK)
    page = hand.page
    hand.search("Sprachpaten")
    hand.arrive("Suche")
    before = hand.done.clicks
    found = page.locator("li", has_text="bis 31.12.2017")
    hand.press(found.locator("summary", has_text="Verlängern"))
    hand.press(found.get_by_role("button", name="Verlängern"))
    hand.told("Verlängert: Stiftungsförderung, ein weiteres Jahr bis 31.12.2018.")
    assert "q=Sprachpaten" in page.url
    assert Funding.objects.get(key="f_043").ends == date(2019, 1, 1)
    clicks = hand.done.clicks - before
    end(hand, "extend-funding", measured=clicks, most=6, unit="Klicks nach der Suche")


def test_new_structure(start):
    """From the list: a new structure with owner, function, one cell of reach and its money."""
    hand = start(DESK + "bestand/")
    page = hand.page
    hand.press(page.get_by_role("link", name="Struktur anlegen"))
    hand.arrive("Neue Struktur")
    page.wait_for_selector("#id_name:focus")
    page.keyboard.type("Sprachtreff Ahorn")
    hand.choose(page.get_by_label("Träger", exact=True), "Diakonisches Werk Coburg")
    hand.choose(page.get_by_label("Funktion"), "erbringt")
    for group, name in REACHED.items():
        hand.tick(page.get_by_role("group", name=group).get_by_label(name, exact=True))
    hand.write(page.get_by_label("Programm"), "Landesmittel")
    hand.write(page.get_by_label("EUR im Jahr"), "12.000")
    hand.write(page.get_by_label("Geld bis"), "31.12.2019")
    hand.send(page.get_by_role("button", name="Speichern", exact=True))
    hand.told("Angelegt: Sprachtreff Ahorn.")
    made = Structure.objects.get(name="Sprachtreff Ahorn")
    assert (made.organisation.key, made.function) == ("diakonie", "delivers")
    assert made.reach.get().territory.name == "Ahorn"
    assert made.fundings.get().eur_per_year == 12000
    total = hand.done.total
    end(hand, "new-structure", measured=total, most=150, unit="Klicks und Tasten")


def test_merge_duplicate(start, county):
    """Find both entries by search, and merge one into the other."""
    twin = world.structure(
        tenant=county, key="doppelt", name="Sprachcafé Wüstenahorn", function="delivers",
        organisation=Organisation.objects.get(tenant=county, key="stadt_coburg"),
    )  # fmt: skip
    hand = start(DESK)
    page = hand.page
    hand.search("Sprachcafe")
    hand.arrive("Suche")
    hand.press(page.get_by_role("link", name="Sprach-Café (Wüstenahorn)", exact=True).first)
    hand.arrive("Sprach-Café (Wüstenahorn)")
    hand.press(page.get_by_role("link", name="Zusammenführen"))
    hand.arrive("Zusammenführen")
    hand.press(page.get_by_role("link", name="Sprachcafé Wüstenahorn", exact=True))
    preview = page.get_by_role("button", name="Vorschau", exact=True)
    preview.wait_for()
    hand.press(preview)
    page.wait_for_selector("#vorschau:focus")
    hand.press(page.get_by_role("button", name="Zusammenführen"))
    hand.told("Rückgängig")
    assert not Structure.objects.filter(pk=twin.pk).exists()
    end(hand, "merge-duplicate")
    hand.press(page.get_by_role("button", name="Rückgängig"))
    hand.told("Zurückgenommen.")
    assert Structure.objects.filter(pk=twin.pk).exists()


def test_judge_finding(start):
    """From Heute to the weightiest finding; it becomes a measure, and is judged by that."""
    hand = start(DESK)
    page = hand.page
    hand.press(page.get_by_role("link", name="Analyse", exact=True))
    hand.arrive("Analyse")
    hand.press(page.get_by_role("link", name="Befunde", exact=True))
    hand.arrive("Befunde")
    hand.press(page.get_by_role("link", name="Maßnahme daraus machen").first)
    hand.arrive("Maßnahme daraus machen")
    title = page.get_by_label("Titel").input_value()
    hand.press(page.get_by_role("button", name="Maßnahme anlegen"))
    hand.told("Maßnahme angelegt und dem Befund zugeordnet")
    assert Measure.objects.filter(title=title).exists()
    assert Verdict.objects.get().decision == "to_solve"
    end(hand, "judge-finding")


def test_compare_matrix(start):
    """From Heute to the matrix; compare it with a day of 2025 and open a cell beside it."""
    hand = start(DESK)
    page = hand.page
    hand.press(page.get_by_role("link", name="Analyse", exact=True))
    hand.arrive("Analyse")
    hand.write(page.get_by_label("Vergleich mit"), "01.07.2025")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=2, name="01.07.2025").wait_for()
    # Enter changes the field and sends the form: the picture comes twice.
    expect(page.locator(".htmx-request")).to_have_count(0)
    hand.press(page.locator("a.g-zelle").first)
    page.wait_for_selector("#lade-titel:focus")
    assert "vergleich=01.07.2025" in page.url
    assert page.get_by_label("Stand am").input_value() == "01.06.2017"
    end(hand, "compare-matrix")


def test_import_workbook(start):
    """A workbook with a fault: see where, correct it in the file, send it again, import it.

    The system's own window to choose a file, and the spreadsheet program, are not counted.
    """
    hand = start(DESK + "bestand/einlesen/")
    page = hand.page
    hand.arrive("Einlesen")
    _upload(hand, "liste.xlsx", WRONG)
    hand.arrive("liste.xlsx")
    page.get_by_text("Die Datei hat 1 Fehler.").wait_for()
    with page.expect_download():
        hand.press(page.get_by_role("link", name="Datei mit markierten Zellen"))
    hand.press(page.get_by_role("navigation", name="Pfad").get_by_role("link", name="Einlesen"))
    hand.arrive("Einlesen")
    _upload(hand, "berichtigt.xlsx", RIGHT)
    hand.arrive("berichtigt.xlsx")
    hand.press(page.get_by_role("button", name="Übernehmen: 2 Einträge neu"))
    hand.told("Übernommen: 2 Einträge neu.")
    assert Organisation.objects.filter(key__in=("thw", "tafel")).count() == 2
    end(hand, "import-workbook")


def _upload(hand, name, lines):
    with hand.page.expect_file_chooser() as choice:
        hand.press(hand.page.get_by_label("Arbeitsmappe oder eigene Liste"))
    content = workbook(Organisationen=lines)
    choice.value.set_files({"name": name, "mimeType": XLSX, "buffer": content})
    hand.press(hand.page.get_by_role("button", name="Hochladen und prüfen"))


def test_confirm_by_link(start, visit, county):
    """On a phone: one entry is still true, one has changed, one has ended."""
    link = _asked(visit, county)
    hand = start(link, **PHONE, signed_in=False)
    page = hand.page
    hand.press(page.get_by_role("button", name="Stimmt noch: Kurs 0"))
    page.get_by_role("button", name="Stimmt noch: Kurs 0", pressed=True).wait_for()
    hand.press(page.get_by_role("link", name="Hat sich geändert: Kurs 1"))
    hand.write(page.get_by_label("Plätze"), "18")
    hand.send(page.get_by_role("button", name="Speichern"))
    hand.press(page.get_by_role("button", name="Stimmt noch: Kurs 2"))
    hand.press(page.get_by_role("button", name="Antwort abschließen"))
    hand.arrive("Vielen Dank")
    assert Proposal.objects.get().after == {"capacity": "18"}
    assert Structure.objects.filter(last_confirmed=TODAY, organisation__key="kurse").count() == 2
    end(hand, "confirm-by-link")


def _asked(visit, county):
    """Three entries of a unit, and the link by which the officer asks for them."""
    owner = world.organisation(
        tenant=county, key="kurse", name="Kursträger B", mailbox="kurse@kurse.example"
    )
    for number in range(3):
        world.structure(
            tenant=county, key=f"kurs_{number}", name=f"Kurs {number}", organisation=owner,
            function="delivers", capacity_low=16, capacity_high=16,
        )  # fmt: skip
    desk = visit()
    desk.open(f"{DESK}bestand/vorschlaege/bitten/?organisation=kurse")
    desk.page.get_by_role("button", name="In den Postausgang legen").click()
    desk.page.wait_for_url("**/postausgang/")
    return OutgoingMail.objects.get().link
