"""Sheets for what keeps a structure running: posts and money."""

from gelingen.terms.vocabulary import FundingState, Level
from gelingen.transfer.sheets.inventory import LEVEL_WORDS, STRUCTURE
from gelingen.transfer.sheets.provenance import ENDS, OPEN_ENDS, PROVENANCE, STARTS, key
from gelingen.workbook.declare import Column, Kind, Sheet

POSTS = Sheet(
    "post",
    "Stellen",
    "Welcher Anteil welcher Stelle für welche Aufgabe da ist. Keine Personen.",
    (
        key("ib_stelle"),
        Column(
            "organisation",
            "Organisation",
            Kind.REFERENCE,
            "Wo die Stelle angesiedelt ist.",
            required=True,
            refers="organisation",
            example="vhs",
        ),
        Column(
            "function",
            "Funktion der Stelle",
            Kind.TEXT,
            "Zum Beispiel Integrationsbeauftragte.",
            required=True,
            synonyms=("Stelle", "Funktion"),
            example="Kursleitung",
        ),
        Column(
            "task", "Aufgabe", Kind.REFERENCE, "Aufgabe aus dem Blatt „Aufgaben“.", refers="task"
        ),
        Column(
            "structure",
            "Struktur",
            Kind.REFERENCE,
            "Struktur, zu der die Stelle gehört.",
            refers="structure",
        ),
        Column(
            "percent",
            "Anteil",
            Kind.PERCENT,
            "Anteil der Arbeitszeit für die Aufgabe.",
            synonyms=("Prozent", "Anteil in Prozent"),
            example="5 %",
        ),
        Column("fte", "VZÄ", Kind.NUMBER, "Umfang der ganzen Stelle.", example="1"),
        STARTS,
        ENDS,
        *PROVENANCE,
    ),
    key_from=("organisation", "function", "task"),
)

FUNDINGS = Sheet(
    "funding",
    "Finanzierungen",
    "Wer eine Struktur in welchem Zeitraum bezahlt.",
    (
        key("f_kurs_2019"),
        STRUCTURE,
        Column(
            "programme",
            "Programm",
            Kind.TEXT,
            "Name des Förderprogramms oder Haushalts.",
            synonyms=("Förderprogramm", "Förderung"),
            example="Landesprogramm Sprache",
        ),
        Column(
            "funder",
            "Geldgeber",
            Kind.REFERENCE,
            "Organisation, die zahlt.",
            synonyms=("Zuwendungsgeber", "Fördergeber"),
            refers="organisation",
        ),
        Column(
            "funder_level",
            "Ebene des Geldgebers",
            Kind.CHOICE,
            "Bund, Land, Landkreis …",
            choices=Level,
            choice_synonyms=LEVEL_WORDS,
            example="Land",
        ),
        Column(
            "share_percent",
            "Anteil",
            Kind.PERCENT,
            "Anteil an den Kosten. Leer: nicht bekannt, gilt als ganz.",
            synonyms=("Förderquote", "Anteil in Prozent"),
            example="80 %",
        ),
        Column(
            "eur_per_year",
            "EUR im Jahr",
            Kind.EUR,
            "Betrag je Jahr.",
            synonyms=("Betrag im Jahr", "Jahresbetrag", "EUR/Jahr"),
            example="60.000",
        ),
        Column(
            "eur_total",
            "EUR insgesamt",
            Kind.EUR,
            "Betrag für den ganzen Zeitraum.",
            synonyms=("Betrag", "Summe", "Gesamtbetrag"),
            example="120.000",
        ),
        STARTS,
        OPEN_ENDS,
        Column(
            "state",
            "Stand",
            Kind.CHOICE,
            "bewilligt, beantragt, geplant oder unbekannt.",
            choices=FundingState,
            synonyms=("Status", "Förderstatus"),
            choice_synonyms=(("gesichert", "approved"), ("genehmigt", "approved")),
            example="bewilligt",
        ),
        Column(
            "probability",
            "Wahrscheinlichkeit",
            Kind.PERCENT,
            "Wie wahrscheinlich die Bewilligung ist, wenn sie noch aussteht.",
        ),
        Column(
            "deadline",
            "Antragsfrist",
            Kind.FIRST_DAY,
            "Letzter Tag für den Antrag.",
            synonyms=("Frist",),
            example="31.03.2020",
        ),
        *PROVENANCE,
    ),
    key_from=("structure", "programme", "funder", "starts"),
    synonyms=("Förderungen", "Finanzierung", "Fördermittel"),
)
