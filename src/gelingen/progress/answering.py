"""What the lead of a measure sees and says by its link, without an account.

What was begun stays in the request and is nobody's report; sending makes it one, and it can be sent
again until the round closes. Whoever has the link speaks for the organisation that was asked.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from gelingen.access.policy import Operator
from gelingen.access.record import UnknownRecordError
from gelingen.errors import UserError
from gelingen.plan.queries import measures as measures_of
from gelingen.progress.links import token_of
from gelingen.progress.models import ProgressReport, ProgressRequest
from gelingen.progress.money import money_ends
from gelingen.progress.writing import Answer, Ticks, report

if TYPE_CHECKING:
    from gelingen.plan.models import Measure, Milestone

LARGEST = 20_000  # characters of a draft


class OtherDraftError(UserError):
    """Somebody else with the same link has kept a draft meanwhile."""


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another measure of the same lead in the same round."""

    title: str
    token: str
    reported: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that the page of a link shows.

    Attributes:
        request: with round and tenant.
        measure: what is asked about.
        report: what was sent for the year; None if nothing was.
        before: report of the latest earlier year; None if there is none.
        steps: milestones by day.
        tickable: keys of those that may be ticked or opened again here.
        siblings: other measures of the same lead.
        money_ends: first day without granted money, where it is asked how it goes on; else None.

    """

    request: ProgressRequest
    measure: "Measure"
    report: ProgressReport | None
    before: ProgressReport | None
    steps: tuple["Milestone", ...]
    tickable: frozenset[str]
    siblings: tuple[Sibling, ...]
    money_ends: date | None

    @property
    def version(self) -> int:
        """Version of what was sent; 0 if nothing was."""
        return self.report.version if self.report else 0


def actor_of(request: ProgressRequest) -> Operator:
    """Give who answers: the right comes from the office that asked, the name from the request."""
    return Operator(f"{request.name[:110]} (per Verweis)")


def asked_by(request: ProgressRequest, *, on: date) -> Asked:
    """Read what the page of a link shows. Five queries.

    Raises:
        UnknownRecordError: the measure is no more.

    """
    everything = measures_of(actor_of(request), request.tenant)
    own = ProgressRequest.objects.filter(
        round=request.round_id, organisation=request.organisation, mailbox=request.mailbox
    )
    asked = {one.measure: one for one in own.order_by("pk")}
    found = {one.key: one for one in everything.filter(key__in=[*asked, request.measure])}
    measure = found.get(request.measure)
    if measure is None:
        raise UnknownRecordError("Diese Maßnahme gibt es nicht mehr. Sie brauchen nichts zu tun.")
    starts = date(request.round.year, 1, 1)
    told = ProgressReport.objects.filter(measure__in=list(found.values()), starts__lte=starts)
    reports = list(told.order_by("-starts", "pk"))
    now = {one.measure_id: one for one in reports if one.starts == starts}
    steps = sorted(measure.milestones.all(), key=lambda one: (one.due or date.max, one.key))
    return Asked(
        request,
        measure,
        now.get(measure.pk),
        next((r for r in reports if r.measure_id == measure.pk and r.starts < starts), None),
        tuple(steps),
        _tickable(request, steps, now.get(measure.pk)),
        tuple(
            Sibling(found[key].title, token_of(one), found[key].pk in now)
            for key, one in asked.items()
            if key in found and key != measure.key
        ),
        money_ends(measure, on),
    )


def _tickable(
    request: ProgressRequest, steps: Collection["Milestone"], told: ProgressReport | None
) -> frozenset[str]:
    """Find what may be ticked: what was open when the lead was asked, or was ticked since.

    What a report ticks is dated at the latest on the last day of its year.
    """
    by_report = date(request.round.year, 12, 31) if told else None
    return frozenset(
        one.key
        for one in steps
        if one.done is None or one.done >= request.asked or one.done == by_report
    )


def keep(
    request: ProgressRequest, texts: Mapping[str, list[str]], *, seen: str, at: datetime
) -> str:
    """Keep what was typed so far.

    Args:
        request: an open request.
        texts: by name of the field, as they were typed.
        seen: the stamp of the draft that the person saw; "" if there was none.
        at: when.

    Returns:
        The stamp of the draft that is kept now.

    Raises:
        OtherDraftError: somebody else has kept one since.
        UserError: it is far too long.

    """
    if sum(len(text) for given in texts.values() for text in given) > LARGEST:
        raise UserError("Das ist zu viel Text. Bitte kürzer fassen.")
    with transaction.atomic():
        current = ProgressRequest.objects.select_for_update().order_by("pk").get(pk=request.pk)
        if seen != stamp(current):
            raise OtherDraftError(
                "Inzwischen hat jemand anders über denselben Verweis etwas eingetragen. "
                "Bitte laden Sie die Seite neu und vergleichen Sie."
            )
        current.draft, current.saved = dict(texts), at
        current.save(update_fields=["draft", "saved"])
    return stamp(current)


def stamp(request: ProgressRequest) -> str:
    """Say which draft this is, so that nobody overwrites what somebody else typed."""
    return f"{request.saved.timestamp():.6f}" if request.saved else ""


def send(  # noqa: PLR0913 - what an answer consists of
    found: Asked,
    answer: Answer,
    *,
    ticks: Ticks,
    version: int | None,
    on: date,
    at: datetime,
) -> ProgressReport:
    """Report for the year, or correct what was reported; the draft goes.

    Args:
        found: what the link opened.
        answer: what is reported.
        ticks: which milestones are said to be reached; only those of `found.tickable` count.
        version: the version of the report that the person saw; 0 if there was none.
        on: the day.
        at: the moment.

    Raises:
        ReportError: more was funded than spent.
        LostUpdateError: somebody else reported or changed the measure since.
        ValidationError: a value is broken.

    """
    with transaction.atomic():
        made = report(
            actor=actor_of(found.request),
            measure=found.measure,
            year=found.request.round.year,
            answer=answer,
            by_function=found.request.name,
            on=on,
            ticks=ticks.within(found.tickable),
            version=version,
        )
        own = ProgressRequest.objects.filter(pk=found.request.pk)
        own.update(draft={}, saved=None, answered=at)
    return made
