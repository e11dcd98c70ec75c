"""Isolation: who works alone, what holds the network together, and who works side by side."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from gelingen.analysis.cells import joined
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.likeness import GroupSizes, PlaceSizes
from gelingen.analysis.measures import Network, measure
from gelingen.analysis.money import running
from gelingen.analysis.network import KnownTies, actors_on, know_ties
from gelingen.analysis.parallel import ParallelPairs, ParallelWork, find_parallel_work
from gelingen.analysis.result import Basis
from gelingen.analysis.schema import Actors, Responsibilities, Ties
from gelingen.analysis.tables import Column, Table

__all__ = [
    "ActorStates",
    "Blocks",
    "FieldStates",
    "Isolation",
    "NetworkFigures",
    "OneSidedTies",
    "find_isolation",
]

METHOD = "isolation 1"
UNNAMED = "unknown"


class ActorStates(Table):
    """Einbindung: one row per organisation."""

    organisation = Column(pl.String, "Kennung der Organisation")
    sector = Column(pl.String, "Art der Organisation; unknown: nicht angegeben")
    state = Column(
        pl.String,
        "connected (arbeitet mit anderen), isolated (befragt, niemand genannt) oder "
        "not_known (nicht befragt)",
    )
    asked = Column(pl.Boolean, "Wurde nach ihrer Zusammenarbeit gefragt?")
    partners = Column(pl.Int64, "Zahl der Partner, soweit bekannt")
    component = Column(pl.Int64, "Nummer des Teilnetzes, 1 ist das größte", nullable=True)
    bridge = Column(pl.Boolean, "Fällt ohne sie ein Teilnetz auseinander?")
    parts = Column(pl.Int64, "In wie viele Teile ihr Teilnetz ohne sie zerfällt")
    between = Column(pl.Float64, "Anteil der kürzesten Wege, die über sie führen, 0 bis 1")
    evidence = Column(pl.String, "Kennungen der Belege, mit Semikolon")


class FieldStates(Table):
    """Einbindung im Themenfeld: one row per organisation and topic in which it is active."""

    organisation = Column(pl.String, "Kennung der Organisation")
    topic = Column(pl.String, "Kennung des Themenfelds")
    state = Column(pl.String, "connected, isolated oder not_known")
    partners = Column(pl.Int64, "Partner in diesem Themenfeld oder ohne Angabe des Themas")
    evidence = Column(pl.String, "Kennungen der Strukturen und Zuständigkeiten, mit Semikolon")


class Blocks(Table):
    """Dichte: one row per pair of sectors, `a` before `b` or the same."""

    sector_a = Column(pl.String, "Die eine Art von Organisation")
    sector_b = Column(pl.String, "Die andere Art von Organisation")
    pairs = Column(pl.Int64, "Mögliche Paare")
    unknown = Column(pl.Int64, "Paare, von denen keine Seite befragt ist")
    ties = Column(pl.Int64, "Paare, die zusammenarbeiten, mit einer befragten Seite")
    density = Column(pl.Float64, "Anteil an den Paaren, über die etwas bekannt ist", nullable=True)


class OneSidedTies(Table):
    """Einseitig genannt: one row per pair that one side alone reported."""

    told_by = Column(pl.String, "Kennung der Organisation, die sie nennt")
    other = Column(pl.String, "Kennung der Organisation, die sie nicht nennt")
    other_asked = Column(pl.Boolean, "Wurde die andere Seite befragt?")
    kinds = Column(pl.String, "Arten der Zusammenarbeit, mit Semikolon")
    topics = Column(pl.String, "Themenfelder, mit Semikolon")
    evidence = Column(pl.String, "Kennungen der Belege, mit Semikolon")


class NetworkFigures(Table):
    """Netz im Ganzen: one row."""

    actors = Column(pl.Int64, "Organisationen")
    asked = Column(pl.Int64, "Davon befragt")
    ties = Column(pl.Int64, "Paare, die zusammenarbeiten")
    confirmed = Column(pl.Int64, "Davon von beiden Seiten oder von dritter Stelle genannt")
    isolated = Column(pl.Int64, "Organisationen, die befragt sind und allein arbeiten")
    not_known = Column(pl.Int64, "Organisationen, von denen man es nicht weiß")
    components = Column(pl.Int64, "Teilnetze, auch aus einer befragten Organisation allein")
    density = Column(pl.Float64, "Dichte über alle", nullable=True)
    density_inside = Column(pl.Float64, "Dichte innerhalb der Arten", nullable=True)
    density_between = Column(pl.Float64, "Dichte zwischen den Arten", nullable=True)
    outward = Column(
        pl.Float64, "Von -1 (nur mit der eigenen Art) bis 1 (nur mit anderen)", nullable=True
    )
    parallel = Column(pl.Float64, "Anteil gleicher Arbeit ohne Verbindung, 0 bis 1", nullable=True)
    parallel_unknown = Column(
        pl.Float64,
        "Anteil gleicher Arbeit, über deren Verbindung nichts bekannt ist",
        nullable=True,
    )


@dataclass(frozen=True)
class Isolation:
    """What was found.

    Attributes:
        figures: the network as a whole.
        actors: by organisation.
        fields: by organisation and topic.
        blocks: by sectors.
        one_sided: ties that one side alone reported.
        parallel: structures that do the same without a connection, the most alike first.
        ties: all known ties on the day, for pictures and tables.
        basis: the ground it stands on.

    """

    figures: NetworkFigures
    actors: ActorStates
    fields: FieldStates
    blocks: Blocks
    one_sided: OneSidedTies
    parallel: ParallelPairs
    ties: KnownTies
    basis: Basis


def find_isolation(  # noqa: PLR0913  # one table each; the last three are optional
    actors: Actors,
    ties: Ties,
    inventory: Inventory,
    *,
    on: date,
    responsibilities: Responsibilities | None = None,
    groups: GroupSizes | None = None,
    places: PlaceSizes | None = None,
) -> Isolation:
    """Find who works alone on a day.

    An organisation is isolated only if it was asked and nobody named a tie with it; if it was not
    asked, nothing is known. Densities count only pairs of which at least one side was asked.
    Organisations that stand in ties but not among the actors are added as not asked.

    Args:
        actors: n rows, `organisation` unique; those that have ended by the day are left out.
        ties: what was reported, by whom.
        inventory: structures and reach, for the work done side by side and the topics.
        on: the day asked about.
        responsibilities: further sign that an organisation is active in a topic.
        groups: persons per target group, as weights of like work.
        places: people per place, as weights of like work.

    Returns:
        Tables, each ordered by its keys; sources of the measures stand in `measures`, `parallel`.

    """
    responsibilities = responsibilities or Responsibilities.empty()
    known = know_ties(ties, actors, on=on)
    here = actors_on(actors, on=on)
    everyone = _everyone(here, known)
    network = measure(everyone["organisation"].to_list(), known.frame.select("a", "b").rows())
    states = _states(everyone, known, network)
    work = find_parallel_work(inventory, known, here, on=on, groups=groups, places=places)
    blocks = _blocks(everyone, known)
    tables = {
        "actors": actors,
        "ties": ties,
        "responsibilities": responsibilities,
        "group_sizes": groups or GroupSizes.empty(),
        "place_sizes": places or PlaceSizes.empty(),
        **inventory.tables(),
    }
    notes = (*_assumptions(here, everyone, known), *work.assumptions)
    return Isolation(
        figures=_figures(states, known, blocks, work),
        actors=states,
        fields=_fields(everyone, known, inventory, responsibilities, on),
        blocks=blocks,
        one_sided=_one_sided(known, everyone),
        parallel=work.pairs,
        ties=known,
        basis=Basis(on, METHOD, tables, assumptions=notes),
    )


def _assumptions(actors: Actors, everyone: pl.DataFrame, known: KnownTies) -> tuple[str, ...]:
    silent = everyone.height - everyone["asked"].sum()
    added = everyone.height - actors.frame.height
    third = known.frame.filter(~pl.col("told_by_a") & ~pl.col("told_by_b")).height
    sentences = [
        (silent, "Nicht befragte Organisationen: {}; fehlende Zusammenarbeit sagt dort nichts."),
        (added, "Nur in Angaben zur Zusammenarbeit genannt: {}; sie gelten als nicht befragt."),
        (third, "Nur von dritter Stelle genannte Zusammenarbeit: {}; sie gilt als bekannt."),
    ]
    return tuple(text.format(count) for count, text in sentences if count)


def _everyone(actors: Actors, known: KnownTies) -> pl.DataFrame:
    """Give all organisations with sector and whether they were asked."""
    named = pl.concat([known.frame["a"], known.frame["b"]]).unique().to_frame("organisation")
    added = named.join(actors.frame, on="organisation", how="anti").with_columns(
        sector=pl.lit(UNNAMED), asked=pl.lit(value=False)
    )
    return pl.concat([actors.frame.select(added.columns), added]).sort("organisation")


def _sides(known: KnownTies) -> pl.DataFrame:
    """Give each tie twice, once from each side: organisation, partner and the rest."""
    there = known.frame.rename({"a": "organisation", "b": "partner"})
    back = known.frame.rename({"b": "organisation", "a": "partner"})
    return pl.concat([there, back.select(there.columns)])


def _state(partners: pl.Expr) -> pl.Expr:
    return (
        pl.when(partners > 0)
        .then(pl.lit("connected"))
        .when(pl.col("asked"))
        .then(pl.lit("isolated"))
        .otherwise(pl.lit("not_known"))
    )


def _states(everyone: pl.DataFrame, known: KnownTies, network: Network) -> ActorStates:
    evidence = (
        _sides(known)
        .group_by("organisation")
        .agg(partners=pl.len(), evidence=joined(pl.col("evidence").str.split(";").explode()))
    )
    frame = (
        everyone.join(evidence, on="organisation", how="left")
        .join(network.nodes, on="organisation", how="left")
        .with_columns(pl.col("partners").fill_null(0), pl.col("evidence").fill_null(""))
        .with_columns(state=_state(pl.col("partners")))
        .with_columns(component=pl.when(pl.col("state") != "not_known").then(pl.col("component")))
    )
    return ActorStates(frame.sort("organisation"))


def _fields(
    everyone: pl.DataFrame,
    known: KnownTies,
    inventory: Inventory,
    responsibilities: Responsibilities,
    on: date,
) -> FieldStates:
    """Tell for each topic an organisation is active in whether it works with anybody there."""
    active = pl.concat(
        [
            inventory.structures.frame.filter(running(on))
            .join(inventory.reach.frame, on="structure")
            .select("organisation", "topic", record="structure"),
            responsibilities.frame.filter(running(on)).select(
                "organisation", "topic", record="responsibility"
            ),
        ]
    )
    rows = (
        active.group_by("organisation", "topic")
        .agg(evidence=joined("record"))
        .join(everyone, on="organisation", how="left")
        .with_columns(pl.col("asked").fill_null(value=False))
    )
    tied = _sides(known).with_columns(pl.col("topics").str.split(";")).explode("topics")
    partners = (
        rows.join(tied.select("organisation", "partner", "topics"), on="organisation")
        .filter((pl.col("topics") == pl.col("topic")) | (pl.col("topics") == ""))
        .group_by("organisation", "topic")
        .agg(partners=pl.col("partner").n_unique())
    )
    frame = (
        rows.join(partners, on=["organisation", "topic"], how="left")
        .with_columns(pl.col("partners").fill_null(0))
        .with_columns(state=_state(pl.col("partners")))
    )
    return FieldStates(frame.sort("organisation", "topic"))


def _blocks(everyone: pl.DataFrame, known: KnownTies) -> Blocks:
    """Count possible pairs, known pairs and ties by sector."""
    sectors = everyone.group_by("sector").agg(
        actors=pl.len().cast(pl.Int64), silent=(~pl.col("asked")).sum().cast(pl.Int64)
    )
    crossed = sectors.join(sectors, how="cross", suffix="_b").filter(
        pl.col("sector") <= pl.col("sector_b")
    )
    same = pl.col("sector") == pl.col("sector_b")

    def pairs(of: str) -> pl.Expr:
        inside = pl.col(of) * (pl.col(of) - 1) // 2
        return pl.when(same).then(inside).otherwise(pl.col(of) * pl.col(f"{of}_b"))

    side = everyone.select("organisation", "sector", "asked")
    ties = (
        known.frame.join(side, left_on="a", right_on="organisation")
        .join(side, left_on="b", right_on="organisation", suffix="_b")
        .filter(pl.col("asked") | pl.col("asked_b"))
        .select(
            sector=pl.min_horizontal("sector", "sector_b"),
            sector_b=pl.max_horizontal("sector", "sector_b"),
        )
        .group_by("sector", "sector_b")
        .agg(ties=pl.len())
    )
    frame = (
        crossed.select("sector", "sector_b", pairs=pairs("actors"), unknown=pairs("silent"))
        .join(ties, on=["sector", "sector_b"], how="left")
        .with_columns(pl.col("ties").fill_null(0))
        .with_columns(density=_density("pairs", "unknown", "ties"))
        .rename({"sector": "sector_a"})
    )
    return Blocks(frame.sort("sector_a", "sector_b"))


def _density(pairs: str, unknown: str, ties: str) -> pl.Expr:
    surveyed = pl.col(pairs) - pl.col(unknown)
    return pl.when(surveyed > 0).then(pl.col(ties) / surveyed)


def _one_sided(known: KnownTies, everyone: pl.DataFrame) -> OneSidedTies:
    """Keep what one side told and neither the other side nor a third one did."""
    by_a, by_b = pl.col("told_by_a"), pl.col("told_by_b")
    lone = known.frame.filter((by_a != by_b) & ~pl.col("told_by_third"))
    frame = lone.with_columns(
        told_by=pl.when(by_a).then("a").otherwise("b"),
        other=pl.when(by_a).then("b").otherwise("a"),
    ).join(everyone.select(other="organisation", other_asked="asked"), on="other", how="left")
    return OneSidedTies(frame.sort("told_by", "other"))


def _figures(
    states: ActorStates, known: KnownTies, blocks: Blocks, work: ParallelWork
) -> NetworkFigures:
    """Sum up the network in one row."""
    actors, ties = states.frame, known.frame
    confirmed = (pl.col("told_by_a") & pl.col("told_by_b")) | pl.col("told_by_third")
    inside = blocks.frame.filter(pl.col("sector_a") == pl.col("sector_b"))
    between = blocks.frame.filter(pl.col("sector_a") != pl.col("sector_b"))

    def density(part: pl.DataFrame) -> float | None:
        sums = part.select(pl.col("pairs", "unknown", "ties").sum())
        value: float | None = sums.select(_density("pairs", "unknown", "ties")).item()
        return value

    sector = dict(actors.select("organisation", "sector").rows())
    own = sum(sector[a] == sector[b] for a, b in ties.select("a", "b").iter_rows())
    return NetworkFigures.from_rows(
        [
            (
                actors.height,
                actors["asked"].sum(),
                ties.height,
                ties.filter(confirmed).height,
                actors.filter(pl.col("state") == "isolated").height,
                actors.filter(pl.col("state") == "not_known").height,
                actors["component"].drop_nulls().n_unique(),
                density(blocks.frame),
                density(inside),
                density(between),
                (ties.height - 2 * own) / ties.height if ties.height else None,
                work.parallel,
                work.unknown,
            )
        ]
    )
