"""One need as its page shows it."""

from dataclasses import dataclass

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.errors import NotFoundError
from gelingen.history.queries import Change, events_of
from gelingen.history.trace import subject_of
from gelingen.needs.models import Need
from gelingen.needs.queries import needs


class UnknownNeedError(NotFoundError):
    """There is no such need, or the actor may not see it."""


@dataclass(frozen=True, slots=True)
class NeedSheet:
    """One need with topic, target group and territory, and its changes, the latest first."""

    need: Need
    history: tuple[Change, ...]


def need_sheet(actor: Actor, tenant: Tenant, key: str) -> NeedSheet:
    """Gather everything recorded about a need. Two queries.

    Raises:
        UnknownNeedError: there is none, or the actor may not see it.

    """
    found = needs(actor, tenant).filter(key=key)
    need = found.select_related("topic", "target_group", "territory").first()
    if need is None:
        raise UnknownNeedError("Diesen Bedarf gibt es nicht.")
    return NeedSheet(need, tuple(events_of(tenant.pk, [subject_of(need)])))
