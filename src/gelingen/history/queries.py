"""What is read about changes, in German words, and where the records stand.

    events_of(tenant, subjects, *, most=50) -> list[Change]
    events_since(tenant, moment, *, not_by=(), most=200) -> list[Change]
    events_in(tenant, batch, *, most=200) -> list[Change]
    undertakings(tenant, *, most=20) -> list[Undertaking]
    get_event(tenant, pk) -> ChangeEvent                  for history.undo
    get_undertaking(tenant, batch) -> Undertaking         for history.undo
    taken_back(tenant) -> dict[str, datetime]
    mark_of(tenant, *, beside) -> Mark

A fixed number of queries for n events: one for the events and those of `saying.names_for`. Who
may see or undo is asked by the caller, of the tenant or the record.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from django.db.models import Count, Func, Max, Min, Model, QuerySet, Subquery

from gelingen.errors import NotFoundError
from gelingen.history.models import ChangeEvent
from gelingen.history.reversal import model_of_subject
from gelingen.history.saying import FieldChange, Names, joined, names_for, say_changes
from gelingen.terms.vocabulary import Verb


@dataclass(frozen=True, slots=True)
class Change:
    """One change as people read it.

    Attributes:
        at: when.
        by: who.
        what: German word of what was done.
        label: what it was done to.
        reason: why; may be empty.
        changes: what differs, by field.
        pk: number of the event; `get_event` finds it.
        verb: what was done, for pages that choose among it.
        kind: German name of the kind of thing; "" for a kind that is no more.
        subject: the thing as "app.Model:key".
        batch: number of the undertaking it belongs to; may be empty.

    """

    at: datetime
    by: str
    what: str
    label: str
    reason: str
    changes: tuple[FieldChange, ...]
    pk: int
    verb: Verb
    kind: str
    subject: str
    batch: str

    @property
    def fields(self) -> tuple[tuple[str, str, str], ...]:
        """German name, value before and value after of what differs."""
        return tuple((one.label, one.before, one.after) for one in self.changes)

    @property
    def parts(self) -> list[FieldChange]:
        """What differs as it is taken back: a span as a whole."""
        return joined(self.changes)


def _told(events: Iterable[ChangeEvent]) -> list[Change]:
    found = list(events)
    names = names_for(found)
    return [_change(event, model_of_subject(event.subject)[0], names) for event in found]


def _change(event: ChangeEvent, model: type[Model] | None, names: Names) -> Change:
    verb = Verb.of(event.verb)
    return Change(
        event.at,
        event.by,
        verb.label,
        event.label,
        event.reason,
        tuple(say_changes(model, event, names)),
        event.pk,
        verb,
        str(model._meta.verbose_name) if model else "",
        event.subject,
        event.batch,
    )


def events_of(tenant: str, subjects: Iterable[str], *, most: int = 50) -> list[Change]:
    """List changes of some records, the latest first.

    Args:
        tenant: key of the tenant; who may see the records is asked before.
        subjects: the records as "app.Model:key".
        most: how many changes at most.

    """
    found = ChangeEvent.objects.filter(tenant=tenant, subject__in=list(subjects))
    return _told(found.order_by("-pk")[:most])


def events_since(  # noqa: PLR0913  one argument a thing to leave out
    tenant: str,
    moment: datetime,
    *,
    not_by: object = "",
    without: Iterable[Verb] = (),
    without_apps: Iterable[str] = (),
    most: int = 200,
) -> list[Change]:
    """List what happened in a tenant since a moment, the latest first.

    Args:
        tenant: key of the tenant; who may see its records is asked before.
        moment: what happened at it or before is left out.
        not_by: a person whose own changes are left out; "" leaves out none.
        without: what is left out, whoever did it.
        without_apps: labels of apps whose things are left out, for example "access".
        most: how many changes at most.

    """
    found = ChangeEvent.objects.filter(tenant=tenant, at__gt=moment).exclude(verb__in=list(without))
    for app in without_apps:
        found = found.exclude(subject__startswith=f"{app}.")
    if not_by:
        found = found.exclude(by=str(not_by)[:150])
    return _told(found.order_by("-pk")[:most])


def events_in(tenant: str, batch: str, *, most: int = 200) -> list[Change]:
    """List the changes of one undertaking in the order in which they happened."""
    found = ChangeEvent.objects.filter(tenant=tenant, batch=batch)
    return _told(found.order_by("pk")[:most])


def get_event(tenant: str, pk: int) -> ChangeEvent:
    """Find an event of a tenant; raises NotFoundError."""
    found = ChangeEvent.objects.filter(tenant=tenant, pk=pk).first()
    if found is None:
        raise NotFoundError("Diese Änderung gibt es nicht.")
    return found


@dataclass(frozen=True, slots=True)
class Undertaking:
    """Several changes that were made together.

    Attributes:
        batch: its number; `undo_batch` takes it back.
        at: when it began.
        by: who did it.
        what: German word of what was done; "mehrere Änderungen" where it is not the same for all.
        events: how many changes it has.

    """

    batch: str
    at: datetime
    by: str
    what: str
    events: int


def undertakings(tenant: str, *, verbs: Iterable[Verb] = (), most: int = 20) -> list[Undertaking]:
    """List the undertakings of a tenant, the latest first. One query.

    Args:
        tenant: key of the tenant; who may see its records is asked before.
        verbs: only those in which one of these was done; empty: all.
        most: how many at most.

    """
    found = ChangeEvent.objects.filter(tenant=tenant).exclude(batch="")
    if chosen := [str(verb) for verb in verbs]:
        found = found.filter(verb__in=chosen)
    return [_undertaking(row) for row in _grouped(found)[:most]]


def get_undertaking(tenant: str, batch: str) -> Undertaking:
    """Find an undertaking of a tenant; raises NotFoundError."""
    found = ChangeEvent.objects.filter(tenant=tenant, batch=batch).exclude(batch="")
    row = _grouped(found).first()
    if row is None:
        raise NotFoundError("Diesen Vorgang gibt es nicht.")
    return _undertaking(row)


def _grouped(events: QuerySet[ChangeEvent]) -> QuerySet[ChangeEvent, Any]:
    return (
        events.order_by()
        .values("batch")
        .annotate(
            first=Min("at"),
            last=Max("pk"),
            who=Max("by"),
            done=Max("verb"),
            kinds=Count("verb", distinct=True),
            total=Count("pk"),
        )
        .order_by("-last")
    )


def _undertaking(row: Mapping[str, Any]) -> Undertaking:
    what = Verb.of(row["done"]).label if row["kinds"] == 1 else "mehrere Änderungen"
    return Undertaking(row["batch"], row["first"], row["who"], what, row["total"])


def taken_back(tenant: str) -> dict[str, datetime]:
    """Tell which undertakings were taken back as a whole, and since when. One query.

    A taking back that was itself taken back counts no more.
    """
    told = ChangeEvent.objects.filter(tenant=tenant).exclude(undoes="")
    rows = told.order_by().values_list("undoes", "batch").annotate(at=Max("at"), last=Max("pk"))
    latest = {undoes: (batch, at) for undoes, batch, at, _ in sorted(rows, key=itemgetter(3))}

    def stands(batch: str) -> bool:
        return batch not in latest or not stands(latest[batch][0])

    return {batch: at for batch, (_, at) in latest.items() if not stands(batch)}


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the records of a tenant stand: another mark means that something has changed."""

    latest: int
    at: datetime | None
    changes: int
    beside: int
    changes_beside: int


def mark_of(tenant: str, *, beside: QuerySet[Any]) -> Mark:
    """Find where the records of a tenant stand, and what other tenants show to it. One query.

    The number of changes is part of it because changes of two writers may become visible in
    another order than they were numbered.

    Args:
        tenant: its key.
        beside: one row, holding the key of its tenant as `tenant`, for each thing shown to it.

    """
    events = ChangeEvent.objects.filter(tenant=tenant)
    other = ChangeEvent.objects.filter(tenant__in=beside.order_by().values("tenant"))
    row = (
        events.order_by("-pk")
        .annotate(
            total=Subquery(_number(events)),
            shown=Subquery(_number(beside)),
            elsewhere=Subquery(_number(other)),
        )
        .values_list("pk", "at", "total", "shown", "elsewhere")
        .first()
    )
    return Mark(*row) if row else Mark(0, None, 0, 0, 0)


def _number(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Count rows within a statement."""
    counted: QuerySet[Any] = rows.order_by().annotate(number=Func("pk", function="COUNT"))
    return counted.values("number")
