"""The rule that eighteen months before its money ends it is asked how a measure goes on."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from gelingen.plan.models import Measure

# Eighteen months.
_AHEAD = timedelta(days=548)


def ends_soon(on: date) -> Q:
    """Condition on measures: their money ends soon, and nobody has said how they go on."""
    return Q(funding_ends__gt=on, funding_ends__lte=on + _AHEAD, continuation="")


def money_ends(measure: "Measure", on: date) -> date | None:
    """First day without granted money of a measure that `ends_soon` finds; else None."""
    ends = measure.funding_ends
    soon = ends is not None and on < ends <= on + _AHEAD and not measure.continuation
    return ends if soon else None
