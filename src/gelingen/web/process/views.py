"""The process at one glance, and one phase with everything that belongs to it."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, allowed_in
from gelingen.config.day import today
from gelingen.history.queries import events_of
from gelingen.history.trace import subject_of
from gelingen.process.course import whole_of
from gelingen.process.queries import PhaseLine, course_of, get_phase, phase_line
from gelingen.register.attachments import attach, attachments_of
from gelingen.web.boards.sheet import adding, changing
from gelingen.web.boards.tabs import tabs
from gelingen.web.pages import StaffRequest, address, attempt, done, page, staff
from gelingen.web.process.picture import TITLE, picture, twin
from gelingen.web.process.sheet import (
    answer,
    event_listing,
    phase_facts,
    phase_listing,
    step_lines,
    support_listing,
)
from gelingen.web.register.forms import AttachForm
from gelingen.web.shell import Link


@staff
def process(request: StaffRequest) -> HttpResponse:
    """Show all phases, what is to be done now, what took place and who accompanies it."""
    on = today()
    course = course_of(request.user, request.tenant, on=on)
    may = allowed_in(request.user, May.EDIT_BOARDS, request.tenant)
    last = max((one.phase.order for one in course.phases), default=0)
    steps = [step for one in course.now for step in one.open]
    steps += [one for one in course.apart if one.done is None]
    whole = whole_of(course, on=on)
    return page(
        request,
        "process/process.html",
        tabs=tabs(request, "process"),
        answer=answer(course, on),
        course=course,
        phases=phase_listing(request, course.phases),
        picture=picture(request, whole, on) if whole else "",
        picture_title=TITLE,
        twin=twin(request, whole) if whole else None,
        steps=step_lines(request, steps, on),
        events=event_listing(request, course.events, may=may),
        supports=support_listing(request, course.supports, may=may),
        may_edit=may,
        add_phase=adding(request, "phase", order=str(last + 1)),
        add_event=adding(request, "event"),
        add_support=adding(request, "support"),
    )


@staff
def phase(request: StaffRequest, record: str) -> HttpResponse:
    """Show one phase."""
    return _phase(request, record)


def _phase(request: StaffRequest, record: str, file: AttachForm | None = None) -> HttpResponse:
    on = today()
    line = phase_line(request.user, request.tenant, record, on=on)
    one = line.phase
    may = allowed_in(request.user, May.EDIT_BOARDS, request.tenant)
    facts, missing = phase_facts(request, line)
    things = [one, *line.steps, *line.events]
    shown = page(
        request,
        "process/phase.html",
        phase=one,
        line=line,
        answer=f"{one.get_kind_display()}, {line.said}.",
        facts=facts,
        missing=missing,
        deeds=_deeds(request, line) if may else [],
        change=changing(request, "phase", record),
        steps=step_lines(request, line.steps, on),
        events=event_listing(request, line.events, may=may),
        add_step=adding(request, "step", phase=record),
        add_event=adding(request, "event", phase=record),
        files=attachments_of(request.user, one),
        file=file or AttachForm(),
        attach_to=address(request, "attach-to-phase", record=record),
        may_edit=may,
        may_undo=may,
        part_of=subject_of(one),
        history=events_of(request.tenant.pk, [subject_of(thing) for thing in things]),
    )
    if file is not None:
        shown.status_code = 422
    return shown


def _deeds(request: StaffRequest, line: PhaseLine) -> list[Link]:
    """List what can be done with a phase as it stands; the first is what comes next."""
    one, names = line.phase, []
    if one.ends is not None:
        return []
    if one.starts is None:
        names = [("Beginnen", "begin-phase")]
    elif one.resting_since is not None:
        names = [("Fortsetzen", "resume-phase"), ("Abschließen", "finish-phase")]
    else:
        names = [("Abschließen", "finish-phase"), ("Ruhen lassen", "rest-phase")]
    return [Link(label, address(request, name, record=one.key)) for label, name in names]


@staff
@require_POST
def attach_file(request: StaffRequest, record: str) -> HttpResponse:
    """Take a file for a phase."""
    found = get_phase(request.user, request.tenant, record)
    form = AttachForm(request.POST, request.FILES)
    if attempt(form, attach, actor=request.user, to=found):
        return done(request, f"{found.name}: Datei angehängt.", to="phase", record=record)
    return _phase(request, record, file=form)
