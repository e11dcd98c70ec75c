"""What is open of a tenant: a released edition, and where it stands on the web."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gelingen.access.models import Tenant
from gelingen.editions.published import Published
from gelingen.opendata.columns import Row, Table, rows_of

LICENSE = "Datenlizenz Deutschland – Namensnennung – Version 2.0"
LICENSE_SHORT = "dl-de/by-2-0"
LICENSE_URL = "https://www.govdata.de/dl-de/by-2-0"


@dataclass(frozen=True, slots=True)
class Open:
    """A released edition as open data.

    Attributes:
        key: official key of the tenant.
        publisher: its name.
        number: of the edition.
        title: of the edition.
        on: day for which its data hold.
        released: day on which it was released.
        resolution: who decided on it, in words; "" if nobody says.
        tables: rows by name of the table.
        root: whole address of the tenant's public site, with a slash at its end.

    """

    key: str
    publisher: str
    number: int
    title: str
    on: date
    released: date
    resolution: str
    tables: Mapping[str, Sequence[Row]]
    root: str

    def rows(self, table: Table) -> list[dict[str, Any]]:
        """Give the rows of a table, described columns alone."""
        return rows_of(table, self.tables)

    @property
    def attribution(self) -> str:
        """How whoever uses the data names where they come from, as the licence asks."""
        return f"{self.publisher}: {self.title}, {self.number}. Ausgabe, {LICENSE_SHORT}"

    @property
    def mark(self) -> str:
        """What tells this edition from any other: what is frozen with it needs not be read."""
        told = (
            self.key, self.publisher, self.number, self.title, self.on, self.released,
            self.resolution, self.root,
        )  # fmt: skip
        return "\n".join(map(str, told))

    def address(self, path: str) -> str:
        """Give the whole address of a page of the site from its path below the root."""
        return self.root + path


def open_edition(tenant: Tenant, found: Published, *, root: str) -> Open:
    """Read what is open from a released edition.

    Args:
        tenant: whose.
        found: the edition.
        root: whole address of the tenant's public site, with a slash at its end.

    """
    edition = found.edition
    return Open(
        key=tenant.pk,
        publisher=tenant.name,
        number=edition.number or 0,
        title=edition.title,
        on=edition.on,
        released=edition.released_on or edition.on,
        resolution=edition.resolution,
        tables=found.tables,
        root=root,
    )


def written(content: object) -> bytes:
    """Write JSON as UTF-8, the same for the same content whatever the order of its keys was."""
    return json.dumps(content, ensure_ascii=False, indent=1).encode()
