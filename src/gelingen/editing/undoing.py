"""Take back what was done by hand, if one may."""

from django.apps import apps
from django.core.exceptions import PermissionDenied

from gelingen.access.models import Tenant
from gelingen.access.policy import EDITS, Actor, allowed_in, ever_allowed
from gelingen.errors import NotFoundError
from gelingen.history.models import ChangeEvent
from gelingen.history.undo import undo_batch


class UnknownUndertakingError(NotFoundError):
    """There is no such undertaking in this tenant."""


def take_back(*, actor: Actor, tenant: Tenant, batch: str) -> str:
    """Take back one undertaking, all or nothing.

    One may take back what one did oneself, and everything of which one may change every record.

    Args:
        actor: who takes it back.
        tenant: in which tenant it was done.
        batch: number of the undertaking.

    Returns:
        The number under which taking it back can itself be taken back.

    Raises:
        UnknownUndertakingError: there is none.
        PermissionDenied: the actor may not.
        UndoRefusedError: somebody went on from there; the message says what stands in the way.

    """
    done = ChangeEvent.objects.filter(tenant=tenant.pk, batch=batch)
    kinds = {subject.partition(":")[0] for subject in done.values_list("subject", flat=True)}
    if not kinds:
        raise UnknownUndertakingError("Diesen Vorgang gibt es nicht.")
    own = not done.exclude(by=str(actor)).exists()
    may = ever_allowed if own else allowed_in
    rights = {EDITS.get(apps.get_model(kind)._meta.app_label) for kind in kinds}
    for right in rights:
        if right is not None and not may(actor, right, tenant):
            raise PermissionDenied("Diesen Vorgang zurücknehmen")
    return undo_batch(batch, by=actor, tenant=tenant.pk)
