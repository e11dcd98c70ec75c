"""The values of indicators: read from the store of figures, each with what it is a share of.

points_of(whose, tenant, sheets, on=) -> by number of the sheet and territory, for many at once
every_series(whose, tenant, sheets, on=) -> [[Series]], the tenant's own territory first
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, Operator
from gelingen.indicators.series import Break, Point, Series, series_of
from gelingen.places.queries import figures
from gelingen.terms.indicators import BreakReason
from gelingen.terms.spelling import day, iso_day
from gelingen.terms.vocabulary import Certainty

if TYPE_CHECKING:
    from gelingen.indicators.models import Indicator
    from gelingen.places.models import Figure

_SHRINKING = 10  # to less than a tenth of what is known of other times no denominator shrinks


def _reader(whose: Actor | Tenant, on: date) -> Actor:
    return Operator(day=on) if isinstance(whose, Tenant) else whose


def points_of(
    whose: Actor | Tenant, tenant: Tenant, sheets: Sequence["Indicator"], *, on: date
) -> dict[int, dict[tuple[str, str], list[Point]]]:
    """Read the values of indicators by their number, then by key and name of the territory.

    One query, whatever the number of indicators.
    """
    wanted = {one.figure for one in sheets} | {one.denominator_figure for one in sheets} - {""}
    found = figures(_reader(whose, on), tenant, on=on).filter(indicator__in=wanted)
    by_name: dict[str, list[Figure]] = {}
    for one in found:
        by_name.setdefault(one.indicator, []).append(one)
    result: dict[int, dict[tuple[str, str], list[Point]]] = {}
    for sheet_ in sheets:
        wholes: dict[int | None, list[Figure]] = {}
        for one in by_name.get(sheet_.denominator_figure, []):
            wholes.setdefault(one.territory_id, []).append(one)
        places = result.setdefault(sheet_.pk, {})
        for one in by_name.get(sheet_.figure, []):
            assert one.territory is not None  # noqa: S101 - figures of structures are not read
            place = (one.territory.key, one.territory.name)
            point = _point(one, sheet_, wholes.get(one.territory_id, ()))
            places.setdefault(place, []).append(point)
    return result


def _denominator(one: "Figure", wholes: Sequence["Figure"]) -> Decimal | None:
    """Find what a share is a share of: of the same time, if possible counted in the same way.

    Where one of both is known only by its year or month, the other may be of any day in it. Of
    several the smallest is taken, as what is small must be noticed.
    """
    time = time_of(one)
    fitting = [
        (each.base != one.base, each.reference != one.reference, each.value_low)
        for each in wholes
        if time.startswith(time_of(each)) or time_of(each).startswith(time)
    ]
    return min(fitting)[-1] if fitting else None


def time_of(one: "Figure") -> str:
    """Give the day, the month or the year of a figure, as far as it is known."""
    assert one.reference is not None  # noqa: S101 - figures without a day are not read
    return iso_day(one.reference, one.reference_precision)


def _point(one: "Figure", sheet_: "Indicator", wholes: Sequence["Figure"]) -> Point:
    """Read a value; what repeats the words of the sheet is counted as the sheet says."""
    assert one.reference is not None  # noqa: S101 - figures without a day are not read
    return Point(
        key=one.key,
        reference=one.reference,
        low=one.value_low,
        high=one.value_high,
        base=one.base,
        definition="" if one.definition == sheet_.definition else one.definition,
        unit=one.unit or sheet_.unit,
        source=one.source,
        note=one.note,
        approximate=one.certainty == Certainty.ASSUMED or one.value_low != one.value_high,
        denominator=_denominator(one, wholes),
        least=min((each.value_low for each in wholes), default=Decimal(0)) / _SHRINKING or None,
        precision=one.reference_precision,
        published=one.published,
    )


def every_series(
    whose: Actor | Tenant, tenant: Tenant, sheets: Sequence["Indicator"], *, on: date
) -> list[tuple[Series, ...]]:
    """Read the values of indicators in their order, the tenant's own territory first in each.

    One query, and two for each indicator whose `breaks` and `rules` are not read ahead.
    """
    points = points_of(whose, tenant, sheets, on=on)
    return [all_series(one, points[one.pk], declared(one)) for one in sheets]


def all_series(
    sheet_: "Indicator",
    places: Mapping[tuple[str, str], Sequence[Point]],
    breaks: Sequence[Break] = (),
) -> tuple[Series, ...]:
    """Make series of the points of an indicator, the tenant's own territory first."""
    found = [series_of(key, name, points, breaks) for (key, name), points in places.items()]
    own = sheet_.tenant_id  # its key is the official one of its territory
    return tuple(
        sorted(found, key=lambda one: (one.territory != own, len(one.territory), one.territory))
    )


def declared(indicator: "Indicator") -> list[Break]:
    """Give breaks that somebody set, and days on which the rule for the denominator changed.

    Two queries, or none where `breaks` and `rules` are read ahead.
    """
    breaks = [Break(one.day, BreakReason.DECLARED, one.why) for one in indicator.breaks.all()]
    return breaks + [
        Break(one.starts, BreakReason.DENOMINATOR, f"Nenner ab {day(one.starts)}: {one.rule}")
        for one in indicator.rules.all()
        if one.starts
    ]
