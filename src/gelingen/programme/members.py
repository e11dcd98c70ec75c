"""Single members score for themselves: whose ballot is whose, and what a group gets out of them.

What one member says is read by the member alone. Everybody else, whoever leads the selection
included, sees what the members of a group say together.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from statistics import mean, median
from typing import TYPE_CHECKING

from django.db.models import Q

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, Operator, bodies_of
from gelingen.analysis.selection.rankings import borda, tally
from gelingen.boards.queries import voters_of
from gelingen.programme.models import Ballot, MemberBallot, Said, Selection
from gelingen.programme.places import opinion_of, places_of
from gelingen.terms.programme import Counting, SelectionState, Voting

if TYPE_CHECKING:
    from gelingen.boards.models import Body

KEPT = timedelta(days=730)
# Of fewer members together one could tell what each of them said.
FEWEST = 3


def by_members(selection: Selection) -> bool:
    """Whether single members score, and not groups as a whole."""
    return selection.voting != Voting.GROUPS


def own_ballots(actor: Actor, selection: Selection) -> list[MemberBallot]:
    """Give what the actor says as a member, by name of the group. One query."""
    if isinstance(actor, Operator):
        return []
    found = MemberBallot.objects.filter(selection=selection, person=actor.pk)
    return list(found.select_related("body", "selection").order_by("body__name", "pk"))


def own_ballot(actor: Actor, selection: Selection, body: str) -> MemberBallot | None:
    """Find the actor's ballot as a member of a group; a new one where the actor may begin one.

    None where the actor neither takes a voting seat in the group nor has scored for it. Two
    queries at most.
    """
    if isinstance(actor, Operator):
        return None
    mine = [one for one in own_ballots(actor, selection) if one.body.key == body]
    if mine:
        return mine[0]
    groups = selection.groups.filter(pk__in=bodies_of(actor, voting=True))
    group: Body | None = groups.filter(key=body).first()
    if group is None:
        return None
    return MemberBallot(selection=selection, body=group, person=actor)


def may_score(actor: Actor, ballot: MemberBallot) -> bool:
    """Whether a ballot is the actor's own, who still takes a voting seat in the group."""
    own = not isinstance(actor, Operator) and ballot.person_id == actor.pk
    return own and ballot.body_id in set(bodies_of(actor, voting=True))


def to_give(actor: Actor, tenant: Tenant, *, on: date) -> list[MemberBallot]:
    """List what the actor has still to give as a member, by end of the scoring. Three queries."""
    seats = set(bodies_of(actor, voting=True))
    open_ = Selection.objects.filter(
        Q(starts=None) | Q(starts__lte=on),
        Q(ends=None) | Q(ends__gt=on),
        tenant=tenant,
        state=SelectionState.SCORING,
        groups__in=seats,
    ).exclude(voting=Voting.GROUPS)
    found: list[MemberBallot] = []
    for selection in open_.distinct().order_by("ends", "key") if seats else ():
        there = {one.body_id: one for one in own_ballots(actor, selection)}
        for group in selection.groups.filter(pk__in=seats).order_by("name", "key"):
            new = MemberBallot(selection=selection, body=group)
            found.append(there.get(group.pk, new))
    return [one for one in found if one.sent is None]


def sent_ballots(selection: Selection) -> list[MemberBallot]:
    """Give what members have sent; for reckoning, never to be shown one by one. One query."""
    found = MemberBallot.objects.filter(selection=selection, sent__isnull=False)
    return list(found.select_related("body").order_by("body__name", "pk"))


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many members of a group have sent their ballot, of how many that can."""

    sent: int
    asked: int


def turnout(selection: Selection, *, on: date) -> dict[int, Turnout]:
    """Count by number of the group who has sent a ballot. Two queries.

    Who has sent one and left since is counted on both sides.
    """
    groups = selection.groups.order_by().values("pk")
    may = voters_of(groups, on=on)
    sent = MemberBallot.objects.filter(selection=selection, sent__isnull=False)
    gave = list(sent.values_list("body", "person"))
    numbers = {body for body, _ in [*may, *gave]}
    return {
        number: Turnout(
            sum(body == number for body, _ in gave),
            sum(body == number for body, _ in may) + sum(
                body == number and (body, person) not in may for body, person in gave
            ),
        )
        for number in numbers
    }  # fmt: skip


def together(
    selection: Selection, candidates: Sequence[str], ballots: Iterable[MemberBallot]
) -> list[Ballot]:
    """Make one ballot a group of what its members sent, by name of the group; stored is none.

    A criterion gets the middle that the selection names, an order is that of Borda, and remarks
    stand one below the other, in the order of their words: nothing says whose they are.
    """
    by: dict[int, list[MemberBallot]] = {}
    for one in ballots:
        by.setdefault(one.body_id, []).append(one)
    return [_group(selection, candidates, given) for given in by.values()]


def _group(
    selection: Selection, candidates: Sequence[str], given: Sequence[MemberBallot]
) -> Ballot:
    middle = median if selection.middle == Counting.MEDIAN else mean
    body = given[0].body
    return Ballot(
        tenant=selection.tenant,
        key=f"{selection.key}_{body.key}"[:200],
        selection=selection,
        body=body,
        sent=max(one.sent for one in given if one.sent),
        scores={
            key: {name: middle(values) for name, values in _values(key, given).items()}
            for key in candidates
        },
        ranking=_ranking(candidates, given),
        comments=_remarks(candidates, given),
    )


def _values(candidate: str, given: Iterable[Said]) -> dict[str, list[Fraction]]:
    found: dict[str, list[Fraction]] = {}
    for one in given:
        for criterion, value in one.scores.get(candidate, {}).items():
            found.setdefault(criterion, []).append(Fraction(value))
    return found


def _ranking(candidates: Sequence[str], given: Sequence[Said]) -> Mapping[str, int]:
    opinions = [opinion_of(one, candidates) for one in given]
    stated = [one for one in opinions if one.places]
    return places_of(borda(tally(candidates, stated)).places) if stated else {}


def _remarks(candidates: Collection[str], given: Sequence[Said]) -> dict[str, str]:
    said = {key: sorted({one.comments[key] for one in given if key in one.comments})
            for key in candidates}  # fmt: skip
    return {key: "\n".join(texts) for key, texts in said.items() if texts}


def forget_member_ballots(*, on: date) -> int:
    """Delete what single members gave when its time has come; gives their number.

    That is two years after the decision; of what was never sent, once it is decided. Where nothing
    was decided it is two years after the end of the selection's year, and of its scoring. The
    year's programme stays as it was held fast.
    """
    decided = Q(selection__state=SelectionState.DECIDED)
    done = decided & (Q(selection__decided__lt=on - KEPT) | Q(sent=None))
    ended = Q(selection__ends=None) | Q(selection__ends__lt=on - KEPT)
    given_up = ~decided & ended & Q(selection__year__lt=on.year - 2)
    return MemberBallot.objects.filter(done | given_up).delete()[0]
