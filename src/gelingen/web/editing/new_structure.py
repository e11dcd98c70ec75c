"""The form of a new structure: the needed few fields, whom it reaches, and its money."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BoundField

from gelingen.editing import sheet_of
from gelingen.editing.structures import NewStructure
from gelingen.web.editing.fields import field_of
from gelingen.workbook.declare import Kind, Sheet

_FIRST = ("name", "organisation", "kind", "function", "level", "starts", "ends")
_MONEY = ("programme", "funder", "eur_per_year", "starts", "ends", "state")
_REACH = ("topics", "target_groups", "territories")
_LABELS = {"topics": "Themenfelder", "target_groups": "Zielgruppen", "territories": "Orte"}
_MONEY_LABELS = {"starts": "Geld ab", "ends": "Geld bis", "state": "Stand des Geldes"}
_PRE = "funding_"
# What alone does not mean that there is money.
_ALWAYS_THERE = frozenset({"starts", "state"})
Offered = Mapping[str, list[tuple[str, str]]]


class NewStructureForm(forms.Form):
    """Eine neue Struktur mit Reichweite und Geld."""

    owner = forms.CharField(
        label="Oder neuer Träger",
        required=False,
        max_length=250,
        help_text="Nur, wenn der Träger in der Liste fehlt.",
    )

    def __init__(self, offered: Mapping[str, Offered], **given: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(**given)
        structure, funding, reach = (offered[kind] for kind in ("structure", "funding", "reach"))
        self._add(sheet_of("structure"), _FIRST, structure)
        self.fields["organisation"].required = False
        for name, column in zip(_REACH, ("topic", "target_group", "territory"), strict=True):
            self.fields[name] = forms.MultipleChoiceField(
                label=_LABELS[name],
                choices=reach[column],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self._add(sheet_of("funding"), _MONEY, funding, before=_PRE)
        for name, label in _MONEY_LABELS.items():
            self.fields[_PRE + name].label = label
        # The name first: everything else follows from it.
        self.order_fields([*_FIRST[:2], "owner", *_FIRST[2:]])

    def _add(self, sheet: Sheet, names: Sequence[str], offered: Offered, before: str = "") -> None:
        for name in names:
            self.fields[before + name] = field_of(sheet.column(name), offered.get(name, []))

    def clean(self) -> dict[str, object]:
        """Demand an owner, and a reach that is whole or not there at all."""
        given: dict[str, object] = super().clean() or self.cleaned_data
        if not given.get("organisation") and not given.get("owner"):
            self.add_error("organisation", "Bitte einen Träger wählen oder einen neuen eintragen.")
        chosen = [name for name in _REACH if given.get(name)]
        for name in _REACH:
            if chosen and name not in chosen:
                message = f"Bitte auch {_LABELS[name]} ankreuzen; sonst zählt die Reichweite nicht."
                self.add_error(name, message)
        return given

    def new(self) -> NewStructure:
        """Give what is to be written; only of a form that is right."""
        given = self.cleaned_data
        money = self._values(sheet_of("funding"), _MONEY, _PRE)
        stated = any(
            given[_PRE + name] not in ("", None) and _said(given[_PRE + name])
            for name in _MONEY
            if name not in _ALWAYS_THERE
        )
        return NewStructure(
            values=self._values(sheet_of("structure"), _FIRST),
            owner="" if given["organisation"] else given["owner"],
            topics=given["topics"],
            target_groups=given["target_groups"],
            territories=given["territories"],
            funding=money if stated else {},
        )

    def _values(self, sheet: Sheet, names: Sequence[str], before: str = "") -> dict[str, object]:
        values: dict[str, object] = {}
        for name in names:
            column, value = sheet.column(name), self.cleaned_data[before + name]
            if column.kind is Kind.REFERENCE:
                values[name] = value or None
            elif column.kind is Kind.CHOICE:
                values[name] = value
            else:
                values |= zip(column.fields, value, strict=True)
        return values

    def refuse(self, error: ValidationError) -> None:
        """Show at their fields what the rules of the records found wrong."""
        if not hasattr(error, "message_dict"):
            self.add_error(None, error)
            return
        for name, messages in error.message_dict.items():
            home = name if name in self.fields and name != NON_FIELD_ERRORS else None
            for message in messages:
                self.add_error(home, message)

    def first(self) -> list[BoundField]:
        """Fields of the structure itself."""
        return [self[name] for name in ("organisation", "owner", *_FIRST[2:])]

    def reach(self) -> list[BoundField]:
        """Give the lists to tick."""
        return [self[name] for name in _REACH]

    def money(self) -> list[BoundField]:
        """Fields of the money."""
        return [self[_PRE + name] for name in _MONEY]


def _said(value: object) -> bool:
    """Whether a cell says anything; "unknown" alone is what an empty end is read as."""
    if isinstance(value, tuple):
        return any(part not in (None, "", "unknown") for part in value)
    return bool(value)


def defaults(on: date) -> dict[str, object]:
    """Fill an empty form: it begins this month and brings something about."""
    first = f"01.{on:%m.%Y}"
    return {"starts": first, "function": "delivers", "kind": "offer", "funding_starts": first,
            "funding_state": "approved"}  # fmt: skip
