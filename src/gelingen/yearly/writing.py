"""Write reports: begin one, its texts, what it concludes; release it, from when on it stays.

new_report(...) -> YearReport, change_report(...), remove_report(...)
write_text(...), conclude(...), keep_on_course(...) -> number, release(...)
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.history.recording import change, new_batch, remove
from gelingen.history.stored import store_written, whole
from gelingen.terms.progress import MeasureState
from gelingen.terms.vocabulary import Verb
from gelingen.terms.yearly import Chapter, ReportKind, ReportState, Verdict
from gelingen.workbook.folding import clean, clean_lines
from gelingen.yearly.models import FROZEN, Conclusion, ReportFile, ReportText, YearReport
from gelingen.yearly.subjects import Year, missing

if TYPE_CHECKING:
    from gelingen.plan.models import Plan


class ReportError(UserError):
    """A report does not stand so that this can be done with it."""


def refuse_released(report: YearReport) -> None:
    """Refuse to change what is released; raises ReportError."""
    if report.state == ReportState.RELEASED:
        raise ReportError(FROZEN)


def hold(report: YearReport) -> None:
    """Let nobody else write to a draft until the transaction ends; raises ReportError if released.

    What was read before may be older than a release by somebody else, so it asks again.
    """
    refuse_released(YearReport.objects.select_for_update().get(pk=report.pk))


def new_report(  # noqa: PLR0913 - what a report consists of
    *,
    actor: Actor,
    tenant: Tenant,
    plan: "Plan",
    title: str,
    starts: date,
    ends: date,
    kind: str = ReportKind.YEARLY.value,
    batch: str = "",
) -> YearReport:
    """Begin a report.

    Args:
        actor: who writes it.
        tenant: whose report.
        plan: what it reports on.
        title: what it is called.
        starts: first day of the period.
        ends: first day after it.
        kind: yearly or evaluation.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        ValidationError: the period is empty.

    """
    require(actor, May.EDIT_PLAN, tenant)
    made = YearReport(tenant=tenant, key=uuid4().hex, plan=plan)
    with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
        made.title, made.kind, made.starts, made.ends = clean(title), kind, starts, ends
    return made


def change_report(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    report: YearReport,
    title: str,
    starts: date,
    ends: date,
    version: int | None = None,
    batch: str = "",
) -> None:
    """Change title and period of a draft.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        ReportError: it is released.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.EDIT_PLAN, report)
    refuse_released(report)
    report.version = report.version if version is None else version
    with change(by=actor, verb=Verb.CHANGED, of=report, batch=batch):
        report.title, report.starts, report.ends = clean(title), starts, ends


def remove_report(*, actor: Actor, report: YearReport, batch: str = "") -> None:
    """Delete a draft with its texts and conclusions.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        ReportError: it is released.
        LostUpdateError: somebody else changed it since it was read.

    """
    require(actor, May.EDIT_PLAN, report)
    refuse_released(report)
    with transaction.atomic():
        batch = batch or new_batch()
        for one in (*report.texts.all(), *report.conclusions.all()):
            remove(by=actor, of=one, batch=batch)
        remove(by=actor, of=report, batch=batch)


def write_text(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    report: YearReport,
    chapter: str,
    text: str,
    version: int | None = None,
    batch: str = "",
) -> None:
    """Write the county's own words for a chapter.

    Args:
        actor: who writes.
        report: a draft.
        chapter: a value of `Chapter`.
        text: in Markdown; nothing takes the words away.
        version: the version that the person saw; 0: there was no text yet.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        ReportError: the report is released.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.EDIT_PLAN, report)
    refuse_released(report)
    found = report.texts.filter(chapter=Chapter.of(chapter)).first()
    one = found or ReportText(tenant=report.tenant, key=uuid4().hex, report=report)
    if found:
        one.version = one.version if version is None else version
    verb = Verb.CHANGED if found else Verb.CREATED
    with transaction.atomic(), change(by=actor, verb=verb, of=one, batch=batch):
        hold(report)
        one.chapter, one.text = chapter, clean_lines(text)


def conclude(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    report: YearReport,
    thing: str,
    verdict: str,
    text: str = "",
    version: int | None = None,
    batch: str = "",
) -> None:
    """Say what follows for a goal or a measure.

    Args:
        actor: who says it.
        report: a draft.
        thing: such as "measure:m01".
        verdict: a value of `Verdict`.
        text: reason and proposal.
        version: the version that the person saw; 0: nothing was concluded yet.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        ReportError: the report is released.
        ValidationError: there is no such verdict.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.EDIT_PLAN, report)
    refuse_released(report)
    found = report.conclusions.filter(thing=thing).first()
    one = found or Conclusion(tenant=report.tenant, key=uuid4().hex, report=report, thing=thing)
    if found:
        one.version = one.version if version is None else version
    verb = Verb.CHANGED if found else Verb.CREATED
    with transaction.atomic(), change(by=actor, verb=verb, of=one, batch=batch):
        hold(report)
        one.verdict, one.text = verdict, clean_lines(text)


def keep_on_course(*, actor: Actor, year: Year, batch: str) -> int:
    """Go on with every measure that goes as planned and has no conclusion yet.

    What is finished is taken as finished. Returns how many measures that were.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        ReportError: the report is released.

    """
    given = {MeasureState.ON_COURSE: Verdict.KEEP, MeasureState.DONE: Verdict.DONE}
    own = [
        one
        for one in year.subjects
        if not one.goal and one.conclusion is None and one.state in given
    ]
    with transaction.atomic():
        for one in own:
            conclude(
                actor=actor, report=year.report, thing=one.thing, batch=batch,
                verdict=given[one.state].value,
            )  # fmt: skip
    return len(own)


def release(  # noqa: PLR0913 - what a release consists of
    *,
    actor: Actor,
    year: Year,
    content: dict[str, Any],
    files: Mapping[str, bytes],
    on: date,
    version: int | None = None,
) -> None:
    """Release a report with its figures and files; from now on it does not change.

    Args:
        actor: who releases it.
        year: the draft with what it is about.
        content: its figures, as `reports.yearly` keeps them.
        files: the document by format.
        on: the day.
        version: the version that the person saw.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        ReportError: it is released, or conclusions are missing; the sentences say which.
        LostUpdateError: somebody else changed it since.

    """
    report = year.report
    require(actor, May.EDIT_PLAN, report)
    refuse_released(report)
    if lacking := missing(year):
        raise ReportError(" ".join(["Der Bericht lässt sich noch nicht freigeben.", *lacking]))
    report.version = report.version if version is None else version
    batch = new_batch()
    with whole():
        hold(report)
        for fmt, made in files.items():
            one = _kept(report, fmt, made)
            with change(by=actor, verb=Verb.CREATED, of=one, batch=batch):
                pass
        with change(by=actor, verb=Verb.SHARED, of=report, batch=batch):
            report.state, report.released = ReportState.RELEASED, on
            report.released_by, report.content = str(actor)[:150], content


def _kept(report: YearReport, fmt: str, made: bytes) -> ReportFile:
    one = ReportFile(tenant=report.tenant, key=uuid4().hex, report=report, format=fmt)
    store_written(one, fmt, made)
    return one
