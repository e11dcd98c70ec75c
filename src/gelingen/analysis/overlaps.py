"""Overlaps: pairs of structures that do the same, and whether there is more of it than needed."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from gelingen.analysis.cells import joined, lineage
from gelingen.analysis.excess import add_excess
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.likeness import GroupSizes, PlaceSizes, score_pairs
from gelingen.analysis.money import money_assumptions, running
from gelingen.analysis.network import actors_on, add_contact, know_ties
from gelingen.analysis.result import Basis
from gelingen.analysis.schema import Actors, Structures, Ties
from gelingen.analysis.tables import Column, Table
from gelingen.terms.vocabulary import Scenario

__all__ = ["Overlaps", "Pairs", "find_overlaps"]

METHOD = "overlaps 1"


class Pairs(Table):
    """Überschneidungen: one row per pair of structures that do much the same on the day."""

    a = Column(pl.String, "Kennung der einen Struktur")
    b = Column(pl.String, "Kennung der anderen Struktur")
    organisation_a = Column(pl.String, "Kennung des einen Trägers")
    organisation_b = Column(pl.String, "Kennung des anderen Trägers")
    function = Column(pl.String, "Gemeinsame Funktion")
    score = Column(pl.Float64, "Wie sehr beide dasselbe tun, 0 bis 1")
    same_topics = Column(pl.Float64, "Nähe der Themenfelder, 0 bis 1")
    same_groups = Column(pl.Float64, "Gemeinsamer Anteil an den Zielgruppen, 0 bis 1")
    same_places = Column(pl.Float64, "Gemeinsamer Anteil am Gebiet, 0 bis 1")
    same_days = Column(pl.Float64, "Gemeinsamer Anteil an der Zeit, 0 bis 1")
    contact = Column(
        pl.String,
        "same_organisation (derselbe Träger), in_touch (Zusammenarbeit bekannt), "
        "not_in_touch (beide befragt, keine genannt) oder not_known (nicht befragt)",
    )
    verdict = Column(
        pl.String,
        "duplicate (zusammen mehr als nötig), possible (vielleicht mehr als nötig), "
        "needed (beide gebraucht) oder not_known (Mengen nicht bekannt)",
    )
    excess_low = Column(pl.Float64, "Überschuss, mindestens", "je measure", nullable=True)
    excess = Column(pl.Float64, "Überschuss: gemeinsame Kapazität minus Bedarf", nullable=True)
    excess_high = Column(pl.Float64, "Überschuss, höchstens", "je measure", nullable=True)
    measure = Column(pl.String, "Maß der Mengen", nullable=True)
    topics = Column(pl.String, "Gemeinsame Themenfelder, mit Semikolon")
    target_groups = Column(pl.String, "Gemeinsame Zielgruppen, mit Semikolon")
    places = Column(pl.String, "Gemeinsame Orte, mit Semikolon")
    needs = Column(pl.String, "Kennungen der gemeinsam bedienten Bedarfe, mit Semikolon")


@dataclass(frozen=True)
class Overlaps:
    """What was found: the pairs, and the ground it stands on."""

    pairs: Pairs
    basis: Basis


def find_overlaps(  # noqa: PLR0913  # one table each; all but the inventory are optional
    inventory: Inventory,
    *,
    on: date,
    scenario: Scenario = Scenario.SECURED,
    threshold: float = 0.8,
    ties: Ties | None = None,
    actors: Actors | None = None,
    groups: GroupSizes | None = None,
    places: PlaceSizes | None = None,
) -> Overlaps:
    """Find pairs of structures that exist on a day and do much the same.

    Both must reach a common cell: the same or linked target group, one place inside the other, and
    topics below the same top topic. A pair is a duplicate only where both together offer more than
    the needs they share (see `excess`); where a quantity is missing, nothing is claimed.

    Args:
        inventory: structures and reach; needs, tranches, groups and topics where known.
        on: the day asked about.
        scenario: which money counts for the capacity.
        threshold: the least score, 0 to 1, of the pairs reported.
        ties: who works with whom.
        actors: who was asked about that.
        groups: persons per target group, as weights.
        places: people per place, as weights.

    Returns:
        The pairs, the most alike first, then by keys.

    """
    ties, actors = ties or Ties.empty(), actors or Actors.empty()
    groups, places = groups or GroupSizes.empty(), places or PlaceSizes.empty()
    standing = Structures(inventory.structures.frame.filter(running(on)))
    scores, notes = score_pairs(
        standing,
        inventory.reach,
        inventory.topics,
        threshold=threshold,
        links=inventory.groups,
        groups=groups,
        places=places,
    )
    owners = standing.frame.select("structure", "organisation")
    pairs = (
        scores.frame.join(_common_ground(scores.frame, inventory), on=["a", "b"])
        .join(owners.rename({"organisation": "organisation_a"}), left_on="a", right_on="structure")
        .join(owners.rename({"organisation": "organisation_b"}), left_on="b", right_on="structure")
    )
    pairs = add_contact(pairs, know_ties(ties, actors, on=on), actors_on(actors, on=on))
    pairs = add_excess(pairs, inventory, on=on, scenario=scenario)
    found = Pairs(pairs.sort(["score", "a", "b"], descending=[True, False, False]))
    extra = {"ties": ties, "actors": actors, "group_sizes": groups, "place_sizes": places}
    tables = {**inventory.tables(), **extra}
    money = money_assumptions(inventory.tranches, inventory.structures, scenario=scenario)
    return Overlaps(
        found, Basis(on, METHOD, tables, scenario, (*notes, *money), {"threshold": threshold})
    )


def _common_ground(pairs: pl.DataFrame, inventory: Inventory) -> pl.DataFrame:
    """Gather the topics, groups and places in which both of a pair work; drop pairs without any."""
    lines = lineage(inventory.topics)
    reach = inventory.reach.frame.with_columns(
        root=pl.col("topic").replace({topic: line[-1] for topic, line in lines.items()})
    )
    links = inventory.groups.frame.select("target_group", "overlaps")
    same = reach.select("target_group", overlaps="target_group").unique()
    near = pl.concat([same, links]).unique()
    other = pl.col("place_b")
    return (
        pairs.select("a", "b")
        .join(reach, left_on="a", right_on="structure")
        .join(near, on="target_group")
        .join(
            reach.rename({"topic": "topic_b", "target_group": "group_b", "place": "place_b"}),
            left_on=["b", "root", "overlaps"],
            right_on=["structure", "root", "group_b"],
        )
        .filter(pl.col("place").str.starts_with(other) | other.str.starts_with(pl.col("place")))
        .with_columns(
            place=pl.when(pl.col("place").str.starts_with(other))
            .then(pl.col("place"))
            .otherwise(other)
        )
        .group_by("a", "b")
        .agg(
            topics=joined(pl.concat_list("topic", "topic_b").explode()),
            target_groups=joined(pl.concat_list("target_group", "overlaps").explode()),
            places=joined("place"),
        )
    )
