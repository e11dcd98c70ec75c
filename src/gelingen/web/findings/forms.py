"""Forms of the findings: narrow the list, and the verdict."""

from typing import TYPE_CHECKING

from django import forms

from gelingen.access.policy import ROLES, May, roles_in
from gelingen.findings.queries import ALL, JUDGED, OPEN, RESOLVED
from gelingen.terms.vocabulary import Decision, FindingKind
from gelingen.web.narrowing import Narrowing, choice, one_of
from gelingen.web.pages import StaffRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gelingen.plan.models import Measure

STATES = [
    (OPEN, "ohne Bewertung"),
    (JUDGED, "bewertet"),
    (RESOLVED, "nicht mehr festgestellt"),
    (ALL, "alle"),
]
BY_CAUSE = "ursache"
ARRANGED = [("einzeln", "das Gewichtigste zuerst"), (BY_CAUSE, "nach Ursache")]


class FindingsForm(Narrowing):
    """Welche Befunde gezeigt werden, und wie geordnet."""

    zustand = one_of("Bewertung", STATES)
    art = choice("Art", FindingKind.choices())
    thema = choice("Themenfeld")
    gruppe = one_of("Ordnen", ARRANGED)


class ShortVerdictForm(forms.Form):
    """Bewertung eines Befunds, wo er steht."""

    decision = forms.TypedChoiceField(
        label="Bewertung",
        choices=[
            ("", "bitte wählen"),
            *(one for one in Decision.choices() if one[0] != Decision.TO_SOLVE),
        ],
        coerce=Decision.of,
    )
    reason = forms.CharField(label="Begründung", widget=forms.Textarea(attrs={"rows": 2}))
    by_function = forms.CharField(label="Wer entscheidet (Funktion)", max_length=200)


def own_function(request: StaffRequest) -> str:
    """Name the function in which the person judges findings; empty if in none."""
    roles = [ROLES[one.role] for one in roles_in(request.user, request.tenant)]
    return next((role.label for role in roles if May.JUDGE in role.tenant), "")


def short_verdict(request: StaffRequest, finding: int) -> ShortVerdictForm:
    """Make the form for one of several findings on a page; it is sent to the finding's page."""
    return ShortVerdictForm(
        auto_id=f"id_{finding}_%s", initial={"by_function": own_function(request)}
    )


class VerdictForm(forms.Form):
    """Bewertung eines Befunds."""

    decision = forms.TypedChoiceField(
        label="Bewertung", choices=[("", "bitte wählen"), *Decision.choices()], coerce=Decision.of
    )
    reason = forms.CharField(
        label="Begründung",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ein Satz genügt. Er steht auch im Masterplan.",
    )
    by_function = forms.CharField(
        label="Wer entscheidet (Funktion)",
        max_length=200,
        help_text="Zum Beispiel Steuerungsgruppe; kein Name.",
    )
    measure = forms.TypedChoiceField(
        label="Maßnahme, die ihn löst",
        required=False,
        empty_value=None,
        help_text="Nur nötig bei „wird durch eine Maßnahme gelöst“.",
    )

    def __init__(self, *args: object, measures: "Sequence[Measure]", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as every form takes them
        known = {one.key: one for one in measures}
        field = self.fields["measure"]
        field.choices = [("", "keine"), *((key, one.title) for key, one in known.items())]  # type: ignore[attr-defined]  # a field of choices
        field.coerce = known.__getitem__  # type: ignore[attr-defined]  # a typed field of choices

    def clean(self) -> dict[str, object]:
        """Say beside the field that a measure is missing; the command would refuse too."""
        given: dict[str, object] = super().clean() or self.cleaned_data
        if given.get("decision") is Decision.TO_SOLVE and given.get("measure") is None:
            self.add_error("measure", "Bitte die Maßnahme angeben, die den Befund löst.")
        return given
