"""Read a year's selection: what holds for it, who stands for choice, and what groups said."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, allowed, bodies_of, within
from gelingen.access.record import UnknownRecordError
from gelingen.plan.queries import measures
from gelingen.programme.members import FEWEST, by_members, own_ballots, sent_ballots, together
from gelingen.programme.models import (
    Ballot,
    Candidate,
    Criterion,
    Limit,
    MemberBallot,
    Said,
    Selection,
    TopicMinimum,
)
from gelingen.terms.programme import SelectionState, Showing, Voting
from gelingen.terms.vocabulary import Maturity

if TYPE_CHECKING:
    from gelingen.plan.models import Measure

# What can be chosen: what is to begin or goes on; not what is over or given up.
OPEN = (Maturity.IDEA, Maturity.PLANNED, Maturity.DECIDED, Maturity.RUNNING, Maturity.UNKNOWN)


@dataclass(frozen=True)
class Whole:
    """A selection with all that belongs to it, read once.

    Attributes:
        selection: with its body.
        criteria, limits, minima: in their order.
        candidates: with measure and topic, in the order of the plan.
        ballots: those that the actor may see, with their group, by name of the group.
        leads: whether the actor leads the selection and sees everything.
        scores: numbers of the groups for which the actor may score.
        groups: number, key and name of all groups that score, by name.
        given: how many groups have sent their ballot, seen or not.
        own: what the actor says as a member; empty where groups score as a whole.
        single: what members sent, where the actor may see what comes out of it; to reckon with,
            never to be shown one by one.

    """

    selection: Selection
    criteria: tuple[Criterion, ...]
    limits: tuple[Limit, ...]
    minima: tuple[TopicMinimum, ...]
    candidates: tuple[Candidate, ...]
    ballots: tuple[Ballot, ...]
    leads: bool
    scores: frozenset[int]
    groups: tuple[tuple[int, str, str], ...]
    given: int
    own: tuple[MemberBallot, ...] = ()
    single: tuple[MemberBallot, ...] = ()

    @cached_property
    def links(self) -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
        """Give by candidate the keys of those it needs and of those it excludes."""
        return {
            one.key: (
                frozenset(other.key for other in one.needs.all()),
                frozenset(other.key for other in one.excludes.all()),
            )
            for one in self.candidates
        }

    @property
    def sent(self) -> int:
        """Count the groups that have sent their ballot, as far as the actor sees them."""
        return len(self.counting)

    @property
    def counting(self) -> list[Ballot]:
        """Give the ballots that count, as far as seen: sent, and of groups that score."""
        scoring = {number for number, _, _ in self.groups}
        return [one for one in self.ballots if one.sent is not None and one.body_id in scoring]

    @property
    def shown(self) -> list[Ballot]:
        """Give of those that count the ones to be shown by themselves, not of too few members."""
        if not by_members(self.selection):
            return self.counting
        gave = Counter(one.body_id for one in self.single)
        return [one for one in self.counting if gave[one.body_id] >= FEWEST]

    @property
    def few(self) -> list[str]:
        """Name the groups that count and are not shown by themselves."""
        shown = {one.body_id for one in self.shown}
        return [str(one.body) for one in self.counting if one.body_id not in shown]

    @property
    def voices(self) -> list[tuple[str, Said]]:
        """Give whose points the lists are made of, by name: groups, or each member."""
        if self.selection.voting == Voting.EACH:
            scoring = {number for number, _, _ in self.groups}
            counted = [one for one in self.single if one.body_id in scoring]
            return [(f"{number:04}", one) for number, one in enumerate(counted, start=1)]
        return [(one.body.key, one) for one in self.counting]

    @property
    def complete(self) -> bool:
        """Whether the actor sees every ballot that was sent; of a part no list is made."""
        return self.sent == self.given


def selections(actor: Actor, tenant: Tenant) -> QuerySet[Selection]:
    """Give the selections that the actor may see, the latest year first."""
    found = Selection.objects.filter(tenant=tenant).select_related("body")
    return within(actor, May.VIEW, found)


def get_selection(actor: Actor, tenant: Tenant, key: str) -> Selection:
    """Find a selection; raises UnknownRecordError. One query."""
    found = selections(actor, tenant).filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Diese Jahresauswahl gibt es nicht.")
    return found


def whole(actor: Actor, selection: Selection) -> Whole:
    """Read everything of a selection that the actor may see. Fourteen queries at most."""
    of = {"selection": selection}
    groups = tuple(selection.groups.order_by("name", "key").values_list("pk", "key", "name"))
    leads = allowed(actor, May.CHOOSE, selection)
    candidates = tuple(
        Candidate.objects.filter(**of)
        .select_related("measure__topic", "selection")
        .prefetch_related("needs", "excludes")
        .order_by("measure__order", "measure__key")
    )
    keys = [one.key for one in candidates]
    told = _members(actor, selection, keys, leads) if by_members(selection) else None
    told = told or _groups(actor, selection, leads)
    scoring = {number for number, _, _ in groups}
    return Whole(
        selection,
        tuple(Criterion.objects.filter(**of)),
        tuple(Limit.objects.filter(**of)),
        tuple(TopicMinimum.objects.filter(**of).select_related("topic")),
        candidates,
        told.ballots,
        leads,
        told.scores,
        groups,
        len(told.gave & scoring),
        told.own,
        told.single,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What of the ballots of a selection the actor may see; see `Whole`.

    `gave` are the numbers of the groups that have sent something, seen or not.
    """

    ballots: tuple[Ballot, ...]
    scores: frozenset[int]
    gave: frozenset[int]
    own: tuple[MemberBallot, ...] = ()
    single: tuple[MemberBallot, ...] = ()


def _groups(actor: Actor, selection: Selection, leads: bool) -> _Told:  # noqa: FBT001 - as `Whole.leads`
    every = Ballot.objects.filter(selection=selection)
    scores = frozenset(within(actor, May.CHOOSE, every).values_list("body", flat=True))
    ballots = list(every.select_related("body").order_by("body__name", "key"))
    return _Told(
        tuple(seen(ballots, selection, leads=leads, own=scores | set(bodies_of(actor)))),
        scores,
        frozenset(one.body_id for one in ballots if one.sent is not None),
    )


def _members(
    actor: Actor,
    selection: Selection,
    candidates: Sequence[str],
    leads: bool,  # noqa: FBT001 - as `Whole.leads`
) -> _Told:
    own, sent = own_ballots(actor, selection), sent_ballots(selection)
    single = sent if results_open(selection, leads=leads) else []
    return _Told(
        tuple(together(selection, candidates, single)),
        frozenset(bodies_of(actor, voting=True)),
        frozenset(one.body_id for one in sent),
        tuple(own),
        tuple(single),
    )


def results_open(selection: Selection, *, leads: bool) -> bool:
    """Whether somebody sees what comes out of the ballots of single members.

    Nobody does while members score, neither who leads the selection nor who has sent: with each
    ballot that comes in, what changes would tell what one person said.

    Args:
        selection: says when others are seen.
        leads: whether it is somebody who leads the selection.

    """
    over = selection.state in (SelectionState.WEIGHING, SelectionState.DECIDED)
    return over and (leads or selection.showing != Showing.NEVER)


def seen(
    ballots: Sequence[Ballot], selection: Selection, *, leads: bool, own: frozenset[int]
) -> list[Ballot]:
    """Keep the ballots that somebody may see: one's own always, others as the selection says.

    Args:
        ballots: of the selection.
        selection: says when groups see each other's ballots.
        leads: who leads the selection sees what was sent at once.
        own: numbers of the groups for which somebody may score, or in which they sit.

    """
    over = selection.state in (SelectionState.WEIGHING, SelectionState.DECIDED)
    gave = any(one.sent and one.body_id in own for one in ballots)
    open_now = (
        leads
        or (selection.showing == Showing.AFTERWARDS and over)
        or (selection.showing == Showing.SENT and (gave or over))
    )
    return [one for one in ballots if one.body_id in own or (open_now and one.sent is not None)]


def choosable(actor: Actor, tenant: Tenant, selection: Selection) -> list["Measure"]:
    """List measures that could still stand for choice, in the order of the plan. Two queries."""
    there = selection.candidates.values("measure")
    found = measures(actor, tenant).filter(maturity__in=OPEN).exclude(pk__in=there)
    return list(found.select_related("topic").order_by("order", "key"))


def amount_of(candidate: Candidate, limit: str) -> Fraction:
    """Read what a candidate takes of a limit; nothing where nothing is said."""
    return Fraction(Decimal(candidate.amounts.get(limit) or 0))


def scoring_open(selection: Selection, *, on: date) -> bool:
    """Whether groups may score on a day."""
    return (
        selection.state == SelectionState.SCORING
        and (selection.starts is None or selection.starts <= on)
        and (selection.ends is None or on < selection.ends)
    )
