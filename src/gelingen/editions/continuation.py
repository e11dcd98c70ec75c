"""The next edition begins with the last one: what is open goes on, what is over is closed.

preview(actor, tenant, on=) -> Continuation | None, begin(...) -> Edition
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.editions.freezing import belongs
from gelingen.editions.queries import last_released
from gelingen.editions.states import OVER, Told, state_of_goal, states_of
from gelingen.editions.writing import EditionError, new_edition
from gelingen.history.recording import new_batch
from gelingen.plan import queries as plans
from gelingen.plan.continuing import continue_plan
from gelingen.terms.progress import MeasureState
from gelingen.terms.vocabulary import Maturity

if TYPE_CHECKING:
    from gelingen.editions.models import Edition
    from gelingen.plan.models import ImpactGoal, Measure

_DONE = (Maturity.FINISHED, Maturity.HANDED_OVER)


@dataclass(frozen=True, slots=True)
class Continuation:
    """What would go on and what would be closed.

    Attributes:
        edition: the last released one.
        open_goals: impact goals that go on, in the order of the plan.
        closed_goals: those whose measures are all over.
        open_measures: measures that go on.
        closed_measures: measures that are over, each with its state.
        guiding_goals: how many guiding goals go on.
        texts: how many chapter texts are copied.

    """

    edition: "Edition"
    open_goals: "tuple[ImpactGoal, ...]"
    closed_goals: "tuple[ImpactGoal, ...]"
    open_measures: "tuple[Measure, ...]"
    closed_measures: "tuple[tuple[Measure, Told], ...]"
    guiding_goals: int
    texts: int


def preview(actor: Actor, tenant: Tenant, *, on: date) -> Continuation | None:
    """Say what a continuation would carry over as of a day; None without a released edition.

    Measures that are not public count too: the edition is for everybody, the plan for the house.
    """
    edition = last_released(tenant)
    if edition is None:
        return None
    plan = edition.plan
    measures = [one for one in plans.measures_in_full(actor, tenant) if belongs(one, plan)]
    goals = plans.goals_with_needs(actor, tenant, plan=plan)
    told = states_of(tenant, measures, on=on)
    over = {one.pk for one in measures if told[one.pk].state in OVER}
    closed = {
        goal.pk
        for goal in goals
        if state_of_goal(told[one.pk].state for one in measures if goal in one.goals.all()) in OVER
    }
    return Continuation(
        edition,
        tuple(one for one in goals if one.pk not in closed),
        tuple(one for one in goals if one.pk in closed),
        tuple(one for one in measures if one.pk not in over),
        tuple((one, told[one.pk]) for one in measures if one.pk in over),
        len(plans.guiding_goals(actor, tenant, plan=plan)),
        len(plans.chapter_texts(actor, tenant, plan=plan)),
    )


def begin(  # noqa: PLR0913 - what a continuation consists of
    *, actor: Actor, tenant: Tenant, title: str, horizon: date, on: date, batch: str = ""
) -> "Edition":
    """Begin the plan that follows the last released edition, and the draft of its edition.

    Args:
        actor: who does it.
        tenant: whose.
        title: of the new plan and the draft.
        horizon: first day after its planning horizon.
        on: the day of which states count.
        batch: number of the undertaking, with which all of it can be taken back.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        EditionError: no edition is released, it was carried on already, or a draft is there.
        ContinuationError: the horizon is not later than that of the last plan.

    """
    require(actor, May.EDIT_PLAN, tenant)
    found = preview(actor, tenant, on=on)
    if found is None:
        raise EditionError("Fortgeschrieben wird eine freigegebene Ausgabe; es gibt noch keine.")
    newest = plans.plans(actor, tenant).first()
    if newest is not None and newest.pk != found.edition.plan_id:
        raise EditionError(
            f"Die Fortschreibung ist schon begonnen: „{newest}“. Ihr Entwurf wird zuerst "
            "freigegeben."
        )
    batch = batch or new_batch()
    with transaction.atomic():
        plan = continue_plan(
            actor=actor, plan=found.edition.plan, title=title, horizon=horizon, batch=batch,
            goals=[one.key for one in found.open_goals],
            over={one.key: _maturity(one, told) for one, told in found.closed_measures},
        )  # fmt: skip
        return new_edition(actor=actor, tenant=tenant, plan=plan, on=on, batch=batch)


def _maturity(one: "Measure", told: Told) -> Maturity:
    if told.state == MeasureState.DROPPED:
        return Maturity.DROPPED
    return Maturity.of(one.maturity) if one.maturity in _DONE else Maturity.FINISHED
