"""Forms of the register of needs."""

from django import forms
from django.http import HttpRequest

from gelingen.needs.lists import OVER, PLANNED
from gelingen.terms.vocabulary import Level, NeedKind, NeedState
from gelingen.web.narrowing import choice, day_field, one_of
from gelingen.web.register.lists.forms import ListForm, words

# How a need stands on a day, in the order in which it is sorted.
STANDINGS = {
    NeedState.OPEN.value: "offen",
    PLANNED: "geplant",
    NeedState.MET.value: "erfüllt",
    NeedState.DROPPED.value: "entfallen",
    NeedState.CARRIED.value: "weitergeführt",
    OVER: "beendet",
}
NOW, LATER = "jetzt", "spaeter"
ALL = "alle"
# What can be done with several needs at once, as the buttons say it.
DEEDS = (
    ("state", "Stand setzen …"),
    ("carry", "Weiterführen …"),
    ("topic", "Themenfeld …"),
    ("merge", "Zusammenführen …"),
)
# How the weight of a group of voices is named in the address, before the group.
WEIGHT = "gewicht:"


class NeedsForm(ListForm):
    """Welche Bedarfe gezeigt werden."""

    open_fields = ("stand", "thema", "gruppe", "suche")
    stand = day_field("Stand am")
    thema = choice("Themenfeld")
    gruppe = choice("Zielgruppe")
    suche = words()
    gebiet = choice("Gebiet")
    ebene = choice("Ebene", Level.choices())
    art = choice("Art", NeedKind.choices())
    wann = choice("Ab wann", [(NOW, "jetzt"), (LATER, "später")])
    stimme = choice("Stimmen aus")
    zeigen = one_of(
        "Zeigen",
        [
            ("", "offen und geplant"),
            *((k, f"nur {w}") for k, w in STANDINGS.items()),
            (ALL, "alle"),
        ],
    )

    def __init__(self, request: HttpRequest, **standard: object) -> None:
        super().__init__(request, **standard)
        for name, value in request.GET.items():
            if name.startswith(WEIGHT) and value:
                hidden = forms.CharField(required=False, widget=forms.HiddenInput)
                self.fields[name] = hidden
