"""Mentions of German organisations with known truth: one file is one list."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl

from gelingen.analysis.matching.candidates import candidates
from gelingen.analysis.matching.clustering import cluster
from gelingen.analysis.matching.evaluation import evaluate
from gelingen.analysis.matching.preparing import prepare
from gelingen.analysis.matching.scoring import score
from gelingen.analysis.matching.tables import Clusters, Mentions

COLUMNS = {"rec_id": "record", "plz": "postcode"}
TRUTH = "true_id"
LEAST_F1, LEAST_PRECISION = 0.93, 0.995


def run(folder: Path) -> Iterable[tuple[str, bool, float]]:
    """Check the pairs of each list; what is off is told as far as it stays below the target."""
    for path in sorted(folder.glob("*.csv")):
        rows = pl.read_csv(path, infer_schema=False)
        if not {"rec_id", "name", TRUTH} <= set(rows.columns):
            continue
        found = _clusters(Mentions(rows.drop(TRUTH).rename(COLUMNS, strict=False)))
        truth = dict(rows.select("rec_id", TRUTH).rows())
        whole, sure = (evaluate(_named(found, column), truth) for column in ("cluster", "sure"))
        for name, value, least in (
            (f"F1 der Paare {whole.f1:.4f}", whole.f1, LEAST_F1),
            (f"Genauigkeit ohne Rückfrage {sure.precision:.4f}", sure.precision, LEAST_PRECISION),
        ):
            yield f"{path.stem}: {name}, Ziel {least}", value >= least, max(least - value, 0.0)


def _clusters(mentions: Mentions) -> Clusters:
    """Gather the mentions, as the product does, without the truth."""
    prepared = prepare(mentions)
    return cluster(prepared, score(prepared, candidates(prepared)))


def _named(found: Clusters, column: str) -> Mapping[str, str]:
    return dict(found.frame.select("record", column).rows())
