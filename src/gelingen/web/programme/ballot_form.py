"""The form of a ballot: points by measure and criterion, or the place of each measure."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BoundField

from gelingen.programme.queries import Whole
from gelingen.terms.programme import Basis
from gelingen.web.programme.forms import Texts

if TYPE_CHECKING:
    from gelingen.programme.models import Candidate, Criterion, Said

PLACE = "Platz"
_LONGEST = 1_000


class PointsInput(forms.NumberInput):
    """A field for points; what is no number cannot stand in it, its error says what was wrong."""

    def format_value(self, value: object) -> str | None:
        """Write the points."""
        text = super().format_value(value)
        return text if text and text.lstrip("-").isdecimal() else None


class BallotForm(forms.Form):
    """Punkte und Bemerkungen: je Maßnahme und Kriterium ein Feld."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *given: Any, seen: Whole, **named: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(*given, **named)
        self.seen = seen
        for one in seen.candidates:
            for criterion in criteria_of(seen):
                self.fields[f"p{one.pk}_{criterion.pk}"] = _number(
                    f"{one.measure.title}: {criterion.name}", 0, criterion.top
                )
            if orders(seen):
                self.fields[f"r{one.pk}"] = _number(
                    f"{one.measure.title}: {PLACE}", 1, len(seen.candidates)
                )
            self.fields[f"b{one.pk}"] = forms.CharField(
                label=f"{one.measure.title}: Bemerkung", required=False, max_length=_LONGEST,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )  # fmt: skip

    def rows(self) -> list[tuple["Candidate", list[tuple[str, BoundField]], BoundField]]:
        """Give for each candidate the fields of its criteria, and the one of its remark."""
        return [
            (
                one,
                [
                    *((c.name, self[f"p{one.pk}_{c.pk}"]) for c in criteria_of(self.seen)),
                    *(((PLACE, self[f"r{one.pk}"]),) if orders(self.seen) else ()),
                ],
                self[f"b{one.pk}"],
            )
            for one in self.seen.candidates
        ]

    def points(self, names: Iterable[str]) -> dict[str, dict[str, int | None]]:
        """Hand over the points in the fields that are named, by candidate and criterion."""
        wanted = set(names)
        return {
            one.key: {
                c.key: self.cleaned_data[name]
                for c in criteria_of(self.seen)
                if (name := f"p{one.pk}_{c.pk}") in wanted
            }
            for one in self.seen.candidates
        }

    def places(self, names: Iterable[str]) -> dict[str, int | None]:
        """Hand over the places in the fields that are named, by candidate."""
        return self._of(names, "r")

    def comments(self, names: Iterable[str]) -> dict[str, str]:
        """Hand over the remarks in the fields that are named, by candidate."""
        return self._of(names, "b")

    def _of(self, names: Iterable[str], start: str) -> dict[str, Any]:
        wanted = set(names)
        return {
            one.key: self.cleaned_data[name]
            for one in self.seen.candidates
            if (name := f"{start}{one.pk}") in wanted
        }


def _number(label: str, least: int, most: int) -> forms.IntegerField:
    wrong = f"Bitte eine ganze Zahl von {least} bis {most}."
    return forms.IntegerField(
        label=label, required=False, min_value=least, max_value=most,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
        widget=PointsInput(attrs={"autocomplete": "off", "step": "1"}),
    )  # fmt: skip


def orders(seen: Whole) -> bool:
    """Whether groups put measures into an order instead of scoring them."""
    return seen.selection.basis == Basis.ORDER


def criteria_of(seen: Whole) -> Sequence["Criterion"]:
    """Give the criteria that groups score by; none where they give an order."""
    return () if orders(seen) else seen.criteria


def ballot_values(ballot: "Said", seen: Whole) -> Texts:
    """Give what the form shows of a ballot."""
    found: Texts = {}
    for one in seen.candidates:
        given = ballot.scores.get(one.key, {})
        for c in criteria_of(seen):
            found[f"p{one.pk}_{c.pk}"] = [str(given[c.key])] if c.key in given else []
        if orders(seen):
            place = ballot.ranking.get(one.key)
            found[f"r{one.pk}"] = [str(place)] if place else []
        said = ballot.comments.get(one.key)
        found[f"b{one.pk}"] = [said] if said else []
    return found
