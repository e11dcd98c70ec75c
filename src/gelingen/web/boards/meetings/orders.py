"""Action points over all bodies: who does what until when, done and confirmed."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, allowed_in
from gelingen.boards import actions, meetings, seen
from gelingen.boards.actions import Standing
from gelingen.config.day import today
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.terms.spelling import day, last_day
from gelingen.web.boards.meetings.forms import ActionForm, BothVersions, action_values
from gelingen.web.boards.meetings.views import require_leads
from gelingen.web.boards.tabs import tabs
from gelingen.web.lists import chosen_page
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
from gelingen.web.shell import Link
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from gelingen.boards.models import ActionPoint, AgendaItem, Body

_LABELS = {
    Standing.OPEN: "Offen",
    Standing.OVERDUE: "Überfällig",
    Standing.MINE: "Meine",
    Standing.TO_CONFIRM: "Zu bestätigen",
    Standing.ALL: "Alle",
}


class Line:
    """An action point in the list, with what the person may do with it."""

    def __init__(self, request: StaffRequest, one: "ActionPoint", led: set[int]) -> None:
        person = request.user
        self.action = one
        self.leads = one.body_id in led
        reports = self.leads or one.person_id == person.pk
        self.may_report = reports and one.done is None
        self.may_confirm = (
            self.leads and bool(one.done) and not one.confirmed and one.done_by != str(person)
        )
        self.may_open = bool(one.done) and (self.leads if one.confirmed else reports)
        self.may_change = self.leads and not one.confirmed
        self.late = one.done is None and one.due is not None and one.due <= today()

    @property
    def until(self) -> str:
        """Last day on which it is to be done; "" without one."""
        return day(last_day(self.action.due)) if self.action.due else ""


@staff
def action_list(request: StaffRequest) -> HttpResponse:
    """List action points of all bodies; the address says how they stand."""
    asked = request.GET.get("stand", "")
    standing = Standing(asked) if asked in set(Standing) else Standing.OPEN
    found = list(actions.listed(request.user, request.tenant, standing, on=today()))
    led = {one.pk for one in meetings.led(request.user, request.tenant)}
    leaf = chosen_page(request, found)
    here = address(request, "actions")
    return page(
        request,
        "meetings/actions.html",
        tabs=tabs(request, "actions"),
        ways=[Link(_LABELS[one], f"{here}?stand={one}", one is standing) for one in Standing],
        lines=[Line(request, one, led) for one in leaf],
        leaf=leaf,
        label=_LABELS[standing],
        standing=standing.value,
        answer=f"{counted(len(found), 'Auftrag', 'Aufträge')}." if found else "",
    )


def _form(
    request: StaffRequest,
    body: "Body",
    edited: BothVersions | None = None,
    *,
    of: "ActionPoint | None" = None,
) -> ActionForm:
    people = actions.accounts(request.user, body, on=today())
    # Who has it to do can keep it, also without a seat.
    if of is not None and of.person is not None and of.person not in people:
        people = [*people, of.person]
    if edited is None:
        return ActionForm(request.POST or None, accounts=people)
    return ActionForm(edited.data, accounts=people, initial=edited.initial())


def _back(request: StaffRequest, item: "AgendaItem | None") -> str:
    """Address of the minutes in which an action point stands, else of the list."""
    if item is None or item.meeting is None:
        return came_from(request, address(request, "actions"))
    there = address(request, "minutes", record=item.meeting.key)
    return came_from(request, f"{there}#punkt-{item.key}")


@staff
def new(request: StaffRequest, record: str) -> HttpResponse:
    """Give somebody something to do that follows from an item."""
    item = seen.get_item(request.user, request.tenant, record)
    require_leads(request, item.body)
    form = _form(request, item.body)
    back = _back(request, item)
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            actions.new_action(
                actor=request.user, body=item.body, item=item, given=form.given(), batch=batch
            )
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            tell(request, "Auftrag eingetragen.", undo=batch)
            return HttpResponseRedirect(back)
    return page(
        request, "meetings/action.html", form=form, title="Auftrag eintragen", back=back,
        about=item.title,
    )  # fmt: skip


@staff
def edit(request: StaffRequest, record: str) -> HttpResponse:
    """Change an action point."""
    found = seen.get_action(request.user, request.tenant, record)
    require_leads(request, found.body)
    back = came_from(request, address(request, "actions"))
    edited = BothVersions(
        request, action_values(found), stand=str(found.version),
        at=lambda stand: _at(found, stand),
    )  # fmt: skip
    form = _form(request, found.body, edited, of=found)
    if edited.stale:
        return edited.versions(form, thing=found.text, back=back)
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            actions.change_action(actor=request.user, action=found, given=form.given(), batch=batch)
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            edited.saved()
            tell(request, "Gespeichert.", undo=batch)
            return HttpResponseRedirect(back)
    return page(
        request, "meetings/action.html", form=form, title="Auftrag ändern", back=back,
        draft=edited.draft, action=found, about=found.item.title if found.item else "",
    )  # fmt: skip


def _at(found: "ActionPoint", stand: str) -> dict[str, list[str]] | None:
    before = seen.earlier(found, stand)
    return action_values(before) if before else None


def _act(request: StaffRequest, record: str, said: str, deed: Callable[..., None]) -> HttpResponse:
    """Do something with an action point and go back to the list."""
    found = seen.get_action(request.user, request.tenant, record)
    back = came_from(request, address(request, "actions"))
    batch = new_batch()
    try:
        deed(actor=request.user, action=found, batch=batch)
    except (*REFUSALS, LostUpdateError) as error:
        tell(request, sentence_of(error))
    else:
        # Who only has it to do takes it back with "Doch offen": no undertaking is theirs.
        undo = batch if _undoes(request, found.body) else ""
        tell(request, said, undo=undo)
    return HttpResponseRedirect(back)


def _undoes(request: StaffRequest, body: "Body") -> bool:
    return allowed_in(request.user, May.EDIT_BOARDS, request.tenant) or seen.leads(
        request.user, body
    )


@staff
@require_POST
def report(request: StaffRequest, record: str) -> HttpResponse:
    """Say that it is done."""

    def deed(**given: object) -> None:
        actions.say_done(on=today(), **given)  # type: ignore[arg-type]  # as `_act` gives it

    return _act(request, record, "Als getan gemeldet; bestätigen muss es jemand anders.", deed)


@staff
@require_POST
def reopen(request: StaffRequest, record: str) -> HttpResponse:
    """Say that it is not done after all."""
    return _act(request, record, "Wieder offen.", actions.say_open)


@staff
@require_POST
def confirm(request: StaffRequest, record: str) -> HttpResponse:
    """Confirm that it is done."""

    def deed(**given: object) -> None:
        actions.confirm(on=today(), **given)  # type: ignore[arg-type]  # as `_act` gives it

    return _act(request, record, "Bestätigt.", deed)


@staff
@require_POST
def remove(request: StaffRequest, record: str) -> HttpResponse:
    """Delete an action point; it can be brought back."""
    return _act(request, record, "Auftrag gelöscht.", actions.remove_action)
