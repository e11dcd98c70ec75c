"""What the matrix shows."""

from django import forms

from gelingen.terms.vocabulary import Scenario
from gelingen.web.narrowing import Narrowing, day_field

ROWS = {"zielgruppe": "target_group", "gebiet": "place"}


class MatrixForm(Narrowing):
    """Was die Matrix zeigt."""

    zeilen = forms.ChoiceField(
        label="Zeilen",
        required=False,
        choices=[("zielgruppe", "Zielgruppe"), ("gebiet", "Gemeinde und Kreis")],
    )
    stand = day_field("Stand am")
    vergleich = day_field("verglichen mit")
    geld = forms.ChoiceField(label="Geld", required=False, choices=Scenario.choices())
