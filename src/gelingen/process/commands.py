"""Begin a phase, let it rest, go on with it, finish it; say that a step is done."""

from datetime import date

from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.history.recording import change, new_batch
from gelingen.process.models import Event, Phase, Step
from gelingen.register.keys import free_keys, key_of
from gelingen.terms.boards import EventKind
from gelingen.terms.spelling import day, last_day, period
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean, clean_lines


class PhaseError(UserError):
    """A phase does not stand so that this can be done with it."""


def begin(
    *, actor: Actor, phase: Phase, starts: date, version: int | None = None, batch: str = ""
) -> None:
    """Begin a phase.

    Args:
        actor: who does it.
        phase: the phase.
        starts: its first day.
        version: the version that the person saw.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor does not lead the process.
        PhaseError: it has begun already.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.EDIT_BOARDS, phase)
    if phase.starts is not None:
        raise PhaseError(f"Diese Phase hat schon am {day(phase.starts)} begonnen.")
    phase.version = phase.version if version is None else version
    with change(by=actor, verb=Verb.CHANGED, of=phase, batch=batch):
        phase.starts = starts


def rest(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    phase: Phase,
    since: date,
    why: str,
    version: int | None = None,
    batch: str = "",
) -> None:
    """Say since when a phase is interrupted, and why.

    Raises:
        PermissionDenied: the actor does not lead the process.
        PhaseError: it has not begun, is finished, rests already, or no reason is given.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.EDIT_BOARDS, phase)
    _refuse_idle(phase)
    if phase.resting_since is not None:
        raise PhaseError(f"Diese Phase ruht schon seit {day(phase.resting_since)}.")
    _refuse_before(phase, since)
    if not clean(why):
        raise PhaseError("Bitte sagen, warum sie ruht; wer später kommt, fragt danach.")
    phase.version = phase.version if version is None else version
    with change(by=actor, verb=Verb.CHANGED, of=phase, batch=batch):
        phase.resting_since, phase.resting_why = since, clean(why)


def go_on(
    *, actor: Actor, phase: Phase, since: date, version: int | None = None, batch: str = ""
) -> None:
    """Go on with a phase that rested; the interruption stays as an event of the phase.

    Args:
        actor: who does it.
        phase: the phase.
        since: first day on which it goes on.
        version: the version that the person saw.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor does not lead the process.
        PhaseError: it does not rest, or did not rest by that day.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.EDIT_BOARDS, phase)
    if phase.resting_since is None:
        raise PhaseError("Diese Phase ruht nicht.")
    if since < phase.resting_since:
        raise PhaseError(f"Sie ruht erst seit {day(phase.resting_since)}.")
    batch = batch or new_batch()
    phase.version = phase.version if version is None else version
    _wake(actor, phase, since, batch, {})


def finish(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    phase: Phase,
    ends: date,
    result: str,
    version: int | None = None,
    batch: str = "",
) -> None:
    """Finish a phase with what it brought; if it rests, it has rested until then.

    Args:
        actor: who does it.
        phase: the phase.
        ends: first day after its last one.
        result: what it brought.
        version: the version that the person saw.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor does not lead the process.
        PhaseError: it has not begun or is finished, no result is given, or the day lies before its
            beginning.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.EDIT_BOARDS, phase)
    _refuse_idle(phase)
    _refuse_before(phase, last_day(ends))
    if not clean_lines(result):
        raise PhaseError("Bitte sagen, was die Phase gebracht hat.")
    values = {"ends": ends, "result": clean_lines(result)}
    phase.version = phase.version if version is None else version
    if phase.resting_since is not None:
        _wake(actor, phase, max(ends, phase.resting_since), batch or new_batch(), values)
        return
    with change(by=actor, verb=Verb.ENDED, of=phase, batch=batch):
        _set(phase, values)


def tick(
    *, actor: Actor, step: Step, on: date | None, version: int | None = None, batch: str = ""
) -> None:
    """Say on which day a step was done; with None that it is open again.

    Raises:
        PermissionDenied: the actor does not lead the process.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.EDIT_BOARDS, step)
    step.version = step.version if version is None else version
    with change(by=actor, verb=Verb.CHANGED, of=step, batch=batch):
        step.done = on


def _refuse_idle(phase: Phase) -> None:
    if phase.starts is None:
        raise PhaseError("Diese Phase hat noch nicht begonnen.")
    if phase.ends is not None:
        raise PhaseError(f"Diese Phase ist am {day(last_day(phase.ends))} abgeschlossen worden.")


def _refuse_before(phase: Phase, on: date) -> None:
    if phase.starts is not None and on < phase.starts:
        raise PhaseError(f"Diese Phase hat erst am {day(phase.starts)} begonnen.")


def _set(phase: Phase, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(phase, name, value)


def _wake(actor: Actor, phase: Phase, since: date, batch: str, values: dict[str, object]) -> None:
    """End the rest of a phase; if it lasted a day, an event keeps when it was and why."""
    began, why = phase.resting_since, phase.resting_why
    with change(by=actor, verb=Verb.CHANGED, of=phase, batch=batch):
        _set(phase, {**values, "resting_since": None, "resting_why": ""})
    if began is None or since <= began:
        return
    (key,) = free_keys(Event, phase.tenant_id, [key_of(phase.key, "unterbrechung", f"{began}")])
    told = Event(tenant_id=phase.tenant_id, key=key)
    with change(by=actor, verb=Verb.CREATED, of=told, batch=batch):
        told.phase, told.kind, told.day = phase, EventKind.INTERRUPTION, began
        told.title = f"Unterbrechung vom {period(began, since)}"
        told.result = why
