"""Ungleichungen der Auswahl: was eine Wahl verwirft, darf keine ausreichende verwerfen."""

from itertools import product

import numpy as np
import pytest
from scipy import sparse

from gelingen.analysis.disclosure.choice import room
from gelingen.analysis.disclosure.world import System

INNER, SENSITIVE = 6, 0


def two_by_three(values):
    """Six counts in two rows and three columns, whose sums are known."""
    sums = [[0, 1, 2], [3, 4, 5], [0, 3], [1, 4], [2, 5]]
    matrix = np.zeros((len(sums), INNER))
    for row, parts in enumerate(sums):
        matrix[row, parts] = 1
    inner = np.ones(INNER, dtype=bool)
    wanted = np.where(np.arange(INNER) == SENSITIVE, 4, 0)
    return System(
        names=tuple(("", str(at)) for at in range(INNER)),
        values=np.array(values),
        matrix=sparse.csr_array(matrix),
        floor=np.zeros(INNER, dtype=int),
        fixed=~inner,
        free=inner,
        total=~inner,
        wanted=wanted,
    )


def measured(system, part):
    """How far the sensitive cell can move, and what hiding each cell adds at most."""
    (found,) = room(system, part, np.array([SENSITIVE]))
    return found.widths[0], found.hold[0]


@pytest.mark.parametrize("values", [[2, 9, 3, 5, 1, 8], [3, 1, 1, 2, 7, 4], [1, 0, 6, 2, 2, 0]])
def test_keine_wahl_bewegt_mehr_als_jede_ungleichung_ihr_zugesteht(values):
    system = two_by_three(values)
    choices = [np.array([1.0, *others]) for others in product((0.0, 1.0), repeat=INNER - 1)]
    found = [measured(system, part) for part in choices]
    assert max(width for width, _ in found) > 0
    for part, (width, hold) in zip(choices, found, strict=True):
        assert width == pytest.approx(hold @ part)
        assert all(reached <= hold @ other + 1e-6
                   for other, (reached, _) in zip(choices, found, strict=True))  # fmt: skip
