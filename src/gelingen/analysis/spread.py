"""Spread: what wide needs mean inside, municipality by municipality."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from gelingen.analysis.inventory import Inventory
from gelingen.analysis.schema import Needs

__all__ = ["spread_needs"]


def spread_needs(inventory: Inventory, places: Sequence[str]) -> Inventory:
    """Ask of each place whether what reaches it serves the needs of the wider area.

    A need of a wider area becomes a need of each place inside; its quantity cannot be shared out
    and is left open, so only whether something reaches the place is judged. A need inside a place
    counts for the place, with its quantity. Needs of other areas are left out.

    Args:
        inventory: the records.
        places: official keys of places none of which contains another.

    Returns:
        The same records with needs of these places only, ordered by need and place; a need that
        was spread has the key "need@place".

    """
    needs = inventory.needs.frame.rename({"place": "area"})
    areas = pl.DataFrame({"place": sorted(places)}, schema={"place": pl.String})
    pairs = needs.join(areas, how="cross").filter(
        pl.col("area").str.starts_with(pl.col("place"))
        | pl.col("place").str.starts_with(pl.col("area"))
    )
    wide = pl.col("area") != pl.col("place")
    wide &= pl.col("place").str.starts_with(pl.col("area"))
    quantity = ["quantity_low", "quantity", "quantity_high", "measure"]
    spread = pairs.with_columns(
        pl.when(~wide).then(pl.col(quantity)),
        need=pl.when(wide).then(pl.concat_str("need", "place", separator="@")).otherwise("need"),
    )
    return replace(inventory, needs=Needs(spread.select(*Needs.columns).sort("need", "place")))
