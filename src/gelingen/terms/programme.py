"""Closed lists of the year's selection: how far it is, what is short, and who sees what when."""

from gelingen.terms.vocabulary import Vocabulary


class SelectionState(Vocabulary):
    """Stand einer Jahresauswahl."""

    PREPARING = "preparing", "in Vorbereitung"
    SCORING = "scoring", "Bewertung läuft"
    WEIGHING = "weighing", "Bewertung abgeschlossen"
    DECIDED = "decided", "entschieden"


class Resource(Vocabulary):
    """Was im Jahr begrenzt ist."""

    MONEY = "money", "Geld (Euro)"
    FTE = "fte", "Stellen (VZÄ)"
    HOURS = "hours", "Stunden von Ehrenamtlichen"


# In what amounts are written.
UNITS = {Resource.MONEY: "Euro", Resource.FTE: "VZÄ", Resource.HOURS: "Stunden"}


class Basis(Vocabulary):
    """Was eine Gruppe über die Maßnahmen sagt."""

    POINTS = "points", "Punkte für jedes Kriterium"
    ORDER = "order", "eine Reihenfolge"


class Voting(Vocabulary):
    """Wer bewertet, und was in die Listen eingeht."""

    GROUPS = "groups", "jede Gruppe gemeinsam"
    WITHIN = "within", "jedes Mitglied; jede Gruppe zählt gleich"
    EACH = "each", "jedes Mitglied; jedes Mitglied zählt gleich"


class Counting(Vocabulary):
    """Was aus den Punkten der Gruppen für ein Kriterium wird."""

    MEAN = "mean", "der Durchschnitt der Gruppen"
    MEDIAN = "median", "die mittlere Gruppe (Median)"


class Showing(Vocabulary):
    """Wann Gruppen die Bewertungen der anderen sehen."""

    AFTERWARDS = "afterwards", "wenn die Bewertung abgeschlossen ist"
    SENT = "sent", "wenn die eigene abgegeben ist"
    NEVER = "never", "nie; nur wer die Auswahl führt"
