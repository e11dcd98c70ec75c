"""Trends: whether a yearly figure rises or falls, and by how much, without assuming a shape.

Mann (Econometrica 13, 1945) and Kendall compare every pair of years; ties count for neither side
and make the variance smaller. The slope is the median of all slopes between two years (Theil 1950)
with the range of Sen (Journal of the American Statistical Association 63, 1968).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from gelingen.analysis.proportions import Estimate
from gelingen.errors import UserError

__all__ = ["Trend", "trend"]

FEWEST = 8  # below, the test finds next to nothing
LEVEL = 0.95
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Trend:
    """A series and where it goes.

    Attributes:
        state: rising, falling, none (no direction can be told from chance) or too_short.
        length: number of values.
        score: pairs that rise less pairs that fall (S).
        variance: of the score if there is no direction.
        z: the score in standard deviations, corrected by one for continuity.
        p: how often chance alone gives a score as far from 0, 0 to 1.
        tau_a: the score as part of all pairs, -1 to 1.
        tau_b: the same among pairs without ties; None if all values are equal.
        slope: change per year, with its range.
        start: value of the line at the first step.

    """

    state: Literal["rising", "falling", "none", "too_short"]
    length: int
    score: int
    variance: float
    z: float
    p: float
    tau_a: float
    tau_b: float | None
    slope: Estimate
    start: float


def trend(values: Sequence[float], *, level: float = LEVEL, years: float = 1.0) -> Trend:
    """Tell whether a series rises or falls.

    Args:
        values: one per year or other equal step, in order, at least 2.
        level: how sure the direction and the range of the slope must be, 0 to 1.
        years: length of a step in years.

    Returns:
        The figures, also of a series that is too short to say anything.

    Raises:
        UserError: fewer than 2 values.

    """
    series = np.asarray(values, dtype=np.float64)
    n = len(series)
    if n < 2:  # noqa: PLR2004  # one value has no direction
        raise UserError("Für einen Verlauf braucht es mindestens zwei Werte.")
    first, second = np.triu_indices(n, 1)
    signs = np.sign(series[second] - series[first])
    score, pairs = int(signs.sum()), len(signs)
    variance = _variance(series)
    z = (score - np.sign(score)) / math.sqrt(variance) if variance else 0.0
    p = 2 * float(ndtr(-abs(z)))
    spans = (second - first) * years
    slope = _slope((series[second] - series[first]) / spans, variance, level)
    untied = math.sqrt(pairs * np.count_nonzero(signs))
    middle = float(np.median(series)) - (n - 1) / 2 * years * (slope.mid or 0.0)
    direction: Literal["rising", "falling"] = "rising" if score > 0 else "falling"
    return Trend(
        "too_short" if n < FEWEST else direction if p < 1 - level else "none",
        n,
        score,
        variance,
        float(z),
        p,
        score / pairs,
        score / untied if untied else None,
        slope,
        middle,
    )


def _variance(series: Floats) -> float:
    """Give the variance of the score if order is chance; tied values cannot be in any order."""
    n = len(series)
    ties = np.unique(series, return_counts=True)[1]
    spread = n * (n - 1) * (2 * n + 5) - int((ties * (ties - 1) * (2 * ties + 5)).sum())
    return spread / 18


def _slope(slopes: Floats, variance: float, level: float) -> Estimate:
    """Take the median slope, and as range the slopes as far from it as the score may be from 0."""
    ordered, count = np.sort(slopes), len(slopes)
    reach = float(ndtri(1 - (1 - level) / 2)) * math.sqrt(variance)
    high = min(round((count + reach) / 2), count - 1)
    low = max(round((count - reach) / 2) - 1, 0)
    return Estimate(float(ordered[low]), float(np.median(slopes)), float(ordered[high]))
