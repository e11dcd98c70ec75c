"""Minutes, written while the meeting is under way: every item is a form that saves by itself.

What is typed is sent a moment later (htmx) and stored in the item itself; without script each item
has a button. All that one person types into one item on one page is one undertaking, so taking it
back takes all of it back. Two people who write the same item get both versions side by side.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from gelingen.boards import actions, minuting, seen
from gelingen.boards.minutes import Item, Minutes, Place, minutes_of, places_of
from gelingen.config.day import today
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.terms.boards import MeetingState, MinutesState, Presence
from gelingen.terms.spelling import day
from gelingen.web.boards.meetings.forms import (
    ActionForm,
    BothVersions,
    ReasonForm,
    SaidForm,
    said_values,
    texts,
)
from gelingen.web.boards.meetings.views import require_leads, with_origins
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    done,
    page,
    sentence_of,
    staff,
    tell,
)
from gelingen.web.shell import Link
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from gelingen.boards.models import AgendaItem, Meeting

UNDERTAKING = "vorgang"
_SAID = ("course", "result", "resolution", "yes", "no", "abstain", "dissent")
_STALE = "Inzwischen hat jemand anders diesen Punkt geändert. „Speichern“ zeigt beide Fassungen."


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of the minutes; for who writes with its forms.

    `mark` is the sealed number of the undertaking into which the item saves.
    """

    item: Item
    origin: Link | None
    hint: str
    form: SaidForm | None = None
    action: ActionForm | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A seat in the list of who is there; `was` is what stood there when the page was shown."""

    place: Place

    @property
    def presence(self) -> str:
        """Code of what is noted; "" for nothing."""
        return self.place.presence.value if self.place.presence else ""

    @property
    def was(self) -> str:
        """Give what is noted as one text."""
        return f"{self.presence}|{self.place.stand_in}"


@staff
def minutes(request: StaffRequest, record: str) -> HttpResponse:
    """Show the minutes: to read, or for who leads the body to write."""
    return shown(request, seen.get_meeting(request.user, request.tenant, record))


def shown(
    request: StaffRequest, found: "Meeting", *, reason: ReasonForm | None = None
) -> HttpResponse:
    """Show the minutes, perhaps with a reason that was refused."""
    read = minutes_of(request.user, found)
    leads = seen.leads(request.user, found.body)
    fixed = found.minutes == MinutesState.APPROVED or found.state == MeetingState.CANCELLED
    writes = leads and not fixed
    answer = page(
        request,
        "meetings/minutes.html",
        meeting=found,
        title=f"{found.body}, {day(found.day)}: Niederschrift",
        answer=_answer(found),
        read=read,
        leads=leads,
        writes=writes,
        public=_entries(request, read, read.public, writes=writes),
        closed=_entries(request, read, read.closed or (), writes=writes),
        rows=[Row(one) for one in read.places or ()] if writes else [],
        presences=Presence.choices(),
        may_close=writes and found.state != MeetingState.HELD,
        may_reopen=leads and found.minutes == MinutesState.APPROVED,
        reopening=reason or ReasonForm(),
    )
    if reason is not None:
        answer.status_code = 422
    return answer


def _answer(found: "Meeting") -> str:
    if found.minutes == MinutesState.APPROVED and found.approved_in:
        return f"Genehmigt in der Sitzung am {day(found.approved_in.day)}."
    if found.minutes == MinutesState.NONE:
        return "Noch keine Niederschrift."
    return f"{found.get_minutes_display()}, noch nicht genehmigt."


def _entries(
    request: StaffRequest, read: Minutes, items: Sequence[Item], *, writes: bool
) -> list[Entry]:
    places = read.places or ()
    people = actions.accounts(request.user, read.meeting.body, on=today()) if writes else []
    entries = []
    for one, origin in with_origins(request, items):
        hint = minuting.vote_hint(places, one.yes, one.no, one.abstain)
        if not writes:
            entries.append(Entry(one, origin, hint))
            continue
        start = {
            name: given[-1]
            for name, given in texts({name: getattr(one, name) for name in _SAID}).items()
            if given
        }
        form = SaidForm(initial={**start, "stand": one.version}, auto_id=f"punkt{one.number}_%s")
        action = ActionForm(accounts=people, auto_id=f"auftrag{one.number}_%s")
        entries.append(Entry(one, origin, hint, form, action, _sealed(request, one.key)))
    return entries


def _salt(request: StaffRequest, key: str) -> str:
    return f"minutes {request.user.pk} {key}"


def _sealed(request: StaffRequest, key: str) -> str:
    return signing.dumps(new_batch(), salt=_salt(request, key))


def _undertaking(request: StaffRequest, key: str) -> str:
    """Give the undertaking of the page on which is written; a new one without its seal."""
    try:
        return str(signing.loads(request.POST.get(UNDERTAKING, ""), salt=_salt(request, key)))
    except signing.BadSignature:
        return new_batch()


@staff
def write(request: StaffRequest, record: str) -> HttpResponse:
    """Keep what was typed into one item."""
    found = seen.get_item(request.user, request.tenant, record)
    require_leads(request, found.body)
    if found.meeting is None:
        return HttpResponseRedirect(address(request, "agenda-item", record=record))
    there = f"{address(request, 'minutes', record=found.meeting.key)}#punkt-{found.key}"
    edited = BothVersions(
        request, said_values(found), stand=str(found.version), at=lambda stand: _at(found, stand)
    )
    form = SaidForm(edited.data, initial=edited.initial())
    if request.method != "POST":
        return _alone(request, found, form, there)
    stale = edited.stale and not _is_own(request, found, form)
    if stale and not request.htmx:
        return edited.versions(form, thing=found.title, back=there)
    wrong, batch = (_STALE, "") if stale else _kept(request, found, form)
    if request.htmx:
        return _told(request, found, wrong=wrong, batch=batch)
    if not wrong:
        tell(request, "Gespeichert.", undo=batch)
        return HttpResponseRedirect(there)
    return _alone(request, found, form, there, wrong=wrong)


def _is_own(request: StaffRequest, found: "AgendaItem", form: SaidForm) -> bool:
    """Whether nobody else wrote since: an answer to this very page got lost, or comes too late."""
    stand, mine = request.POST.get("stand", ""), _undertaking(request, found.key)
    if stand.isdecimal() and minuting.written_only_in(mine, found, since=int(stand)):
        return True
    return form.is_valid() and minuting.says(found, form.said())


def _alone(
    request: StaffRequest, found: "AgendaItem", form: SaidForm, back: str, *, wrong: str = ""
) -> HttpResponse:
    """Show the form of one item by itself."""
    answer = page(request, "meetings/said.html", item=found, form=form, back=back, wrong=wrong)
    if wrong:
        answer.status_code = 422
    return answer


def _kept(request: StaffRequest, found: "AgendaItem", form: SaidForm) -> tuple[str, str]:
    """Store what was typed; gives what is wrong, and the undertaking if anything changed."""
    if not form.is_valid():
        told = (f"{form[name].label}: {errors[0]}" for name, errors in form.errors.items())
        return " ".join(told), ""
    said = form.said()
    if texts({name: getattr(said, name) for name in _SAID}) == said_values(found):
        return "", ""
    try:
        batch = minuting.write_item(
            actor=request.user, item=found, said=said, batch=_undertaking(request, found.key)
        )
    except LostUpdateError:
        return _STALE, ""
    except REFUSALS as error:
        return sentence_of(error), ""
    return "", batch


def _told(
    request: StaffRequest, found: "AgendaItem", *, wrong: str = "", batch: str = ""
) -> HttpResponse:
    """Say beside the form what became of what was typed."""
    places = places_of(found.meeting) if found.meeting and not wrong else ()
    return page(
        request,
        "meetings/saved.html",
        item=found,
        wrong=wrong,
        batch=batch,
        at=timezone.localtime(),
        hint=minuting.vote_hint(places, found.yes, found.no, found.abstain),
    )


def _at(found: "AgendaItem", stand: str) -> dict[str, list[str]] | None:
    before = seen.earlier(found, stand)
    return said_values(before) if before else None


@staff
@require_POST
def attendance(request: StaffRequest, record: str) -> HttpResponse:
    """Note who was there; only what the person changed is written."""
    found = seen.get_meeting(request.user, request.tenant, record)
    require_leads(request, found.body)
    rows = [Row(one) for one in places_of(found)]
    fill = "alle" in request.POST
    noted: dict[str, tuple[str, str]] = {}
    clash = False
    for row in rows:
        sent = _sent(request, row, fill=fill)
        if sent is None or f"{sent[0]}|{sent[1]}" == row.was:
            continue
        if request.POST.get(f"war-{row.place.seat}", row.was) != row.was:
            clash = True
            continue
        noted[row.place.seat] = sent
    there = f"{address(request, 'minutes', record=record)}#anwesenheit"
    batch = ""
    if noted:
        batch = minuting.note_attendance(actor=request.user, meeting=found, noted=noted)
    said = "Anwesenheit gespeichert." if noted else "Nichts geändert."
    if clash:
        said = f"{said} Inzwischen hat jemand anders etwas eingetragen; das steht jetzt da."
    tell(request, said, undo=batch)
    return HttpResponseRedirect(there)


def _sent(request: StaffRequest, row: Row, *, fill: bool) -> tuple[str, str] | None:
    """Give presence and function as sent for a seat; None where nothing is to be noted."""
    seat = row.place.seat
    if f"da-{seat}" not in request.POST and not fill:
        return None
    presence = request.POST.get(f"da-{seat}", row.presence)
    function = request.POST.get(f"wer-{seat}", row.place.stand_in).strip()[:200]
    if not presence and function and function != row.place.stand_in:
        # Whoever types who stands in has said that the seat is represented.
        presence = Presence.DEPUTY.value
    if fill and not presence and not row.place.vacant:
        presence = Presence.PRESENT.value
    known = presence in {one.value for one in Presence}
    return (presence, function) if known else ("", "")


@staff
@require_POST
def close(request: StaffRequest, record: str) -> HttpResponse:
    """Say that a meeting took place; what is unfinished goes on by itself."""
    found = seen.get_meeting(request.user, request.tenant, record)
    require_leads(request, found.body)
    batch = new_batch()
    try:
        number, target = minuting.close_meeting(actor=request.user, meeting=found, batch=batch)
    except (*REFUSALS, LostUpdateError) as error:
        tell(request, sentence_of(error))
        return HttpResponseRedirect(address(request, "meeting", record=record))
    said = "Sitzung abgeschlossen."
    if number:
        many = counted(number, "unerledigter Punkt steht", "unerledigte Punkte stehen")
        where = f"auf der Tagesordnung am {day(target.day)}" if target else "im Themenspeicher"
        said = f"{said} {many[:1].upper()}{many[1:]} nun {where}."
    return done(request, said, to="meeting", undo=batch, record=record)


@staff
@require_POST
def approve(request: StaffRequest, record: str) -> HttpResponse:
    """Approve the minutes of an earlier meeting; the address names the one that approves."""
    at = seen.get_meeting(request.user, request.tenant, record)
    found = seen.get_meeting(request.user, request.tenant, request.POST.get("niederschrift", ""))
    require_leads(request, found.body)
    batch = new_batch()
    minuting.approve(actor=request.user, meeting=found, at=at, on=today(), batch=batch)
    said = f"Genehmigt: Niederschrift vom {day(found.day)}."
    return done(request, said, to="meeting", undo=batch, record=record)


@staff
@require_POST
def reopen(request: StaffRequest, record: str) -> HttpResponse:
    """Open approved minutes again, with a reason."""
    found = seen.get_meeting(request.user, request.tenant, record)
    require_leads(request, found.body)
    form = ReasonForm(request.POST)
    if form.is_valid():
        batch = new_batch()
        reason = form.cleaned_data["reason"]
        try:
            minuting.reopen(actor=request.user, meeting=found, reason=reason, batch=batch)
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            said = "Die Niederschrift ist wieder offen und nicht mehr genehmigt."
            return done(request, said, to="minutes", undo=batch, record=record)
    return shown(request, found, reason=form)
