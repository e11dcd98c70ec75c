"""Background tasks: thin, with plain arguments that survive a queue."""

from datetime import date, datetime

from django_tasks import task

from gelingen.access.models import Tenant, User
from gelingen.access.queries import get_person
from gelingen.editing import take_back
from gelingen.findings.run import run_analyses
from gelingen.history.undo import UndoRefusedError
from gelingen.reports import shelf
from gelingen.terms.vocabulary import PaperFormat
from gelingen.transfer.checking import check_upload, write_upload
from gelingen.transfer.uploads import get_upload

_TOLD = 20  # obstacles that people can read at once


@task()
def write_masterplan(
    *, actor_id: int, tenant_key: str, on: str, horizon: str, formats: list[str] | None = None
) -> list[str]:
    """Write the Masterplan; returns the names of the files.

    Args:
        actor_id: who asked for it.
        tenant_key: official key of the tenant.
        on: the day as "2017-06-01".
        horizon: first day after the planning horizon.
        formats: codes of the formats; without them all.

    """
    paths = shelf.write_masterplan(
        get_person(actor_id, on=date.fromisoformat(on)),
        Tenant.objects.get(pk=tenant_key),
        on=date.fromisoformat(on),
        horizon=date.fromisoformat(horizon),
        formats=tuple(PaperFormat.of(code) for code in formats) if formats else tuple(PaperFormat),
    )
    return [path.name for path in paths]


@task()
def refresh_findings(*, actor_id: int, tenant_key: str, on: str) -> int:
    """Run the analyses and keep the findings; returns how many stand.

    Args:
        actor_id: who asked for it.
        tenant_key: official key of the tenant.
        on: the day as "2017-06-01".

    """
    found = run_analyses(
        actor=get_person(actor_id, on=date.fromisoformat(on)),
        tenant=Tenant.objects.get(pk=tenant_key),
        on=date.fromisoformat(on),
    )
    return len(found.new) + len(found.reappeared) + len(found.standing)


@task()
def check_workbook(*, actor_id: int, tenant_key: str, upload: str, at: str) -> str:
    """Check an uploaded workbook; returns the digest of the preview.

    Args:
        actor_id: who sent it.
        tenant_key: official key of the tenant.
        upload: key of the file.
        at: the moment as "2017-06-01T12:00:00+00:00".

    """
    actor = get_person(actor_id, on=datetime.fromisoformat(at).date())
    kept = get_upload(actor, Tenant.objects.get(pk=tenant_key), upload)
    check_upload(actor, kept, at=datetime.fromisoformat(at))
    return kept.digest


@task()
def write_workbook(*, actor_id: int, tenant_key: str, upload: str, at: str) -> str:
    """Import an uploaded workbook that is reserved for it; returns the undertaking.

    The arguments are those of `check_workbook`.
    """
    actor = get_person(actor_id, on=datetime.fromisoformat(at).date())
    kept = get_upload(actor, Tenant.objects.get(pk=tenant_key), upload)
    return write_upload(actor, kept, at=datetime.fromisoformat(at))


@task()
def take_back_import(*, actor_id: int, tenant_key: str, batch: str) -> list[str]:
    """Take an import back; returns what stands in the way, and then nothing was written.

    Args:
        actor_id: who takes it back.
        tenant_key: official key of the tenant.
        batch: number of the undertaking.

    """
    tenant = Tenant.objects.get(pk=tenant_key)
    try:
        take_back(actor=User.objects.get(pk=actor_id), tenant=tenant, batch=batch)
    except UndoRefusedError as error:
        return list(error.obstacles[:_TOLD])
    return []
