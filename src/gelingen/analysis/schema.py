"""The declared tables that go into the analyses: the contract between register and analyses.

Keys are the stable keys ("Kennungen") of records; they come back in every result, so that each
statement can be traced to its records. Places are official keys and nest by prefix ("09473"
contains "09473112"). Periods are half-open: `ends` is the first day on which it no longer holds;
empty `starts` or `ends` means open on that side as far as is known.
"""

import polars as pl

from gelingen.analysis.tables import Column, Table
from gelingen.terms.vocabulary import Function, FundingState, InquiryState, Permanence

FUNCTIONS = tuple(item.value for item in Function)
PERMANENCES = tuple(item.value for item in Permanence)
STATES = tuple(item.value for item in FundingState)
ANSWERS = tuple(item.value for item in InquiryState)
POSITIVE = (0, float("inf"))


class Structures(Table):
    """Strukturen: one row per structure."""

    structure = Column(pl.String, "Kennung der Struktur", unique=True)
    organisation = Column(pl.String, "Kennung des Trägers")
    function = Column(
        pl.String, "decides, steers, advises, delivers, funds oder networks", choices=FUNCTIONS
    )
    permanence = Column(
        pl.String,
        "standing, fixed_term, project, volunteer; leer: unbekannt",
        nullable=True,
        choices=PERMANENCES,
    )
    capacity_low = Column(
        pl.Float64, "Kapazität, mindestens", "je measure", nullable=True, bounds=POSITIVE
    )
    capacity = Column(
        pl.Float64, "Kapazität, mittlerer Wert", "je measure", nullable=True, bounds=POSITIVE
    )
    capacity_high = Column(
        pl.Float64,
        "Kapazität, höchstens; leer neben mindestens: nach oben offen",
        "je measure",
        nullable=True,
        bounds=POSITIVE,
    )
    measure = Column(pl.String, "Maß der Kapazität, z. B. Personen", nullable=True)
    fte = Column(pl.Float64, "Personal", "VZÄ", nullable=True)
    starts = Column(pl.Date, "Erster Tag; leer: nicht bekannt", nullable=True)
    ends = Column(pl.Date, "Erster Tag danach; leer: unbefristet oder unbekannt", nullable=True)


class Reach(Table):
    """Reichweite: one row per structure, topic, target group and place it serves."""

    structure = Column(pl.String, "Kennung der Struktur")
    topic = Column(pl.String, "Kennung des Themenfelds")
    target_group = Column(pl.String, "Kennung der Zielgruppe")
    place = Column(pl.String, "Amtlicher Schlüssel des versorgten Gebiets")


class Tranches(Table):
    """Finanzierungen: one row per source of money of a structure and period."""

    funding = Column(pl.String, "Kennung der Finanzierung", unique=True)
    structure = Column(pl.String, "Kennung der Struktur")
    source = Column(pl.String, "Geldgeber oder Programm")
    state = Column(pl.String, "approved, applied, planned oder unknown", choices=STATES)
    share = Column(
        pl.Float64, "Anteil an den Kosten, 0 bis 1; leer: ganz", nullable=True, bounds=(0, 1)
    )
    probability = Column(
        pl.Float64, "Wahrscheinlichkeit der Bewilligung, 0 bis 1", nullable=True, bounds=(0, 1)
    )
    eur_per_year = Column(pl.Float64, "Betrag je Jahr", "EUR", nullable=True)
    starts = Column(pl.Date, "Erster finanzierter Tag; leer: nicht bekannt", nullable=True)
    ends = Column(pl.Date, "Erster Tag ohne Geld; leer: unbefristet oder unbekannt", nullable=True)


class Needs(Table):
    """Bedarfe: one row per recorded need."""

    need = Column(pl.String, "Kennung des Bedarfs", unique=True)
    topic = Column(pl.String, "Kennung des Themenfelds")
    target_group = Column(pl.String, "Kennung der Zielgruppe")
    place = Column(pl.String, "Amtlicher Gemeinde- oder Kreisschlüssel")
    kind = Column(pl.String, "strategic oder operational", choices=("strategic", "operational"))
    quantity_low = Column(
        pl.Float64, "Menge, mindestens", "je measure", nullable=True, bounds=POSITIVE
    )
    quantity = Column(
        pl.Float64, "Menge, mittlerer Wert", "je measure", nullable=True, bounds=POSITIVE
    )
    quantity_high = Column(
        pl.Float64,
        "Menge, höchstens; leer neben mindestens: nach oben offen",
        "je measure",
        nullable=True,
        bounds=POSITIVE,
    )
    measure = Column(pl.String, "Maß der Menge, z. B. Personen", nullable=True)
    severity = Column(
        pl.Int64, "Schwere 1 bis 5; leer: nicht eingeschätzt", nullable=True, bounds=(1, 5)
    )
    starts = Column(pl.Date, "Besteht ab; leer: schon immer", nullable=True)
    ends = Column(pl.Date, "Erster Tag ohne den Bedarf; leer: auf Dauer", nullable=True)


class Inquiries(Table):
    """Nachfragen: where somebody asked about supply; an empty column means "alle"."""

    inquiry = Column(pl.String, "Kennung der Nachfrage")
    topic = Column(pl.String, "Kennung des Themenfelds; leer: alle", nullable=True)
    target_group = Column(pl.String, "Kennung der Zielgruppe; leer: alle", nullable=True)
    place = Column(pl.String, "Amtlicher Schlüssel; gilt auch für Gebiete darin")
    state = Column(pl.String, "not_asked, none_found, none_exists oder asked", choices=ANSWERS)
    since = Column(pl.Date, "Gilt seit; leer: immer", nullable=True)


class GroupLinks(Table):
    """Zielgruppen, die sich überschneiden: pairs in both directions, without the group itself."""

    target_group = Column(pl.String, "Kennung der Zielgruppe")
    overlaps = Column(pl.String, "Kennung einer Zielgruppe mit gemeinsamen Personen")


class TopicTree(Table):
    """Themenfelder: one row per topic with the topic above it."""

    topic = Column(pl.String, "Kennung des Themenfelds")
    above = Column(
        pl.String, "Kennung des übergeordneten Themenfelds; leer: oberste Ebene", nullable=True
    )


class Responsibilities(Table):
    """Zuständigkeiten: one row per organisation, task and cell."""

    responsibility = Column(pl.String, "Kennung der Zuständigkeit")
    organisation = Column(pl.String, "Kennung der Organisation")
    task = Column(pl.String, "Kennung der Aufgabe")
    topic = Column(pl.String, "Kennung des Themenfelds")
    target_group = Column(pl.String, "Kennung der Zielgruppe")
    place = Column(pl.String, "Amtlicher Schlüssel")
    level = Column(pl.String, "Ebene; leer: nicht angegeben", nullable=True)
    kind = Column(pl.String, "lead, participates, advises, supervises oder funds")
    starts = Column(pl.Date, "Erster Tag", nullable=True)
    ends = Column(pl.Date, "Erster Tag danach", nullable=True)


class Ties(Table):
    """Zusammenarbeit: one row per tie that somebody reported."""

    tie = Column(pl.String, "Kennung der Zusammenarbeit")
    a = Column(pl.String, "Kennung der einen Organisation")
    b = Column(pl.String, "Kennung der anderen Organisation")
    kind = Column(pl.String, "Art der Zusammenarbeit")
    topic = Column(pl.String, "Kennung des Themenfelds; leer: allgemein", nullable=True)
    intensity = Column(pl.Int64, "0 bis 3; leer: nicht angegeben", nullable=True)
    reported_by = Column(pl.String, "a, b, both oder third")
    starts = Column(pl.Date, "Erster Tag", nullable=True)
    ends = Column(pl.Date, "Erster Tag danach", nullable=True)


class Actors(Table):
    """Akteure: one row per organisation that can have ties."""

    organisation = Column(pl.String, "Kennung der Organisation")
    sector = Column(pl.String, "Art der Organisation")
    above = Column(pl.String, "Kennung der übergeordneten Organisation", nullable=True)
    asked = Column(pl.Boolean, "Wurde nach ihrer Zusammenarbeit gefragt?")
    asked_since = Column(pl.Date, "Seit wann das gilt; leer: immer", nullable=True, optional=True)
    ends = Column(
        pl.Date, "Erster Tag, an dem es sie nicht mehr gibt", nullable=True, optional=True
    )


class PlanMeasures(Table):
    """Maßnahmen: who carries them and with which secured money."""

    measure = Column(pl.String, "Kennung der Maßnahme")
    lead = Column(pl.String, "Kennung der federführenden Organisation", nullable=True)
    cost_per_year = Column(pl.Float64, "Kosten je Jahr", "EUR", nullable=True)
    funding_ends = Column(pl.Date, "Erster Tag ohne gesichertes Geld", nullable=True)
    starts = Column(pl.Date, "Erster Tag", nullable=True)
    ends = Column(pl.Date, "Erster Tag danach", nullable=True)
    lead_ends = Column(
        pl.Date,
        "Erster Tag, an dem es die federführende Organisation nicht mehr gibt",
        nullable=True,
        optional=True,
    )


class MeasureStructures(Table):
    """Strukturen, die eine Maßnahme braucht: one row per measure and structure."""

    measure = Column(pl.String, "Kennung der Maßnahme")
    structure = Column(pl.String, "Kennung der Struktur")


class TravelTimes(Table):
    """Wege: how long people need from a place to a structure."""

    place = Column(pl.String, "Amtlicher Schlüssel, von dem aus man fährt")
    structure = Column(pl.String, "Kennung der Struktur, zu der man fährt")
    minutes = Column(pl.Float64, "Dauer des Wegs", "Minuten")
