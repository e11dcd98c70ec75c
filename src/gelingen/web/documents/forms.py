"""What the Masterplan shall be written as."""

from datetime import date, timedelta

from django import forms

from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import PaperFormat
from gelingen.web.narrowing import DAY_FORMAT, day_field


class OrderForm(forms.Form):
    """Ein Auftrag: in welchen Dateiarten, bis zu welchem Tag."""

    dateiart = forms.MultipleChoiceField(
        label="Dateiarten",
        choices=PaperFormat.choices(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Bitte mindestens eine Dateiart wählen."},
    )
    horizont = day_field("Planungshorizont, letzter Tag")

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
        last: date | None = self.cleaned_data["horizont"]
        if last is not None and last <= self.on:
            raise forms.ValidationError(f"Der Horizont muss nach dem {day(self.on)} liegen.")
        return self.horizon if last is None else last + timedelta(days=1)

    @property
    def formats(self) -> list[str]:
        """Codes of the chosen formats, in the order of the list."""
        return list(self.cleaned_data["dateiart"])
