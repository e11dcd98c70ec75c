"""Closed lists of talks: how far one is, and from what kind of municipality something comes."""

from gelingen.terms.vocabulary import Vocabulary


class TalkState(Vocabulary):
    """Stand eines Gesprächs."""

    OPEN = "open", "in Arbeit"
    CLOSED = "closed", "abgeschlossen"


class Dimension(Vocabulary):
    """Wonach Aussagen kodiert werden."""

    TOPIC = "topic", "Themenfeld"
    GROUP = "group", "Zielgruppe"
    PLACE = "place", "Ort"
    CODE = "code", "freier Code"


class PlaceType(Vocabulary):
    """Art der Gemeinde, aus der etwas kommt, nach ihrer Größe."""

    RURAL = "rural", "Landgemeinde"
    SMALL = "small", "Kleinstadt"
    URBAN = "urban", "größere Stadt"
    UNSIZED = "unsized", "Gemeinde ohne Einwohnerzahl"
    WHOLE = "whole", "ohne Gemeinde"


# From so many inhabitants on a municipality is a small town, and a larger one: the size classes of
# the Bundesinstitut für Bau-, Stadt- und Raumforschung (Stadt- und Gemeindetypen), without its
# second criterion, the function as a centre.
SMALL_TOWN, LARGER_TOWN = 5_000, 20_000
