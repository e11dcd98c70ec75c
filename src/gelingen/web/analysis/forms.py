"""What the pages of the analysis are asked by."""

from gelingen.terms.vocabulary import Scenario
from gelingen.web.analysis.axes import AXES
from gelingen.web.narrowing import Narrowing, choice, day_field, one_of

MONEY = Scenario.choices()


class MatrixForm(Narrowing):
    """Was die Matrix zeigt."""

    zeilen = one_of("Zeilen", list(AXES.items()))
    spalten = one_of("Spalten", list(AXES.items()))
    stand = day_field("Stand am")
    vergleich = day_field("Vergleich mit")
    geld = one_of("Geld", MONEY)


class CourseForm(Narrowing):
    """Welcher Verlauf gezeigt wird."""

    thema = choice("Themenfeld")
    stand = day_field("Ab")
    bis = day_field("Bis")
    geld = one_of("Geld", MONEY)


class MapForm(Narrowing):
    """Was die Karte zeigt."""

    thema = choice("Themenfeld")
    zielgruppe = choice("Zielgruppe")
    bedarf = choice("Bedarf")
    stand = day_field("Stand am")
    geld = one_of("Geld", MONEY)
