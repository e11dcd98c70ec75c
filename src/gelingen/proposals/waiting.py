"""What waits for one person: an answer that a body owes, and one that came for one's own body."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from gelingen.access.models import Tenant, User
from gelingen.access.policy import May, bodies_of, within
from gelingen.boards.seen import open_to
from gelingen.proposals.models import Station
from gelingen.terms.proposals import Answer, StationTask

# So long an answer is news for those who proposed it.
NEWS = timedelta(days=30)
_WAITING = ("", Answer.POSTPONED)


@dataclass(frozen=True, slots=True)
class Asked:
    """A station of which something is to be told.

    Attributes:
        key: of the station.
        number: of the station, by which its place on the page is called.
        proposal: key of the proposal.
        title: of the proposal.
        body: name of the body that is asked, or has answered.
        task: what it is asked for, in German.
        sender: name of the body that asks.
        due: first day after the last one in time; None without a day.
        answer: what it answered, in German; "" while it has not.
        answered: when; None while it has not.

    """

    key: str
    number: int
    proposal: str
    title: str
    body: str
    task: str
    sender: str
    due: date | None
    answer: str
    answered: date | None


def asked(person: User, tenant: Tenant) -> list[Asked]:
    """List what bodies that the person leads are asked and have not answered, by day. One query.

    An opinion nobody waits for any more is left out.
    """
    later = Station.objects.filter(proposal=OuterRef("proposal"), order__gt=OuterRef("order"))
    decided = later.exclude(task=StationTask.ADVISE).exclude(answer__in=_WAITING)
    found = within(person, May.EDIT_BOARDS, Station.objects.filter(tenant=tenant))
    waiting = found.filter(
        answer__in=_WAITING, proposal__withdrawn=None, proposal__merged_into=None
    ).exclude(Exists(decided))
    return [
        _told(one) for one in _read(waiting.order_by(F("due").asc(nulls_last=True), "since", "key"))
    ]


def arrived(person: User, tenant: Tenant, *, on: date) -> list[Asked]:
    """List answers of the last weeks to what the person's bodies propose or support. One query.

    What the body answered itself is left out, and so is what is not public where the person may
    not see it. The latest comes first.
    """
    mine = bodies_of(person)
    ours = Q(proposal__body__in=mine) | Q(proposal__supporters__body__in=mine)
    found = open_to(person, Station.objects.filter(tenant=tenant, answered__gt=on - NEWS))
    told = found.filter(ours, answered__lte=on, proposal__merged_into=None).exclude(body__in=mine)
    return [_told(one) for one in _read(told.distinct().order_by("-answered", "key"))]


def _read(found: QuerySet[Station]) -> QuerySet[Station]:
    return found.select_related("body", "sender", "proposal")


def _told(one: Station) -> Asked:
    return Asked(
        one.key,
        one.pk,
        one.proposal.key,
        one.proposal.title,
        one.body.name,
        one.get_task_display(),
        one.sender.name,
        one.due,
        one.get_answer_display() if one.answer else "",
        one.answered,
    )
