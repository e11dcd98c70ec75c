"""The form of a record: the needed few fields first, the rest folded."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BoundField

from gelingen.transfer.sheets.provenance import PROVENANCE
from gelingen.web.editing.fields import field_of
from gelingen.workbook.declare import Kind, Sheet
from gelingen.workbook.folding import clean
from gelingen.workbook.numbers import NoNumberError, read_quantity

# Which fields stand open, in this order; everything else is folded.
FIRST = {
    "organisation": ("name", "kind", "level", "seat", "contact", "mailbox"),
    "structure": ("name", "organisation", "kind", "function", "level", "starts", "ends", "fte"),
    "funding": ("structure", "programme", "funder", "state", "eur_per_year", "starts", "ends"),
    "need": (
        "statement", "topic", "target_group", "territory", "quantity", "severity", "starts",
        "voice",
    ),
    "measure": ("title", "topic", "goals", "lead", "starts", "ends", "cost_year"),
    "figure": ("territory", "indicator", "value", "reference", "definition"),
    "body": ("name", "kind", "parent", "topics", "cycle", "quorum", "quorum_number", "starts"),
}  # fmt: skip
# Where what is counted by a number has its own field.
UNITS = {"capacity": "capacity_unit", "quantity": "unit"}
_HERKUNFT = frozenset(column.name for column in PROVENANCE)
STAND = "stand"


class RecordForm(forms.Form):
    """Ein Eintrag: die nötigen Angaben zuerst."""

    stand = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        sheet: Sheet,
        offered: Mapping[str, list[tuple[str, str]]],
        **given: Any,  # noqa: ANN401 - Django's own options
    ) -> None:
        super().__init__(**given)
        self.sheet, self.offered = sheet, offered
        for name in _order(sheet):
            column = sheet.column(name)
            self.fields[name] = field_of(column, offered.get(name, []))

    def clean(self) -> dict[str, Any]:
        """Ask for the field of the unit where it stands behind the number, and would be lost."""
        for number, home in UNITS.items():
            if not {number, home} <= self.cleaned_data.keys() or any(self.cleaned_data[home]):
                continue
            if unit := _unit_in(str(self[number].data or "")):
                self.add_error(home, f"Bitte „{unit}“ hier eintragen, sonst geht es verloren.")
        return self.cleaned_data

    def values(self) -> dict[str, object]:
        """Give the values by field of the record; only of a form that is right."""
        given: dict[str, object] = {}
        for column in self.sheet.columns:
            if column.name not in self.cleaned_data:
                continue
            value = self.cleaned_data[column.name]
            if column.kind is Kind.REFERENCES:
                given[column.name] = tuple(value)
            elif column.kind is Kind.REFERENCE:
                given[column.name] = value or None
            elif column.kind in (Kind.CHOICE, Kind.BOOLEAN):
                given[column.name] = value
            else:
                given |= zip(column.fields, value, strict=True)
        return given

    def refuse(self, error: ValidationError) -> None:
        """Show at their fields what the rules of the records found wrong."""
        if not hasattr(error, "message_dict"):
            self.add_error(None, error)
            return
        homes = {name: column.name for column in self.sheet.columns for name in column.fields}
        for name, messages in error.message_dict.items():
            home = homes.get(name, "")
            at = home if home in self.fields and name != NON_FIELD_ERRORS else None
            for message in messages:
                self.add_error(at, message)

    def _bound(self, names: Iterable[str]) -> list[BoundField]:
        return [self[name] for name in names]

    def first(self) -> list[BoundField]:
        """Fields that stand open."""
        return self._bound(name for name in _order(self.sheet) if _stands_open(self.sheet, name))

    def further(self) -> list[BoundField]:
        """Fields that are folded."""
        return self._bound(
            name
            for name in _order(self.sheet)
            if not _stands_open(self.sheet, name) and name not in _HERKUNFT
        )

    def provenance(self) -> list[BoundField]:
        """Fields that say where the record comes from."""
        return self._bound(name for name in _order(self.sheet) if name in _HERKUNFT)

    def unfold(self) -> bool:
        """Whether something is wrong in what is folded."""
        return any(field.errors for field in (*self.further(), *self.provenance()))


def _unit_in(text: str) -> str:
    """Find what stands behind a number; "" where there is no number."""
    try:
        return read_quantity(clean(text)).unit
    except NoNumberError:
        return ""


def _stands_open(sheet: Sheet, name: str) -> bool:
    if sheet.name in FIRST:
        return name in FIRST[sheet.name] or sheet.column(name).required
    return name not in _HERKUNFT


def _order(sheet: Sheet) -> list[str]:
    """Put the first fields first, then those that are needed, then the rest as in the workbook."""
    names = [column.name for column in sheet.columns if column.kind is not Kind.KEY]
    first = [name for name in FIRST.get(sheet.name, ()) if name in names]
    needed = [name for name in names if sheet.column(name).required and name not in first]
    return [*first, *needed, *(name for name in names if name not in (*first, *needed))]
