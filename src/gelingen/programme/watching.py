"""Selections as lists show them: how far each is, and whose turn it is."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, bodies_of, require, within
from gelingen.programme.models import Ballot, Selection
from gelingen.programme.queries import selections
from gelingen.terms.programme import SelectionState


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


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group that scores: its number, key and name, and when it sent its ballot, if it has."""

    number: int
    key: str
    name: str
    sent: date | None


def selection_lines(actor: Actor, tenant: Tenant) -> list[SelectionLine]:
    """List the selections that the actor may see, the latest year first. One query."""
    return _lines(selections(actor, tenant))


def _lines(selections: QuerySet[Selection]) -> list[SelectionLine]:
    found = selections.annotate(
        number=Count("candidates", distinct=True),
        asked=Count("groups", distinct=True),
        gave=Count("ballots", distinct=True, filter=Q(ballots__sent__isnull=False)),
    )
    return [SelectionLine(one, one.number, one.asked, one.gave) for one in found]


def group_lines(actor: Actor, selection: Selection) -> list[GroupLine]:
    """Say which groups have sent their ballot, by name; what it says is not told. Three queries.

    Raises:
        PermissionDenied: the actor may not see the selection.

    """
    require(actor, May.VIEW, selection)
    sent = dict(Ballot.objects.filter(selection=selection).values_list("body", "sent"))
    groups = selection.groups.order_by("name", "key").values_list("pk", "key", "name")
    return [GroupLine(pk, key, name, sent.get(pk)) for pk, key, name in groups]


def ballots_to_give(actor: Actor, tenant: Tenant, *, on: date) -> list[Ballot]:
    """List open ballots of groups that the actor leads, with group and selection. One query.

    Whoever leads all selections may fill in every ballot; it waits for those who sit in the group.
    """
    open_ = Ballot.objects.filter(
        Q(selection__starts=None) | Q(selection__starts__lte=on),
        Q(selection__ends=None) | Q(selection__ends__gt=on),
        tenant=tenant,
        sent=None,
        selection__state=SelectionState.SCORING,
        body__in=bodies_of(actor),
    )
    found = within(actor, May.CHOOSE, open_).select_related("body", "selection")
    return list(found.order_by("selection__ends", "key"))


def to_decide(actor: Actor, tenant: Tenant, *, on: date) -> list[SelectionLine]:
    """List selections that the actor leads and whose scoring is over, undecided. One query.

    By year.
    """
    over = Q(state=SelectionState.WEIGHING) | Q(state=SelectionState.SCORING, ends__lte=on)
    found = within(actor, May.CHOOSE, Selection.objects.filter(over, tenant=tenant))
    return _lines(found.order_by("year", "key"))
