"""Indicators, and what is told of their values (see `values`).

indicators(actor, tenant) -> sheets by register and code
get_indicator(actor, tenant, key) -> one with measure, goal and whole
sheet(actor, tenant, key, on=) -> everything on the page of one
comparable(indicators) refuses what must not stand in one chart
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.db.models import QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.access.record import UnknownRecordError
from gelingen.errors import UserError
from gelingen.indicators.models import (
    CollectionPlan,
    DenominatorRule,
    Indicator,
    IndicatorBreak,
    IndicatorTarget,
)
from gelingen.indicators.series import Distance, Point, Series, distance
from gelingen.indicators.values import all_series, declared, points_of, time_of
from gelingen.places.queries import figures
from gelingen.terms.indicators import (
    PROVING_STAIR,
    Beside,
    MigrationDefinition,
    Register,
)
from gelingen.terms.spelling import iso_day
from gelingen.terms.vocabulary import DatePrecision


class MixedDefinitionError(UserError):
    """Things were to stand in one chart that do not count the same."""


Addition: TypeAlias = DenominatorRule | IndicatorBreak | IndicatorTarget | CollectionPlan
ADDITIONS: Mapping[Beside, type[Any]] = {
    Beside.RULE: DenominatorRule,
    Beside.BREAK: IndicatorBreak,
    Beside.TARGET: IndicatorTarget,
    Beside.COLLECTION: CollectionPlan,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything about one indicator.

    Attributes:
        indicator: with measure, goal and the whole it is a part of.
        series: the tenant's own territory first, then by official key.
        rules: rules for the denominator, by beginning.
        breaks: declared ones, by day.
        targets: by day.
        plans: planned collection, by day.
        parts: indicators into which it is split, with their own series.
        distance: from the newest value of the tenant's own territory to its target.

    """

    indicator: Indicator
    series: tuple[Series, ...]
    rules: tuple[DenominatorRule, ...]
    breaks: tuple[IndicatorBreak, ...]
    targets: tuple[IndicatorTarget, ...]
    plans: tuple[CollectionPlan, ...]
    parts: tuple[tuple[Indicator, Series], ...]
    distance: Distance | None

    @property
    def main(self) -> Series | None:
        """Series of the tenant's own territory; of the largest that has values if it has none."""
        return self.series[0] if self.series else None


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator in the list: its newest value, and how many territories have one."""

    indicator: Indicator
    last: Point | None
    places: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which stairs the indicators of a goal prove.

    Attributes:
        highest: highest stair of which there is a value; None if there is none.
        warning: what is missing, as a German sentence; "" if nothing.

    """

    highest: int | None
    warning: str


def indicators(actor: Actor, tenant: Tenant) -> QuerySet[Indicator]:
    """Definition sheets by register and code."""
    found = within(actor, May.VIEW, Indicator.objects.filter(tenant=tenant))
    return found.select_related("measure", "goal", "above").order_by("register", "code", "key")


def get_indicator(actor: Actor, tenant: Tenant, key: str) -> Indicator:
    """Find one. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found: Indicator | None = indicators(actor, tenant).filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Diesen Indikator gibt es nicht.")
    return found


def blank(tenant: Tenant) -> Indicator:
    """Begin a sheet that is not there yet."""
    return Indicator(tenant=tenant)


def sheet(actor: Actor, tenant: Tenant, key: str, *, on: date) -> Sheet:
    """Read everything about one indicator. Nine queries at most.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    indicator = get_indicator(actor, tenant, key)
    parts = list(indicators(actor, tenant).filter(above=indicator))
    points = points_of(actor, tenant, [indicator, *parts], on=on)
    targets = tuple(IndicatorTarget.objects.filter(indicator=indicator))
    found = all_series(indicator, points[indicator.pk], declared(indicator))
    last = found[0].last if found else None
    path = {one.due: (one.value_low, one.value_high) for one in targets}
    return Sheet(
        indicator,
        found,
        tuple(DenominatorRule.objects.filter(indicator=indicator)),
        tuple(IndicatorBreak.objects.filter(indicator=indicator)),
        targets,
        tuple(CollectionPlan.objects.filter(indicator=indicator)),
        tuple(
            (part, one) for part in parts for one in all_series(part, points[part.pk])[:1]
        ),
        distance(last, path) if last else None,
    )  # fmt: skip


def lines(actor: Actor, tenant: Tenant, *, on: date) -> list[Line]:
    """List every indicator with its newest value. Two queries."""
    every = list(indicators(actor, tenant))
    points = points_of(actor, tenant, every, on=on)
    found = []
    for one in every:
        own = all_series(one, points[one.pk])
        found.append(Line(one, own[0].last if own else None, len(own)))
    return found


def comparable(sheets: Sequence[Indicator]) -> None:
    """Refuse indicators that must not stand in one chart.

    Raises:
        MixedDefinitionError: they belong to both registers, take the migration background in
            different ways, or have different units.

    """
    if len({one.register for one in sheets}) > 1:
        raise MixedDefinitionError(
            "Indikatoren der Lage und der Umsetzung stehen nicht in einem Bild: Das eine erklärt "
            "das andere nicht. Bitte nur aus einem Verzeichnis wählen."
        )
    ways = {one.migration_definition for one in sheets} - {MigrationDefinition.NONE.value}
    if len(ways) > 1:
        said = " und ".join(sorted(MigrationDefinition.of(one).label for one in ways))
        raise MixedDefinitionError(
            f"Diese Indikatoren bestimmen den Migrationshintergrund verschieden ({said}). Bitte "
            "nur solche mit derselben Bestimmung wählen oder jeden für sich ansehen."
        )
    if len({one.unit for one in sheets}) > 1:
        raise MixedDefinitionError(
            "Diese Indikatoren haben verschiedene Einheiten. Bitte jeden für sich ansehen."
        )


def get_addition(actor: Actor, tenant: Tenant, kind: Beside, key: str) -> Addition:
    """Find a rule, a break, a target or a planned collection with its indicator. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    every = within(actor, May.VIEW, ADDITIONS[kind]._default_manager.filter(tenant=tenant))
    found: Addition | None = every.select_related("indicator").filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Diesen Eintrag gibt es nicht.")
    return found


def waiting(actor: Actor, tenant: Tenant, *, on: date) -> list[CollectionPlan]:
    """List planned collection whose day is over and whose value is not there. Two queries.

    A value is there if it is of that day, or of its month or year where no more is known, in the
    tenant's own territory or a part of it; a later value does not stand for an earlier one.
    """
    due = within(actor, May.VIEW, CollectionPlan.objects.filter(tenant=tenant, due__lte=on))
    found = list(due.select_related("indicator").order_by("due", "key"))
    if not found:
        return []
    names = {one.indicator.figure for one in found}
    there = figures(actor, tenant, on=on).filter(
        indicator__in=names, territory__key__startswith=tenant.pk
    )
    times = {(one.indicator, time_of(one)) for one in there}
    return [
        one
        for one in found
        if not any(
            (one.indicator.figure, iso_day(one.reference, how)) in times for how in DatePrecision
        )
    ]


def evidence(
    actor: Actor, tenant: Tenant, goals: Collection[int], *, on: date
) -> dict[int, Evidence]:
    """Say for goals, by their number, which stair their indicators prove. Two queries.

    Counts of stair 1 to 3 show that something took place; they are never summed up as effect.
    """
    every = list(
        indicators(actor, tenant).filter(register=Register.MEASURE.value, goal__in=goals)
    )  # fmt: skip
    points = points_of(actor, tenant, every, on=on) if every else {}
    found = {}
    for goal in goals:
        own = [one for one in every if one.goal_id == goal]
        proven = proven_stair(one for one in own if points[one.pk])
        found[goal] = Evidence(proven, _lacks(own))
    return found


def proven_stair(sheets: Iterable[Indicator]) -> int | None:
    """Give the highest stair of indicators that have values; None if none of them has a stair."""
    return max((one.stair for one in sheets if one.stair is not None), default=None)


def _lacks(own: Sequence[Indicator]) -> str:
    if own and all((one.stair or 0) < PROVING_STAIR for one in own):
        return (
            "Die Indikatoren dieses Wirkungsziels zeigen nur, dass etwas stattfindet (Stufe 1 bis "
            f"3), nicht was sich ändert. Bitte einen ab Stufe {PROVING_STAIR} ergänzen."
        )
    return ""
