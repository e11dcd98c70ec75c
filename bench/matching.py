"""Names of a list matched with known records, beside splink on the same table in the same run."""

import statistics
import time
import warnings
from datetime import date
from typing import Any

import polars as pl
import splink.comparison_library as compare
from bench.naming import Lists, lists
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from gelingen.analysis.matching.evaluation import evaluate
from gelingen.analysis.matching.matching import Matching, match
from gelingen.analysis.matching.tables import Mentions

DAY = date(2026, 6, 1)
CASES = ((5_000, 10.0), (50_000, 60.0))
TIMES = {5_000: 3, 50_000: 1}
BESIDE_SPLINK = 5_000
LEAST_F1, LEAST_PRECISION = 0.93, 0.995
THRESHOLDS = (0.5, 0.9, 0.99, 0.999)


def matched(made: Lists) -> Matching:
    """Do what the page does."""
    return match(Mentions(made.known), Mentions(made.incoming), on=DAY)


def by_splink(made: Lists) -> dict[float, dict[str, str]]:
    """Answer the same question with splink as its guide sets it up: clusters per threshold.

    Names by similarity of letters, the rest by equality, frequency adjusted where it offers that;
    trained on the table itself.
    """
    exact = {name: compare.ExactMatch(name) for name in ("place", "postcode", "phone", "email")}
    for name in ("place", "postcode"):
        exact[name] = exact[name].configure(term_frequency_adjustments=True)
    names = compare.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8])
    blocks = [block_on(name) for name in ("place", "phone", "email")]
    blocks.append(block_on("postcode", "substr(name, 1, 4)"))
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record",
        comparisons=[names, *exact.values()],
        blocking_rules_to_generate_predictions=blocks,
    )
    table = DuckDBAPI().register(pl.concat([made.known, made.incoming]).to_arrow())
    linker = Linker(table, settings, log_level=40)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("phone"), block_on("name", "place")], recall=0.5
    )
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for columns in (("phone",), ("place", "email")):
        training.estimate_parameters_using_expectation_maximisation(block_on(*columns))
    pairs = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
    found = {}
    for threshold in THRESHOLDS:
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold)
        rows = clusters.as_duckdbpyrelation().project("record, cluster_id").fetchall()
        found[threshold] = {record: str(cluster) for record, cluster in rows}
    return found


def quality(made: Lists, found: Matching) -> dict[str, float]:
    """Measure the groups of incoming records, and what would be taken over without asking."""
    truth = {record: made.truth[record] for record in made.incoming["record"]}
    groups = found.groups.frame
    best = found.matches.frame.filter(pl.col("zone") == "automatic")
    right = sum(made.truth[a] == made.truth[b] for a, b in best.select("record", "known").rows())
    return {
        "f1": evaluate(dict(groups.select("record", "cluster").rows()), truth).f1,
        "sure": evaluate(dict(groups.select("record", "sure").rows()), truth).precision,
        "known": right / max(best.height, 1),
        "known_part": best.height / len(truth),
    }


def run() -> list[dict[str, object]]:
    """Measure all cases of this module."""
    return [_case(number_of, goal) for number_of, goal in CASES]


def _case(number_of: int, goal: float) -> dict[str, object]:
    made = lists(number_of)
    taken = []
    for _ in range(TIMES[number_of]):
        start = time.perf_counter()
        found = matched(made)
        taken.append(time.perf_counter() - start)
    seconds, own = statistics.median(taken), quality(made, found)
    good = own["f1"] >= LEAST_F1 and min(own["sure"], own["known"]) >= LEAST_PRECISION
    entry: dict[str, Any] = {
        "case": f"Abgleich: {_written(number_of)} Nennungen mit 2.000 bekannten, "
        f"{_said(own['f1'])}",
        "seconds": round(seconds, 3),
        "quality": {name: round(value, 5) for name, value in own.items()},
        "goal": f"unter {goal:g} s, F1 ≥ 0,93, ohne Rückfrage ≥ 99,5 % richtig",
        "met": good and seconds < goal,
    }
    return entry | _beside_splink(made, seconds) if number_of == BESIDE_SPLINK else entry


def _beside_splink(made: Lists, seconds: float) -> dict[str, object]:
    """Measure splink at its best threshold."""
    start = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        answers = by_splink(made)
    taken = time.perf_counter() - start
    truth = {record: made.truth[record] for record in made.incoming["record"]}
    best = max(evaluate(found, truth).f1 for found in answers.values())
    ratios = {f"splink ({_said(best)})": round(seconds / taken, 2)}
    return {"ratios": ratios, "splink_f1": round(best, 5)}


def _said(f1: float) -> str:
    return f"F1 {f1:.3f}".replace(".", ",")


def _written(number_of: int) -> str:
    return f"{number_of:,}".replace(",", ".")


def alone(number: int) -> None:
    """Do our own part of a case."""
    matched(lists(CASES[number][0]))
