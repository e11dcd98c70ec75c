"""A file read, checked cell by cell, and turned into rows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from gelingen.workbook.declare import Book, Column, Kind, Problem, Row, Sheet
from gelingen.workbook.files import read_grids
from gelingen.workbook.folding import clean, fold
from gelingen.workbook.heads import Placement, cell_name, place_sheets
from gelingen.workbook.raw import Raw, means_nothing, shown
from gelingen.workbook.references import SEPARATOR, Directory, UnresolvedError, derive_key
from gelingen.workbook.sources import Source
from gelingen.workbook.values import Reading, empty_values, read_cell

__all__ = ["EXAMPLE_KEY", "read_book"]

EXAMPLE_KEY = "Beispiel"
_REFERENCES = frozenset({Kind.REFERENCE, Kind.REFERENCES})
_PERIOD_WORDS = re.compile(r"(?:^|_)(?:starts|ends|from|until|begins)$")
_LONGEST_FOUND = 80
_SUBTITLE_WIDTH = 3  # columns that a merged line must span to count as a heading between rows


@dataclass(slots=True)
class _Draft:
    """A sheet being checked; values by field, in the order of lines."""

    placement: Placement
    cells: list[list[Raw]]
    lines: list[int] = field(default_factory=list)
    values: dict[str, list[object]] = field(default_factory=dict)
    problems: dict[tuple[int, int], Problem] = field(default_factory=dict)

    @property
    def sheet(self) -> Sheet:
        return self.placement.sheet

    def raws(self, column: Column) -> list[Raw]:
        index = self.placement.columns.get(column.name)
        if index is None:
            return [""] * len(self.lines)
        return [self.cells[line][index] for line in self.lines]

    def report(self, line: int, column: Column, remedy: str, *, serious: bool = True) -> None:
        """Note a problem, unless its cell has one already."""
        index = self.placement.columns.get(column.name, 0)
        if (line, index) in self.problems:
            return
        raw = self.cells[line][index] if column.name in self.placement.columns else ""
        found = clean(shown(raw))
        if len(found) > _LONGEST_FOUND:
            found = found[: _LONGEST_FOUND - 1] + "…"
        self.problems[line, index] = Problem(
            self.sheet.title, cell_name(line, index), found, remedy, serious
        )


def read_book(
    path: Path,
    sheets: Sequence[Sheet],
    known: Mapping[str, Mapping[str, str]],
    sources: Sequence[Source] = (),
) -> Book:
    """Read and check a workbook.

    Args:
        path: XLSX, ODS or CSV file, or a folder of CSV files.
        sheets: what it may consist of.
        known: label by key of what is recorded already, by name of the sheet.
        sources: lists that people have mapped before.

    Returns:
        Rows in the order of the file, with all problems found; rows with serious problems hold
        the values of an empty cell in their place.

    Raises:
        UnreadableFileError: if the file is broken, encrypted, too large or hostile.

    """
    grids = read_grids(path)
    placements, strays = place_sheets(grids, sheets, sources)
    drafts = [_draft(placement) for placement in placements if placement.head_row >= 0]
    directories = _derive_keys(drafts, sheets, known)
    for draft in drafts:
        for column in draft.sheet.columns:
            if column.kind in _REFERENCES:
                _resolve(draft, column, directories[column.refers])
        _check_periods(draft)
    problems = _all_problems(placements, drafts) + strays
    if any(grid.links for grid in grids):
        remedy = (
            "Die Datei verweist auf andere Dateien. Diese werden nicht geöffnet; es gelten die "
            "zuletzt gespeicherten Werte."
        )
        problems.append(Problem(path.name, "", "", remedy, serious=False))
    return Book(
        rows={draft.sheet.name: tuple(_rows(draft)) for draft in drafts},
        problems=tuple(problems),
        extra=tuple((p.sheet.title, head) for p in placements for head in p.extra.values()),
        columns={p.sheet.name: frozenset(p.columns) for p in placements},
    )


def _draft(placement: Placement) -> _Draft:
    draft = _Draft(placement, placement.grid.cells)
    subtitles = _fill_merged(placement)
    key = placement.columns.get(placement.sheet.columns[0].name)
    head = placement.grid.cells[placement.head_row]
    for line in range(placement.head_row + 1, len(draft.cells)):
        row = draft.cells[line]
        if line in subtitles or row == head or all(_is_blank(raw) for raw in row):
            continue
        if key is not None and row[key] == EXAMPLE_KEY:
            _check_example(draft, line)
            continue
        draft.lines.append(line)
    for column in placement.sheet.columns:
        _read_column(draft, column)
    return draft


def _is_blank(raw: Raw) -> bool:
    return raw == "" or (isinstance(raw, str) and not raw.strip())


def _fill_merged(placement: Placement) -> set[int]:
    """Give merged cells below each other the value they show; find headings between the rows."""
    cells = placement.grid.cells
    key = placement.columns.get(placement.sheet.columns[0].name)
    subtitles = set()
    for top, left, bottom, right in placement.grid.marks.merged:
        if top <= placement.head_row or top >= len(cells) or left >= len(cells[top]):
            continue
        if right - left + 1 >= _SUBTITLE_WIDTH and _stands_alone(cells[top], left):
            subtitles.add(top)
            remedy = "Diese Zwischenüberschrift wird nicht übernommen."
            placement.report(top, left, clean(shown(cells[top][left])), remedy, serious=False)
        elif left != key:
            for line in range(top + 1, min(bottom + 1, len(cells))):
                cells[line][left] = cells[top][left]
    return subtitles


def _stands_alone(row: Sequence[Raw], index: int) -> bool:
    return all(_is_blank(raw) for position, raw in enumerate(row) if position != index)


def _check_example(draft: _Draft, line: int) -> None:
    """Warn if somebody wrote into the example line, since it is left out."""
    for column in draft.sheet.columns[1:]:
        index = draft.placement.columns.get(column.name)
        if index is not None and clean(shown(draft.cells[line][index])) != clean(column.example):
            remedy = (
                f"Die Zeile mit der Kennung „{EXAMPLE_KEY}“ wird übergangen. Wenn sie gelten soll, "
                "bitte diese Kennung löschen."
            )
            draft.report(line, draft.sheet.columns[0], remedy, serious=False)
            return


def _read_column(draft: _Draft, column: Column) -> None:
    official = draft.sheet.official_keys
    cache: dict[tuple[type, Raw], Reading] = {}
    readings: list[Reading] = []
    for line, raw in zip(draft.lines, draft.raws(column), strict=True):
        reading = cache.get((type(raw), raw))
        if reading is None:
            reading = read_cell(column, raw, official=official)
            cache[type(raw), raw] = reading
        readings.append(reading)
        if reading.remedy:
            draft.report(line, column, reading.remedy, serious=reading.serious)
    for position, name in enumerate(column.fields):
        draft.values[name] = [reading.values[position] for reading in readings]
    _check_formulas(draft, column)
    if column.required and column.name in draft.placement.columns:
        _check_required(draft, column)


def _check_formulas(draft: _Draft, column: Column) -> None:
    index = draft.placement.columns.get(column.name)
    formulas = draft.placement.grid.marks.formulas
    if index is None or not formulas:
        return
    for line in draft.lines:
        if (line, index) in formulas and _is_blank(draft.cells[line][index]):
            remedy = (
                "Die Formel hat keinen gültigen Wert. Bitte den Wert eintragen oder die Datei in "
                "der Tabellenkalkulation neu speichern."
            )
            draft.report(line, column, remedy, serious=column.required)


def _check_required(draft: _Draft, column: Column) -> None:
    if column.kind is Kind.KEY and draft.sheet.key_from:
        return
    empty = empty_values(column)
    fields = [draft.values[name] for name in column.fields]
    for line, values in zip(draft.lines, zip(*fields, strict=True), strict=True):
        if values == empty and column.kind is not Kind.BOOLEAN:
            draft.report(line, column, f"Diese Angabe wird gebraucht: {column.meaning}")


def _derive_keys(
    drafts: Sequence[_Draft], sheets: Sequence[Sheet], known: Mapping[str, Mapping[str, str]]
) -> dict[str, Directory]:
    """Give every row its key, sheets that others take their keys from first."""
    waiting = {draft.sheet.name: draft for draft in drafts}
    directories = {
        sheet.name: Directory(sheet, {}, known.get(sheet.name, {}))
        for sheet in sheets
        if sheet.name not in waiting
    }
    while waiting:
        ready = [draft for draft in waiting.values() if not _key_sources(draft) & waiting.keys()]
        draft = (ready or list(waiting.values()))[0]
        del waiting[draft.sheet.name]
        _fill_keys(draft, directories, known.get(draft.sheet.name, {}))
        directories[draft.sheet.name] = _directory(draft, known.get(draft.sheet.name, {}))
    return directories


def _key_sources(draft: _Draft) -> set[str]:
    columns = [draft.sheet.column(name) for name in draft.sheet.key_from]
    return {column.refers for column in columns if column.kind in _REFERENCES} - {draft.sheet.name}


def _fill_keys(
    draft: _Draft, directories: Mapping[str, Directory], known: Mapping[str, str]
) -> None:
    sheet = draft.sheet
    key_column = sheet.columns[0]
    keys = draft.values[key_column.name]
    sources = [sheet.column(name) for name in sheet.key_from]
    parts: dict[str, list[object]] = {}
    for column in sources:
        parts |= _key_parts(draft, column, directories)
    twins = _Twins(sheet, known)
    first_lines: dict[str, int] = {}
    for position, line in enumerate(draft.lines):
        if not keys[position]:
            values = {name: parts[name][position] for name in parts}
            keys[position] = derive_key(sheet, values)
            twins.warn(draft, position, line)
        key = str(keys[position])
        if not key:
            heads = ", ".join(column.head for column in sources or [key_column])
            draft.report(line, (sources or [key_column])[0], f"Bitte eintragen: {heads}.")
        elif key in first_lines:
            _report_twin(draft, line, first_lines[key], key)
        first_lines.setdefault(key, line)


def _report_twin(draft: _Draft, line: int, earlier: int, key: str) -> None:
    key_column = draft.sheet.columns[0]
    there = key_column.name in draft.placement.columns or not draft.sheet.key_from
    where = key_column if there else draft.sheet.column(draft.sheet.key_from[0])
    remedy = (
        f"Die Kennung „{key}“ steht schon in Zeile {earlier + 1}. Wenn beide Zeilen gelten, bitte "
        f"in der Spalte „{key_column.head}“ verschiedene Kennungen eintragen."
    )
    draft.report(line, where, remedy)


class _Twins:
    """Records of the same name under another key, which a derived key would double."""

    def __init__(self, sheet: Sheet, known: Mapping[str, str]) -> None:
        self._known = known
        self._label = sheet.label
        self._keys = {fold(label): key for key, label in known.items()} if sheet.label else {}

    def warn(self, draft: _Draft, position: int, line: int) -> None:
        if not self._keys:
            return
        key_column = draft.sheet.columns[0]
        key = draft.values[key_column.name][position]
        label = str(draft.values[self._label][position])
        recorded = self._keys.get(fold(label))
        if recorded and key not in self._known:
            remedy = (
                f"„{label}“ ist schon unter der Kennung „{recorded}“ erfasst. Wenn dasselbe "
                f"gemeint ist, bitte in der Spalte „{key_column.head}“ eintragen."
            )
            draft.report(line, draft.sheet.column(self._label), remedy, serious=False)


def _key_parts(
    draft: _Draft, column: Column, directories: Mapping[str, Directory]
) -> dict[str, list[object]]:
    """Values of a column for a key: references by the key they lead to, if known by then."""
    directory = directories.get(column.refers)
    if column.kind not in _REFERENCES or directory is None:
        return {name: draft.values[name] for name in column.fields}
    texts = [str(value) if value else "" for value in draft.values[column.name]]
    return {column.name: [_meant(text, column, directory)[0] or text for text in texts]}


def _directory(draft: _Draft, known: Mapping[str, str]) -> Directory:
    sheet = draft.sheet
    keys = draft.values[sheet.columns[0].name]
    labels = draft.values[sheet.label] if sheet.label else [""] * len(keys)
    own = {str(key): str(label or "") for key, label in zip(keys, labels, strict=True) if key}
    return Directory(sheet, own, known)


def _resolve(draft: _Draft, column: Column, directory: Directory) -> None:
    texts = draft.values[column.name]
    resolved: list[object] = []
    for line, text in zip(draft.lines, texts, strict=True):
        if not text:
            resolved.extend(empty_values(column))
            continue
        keys, remedy = _meant(str(text), column, directory)
        if remedy:
            draft.report(line, column, remedy)
        elif column.required and not keys:
            draft.report(line, column, f"Diese Angabe wird gebraucht: {column.meaning}")
        many = column.kind is Kind.REFERENCES
        resolved.append(keys if many else next(iter(keys), None))
    draft.values[column.name] = resolved


def _meant(text: str, column: Column, directory: Directory) -> tuple[tuple[str, ...], str]:
    """Keys that a cell means, and what to do about the first name that leads nowhere."""
    if not text:
        return (), ""
    if column.kind is Kind.REFERENCE:
        return _find(clean(text), directory)
    keys: list[str] = []
    pieces = [piece for piece in map(clean, SEPARATOR.split(text)) if piece]
    for piece in pieces:
        found, remedy = _find(piece, directory)
        if remedy:
            by_comma = [_find(part, directory) for part in map(clean, piece.split(",")) if part]
            if any(problem for _, problem in by_comma) or "," not in piece:
                return (), remedy
            found = tuple(key for keys_found, _ in by_comma for key in keys_found)
        keys.extend(found)
    return tuple(dict.fromkeys(keys)), ""


def _find(text: str, directory: Directory) -> tuple[tuple[str, ...], str]:
    try:
        return (directory.find(text),), ""
    except UnresolvedError as error:
        return ((), "") if means_nothing(text) else ((), str(error))


def _check_periods(draft: _Draft) -> None:
    """Find ends before starts, for columns named alike: starts and ends, from and until."""
    for starts in draft.sheet.columns:
        if starts.kind is not Kind.FIRST_DAY:
            continue
        for ends in draft.sheet.columns:
            alike = _period_name(ends.name) == _period_name(starts.name)
            if ends.kind in {Kind.LAST_DAY, Kind.OPEN_END} and alike:
                _compare_days(draft, starts, ends)


def _compare_days(draft: _Draft, starts: Column, ends: Column) -> None:
    days = zip(draft.values[starts.name], draft.values[ends.name], strict=True)
    for line, (first, after) in zip(draft.lines, days, strict=True):
        if isinstance(first, date) and isinstance(after, date) and after <= first:
            remedy = f"Das Ende liegt vor dem Beginn ({first:%d.%m.%Y})."
            draft.report(line, ends, remedy)


def _period_name(name: str) -> str:
    return _PERIOD_WORDS.sub("", name)


def _all_problems(placements: Sequence[Placement], drafts: Sequence[_Draft]) -> list[Problem]:
    """Problems by sheet, row and column, those of the whole sheet first, one for each cell."""
    of_cells = {draft.sheet.name: draft.problems for draft in drafts}
    problems: list[Problem] = []
    for placement in placements:
        taken = of_cells.get(placement.sheet.name, {})
        found = [(*place, problem) for place, problem in taken.items()]
        found += [entry for entry in placement.problems if entry[:2] not in taken]
        problems += [problem for *_, problem in sorted(found, key=lambda entry: entry[:2])]
    return problems


def _rows(draft: _Draft) -> Iterator[Row]:
    names = [name for column in draft.sheet.columns for name in column.fields]
    key = draft.sheet.columns[0].name
    columns = [draft.values[name] for name in names]
    for line, values in zip(draft.lines, zip(*columns, strict=True), strict=True):
        row = dict(zip(names, values, strict=True))
        yield Row(line + 1, str(row[key]), row)
