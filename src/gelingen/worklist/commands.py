"""Put a row of the worklist off, take it up again, note what was seen."""

from datetime import date, datetime

from gelingen.access.models import Tenant, User
from gelingen.desk.models import Postponed, Visit
from gelingen.errors import UserError

_LONGEST_ROW = 300


class NotAheadError(UserError):
    """Something can only be put off to a later day."""


def postpone(person: User, tenant: Tenant, row: str, *, until: date, on: date) -> None:
    """Hide a row from a person's worklist until a day.

    Raises:
        NotAheadError: the day is not later than `on`.

    """
    if until <= on:
        raise NotAheadError(f"Bitte einen Tag nach dem {on:%d.%m.%Y} angeben.")
    Postponed.objects.update_or_create(
        user=person, tenant=tenant, row=row[:_LONGEST_ROW], defaults={"until": until}
    )
    Postponed.objects.filter(user=person, tenant=tenant, until__lte=on).delete()


def take_up(person: User, tenant: Tenant, row: str) -> None:
    """Show a row again that was put off."""
    Postponed.objects.filter(user=person, tenant=tenant, row=row).delete()


def note_visit(person: User, tenant: Tenant, *, at: datetime, on: date) -> None:
    """Note that a person has seen what happened until a moment, on the installation's day."""
    Visit.objects.update_or_create(user=person, tenant=tenant, defaults={"at": at, "day": on})
