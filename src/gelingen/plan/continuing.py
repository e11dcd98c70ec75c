"""Carry a plan on: a new one takes over what is open, what is over stays with the old one.

continue_plan(...) -> Plan, adopt(...)
"""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction

from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.history.recording import change, new_batch
from gelingen.plan.models import ChapterText, GuidingGoal, ImpactGoal, Measure, Plan
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import Maturity, PlanState, Verb
from gelingen.workbook.folding import clean


class ContinuationError(UserError):
    """A plan cannot be carried on like this."""


def continue_plan(  # noqa: PLR0913 - what a new plan takes over
    *,
    actor: Actor,
    plan: Plan,
    title: str,
    horizon: date,
    goals: Collection[str],
    over: Mapping[str, Maturity],
    batch: str = "",
) -> Plan:
    """Begin the plan that follows.

    Guiding goals and open goals move to it and keep their keys, so that they can be followed over
    the years; measures serve the goals that they served. Chapter texts are copied, because the old
    plan keeps its own words. Planning periods are made anew.

    Args:
        actor: who does it.
        plan: the plan that is carried on.
        title: of the new one.
        horizon: first day after the planning horizon of the new one.
        goals: keys of the impact goals that are open.
        over: keys of the measures that are over, and what the plan shall say of them.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        ContinuationError: the new horizon is not later than the old one.
        LostUpdateError: somebody else changed something meanwhile.

    """
    require(actor, May.EDIT_PLAN, plan.tenant)
    if horizon <= plan.horizon:
        raise ContinuationError(
            f"Der neue Horizont muss nach dem {day(last_day(plan.horizon))} liegen."
        )
    batch = batch or new_batch()
    with transaction.atomic():
        made = Plan(tenant=plan.tenant, key=_free_key(plan, horizon), horizon=horizon)
        with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
            made.title = clean(title)
        with change(by=actor, verb=Verb.CHANGED, of=plan, batch=batch):
            plan.state = PlanState.REVISION
        _move(actor, plan, made, goals, batch)
        _copy_texts(actor, plan, made, batch)
        _close(actor, plan, over, batch)
    return made


def _free_key(plan: Plan, horizon: date) -> str:
    """Name the new plan by the last year that it reaches."""
    taken = set(Plan.objects.filter(tenant=plan.tenant).values_list("key", flat=True))
    name = f"plan-{last_day(horizon).year}"
    tries = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in tries if one not in taken)


def _move(actor: Actor, plan: Plan, to: Plan, goals: Collection[str], batch: str) -> None:
    """Move the guiding goals and the open goals to a plan."""
    guiding = GuidingGoal.objects.filter(tenant=plan.tenant, plan=plan)
    open_ones = ImpactGoal.objects.filter(tenant=plan.tenant, plan=plan, key__in=goals)
    for one in (*guiding, *open_ones):
        with change(by=actor, verb=Verb.CHANGED, of=one, batch=batch):
            one.plan = to


def _copy_texts(actor: Actor, plan: Plan, to: Plan, batch: str) -> None:
    for text in ChapterText.objects.filter(tenant=plan.tenant, plan=plan):
        made = ChapterText(
            tenant=plan.tenant, key=f"{to.key}-{text.chapter}", plan=to, chapter=text.chapter
        )
        with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
            made.text = text.text


def _close(actor: Actor, plan: Plan, over: Mapping[str, Maturity], batch: str) -> None:
    """Let the plan say of measures that they are over, where it does not yet."""
    for one in Measure.objects.filter(tenant=plan.tenant, key__in=over):
        if one.maturity != over[one.key]:
            with change(by=actor, verb=Verb.CHANGED, of=one, batch=batch):
                one.maturity = over[one.key]


def adopt(*, actor: Actor, plan: Plan, batch: str = "") -> None:
    """Let a plan that carries another on count as adopted, and the other as replaced by it.

    The state of a plan that carries nothing on stays as people set it.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        LostUpdateError: somebody else changed it meanwhile.

    """
    require(actor, May.EDIT_PLAN, plan.tenant)
    every = Plan.objects.filter(tenant=plan.tenant, state=PlanState.REVISION)
    old = list(every.exclude(pk=plan.pk).order_by("pk"))
    if old and plan.state == PlanState.DRAFT:
        with change(by=actor, verb=Verb.CHANGED, of=plan, batch=batch):
            plan.state = PlanState.ADOPTED
    for one in old:
        with change(by=actor, verb=Verb.CHANGED, of=one, batch=batch):
            one.state = PlanState.REPLACED
