"""From records to a workbook of the same shape."""

from pathlib import Path

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.transfer.records import RECORD_SHEETS, snapshot
from gelingen.transfer.sheets import SHEETS
from gelingen.transfer.sheets.foundations import TENANT
from gelingen.workbook import write_book


def export(actor: Actor, path: Path, *, tenant: Tenant) -> int:
    """Write all records of a tenant as a workbook, or as a folder of CSV files.

    Args:
        actor: who exports.
        path: "….xlsx", or a folder for CSV files.
        tenant: whose records.

    Returns:
        The number of rows written.

    Raises:
        PermissionDenied: the actor may not exchange workbooks in this tenant.

    """
    require(actor, May.EXCHANGE, tenant)
    records = snapshot(tenant)
    rows: dict[str, list[dict[str, object]]] = {
        TENANT.name: [{"key": tenant.key, "name": tenant.name}]
    }
    for sheet in RECORD_SHEETS:
        rows[sheet.name] = [stored.values for stored in records[sheet.name].values()]
    write_book(path, SHEETS, rows)
    return sum(map(len, rows.values()))
