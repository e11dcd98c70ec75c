"""Which values of indicators must not leave the house: small counts, and what gives them away.

Counts of one time stand in sums: territories nested in their official keys, and wholes with the
indicators they are split into. What no sum explains is a rest. Where the numbers do not fit into
such sums, nothing of them is given as soon as one of them is small.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from gelingen.analysis.disclosure.counts import Counts, CountTable, Sums
from gelingen.analysis.disclosure.protection import USUAL, protect
from gelingen.indicators.series import Point, Series
from gelingen.indicators.shares import Share, hidden_shares, is_small, nests, share_base

if TYPE_CHECKING:
    from gelingen.indicators.models import Indicator

__all__ = ["hidden_values", "without"]

LEAST = USUAL.threshold
_NO_COUNT = re.compile(r"(mio\. |tsd\. )?(eur|€)|jahre|monate|wochen|tage|stunden")


class Cell(NamedTuple):
    """What a count counts: an indicator by its number, in a territory by its official key."""

    sheet: int
    territory: str


@dataclass(frozen=True, slots=True)
class Count:
    """A point of a count with its cell."""

    cell: Cell
    point: Point


@dataclass(frozen=True, slots=True)
class _Sum:
    """A cell, other cells that lie in it without meeting each other, and what is left of it."""

    total: Cell
    parts: tuple[Cell, ...]
    rest: Decimal


def hidden_values(
    found: Sequence[tuple["Indicator", Sequence[Series]]],
) -> frozenset[str]:
    """Name the figures that must not get out, by key.

    Args:
        found: all indicators of a tenant with all their values, also those that are published
            nowhere, so that every paper leaves out the same.

    """
    hidden: set[str] = set()
    counts: list[Count] = []
    for sheet, every in found:
        shares: list[Share] = []
        for part in every:
            for one in part.points:
                unit = one.unit or sheet.unit
                base = share_base(unit)
                if base is not None:
                    shares.append(Share(part.territory, one, base))
                elif not _NO_COUNT.match(unit.casefold()):
                    counts.append(Count(Cell(sheet.pk, part.territory), one))
        hidden |= hidden_shares(shares)
    above = {sheet.pk: sheet.above_id for sheet, _ in found if sheet.above_id is not None}
    for family in _families(counts, above):
        for together in _times(family):
            hidden |= _hidden_at(together, above)
    return frozenset(hidden)


def without(part: Series, hidden: Collection[str]) -> Series:
    """Leave the figures with these keys out of a series."""
    kept = [tuple(one for one in run if one.key not in hidden) for run in part.stretches]
    return Series(part.territory, part.name, tuple(run for run in kept if run), part.breaks)


def _families(counts: Sequence[Count], above: Mapping[int, int]) -> Iterable[list[Count]]:
    """Part counts by the whole to which their indicators belong in the end."""
    found: dict[int, list[Count]] = {}
    for one in counts:
        top, seen = one.cell.sheet, {one.cell.sheet}
        while (higher := above.get(top)) is not None and higher not in seen:
            seen.add(higher)
            top = higher
        found.setdefault(top, []).append(one)
    return found.values()


def _times(counts: Sequence[Count]) -> Iterable[list[Count]]:
    """Give what belongs to one time: of a day also what is known only for its month or year."""
    found: dict[str, list[Count]] = {}
    for one in counts:
        found.setdefault(one.point.reference_told, []).append(one)
    for time, own in found.items():
        together = list(own)
        for rougher in sorted(found, key=len, reverse=True):
            if time.startswith(f"{rougher}-"):
                known = {one.cell for one in together}
                together += [one for one in found[rougher] if one.cell not in known]
        yield together


def _hidden_at(counts: Sequence[Count], above: Mapping[int, int]) -> set[str]:
    """Judge the counts of one time, each way of counting for itself and, if they fit, together."""
    ways: dict[tuple[str, str], list[Count]] = {}
    for one in counts:
        ways.setdefault((one.point.base, one.point.definition), []).append(one)
    hidden: set[str] = set()
    for own in ways.values():
        hidden |= _hidden_of_way(own, above)
    if len(ways) > 1 and _agree(counts):
        hidden |= _hidden_in(counts, above, understood=True)
    return hidden


def _hidden_of_way(counts: Sequence[Count], above: Mapping[int, int]) -> set[str]:
    """Judge what is counted alike; where sources differ they are judged one by one."""
    if _agree(counts):
        return _hidden_in(counts, above)
    if any(is_small(one.point.low, one.point.high) for one in counts):
        return {one.point.key for one in counts}
    sources: dict[str, list[Count]] = {}
    for one in counts:
        sources.setdefault(one.point.source, []).append(one)
    if not all(map(_agree, sources.values())):  # one source says two things
        return {one.point.key for one in counts}
    return set(chain.from_iterable(_hidden_in(own, above) for own in sources.values()))


def _agree(counts: Iterable[Count]) -> bool:
    """Tell whether nothing is counted twice with different results."""
    known: dict[Cell, tuple[Decimal, Decimal]] = {}
    return all(
        known.setdefault(one.cell, (one.point.low, one.point.high))
        == (one.point.low, one.point.high)
        for one in counts
    )


def _hidden_in(
    counts: Sequence[Count], above: Mapping[int, int], *, understood: bool = False
) -> set[str]:
    """Judge counts without contradiction; `understood`: say nothing where they fit into no sums."""
    points = {one.cell: one.point for one in counts}
    sums = _sums(points, above)
    hidden: set[Cell] = set()
    for cells, own in _connected(points, sums):
        fits = all(one.rest >= 0 for one in own) and all(_exact(points[one]) for one in cells)
        if fits:
            hidden |= _protected({one: int(points[one].low) for one in cells}, own)
        elif not understood and _any_small(cells, own, points):
            hidden |= cells
    return {one.point.key for one in counts if one.cell in hidden}


def _exact(one: Point) -> bool:
    return one.low == one.high == one.low.to_integral_value()


def _any_small(cells: Iterable[Cell], sums: Iterable[_Sum], points: Mapping[Cell, Point]) -> bool:
    return any(is_small(points[one].low, points[one].high) for one in cells) or any(
        0 < one.rest < LEAST and one.rest == int(one.rest) for one in sums
    )


def _sums(points: Mapping[Cell, Point], above: Mapping[int, int]) -> list[_Sum]:
    """Find the sums among counts: over territories, over parts of a whole, and each part alone."""
    groups: list[tuple[Cell, tuple[Cell, ...]]] = []
    for sheet in sorted({cell.sheet for cell in points}):
        own = nests(cell.territory for cell in points if cell.sheet == sheet)
        groups += [
            (Cell(sheet, total), tuple(Cell(sheet, one) for one in parts))
            for total, parts in own.items()
        ]
    splits: dict[Cell, list[Cell]] = {}
    for cell in sorted(points):
        whole = _whole_of(cell, points, above)
        if whole is not None:
            splits.setdefault(whole, []).append(cell)
    groups += [(total, tuple(parts)) for total, parts in splits.items()]
    groups += [(total, (one,)) for total, parts in splits.items() if len(parts) > 1
               for one in parts]  # fmt: skip
    return [
        _Sum(total, parts, points[total].low - sum(points[one].low for one in parts))
        for total, parts in groups
    ]


def _whole_of(cell: Cell, points: Mapping[Cell, Point], above: Mapping[int, int]) -> Cell | None:
    """Find the nearest whole in the same territory that has a count."""
    sheet, seen = above.get(cell.sheet), {cell.sheet}
    while sheet is not None and sheet not in seen:
        if (found := Cell(sheet, cell.territory)) in points:
            return found
        seen.add(sheet)
        sheet = above.get(sheet)
    return None


def _connected(points: Iterable[Cell], sums: Sequence[_Sum]) -> list[tuple[set[Cell], list[_Sum]]]:
    """Part cells and sums into groups that have nothing to do with each other."""
    group: dict[Cell, set[Cell]] = {one: {one} for one in points}
    for one in sums:
        for part in one.parts:
            if group[part] is not group[one.total]:
                group[one.total] |= group[part]
                for moved in group[part]:
                    group[moved] = group[one.total]
    distinct = {id(one): one for one in group.values()}
    return [(cells, [one for one in sums if one.total in cells]) for cells in distinct.values()]


def _protected(values: Mapping[Cell, int], sums: Sequence[_Sum]) -> set[Cell]:
    """Choose with the disclosure control which cells are hidden; rests are cells that count too."""
    small = {one for one, count in values.items() if USUAL.is_small(count)}
    if not small and not any(USUAL.is_small(int(one.rest)) for one in sums):
        return small
    if not sums:
        return small
    names = {cell: f"{cell.sheet}:{cell.territory}" for cell in values}
    rows = [(names[one], count) for one, count in values.items()]
    rows += [(f"rest:{at}", int(one.rest)) for at, one in enumerate(sums)]
    parts = [
        (at, names[one.total], part)
        for at, one in enumerate(sums)
        for part in (*(names[each] for each in one.parts), f"rest:{at}")
    ]
    table = CountTable(Counts.from_rows(rows), Sums.from_rows(parts))
    outside = protect(table, search=False).outside()
    shown = {cell for cell, count in outside.rows() if count is not None}
    return {one for one in values if names[one] not in shown}
