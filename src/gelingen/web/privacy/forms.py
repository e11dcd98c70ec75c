"""Forms of data protection: what is searched, and why something is forgotten."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class SearchForm(forms.Form):
    """Wonach gesucht wird: eine Organisation, ein Wort oder beides."""

    wort = forms.CharField(
        label="Name, Funktion oder Postfach",
        required=False,
        max_length=200,
        help_text=(
            "Gesucht wird in jedem Feld, das etwas über eine Person sagen kann, auch in früheren "
            "Ständen und in gelöschten Einträgen."
        ),
    )
    organisation = forms.ChoiceField(
        label="Organisation",
        required=False,
        help_text="Mit einem Wort zusammen: was zu einem von beiden gehört.",
    )

    def __init__(self, *given: object, offered: list[tuple[str, str]], **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]  # Django's own
        self.fields["organisation"].choices = [("", "beliebig"), *offered]  # type: ignore[attr-defined]  # a list of choices

    def clean(self) -> dict[str, Any]:
        """Demand that anything is searched for."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(given.values()):
            raise ValidationError("Bitte ein Wort eingeben oder eine Organisation wählen.")
        return given


class ForgetForm(forms.Form):
    """Warum gelöscht wird."""

    grund = forms.CharField(
        label="Begründung",
        max_length=300,
        help_text="Zum Beispiel: Verlangen vom 01.06.2017. Ohne Namen: sie bleibt im Verlauf.",
    )
