"""The outbox as pages show it."""

from collections.abc import Sequence

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.errors import NotFoundError
from gelingen.post.commands import MOST_ATTEMPTS
from gelingen.post.models import OutgoingMail
from gelingen.terms.asking import MailState

SHOWN = 200


class UnknownMailError(NotFoundError):
    """There is no such mail."""


def outbox(actor: Actor, tenant: Tenant) -> Sequence[OutgoingMail]:
    """List the mail of a tenant, the latest first, at most 200. One query.

    Raises:
        PermissionDenied: the actor may not see it.

    """
    require(actor, May.EDIT_REGISTER, tenant)
    return list(OutgoingMail.objects.filter(tenant=tenant)[:SHOWN])


def get_mail(actor: Actor, tenant: Tenant, pk: int) -> OutgoingMail:
    """Find one mail. One query.

    Raises:
        PermissionDenied: the actor may not see it.
        UnknownMailError: there is none.

    """
    require(actor, May.EDIT_REGISTER, tenant)
    found = OutgoingMail.objects.filter(tenant=tenant, pk=pk).select_related("tenant").first()
    if found is None:
        raise UnknownMailError("Diese Nachricht gibt es nicht mehr.")
    return found


def state_of(mail: OutgoingMail) -> MailState:
    """Tell how far a mail is."""
    if mail.sent is not None:
        return MailState.SENT
    if mail.held:
        return MailState.HELD
    if mail.attempts >= MOST_ATTEMPTS:
        return MailState.FAILED
    return MailState.AGAIN if mail.error else MailState.WAITING
