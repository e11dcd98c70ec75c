"""What an organisation says about one entry."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gelingen.editing import sheet_of
from gelingen.web.editing.fields import CellField, field_of
from gelingen.workbook.declare import Column, Kind

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_LABELS: "dict[str, tuple[StrPromise | str, StrPromise | str]]" = {
    "name": (_("Name"), ""),
    "ends": (_("Läuft bis"), _("Letzter Tag, zum Beispiel 31.12.2019, oder „unbefristet“.")),
    "capacity": (_("Plätze"), _("Zahl oder Spanne: 16 oder 16–20.")),
}
_CONTACT = (_("Ansprechstelle"), _("Eine Funktion, kein Name: „Leitung Kursbüro“."))
_LAST = Column("ends", "Letzter Tag", Kind.LAST_DAY, "", required=True)
REMARK_LENGTH = 1000


def _field(column: Column, label: "StrPromise | str", hint: "StrPromise | str") -> CellField:
    field = field_of(column, [])
    if not isinstance(field, CellField):
        raise TypeError(column.kind)
    field.label, field.help_text = label, hint
    field.error_messages["required"] = _("Bitte ausfüllen.")
    return field


class CellForm(forms.Form):
    """Ein Formular, dessen Felder wie Zellen der Arbeitsmappe gelesen werden."""

    def add_error(self, field: str | None, error: Any) -> None:  # noqa: ANN401 - Django's own
        """Say what is wrong; what cells say is German, in other languages the hint has to do."""
        filled = bool(field and self.data.get(field))
        if filled and field in self.fields and get_language() != "de":
            hint = self.fields[field].help_text
            error = ValidationError(_("Das lässt sich nicht lesen. %(hint)s") % {"hint": hint})
        super().add_error(field, error)

    def values(self) -> dict[str, object]:
        """Give the values by field of the record; only of a form that is right."""
        given: dict[str, object] = {}
        for name, field in self.fields.items():
            if isinstance(field, CellField) and name in self.cleaned_data:
                given |= zip(field.column.fields, self.cleaned_data[name], strict=True)
        return given


class ChangeForm(CellForm):
    """Was sich an einem Eintrag geändert hat: die wenigen Angaben, auf die es ankommt."""

    def __init__(self, *, contact: bool = True, unit: str = "", **given: object) -> None:
        super().__init__(**given)  # type: ignore[arg-type]  # Django's own options
        structure = sheet_of("structure")
        for name, (label, hint) in _LABELS.items():
            self.fields[name] = _field(structure.column(name), label, hint)
        self.fields["capacity"].label = unit or self.fields["capacity"].label
        if contact:
            column = sheet_of("organisation").column("contact")
            self.fields["contact"] = _field(column, *_CONTACT)
        self.fields["remark"] = forms.CharField(
            label=_("Was hat sich noch geändert?"),
            help_text=_("Freiwillig. Bitte keine Namen von Personen."),
            required=False,
            max_length=REMARK_LENGTH,
            widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        )


class GoneForm(CellForm):
    """Bis wann es einen Eintrag gab."""

    ends = _field(replace(_LAST), _("Letzter Tag"), _("Wenn Sie es nicht genau wissen: ungefähr."))

    def day(self) -> date:
        """Give the first day without it."""
        found = self.values()["ends"]
        if not isinstance(found, date):
            raise TypeError(found)
        return found


class AskForm(forms.Form):
    """Wen man bittet, und mit welchen Worten."""

    wahl = forms.MultipleChoiceField(
        error_messages={"required": "Bitte mindestens eine Organisation wählen."}
    )
    subject = forms.CharField(label="Betreff", max_length=200)
    text = forms.CharField(
        label="Text",
        max_length=5000,
        help_text="Darunter stehen von selbst die Einträge, der Verweis und bis wann er gilt.",
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    def __init__(self, *, choices: list[tuple[str, str]], **given: object) -> None:
        super().__init__(**given)  # type: ignore[arg-type]  # Django's own options
        self.fields["wahl"].choices = choices  # type: ignore[attr-defined]  # a choice field
