"""What waits for one person among the editions: a draft to release, a plan to look at again."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from gelingen.access.models import Tenant, User
from gelingen.access.policy import May, within
from gelingen.editions.models import Edition
from gelingen.terms.editions import EditionState
from gelingen.terms.spelling import day

# Once a year somebody should ask whether what everybody reads is still so.
OLD = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An edition that waits: its key, its title, why in a German sentence, and since when."""

    key: str
    title: str
    why: str
    due: date | None = None


def waiting(person: User, tenant: Tenant, *, on: date) -> list[Waiting]:
    """List drafts to release, then the newest released one if it is over a year old. One query."""
    wanted = Q(state__in=(EditionState.DRAFT, EditionState.RELEASED))
    every = within(person, May.EDIT_PLAN, Edition.objects.filter(wanted, tenant=tenant))
    found = list(every.order_by("-number", "pk"))
    drafts = [one for one in found if one.state == EditionState.DRAFT]
    told = [Waiting(one.key, one.title, _lacking(one)) for one in drafts]
    released = [one for one in found if one.number and one.released_on]
    newest = max(released, key=lambda one: one.number or 0, default=None)
    if newest is not None and newest.released_on and not drafts:
        again = newest.released_on + OLD
        if again <= on:
            why = f"Seit dem {day(newest.released_on)} zeigt die Webseite denselben Stand."
            told.append(Waiting(newest.key, str(newest), why, again))
    return told


def _lacking(one: Edition) -> str:
    if not one.resolution:
        return "Der Entwurf ist nicht freigegeben; der Beschluss fehlt."
    return "Der Beschluss steht; freigegeben ist der Entwurf noch nicht."
