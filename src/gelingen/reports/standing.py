"""What of the inventory stands on a day, and on what it stands."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from gelingen.reports.material import Material, holds
from gelingen.terms.vocabulary import EndKind, Permanence

if TYPE_CHECKING:
    from gelingen.register.models import Structure


class Ground(StrEnum):
    """On what a structure stands on a day."""

    PAID = "bewilligtes Geld"
    DUTY = "Regelaufgabe"
    VOLUNTEER = "ehrenamtlich"
    UNCLEAR = "Finanzierung nicht bekannt"
    OPEN_END = "Ende nicht bekannt"
    UNPAID = "kein gesichertes Geld"
    NOT_THERE = "besteht nicht"


SURE = (Ground.PAID, Ground.DUTY, Ground.VOLUNTEER)
NOT_SURE = (Ground.UNCLEAR, Ground.OPEN_END)
_BANDS = {
    "secured": Ground.PAID,
    "standing": Ground.DUTY,
    "volunteer": Ground.VOLUNTEER,
    "unknown": Ground.UNCLEAR,
    "none": Ground.UNPAID,
}


@dataclass(frozen=True)
class Standing:
    """The inventory on one day.

    Attributes:
        day: the day.
        grounds: on what each structure stands, by key.

    """

    day: date
    grounds: Mapping[str, Ground]

    def keys(self, *grounds: Ground) -> tuple[str, ...]:
        """Keys of the structures that stand on one of these grounds, ordered."""
        return tuple(sorted(key for key, ground in self.grounds.items() if ground in grounds))

    @property
    def there(self) -> tuple[str, ...]:
        """Keys of the structures that exist, whatever they stand on, ordered."""
        return self.keys(*SURE, *NOT_SURE, Ground.UNPAID)

    def counts(self) -> Counter[Ground]:
        """How many structures stand on each ground."""
        return Counter(self.grounds.values())


def find_standing(material: Material, bands: Mapping[str, str], day: date) -> Standing:
    """Say of each structure whether and on what it stands on a day.

    A day after that of the paper asks more: what has no known end may be gone by then, unless it is
    a standing task or said to be unlimited.

    Args:
        material: the records.
        bands: what carries each structure on the day, a value of `FundingShares.band` by key.
        day: the day asked about.

    """
    later = day > material.on
    return Standing(
        day,
        {
            structure.key: _ground(material, structure, bands[structure.key], day, later=later)
            for structure in material.structures
        },
    )


def _ground(
    material: Material, structure: "Structure", band: str, day: date, *, later: bool
) -> Ground:
    if not holds(structure.starts, structure.ends, day):
        return Ground.NOT_THERE
    ground = _BANDS[band]
    if later and ground in SURE and not _end_known(material, structure, day):
        return Ground.OPEN_END
    return ground


def _end_known(material: Material, structure: "Structure", day: date) -> bool:
    """Tell whether the records say that a structure still stands on a later day."""
    if structure.ends or structure.permanence == Permanence.STANDING:
        return True
    if structure.ends_kind != EndKind.UNKNOWN:
        return True
    paying = [
        funding
        for funding in material.fundings_of.get(structure.key, [])
        if holds(funding.starts, funding.ends, day)
    ]
    return any(funding.ends or funding.ends_kind != EndKind.UNKNOWN for funding in paying)
