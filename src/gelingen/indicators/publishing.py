"""What of indicators everybody may read, as rows of JSON; an edition freezes it.

Counts below five are left out, and so are others from which they could be reckoned.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from gelingen.access.models import Tenant
from gelingen.access.policy import Operator
from gelingen.indicators.models import Indicator
from gelingen.indicators.protecting import hidden_values, without
from gelingen.indicators.queries import indicators
from gelingen.indicators.series import Break, Point, Series
from gelingen.indicators.values import every_series
from gelingen.terms.indicators import MigrationDefinition

Row = dict[str, Any]


def published_series(tenant: Tenant, *, on: date) -> list[Row]:
    """Give the indicators that have values, ordered by register and code.

    Of measures that are not public nothing is given. Values lie before or on the day. Five
    queries.
    """
    found = indicators(Operator(day=on), tenant)
    sheets = list(found.prefetch_related("breaks", "rules", "targets"))
    every = list(zip(sheets, every_series(tenant, tenant, sheets, on=on), strict=True))
    hidden = hidden_values(every)
    rows = []
    for one, parts in every:
        if one.measure is not None and not one.measure.public:
            continue
        shown = [without(part, hidden) for part in parts]
        if any(part.stretches for part in shown):
            rows.append(_row(one, shown))
    return rows


def published_sources(rows: Iterable[Row]) -> list[Row]:
    """Name the sources of published values with the newest day of each, by name."""
    newest: dict[str, str] = {}
    for row in rows:
        for one in row["series"]:
            if one["source"]:
                newest[one["source"]] = max(one["reference"], newest.get(one["source"], ""))
    return [
        {"key": f"quelle_{at}", "title": title, "reference": newest[title]}
        for at, title in enumerate(sorted(newest), 1)
    ]


def _row(one: Indicator, found: Sequence[Series]) -> Row:
    breaks: dict[date, Break] = {each.day: each for part in found for each in part.breaks}
    return {
        **{name: getattr(one, name) for name in (
            "key", "code", "name", "register", "definition", "numerator", "denominator", "source",
            "unit", "wanted",
        )},
        "migration_definition": MigrationDefinition.of(one.migration_definition).label,
        "notes": one.method,
        "breaks": [
            {"reference": day.isoformat(), "reason": breaks[day].why} for day in sorted(breaks)
        ],
        "targets": [
            {"reference": each.due.isoformat(), "low": _plain(each.value_low),
             "high": _plain(each.value_high)}
            for each in one.targets.all()
        ],
        "series": [_value(part, each) for part in found for each in part.points],
    }  # fmt: skip


def _value(part: Series, one: Point) -> Row:
    return {
        "territory": part.territory,
        "territory_name": part.name,
        "reference": one.reference_told,
        "low": _plain(one.low),
        "high": _plain(one.high),
        "source": one.source,
        "note": "" if one.interpretable else "Kleiner Nenner, nicht interpretierbar.",
        "counted": ". ".join(filter(None, (one.base, one.definition))),
    }


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
