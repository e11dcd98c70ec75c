"""The ranking from the top down, as it is done by hand: what does not fit is skipped."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from gelingen.analysis.selection.optimum import Selection, selected
from gelingen.analysis.selection.pool import Pool

__all__ = ["Ranked", "Skipped", "down_the_ranking", "ranking", "unmet"]


@dataclass(frozen=True)
class Skipped:
    """Why a candidate was passed over.

    Attributes:
        kind: "limit": a resource is not enough for it, or for it and what it needs; "exclusion":
            another one is chosen that excludes it; "places": as many were chosen as there are.
        about: the resources, or the other key.
        missing: how much is missing, by resource.

    """

    kind: Literal["limit", "exclusion", "places"]
    about: tuple[str, ...]
    missing: Mapping[str, Fraction]


@dataclass(frozen=True)
class Ranked:
    """What the ranking gives.

    Attributes:
        selection: what was chosen.
        order: all keys from first to last.
        skipped: why the others were not, by key.

    """

    selection: Selection
    order: tuple[str, ...]
    skipped: Mapping[str, Skipped]


def ranking(pool: Pool) -> tuple[str, ...]:
    """Rank all candidates: more points first, of equals the cheaper, then by key."""
    ordered = sorted(
        pool.candidates, key=lambda one: (-Fraction(one.score), pool.price(one.key), one.key)
    )
    return tuple(one.key for one in ordered)


def down_the_ranking(pool: Pool, *, places: int | None = None) -> Ranked:
    """Choose from the top; whoever does not fit is skipped, the next one gets its chance.

    Duties and what they need come first, even where they exceed a limit. A candidate that needs
    others brings them along, or is skipped if they do not fit together.

    Args:
        pool: candidates and all that holds for choosing.
        places: how many are chosen at most; None: as many as fit.

    Returns:
        The choice with a reason for everyone passed over.

    """
    order = ranking(pool)
    chosen = set(pool.with_needed(pool.duties))
    skipped: dict[str, Skipped] = {}
    for key in order:
        if key not in chosen:
            group = pool.with_needed([key]) - chosen
            why = _hindered(pool, chosen, group, places)
            if why is None:
                chosen |= group
            else:
                skipped[key] = why
    skipped = {key: why for key, why in skipped.items() if key not in chosen}
    return Ranked(selected(pool, chosen), order, skipped)


def _hindered(
    pool: Pool, chosen: Collection[str], group: frozenset[str], places: int | None
) -> Skipped | None:
    if places is not None and len(chosen) + len(group) > places:
        return Skipped("places", (), {})
    both = group.union(chosen)
    for pair in sorted(tuple(sorted(pair)) for pair in pool.exclusions):
        if both.issuperset(pair) and not group.isdisjoint(pair):
            return Skipped("exclusion", tuple(key for key in pair if key in chosen) or pair, {})
    more, used = pool.used(group), pool.used(both)
    missing = {
        name: used[name] - most
        for name, most in sorted(pool.limits.items())
        if more[name] and used[name] > most
    }
    return Skipped("limit", tuple(missing), missing) if missing else None


def unmet(pool: Pool, chosen: Collection[str]) -> tuple[str, ...]:
    """Name the topics of which a choice holds fewer than the least, by key."""
    where = [int(one.key in chosen) for one in pool.candidates]
    missed = {
        row.about[0]
        for row in pool.rows
        if row.kind == "minimum" and int(row.coefficients @ where) > row.most
    }
    return tuple(sorted(missed))
