"""Which structure can serve which cell: what does not depend on the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from gelingen.analysis.cells import CELL, lineage, matching
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.ranges import bounds

__all__ = ["KEYS", "Matches", "find_matches"]

KEYS = ("topic", "target_group", "place", "kind", "measure")
SERVES = {
    "decides": "strategic",
    "steers": "strategic",
    "networks": "strategic",
    "delivers": "operational",
    "advises": "operational",
}
ASKED = ("none_found", "none_exists")
UNASKED = "not_asked"
Scope = tuple[str | None, str | None, str]


@dataclass(frozen=True)
class Matches:
    """Cells and what could serve them on some day.

    Attributes:
        cells: cell and KEYS, ordered by cell. A cell without measure holds the needs whose quantity
            is not known.
        needs: cell, need, low, mid, high (empty: open upward), severity, starts, ends.
        suppliers: structure, serves, sized_in (its measure if its size is known), low, mid, high,
            starts, ends; ordered by structure.
        pairs: cell, structure, far (beyond the limit of travel), sized (its size is known in the
            measure of the cell); ordered.
        parts: cell, structure that serves only a part of the cell's place; ordered.
        asked: cell, inquiry, since: nothing was found although somebody asked; ordered.

    """

    cells: pl.DataFrame
    needs: pl.DataFrame
    suppliers: pl.DataFrame
    pairs: pl.DataFrame
    parts: pl.DataFrame
    asked: pl.DataFrame


def find_matches(inventory: Inventory, *, limit: float | None = None) -> Matches:
    """Match structures with the cells that the needs make up.

    A structure can serve a cell when its topic is the cell's or lies above it, its target group is
    the cell's or shares persons with it, its area contains the cell's place, and its function fits:
    strategic needs are served by those that decide, steer or network, operational ones by those
    that deliver or advise.

    Args:
        inventory: the records.
        limit: minutes of travel that are still bearable; None asks for no travel times.

    """
    if ("matches", limit) not in inventory.kept:
        inventory.kept["matches", limit] = _matches(inventory, limit)
    found: Matches = inventory.kept["matches", limit]
    return found


def _matches(inventory: Inventory, limit: float | None) -> Matches:
    needs = _needs(inventory)
    cells = needs.select("cell", *KEYS).unique().sort("cell")
    suppliers = _suppliers(inventory)
    pairs = _near(cells, suppliers, inventory)
    return Matches(
        cells=cells,
        needs=needs,
        suppliers=suppliers,
        pairs=_with_travel(pairs, cells, inventory, limit),
        parts=_parts(cells, suppliers, inventory),
        asked=_asked(cells, inventory),
    )


def _needs(inventory: Inventory) -> pl.DataFrame:
    rows = inventory.needs.frame.with_columns(**bounds("quantity"))
    measure = pl.when(pl.col("mid").is_not_null()).then(pl.col("measure"))
    cell = pl.concat_str(*KEYS[:4], _spelt(pl.col("measure").fill_null("")), separator="|")
    return (
        rows.with_columns(measure=measure)
        .with_columns(cell=cell)
        .select("cell", "need", *KEYS, "low", "mid", "high", "severity", "starts", "ends")
        .sort("cell", "need")
    )


def _spelt(measure: pl.Expr) -> pl.Expr:
    """Write a measure, which people word freely, without the marks between keys."""
    return measure.str.replace_many(["%", ";", "|"], ["%25", "%3B", "%7C"])


def _suppliers(inventory: Inventory) -> pl.DataFrame:
    rows = inventory.structures.frame.with_columns(**bounds("capacity"))
    return (
        rows.with_columns(
            serves=pl.col("function").replace_strict(SERVES, default=None, return_dtype=pl.String),
            sized_in=pl.when(pl.col("mid").is_not_null()).then(pl.col("measure")),
        )
        .select("structure", "serves", "sized_in", "low", "mid", "high", "starts", "ends")
        .sort("structure")
    )


def _near(cells: pl.DataFrame, suppliers: pl.DataFrame, inventory: Inventory) -> pl.DataFrame:
    """Pair cells with the structures whose topic, group, area and function fit."""
    reach = inventory.reach.frame.join(suppliers, on="structure")
    reach = reach.select(*CELL, "structure", "serves", "sized_in")
    return (
        matching(
            cells.select("cell", *CELL, "kind", "measure"),
            reach,
            topics=inventory.topics,
            links=inventory.groups,
        )
        .filter(pl.col("serves") == pl.col("kind"))
        .select("cell", "structure", sized=(pl.col("sized_in") == pl.col("measure")))
        .with_columns(pl.col("sized").fill_null(value=False))
        .unique()
        .sort("cell", "structure")
    )


def _with_travel(
    pairs: pl.DataFrame, cells: pl.DataFrame, inventory: Inventory, limit: float | None
) -> pl.DataFrame:
    """Mark the pairs whose way is longer than the limit; an unknown way is not far."""
    if limit is None:
        return pairs.with_columns(far=pl.lit(value=False))
    minutes = inventory.travel.frame.group_by("place", "structure").agg(pl.min("minutes"))
    placed = pairs.join(cells.select("cell", "place"), on="cell")
    return (
        placed.join(minutes, on=["place", "structure"], how="left")
        .select(*pairs.columns, far=(pl.col("minutes") > limit).fill_null(value=False))
        .sort("cell", "structure")
    )


def _parts(cells: pl.DataFrame, suppliers: pl.DataFrame, inventory: Inventory) -> pl.DataFrame:
    """Pair cells with structures that would fit if their area were not smaller than the place."""
    reach = inventory.reach.frame.join(suppliers.select("structure", "serves"), on="structure")
    found = [pl.DataFrame(schema={"cell": pl.String, "structure": pl.String})]
    for length in cells["place"].str.len_chars().unique().sort():
        smaller = reach.filter(pl.col("place").str.len_chars() > length)
        matched = matching(
            cells.filter(pl.col("place").str.len_chars() == length).select("cell", *CELL, "kind"),
            smaller.with_columns(pl.col("place").str.head(length)),
            topics=inventory.topics,
            links=inventory.groups,
        )
        fits = matched.filter(pl.col("serves") == pl.col("kind"))
        found.append(fits.select("cell", "structure"))
    return pl.concat(found).unique().sort("cell", "structure")


def _asked(cells: pl.DataFrame, inventory: Inventory) -> pl.DataFrame:
    """Find the inquiries without result that contain a cell.

    Where somebody recorded for a part of their area that it was not asked about, they say nothing.
    """
    lines = lineage(inventory.topics)
    inquiries = [
        (inquiry, (about, whom, where), state, since)
        for inquiry, about, whom, where, state, since in inventory.inquiries.frame.rows()
    ]
    rows = []
    for cell, *keys in cells.select("cell", *CELL).rows():
        around = [entry for entry in inquiries if _contains(entry[1], keys, lines)]
        silent = [scope for _, scope, state, _ in around if state == UNASKED]
        rows += [
            (cell, inquiry, since)
            for inquiry, scope, state, since in around
            if state in ASKED
            and not any(part != scope and _contains(scope, part, lines) for part in silent)
        ]
    schema = {"cell": pl.String, "inquiry": pl.String, "since": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("cell", "inquiry")


def _contains(scope: Scope, keys: Sequence[str | None], lines: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether a scope holds a cell or another scope; an empty part of a scope means all."""
    about, whom, where = scope
    topic, group, place = keys
    above = lines.get(topic, (topic,)) if topic else ()
    return (
        (about is None or about in above)
        and (whom is None or whom == group)
        and (place or "").startswith(where)
    )
