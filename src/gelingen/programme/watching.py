"""Selections as lists show them: how far each is, and whose turn it is."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, bodies_of, require, within
from gelingen.programme.members import Turnout, by_members, to_give, turnout
from gelingen.programme.models import Ballot, MemberBallot, Selection
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
    """A group that scores: its number, key and name, and when it sent its ballot, if it has.

    `members` says how many of its members have sent theirs, where single members score; the day is
    then None.
    """

    number: int
    key: str
    name: str
    sent: date | None
    members: Turnout | None = None

    @property
    def gave(self) -> bool:
        """Whether the group, or a member of it, has sent a ballot."""
        return self.sent is not None or bool(self.members and self.members.sent)


def selection_lines(actor: Actor, tenant: Tenant) -> list[SelectionLine]:
    """List the selections that the actor may see, the latest year first. One query."""
    return _lines(selections(actor, tenant))


def _lines(selections: QuerySet[Selection]) -> list[SelectionLine]:
    found = selections.annotate(
        number=Count("candidates", distinct=True),
        asked=Count("groups", distinct=True),
        gave=Count("ballots", distinct=True, filter=Q(ballots__sent__isnull=False)),
        single=Count(
            "member_ballots__body", distinct=True, filter=Q(member_ballots__sent__isnull=False)
        ),
    )
    return [SelectionLine(one, one.number, one.asked, one.gave + one.single) for one in found]


def group_lines(actor: Actor, selection: Selection, *, on: date) -> list[GroupLine]:
    """Say which groups have sent their ballot, by name; what it says is not told. Four queries.

    Raises:
        PermissionDenied: the actor may not see the selection.

    """
    require(actor, May.VIEW, selection)
    groups = selection.groups.order_by("name", "key").values_list("pk", "key", "name")
    if by_members(selection):
        there = turnout(selection, on=on)
        none = Turnout(0, 0)
        return [GroupLine(pk, key, name, None, there.get(pk, none)) for pk, key, name in groups]
    sent = dict(Ballot.objects.filter(selection=selection).values_list("body", "sent"))
    return [GroupLine(pk, key, name, sent.get(pk)) for pk, key, name in groups]


def ballots_to_give(actor: Actor, tenant: Tenant, *, on: date) -> list[Ballot | MemberBallot]:
    """List open ballots of groups that the actor leads, then those that it gives as a member.

    Two queries; three where the actor takes a voting seat.

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
    return [*found.order_by("selection__ends", "key"), *to_give(actor, tenant, on=on)]


def to_decide(actor: Actor, tenant: Tenant, *, on: date) -> list[SelectionLine]:
    """List selections that the actor leads and whose scoring is over, undecided. One query.

    By year.
    """
    over = Q(state=SelectionState.WEIGHING) | Q(state=SelectionState.SCORING, ends__lte=on)
    found = within(actor, May.CHOOSE, Selection.objects.filter(over, tenant=tenant))
    return _lines(found.order_by("year", "key"))
