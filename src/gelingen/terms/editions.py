"""Closed lists of editions: how far one is, what files it has, and which tables it is made of."""

from gelingen.terms.vocabulary import Vocabulary


class EditionState(Vocabulary):
    """Stand einer Ausgabe."""

    DRAFT = "draft", "Entwurf"
    RELEASED = "released", "freigegeben"
    WITHDRAWN = "withdrawn", "zurückgezogen"


class EditionFileKind(Vocabulary):
    """Was eine Datei einer Ausgabe ist."""

    MASTERPLAN = "masterplan", "Masterplan"


class EditionTableName(Vocabulary):
    """Tabelle einer Ausgabe."""

    PLAN = "plan", "Plan"
    TOPICS = "topics", "Themenfelder"
    GUIDING_GOALS = "guiding_goals", "Leitziele"
    GOALS = "goals", "Wirkungsziele"
    MEASURES = "measures", "Maßnahmen"
    CHANCES = "chances", "Chancen und Risiken"
    TEXTS = "texts", "Kapiteltexte"
    PHASES = "phases", "Phasen"
    MEETINGS = "meetings", "Sitzungen"
    INDICATORS = "indicators", "Kennzahlen"
    SOURCES = "sources", "Quellen"


class Difference(Vocabulary):
    """Was aus einem Eintrag von einer Ausgabe zur nächsten wurde."""

    NEW = "new", "neu"
    CHANGED = "changed", "geändert"
    DONE = "done", "abgeschlossen"
    DROPPED = "dropped", "entfallen"
    CARRIED = "carried", "unverändert übernommen"
