"""What of indicators everybody may read, as rows of JSON; an edition freezes it.

Counts below five are left out, and so are others from which they could be reckoned.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from gelingen.access.models import Tenant
from gelingen.access.policy import Operator
from gelingen.analysis.disclosure.counts import Counts, CountTable, Sums
from gelingen.analysis.disclosure.protection import protect
from gelingen.indicators.models import Indicator, IndicatorTarget
from gelingen.indicators.queries import indicators, series
from gelingen.indicators.series import FEW, Break, Point, Series
from gelingen.terms.indicators import MigrationDefinition
from gelingen.terms.vocabulary import DatePrecision

LEAST = 5
_REST = "übrige"
_SHARE = ("Prozent", "%")
_NO_COUNT = (*_SHARE, "EUR", "EUR/m2", "Jahre", "Tage", "je 1 000")
Row = dict[str, Any]


def published_series(tenant: Tenant, *, on: date) -> list[Row]:
    """Give the indicators that have values, ordered by register and code.

    Of measures that are not public nothing is given. Values lie before or on the day. Two queries,
    and five more for each indicator.
    """
    reader = Operator(day=on)
    rows = []
    for one in indicators(reader, tenant):
        if one.measure is not None and not one.measure.public:
            continue
        found = without_small(series(tenant, one, on=on), one)
        if any(each.stretches for each in found):
            rows.append(_row(one, found))
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
    targets = IndicatorTarget.objects.filter(indicator=one)
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
            for each in targets
        ],
        "series": [_value(part, each) for part in found for each in part.points],
    }  # fmt: skip


def _value(part: Series, one: Point) -> Row:
    whole = one.precision == DatePrecision.YEAR
    return {
        "territory": part.territory,
        "territory_name": part.name,
        "reference": str(one.reference.year) if whole else one.reference.isoformat(),
        "low": _plain(one.low),
        "high": _plain(one.high),
        "source": one.source,
        "note": "" if one.interpretable else "Kleiner Nenner, nicht interpretierbar.",
    }


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def without_small(found: Sequence[Series], indicator: Indicator) -> list[Series]:
    """Leave out counts below five, and what else would give them away."""
    hidden: set[str] = set()
    if indicator.unit in _NO_COUNT:
        hidden = {
            one.key for part in found for one in part.points
            if indicator.unit in _SHARE and _few_behind(one)
        }  # fmt: skip
    else:
        together: dict[tuple[object, ...], dict[str, Point]] = {}
        for part in found:
            for one in part.points:
                together.setdefault((one.reference, one.strand), {})[part.territory] = one
        for group in together.values():
            hidden |= _hidden(group)
    return [_without(part, hidden) for part in found]


def _few_behind(one: Point) -> bool:
    """Tell whether a share counts fewer than five, or is a share of few."""
    if one.denominator is None:
        return False
    counted = one.denominator * one.high / 100
    return one.denominator < FEW or 0 < counted < LEAST


def _hidden(group: Mapping[str, Point]) -> set[str]:
    """Name the figures of one day that must not get out, by territories nested in their keys."""
    whole = min(group, key=lambda key: (len(key), key))
    parts = {key: one for key, one in group.items() if key != whole}
    nested = bool(parts) and all(key.startswith(whole) for key in parts)
    rest = group[whole].low - sum(one.low for one in parts.values()) if nested else Decimal(-1)
    small = {one.key for one in group.values() if 0 < one.low < LEAST}
    if not small or rest < 0 or any(one.low != int(one.low) for one in group.values()):
        return small
    counts = [(whole, int(group[whole].low)), (_REST, int(rest))]
    counts += [(key, int(one.low)) for key, one in parts.items()]
    sums = [(0, whole, part) for part in (*parts, _REST)]
    outside = protect(CountTable(Counts.from_rows(counts), Sums.from_rows(sums)), search=False)
    shown = {cell for cell, count in outside.outside().rows() if count is not None}
    return small | {one.key for key, one in group.items() if key not in shown}


def _without(part: Series, hidden: set[str]) -> Series:
    kept = [tuple(one for one in run if one.key not in hidden) for run in part.stretches]
    return Series(part.territory, part.name, tuple(run for run in kept if run), part.breaks)
