"""Send a survey: choose whom, read what they would read, remind, replace and withdraw links."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gelingen.config.day import today
from gelingen.errors import UserError
from gelingen.jobs import send_mail
from gelingen.places.queries import municipalities
from gelingen.post.commands import can_send
from gelingen.post.letters import with_link
from gelingen.surveys import reminding
from gelingen.surveys.answering import get_invitation
from gelingen.surveys.inviting import (
    Invitee,
    NotSentNowError,
    Sending,
    UnreadableLineError,
    candidates,
    invite,
    read_lines,
    refuse_unless_open,
)
from gelingen.surveys.languages import is_unchecked, languages_of
from gelingen.surveys.letters import INVITATION, REMINDER, Kind, Words, letter, proposed
from gelingen.surveys.queries import get_survey
from gelingen.surveys.watching import is_anonymous
from gelingen.topics.queries import topics
from gelingen.web.pages import StaffRequest, done, page, sentence_of, staff, whole_address
from gelingen.web.surveys import sending_kept as kept
from gelingen.web.surveys.sending_forms import (
    LetterForm,
    MailboxesForm,
    OrganisationsForm,
    ReminderForm,
    SoughtForm,
)
from gelingen.web.surveys.tabs import survey_tabs

if TYPE_CHECKING:
    from gelingen.surveys.models import Survey

_PREVIEW = "vorschau"


def _sending(request: HttpRequest) -> Sending:
    def link(token: str) -> str:
        return whole_address(request, reverse("survey-link", kwargs={"token": token}))

    return Sending(link, today(), timezone.now())


def closed_sentence(survey: "Survey") -> str:
    """Say why nobody can be invited today; "" if somebody can."""
    try:
        refuse_unless_open(survey, on=today())
    except NotSentNowError as error:
        return str(error)
    return ""


@staff
def invite_some(request: StaffRequest, record: str) -> HttpResponse:
    """Show whom one would invite and what they would read; then write the letters."""
    survey = get_survey(request.user, request.tenant, record)
    sought = _sought(request, survey)
    language, anew = sought.text("sprache"), kept.SEARCH in request.POST
    turned = request.method == "POST" and kept.turned(request, sought)
    found = [] if sought.typed else candidates(request.user, survey, sought.sought(), on=today())
    left = [one for one in found if one.mailbox and not one.invited]
    chosen = kept.ticked(request, left, anew=anew or turned)
    form = _form(request, survey, sought, left, anew=anew or turned)
    whom = _typed(form) if sought.typed else [one for one in left if one.organisation in chosen]
    sends = request.method == "POST" and not {_PREVIEW, kept.SEARCH} & request.POST.keys()
    if sends and not turned and form.is_valid():
        answer = _invited(request, survey, form, whom, language)
        if answer is not None:
            return answer
    return page(
        request,
        "surveys/sending/invite.html",
        survey=survey,
        tabs=survey_tabs(request, record, "survey-invite"),
        filters=sought,
        was_sought=kept.filters_of(sought),
        turned=sends and turned,
        form=form,
        typed=sought.typed,
        left=[(one, one.organisation in chosen) for one in left],
        off=kept.unticked(request, left),
        invited=[one for one in found if one.invited],
        silent=[one for one in found if not one.mailbox and not one.invited],
        number=len(whom),
        example=_example(survey, form.words(), language, INVITATION, whom[:1]),
        closed=closed_sentence(survey),
        can_send=can_send(),
        here=request.get_full_path(),
    )


def _sought(request: StaffRequest, survey: "Survey") -> SoughtForm:
    known, tenant = request.user, request.tenant
    return SoughtForm(
        request,
        topics=list(topics(known, tenant).values_list("key", "name")),
        places=list(municipalities(known, tenant).order_by("name").values_list("key", "name")),
        languages=languages_of(survey),
    )


def _form(
    request: StaffRequest,
    survey: "Survey",
    sought: SoughtForm,
    left: Sequence[Invitee],
    *,
    anew: bool,
) -> OrganisationsForm | MailboxesForm:
    """Give the form; shown anew it demands nothing of what was typed so far."""
    language = sought.text("sprache")
    given: dict[str, Any] = {"data": request.POST if request.method == "POST" else None}
    if anew:
        given = {"initial": kept.written(request, survey, language)}
    words = proposed(survey, language, INVITATION)
    if sought.typed:
        return MailboxesForm(words, language, **given)
    choices = [(one.organisation, one.name) for one in left]
    return OrganisationsForm(words, language, **given, choices=choices)


def _typed(form: LetterForm) -> list[Invitee]:
    """Read the lines of a form; a wrong one is said there."""
    if not form.is_bound or not form.data.get("lines"):
        return []
    try:
        return read_lines(form.data["lines"], group=form.data.get("group", "").strip())
    except UnreadableLineError as error:
        form.add_error("lines", str(error))
        return []


def _invited(
    request: StaffRequest, survey: "Survey", form: LetterForm, whom: list[Invitee], language: str
) -> HttpResponse | None:
    try:
        number = invite(
            request.user,
            survey,
            whom,
            words=form.words(),
            language=language,
            sending=_sending(request),
            # Lines without a group have that of the form already.
            group="" if "lines" in form.fields else form.cleaned_data["group"],
        )
    except UserError as error:
        form.add_error(None, sentence_of(error))
        return None
    send_mail.enqueue()
    return done(request, posted(number), to="survey-response", record=survey.key)


def posted(number: int) -> str:
    """Say that letters lie in the outbox."""
    many = "Eine Nachricht liegt" if number == 1 else f"{number} Nachrichten liegen"
    ending = "und wird gesendet" if number == 1 else "und werden gesendet"
    return f"{many} im Postausgang{f' {ending}' if can_send() else ''}."


def _example(
    survey: "Survey", words: Words, language: str, kind: Kind, whom: Sequence[Invitee] = ()
) -> dict[str, str]:
    """Show the letter as the first one would read it."""
    unchecked = is_unchecked(survey.tenant, language)
    written = letter(survey, words, language, kind, unchecked=unchecked)
    return {
        "to": whom[0].mailbox if whom else "",
        "subject": written.subject,
        "plain": with_link(written.plain(), ""),
    }


@staff
def remind(request: StaffRequest, record: str) -> HttpResponse:
    """Show how many would be reminded and what they would read; then write the letters."""
    survey = get_survey(request.user, request.tenant, record)
    due = reminding.due(request.user, survey, on=today())
    start = {one.value: proposed(survey, one, REMINDER) for one in languages_of(survey)}
    start = {language: words for language, words in start.items() if due[language]}
    form = ReminderForm(start, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and _PREVIEW not in request.POST and form.is_valid():
        try:
            number = reminding.remind(
                request.user, survey, words=form.words(), sending=_sending(request)
            )
        except UserError as error:
            form.add_error(None, sentence_of(error))
        else:
            send_mail.enqueue()
            return done(request, posted(number), to="survey-response", record=record)
    return page(
        request,
        "surveys/sending/remind.html",
        survey=survey,
        form=form,
        number=due.total(),
        examples=[
            _example(survey, words, language, REMINDER) for language, words in form.words().items()
        ],
        closed=closed_sentence(survey),
        anonymous=is_anonymous(survey),
        can_send=can_send(),
    )


@staff
def invitation(request: StaffRequest, record: str, invitation: int) -> HttpResponse:
    """Show one invitation; send a new link for a lost one."""
    survey = get_survey(request.user, request.tenant, record)
    found = get_invitation(request.user, survey, invitation)
    words = proposed(survey, found.language, INVITATION)
    form = LetterForm(
        words, found.language, data=request.POST if request.method == "POST" else None
    )
    if request.method == "POST" and form.is_valid():
        try:
            reminding.new_link(
                request.user, survey, invitation, words=form.words(), sending=_sending(request)
            )
        except UserError as error:
            form.add_error(None, sentence_of(error))
        else:
            send_mail.enqueue()
            return done(request, posted(1), to="survey-response", record=record)
    return page(
        request,
        "surveys/sending/invitation.html",
        survey=survey,
        invitation=found,
        form=form,
        anonymous=is_anonymous(survey),
        closed=closed_sentence(survey),
        can_send=can_send(),
    )


@staff
@require_POST
def withdraw(request: StaffRequest, record: str, invitation: int) -> HttpResponse:
    """Let a link open nothing any more."""
    survey = get_survey(request.user, request.tenant, record)
    found = reminding.withdraw_invitation(request.user, survey, invitation)
    return done(
        request, f"Zurückgezogen: Einladung an {found}.", to="survey-response", record=record
    )
