"""Papers of meetings as files: whom they are written for decides what they may hold.

invitation_for(actor, meeting, *, full, on), minutes_for(...), series_for(...) -> Document
"""

from datetime import date
from typing import TYPE_CHECKING

from gelingen.access.policy import Actor
from gelingen.boards import seen
from gelingen.boards.minutes import agenda_of, minutes_of
from gelingen.documents import Document
from gelingen.errors import UserError
from gelingen.reports.boards.invitation import invitation
from gelingen.reports.boards.minutes import minutes_paper
from gelingen.reports.boards.series import series_paper
from gelingen.terms.boards import MeetingState

if TYPE_CHECKING:
    from gelingen.boards.models import Body, Meeting

MOST = 60  # meetings in one volume


class TooManyError(UserError):
    """More meetings than one volume bears, or none."""


def invitation_for(actor: Actor, meeting: "Meeting", *, full: bool, on: date) -> Document:
    """Write the invitation as the actor may see it; see `invitation`. Three queries."""
    return invitation(agenda_of(actor, meeting), full=full, on=on)


def minutes_for(actor: Actor, meeting: "Meeting", *, full: bool, on: date) -> Document:
    """Write the minutes as the actor may see them; see `minutes_paper`. Six queries."""
    return minutes_paper(minutes_of(actor, meeting), full=full, on=on)


def series_for(  # noqa: PLR0913 - what a volume consists of
    actor: Actor, body: "Body", *, starts: date | None, ends: date | None, full: bool, on: date
) -> Document:
    """Bind the minutes of the meetings that took place; see `series_paper`.

    Six queries a meeting, one more for all.

    Raises:
        PermissionDenied: the full version is asked for, and the actor may not see it.
        TooManyError: no meeting took place in the period, or more than 60.

    """
    found = seen.meetings(actor, body.tenant).filter(body=body, state=MeetingState.HELD)
    if starts:
        found = found.filter(day__gte=starts)
    if ends:
        found = found.filter(day__lt=ends)
    chosen = list(found.select_related("approved_in").order_by(*seen.BY_TIME)[: MOST + 1])
    if not chosen:
        raise TooManyError("In diesem Zeitraum hat keine Sitzung stattgefunden.")
    if len(chosen) > MOST:
        raise TooManyError(f"Das sind mehr als {MOST} Sitzungen; bitte den Zeitraum verkürzen.")
    read = [minutes_of(actor, one) for one in chosen]
    return series_paper(body, read, starts=starts, ends=ends, full=full, on=on)
