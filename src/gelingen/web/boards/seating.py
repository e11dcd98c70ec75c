"""Who takes a seat: fill it anew, free it, connect an account."""

from django import forms
from django.http import HttpResponse, HttpResponseRedirect

from gelingen.access.policy import May, allowed_in, require
from gelingen.access.rights import people
from gelingen.boards.queries import SeatLine, get_tenure, seat_line
from gelingen.boards.seats import Taking, connect, plan_filling, plan_freeing, stamp_of
from gelingen.config.day import today
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.register.steps import Plan, carry_out
from gelingen.terms.spelling import day
from gelingen.web.boards.sheet import seat_name, who
from gelingen.web.narrowing import DAY_TYPING, DayField, LastDayField
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    came_from,
    page,
    sentence_of,
    staff,
    tell,
)

STALE = "Inzwischen hat jemand diesen Sitz geändert. Bitte ansehen und noch einmal speichern."


class SeatForm(forms.Form):
    """Ein Formular zu einem Sitz; `stand` sagt, welchen Stand die Person sah."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)


class FillForm(SeatForm):
    """Wer den Sitz nun einnimmt."""

    function = forms.CharField(
        label="Funktion",
        max_length=200,
        help_text="Zum Beispiel: Leitung Sozialamt. Die Funktion genügt.",
    )
    starts = DayField(label="Ab wann")
    ends = LastDayField(
        label="Letzter Tag der Amtszeit",
        required=False,
        help_text="Leer, wenn kein Ende bekannt ist.",
        widget=forms.DateInput(attrs=DAY_TYPING),
    )
    holder = forms.CharField(
        label="Name",
        max_length=200,
        required=False,
        help_text="Nur, wenn das Gremium öffentlich besetzt ist.",
    )
    mailbox = forms.EmailField(
        label="Postfach", required=False, help_text="Für Einladungen, möglichst der Funktion."
    )

    def plan(self, line: SeatLine) -> Plan:
        """Say what would happen."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "stand"}
        return plan_filling(line, Taking(**given))


class FreeForm(SeatForm):
    """Ab wann der Sitz frei ist."""

    since = LastDayField(label="Letzter Tag auf dem Sitz")

    def plan(self, line: SeatLine) -> Plan:
        """Say what would happen."""
        return plan_freeing(line, since=self.cleaned_data["since"])


class AccountForm(forms.Form):
    """Welches Konto zu der Person auf dem Sitz gehört."""

    stand = forms.IntegerField(required=False, widget=forms.HiddenInput)
    account = forms.CharField(
        label="Konto",
        required=False,
        max_length=150,
        help_text="Anmeldename. Leer: kein Konto.",
        widget=forms.TextInput(attrs={"list": "konten", "autocomplete": "off"}),
    )


@staff
def fill(request: StaffRequest, record: str) -> HttpResponse:
    """Ask who takes a seat now, and write it together with the end of who took it before."""
    return _ask(request, record, FillForm, "Neu besetzen")


@staff
def free(request: StaffRequest, record: str) -> HttpResponse:
    """Ask until when a seat is taken, and write it."""
    return _ask(request, record, FreeForm, "Sitz wird frei")


def _ask(
    request: StaffRequest, record: str, kind: type[FillForm] | type[FreeForm], title: str
) -> HttpResponse:
    require(request.user, May.EDIT_BOARDS, request.tenant)
    line = seat_line(request.user, request.tenant, record, on=today())
    back = came_from(request, address(request, "seat", record=record))
    begin = {"stand": stamp_of(line), "starts": day(today())}
    form = kind(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            plan = form.plan(line)
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            if batch := _written(request, form, line, plan):
                said = " ".join((f"Gespeichert: {plan.sentence}", *plan.stays))
                tell(request, said, undo=batch)
                return HttpResponseRedirect(back)
    return page(
        request,
        "boards/seat_form.html",
        form=form,
        seat=line.seat,
        name=seat_name(line.seat),
        title=title,
        answer=f"{line.seat.body}, {seat_name(line.seat)}: {who(line)}.",
        back=back,
    )


def _written(request: StaffRequest, form: FillForm | FreeForm, line: SeatLine, plan: Plan) -> str:
    """Write a plan, unless the person saw something older; gives the undertaking, or ""."""
    try:
        if form.cleaned_data["stand"] not in ("", stamp_of(line)):
            form.add_error(None, STALE)
        else:
            return carry_out(actor=request.user, plan=plan)
    except LostUpdateError:
        form.add_error(None, STALE)
    except REFUSALS as error:
        form.add_error(None, sentence_of(error))
    now = seat_line(request.user, request.tenant, line.seat.key, on=today())
    form.data = {**{name: form.data[name] for name in form.data}, "stand": stamp_of(now)}
    return ""


@staff
def account(request: StaffRequest, record: str) -> HttpResponse:
    """Say which account belongs to who takes a seat; only who leads all bodies may."""
    require(request.user, May.EDIT_BOARDS, request.tenant)
    tenure = get_tenure(request.user, request.tenant, record)
    back = came_from(request, address(request, "seat", record=tenure.seat.key))
    begin = {"stand": tenure.version, "account": tenure.person}
    form = AccountForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        batch, name = new_batch(), form.cleaned_data["account"]
        try:
            connect(
                actor=request.user, tenure=tenure, account=name, on=today(), batch=batch,
                version=form.cleaned_data["stand"],
            )  # fmt: skip
        except REFUSALS as error:
            form.add_error("account", sentence_of(error))
        else:
            done = f"hat nun das Konto {name}" if name else "hat nun kein Konto"
            tell(request, f"Gespeichert: {tenure.function} {done}.", undo=batch)
            return HttpResponseRedirect(back)
    return page(
        request,
        "boards/seat_form.html",
        form=form,
        seat=tenure.seat,
        name=seat_name(tenure.seat),
        title=f"Konto: {tenure.function}",
        answer=(
            "Wer mit diesem Konto anmeldet ist, sieht Nichtöffentliches dieses Gremiums. Vorsitz, "
            "Stellvertretung und Geschäftsführung leiten es. Beides endet mit der Amtszeit."
        ),
        accounts=_accounts(request),
        back=back,
    )


def _accounts(request: StaffRequest) -> list[str]:
    """Name the accounts to whoever may see them."""
    if not allowed_in(request.user, May.VIEW_PEOPLE, request.tenant):
        return []
    found = people(request.user, request.tenant, on=today())
    return [one.user.username for one in found if one.held]
