"""What in the plan waits for a person who may change it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, allowed_in, within
from gelingen.needs import queries as needs_of
from gelingen.needs.lists import with_rounds
from gelingen.plan.models import ImpactGoal, Measure, Milestone
from gelingen.terms.vocabulary import Light, Maturity

OVER = (Light.DONE, Light.DROPPED)
# What is finished, handed over or dropped is late no more, even where nobody set its light.
ENDED = (Maturity.FINISHED, Maturity.HANDED_OVER, Maturity.DROPPED)


@dataclass(frozen=True, slots=True)
class Loose:
    """A need or a goal that leads nowhere yet; `severity` is 0 where it is not stated."""

    key: str
    title: str
    topic: str
    severity: int


@dataclass(frozen=True, slots=True)
class Unready:
    """A measure in which something needed is missing, by German names of what."""

    key: str
    title: str
    topic_key: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Late:
    """Something that should have been reached; `due` is the first day after."""

    kind: str
    key: str
    title: str
    measure: str
    due: date


def needs_without_goal(actor: Actor, tenant: Tenant, *, on: date) -> list[Loose]:
    """Needs of a day or later that no impact goal answers, the most severe first. One query.

    A goal of the need that one carries on answers it too.
    """
    if not allowed_in(actor, May.EDIT_PLAN, tenant):
        return []
    rows = list(
        needs_of.needs(actor, tenant)
        .annotate(until=needs_of.over(), goal=Count("goals"))
        .values_list(
            "key", "previous__key", "until", "goal", "statement", "topic__name", "severity"
        )
    )
    answered = with_rounds({row[0]: row[1] for row in rows}, {row[0] for row in rows if row[3]})
    loose = [
        Loose(key, title, topic, severity or 0)
        for key, _, until, _, title, topic, severity in rows
        if key not in answered and (until is None or until > on)
    ]
    return sorted(loose, key=lambda one: (-one.severity, one.key))


def goals_without_measure(actor: Actor, tenant: Tenant) -> list[Loose]:
    """Impact goals to which no measure leads, by key. One query."""
    found = within(actor, May.EDIT_PLAN, ImpactGoal.objects.filter(tenant=tenant))
    rows = found.filter(measures__isnull=True).order_by("key")
    return [
        Loose(key, title, topic, 0)
        for key, title, topic in rows.values_list("key", "title", "topic__name")
    ]


def unready_measures(actor: Actor, tenant: Tenant) -> list[Unready]:
    """Measures under way or planned without lead, date or cost, by key. One query."""
    found = within(actor, May.EDIT_PLAN, Measure.objects.filter(tenant=tenant))
    rows = found.exclude(light__in=OVER).order_by("key").values_list(
        "key", "title", "topic__key", "lead", "starts", "ends", "cost_once_low",
        "cost_once_high", "cost_year_low", "cost_year_high", "cost_note",
    )  # fmt: skip
    found_missing = (
        Unready(key, title, topic, _missing(lead, days=rest[:2], costs=rest[2:]))
        for key, title, topic, lead, *rest in rows
    )
    return [one for one in found_missing if one.missing]


def _missing(lead: object, *, days: list[object], costs: list[object]) -> tuple[str, ...]:
    said = {
        "Federführung": lead is not None,
        "Termin": any(day is not None for day in days),
        "Kosten": any(cost not in (None, "") for cost in costs),
    }
    return tuple(name for name, there in said.items() if not there)


def late_steps(actor: Actor, tenant: Tenant, *, on: date) -> list[Late]:
    """Milestones not reached and measures not closed in time, the longest overdue first.

    Two queries.
    """
    steps = within(actor, May.EDIT_PLAN, Milestone.objects.filter(tenant=tenant))
    open_steps = (
        steps.filter(due__lte=on, done__isnull=True)
        .exclude(measure__light__in=OVER)
        .exclude(measure__maturity__in=ENDED)
    )
    measures = within(actor, May.EDIT_PLAN, Measure.objects.filter(tenant=tenant))
    ended = measures.filter(ends__lte=on).exclude(light__in=OVER).exclude(maturity__in=ENDED)
    late = [
        Late("milestone", *row)
        for row in open_steps.values_list("key", "title", "measure__key", "due")
    ] + [
        Late("measure", key, title, key, ends)
        for key, title, ends in ended.values_list("key", "title", "ends")
    ]
    return sorted(late, key=lambda one: (one.due, one.kind, one.key))
