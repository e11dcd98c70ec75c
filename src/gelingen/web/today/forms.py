"""What can be done to a row of the worklist in place."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms

from gelingen.terms.vocabulary import Decision
from gelingen.web.editing.fields import NEEDED, CellField, field_of
from gelingen.web.register.extending import ExtendForm
from gelingen.workbook.declare import Column, Kind

WEEKS = 4
_AGREED = Column("until", "Bestätigt am", Kind.FIRST_DAY, "", required=True)
_AGREEMENT = r"^agreement:agreement:[^:]+:.+$"
_LATER = Column("until", "Wieder zeigen am", Kind.FIRST_DAY, "", required=True)


def _day(column: Column) -> CellField:
    field = field_of(column, [])
    if not isinstance(field, CellField):
        raise TypeError(column.kind)
    return field


class RowForm(forms.Form):
    """Which row of the worklist is meant."""

    row = forms.CharField(widget=forms.HiddenInput, max_length=300)

    def day(self) -> date:
        """Give the day that was entered."""
        found: date = self.cleaned_data["until"][0]
        return found

    def wrong(self) -> str:
        """Say in one line what is wrong."""
        return " ".join(str(message) for messages in self.errors.values() for message in messages)


class LaterForm(RowForm):
    """Eine Zeile zurückstellen."""

    until = _day(_LATER)


class ExtendRowForm(RowForm, ExtendForm):
    """Eine Finanzierung verlängern."""


class JudgeForm(RowForm):
    """Einen Befund bewerten; die Zeile nennt ihn mit seiner Nummer."""

    row = forms.RegexField(r"^finding:finding:[0-9]{1,18}$", widget=forms.HiddenInput)
    decision = forms.TypedChoiceField(
        choices=[(one.value, one.label) for one in Decision if one is not Decision.TO_SOLVE],
        coerce=Decision.of,
        error_messages={"required": "Bitte wählen, wie der Befund bewertet wird."},
    )
    reason = forms.CharField(
        error_messages={"required": "Bitte die Bewertung begründen; ein Satz genügt."}
    )
    by_function = forms.CharField(
        max_length=200, error_messages={"required": "Bitte die Funktion angeben, die entscheidet."}
    )


class LeadForm(RowForm):
    """Die Federführung einer Maßnahme zuweisen: nach dem Namen der Organisation."""

    lead = forms.CharField(error_messages={"required": NEEDED})

    def __init__(self, *args: Any, organisations: Mapping[str, str], **kwargs: Any) -> None:  # noqa: ANN401 - as every form takes them
        super().__init__(*args, **kwargs)
        self._keys = {name: key for key, name in organisations.items()}

    def clean_lead(self) -> str:
        """Find the key of the organisation.

        Raises:
            ValidationError: no organisation has this name, or several do.

        """
        name = self.cleaned_data["lead"]
        if name not in self._keys:
            message = (
                f"Eine Organisation „{name}“ ist nicht eingetragen. Bitte eine der Liste wählen."
            )
            if same := [one for one in self._keys if one.startswith(f"{name} (")]:
                message = f"„{name}“ heißen mehrere. Bitte eine wählen: {', '.join(same)}."
            raise forms.ValidationError(message)
        return self._keys[name]


class AgreeRowForm(RowForm):
    """Einer Vereinbarung zustimmen; die Zeile nennt die Stelle und die Vereinbarung."""

    row = forms.RegexField(_AGREEMENT, widget=forms.HiddenInput, max_length=300)
    until = _day(_AGREED)
    by = forms.CharField(
        max_length=200,
        error_messages={"required": "Bitte die Funktion angeben, die bestätigt hat."},
    )


class DeclineRowForm(RowForm):
    """Eine Vereinbarung ablehnen."""

    row = forms.RegexField(_AGREEMENT, widget=forms.HiddenInput, max_length=300)
    reason = forms.CharField(
        error_messages={"required": "Bitte begründen, warum die Stelle nicht zustimmt."}
    )


def later(on: date) -> date:
    """Propose the day on which a row that is put off comes back."""
    return on + timedelta(weeks=WEEKS)
