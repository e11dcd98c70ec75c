"""Structures of other tenants as this one may see them: what they are and whom they serve.

A received structure is cited by the official key of the tenant that keeps it and its own key
("@09463:kurs_a"), so that it is never taken for one of the tenant's own. Seen are its name, kind,
level, function, dates, capacity and reach, and how sure its money is, in words. Amounts, givers of
money, contacts, files, notes, sources, history and findings stay where they are.

Whom it serves is told in the words of the tenant that keeps it. A line of its reach counts in the
analyses here if topic and target group have the same name here and the territory the same official
key: keys of topics are chosen by each tenant and may mean something else.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from gelingen.access import policy
from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.analysis.schema import Reach, Structures, Tranches
from gelingen.places import queries as places
from gelingen.register.given import Share
from gelingen.register.models import Funding
from gelingen.register.models import Reach as StoredReach
from gelingen.terms.measures import measure_of, middle
from gelingen.topics import queries as topics
from gelingen.workbook.folding import fold

_CITED = re.compile(r"@\d{2,12}:")
TrancheRow = tuple[str, float | None, float | None, date | None, date | None]


@dataclass(frozen=True, slots=True)
class ReceivedReach:
    """A line of reach: names as the keeper has them, and the keys here if it counts here.

    Attributes:
        topic: name of the topic.
        target_group: name of the target group.
        territory: name of the territory.
        cell: keys of topic, target group and territory of the tenant that receives; None if one of
            them is not known here.

    """

    topic: str
    target_group: str
    territory: str
    cell: tuple[str, str, str] | None


@dataclass(frozen=True, slots=True)
class Received:
    """A structure that another tenant keeps and shows here.

    Attributes:
        key: how it is cited here.
        keeper: stands for the tenant that keeps it where the analyses ask for an organisation:
            which of its organisations it is, is not told.
        source: name of the tenant that keeps it.
        ends: the first day after it; at the latest that of its organisation.
        until: the first day on which it is not shown any more; None if no such day is set.
        reach: whom it serves, by topic, target group and territory.
        tranches: for the analyses, in the order of time: state, share, probability, first day and
            first day after of each money. Never shown; what it comes to is said in words.

    """

    key: str
    keeper: str
    source: str
    name: str
    kind: str
    level: str
    function: str
    permanence: str
    capacity_low: Decimal | None
    capacity_high: Decimal | None
    capacity_unit: str
    starts: date | None
    ends: date | None
    ends_kind: str
    until: date | None
    reach: tuple[ReceivedReach, ...]
    tranches: tuple[TrancheRow, ...]

    @property
    def title(self) -> str:
        """Name with the source, as every sentence and list tells it."""
        return f"{self.name} (aus {self.source})"


def shown_to(tenant: Tenant) -> QuerySet[Share]:
    """Everything ever shown to a tenant: for `history.queries.mark_of`, nobody is asked."""
    return Share.objects.filter(with_tenant=tenant)


def _received(actor: Actor, tenant: Tenant) -> QuerySet[Share]:
    return policy.received(actor, tenant, Share.objects.all())


def received_names(actor: Actor, tenant: Tenant) -> list[tuple[str, str, str, date | None]]:
    """Key, name, source and end of the structures shown to a tenant, by key. One query."""
    rows = _received(actor, tenant).values_list(
        "tenant", "structure__key", "structure__name", "tenant__name", "structure__ends"
    )
    return sorted((cite(of, key), name, source, ends) for of, key, name, source, ends in rows)


def cite(tenant: str, key: str) -> str:
    """Say how a structure of another tenant is cited."""
    return f"{keeper_of(tenant)}:{key}"


def keeper_of(tenant: str) -> str:
    """Say how another tenant is cited where the analyses ask for an organisation."""
    return f"@{tenant}"


def is_cited(key: str) -> bool:
    """Whether a key looks like that of a structure of another tenant, or of its money."""
    return _CITED.match(key) is not None


def received_structures(actor: Actor, tenant: Tenant) -> list[Received]:
    """Structures that other tenants show to this one on the actor's day, by key.

    One query, and five more if there are any.
    """
    found = list(_received(actor, tenant).select_related("tenant", "structure__organisation"))
    if not found:
        return []
    own = {one.structure_id for one in found}
    here = _words_here(actor, tenant)
    reach = _reach_of(own, here)
    money = _money_of(own)
    made = {
        one.structure_id: _structure(one, reach.get(one.structure_id, ()), money)
        for one in sorted(found, key=lambda share: (share.ends is None, share.ends, share.pk))
    }
    return sorted(made.values(), key=lambda one: one.key)


def _structure(
    share: Share, reach: Sequence[ReceivedReach], money: Mapping[int, Sequence[TrancheRow]]
) -> Received:
    of = share.structure
    ends = [day for day in (of.ends, of.organisation.ends) if day]
    return Received(
        key=cite(share.tenant.pk, of.key),
        keeper=keeper_of(share.tenant.pk),
        source=share.tenant.name,
        name=of.name,
        kind=of.kind,
        level=of.level,
        function=of.function,
        permanence=of.permanence,
        capacity_low=of.capacity_low,
        capacity_high=of.capacity_high,
        capacity_unit=of.capacity_unit,
        starts=of.starts,
        ends=min(ends, default=None),
        ends_kind=of.ends_kind,
        until=share.ends,
        reach=tuple(reach),
        tranches=tuple(money.get(of.pk, ())),
    )


@dataclass(frozen=True, slots=True)
class _Here:
    """Keys of the tenant that receives: of topics and groups by folded name, and of places."""

    topics: Mapping[str, str]
    groups: Mapping[str, str]
    places: frozenset[str]


def _words_here(actor: Actor, tenant: Tenant) -> _Here:
    def by_name(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
        return {fold(name): key for key, name in rows}

    return _Here(
        by_name(topics.topics(actor, tenant).values_list("key", "name")),
        by_name(topics.target_groups(actor, tenant).values_list("key", "name")),
        frozenset(places.territories(actor, tenant).values_list("key", flat=True)),
    )


def _reach_of(structures: Iterable[int], here: _Here) -> dict[int, list[ReceivedReach]]:
    rows = (
        StoredReach.objects.filter(structure__in=structures)
        .order_by("topic__order", "topic__name", "target_group__name", "territory__key", "key")
        .values_list(
            "structure", "topic__name", "target_group__name", "territory__name", "territory__key"
        )
    )
    found = defaultdict(list)
    for structure, topic, group, territory, place in rows:
        cell = here.topics.get(fold(topic)), here.groups.get(fold(group)), place
        known = cell[0] is not None and cell[1] is not None and place in here.places
        line = ReceivedReach(topic, group, territory, cell if known else None)  # type: ignore[arg-type]  # known
        found[structure].append(line)
    return dict(found)


def _money_of(structures: Iterable[int]) -> dict[int, list[TrancheRow]]:
    rows = Funding.objects.filter(structure__in=structures).values_list(
        "structure", "state", "share_percent", "probability", "starts", "ends", "key"
    )
    found = defaultdict(list)
    for structure, state, share, probability, starts, ends, _ in sorted(rows, key=_by_time):
        found[structure].append((state, _part(share), _part(probability), starts, ends))
    return dict(found)


def _by_time(row: tuple[Any, ...]) -> tuple[date, date, str]:
    return row[4] or date.min, row[5] or date.max, row[6]


def _part(percent: Decimal | None) -> float | None:
    return None if percent is None else float(percent) / 100


@dataclass(frozen=True, slots=True)
class ReceivedTables:
    """Received structures as the analyses take them; no organisation of theirs is known here."""

    structures: Structures
    reach: Reach
    tranches: Tranches


def received_tables(found: Sequence[Received]) -> ReceivedTables:
    """Hand received structures to the analyses: their reach here, their money without amounts."""
    return ReceivedTables(
        Structures.from_rows(
            (
                one.key, one.keeper, one.function, one.permanence or None,
                _number(one.capacity_low), middle(one.capacity_low, one.capacity_high),
                _number(one.capacity_high), measure_of(one.capacity_unit), None, one.starts,
                one.ends,
            )
            for one in found
        ),
        Reach.from_rows(
            (one.key, *cell)
            for one in found
            for cell in dict.fromkeys(line.cell for line in one.reach if line.cell)
        ),
        Tranches.from_rows(_tranches(found)),
    )  # fmt: skip


def _tranches(found: Iterable[Received]) -> Iterator[tuple[object, ...]]:
    for one in found:
        for number, (state, share, probability, starts, ends) in enumerate(one.tranches, 1):
            yield (
                f"{one.key}#{number}", one.key, one.source, state, share, probability, None,
                starts, ends,
            )  # fmt: skip


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
