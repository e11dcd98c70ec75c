"""Files built for a test: small workbooks from plain cells."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

from gelingen.workbook import Book, read_book
from tests.workbook.sheets import SHEETS

PLACES = [["Amtlicher Schlüssel", "Name"], ["09473", "Landkreis Coburg"], ["09473112", "Ahorn"]]


def write_xlsx(path: Path, tables: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for title, lines in tables.items():
            page = book.add_worksheet(title)
            for row, line in enumerate(lines):
                page.write_row(row, 0, line)
    return path


def write_csv(path: Path, lines: Sequence[Sequence[str]], *, delimiter=";", encoding="utf-8-sig"):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(lines)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def read_tables(folder: Path, tables: Mapping[str, Sequence[Sequence[object]]], known=None) -> Book:
    return read_book(write_xlsx(folder / "liste.xlsx", tables), SHEETS, known or {})


def read_offer(folder: Path, **cells: object) -> Book:
    """Read one offer whose other columns are missing."""
    line = {"Kennung": "k", "Angebot": "Kurs"} | cells
    return read_tables(folder, {"Angebote": [list(line), list(line.values())]})


def repack(source: Path, target: Path, changes: Mapping[str, bytes]) -> Path:
    """Copy an archive with some members replaced or added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", 8) as new:
        for name in [n for n in old.namelist() if n not in changes]:
            new.writestr(name, old.read(name))
        for name, content in changes.items():
            new.writestr(name, content)
    return target
