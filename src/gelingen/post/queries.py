"""The outbox as pages show it."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from gelingen.access.models import Tenant
from gelingen.access.policy import MEANINGS, Actor, May, allowed_in
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
    _refuse(actor, tenant)
    return list(OutgoingMail.objects.filter(tenant=tenant)[:SHOWN])


def get_mail(actor: Actor, tenant: Tenant, pk: int) -> OutgoingMail:
    """Find one mail. One query.

    Raises:
        PermissionDenied: the actor may not see it.
        UnknownMailError: there is none.

    """
    _refuse(actor, tenant)
    found = OutgoingMail.objects.filter(tenant=tenant, pk=pk).select_related("tenant").first()
    if found is None:
        raise UnknownMailError("Diese Nachricht gibt es nicht mehr.")
    return found


def _refuse(actor: Actor, tenant: Tenant) -> None:
    if not allowed_in(actor, May.EDIT_REGISTER, tenant):
        raise PermissionDenied(MEANINGS[May.EDIT_REGISTER])


def state_of(mail: OutgoingMail) -> MailState:
    """Tell how far a mail is."""
    if mail.sent is not None:
        return MailState.SENT
    if mail.held:
        return MailState.HELD
    if mail.attempts >= MOST_ATTEMPTS:
        return MailState.FAILED
    return MailState.AGAIN if mail.error else MailState.WAITING
