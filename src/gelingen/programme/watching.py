"""Selections as lists show them: how far each is, and whose turn it is."""

from dataclasses import dataclass

from django.db.models import Count, Q

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.programme.models import Selection
from gelingen.programme.queries import selections


@dataclass(frozen=True, slots=True)
class SelectionLine:
    """A selection in a list.

    Attributes:
        selection: with its body.
        candidates: how many measures stand for choice.
        groups: how many groups score.
        sent: how many of them have sent their ballot; what it says is not told by that.

    """

    selection: Selection
    candidates: int
    groups: int
    sent: int


def selection_lines(actor: Actor, tenant: Tenant) -> list[SelectionLine]:
    """List the selections that the actor may see, the latest year first. One query."""
    found = selections(actor, tenant).annotate(
        number=Count("candidates", distinct=True),
        asked=Count("groups", distinct=True),
        gave=Count("ballots", distinct=True, filter=Q(ballots__sent__isnull=False)),
    )
    return [SelectionLine(one, one.number, one.asked, one.gave) for one in found]
