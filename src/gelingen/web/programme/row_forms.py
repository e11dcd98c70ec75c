"""Forms with rows: what is short in the year, and by what is scored."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BoundField

from gelingen.programme.rules import CriterionGiven
from gelingen.terms.programme import Resource
from gelingen.web.narrowing import Choices
from gelingen.web.programme.forms import NEEDED, AmountField, Texts, count_field, text_field
from gelingen.workbook.raw import german_number

if TYPE_CHECKING:
    from gelingen.programme.models import Criterion, Limit

# Rows offered for what is new, besides those that are there.
NEW = ("neu1", "neu2", "neu3")
_MOST_WEIGHT = 100


class RowsForm(forms.Form):
    """Einträge untereinander: die vorhandenen und drei leere; jede Zeile heißt nach dem Eintrag."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)
    # For each field of a row its name and its head.
    heads: tuple[tuple[str, str], ...] = ()

    def __init__(self, *given: Any, there: Sequence[str], **named: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(*given, **named)
        self.there = tuple(there)
        for number, key in enumerate((*there, *NEW), start=1):
            for name, field in self.row_fields(number).items():
                self.fields[f"{name}_{key}"] = field
            if key in there:
                self.fields[f"weg_{key}"] = forms.BooleanField(
                    label=f"Entfernen, Zeile {number}", required=False
                )

    def row_fields(self, number: int) -> dict[str, forms.Field]:
        """Make the fields of a row by their names; abstract, each kind of rows says its own.

        Raises:
            NotImplementedError: a form says none.

        """
        raise NotImplementedError

    def rows(self) -> list[tuple[list[tuple[str, BoundField]], BoundField | None]]:
        """Give for each row its fields with their heads, and the box that removes it."""
        return [
            (
                [(head, self[f"{name}_{key}"]) for name, head in self.heads],
                self[f"weg_{key}"] if key in self.there else None,
            )
            for key in (*self.there, *NEW)
        ]

    def kept(self) -> list[tuple[str, dict[str, Any]]]:
        """Give key ("" for a new one) and values of the rows that stay and say something."""
        found = []
        for key in (*self.there, *NEW):
            values = {name: self.cleaned_data.get(f"{name}_{key}") for name, _ in self.heads}
            gone = self.cleaned_data.get(f"weg_{key}")
            if not gone and (key in self.there or self.says(values)):
                found.append(("" if key in NEW else key, values))
        return found

    def says(self, values: Mapping[str, Any]) -> bool:
        """Tell whether an offered row was filled in at all."""
        return any(value not in (None, "") for value in values.values())

    def require(self, name: str) -> None:
        """Refuse rows that stay and lack something."""
        for key in (*self.there, *NEW):
            values = {each: self.cleaned_data.get(f"{each}_{key}") for each, _ in self.heads}
            stays = not self.cleaned_data.get(f"weg_{key}")
            asked = stays and (key in self.there or self.says(values))
            at = f"{name}_{key}"
            if asked and at in self.cleaned_data and values[name] in (None, ""):
                self.add_error(at, NEEDED["required"])


class LimitsForm(RowsForm):
    """Was im Jahr begrenzt ist."""

    heads = (("was", "Was"), ("woher", "Woher"), ("wieviel", "Wie viel"))

    def row_fields(self, number: int) -> dict[str, forms.Field]:
        """Make the fields of a limit."""
        return {
            "was": forms.ChoiceField(
                label=f"Was, Zeile {number}", choices=Resource.choices(), required=False,
                initial=Resource.MONEY, widget=Choices,
            ),
            "woher": text_field(f"Woher, Zeile {number}", 200),
            "wieviel": AmountField(f"Wie viel, Zeile {number}"),
        }  # fmt: skip

    def says(self, values: Mapping[str, Any]) -> bool:
        """Tell whether a row was filled in; what it is about is chosen from the start."""
        return values["wieviel"] is not None or bool(values["woher"])

    def clean(self) -> dict[str, object]:
        """Ask for the amount of every row."""
        found: dict[str, object] = super().clean() or self.cleaned_data
        self.require("wieviel")
        return found

    def wished(self) -> list[tuple[str, str, str, Decimal]]:
        """Hand over what was typed, as `preparing.set_limits` takes it."""
        return [
            (key, one["was"] or Resource.MONEY.value, one["woher"], one["wieviel"])
            for key, one in self.kept()
        ]


def limit_values(limits: Iterable["Limit"]) -> Texts:
    """Give what the form shows of limits."""
    found: Texts = {}
    for one in limits:
        found |= {
            f"was_{one.key}": [one.resource],
            f"woher_{one.key}": [one.origin],
            f"wieviel_{one.key}": [german_number(one.amount)],
            f"weg_{one.key}": [],
        }
    for key in NEW:
        found |= {f"was_{key}": [Resource.MONEY.value], f"woher_{key}": [], f"wieviel_{key}": []}
    return found


class CriteriaForm(RowsForm):
    """Wonach bewertet wird."""

    heads = (
        ("platz", "Platz"),
        ("name", "Kriterium"),
        ("woran", "Woran man es erkennt"),
        ("gewicht", "Gewicht"),
        ("punkte", "Punkte bis"),
    )

    def row_fields(self, number: int) -> dict[str, forms.Field]:
        """Make the fields of a criterion."""
        return {
            "platz": count_field(f"Platz, Zeile {number}", least=1, most=999),
            "name": text_field(f"Kriterium, Zeile {number}", 120),
            "woran": text_field(f"Woran man es erkennt, Zeile {number}", 400),
            "gewicht": count_field(f"Gewicht, Zeile {number}", least=1, most=_MOST_WEIGHT),
            "punkte": count_field(f"Punkte bis, Zeile {number}", least=1, most=_MOST_WEIGHT),
        }

    def clean(self) -> dict[str, object]:
        """Ask for the name of every row."""
        found: dict[str, object] = super().clean() or self.cleaned_data
        self.require("name")
        return found

    def wished(self) -> list[CriterionGiven]:
        """Hand over what was typed, in its order; what has no place comes last."""
        rows = sorted(self.kept(), key=lambda pair: pair[1]["platz"] or 1_000)
        return [
            CriterionGiven(
                key, one["name"], one["woran"], one["gewicht"] or 1, one["punkte"] or 10
            )
            for key, one in rows
        ]  # fmt: skip


def criterion_values(criteria: Iterable["Criterion"]) -> Texts:
    """Give what the form shows of criteria."""
    found: Texts = {}
    for one in criteria:
        found |= {
            f"platz_{one.key}": [str(one.order)],
            f"name_{one.key}": [one.name],
            f"woran_{one.key}": [one.meaning],
            f"gewicht_{one.key}": [str(one.weight)],
            f"punkte_{one.key}": [str(one.top)],
            f"weg_{one.key}": [],
        }
    return found | {f"{name}_{key}": [] for key in NEW for name, _ in CriteriaForm.heads}
