"""Forms of the import: which file, and which of its columns is which."""

from typing import Any

from django import forms

from gelingen.web.narrowing import Choices, one_of
from gelingen.workbook.mapping import HeadQuestion, Layout, SheetQuestion

# In a list of choices; the empty text would be no choice at all.
LEFT_OUT = "-"
_LEAVE_OUT = (LEFT_OUT, "nicht übernehmen")


class UploadForm(forms.Form):
    """Die Datei, die eingelesen werden soll."""

    datei = forms.FileField(
        label="Arbeitsmappe oder eigene Liste",
        help_text="XLSX, ODS, CSV oder ein ZIP mit CSV-Dateien, höchstens 50 MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.tsv,.zip"}),
        error_messages={
            "required": "Bitte eine Datei auswählen.",
            "empty": "Die Datei ist leer. Bitte eine Datei mit einer Tabelle auswählen.",
        },
    )


class MappingForm(forms.Form):
    """Was die Blätter und Spalten der Datei sind."""

    def __init__(self, layout: Layout, **given: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(**given)
        self.layout = layout
        for number, one in enumerate(layout.lists):
            if not one.sure:
                self.fields[f"blatt-{number}"] = _sheet_field(one, layout)
            for place, head in enumerate(one.heads):
                self.fields[f"spalte-{number}-{place}"] = _head_field(one, head)

    def lists(self) -> list[tuple[SheetQuestion, Any, list[tuple[HeadQuestion, Any]]]]:
        """Give each list about which something is asked, with its fields."""
        return [
            (
                one,
                self[f"blatt-{number}"] if not one.sure else None,
                [(head, self[f"spalte-{number}-{place}"]) for place, head in enumerate(one.heads)],
            )
            for number, one in enumerate(self.layout.lists)
            if not one.sure or one.heads
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse the same column or sheet for two."""
        given = self.cleaned_data
        sheets = [given.get(name) for name in self.fields if name.startswith("blatt-")]
        for number, one in enumerate(self.layout.lists):
            taken: dict[str, str] = {}
            for place, head in enumerate(one.heads):
                name = f"spalte-{number}-{place}"
                chosen = given.get(name, LEFT_OUT)
                if chosen != LEFT_OUT and chosen in taken:
                    self.add_error(name, f"Das ist schon die Spalte „{taken[chosen]}“.")
                taken[chosen] = head.head
            sheet = given.get(f"blatt-{number}", LEFT_OUT)
            if sheet != LEFT_OUT and sheets.count(sheet) > 1:
                self.add_error(f"blatt-{number}", "Dieses Blatt ist zweimal gewählt.")
        return given

    def chosen(self) -> dict[str, tuple[str, dict[str, str]]]:
        """Give the sheet of each list that was asked about, and the columns of its heads.

        Columns of a list that is another sheet now are asked about again.
        """
        found = {}
        for one, asked, heads in self.lists():
            sheet = one.sheet.name if one.sheet else ""
            chosen = _name(self.cleaned_data[asked.name]) if asked else sheet
            columns = {head.head: _name(self.cleaned_data[field.name]) for head, field in heads}
            found[one.title] = (chosen, columns if chosen == sheet else {})
        return found


def _name(choice: str) -> str:
    return "" if choice == LEFT_OUT else choice


def _sheet_field(one: SheetQuestion, layout: Layout) -> forms.ChoiceField:
    own = (one.sheet,) if one.sheet else ()
    offered = [(sheet.name, sheet.title) for sheet in (*own, *layout.free)]
    field = one_of(f"Das Blatt „{one.title}“ ist", [_LEAVE_OUT, *offered])
    field.required = True
    field.initial = (one.sheet.name if one.sheet else one.answer or one.suggestion) or LEFT_OUT
    return field


def _head_field(one: SheetQuestion, head: HeadQuestion) -> forms.ChoiceField:
    offered = [(column.name, column.head) for column in one.free]
    field = forms.ChoiceField(
        label=f"Spalte „{head.head}“", choices=[_LEAVE_OUT, *offered], widget=Choices
    )
    told = head.suggestion if head.answer is None else head.answer
    field.initial = told or LEFT_OUT
    return field
