"""Closed lists of selecting together: how seats are shared out, what follows on fair shares."""

from gelingen.terms.vocabulary import Vocabulary


class SeatMethod(Vocabulary):
    """Verfahren, nach dem Sitze oder Plätze verteilt werden."""

    SAINTE_LAGUE = "sainte_lague", "Sainte-Laguë/Schepers"
    DHONDT = "dhondt", "d’Hondt"
    HARE_NIEMEYER = "hare_niemeyer", "Hare/Niemeyer"


class Completion(Vocabulary):
    """Was mit dem Geld geschieht, das gleiche Anteile übrig lassen."""

    NONE = "none", "bleibt übrig"
    RANKING = "ranking", "nach Punkten weiter"
    PHRAGMEN = "phragmen", "gemeinsam weiter ansparen"
    INCREASE = "increase", "Anteile erhöhen, bis nichts mehr passt"
