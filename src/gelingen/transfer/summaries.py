"""What an import would do, written beside the file so that pages can leaf through it.

A preview of 20,000 rows takes seconds to make; a page of it takes one small read.
"""

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import Any

from gelingen.transfer.differences import Difference, names_of, spelled_differences
from gelingen.transfer.imports import Preview, SheetChange
from gelingen.workbook.declare import Problem, Row
from gelingen.workbook.spelling import Names, spell_cells
from gelingen.workbook.template import as_text

NEW, CHANGED, MISSING = "neu", "geaendert", "fehlt"
_HEAD, _PROBLEMS = "vorschau.json", "stellen.jsonl"
_LINE = "\n"


@dataclass(frozen=True, slots=True)
class SheetCounts:
    """Numbers of records of one sheet by what an import would do to them."""

    name: str
    title: str
    new: int
    changed: int
    untouched: int
    missing: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What an import would do, in numbers.

    Attributes:
        digest: changes with everything that the preview says.
        at: when it was made.
        tenant: name of the tenant as the file has it.
        name_before: its stored name.
        sheets: the sheets of the file that hold or miss records, in order.
        serious: number of mistakes; with one, nothing is imported.
        hints: number of hints.

    """

    digest: str
    at: datetime
    tenant: str
    name_before: str
    sheets: tuple[SheetCounts, ...]
    serious: int
    hints: int

    @property
    def new(self) -> int:
        """Number of records that would be new."""
        return sum(sheet.new for sheet in self.sheets)

    @property
    def changed(self) -> int:
        """Number of records that would change."""
        return sum(sheet.changed for sheet in self.sheets)

    @property
    def empty(self) -> bool:
        """Whether the import would change nothing."""
        return self.tenant == self.name_before and not self.new and not self.changed


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What an import would do to one record; for a missing one there are no differences."""

    key: str
    label: str
    differences: tuple[Difference, ...]


def keep_summary(preview: Preview, folder: Path, *, at: datetime) -> Summary:
    """Write what an import would do into a folder; another preview there is replaced.

    Args:
        preview: what it would do.
        folder: the folder of the file.
        at: when the preview was made.

    """
    names = _names(preview)
    parts = {
        f"{part.sheet.name}.{effect}.jsonl": list(lines)
        for part in preview.sheets
        for effect, lines in _lines(part, preview, names).items()
    }
    # What stops the import comes first.
    problems = sorted(preview.book.problems, key=lambda problem: not problem.serious)
    parts[_PROBLEMS] = [_written(asdict(problem)) for problem in problems]
    serious = sum(problem.serious for problem in preview.book.problems)
    counts = [_counts(part) for part in preview.sheets]
    told = _written([asdict(one) for one in counts] + [preview.tenant.name, preview.name_before])
    digest = sha256()
    for text in chain([told], *parts.values()):
        digest.update(text.encode())
    summary = Summary(
        digest.hexdigest(),
        at,
        preview.tenant.name,
        preview.name_before,
        tuple(one for one in counts if one.new or one.changed or one.untouched or one.missing),
        serious,
        len(preview.book.problems) - serious,
    )
    parts[_HEAD] = [_written(asdict(summary) | {"at": at.isoformat()})]
    _put(folder / summary.digest, parts)
    return summary


def _put(folder: Path, parts: dict[str, list[str]]) -> None:
    draft = folder.with_suffix(".neu")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    draft.mkdir(parents=True)
    for name, lines in parts.items():
        (draft / name).write_text(_LINE.join(lines), encoding="utf-8")
    draft.replace(folder)


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _counts(part: SheetChange) -> SheetCounts:
    return SheetCounts(
        part.sheet.name,
        part.sheet.title,
        len(part.new),
        len(part.changed),
        part.untouched,
        len(part.missing),
    )


def _names(preview: Preview) -> Names:
    """Find out how people name the records of the file and the stored ones."""
    rows: dict[str, Sequence[tuple[Row, dict[str, object]]]] = {
        part.sheet.name: [
            (Row(0, key, {}), dict(values))
            for key, values in (*part.new.items(), *part.changed.items())
        ]
        for part in preview.sheets
    }
    return names_of(preview.stored, rows)


def _lines(part: SheetChange, preview: Preview, names: Names) -> dict[str, Iterator[str]]:
    stored = preview.stored[part.sheet.name]

    def line(key: str, differences: Sequence[Difference]) -> str:
        return _written([key, part.labels[key], differences])

    def cells(key: str) -> list[Difference]:
        spelled = spell_cells(part.sheet, part.new[key], names)
        pairs = zip(part.sheet.columns, spelled, strict=True)
        return [(column.head, "", as_text(cell)) for column, cell in pairs if cell != ""]

    return {
        NEW: (line(key, cells(key)) for key in part.new),
        CHANGED: (
            line(
                key,
                spelled_differences(
                    part.sheet,
                    stored[key].values,
                    {**stored[key].values, **part.changed[key]},
                    names,
                ),
            )
            for key in part.changed
        ),
        MISSING: (line(key, ()) for key in part.missing),
    }


def read_summary(folder: Path, digest: str) -> Summary | None:
    """Read the numbers of a preview; None if it is no longer there."""
    path = folder / digest / _HEAD
    if not digest or not path.exists():
        return None
    told = json.loads(path.read_text(encoding="utf-8"))
    told["at"] = datetime.fromisoformat(told["at"])
    told["sheets"] = tuple(SheetCounts(**one) for one in told["sheets"])
    return Summary(**told)


def read_records(  # noqa: PLR0913 - a place and a piece of it
    folder: Path, digest: str, sheet: str, effect: str, *, start: int, most: int
) -> list[RecordChange]:
    """Read a piece of the records of a sheet to which an import would do the same.

    Args:
        folder: the folder of the file.
        digest: of the preview.
        sheet: name of the sheet.
        effect: NEW, CHANGED or MISSING.
        start: how many are left out.
        most: how many are read.

    Returns:
        Records in the order of the file, missing ones by key.

    """
    return [
        RecordChange(key, label, tuple((head, old, new) for head, old, new in differences))
        for key, label, differences in _piece(
            folder / digest / f"{sheet}.{effect}.jsonl", start, most
        )
    ]


def read_problems(folder: Path, digest: str, *, start: int = 0, most: int) -> list[Problem]:
    """Read a piece of the problems of a file: mistakes, then hints, by sheet and line."""
    return [Problem(**told) for told in _piece(folder / digest / _PROBLEMS, start, most)]


def _piece(path: Path, start: int, most: int) -> Iterator[Any]:
    with path.open(encoding="utf-8") as lines:
        for line in islice(lines, start, start + most):
            yield json.loads(line)
