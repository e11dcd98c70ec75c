"""Who sees what of the meetings: all that is public, and the rest where `VIEW_CLOSED` reaches."""

from typing import Any, TypeVar

from django.db.models import F, Model, Q, QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.access.record import Record, UnknownRecordError
from gelingen.boards.models import ActionPoint, AgendaItem, Body, Meeting

M = TypeVar("M", bound=Model)
R = TypeVar("R", bound=Record)
# Databases order what is empty differently: without a time, a meeting is the last of its day.
BY_TIME = ("day", F("begins").asc(nulls_last=True), "key")
_LATEST_FIRST = ("-day", F("begins").desc(nulls_first=True), "key")


def open_to(actor: Actor, objects: QuerySet[M]) -> QuerySet[M]:
    """Keep what is public among what the actor may see, and what is not where one may see that."""
    closed = within(actor, May.VIEW_CLOSED, objects.model._default_manager.filter(public=False))
    seen = within(actor, May.VIEW, objects)
    return seen.filter(Q(public=True) | Q(pk__in=closed.order_by().values("pk")))


def meetings(actor: Actor, tenant: Tenant) -> QuerySet[Meeting]:
    """Meetings with their bodies, the latest first."""
    found = within(actor, May.VIEW, Meeting.objects.filter(tenant=tenant))
    return found.select_related("body", "tenant").order_by(*_LATEST_FIRST)


def get_meeting(actor: Actor, tenant: Tenant, key: str) -> Meeting:
    """Find a meeting with its body. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = meetings(actor, tenant).filter(key=key).select_related("approved_in").first()
    if found is None:
        raise UnknownRecordError("Diese Sitzung gibt es nicht.")
    return found


def items(actor: Actor, tenant: Tenant) -> QuerySet[AgendaItem]:
    """Items that the actor may see: by meeting, public ones first, in their order.

    The latest meeting comes first, what waits for one last.
    """
    found = open_to(actor, AgendaItem.objects.filter(tenant=tenant))
    by_meeting = (F("meeting__day").desc(nulls_last=True), "meeting__key")
    return found.order_by(*by_meeting, "-public", "order", "key")


def get_item(actor: Actor, tenant: Tenant, key: str) -> AgendaItem:
    """Find an item with its body and meeting. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = items(actor, tenant).filter(key=key).select_related("body", "meeting").first()
    if found is None:
        raise UnknownRecordError("Diesen Tagesordnungspunkt gibt es nicht.")
    return found


def actions(actor: Actor, tenant: Tenant) -> QuerySet[ActionPoint]:
    """Give the action points that the actor may see, by day, with body, item, meeting, account.

    Those without a day come last.

    What follows from an item that is not public is not public either, whatever it says itself.
    """
    every = ActionPoint.objects.filter(tenant=tenant)
    closed = within(actor, May.VIEW_CLOSED, every).order_by().values("pk")
    bare = Q(public=True) & (Q(item=None) | Q(item__public=True))
    found = within(actor, May.VIEW, every).filter(bare | Q(pk__in=closed))
    by_day = (F("due").asc(nulls_last=True), "key")
    return found.select_related("body", "item__meeting", "person").order_by(*by_day)


def get_action(actor: Actor, tenant: Tenant, key: str) -> ActionPoint:
    """Find an action point. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = actions(actor, tenant).filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Diesen Auftrag gibt es nicht.")
    return found


def sees_closed(actor: Actor, body: Body) -> bool:
    """Whether the actor sees what is not public in a body. At most one query."""
    return within(actor, May.VIEW_CLOSED, Body.objects.filter(pk=body.pk)).exists()


def leads(actor: Actor, body: Body) -> bool:
    """Whether the actor may do the work of a body. At most one query."""
    return within(actor, May.EDIT_BOARDS, Body.objects.filter(pk=body.pk)).exists()


def earlier(thing: R, version: str) -> R | None:
    """Give a record as it was in an earlier version; None if that was not kept. One query."""
    kept: Any = type(thing).history
    found = kept.filter(id=thing.pk, version=version).first() if version.isdecimal() else None
    return None if found is None else found.instance
