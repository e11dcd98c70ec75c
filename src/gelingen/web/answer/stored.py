"""Answers of somebody who is known: each page is saved, and all can be looked at and corrected."""

from functools import partial

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from gelingen.config.day import today
from gelingen.review.entries import pass_on, take_back
from gelingen.surveys import answering
from gelingen.surveys.answering import IncompleteAnswerError, Reading, StaleAnswerError
from gelingen.surveys.kinds import Given
from gelingen.surveys.known import Known, known_of
from gelingen.surveys.questions import (
    Asked,
    Page,
    Value,
    Values,
    asks_the_register,
    kinds_in,
    pages_of,
    questions_of,
    unanswered,
)
from gelingen.web.answer.doors import CHOSEN, Door, DoorRequest
from gelingen.web.answer.showing import mistakes, shown, told

BACK = "_zurueck"
NOTHING = Reading({}, {})


class Sheet:
    """The questions of a survey, and what one organisation has answered so far. Three queries."""

    def __init__(self, door: Door) -> None:
        if door.invitation is None:
            raise TypeError(door)
        self.door = door
        self.invitation = door.invitation
        self.questions = questions_of(door.survey, door.language)
        self.response = answering.response_to(door.invitation)
        self.conditions = self._known([], conditions=asks_the_register(self.questions))
        self.pages = pages_of(self.questions, self.values, self.conditions)

    @property
    def values(self) -> Values:
        """Answers so far."""
        return self.response.values if self.response else {}

    @property
    def version(self) -> int:
        """Version of the answer that is seen here."""
        return self.response.version if self.response else 0

    @property
    def sent(self) -> bool:
        """Whether it was sent; what is changed then counts at once."""
        return bool(self.response and self.response.sent)

    def _known(self, asked: list[Asked], *, conditions: bool = False) -> Known:
        return known_of(
            self.door.survey,
            kinds_in(asked),
            organisation=self.invitation.organisation,
            conditions=conditions,
            on=today(),
        )

    def known(self, pages: list[Page]) -> Known:
        """Read what the questions of some pages name."""
        return self._known([one for page in pages for one in page.questions])

    def everything(self) -> Known:
        """Read what any question of the survey names."""
        return self._known(self.questions, conditions=True)

    def page(self, number: int) -> Page | None:
        """Find a page that is asked."""
        return next((one for one in self.pages if one.number == number), None)

    def kept(self, reading: Reading) -> dict[str, Value]:
        """Give what is to be saved of a page: what could not be read stays as it was."""
        before = {key: self.values[key] for key in reading.wrong if key in self.values}
        return before | reading.values

    def turn(self, page: Page, saved: Values) -> list[Page]:
        """Find the pages anew: what was saved on one may have opened or closed others.

        Gives those on which an answer that is needed is missing.
        """
        of_page = {one.key for one in page.questions}
        values = {key: value for key, value in self.values.items() if key not in of_page}
        values |= saved
        self.pages = pages_of(self.questions, values, self.conditions)
        return [one for one in self.pages if unanswered([one], values)]

    def beside(self, number: int, *, back: bool = False) -> int | None:
        """Give the number of the next page, or of the one before; None: there is none."""
        if back:
            return max((one.number for one in self.pages if one.number < number), default=None)
        return min((one.number for one in self.pages if one.number > number), default=None)


def page(request: DoorRequest, page: int) -> HttpResponse:
    """Show a page of questions, or save it and go on."""
    sheet = Sheet(request.door)
    here = sheet.page(page)
    if here is None:
        return HttpResponseRedirect(request.door.way("overview"))
    known = sheet.known([here])
    if request.method != "POST":
        given = answering.written(here, sheet.values, known)
        return _show(request, sheet, here, known, given)
    given = dict(request.POST.lists())
    if CHOSEN in request.POST:  # another language; what is typed comes along
        return _show(request, sheet, here, known, given)
    reading = answering.read_page(here, given, known)
    back = BACK in request.POST
    if reading.wrong and not back:
        return _show(request, sheet, here, known, given, reading=reading)
    values = sheet.kept(reading)
    try:
        _save(request, sheet, here, values)
    except StaleAnswerError as error:
        return _show(request, sheet, here, known, given, stale=str(error))
    left = sheet.turn(here, values)
    following = sheet.beside(page, back=back)
    if sheet.sent and left and not back:  # nobody sends it once more, so it is asked for at once
        following = left[0].number
    return HttpResponseRedirect(_next(request.door, following, back=back))


def _save(request: DoorRequest, sheet: Sheet, here: Page, values: Values) -> None:
    door = request.door
    save = partial(
        answering.save_page,
        sheet.invitation,
        here,
        values,
        version=_version(request),
        language=door.language,
        at=timezone.now(),
        channel=door.channel,
        taken_by=door.taken_by,
    )
    if not sheet.sent:
        save()
        return
    with transaction.atomic():  # what was sent and is corrected counts at once
        save()
        answering.drop_unasked(sheet.invitation, sheet.questions, sheet.conditions)
        pass_on(sheet.invitation)


def _version(request: DoorRequest) -> int:
    given = request.POST.get("_stand", "")
    return int(given) if given.isdecimal() and len(given) < len("1000000") else 0


def _next(door: Door, number: int | None, *, back: bool) -> str:
    if number is None:
        return door.way("start" if back else "overview")
    return door.way("page", page=number)


def _show(  # noqa: PLR0913 - what a page consists of
    request: DoorRequest,
    sheet: Sheet,
    here: Page,
    known: Known,
    given: Given,
    *,
    reading: Reading = NOTHING,
    stale: str = "",
) -> HttpResponse:
    questions = shown(here.questions, given, known, reading.wrong)
    context = {
        "door": request.door,
        "survey": request.door.survey,
        "shown": questions,
        "wrong": mistakes(questions),
        "number": sheet.pages.index(here) + 1,
        "of": len(sheet.pages),
        # Whoever sends again what was not saved still says which version they saw first.
        "version": sheet.version if stale or request.method != "POST" else _version(request),
        "stale": stale,
        "action": request.door.way("page", page=here.number),
        "form": "antwort",
    }
    status = 422 if reading.wrong else 409 if stale else 200
    return render(request, "answer/questions.html", context, status=status)


def overview(request: DoorRequest) -> HttpResponse:
    """Show all answers before they are sent, and afterwards; or send them."""
    sheet = Sheet(request.door)
    if sheet.response is None:
        return HttpResponseRedirect(request.door.way("start"))
    wrong = ""
    if request.method == "POST":
        try:
            _send(sheet, version=_version(request))
        except (StaleAnswerError, IncompleteAnswerError) as error:
            wrong = str(error)
        else:
            return HttpResponseRedirect(request.door.way("thanks"))
    return _overview(request, sheet, wrong)


def _send(sheet: Sheet, *, version: int) -> None:
    """Send the answer; what it says about entries counts at once."""
    with transaction.atomic():
        answering.send(
            sheet.invitation, sheet.questions, sheet.conditions, version=version, at=timezone.now()
        )
        pass_on(sheet.invitation)


def _overview(request: DoorRequest, sheet: Sheet, wrong: str) -> HttpResponse:
    known = sheet.known(sheet.pages)
    left = {one.key for one in unanswered(sheet.pages, sheet.values)}
    pages = [(one, told(one, sheet.values, known)) for one in sheet.pages]
    context = {
        "door": request.door,
        "survey": request.door.survey,
        "pages": [(one, request.door.way("page", page=one.number), said) for one, said in pages],
        "left": left,
        "sent": sheet.sent,
        "version": sheet.version,
        "refused": wrong or (sheet.sent and _wanting(sheet)),
        "withdraw": "" if request.door.at_desk else request.door.way("withdraw"),
        "action": request.door.way("overview"),
    }
    return render(request, "answer/overview.html", context, status=422 if wrong else 200)


def _wanting(sheet: Sheet) -> str:
    """Say what is missing in an answer; "" if nothing is."""
    try:
        answering.require_complete(sheet.pages, sheet.values)
    except IncompleteAnswerError as error:
        return str(error)
    return ""


def thanks(request: DoorRequest) -> HttpResponse:
    """Thank, and say how to correct."""
    door = request.door
    context = {"door": door, "survey": door.survey, "overview": door.way("overview")}
    return render(request, "answer/sent.html", context)


def withdraw(request: DoorRequest) -> HttpResponse:
    """Ask whether all answers shall be deleted, or delete them."""
    sheet = Sheet(request.door)
    if request.method == "POST":
        with transaction.atomic():
            take_back(sheet.invitation)
            answering.withdraw(sheet.invitation)
        return HttpResponseRedirect(f"{request.door.way('start')}?geloescht=ja")
    door = request.door
    context = {"door": door, "survey": door.survey, "start": door.way("start")}
    return render(request, "answer/withdraw.html", context)


def earlier(request: DoorRequest) -> HttpResponse:
    """Begin with the answers of the round before."""
    sheet = Sheet(request.door)
    before = answering.earlier(sheet.invitation)
    if before is not None:
        try:
            answering.take_over(
                sheet.invitation,
                before,
                sheet.questions,
                sheet.everything(),
                language=request.door.language,
                at=timezone.now(),
            )
        except StaleAnswerError:
            # There is an answer by now; the beginning shows how far it is.
            return HttpResponseRedirect(request.door.way("start"))
    return HttpResponseRedirect(first(request.door))


def first(door: Door) -> str:
    """Address of the first page, or of the first one on which an answer is missing."""
    sheet = Sheet(door)
    reached = sheet.response.page if sheet.response else 0
    following = sheet.beside(reached) if reached else sheet.beside(0)
    return door.way("page", page=following) if following else door.way("overview")
