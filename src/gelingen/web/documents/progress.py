"""How far an order is, in German words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localtime
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.base import Task
from django_tasks.exceptions import TaskResultDoesNotExist, TaskResultMismatch

from gelingen.errors import UserError
from gelingen.jobs import write_masterplan


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an order is.

    Attributes:
        state: waiting, running, done or failed.
        words: the state with its time, as people read it.
        more: what else is to say: what to do, or why it failed.
        files: names of the files that were written.

    """

    state: str
    words: str
    more: str = ""
    files: tuple[str, ...] = ()

    @property
    def over(self) -> bool:
        """Whether nothing will change any more."""
        return self.state in ("done", "failed")


def progress_of(
    job: str, *, tenant: str, order: Task[..., list[str]] = write_masterplan
) -> Progress | None:
    """Find an order of a tenant by its number; None if there is none."""
    try:
        found = order.get_result(str(UUID(job)))
    except (TaskResultDoesNotExist, TaskResultMismatch, ValueError):
        return None
    if found.kwargs.get("tenant_key") != tenant:
        return None
    match found.status:
        case TaskResultStatus.SUCCESSFUL:
            words = f"fertig seit {_time(found.finished_at)}"
            return Progress("done", words, files=tuple(found.return_value or ()))
        case TaskResultStatus.FAILED:
            return Progress("failed", f"fehlgeschlagen um {_time(found.finished_at)}", _why(found))
        case TaskResultStatus.RUNNING:
            return Progress("running", f"läuft seit {_time(found.started_at)}")
        case _:
            more = "Dauert das länger als eine Minute, arbeitet der Hintergrunddienst nicht."
            return Progress("waiting", f"wartet seit {_time(found.enqueued_at)}", more)


def _time(moment: datetime | None) -> str:
    return f"{localtime(moment):%H:%M:%S} Uhr" if moment else "eben"


def _why(found: "TaskResult[list[str]]") -> str:
    """Say why an order failed: what we know in our own words, else that it is in the log."""
    error = found.errors[-1] if found.errors else None
    otherwise = "Der Grund steht im Protokoll dieser Installation."
    if error is None:
        return otherwise
    try:
        ours = issubclass(error.exception_class, UserError)
    except (ImportError, ValueError):
        return otherwise
    last = error.traceback.strip().rpartition("\n")[2]
    return last.partition(": ")[2] or otherwise if ours else otherwise
