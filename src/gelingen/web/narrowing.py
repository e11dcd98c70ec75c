"""Forms that narrow a list or set a picture: their whole state is in the address."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from gelingen.web.lists import ORDER
from gelingen.workbook.dates import NoDateError, Span, span_of_day

ALL = ("", "alle")
DAY_FORMAT = "%d.%m.%Y"
DAY_FORMATS = [DAY_FORMAT, "%d.%m.%y", "%Y-%m-%d"]
DAY_TYPING = {"inputmode": "numeric", "autocomplete": "off"}
DAY_WRONG = {
    "invalid": "Bitte als Tag.Monat.Jahr, zum Beispiel 31.12.2019.",
    "required": "Bitte ausfüllen.",
}


class Choices(forms.Select):
    """A list to choose from, written in one go: Django renders a template for each option."""

    def render(
        self,
        name: str,
        value: object,
        attrs: dict[str, Any] | None = None,
        renderer: object = None,
    ) -> SafeString:
        """Write the list."""
        del renderer
        given = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        options = (
            (key, mark_safe(" selected") if str(key) == str(value or "") else "", label)
            for key, label in self.choices
        )
        return format_html(
            "<select{}>{}</select>",
            flatatt(given),
            format_html_join("", '<option value="{}"{}>{}</option>', options),
        )


class Narrowing(forms.Form):
    """What the address chooses; whatever it leaves out or spells wrongly has its standard value."""

    ordnung = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, **standard: object) -> None:
        given = request.GET.copy()
        self.standard = standard
        for name, value in standard.items():
            text = f"{value:{DAY_FORMAT}}" if isinstance(value, date) else str(value or "")
            given.setdefault(name, text)
        super().__init__(given)
        if ORDER not in request.GET:
            del self.fields[ORDER]

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Set what a field offers besides "alle"."""
        field = self.fields[name]
        field.choices = [ALL, *choices]  # type: ignore[attr-defined]  # a field of choices

    def text(self, name: str) -> str:
        """Chosen text; empty where nothing is chosen."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or self.standard.get(name) or "")

    def day(self, name: str, otherwise: date) -> date:
        """Chosen day."""
        self.is_valid()
        chosen = self.cleaned_data.get(name)
        return chosen if isinstance(chosen, date) else otherwise


class DayField(forms.DateField):
    """A day as Germans write it, in the years that the workbook takes."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Django's own options
        given.setdefault("widget", forms.DateInput(attrs=DAY_TYPING))
        super().__init__(input_formats=DAY_FORMATS, error_messages=DAY_WRONG, **given)

    def clean(self, value: object) -> date | None:
        """Read the day.

        Raises:
            ValidationError: it is no day, or lies before 1900 or after 2199.

        """
        span = self._span(value)
        return span.first if span else None

    def _span(self, value: object) -> Span | None:
        found: date | None = super().clean(value)
        try:
            return span_of_day(found) if found else None
        except NoDateError as error:
            raise ValidationError(str(error)) from None


class LastDayField(DayField):
    """The last day of a period; yields the first day after it."""

    def clean(self, value: object) -> date | None:
        """Read the day; raises ValidationError as other days do."""
        span = self._span(value)
        return span.after if span else None


def day_field(label: str) -> DayField:
    """Ask for a day that may be left out."""
    return DayField(label=label, required=False)


def choice(label: str, choices: list[tuple[str, str]] | None = None) -> forms.ChoiceField:
    """Ask for one of several, or all."""
    return one_of(label, [ALL, *(choices or [])])


def one_of(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    """Ask for exactly one of several."""
    return forms.ChoiceField(label=label, required=False, choices=choices, widget=Choices)
