"""Forms of progress: the eight questions of a report, a state set by hand, the days of a round."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from gelingen.progress.rounds import Given
from gelingen.progress.writing import Answer
from gelingen.terms.progress import Assessment, MeasureState
from gelingen.terms.spelling import day, euro, last_day, number
from gelingen.web.editing.fields import CellField
from gelingen.web.narrowing import Choices, DayField, LastDayField, Narrowing, choice
from gelingen.web.programme.forms import NEEDED, AmountField, text_field
from gelingen.workbook.declare import Column, Kind
from gelingen.workbook.numbers import NoNumberError, Quantity, read_quantity
from gelingen.workbook.raw import german_number

if TYPE_CHECKING:
    from gelingen.progress.models import ProgressReport, ProgressRound

Texts = dict[str, list[str]]
LONGEST = 2000
_QUIET = {"autocomplete": "off"}
_STAFF = "Bitte mit Einheit, zum Beispiel „0,5 VZÄ“ oder „320 Stunden“."
_POSTS = ("vzä", "vzae", "stelle", "stellen", "vollzeit")
_HOURS = ("h", "std", "stunde", "stunden")
_COUNT = Column("participants", "Teilnehmende", Kind.INTEGER, "")
_MOST_PEOPLE = 1_000_000
_MOST_POSTS, _MOST_HOURS = Decimal(9999), Decimal(999_999)


def _long(label: str, hint: str, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=LONGEST, help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows, **_QUIET}),
    )  # fmt: skip


class CountField(CellField):
    """A number of people, also as 1.200."""

    def clean(self, value: Any) -> int | None:  # noqa: ANN401 - Django's own signature
        """Read the number; raises ValidationError if it is no whole one from 0 on."""
        (found,) = super().clean(value)
        if found is not None and not 0 <= found <= _MOST_PEOPLE:
            raise ValidationError("Bitte eine ganze Zahl ab 0.")
        return None if found is None else int(found)


class StaffField(forms.CharField):
    """Posts, hours, or both: "0,5 VZÄ", "320 Stunden", "0,5 VZÄ und 40 Stunden"."""

    def clean(self, value: Any) -> tuple[Decimal | None, Decimal | None]:  # noqa: ANN401 - Django's own signature
        """Read posts and hours; raises ValidationError where it is not said what is counted."""
        text = super().clean(value)
        posts: Decimal | None = None
        hours: Decimal | None = None
        for part in text.replace(" und ", ";").replace("+", ";").split(";"):
            if not part.strip():
                continue
            amount, unit = self._read(part.strip())
            if unit in _POSTS:
                posts = (posts or Decimal(0)) + amount
            else:
                hours = (hours or Decimal(0)) + amount
        if (posts or 0) > _MOST_POSTS or (hours or 0) > _MOST_HOURS:
            raise ValidationError("So viel kann nicht stimmen. Bitte die Zahl prüfen.")
        return posts, hours

    def _read(self, text: str) -> tuple[Decimal, str]:
        try:
            found: Quantity = read_quantity(text)
        except NoNumberError:
            raise ValidationError(_STAFF) from None
        unit = found.unit.lower().rstrip(".").split(" ")[0]
        if found.low is None or found.low != found.high or unit not in _POSTS + _HOURS:
            raise ValidationError(_STAFF)
        if found.low < 0:
            raise ValidationError("Bitte eine Zahl ab 0.")
        return round(found.low, 2), unit


class ReportForm(forms.Form):
    """Was für ein Jahr berichtet wird: höchstens acht Angaben."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)
    assessment = forms.ChoiceField(
        label="Wie läuft die Maßnahme?", choices=Assessment.choices(), widget=forms.RadioSelect,
        error_messages={"required": "Bitte eine Antwort wählen."},
    )  # fmt: skip
    participants = CountField(
        _COUNT, label="Teilnehmende", required=False,
        help_text="Wie viele Menschen im Berichtsjahr erreicht wurden.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", **_QUIET}),
    )  # fmt: skip
    staff = StaffField(
        label="Personal", required=False, max_length=100,
        help_text="Stellenanteile oder Stunden im Jahr: „0,5 VZÄ“ oder „320 Stunden“.",
        widget=forms.TextInput(attrs=_QUIET),
    )  # fmt: skip
    cost = AmountField("Kosten in EUR", help_text="Was im Berichtsjahr ausgegeben wurde.")
    funding = AmountField("Davon Förderung in EUR", help_text="Abgerufene Mittel.")
    effect = _long("Was hat sich verändert?", "Für die Menschen, um die es geht. Ein paar Sätze.")
    obstacles = _long("Was steht im Weg?", "Freiwillig.", 2)
    next_step = _long("Nächster Schritt", "Was als Nächstes geschieht und bis wann.", 2)

    def answer(self) -> Answer:
        """Hand over what was typed."""
        values = self.cleaned_data
        fte, hours = values["staff"]
        plain = ("participants", "cost", "funding", "effect", "obstacles", "next_step")
        return Answer(
            Assessment.of(values["assessment"]), fte=fte, hours=hours,
            **{name: values[name] for name in plain},
        )  # fmt: skip


class DeskReportForm(ReportForm):
    """Ein Sachstand, den das Amt einträgt."""

    by_function = text_field(
        "Berichtet von (Funktion)", 200, required=True, hint="Stelle oder Funktion, kein Name."
    )


QUESTIONS = (
    "assessment", "participants", "staff", "cost", "funding", "effect", "obstacles", "next_step",
)  # fmt: skip


def staff_said(one: "ProgressReport") -> str:
    """Write posts and hours as they are typed."""
    parts = []
    if one.fte is not None:
        parts.append(f"{german_number(one.fte)} VZÄ")
    if one.hours is not None:
        parts.append(f"{german_number(one.hours)} Stunden")
    return " und ".join(parts)


def report_values(one: "ProgressReport | None") -> Texts:
    """Give what the form shows of a report."""
    if one is None:
        return {name: [] for name in QUESTIONS}
    amounts = {name: getattr(one, name) for name in ("cost", "funding")}
    texts = {
        "assessment": one.assessment,
        "participants": "" if one.participants is None else str(one.participants),
        "staff": staff_said(one),
        **{n: "" if value is None else german_number(value) for n, value in amounts.items()},
        **{name: getattr(one, name) for name in ("effect", "obstacles", "next_step")},
    }
    return {name: [text] if text else [] for name, text in texts.items()}


def said_in(one: "ProgressReport") -> dict[str, str]:
    """Give what a report says, in words, by name of the question; "" where nothing was said."""
    return {
        "assessment": Assessment.of(one.assessment).label,
        "participants": "" if one.participants is None else number(one.participants),
        "staff": staff_said(one),
        **{
            name: "" if value is None else euro(float(value), 2 if value % 1 else 0)
            for name, value in (("cost", one.cost), ("funding", one.funding))
        },
        **{name: getattr(one, name) for name in ("effect", "obstacles", "next_step")},
    }


LABELS = {name: str(field.label) for name, field in ReportForm.base_fields.items()}


class OverrideForm(forms.Form):
    """Ein Stand, der gegen den gerechneten gilt."""

    state = forms.ChoiceField(
        label="Stand", choices=MeasureState.choices(), widget=Choices, error_messages=NEEDED
    )
    reason = forms.CharField(
        label="Begründung", max_length=300, error_messages=NEEDED,
        help_text="Ein Satz, der neben dem Stand steht, auch in Berichten und auf der Webseite.",
        widget=forms.Textarea(attrs={"rows": 2, **_QUIET}),
    )  # fmt: skip
    since = DayField(label="Gilt ab")
    by_function = text_field("Festgelegt von (Funktion)", 200, hint="Funktion, kein Name.")


class RoundForm(forms.Form):
    """Eine Berichtsrunde."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)
    year = forms.IntegerField(
        label="Berichtsjahr", min_value=1990, max_value=2199,
        error_messages={**NEEDED, **dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Bitte ein Jahr, zum Beispiel 2018."
        )},
        widget=forms.TextInput(attrs={"inputmode": "numeric", **_QUIET}),
    )  # fmt: skip
    asks_from = DayField(label="Gefragt wird ab")
    first_reminder = DayField(
        label="Erste Erinnerung", help_text="An diesem Tag von selbst an alle, die noch fehlen."
    )
    second_reminder = DayField(
        label="Zweite Erinnerung", help_text="Wer danach fehlt, steht auf Ihrer Arbeitsliste."
    )
    closes = LastDayField(label="Letzter Tag", help_text="Bis dahin gilt der Verweis.")
    subject = text_field("Betreff der Nachricht", 200, required=True)
    text = forms.CharField(
        label="Text der Nachricht", max_length=5000, error_messages=NEEDED,
        help_text="Darunter stehen von selbst die Maßnahmen, der Verweis und bis wann er gilt.",
        widget=forms.Textarea(attrs={"rows": 7}),
    )  # fmt: skip

    def given(self) -> Given:
        """Hand over what was typed."""
        return Given(**{name: one for name, one in self.cleaned_data.items() if name != "stand"})


def round_values(one: "ProgressRound") -> dict[str, str]:
    """Give what the form shows of a round."""
    days = {name: day(getattr(one, name)) for name in (
        "asks_from", "first_reminder", "second_reminder"
    )}  # fmt: skip
    return {
        **days,
        "year": str(one.year),
        "closes": day(last_day(one.closes)),
        "subject": one.subject,
        "text": one.text,
        "stand": str(one.version),
    }


class ListForm(Narrowing):
    """Welche Maßnahmen die Liste zeigt."""

    stand = choice("Stand", MeasureState.choices())
    bericht = choice("Bericht")
    stelle = choice("Federführung")
    thema = choice("Themenfeld")


class RoundListForm(Narrowing):
    """Welche Maßnahmen einer Runde gezeigt werden."""

    antwort = choice("Antwort")
