"""Forms of the administration: invite, give a role, name a deputy."""

from typing import TYPE_CHECKING

from django import forms

from gelingen.access.policy import ROLES
from gelingen.web.narrowing import DayField, LastDayField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model

    from gelingen.access.models import User

_DAY = "Zum Beispiel 31.12.2019."
_NEEDED = {"required": "Bitte ausfüllen.", "invalid": "Bitte eine vollständige Adresse angeben."}


def _first(*, required: bool = False, hint: str = _DAY) -> DayField:
    return DayField(label="Erster Tag", required=required, help_text=hint)


def _last(*, required: bool = False, hint: str = _DAY) -> LastDayField:
    return LastDayField(label="Letzter Tag", required=required, help_text=hint)


class RoleForm(forms.Form):
    """Eine Rolle, vielleicht für eine Organisation und auf Zeit."""

    role = forms.ChoiceField(
        label="Rolle",
        choices=[("", "bitte wählen"), *((key, one.label) for key, one in ROLES.items())],
        error_messages=_NEEDED,
    )
    organisation = forms.TypedChoiceField(
        label="Organisation",
        required=False,
        empty_value=None,
        help_text="Nötig bei Partner, Gemeinde, Kursträger und Federführung.",
    )
    starts = _first(hint="Leer: ab sofort.")
    ends = _last(hint="Leer: bis jemand die Rolle beendet.")

    def __init__(
        self,
        *args: object,
        organisations: "Sequence[Model]",
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as every form takes them
        known = {str(one.pk): one for one in organisations}
        field = self.fields["organisation"]
        field.choices = [("", "keine"), *((key, str(one)) for key, one in known.items())]  # type: ignore[attr-defined]  # a field of choices
        field.coerce = known.__getitem__  # type: ignore[attr-defined]  # a typed field of choices


class InviteForm(RoleForm):
    """Wen man einlädt, und zu welcher Rolle."""

    starts = None  # type: ignore[assignment]  # Django's way to leave out a field
    email = forms.EmailField(
        label="Dienstliche E-Mail-Adresse", max_length=254, error_messages=_NEEDED
    )
    field_order = ("email", "role", "organisation", "ends")


class DeputyForm(forms.Form):
    """Wer vertritt, von wann bis wann."""

    deputy = forms.TypedChoiceField(label="Wer vertritt", error_messages=_NEEDED)
    starts = _first(required=True)
    ends = _last(required=True)

    def __init__(self, *args: object, people: "Sequence[User]", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as every form takes them
        known = {str(one.pk): one for one in people}
        field = self.fields["deputy"]
        field.choices = [("", "bitte wählen"), *((key, str(one)) for key, one in known.items())]  # type: ignore[attr-defined]  # a field of choices
        field.coerce = known.__getitem__  # type: ignore[attr-defined]  # a typed field of choices
