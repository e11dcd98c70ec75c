"""Feedback at the desk: a list, one with its answer, what is done with it."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gelingen.feedback import commands
from gelingen.feedback.queries import feedbacks as all_feedbacks
from gelingen.feedback.queries import get_feedback
from gelingen.jobs import send_mail
from gelingen.terms.feedback import FeedbackState
from gelingen.web.lists import Cell, Column, Listing, chosen_page
from gelingen.web.pages import REFUSALS, StaffRequest, address, done, page, sentence_of, staff
from gelingen.web.site.tabs import tabs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gelingen.feedback.models import Feedback

COLUMNS = (
    Column("Rückmeldung", wide=True),
    Column("Seite"),
    Column("Eingegangen"),
    Column("Stand"),
)
_START = 90
# Two forms on one page: of each name only one may be an identifier.
_BESIDE = "erledigen_%s"


class AnswerForm(forms.Form):
    """Was geantwortet wird; `stand` ist die Fassung, die die Person sah."""

    stand = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="Antwort",
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=commands.LONGEST,
        help_text="Geht als Nachricht an das genannte Postfach. Die Anrede „Guten Tag,“ steht "
        "schon darin, darunter steht noch einmal, was geschrieben wurde.",
    )


class CloseForm(forms.Form):
    """Warum es keine Antwort braucht."""

    stand = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label="Vermerk",
        required=False,
        max_length=500,
        help_text="Für die Kolleginnen und Kollegen. Zum Beispiel: Fehler auf der Seite behoben.",
    )


@staff
def feedbacks(request: StaffRequest) -> HttpResponse:
    """List what was said, what waits first."""
    found = all_feedbacks(request.user, request.tenant)
    leaf = chosen_page(request, found)
    return page(
        request,
        "feedback/feedbacks.html",
        tabs=tabs(request, "feedbacks"),
        answer=_answer(found),
        listing=Listing("Was noch wartet, zuerst", COLUMNS, [_row(request, one) for one in leaf]),
        leaf=leaf,
    )


def _answer(found: "Sequence[Feedback]") -> str:
    new = sum(one.state == FeedbackState.NEW for one in found)
    if not found:
        return ""
    if not new:
        return "Alles ist beantwortet oder erledigt."
    return "Eine Rückmeldung wartet." if new == 1 else f"{new} Rückmeldungen warten."


def _row(request: StaffRequest, one: "Feedback") -> tuple[Cell | str, ...]:
    said = " ".join(one.message.split())
    return (
        Cell(
            said if len(said) <= _START else f"{said[: _START - 1]}…",
            url=address(request, "feedback", record=one.pk),
            below="möchte eine Antwort" if one.mailbox else "",
        ),
        one.page or "–",
        f"{timezone.localtime(one.received):%d.%m.%Y}",
        FeedbackState.of(one.state).label,
    )


@staff
def feedback(request: StaffRequest, record: int) -> HttpResponse:
    """Show one feedback, and what can be done with it."""
    return _page(request, get_feedback(request.user, request.tenant, record))


def _page(
    request: StaffRequest,
    found: "Feedback",
    answering: AnswerForm | None = None,
    closing: CloseForm | None = None,
) -> HttpResponse:
    facts = [
        ("Seite", found.page),
        ("Eingegangen", f"{timezone.localtime(found.received):%d.%m.%Y, %H:%M} Uhr"),
        ("Stand", FeedbackState.of(found.state).label),
        ("Postfach", found.mailbox or "keines genannt"),
    ]
    if found.handled:
        facts.append(
            ("Erledigt", f"{timezone.localtime(found.handled):%d.%m.%Y} von {found.handled_by}")
        )
    begin = {"stand": found.version}
    bound = answering or closing
    return page(
        request,
        "feedback/feedback.html",
        found=found,
        facts=facts,
        waits=found.state == FeedbackState.NEW,
        answered=found.state == FeedbackState.ANSWERED,
        answering=answering or AnswerForm(initial=begin),
        closing=closing or CloseForm(initial=begin, auto_id=_BESIDE),
        # Where somebody was quicker the forms are gone; what was written must not be.
        late=bound and found.state != FeedbackState.NEW,
        written=bound.data.get("text") or bound.data.get("note") if bound else "",
        **({"form": bound} if bound else {}),
    )


@staff
@require_POST
def answer(request: StaffRequest, record: int) -> HttpResponse:
    """Send an answer."""
    found = get_feedback(request.user, request.tenant, record)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            commands.answer(
                actor=request.user,
                feedback=found,
                text=form.cleaned_data["text"],
                at=timezone.now(),
                version=form.cleaned_data["stand"],
            )
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            send_mail.enqueue()
            return done(request, "Die Antwort ist unterwegs.", to="feedbacks")
    return _page(request, get_feedback(request.user, request.tenant, record), answering=form)


@staff
@require_POST
def close(request: StaffRequest, record: int) -> HttpResponse:
    """Be done with a feedback without an answer."""
    found = get_feedback(request.user, request.tenant, record)
    form = CloseForm(request.POST, auto_id=_BESIDE)
    if form.is_valid():
        try:
            commands.close(
                actor=request.user,
                feedback=found,
                note=form.cleaned_data["note"],
                at=timezone.now(),
                version=form.cleaned_data["stand"],
            )
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            said = "Erledigt. Auf ihrer Seite lässt sich die Rückmeldung wieder öffnen."
            return done(request, said, to="feedback", record=record)
    return _page(request, get_feedback(request.user, request.tenant, record), closing=form)


@staff
@require_POST
def reopen(request: StaffRequest, record: int) -> HttpResponse:
    """Let a feedback wait again."""
    found = get_feedback(request.user, request.tenant, record)
    stand = request.POST.get("stand", "")
    try:
        commands.reopen(
            actor=request.user, feedback=found, version=int(stand) if stand.isdecimal() else None
        )
    except REFUSALS as error:
        messages.warning(request, sentence_of(error))
        return _page(request, found)
    return done(request, "Die Rückmeldung wartet wieder.", to="feedback", record=record)
