"""Forms of reading tables in: which file, and what its series and territories are here."""

from typing import Any

from django import forms

from gelingen.official import OfficialTable, Series
from gelingen.transfer.figures.mapping import ADDED, Answers, Asked
from gelingen.web.narrowing import Choices

MOST_SERIES, MOST_PLACES = 150, 60  # asked about on one page
LEFT_OUT = "-"
OURS = "kennzahlen"  # the list of our indicators, on the page


class TableForm(forms.Form):
    """Die Tabelle, die eingelesen werden soll."""

    datei = forms.FileField(
        label="Tabelle oder eigene Liste",
        help_text="CSV, XLSX, ODS oder ein ZIP, wie es heruntergeladen wird; höchstens 50 MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods,.zip"}),
        error_messages={
            "required": "Bitte eine Datei auswählen.",
            "empty": "Die Datei ist leer. Bitte eine Datei mit einer Tabelle auswählen.",
        },
    )


class FigureMappingForm(forms.Form):
    """Welche Kennzahl ein Merkmal der Tabelle hier ist, und welches Gebiet ein fremdes."""

    def __init__(self, table: OfficialTable, asked: Asked, **given: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(**given)
        self.asked = asked
        self.series: tuple[Series, ...] = table.series[:MOST_SERIES]
        self.places = _asked_places(asked)
        for number, one in enumerate(self.series):
            indicator, unit = asked.answers.series[one.id]
            self.fields[f"kennzahl-{number}"] = _text(f"„{one.name}“ ist", 200, indicator, OURS)
            self.fields[f"einheit-{number}"] = _text("Einheit", 60, unit)
            heard = {"aria-label": f"Einheit von „{one.name}“"}
            self.fields[f"einheit-{number}"].widget.attrs |= heard
        for number, key in enumerate(self.places):
            self.fields[f"gebiet-{number}"] = _place(key, asked)
        if not table.source and any(not one.source for one in table.observations):
            self.fields["quelle"] = _text("Quelle der Werte", 300, asked.answers.source)
            self.fields["quelle"].help_text = "Zum Beispiel: Ausländerbehörde, Stand 31.12."

    def lines(self) -> list[tuple[Series, Any, Any, bool]]:
        """Give each series with its two fields, and whether it was mapped before."""
        return [
            (one, self[f"kennzahl-{number}"], self[f"einheit-{number}"], one.id in self.asked.known)
            for number, one in enumerate(self.series)
        ]

    def territories(self) -> list[Any]:
        """Give the fields of the territories about which something is asked."""
        return [self[f"gebiet-{number}"] for number, _ in enumerate(self.places)]

    def answers(self) -> Answers:
        """Give what was said, and what is proposed about the rest."""
        told = self.cleaned_data
        series = dict(self.asked.answers.series) | {
            one.id: (told[f"kennzahl-{number}"], told[f"einheit-{number}"])
            for number, one in enumerate(self.series)
        }
        places = dict(self.asked.answers.places) | {
            key: told[f"gebiet-{number}"].replace(LEFT_OUT, "")
            for number, key in enumerate(self.places)
        }
        return Answers(series, places, told.get("quelle", self.asked.answers.source))


def _asked_places(asked: Asked) -> list[str]:
    """Choose the territories to ask about: all, or of very many those that may be ours."""
    every = list(asked.unknown)
    if len(every) <= MOST_PLACES:
        return every
    near = [one for one in every if asked.answers.places[one] or one in asked.kept]
    return near[:MOST_PLACES]


def _text(label: str, longest: int, initial: str, offers: str = "") -> forms.CharField:
    given = {"list": offers, "autocomplete": "off"} if offers else {}
    return forms.CharField(
        label=label,
        required=False,
        max_length=longest,
        initial=initial,
        widget=forms.TextInput(attrs=given),
    )


def _place(key: str, asked: Asked) -> forms.ChoiceField:
    name = asked.unknown[key]
    label = f"{name} ({key})" if key.isdigit() and name != key else name
    choices = [(LEFT_OUT, "nicht übernehmen")]
    if key.isdigit():
        choices.append((ADDED, "als neues Gebiet anlegen"))
    choices += [(ours, f"{known} ({ours})") for ours, known in asked.territories.items()]
    field = forms.ChoiceField(label=label, choices=choices, widget=Choices)
    field.initial = asked.answers.places[key] or LEFT_OUT
    return field
