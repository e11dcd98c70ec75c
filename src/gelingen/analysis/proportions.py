"""Shares and counts with what they leave open: never a bare percentage from a handful of answers.

Shares: Wilson (Journal of the American Statistical Association 22, 1927), in the form compared by
Newcombe (Statistics in Medicine 17, 1998); Clopper and Pearson (Biometrika 26, 1934) where the
level must never be missed, as before a court; Agresti and Coull, Jeffreys and the plain normal
interval for comparison with others. Counts: exact Poisson interval (Garwood, Biometrika 28, 1936).

If more than a twentieth of all was asked, less is open than in a sample from many. The number
asked is then replaced by the one that would leave as little open (effective sample size, Korn and
Graubard, Survey Methodology 24, 1998): (n - 1) N / (N - n), so that the normal interval has the
standard error of Cochran (Sampling Techniques, 3rd ed. 1977, section 3.2).
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from scipy.special import betaincinv, gammaincinv, ndtri

from gelingen.errors import UserError

__all__ = ["Estimate", "Method", "Share", "ci_poisson", "ci_proportion"]

Method = Literal["wilson", "clopper_pearson", "agresti_coull", "jeffreys", "normal"]
LEVEL = 0.95
FEWEST = 20  # below, a share says more about chance than about the matter
PART = 0.05  # of all, above which it counts that the others are few


@dataclass(frozen=True)
class Estimate:
    """A value with its range.

    Attributes:
        low: at least.
        mid: the value itself; None if there is none.
        high: at most.

    """

    low: float
    mid: float | None
    high: float

    def of(self, whole: float) -> "Estimate":
        """Apply a share to a whole: 10 to 15 % of 41,247 are 4,124.7 to 6,187.05."""
        mid = None if self.mid is None else self.mid * whole
        return Estimate(self.low * whole, mid, self.high * whole)


@dataclass(frozen=True)
class Share:
    """A share that was counted.

    Attributes:
        estimate: the share with its range, 0 to 1; without a middle value if nobody was asked.
        count: how many of them.
        asked: among how many.
        population: how many there are in all, if known.
        method: how the range was computed.
        corrected: whether it counts that a good part of all was asked.
        interpretable: whether enough were asked to say anything.

    """

    estimate: Estimate
    count: int
    asked: int
    population: int | None
    method: Method
    corrected: bool
    interpretable: bool


def ci_proportion(  # noqa: PLR0913  # two counts and their population; the others are options
    x: int,
    n: int,
    population: int | None = None,
    *,
    method: Method = "wilson",
    level: float = LEVEL,
    part: float = PART,
) -> Share:
    """Compute a share and its range.

    Args:
        x: how many of them.
        n: among how many.
        population: how many there are in all.
        method: how the range is computed.
        level: how often such a range holds the true share, 0 to 1.
        part: how much of all must have been asked for the population to count.

    Returns:
        The share. If all were asked, nothing is open.

    Raises:
        UserError: more of them than asked, or more asked than there are.

    """
    if not 0 <= x <= n or (population is not None and n > population):
        raise UserError(f"{x} von {n} (insgesamt {population or 'unbekannt'}) kann nicht sein.")
    corrected = population is not None and n > part * population
    return Share(
        _range(x, n, population if corrected else None, method, (1 - level) / 2),
        x,
        n,
        population,
        method,
        corrected,
        n >= FEWEST,
    )


def _range(x: int, n: int, population: int | None, method: Method, tail: float) -> Estimate:
    """Compute the range; with a population, the number asked is worth more than itself."""
    if n == 0:
        return Estimate(0.0, None, 1.0)
    mid = x / n
    if n == population:
        return Estimate(mid, mid, mid)
    worth = float(n) if population is None else max(n, (n - 1) * population / (population - n))
    low, high = INTERVALS[method](mid * worth, worth, tail)
    return Estimate(max(0.0, low), mid, min(1.0, high))


def ci_poisson(count: int, *, level: float = LEVEL) -> Estimate:
    """Compute the exact range of the mean behind a count.

    Args:
        count: what was counted, at least 0.
        level: how often such a range holds the true mean, 0 to 1.

    Raises:
        UserError: the count is below 0.

    """
    if count < 0:
        raise UserError(f"{count} kann keine Anzahl sein.")
    tail = (1 - level) / 2
    low = float(gammaincinv(count, tail)) if count else 0.0
    return Estimate(low, float(count), float(gammaincinv(count + 1, 1 - tail)))


def _wilson(x: float, n: float, tail: float) -> tuple[float, float]:
    z = float(ndtri(1 - tail))
    middle = (x + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * math.sqrt(x * (n - x) / n + z * z / 4)
    return middle - half, middle + half


def _clopper_pearson(x: float, n: float, tail: float) -> tuple[float, float]:
    low = float(betaincinv(x, n - x + 1, tail)) if x > 0 else 0.0
    return low, float(betaincinv(x + 1, n - x, 1 - tail)) if x < n else 1.0


def _agresti_coull(x: float, n: float, tail: float) -> tuple[float, float]:
    z = float(ndtri(1 - tail))
    return _normal(x + z * z / 2, n + z * z, tail)


def _jeffreys(x: float, n: float, tail: float) -> tuple[float, float]:
    a, b = x + 0.5, n - x + 0.5
    return float(betaincinv(a, b, tail)), float(betaincinv(a, b, 1 - tail))


def _normal(x: float, n: float, tail: float) -> tuple[float, float]:
    half = float(ndtri(1 - tail)) * math.sqrt(x * (n - x) / n) / n
    return x / n - half, x / n + half


INTERVALS: Mapping[Method, Callable[[float, float, float], tuple[float, float]]] = {
    "wilson": _wilson,
    "clopper_pearson": _clopper_pearson,
    "agresti_coull": _agresti_coull,
    "jeffreys": _jeffreys,
    "normal": _normal,
}
