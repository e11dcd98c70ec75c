"""Reports on a plan that a person may see, their texts, conclusions and files."""

from django.db.models import Q, QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.access.record import UnknownRecordError
from gelingen.terms.yearly import ReportState
from gelingen.yearly.models import Conclusion, ReportFile, ReportText, YearReport


def reports(actor: Actor, tenant: Tenant) -> QuerySet[YearReport]:
    """List the reports that the actor may see, the latest period first.

    Drafts, which may say what is not settled yet, are seen by who may change the whole plan.
    """
    every = YearReport.objects.filter(tenant=tenant)
    mine = within(actor, May.EDIT_PLAN, every).order_by().values("pk")
    seen = within(actor, May.VIEW, every)
    return seen.filter(Q(state=ReportState.RELEASED) | Q(pk__in=mine)).select_related("plan")


def get_report(actor: Actor, tenant: Tenant, key: str) -> YearReport:
    """Find a report with its plan. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = reports(actor, tenant).select_related("plan", "tenant").filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Diesen Bericht gibt es nicht.")
    return found


def last_released(actor: Actor, report: YearReport) -> YearReport | None:
    """Find the released report of the same kind whose period ends before this one's. One query."""
    before = reports(actor, report.tenant).filter(kind=report.kind, state=ReportState.RELEASED)
    return before.filter(ends__lt=report.ends).exclude(pk=report.pk).first()


def texts_of(report: YearReport) -> dict[str, ReportText]:
    """Give the texts of a report by chapter. One query."""
    return {one.chapter: one for one in report.texts.all()}


def conclusions_of(report: YearReport) -> dict[str, Conclusion]:
    """Give what a report concludes by what it is for, such as "measure:m01". One query."""
    return {one.thing: one for one in report.conclusions.all()}


def files_of(report: YearReport) -> list[ReportFile]:
    """List the files of a released report by format. One query."""
    return list(report.files.all())


def get_file(report: YearReport, fmt: str) -> ReportFile:
    """Find the file of a released report in a format. One query.

    Raises:
        UnknownRecordError: it was not written in that format.

    """
    found: ReportFile | None = report.files.filter(format=fmt).first()
    if found is None:
        raise UnknownRecordError("In diesem Format liegt der Bericht nicht vor.")
    return found
