"""Begin a phase, let it rest, go on with it, finish it; say that a step is done."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, require
from gelingen.config.day import today
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.process import commands
from gelingen.process.queries import PhaseLine, get_step, phase_line
from gelingen.terms.spelling import day
from gelingen.web.editing.homes import home_of
from gelingen.web.narrowing import DayField, LastDayField
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

STALE = "Inzwischen hat jemand diese Phase geändert. Bitte ansehen und noch einmal speichern."


class DeedForm(forms.Form):
    """Was mit einer Phase geschieht; `stand` sagt, welchen Stand die Person sah."""

    stand = forms.IntegerField(required=False, widget=forms.HiddenInput)


class BeginForm(DeedForm):
    """Wann die Phase beginnt."""

    starts = DayField(label="Erster Tag")


class RestForm(DeedForm):
    """Seit wann und warum die Phase ruht."""

    since = DayField(label="Ruht seit")
    why = forms.CharField(
        label="Warum sie ruht",
        max_length=300,
        help_text="Ein Satz für alle, die später fragen. Zum Beispiel: Stelle nicht besetzt.",
    )


class ResumeForm(DeedForm):
    """Ab wann es weitergeht."""

    since = DayField(label="Geht weiter ab")


class FinishForm(DeedForm):
    """Was die Phase gebracht hat."""

    ends = LastDayField(label="Letzter Tag")
    result = forms.CharField(
        label="Was sie gebracht hat",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Ergebnis in einigen Sätzen; es steht auch auf „Wo stehen wir?“.",
    )


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done with a phase.

    Attributes:
        title: what it is called on its page and its button.
        said: what the message says about it.
        form: what is asked.
        command: what does it; takes what the form gives.
        day: name of the field that begins with today.

    """

    title: str
    said: str
    form: type[DeedForm]
    command: Callable[..., None]
    day: str


BEGIN = Deed("Phase beginnen", "begonnen", BeginForm, commands.begin, "starts")
REST = Deed("Phase ruhen lassen", "ruht", RestForm, commands.rest, "since")
RESUME = Deed("Phase fortsetzen", "geht weiter", ResumeForm, commands.go_on, "since")
FINISH = Deed("Phase abschließen", "abgeschlossen", FinishForm, commands.finish, "ends")


@staff
def begin_phase(request: StaffRequest, record: str) -> HttpResponse:
    """Ask when a phase begins, and write it."""
    return _ask(request, record, BEGIN)


@staff
def rest_phase(request: StaffRequest, record: str) -> HttpResponse:
    """Ask since when and why a phase is interrupted, and write it."""
    return _ask(request, record, REST)


@staff
def resume_phase(request: StaffRequest, record: str) -> HttpResponse:
    """Ask when a phase goes on, and write it."""
    return _ask(request, record, RESUME)


@staff
def finish_phase(request: StaffRequest, record: str) -> HttpResponse:
    """Ask what a phase brought and when it ended, and write it."""
    return _ask(request, record, FINISH)


def _ask(request: StaffRequest, record: str, deed: Deed) -> HttpResponse:
    require(request.user, May.EDIT_BOARDS, request.tenant)
    line = phase_line(request.user, request.tenant, record, on=today())
    phase = line.phase
    back = came_from(request, address(request, "phase", record=record))
    begin = {"stand": phase.version, deed.day: day(today()), "result": phase.result}
    form = deed.form(request.POST or None, initial=begin)
    if (
        request.method == "POST"
        and form.is_valid()
        and (batch := _written(request, form, line, deed))
    ):
        tell(request, f"{phase.name}: {deed.said}.", undo=batch)
        return HttpResponseRedirect(back)
    return page(
        request,
        "process/deed.html",
        form=form,
        phase=phase,
        title=deed.title,
        answer=f"{phase.name}: {line.said}.",
        back=back,
    )


def _written(request: StaffRequest, form: DeedForm, line: PhaseLine, deed: Deed) -> str:
    """Do it, unless the person saw something older; gives the undertaking, or ""."""
    given = {name: value for name, value in form.cleaned_data.items() if name != "stand"}
    seen, batch, stored = form.cleaned_data["stand"], new_batch(), line.phase.version
    try:
        deed.command(actor=request.user, phase=line.phase, version=seen, batch=batch, **given)
    except LostUpdateError:
        form.add_error(None, STALE)
        # What is sent again was sent in sight of what stands there now.
        form.data = {**{name: form.data[name] for name in form.data}, "stand": stored}
    except REFUSALS as error:
        form.add_error(None, sentence_of(error))
    else:
        return batch
    return ""


@staff
@require_POST
def tick_step(request: StaffRequest, record: str) -> HttpResponse:
    """Say that a step is done today, or that it is open after all."""
    step = get_step(request.user, request.tenant, record)
    back = came_from(request, home_of(request, "step", step))
    # What the button said, not the opposite of what is: two people may press it at once.
    again = "oeffnen" in request.POST
    stand = request.POST.get("stand", "")
    seen = int(stand) if stand.isdecimal() else None
    batch = new_batch()
    try:
        commands.tick(
            actor=request.user, step=step, on=None if again else today(), version=seen, batch=batch
        )
    except REFUSALS as error:
        messages.warning(request, sentence_of(error))
    else:
        tell(request, f"{'Wieder offen' if again else 'Getan'}: {step.title}.", undo=batch)
    return HttpResponseRedirect(back)
