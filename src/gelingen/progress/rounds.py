"""Rounds in which the leads of measures are asked for a year: their days, and who has reported."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, allowed_in, require, within
from gelingen.access.record import UnknownRecordError
from gelingen.analysis.progress import OVER
from gelingen.errors import UserError
from gelingen.history.recording import change
from gelingen.plan.queries import measures as measures_of
from gelingen.progress.models import ProgressReport, ProgressRequest, ProgressRound
from gelingen.progress.queries import State, reports_of, states
from gelingen.register.keys import free_keys, key_of
from gelingen.terms.progress import AskedState
from gelingen.terms.vocabulary import Light, Maturity, Verb
from gelingen.workbook.folding import clean, clean_lines

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from gelingen.plan.models import Measure


class RoundError(UserError):
    """A round does not stand so that this can be done with it."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is said of a round; `closes` is the first day after."""

    year: int
    asks_from: date
    first_reminder: date
    second_reminder: date
    closes: date
    subject: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A measure in a round.

    Attributes:
        measure: with its lead.
        state: how it stands.
        report: what was reported for the year; None if nothing was.
        request: what was asked by mail; None if nobody was asked.
        how: how far it is.

    """

    measure: "Measure"
    state: State
    report: ProgressReport | None
    request: ProgressRequest | None
    how: AskedState

    @property
    def mailbox(self) -> str:
        """Functional mailbox of the lead; "" if there is none."""
        return self.measure.lead.mailbox if self.measure.lead else ""

    @property
    def reported(self) -> bool:
        """Whether the year is reported."""
        return self.report is not None


def rounds(actor: Actor, tenant: Tenant) -> "QuerySet[ProgressRound]":
    """List rounds, the latest year first."""
    found = within(actor, May.VIEW, ProgressRound.objects.filter(tenant=tenant))
    return found.select_related("tenant").order_by("-year")


def get_round(actor: Actor, tenant: Tenant, year: int) -> ProgressRound:
    """Find the round of a year. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = rounds(actor, tenant).filter(year=year).first()
    if found is None:
        raise UnknownRecordError(f"Für {year} gibt es keine Berichtsrunde.")
    return found


def save_round(
    *,
    actor: Actor,
    tenant: Tenant,
    given: Given,
    of: ProgressRound | None = None,
    batch: str = "",
) -> ProgressRound:
    """Begin a round, or change its days and words.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        RoundError: the year of a round was to be changed after somebody was asked.
        LostUpdateError: somebody else changed it since.
        ValidationError: the days do not follow each other, or the year has a round.

    """
    require(actor, May.EDIT_PLAN, tenant)
    found = of
    if found is None:
        (key,) = free_keys(ProgressRound, tenant.pk, [key_of("runde", str(given.year))])
        found = ProgressRound(tenant=tenant, key=key)
    elif given.year != found.year and found.requests.exists():
        raise RoundError("Das Jahr lässt sich nicht mehr ändern: Es ist schon gefragt worden.")
    verb = Verb.CREATED if of is None else Verb.CHANGED
    with change(by=actor, verb=verb, of=found, batch=batch):
        found.year, found.asks_from = given.year, given.asks_from
        found.first_reminder, found.second_reminder = given.first_reminder, given.second_reminder
        found.closes = given.closes
        found.subject, found.text = clean(given.subject), clean_lines(given.text)
    return found


def entries(actor: Actor, round_: ProgressRound, *, on: date) -> list[Entry]:
    """List the measures of a round in the order of the plan. Seven queries, or nine.

    Those that ran in its year and are not over; and whatever was asked or reported for it. Ideas
    without a beginning are left out: nobody has anything to report of them.
    """
    tenant = round_.tenant
    found = list(measures_of(actor, tenant).select_related("topic", "lead"))
    stand = states(actor, found, on=on)
    told = reports_of(actor, tenant, year=round_.year)
    asked = {one.measure: one for one in round_.requests.all()}
    kept = []
    for one in found:
        known = one.pk in told or one.key in asked
        if known or (had_begun(one, round_.year) and stand[one.pk].state not in OVER):
            request, report = asked.get(one.key), told.get(one.pk)
            kept.append(Entry(one, stand[one.pk], report, request, _how(request, report)))
    return kept


def had_begun(measure: "Measure", year: int) -> bool:
    """Whether a measure had begun by the end of a year, as far as is known."""
    if measure.starts is not None:
        return measure.starts.year <= year
    idea = measure.maturity == Maturity.IDEA
    return not (idea and measure.light in ("", Light.NOT_STARTED))


def _how(request: ProgressRequest | None, report: ProgressReport | None) -> AskedState:
    if report is not None:
        return AskedState.REPORTED
    if request is None:
        return AskedState.NOT_ASKED
    if request.saved is not None:
        return AskedState.BEGUN
    if request.second_reminded is not None:
        return AskedState.SILENT
    return AskedState.OPEN if request.first_reminded is None else AskedState.REMINDED


def may_lead(actor: Actor, tenant: Tenant) -> bool:
    """Whether the actor may lead rounds and set states."""
    return allowed_in(actor, May.EDIT_PLAN, tenant)
