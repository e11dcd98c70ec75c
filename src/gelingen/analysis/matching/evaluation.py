"""How well groups agree with the truth."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

__all__ = ["Agreement", "evaluate"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Measures of groups against the truth, each from 0 to 1 but for `rand`, which may be below 0.

    Attributes:
        precision: part of the pairs found that are true.
        recall: part of the true pairs that were found.
        f1: harmonic mean of both.
        b_cubed: harmonic mean of B³ precision and recall, where every record counts the same.
        rand: adjusted Rand index: 0 is what chance gives.

    """

    precision: float
    recall: float
    f1: float
    b_cubed: float
    rand: float


def evaluate(found: Mapping[str, str], truth: Mapping[str, str]) -> Agreement:
    """Compare groups with the truth.

    Args:
        found: group of each record.
        truth: true group of the same records.

    """
    rows = [(found[record], truth[record]) for record in truth]
    table = pl.DataFrame(rows, schema={"found": pl.String, "truth": pl.String}, orient="row")
    cells = (
        table.group_by("found", "truth")
        .len("both")
        .with_columns(
            pl.col("both").sum().over("found").alias("of_found"),
            pl.col("both").sum().over("truth").alias("of_truth"),
        )
    )
    hit = _pairs(cells["both"])
    claimed = _pairs(cells.unique("found")["of_found"])
    true = _pairs(cells.unique("truth")["of_truth"])
    both, number_of = cells["both"].cast(pl.Float64), max(table.height, 1)
    b_precision = (both * both / cells["of_found"]).sum() / number_of
    b_recall = (both * both / cells["of_truth"]).sum() / number_of
    precision = hit / claimed if claimed else 1.0
    recall = hit / true if true else 1.0
    chance = claimed * true / max(number_of * (number_of - 1) / 2, 1)
    most = (claimed + true) / 2
    return Agreement(
        precision=precision,
        recall=recall,
        f1=_mean(precision, recall),
        b_cubed=_mean(float(b_precision), float(b_recall)),
        rand=1.0 if most == chance else (hit - chance) / (most - chance),
    )


def _pairs(sizes: pl.Series) -> float:
    """Count the pairs inside groups of these sizes."""
    return float((sizes.cast(pl.Int64) * (sizes.cast(pl.Int64) - 1) // 2).sum())


def _mean(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0
