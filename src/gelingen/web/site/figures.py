"""Figures on the public site: two registers that never mix, each figure with chart and table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gelingen.errors import NotFoundError
from gelingen.terms.site import SitePage
from gelingen.terms.spelling import number, number_range
from gelingen.web.site.charts import Point, digits_of, over_time, side_by_side, small, span_of
from gelingen.web.site.frame import Row, Shown, Site, public
from gelingen.web.site.words import Word, day_of, has_day, said_day
from gelingen.web.site.written import html_of

ENOUGH, MOST = 2, 40
_ABREAST = 8  # days beside each other in a table


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one territory, in the order of time."""

    key: str
    name: str
    points: tuple[Point, ...]

    @property
    def last(self) -> Point:
        """The newest value."""
        return self.points[-1]


Values = list[Mapping[str, Any]]


def places_of(row: Row, own: str) -> list[tuple[str, Values]]:
    """Give the values of an indicator by official key, the own territory first.

    Then larger ones before smaller ones, by name.
    """
    found: dict[str, Values] = {}
    for one in row["series"]:
        if one["low"] is not None and has_day(one["reference"]):
            found.setdefault(one["territory"], []).append(one)
    return sorted(
        found.items(),
        key=lambda of: (of[0] != own, len(of[0]), of[1][0]["territory_name"], of[0]),
    )


def series_of(key: str, values: Values) -> Series:
    """Read the values of a territory, at least one, in the order of time."""
    points = sorted(map(_point, values), key=_when)
    return Series(key, values[0]["territory_name"], tuple(points))


def _point(one: Mapping[str, Any]) -> Point:
    low = float(one["low"])
    high = one.get("high")
    on = day_of(one["reference"]) or date.min
    return Point(
        on,
        low,
        low if high is None else float(high),
        said_day(one["reference"]),
        one.get("note") or "",
        one.get("counted") or "",
    )


def _when(point: Point) -> date:
    return point.day


def days_in(row: Row, column: str) -> list[tuple[date, Mapping[str, Any]]]:
    """Read the dated entries of an indicator, breaks or targets, in the order of time."""
    found = [(on, one) for one in row[column] if (on := day_of(one["reference"]))]
    return sorted(found, key=lambda one: one[0])


def _target(on: date, one: Mapping[str, Any]) -> Point | None:
    low, high = one["low"], one["high"]
    if low is None and high is None:
        return None
    low, high = (high if low is None else low), (low if high is None else high)
    return Point(on, float(low), float(high))


def said(point: Point, unit: str, digits: int) -> str:
    """Write a value with its unit, a range as a range."""
    low, high = point.low, point.high
    text = number(low, digits) if low == high else number_range(low, high, digits)
    return f"{text} {unit}".strip()


@public
def figures(site: Site) -> Shown:
    """Show all figures by register, each with the newest value of the whole."""
    parts: list[tuple[Word, Word, list[dict[str, Any]]]] = [
        (
            _("Wie es um die Integration steht"),
            _("Diese Zahlen beschreiben die Lage. Sie zeigen nicht, ob eine Maßnahme wirkt."),
            [],
        ),
        (
            _("Was die Maßnahmen erreichen"),
            _("Diese Zahlen gehören zu einzelnen Maßnahmen."),
            [],
        ),
    ]
    for row in site.rows("indicators"):
        parts[row["register"] == "measure"][2].append(_line(site, row))
    shown = [one for one in parts if one[2]]
    return Shown("site/figures.html", {"text": html_of(site, SitePage.FIGURES), "parts": shown})


def _line(site: Site, row: Row) -> dict[str, Any]:
    places = places_of(row, site.tenant.pk)
    first = series_of(*places[0]) if places else None
    digits = digits_of([one.middle for one in first.points]) if first else 0
    return {
        "name": row["name"],
        "definition": row["definition"],
        "url": site.url("site-figure", record=row["key"]),
        "value": said(first.last, row["unit"], digits) if first else "",
        "where": first.name if first else "",
        "day": first.last.said if first else "",
    }


@public
def figure(site: Site, record: str) -> Shown:
    """Show one figure: chart, the same as a table, municipalities side by side, definition."""
    row = next((one for one in site.rows("indicators") if one["key"] == record), None)
    if row is None:
        raise NotFoundError(_("Diese Kennzahl steht nicht in der Ausgabe."))
    series = [series_of(*one) for one in places_of(row, site.tenant.pk)]
    breaks = [(on, said_day(one["reference"]), one["reason"]) for on, one in days_in(row, "breaks")]
    return Shown(
        "site/figure.html",
        {
            "row": row,
            "chart": _chart(row, series, [on for on, *_more in breaks]),
            "smalls": _smalls(series, [on for on, *_more in breaks]),
            "table": _table(row, series),
            "breaks": [(when, why) for _on, when, why in breaks],
            "facts": _facts(row),
        },
    )


def _chart(row: Row, series: Sequence[Series], breaks: Sequence[date]) -> SafeString | str:
    """Draw the whole over time, or territories side by side where there is one day only."""
    if not series:
        return ""
    first = series[0]
    if len(first.points) >= ENOUGH:
        aims = [one for on, of in days_in(row, "targets") if (one := _target(on, of))]
        name = f"{row['name']}, {first.name}, {first.points[0].day.year}–{first.last.day.year}"
        drawn = over_time(first.points, unit=row["unit"], breaks=breaks, targets=aims, name=name)
        return mark_safe(drawn)  # noqa: S308 - escaped where it is drawn
    # Only what is counted in the same way stands in one picture.
    ((way, _number),) = Counter(one.last.way for one in series).most_common(1)
    rows = [(one.name, one.last.middle) for one in series if one.last.way == way][:MOST]
    ordered = sorted(rows, key=lambda one: -one[1])
    drawn = side_by_side(ordered, unit=row["unit"], name=row["name"])
    return mark_safe(drawn)  # noqa: S308 - escaped where it is drawn


def _smalls(series: Sequence[Series], breaks: Sequence[date]) -> list[SafeString]:
    """Draw the smaller territories in the same bounds; none where only one has a course."""
    long = [one for one in series[1:] if len(one.points) >= ENOUGH][:MOST]
    if not long:
        return []
    points = [point for one in long for point in one.points]
    days = (min(map(_when, points)), max(map(_when, points)))
    bounds = span_of(points)
    return [
        mark_safe(small(one.points, bounds, days, breaks=breaks, title=one.name))  # noqa: S308
        for one in long
    ]


def _table(row: Row, series: Sequence[Series]) -> dict[str, Any]:
    """Give the same values as a table: a row for each territory, a column for each day.

    Many days of one territory stand in a row each, so that nobody has to scroll sideways.
    """
    days = sorted({(point.day, point.said) for one in series for point in one.points})
    digits = digits_of([point.middle for one in series for point in one.points])
    rows = []
    for one in series:
        by_day = {point.day: said(point, "*" if point.note else "", digits) for point in one.points}
        rows.append((one.name, [by_day.get(on, "–") for on, _said in days]))
    notes = sorted({point.note for one in series for point in one.points if point.note})
    corner, heads = "Gebiet", [when for _on, when in days]
    if len(rows) == 1 and len(heads) > _ABREAST:
        ((name, values),) = rows
        corner, rows = "Stichtag", [(on, [of]) for on, of in zip(heads, values, strict=True)][::-1]
        heads = [name]
    return {"notes": notes, "corner": corner, "heads": heads, "rows": rows, "unit": row["unit"]}


def _facts(row: Row) -> list[tuple[Word, str]]:
    sources = dict.fromkeys(one["source"] for one in row["series"] if one.get("source"))
    pairs: list[tuple[Word, str]] = [
        (_("Definition"), row["definition"]),
        (_("Zähler"), row["numerator"]),
        (_("Nenner"), row["denominator"]),
        (_("Einheit"), row["unit"]),
        (_("Quelle"), row["source"] or ", ".join(sources)),
        (_("Migrationshintergrund"), row["migration_definition"]),
        (_("Hinweise"), row["notes"]),
    ]
    return [one for one in pairs if one[1]]
