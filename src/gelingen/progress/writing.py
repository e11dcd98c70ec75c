"""Write reports on measures, set their state by hand, and take that back.

report(...) -> ProgressReport, override(...) -> StateOverride, lift(...)
"""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.history.recording import LostUpdateError, change, new_batch
from gelingen.progress.models import ProgressReport, StateOverride
from gelingen.register.keys import free_keys, key_of
from gelingen.terms.progress import LIGHT_OF, Assessment, MeasureState
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean, clean_lines

if TYPE_CHECKING:
    from gelingen.plan.models import Measure

_REASON = 300  # characters that the plan keeps


class ReportError(UserError):
    """A report or a state lacks something."""


@dataclass(frozen=True, slots=True)
class Ticks:
    """Milestones as they were ticked, beside those that the person saw ticked, by their keys.

    Only what differs was said: what somebody else ticked meanwhile stays.
    """

    now: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()

    @property
    def reached(self) -> frozenset[str]:
        """What was ticked."""
        return self.now - self.seen

    @property
    def opened(self) -> frozenset[str]:
        """What was opened again."""
        return self.seen - self.now

    def within(self, keys: Collection[str]) -> "Ticks":
        """Keep those that may be ticked."""
        return Ticks(self.now & set(keys), self.seen & set(keys))

    def over(self, stored: Collection[str]) -> frozenset[str]:
        """Give what is ticked where meanwhile `stored` are."""
        return frozenset(stored) - self.opened | self.reached


@dataclass(frozen=True, slots=True)
class Answer:
    """What is reported of one year; None and "" where nothing was said.

    Attributes:
        assessment: how the measure goes, as its lead sees it.
        participants: how many people took part.
        fte: posts that worked on it.
        hours: hours worked on it.
        cost: what it cost in EUR.
        funding: how much of that was funded.
        effect: what it changed.
        obstacles: what stood in the way.
        next_step: what comes next.

    """

    assessment: Assessment
    participants: int | None = None
    fte: Decimal | None = None
    hours: Decimal | None = None
    cost: Decimal | None = None
    funding: Decimal | None = None
    effect: str = ""
    obstacles: str = ""
    next_step: str = ""


def report(  # noqa: PLR0913 - what a report consists of
    *,
    actor: Actor,
    measure: "Measure",
    year: int,
    answer: Answer,
    by_function: str,
    on: date,
    ticks: Ticks | None = None,
    version: int | None = None,
    batch: str = "",
) -> ProgressReport:
    """Report on a year of a measure; a report that is there already gets the new values.

    The plan shows what was said last, so the report of the latest year is written into the measure
    too: state, reason, progress, day and function.

    Args:
        actor: who does it.
        measure: the measure.
        year: the year.
        answer: what is reported.
        by_function: the office or function that reports.
        on: the day.
        ticks: which milestones are reached, dated at the latest on the last day of the year; None
            leaves all as they are.
        version: the version of the report that the person saw, 0 if there was none.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not change the measure.
        ReportError: nobody is named, or more was funded than spent.
        LostUpdateError: somebody else reported or changed the measure since.
        ValidationError: a value is broken.

    """
    require(actor, May.EDIT_PLAN, measure)
    if not clean(by_function):
        raise ReportError("Bitte sagen, welche Stelle oder Funktion berichtet.")
    if answer.cost is not None and answer.funding is not None and answer.funding > answer.cost:
        raise ReportError("Die Förderung kann nicht höher sein als die Kosten.")
    batch = batch or new_batch()
    with transaction.atomic():
        found = _current(measure, year, version)
        verb = Verb.CREATED if found._state.adding else Verb.CHANGED
        with change(by=actor, verb=verb, of=found, batch=batch):
            _assign(found, answer)
            found.by_function, found.day = clean(by_function), on
        if ticks is not None:
            _tick(actor, measure, ticks, on=min(on, date(year, 12, 31)), batch=batch)
        later = ProgressReport.objects.filter(measure=measure, starts__gt=found.starts)
        if not later.exists():
            _tell_plan(actor, measure, found, batch)
    return found


def _current(measure: "Measure", year: int, version: int | None) -> ProgressReport:
    """Find the report of a year, or begin it; refuses what was seen and is no more so."""
    starts = date(year, 1, 1)
    found: ProgressReport | None = ProgressReport.objects.filter(
        measure=measure, starts=starts
    ).first()
    if version is not None and version != (found.version if found else 0):
        raise LostUpdateError(
            "Inzwischen hat jemand anders für dieses Jahr berichtet. Bitte vergleichen Sie beide "
            "Fassungen und senden Sie dann noch einmal ab."
        )
    if found is not None:
        return found
    wished = [key_of("sachstand", measure.key, str(year))]
    (key,) = free_keys(ProgressReport, measure.tenant_id, wished)
    return ProgressReport(
        tenant_id=measure.tenant_id, key=key, measure=measure, starts=starts,
        ends=date(year + 1, 1, 1),
    )  # fmt: skip


def _assign(found: ProgressReport, answer: Answer) -> None:
    for one in fields(answer):
        value = getattr(answer, one.name)
        lines = isinstance(value, str) and one.name != "assessment"
        setattr(found, one.name, clean_lines(value) if lines else value)


def _tick(actor: Actor, measure: "Measure", ticks: Ticks, *, on: date, batch: str) -> None:
    """Note which milestones are reached or open again; what stands so already keeps its day."""
    named = ticks.reached | ticks.opened
    for one in measure.milestones.filter(key__in=named).order_by("pk"):
        reached = one.key in ticks.reached
        if reached != (one.done is not None):
            with change(by=actor, verb=Verb.CHANGED, of=one, batch=batch):
                one.done = on if reached else None


def _tell_plan(actor: Actor, measure: "Measure", found: ProgressReport, batch: str) -> None:
    """Write into the measure what was said last."""
    with change(by=actor, verb=Verb.CHANGED, of=measure, batch=batch):
        measure.light = LIGHT_OF[Assessment.of(found.assessment)].value
        measure.light_reason = clean(found.obstacles)[:_REASON]
        step = f"Nächster Schritt: {found.next_step}" if found.next_step else ""
        measure.progress = "\n".join(filter(None, (found.effect, step)))
        measure.progress_day, measure.progress_by = found.day, found.by_function[:200]


def override(  # noqa: PLR0913 - what a state set by hand consists of
    *,
    actor: Actor,
    measure: "Measure",
    state: MeasureState,
    reason: str,
    since: date,
    by_function: str = "",
    batch: str = "",
) -> StateOverride:
    """Set the state of a measure against the computed one; what was set before ends then.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        ReportError: no reason is given, or another one is set from a later day on.

    """
    require(actor, May.EDIT_PLAN, measure.tenant)
    if not clean(reason):
        raise ReportError("Bitte sagen, warum der Stand ein anderer ist.")
    batch = batch or new_batch()
    with transaction.atomic():
        for before in StateOverride.objects.filter(measure=measure, ends=None).order_by("pk"):
            if before.day > since:
                raise ReportError(
                    f"Ab {day(before.day)} ist schon ein Stand festgelegt. Bitte diesen zuerst "
                    "aufheben."
                )
            with change(by=actor, verb=Verb.ENDED, of=before, batch=batch):
                before.ends = since
        wished = [key_of("stand", measure.key, f"{since}")]
        (key,) = free_keys(StateOverride, measure.tenant_id, wished)
        made = StateOverride(tenant_id=measure.tenant_id, key=key, measure=measure)
        with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
            made.state, made.reason, made.day = state.value, clean(reason), since
            made.by_function = clean(by_function)
    return made


def lift(
    *, actor: Actor, override: StateOverride, on: date, version: int | None = None, batch: str = ""
) -> None:
    """Let the computed state count again from a day on.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        ReportError: it is lifted already.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.EDIT_PLAN, override.tenant)
    if override.ends is not None:
        raise ReportError("Dieser Stand ist schon aufgehoben.")
    override.version = override.version if version is None else version
    with change(by=actor, verb=Verb.ENDED, of=override, batch=batch):
        override.ends = max(on, override.day)
