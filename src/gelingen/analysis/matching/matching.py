"""Names of a list matched with records that are known, and with one another.

    match(known, incoming, decisions=..., on=...) -> Matching

The steps are modules of their own: `names` takes names apart, `candidates` finds pairs worth
comparing, `scoring` adds up the evidence, `clustering` gathers groups.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from gelingen.analysis.matching import weights
from gelingen.analysis.matching.candidates import paired_rows
from gelingen.analysis.matching.clustering import Grouped, grouped_rows
from gelingen.analysis.matching.deciding import Decided, decided_rows
from gelingen.analysis.matching.dictionary import DEFAULT, Dictionary
from gelingen.analysis.matching.preparing import Prepared, prepare
from gelingen.analysis.matching.scoring import scored_rows
from gelingen.analysis.matching.tables import Clusters, Decisions, Matches, Mentions
from gelingen.analysis.result import Basis
from gelingen.analysis.tables import TableError

__all__ = ["Matching", "match"]

METHOD = "matching 1"
MOST_SHOWN = 3  # known records beside one incoming


@dataclass(frozen=True)
class Matching:
    """What an incoming list says about known records.

    Attributes:
        matches: known records that incoming ones may mean.
        groups: incoming records that name one organisation, known or not.
        basis: the ground on which this stands.

    """

    matches: Matches
    groups: Clusters
    basis: Basis


def match(  # noqa: PLR0913  # two tables; the last three are optional
    known: Mentions,
    incoming: Mentions,
    *,
    on: date,
    decisions: Decisions | None = None,
    dictionary: Dictionary = DEFAULT,
    places: Iterable[str] = (),
) -> Matching:
    """Find for each incoming record the known one it means, and gather those that mean the same.

    Two known records are two organisations, so no group holds both, unless people decided so. If
    more than one known record fits an incoming one surely, it is only suggested.

    Args:
        known: records of the register.
        incoming: lines of a list; their keys must not be keys of known records.
        on: the day on which this is asked.
        decisions: what people decided before; followed to the letter.
        dictionary: the words from which names are made.
        places: further names of places; those in both tables count anyway.

    Raises:
        TableError: a key is in both tables, or decisions contradict each other.

    """
    decisions = decisions or Decisions.empty()
    prepared = prepare(_both(known, incoming), dictionary=dictionary, places=places)
    fixed = prepared.rows.join(known.frame, on="record", how="semi")["row"]
    decided = decided_rows(prepared, decisions)
    pairs = paired_rows(prepared)
    pairs = pairs.filter(~(pl.col("a").is_in(fixed) & pl.col("b").is_in(fixed)))
    scored = scored_rows(prepared, pairs)
    groups = grouped_rows(prepared.rows.height, scored, decided, single=frozenset(fixed))
    return Matching(
        _matches(prepared, fixed, scored, groups, decided),
        _groups(prepared, fixed, groups),
        Basis(
            as_of=on,
            method_version=METHOD,
            inputs={"known": known, "incoming": incoming, "decisions": decisions},
        ),
    )


def _both(known: Mentions, incoming: Mentions) -> Mentions:
    """Put two tables under each other; raises TableError."""
    twice = incoming.frame.join(known.frame, on="record", how="semi")["record"].sort()
    if len(twice):
        raise TableError(
            f"{twice[0]} steht auch im Bestand. Neue Nennungen brauchen eigene Kennungen.",
            table=Mentions.title(),
            column="record",
        )
    return Mentions(pl.concat([known.frame, incoming.frame]))


def _groups(prepared: Prepared, fixed: pl.Series, groups: Grouped) -> Clusters:
    """Name the groups of incoming records by the smallest incoming key in them."""
    sure, likely = (pl.Series(name, rows, dtype=pl.UInt32) for name, rows in
                    zip(("sure", "cluster"), groups, strict=True))  # fmt: skip
    rows = prepared.rows.select("row", "record").with_columns(sure, likely)
    named = rows.filter(~pl.col("row").is_in(fixed)).with_columns(
        pl.col("record").min().over(name).alias(name) for name in ("sure", "cluster")
    )
    return Clusters(named.sort("record"))


def _matches(
    prepared: Prepared, fixed: pl.Series, scored: pl.DataFrame, groups: Grouped, decided: Decided
) -> Matches:
    """List the known records beside each incoming one."""
    sides = _with_groups(_sides(scored, fixed, decided), groups, fixed)
    direct = pl.col("in_likely") & (pl.col("weight") >= weights.SURE)
    certain = ((pl.col("in_sure") | direct) & (pl.col("rivals") == 0)) | pl.col("decided")
    zone = pl.when(certain).then(pl.lit("automatic")).otherwise(pl.lit("suggestion"))
    told = [
        pl.when(pl.col("decided")).then(pl.lit("decided")),
        pl.when(pl.col("rivals") > 0).then(pl.lit("several_known")),
        pl.col("evidence"),
    ]
    shown = sides.with_columns(
        zone=zone,
        probability=pl.when("decided").then(1.0).otherwise(1 / (1 + (-pl.col("weight")).exp())),
        evidence=pl.concat_str(told, separator=";", ignore_nulls=True),
    ).sort(
        ["new", "decided", "in_sure", "in_likely", "weight", "old"],
        descending=[False, True, True, True, True, False],
    )
    keys = prepared.rows["record"]
    ranked = shown.with_columns(rank=pl.int_range(1, pl.len() + 1).over("new"))
    ranked = ranked.filter(pl.col("rank") <= MOST_SHOWN)
    return Matches(
        ranked.with_columns(record=keys.gather(ranked["new"]), known=keys.gather(ranked["old"]))
    )


def _sides(scored: pl.DataFrame, fixed: pl.Series, decided: Decided) -> pl.DataFrame:
    """Turn pairs so that the known record stands in `old`; add decisions, drop what is excluded."""
    together, apart = (
        _turned(pl.DataFrame(rows, schema={"a": pl.UInt32, "b": pl.UInt32}, orient="row"), fixed)
        for rows in decided
    )
    turned = _turned(scored, fixed).filter(~pl.col("apart")).drop("apart")
    added = together.join(turned, on=["new", "old"], how="anti").with_columns(
        weight=pl.lit(0.0), evidence=pl.lit(None, pl.String)
    )
    found = pl.concat([turned, added], how="diagonal").join(
        together.with_columns(decided=pl.lit(value=True)), on=["new", "old"], how="left"
    )
    return found.with_columns(pl.col("decided").fill_null(value=False)).join(
        apart, on=["new", "old"], how="anti"
    )


def _turned(pairs: pl.DataFrame, fixed: pl.Series) -> pl.DataFrame:
    """Keep pairs of a known and an incoming row, as `old` and `new`."""
    first, second = pl.col("a").is_in(fixed), pl.col("b").is_in(fixed)
    return (
        pairs.filter(first != second)
        .with_columns(
            old=pl.when(pl.col("a").is_in(fixed)).then("a").otherwise("b"),
            new=pl.when(pl.col("a").is_in(fixed)).then("b").otherwise("a"),
        )
        .drop("a", "b")
    )


def _with_groups(sides: pl.DataFrame, groups: Grouped, fixed: pl.Series) -> pl.DataFrame:
    """Add whether both are in one group, members of the group never compared, and rivals."""
    names = [
        pl.Series(name, rows, dtype=pl.UInt32)
        for name, rows in zip(("sure", "likely"), groups, strict=True)
    ]
    rows = pl.DataFrame(names).with_row_index("row")
    grouped = rows.filter(pl.col("row").is_in(fixed)).join(
        rows.filter(~pl.col("row").is_in(fixed)), on="likely", suffix="_new"
    )
    members = grouped.select(old="row", new="row_new", in_sure=pl.col("sure") == pl.col("sure_new"))
    found = sides.join(members, on=["old", "new"], how="full", coalesce=True).with_columns(
        pl.col("decided").fill_null(value=False),
        in_likely=pl.col("in_sure").is_not_null(),
        in_sure=pl.col("in_sure").fill_null(value=False),
    )
    of_group = pl.col("weight").mean().over("old", "in_likely").fill_null(weights.LIKELY)
    least = pl.when("in_sure").then(weights.SURE).otherwise(weights.LIKELY)
    carried = pl.col("in_likely") & (pl.col("weight").fill_null(weights.APART) < least)
    found = found.with_columns(
        weight=pl.when(carried).then(pl.max_horizontal("weight", of_group)).otherwise("weight"),
        evidence=pl.when(carried)
        .then(pl.concat_str([pl.lit("by_group"), "evidence"], separator=";", ignore_nulls=True))
        .otherwise("evidence"),
    ).filter((pl.col("weight") >= weights.WORTH_A_LOOK) | pl.col("in_likely") | pl.col("decided"))
    rival = (pl.col("weight") >= weights.SURE) & ~pl.col("decided")
    rivals = (rival.cast(pl.Int64).sum().over("new") - rival.cast(pl.Int64)).clip(0)
    return found.with_columns(
        rivals=pl.when(pl.col("weight") >= weights.SURE).then(rivals).otherwise(0)
    )
