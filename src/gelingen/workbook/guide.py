"""The words of the sheet "Anleitung" and of the notes."""

from gelingen.workbook.declare import Kind

__all__ = ["COLOURS", "GUIDE", "how_to_write"]

COLOURS = {"head": "#DCE6F2", "example": "#6B6B6B", "link": "#0B4F9E"}

# Name and sentences; a heading has none.
GUIDE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Arbeitsmappe Gelingen", ()),
    (
        "Wozu",
        (
            "Diese Mappe sammelt, was es für die Integration gibt und was gebraucht wird.",
            "Aus ihr entstehen Bestand, Lücken und Masterplan.",
        ),
    ),
    (
        "So gehen Sie vor",
        (
            "Füllen Sie die Blätter von links nach rechts.",
            "Jede Zeile ist ein Eintrag.",
            "Sie müssen nicht alle Blätter füllen.",
            "Prüfen: gelingen check DATEI.",
            "Übernehmen: gelingen import DATEI.",
        ),
    ),
    (
        "Köpfe",
        (
            "Ein Stern im Kopf heißt: Pflichtangabe.",
            "Der Hinweis am Kopf erklärt die Spalte.",
            "Eigene Spalten dürfen dazukommen; sie werden gemeldet, aber nicht übernommen.",
        ),
    ),
    (
        "Beispielzeile",
        (
            "Die graue Zeile mit der Kennung „Beispiel“ zeigt, wie ein Eintrag aussieht.",
            "Sie wird nicht übernommen und darf stehen bleiben.",
        ),
    ),
    ("So wird geschrieben", ()),
    (
        "Kennung",
        (
            "Ein kurzes, eindeutiges Wort.",
            "Bleibt sie leer, wird sie gebildet.",
            "Amtliche Schlüssel haben eine führende Null: 09473112.",
        ),
    ),
    (
        "Datum",
        (
            "01.07.2019, 7/2019, Juli 2019 oder 2019.",
            "Ein Ende ist immer der letzte Tag, der noch gilt:",
            "„31.12.2019“, „12/2019“ und „2019“ bedeuten dasselbe.",
        ),
    ),
    (
        "Kein festes Ende",
        (
            "„unbefristet“ oder „bis auf Weiteres“.",
            "Ist das Ende nicht bekannt, bleibt die Zelle leer.",
        ),
    ),
    (
        "Zahl und Spanne",
        (
            "1.234,50 für eine Zahl; 4000–6000, „über 120“ oder „bis zu 110“ für eine Spanne.",
            "Die Einheit steht in ihrer eigenen Spalte.",
        ),
    ),
    ("Anteil", ("10 oder 10 %, von 0 bis 100.",)),
    (
        "Verweis",
        (
            "Der Name oder die Kennung einer Zeile auf dem genannten Blatt.",
            "Mehrere werden durch Semikolon getrennt.",
        ),
    ),
    (
        "Nicht bekannt",
        (
            "Die Zelle bleibt leer.",
            "Eine Null heißt: Es ist bekannt, dass es nichts gibt.",
        ),
    ),
)

_HOW = {
    Kind.KEY: "Ein kurzes, eindeutiges Wort. Bleibt sie leer, wird sie gebildet.",
    Kind.INTEGER: "Eine ganze Zahl, zum Beispiel 30.",
    Kind.NUMBER: "Eine Zahl, zum Beispiel 1,5.",
    Kind.RANGE: "Eine Zahl oder Spanne: 120, 4000–6000, über 120, bis zu 110.",
    Kind.PERCENT: "Eine Zahl von 0 bis 100, zum Beispiel 10 %.",
    Kind.EUR: "Ein Betrag in Euro, zum Beispiel 1.234,50.",
    Kind.BOOLEAN: "„ja“ oder „nein“.",
    Kind.FIRST_DAY: "Der erste Tag: 01.07.2019, 7/2019 oder 2019.",
    Kind.LAST_DAY: "Der letzte Tag, der noch gilt: 31.12.2019, 12/2019 oder 2019.",
    Kind.OPEN_END: (
        "Der letzte Tag, der noch gilt: 31.12.2019, 12/2019 oder 2019; sonst „unbefristet“ oder "
        "„bis auf Weiteres“. Ist es nicht bekannt, bleibt die Zelle leer."
    ),
    Kind.PARTIAL_DATE: "So genau wie bekannt: 08.10.2014, 10/2014 oder 2014.",
    Kind.REFERENCE: "Der Name oder die Kennung einer Zeile auf dem genannten Blatt.",
    Kind.REFERENCES: "Namen oder Kennungen, durch Semikolon getrennt.",
}


def how_to_write(kind: Kind) -> str:
    """Say in one German sentence how values of a kind are written; empty for texts."""
    return _HOW.get(kind, "")
