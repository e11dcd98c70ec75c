"""The days of a body as a calendar that everybody with its link may read, without an account.

renew_link(...) -> token, end_link(...), link_of(...) -> CalendarLink | None
feed_of(token, *, on) -> bytes

It tells day, time and place of the meetings, and of those that were invited to the public items.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from gelingen.access.policy import Actor, May, require
from gelingen.access.tokens import Tokens, UnknownLinkError
from gelingen.boards.calendar import Entry, entry_of, feed_file
from gelingen.boards.models import AgendaItem, Body, CalendarLink, Meeting
from gelingen.boards.seen import BY_TIME
from gelingen.history.models import Effect
from gelingen.history.recording import note
from gelingen.terms.boards import MeetingState
from gelingen.terms.vocabulary import Verb

_TOKENS = Tokens("gelingen.boards.calendar")
# What is longer ago leaves the calendar; papers tell it.
_BACK = timedelta(days=366)
# Before, an agenda is a draft.
_TOLD = (MeetingState.INVITED, MeetingState.HELD)


def link_of(actor: Actor, body: Body) -> CalendarLink | None:
    """Give the link of a body's calendar. Two queries.

    Raises:
        PermissionDenied: the actor does not lead the body.

    """
    require(actor, May.EDIT_BOARDS, body)
    return CalendarLink.objects.filter(body=body).first()


def renew_link(*, actor: Actor, body: Body, on: date) -> str:
    """Give a body's calendar a new link; an earlier one opens nothing any more.

    Returns:
        The last part of the link. It is shown once: only its hash is kept.

    Raises:
        PermissionDenied: the actor does not lead the body.

    """
    require(actor, May.EDIT_BOARDS, body)
    token, hashed = _TOKENS.new()
    with transaction.atomic():
        CalendarLink.objects.update_or_create(
            body=body, defaults={"token_hash": hashed, "made": on}
        )
        _tell(actor, body, "Kalenderverweis vergeben.")
    return token


def end_link(*, actor: Actor, body: Body) -> None:
    """Let the link of a body's calendar open nothing any more.

    Raises:
        PermissionDenied: the actor does not lead the body.

    """
    require(actor, May.EDIT_BOARDS, body)
    with transaction.atomic():
        gone, _ = CalendarLink.objects.filter(body=body).delete()
        if gone:
            _tell(actor, body, "Kalenderverweis beendet.")


def _tell(actor: Actor, body: Body, what: str) -> None:
    note(
        body, by=actor, verb=Verb.CHANGED, effect=Effect.CHANGED, tenant=body.tenant_id,
        changed={}, reason=what,
    )  # fmt: skip


def feed_of(token: str, *, on: date) -> bytes:
    """Write the calendar that a link opens. Four queries.

    Raises:
        UnknownLinkError: there never was such a link, or it was ended.

    """
    found = CalendarLink.objects.select_related("body__tenant").filter(
        token_hash=_TOKENS.hash_of(token)
    )
    link = found.first()
    if link is None:
        raise UnknownLinkError
    return feed_file(f"{link.body} ({link.body.tenant})", entries(link.body, on=on))


def entries(body: Body, *, on: date) -> list[Entry]:
    """Give the meetings of a body as everybody may read them, by day. Three queries."""
    shown = Meeting.objects.filter(body=body, day__gt=on - _BACK).select_related("body")
    found = list(shown.annotate(written=Max("notices__sequence")).order_by(*BY_TIME))
    agendas: dict[int, list[str]] = {}
    items = AgendaItem.objects.filter(meeting__in=found, public=True).order_by("order", "key")
    for meeting, title in items.values_list("meeting", "title"):
        agendas.setdefault(meeting or 0, []).append(title)
    changed = _changed(found)
    return [
        entry_of(
            one,
            description=agenda_text(agendas.get(one.pk, ()) if one.state in _TOLD else ()),
            # Taking an invitation back here does not take it out of calendars.
            sequence=max(one.sequence, one.written or 0),
            stamp=changed[one.pk],
        )
        for one in found
    ]


def _changed(found: Iterable[Meeting]) -> dict[int, datetime]:
    """Tell when each meeting was last changed. One query."""
    past: Any = Meeting.history  # made by the history, unknown to the types
    versions = past.filter(id__in=[one.pk for one in found]).order_by()
    return dict(versions.values("id").annotate(last=Max("history_date")).values_list("id", "last"))


def agenda_text(titles: Iterable[str]) -> str:
    """List items of an agenda by number, one a line; "" without any."""
    lines = [f"{number}. {title}" for number, title in enumerate(titles, 1)]
    return "\n".join(["Tagesordnung:", *lines]) if lines else ""
