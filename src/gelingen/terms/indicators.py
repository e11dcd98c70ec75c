"""Closed lists of indicators: registers, kinds, rhythms, levels, definitions, directions."""

from gelingen.terms.vocabulary import Vocabulary


class Register(Vocabulary):
    """Verzeichnis, in dem ein Indikator steht."""

    CONTEXT = "context", "Lage"
    MEASURE = "measure", "Umsetzung"


class IndicatorKind(Vocabulary):
    """Was ein Indikator der Umsetzung misst."""

    INPUT = "input", "Einsatz"
    OUTPUT = "output", "Leistung"
    OUTCOME = "outcome", "Wirkung bei der Zielgruppe"
    IMPACT = "impact", "Wirkung in der Gesellschaft"


# The stairs of each kind: PHINEO's seven, and 0 for what is put in.
STAIRS = {
    IndicatorKind.INPUT: (0, 0),
    IndicatorKind.OUTPUT: (1, 3),
    IndicatorKind.OUTCOME: (4, 6),
    IndicatorKind.IMPACT: (7, 7),
}
PROVING_STAIR = 4  # from here on something changes for people


class Periodicity(Vocabulary):
    """Wie oft es einen neuen Wert gibt."""

    MONTHLY = "monthly", "monatlich"
    QUARTERLY = "quarterly", "vierteljährlich"
    HALF_YEARLY = "half_yearly", "halbjährlich"
    YEARLY = "yearly", "jährlich"
    TWO_YEARLY = "two_yearly", "alle zwei Jahre"
    CENSUS = "census", "mit dem Zensus"
    YEARLY_CENSUS = "yearly_census", "jährlich und mit dem Zensus"
    ROUND = "round", "je Runde"
    NONE = "none", "kein fester Rhythmus"


class LowestLevel(Vocabulary):
    """Kleinste Ebene, für die es den Wert in der Regel gibt."""

    MUNICIPALITY = "municipality", "Gemeinde"
    COUNTY = "county", "Kreis"
    STATE = "state", "Land"
    NONE = "none", "nur aus eigener Erhebung"


class MigrationDefinition(Vocabulary):
    """Wie der Migrationshintergrund bestimmt ist."""

    NONE = "none", "ohne Bezug"
    NATIONALITY = "nationality", "Staatsangehörigkeit"
    MICROCENSUS = "microcensus", "Migrationshintergrund nach Mikrozensus"
    EMPLOYMENT = "employment", "Migrationshintergrund nach Bundesagentur für Arbeit"
    CHILDCARE = "childcare", "Herkunft der Eltern nach Kinder- und Jugendhilfestatistik"
    REGISTER = "register", "aus dem Melderegister abgeleitet"
    HISTORY = "history", "Einwanderungsgeschichte"


class Wanted(Vocabulary):
    """Gewünschte Richtung."""

    RISE = "rise", "soll steigen"
    FALL = "fall", "soll sinken"
    NONE = "none", "keine Richtung gewünscht"


class BreakReason(Vocabulary):
    """Warum Werte nicht miteinander verglichen werden."""

    DECLARED = "declared", "als Bruch festgelegt"
    BASE = "base", "andere Zählung"
    DEFINITION = "definition", "andere Definition"
    UNIT = "unit", "andere Einheit"
    DENOMINATOR = "denominator", "andere Regel für den Nenner"


class Beside(Vocabulary):
    """Was neben den Werten eines Indikators steht."""

    RULE = "nenner", "Regel für den Nenner"
    BREAK = "bruch", "Bruch"
    TARGET = "ziel", "Zielwert"
    COLLECTION = "erhebung", "Geplante Erhebung"
