"""Sheets for what everything else refers to: tenant, territories, topics, groups, tasks."""

from gelingen.terms.vocabulary import TerritoryKind
from gelingen.transfer.sheets.provenance import ENDS, PROVENANCE, STARTS, key
from gelingen.workbook.declare import Column, Kind, Sheet

TENANT = Sheet(
    "tenant",
    "Mandant",
    "Wessen Arbeitsmappe das ist: genau eine Zeile mit amtlichem Schlüssel und Name.",
    (
        key("09473", "Amtlicher Schlüssel", "AGS"),
        Column(
            "name",
            "Name",
            Kind.TEXT,
            "Name des Landkreises oder der Stadt.",
            required=True,
            example="Landkreis Musterland",
        ),
    ),
    key_from=("name",),
    label="name",
    official_keys=True,
)

TERRITORIES = Sheet(
    "territory",
    "Gebiete",
    "Land, Landkreis, Gemeinden und Ortsteile mit amtlichem Schlüssel.",
    (
        key("09473112", "Amtlicher Schlüssel", "AGS", "Gemeindeschlüssel"),
        Column(
            "name",
            "Name",
            Kind.TEXT,
            "Name des Gebiets.",
            required=True,
            synonyms=("Gemeinde", "Gebiet", "Ort"),
            example="Ahorn",
        ),
        Column(
            "kind",
            "Art",
            Kind.CHOICE,
            "Art des Gebiets.",
            required=True,
            choices=TerritoryKind,
            synonyms=("Gebietsart", "Typ"),
            choice_synonyms=(
                ("Kreis", "county"),
                ("Kreisfreie Stadt", "city"),
                ("Bezirk", "district"),
                ("Bundesland", "state"),
            ),
            example="Gemeinde",
        ),
        Column(
            "above",
            "liegt in",
            Kind.REFERENCE,
            "Gebiet, zu dem es gehört.",
            synonyms=("übergeordnetes Gebiet", "gehört zu"),
            refers="territory",
            example="09473",
        ),
        Column(
            "latitude",
            "Breitengrad",
            Kind.NUMBER,
            "Lage, Grad nördlicher Breite.",
            synonyms=("lat",),
            example="50,236693",
        ),
        Column(
            "longitude",
            "Längengrad",
            Kind.NUMBER,
            "Lage, Grad östlicher Länge.",
            synonyms=("lon", "lng"),
            example="10,952243",
        ),
        STARTS,
        ENDS,
        Column(
            "successor",
            "Nachfolger",
            Kind.REFERENCE,
            "Gebiet, in dem es aufgegangen ist.",
            refers="territory",
        ),
        *PROVENANCE,
    ),
    key_from=("name",),
    label="name",
    synonyms=("Gemeinden", "Kommunen", "Orte"),
    official_keys=True,
)

TOPICS = Sheet(
    "topic",
    "Themenfelder",
    "Themenfelder und Querschnittsthemen in der Reihenfolge des Masterplans.",
    (
        key("sprache_bildung"),
        Column(
            "name",
            "Name",
            Kind.TEXT,
            "Name des Themenfelds.",
            required=True,
            synonyms=("Themenfeld", "Handlungsfeld", "Bezeichnung", "Titel"),
            example="Sprache und Bildung",
        ),
        Column(
            "cross_cutting",
            "Querschnittsthema",
            Kind.BOOLEAN,
            "ja, wenn es alle Themenfelder betrifft.",
            synonyms=("Querschnitt",),
            example="nein",
        ),
        Column(
            "order", "Reihenfolge", Kind.INTEGER, "Platz in Listen und im Masterplan.", example="1"
        ),
        Column("above", "gehört zu", Kind.REFERENCE, "Übergeordnetes Themenfeld.", refers="topic"),
        STARTS,
        ENDS,
        Column(
            "successors",
            "Nachfolger",
            Kind.REFERENCES,
            "Themenfelder, in denen es fortgeführt wird, getrennt durch Semikolon.",
            refers="topic",
        ),
        *PROVENANCE,
    ),
    key_from=("name",),
    label="name",
    synonyms=("Handlungsfelder", "Themen"),
)

TARGET_GROUPS = Sheet(
    "target_group",
    "Zielgruppen",
    "Zielgruppen; Gruppen, die gemeinsame Personen haben, überschneiden sich.",
    (
        key("frauen"),
        Column(
            "name",
            "Name",
            Kind.TEXT,
            "Name der Zielgruppe.",
            required=True,
            synonyms=("Zielgruppe", "Bezeichnung"),
            example="Frauen",
        ),
        Column("order", "Reihenfolge", Kind.INTEGER, "Platz in Listen.", example="1"),
        Column(
            "overlaps",
            "überschneidet sich mit",
            Kind.REFERENCES,
            "Gruppen mit gemeinsamen Personen, getrennt durch Semikolon.",
            synonyms=("Überschneidungen", "Teil von"),
            refers="target_group",
            example="neuzugewanderte",
        ),
        *PROVENANCE,
    ),
    key_from=("name",),
    label="name",
    synonyms=("Personengruppen",),
)

TASKS = Sheet(
    "task",
    "Aufgaben",
    "Aufgaben, für die jemand zuständig sein muss.",
    (
        key("asylblg"),
        Column(
            "name",
            "Name",
            Kind.TEXT,
            "Name der Aufgabe.",
            required=True,
            synonyms=("Aufgabe", "Bezeichnung"),
            example="Vollzug Asylbewerberleistungsgesetz",
        ),
        *PROVENANCE,
    ),
    key_from=("name",),
    label="name",
    synonyms=("Aufgabenliste",),
)
