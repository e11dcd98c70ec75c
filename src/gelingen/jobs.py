"""Background tasks: thin, with plain arguments that survive a queue."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from gelingen.access import invitations
from gelingen.access.models import Tenant, User
from gelingen.access.queries import get_person
from gelingen.config.day import today
from gelingen.confirmations.asking import drop_old_requests
from gelingen.desk.drafts import drop_old_drafts
from gelingen.editing import take_back
from gelingen.feedback.commands import drop_old as drop_old_feedback
from gelingen.findings.run import run_analyses
from gelingen.history import redaction
from gelingen.history.undo import UndoRefusedError
from gelingen.post import commands as mail
from gelingen.programme import weighing
from gelingen.programme.members import forget_member_ballots
from gelingen.programme.queries import get_selection
from gelingen.progress import asking as reporting
from gelingen.reports import editions, shelf
from gelingen.reports.survey import writing as survey_reports
from gelingen.surveys import anonymous
from gelingen.surveys.clearing import clear_due
from gelingen.terms.vocabulary import PaperFormat
from gelingen.transfer.checking import check_upload, give_up, release_stopped, write_upload
from gelingen.transfer.models import Upload
from gelingen.transfer.uploads import drop_old_uploads, get_upload

if TYPE_CHECKING:
    from django.db.models import QuerySet

_TOLD = 20  # obstacles that people can read at once
_DAY = timedelta(days=1)
_DRAFTS_KEPT = timedelta(days=60)


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
        get_person(actor_id, on=today()),
        Tenant.objects.get(pk=tenant_key),
        on=date.fromisoformat(on),
        horizon=date.fromisoformat(horizon),
        formats=tuple(PaperFormat.of(code) for code in formats) if formats else tuple(PaperFormat),
    )
    return [path.name for path in paths]


@task()
def write_survey_report(
    *, actor_id: int, tenant_key: str, survey: str, by: str, on: str
) -> list[str]:
    """Publish a survey and write its report; returns the names of the files.

    Args:
        actor_id: who asked for it.
        tenant_key: official key of the tenant.
        survey: key of the survey.
        by: function of who answers for it.
        on: the day as "2017-06-01".

    """
    paths = survey_reports.write_survey_report(
        get_person(actor_id, on=today()),
        Tenant.objects.get(pk=tenant_key),
        survey,
        by=by,
        on=date.fromisoformat(on),
    )
    return [path.name for path in paths]


@task()
def release_edition(
    *, actor_id: int, tenant_key: str, edition: str, version: int, on: str
) -> list[str]:
    """Write the documents of an edition and release it; returns its name.

    Args:
        actor_id: who releases it.
        tenant_key: official key of the tenant.
        edition: key of the draft.
        version: the version that the person saw.
        on: the day as "2017-06-01".

    """
    made = editions.release_edition(
        get_person(actor_id, on=today()),
        Tenant.objects.get(pk=tenant_key),
        edition,
        on=date.fromisoformat(on),
        version=version,
    )
    return [str(made)]


@task()
def refresh_findings(*, actor_id: int, tenant_key: str, on: str) -> int:
    """Run the analyses and keep the findings; returns how many stand.

    Args:
        actor_id: who asked for it.
        tenant_key: official key of the tenant.
        on: the day as "2017-06-01".

    """
    found = run_analyses(
        actor=get_person(actor_id, on=today()),
        tenant=Tenant.objects.get(pk=tenant_key),
        on=date.fromisoformat(on),
    )
    return len(found.new) + len(found.reappeared) + len(found.standing)


@task()
def weigh_selection(*, actor_id: int, tenant_key: str, selection: str) -> int:
    """Choose for many weightings of the criteria; returns how many were done.

    Args:
        actor_id: who asked for it.
        tenant_key: official key of the tenant.
        selection: key of the year's selection.

    """
    actor = get_person(actor_id, on=today())
    tenant = Tenant.objects.get(pk=tenant_key)
    return weighing.weigh(actor, get_selection(actor, tenant, selection)).done


@task()
def check_workbook(*, actor_id: int, tenant_key: str, upload: str, at: str) -> str:
    """Check an uploaded workbook; returns the digest of the preview.

    Args:
        actor_id: who sent it.
        tenant_key: official key of the tenant.
        upload: key of the file.
        at: the moment as "2017-06-01T12:00:00+00:00".

    """
    actor, kept = _ordered(actor_id, tenant_key, upload)
    check_upload(actor, kept, at=datetime.fromisoformat(at))
    return kept.digest


@task()
def write_workbook(*, actor_id: int, tenant_key: str, upload: str, at: str) -> str:
    """Import an uploaded workbook that is reserved for it; returns the undertaking.

    The arguments are those of `check_workbook`.
    """
    actor, kept = _ordered(actor_id, tenant_key, upload)
    return write_upload(actor, kept, at=datetime.fromisoformat(at))


def _ordered(actor_id: int, tenant_key: str, upload: str) -> tuple[User, Upload]:
    """Find who ordered a job, with the rights of this day, and the file that it is about.

    Whoever has lost the right meanwhile reads so beside the file.
    """
    tenant = Tenant.objects.get(pk=tenant_key)
    actor = get_person(actor_id, on=today())
    try:
        return actor, get_upload(actor, tenant, upload)
    except PermissionDenied:
        give_up(tenant, upload)
        raise


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
        take_back(actor=get_person(actor_id, on=today()), tenant=tenant, batch=batch)
    except UndoRefusedError as error:
        return list(error.obstacles[:_TOLD])
    return []


@task()
def send_mail() -> None:
    """Send what is due in the outbox, and come again for what failed."""
    again = mail.send_due(at=timezone.now())
    if again is not None:
        _plan(send_mail, again)


@task()
def daily() -> None:
    """Forget what has had its time: drafts, mail, links, feedback, files, answers, single ballots.

    Also reminds who leads a measure.
    """
    now = timezone.now()
    _plan(daily, now + _DAY)  # first, so that a failure today does not end the row of days
    kept = timedelta(days=mail.KEPT_DAYS)
    drop_old_drafts(before=now - _DRAFTS_KEPT)
    drop_old_requests(before=now - kept)
    mail.drop_old_mail(before=now - kept)
    drop_old_feedback(at=now)
    invitations.drop_old_invitations(before=now - invitations.KEPT)
    release_stopped(at=now)
    drop_old_uploads(now)
    known = timedelta(days=redaction.KEPT_DAYS)
    redaction.redact_all(before=timezone.localtime(now - known).date())
    anonymous.finish_all(on=today())
    clear_due(on=today())
    forget_member_ballots(on=today())
    reporting.drop_old_requests(before=today() - kept)
    reporting.remind_due(on=today(), at=now)
    send_mail.enqueue()


def begin_days() -> None:
    """Let the worker tidy up now and every day from now on, unless that is planned already."""
    if not _planned(daily).exists():
        daily.enqueue()


def _planned(job: Task[[], None]) -> "QuerySet[DBTaskResult[[], None]]":
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    return ready.filter(task_path=job.module_path)


def _plan(job: Task[[], None], moment: datetime) -> None:
    """Do a job at a moment, unless it will be done by then anyway."""
    if not _planned(job).filter(run_after__lte=moment).exists():
        job.using(run_after=moment).enqueue()
