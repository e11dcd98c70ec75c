"""Tables of an edition as files: CSV after RFC 4180, JSON.

CSV has a comma between values and a line with names at its head, is UTF-8 without a mark at its
beginning and ends lines with CR LF. Lists of texts stand in one value with a vertical bar between
them; lists of rows are tables of their own. A text that a spreadsheet would run as a formula has an
apostrophe before it.
"""

import csv
from io import StringIO
from typing import Any

from gelingen.opendata.columns import Column, Kind, Table
from gelingen.opendata.edition import LICENSE_URL, Open, written
from gelingen.workbook.export import neutralised

CSV_TYPE = "text/csv; charset=utf-8; header=present"
JSON_TYPE = "application/json; charset=utf-8"
BETWEEN = " | "
_YES, _NO = "ja", "nein"


def csv_file(of: Open, table: Table) -> bytes:
    """Write a table as CSV."""
    columns = [one for one in table.columns if one.kind is not Kind.ROWS]
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(one.name for one in columns)
    for row in of.rows(table):
        writer.writerow(_cell(row[one.name]) for one in columns)
    return text.getvalue().encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, list):
        return neutralised(BETWEEN.join(str(one) for one in value))
    return neutralised(value) if isinstance(value, str) else str(value)


def json_file(of: Open, table: Table) -> bytes:
    """Write a table as JSON, with what it is and what its columns mean."""
    return written(
        {
            "table": table.name,
            "title": table.title,
            "edition": of.number,
            "day": of.on.isoformat(),
            "released": of.released.isoformat(),
            "publisher": of.publisher,
            "license": LICENSE_URL,
            "attribution": of.attribution,
            "columns": {one.name: described(one) for one in table.columns},
            "rows": of.rows(table),
        }
    )


def described(column: Column) -> dict[str, Any]:
    """Say what a column means, with the words for its codes."""
    found: dict[str, Any] = {"meaning": column.meaning, "kind": column.kind.value}
    if column.words:
        found["words"] = dict(column.words.choices())
    if column.points:
        found["points_to"] = column.points
    if column.parts:
        found["columns"] = {one.name: described(one) for one in column.parts}
    return found
