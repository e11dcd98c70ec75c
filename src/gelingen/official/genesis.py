"""Tables of GENESIS-Online and the Regionaldatenbank as they are shown: heads above and beside.

Written after "12411-01-01-4" of the Regionaldatenbank and "12411-0001", "46251-0021" of
GENESIS-Online, CSV in cp1252 or UTF-8 with semicolons, or the same table as XLSX:

    GENESIS-Tabelle: 12411-01-01-4            (newer: Tabelle: …)
    Bevölkerungsstand: Bevölkerung nach Geschlecht;;;;
    - Stichtag 31.12. -;;;;
    regionale Tiefe: Kreise und krfr. Städte;;;;
    Fortschreibung des Bevölkerungsstandes;;;;
    Bevölkerungsstand (Anzahl);;;;
    ;;31.12.2015;31.12.2015;31.12.2015
    ;;Insgesamt;männlich;weiblich
    DG;Deutschland;82175684;40514123;41661561
    01001;      Flensburg, Kreisfreie Stadt;85942;42767;43175
    __________
    © Statistische Ämter des Bundes und der Länder, Deutschland, 2018
    Stand: 02.02.2018 / 12:53:48

The day may stand in the first column instead, and several columns may narrow a line down.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gelingen.official.keys import is_key, place_key
from gelingen.official.table import Observation, OfficialTable, Series, Shape, TableBuilder
from gelingen.official.times import Moment, moment
from gelingen.official.values import Decimals, NoValueError, Value, read_value, scale_of, scaled
from gelingen.workbook.files import Grid
from gelingen.workbook.folding import clean, fold
from gelingen.workbook.guard import UnreadableFileError
from gelingen.workbook.heads import cell_name
from gelingen.workbook.raw import Raw, shown

__all__ = ["is_genesis", "read_genesis"]

_TITLE = re.compile(r"(?:GENESIS-)?Tabelle:\s*(?P<code>\S+)")
_AS_OF = re.compile(r"Stand:?\s*(?P<day>\d{1,2}\.\d{1,2}\.\d{4})")
_MEASURE = re.compile(r"(?P<name>[^()]+?)\s*\((?P<unit>[^()]{1,20})\)")
_END = re.compile(r"_{4,}")
_UNITS = frozenset(
    {"anzahl", "prozent", "eur", "tsd eur", "mill eur", "1000 eur", "1000", "qkm", "ha", "personen",
     "jahre", "promille", "euro"}
)  # fmt: skip
_NO_WORDS = frozenset(
    {"stichtag", "jahr", "jahre", "zeit", "monat", "monate", "quartal", "insgesamt"}
)
_HEADS_WITHIN = 40


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where what stands: lines from 0, columns from 0."""

    code: str
    measure: Series
    factor: int
    heads: range
    body: range
    stubs: int
    as_of: str


@dataclass(frozen=True, slots=True)
class _Stubs:
    """What the columns before the values are; -1: there is none."""

    time: int
    key: int
    name: int
    words: tuple[int, ...]


def is_genesis(grid: Grid) -> bool:
    """Tell whether the first cell names a table of GENESIS."""
    return bool(grid.cells and grid.cells[0] and _TITLE.match(_text(grid.cells[0][0])))


def _text(raw: Raw) -> str:
    return clean(shown(raw))


def read_genesis(grid: Grid) -> OfficialTable:
    """Read a table as it is shown; see the head of this module.

    Raises:
        UnreadableFileError: its heads or its lines cannot be found.

    """
    cells, layout = grid.cells, _layout(grid)
    stubs = _stubs([cells[line] for line in layout.body], layout.stubs)
    builder = TableBuilder()
    columns = range(layout.stubs, len(cells[0]))
    decimals = Decimals(cells[line][column] for line in layout.body for column in columns)
    told = {column: [_text(cells[line][column]) for line in layout.heads] for column in columns}
    for line in layout.body:
        row = cells[line]
        for column in columns:
            if not _text(row[column]):
                continue
            place = cell_name(line, column) if grid.marks.formats else f"Zeile {line + 1}"
            place = f"{place}, Spalte {column + 1}" if place.startswith("Zeile") else place
            _take(builder, layout, stubs, row, told[column], row[column], place, decimals)
    source = f"Statistische Ämter des Bundes und der Länder, Tabelle {layout.code}"
    return builder.table(Shape.GENESIS, layout.code, source, layout.as_of)


def _layout(grid: Grid) -> _Layout:
    cells = grid.cells
    match = _TITLE.match(_text(cells[0][0]))
    code = match["code"] if match else ""
    end = next(
        (n for n, row in enumerate(cells) if _END.fullmatch(_text(row[0]))), len(cells)
    )  # fmt: skip
    heads = [
        n for n, row in enumerate(cells[: min(end, _HEADS_WITHIN)])
        if n and not _text(row[0]) and any(_text(raw) for raw in row)
    ]  # fmt: skip
    if not heads:
        raise UnreadableFileError(
            f"In {grid.title} fehlen die Kopfzeilen über den Werten. Bitte die Tabelle noch einmal "
            "herunterladen, am besten als flache Datei (CSV, flach)."
        )
    # Lines of heads stand together; below them a first column may be empty without being one.
    last = next((n for n in heads if n + 1 not in heads), heads[-1])
    found = range(heads[0], last + 1)
    stubs = min(
        next(n for n, raw in enumerate(cells[line]) if _text(raw)) for line in found
    )  # fmt: skip
    if stubs == 0 or last + 1 >= end:
        raise UnreadableFileError(
            f"In {grid.title} stehen unter den Kopfzeilen keine Werte. Ist die Datei ganz?"
        )
    measure, factor = _measure(cells[1 : heads[0]])
    told = " ".join(_text(row[0]) for row in cells[end:])
    as_of = _AS_OF.search(told)
    body = range(last + 1, end)
    return _Layout(code, measure, factor, found, body, stubs, as_of["day"] if as_of else "")


def _measure(titles: Sequence[Sequence[Raw]]) -> tuple[Series, int]:
    """Find what is measured: the last line "Bevölkerungsstand (Anzahl)", else the first title."""
    lines = [" ".join(filter(None, map(_text, row))) for row in titles]
    for line in reversed(lines):
        if match := _MEASURE.fullmatch(line):
            factor, unit = scale_of(match["unit"])
            return Series("", match["name"].strip(), unit), factor
    first = next((line for line in lines if line), "")
    return Series("", first.split(":")[0].strip(" ,"), ""), 1


def _stubs(rows: Sequence[Sequence[Raw]], count: int) -> _Stubs:
    """Find out what the columns before the values are, by what stands in most of their lines."""
    time = key = -1
    for column in range(count):
        filled = [row[column] for row in rows if _text(row[column])]
        most = len(filled) / 2
        if key < 0 and filled and sum(is_key(raw) or _text(raw) == "DG" for raw in filled) > most:
            key = column
        elif time < 0 and filled and sum(moment(raw) is not None for raw in filled) > most:
            time = column
    rest = [column for column in range(count) if column not in (time, key)]
    name = key + 1 if key + 1 in rest else rest[0] if rest and key < 0 else -1
    return _Stubs(time, key, name, tuple(column for column in rest if column != name))


def _take(  # noqa: PLR0913, PLR0917 - the parts of one value
    builder: TableBuilder,
    layout: _Layout,
    stubs: _Stubs,
    row: Sequence[Raw],
    heads: Sequence[str],
    raw: Raw,
    place: str,
    decimals: Decimals,
) -> None:
    when, words, unit = _told(layout, stubs, row, heads)
    if when is None:
        builder.skip(place, shown(raw), "Weder darüber noch daneben steht ein Jahr.", serious=True)
        return
    factor, named = scale_of(unit) if unit else (layout.factor, layout.measure.unit)
    try:
        value = scaled(read_value(raw, decimals, official=True), factor)
    except NoValueError as error:
        builder.skip(place, shown(raw), str(error), serious=error.serious)
        return
    key = place_key(row[stubs.key]) if stubs.key >= 0 else ""
    name = _text(row[stubs.name]) if stubs.name >= 0 else ""
    builder.observations.append(_observation(layout, key, name, words, named, value, when, place))


def _told(
    layout: _Layout, stubs: _Stubs, row: Sequence[Raw], heads: Sequence[str]
) -> tuple[Moment | None, list[str], str]:
    """Give the time, the words that narrow a value down, and its unit."""
    when = moment(row[stubs.time]) if stubs.time >= 0 else None
    words, unit = [], ""
    for text in [_text(row[column]) for column in stubs.words] + list(heads):
        read = moment(text)
        if read:
            when = when or read
        elif fold(text) in _UNITS or text == "%":
            unit = text
        elif text and fold(text) not in _NO_WORDS and text != layout.measure.name:
            words.append(text)
    return when, words, unit


def _observation(  # noqa: PLR0913, PLR0917 - the parts of one value
    layout: _Layout,
    key: str,
    name: str,
    words: Sequence[str],
    unit: str,
    value: Value,
    when: Moment,
    place: str,
) -> Observation:
    series = Series("", ", ".join([layout.measure.name, *words]), unit)
    note = " ".join(filter(None, (value.note, when.note)))
    return Observation(
        key if key.isdigit() else "", name or key, series, value.low, value.high, when.day,
        when.precision, note, "", place,
    )  # fmt: skip
