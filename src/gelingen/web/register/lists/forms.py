"""Forms of the lists: narrow them, name a view, say what to do with several records."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.http import HttpRequest

from gelingen.terms.vocabulary import (
    CooperationKind,
    FundingState,
    Level,
    OrganisationKind,
    ReportedBy,
    ResponsibilityKind,
    StructureKind,
)
from gelingen.web.narrowing import Choices, LastDayField, Narrowing, choice, day_field, one_of
from gelingen.web.states import ENTRY, MONEY

COLUMNS = "spalten"
# What the filter "Quelle" asks for beside one's own records.
SOURCE, ALSO, ONLY = "quelle", "auch", "fremd"
_SEARCH = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})


def words() -> forms.CharField:
    """Ask for words that a line contains."""
    return forms.CharField(label="Enthält", required=False, widget=_SEARCH)


def every(choices: list[tuple[str, str]] | None = None) -> forms.ChoiceField:
    """Ask whether what does not exist on the day is shown too."""
    usual = [("", "was besteht"), ("alle", "auch Beendetes und Künftiges")]
    return one_of("Zeigen", choices or usual)


class ListForm(Narrowing):
    """Was eine Liste zeigt; die ersten Felder stehen offen."""

    open_fields: tuple[str, ...] = ()
    spalten = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, **standard: object) -> None:
        super().__init__(request, **standard)
        chosen = [one for given in request.GET.getlist(COLUMNS) for one in given.split(",") if one]
        if chosen:
            self.data[COLUMNS] = ",".join(chosen)  # type: ignore[index]  # our own copy
        else:
            del self.fields[COLUMNS]

    def first(self) -> list[BoundField]:
        """Give the filters that stand open."""
        return [self[name] for name in self.open_fields]

    def further(self) -> list[BoundField]:
        """Give the filters that are folded."""
        return [one for one in self.visible_fields() if one.name not in self.open_fields]

    def unfold(self) -> bool:
        """Whether a folded filter narrows the list."""
        return any(self.text(one.name) for one in self.further())


class StructuresForm(ListForm):
    """Welche Strukturen gezeigt werden."""

    open_fields = ("stand", "thema", "geld", "suche")
    stand = day_field("Stand am")
    thema = choice("Themenfeld")
    geld = choice("Geld", [(name, state.word) for name, state in MONEY.items()])
    suche = words()
    art = choice("Art", StructureKind.choices())
    ebene = choice("Ebene", Level.choices())
    traeger = choice("Träger")
    eintrag = choice("Eintrag", [(name, ENTRY[name].word) for name in ("confirmed", "to-confirm")])
    zeigen = every()
    quelle = one_of(
        "Quelle", [("", "nur eigene"), (ALSO, "auch freigegebene"), (ONLY, "nur freigegebene")]
    )


class OrganisationsForm(ListForm):
    """Welche Organisationen gezeigt werden."""

    open_fields = ("stand", "art", "suche")
    stand = day_field("Stand am")
    art = choice("Art", OrganisationKind.choices())
    suche = words()
    ebene = choice("Ebene", Level.choices())
    sitz = choice("Sitz")
    oben = choice("Gehört zu")
    zeigen = every()


class FundingsForm(ListForm):
    """Welche Finanzierungen gezeigt werden."""

    open_fields = ("stand", "geld", "endet", "suche")
    stand = day_field("Stand am")
    geld = choice("Geld", FundingState.choices())
    endet = day_field("Endet bis")
    suche = words()
    geldgeber = choice("Geldgeber")
    traeger = choice("Träger")
    zeigen = every()


class ResponsibilitiesForm(ListForm):
    """Welche Zuständigkeiten gezeigt werden."""

    open_fields = ("stand", "thema", "art", "suche")
    stand = day_field("Stand am")
    thema = choice("Themenfeld")
    art = choice("Art", ResponsibilityKind.choices())
    suche = words()
    ebene = choice("Ebene", Level.choices())
    stelle = choice("Organisation")
    zeigen = every()


class CooperationForm(ListForm):
    """Welche Zusammenarbeit gezeigt wird."""

    open_fields = ("stand", "thema", "art", "suche")
    stand = day_field("Stand am")
    thema = choice("Themenfeld")
    art = choice("Art", CooperationKind.choices())
    suche = words()
    genannt = choice("Genannt von", ReportedBy.choices())
    stelle = choice("Organisation")
    zeigen = every()


class ViewForm(forms.Form):
    """Eine Ansicht benennen."""

    name = forms.CharField(label="Name der Ansicht", max_length=80)
    shared = forms.BooleanField(label="für alle sichtbar", required=False)

    def __init__(self, *given: Any, may_share: bool, **named: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(*given, **named)
        if not may_share:
            del self.fields["shared"]


class BulkForm(forms.Form):
    """Was mit mehreren Einträgen auf einmal geschehen soll."""

    topic = forms.ChoiceField(label="Themenfeld", widget=Choices)
    instead = forms.ChoiceField(
        label="Anstelle von",
        required=False,
        widget=Choices,
        help_text="Leer: Das Themenfeld kommt hinzu, für dieselben Zielgruppen und Gebiete.",
    )
    organisation = forms.ChoiceField(label="Organisation", widget=Choices)
    last = LastDayField(label="Letzter Tag", help_text="Zum Beispiel 31.12.2019.")

    def __init__(
        self, *given: Any, wanted: tuple[str, ...], offered: dict[str, list[tuple[str, str]]],  # noqa: ANN401 - Django's own options
        **named: Any,  # noqa: ANN401 - Django's own options
    ) -> None:  # fmt: skip
        super().__init__(*given, **named)
        for name in [one for one in self.fields if one not in wanted]:
            del self.fields[name]
        for name, choices in offered.items():
            if name in wanted:
                field = self.fields[name]
                empty = ("", "bitte wählen" if field.required else "keines, zusätzlich")
                field.choices = [empty, *choices]  # type: ignore[attr-defined]  # a field of choices
