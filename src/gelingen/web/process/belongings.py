"""One event, or one who accompanies the process, with what belongs to it: steps and files."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, allowed_in
from gelingen.config.day import today
from gelingen.history.queries import events_of
from gelingen.history.trace import subject_of
from gelingen.process.queries import get_event, get_support, steps_of
from gelingen.register.attachments import attach, attachments_of
from gelingen.terms.spelling import euro
from gelingen.web.boards.sheet import adding, changing
from gelingen.web.pages import StaffRequest, address, attempt, done, page, staff
from gelingen.web.process.sheet import NONE, step_lines, when
from gelingen.web.records import record_link
from gelingen.web.register.forms import AttachForm
from gelingen.web.register.sheets import Fact, provenance, stated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gelingen.process.models import Event, Step, Support


@staff
def event(request: StaffRequest, record: str) -> HttpResponse:
    """Show one event."""
    return _event(request, get_event(request.user, request.tenant, record))


@staff
def support(request: StaffRequest, record: str) -> HttpResponse:
    """Show who accompanies the process."""
    return _support(request, get_support(request.user, request.tenant, record))


@staff
@require_POST
def attach_to_event(request: StaffRequest, record: str) -> HttpResponse:
    """Take a file for an event."""
    found = get_event(request.user, request.tenant, record)
    form = AttachForm(request.POST, request.FILES)
    return _attached(request, found, form, "event") or _event(request, found, form)


@staff
@require_POST
def attach_to_support(request: StaffRequest, record: str) -> HttpResponse:
    """Take a file for who accompanies the process, such as the contract."""
    found = get_support(request.user, request.tenant, record)
    form = AttachForm(request.POST, request.FILES)
    return _attached(request, found, form, "support") or _support(request, found, form)


def _attached(
    request: StaffRequest, to: "Event | Support", form: AttachForm, home: str
) -> HttpResponse | None:
    """Take the file; what is refused goes back into the form."""
    if not attempt(form, attach, actor=request.user, to=to):
        return None
    return done(request, f"{to}: Datei angehängt.", to=home, record=to.key)


def _event(request: StaffRequest, one: "Event", file: AttachForm | None = None) -> HttpResponse:
    steps = steps_of(request.user, one)
    phase = one.phase
    facts = stated([
        ("Phase", record_link(request, "phase", phase.key, phase) if phase else ""),
        ("Art", one.get_kind_display()),
        ("Geplant für", one.planned_said),
        ("War am", one.day_said),
        ("Ort", one.place),
        ("Verantwortlich", one.responsible),
        ("Öffentlich zeigen", "ja" if one.public else "nein"),
        *provenance(one),
    ])  # fmt: skip
    planned = f"geplant: {one.planned_said}" if one.planned else "noch ohne Tag"
    return _shown(
        request,
        one,
        facts,
        file,
        things=steps,
        answer=f"{one.get_kind_display()}, {one.day_said or planned}.",
        result=one.result,
        steps=step_lines(request, steps, today()),
        add_step=adding(request, "step", event=one.key),
        change=changing(request, "event", one.key),
        attach_to=address(request, "attach-to-event", record=one.key),
        is_event=True,
    )


def _support(request: StaffRequest, one: "Support", file: AttachForm | None = None) -> HttpResponse:
    by = one.organisation
    facts = stated([
        ("Wer begleitet", record_link(request, "organisation", by.key, by)),
        ("Zeitraum", when(one.starts, one.ends).replace(NONE, "")),
        ("Vertrag", one.contract),
        ("Kosten", euro(float(one.cost)) if one.cost is not None else ""),
        ("Bezahlt aus", one.paid_from),
        *provenance(one),
    ])  # fmt: skip
    return _shown(
        request,
        one,
        facts,
        file,
        answer=f"Begleitung von außen durch {by}.",
        change=changing(request, "support", one.key),
        attach_to=address(request, "attach-to-support", record=one.key),
    )


def _shown(
    request: StaffRequest,
    one: "Event | Support",
    facts: tuple[list[Fact], list[str]],
    file: AttachForm | None,
    *,
    things: "Sequence[Step]" = (),
    **more: object,
) -> HttpResponse:
    may = allowed_in(request.user, May.EDIT_BOARDS, request.tenant)
    subjects = [subject_of(thing) for thing in (one, *things)]
    shown = page(
        request,
        "process/belongings.html",
        one=one,
        title=str(one),
        facts=facts[0],
        missing=facts[1],
        files=attachments_of(request.user, one),
        file=file or AttachForm(),
        may_edit=may,
        may_undo=may,
        part_of=subject_of(one),
        history=events_of(request.tenant.pk, subjects),
        **more,
    )
    if file is not None:
        shown.status_code = 422
    return shown
