"""How much a tenant makes public, for who decides on it."""

from dataclasses import dataclass

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, allowed_in
from gelingen.boards.published import shown_bodies, shown_items, shown_meetings
from gelingen.papers.published import shown_papers


@dataclass(frozen=True, slots=True)
class Standing:
    """How many bodies, meetings, items and papers everybody may read."""

    bodies: int
    meetings: int
    items: int
    papers: int


def standing(actor: Actor, tenant: Tenant) -> Standing:
    """Count what is public, whether the endpoint is switched on or not. Four queries.

    Whoever may see no records counts none here.
    """
    if not allowed_in(actor, May.VIEW, tenant):
        return Standing(0, 0, 0, 0)
    return Standing(
        shown_bodies(tenant).count(),
        shown_meetings(tenant).count(),
        shown_items(tenant).count(),
        shown_papers(tenant).count(),
    )
