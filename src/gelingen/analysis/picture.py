"""Picture: where each organisation stands in a drawing of the network."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from gelingen.analysis.measures import components
from gelingen.analysis.tables import Column, Table

__all__ = ["Layout", "draw"]

Points = NDArray[np.float64]
GAP = 0.6  # between two parts, in units of one organisation
STEPS = 80
NEAREST = 0.01


class Layout(Table):
    """Netzbild: one row per organisation, where it is drawn."""

    organisation = Column(pl.String, "Kennung der Organisation")
    x = Column(pl.Float64, "Von links nach rechts, 0 bis 1")
    y = Column(pl.Float64, "Von oben nach unten, 0 bis 1")


def draw(organisations: Sequence[str], ties: Sequence[tuple[str, ...]], *, seed: int = 1) -> Layout:
    """Place organisations for a picture: each part of the network apart, the largest at the top.

    The same network and seed give the same picture. Inside a part, ties pull and all organisations
    push (Fruchterman and Reingold 1991).

    Args:
        organisations: n keys.
        ties: m pairs of keys.
        seed: of the first positions.

    Returns:
        n rows, ordered by organisation.

    """
    parts = components(organisations, ties)
    sides = [len(part) ** 0.5 + GAP for part in parts]
    width = max([sum(side**2 for side in sides) ** 0.5, *sides])
    spots: dict[str, tuple[float, float]] = {}
    left = top = row = 0.0
    for side, part in zip(sides, parts, strict=True):
        if left and left + side > width:
            left, top, row = 0.0, top + row, 0.0
        inner = side - GAP
        for name, (x, y) in zip(part, _spread(part, ties, seed), strict=True):
            spots[name] = (left + GAP / 2 + x * inner, top + GAP / 2 + y * inner)
        left, row = left + side, max(row, side)
    scale = max(width, top + row)
    return Layout.from_rows((name, x / scale, y / scale) for name, (x, y) in sorted(spots.items()))


def _spread(names: list[str], ties: Sequence[tuple[str, ...]], seed: int) -> Points:
    """Place connected organisations in the unit square."""
    if len(names) == 1:
        return np.full((1, 2), 0.5)
    position = {name: at for at, name in enumerate(names)}
    pull = np.zeros((len(names), len(names)))
    for one, other in ties:
        if one in position:
            pull[position[one], position[other]] = pull[position[other], position[one]] = 1.0
    spots = np.random.default_rng(seed).random((len(names), 2))
    far = len(names) ** -0.5
    for step in np.linspace(0.1, 0.0, STEPS, endpoint=False):
        apart = spots[:, None, :] - spots[None, :, :]
        distance = np.maximum(np.linalg.norm(apart, axis=2), NEAREST)
        force = far**2 / distance**2 - pull * distance / far
        move = np.einsum("ijk,ij->ik", apart, force)
        spots += step * move / np.maximum(np.linalg.norm(move, axis=1, keepdims=True), NEAREST)
    low, high = spots.min(axis=0), spots.max(axis=0)
    fitted: Points = (spots - (low + high) / 2) / max(float((high - low).max()), NEAREST) + 0.5
    return fitted
