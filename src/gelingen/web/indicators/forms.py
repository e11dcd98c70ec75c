"""Forms of indicators: the definition sheet, a value, and what stands beside the values."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from gelingen.terms.indicators import (
    Beside,
    IndicatorKind,
    LowestLevel,
    MigrationDefinition,
    Periodicity,
    Register,
    Wanted,
)
from gelingen.web.editing.fields import CellField
from gelingen.web.narrowing import Choices, DayField, LastDayField
from gelingen.web.programme.forms import NEEDED, AmountField, text_field
from gelingen.workbook.declare import Column, Kind

if TYPE_CHECKING:
    from gelingen.indicators.models import Indicator

Offered = dict[str, list[tuple[str, str]]]
NOTHING = ("", "keine Angabe")
_VALUE = Column("value", "Wert", Kind.RANGE, "")
# Fields of the sheet that are written as they are given.
WRITTEN = (
    "code", "name", "register", "kind", "stair", "definition", "numerator", "denominator",
    "relevance", "source", "periodicity", "lowest", "migration_definition", "unit", "wanted",
    "figure", "denominator_figure", "method", "part",
)  # fmt: skip


def _choice(
    label: str, choices: list[tuple[str, str]], *, required: bool = True, hint: str = ""
) -> forms.ChoiceField:
    first = ("", "bitte wählen") if required else NOTHING
    return forms.ChoiceField(
        label=label, choices=[first, *choices], required=required, help_text=hint,
        error_messages=NEEDED, widget=Choices,
    )  # fmt: skip


def _long(label: str, rows: int, *, required: bool = False, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, help_text=hint, error_messages=NEEDED,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class RangeField(CellField):
    """A value or a range as people write it: 12, 10 bis 15, ca. 40."""

    def __init__(self, label: str, **given: Any) -> None:  # noqa: ANN401 - Django's own options
        given.setdefault("error_messages", NEEDED)
        super().__init__(_VALUE, label=label, **given)

    def clean(self, value: Any) -> tuple[Decimal, Decimal, bool] | None:  # noqa: ANN401 - Django's
        """Read both ends, and whether it is only about right; open ranges are no values."""
        found = super().clean(value)
        low, high = found[0], found[1]
        if low is None and high is None:
            return None
        if low is None or high is None:
            raise ValidationError("Bitte eine Zahl oder eine Spanne mit beiden Enden: 10 bis 15.")
        text = str(value).strip().casefold()
        return low, high, low != high or text.startswith(("ca", "etwa", "rund", "ungefähr"))


class IndicatorForm(forms.Form):
    """Das Definitionsblatt eines Indikators."""

    stand = forms.IntegerField(required=False, widget=forms.HiddenInput)
    code = text_field("Kürzel", 60, required=True, hint="Zum Beispiel M-1.")
    name = text_field("Name", 200, required=True)
    register = _choice(
        "Verzeichnis", Register.choices(),
        hint="Lage: wie es um die Integration steht. Umsetzung: was eine Maßnahme leistet und "
        "bewirkt. Beides wird nie gemischt.",
    )  # fmt: skip
    kind = _choice("Art", IndicatorKind.choices(), required=False, hint="Nur bei Umsetzung.")
    stair = forms.TypedChoiceField(
        label="Stufe der Wirkungstreppe", required=False, coerce=int, empty_value=None,
        choices=[NOTHING, *((str(one), str(one)) for one in range(8))], widget=Choices,
        help_text="Nur bei Umsetzung. Einsatz 0, Leistung 1 bis 3, Wirkung 4 bis 6, Gesellschaft "
        "7.",
    )  # fmt: skip
    measure = _choice("Maßnahme", [], required=False)
    goal = _choice("Wirkungsziel", [], required=False)
    definition = _long("Definition", 3, required=True, hint="Was genau zählt, und was nicht.")
    numerator = text_field("Zähler", 300)
    denominator = text_field("Nenner", 300)
    relevance = _long("Bedeutung", 2, hint="Was man daran erkennt.")
    source = _long("Quelle", 1, hint="Woher die Werte kommen.")
    periodicity = _choice("Rhythmus", Periodicity.choices())
    lowest = _choice("Kleinste Ebene", LowestLevel.choices())
    migration_definition = _choice(
        "Bestimmung des Migrationshintergrunds", MigrationDefinition.choices(),
        hint="Die Statistiken bestimmen ihn verschieden; in einem Bild steht nur eine Bestimmung.",
    )  # fmt: skip
    unit = text_field("Einheit", 60, hint="Prozent, Personen, EUR …")
    wanted = forms.ChoiceField(
        label="Gewünschte Richtung", choices=Wanted.choices(), widget=Choices
    )
    figure = text_field(
        "Name in den Kennzahlen", 200,
        hint="Unter diesem Namen stehen die Werte. Leer: wie der Indikator.",
    )  # fmt: skip
    denominator_figure = text_field(
        "Nenner in den Kennzahlen",
        200,
        hint="Damit zu kleine Nenner auffallen. Ein eigener Anteil, dessen Nenner nicht bekannt "
        "ist, wird nicht veröffentlicht.",
    )
    above = _choice("Teil von", [], required=False, hint="Wenn er einen anderen aufgliedert.")
    part = text_field("Aufgegliedert nach", 200, hint="Zum Beispiel Frauen.")
    method = _long("Hinweise zur Methode", 2)

    def offer(self, offered: Offered) -> None:
        """Set what can be chosen."""
        for name, choices in offered.items():
            self.fields[name].choices = [NOTHING, *choices]  # type: ignore[attr-defined]


def beginning(one: "Indicator") -> dict[str, object]:
    """Give the values with which the form of a sheet begins."""
    keys = {name: getattr(one, name) for name in ("measure", "goal", "above")}
    return {
        **{name: getattr(one, name) for name in WRITTEN},
        **{name: thing.key if thing else "" for name, thing in keys.items()},
        "stand": one.version,
    }


class ValueForm(forms.Form):
    """Ein Wert mit Stichtag und Quelle."""

    territory = _choice("Gebiet", [])
    reference = DayField(label="Stichtag")
    value = RangeField("Wert", help_text="Zahl oder Spanne: 120, 40 bis 60, ca. 50.")
    source = _long("Quelle", 1, required=True)
    base = text_field("Zählung", 100, hint="Zensus 2022, Melderegister … Anders gezählt ist ein "
                      "Bruch in der Reihe.")  # fmt: skip
    published = forms.BooleanField(
        label="Amtlich veröffentlicht", required=False,
        help_text="Die Statistik hat den Wert selbst veröffentlicht. Dann geht ein Anteil auch "
        "ohne Nenner hinaus.",
    )  # fmt: skip
    note = _long("Anmerkung", 1)


class RuleForm(forms.Form):
    """Worauf sich der Anteil in einer Zeit bezieht."""

    rule = text_field("Regel", 300, required=True)
    starts = DayField(label="Gilt ab", required=False)
    ends = LastDayField(label="Gilt bis", required=False)


class BreakForm(forms.Form):
    """Ab wann Werte nicht mehr vergleichbar sind."""

    day = DayField(label="Ab wann")
    why = text_field("Warum", 300, required=True)


class TargetForm(forms.Form):
    """Was bis wann erreicht sein soll."""

    due = DayField(label="Stichtag")
    value_low = RangeField("Mindestens", required=False)
    value_high = RangeField("Höchstens", required=False)

    def clean(self) -> dict[str, Any]:
        """Take one number of each end."""
        given = super().clean() or {}
        for name in ("value_low", "value_high"):
            given[name] = given[name][0] if given.get(name) else None
        return given


class CollectionForm(forms.Form):
    """Wer den nächsten Wert bis wann beschafft."""

    reference = DayField(label="Für welchen Stichtag")
    due = LastDayField(label="Bis wann")
    who = text_field("Wer", 200, required=True, hint="Stelle oder Funktion, kein Name.")
    hours = AmountField("Aufwand in Stunden")


FORMS: dict[Beside, type[forms.Form]] = {
    Beside.RULE: RuleForm,
    Beside.BREAK: BreakForm,
    Beside.TARGET: TargetForm,
    Beside.COLLECTION: CollectionForm,
}
