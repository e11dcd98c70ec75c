"""Take a picture of every page from the example county: make pictures.

Loads the example into a folder of its own, starts the desk, walks through its pages and writes
docs/bilder/*.png with a page that lists them. Needs what the browser tests need.
"""

import io
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "bilder"
GELINGEN = str(Path(sys.executable).with_name("gelingen"))
PORT = "8766"
BASE = f"http://127.0.0.1:{PORT}"
DESK = f"{BASE}/intern/09473/"
SIZE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 780}
FAULTY = "Themenfelder.csv", "Kennung;Name;Beginn\nwohnen;Wohnen;31.02.2017\n;Ohne Kennung;2017\n"
Way = str | Callable[[Page], None]


def follow(path: str, *links: str) -> Callable[[Page], None]:
    """Go to a page and from there by the first link that each selector finds."""

    def go(page: Page) -> None:
        page.goto(DESK + path)
        for link in links:
            address = page.locator(link).first.get_attribute("href")
            page.goto(f"{BASE}{address}" if str(address).startswith("/") else str(address))

    return go


def ties(page: Page) -> None:
    """Choose an actor whose ties are to be entered."""
    page.goto(DESK + "bestand/netzwerk/")
    page.locator("form[action*='/verbindungen/'] button").click()
    page.wait_for_url("**/verbindungen/**")


def upload(page: Page) -> None:
    """Send a file with mistakes and wait for what the check says."""
    page.goto(DESK + "bestand/einlesen/")
    name, text = FAULTY
    file = {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    page.set_input_files("input[type=file]", file)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_selector("text=31.02.2017", timeout=60_000)


def asked(page: Page) -> None:
    """Enter a mailbox for the first organisation without one, and ask there."""
    follow("bestand/vorschlaege/bitten/", "a:has-text('Postfach eintragen')")(page)
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    page.fill("[name=mailbox]", "integration@example.org")
    page.locator("main form button[type=submit]").first.click()
    page.goto(DESK + "bestand/vorschlaege/bitten/")


def sent(page: Page) -> None:
    """Put the question into the outbox."""
    asked(page)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    page.goto(DESK + "verwaltung/postausgang/")


def by_link(page: Page) -> None:
    """Answer on a phone by the link of the mail."""
    follow("verwaltung/postausgang/", "main a[href*='postausgang/']")(page)
    link = re.search(r"/bestaetigen/[^\s\"<]+", page.content())
    assert link, "the mail holds no link"  # noqa: S101  (a script for developers)
    page.context.clear_cookies()
    page.set_viewport_size(PHONE)
    page.goto(BASE + link[0])


def built(page: Page) -> None:
    """Begin a survey with the template that asks what is needed."""
    page.goto(DESK + "bedarfe/umfragen/neu/")
    page.get_by_label("Was wird gebraucht?").check()
    page.get_by_label("Titel").fill("Bedarfe 2017")
    page.get_by_role("button", name="Anlegen", exact=True).click()
    page.wait_for_url(lambda address: not address.endswith("/neu/"))


def scored(page: Page) -> None:
    """Prepare a selection of the year, open the scoring, go to the ballot of its first group."""
    page.goto(DESK + "auswahl/neu/")
    page.fill("[name=title]", "Jahresauswahl 2018")
    page.fill("[name=year]", "2018")
    page.locator("[name=groups]").first.check()
    page.get_by_role("button", name="Speichern").click()
    page.wait_for_url("**/auswahl/auswahl*/")
    selection = page.url
    page.goto(f"{selection}grenzen/")
    page.fill("[name=woher_neu1]", "Kreishaushalt")
    page.fill("[name=wieviel_neu1]", "150.000")
    page.get_by_role("button", name="Speichern", exact=True).click()
    page.wait_for_url(selection + "**")
    page.goto(f"{selection}massnahmen/")
    for measure in page.locator("main [type=checkbox]").all()[:12]:
        measure.check()
    page.locator("main form [type=submit]").first.click()
    page.wait_for_url(selection + "**")
    page.goto(selection)
    page.get_by_role("button", name="Bewertung eröffnen").click()
    page.wait_for_url(selection + "**")
    page.goto(f"{selection}bewertung/")
    page.get_by_role("link", name=re.compile("^Bewerten")).first.click()
    page.wait_for_url("**/bewertung/*/")


# Name of the picture, what it shows, the way there. The last ones change what others show.
PICTURES: tuple[tuple[str, str, Way], ...] = (
    ("heute", "Heute: die Arbeitsliste", ""),
    ("bestand", "Bestand: die Strukturen", "bestand/"),
    ("organisationen", "Bestand: Organisationen und ihre Stellen", "bestand/organisationen/"),
    ("finanzierungen", "Bestand: Finanzierungen", "bestand/finanzierungen/"),
    ("zustaendigkeiten", "Bestand: Zuständigkeiten", "bestand/zustaendigkeiten/"),
    ("zusammenarbeit", "Bestand: Zusammenarbeit", "bestand/zusammenarbeit/"),
    ("struktur", "Eine Struktur auf einer Seite", follow("bestand/", "tbody a")),
    ("organisation", "Eine Organisation", follow("bestand/organisationen/", "tbody a")),
    ("eintrag", "Struktur anlegen: die nötigen Angaben zuerst", "eintrag/structure/neu/"),
    (
        "struktur-aufteilen",
        "Eine Struktur aufteilen",
        follow("bestand/", "tbody a", "main a[href*='/teilen/']"),
    ),
    ("zeitstrahl", "Zeitstrahl: Strukturen und ihr Geld", "bestand/zeitstrahl/"),
    ("federfuehrung", "Wer führt: Aufgabe und Ebene", "bestand/federfuehrung/"),
    ("netzwerk", "Netzwerk der Akteure", "bestand/netzwerk/"),
    (
        "verbindungen",
        "Verbindungen eines Akteurs ankreuzen",
        ties,
    ),
    ("vorschlaege", "Vorschläge der Partner", "bestand/vorschlaege/"),
    ("einlesen", "Einlesen: eine Arbeitsmappe hochladen", "bestand/einlesen/"),
    ("suche", "Suche, die Schreibweisen verzeiht", "suche/?q=Sprachcaffee"),
    ("bedarfe", "Bedarfe: das Verzeichnis", "bedarfe/"),
    ("bedarfe-matrix", "Bedarfe nach Themenfeld und Zielgruppe", "bedarfe/matrix/"),
    ("analyse", "Analyse: die Matrix", "analyse/"),
    ("feld", "Analyse: ein Feld neben der Matrix", follow("analyse/", "a.g-zelle")),
    ("vergleich", "Analyse: zwei Tage verglichen", "analyse/?vergleich=31.12.2020"),
    ("verlauf", "Analyse: Lücken im Verlauf", "analyse/verlauf/"),
    ("karte", "Analyse: Karte der Gemeinden", "analyse/karte/"),
    ("befunde", "Befunde", "analyse/befunde/"),
    ("befund", "Ein Befund mit Urteil", follow("analyse/befunde/", "a.g-leicht")),
    ("plan", "Plan: vom Bedarf zur Maßnahme", "plan/"),
    ("bedarf", "Ein Bedarf", follow("plan/", "main a[href*='/bedarfe/']")),
    ("massnahme", "Ein Maßnahmenblatt", follow("plan/", "main a[href*='/massnahmen/']")),
    ("geld", "Geld und Stellen des Plans nach Jahren", "plan/geld/"),
    ("querschnitt", "Querschnittsthemen", "plan/querschnitt/"),
    ("texte", "Texte der Kapitel", "plan/texte/"),
    ("text", "Ein Kapitel schreiben", follow("plan/texte/", "main table a")),
    ("vorschau", "Vorschau des Masterplans", "plan/vorschau/"),
    ("ausgaben", "Ausgaben des Masterplans", "plan/ausgaben/"),
    ("ausgaben-vergleich", "Zwei Ausgaben verglichen", "plan/ausgaben/vergleich/"),
    ("gremien", "Gremien", "gremien/"),
    (
        "gremium",
        "Ein Gremium mit seinen Sitzen",
        follow("gremien/", "a:has-text('Koordinierungsrunde')"),
    ),
    ("prozess", "Der Prozess: Phasen und Ereignisse", "gremien/prozess/"),
    ("umsetzung", "Umsetzung: Stand der Maßnahmen", "umsetzung/"),
    ("sachstand", "Sachstand einer Maßnahme", follow("umsetzung/", "tbody a")),
    ("berichtsrunden", "Berichtsrunden", "umsetzung/runden/"),
    ("kennzahlen", "Kennzahlen", "umsetzung/kennzahlen/"),
    (
        "kennzahl",
        "Eine Kennzahl mit Bild und Tabelle",
        follow("umsetzung/kennzahlen/", "a:text-is('Ausländeranteil')"),
    ),
    ("jahresberichte", "Jahresberichte", "umsetzung/berichte/"),
    ("jahresbericht", "Ein Jahresbericht", follow("umsetzung/berichte/", "tbody a")),
    ("oeffentlichkeit", "Die Webseite einrichten", "oeffentlichkeit/"),
    ("webseite", "Die Webseite: Ziele und ihr Stand", f"{BASE}/09473/"),
    ("webseite-massnahmen", "Die Webseite: Maßnahmen", f"{BASE}/09473/massnahmen/"),
    ("webseite-weg", "Die Webseite: der Weg bis hierher", f"{BASE}/09473/weg/"),
    ("webseite-zahlen", "Die Webseite: Zahlen", f"{BASE}/09473/zahlen/"),
    ("dokumente", "Dokumente", "dokumente/"),
    ("personen", "Personen und Rechte", "verwaltung/"),
    ("rollen", "Wer was darf", "verwaltung/rollen/"),
    ("rechte", "Meine Rechte", "verwaltung/meine-rechte/"),
    ("konto", "Das eigene Konto", f"{BASE}/konto/"),
    ("umfrage", "Eine Umfrage aus der Vorlage bauen", built),
    ("bewertung", "Auswahl des Jahres: eine Gruppe bewertet", scored),
    ("einlesen-pruefung", "Einlesen: was an der Datei nicht stimmt", upload),
    ("bestaetigen-lassen", "Organisationen um Bestätigung bitten", asked),
    ("postausgang", "Postausgang", sent),
    ("bestaetigen", "Bestätigen ohne Konto, auf dem Telefon", by_link),
)


def main() -> None:
    """Load the example, start the desk, take the pictures, write the list."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "GELINGEN_HOME": home}
        said = subprocess.run(
            [GELINGEN, "demo", "--no-serve"],
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout
        password = said.split()[-1]
        server = subprocess.Popen(
            [GELINGEN, "serve", "--port", PORT], env=environment, stdout=subprocess.DEVNULL
        )
        try:
            wait()
            take(password)
        finally:
            server.terminate()
            server.wait(timeout=30)
    lines = [f"## {title}\n\n![{title}]({name}.png)\n" for name, title, _ in PICTURES]
    head = """# Die Seiten im Bild

Aus dem Beispiel Landkreis Coburg, mit `make pictures`. Räume, die das Beispiel
nicht füllt, fehlen: Gespräche, Sichtung, Sitzungen, Vorschläge der Gremien, Vorlagen.
"""
    (FOLDER / "README.md").write_text("\n".join([head, *lines]), encoding="utf-8")


def wait() -> None:
    """Wait until the desk answers."""
    for _ in range(120):
        try:
            urlopen(BASE, timeout=2).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    sys.exit("Der Arbeitsplatz antwortet nicht.")


def take(password: str) -> None:
    """Sign in and take the pictures; a page that is not there ends the walk."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--headless", "--no-sandbox"]
        )
        page = browser.new_page(viewport=SIZE, locale="de-DE")
        page.goto(f"{BASE}/anmelden/")
        page.fill("#id_login", "integration")
        page.fill("#id_password", password)
        page.keyboard.press("Enter")
        page.wait_for_url("**/intern/**")
        for name, title, way in PICTURES:
            if callable(way):
                way(page)
            else:
                answer = page.goto(way if way.startswith("http") else DESK + way)
                assert answer and answer.ok, f"{title}: {way}"  # noqa: S101, PT018
            page.wait_for_load_state("networkidle")
            keep(page.screenshot(), FOLDER / f"{name}.png")
            sys.stdout.write(f"{name}.png: {page.title()}\n")
            sys.stdout.flush()
        browser.close()


def keep(picture: bytes, path: Path) -> None:
    """Write a picture with 64 colours: pages have few, and the file has a quarter of the size."""
    flat = Image.open(io.BytesIO(picture)).convert("RGB")
    flat.quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
