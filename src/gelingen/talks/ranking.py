"""Topics by how often they are mentioned, and in which kind of municipality.

A mention is a statement to which a topic counts (`Codings.counted`): however often a talk comes
back to it, in however many words, one statement is one mention. Its kind of municipality is that of
the places it is coded with, else that of the talk's place; with places of several kinds it counts
in each of them, and once in the sum.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.findings.weights import place_sizes
from gelingen.places.queries import territories
from gelingen.talks.labels import ident_of
from gelingen.talks.models import Statement
from gelingen.talks.queries import Codings
from gelingen.terms.talks import LARGER_TOWN, SMALL_TOWN, Dimension, PlaceType
from gelingen.terms.vocabulary import TerritoryKind

_WHOLE = frozenset({TerritoryKind.STATE, TerritoryKind.DISTRICT, TerritoryKind.COUNTY})


@dataclass(frozen=True, slots=True)
class Mentions:
    """How often a label is mentioned: in all, and by kind of municipality."""

    ident: str
    total: int
    by_type: Mapping[PlaceType, int]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Labels by falling mentions; `statements` is what was coded, by kind of municipality too."""

    lines: tuple[Mentions, ...]
    statements: int
    by_type: Mapping[PlaceType, int]


def place_type(kind: str, inhabitants: float | None) -> PlaceType:
    """Say what kind of municipality a place is.

    Args:
        kind: its kind as a territory.
        inhabitants: how many; None if nobody knows.

    """
    if kind in _WHOLE:
        return PlaceType.WHOLE
    if kind == TerritoryKind.CITY:
        return PlaceType.URBAN
    if inhabitants is None:
        return PlaceType.UNSIZED
    if inhabitants >= LARGER_TOWN:
        return PlaceType.URBAN
    return PlaceType.SMALL if inhabitants >= SMALL_TOWN else PlaceType.RURAL


def place_types(actor: Actor, tenant: Tenant) -> dict[str, PlaceType]:
    """Say what kind of municipality each place is, by official key. Two queries.

    A part of a municipality counts as its municipality. Inhabitants come from the same count for
    all places, as the analyses weigh them.
    """
    people = dict(place_sizes(actor, tenant).frame.select("place", "persons").iter_rows())
    places = {
        key: (kind, above)
        for key, kind, above in territories(actor, tenant).values_list("key", "kind", "above__key")
    }

    def home(key: str) -> str:
        kind, above = places[key]
        return home(above) if kind == TerritoryKind.QUARTER and above in places else key

    return {key: place_type(places[home(key)][0], people.get(home(key))) for key in places}


def rank(
    statements: Iterable[Statement],
    codings: Mapping[str, Codings],
    types: Mapping[str, PlaceType],
    *,
    dimension: Dimension = Dimension.TOPIC,
) -> Ranking:
    """Rank the labels of one kind by mentions; equal ones by their name.

    Args:
        statements: with their talks.
        codings: by key of the talk; what is not opened does not count.
        types: kind of municipality by official key.
        dimension: which kind of labels.

    """
    totals: dict[str, int] = defaultdict(int)
    counts: dict[str, dict[PlaceType, int]] = defaultdict(lambda: defaultdict(int))
    every: dict[PlaceType, int] = defaultdict(int)
    number = 0
    for one in statements:
        known = codings[one.talk.key]
        if not known.opened or one.key not in known.touched:
            continue
        labels = known.counted(one.key)
        where = _types_of(one, labels, types)
        number += 1
        for kind in where:
            every[kind] += 1
        for ident in labels:
            if ident.startswith(f"{dimension}:"):
                totals[ident] += 1
                for kind in where:
                    counts[ident][kind] += 1
    lines = (Mentions(ident, total, dict(counts[ident])) for ident, total in totals.items())
    return Ranking(
        tuple(sorted(lines, key=lambda line: (-line.total, line.ident))), number, dict(every)
    )


def _types_of(
    statement: Statement, labels: Iterable[str], types: Mapping[str, PlaceType]
) -> set[PlaceType]:
    prefix = ident_of(Dimension.PLACE, "")
    found = {
        types.get(ident.removeprefix(prefix), PlaceType.WHOLE)
        for ident in labels
        if ident.startswith(prefix)
    }
    if found:
        return found
    place = statement.talk.territory
    return {types.get(place.key, PlaceType.WHOLE) if place else PlaceType.WHOLE}
