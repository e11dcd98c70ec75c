"""Released editions, as everybody may read them: nothing in them says who has seen it here.

published(tenant, number=None) -> Published | None
released(tenant) -> [Edition]
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gelingen.access.models import Tenant
from gelingen.editions.models import Edition, EditionFile
from gelingen.terms.editions import EditionState, EditionTableName

Row = Mapping[str, Any]


class FrozenTables(Mapping[str, tuple[Row, ...]]):
    """The tables of a released edition by name; each is read when it is asked for. One query each.

    The values of indicators are many: a page of measures does not wait for them.
    """

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._read: dict[str, tuple[Row, ...]] = {}

    def __getitem__(self, name: str) -> tuple[Row, ...]:
        """Give the rows of a table; none of one that is empty.

        Raises:
            KeyError: editions have no such table.

        """
        if name not in self._read:
            if name not in set(EditionTableName):
                raise KeyError(name)
            found = self._edition.tables.filter(name=name).values_list("rows", flat=True)
            self._read[name] = tuple(row for rows in found for row in rows)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        """Give the names of all tables in their order."""
        return (one.value for one in EditionTableName)

    def __len__(self) -> int:
        """Give how many tables an edition has."""
        return len(EditionTableName)


@dataclass(frozen=True)
class Published:
    """A released edition with all that was frozen with it.

    Attributes:
        edition: number, title, day, resolution; its previous one is read with it.

    """

    edition: Edition

    @cached_property
    def tables(self) -> FrozenTables:
        """Rows by name of the table, see `editions.tables`; a table without rows is there too."""
        return FrozenTables(self.edition)

    @cached_property
    def files(self) -> tuple[EditionFile, ...]:
        """Documents by kind and name. One query."""
        return tuple(self.edition.files.select_related("attachment").order_by("kind", "name"))


def published(tenant: Tenant, number: int | None = None) -> Published | None:
    """Give a released edition, without a number the newest; None if there is none. One query.

    What is withdrawn is not given.
    """
    found = _released(tenant)
    if number is not None:
        found = found.filter(number=number)
    edition = found.select_related("previous", "plan").first()
    return None if edition is None else Published(edition)


def released(tenant: Tenant) -> list[Edition]:
    """List the released editions, the newest first; those that are withdrawn are left out."""
    return list(_released(tenant).select_related("previous"))


def _released(tenant: Tenant) -> Any:  # noqa: ANN401  a queryset of the recorded models
    found = Edition.objects.filter(tenant=tenant, state=EditionState.RELEASED)
    return found.order_by("-number")
