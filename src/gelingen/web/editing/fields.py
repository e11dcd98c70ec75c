"""A column of the workbook as a field of a form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gelingen.web.narrowing import Choices
from gelingen.workbook.declare import Column, Kind
from gelingen.workbook.values import read_cell

_HINTS = {
    Kind.FIRST_DAY: "Zum Beispiel 01.07.2019, 7/2019 oder 2019.",
    Kind.LAST_DAY: "Letzter Tag, zum Beispiel 31.12.2019 oder 2019.",
    Kind.OPEN_END: "Letzter Tag, zum Beispiel 31.12.2019; „unbefristet“; „bis auf Weiteres“.",
    Kind.PARTIAL_DATE: "Tag, Monat oder Jahr: 01.07.2019, 7/2019, 2019.",
    Kind.RANGE: "Zahl oder Spanne: 120, 40–60, mindestens 30.",
    Kind.PERCENT: "Zum Beispiel 50 %.",
    Kind.EUR: "Zum Beispiel 12.500.",
}
_FROM_SHEET = "aus dem Blatt"
_NUMBERS = (Kind.INTEGER, Kind.NUMBER, Kind.PERCENT, Kind.EUR)
NEEDED = "Bitte ausfüllen."


class CellField(forms.CharField):
    """A text that is read as a cell of the workbook is read; yields the values of its column."""

    def __init__(self, column: Column, **given: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(strip=True, **given)
        self.column = column

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - Django's own signature
        """Read the text.

        Raises:
            ValidationError: it cannot be read; the message says what would be right.

        """
        text = super().clean(value)
        reading = read_cell(self.column, text)
        if reading.remedy and reading.serious:
            raise ValidationError(reading.remedy)
        return reading.values


def field_of(column: Column, offered: list[tuple[str, str]]) -> forms.Field:
    """Make the form field of a column; `offered` are key and name for references."""
    label = column.head[:1].upper() + column.head[1:]
    common: dict[str, Any] = {
        "label": label,
        "required": column.required,
        "help_text": _hint(column),
        "error_messages": {"required": NEEDED},
    }
    match column.kind:
        case Kind.BOOLEAN:
            return forms.BooleanField(**{**common, "required": False})
        case Kind.CHOICE:
            choices = list(column.choices.choices()) if column.choices else []
            return _choice(common, choices)
        case Kind.REFERENCE:
            return _choice(common, offered)
        case Kind.REFERENCES:
            widget = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=offered, widget=widget, **common)
        case _:
            return CellField(column, widget=_widget(column), **common)


def _choice(common: dict[str, Any], offered: list[tuple[str, str]]) -> forms.ChoiceField:
    empty = ("", "bitte wählen" if common["required"] else "nicht angegeben")
    return forms.ChoiceField(choices=[empty, *offered], widget=Choices, **common)


def _hint(column: Column) -> str:
    """Explain a field; where it is chosen from a list, words about sheets are of no use."""
    told = _FROM_SHEET in column.meaning or column.kind is Kind.REFERENCES
    meaning = "" if told else column.meaning
    spelled = any(letter.isdigit() for letter in meaning) or "Letzter Tag" in meaning
    return meaning if spelled else " ".join(filter(None, (meaning, _HINTS.get(column.kind, ""))))


def _widget(column: Column) -> forms.Widget:
    attrs: dict[str, object] = {"autocomplete": "off"}
    if column.kind is Kind.LONG_TEXT:
        return forms.Textarea(attrs={**attrs, "rows": 3})
    if column.kind in _NUMBERS:
        attrs["inputmode"] = "decimal"
    return forms.TextInput(attrs=attrs)
