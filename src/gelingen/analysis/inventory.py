"""The records an analysis of coverage needs, held together."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from gelingen.analysis.schema import (
    GroupLinks,
    Inquiries,
    Needs,
    Reach,
    Structures,
    TopicTree,
    Tranches,
    TravelTimes,
)
from gelingen.analysis.tables import Table


@dataclass(frozen=True)
class Inventory:
    """Bestand und Bedarf: what there is, who pays for it, what is needed, what was asked.

    Attributes:
        structures: n rows, `structure` unique.
        reach: what each structure serves; a structure without a row serves nothing.
        tranches: money of structures.
        needs: m rows, `need` unique.
        inquiries: where somebody asked about supply.
        groups: target groups that share persons.
        topics: the tree of topics; a topic missing from it stands alone.
        travel: minutes from places to structures; a pair that is missing is not known to be far.
        kept: what was worked out about these records and holds on every day, by what was asked.

    """

    structures: Structures = field(default_factory=Structures.empty)
    reach: Reach = field(default_factory=Reach.empty)
    tranches: Tranches = field(default_factory=Tranches.empty)
    needs: Needs = field(default_factory=Needs.empty)
    inquiries: Inquiries = field(default_factory=Inquiries.empty)
    groups: GroupLinks = field(default_factory=GroupLinks.empty)
    topics: TopicTree = field(default_factory=TopicTree.empty)
    travel: TravelTimes = field(default_factory=TravelTimes.empty)
    kept: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def tables(self) -> Mapping[str, Table]:
        """Give the tables by name."""
        return {part.name: getattr(self, part.name) for part in fields(self) if part.init}
