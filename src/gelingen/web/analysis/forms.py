"""What the matrix shows."""

from gelingen.terms.vocabulary import Scenario
from gelingen.web.narrowing import Narrowing, day_field, one_of

ROWS = {"zielgruppe": "target_group", "gebiet": "place"}


class MatrixForm(Narrowing):
    """Was die Matrix zeigt."""

    zeilen = one_of("Zeilen", [("zielgruppe", "Zielgruppe"), ("gebiet", "Gemeinde und Kreis")])
    stand = day_field("Stand am")
    vergleich = day_field("verglichen mit")
    geld = one_of("Geld", Scenario.choices())
