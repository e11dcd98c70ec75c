"""Answers taken at the desk: by telephone, or typed from a paper form."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gelingen.config.day import today
from gelingen.surveys import answering, on_behalf
from gelingen.surveys.queries import get_survey
from gelingen.terms.surveys import Channel, Language
from gelingen.web.answer import carried, stored
from gelingen.web.answer.doors import DeskRequest, Door
from gelingen.web.pages import StaffRequest, address, done, page, sentence_of, staff, tell

if TYPE_CHECKING:
    from gelingen.surveys.models import Invitation, Survey

P = ParamSpec("P")
get_or_post = require_http_methods(["GET", "HEAD", "POST"])
_OFFICE = "Integrationsstelle"
NAMED = {"start": "take-answer", "page": "take-page", "overview": "take-overview"}
NAMED |= {"thanks": "take-sent", "withdraw": "take-answer", "earlier": "take-answer"}
PAPER = {"start": "take-paper", "questions": "take-paper", "thanks": "take-paper-sent"}


class TakeForm(forms.Form):
    """Auf welchem Weg die Antwort kommt, und wer sie aufnimmt."""

    channel = forms.ChoiceField(
        label="Wie kommt die Antwort?",
        choices=[(one.value, one.label) for one in (Channel.PHONE, Channel.PAPER)],
        initial=Channel.PHONE.value,
        widget=forms.RadioSelect,
    )
    taken_by = forms.CharField(
        label="Wer nimmt auf?",
        help_text="Eine Funktion, kein Name.",
        max_length=200,
        initial=_OFFICE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _at_desk(
    view: Callable[Concatenate[DeskRequest, P], HttpResponse],
) -> Callable[..., HttpResponseBase]:
    """Let whoever may ask go through the pages for somebody whose answer was begun at the desk."""

    @staff
    def guarded(
        request: StaffRequest, /, survey: str, invitation: int, **values: object
    ) -> HttpResponse:
        found, invited = _found(request, survey, invitation)
        response = answering.response_to(invited)
        names = {"tenant": request.tenant.key, "survey": survey, "invitation": invitation}
        if response is None or response.channel not in on_behalf.AT_DESK:
            begin = address(request, "take-answer", survey=survey, invitation=invitation)
            return HttpResponseRedirect(begin)
        channel = Channel.of(response.channel)
        if request.method == "POST":  # looking is possible afterwards, correcting is not
            on_behalf.require_desk(found, channel, on=today())
        door = Door(found, Language.DE, NAMED, names, invited, channel, response.taken_by)
        # That the address table fits the view, no type can say.
        return view(_through(request, door), **values)  # type: ignore[arg-type, call-arg]

    return wraps(view)(guarded)


def _through(request: StaffRequest, door: Door) -> DeskRequest:
    request.door = door  # type: ignore[attr-defined]  # so it becomes one through a door
    return cast("DeskRequest", request)


def _found(request: StaffRequest, survey: str, invitation: int) -> "tuple[Survey, Invitation]":
    found = get_survey(request.user, request.tenant, survey)
    return found, answering.get_invitation(request.user, found, invitation)


@staff
def take(request: StaffRequest, survey: str, invitation: int) -> HttpResponse:
    """Begin with the answer of somebody who telephones or has sent a paper form."""
    found, invited = _found(request, survey, invitation)
    form = TakeForm(request.POST or None)
    if form.is_valid():
        try:
            on_behalf.begin_on_behalf(
                request.user,
                invited,
                channel=Channel.of(form.cleaned_data["channel"]),
                taken_by=form.cleaned_data["taken_by"],
                on=today(),
                at=timezone.now(),
            )
        except on_behalf.NotOnBehalfError as error:
            form.add_error(None, sentence_of(error))
        else:
            values = {"tenant": request.tenant.key, "survey": survey, "invitation": invitation}
            door = Door(found, Language.DE, NAMED, values, invited, Channel.PHONE)
            return HttpResponseRedirect(stored.first(door))
    return page(request, "answer/take.html", form=form, survey=found, invitation=invited)


@_at_desk
@get_or_post
def take_page(request: DeskRequest, page: int) -> HttpResponse:
    """Show a page of questions, or save it and go on."""
    return stored.page(request, page)


@_at_desk
@get_or_post
def take_overview(request: DeskRequest) -> HttpResponse:
    """Show all answers before they are sent, and afterwards; or send them."""
    return stored.overview(request)


@staff
def take_sent(request: StaffRequest, survey: str, invitation: int) -> HttpResponse:
    """Confirm that the answer is there."""
    _, invited = _found(request, survey, invitation)
    message = f"Antwort aufgenommen: {invited}."
    way = address(request, "take-overview", survey=survey, invitation=invitation)
    tell(request, message)
    return HttpResponseRedirect(way)


@staff
def take_paper(request: StaffRequest, survey: str) -> HttpResponse:
    """Type a paper form that belongs to no invitation: pages, then all, then it is kept."""
    found = get_survey(request.user, request.tenant, survey)
    on_behalf.require_desk(found, Channel.PAPER, on=today())
    values = {"tenant": request.tenant.key, "survey": survey}
    door = Door(found, Language.DE, PAPER, values, None, Channel.PAPER, _OFFICE)
    through = _through(request, door)
    return carried.questions(through) if request.method == "POST" else carried.begin(through)


@staff
def take_paper_sent(request: StaffRequest, survey: str) -> HttpResponse:
    """Confirm that the form is there, and offer the next one."""
    get_survey(request.user, request.tenant, survey)
    return done(request, "Papierbogen aufgenommen.", to="take-paper", survey=survey)
