"""Flat tables ("ffcsv") of GENESIS-Online, the Regionaldatenbank and the Zensus database.

Written after two shapes, both one value or one record a line, separated by semicolons:

- since 2024 (GENESIS-Online, Zensus 2022): statistics_code; statistics_label; time_code;
  time_label; time; 1_variable_code; 1_variable_label; 1_variable_attribute_code;
  1_variable_attribute_label; 2_…; value; value_unit; value_variable_code; value_variable_label,
  and value_q where signs of quality were asked for;
- before, and still in the Regionaldatenbank: Statistik_Code; Statistik_Label; Zeit_Code;
  Zeit_Label; Zeit; 1_Merkmal_Code; 1_Merkmal_Label; 1_Auspraegung_Code; 1_Auspraegung_Label; 2_…;
  then one column a value, "BEVSTD__Bevoelkerungsstand__Anzahl", with its signs of quality in
  "BEVSTD__Bevoelkerungsstand__q".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gelingen.official.keys import is_key, place_key
from gelingen.official.table import Observation, OfficialTable, Series, Shape, TableBuilder
from gelingen.official.times import Moment, moment
from gelingen.official.values import (
    Decimals,
    NoValueError,
    read_value,
    scale_of,
    scaled,
    sign_note,
)
from gelingen.terms.vocabulary import DatePrecision
from gelingen.workbook.files import Grid
from gelingen.workbook.folding import clean, fold
from gelingen.workbook.raw import Raw, shown

__all__ = ["is_flat", "read_flat"]

_OLD = re.compile(r"(\d+)_(?:merkmal|auspraegung)_(?:code|label)")
_NEW = re.compile(r"(\d+)_variable(?:_attribute)?_(?:code|label)")
_PLACES = re.compile(r"kreis|gemeind|land\b|laender|bezirk|region|deutschland|verband")
_REGION_CODES = re.compile(r"D?LAND|KREISE?|GEMEIN\w*|REGBEZ?|DINSG|DG|GEO\w+|VERBGEM\w*")
_MONTH = re.compile(r"MONAT(\d\d)")
_QUARTER = re.compile(r"QUART(\d)")
_TOTALS = frozenset({"", "insgesamt", "gesamt", "total"})


@dataclass(frozen=True, slots=True)
class _Dimension:
    """One variable of a table: the columns in which it and its attribute stand."""

    code: int
    label: int
    attribute: int
    attribute_label: int


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of values of the older shape."""

    index: int
    series: Series
    factor: int
    quality: int


def is_flat(grid: Grid) -> bool:
    """Tell whether the first line is the head of a flat table."""
    heads = {fold_head(raw) for raw in grid.cells[0]} if grid.cells else set()
    return {"statistik_code", "zeit"} <= heads or {"time", "value", "value_variable_code"} <= heads


def fold_head(raw: Raw) -> str:
    """Write a head in small letters without spaces around it."""
    return clean(shown(raw)).lower()


def read_flat(grid: Grid) -> OfficialTable:
    """Read a flat table of either shape; see the head of this module."""
    heads = [fold_head(raw) for raw in grid.cells[0]]
    at = {head: index for index, head in enumerate(heads)}
    builder, rows = TableBuilder(), grid.cells[1:]
    new = "value_variable_code" in at
    dimensions = _dimensions(heads, new=new)
    region = _region(dimensions, rows)
    columns = () if new else tuple(_columns([clean(shown(raw)) for raw in grid.cells[0]]))
    values = [at["value"]] if new else [one.index for one in columns]
    decimals = Decimals(row[index] for row in rows for index in values)
    for line, row in enumerate(rows, start=2):
        if not any(clean(shown(raw)) for raw in row):
            continue
        place = f"Zeile {line}"
        when = _when(row, at["time" if new else "zeit"], dimensions)
        if when is None:
            told = clean(shown(row[at["time" if new else "zeit"]]))
            builder.skip(place, told, "Das ist kein Tag, kein Monat und kein Jahr.", serious=True)
            continue
        rest = [one for one in dimensions if one is not region]
        narrowed = _narrowed(row, rest)
        for one in [_new_column(row, at)] if new else columns:
            _take(builder, row, one, narrowed, _place_of(row, region), when, place, decimals)
    code = clean(shown(rows[0][at["statistics_code" if new else "statistik_code"]])) if rows else ""
    label = (
        clean(shown(rows[0][at["statistics_label" if new else "statistik_label"]])) if rows else ""
    )
    source = f"Statistische Ämter des Bundes und der Länder, Statistik {code} {label}".strip()
    if label.lower().startswith("zensus") or re.match(r"\d{4}[A-Z]", code):
        source = f"Zensus 2022, Tabelle {code} {label}".strip()
    return builder.table(Shape.FLAT, code, source)


def _dimensions(heads: Sequence[str], *, new: bool) -> list[_Dimension]:
    pattern = _NEW if new else _OLD
    numbers = sorted({int(match[1]) for head in heads if (match := pattern.fullmatch(head))})
    names = ("variable", "variable_attribute") if new else ("merkmal", "auspraegung")
    at = {head: index for index, head in enumerate(heads)}
    found = []
    for number in numbers:
        wanted = [f"{number}_{name}_{part}" for name in names for part in ("code", "label")]
        if all(head in at for head in wanted):
            found.append(_Dimension(*(at[head] for head in wanted)))
    return found


def _region(dimensions: Sequence[_Dimension], rows: Sequence[Sequence[Raw]]) -> _Dimension | None:
    """Find the variable whose attributes are territories: by its code, its label, its keys."""
    sample = rows[:50]
    for one in dimensions:
        code = clean(shown(sample[0][one.code])) if sample else ""
        label = fold(shown(sample[0][one.label])) if sample else ""
        keys = sum(is_key(row[one.attribute]) for row in sample)
        if _REGION_CODES.fullmatch(code) or (_PLACES.search(label) and keys * 2 > len(sample)):
            return one
    return None


def _columns(heads: Sequence[str]) -> Iterator[_Column]:
    """Find the columns of values of the older shape, "CODE__Name__Unit"."""
    quality = {head.removesuffix("__q").rstrip("_"): n for n, head in enumerate(heads)
               if head.endswith("__q")}  # fmt: skip
    for index, head in enumerate(heads):
        parts = head.split("__")
        if len(parts) < 2 or head.endswith("__q"):  # noqa: PLR2004 - code and name
            continue
        code, name = parts[0], parts[1].replace("_", " ")
        factor, unit = scale_of(parts[2].replace("_", " ") if len(parts) > 2 else "")  # noqa: PLR2004
        mark = quality.get("__".join(parts[:2]), -1)
        yield _Column(index, Series(code, name, unit), factor, mark)


def _new_column(row: Sequence[Raw], at: Mapping[str, int]) -> _Column:
    factor, unit = scale_of(shown(row[at["value_unit"]])) if "value_unit" in at else (1, "")
    code = clean(shown(row[at["value_variable_code"]]))
    name = clean(shown(row[at.get("value_variable_label", at["value_variable_code"])]))
    return _Column(at["value"], Series(code, name or code, unit), factor, at.get("value_q", -1))


def _when(row: Sequence[Raw], index: int, dimensions: Sequence[_Dimension]) -> Moment | None:
    """Read the time; a month or quarter stands in a variable of its own."""
    when = moment(row[index])
    if when is None or when.precision is not DatePrecision.YEAR:
        return when
    for one in dimensions:
        code = clean(shown(row[one.attribute]))
        if match := _MONTH.fullmatch(code):
            return moment(f"{int(match[1])}/{when.day.year}")
        if match := _QUARTER.fullmatch(code):
            return moment(f"Q{match[1]} {when.day.year}")
    return when


def _narrowed(row: Sequence[Raw], rest: Sequence[_Dimension]) -> tuple[str, str]:
    """Give codes and words of what a value is narrowed down to; totals narrow nothing."""
    codes, words = [], []
    for one in rest:
        code, label = clean(shown(row[one.attribute])), clean(shown(row[one.attribute_label]))
        if fold(label) in _TOTALS or _MONTH.fullmatch(code) or _QUARTER.fullmatch(code):
            continue
        codes.append(code or fold(label))
        words.append(label)
    return " ".join(codes), ", ".join(words)


def _place_of(row: Sequence[Raw], region: _Dimension | None) -> tuple[str, str]:
    if region is None:
        return "", ""
    key, name = place_key(row[region.attribute]), clean(shown(row[region.attribute_label]))
    return (key if key.isdigit() else "", name or key)


def _take(  # noqa: PLR0913, PLR0917 - the parts of one value
    builder: TableBuilder,
    row: Sequence[Raw],
    column: _Column,
    narrowed: tuple[str, str],
    territory: tuple[str, str],
    when: Moment,
    place: str,
    decimals: Decimals,
) -> None:
    raw = row[column.index]
    if not clean(shown(raw)):
        return
    try:
        value = scaled(read_value(raw, decimals, official=True), column.factor)
    except NoValueError as error:
        builder.skip(place, shown(raw), str(error), serious=error.serious)
        return
    mark = sign_note(shown(row[column.quality])) if column.quality >= 0 else ""
    code = " ".join(filter(None, (column.series.code, narrowed[0])))
    name = ", ".join(filter(None, (column.series.name, narrowed[1])))
    note = " ".join(filter(None, (value.note, when.note, mark)))
    series = Series(code, name, column.series.unit)
    builder.observations.append(
        Observation(
            territory[0],
            territory[1],
            series,
            value.low,
            value.high,
            when.day,
            when.precision,
            note,
            "",
            place,
        )
    )
