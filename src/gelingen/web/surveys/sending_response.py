"""How a survey goes: response, who is missing, where people stop; paper forms and the poster."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.timezone import localtime

from gelingen.access.policy import May, allowed_in
from gelingen.config.day import today
from gelingen.documents.qr import qr_code
from gelingen.errors import NotFoundError
from gelingen.surveys import watching
from gelingen.surveys.languages import direction_of, languages_of, tag_of
from gelingen.surveys.links import Closed, closed_why, open_token
from gelingen.surveys.on_behalf import taken
from gelingen.surveys.paper import paper_form
from gelingen.surveys.queries import get_survey
from gelingen.surveys.reminding import due
from gelingen.terms.spelling import day, last_day, percent
from gelingen.terms.surveys import OWN_NAMES, Channel, Language, SurveyState
from gelingen.web.lists import Cell, Column, Listing, chosen_page
from gelingen.web.pages import StaffRequest, address, page, staff, whole_address
from gelingen.web.surveys.sending import closed_sentence
from gelingen.web.surveys.tabs import survey_tabs

if TYPE_CHECKING:
    from gelingen.surveys.models import Survey

_GROUPS = (
    Column("Gruppe"),
    Column("Eingeladen", number=True),
    Column("Geantwortet", number=True),
    Column("Anteil", meaning="mit dem Bereich, in dem er ohne Zufall läge (Wilson, 95 %)"),
)
_LINK = (Column("Gruppe"), Column("Geantwortet", number=True))
_MISSING = (
    Column("Eingeladen"),
    Column("Gruppe"),
    Column("Wie weit"),
    Column("Eingeladen am"),
    Column("Erinnert am"),
    Column("Am Telefon"),
)
_PAGES = (
    Column("Seite"),
    Column("Erreicht", number=True),
    Column("Hier aufgehört", number=True),
)
_QUESTIONS = (
    Column("Frage"),
    Column("Beantwortet", number=True),
    Column("Ohne Antwort", number=True),
)
_TAKEN = (
    Column("Eingeladen"),
    Column("Weg"),
    Column("Aufgenommen von"),
    Column("Abgeschickt am"),
    Column("Antwort"),
)
_FEW = "zu wenige"
_DAYS = (Column("Tag"), Column("Antworten", number=True))


class NoOpenLinkError(NotFoundError):
    """The survey has no link that everybody may use."""


@staff
def response(request: StaffRequest, record: str) -> HttpResponse:
    """Show how the survey goes."""
    survey = get_survey(request.user, request.tenant, record)
    groups = watching.by_group(request.user, survey)
    by_link = watching.by_open_link(request.user, survey) if survey.open_link else []
    open_link = sum(many for _, many in by_link)
    anonymous = watching.is_anonymous(survey)
    waiting = (
        list(watching.invitations(request.user, survey))
        if anonymous
        else (watching.missing(request.user, survey))
    )
    leaf = chosen_page(request, waiting)
    closed = closed_sentence(survey)
    return page(
        request,
        "surveys/sending/response.html",
        survey=survey,
        tabs=survey_tabs(request, record, "survey-response"),
        answer=_answer(groups, open_link, survey),
        anonymous=anonymous,
        groups=_group_table(groups, _least(survey)),
        by_link=_link_table(by_link) if not anonymous else None,
        invited=bool(groups),
        sees_post=bool(groups) and allowed_in(request.user, May.EDIT_REGISTER, request.tenant),
        leaf=leaf,
        people=_people(request, survey, leaf.object_list, anonymous=anonymous, closed=bool(closed)),
        pages=_page_table(request, survey),
        questions=_question_table(request, survey),
        days=_day_table(request, survey),
        taken=_taken_table(request, survey),
        reminders=0 if closed else due(request.user, survey, on=today()).total(),
        closed=closed,
        draft=survey.state == SurveyState.DRAFT,
        cleared=survey.state == SurveyState.CLEARED,
        languages=[(one.value, one.label) for one in languages_of(survey)],
    )


def _answer(groups: list[watching.GroupResponse], open_link: int, survey: "Survey") -> str:
    if not groups and not open_link:
        return "Noch ist niemand eingeladen."
    whole = watching.whole(groups)
    answered = _many(whole.answered, _least(survey))
    said = f"{answered} von {whole.invited} haben geantwortet" if groups else ""
    if open_link:
        many = _many(open_link, _least(survey))
        extra = f"{many} {'Antwort' if open_link == 1 else 'Antworten'} über den offenen Verweis"
        said = f"{said}, dazu {extra}" if said else extra
    return f"{said}{_until(survey)}."


def _until(survey: "Survey") -> str:
    """Say until when one can answer; what was closed by hand ended before its last day."""
    if survey.state in {SurveyState.CLOSED, SurveyState.CLEARED}:
        return "; die Umfrage ist geschlossen"
    if not survey.closes:
        return ""
    over = closed_why(survey, on=today()) is Closed.OVER
    return f"; offen {'war sie ' if over else ''}bis {day(last_day(survey.closes))}"


def _link_table(groups: list[tuple[str, int]]) -> Listing:
    rows = [(group, str(many)) for group, many in groups]
    return Listing("Über den offenen Verweis nach Gruppe", _LINK, rows)


def _group_table(groups: list[watching.GroupResponse], least: int) -> Listing:
    rows = [*groups, watching.whole(groups)] if len(groups) > 1 else groups
    return Listing(
        "Rücklauf nach Gruppe",
        _GROUPS,
        [
            (one.group, str(one.invited), _many(one.answered, least), _share(one, least))
            for one in rows
        ],
    )


def _least(survey: "Survey") -> int:
    """Give the least number of answers that is told."""
    return survey.threshold if watching.is_anonymous(survey) else 1


def _many(answered: int, least: int) -> str:
    return f"weniger als {least}" if 0 < answered < least else str(answered)


def _share(one: watching.GroupResponse, least: int) -> str:
    share = one.share
    if not share.interpretable or 0 < one.answered < least:
        return "zu wenige für einen Anteil"
    found = share.estimate
    return f"{percent(found.mid)} ({percent(found.low)} bis {percent(found.high)})"


def _people(
    request: StaffRequest, survey: "Survey", leaf: Iterable[Any], *, anonymous: bool, closed: bool
) -> Listing:
    """List who has not answered; of an anonymous survey everybody, without a word about that.

    What can be answered no more cannot be taken at the desk either.
    """
    rows = []
    for one in leaf:
        url = address(request, "survey-invitation", record=survey.key, invitation=one.pk)
        row: list[Cell | str] = [Cell(one.name, url=url, below=one.mailbox), one.group]
        if not anonymous:
            reached = f"bis Seite {one.page}" if one.page else "nicht begonnen"
            row += [reached, day(one.invited), day(one.reminded) if one.reminded else "noch nie"]
        if not anonymous and not closed:
            take = address(request, "take-answer", survey=survey.key, invitation=one.pk)
            row.append(Cell("Antwort aufnehmen", url=take, heard=f"für {one.name}"))
        rows.append(row)
    caption = "Einladungen" if anonymous else "Wer noch nicht geantwortet hat"
    columns = _MISSING[:-1] if closed else _MISSING
    return Listing(caption, _MISSING[:2] if anonymous else columns, rows)


def _taken_table(request: StaffRequest, survey: "Survey") -> Listing:
    """List what was taken at the desk: nobody but the desk can look at it and correct it."""
    rows: list[list[Cell | str]] = []
    for one in taken(request.user, survey):
        way = address(request, "take-overview", survey=survey.key, invitation=one.invitation_id)
        see = Cell("Antwort ansehen", url=way, heard=f"von {one.invitation}")
        sent = day(localtime(one.sent).date())
        rows.append([str(one.invitation), Channel.of(one.channel).label, one.taken_by, sent, see])
    return Listing("Am Telefon und auf Papier aufgenommen", _TAKEN, rows)


def _page_table(request: StaffRequest, survey: "Survey") -> Listing:
    found = watching.by_page(request.user, survey, on=today())
    rows = [
        (f"Seite {one.page}", *(_FEW if many is None else str(many) for many in counts))
        for one in found
        for counts in [(one.reached, one.stopped)]
    ]
    return Listing(
        "Wo Menschen aufhören", _PAGES, rows if any(one.reached for one in found) else []
    )


def _question_table(request: StaffRequest, survey: "Survey") -> Listing:
    found = watching.by_question(request.user, survey)
    rows = [
        (one.asked.german or one.asked.key, str(one.answered), str(one.sent - one.answered))
        for one in found
        if one.sent
    ]
    return Listing("Was unbeantwortet bleibt", _QUESTIONS, rows)


def _day_table(request: StaffRequest, survey: "Survey") -> Listing:
    found = watching.by_day(request.user, survey)
    return Listing("Antworten je Tag", _DAYS, [(day(on), str(many)) for on, many in found])


@staff
def paper(request: StaffRequest, record: str) -> HttpResponse:
    """Hand out the form to print, in one of the survey's languages."""
    survey = get_survey(request.user, request.tenant, record)
    language = _language(request, survey)
    made = paper_form(request.user, survey, language, on=today(), link=_open_link(request, survey))
    answer = HttpResponse(made, content_type="application/pdf")
    name = f"{slugify(survey.title) or 'umfrage'}-{language.value}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _language(request: StaffRequest, survey: "Survey") -> Language:
    asked = request.GET.get("sprache", "")
    return next((one for one in languages_of(survey) if one == asked), Language.DE)


def _open_link(request: StaffRequest, survey: "Survey") -> str:
    if not survey.open_link:
        return ""
    path = reverse("survey-open", kwargs={"token": open_token(survey)})
    return whole_address(request, path)


@staff
def poster(request: StaffRequest, record: str) -> HttpResponse:
    """Show the code of the open link, large enough to hang on a wall."""
    survey = get_survey(request.user, request.tenant, record)
    link = _open_link(request, survey)
    if not link:
        raise NoOpenLinkError("Diese Umfrage hat keinen offenen Verweis.")
    return page(
        request,
        "surveys/sending/poster.html",
        survey=survey,
        link=link,
        code=mark_safe(qr_code(link)),  # noqa: S308 - drawn here, of our own address
        tongues=[(tag_of(one), direction_of(one), OWN_NAMES[one]) for one in languages_of(survey)],
        until=last_day(survey.closes) if survey.closes else None,
    )
