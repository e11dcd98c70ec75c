"""Forms of meetings, of what is dealt with there, and of what follows from it."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import TYPE_CHECKING, Any

from django import forms

from gelingen.boards import actions, agenda, meetings
from gelingen.boards.minuting import Said
from gelingen.terms.boards import Cycle, ItemKind, Result
from gelingen.terms.spelling import day as spell_day
from gelingen.terms.spelling import last_day
from gelingen.web.editing.both import Edited
from gelingen.web.narrowing import Choices, DayField, LastDayField

if TYPE_CHECKING:
    from gelingen.access.models import User
    from gelingen.boards.models import ActionPoint, AgendaItem, Body, Meeting

NEEDED = {"required": "Bitte ausfüllen."}
FUNCTION = "Funktion, kein Name."
_NUMBER = "Bitte eine ganze Zahl."
_DISTANCES = [(one.value, one.label) for one in Cycle if one is not Cycle.NEEDED]


class BothVersions(Edited):
    """A form of this area that two people may have open at once."""

    template = "meetings/versions.html"


class ClockField(forms.TimeField):
    """A time of day as people write it."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Django's own options
        given.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        wrong = {"invalid": "Bitte als Stunde:Minute, zum Beispiel 14:30."}
        super().__init__(
            input_formats=["%H:%M", "%H.%M", "%H"], error_messages=wrong, required=False, **given
        )


def _count(label: str, *, least: int = 0, most: int = 9999) -> forms.IntegerField:
    wrong = dict.fromkeys(("invalid", "min_value", "max_value"), f"{_NUMBER} {least} bis {most}.")
    return forms.IntegerField(
        label=label, required=False, min_value=least, max_value=most, error_messages=wrong,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip


def _text(label: str, *, hint: str = "", most: int = 200, **given: Any) -> forms.CharField:  # noqa: ANN401 - Django's own options
    given.setdefault("required", False)
    return forms.CharField(
        label=label, help_text=hint, max_length=most, error_messages=NEEDED, **given
    )


def _long(label: str, rows: int, *, hint: str = "", required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=required, error_messages=NEEDED,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def texts(values: Mapping[str, object]) -> dict[str, list[str]]:
    """Spell values as a form sends them."""
    return {name: _spelled(value) for name, value in values.items()}


def _spelled(value: object) -> list[str]:
    if value is None or value is False or value == "":
        return []
    if value is True:
        return ["on"]
    if isinstance(value, date):
        return [spell_day(value)]
    if isinstance(value, time):
        return [f"{value:%H:%M}"]
    return [str(value)]


class MeetingForm(forms.Form):
    """Wann und wo ein Gremium tagt."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)
    day = DayField(label="Tag")
    begins = ClockField(label="Von", help_text="Zum Beispiel 14:30.")
    until = ClockField(label="Bis")
    place = _text("Ort")
    title = _text("Titel", hint="Nur, wenn die Sitzung einen eigenen hat.")
    chair = _text("Leitung", hint=FUNCTION)
    secretary = _text("Protokoll", hint=FUNCTION)
    guests = _long("Gäste", 2, hint="Funktionen, eine je Zeile; keine Namen.")

    def clean(self) -> dict[str, object]:
        """Refuse an end before the beginning."""
        given: dict[str, object] = super().clean() or self.cleaned_data
        begins, until = given.get("begins"), given.get("until")
        if isinstance(begins, time) and isinstance(until, time) and until <= begins:
            self.add_error("until", "Das Ende muss nach dem Beginn liegen.")
        return given

    def given(self) -> meetings.Given:
        """Hand over what was typed."""
        names = ("day", "begins", "until", "place", "title", "chair", "secretary", "guests")
        return meetings.Given(**{name: self.cleaned_data[name] for name in names})


class SeriesForm(MeetingForm):
    """Eine Reihe von Sitzungen."""

    cycle = forms.ChoiceField(label="Wie oft", choices=_DISTANCES, widget=Choices)
    last = DayField(label="Bis zum", help_text="Letzter Tag, an dem noch eine sein kann.")
    # The series is what was previewed: whoever confirms another one sees it first.
    gesehen = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ("day", "cycle", "last", "begins", "until", "place")


def meeting_values(one: "Meeting | meetings.Given") -> dict[str, list[str]]:
    """Give what a form shows of a meeting."""
    names = ("day", "begins", "until", "place", "title", "chair", "secretary", "guests")
    return texts({name: getattr(one, name) for name in names})


class ItemForm(forms.Form):
    """Was ein Gremium behandelt."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)
    title = _text("Betreff", most=300, required=True)
    kind = forms.ChoiceField(
        label="Wozu", choices=ItemKind.choices(), initial=ItemKind.DISCUSSION, widget=Choices
    )
    minutes = _count("Minuten", least=1, most=600)
    responsible = _text("Wer führt ein", hint=FUNCTION)
    closed = forms.BooleanField(
        label="Nichtöffentlich", required=False,
        help_text="Sehen nur Mitglieder des Gremiums und wer Nichtöffentliches sehen darf.",
    )  # fmt: skip
    about = _long("Worum es geht", 3)

    def given(self) -> agenda.Given:
        """Hand over what was typed."""
        values = {name: one for name, one in self.cleaned_data.items() if name != "stand"}
        closed = values.pop("closed")
        return agenda.Given(**values, public=not closed)


def item_values(one: "AgendaItem") -> dict[str, list[str]]:
    """Give what a form shows of an item."""
    return texts(
        {
            "title": one.title,
            "kind": one.kind,
            "minutes": one.duration,
            "responsible": one.responsible,
            "closed": not one.public,
            "about": one.about,
        }
    )


class SaidForm(forms.Form):
    """Was bei einem Punkt herauskam."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)
    course = _long("Verlauf", 4)
    result = forms.ChoiceField(
        label="Ergebnis", required=False, widget=Choices,
        choices=[("", "noch keines"), *Result.choices()],
    )  # fmt: skip
    resolution = _long("Wortlaut des Beschlusses", 3)
    yes = _count("Ja")
    no = _count("Nein")
    abstain = _count("Enthaltung")
    dissent = _long("Abweichende Meinungen", 2, hint="Nach Funktion, keine Namen.")

    def said(self) -> Said:
        """Hand over what was typed."""
        values = {name: one for name, one in self.cleaned_data.items() if name != "stand"}
        return Said(**values)


def said_values(one: "AgendaItem") -> dict[str, list[str]]:
    """Give what a form shows of what came of an item."""
    names = ("course", "result", "resolution", "yes", "no", "abstain", "dissent")
    return texts({name: getattr(one, name) for name in names})


class ActionForm(forms.Form):
    """Wer was bis wann tut."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)
    text = _long("Auftrag", 2, required=True)
    who = _text("Wer", hint=FUNCTION)
    person = forms.ChoiceField(
        label="Konto", required=False, widget=Choices,
        help_text="Dann steht der Auftrag bei dieser Person unter „Heute“.",
    )  # fmt: skip
    due = LastDayField(label="Bis wann", required=False, help_text="Letzter Tag.")

    def __init__(self, *given: Any, accounts: Sequence["User"], **named: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(*given, **named)
        self.accounts = {str(one.pk): one for one in accounts}
        offered = [(number, str(one)) for number, one in self.accounts.items()]
        self.fields["person"].choices = [("", "keines"), *offered]  # type: ignore[attr-defined]  # a field of choices

    def given(self) -> actions.Given:
        """Hand over what was typed."""
        values = self.cleaned_data
        person = self.accounts.get(values["person"])
        return actions.Given(values["text"], values["who"], person, values["due"])


def action_values(one: "ActionPoint") -> dict[str, list[str]]:
    """Give what a form shows of an action point."""
    return texts(
        {
            "text": one.text,
            "who": one.who,
            "person": one.person_id,
            "due": last_day(one.due) if one.due else None,
        }
    )


class BodyChoice(forms.Form):
    """Für welches Gremium."""

    gremium = forms.ChoiceField(label="Gremium", widget=Choices)

    def __init__(self, *given: Any, bodies: Sequence["Body"], **named: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(*given, **named)
        self.fields["gremium"].choices = [(one.key, one.name) for one in bodies]  # type: ignore[attr-defined]  # a field of choices


class ReasonForm(forms.Form):
    """Warum eine genehmigte Niederschrift geändert wird."""

    reason = _long("Warum", 2, required=True)
