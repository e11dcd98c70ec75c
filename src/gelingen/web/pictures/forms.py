"""Forms of the pictures: what they show, who is to lead, who works with whom."""

from datetime import date
from typing import Any

from django import forms

from gelingen.terms.vocabulary import (
    Afterwards,
    Basis,
    CooperationKind,
    Level,
    ReportedBy,
)
from gelingen.web.editing.fields import NEEDED, field_of
from gelingen.web.narrowing import Choices, Narrowing, choice, day_field, one_of
from gelingen.workbook.declare import Column, Kind

Offers = list[tuple[str, str]]
_FROM = Column("starts", "Gilt ab", Kind.FIRST_DAY, "", required=True)
_ON = Column("on", "Bestätigt am", Kind.FIRST_DAY, "", required=True)
_TICKS = forms.CheckboxSelectMultiple


class TimelineForm(Narrowing):
    """Was der Zeitstrahl zeigt."""

    von = forms.CharField(label="Von", required=False, widget=forms.TextInput())
    bis = forms.CharField(label="bis", required=False, widget=forms.TextInput())
    gruppen = one_of(
        "Gruppieren nach",
        [("thema", "Themenfeld"), ("traeger", "Träger"), ("ohne", "ohne Gruppen")],
    )
    thema = choice("Themenfeld")
    traeger = choice("Träger")
    ebene = choice("Ebene", Level.choices())
    dauer = choice("Dauer", [("befristet", "nur befristete")])


class MatrixForm(Narrowing):
    """Was die Matrix der Zuständigkeiten zeigt."""

    zeilen = one_of("Zeilen", [("thema", "Themenfeld"), ("aufgabe", "Aufgabe")])
    spalten = one_of(
        "Spalten", [("ebene", "Ebene"), ("stelle", "Organisation"), ("gebiet", "Gebiet")]
    )
    stand = day_field("Stand am")
    thema = choice("Themenfeld")


class NetworkForm(Narrowing):
    """Was das Netz zeigt."""

    stand = day_field("Stand am")
    thema = choice("Themenfeld")
    art = choice("Art", CooperationKind.choices())


def _required(label: str, offered: Offers) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", "bitte wählen"), *offered],
        widget=Choices,
        error_messages={"required": NEEDED},
    )


class ArrangeForm(forms.Form):
    """Federführung vereinbaren: wer, mit wem, ab wann, auf welcher Grundlage."""

    afterwards = forms.ChoiceField(
        label="Die anderen", choices=Afterwards.choices(), widget=Choices
    )
    starts = field_of(_FROM, [])
    basis = forms.ChoiceField(
        label="Grundlage",
        choices=[("", "bitte wählen"), *Basis.choices()],
        widget=Choices,
        error_messages={"required": NEEDED},
    )

    field_order = ("task", "topic", "target_group", "territory", "lead", "others", "more")

    def __init__(
        self,
        *given: Any,  # noqa: ANN401 - Django's own options
        offered: dict[str, Offers],
        involved: Offers,
        fixed: bool,
        **named: Any,  # noqa: ANN401 - Django's own options
    ) -> None:
        """Offer what there is.

        Args:
            *given: as every form takes them.
            offered: by name of a responsibility's field, key and name.
            involved: units that have to do with the case, to be ticked as the others.
            fixed: whether the case is settled and only who leads is asked.
            **named: as every form takes them.

        """
        super().__init__(*given, **named)
        labels = {
            "task": "Aufgabe",
            "topic": "Themenfeld",
            "target_group": "Zielgruppe",
            "territory": "Gebiet",
        }
        for name, label in labels.items():
            self.fields[name] = _required(label, offered[name])
            if fixed:
                self.fields[name].widget = forms.HiddenInput()
        self.fields["lead"] = _required("Federführung künftig", offered["organisation"])
        if involved:
            self.fields["others"] = forms.MultipleChoiceField(
                label="Beteiligte, die zustimmen",
                choices=involved,
                widget=_TICKS,
                required=False,
            )
        self.fields["more"] = forms.ChoiceField(
            label="Weitere Stelle, die zustimmt",
            choices=[("", "keine"), *offered["organisation"]],
            widget=Choices,
            required=False,
        )
        self.order_fields(self.field_order)

    def day(self) -> date:
        """Give the day from which on it holds."""
        found: date = self.cleaned_data["starts"][0]
        return found


class AgreeForm(forms.Form):
    """Bestätigen: wann und durch welche Funktion."""

    on = field_of(_ON, [])
    by = forms.CharField(
        label="durch (Funktion)",
        max_length=200,
        help_text="Zum Beispiel: Leitung Fachbereich 22. Keine Namen.",
        error_messages={"required": NEEDED},
    )

    def day(self) -> date:
        """Give the day of the answer."""
        found: date = self.cleaned_data["on"][0]
        return found


class RefuseForm(forms.Form):
    """Ablehnen: warum."""

    reason = forms.CharField(
        label="Begründung",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": NEEDED},
    )


class TiesForm(forms.Form):
    """Was für alle neu angekreuzten Verbindungen gilt."""

    kind = forms.ChoiceField(
        label="Art",
        choices=[("", "nicht angegeben"), *CooperationKind.choices()],
        required=False,
        widget=Choices,
    )
    topic = forms.ChoiceField(label="Themenfeld", required=False, widget=Choices)
    intensity = forms.ChoiceField(
        label="Stärke",
        choices=[
            ("", "nicht angegeben"),
            ("0", "0 (kaum)"),
            ("1", "1"),
            ("2", "2"),
            ("3", "3 (eng)"),
        ],
        required=False,
        widget=Choices,
    )
    reported_by = forms.ChoiceField(
        label="Genannt von",
        choices=[
            (ReportedBy.A, "dieser Organisation"),
            (ReportedBy.BOTH, "beiden Seiten"),
            (ReportedBy.THIRD, "dritter Stelle"),
        ],
        widget=Choices,
    )

    def __init__(self, *given: Any, topics: Offers, **named: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(*given, **named)
        self.fields["topic"].choices = [("", "allgemein"), *topics]  # type: ignore[attr-defined]  # a field of choices
