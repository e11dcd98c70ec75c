"""Tiles: a schematic map, each place a square of one grid, as near as possible to where it lies."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import ceil, cos, radians, sqrt

__all__ = ["Position", "Tile", "tiles"]

ROOM = 1.6  # squares of the grid for each place


@dataclass(frozen=True, slots=True)
class Position:
    """Where a place lies, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """A square of the grid: row from the north, column from the west, both from 0."""

    row: int
    column: int


def tiles(positions: Mapping[str, Position]) -> dict[str, Tile]:
    """Give each place a square of its own.

    Places go, the most crowded first, to the free square nearest to them; then any two that are
    both nearer to home on the other's square change places. The order in which they are given does
    not matter. Empty rows and columns are taken out.

    Args:
        positions: where each place lies, by key.

    Returns:
        Squares by key; n places lie in at most about 1.3·√n rows and columns.

    """
    points = _scaled(positions)
    side = _side(len(points))
    free = {Tile(row, column) for row in range(side) for column in range(side)}
    placed: dict[str, Tile] = {}
    for key in sorted(points, key=lambda one: (_nearest(points, one), one)):
        best = min(free, key=lambda tile: (_far(points[key], tile), tile))
        placed[key] = best
        free.discard(best)
    return _tight(_settled(placed, points))


def _side(count: int) -> int:
    return max(ceil(sqrt(count * ROOM)), 1)


def _scaled(positions: Mapping[str, Position]) -> dict[str, tuple[float, float]]:
    """Bring positions into the grid: the longer side fills it, north is up."""
    if not positions:
        return {}
    middle = sum(one.latitude for one in positions.values()) / len(positions)
    flat = {
        key: (-one.latitude, one.longitude * cos(radians(middle))) for key, one in positions.items()
    }
    low = [min(point[axis] for point in flat.values()) for axis in (0, 1)]
    spans = [max(point[axis] for point in flat.values()) - low[axis] for axis in (0, 1)]
    scale = (_side(len(flat)) - 1) / (max(spans) or 1.0)
    return {
        key: ((point[0] - low[0]) * scale, (point[1] - low[1]) * scale)
        for key, point in flat.items()
    }


def _far(point: tuple[float, float], tile: Tile) -> float:
    return (point[0] - tile.row) ** 2 + (point[1] - tile.column) ** 2


def _nearest(points: Mapping[str, tuple[float, float]], key: str) -> float:
    """Distance to the nearest other place."""
    row, column = points[key]
    others = (point for other, point in points.items() if other != key)
    return min(((row - y) ** 2 + (column - x) ** 2 for y, x in others), default=0.0)


def _settled(placed: dict[str, Tile], points: Mapping[str, tuple[float, float]]) -> dict[str, Tile]:
    """Change places as long as two together come nearer to home."""
    better = True
    while better:
        better = False
        for a, b in combinations(sorted(placed), 2):
            now = _far(points[a], placed[a]) + _far(points[b], placed[b])
            then = _far(points[a], placed[b]) + _far(points[b], placed[a])
            if then < now - 1e-9:
                placed[a], placed[b] = placed[b], placed[a]
                better = True
    return placed


def _tight(placed: Mapping[str, Tile]) -> dict[str, Tile]:
    rows = {row: at for at, row in enumerate(sorted({one.row for one in placed.values()}))}
    columns = {one: at for at, one in enumerate(sorted({one.column for one in placed.values()}))}
    return {key: Tile(rows[one.row], columns[one.column]) for key, one in sorted(placed.items())}
