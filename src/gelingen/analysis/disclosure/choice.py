"""Which further cells to hide: as few as possible, of these the smallest.

The model of Fischetti and Salazar (Management Science 47, 2001: complete cell suppression with an
attacker's linear programme), with a width for the interval as protection level. For a sensitive
cell p and a choice y there must be two tables that differ from the true one only in hidden cells,
never by more than the width, one with p higher and one with p lower, together by the width. By
linear duality a choice that fails gives an inequality that every sufficient choice meets and it
does not; such inequalities are added until none is missing (Benders decomposition).

That no cell differs by more than the width costs nothing where tables differ by cycles, which is
so for two sides and for groups within one side; elsewhere it may hide a cell more than needed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from gelingen.analysis.disclosure.world import Bools, Ints, System

__all__ = ["choose", "choose_greedily", "room"]

Floats = npt.NDArray[np.float64]
CLOSE = 1e-6
NOISE = 1e-9
LARGEST_TO_TIDY = 100  # cells hidden for others
LARGEST = 1_500  # cells with a say, up to which the best choice is searched for
ROUNDS = 60
NODES = 1_000
BLOCK = 4_000  # unknowns in one call of the solver
GLANCES = 6
MANY = 20


def choose(system: System) -> Bools | None:
    """Find the best choice.

    Args:
        system: all cells and sums.

    Returns:
        All hidden cells; None if the search would take too long, or nothing is enough. A total
        is hidden only where no choice of other cells is enough, then the smallest sum counts.

    """
    if not (system.wanted > 0).any():
        return system.fixed.copy()
    if np.count_nonzero(system.free | system.fixed) > LARGEST:
        return None
    master = _Master(system)
    few = prices(system)
    if not master.approach(few):
        return None
    found = master.settle(few)
    if found is None:
        return None
    master.at_most(few, float(few @ found))
    return master.settle(np.where(system.free, system.values, 0).astype(np.float64), found)


def prices(system: System) -> Floats:
    """Price each free cell at 1, and each free total at more than all others together."""
    dear = 1.0 + np.count_nonzero(system.free & ~system.total)
    return np.where(system.free, np.where(system.total, dear, 1.0), 0.0)


@dataclass(frozen=True)
class _Room:
    """How far sensitive cells can move, and what holds them.

    Attributes:
        cells: (k,) the cells.
        widths: (k,) how far apart their least and their most can be; counted up to the width.
        hold: (k, n) what hiding each cell would add at most.

    """

    cells: Ints
    widths: Floats
    hold: Floats


def room(system: System, part: Floats, cells: Ints) -> Iterable[_Room]:
    """Measure how far cells can move if every cell is hidden in part: 0 not at all, 1 wholly."""
    hidden = np.flatnonzero(part > CLOSE)
    step = max(1, BLOCK // (2 * max(1, len(hidden))))
    matrix = system.matrix[:, hidden]
    for at in range(0, len(cells), step):
        yield _measure(system, matrix, hidden, part, cells[at : at + step])


def _at_a_glance(system: System, part: Floats, cells: Ints) -> Bools:
    """Tell cells that can surely move enough, from a few tables in which many move at once."""
    if len(cells) < MANY:
        return np.zeros(len(cells), dtype=bool)
    hidden = np.flatnonzero(part > CLOSE)
    width = float(system.wanted[cells].min())
    down = np.minimum(width, np.maximum(system.values - system.floor, 0))
    limits = np.stack([-(down * part)[hidden], (width * part)[hidden]], axis=1)
    matrix = system.matrix[:, hidden]
    rows = np.flatnonzero(np.diff(matrix.indptr))
    which = np.searchsorted(hidden, cells)
    signs = np.random.default_rng(len(cells)).choice([-1.0, 1.0], (GLANCES, len(cells)))
    ends = np.zeros((2, len(cells)))
    for pull in (*signs, *-signs):
        cost = np.zeros(len(hidden))
        cost[which] = -pull
        answer = linprog(
            cost, A_eq=matrix[rows], b_eq=np.zeros(len(rows)), bounds=limits, method="highs-ds"
        )
        moves = answer.x[which]
        ends = np.stack([np.minimum(ends[0], moves), np.maximum(ends[1], moves)])
    return np.asarray(ends[1] - ends[0] >= system.wanted[cells] - CLOSE, dtype=bool)


def _measure(
    system: System, matrix: sparse.csr_array, hidden: Ints, part: Floats, cells: Ints
) -> _Room:
    blocks = 2 * len(cells)
    signs = np.tile([1.0, -1.0], len(cells))
    which = np.searchsorted(hidden, np.repeat(cells, 2))
    cost = np.zeros((blocks, len(hidden)))
    cost[np.arange(blocks), which] = -signs
    width = np.repeat(system.wanted[cells], 2).astype(np.float64)
    down = np.minimum.outer(width, np.maximum(system.values - system.floor, 0).astype(np.float64))
    up = np.broadcast_to(width[:, None], down.shape)
    limits = np.stack([-(down * part)[:, hidden].ravel(), (up * part)[:, hidden].ravel()], axis=1)
    rows = np.flatnonzero(np.diff(matrix.indptr))
    answer = linprog(
        cost.ravel(),
        A_eq=sparse.kron(sparse.eye_array(blocks), matrix[rows], format="csr"),
        b_eq=np.zeros(blocks * len(rows)),
        bounds=limits,
        method="highs-ds",
    )
    moves = (answer.x.reshape(cost.shape) * -cost).sum(axis=1)
    duals = np.zeros((blocks, system.matrix.shape[0]))
    duals[:, rows] = answer.eqlin.marginals.reshape(blocks, len(rows))
    left = -(system.matrix.T @ duals.T).T
    left[np.arange(blocks), np.repeat(cells, 2)] -= signs
    left[np.abs(left) < NOISE] = 0.0
    hold = np.maximum(left, 0.0) * down + np.maximum(-left, 0.0) * up
    return _Room(cells, moves.reshape(-1, 2).sum(axis=1), hold.reshape(-1, 2, hold.shape[1]).sum(1))


class _Master:
    """The choice of cells under the inequalities found so far."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.cells = np.flatnonzero(system.wanted > 0)
        self.left: list[Floats] = []
        self.right: list[float] = []
        self.low = system.fixed.astype(np.float64)
        self.high = (system.fixed | system.free).astype(np.float64)
        for row in range(system.matrix.shape[0]):
            self._never_alone(system.matrix[[row], :].indices)

    def _never_alone(self, cells: Ints) -> None:
        """Hide no cell as the only one of a sum: it could be computed."""
        for cell in cells[self.system.free[cells] | (self.system.wanted[cells] > 0)]:
            row = np.zeros(len(self.low))
            row[cells] = 1.0
            row[cell] = -1.0
            self._add(row, 0.0)

    def _add(self, row: Floats, least: float) -> None:
        """Keep row @ y >= least in its sharpest form: fixed cells are 1 and go to the right."""
        sure = self.low > 0
        least -= float(row[sure].sum())
        row = np.where(sure | (self.high == 0), 0.0, row)
        if least > 0:
            row = np.minimum(row, least)
        if (np.minimum(row, 0).sum()) < least:
            self.left.append(row)
            self.right.append(least)

    def at_most(self, price: Floats, most: float) -> None:
        """Allow no choice that costs more."""
        self.left.append(-price)
        self.right.append(-most - CLOSE)

    def approach(self, price: Floats) -> bool:
        """Gather inequalities from choices of parts of cells, which are quickly found."""
        for _ in range(ROUNDS):
            part = self._solve(price, whole=False)
            if part is None:
                return False
            if not self._cut(part):
                return True
        return True

    def settle(self, price: Floats, start: Bools | None = None) -> Bools | None:
        """Find the cheapest choice that is enough; None if there is none or it takes too long."""
        for _ in range(ROUNDS):
            part = self._solve(price, whole=True)
            if part is None:
                return start
            chosen = np.rint(part)
            if not self._cut(chosen):
                return np.asarray(chosen > 0, dtype=bool)
        return start

    def _cut(self, part: Floats) -> bool:
        """Add an inequality for each cell that cannot move enough; False if all can."""
        found = False
        doubtful = self.cells[~_at_a_glance(self.system, part, self.cells)]
        for some in room(self.system, part, doubtful):
            wanted = self.system.wanted[some.cells].astype(np.float64)
            for at in np.flatnonzero(some.widths < wanted - CLOSE):
                self._add(some.hold[at], wanted[at])
                found = True
        return found

    def _solve(self, price: Floats, *, whole: bool) -> Floats | None:
        constraints = []
        if self.left:
            rows = sparse.csr_array(np.array(self.left))
            constraints = [LinearConstraint(rows, np.array(self.right), np.inf)]
        answer = milp(
            price,
            integrality=np.full(len(price), int(whole)),
            bounds=Bounds(self.low, self.high),
            constraints=constraints,
            options={"node_limit": NODES, "mip_rel_gap": 0.0},
        )
        return np.asarray(answer.x) if answer.status == 0 else None


def choose_greedily(system: System) -> Bools:
    """Find a good choice, one sensitive cell after the other, the smallest first.

    Each time the cheapest way in which the cell can move by the width is hidden; what is hidden
    already costs nothing (the network heuristic of Kelly, Golden and Assad 1992 for any sums).

    Args:
        system: all cells and sums.

    Returns:
        All hidden cells. Whether they are enough is for the audit to say.

    """
    hidden = system.fixed.copy()
    cells = np.flatnonzero(system.wanted > 0)
    waiting = cells[np.lexsort((cells, -system.wanted[cells], system.values[cells]))]
    while len(waiting):
        waiting = waiting[~_at_a_glance(system, hidden.astype(np.float64), waiting)]
        for cell in waiting[:MANY]:
            hidden |= _cheapest_way(system, hidden, cell)
        waiting = waiting[MANY:]
    return _without_needless(system, hidden, cells)


def _without_needless(system: System, hidden: Bools, cells: Ints) -> Bools:
    """Show again what was hidden for one cell and is needed no more, the dearest first."""
    more = np.flatnonzero(hidden & system.free)
    if len(more) > LARGEST_TO_TIDY:
        return hidden
    for cell in more[np.lexsort((more, -system.values[more], -prices(system)[more]))]:
        fewer = hidden.copy()
        fewer[cell] = False
        part = fewer.astype(np.float64)
        doubtful = cells[~_at_a_glance(system, part, cells)]
        wanted = system.wanted
        if all(
            (some.widths >= wanted[some.cells] - CLOSE).all()
            for some in room(system, part, doubtful)
        ):
            hidden = fewer
    return hidden


def _cheapest_way(system: System, hidden: Bools, cell: int) -> Bools:
    """Find the cells that must be hidden so that this one can move by its width."""
    where = np.flatnonzero(hidden | system.free)
    matrix = system.matrix[:, where]
    width = float(system.wanted[cell])
    room_down = np.minimum(width, np.maximum(system.values - system.floor, 0)[where])
    share = prices(system) + system.values / (1.0 + system.values.sum())
    cost = np.where(hidden, 0.0, share)[where]
    size = len(where)
    # Four moves of each cell: up and down in the higher table, up and down in the lower one.
    differ = sparse.hstack([matrix, -matrix])
    own = np.zeros(size)
    own[np.searchsorted(where, cell)] = 1.0
    apart = sparse.csr_array(np.concatenate([own, -own, -own, own])[None, :])
    answer = linprog(
        np.tile(cost, 4),
        A_eq=sparse.vstack([sparse.block_diag([differ, differ]), apart], format="csr"),
        b_eq=np.concatenate([np.zeros(2 * matrix.shape[0]), [width]]),
        bounds=np.stack([np.zeros(4 * size), np.tile([*np.full(size, width), *room_down], 2)], 1),
        method="highs-ds",
    )
    way = np.zeros(len(hidden), dtype=bool)
    if answer.x is not None:
        way[where] = (answer.x.reshape(4, size) > CLOSE).any(axis=0)
    return way
