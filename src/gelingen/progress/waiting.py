"""What waits of the progress of measures: reports to send, rounds to ask for, money that ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, allowed_in, ever_allowed, within
from gelingen.plan.queries import measures as measures_of
from gelingen.plan.waiting import ENDED, OVER
from gelingen.progress.asking import to_ask
from gelingen.progress.models import ProgressRound
from gelingen.progress.money import ends_soon
from gelingen.progress.rounds import Entry, entries
from gelingen.terms.spelling import day, last_day
from gelingen.wording.words import counted

# So long before the end the money that follows has to be applied for.
APPLYING = timedelta(days=182)


class Reason(StrEnum):
    """Why something waits."""

    REPORT = "report"
    ASK = "ask"
    SILENT = "silent"
    CONTINUE = "continue"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the person.

    Attributes:
        reason: why.
        key: what it is about, different for each within a reason.
        title: what it is about.
        why: one sentence that says why it waits.
        due: day from which it is late; None if it has none.
        measure: key of the measure whose page shows it; "" if a round does.
        year: of the round; 0 if there is none.

    """

    reason: Reason
    key: str
    title: str
    why: str
    due: date | None
    measure: str = ""
    year: int = 0


def waiting(actor: Actor, tenant: Tenant, *, on: date) -> list[Waiting]:
    """List what waits: whom to ask, who is silent or reports still to send, then money that ends.

    Who leads the plan reads whom to ask and who was reminded twice; who leads measures, on which of
    them to report. Eighteen months before its money ends it is asked how a measure goes on. None or
    two queries, and ten more at most for each round that runs.
    """
    if not ever_allowed(actor, May.EDIT_PLAN, tenant):
        return []
    running = ProgressRound.objects.filter(tenant=tenant, asks_from__lte=on, closes__gt=on)
    whole = allowed_in(actor, May.EDIT_PLAN, tenant)
    found: list[Waiting] = []
    for round_ in within(actor, May.VIEW, running).select_related("tenant").order_by("year"):
        every = entries(actor, round_, on=on)
        found += _leading(round_, every) if whole else _reporting(actor, tenant, round_, every)
    return [*found, *_continuing(actor, tenant, on)]


def _leading(round_: ProgressRound, every: list[Entry]) -> Iterator[Waiting]:
    left = to_ask(every)
    if left:
        many = counted(len(left), "Maßnahme ist", "Maßnahmen sind")
        why = f"{many} für {round_.year} noch nicht abgefragt."
        title = f"Sachstand {round_.year} abfragen"
        yield Waiting(Reason.ASK, round_.key, title, why, round_.asks_from, year=round_.year)
    silent = [
        one for one in every if not one.reported and one.request and one.request.second_reminded
    ]
    silent.sort(key=lambda one: (_lead(one), one.measure.key))
    for name, group in groupby(silent, key=_lead):
        own = list(group)
        titles = ", ".join(f"„{one.measure.title}“" for one in own)
        why = (
            f"Nach zwei Erinnerungen kein Sachstand {round_.year} zu {titles}. Bitte anrufen und "
            "die Auskunft eintragen."
        )
        key = f"{round_.key}:{own[0].measure.key}"
        yield Waiting(
            Reason.SILENT, key, f"{name} berichtet nicht", why, last_day(round_.closes),
            measure=own[0].measure.key, year=round_.year,
        )  # fmt: skip


def _lead(one: Entry) -> str:
    """Name whom to call: who leads the measure now; who was asked where nobody does."""
    if one.measure.lead is not None:
        return one.measure.lead.name
    return one.request.name if one.request else ""


def _reporting(
    actor: Actor, tenant: Tenant, round_: ProgressRound, every: list[Entry]
) -> Iterator[Waiting]:
    own = within(actor, May.EDIT_PLAN, measures_of(actor, tenant))
    mine = set(own.order_by().values_list("pk", flat=True))
    until = last_day(round_.closes)
    for one in every:
        if one.measure.pk in mine and not one.reported:
            why = f"Der Sachstand {round_.year} wird bis zum {day(until)} erbeten."
            yield Waiting(
                Reason.REPORT, f"{round_.key}:{one.measure.key}", one.measure.title, why, until,
                measure=one.measure.key, year=round_.year,
            )  # fmt: skip


def _continuing(actor: Actor, tenant: Tenant, on: date) -> Iterator[Waiting]:
    found = within(actor, May.EDIT_PLAN, measures_of(actor, tenant))
    going = found.filter(ends_soon(on)).exclude(light__in=OVER).exclude(maturity__in=ENDED)
    rows = going.order_by("funding_ends", "key").values_list("key", "title", "funding_ends")
    for key, title, ends in rows:
        if ends is None:
            continue
        why = (
            f"Die Förderung ist bis zum {day(last_day(ends))} bewilligt. Wie geht es danach weiter?"
        )
        yield Waiting(Reason.CONTINUE, key, title, why, ends - APPLYING, measure=key)
