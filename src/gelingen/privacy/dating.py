"""Since when something is kept, and until when where that day is fixed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.utils.timezone import localtime

from gelingen.access.models import Tenant
from gelingen.history.recorded import Recorded
from gelingen.privacy.held import PAST, Held

# What has no versions says itself when it came, and its survey when it goes.
SINCE = {
    "confirmations.Request": "asked",
    "desk.Draft": "at",
    "feedback.Feedback": "received",
    "post.OutgoingMail": "created",
    "progress.ProgressRequest": "asked",
    "surveys.AnonymousAnswer": "day",
    "surveys.Invitation": "invited",
    "surveys.Response": "started",
}
UNTIL = dict.fromkeys(
    ("surveys.AnonymousAnswer", "surveys.Invitation", "surveys.Response", "surveys.WaitingAnswer"),
    "survey__keep_until",
)


@dataclass(frozen=True, slots=True)
class Dated:
    """One thing that is kept, with its days.

    Attributes:
        held: what is kept.
        since: first day on which it stood there; None if nobody knows.
        until: day on which it goes; None if no day is fixed, `held.kept` then says the rule.

    """

    held: Held
    since: date | None
    until: date | None


def dated(tenant: Tenant, found: Iterable[Held]) -> list[Dated]:
    """Say since when each thing is kept and until when, in the same order.

    One query for each kind of record.
    """
    rows = list(found)
    numbers: dict[str, set[str]] = {}
    for one in rows:
        label, pk, *_ = one.ident.split(":")
        numbers.setdefault(label, set()).add(pk)
    days: dict[str, tuple[date | None, date | None]] = {}
    for label, pks in sorted(numbers.items()):
        of_kind = [one for one in rows if one.ident.startswith(f"{label}:")]
        model: Any = apps.get_model(label)
        if issubclass(model, Recorded):
            days |= _by_versions(model, tenant, pks, of_kind)
        else:
            days |= _by_row(model, pks, of_kind)
    return [Dated(one, *days[one.ident]) for one in rows]


def _by_row(
    model: Any,  # noqa: ANN401 - a model of any kind
    pks: Iterable[str],
    found: Iterable[Held],
) -> dict[str, tuple[date | None, date | None]]:
    label = model._meta.label
    names = [name for name in (SINCE.get(label, ""), UNTIL.get(label, "")) if name]
    rows = {
        str(row["pk"]): row
        for row in model._default_manager.filter(pk__in=pks).values("pk", *names)
    }
    found_days = {}
    for one in found:
        row = rows.get(one.ident.split(":")[1], {})
        since, until = (_day(row.get(of.get(label, ""))) for of in (SINCE, UNTIL))
        found_days[one.ident] = (since, until)
    return found_days


def _by_versions(
    model: type[Recorded], tenant: Tenant, pks: Iterable[str], found: Iterable[Held]
) -> dict[str, tuple[date | None, date | None]]:
    """Read from the versions of records since when a field says what it says."""
    columns = {one.name: one.attname for one in model._meta.concrete_fields}
    wanted = {one.ident.split(":")[2] for one in found}
    versions: dict[str, list[dict[str, Any]]] = {}
    stored = model.history.filter(tenant=tenant, id__in=pks).order_by("history_id")
    for row in stored.values("id", "history_date", *sorted({columns[name] for name in wanted})):
        versions.setdefault(str(row["id"]), []).append(row)
    found_days: dict[str, tuple[date | None, date | None]] = {}
    for one in found:
        _, pk, name, *past = one.ident.split(":")
        told = [(_day(row["history_date"]), row[columns[name]]) for row in versions.get(pk, ())]
        since = _first_of_past(told, one) if past == [PAST] else _since(told)
        found_days[one.ident] = (since, None)
    return found_days


def _since(told: list[tuple[date | None, Any]]) -> date | None:
    """Find the day since which the last value stands there without a break."""
    since = None
    for day, value in reversed(told):
        if value != told[-1][1]:
            break
        since = day
    return since


def _first_of_past(told: list[tuple[date | None, Any]], one: Held) -> date | None:
    """Find the first day on which one of the earlier values stood there."""
    values = one.value if isinstance(one.value, list) else [one.value]
    return next((day for day, value in told if value in values), None)


def _day(moment: object) -> date | None:
    if isinstance(moment, datetime):
        return localtime(moment).date()
    return moment if isinstance(moment, date) else None
