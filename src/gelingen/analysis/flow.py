"""A two-sided network whose flow is kept while the demand asked for moves up and down.

Maximum flow by shortest augmenting layers (Dinitz 1970).
"""

from collections.abc import Collection, Sequence

# Of the demand in question: a difference below it is rounding.
EXACT = 1e-14


class Network:
    """Units with supplies, cells with demands, and the flow between them.

    Asking for another share of the demands starts from the flow of the last question, so a series
    of questions costs little more than the first.
    """

    def __init__(
        self,
        supplies: Sequence[float],
        demands: Sequence[float],
        units: Sequence[int],
        cells: Sequence[int],
    ) -> None:
        """Link unit units[i] to cell cells[i]; all demands and supplies are above 0."""
        self.supplies = supplies
        self.demands = demands
        self.unit, self.cell = units, cells
        self.slack = list(supplies)
        self.flow = [0.0] * len(units)
        self.of_cell: list[list[int]] = [[] for _ in demands]
        self.of_unit: list[list[int]] = [[] for _ in supplies]
        for link, (unit, cell) in enumerate(zip(units, cells, strict=True)):
            self.of_cell[cell].append(link)
            self.of_unit[unit].append(link)

    def units_of(self, cell: int) -> list[int]:
        """List the units that may serve a cell."""
        return [self.unit[link] for link in self.of_cell[cell]]

    def given(self, unit: int) -> float:
        """Tell how much a unit gives."""
        return self.supplies[unit] - self.slack[unit]

    def close(self, cells: Collection[int]) -> None:
        """Reserve the units of these cells for them: nobody else may use them any more."""
        units = {unit for cell in cells for unit in self.units_of(cell)}
        outside = set()
        for unit in units:
            for link in self.of_unit[unit]:
                if self.cell[link] not in cells:
                    outside.add(self.cell[link])
                    self.slack[unit] += self.flow[link]
                    self.flow[link] = 0.0
            self.of_unit[unit] = [e for e in self.of_unit[unit] if self.cell[e] in cells]
        for cell in outside:
            self.of_cell[cell] = [e for e in self.of_cell[cell] if self.unit[e] not in units]

    def push(self, cells: Sequence[int], ratio: float) -> set[int]:
        """Serve this share of the demands of cells that share no unit with cells outside.

        Returns the cells that cannot all be served: together they ask for more than all their
        units have. Empty means that everybody gets the share.
        """
        enough = EXACT * sum(self.demands[cell] for cell in cells)
        missing = {cell: self._settle(cell, ratio * self.demands[cell]) for cell in cells}
        while True:
            short = [cell for cell in cells if missing[cell] > enough]
            layers = _Layers(self, short, enough)
            if not layers.lead_to_slack:
                return set(layers.depth)
            for cell in short:
                while missing[cell] > enough and (path := layers.path(cell)):
                    missing[cell] -= self._move(path, missing[cell])

    def _settle(self, cell: int, wanted: float) -> float:
        """Give back what is too much, take what is free; returns what is still missing."""
        links = self.of_cell[cell]
        held = sum(self.flow[link] for link in links)
        if held > wanted:
            for link in links:
                back = self.flow[link] * (1.0 - wanted / held)
                self.flow[link] -= back
                self.slack[self.unit[link]] += back
            return 0.0
        for link in links:
            take = min(wanted - held, self.slack[self.unit[link]])
            if take > 0:
                self.flow[link] += take
                self.slack[self.unit[link]] -= take
                held += take
        return wanted - held

    def _move(self, path: Sequence[int], limit: float) -> float:
        """Move flow along links: taken, given back, taken, …, the last from a unit with slack."""
        last = self.unit[path[-1]]
        amount = min(limit, self.slack[last], *(self.flow[link] for link in path[1::2]))
        for link in path[::2]:
            self.flow[link] += amount
        for link in path[1::2]:
            self.flow[link] -= amount
        self.slack[last] -= amount
        return amount


class _Layers:
    """Cells and units by distance from the cells in want, up to the nearest slack."""

    def __init__(self, network: Network, short: Sequence[int], enough: float) -> None:
        self._net, self._enough = network, enough
        self.depth = dict.fromkeys(short, 0)
        self._unit_depth: dict[int, int] = {}
        self._at_cell: dict[int, int] = {}
        self._at_unit: dict[int, int] = {}
        self.lead_to_slack = False
        front = list(short)
        while front and not self.lead_to_slack:
            front = self._grow(front)

    def _grow(self, front: Sequence[int]) -> list[int]:
        """Add the next units and, unless one of them has slack, the cells they serve."""
        net, depth, unit_depth, enough = self._net, self.depth, self._unit_depth, self._enough
        level = depth[front[0]]
        fresh = []
        for cell in front:
            for link in net.of_cell[cell]:
                unit = net.unit[link]
                if unit not in unit_depth:
                    unit_depth[unit] = level
                    fresh.append(unit)
        if any(net.slack[unit] > enough for unit in fresh):
            self.lead_to_slack = True
            return []
        found = []
        for unit in fresh:
            for link in net.of_unit[unit]:
                cell = net.cell[link]
                if cell not in depth and net.flow[link] > enough:
                    depth[cell] = level + 1
                    found.append(cell)
        return found

    def path(self, start: int) -> list[int]:
        """Find a shortest path of links from a cell in want to slack; empty if none is left."""
        net, path, cell = self._net, list[int](), start
        while True:
            link = self._link_onward(cell)
            if link is not None:
                path.append(link)
                unit = net.unit[link]
                if net.slack[unit] > self._enough:
                    return path
                path.append(net.of_unit[unit][self._at_unit[unit]])
                cell = net.cell[path[-1]]
            elif path:
                self._at_unit[net.unit[path.pop()]] += 1
                cell = net.cell[path.pop()]
            else:
                return []

    def _link_onward(self, cell: int) -> int | None:
        """Find the first link of a cell, from where we stopped, that still leads somewhere."""
        net, links, level = self._net, self._net.of_cell[cell], self.depth[cell]
        for position in range(self._at_cell.get(cell, 0), len(links)):
            unit = net.unit[links[position]]
            if self._unit_depth.get(unit) == level and (
                net.slack[unit] > self._enough or self._can_give_back(unit, level + 1)
            ):
                self._at_cell[cell] = position
                return links[position]
        self._at_cell[cell] = len(links)
        return None

    def _can_give_back(self, unit: int, level: int) -> bool:
        """Move to the first link of a unit whose flow can be taken from a cell of that layer."""
        net, links = self._net, self._net.of_unit[unit]
        for position in range(self._at_unit.get(unit, 0), len(links)):
            link = links[position]
            if net.flow[link] > self._enough and self.depth.get(net.cell[link]) == level:
                self._at_unit[unit] = position
                return True
        self._at_unit[unit] = len(links)
        return False
