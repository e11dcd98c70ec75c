"""Read a year's selection: what holds for it, who stands for choice, and what groups said."""

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
from gelingen.programme.models import (
    Ballot,
    Candidate,
    Criterion,
    Limit,
    Selection,
    TopicMinimum,
)
from gelingen.terms.programme import SelectionState, Showing
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
    """Read everything of a selection that the actor may see. Twelve queries at most."""
    of = {"selection": selection}
    groups = tuple(selection.groups.order_by("name", "key").values_list("pk", "key", "name"))
    mine = within(actor, May.CHOOSE, Ballot.objects.filter(**of)).values_list("body", flat=True)
    scores = frozenset(mine)
    leads = allowed(actor, May.CHOOSE, selection)
    candidates = (
        Candidate.objects.filter(**of)
        .select_related("measure__topic", "selection")
        .prefetch_related("needs", "excludes")
        .order_by("measure__order", "measure__key")
    )
    ballots = list(Ballot.objects.filter(**of).select_related("body").order_by("body__name", "key"))
    scoring = {number for number, _, _ in groups}
    return Whole(
        selection,
        tuple(Criterion.objects.filter(**of)),
        tuple(Limit.objects.filter(**of)),
        tuple(TopicMinimum.objects.filter(**of).select_related("topic")),
        tuple(candidates),
        tuple(seen(ballots, selection, leads=leads, own=scores | set(bodies_of(actor)))),
        leads,
        scores,
        groups,
        sum(one.sent is not None and one.body_id in scoring for one in ballots),
    )


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
