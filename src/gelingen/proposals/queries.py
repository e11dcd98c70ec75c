"""Proposals and their way: who has one, since when, what was said, and who stands behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.access.record import UnknownRecordError
from gelingen.boards.meetings import led
from gelingen.boards.seen import items
from gelingen.proposals.models import Proposal, Station, Supporter
from gelingen.terms.proposals import ADOPTED, Answer, Standing, StationTask

if TYPE_CHECKING:
    from gelingen.boards.models import AgendaItem, Body
    from gelingen.topics.models import Topic

ORIGIN = "proposal"
_ENDS = {
    **dict.fromkeys(ADOPTED, Standing.ADOPTED),
    Answer.REJECTED: Standing.REJECTED,
    Answer.NOTED: Standing.NOTED,
}


@dataclass(frozen=True, slots=True)
class Stop:
    """A station as the actor may see it.

    Attributes:
        station: the record; of a withheld one nothing but body, sender, task and day is told.
        withheld: whether it is not public and the actor may not see what was said.
        item: the item of the agenda in which it was answered; None if the actor may not see it.
        leads: whether the actor does the work of the body that has it.

    """

    station: Station
    withheld: bool
    item: "AgendaItem | None"
    leads: bool

    @property
    def waits(self) -> bool:
        """Whether an answer is still to come: there is none, or it was put off."""
        return waits(self.station)

    def overdue(self, on: date) -> bool:
        """Whether an answer should have come before a day."""
        due = None if self.withheld else self.station.due
        return self.waits and due is not None and due <= on

    def days(self, on: date) -> int:
        """Count the days since the body has it; until its answer, where that is told."""
        until = on if self.withheld or self.waits else (self.station.answered or on)
        return max((until - self.station.since).days, 0)


@dataclass(frozen=True, slots=True)
class Way:
    """One proposal with everything about its way that the actor may see.

    Attributes:
        proposal: the proposal, with its body, measure, need and the one it went into.
        topics: its topics, in their order.
        stops: its stations in their order.
        supporters: who stands behind it, with their topics, the first first.
        lies_with: the body that is asked now, else the one that sends it on.
        since: since when it lies there.
        owner: the body that sends it on: who was asked last to recommend or to decide.
        standing: how it stands, as far as the actor may know.
        leads: whether the actor does the work of the body that proposes.
        sends: whether the actor does the work of the body that sends it on.

    """

    proposal: Proposal
    topics: tuple["Topic", ...]
    stops: tuple[Stop, ...]
    supporters: tuple[Supporter, ...]
    lies_with: "Body"
    since: date
    owner: "Body"
    standing: Standing
    leads: bool
    sends: bool

    @property
    def origin(self) -> str:
        """What items of an agenda about it come from."""
        return origin_of(self.proposal.key)

    @property
    def over(self) -> bool:
        """Whether nothing is done with it any more."""
        return self.proposal.withdrawn is not None or self.proposal.merged_into_id is not None

    @property
    def waiting(self) -> list[Stop]:
        """Stations from which an answer is still to come, the last one first."""
        wanted = [] if self.over else waiting_of([one.station for one in self.stops])
        return [one for station in wanted for one in self.stops if one.station is station]

    @property
    def held(self) -> bool:
        """Whether its owner has yet to answer; till then it can ask for opinions only."""
        _, taken = owner_of(self.proposal, [one.station for one in self.stops])
        return taken is not None and waits(taken)

    def overdue(self, on: date) -> bool:
        """Whether an answer should have come before a day."""
        return any(one.overdue(on) for one in self.waiting)


def origin_of(key: str) -> str:
    """Name a proposal as items of an agenda do."""
    return f"{ORIGIN}:{key}"


def waits(station: Station) -> bool:
    """Whether a station has no answer yet, or one that puts it off."""
    return station.answer in {"", Answer.POSTPONED}


def waiting_of(stations: Sequence[Station]) -> list[Station]:
    """Give the stations from which an answer is still to come, the last one first.

    An opinion that nobody waited for is no longer asked: after it came a recommendation or a
    decision.
    """
    found = []
    for one in reversed(stations):
        if waits(one):
            found.append(one)
        elif one.task != StationTask.ADVISE:
            break
    return found


def owner_of(proposal: Proposal, stations: Sequence[Station]) -> tuple["Body", Station | None]:
    """Say which body sends a proposal on, and by which station it got it.

    Who is asked for an opinion gives it back: it belongs to the body that was asked last to
    recommend or to decide, at first to the one that proposes.
    """
    taken = [one for one in stations if one.task != StationTask.ADVISE]
    return (taken[-1].body, taken[-1]) if taken else (proposal.body, None)


def _lies_with(proposal: Proposal, stops: Sequence[Stop]) -> tuple["Body", date]:
    """Say where a proposal lies, and since when: with whom is asked now, else with its owner.

    Of what is withheld the day of the answer is not told.
    """
    stations = [one.station for one in stops]
    if waiting := waiting_of(stations):
        return waiting[0].body, waiting[0].since
    owner, _ = owner_of(proposal, stations)
    days = [
        one.station.since if one.withheld else one.station.answered or one.station.since
        for one in stops
    ]
    return owner, max(days, default=proposal.made)


def standing_of(proposal: Proposal, stops: Sequence[Stop]) -> Standing:
    """Say how a proposal stands to whom may see these stations."""
    if proposal.withdrawn is not None:
        return Standing.WITHDRAWN
    if proposal.merged_into_id is not None:
        return Standing.MERGED
    waiting = waiting_of([one.station for one in stops])
    _, owned = owner_of(proposal, [one.station for one in stops])
    told = waiting[0] if waiting else owned or (stops[-1].station if stops else None)
    return _said(next((one for one in stops if one.station is told), None))


def _said(last: Stop | None) -> Standing:
    """Say how a proposal stands by the station that counts."""
    if last is None:
        return Standing.OWN
    if last.withheld:
        return Standing.CLOSED
    if not last.station.answer:
        return Standing.ASKED
    answer = Answer.of(last.station.answer)
    decided = last.station.task == StationTask.DECIDE
    if answer is Answer.POSTPONED:
        return Standing.POSTPONED
    return _ENDS[answer] if decided else Standing.ANSWERED


def proposals(actor: Actor, tenant: Tenant) -> QuerySet[Proposal]:
    """Proposals, the latest first."""
    found = within(actor, May.VIEW, Proposal.objects.filter(tenant=tenant))
    return found.order_by("-made", "key")


def get_proposal(actor: Actor, tenant: Tenant, key: str) -> Proposal:
    """Find a proposal with its body. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = proposals(actor, tenant).select_related("body", "tenant").filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Diesen Vorschlag gibt es nicht.")
    return found


def get_station(actor: Actor, tenant: Tenant, key: str) -> Station:
    """Find a station with its bodies and its proposal. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = within(actor, May.VIEW, Station.objects.filter(tenant=tenant, key=key))
    one: Station | None = found.select_related("body", "sender", "proposal__body", "tenant").first()
    if one is None:
        raise UnknownRecordError("Diese Station gibt es nicht.")
    return one


def get_supporter(actor: Actor, tenant: Tenant, key: str) -> Supporter:
    """Find who supports a proposal, with the body. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = within(actor, May.VIEW, Supporter.objects.filter(tenant=tenant, key=key))
    one: Supporter | None = found.select_related("body", "proposal").first()
    if one is None:
        raise UnknownRecordError("Diese Unterstützung gibt es nicht.")
    return one


def ways(actor: Actor, tenant: Tenant, found: QuerySet[Proposal]) -> list[Way]:
    """Read the way of each proposal, in the order given.

    Eight queries, however many there are: proposals, topics, stations, supporters and their topics,
    which bodies the actor leads, and which closed stations and items the actor may see.
    """
    stations = Station.objects.select_related("body", "sender").order_by("order", "key")
    supporters = Supporter.objects.select_related("body").prefetch_related("topics")
    read = list(
        found.select_related("body", "measure", "need", "merged_into").prefetch_related(
            "topics",
            Prefetch("stations", stations),
            Prefetch("supporters", supporters.order_by("since", "key")),
        )
    )
    leading = {one.pk for one in led(actor, tenant)}
    every = [one for proposal in read for one in proposal.stations.all()]
    closed = _closed_seen(actor, every)
    seen = _items_seen(actor, tenant, every)
    return [_way(one, leading, closed, seen) for one in read]


def _closed_seen(actor: Actor, stations: Iterable[Station]) -> set[int]:
    closed = Station.objects.filter(pk__in=[one.pk for one in stations if not one.public])
    return set(within(actor, May.VIEW_CLOSED, closed).order_by().values_list("pk", flat=True))


def _items_seen(
    actor: Actor, tenant: Tenant, stations: Iterable[Station]
) -> dict[int, "AgendaItem"]:
    numbers = [one.item_id for one in stations if one.item_id is not None]
    found = items(actor, tenant).filter(pk__in=numbers).select_related("meeting", "body")
    return {one.pk: one for one in found}


def _way(
    proposal: Proposal, leading: set[int], closed: set[int], seen: dict[int, "AgendaItem"]
) -> Way:
    stations = list(proposal.stations.all())
    stops = tuple(
        Stop(
            one,
            withheld=not one.public and one.pk not in closed,
            item=seen.get(one.item_id or 0),
            leads=one.body_id in leading,
        )
        for one in stations
    )
    lies_with, since = _lies_with(proposal, stops)
    owner, _ = owner_of(proposal, stations)
    return Way(
        proposal=proposal,
        topics=tuple(proposal.topics.all()),
        stops=stops,
        supporters=tuple(proposal.supporters.all()),
        lies_with=lies_with,
        since=since,
        owner=owner,
        standing=standing_of(proposal, stops),
        leads=proposal.body_id in leading,
        sends=owner.pk in leading,
    )


def way(actor: Actor, tenant: Tenant, key: str) -> Way:
    """Read the way of one proposal. Eight queries at most.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = ways(actor, tenant, proposals(actor, tenant).filter(key=key))
    if not found:
        raise UnknownRecordError("Diesen Vorschlag gibt es nicht.")
    return found[0]


def about(actor: Actor, tenant: Tenant, **of: object) -> list[Proposal]:
    """List proposals about something, the latest first, with their bodies. One query.

    Args:
        actor: who asks.
        tenant: whose proposals.
        of: the field and its value: measure=…, need=…, body=….

    """
    return list(proposals(actor, tenant).filter(**of).select_related("body"))


def asked_of(actor: Actor, tenant: Tenant, body: "Body") -> list[tuple[str, str]]:
    """List proposals that a body can deal with now: its own, and those it has not answered.

    Returns:
        Key and title, by title. One query.

    """
    waiting = Q(stations__body=body, stations__answer__in=["", Answer.POSTPONED])
    found = proposals(actor, tenant).filter(waiting | Q(body=body))
    standing = found.filter(withdrawn=None, merged_into=None).order_by("title", "key").distinct()
    return list(standing.values_list("key", "title"))
