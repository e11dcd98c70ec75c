"""Forms of the actions: days are read as in the workbook."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms

from gelingen.register.splitting import Part, Shares
from gelingen.web.editing.fields import field_of
from gelingen.web.narrowing import Choices
from gelingen.web.register.extending import ExtendForm
from gelingen.web.register.lists.table import last_cell
from gelingen.workbook.declare import Column, Kind

if TYPE_CHECKING:
    from gelingen.register.belongings import Belongings

_LAST = Column("until", "Letzter Tag", Kind.LAST_DAY, "", required=True)
_FIRST = Column("since", "Ab welchem Tag", Kind.FIRST_DAY, "", required=True)
_NUMBER = Column("number", "Zahl", Kind.NUMBER, "")
LONGEST = 250
PARTS = 3
_WITH_MONEY = "Geld, das länger läuft, geht mit über"


def _reason() -> forms.CharField:
    return forms.CharField(
        label="Begründung",
        required=False,
        max_length=1000,
        help_text="Steht im Verlauf, zum Beispiel: Beschluss des Kreisausschusses vom 12.10.2022.",
    )


class _DayForm(forms.Form):
    """Ein Tag, gelesen wie in der Arbeitsmappe."""

    def day_of(self, name: str) -> date:
        """Give the day; of a last day the first day after it."""
        found: date = self.cleaned_data[name][0]
        return found


class EndForm(_DayForm):
    """Wann und warum etwas endet."""

    until = field_of(_LAST, [])
    reason = _reason()
    with_money = forms.BooleanField(
        label="Geld, das länger läuft, endet am selben Tag", required=False
    )


class ExtendSeveralForm(ExtendForm):
    """Bis wann was nun läuft."""

    what = forms.MultipleChoiceField(
        label="Was verlängert wird", widget=forms.CheckboxSelectMultiple, required=False
    )
    reason = _reason()

    def __init__(self, *given: Any, choices: Sequence[tuple[str, str]], **named: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(*given, **named)
        self.fields["what"].choices = choices  # type: ignore[attr-defined]  # a field of choices


class ReplaceForm(_DayForm):
    """Wer wann übernimmt."""

    since = field_of(_FIRST, [])
    name = forms.CharField(label="Name des neuen Nachfolgers", required=False, max_length=LONGEST)
    organisation = forms.ChoiceField(label="Träger des neuen Nachfolgers", widget=Choices)
    heir = forms.ChoiceField(label="Oder: diese Struktur übernimmt", required=False, widget=Choices)
    with_money = forms.BooleanField(label=_WITH_MONEY, required=False)
    reason = _reason()

    def __init__(
        self,
        *given: Any,  # noqa: ANN401 - Django's own options
        organisations: Sequence[tuple[str, str]],
        structures: Sequence[tuple[str, str]],
        **named: Any,  # noqa: ANN401 - Django's own options
    ) -> None:
        super().__init__(*given, **named)
        self.fields["organisation"].choices = organisations  # type: ignore[attr-defined]  # a field of choices
        self.fields["heir"].choices = [("", "keine"), *structures]  # type: ignore[attr-defined]  # as above


class SplitForm(_DayForm):
    """In welche Teile sich etwas ab wann teilt, und welcher Teil was bekommt."""

    since = field_of(_FIRST, [])
    reason = _reason()

    def __init__(self, *given: Any, known: "Belongings", **named: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(*given, **named)
        self.known = known
        for place in range(1, PARTS + 1):
            self._add_part(place)
        several = [(str(place - 1), f"Teil {place}") for place in range(1, PARTS + 1)]
        for line in known.reach:
            label = f"Reichweite: {line.topic}, {line.target_group}, {line.territory}"
            self._ticks(f"reach_{line.pk}", label, several)
        for money in known.fundings:
            until = f", bis {last_cell(money.ends)}" if money.ends else ""
            self._ticks(f"money_{money.pk}", f"Geld: {money}{until}", several)
        # The parts come first, each in a row of its own.
        parts = [f"{name}_{n}" for n in range(1, PARTS + 1) for name in ("name", "capacity", "fte")]
        self.order_fields([*parts, "since", "reason"])
        for post in known.posts:
            self.fields[f"post_{post.pk}"] = forms.ChoiceField(
                label=f"Stelle {post}", choices=several, widget=Choices
            )

    def _add_part(self, place: int) -> None:
        needed = place < PARTS
        self.fields[f"name_{place}"] = forms.CharField(
            label=f"Name von Teil {place}" + ("" if needed else " (wenn es drei sind)"),
            max_length=LONGEST,
            required=needed,
            error_messages={"required": "Bitte einen Namen eintragen."},
        )
        for name, label in (("capacity", "Plätze"), ("fte", "VZÄ")):
            column = Column(name, f"{label} von Teil {place}", Kind.NUMBER, "")
            self.fields[f"{name}_{place}"] = field_of(column, [])

    def _ticks(self, name: str, label: str, choices: Sequence[tuple[str, str]]) -> None:
        self.fields[name] = forms.MultipleChoiceField(
            label=label,
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            initial=["0"],
        )

    def parts(self) -> list[Part]:
        """Give the parts that have a name."""
        return [
            Part(name, self._number(f"capacity_{place}"), self._number(f"fte_{place}"))
            for place in range(1, PARTS + 1)
            if (name := self.cleaned_data[f"name_{place}"])
        ]

    def _number(self, name: str) -> Decimal | None:
        value = self.cleaned_data[name][0]
        return None if value is None else Decimal(str(value))

    def shares(self) -> Shares:
        """Give what each part gets; a part without a name gets nothing."""
        there = len(self.parts())

        def places(name: str) -> list[int]:
            return [int(one) for one in self.cleaned_data[name] if int(one) < there]

        return Shares(
            {line.key: places(f"reach_{line.pk}") for line in self.known.reach},
            {line.key: places(f"money_{line.pk}") for line in self.known.fundings},
            {post.key: int(self.cleaned_data[f"post_{post.pk}"]) for post in self.known.posts},
        )


class MergeForm(forms.Form):
    """Welche Angaben bleiben."""

    reason = _reason()

    def __init__(
        self,
        *given: Any,  # noqa: ANN401 - Django's own options
        pairs: Sequence[tuple[str, str, str, str, bool]],
        fundings: Sequence[tuple[str, str]],
        **named: Any,  # noqa: ANN401 - Django's own options
    ) -> None:
        super().__init__(*given, **named)
        self.pairs = [name for name, *_ in pairs]
        for name, label, kept, other, theirs in pairs:
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=[("kept", kept or "keine Angabe"), ("other", other or "keine Angabe")],
                widget=forms.RadioSelect,
                initial="other" if theirs else "kept",
            )
        self.fields["money"] = forms.MultipleChoiceField(
            label="Geld des anderen Eintrags, das mitkommt",
            choices=fundings,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        if not fundings:
            del self.fields["money"]
        self.order_fields([*self.pairs, "money", "reason"])

    def theirs(self) -> list[str]:
        """Names of the choices in which the other entry is right."""
        return [name for name in self.pairs if self.cleaned_data[name] == "other"]

    def fundings(self) -> list[str]:
        """Keys of the money that moves over."""
        return list(self.cleaned_data.get("money", ()))
