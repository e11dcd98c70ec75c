"""Network: who is known to work with whom on a day."""

from datetime import date

import polars as pl

from gelingen.analysis.belonging import end_with, ends_of, kin
from gelingen.analysis.cells import joined
from gelingen.analysis.money import running
from gelingen.analysis.schema import Actors, Ties
from gelingen.analysis.tables import Column, Table

__all__ = ["KnownTies", "actors_on", "add_contact", "know_ties"]


class KnownTies(Table):
    """Bekannte Zusammenarbeit: one row per pair of organisations, `a` before `b`."""

    a = Column(pl.String, "Kennung der einen Organisation")
    b = Column(pl.String, "Kennung der anderen Organisation")
    told_by_a = Column(pl.Boolean, "Hat die eine sie genannt?")
    told_by_b = Column(pl.Boolean, "Hat die andere sie genannt?")
    told_by_third = Column(pl.Boolean, "Hat eine dritte Stelle sie genannt?")
    kinds = Column(pl.String, "Arten der Zusammenarbeit, mit Semikolon")
    topics = Column(pl.String, "Themenfelder, mit Semikolon; leer: allgemein")
    evidence = Column(pl.String, "Kennungen der Belege, mit Semikolon")


def actors_on(actors: Actors, *, on: date) -> Actors:
    """Keep the organisations that have not ended; asked is who had been asked by the day."""
    over = [organisation for organisation, end in ends_of(actors).items() if end <= on]
    since = pl.col("asked_since")
    there = ~pl.col("organisation").is_in(over)
    asked = pl.col("asked") & (since.is_null() | (since <= on))
    return Actors(actors.frame.filter(there).with_columns(asked=asked))


def know_ties(ties: Ties, actors: Actors, *, on: date) -> KnownTies:
    """Bring all that is told about each pair of organisations together, ordered by pair.

    A tie of an organisation with itself is left out, and so is a tie of one that has ended.
    """
    turned = pl.col("a") > pl.col("b")
    first, second = pl.min_horizontal("a", "b"), pl.max_horizontal("a", "b")
    told_a = pl.col("reported_by").is_in(["a", "both"])
    told_b = pl.col("reported_by").is_in(["b", "both"])
    rows = (
        end_with(ties, ends_of(actors), by=("a", "b"))
        .frame.filter(running(on) & (pl.col("a") != pl.col("b")))
        .with_columns(
            a=first,
            b=second,
            told_by_a=pl.when(turned).then(told_b).otherwise(told_a),
            told_by_b=pl.when(turned).then(told_a).otherwise(told_b),
            told_by_third=pl.col("reported_by") == "third",
        )
        .group_by("a", "b")
        .agg(
            pl.col("told_by_a", "told_by_b", "told_by_third").any(),
            kinds=joined("kind"),
            topics=joined("topic"),
            evidence=joined("tie"),
        )
    )
    return KnownTies(rows.sort("a", "b"))


def add_contact(pairs: pl.DataFrame, known: KnownTies, actors: Actors) -> pl.DataFrame:
    """Add to pairs of organisations whether they are in touch.

    Args:
        pairs: rows with organisation_a and organisation_b.
        known: the ties on the day.
        actors: who has been asked by the day; an organisation missing from it has not.

    Returns:
        The same rows in the same order with a column `contact`: same_organisation (also a unit and
        what lies above it), in_touch, not_in_touch (both were asked and neither named the other)
        or not_known.

    """
    one, other = pl.col("organisation_a"), pl.col("organisation_b")
    asked = actors.frame.filter("asked")["organisation"].implode()
    own = kin(actors).with_columns(own=pl.lit(value=True))
    tied = known.frame.select(low=pl.col("a"), high=pl.col("b"), tied=pl.lit(value=True))
    contact = (
        pl.when((one == other) | pl.col("own"))
        .then(pl.lit("same_organisation"))
        .when(pl.col("tied"))
        .then(pl.lit("in_touch"))
        .when(one.is_in(asked) & other.is_in(asked))
        .then(pl.lit("not_in_touch"))
        .otherwise(pl.lit("not_known"))
    )
    return (
        pairs.with_columns(low=pl.min_horizontal(one, other), high=pl.max_horizontal(one, other))
        .join(tied, on=["low", "high"], how="left", maintain_order="left")
        .join(own, on=["low", "high"], how="left", maintain_order="left")
        .with_columns(contact=contact)
        .drop("low", "high", "tied", "own")
    )
