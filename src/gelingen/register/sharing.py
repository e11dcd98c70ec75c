"""Show single structures to another tenant of the installation, and stop showing them.

may_share(actor, tenant) -> bool
others(actor, tenant) -> list[Tenant]           to whom one can show something
share(...) -> Share, end_share(...)             commands of the tenant that keeps the structure
shares(actor, tenant), get_share(...)           what a tenant shows, over and to come included

What the other side sees of it, `register.received` says.
"""

from datetime import date

from django.db.models import Q, QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, allowed_in, require, within
from gelingen.errors import NotFoundError, UserError
from gelingen.history.recording import change
from gelingen.register.given import Share
from gelingen.register.keys import free_keys, key_of
from gelingen.register.models import Structure
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import Verb


class ShareError(UserError):
    """The structure cannot be shown to this tenant in this way."""


class UnknownShareError(NotFoundError):
    """There is no such share, or the actor may not see it."""


def may_share(actor: Actor, tenant: Tenant) -> bool:
    """Whether the actor decides what leaves the tenant: who may change all of its register."""
    return allowed_in(actor, May.EDIT_REGISTER, tenant)


def others(actor: Actor, tenant: Tenant) -> list[Tenant]:
    """Tenants of this installation to which structures can be shown, by name.

    One query; none, and nobody, for those who may not share.
    """
    if not may_share(actor, tenant):
        return []
    return list(Tenant.objects.exclude(pk=tenant.pk).order_by("name"))


def shares(actor: Actor, tenant: Tenant) -> QuerySet[Share]:
    """Say what a tenant shows to others: by structure, receiver and first day."""
    found = within(actor, May.VIEW, Share.objects.filter(tenant=tenant))
    return found.select_related("with_tenant").order_by(
        "structure__key", "with_tenant__name", "starts", "key"
    )


def get_share(actor: Actor, tenant: Tenant, key: str) -> Share:
    """Find one share with its structure and receiver. One query.

    Raises:
        UnknownShareError: there is none, or the actor may not see it.

    """
    found: Share | None = shares(actor, tenant).filter(key=key).select_related("structure").first()
    if found is None:
        raise UnknownShareError("Diese Freigabe gibt es nicht.")
    return found


def share(  # noqa: PLR0913 - what a share consists of
    *,
    actor: Actor,
    structure: Structure,
    with_tenant: str,
    starts: date,
    ends: date | None = None,
    note: str = "",
    batch: str = "",
) -> Share:
    """Show a structure to another tenant in [starts, ends).

    Args:
        actor: who decides it; has to be allowed to change the whole register of the tenant.
        structure: read before.
        with_tenant: key of the tenant that is to see it.
        starts: the first day.
        ends: the first day after; None: until somebody ends it.
        note: why; the other tenant does not see it.
        batch: number of the undertaking to which the change belongs.

    Raises:
        PermissionDenied: the actor may not share.
        ShareError: there is no such tenant, the period is empty, or it is shown there already.

    """
    require(actor, May.EDIT_REGISTER, structure.tenant)
    receiver = Tenant.objects.exclude(pk=structure.tenant.pk).filter(pk=with_tenant).first()
    if receiver is None:
        raise ShareError("Diesen Mandanten gibt es hier nicht. Bitte aus der Liste wählen.")
    if ends is not None and ends <= starts:
        raise ShareError("Der letzte Tag liegt vor dem ersten. Bitte einen späteren angeben.")
    _refuse_twice(structure, receiver, starts, ends)
    wished = key_of(structure.key, receiver.pk, f"{starts}")
    (key,) = free_keys(Share, structure.tenant.pk, [wished])
    made = Share(tenant=structure.tenant, key=key, structure=structure, with_tenant=receiver)
    with change(by=actor, verb=Verb.SHARED, of=made, batch=batch):
        made.starts, made.ends, made.note = starts, ends, note
    return made


def _refuse_twice(structure: Structure, receiver: Tenant, starts: date, ends: date | None) -> None:
    """Refuse a period that meets one in which the structure is shown there already."""
    found = Share.objects.filter(structure=structure, with_tenant=receiver)
    found = found.filter(Q(ends=None) | Q(ends__gt=starts))
    if ends is not None:
        found = found.filter(starts__lt=ends)
    for one in found.order_by("starts", "key"):
        if one.ends is None or one.ends > one.starts:
            until = f"bis {day(last_day(one.ends))}" if one.ends else "ohne Ende"
            raise ShareError(
                f"„{structure}“ ist für {receiver} ab {day(one.starts)} {until} schon freigegeben. "
                "Bitte erst diese Freigabe beenden oder einen anderen Zeitraum wählen."
            )


def end_share(*, actor: Actor, share: Share, on: date, batch: str = "") -> None:
    """Show a structure no longer, from a day on; what was still to come falls away.

    Raises:
        PermissionDenied: the actor may not share.
        ShareError: it is over by then.
        LostUpdateError: somebody else changed the share since it was read.

    """
    require(actor, May.EDIT_REGISTER, share)
    if share.ends is not None and share.ends <= on:
        raise ShareError(f"Diese Freigabe endete schon am {day(last_day(share.ends))}.")
    with change(by=actor, verb=Verb.ENDED, of=share, batch=batch):
        share.ends = max(on, share.starts)
