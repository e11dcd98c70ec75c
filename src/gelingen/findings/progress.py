"""How far the latest run of the analyses is, and what has changed since."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from gelingen.access.models import Tenant
from gelingen.history.models import ChangeEvent
from gelingen.terms.vocabulary import Verb

State = Literal["", "waiting", "done", "failed"]
# What a run itself writes; whatever else happens to a finding is a verdict.
_RUN = Q(subject__startswith="findings.Finding:") & Q(
    verb__in=(Verb.FOUND, Verb.RESOLVED, Verb.REAPPEARED, Verb.CHANGED)
)
# What the analyses do not read: their own findings, people and accounts, proposals not accepted.
_NO_MATTER = (
    Q(subject__startswith="findings.")
    | Q(subject__startswith="access.")
    | Q(subject__startswith="confirmations.")
)
_STATES: dict[str, State] = {
    TaskResultStatus.SUCCESSFUL: "done",
    TaskResultStatus.FAILED: "failed",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """The latest run.

    Attributes:
        state: of the latest order: waiting, done or failed; empty if none was ever given.
        order: number of that order; empty if none was ever given.
        at: when findings were last brought up to date, as far as that left a trace.
        changes: how many changes of records there were since; 0 without `at`.

    """

    state: State
    order: str
    at: datetime | None
    changes: int


def progress(tenant: Tenant, task: str) -> Progress:
    """Say how far the latest run is. Three queries.

    Who may see the tenant's findings is asked by the caller.

    Args:
        tenant: whose findings.
        task: path of the task that runs the analyses as an order.

    """
    orders = DBTaskResult.objects.filter(
        task_path=task, args_kwargs__kwargs__tenant_key=tenant.pk
    ).order_by("-enqueued_at")
    rows = list(orders.values_list("id", "status", "started_at")[:2])
    done = next((at for _, status, at in rows if _STATES.get(status) == "done"), None)
    events = ChangeEvent.objects.filter(tenant=tenant.pk)
    written = events.filter(_RUN).order_by("-at").values_list("at", flat=True).first()
    at = max((one for one in (done, written) if one), default=None)
    changes = 0
    if at is not None:
        changes = events.filter(at__gt=at).exclude(_NO_MATTER).count()
    state = _STATES.get(rows[0][1], "waiting") if rows else ""
    return Progress(state, str(rows[0][0]) if rows else "", at, changes)
