"""Released reports on the public site: put there in a version for everybody, taken from it again.

show_report(...), take_down_report(...)
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from gelingen.access.policy import Actor, May, require
from gelingen.history.recording import change, new_batch, remove
from gelingen.history.stored import store_written, whole
from gelingen.site.commands import SiteError
from gelingen.site.models import SiteReport
from gelingen.terms.vocabulary import Verb
from gelingen.terms.yearly import ReportState

if TYPE_CHECKING:
    from gelingen.yearly.models import YearReport


def show_report(
    *, actor: Actor, report: "YearReport", files: Mapping[str, bytes], on: date, batch: str = ""
) -> None:
    """Put the public version of a released report on the site, instead of an older one.

    Args:
        actor: who does it.
        report: what is shown.
        files: the public version by format.
        on: the day.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        SiteError: the report is a draft.

    """
    require(actor, May.EDIT_PLAN, report)
    if report.state != ReportState.RELEASED:
        raise SiteError("Dieser Bericht ist noch ein Entwurf. Bitte zuerst freigeben.")
    batch = batch or new_batch()
    with whole():
        for one in SiteReport.objects.filter(report=report):
            remove(by=actor, of=one, batch=batch)
        for fmt, made in files.items():
            new = SiteReport(tenant_id=report.tenant_id, key=uuid4().hex, report=report)
            new.day, new.format = on, fmt
            store_written(new, fmt, made)
            with change(by=actor, verb=Verb.SHARED, of=new, batch=batch):
                pass


def take_down_report(*, actor: Actor, report: "YearReport", batch: str = "") -> None:
    """Take a report from the site; the report itself stays as it is.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        SiteError: it is not there.

    """
    require(actor, May.EDIT_PLAN, report)
    found = list(SiteReport.objects.filter(report=report))
    if not found:
        raise SiteError("Dieser Bericht steht nicht auf der Webseite.")
    batch = batch or new_batch()
    with whole():
        for one in found:
            remove(by=actor, of=one, batch=batch)
