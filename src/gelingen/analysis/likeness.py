"""Likeness: how far two structures do the same, for the same people, at the same place and time."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from gelingen.analysis.cells import lineage
from gelingen.analysis.schema import GroupLinks, Reach, Structures, TopicTree
from gelingen.analysis.tables import Column, Table

__all__ = ["GroupSizes", "PlaceSizes", "Scores", "score_pairs"]

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
LINKED = 0.5  # what part of a group a linked group shares, when nobody knows: stated as assumption
YARDSTICK = 365.0  # days; the length of a period of which neither end is known
BATCH = 512
VALUES = ("score", "same_topics", "same_groups", "same_places", "same_days")
UNWEIGHED = "Personen je Zielgruppe sind nicht durchweg bekannt; es zählt jede Zielgruppe gleich."
UNPEOPLED = "Einwohner je Ort sind nicht durchweg bekannt; es zählt jeder Ort gleich."


class GroupSizes(Table):
    """Größe der Zielgruppen: one row per target group."""

    target_group = Column(pl.String, "Kennung der Zielgruppe")
    persons = Column(pl.Float64, "Personen", "Personen")


class PlaceSizes(Table):
    """Einwohner: one row per place."""

    place = Column(pl.String, "Amtlicher Schlüssel")
    persons = Column(pl.Float64, "Personen", "Personen")


class Scores(Table):
    """Ähnlichkeit: one row per pair of structures with the same function, `a` before `b`."""

    a = Column(pl.String, "Kennung der einen Struktur")
    b = Column(pl.String, "Kennung der anderen Struktur")
    function = Column(pl.String, "Gemeinsame Funktion")
    score = Column(pl.Float64, "Wie sehr beide dasselbe tun, 0 bis 1")
    same_topics = Column(pl.Float64, "Nähe der Themenfelder, 0 bis 1")
    same_groups = Column(pl.Float64, "Gemeinsamer Anteil an den Zielgruppen, 0 bis 1")
    same_places = Column(pl.Float64, "Gemeinsamer Anteil am Gebiet, 0 bis 1")
    same_days = Column(pl.Float64, "Gemeinsamer Anteil an der Zeit, 0 bis 1")


@dataclass(frozen=True)
class _Sets:
    """Which keys each structure has (structures by keys) and how far two keys are the same."""

    member: Matrix
    size: Vector
    alike: Matrix | None  # None: each key is the same as itself alone

    def shares(self, rows: slice) -> tuple[Matrix, Matrix]:
        """Give the part of each row's set that lies in every other set, and the reverse."""
        weighted = self.member * self.size
        total = np.maximum(weighted.sum(axis=1), np.finfo(float).tiny)
        covered = self.member.T
        if self.alike is not None:
            best = [self.alike[:, own > 0].max(axis=1, initial=0.0) for own in self.member]
            covered = np.stack(best, axis=1)
        forward = weighted[rows] @ covered / total[rows, None]
        backward = (weighted @ covered[:, rows] / total[:, None]).T
        return forward, backward


def _members(keys: list[tuple[str, ...]], names: list[str]) -> Matrix:
    position = {name: at for at, name in enumerate(names)}
    member = np.zeros((len(keys), len(names)))
    for row, own in enumerate(keys):
        member[row, [position[key] for key in own]] = 1.0
    return member


def _topics(keys: list[tuple[str, ...]], topics: TopicTree) -> _Sets:
    """Measure topics by the depth of the nearest topic above both (Wu and Palmer 1994).

    The common root above all top topics has depth 0, so two top topics have nothing in common.
    """
    names = sorted({key for own in keys for key in own})
    lines = lineage(topics)
    paths = [set(lines.get(name, (name,))) for name in names]
    alike = np.array([[2 * len(p & q) / (len(p) + len(q)) for q in paths] for p in paths])
    return _Sets(_members(keys, names), np.ones(len(names)), alike.reshape(len(names), len(names)))


def _groups(
    keys: list[tuple[str, ...]], links: GroupLinks, sizes: GroupSizes
) -> tuple[_Sets, bool]:
    """Measure target groups by persons if all sizes are known, else by number."""
    names = sorted({key for own in keys for key in own})
    linked = set(links.frame.select("target_group", "overlaps").rows())
    alike = np.array(
        [[1.0 if g == h else LINKED * ((g, h) in linked) for h in names] for g in names]
    ).reshape(len(names), len(names))
    known = dict(sizes.frame.rows())
    counted = not all(name in known for name in names)
    size = np.array([1.0 if counted else known[name] for name in names])
    return _Sets(_members(keys, names), size, alike), counted


def _places(keys: list[tuple[str, ...]], sizes: PlaceSizes) -> tuple[_Sets, bool]:
    """Cut the area into the smallest known parts; weigh them by persons if all are known.

    Each key stands for what none of the keys inside it covers: a county beside its municipalities
    is the rest of the county.
    """
    known: dict[str, float] = dict(sizes.frame.rows())
    used = {key for own in keys for key in own}
    names = sorted(used | {key for key in known if used & set(_prefixes(key))})
    inside = dict.fromkeys(names, 0.0)
    leaves, rest = set(names), {}
    for name in sorted(names, key=len, reverse=True):
        whole = max(known.get(name, inside[name]), inside[name])
        rest[name] = whole - inside[name]
        if outer := next((key for key in _prefixes(name)[1:] if key in inside), None):
            inside[outer] += whole
            leaves.discard(outer)
    counted = not leaves <= known.keys()
    around = {name: set(_prefixes(name)) for name in names}
    parts = [tuple(name for name in names if around[name] & set(own)) for own in keys]
    size = np.array([1.0 if counted else rest[name] for name in names])
    return _Sets(_members(parts, names), size, None), counted


def _prefixes(place: str) -> list[str]:
    """Give the key and everything that could contain it, the longest first."""
    return [place[:length] for length in range(len(place), 0, -1)]


def _same_days(starts: Vector, ends: Vector, rows: slice) -> Matrix:
    """Give the days in common as a part of the shorter period whose length is known."""
    first = np.maximum(starts[rows, None], starts[None, :])
    common = np.maximum(np.minimum(ends[rows, None], ends[None, :]) - first, 0.0)
    length = ends - starts
    shorter = np.minimum(length[rows, None], length[None, :])
    shorter = np.where(np.isinf(shorter), YARDSTICK, shorter)
    part: Matrix = np.minimum(common / np.maximum(shorter, 1.0), 1.0)
    return part


@dataclass(frozen=True)
class _Block:
    """The structures of one function, with all that is compared."""

    names: list[str]
    topics: _Sets
    groups: _Sets
    places: _Sets
    starts: Vector
    ends: Vector

    def factors(self, rows: slice) -> tuple[Matrix, ...]:
        """Give the four factors of each of these rows with every structure."""
        forward, backward = self.topics.shares(rows)
        return (
            (forward + backward) / 2,
            np.maximum(*self.groups.shares(rows)),
            np.maximum(*self.places.shares(rows)),
            _same_days(self.starts, self.ends, rows),
        )

    def pairs(self, threshold: float) -> Iterator[pl.DataFrame]:
        """Give the pairs with at least this score, in batches."""
        for at in range(0, len(self.names), BATCH):
            rows = slice(at, min(at + BATCH, len(self.names)))
            factors = self.factors(rows)
            score = np.prod(factors, axis=0) ** 0.25
            keep = np.argwhere(np.triu(score, k=at + 1) >= max(threshold, np.finfo(float).tiny))
            i, j = keep[:, 0], keep[:, 1]
            values = [score, *factors]
            yield pl.DataFrame(
                {
                    "a": [self.names[at + row] for row in i],
                    "b": [self.names[column] for column in j],
                    **{name: value[i, j] for name, value in zip(VALUES, values, strict=True)},
                },
                schema={"a": pl.String, "b": pl.String, **dict.fromkeys(VALUES, pl.Float64)},
            )


def score_pairs(  # noqa: PLR0913  # one table each; the last three are optional
    structures: Structures,
    reach: Reach,
    topics: TopicTree,
    *,
    threshold: float,
    links: GroupLinks | None = None,
    groups: GroupSizes | None = None,
    places: PlaceSizes | None = None,
) -> tuple[Scores, tuple[str, ...]]:
    """Score how far each two structures of the same function do the same.

    The score is the geometric mean of four parts: nearness of topics (Wu and Palmer), persons in
    common among the target groups, people living in the common area, days in common, the last three
    as a part of the smaller of the two. One part without anything in common makes the score 0.

    Args:
        structures: n rows; the caller keeps those that exist on the day asked about.
        reach: what they reach; structures without reach are left out.
        topics: the tree of topics.
        threshold: the least score that is kept; pairs that score 0 are never kept.
        links: target groups that share persons.
        groups: persons per target group; groups are counted if one is missing.
        places: people per place; places are counted if one is missing.

    Returns:
        The pairs, the most alike first, then by keys; and German sentences on what was assumed.

    """
    links = links or GroupLinks.empty()
    groups = groups or GroupSizes.empty()
    places = places or PlaceSizes.empty()
    sets = reach.frame.group_by("structure").agg(
        pl.col("topic", "target_group", "place").unique().sort()
    )
    frame = structures.frame.join(sets, on="structure").sort("structure")
    notes: set[str] = set()
    if frame.height != structures.frame.height:
        bare = structures.frame.height - frame.height
        notes.add(f"Strukturen ohne Reichweite: {bare}; sie werden nicht verglichen.")
    if links.frame.height:
        notes.add("Überschneiden sich zwei Zielgruppen, gilt die Hälfte als gemeinsam.")
    found = [Scores.empty().frame]
    for (function,), part in frame.group_by("function", maintain_order=True):
        block, assumed = _block(part, topics, links, groups, places)
        notes |= assumed
        label = pl.lit(function).alias("function")
        found += [
            pairs.with_columns(label).select(*Scores.columns) for pairs in block.pairs(threshold)
        ]
    scores = pl.concat(found).sort(["score", "a", "b"], descending=[True, False, False])
    return Scores(scores), tuple(sorted(notes))


def _block(
    part: pl.DataFrame,
    topics: TopicTree,
    links: GroupLinks,
    groups: GroupSizes,
    places: PlaceSizes,
) -> tuple[_Block, set[str]]:
    """Gather the structures of one function, and say what had to be assumed about sizes."""
    own_groups, by_number = _groups(_lists(part, "target_group"), links, groups)
    own_places, by_place = _places(_lists(part, "place"), places)
    block = _Block(
        part["structure"].to_list(),
        _topics(_lists(part, "topic"), topics),
        own_groups,
        own_places,
        _ordinals(part["starts"], -np.inf),
        _ordinals(part["ends"], np.inf),
    )
    told = ((UNWEIGHED, by_number), (UNPEOPLED, by_place))
    return block, {text for text, holds in told if holds}


def _lists(frame: pl.DataFrame, column: str) -> list[tuple[str, ...]]:
    return [tuple(keys) for keys in frame[column].to_list()]


def _ordinals(days: pl.Series, empty: float) -> Vector:
    return np.array([empty if day is None else float(day.toordinal()) for day in days.to_list()])
