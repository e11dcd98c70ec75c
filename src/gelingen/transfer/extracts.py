"""Some records of one kind as a workbook that can be read in again."""

from collections.abc import Sequence
from pathlib import Path

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.transfer.records import RECORD_SHEETS, snapshot
from gelingen.transfer.sheets import SHEETS
from gelingen.transfer.sheets.foundations import TENANT
from gelingen.workbook.declare import Sheet
from gelingen.workbook.spelling import Names, spell_cells
from gelingen.workbook.template import write_workbook


def extract(actor: Actor, path: Path, *, tenant: Tenant, sheet: Sheet, keys: Sequence[str]) -> int:
    """Write some records with all columns of their sheet; an import of the file changes nothing.

    Args:
        actor: who exports.
        path: the .xlsx file to write.
        tenant: whose records.
        sheet: their kind.
        keys: which of them, in the order of the rows; what does not exist is left out.

    Returns:
        The number of rows written.

    Raises:
        PermissionDenied: the actor may not exchange workbooks in this tenant.

    """
    require(actor, May.EXCHANGE, tenant)
    records = snapshot(tenant)
    # Labels are unmistakable or not among all records, not only among those that are written.
    names = Names(
        RECORD_SHEETS,
        {name: [one.values for one in kept.values()] for name, kept in records.items()},
    )
    found = [records[sheet.name][key].values for key in keys if key in records[sheet.name]]
    lines = {
        TENANT.name: [spell_cells(TENANT, {"key": tenant.key, "name": tenant.name}, names)],
        sheet.name: [spell_cells(sheet, values, names) for values in found],
    }
    write_workbook(path, [one for one in SHEETS if one.name in lines], lines)
    return len(found)
