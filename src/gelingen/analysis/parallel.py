"""Parallel work: structures that do the same while their organisations know nothing of each other.

How much of the like work is done without a connection is the sum of the scores of the pairs without
one, divided by the sum over all pairs of which both sides were asked.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from gelingen.analysis.belonging import kin
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.likeness import GroupSizes, PlaceSizes, score_pairs
from gelingen.analysis.money import running
from gelingen.analysis.network import KnownTies
from gelingen.analysis.schema import Actors, Structures
from gelingen.analysis.tables import Column, Table

__all__ = ["ParallelPairs", "ParallelWork", "find_parallel_work"]

WORTH_TELLING = 0.5


class ParallelPairs(Table):
    """Nebeneinander: one row per pair of structures that do the same without a connection."""

    a = Column(pl.String, "Kennung der einen Struktur")
    b = Column(pl.String, "Kennung der anderen Struktur")
    organisation_a = Column(pl.String, "Kennung des einen Trägers")
    organisation_b = Column(pl.String, "Kennung des anderen Trägers")
    score = Column(pl.Float64, "Wie sehr beide dasselbe tun, 0 bis 1")
    state = Column(
        pl.String, "apart (beide befragt, ohne gemeinsamen Partner) oder not_known (nicht befragt)"
    )


@dataclass(frozen=True)
class ParallelWork:
    """Like work and connections.

    Attributes:
        pairs: pairs without a known connection and a score of at least 0.5, the most alike first.
        parallel: part of the like work of those asked that is done without a connection, 0 to 1;
            None if there is none.
        unknown: part of all like work about whose connection nothing is known, 0 to 1; None if
            there is no like work.
        assumptions: German sentences.

    """

    pairs: ParallelPairs
    parallel: float | None
    unknown: float | None
    assumptions: tuple[str, ...]


def find_parallel_work(  # noqa: PLR0913  # one table each; the last two are optional
    inventory: Inventory,
    known: KnownTies,
    actors: Actors,
    *,
    on: date,
    groups: GroupSizes | None = None,
    places: PlaceSizes | None = None,
) -> ParallelWork:
    """Find the structures that do the same without a connection on a day.

    Two organisations are connected if they are the same, one is a unit of the other, they work
    together, or share a partner. Without a known connection they are apart only if both were asked.

    Args:
        inventory: structures, reach, groups and topics.
        known: the ties on the day.
        actors: who has been asked by the day.
        on: the day asked about.
        groups: persons per target group, as weights.
        places: people per place, as weights.

    """
    standing = Structures(inventory.structures.frame.filter(running(on)))
    scores, notes = score_pairs(
        standing,
        inventory.reach,
        inventory.topics,
        threshold=0.0,
        links=inventory.groups,
        groups=groups,
        places=places,
    )
    pairs = _with_state(scores.frame, standing, known, actors)
    score, state = pl.col("score"), pl.col("state")
    part, surveyed, unknown, whole = pairs.select(
        part=score.filter(state == "apart").sum(),
        surveyed=score.filter("asked").sum(),
        unknown=score.filter(state == "not_known").sum(),
        whole=score.sum(),
    ).row(0)
    pairs = pairs.sort(["score", "a", "b"], descending=[True, False, False])
    told = pairs.filter((pl.col("state") != "connected") & (pl.col("score") >= WORTH_TELLING))
    return ParallelWork(
        pairs=ParallelPairs(told),
        parallel=part / surveyed if surveyed else None,
        unknown=unknown / whole if whole else None,
        assumptions=notes,
    )


def _with_state(
    scores: pl.DataFrame, standing: Structures, known: KnownTies, actors: Actors
) -> pl.DataFrame:
    """Say of each pair whether its organisations are connected, apart, or whether nobody knows."""
    owners = standing.frame.select("structure", "organisation")
    pairs = scores.join(
        owners.rename({"organisation": "organisation_a"}), left_on="a", right_on="structure"
    ).join(owners.rename({"organisation": "organisation_b"}), left_on="b", right_on="structure")
    asked = actors.frame.filter("asked")["organisation"].implode()
    one, other = pl.col("organisation_a"), pl.col("organisation_b")
    pairs = pairs.join(_near(known, actors), on=["organisation_a", "organisation_b"], how="left")
    return pairs.with_columns(asked=one.is_in(asked) & other.is_in(asked)).with_columns(
        state=pl.when((one == other) | pl.col("near"))
        .then(pl.lit("connected"))
        .when("asked")
        .then(pl.lit("apart"))
        .otherwise(pl.lit("not_known"))
    )


def _near(known: KnownTies, actors: Actors) -> pl.DataFrame:
    """List, in both directions, the organisations that are connected."""
    own = kin(actors).select(organisation_a="low", organisation_b="high")
    there = known.frame.select(organisation_a="a", organisation_b="b")
    sides = pl.concat(
        [there, there.select(organisation_a="organisation_b", organisation_b="organisation_a")]
    )
    second = sides.join(sides, left_on="organisation_b", right_on="organisation_a").select(
        "organisation_a", organisation_b="organisation_b_right"
    )
    back = own.select(organisation_a="organisation_b", organisation_b="organisation_a")
    return pl.concat([sides, second, own, back]).unique().with_columns(near=pl.lit(value=True))
