"""Forms of a selection: its facts, least numbers, what a candidate takes."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from gelingen.programme.preparing import SelectionGiven
from gelingen.programme.rules import CandidateGiven
from gelingen.terms.programme import Basis, Counting, Showing, Voting
from gelingen.terms.spelling import day, last_day
from gelingen.web.editing.both import Edited
from gelingen.web.editing.fields import CellField
from gelingen.web.narrowing import Choices, DayField, LastDayField
from gelingen.workbook.declare import Column, Kind
from gelingen.workbook.raw import german_number

if TYPE_CHECKING:
    from gelingen.boards.models import Body
    from gelingen.programme.models import Candidate, Limit, Selection, TopicMinimum
    from gelingen.topics.models import Topic

Texts = dict[str, list[str]]
NEEDED = {"required": "Bitte ausfüllen."}
_AMOUNT = Column("amount", "Betrag", Kind.EUR, "")
_MOST_AMOUNT = Decimal(10) ** 11
_QUIET = {"autocomplete": "off"}


class BothVersions(Edited):
    """A form of this area that two people may have open at once."""

    template = "programme/versions.html"


class AmountField(CellField):
    """An amount as Germans write it, with two places at most."""

    def __init__(self, label: str, **given: Any) -> None:  # noqa: ANN401 - Django's own options
        given.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", **_QUIET}))
        super().__init__(_AMOUNT, label=label, required=False, **given)

    def clean(self, value: Any) -> Decimal | None:  # noqa: ANN401 - Django's own signature
        """Read the amount; raises ValidationError if it is none, or out of all measure."""
        (found,) = super().clean(value)
        if found is not None and not 0 <= found < _MOST_AMOUNT:
            raise ValidationError("Bitte eine Zahl ab 0.")
        return None if found is None else round(Decimal(found), 2)


def count_field(label: str, *, least: int, most: int) -> forms.IntegerField:
    """Ask for a whole number that may be left out."""
    wrong = f"Bitte eine ganze Zahl von {least} bis {most}."
    return forms.IntegerField(
        label=label, required=False, min_value=least, max_value=most,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
        widget=forms.TextInput(attrs={"inputmode": "numeric", **_QUIET}),
    )  # fmt: skip


def text_field(label: str, most: int, *, required: bool = False, hint: str = "") -> forms.CharField:
    """Ask for a line of text."""
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=hint, error_messages=NEEDED,
        widget=forms.TextInput(attrs=_QUIET),
    )  # fmt: skip


# The selection itself


class SelectionForm(forms.Form):
    """Eine Jahresauswahl."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)
    title = text_field("Titel", 200, required=True)
    year = forms.IntegerField(
        label="Jahr", min_value=1990, max_value=2199,
        error_messages={**NEEDED, **dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Bitte ein Jahr, zum Beispiel 2018."
        )},
        widget=forms.TextInput(attrs={"inputmode": "numeric", **_QUIET}),
    )  # fmt: skip
    body = forms.ChoiceField(
        label="Wer wählt aus", required=False, widget=Choices,
        help_text="Wer dieses Gremium leitet, führt auch die Auswahl.",
    )  # fmt: skip
    groups = forms.MultipleChoiceField(
        label="Wer bewertet", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Jede Gruppe gibt eine Bewertung ab, oder jedes ihrer Mitglieder.",
    )  # fmt: skip
    voting = forms.ChoiceField(
        label="Es bewertet", choices=Voting.choices(), widget=Choices, initial=Voting.GROUPS,
        help_text="Für eine Gruppe bewertet, wer sie leitet. Einzeln bewertet, wer ein Konto und "
        "einen stimmberechtigten Sitz hat; zu sehen ist nur, was eine Gruppe zusammen sagt.",
    )  # fmt: skip
    starts = DayField(label="Bewertung ab", required=False)
    ends = LastDayField(label="Bewertung bis", required=False, help_text="Letzter Tag.")
    showing = forms.ChoiceField(
        label="Andere Bewertungen sieht man", choices=Showing.choices(), widget=Choices,
        initial=Showing.AFTERWARDS,
    )  # fmt: skip
    basis = forms.ChoiceField(
        label="Gruppen vergeben", choices=Basis.choices(), widget=Choices, initial=Basis.POINTS,
        help_text="Eine Reihenfolge geht schneller und sagt weniger: nicht, wie groß ein Abstand "
        "ist. Die Kriterien sind dann nur eine Hilfe.",
    )  # fmt: skip
    middle = forms.ChoiceField(
        label="Es zählt", choices=Counting.choices(), widget=Choices, initial=Counting.MEAN
    )

    def __init__(self, *given: Any, bodies: Iterable["Body"], **named: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(*given, **named)
        offered = [(one.key, one.name) for one in bodies]
        self.fields["body"].choices = [("", "noch offen"), *offered]  # type: ignore[attr-defined]  # a field of choices
        self.fields["groups"].choices = offered  # type: ignore[attr-defined]  # a field of choices
        if not offered:
            del self.fields["groups"]

    def clean(self) -> dict[str, object]:
        """Refuse an end before the beginning."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = found.get("starts"), found.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "Der letzte Tag muss nach dem ersten liegen.")
        return found

    def given(self) -> SelectionGiven:
        """Hand over what was typed."""
        values = {name: one for name, one in self.cleaned_data.items() if name != "stand"}
        return SelectionGiven(**{**values, "groups": tuple(values.get("groups", ()))})


def new_values(year: int) -> Texts:
    """Give what the form begins with for a new selection."""
    return {
        "title": [f"Jahresauswahl {year}"],
        "year": [str(year)],
        **{name: [] for name in ("body", "groups", "starts", "ends")},
        "showing": [Showing.AFTERWARDS.value],
        "basis": [Basis.POINTS.value],
        "voting": [Voting.GROUPS.value],
        "middle": [Counting.MEAN.value],
    }


def selection_values(one: "Selection", groups: Iterable[str]) -> Texts:
    """Give what the form shows of a selection; `groups` are keys of bodies."""
    return {
        "title": [one.title],
        "year": [str(one.year)],
        "body": [one.body.key] if one.body else [],
        "groups": sorted(groups),
        "starts": [day(one.starts)] if one.starts else [],
        "ends": [day(last_day(one.ends))] if one.ends else [],
        "showing": [one.showing],
        "basis": [one.basis],
        "voting": [one.voting],
        "middle": [one.middle],
    }


# What else holds


class MinimaForm(forms.Form):
    """Wie viele Maßnahmen eines Themenfelds mindestens gewählt werden."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *given: Any,  # noqa: ANN401 - Django's own options
        topics: Iterable[tuple["Topic", int]],
        **named: Any,  # noqa: ANN401 - Django's own options
    ) -> None:
        super().__init__(*given, **named)
        for topic, number in topics:
            field = count_field(str(topic), least=0, most=999)
            field.help_text = f"{number} zur Wahl"
            self.fields[f"zahl_{topic.key}"] = field

    def wished(self) -> dict[str, int]:
        """Hand over what was typed: by key of the topic, 0 for none."""
        return {
            name.removeprefix("zahl_"): value or 0
            for name, value in self.cleaned_data.items()
            if name != "stand"
        }


def minimum_values(topics: Iterable["Topic"], minima: Iterable["TopicMinimum"]) -> Texts:
    """Give what the form shows of least numbers."""
    counts = {one.topic.key: str(one.count) for one in minima}
    return {f"zahl_{one.key}": [counts[one.key]] if one.key in counts else [] for one in topics}


# One candidate


class CandidateForm(forms.Form):
    """Was eine Maßnahme im Jahr braucht, und was sonst für sie gilt."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *given: Any,  # noqa: ANN401 - Django's own options
        limits: Iterable["Limit"],
        others: Iterable["Candidate"],
        **named: Any,  # noqa: ANN401 - Django's own options
    ) -> None:
        super().__init__(*given, **named)
        for one in limits:
            self.fields[f"menge_{one.key}"] = AmountField(
                f"Aufwand: {one}", help_text="Leer: nicht bekannt, zählt als 0."
            )
        self.fields["gesetzt"] = forms.BooleanField(
            label="Gesetzt: wird in jedem Fall gewählt", required=False
        )
        self.fields["warum"] = text_field("Warum gesetzt", 300)
        offered = [(one.key, str(one.measure)) for one in others]
        for name, label in (("braucht", "Nur zusammen mit"), ("ohne", "Nicht zusammen mit")):
            if offered:
                self.fields[name] = forms.MultipleChoiceField(
                    label=label, required=False, choices=offered,
                    widget=forms.CheckboxSelectMultiple,
                )  # fmt: skip

    def clean(self) -> dict[str, object]:
        """Ask why it is chosen in any case."""
        found: dict[str, object] = super().clean() or self.cleaned_data
        if found.get("gesetzt") and not found.get("warum"):
            self.add_error("warum", "Bitte sagen, warum die Maßnahme gesetzt ist.")
        return found

    def given(self) -> CandidateGiven:
        """Hand over what was typed."""
        values = self.cleaned_data
        return CandidateGiven(
            {
                name.removeprefix("menge_"): value
                for name, value in values.items()
                if name.startswith("menge_")
            },
            values["gesetzt"],
            values["warum"],
            tuple(values.get("braucht", ())),
            tuple(values.get("ohne", ())),
        )


def candidate_values(one: "Candidate", limits: Iterable["Limit"]) -> Texts:
    """Give what the form shows of a candidate, but for what it needs and excludes."""
    found: Texts = {
        f"menge_{limit.key}": [german_number(Decimal(one.amounts[limit.key]))]
        if limit.key in one.amounts
        else []
        for limit in limits
    }
    return found | {
        "gesetzt": ["on"] if one.duty else [],
        "warum": [one.duty_reason] if one.duty_reason else [],
    }


def link_values(one: "Candidate") -> Texts:
    """Give what the form shows of what a candidate needs and excludes. Two queries."""
    return {
        "braucht": sorted(one.needs.values_list("key", flat=True)),
        "ohne": sorted(one.excludes.values_list("key", flat=True)),
    }
