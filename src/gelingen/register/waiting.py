"""What in the register waits for a person who may change it."""

from dataclasses import dataclass
from datetime import date

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.errors import NotFoundError
from gelingen.register.models import Funding, Structure
from gelingen.register.standing import standing


@dataclass(frozen=True, slots=True)
class Kept:
    """A structure that the actor may change, and when somebody last said that it is true."""

    key: str
    name: str
    organisation_key: str
    organisation: str
    last_confirmed: date | None


@dataclass(frozen=True, slots=True)
class Ending:
    """Money that ends: `ends` is the first day without it, `deadline` the last day to apply."""

    key: str
    structure: str
    ends: date
    deadline: date | None
    eur_per_year: float | None


def kept_structures(actor: Actor, tenant: Tenant, *, on: date) -> list[Kept]:
    """Structures that exist on a day and that the actor may change, by organisation. One query."""
    found = within(actor, May.EDIT_REGISTER, Structure.objects.filter(tenant=tenant))
    rows = found.filter(standing(on)).order_by(
        "organisation__name", "organisation__key", "name", "key"
    )
    return [
        Kept(*row)
        for row in rows.values_list(
            "key", "name", "organisation__key", "organisation__name", "last_confirmed"
        )
    ]


class UnknownFundingError(NotFoundError):
    """There is no such funding, or the actor may not see it."""


def get_funding(actor: Actor, tenant: Tenant, key: str) -> Funding:
    """Find one funding. One query.

    Raises:
        UnknownFundingError: there is none, or the actor may not see it.

    """
    found = within(actor, May.VIEW, Funding.objects.filter(tenant=tenant, key=key))
    funding: Funding | None = found.select_related("funder", "structure").first()
    if funding is None:
        raise UnknownFundingError("Diese Finanzierung gibt es nicht.")
    return funding


def ending_fundings(actor: Actor, tenant: Tenant, *, on: date, ends: date) -> list[Ending]:
    """Money that ends in (on, ends] and that the actor may change, the first first. One query."""
    found = within(actor, May.EDIT_REGISTER, Funding.objects.filter(tenant=tenant))
    rows = found.filter(ends__gt=on, ends__lte=ends).order_by("ends", "key")
    return [
        Ending(key, structure, last, deadline, None if eur is None else float(eur))
        for key, structure, last, deadline, eur in rows.values_list(
            "key", "structure__key", "ends", "deadline", "eur_per_year"
        )
    ]
