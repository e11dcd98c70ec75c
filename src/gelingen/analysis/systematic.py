"""Systematic gaps: the same type of gap again and again along a line, or for long."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from gelingen.analysis.coverage import CoverageResult
from gelingen.analysis.figures import Cells
from gelingen.analysis.gaptypes import GAPS
from gelingen.analysis.tables import Column, Table

__all__ = ["Lasting", "Systematic", "find_lasting", "find_systematic"]

LINES = ("topic", "target_group", "place")
TYPES = [kind.value for kind in GAPS]


class Systematic(Table):
    """Systematische Lücken: one row per line (topic, group or place) and type of gap."""

    key = Column(pl.String, "Kennung des Befunds")
    along = Column(pl.String, "topic, target_group oder place")
    value = Column(pl.String, "Kennung des Themenfelds, der Zielgruppe oder des Gebiets")
    type = Column(pl.String, "Art der Lücke")
    gaps = Column(pl.Int64, "Zellen mit dieser Art von Lücke")
    known = Column(pl.Int64, "Zellen mit Bedarf, über die etwas bekannt ist")
    cells = Column(pl.String, "Kennungen der Zellen, mit Semikolon")


class Lasting(Table):
    """Anhaltende Lücken: one row per cell, type and unbroken period."""

    key = Column(pl.String, "Kennung des Befunds")
    cell = Column(pl.String, "Kennung der Zelle")
    type = Column(pl.String, "Art der Lücke")
    starts = Column(pl.Date, "Erster Tag im betrachteten Zeitraum")
    ends = Column(pl.Date, "Erster Tag danach im betrachteten Zeitraum")
    months = Column(pl.Int64, "Volle Monate", "Monate")


def find_systematic(cells: Cells, *, at_least: int = 3) -> Systematic:
    """Find the topics, target groups and places along which the same type of gap repeats.

    Strategic and operational cells count together; a cell that is not known counts on neither side.

    Args:
        cells: the cells of one day.
        at_least: how many cells of one type make it systematic.

    Returns:
        Rows ordered by `along`, `value` and `type`; `cells` in order, joined by ";".

    """
    frame = cells.frame
    known = frame.filter(~pl.col("type").is_in(["not_known", "no_demand"]))
    found = []
    for along in LINES:
        total = known.group_by(along).agg(known=pl.len().cast(pl.Int64))
        gaps = known.filter(pl.col("type").is_in(TYPES)).group_by(along, "type")
        counted = gaps.agg(gaps=pl.len().cast(pl.Int64), cells=pl.col("cell").sort().str.join(";"))
        found.append(
            counted.filter(pl.col("gaps") >= at_least)
            .join(total, on=along)
            .select(
                pl.format("systematic:{}:{}:{}", pl.lit(along), along, "type").alias("key"),
                pl.lit(along).alias("along"),
                pl.col(along).alias("value"),
                "type",
                "gaps",
                "known",
                "cells",
            )
        )
    return Systematic(pl.concat(found).sort("along", "value", "type"))


def find_lasting(
    results: Sequence[CoverageResult], *, ends: date, at_least_months: int = 12
) -> Lasting:
    """Find the gaps that keep their type for long.

    Args:
        results: one per breakpoint, by day, as `coverage_over` gives them.
        ends: the first day after the period they speak about.
        at_least_months: how many full months make a gap lasting.

    Returns:
        Rows ordered by cell and beginning.

    """
    days = [result.basis.as_of for result in results]
    rows: list[tuple[str, str, date, date]] = []
    running: dict[str, tuple[str, date]] = {}
    for day, result in zip(days, results, strict=True):
        now = dict(result.cells.frame.select("cell", "type").rows())
        for cell, (kind, since) in list(running.items()):
            if now.get(cell) != kind:
                rows.append((cell, kind, since, day))
                del running[cell]
        for cell, kind in now.items():
            if kind in TYPES:
                running.setdefault(cell, (kind, day))
    rows += [(cell, kind, since, ends) for cell, (kind, since) in running.items()]
    long = [
        (f"lasting:{cell}:{kind}:{since}", cell, kind, since, until, months_between(since, until))
        for cell, kind, since, until in sorted(rows, key=lambda row: (row[0], row[2]))
        if months_between(since, until) >= at_least_months
    ]
    return Lasting.from_rows(long)


def months_between(starts: date, ends: date) -> int:
    """Count the full months of a half-open period, from day of the month to the same day.

    >>> months_between(date(2019, 1, 15), date(2020, 1, 15))
    12
    """
    months = (ends.year - starts.year) * 12 + ends.month - starts.month
    last_day = (ends + timedelta(days=1)).day == 1
    return months if ends.day >= starts.day or last_day else months - 1
