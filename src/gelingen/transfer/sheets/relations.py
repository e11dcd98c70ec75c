"""Sheets for who answers for what, who works with whom, and figures."""

from dataclasses import replace

from gelingen.terms.vocabulary import (
    Basis,
    CooperationKind,
    ReportedBy,
    ResponsibilityKind,
)
from gelingen.transfer.sheets.inventory import LEVEL
from gelingen.transfer.sheets.provenance import (
    ENDS,
    PROVENANCE,
    STARTS,
    TARGET_GROUP,
    TERRITORY,
    TOPIC,
    key,
)
from gelingen.workbook.declare import Column, Kind, Sheet

OPTIONAL_TOPIC = replace(TOPIC, required=False)
OPTIONAL_GROUP = replace(TARGET_GROUP, required=False)
OPTIONAL_TERRITORY = replace(TERRITORY, required=False)

RESPONSIBILITIES = Sheet(
    "responsibility",
    "Zuständigkeiten",
    "Wer welche Aufgabe für wen und wo in welcher Rolle wahrnimmt, und auf welcher Grundlage.",
    (
        key(""),
        Column(
            "organisation",
            "Organisation",
            Kind.REFERENCE,
            "Zuständige Stelle.",
            required=True,
            synonyms=("Stelle", "zuständig", "Akteur"),
            refers="organisation",
            example="vhs",
        ),
        Column(
            "task",
            "Aufgabe",
            Kind.REFERENCE,
            "Aufgabe aus dem Blatt „Aufgaben“.",
            required=True,
            refers="task",
            example="asylblg",
        ),
        TOPIC,
        TARGET_GROUP,
        TERRITORY,
        LEVEL,
        Column(
            "kind",
            "Art",
            Kind.CHOICE,
            "Federführung, Mitwirkung, Beratung, Aufsicht oder Finanzierung.",
            required=True,
            choices=ResponsibilityKind,
            synonyms=("Rolle", "Zuständigkeit"),
            choice_synonyms=(("federführend", "lead"), ("mitwirkend", "participates")),
            example="Federführung",
        ),
        Column(
            "basis",
            "Grundlage",
            Kind.CHOICE,
            "Gesetz, Beschluss, Vertrag oder gewachsen.",
            choices=Basis,
            example="Gesetz",
        ),
        STARTS,
        ENDS,
        *PROVENANCE,
    ),
    key_from=("organisation", "task", "topic", "target_group", "territory", "kind", "starts"),
)

COOPERATION = Sheet(
    "cooperation",
    "Zusammenarbeit",
    "Welche Organisationen zusammenarbeiten und wer das angibt.",
    (
        key(""),
        Column(
            "a",
            "Organisation",
            Kind.REFERENCE,
            "Eine Seite; bei Geld die empfangende.",
            required=True,
            synonyms=("Organisation A", "A"),
            refers="organisation",
            example="vhs",
        ),
        Column(
            "b",
            "arbeitet zusammen mit",
            Kind.REFERENCE,
            "Andere Seite; bei Geld die gebende.",
            required=True,
            synonyms=("Organisation B", "B", "mit"),
            refers="organisation",
            example="jobcenter",
        ),
        Column(
            "kind",
            "Art",
            Kind.CHOICE,
            "Information, Koordination, gemeinsame Leistung, Finanzierung oder Personal.",
            choices=CooperationKind,
            example="Koordination",
        ),
        OPTIONAL_TOPIC,
        Column("intensity", "Stärke", Kind.INTEGER, "0 kaum bis 3 eng.", example="2"),
        Column(
            "reported_by",
            "Genannt von",
            Kind.CHOICE,
            "Welche Seite die Zusammenarbeit genannt hat. Leer: dritte Stelle.",
            choices=ReportedBy,
            choice_synonyms=(("beide", "both"), ("A", "a"), ("B", "b")),
            example="beide Seiten",
        ),
        STARTS,
        ENDS,
        *PROVENANCE,
    ),
    key_from=("a", "b", "kind", "topic", "starts"),
    synonyms=("Kooperationen", "Kooperation", "Netzwerk"),
)

FIGURES = Sheet(
    "figure",
    "Kennzahlen",
    "Zahlen zu Gebieten oder Strukturen mit Stichtag, Definition und Quelle.",
    (
        key(""),
        replace(OPTIONAL_TERRITORY, meaning="Gebiet, wenn die Zahl ein Gebiet beschreibt."),
        Column(
            "structure",
            "Struktur",
            Kind.REFERENCE,
            "Struktur, wenn die Zahl eine Struktur beschreibt.",
            refers="structure",
        ),
        Column(
            "indicator",
            "Indikator",
            Kind.TEXT,
            "Was gezählt oder gemessen wird.",
            required=True,
            synonyms=("Kennzahl", "Merkmal"),
            example="Bevölkerung",
        ),
        Column(
            "value",
            "Wert",
            Kind.RANGE,
            "Zahl oder Spanne.",
            required=True,
            synonyms=("Zahl", "Anzahl"),
            example="4226",
        ),
        Column("unit", "Einheit", Kind.TEXT, "Personen, Prozent, EUR …", example="Personen"),
        Column(
            "reference",
            "Stichtag",
            Kind.PARTIAL_DATE,
            "Tag, Monat oder Jahr.",
            synonyms=("Stand", "Jahr", "Datum"),
            example="31.12.2019",
        ),
        Column(
            "definition",
            "Definition",
            Kind.LONG_TEXT,
            "Was genau dazuzählt.",
            example="Bevölkerung am Ort der Hauptwohnung",
        ),
        Column(
            "base",
            "Zählung",
            Kind.TEXT,
            "Zensus 2011, Zensus 2022, Register …",
            synonyms=("Basis",),
            example="Fortschreibung Zensus 2011",
        ),
        Column(
            "published",
            "amtlich veröffentlicht",
            Kind.BOOLEAN,
            "ja, wenn die Statistik den Wert selbst veröffentlicht hat. Leer: nein.",
        ),
        *PROVENANCE,
    ),
    key_from=("territory", "structure", "indicator", "reference", "unit", "source"),
    synonyms=("Zahlen", "Indikatoren"),
)
