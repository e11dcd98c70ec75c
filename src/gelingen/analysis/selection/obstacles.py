"""Why nothing can be chosen: the duties that exceed a limit, the topic that cannot get its least.

What has one cause is said as that cause. Otherwise the demands are named that cannot be kept
together, and of which none could be left out (an irreducible set, found by leaving out one after
the other).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from gelingen.analysis.selection.pool import Pool, Row
from gelingen.analysis.selection.solving import Search

__all__ = ["Obstacle", "find_obstacles"]


@dataclass(frozen=True)
class Obstacle:
    """A reason why nothing can be chosen.

    Attributes:
        kind: "limit": what must be chosen exceeds a limit; "exclusion": two that exclude each other
            must be chosen; "barred": what must be chosen is barred; "minimum": a topic cannot reach
            its least number, whatever else is left out; "together": this demand cannot be kept
            together with the others named so.
        about: the resource, the topic or the pair of keys.
        keys: the candidates in question, in the order of their keys: duties and what they need.
        wanted: how much would be needed: of the resource, or how many of the topic.
        there: how much there is, or how many can be reached.

    """

    kind: Literal["limit", "exclusion", "barred", "minimum", "together"]
    about: tuple[str, ...]
    keys: tuple[str, ...] = ()
    wanted: Fraction = Fraction(0)
    there: Fraction = Fraction(0)


def find_obstacles(
    pool: Pool, *, forced: frozenset[str] = frozenset(), barred: frozenset[str] = frozenset()
) -> tuple[Obstacle, ...]:
    """Say why nothing can be chosen.

    Args:
        pool: candidates and all that holds for choosing.
        forced: keys that are chosen in any case, besides the duties.
        barred: keys that are not chosen.

    Returns:
        Limits by resource, then exclusions, what is barred, and topics; if none of these alone is
        the reason, all demands of one set that cannot be kept together. Empty if there is a choice.

    """
    must = pool.with_needed(pool.duties | forced)
    found = [*_exceeded(pool, must), *_excluded(pool, must)]
    found += [Obstacle("barred", (key,), (key,)) for key in sorted(must & barred)]
    if not found:
        found = list(_unreached(pool, must, barred))
    return tuple(found or _together(pool, must, barred))


def _exceeded(pool: Pool, must: frozenset[str]) -> Iterable[Obstacle]:
    used = pool.used(must)
    for name, most in sorted(pool.limits.items()):
        if used[name] > most:
            keys = [key for key in sorted(must) if pool.candidates[pool.at[key]].costs.get(name)]
            yield Obstacle("limit", (name,), tuple(keys), used[name], Fraction(most))


def _excluded(pool: Pool, must: frozenset[str]) -> Iterable[Obstacle]:
    for pair in sorted(tuple(sorted(pair)) for pair in pool.exclusions):
        if must.issuperset(pair):
            yield Obstacle("exclusion", pair, pair)


def _unreached(pool: Pool, must: frozenset[str], barred: frozenset[str]) -> Iterable[Obstacle]:
    """Try each least number alone: count what of the topic is possible if nothing else is asked."""
    rows = [row for row in pool.rows if row.kind != "minimum"]
    for least in sorted(pool.minima, key=lambda one: one.topic):
        search = _begun(pool, rows, must, barred)
        inside = np.array([int(least.topic in one.topics) for one in pool.candidates], np.int64)
        best = search.best(inside)
        reached = 0 if best is None else int(inside @ best)
        if reached < least.count:
            keys = tuple(one.key for one in pool.candidates if least.topic in one.topics)
            yield Obstacle(
                "minimum", (least.topic,), keys, Fraction(least.count), Fraction(reached)
            )


def _together(pool: Pool, must: frozenset[str], barred: frozenset[str]) -> Iterable[Obstacle]:
    """Leave out one demand after the other; those that matter stay."""
    rows = list(pool.rows)
    nothing = np.zeros(len(pool.candidates), dtype=np.int64)
    if _begun(pool, rows, must, barred).best(nothing) is not None:
        return
    for row in pool.rows:
        without = [other for other in rows if other is not row]
        if _begun(pool, without, must, barred).best(nothing) is None:
            rows = without
    for row in rows:
        yield Obstacle("together", row.about, tuple(sorted(must)))


def _begun(pool: Pool, rows: Sequence[Row], must: frozenset[str], barred: frozenset[str]) -> Search:
    search = Search(rows, len(pool.candidates))
    search.low[[pool.at[key] for key in must]] = True
    search.high[[pool.at[key] for key in barred]] = False
    return search
