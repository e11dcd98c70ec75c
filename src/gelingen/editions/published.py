"""Released editions, as everybody may read them: nothing in them says who has seen it here.

published(tenant, number=None) -> Published | None
released(tenant) -> [Edition]
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gelingen.access.models import Tenant
from gelingen.editions.models import Edition, EditionFile
from gelingen.terms.editions import EditionState, EditionTableName

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Published:
    """A released edition with all that was frozen with it.

    Attributes:
        edition: number, title, day, resolution; its previous one is read with it.
        tables: rows by name of the table, see `editions.tables`; a table without rows is there too.
        files: documents by kind and name.

    """

    edition: Edition
    tables: Mapping[str, tuple[Row, ...]]
    files: tuple[EditionFile, ...]


def published(tenant: Tenant, number: int | None = None) -> Published | None:
    """Give a released edition, without a number the newest; None if there is none. Three queries.

    What is withdrawn is not given.
    """
    found = _released(tenant)
    if number is not None:
        found = found.filter(number=number)
    edition = found.select_related("previous", "plan").first()
    if edition is None:
        return None
    rows = {one.name: tuple(one.rows) for one in edition.tables.all()}
    files = edition.files.select_related("attachment").order_by("kind", "name")
    tables = {one.value: rows.get(one.value, ()) for one in EditionTableName}
    return Published(edition, tables, tuple(files))


def released(tenant: Tenant) -> list[Edition]:
    """List the released editions, the newest first; those that are withdrawn are left out."""
    return list(_released(tenant).select_related("previous"))


def _released(tenant: Tenant) -> Any:  # noqa: ANN401  a queryset of the recorded models
    found = Edition.objects.filter(tenant=tenant, state=EditionState.RELEASED)
    return found.order_by("-number")
