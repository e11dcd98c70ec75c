"""Write to everybody who takes a seat: read the letter first, then send it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.utils import timezone

from gelingen.boards import inviting, notices, seen
from gelingen.boards.minutes import Agenda, agenda_of
from gelingen.config.day import today
from gelingen.documents import write
from gelingen.errors import UserError
from gelingen.jobs import send_mail
from gelingen.post.commands import can_send
from gelingen.reports.boards.invitation import invitation
from gelingen.terms.boards import MeetingState, NoticeKind
from gelingen.terms.spelling import day
from gelingen.web.boards.meetings.views import require_leads
from gelingen.web.boards.papers import enclosures
from gelingen.web.boards.papers.enclosures import Offered
from gelingen.web.pages import StaffRequest, address, done, page, sentence_of, staff, whole_address

if TYPE_CHECKING:
    from gelingen.boards.models import Meeting

_PREVIEW = "vorschau"
_NEEDED = {"required": "Bitte ausfüllen."}


class LetterForm(forms.Form):
    """Die Worte des Schreibens."""

    subject = forms.CharField(label="Betreff", max_length=200, error_messages=_NEEDED)
    text = forms.CharField(
        label="Text",
        max_length=5000,
        error_messages=_NEEDED,
        help_text="Tag, Ort und Tagesordnung stehen von selbst darunter.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    closed = forms.BooleanField(
        label="Nichtöffentliche Punkte mitschicken",
        required=False,
        help_text="Nur an das Postfach eines Kontos, das sie sehen darf. Alle anderen lesen sie "
        "nach der Anmeldung auf der Seite der Sitzung.",
    )
    along = forms.MultipleChoiceField(
        label="Mitschicken",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nichtöffentliches bekommt nur, wer es sehen darf, und nur mit dem Häkchen "
        "darüber. Alles liegt auch auf der Seite der Sitzung.",
    )
    stand = forms.IntegerField(widget=forms.HiddenInput)

    def words(self) -> inviting.Words:
        """Give the words as they stand in the form, right or not."""
        return inviting.Words(*(str(self[name].value() or "") for name in inviting.Words._fields))


@staff
def letter(request: StaffRequest, record: str) -> HttpResponse:
    """Show whom one would write to and what they would read; then write the letters."""
    found = seen.get_meeting(request.user, request.tenant, record)
    require_leads(request, found.body)
    read, now = agenda_of(request.user, found), notices.due(found)
    offered = [] if found.state == MeetingState.CANCELLED else enclosures.offered(request, read)
    form = _form(request, read, now, offered)
    chosen = _chosen(form, offered)
    sends = request.method == "POST" and _PREVIEW not in request.POST
    if sends and form.is_valid():
        answer = _sent(request, read, form, chosen)
        if answer is not None:
            return answer
    whom = notices.addressees(request.user, found, now, on=today())
    kind = now.kind or NoticeKind.INVITATION
    closed = bool(form["closed"].value()) if "closed" in form.fields else False
    named = enclosures.titles(chosen, closed=closed)
    example = inviting.letter(
        read, form.words(), kind, closed=closed, page=_page(request, found), along=named
    )
    return page(
        request,
        "meetings/papers/letter.html",
        meeting=found,
        title=kind.label if now.kind else "Schreiben",
        now=now,
        form=form,
        whom=whom,
        number=whom.number,
        example={"subject": example.subject, "plain": example.plain()},
        can_send=can_send(),
        calls_off=kind is NoticeKind.CANCELLATION,
    )


def _chosen(form: LetterForm, offered: Sequence[Offered]) -> list[Offered]:
    """Give what is ticked of what can go along; nothing where nothing can."""
    ticked = form["along"].value() or () if "along" in form.fields else ()
    return [one for one in offered if one.name in ticked]


def _form(
    request: StaffRequest, read: Agenda, now: notices.Due, offered: Sequence[Offered]
) -> LetterForm:
    start = {**inviting.proposed(read.meeting, now)._asdict(), "stand": read.meeting.version}
    form = LetterForm(request.POST if request.method == "POST" else None, initial=start)
    if not read.closed or now.kind is NoticeKind.CANCELLATION:
        del form.fields["closed"]
    if offered:
        form.fields["along"].choices = [(one.name, one.label) for one in offered]  # type: ignore[attr-defined]
        form.initial["along"] = [one.name for one in offered]
    else:
        del form.fields["along"]
    return form


def _sent(
    request: StaffRequest, read: Agenda, form: LetterForm, chosen: Sequence[Offered]
) -> HttpResponse | None:
    """Send the letters; what is refused goes back into the form."""
    found, closed = read.meeting, bool(form.cleaned_data.get("closed"))
    try:
        number = inviting.send(
            actor=request.user,
            agenda=read,
            words=form.words(),
            papers=_papers(read, closed=closed),
            closed=closed,
            page=_page(request, found),
            version=form.cleaned_data["stand"],
            on=today(),
            at=timezone.now(),
            extras=enclosures.extras(request, chosen),
        )
    except UserError as error:
        form.add_error(None, sentence_of(error))
        return None
    send_mail.enqueue()
    return done(request, _said(found, number), to="meeting", record=found.key)


def _page(request: StaffRequest, found: "Meeting") -> str:
    """Give the address of the meeting, as a letter names it."""
    return whole_address(request, address(request, "meeting", record=found.key))


def _papers(read: Agenda, *, closed: bool) -> inviting.Papers | None:
    """Set the invitation, once for all who get it; a cancellation needs none."""
    if read.meeting.state == MeetingState.CANCELLED:
        return None
    versions = [
        write(invitation(read, full=full, on=today()), "pdf")
        for full in ((False, True) if closed else (False,))
    ]
    return inviting.Papers(*versions)


def _said(found: "Meeting", number: int) -> str:
    if not number:
        return f"Vermerkt: {found.body}, {day(found.day)}. Postfächer gibt es keine."
    many = "Eine Nachricht liegt" if number == 1 else f"{number} Nachrichten liegen"
    ending = "und wird gesendet" if number == 1 else "und werden gesendet"
    return f"{many} im Postausgang{f' {ending}' if can_send() else ''}."
