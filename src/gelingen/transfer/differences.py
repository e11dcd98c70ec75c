"""What an import would change, spelled as the workbook spells it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from gelingen.transfer.records import RECORD_SHEETS, Stored
from gelingen.workbook.declare import Row, Sheet
from gelingen.workbook.folding import fold
from gelingen.workbook.spelling import Names, spell_cells
from gelingen.workbook.template import as_text

Difference = tuple[str, str, str]


def names_of(
    stored: Mapping[str, Mapping[str, Stored]],
    rows: Mapping[str, Sequence[tuple[Row, Mapping[str, object]]]],
) -> Names:
    """Find out how people name the records, stored ones and those of a file together."""
    labels: dict[str, list[dict[str, object]]] = {}
    for sheet in RECORD_SHEETS:
        found: dict[str, object] = {}
        if sheet.label:
            found = {key: known.values[sheet.label] for key, known in stored[sheet.name].items()}
            found |= {
                row.key: values[sheet.label]
                for row, values in rows.get(sheet.name, ())
                if values.get(sheet.label)
            }
        labels[sheet.name] = [{"key": key, sheet.label: label} for key, label in found.items()]
    return _Read(RECORD_SHEETS, labels)


class _Read(Names):
    """Names for people to read: always the label; one that several have stands with its key."""

    def __init__(
        self, sheets: Sequence[Sheet], rows: Mapping[str, Sequence[dict[str, object]]]
    ) -> None:
        super().__init__(sheets, rows)
        self._labels = {
            sheet.name: {str(row["key"]): str(row[sheet.label]) for row in rows[sheet.name]}
            for sheet in sheets
            if sheet.label
        }
        self._often = {
            name: Counter(fold(label) for label in labels.values())
            for name, labels in self._labels.items()
        }

    def of(self, sheet: str, key: object) -> str:
        """Name a row of a sheet; its key where no label is known."""
        label = self._labels.get(sheet, {}).get(str(key), "")
        if not label:
            return str(key)
        return label if self._often[sheet][fold(label)] == 1 else f"{label} ({key})"


def spelled_differences(
    sheet: Sheet, before: Mapping[str, object], after: Mapping[str, object], names: Names
) -> list[Difference]:
    """Spell the cells in which two states of a record differ, in the order of the columns.

    Args:
        sheet: the sheet of the record.
        before: all its values as they are stored.
        after: all its values as they would be.
        names: how records are named.

    Returns:
        Head of the column, cell before, cell after; "" is an empty cell.

    """
    return [
        (column.head, as_text(old), as_text(new))
        for column, old, new in zip(
            sheet.columns,
            spell_cells(sheet, before, names),
            spell_cells(sheet, after, names),
            strict=True,
        )
        if any(before[name] != after[name] for name in column.fields)
    ]


def spelled_fields(sheet: Sheet, values: Mapping[str, object], fields: Iterable[str]) -> str:
    """Spell the columns that hold some fields: "Beginn: 01.01.2019, Ende: leer"."""
    wanted = set(fields)
    cells = spell_cells(sheet, values, Names((), {}))
    return ", ".join(
        f"{column.head}: {as_text(cell) or 'leer'}"
        for column, cell in zip(sheet.columns, cells, strict=True)
        if wanted & set(column.fields)
    )
