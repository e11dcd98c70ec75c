"""Records that name one organisation, gathered by the mean of what speaks for each two of them.

A chain of similar names does not make a group: two groups join only if the mean over all pairs
between them speaks for it (average linkage), and never over a pair that is excluded.
"""

import heapq
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from gelingen.analysis.matching import weights
from gelingen.analysis.matching.deciding import Decided, decided_rows
from gelingen.analysis.matching.preparing import Prepared
from gelingen.analysis.matching.tables import Clusters, Decisions, PairScores

__all__ = ["Grouped", "cluster", "grouped_rows"]

_WHOLE = 1000  # weights are added as whole thousandths, so that their order does not matter
_SURE, _LIKELY = round(weights.SURE * _WHOLE), round(weights.LIKELY * _WHOLE)
_UNCOMPARED = round(weights.UNCOMPARED * _WHOLE)
Grouped = tuple[list[int], list[int]]


def cluster(
    prepared: Prepared, scores: PairScores, *, decisions: Decisions | None = None
) -> Clusters:
    """Gather records that name one organisation.

    Args:
        prepared: the records.
        scores: pairs of them; others count as uncompared.
        decisions: what people decided; it is followed to the letter.

    Returns:
        For each record the group that holds without asking, and the group with suggestions, of
        which the first is a part. The order of records and pairs does not matter.

    Raises:
        TableError: decisions contradict each other.

    """
    rows = prepared.rows.select("record", "row")
    pairs = (
        scores.frame.select("a", "b", "weight", "apart")
        .join(rows.rename({"record": "a", "row": "row_a"}), on="a")
        .join(rows.rename({"record": "b", "row": "row_b"}), on="b")
        .select("weight", "apart", a="row_a", b="row_b")
    )
    sure, likely = grouped_rows(
        rows.height, pairs, decided_rows(prepared, decisions or Decisions.empty())
    )
    keys = rows.sort("row")["record"]
    return Clusters(
        pl.DataFrame({"record": keys, "sure": keys.gather(sure), "cluster": keys.gather(likely)})
    )


def grouped_rows(
    number_of: int, pairs: pl.DataFrame, decided: Decided, *, single: Collection[int] = ()
) -> Grouped:
    """Gather numbered rows: for each the smallest of its sure and of its likely group.

    Args:
        number_of: rows.
        pairs: a, b, weight, apart.
        decided: rows that must, and rows that must not be together.
        single: rows of which a group holds only one, unless people decided so.

    """
    sure, likely = list(range(number_of)), list(range(number_of))
    for part in _parts(number_of, pairs, decided):
        part.taken = {row for row in part.members if row in single}
        part.join_decided()
        part.join_down_to(_SURE)
        part.note(sure)
        part.join_down_to(_LIKELY)
        part.note(likely)
    return sure, likely


@dataclass
class _Between:
    """What is known between two groups: the sum over pairs compared, how many, and a ban."""

    total: int = 0
    compared: int = 0
    banned: bool = False


@dataclass
class _Part:
    """Groups that may have to do with each other, each named by its smallest row."""

    members: dict[int, list[int]] = field(default_factory=dict)
    links: dict[int, dict[int, _Between]] = field(default_factory=dict)
    together: list[tuple[int, int]] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)  # groups that hold a single row

    def add(self, a: int, b: int, weight: int, *, banned: bool) -> None:
        """Add a pair of rows."""
        between = self.links[a].get(b) or _Between()
        between.total += weight
        between.compared += 1
        between.banned |= banned
        self.links[a][b] = self.links[b][a] = between

    def ban(self, a: int, b: int) -> None:
        """Keep two rows apart."""
        between = self.links[a].setdefault(b, _Between())
        between.banned = True
        self.links[b][a] = between

    def mean(self, a: int, b: int) -> float:
        """Give the mean weight of all pairs between two groups."""
        between = self.links[a][b]
        pairs = len(self.members[a]) * len(self.members[b])
        return (between.total + (pairs - between.compared) * _UNCOMPARED) / pairs

    def join(self, a: int, b: int) -> int:
        """Make one group of two, named by the smaller."""
        a, b = min(a, b), max(a, b)
        self.members[a] += self.members.pop(b)
        if b in self.taken:
            self.taken.add(a)
        for other, between in self.links.pop(b).items():
            del self.links[other][b]
            if other == a:
                continue
            mine = self.links[a].get(other) or _Between()
            mine.total += between.total
            mine.compared += between.compared
            mine.banned |= between.banned
            self.links[a][other] = self.links[other][a] = mine
        return a

    def join_decided(self) -> None:
        """Join what people decided to be the same."""
        name = {row: row for row in self.members}
        for one, other in self.together:
            a, b = name[one], name[other]
            if a != b:
                kept = self.join(a, b)
                name.update(dict.fromkeys(self.members[kept], kept))

    def join_down_to(self, least: int) -> None:
        """Join the two groups with the largest mean until none reaches `least`."""
        heap = [entry for a in self.links for entry in self._ahead(a, least) if a == entry[1]]
        heapq.heapify(heap)
        sizes = {a: len(rows) for a, rows in self.members.items()}
        while heap:
            _, a, b, size_a, size_b = heapq.heappop(heap)
            if sizes.get(a) != size_a or sizes.get(b) != size_b:
                continue
            del sizes[max(a, b)]
            kept = self.join(a, b)
            sizes[kept] = len(self.members[kept])
            for entry in self._ahead(kept, least):
                heapq.heappush(heap, entry)

    def _ahead(self, a: int, least: int) -> Iterator[tuple[float, int, int, int, int]]:
        """Give the joins of one group that reach `least`, as entries of a heap."""
        for b, between in self.links[a].items():
            if between.banned or (a in self.taken and b in self.taken):
                continue
            if (mean := self.mean(a, b)) >= least:
                low, high = min(a, b), max(a, b)
                yield -mean, low, high, len(self.members[low]), len(self.members[high])

    def note(self, names: list[int]) -> None:
        """Write the name of its group to each row."""
        for name, rows in self.members.items():
            for row in rows:
                names[row] = name


def _parts(number_of: int, pairs: pl.DataFrame, decided: Decided) -> Iterator[_Part]:
    """Cut rows into parts between which nothing speaks for joining."""
    together, apart = decided
    could = pairs.filter((pl.col("weight") >= weights.LIKELY) & ~pl.col("apart"))
    names = _connected(number_of, [*could.select("a", "b").iter_rows(), *together])
    parts: dict[int, _Part] = {}
    for row, name in enumerate(names):
        if name != row:
            for one in (name, row):
                part = parts.setdefault(name, _Part())
                part.members[one], part.links[one] = [one], {}
    whole = pl.Series("part", names, dtype=pl.UInt32)
    inside = pairs.with_columns(
        part=whole.gather(pairs["a"]), weight=(pl.col("weight") * _WHOLE).round(0).cast(pl.Int64)
    ).filter(pl.col("part") == whole.gather(pairs["b"]))
    for a, b, weight, banned, name in inside.select("a", "b", "weight", "apart", "part").rows():
        parts[name].add(a, b, weight, banned=banned)
    for one, other in apart:
        if names[one] == names[other] and one != other:
            parts[names[one]].ban(one, other)
    for one, other in together:
        parts[names[one]].together.append((one, other))
    return iter(parts.values())


def _connected(number_of: int, pairs: Iterable[Sequence[int]]) -> list[int]:
    """Name each row by the smallest row that a chain of pairs connects it with."""
    names = list(range(number_of))

    def first(row: int) -> int:
        while names[row] != row:
            names[row] = row = names[names[row]]
        return row

    for a, b in pairs:
        one, other = first(a), first(b)
        names[max(one, other)] = min(one, other)
    return [first(row) for row in range(number_of)]
