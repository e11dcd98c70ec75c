"""A file sniffed and read as whichever table of statistics it is."""

from pathlib import Path
from tempfile import TemporaryDirectory

from gelingen.official.flat import is_flat, read_flat
from gelingen.official.genesis import is_genesis, read_genesis
from gelingen.official.lists import list_layout, read_list
from gelingen.official.table import OfficialTable, Shape
from gelingen.workbook.archives import unpack_lists
from gelingen.workbook.files import Grid, read_grids
from gelingen.workbook.guard import UnreadableFileError

__all__ = ["read_official"]

_MOST = 200_000  # figures; a county needs hundreds


def read_official(path: Path) -> OfficialTable:
    """Read a table of official statistics, or a long or wide list of figures.

    Args:
        path: CSV, XLSX or ODS file, or an archive of CSV files as GENESIS hands it out.

    Returns:
        All figures with the place where each stands, and what was left out.

    Raises:
        UnreadableFileError: the file is broken, encrypted, too large or hostile, or it is none of
            these tables. The message is German.

    """
    with TemporaryDirectory() as folder:
        lists = Path(folder) / "listen"
        packed = unpack_lists(path, lists)
        grids = read_grids(lists if packed else path)
    read = [(grid.title, _read(grid)) for grid in grids if grid.visible]
    tables = [table for _, table in read if table is not None]
    if packed and len(tables) > 1:
        names = ", ".join(f"„{title}“" for title, table in read if table is not None)
        raise UnreadableFileError(
            f"In {path.name} liegen mehrere Tabellen: {names}. Jede hat ihre eigene Quelle; bitte "
            "auspacken und nacheinander einlesen."
        )
    if not tables:
        raise UnreadableFileError(
            f"{path.name} ist keine Tabelle, die hier verstanden wird: eine Tabelle aus GENESIS, "
            "der Regionaldatenbank, dem Zensus 2022 oder INKAR, oder eine eigene Liste mit einer "
            "Kopfzeile, in der das Gebiet, das Jahr und der Wert stehen."
        )
    table = _together(tables)
    if not table.observations and not table.skipped:
        raise UnreadableFileError(f"In {path.name} steht kein einziger Wert.")
    if len(table.observations) > _MOST:
        raise UnreadableFileError(
            f"{path.name} hat mehr als {_MOST} Werte. Bitte beim Herunterladen auf die eigenen "
            "Gebiete und die gebrauchten Merkmale einschränken."
        )
    return table


def _read(grid: Grid) -> OfficialTable | None:
    if is_genesis(grid):
        return read_genesis(grid)
    if is_flat(grid):
        return read_flat(grid)
    layout = list_layout(grid)
    return read_list(grid, layout) if layout else None


def _together(tables: list[OfficialTable]) -> OfficialTable:
    """Take the sheets of one file as one table; sheets of another form than the first are left out.

    A workbook of the Zensus repeats its values on sheets for people; those with keys count.
    """
    best = min(tables, key=lambda one: list(Shape).index(one.shape))
    same = [one for one in tables if one.shape is best.shape]
    return OfficialTable(
        best.shape,
        best.name,
        best.source,
        best.as_of,
        tuple(one for table in same for one in table.observations),
        tuple(one for table in same for one in table.skipped),
    )
