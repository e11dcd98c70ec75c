"""The tables that go into matching and come out of it."""

import polars as pl

from gelingen.analysis.tables import Column, Table

__all__ = [
    "AGAINST",
    "FOR",
    "ZONES",
    "Candidates",
    "Clusters",
    "Decisions",
    "Matches",
    "Mentions",
    "PairScores",
]

ZONES = ("automatic", "suggestion", "different")
# Codes of what speaks for and against a pair; `wording.matching` says them.
FOR = (
    "decided", "same_name", "short_form", "slip", "initials", "learned", "same_number",
    "same_phone", "same_mailbox", "same_domain", "same_postcode", "by_group",
)  # fmt: skip
AGAINST = (
    "other_place", "other_number", "other_scope", "other_level", "part_of", "other_name",
    "says_more", "scope_missing", "number_missing", "place_missing", "other_legal", "other_phone",
    "other_mailbox", "other_postcode", "several_known",
)  # fmt: skip


class Mentions(Table):
    """Nennungen: one row per record or line of a list that names an organisation."""

    record = Column(pl.String, "Kennung der Nennung", unique=True)
    name = Column(pl.String, "Name, wie er geschrieben wurde")
    place = Column(pl.String, "Ort", nullable=True, optional=True)
    postcode = Column(pl.String, "Postleitzahl", nullable=True, optional=True)
    phone = Column(pl.String, "Telefon", nullable=True, optional=True)
    email = Column(pl.String, "Postfach", nullable=True, optional=True)


class Decisions(Table):
    """Entscheidungen: what people decided; each side is a record, or a name wherever it stands."""

    a = Column(pl.String, "Kennung der einen Nennung; leer: es gilt der Name", nullable=True)
    b = Column(pl.String, "Kennung der anderen Nennung; leer: es gilt der Name", nullable=True)
    name_a = Column(pl.String, "Der eine Name; leer: es gilt die Kennung", nullable=True)
    name_b = Column(pl.String, "Der andere Name; leer: es gilt die Kennung", nullable=True)
    same = Column(pl.Boolean, "ja: dieselbe Organisation; nein: nicht dieselbe")


class Candidates(Table):
    """Mögliche Paare: pairs that have enough in common to be compared."""

    a = Column(pl.String, "Kennung der einen Nennung, die kleinere")
    b = Column(pl.String, "Kennung der anderen Nennung")


class PairScores(Table):
    """Verglichene Paare: how likely two records name one organisation, and why."""

    a = Column(pl.String, "Kennung der einen Nennung, die kleinere")
    b = Column(pl.String, "Kennung der anderen Nennung")
    weight = Column(pl.Float64, "Logarithmus der Chance, dass beide dasselbe meinen")
    probability = Column(pl.Float64, "Wahrscheinlichkeit, 0 bis 1")
    apart = Column(pl.Boolean, "ja: etwas schließt aus, dass beide dasselbe meinen")
    zone = Column(pl.String, "automatic, suggestion oder different", choices=ZONES)
    evidence = Column(pl.String, "Gründe, mit Semikolon, die wichtigsten zuerst")


class Clusters(Table):
    """Gruppen: which records name one organisation."""

    record = Column(pl.String, "Kennung der Nennung", unique=True)
    sure = Column(pl.String, "Kleinste Kennung der Gruppe, die ohne Rückfrage gilt")
    cluster = Column(pl.String, "Kleinste Kennung der Gruppe, Vorschläge mitgezählt")


class Matches(Table):
    """Treffer: known records that an incoming one may mean, the most likely first."""

    record = Column(pl.String, "Kennung der neuen Nennung")
    rank = Column(pl.Int64, "1: der wahrscheinlichste")
    known = Column(pl.String, "Kennung der bekannten Nennung")
    probability = Column(pl.Float64, "Wahrscheinlichkeit, 0 bis 1")
    zone = Column(pl.String, "automatic, suggestion oder different", choices=ZONES)
    evidence = Column(pl.String, "Gründe, mit Semikolon, die wichtigsten zuerst")
