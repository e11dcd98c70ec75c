"""What can be chosen in a year, and what every choice must keep.

All amounts are exact. For the solver each demand becomes a row of whole numbers: what it adds up
over the chosen candidates is at most a number.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from gelingen.errors import UserError

__all__ = ["Bools", "Candidate", "Ints", "Kind", "Minimum", "Pool", "Row", "whole"]

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Kind = Literal["limit", "needs", "exclusion", "minimum"]
LARGEST = 10**12  # sums above are beyond what the solver can tell apart


@dataclass(frozen=True)
class Candidate:
    """A measure that may be chosen.

    Attributes:
        key: its key.
        score: the agreed points, exact.
        costs: what it takes, by resource; what is not named is 0.
        topics: its topics.
        needs: keys of those without which it is not chosen.

    """

    key: str
    score: Fraction
    costs: Mapping[str, Fraction] = field(default_factory=dict)
    topics: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Minimum:
    """The least a topic gets.

    Attributes:
        topic: the topic.
        count: at least so many of those chosen.
        share: at least this part, 0 to 1.
        of: part of what is used of this resource; None: part of the number chosen.

    """

    topic: str
    count: int = 0
    share: Fraction = Fraction(0)
    of: str | None = None


@dataclass(frozen=True)
class Row:
    """One demand: coefficients @ chosen <= most.

    Attributes:
        kind: what it comes from.
        about: resource, the two keys, or the topic.
        coefficients: (n,) by candidate.
        most: what the sum may come to.

    """

    kind: Kind
    about: tuple[str, ...]
    coefficients: Ints
    most: int


@dataclass(frozen=True)
class Pool:
    """Candidates with all that holds for choosing among them.

    Attributes:
        candidates: by key, whatever their order was.
        limits: how much there is, by resource; a resource not named is without limit.
        duties: keys that are chosen in any case.
        exclusions: pairs of keys of which at most one is chosen.
        minima: what topics get at least.
        money: the resources that are money: of two choices of equal score the cheaper is taken.

    Raises:
        UserError: a key stands twice or is not known, or an amount is negative.

    """

    candidates: tuple[Candidate, ...]
    limits: Mapping[str, Fraction] = field(default_factory=dict)
    duties: frozenset[str] = frozenset()
    exclusions: tuple[tuple[str, str], ...] = ()
    minima: tuple[Minimum, ...] = ()
    money: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.candidates, key=lambda one: one.key))
        object.__setattr__(self, "candidates", ordered)
        if len(self.at) < len(ordered):
            twice = next(a.key for a, b in pairwise(ordered) if a.key == b.key)
            raise UserError(f"„{twice}“ steht zweimal zur Wahl.")
        named = {*self.duties, *(key for pair in self.exclusions for key in pair)}
        named |= {key for one in ordered for key in one.needs}
        if strangers := sorted(named - self.at.keys()):
            raise UserError(f"„{strangers[0]}“ steht nicht zur Wahl.")
        for one in ordered:
            if any(amount < 0 for amount in one.costs.values()):
                raise UserError(f"„{one.key}“ hat einen negativen Aufwand.")

    @cached_property
    def at(self) -> Mapping[str, int]:
        """Give the position of each key."""
        return {one.key: at for at, one in enumerate(self.candidates)}

    @cached_property
    def resources(self) -> tuple[str, ...]:
        """Name all resources that are limited or used, in their order."""
        return tuple(
            sorted({*self.limits, *(name for one in self.candidates for name in one.costs)})
        )

    def price(self, key: str) -> Fraction:
        """Tell what a candidate costs in money."""
        costs = self.candidates[self.at[key]].costs
        return sum((Fraction(costs.get(name, 0)) for name in self.money), Fraction(0))

    def used(self, chosen: Iterable[str]) -> dict[str, Fraction]:
        """Add up what candidates take, by resource."""
        taken = [self.candidates[self.at[key]].costs for key in chosen]
        return {
            name: sum((Fraction(costs.get(name, 0)) for costs in taken), Fraction(0))
            for name in self.resources
        }

    def value(self, chosen: Iterable[str]) -> Fraction:
        """Add up the points of candidates."""
        scores = (Fraction(self.candidates[self.at[key]].score) for key in chosen)
        return sum(scores, Fraction(0))

    def with_needed(self, keys: Iterable[str]) -> frozenset[str]:
        """Add to keys all that these need, directly or through others."""
        found: set[str] = set()
        waiting = list(keys)
        while waiting:
            key = waiting.pop()
            if key not in found:
                found.add(key)
                waiting.extend(self.candidates[self.at[key]].needs)
        return frozenset(found)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Write all demands but the duties as rows; limits come first."""
        rows = [
            self._row("limit", (name,), self._costs(name), most)
            for name, most in sorted(self.limits.items())
        ]
        rows += [
            self._pair("needs", one.key, other, -1)
            for one in self.candidates
            for other in sorted(one.needs)
        ]
        pairs = sorted((min(pair), max(pair)) for pair in self.exclusions)
        rows += [self._pair("exclusion", one, other, 1) for one, other in pairs]
        rows += [row for least in self.minima for row in self._least(least)]
        return tuple(rows)

    def _costs(self, name: str) -> list[Fraction]:
        return [Fraction(one.costs.get(name, 0)) for one in self.candidates]

    def _pair(self, kind: Kind, one: str, other: str, sign: int) -> Row:
        """Demand that both are not chosen (1), or the first not without the second (-1)."""
        coefficients = np.zeros(len(self.candidates), dtype=np.int64)
        coefficients[self.at[one]] += 1
        coefficients[self.at[other]] += sign
        return Row(kind, (one, other), coefficients, max(sign, 0))

    def _least(self, least: Minimum) -> Iterable[Row]:
        inside = [Fraction(int(least.topic in one.topics)) for one in self.candidates]
        if least.count:
            fewest = Fraction(-least.count)
            yield self._row("minimum", (least.topic,), [-part for part in inside], fewest)
        if least.share:
            # share * all <= inside: what is outside adds, what is inside takes away.
            all_of = self._costs(least.of) if least.of else [Fraction(1)] * len(inside)
            both = zip(all_of, inside, strict=True)
            parts = [amount * (least.share - part) for amount, part in both]
            yield self._row("minimum", (least.topic,), parts, Fraction(0))

    def _row(
        self, kind: Kind, about: tuple[str, ...], amounts: Sequence[Fraction], most: Fraction
    ) -> Row:
        *numbers, right = whole([*amounts, Fraction(most)])
        divisor = math.gcd(*numbers) or 1
        return Row(kind, about, np.array(numbers, np.int64) // divisor, right // divisor)


def whole(amounts: Sequence[Fraction]) -> list[int]:
    """Write amounts as whole numbers in the same proportions, as small as they can be.

    Raises:
        UserError: they are so fine or so large that sums could not be told apart.

    """
    scale = math.lcm(*(amount.denominator for amount in amounts))
    numbers = [int(amount * scale) for amount in amounts]
    divisor = math.gcd(*numbers) or 1
    numbers = [number // divisor for number in numbers]
    if sum(map(abs, numbers)) > LARGEST:
        raise UserError(
            "Die Angaben sind zu fein für eine genaue Rechnung. Beträge auf Cent und Punkte auf "
            "höchstens drei Stellen runden."
        )
    return numbers
