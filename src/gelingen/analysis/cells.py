"""Cells: topic, target group and place, and what contains what."""

import polars as pl

from gelingen.analysis.schema import GroupLinks, TopicTree
from gelingen.analysis.tables import TableError

__all__ = ["CELL", "joined", "lineage", "matching"]

CELL = ("topic", "target_group", "place")
JOINT = ";"


def joined(keys: str | pl.Expr) -> pl.Expr:
    """Gather the different keys of a group into one text, sorted, with semicolons between."""
    column = pl.col(keys) if isinstance(keys, str) else keys
    return column.drop_nulls().unique().sort().str.join(JOINT)


def lineage(topics: TopicTree) -> dict[str, tuple[str, ...]]:
    """Give for each topic itself and all topics above it, the nearest first.

    Raises:
        TableError: a topic lies above itself.

    """
    above = dict(topics.frame.select("topic", "above").rows())
    lines: dict[str, tuple[str, ...]] = {}
    for topic in above:
        line = [topic]
        while (parent := above.get(line[-1])) is not None:
            if parent in line:
                raise TableError(f"„{parent}“ steht über sich selbst.", table=topics.title())
            line.append(parent)
        lines[topic] = tuple(line)
    return lines


def _upward(wanted: pl.DataFrame, topics: TopicTree, places: pl.Series) -> pl.DataFrame:
    """Add to each cell the keys of every topic and place that contains it."""
    lines = lineage(topics)
    tree = pl.DataFrame(
        [(below, up) for below, line in lines.items() for up in line],
        schema={"topic": pl.String, "topic_up": pl.String},
        orient="row",
    )
    lengths = places.str.len_chars().unique().sort().to_list()
    up = pl.concat_list([pl.col("place").str.head(length) for length in lengths])
    return (
        wanted.join(tree, on="topic", how="left")
        .with_columns(pl.col("topic_up").fill_null(pl.col("topic")), place_up=up)
        .explode("place_up")
        .unique()
    )


def matching(
    wanted: pl.DataFrame,
    reach: pl.DataFrame,
    *,
    topics: TopicTree,
    links: GroupLinks | None = None,
) -> pl.DataFrame:
    """Pair cells with everything that reaches them.

    Something reaches a cell when its topic is the cell's or lies above it, its target group is the
    cell's (or, where `links` are given, shares persons with it), and its place is the cell's or
    contains it.

    Args:
        wanted: rows with topic, target_group, place and anything else.
        reach: rows with topic, target_group, place and anything else.
        topics: the tree of topics; a topic missing from it stands alone.
        links: target groups that share persons.

    Returns:
        The columns of `wanted`, and those of `reach` besides the cell; order is not defined.

    """
    keys = ["topic_up", "group_up", "place_up"]
    if wanted.is_empty() or reach.is_empty():
        extra = [name for name in reach.columns if name not in CELL]
        return wanted.clear().join(reach.clear().select(extra), how="cross")
    cells = _upward(wanted, topics, reach["place"]).with_columns(group_up=pl.col("target_group"))
    if links is not None:
        linked = links.frame.select("target_group", group_up=pl.col("overlaps"))
        wider = cells.drop("group_up").join(linked, on="target_group")
        cells = pl.concat([cells, wider.select(cells.columns)]).unique()
    names = dict(zip(CELL, keys, strict=True))
    return cells.join(reach.rename(names), on=keys).drop(keys).unique()
