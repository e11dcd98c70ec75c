"""How many persons a target group and a place stand for, as far as the records tell."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import polars as pl

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.analysis.likeness import GroupSizes, PlaceSizes
from gelingen.analysis.ranges import bounds
from gelingen.analysis.schema import Needs
from gelingen.places import queries as places
from gelingen.terms.measures import PERSONS, middle

__all__ = ["group_sizes", "place_sizes"]

POPULATION = "Bevölkerung"
Count = tuple[str, date | None, str, Decimal, Decimal]


def group_sizes(needs: Needs) -> GroupSizes:
    """Find the persons of each target group: the most that are in need on one topic at one place.

    So many there are at least; sums over places would count those twice who live in a place and in
    the county around it. Groups without a quantity in persons are left out.
    """
    known = needs.frame.filter(pl.col("measure") == PERSONS).with_columns(**bounds("quantity"))
    largest = known.group_by("target_group").agg(persons=pl.max("mid"))
    return GroupSizes(largest.filter(pl.col("persons") > 0).sort("target_group"))


def place_sizes(actor: Actor, tenant: Tenant) -> PlaceSizes:
    """Find the people of each place, all from the same count. One query.

    The count (day and base) that knows the most places is taken, of several the latest.
    """
    rows = (
        places.figures(actor, tenant)
        .filter(indicator=POPULATION)
        .values_list("territory__key", "reference", "base", "value_low", "value_high")
    )
    return PlaceSizes.from_rows(_best_count(rows))


def _best_count(rows: Iterable[Count]) -> list[tuple[str, float | None]]:
    counts: dict[tuple[date, str], dict[str, float | None]] = defaultdict(dict)
    for place, reference, base, low, high in rows:
        counts[reference or date.min, base][place] = middle(low, high)
    best = max(counts, key=lambda count: (len(counts[count]), count), default=None)
    return sorted(counts[best].items()) if best else []
