"""What a new goal takes over from its need, and a new measure from its goal."""

from typing import TYPE_CHECKING

from gelingen.errors import UserError

if TYPE_CHECKING:
    from gelingen.needs.models import Need
    from gelingen.plan.models import ImpactGoal, Plan


class NoPlanYetError(UserError):
    """Goals belong to a plan, and there is none."""


def goal_for(need: "Need", *, plan: "Plan | None", title: str) -> dict[str, object]:
    """Give the values of a new impact goal that answers a need; references are keys.

    Raises:
        NoPlanYetError: there is no plan to which it could belong.

    """
    if plan is None:
        raise NoPlanYetError(
            "Es gibt noch keinen Plan. Legen Sie zuerst einen Plan mit Planungshorizont an."
        )
    return {
        "plan": plan.key,
        "topic": need.topic.key,
        "target_group": need.target_group.key,
        "title": title,
        "needs": (need.key,),
    }


def measure_for(goal: "ImpactGoal", *, title: str) -> dict[str, object]:
    """Give the values of a new measure that serves a goal; references are keys."""
    group = goal.target_group
    return {
        "title": title,
        "topic": goal.topic.key,
        "goals": (goal.key,),
        "needs": tuple(need.key for need in goal.needs.all()),
        "target_groups": (group.key,) if group else (),
    }
