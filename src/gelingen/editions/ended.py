"""What ended between two editions though the later one does not list it.

A continuation closes what is over and leaves it with the earlier plan. The earlier edition froze it
while it went on, the later one has no row for it: how it ended stands in the records alone.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gelingen.access.policy import Operator
from gelingen.editions.comparing import Comparison, compare
from gelingen.editions.queries import Rows, rows_of
from gelingen.editions.states import state_of_goal, states_of
from gelingen.plan import queries as plans
from gelingen.terms.editions import EditionTableName as Name

if TYPE_CHECKING:
    from gelingen.editions.models import Edition


def compare_editions(before: "Edition", after: "Edition") -> Comparison:
    """Compare two editions; what ended between them is told as it stood on the later one's day.

    Args:
        before: the earlier one, with plan and tenant.
        after: the later one, with plan and tenant; it may be the draft.

    """
    earlier, later = rows_of(before), rows_of(after)
    return compare(earlier, later, over=_over(before, after, earlier, later))


def _over(
    before: "Edition", after: "Edition", earlier: Rows, later: Rows
) -> Mapping[str, Mapping[str, str]]:
    gone = {
        table: {row["key"] for row in earlier[table]} - {row["key"] for row in later[table]}
        for table in (Name.GOALS.value, Name.MEASURES.value)
    }
    if not any(gone.values()):
        return {}
    tenant, reader = before.tenant, Operator(day=after.on)
    every = plans.measures_in_full(reader, tenant)
    told = states_of(tenant, every, on=after.on)
    goals = plans.goals_with_needs(reader, tenant, plan=before.plan)
    return {
        Name.MEASURES.value: {
            one.key: told[one.pk].state for one in every if one.key in gone[Name.MEASURES.value]
        },
        Name.GOALS.value: {
            goal.key: state_of_goal(
                told[one.pk].state for one in every if one.public and goal in one.goals.all()
            )
            for goal in goals
            if goal.key in gone[Name.GOALS.value]
        },
    }
