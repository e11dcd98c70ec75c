"""Tables from files (CSV, Parquet) and to CSV."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import polars as pl

from gelingen.analysis.tables import FIRST_LINE, Table, TableError
from gelingen.errors import UserError

__all__ = ["FileError", "read_table", "write_csv"]

T = TypeVar("T", bound=Table)
LARGEST = 500_000_000  # bytes; reading takes several times as much memory
LARGEST_QUOTED = 100_000_000  # bytes of a CSV that has to be read value by value
# A number like 1.234 means one thing in German and another in English.
AMBIGUOUS = r"^[+-]?\d{1,3}(\.\d{3})+$"


class FileError(UserError):
    """A file cannot be read as the table it should hold."""


def read_table(kind: type[T], path: Path) -> T:
    """Read a declared table from CSV or Parquet.

    CSV: UTF-8 or cp1252, comma or semicolon, heads as declared in any order, dates ISO or German,
    decimal point or comma, empty means nothing. Instead of `ends`, the first day after a period,
    a file may have `bis`, its last day. Further columns are left out.

    Raises:
        FileError: German, with file, line and what would be right.

    """
    try:
        if path.stat().st_size > LARGEST:
            raise FileError(f"{path}: Die Datei ist größer als 500 MB. Teilen Sie sie bitte auf.")
        frame, lines = _parquet(path) if path.suffix == ".parquet" else _csv(kind, path)
    except OSError as error:
        raise FileError(
            f"{path}: Die Datei lässt sich nicht öffnen. Prüfen Sie bitte Ort, Namen und Rechte."
        ) from error
    try:
        table = kind(_with_last_days(kind, frame))
        _check(table)
    except TableError as error:
        raise FileError(_sentence(path, error, lines)) from error
    return table


def write_csv(table: Table) -> str:
    """Write a table as CSV with heads, comma, ISO dates, decimal point."""
    return table.frame.write_csv()


def _parquet(path: Path) -> tuple[pl.DataFrame, None]:
    try:
        return pl.read_parquet(path), None
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise FileError(
            f"{path}: Das ist keine lesbare Parquet-Datei. Speichern Sie sie bitte neu "
            "oder nehmen Sie CSV."
        ) from error


def _csv(kind: type[Table], path: Path) -> tuple[pl.DataFrame, Sequence[int]]:
    """Read text and the line of each row; lines without content are passed over."""
    text = _text(path)
    head = text.split("\n", maxsplit=1)[0]
    mark = ";" if head.count(";") > head.count(",") else ","
    numbers = {name for name, column in kind.columns.items() if column.dtype.is_numeric()}
    german = numbers if mark == ";" else set()
    if (frame := _plain(text, mark, german)) is not None:
        return frame, range(FIRST_LINE, FIRST_LINE + frame.height)
    if len(text) > LARGEST_QUOTED:
        raise FileError(
            f"{path}: Für eine CSV-Datei mit Anführungszeichen, leeren oder fehlerhaften Zeilen "
            "ist das zu viel. Teilen Sie sie bitte auf oder nehmen Sie Parquet."
        )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    line = 1
    try:
        for row in reader:
            if any(value.strip() for value in row):
                rows.append(row)
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise FileError(
            f"{path}, Zeile {line}: Anführungszeichen sind nicht geschlossen oder stehen falsch. "
            "Prüfen Sie bitte diese Zeile."
        ) from error
    if not rows:
        raise FileError(f"{path}: Die Datei ist leer. In Zeile 1 müssen die Spaltennamen stehen.")
    return _frame(path, rows, lines, german), lines[1:]


def _plain(text: str, mark: str, german_numbers: set[str]) -> pl.DataFrame | None:
    """Read text without quotes and blank lines at once; None if anything needs a closer look."""
    head, _, body = text.partition("\n")
    heads = [name.strip() for name in head.split(mark)]
    if '"' in text or "\n\n" in text or not body.strip() or len({*heads, ""}) <= len(heads):
        return None
    try:
        frame = pl.read_csv(
            io.BytesIO(body.encode()),
            separator=mark,
            has_header=False,
            new_columns=heads,
            infer_schema=False,
            quote_char=None,
            truncate_ragged_lines=False,
        )
    except pl.exceptions.PolarsError:
        return None
    lines = body.count("\n") + (not body.endswith("\n"))
    counts = frame.width == len(heads) and frame.height == lines
    if not counts or body.count(mark) != lines * (len(heads) - 1):
        return None
    frame = _stripped(frame)
    ambiguous = [frame[name].str.contains(AMBIGUOUS).any() for name in german_numbers & {*heads}]
    empty = frame.select(pl.all_horizontal(pl.all().is_null()).any()).item()
    return None if any(ambiguous) or empty else frame


def _text(path: Path) -> str:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise FileError(f"{path}: Das ist keine Textdatei. Speichern Sie sie bitte als CSV.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _frame(
    path: Path, rows: list[list[str]], lines: list[int], german_numbers: set[str]
) -> pl.DataFrame:
    heads = [head.strip() for head in rows[0]]
    if doubled := [head for head in heads if head and heads.count(head) > 1]:
        raise FileError(f"{path}, Zeile {lines[0]}: Die Spalte {doubled[0]} steht zweimal da.")
    for row, line in zip(rows[1:], lines[1:], strict=True):
        if len(row) != len(heads):
            raise FileError(
                f"{path}, Zeile {line}: Hier stehen {len(row)} Werte, nötig sind {len(heads)} "
                "wie in der Kopfzeile. Texte mit Trennzeichen gehören in Anführungszeichen."
            )
        for head, value in zip(heads, row, strict=True):
            if head in german_numbers and re.match(AMBIGUOUS, value.strip()):
                raise FileError(
                    f"{path}, Zeile {line}, Spalte {head}: „{value.strip()}“ ist nicht eindeutig. "
                    f"Schreiben Sie {value.strip().replace('.', '')} oder mit Komma."
                )
    columns = zip(*rows[1:], strict=True) if len(rows) > 1 else [() for _ in heads]
    named = {head: list(values) for head, values in zip(heads, columns, strict=True) if head}
    text = pl.DataFrame(named, schema=dict.fromkeys(named, pl.String))
    return _stripped(text)


def _stripped(text: pl.DataFrame) -> pl.DataFrame:
    stripped = text.with_columns(pl.all().str.strip_chars())
    return stripped.with_columns(pl.when(pl.all() != "").then(pl.all()))


def _with_last_days(kind: type[Table], frame: pl.DataFrame) -> pl.DataFrame:
    """Turn last days (`bis`) into the first days after (`ends`)."""
    if "ends" not in kind.columns or "ends" in frame.columns or "bis" not in frame.columns:
        return frame
    last = type("LastDays", (Table,), {"__doc__": kind.title(), "bis": kind.columns["ends"]})
    days = last(frame.select("bis")).frame["bis"]
    return frame.with_columns(ends=days + timedelta(days=1))


def _check(table: Table) -> None:
    """Check what only people get wrong: closed lists, doubled keys, impossible numbers."""
    for name, column in table.columns.items():
        values = table.frame[name]
        wrong = pl.Series([False] * len(values), dtype=pl.Boolean)
        remedy = ""
        if column.choices:
            wrong = values.is_not_null() & ~values.is_in(column.choices)
            remedy = f"Richtig wäre {_or(column.choices)}."
        elif column.unique:
            wrong = values.is_duplicated() & ~values.is_first_distinct()
            remedy = "Das steht schon weiter oben; jede Kennung darf nur einmal vorkommen."
        elif column.bounds:
            wrong = values.is_not_null() & ~values.is_between(*column.bounds)
            remedy = "Richtig wäre eine Zahl " + _between(*column.bounds) + "."
        if wrong.any():
            row = wrong.arg_max() or 0
            problem = f"Hier steht „{values[row]}“. {remedy}"
            raise TableError(problem, table=table.title(), column=name, row=row)
    _check_periods(table)


def _check_periods(table: Table) -> None:
    if not {"starts", "ends"} <= table.columns.keys():
        return
    wrong = (table.frame["ends"] <= table.frame["starts"]).fill_null(value=False)
    if wrong.any():
        problem = "Das Ende liegt nicht nach dem Beginn. Prüfen Sie bitte beide Tage."
        row = wrong.arg_max()
        raise TableError(problem, table=table.title(), column="ends", row=row)


def _or(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} oder {last}" if first else last


def _between(low: float, high: float) -> str:
    return f"ab {low:g}" if high == float("inf") else f"von {low:g} bis {high:g}"


def _sentence(path: Path, error: TableError, lines: Sequence[int] | None) -> str:
    parts = [str(path)]
    if error.row is not None:
        line = lines[error.row] if lines else error.row + FIRST_LINE
        parts.append(f"Zeile {line}" if lines else f"Datensatz {line - FIRST_LINE + 1}")
    if error.column is not None:
        parts.append(f"Spalte {error.column}")
    return f"{', '.join(parts)} (Tabelle {error.table}): {error.problem}"
