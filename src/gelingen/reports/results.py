"""What the analyses say about the material, each asked at most once."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from gelingen.analysis.carrying import Losses, PlanRecords, find_losses
from gelingen.analysis.closing import Options, find_options
from gelingen.analysis.continuity import Continuity, find_continuity
from gelingen.analysis.coverage import CoverageResult, coverage
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.isolation import Isolation, find_isolation
from gelingen.analysis.leads import Leads, find_leads
from gelingen.analysis.money import effective_share
from gelingen.analysis.overlaps import Overlaps, find_overlaps
from gelingen.analysis.systematic import Systematic, find_systematic
from gelingen.reports.cells import Cell, cells_of
from gelingen.reports.material import Material
from gelingen.reports.standing import Standing, find_standing
from gelingen.terms.vocabulary import Scenario


@dataclass(frozen=True)
class Results:
    """Answers of the analyses for one paper; every answer is computed when first asked for."""

    material: Material
    _coverage: dict[tuple[date, Scenario], CoverageResult] = field(default_factory=dict)
    _cells: dict[tuple[date, Scenario], list[Cell]] = field(default_factory=dict)
    _standing: dict[date, Standing] = field(default_factory=dict)

    @property
    def inventory(self) -> Inventory:
        """The records as the analyses take them."""
        return self.material.inputs.inventory

    @property
    def served(self) -> Inventory:
        """The records, and what other tenants show: they too meet needs."""
        return self.material.inputs.served

    def coverage(self, on: date, scenario: Scenario = Scenario.SECURED) -> CoverageResult:
        """Find how far the needs are met on a day."""
        if (on, scenario) not in self._coverage:
            last_day = self.material.last_day
            horizon = last_day if on < last_day else None
            self._coverage[on, scenario] = coverage(
                self.served, on=on, scenario=scenario, horizon=horizon
            )
        return self._coverage[on, scenario]

    @property
    def today(self) -> CoverageResult:
        """How far the needs are met on the day of the paper with secured money."""
        return self.coverage(self.material.on)

    @property
    def at_horizon(self) -> CoverageResult:
        """How far the needs are met on the last day of the horizon with secured money."""
        return self.coverage(self.material.last_day)

    @cached_property
    def systematic(self) -> Systematic:
        """Lines along which the same type of gap repeats on the day."""
        return find_systematic(self.today.cells)

    def cells(self, on: date, scenario: Scenario = Scenario.SECURED) -> list[Cell]:
        """Give the cells with a need on a day, the weightiest first."""
        if (on, scenario) not in self._cells:
            self._cells[on, scenario] = cells_of(self.coverage(on, scenario))
        return self._cells[on, scenario]

    def standing(self, day: date) -> Standing:
        """Say on what each structure stands on a day, counting secured money."""
        if day not in self._standing:
            shares = effective_share(
                self.inventory.tranches,
                self.inventory.structures,
                on=day,
                scenario=Scenario.SECURED,
            )
            bands = dict(shares.frame.select("structure", "band").rows())
            self._standing[day] = find_standing(self.material, bands, day)
        return self._standing[day]

    @cached_property
    def leads(self) -> Leads:
        """Cells without exactly one lead."""
        return find_leads(
            self.material.inputs.responsibilities, self.inventory, on=self.material.on
        )

    @cached_property
    def overlaps(self) -> Overlaps:
        """Pairs of structures that do much the same."""
        inputs = self.material.inputs
        return find_overlaps(
            self.served,
            on=self.material.on,
            ties=inputs.ties,
            actors=inputs.actors,
            groups=inputs.group_sizes,
            places=inputs.place_sizes,
        )

    @cached_property
    def isolation(self) -> Isolation:
        """Who works alone, and what holds the network together."""
        inputs = self.material.inputs
        return find_isolation(
            inputs.actors,
            inputs.ties,
            self.inventory,
            on=self.material.on,
            responsibilities=inputs.responsibilities,
            groups=inputs.group_sizes,
            places=inputs.place_sizes,
        )

    @cached_property
    def continuity(self) -> Continuity:
        """What stands, what falls away until the horizon, and the money by year."""
        return find_continuity(self.inventory, on=self.material.on, ends=self.material.horizon)

    @cached_property
    def options(self) -> Options:
        """What could close the gaps of the day."""
        return find_options(self.served, self.today, self.material.inputs.responsibilities)

    @cached_property
    def losses(self) -> Losses:
        """What measures lose of what carries them, until the horizon."""
        inputs = self.material.inputs
        records = PlanRecords(
            measures=inputs.measures,
            structures=inputs.measure_structures,
            responsibilities=inputs.responsibilities,
        )
        return find_losses(
            records, self.inventory, on=self.material.on, horizon=self.material.last_day
        )
