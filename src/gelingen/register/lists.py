"""The inventory as lists: what exists on a day, one line for each record.

Each function gives lines by key and takes, beside who asks and whose records: `on`, the day as of
which money and topics are told, and `every`, whether records that are over or to come are listed
too. The number of queries is fixed and stands at each function.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, allowed_in, within
from gelingen.access.record import Record
from gelingen.register import models
from gelingen.register.queries import fundings, organisations, structures, yearly
from gelingen.register.received import Received, is_cited
from gelingen.register.standing import standing
from gelingen.terms.vocabulary import FundingState

KINDS: Mapping[str, type[Record]] = {
    "structure": models.Structure,
    "organisation": models.Organisation,
    "funding": models.Funding,
    "responsibility": models.Responsibility,
    "cooperation": models.Cooperation,
}


@dataclass(frozen=True, slots=True)
class StructureLine:
    """A structure; `ends` is the first day after.

    `eur_per_year` is the approved money that runs on the day. `source` names the tenant that keeps
    it where another one does: then it is shown here without owner, staff and amounts.
    """

    key: str
    name: str
    kind: str
    level: str
    function: str
    permanence: str
    duty: str
    organisation_key: str
    organisation: str
    fte: float | None
    starts: date | None
    ends: date | None
    ends_kind: str
    last_confirmed: date | None
    topics: tuple[tuple[str, str], ...]
    eur_per_year: float | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation; `structures` counts those that exist on the day.

    `eur_per_year` is the approved money of its structures that runs on the day.
    """

    key: str
    name: str
    kind: str
    level: str
    above_key: str | None
    above: str | None
    seat: str | None
    contact: str
    mailbox: str
    ends: date | None
    structures: int
    eur_per_year: float | None


@dataclass(frozen=True, slots=True)
class FundingLine:
    """Money of a structure; `ends` is the first day without it."""

    key: str
    structure_key: str
    structure: str
    organisation_key: str
    organisation: str
    programme: str
    funder_key: str | None
    funder: str | None
    funder_level: str
    share: float | None
    eur_per_year: float | None
    eur_total: float | None
    starts: date | None
    ends: date | None
    ends_kind: str
    state: str
    probability: float | None
    deadline: date | None


@dataclass(frozen=True, slots=True)
class ResponsibilityLine:
    """Who answers for a task; `ends` is the first day after."""

    key: str
    organisation_key: str
    organisation: str
    task: str
    topic_key: str
    topic: str
    target_group: str
    territory: str
    level: str
    kind: str
    basis: str
    starts: date | None
    ends: date | None


@dataclass(frozen=True, slots=True)
class CooperationLine:
    """Two organisations that work together; `ends` is the first day after."""

    key: str
    a_key: str
    a: str
    b_key: str
    b: str
    kind: str
    topic_key: str | None
    topic: str | None
    intensity: int | None
    reported_by: str
    starts: date | None
    ends: date | None


def _float(value: Any) -> float | None:  # noqa: ANN401 - a number of the database
    return None if value is None else float(value)


def _as_of(found: QuerySet[Any], on: date, *, every: bool) -> QuerySet[Any]:
    return (found if every else found.filter(standing(on))).order_by("key")


def structure_lines(
    actor: Actor, tenant: Tenant, *, on: date, every: bool = False
) -> list[StructureLine]:
    """Structures with their topics and money. Three queries."""
    paid = _paid(actor, tenant, on, by="structure__key")
    topics = _topics(actor, tenant)
    rows = _as_of(structures(actor, tenant), on, every=every).values_list(
        "key", "name", "kind", "level", "function", "permanence", "duty", "organisation__key",
        "organisation__name", "fte", "starts", "ends", "ends_kind", "last_confirmed",
    )  # fmt: skip
    return [
        StructureLine(
            *(*row[:9], _float(row[9]), *row[10:], tuple(topics.get(row[0], ())), paid.get(row[0]))
        )
        for row in rows
    ]


def received_lines(
    found: Iterable[Received], *, on: date, every: bool = False
) -> list[StructureLine]:
    """Structures that other tenants show, as lines of the same list. No query."""
    return [
        StructureLine(
            one.key, one.title, one.kind, one.level, one.function, "", "", one.keeper, "", None,
            one.starts, one.ends, one.ends_kind, None, tuple(dict.fromkeys(_topics_of(one))), None,
            one.source,
        )
        for one in found
        if every or ((one.starts is None or one.starts <= on) and not _over(one.ends, on))
    ]  # fmt: skip


def _over(ends: date | None, on: date) -> bool:
    return ends is not None and ends <= on


def _topics_of(one: Received) -> Iterator[tuple[str, str]]:
    """Key here and name of the topics; a topic that is not known here has its name as key."""
    for line in one.reach:
        yield (line.cell[0] if line.cell else line.topic), line.topic


def _topics(actor: Actor, tenant: Tenant) -> dict[str, list[tuple[str, str]]]:
    """Key and name of the topics that each structure reaches, in the order of the plan."""
    found = defaultdict(list)
    reach = within(actor, May.VIEW, models.Reach.objects.filter(tenant=tenant))
    for of, key, name in (
        reach.order_by("topic__cross_cutting", "topic__order", "topic__key")
        .values_list("structure__key", "topic__key", "topic__name")
        .distinct()
    ):
        found[of].append((key, name))
    return found


def _paid(actor: Actor, tenant: Tenant, on: date, *, by: str) -> dict[str, float]:
    """Sum what is approved and runs on a day, in EUR a year, as far as amounts are known."""
    sums: dict[str, float] = {}
    running = fundings(actor, tenant).filter(standing(on), state=FundingState.APPROVED)
    for of, *amount in running.values_list(by, "eur_per_year", "eur_total", "starts", "ends"):
        a_year = yearly(*amount)
        if a_year is not None:
            sums[of] = sums.get(of, 0.0) + a_year
    return sums


def organisation_lines(
    actor: Actor, tenant: Tenant, *, on: date, every: bool = False
) -> list[OrganisationLine]:
    """Organisations with what they carry. Two queries."""
    found = organisations(actor, tenant)
    if not every:
        found = found.filter(Q(ends__isnull=True) | Q(ends__gt=on))
    carried = Count("structures", filter=standing(on, "structures__"))
    paid = _paid(actor, tenant, on, by="structure__organisation__key")
    rows = found.annotate(carried=carried).order_by("key")
    return [
        OrganisationLine(*row, paid.get(row[0]))
        for row in rows.values_list(
            "key", "name", "kind", "level", "above__key", "above__name", "seat__name", "contact",
            "mailbox", "ends", "carried",
        )
    ]  # fmt: skip


def funding_lines(
    actor: Actor, tenant: Tenant, *, on: date, every: bool = False
) -> list[FundingLine]:
    """Fundings with the structure that gets them. One query."""
    rows = _as_of(fundings(actor, tenant), on, every=every).values_list(
        "key", "structure__key", "structure__name", "structure__organisation__key",
        "structure__organisation__name", "programme", "funder__key", "funder__name",
        "funder_level", "share_percent", "eur_per_year", "eur_total", "starts", "ends",
        "ends_kind", "state", "probability", "deadline",
    )  # fmt: skip
    return [
        FundingLine(*(*row[:9], *map(_float, row[9:12]), *row[12:16], _float(row[16]), row[17]))
        for row in rows
    ]


def responsibility_lines(
    actor: Actor, tenant: Tenant, *, on: date, every: bool = False
) -> list[ResponsibilityLine]:
    """Responsibilities in words. One query."""
    found = within(actor, May.VIEW, models.Responsibility.objects.filter(tenant=tenant))
    return [
        ResponsibilityLine(*row)
        for row in _as_of(found, on, every=every).values_list(
            "key", "organisation__key", "organisation__name", "task__name", "topic__key",
            "topic__name", "target_group__name", "territory__name", "level", "kind", "basis",
            "starts", "ends",
        )
    ]  # fmt: skip


def cooperation_lines(
    actor: Actor, tenant: Tenant, *, on: date, every: bool = False
) -> list[CooperationLine]:
    """Ties between organisations in words. One query."""
    found = within(actor, May.VIEW, models.Cooperation.objects.filter(tenant=tenant))
    return [
        CooperationLine(*row)
        for row in _as_of(found, on, every=every).values_list(
            "key", "a__key", "a__name", "b__key", "b__name", "kind", "topic__key", "topic__name",
            "intensity", "reported_by", "starts", "ends",
        )
    ]  # fmt: skip


def changeable(actor: Actor, tenant: Tenant, kind: str, keys: Iterable[str]) -> set[str]:
    """Which of these records the actor may change. No query for whom all of the tenant is open."""
    given = {key for key in keys if not is_cited(key)}
    if allowed_in(actor, May.EDIT_REGISTER, tenant):
        return given
    found = within(actor, May.EDIT_REGISTER, KINDS[kind]._default_manager.filter(tenant=tenant))
    return given & set(found.values_list("key", flat=True))
