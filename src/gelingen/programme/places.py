"""Orders as opinions for the analysis, and places out of what it gives back."""

from collections.abc import Collection, Sequence

from gelingen.analysis.selection.rankings import Opinion
from gelingen.programme.models import Said


def opinion_of(said: Said, keys: Collection[str]) -> Opinion:
    """Read the order of a ballot, of the candidates that still stand for choice."""
    placed = {key: place for key, place in said.ranking.items() if key in keys}
    return Opinion(
        tuple(
            tuple(sorted(key for key, place in placed.items() if place == each))
            for each in sorted(set(placed.values()))
        )
    )


def places_of(places: Sequence[Sequence[str]]) -> dict[str, int]:
    """Give each its place, as in sport: two firsts are followed by a third."""
    found: dict[str, int] = {}
    for some in places:
        number = len(found) + 1
        found |= dict.fromkeys(some, number)
    return found
