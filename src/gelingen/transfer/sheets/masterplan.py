"""Sheets of the plan: horizon, periods, goals, measures, chances, chapter texts."""

from dataclasses import replace

from gelingen.terms.vocabulary import (
    Light,
    Maturity,
    MeasureKind,
    Obligation,
    PlanState,
    Priority,
    RiskKind,
    Term,
)
from gelingen.transfer.sheets.inventory import LEVEL
from gelingen.transfer.sheets.provenance import ENDS, PROVENANCE, STARTS, TOPIC, key
from gelingen.transfer.sheets.relations import (
    OPTIONAL_GROUP,
    OPTIONAL_TERRITORY,
    OPTIONAL_TOPIC,
)
from gelingen.workbook.declare import Column, Kind, Sheet

_PLAN = Column(
    "plan",
    "Plan",
    Kind.REFERENCE,
    "Plan aus dem Blatt „Plan“.",
    required=True,
    refers="plan",
    example="masterplan",
)
_MEASURE = Column(
    "measure",
    "Maßnahme",
    Kind.REFERENCE,
    "Maßnahme aus dem Blatt „Maßnahmen“.",
    required=True,
    refers="measure",
    example="m_1",
)

_ORDER = Column("order", "Reihenfolge", Kind.INTEGER, "Platz in Listen.")


def _several(name: str, head: str, refers: str, *synonyms: str) -> Column:
    return Column(
        name,
        head,
        Kind.REFERENCES,
        "Mehrere mit Semikolon trennen.",
        refers=refers,
        synonyms=synonyms,
    )


PLANS = Sheet(
    "plan",
    "Plan",
    "Der Masterplan und sein Planungshorizont.",
    (
        key("masterplan"),
        Column(
            "title",
            "Titel",
            Kind.TEXT,
            "Titel des Plans.",
            required=True,
            example="Masterplan Integration",
        ),
        replace(
            ENDS,
            name="horizon",
            head="Planungshorizont",
            required=True,
            synonyms=("Horizont",),
            meaning="Letzter Tag, bis zu dem geplant wird.",
            example="31.12.2025",
        ),
        Column(
            "state",
            "Stand",
            Kind.CHOICE,
            "Entwurf, beschlossen … Leer: Entwurf.",
            choices=PlanState,
            example="Entwurf",
        ),
        *PROVENANCE,
    ),
    key_from=("title",),
    label="title",
)
PERIODS = Sheet(
    "period",
    "Planungsabschnitte",
    "Abschnitte der Zeit bis zum Planungshorizont.",
    (
        key("abschnitt_1"),
        _PLAN,
        Column("name", "Name", Kind.TEXT, "Name des Abschnitts.", required=True, example="Aufbau"),
        replace(STARTS, required=True),
        replace(ENDS, required=True),
        *PROVENANCE,
    ),
    key_from=("name",),
    label="name",
)
CHAPTERS = Sheet(
    "chapter",
    "Kapiteltexte",
    "Eigener Text je Kapitel des Masterplans; Überschriften mit #, Listen mit -.",
    (
        key("", "Kapitelkennung"),
        _PLAN,
        Column(
            "chapter",
            "Kapitel",
            Kind.TEXT,
            "Kennung des Kapitels, zum Beispiel auftrag.",
            required=True,
            example="auftrag",
        ),
        Column("text", "Text", Kind.LONG_TEXT, "Der Text.", example="Der Kreistag hat …"),
        *PROVENANCE,
    ),
    key_from=("plan", "chapter"),
)
GUIDING_GOALS = Sheet(
    "guiding_goal",
    "Leitziele",
    "Langfristige Richtung.",
    (
        key("lz_1"),
        _PLAN,
        OPTIONAL_TOPIC,
        Column(
            "title",
            "Leitziel",
            Kind.LONG_TEXT,
            "Das Leitziel in einem Satz.",
            required=True,
            synonyms=("Ziel", "Text"),
        ),
        _ORDER,
        *PROVENANCE,
    ),
    key_from=("title",),
    label="title",
)
IMPACT_GOALS = Sheet(
    "impact_goal",
    "Wirkungsziele",
    "Was sich bei wem ändern soll, bis wann, und woran man es merkt.",
    (
        key("wz_1"),
        _PLAN,
        Column(
            "guiding_goal",
            "Leitziel",
            Kind.REFERENCE,
            "Leitziel, zu dem es gehört.",
            refers="guiding_goal",
        ),
        TOPIC,
        OPTIONAL_GROUP,
        Column(
            "title",
            "Wirkungsziel",
            Kind.LONG_TEXT,
            "Die Veränderung bei der Zielgruppe, nicht die Tätigkeit.",
            required=True,
            synonyms=("Ziel", "Text"),
        ),
        Column("baseline", "Ausgangswert", Kind.TEXT, "Wie es heute ist."),
        Column("aim", "Zielwert", Kind.TEXT, "Wie es dann sein soll."),
        replace(ENDS, name="due", head="Bis wann", synonyms=("Frist", "bis")),
        Column(
            "stair",
            "Stufe",
            Kind.INTEGER,
            "Stufe 1 bis 7 der Wirkungstreppe.",
            synonyms=("Wirkungsstufe",),
            example="5",
        ),
        Column("indicator", "Indikator", Kind.TEXT, "Woran die Veränderung gemessen wird."),
        _several("needs", "Bedarfe", "need"),
        _ORDER,
        *PROVENANCE,
    ),
    key_from=("title",),
    label="title",
)
MEASURES = Sheet(
    "measure",
    "Maßnahmen",
    "Was getan wird, wer federführend ist, von wann bis wann, was es kostet.",
    (
        key("m_1"),
        Column(
            "title",
            "Titel",
            Kind.TEXT,
            "Titel der Maßnahme.",
            required=True,
            synonyms=("Maßnahme", "Bezeichnung", "Name"),
        ),
        TOPIC,
        _several("cross_topics", "Querschnittsthemen", "topic"),
        _several("needs", "Bedarfe", "need"),
        _several("goals", "Wirkungsziele", "impact_goal"),
        Column("situation", "Ausgangslage", Kind.LONG_TEXT, "Problem, auf das sie antwortet."),
        Column(
            "description",
            "Beschreibung",
            Kind.LONG_TEXT,
            "Was getan wird.",
            synonyms=("Kurzbeschreibung",),
        ),
        _several("target_groups", "Zielgruppen", "target_group", "Zielgruppe"),
        LEVEL,
        _several("territories", "Gebiete", "territory", "Gebiet", "Räumlicher Bezug"),
        Column(
            "lead",
            "Federführung",
            Kind.REFERENCE,
            "Genau eine Organisation.",
            synonyms=("verantwortlich", "federführend"),
            refers="organisation",
        ),
        _several("partners", "Beteiligte", "organisation", "Kooperationspartner", "Partner"),
        _several("structures", "getragen von", "structure", "Strukturen"),
        _several("depends_on", "setzt voraus", "measure"),
        Column("addressee", "Adressat", Kind.TEXT, "An wen sie sich richtet."),
        Column(
            "obligation",
            "Verbindlichkeit",
            Kind.CHOICE,
            "Pflicht, freiwillig, Empfehlung.",
            choices=Obligation,
        ),
        Column("kind", "Art", Kind.CHOICE, "bestehend, Ausbau oder neu.", choices=MeasureKind),
        Column(
            "maturity",
            "Reifegrad",
            Kind.CHOICE,
            "Idee, Planung, beschlossen, laufend …",
            choices=Maturity,
            synonyms=("Status", "Stand"),
            choice_synonyms=(("aufgegeben", "dropped"),),
        ),
        Column(
            "priority", "Priorität", Kind.CHOICE, "hoch, mittel oder niedrig.", choices=Priority
        ),
        Column(
            "quick_win", "schnell umsetzbar", Kind.BOOLEAN, "ja oder nein.", synonyms=("Quick-Win",)
        ),
        Column("term", "Zeithorizont", Kind.CHOICE, "kurz, mittel oder lang.", choices=Term),
        STARTS,
        ENDS,
        Column("fte", "VZÄ", Kind.NUMBER, "Personal in Vollzeitstellen."),
        Column("hours", "Stunden im Jahr", Kind.NUMBER, "Arbeitsstunden im Jahr."),
        Column("cost_once", "Kosten einmalig", Kind.RANGE, "EUR, Zahl oder Spanne."),
        Column(
            "cost_year",
            "Kosten im Jahr",
            Kind.RANGE,
            "EUR, Zahl oder Spanne.",
            synonyms=("Sachkosten", "Kosten je Jahr"),
        ),
        Column("cost_note", "Zu den Kosten", Kind.TEXT, "Was in den Kosten enthalten ist."),
        Column(
            "programme",
            "Förderprogramm",
            Kind.TEXT,
            "Woraus sie bezahlt wird.",
            synonyms=("Finanzierung",),
        ),
        Column("funding_percent", "Förderquote", Kind.PERCENT, "Anteil der Förderung."),
        Column("own_share", "Eigenanteil im Jahr", Kind.EUR, "Was selbst zu tragen ist."),
        replace(ENDS, name="funding_ends", head="Bewilligt bis", synonyms=("Bewilligung bis",)),
        Column("budget_line", "Haushaltsstelle", Kind.TEXT, "Haushaltsstelle."),
        Column("indicators", "Indikatoren", Kind.LONG_TEXT, "Woran Erfolg gemessen wird."),
        Column("risks", "Risiken und Abhängigkeiten", Kind.LONG_TEXT, "Was schiefgehen kann."),
        Column(
            "light",
            "Umsetzungsstand",
            Kind.CHOICE,
            "im Plan, verzögert, stockt …",
            choices=Light,
            synonyms=("Ampel",),
            # As these states were called before, in workbooks that counties still have.
            choice_synonyms=(
                ("verspätet", "late"),
                ("blockiert", "blocked"),
                ("erledigt", "done"),
                ("aufgegeben", "dropped"),
            ),
        ),
        Column("light_reason", "Begründung zum Stand", Kind.TEXT, "Warum dieser Stand."),
        Column(
            "progress",
            "Letzter Sachstand",
            Kind.LONG_TEXT,
            "Was zuletzt geschah.",
            synonyms=("Sachstand",),
        ),
        Column("progress_day", "Tag des Sachstands", Kind.FIRST_DAY, "Von wann."),
        Column("progress_by", "Sachstand von (Funktion)", Kind.TEXT, "Funktion, kein Name."),
        Column("resolutions", "Beschlüsse", Kind.LONG_TEXT, "Beschlüsse mit Gremium und Tag."),
        Column(
            "continuation",
            "Verstetigung nach Förderende",
            Kind.LONG_TEXT,
            "Wie es danach weitergeht.",
        ),
        Column("public", "veröffentlichen", Kind.BOOLEAN, "ja oder nein."),
        _ORDER,
        *PROVENANCE,
    ),
    key_from=("title",),
    label="title",
    synonyms=("Maßnahmenkatalog", "Massnahmen"),
)
MILESTONES = Sheet(
    "milestone",
    "Meilensteine",
    "Was bis wann erreicht sein soll.",
    (
        key("ms_1"),
        _MEASURE,
        Column("title", "Meilenstein", Kind.TEXT, "Was erreicht sein soll.", required=True),
        replace(ENDS, name="due", head="Bis wann", synonyms=("Frist", "bis")),
        Column("done", "Erreicht am", Kind.FIRST_DAY, "Wann es erreicht war."),
        *PROVENANCE,
    ),
    key_from=("measure", "title"),
)
CHANCES = Sheet(
    "chance",
    "Chancen und Risiken",
    "Was Zuwanderung ermöglicht oder gefährdet, mit Beleg und den Zielen, die darauf antworten.",
    (
        key("ch_1"),
        Column("kind", "Art", Kind.CHOICE, "Chance oder Risiko.", required=True, choices=RiskKind),
        Column(
            "title",
            "Aussage",
            Kind.LONG_TEXT,
            "Die Aussage in einem Satz.",
            required=True,
            synonyms=("Beschreibung",),
        ),
        OPTIONAL_TOPIC,
        OPTIONAL_TERRITORY,
        Column("evidence", "Beleg", Kind.LONG_TEXT, "Zahlen oder Beobachtungen dazu."),
        _several("goals", "Wirkungsziele", "impact_goal"),
        *(replace(c, synonyms=()) if c.name == "source" else c for c in PROVENANCE),
    ),
    key_from=("kind", "title"),
)
OTHER_PLANS = Sheet(
    "other_plan",
    "Andere Planungen",
    "Planungen, die Themen oder Maßnahmen mit dem Masterplan teilen.",
    (
        key("jugendhilfeplan"),
        Column("title", "Name", Kind.TEXT, "Name der Planung.", required=True),
        Column("subject", "Art der Planung", Kind.TEXT, "Jugendhilfe, Alter, Soziale Stadt …"),
        Column(
            "organisation", "Organisation", Kind.REFERENCE, "Wer sie führt.", refers="organisation"
        ),
        Column("day", "Stand", Kind.PARTIAL_DATE, "Von wann sie ist."),
        _several("topics", "Themenfelder", "topic", "Themenfeld"),
        _several("measures", "Maßnahmen", "measure", "Maßnahme"),
        *PROVENANCE,
    ),
    key_from=("title",),
    label="title",
)
