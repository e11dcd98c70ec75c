"""Sheets for needs, for the voices that say so, and for what was asked about."""

from dataclasses import replace

from gelingen.terms.vocabulary import InquiryState, NeedKind, NeedState
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
from gelingen.transfer.sheets.relations import (
    OPTIONAL_GROUP,
    OPTIONAL_TERRITORY,
    OPTIONAL_TOPIC,
)
from gelingen.workbook.declare import Column, Kind, Sheet

NEEDS = Sheet(
    "need",
    "Bedarfe",
    "Was wem wozu wo fehlt, seit oder ab wann, und wer das sagt.",
    (
        key("b_1"),
        Column(
            "statement",
            "Bedarf",
            Kind.LONG_TEXT,
            "Was gebraucht wird, in einem Satz.",
            required=True,
            synonyms=("Beschreibung", "Aussage", "Text"),
            example="Sprachkurse mit Kinderbetreuung",
        ),
        TOPIC,
        TARGET_GROUP,
        TERRITORY,
        LEVEL,
        Column(
            "kind",
            "Art",
            Kind.CHOICE,
            "strategisch (Steuerung) oder operativ (Angebot). Leer: operativ.",
            choices=NeedKind,
            example="operativ",
        ),
        Column(
            "quantity",
            "Menge",
            Kind.RANGE,
            "Zahl oder Spanne: 45, 4000 bis 6000.",
            synonyms=("Anzahl", "Umfang"),
            example="40 bis 50",
        ),
        Column(
            "unit", "Einheit", Kind.TEXT, "Was gezählt wird: Personen, Plätze.", example="Personen"
        ),
        Column(
            "severity",
            "Schwere",
            Kind.INTEGER,
            "1 gering bis 5 sehr schwer.",
            synonyms=("Dringlichkeit", "Priorität"),
            example="4",
        ),
        Column("severity_note", "Zur Schwere", Kind.TEXT, "Womit die Schwere begründet ist."),
        replace(
            STARTS,
            head="Besteht ab",
            synonyms=("ab", "seit", "ab wann", "Beginn"),
            meaning="Seit oder ab wann es den Bedarf gibt.",
        ),
        replace(
            ENDS,
            head="Besteht bis",
            synonyms=("bis", "Ende"),
            meaning="Letzter Tag, falls der Bedarf endet.",
            example="",
        ),
        Column(
            "voice",
            "Wer sagt es (Funktion)",
            Kind.TEXT,
            "Funktion, kein Name.",
            synonyms=("Stimme", "genannt von", "Quelle (Funktion)"),
            example="Leitung Kursbüro",
        ),
        Column(
            "voiced", "Wann gesagt", Kind.PARTIAL_DATE, "Tag, Monat oder Jahr.", example="01/2019"
        ),
        Column(
            "voiced_where",
            "Wo gesagt",
            Kind.TEXT,
            "Anlass: Gespräch, Umfrage, Sitzung.",
            example="AG Sprache",
        ),
        Column(
            "state",
            "Stand",
            Kind.CHOICE,
            "offen, erfüllt, entfallen oder weitergeführt. Leer: offen.",
            choices=NeedState,
            example="offen",
        ),
        replace(
            STARTS,
            name="state_since",
            head="Stand seit",
            synonyms=(),
            meaning="Seit welchem Tag er nicht mehr offen ist. Bei „offen“ leer.",
            example="",
        ),
        Column(
            "previous",
            "führt fort",
            Kind.REFERENCE,
            "Bedarf der vorigen Runde, den dieser weiterführt.",
            refers="need",
        ),
        *PROVENANCE,
    ),
    key_from=("statement", "territory"),
    label="",
    synonyms=("Bedarf", "Bedarfsliste"),
)

VOICES = Sheet(
    "voice",
    "Stimmen",
    "Wer außer der ersten Stimme noch sagt, dass es einen Bedarf gibt.",
    (
        key(""),
        Column(
            "need",
            "Bedarf",
            Kind.REFERENCE,
            "Kennung aus dem Blatt „Bedarfe“.",
            required=True,
            refers="need",
            example="b_1",
        ),
        Column(
            "group",
            "Gruppe",
            Kind.TEXT,
            "Art der Stelle, die es sagt: Gemeinde, Schule, Verein.",
            synonyms=("Akteursgruppe",),
            example="Gemeinde",
        ),
        Column(
            "function",
            "Wer sagt es (Funktion)",
            Kind.TEXT,
            "Funktion, kein Name.",
            synonyms=("Stimme", "genannt von"),
            example="Geschäftsleitung",
        ),
        replace(
            STARTS,
            name="day",
            head="Wann gesagt",
            synonyms=("am", "Datum"),
            meaning="An welchem Tag.",
            example="01.02.2019",
        ),
        Column(
            "where",
            "Wo gesagt",
            Kind.TEXT,
            "Anlass: Gespräch, Umfrage, Sitzung.",
            example="Bürgermeisterrunde",
        ),
        Column(
            "origin",
            "Herkunft",
            Kind.TEXT,
            "Setzt das Programm, wenn die Stimme aus einer Umfrage oder einem Gespräch kommt.",
        ),
        Column(
            "speaker",
            "Organisation",
            Kind.REFERENCE,
            "Wenn sie unter ihrem Namen spricht; zwei ihrer Stimmen zählen einmal.",
            refers="organisation",
        ),
        Column(
            "severity",
            "Schwere",
            Kind.INTEGER,
            "Wie schwer es aus dieser Sicht ist, 1 gering bis 5 sehr schwer.",
            example="4",
        ),
        *PROVENANCE,
    ),
    key_from=("need", "group", "function", "day", "where", "speaker"),
)

INQUIRIES = Sheet(
    "inquiry",
    "Nachfragen",
    "Wonach gefragt wurde. Ohne Nachfrage ist ein leeres Feld keine Lücke, sondern unklar.",
    (
        key(""),
        OPTIONAL_TERRITORY,
        replace(OPTIONAL_TOPIC, meaning="Themenfeld. Leer: alle."),
        replace(OPTIONAL_GROUP, meaning="Zielgruppe. Leer: alle."),
        Column(
            "organisation",
            "Organisation",
            Kind.REFERENCE,
            "Nur wenn nach Zusammenarbeit gefragt wurde, dann ohne Gebiet.",
            refers="organisation",
        ),
        Column(
            "state",
            "Ergebnis",
            Kind.CHOICE,
            "nicht erhoben, nichts gefunden, nicht vorhanden oder befragt.",
            required=True,
            choices=InquiryState,
            example="nicht vorhanden",
        ),
        replace(
            STARTS,
            name="since",
            head="Seit",
            synonyms=("am", "Datum", "Stand"),
            meaning="Wann gefragt wurde.",
        ),
        Column(
            "by",
            "Wer hat gefragt (Funktion)",
            Kind.TEXT,
            "Funktion, kein Name.",
            example="Integrationsbeauftragte",
        ),
        *PROVENANCE,
    ),
    key_from=("territory", "topic", "target_group", "organisation", "since"),
)
