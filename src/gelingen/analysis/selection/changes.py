"""What another choice would cost: one candidate in or out, more or less of a resource."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from gelingen.analysis.selection.optimum import Selection, optimum
from gelingen.analysis.selection.plain import ranking
from gelingen.analysis.selection.pool import Pool, whole

__all__ = ["Change", "Frontier", "Step", "change", "frontier"]
STEPS = 200


@dataclass(frozen=True)
class Change:
    """What it costs to decide about one candidate the other way.

    Attributes:
        key: the candidate.
        forced: True: it is taken in; False: it is left out.
        selection: the best choice then; with obstacles if there is none.
        loss: how many points are lost.
        enters: who comes in besides, by key.
        leaves: who has to go besides, by key.
        more: what the whole choice takes more (or less, below 0), by resource; nothing where it
            stays the same.
        above_last: what the candidate takes more than the last place among those chosen, by
            resource; empty if nobody was chosen.

    """

    key: str
    forced: bool
    selection: Selection
    loss: Fraction
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    more: Mapping[str, Fraction]
    above_last: Mapping[str, Fraction]


@dataclass(frozen=True)
class Step:
    """A choice that stays the best over a range of one limit.

    Attributes:
        least: it is the best from here on.
        below: and below this; None: up to the highest limit asked about.
        selection: the choice.

    """

    least: Fraction
    below: Fraction | None
    selection: Selection


@dataclass(frozen=True)
class Frontier:
    """How the choice changes with one limit.

    Attributes:
        resource: whose limit is moved.
        steps: from the lowest limit to the highest, without gaps.
        impossible: whether nothing can be chosen below the first step, or at all without steps.
        complete: False if there were too many steps and the lowest ones are missing.

    """

    resource: str
    steps: tuple[Step, ...]
    impossible: bool
    complete: bool


def change(pool: Pool, best: Selection, key: str) -> Change:
    """Price the other decision about one candidate.

    Args:
        pool: candidates and all that holds for choosing.
        best: the best choice of this pool.
        key: a candidate; if it is chosen it is left out, otherwise it is taken in.

    Returns:
        The best choice that decides so, beside the best of all.

    """
    forced = key not in best.chosen
    other = optimum(pool, forced=[key] if forced else [], barred=[] if forced else [key])
    before, after = set(best.chosen), set(other.chosen)
    moved = other.possible
    return Change(
        key,
        forced,
        other,
        best.value - other.value if moved else Fraction(0),
        tuple(sorted(after - before - {key})) if moved else (),
        tuple(sorted(before - after - {key})) if moved else (),
        _differences(other.used, best.used) if moved else {},
        _above_last(pool, best, key),
    )


def _above_last(pool: Pool, best: Selection, key: str) -> Mapping[str, Fraction]:
    """Compare with the one chosen, not as a duty, that stands last in the ranking."""
    free = [one for one in ranking(pool) if one in best.chosen and one not in pool.duties]
    if not free:
        return {}
    return _differences(pool.used([key]), pool.used(free[-1:]))


def _differences(
    one: Mapping[str, Fraction], other: Mapping[str, Fraction]
) -> Mapping[str, Fraction]:
    return {name: one[name] - other[name] for name in one if one[name] != other[name]}


def frontier(
    pool: Pool, resource: str, *, lowest: Fraction, highest: Fraction, steps: int = STEPS
) -> Frontier:
    """Find where the best choice changes while one limit moves.

    A best choice stays the best for every lower limit that it still keeps. So the first limit that
    it misses is where the next one begins, and no change is overlooked.

    Args:
        pool: candidates and all that holds for choosing.
        resource: whose limit is moved.
        lowest: the lowest limit asked about.
        highest: the highest.
        steps: how many choices are looked for at most, from the highest limit down.

    Returns:
        All choices with the range of limits in which each is the best.

    """
    found: list[Step] = []
    grain = _grain(pool, resource, (lowest, highest))
    limit, below = Fraction(highest), None
    while limit >= lowest:
        if len(found) == steps:
            return Frontier(resource, tuple(found[::-1]), impossible=False, complete=False)
        selection = optimum(replace(pool, limits={**pool.limits, resource: limit}))
        if not selection.possible:
            return Frontier(resource, tuple(found[::-1]), impossible=True, complete=True)
        least = max(Fraction(lowest), selection.used[resource])
        found.append(Step(least, below, selection))
        limit, below = selection.used[resource] - grain, least
    return Frontier(resource, tuple(found[::-1]), impossible=False, complete=True)


def _grain(pool: Pool, resource: str, limits: Iterable[Fraction]) -> Fraction:
    """Give the smallest step that amounts of a resource can differ by."""
    amounts = [Fraction(one.costs.get(resource, 0)) for one in pool.candidates]
    amounts = [amount for amount in [*amounts, *map(Fraction, limits)] if amount]
    if not amounts:
        return Fraction(1)
    numbers = whole(amounts)
    return amounts[0] / numbers[0]
