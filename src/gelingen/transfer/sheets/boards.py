"""Sheets for bodies, their seats and who takes them, and for the process that they steer."""

from dataclasses import replace

from gelingen.terms.boards import (
    BodyKind,
    Cycle,
    EventKind,
    PhaseKind,
    Quorum,
    SeatKind,
    SeatOffice,
)
from gelingen.transfer.sheets.provenance import ENDS, PROVENANCE, STARTS, key
from gelingen.workbook.declare import Column, Kind, Sheet

_ORDER = Column("order", "Reihenfolge", Kind.INTEGER, "Platz in Listen.", example="1")
_RESPONSIBLE = Column("responsible", "Verantwortlich (Funktion)", Kind.TEXT, "Funktion, kein Name.")
_PUBLIC = Column("public", "öffentlich zeigen", Kind.BOOLEAN, "ja oder nein. Leer: nein.")

BODIES = Sheet(
    "body",
    "Gremien",
    "Wer steuert, berät, arbeitet und beschließt.",
    (
        key("g_1"),
        Column(
            "name",
            "Name",
            Kind.TEXT,
            "Name des Gremiums.",
            required=True,
            synonyms=("Gremium", "Arbeitsgruppe", "Ausschuss"),
            example="Steuerungsgruppe Integration",
        ),
        Column(
            "kind",
            "Art",
            Kind.CHOICE,
            "Steuerungsgruppe, Beirat, Arbeitsgruppe, Netzwerk, Ausschuss …",
            required=True,
            choices=BodyKind,
            choice_synonyms=(("AG", "working_group"), ("Kreistag", "council")),
            example="Steuerungsgruppe",
        ),
        Column("parent", "Gehört zu", Kind.REFERENCE, "Gremium, dem es zuarbeitet.", refers="body"),
        Column(
            "structure",
            "Im Bestand",
            Kind.REFERENCE,
            "Struktur des Bestands, die dieses Gremium ist.",
            refers="structure",
        ),
        Column(
            "topics",
            "Themenfelder",
            Kind.REFERENCES,
            "Womit es sich befasst; mehrere mit Strichpunkt.",
            refers="topic",
        ),
        Column(
            "statute",
            "Grundlage",
            Kind.LONG_TEXT,
            "Satzung, Geschäftsordnung oder Beschluss, auf dem es beruht.",
            synonyms=("Satzung", "Rechtsgrundlage"),
        ),
        Column("tasks", "Aufgaben", Kind.LONG_TEXT, "Was es zu tun hat."),
        Column("cycle", "Wie oft", Kind.CHOICE, "Wie oft es tagt.", choices=Cycle),
        Column(
            "quorum",
            "Beschlussfähig",
            Kind.CHOICE,
            "Ab wann es beschließen kann. Leer: keine Regel.",
            choices=Quorum,
        ),
        Column(
            "quorum_number",
            "Mindestens",
            Kind.INTEGER,
            "Wie viele Stimmberechtigte es sein müssen, wenn eine feste Zahl gilt.",
        ),
        Column("mailbox", "Funktionspostfach", Kind.TEXT, "Postfach des Gremiums, keine Person."),
        _PUBLIC,
        STARTS,
        ENDS,
        *PROVENANCE,
    ),
    key_from=("name",),
    label="name",
    synonyms=("Gremium", "Arbeitsgruppen"),
)
_BODY = Column(
    "body",
    "Gremium",
    Kind.REFERENCE,
    "Kennung oder Name aus dem Blatt „Gremien“.",
    required=True,
    refers="body",
    example="g_1",
)
SEATS = Sheet(
    "seat",
    "Sitze",
    "Plätze in den Gremien: woher sie besetzt werden, mit Stimme oder beratend.",
    (
        key("s_1"),
        _BODY,
        _ORDER,
        Column(
            "kind",
            "Woher",
            Kind.CHOICE,
            "Verwaltung, Beirat, Kreistag oder Stadtrat, Gemeinde, Migrantenorganisation …",
            required=True,
            choices=SeatKind,
            example="Verwaltung",
        ),
        Column(
            "organisation",
            "Entsendet von",
            Kind.REFERENCE,
            "Organisation, die den Sitz besetzt.",
            refers="organisation",
        ),
        Column(
            "sender",
            "Gruppe oder Stelle",
            Kind.TEXT,
            "Wer entsendet, wenn es keine Organisation des Bestands ist: eine Fraktion.",
            synonyms=("Fraktion",),
        ),
        Column("office", "Amt", Kind.CHOICE, "Vorsitz … Leer: Mitglied.", choices=SeatOffice),
        Column("advising", "nur beratend", Kind.BOOLEAN, "ja, wenn der Sitz keine Stimme hat."),
        Column(
            "speaks_for",
            "Spricht für",
            Kind.REFERENCES,
            "Zielgruppen, für die der Sitz spricht; nichts über die Person, die ihn einnimmt.",
            refers="target_group",
        ),
        STARTS,
        ENDS,
        *PROVENANCE,
    ),
    key_from=("body", "order", "kind"),
)
TENURES = Sheet(
    "tenure",
    "Besetzungen",
    "Wer welchen Sitz von wann bis wann einnimmt.",
    (
        key(""),
        Column(
            "seat",
            "Sitz",
            Kind.REFERENCE,
            "Kennung aus dem Blatt „Sitze“.",
            required=True,
            refers="seat",
            example="s_1",
        ),
        Column(
            "function",
            "Funktion",
            Kind.TEXT,
            "Funktion der Person.",
            required=True,
            example="Leitung Sozialamt",
        ),
        Column("holder", "Name", Kind.TEXT, "Nur, wenn das Gremium öffentlich besetzt ist."),
        Column("mailbox", "Postfach", Kind.TEXT, "Für Einladungen, möglichst der Funktion."),
        STARTS,
        ENDS,
        *PROVENANCE,
    ),
    key_from=("seat", "function", "starts"),
)
PHASES = Sheet(
    "phase",
    "Phasen",
    "Abschnitte des Prozesses, geplant und wie sie waren.",
    (
        key("p_1"),
        Column("plan", "Plan", Kind.REFERENCE, "Plan, zu dem sie gehört.", refers="plan"),
        _ORDER,
        Column("name", "Name", Kind.TEXT, "Name der Phase.", required=True, example="Analyse"),
        Column(
            "kind",
            "Art",
            Kind.CHOICE,
            "Auftrag, Bestandsaufnahme und Analyse, Maßnahmen, Umsetzung …",
            required=True,
            choices=PhaseKind,
        ),
        replace(STARTS, name="planned_starts", head="Geplanter Beginn", synonyms=()),
        replace(ENDS, name="planned_ends", head="Geplantes Ende", synonyms=()),
        STARTS,
        ENDS,
        Column("resting_since", "Ruht seit", Kind.FIRST_DAY, "Seit wann sie unterbrochen ist."),
        Column("resting_why", "Warum sie ruht", Kind.TEXT, "Was sie aufhält."),
        _RESPONSIBLE,
        Column("aim", "Was sie bringen soll", Kind.LONG_TEXT, "Erwartetes Ergebnis."),
        Column("result", "Was sie gebracht hat", Kind.LONG_TEXT, "Ergebnis."),
        *PROVENANCE,
    ),
    key_from=("name",),
    label="name",
)
_PHASE = Column(
    "phase", "Phase", Kind.REFERENCE, "Kennung oder Name aus dem Blatt „Phasen“.", refers="phase"
)
EVENTS = Sheet(
    "event",
    "Ereignisse",
    "Was im Prozess stattfindet: Auftakt, Werkstatt, Konferenz, Beschluss.",
    (
        key("e_1"),
        _PHASE,
        Column(
            "kind", "Art", Kind.CHOICE, "Auftakt, Werkstatt …", required=True, choices=EventKind
        ),
        Column("title", "Titel", Kind.TEXT, "Was stattfindet.", required=True),
        Column("planned", "Geplant für", Kind.PARTIAL_DATE, "Tag, Monat oder Jahr des Plans."),
        Column("day", "War am", Kind.PARTIAL_DATE, "Tag, Monat oder Jahr.", synonyms=("Datum",)),
        Column("place", "Ort", Kind.TEXT, "Wo."),
        _RESPONSIBLE,
        Column("result", "Ergebnis", Kind.LONG_TEXT, "Was dabei herauskam."),
        _PUBLIC,
        *PROVENANCE,
    ),
    key_from=("title", "day"),
    label="title",
)
STEPS = Sheet(
    "step",
    "Schritte",
    "Was in einer Phase oder für ein Ereignis zu tun ist.",
    (
        key(""),
        _PHASE,
        Column(
            "event",
            "Ereignis",
            Kind.REFERENCE,
            "Kennung oder Titel aus dem Blatt „Ereignisse“; ohne Ereignis mit Phase.",
            refers="event",
        ),
        Column("title", "Was zu tun ist", Kind.TEXT, "In einem Satz.", required=True),
        Column("who", "Wer (Funktion)", Kind.TEXT, "Funktion, kein Name."),
        replace(ENDS, name="due", head="Bis wann", synonyms=("Frist",)),
        Column("done", "Getan am", Kind.FIRST_DAY, "Wann es getan war."),
        *PROVENANCE,
    ),
    key_from=("phase", "event", "title"),
)
SUPPORTS = Sheet(
    "support",
    "Begleitungen",
    "Wer den Prozess von außen begleitet, mit Vertrag und Zeitraum.",
    (
        key(""),
        Column(
            "organisation",
            "Organisation",
            Kind.REFERENCE,
            "Wer begleitet.",
            required=True,
            refers="organisation",
        ),
        Column("task", "Wofür", Kind.TEXT, "Aufgabe der Begleitung.", required=True),
        Column("contract", "Vertrag", Kind.TEXT, "Aktenzeichen oder Fundstelle."),
        STARTS,
        ENDS,
        Column("cost", "Kosten", Kind.EUR, "Euro für den ganzen Zeitraum."),
        Column("paid_from", "Bezahlt aus", Kind.TEXT, "Programm oder Haushalt."),
        *PROVENANCE,
    ),
    key_from=("organisation", "task"),
)
