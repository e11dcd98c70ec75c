"""Shares, counts and trends against published and computed figures."""

import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from gelingen.analysis.proportions import Estimate, Method, ci_poisson, ci_proportion
from gelingen.analysis.trend import trend

EXACT = 1e-9  # of the value, or of 1 where it is smaller
METHODS: Mapping[str, Method] = {
    "wilson": "wilson",
    "agresti_coull": "agresti_coull",
    "beta": "clopper_pearson",
    "jeffreys": "jeffreys",
    "normal": "normal",
}
STATES = {"rising": "increasing", "falling": "decreasing", "none": "no trend"}


def run(folder: Path) -> Iterable[tuple[str, bool, float]]:
    """Check every figure of every file in the folder."""
    for path in sorted(folder.glob("*.json")):
        known = json.loads(path.read_text(encoding="utf-8"))
        for row in known.get("proportion_ci", []):
            yield from _compared(f"share {row['x']}/{row['n']}", row, _share(row))
        for row in known.get("poisson_exact", []):
            count = ci_poisson(row["k"])
            yield from _compared(
                f"count {row['k']}", row, {"k": row["k"], "lo": count.low, "hi": count.high}
            )
        for row in known.get("mann_kendall", []):
            yield from _compared(f"trend {row['name']}", row, _trend(row))
        for row in known.get("finite_population", []):
            yield from _compared(f"share {row['x']}/{row['n']}/{row['N']}", row, _of_few(row))
        if seed := known.get("seed_estimate"):
            yield from _compared("estimate", seed, _estimate(seed))


def _share(row: Mapping[str, Any]) -> dict[str, Any]:
    found = {key: ci_proportion(row["x"], row["n"], method=how) for key, how in METHODS.items()}
    ends = {key: _ends(share.estimate) for key, share in found.items()}
    return {"x": row["x"], "n": row["n"], **ends}


def _of_few(row: Mapping[str, Any]) -> dict[str, Any]:
    """Compare the correction itself; the set applies it also where few of all were asked."""
    share = ci_proportion(row["x"], row["n"], row["N"], method="normal", part=0).estimate
    half = ci_proportion(50, 100, method="normal").estimate  # its standard error is 0.05
    wide = (half.high - half.low) / 0.05
    return {
        **{key: row[key] for key in ("x", "n", "N")},
        "p": share.mid,
        "se_fpc": (share.high - share.low) / wide,
        "ci_normal": _ends(share),
    }


def _trend(row: Mapping[str, Any]) -> dict[str, Any]:
    found = trend(row["series"])
    return {
        "name": row["name"],
        "series": row["series"],
        "trend": STATES.get(found.state, row["trend"]),
        "p": found.p,
        "z": found.z,
        "S": found.score,
        "var_s": found.variance,
        "tau_a": found.tau_a,
        "sen_slope": found.slope.mid,
        "sen_intercept": found.start,
        "kendall_tau_b": found.tau_b,
        "theilsen_ci95": _ends(found.slope),
    }


def _estimate(seed: Mapping[str, Any]) -> dict[str, Any]:
    share = ci_proportion(seed["foreigners"], seed["population"]).estimate
    planned = Estimate(0.10, None, 0.15).of(seed["population"])
    return {
        **{key: seed[key] for key in ("population", "foreigners", "note")},
        "foreign_share_pct": None if share.mid is None else 100 * share.mid,
        "share_10pct": planned.low,
        "share_15pct": planned.high,
    }


def _ends(estimate: Estimate) -> list[float]:
    return [estimate.low, estimate.high]


def _compared(
    name: str, expected: Mapping[str, Any], ours: Mapping[str, Any]
) -> Iterable[tuple[str, bool, float]]:
    """Compare every entry of a row; what we do not have deviates without limit."""
    for key, want in expected.items():
        have = ours.get(key)
        if isinstance(want, str) or have is None:
            off = 0.0 if have == want else math.inf
        else:
            pairs = zip(want, have, strict=True) if isinstance(want, list) else [(want, have)]
            off = max(abs(a - b) / max(1.0, abs(a)) for a, b in pairs)
        yield f"{name} {key}", off <= EXACT, off
