"""Show a structure to another tenant, and stop showing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from gelingen.access.models import Tenant
from gelingen.access.policy import MEANINGS, May
from gelingen.config.day import today
from gelingen.history.recording import new_batch
from gelingen.register import sharing as commands
from gelingen.register.inventory_pages import get_structure
from gelingen.terms.spelling import day, last_day
from gelingen.web.narrowing import Choices, LastDayField, day_field
from gelingen.web.pages import StaffRequest, attempt, done, page, staff

if TYPE_CHECKING:
    from gelingen.register.given import Share
    from gelingen.register.models import Structure


class ShareForm(forms.Form):
    """Wer eine Struktur sehen soll, ab wann und bis wann."""

    with_tenant = forms.ChoiceField(
        label="Freigeben für", widget=Choices, error_messages={"required": "Bitte wählen."}
    )
    starts = day_field("Ab")
    ends = LastDayField(
        label="Letzter Tag", required=False, help_text="Leer: bis Sie die Freigabe beenden."
    )
    note = forms.CharField(
        label="Anmerkung",
        required=False,
        max_length=1000,
        help_text="Nur für Sie, zum Beispiel der Beschluss. Der andere Mandant sieht sie nicht.",
    )

    def __init__(self, *given: Any, others: Sequence[Tenant], **named: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(*given, **named)
        names = [(one.pk, one.name) for one in others]
        self.fields["with_tenant"].choices = [("", "bitte wählen"), *names]  # type: ignore[attr-defined]  # a field of choices
        self.fields["starts"].help_text = "Leer: ab heute."

    def clean(self) -> dict[str, object]:
        """Give the first day, today if none was named."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        found["starts"] = found.get("starts") or today()
        return found


@dataclass(frozen=True, slots=True)
class Line:
    """One share in words; `open` says whether it can still be ended."""

    key: str
    name: str
    period: str
    open: bool


@dataclass(frozen=True, slots=True)
class Section:
    """What the page of a structure says about its shares; `form` only for who may share."""

    structure: str
    lines: list[Line]
    form: ShareForm | None


def section(
    request: StaffRequest, structure: "Structure", shares: "Sequence[Share]", *, on: date
) -> Section:
    """Say to whom a structure is shown, and ask to whom else. One query for who may share."""
    others = commands.others(request.user, request.tenant)
    lines = [_line(one, on, may_end=bool(others)) for one in shares]
    return Section(structure.key, lines, ShareForm(others=others) if others else None)


def _line(share: "Share", on: date, *, may_end: bool) -> Line:
    over = share.ends is not None and share.ends <= on
    words = f"ab {day(share.starts)}"
    if share.ends and share.ends > share.starts:
        words += f" bis {day(last_day(share.ends))}"
    return Line(
        share.key,
        share.with_tenant.name,
        f"{words}, beendet" if over else words,
        open=may_end and not over,
    )


@staff
def share_structure(request: StaffRequest, record: str) -> HttpResponse:
    """Ask to whom a structure is to be shown, and write it."""
    found = get_structure(request.user, request.tenant, record)
    _refuse(request)
    others = commands.others(request.user, request.tenant)
    form = ShareForm(request.POST if request.method == "POST" else None, others=others)
    batch = new_batch()
    if request.method == "POST" and attempt(
        form, commands.share, actor=request.user, structure=found, batch=batch
    ):
        names = {one.pk: one.name for one in others}
        who = names[form.cleaned_data["with_tenant"]]
        sentence = f"Freigegeben: {found} für {who}."
        return done(request, sentence, to="structure", undo=batch, record=record)
    return page(request, "register/sharing/share.html", form=form, structure=found)


@staff
@require_POST
def end(request: StaffRequest, record: str) -> HttpResponse:
    """Show a structure no longer, from today on."""
    found = commands.get_share(request.user, request.tenant, record)
    _refuse(request)
    batch = new_batch()
    commands.end_share(actor=request.user, share=found, on=today(), batch=batch)
    sentence = (
        f"Freigabe beendet: {found.structure} ist für {found.with_tenant} nicht mehr zu sehen."
    )
    return done(request, sentence, to="structure", undo=batch, record=found.structure.key)


def _refuse(request: StaffRequest) -> None:
    if not commands.may_share(request.user, request.tenant):
        raise PermissionDenied(MEANINGS[May.EDIT_REGISTER])
