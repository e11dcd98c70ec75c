"""What ended between two editions though the later one does not list it.

A continuation closes what is over and leaves it with the earlier plan. The earlier edition froze it
while it went on, the later one has no row for it. How it ended is kept with the release of the
later one; it stays inside, open data and pages know no such column. Drafts, and editions that were
released before this was kept, are told from the records as they are.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gelingen.access.policy import Operator
from gelingen.editions.comparing import Comparison, compare
from gelingen.editions.queries import Rows, editions, frozen, rows_of
from gelingen.editions.states import state_of_goal, states_of
from gelingen.plan import queries as plans
from gelingen.terms.editions import EditionTableName as Name

if TYPE_CHECKING:
    from gelingen.editions.models import Edition

# Beside the columns of the plan's row, see `ended`.
ENDED = "ended"


def compare_editions(before: "Edition", after: "Edition") -> Comparison:
    """Compare two editions; what ended between them is told as it stood on the later one's day.

    Args:
        before: the earlier one, with plan and tenant.
        after: the later one, with plan and tenant; it may be the draft.

    """
    earlier, later = rows_of(before), rows_of(after)
    kept = next((row[ENDED] for row in later[Name.PLAN] if ENDED in row), None)
    over = _over(before, after, earlier, later) if kept is None else kept
    return compare(earlier, later, over=over)


def ended(edition: "Edition", tables: Rows) -> dict[str, dict[str, str]]:
    """Say how all ended that an earlier edition has and this one has not, to keep at its release.

    Args:
        edition: the one that is released, with plan and tenant.
        tables: its rows.

    Returns:
        States by table and key, as they stand on the day of the edition. One query, and where
        something ended a fixed number for each earlier edition.

    """
    found: dict[str, dict[str, str]] = {}
    every = editions(Operator(day=edition.on), edition.tenant)
    for before in every.exclude(pk=edition.pk).prefetch_related("tables"):
        for table, states in _over(before, edition, frozen(before), tables).items():
            found.setdefault(table, {}).update(states)
    return found


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
