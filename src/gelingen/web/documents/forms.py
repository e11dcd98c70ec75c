"""What the Masterplan shall be written as."""

from datetime import date

from django import forms

from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import PaperFormat
from gelingen.web.narrowing import DAY_FORMAT, LastDayField


class OrderForm(forms.Form):
    """Ein Auftrag: in welchen Dateiarten, bis zu welchem Tag."""

    dateiart = forms.MultipleChoiceField(
        label="Dateiarten",
        choices=PaperFormat.choices(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Bitte mindestens eine Dateiart wählen."},
    )
    horizont = LastDayField(label="Planungshorizont, letzter Tag", required=False)

    def __init__(self, data: object, *, on: date, horizon: date) -> None:
        super().__init__(
            data,  # type: ignore[arg-type]  # what the request sent, or nothing
            initial={
                "dateiart": [one.value for one in PaperFormat],
                "horizont": f"{last_day(horizon):{DAY_FORMAT}}",
            },
        )
        self.on, self.horizon = on, horizon

    def clean_horizont(self) -> date:
        """Give the first day after the horizon; without an entry that of the plan.

        Raises:
            ValidationError: the horizon is not in the future.

        """
        ends: date | None = self.cleaned_data["horizont"]
        if ends is not None and last_day(ends) <= self.on:
            raise forms.ValidationError(f"Der Horizont muss nach dem {day(self.on)} liegen.")
        return ends or self.horizon

    @property
    def formats(self) -> list[str]:
        """Codes of the chosen formats, in the order of the list."""
        return list(self.cleaned_data["dateiart"])
