"""Rounds: begin one, see who has reported and who has not, ask, remind."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, require
from gelingen.access.record import UnknownRecordError
from gelingen.config.day import today
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.jobs import send_mail
from gelingen.post.commands import can_send
from gelingen.post.letters import with_link
from gelingen.progress import asking as letters
from gelingen.progress import rounds as known
from gelingen.progress.letters import SUBJECT, TEXT
from gelingen.terms.progress import AskedState
from gelingen.terms.spelling import day, last_day
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    done,
    page,
    sentence_of,
    staff,
    tell,
    whole_address,
)
from gelingen.web.progress.forms import RoundForm, RoundListForm, round_values
from gelingen.web.progress.tabs import tabs
from gelingen.web.progress.words import entry_listing, round_answer, round_listing
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from gelingen.progress.models import ProgressRound

_STALE = "Inzwischen hat jemand diese Runde geändert. Bitte ansehen und noch einmal speichern."
_FORTNIGHT = timedelta(days=14)


@staff
def rounds(request: StaffRequest) -> HttpResponse:
    """List the rounds, the latest year first."""
    found = list(known.rounds(request.user, request.tenant))
    on = today()
    running = next((one for one in found if one.asks_from <= on < one.closes), None)
    return page(
        request,
        "progress/rounds.html",
        tabs=tabs(request, "rounds"),
        answer=f"Für {running.year} wird gerade berichtet." if running else "",
        listing=round_listing(request, found, on),
        may_lead=known.may_lead(request.user, request.tenant),
    )


@staff
def new_round(request: StaffRequest) -> HttpResponse:
    """Begin a round for the year that is over."""
    require(request.user, May.EDIT_PLAN, request.tenant)
    return _edit(request, None, _beginning(today()))


def _beginning(on: date) -> dict[str, str]:
    """Propose days: asked today, reminded every other week, closed after six weeks."""
    ends = on + 3 * _FORTNIGHT
    return {
        "year": str(on.year - 1),
        "asks_from": day(on),
        "first_reminder": day(on + _FORTNIGHT),
        "second_reminder": day(on + 2 * _FORTNIGHT),
        "closes": day(ends),
        "subject": SUBJECT.format(year=on.year - 1),
        "text": TEXT,
    }


@staff
def edit_round(request: StaffRequest, year: str) -> HttpResponse:
    """Change the days and words of a round."""
    require(request.user, May.EDIT_PLAN, request.tenant)
    found = _round(request, year)
    return _edit(request, found, round_values(found))


def _round(request: StaffRequest, year: str) -> "ProgressRound":
    if not year.isdecimal() or len(year) > 4:  # noqa: PLR2004 - digits of a year
        raise UnknownRecordError("Diese Berichtsrunde gibt es nicht.")
    return known.get_round(request.user, request.tenant, int(year))


def _edit(
    request: StaffRequest, found: "ProgressRound | None", first: dict[str, str]
) -> HttpResponse:
    form = RoundForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        stand, batch = form.cleaned_data["stand"], new_batch()
        if found is not None and stand.isdecimal():
            found.version = int(stand)
        try:
            made = known.save_round(
                actor=request.user, tenant=request.tenant, given=form.given(), of=found,
                batch=batch,
            )  # fmt: skip
        except LostUpdateError:
            form.add_error(None, _STALE)
            now = known.get_round(request.user, request.tenant, found.year if found else 0)
            # What is sent again was sent in sight of what stands there now.
            form.data = {**{name: form.data[name] for name in form.data}, "stand": now.version}
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            tell(request, f"Gespeichert: Berichtsrunde {made.year}.", undo=batch)
            return HttpResponseRedirect(address(request, "round", year=str(made.year)))
    title = f"Berichtsrunde {found.year} ändern" if found else "Berichtsrunde anlegen"
    back = address(request, "round", year=str(found.year)) if found else address(request, "rounds")
    return page(request, "progress/round_form.html", form=form, title=title, back=back)


@staff
def round_(request: StaffRequest, year: str) -> HttpResponse:
    """Show who has reported and who has not."""
    found, on = _round(request, year), today()
    every = known.entries(request.user, found, on=on)
    form = RoundListForm(request)
    form.offer("antwort", [one for one in AskedState.choices() if one[0] in {e.how for e in every}])
    wanted = form.text("antwort")
    shown = [one for one in every if wanted in ("", one.how)]
    may = known.may_lead(request.user, request.tenant)
    open_now = on < found.closes
    return page(
        request,
        "progress/round.html",
        round=found,
        title=f"Berichtsrunde {found.year}",
        answer=round_answer(every, found, on),
        filters=form,
        every=every,
        listing=entry_listing(request, found, shown, may=may),
        may_lead=may,
        to_ask=len(letters.to_ask(every)) if open_now else 0,
        to_remind=len(letters.to_remind(every)) if open_now else 0,
        days=_days(found),
        mute=[one for one in every if not one.mailbox and not one.reported],
    )


def _days(found: "ProgressRound") -> list[tuple[str, str]]:
    return [
        ("Gefragt wird ab", day(found.asks_from)),
        ("Erste Erinnerung", day(found.first_reminder)),
        ("Zweite Erinnerung", day(found.second_reminder)),
        ("Letzter Tag", day(last_day(found.closes))),
    ]


@staff
def ask(request: StaffRequest, year: str) -> HttpResponse:
    """Show whom one would ask; then write the mails."""
    require(request.user, May.EDIT_PLAN, request.tenant)
    found = _round(request, year)
    open_ones = letters.to_ask(known.entries(request.user, found, on=today()))
    wrong = ""
    if request.method == "POST":
        try:
            number = letters.ask(
                actor=request.user,
                round_=found,
                keys=request.POST.getlist("wahl"),
                link=lambda token: whole_address(
                    request, reverse("report-link", kwargs={"token": token})
                ),
                on=today(),
                at=timezone.now(),
            )
        except REFUSALS as error:
            wrong = sentence_of(error)
        else:
            send_mail.enqueue()
            return done(request, _said(number), to="round", year=str(found.year))
    answer = page(
        request, "progress/ask.html", round=found, found=open_ones, wrong=wrong,
        can_send=can_send(), late=found.asks_from > today(), example=_example(found, open_ones),
        head=f"Sachstand {found.year} abfragen",
    )  # fmt: skip
    if wrong:
        answer.status_code = 422
    return answer


def _example(found: "ProgressRound", open_ones: Sequence[known.Entry]) -> dict[str, str]:
    """Show the mail as the first lead would read it."""
    if not open_ones:
        return {}
    first = open_ones[0]
    own = [one for one in open_ones if one.measure.lead_id == first.measure.lead_id]
    words = letters.first_letter(found, own, on=today())
    return {"to": first.mailbox, "subject": words.subject, "plain": with_link(words.plain(), "")}


def _said(number: int) -> str:
    lie = "liegt" if number == 1 else "liegen"
    sent = " und wird gesendet" if number == 1 else " und werden gesendet"
    many = counted(number, "Nachricht", "Nachrichten")
    return f"{many} {lie} im Postausgang{sent if can_send() else ''}."


@staff
@require_POST
def remind(request: StaffRequest, year: str) -> HttpResponse:
    """Write once more to those who have not reported."""
    found = _round(request, year)
    try:
        number = letters.remind(actor=request.user, round_=found, on=today(), at=timezone.now())
    except REFUSALS as error:
        messages.warning(request, sentence_of(error))
    else:
        send_mail.enqueue()
        tell(request, _said(number))
    return HttpResponseRedirect(address(request, "round", year=str(found.year)))
