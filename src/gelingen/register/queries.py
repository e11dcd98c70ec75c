"""The inventory handed over to the analyses, and its names."""

from calendar import isleap
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.analysis.schema import Actors, Reach, Responsibilities, Structures, Ties, Tranches
from gelingen.register import models
from gelingen.terms.measures import measure_of, middle

_A_MONTH = 28  # days; what is paid for less is a single payment


def organisations(actor: Actor, tenant: Tenant) -> QuerySet[models.Organisation]:
    """Organisations by key."""
    return within(actor, May.VIEW, models.Organisation.objects.filter(tenant=tenant))


def structures(actor: Actor, tenant: Tenant) -> QuerySet[models.Structure]:
    """Structures by key."""
    return within(actor, May.VIEW, models.Structure.objects.filter(tenant=tenant))


def fundings(actor: Actor, tenant: Tenant) -> QuerySet[models.Funding]:
    """Fundings by key."""
    return within(actor, May.VIEW, models.Funding.objects.filter(tenant=tenant))


def names(actor: Actor, tenant: Tenant) -> dict[str, str]:
    """German names of structures, organisations and fundings by key. Three queries."""
    paid = {
        key: programme or funder or key
        for key, programme, funder in fundings(actor, tenant).values_list(
            "key", "programme", "funder__name"
        )
    }
    bodies = dict(organisations(actor, tenant).values_list("key", "name"))
    return paid | bodies | dict(structures(actor, tenant).values_list("key", "name"))


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def structure_table(actor: Actor, tenant: Tenant) -> Structures:
    """Hand the structures to the analyses, by key. One query."""
    rows = structures(actor, tenant).values_list(
        "key", "organisation__key", "function", "permanence", "capacity_low", "capacity_high",
        "capacity_unit", "fte", "starts", "ends",
    )  # fmt: skip
    return Structures.from_rows(
        (
            key, organisation, function, permanence or None, _number(low), middle(low, high),
            _number(high), measure_of(unit), _number(fte), starts, ends,
        )
        for key, organisation, function, permanence, low, high, unit, fte, starts, ends in rows
    )  # fmt: skip


def reach_table(actor: Actor, tenant: Tenant) -> Reach:
    """Hand the reach of the structures to the analyses. One query."""
    found = within(actor, May.VIEW, models.Reach.objects.filter(tenant=tenant))
    return Reach.from_rows(
        found.order_by(
            "structure__key", "topic__key", "target_group__key", "territory__key"
        ).values_list("structure__key", "topic__key", "target_group__key", "territory__key")
    )


def yearly(
    per_year: Decimal | None, total: Decimal | None, starts: date | None, ends: date | None
) -> float | None:
    """Give the yearly amount in EUR: as stated, else the total spread over a known period.

    What lasts less than a month is a single payment and has no yearly amount: a prize of one day
    is not paid 365 times.
    """
    if per_year is not None:
        return float(per_year)
    if total is None or starts is None or ends is None or (ends - starts).days < _A_MONTH:
        return None
    return float(total / (_in_years(ends) - _in_years(starts)))


def _in_years(day: date) -> Decimal:
    """Count years as the sums by calendar year do: each is 1, with 365 or 366 days."""
    passed = (day - date(day.year, 1, 1)).days
    return day.year + Decimal(passed) / (366 if isleap(day.year) else 365)


def tranche_table(actor: Actor, tenant: Tenant) -> Tranches:
    """Hand the fundings of structures to the analyses, by key. One query."""
    rows = fundings(actor, tenant).values_list(
        "key", "structure__key", "programme", "funder__name", "state", "share_percent",
        "probability", "eur_per_year", "eur_total", "starts", "ends",
    )  # fmt: skip
    return Tranches.from_rows(
        (
            key, structure, programme or funder or "", state,
            None if share is None else float(share) / 100,
            None if probability is None else float(probability) / 100,
            yearly(per_year, total, starts, ends), starts, ends,
        )
        for key, structure, programme, funder, state, share, probability, per_year, total,
        starts, ends in rows
    )  # fmt: skip


def responsibility_table(actor: Actor, tenant: Tenant) -> Responsibilities:
    """Hand the responsibilities to the analyses, by key. One query."""
    found = within(actor, May.VIEW, models.Responsibility.objects.filter(tenant=tenant))
    rows = found.values_list(
        "key", "organisation__key", "task__key", "topic__key", "target_group__key",
        "territory__key", "level", "kind", "starts", "ends",
    )  # fmt: skip
    return Responsibilities.from_rows((*row[:6], row[6] or None, *row[7:]) for row in rows)


def tie_table(actor: Actor, tenant: Tenant) -> Ties:
    """Hand the ties between organisations to the analyses, by key. One query."""
    found = within(actor, May.VIEW, models.Cooperation.objects.filter(tenant=tenant))
    return Ties.from_rows(
        found.values_list(
            "key", "a__key", "b__key", "kind", "topic__key", "intensity", "reported_by",
            "starts", "ends",
        )
    )  # fmt: skip


def actor_table(actor: Actor, tenant: Tenant, *, asked: Mapping[str, date | None]) -> Actors:
    """Hand the organisations to the analyses, by key. One query.

    Args:
        actor: who asks.
        tenant: whose organisations.
        asked: by key of each organisation that was asked about its cooperation since when that
            holds; None if nobody noted the day.

    """
    rows = organisations(actor, tenant).values_list("key", "kind", "above__key", "ends")
    return Actors.from_rows(
        (key, kind, above, key in asked, asked.get(key), ends) for key, kind, above, ends in rows
    )


def structures_with_organisations(actor: Actor, tenant: Tenant) -> list[models.Structure]:
    """Structures by key, each with its organisation and successor. One query."""
    return list(structures(actor, tenant).select_related("organisation", "successor"))


def fundings_with_funders(actor: Actor, tenant: Tenant) -> list[models.Funding]:
    """Fundings by key, each with its structure and funder. One query."""
    return list(fundings(actor, tenant).select_related("structure", "funder"))


def organisations_with_units(actor: Actor, tenant: Tenant) -> list[models.Organisation]:
    """Organisations by key, each with the one above it and its seat. One query."""
    return list(organisations(actor, tenant).select_related("above", "seat"))


def responsibilities_in_words(actor: Actor, tenant: Tenant) -> list[models.Responsibility]:
    """Responsibilities by key, with everything they name. One query."""
    found = within(actor, May.VIEW, models.Responsibility.objects.filter(tenant=tenant))
    return list(found.select_related("organisation", "task", "topic", "target_group", "territory"))


def posts(actor: Actor, tenant: Tenant) -> list[models.Post]:
    """List posts by key, each with organisation, task and structure. One query."""
    found = within(actor, May.VIEW, models.Post.objects.filter(tenant=tenant))
    return list(found.select_related("organisation", "task", "structure"))


def reach_in_words(actor: Actor, tenant: Tenant) -> list[models.Reach]:
    """List what each structure works on, for whom and where, by key. One query."""
    found = within(actor, May.VIEW, models.Reach.objects.filter(tenant=tenant))
    return list(
        found.select_related("structure__organisation", "topic", "target_group", "territory")
    )


def tie_sources(actor: Actor, tenant: Tenant) -> dict[str, str]:
    """Give the sources of the ties between organisations by key. One query."""
    found = within(actor, May.VIEW, models.Cooperation.objects.filter(tenant=tenant))
    return dict(found.values_list("key", "source"))
