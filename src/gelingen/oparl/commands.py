"""Open or close the endpoint of a tenant, and name its legislative terms.

endpoint(actor, tenant) -> Endpoint, set_endpoint(...)
terms(actor, tenant) -> [LegislativeTerm], add_term(...), remove_term(...)

What leaves the tenant is decided by who may lead all of its bodies.
"""

from dataclasses import dataclass
from datetime import date, datetime

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require, within
from gelingen.errors import NotFoundError
from gelingen.history.recording import change, remove
from gelingen.oparl.models import Endpoint, LegislativeTerm
from gelingen.register.keys import free_keys, key_of
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean

_KEY = "oparl"


class UnknownTermError(NotFoundError):
    """There is no such legislative term."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is told about an endpoint; who answers questions is a unit, no person."""

    switched_on: bool
    contact_name: str = ""
    contact_email: str = ""
    website: str = ""
    license: str = ""


def endpoint(actor: Actor, tenant: Tenant) -> Endpoint:
    """Give the endpoint of a tenant; one that is switched off, not stored, where it has none.

    One query. To whoever may see no records, it has none.
    """
    seen = within(actor, May.VIEW, Endpoint.objects.filter(tenant=tenant))
    found: Endpoint | None = seen.first()
    return found or Endpoint(tenant=tenant, key=_KEY)


def set_endpoint(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    tenant: Tenant,
    given: Given,
    at: datetime,
    version: int | None = None,
    batch: str = "",
) -> Endpoint:
    """Open or close the endpoint of a tenant and say who answers questions.

    Args:
        actor: who does it.
        tenant: whose.
        given: what is told about it.
        at: when; the first time that it is opened stays.
        version: the version that the person saw.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor does not lead all bodies of the tenant.
        LostUpdateError: somebody else changed it since.
        ValidationError: a value is broken.

    """
    require(actor, May.EDIT_BOARDS, tenant)
    found = endpoint(actor, tenant)
    verb = Verb.CREATED if found._state.adding else Verb.CHANGED
    found.version = found.version if version is None else version
    with change(by=actor, verb=verb, of=found, batch=batch):
        found.switched_on = given.switched_on
        found.contact_name = clean(given.contact_name)
        found.contact_email, found.website = given.contact_email, given.website
        found.license = given.license
        if given.switched_on and found.since is None:
            found.since = at
    return found


def terms(actor: Actor, tenant: Tenant) -> list[LegislativeTerm]:
    """List the legislative terms that the actor may see, the last first. One query."""
    found = within(actor, May.VIEW, LegislativeTerm.objects.filter(tenant=tenant))
    return sorted(found, key=lambda one: (one.starts or date.min, one.key), reverse=True)


def add_term(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    tenant: Tenant,
    name: str,
    starts: date | None,
    ends: date | None,
    batch: str = "",
) -> LegislativeTerm:
    """Name a legislative term; `ends` is the first day after it.

    Raises:
        PermissionDenied: the actor does not lead all bodies of the tenant.
        ValidationError: a value is broken.

    """
    require(actor, May.EDIT_BOARDS, tenant)
    (key,) = free_keys(LegislativeTerm, tenant.pk, [key_of(clean(name)) or "wahlperiode"])
    made = LegislativeTerm(tenant=tenant, key=key)
    with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
        made.name, made.starts, made.ends = clean(name), starts, ends
    return made


def remove_term(*, actor: Actor, term: LegislativeTerm, batch: str = "") -> str:
    """Take a legislative term away.

    Returns:
        The number of the undertaking.

    Raises:
        PermissionDenied: the actor does not lead all bodies of the tenant.
        LostUpdateError: somebody else changed it since it was read.

    """
    require(actor, May.EDIT_BOARDS, term)
    return remove(by=actor, of=term, batch=batch)
