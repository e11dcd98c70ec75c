"""Lists with one head: INKAR, regional tables of the Zensus 2022, and what counties keep.

Written after these shapes:

- INKAR as downloaded from its table: Kennziffer; Raumeinheit; Aggregat; then one column for each
  indicator and year, with the name above and the year in the line below it;
- INKAR as a whole: Bereich; ID; Kuerzel; Indikator; Raumbezug; Kennziffer; Name; Zeitbezug; Wert;
- regional tables of the Zensus 2022 (XLSX, sheets "CSV-…"): Berichtszeitpunkt; _RS; Name;
  Regionalebene; then one column for each value, such as EWZ;
- long: a territory, an indicator, a year or day and a value in each line, with unit, source and
  note if known ("area_key,area_name,indicator,value,unit,year,source,note");
- wide: a territory in each line, and years or indicators above the values.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gelingen.official.keys import is_key, place_key
from gelingen.official.table import Observation, OfficialTable, Series, Shape, TableBuilder
from gelingen.official.times import Moment, day_in, moment
from gelingen.official.values import Decimals, NoValueError, read_value, scale_of, scaled
from gelingen.workbook.files import Grid
from gelingen.workbook.folding import clean, fold
from gelingen.workbook.heads import cell_name
from gelingen.workbook.raw import Raw, shown

__all__ = ["ListLayout", "list_layout", "read_list"]

_WORDS = {
    "key": ("area key", "ags", "ars", "rs", "kennziffer", "schluessel", "amtlicher schluessel",
            "gemeindeschluessel", "regionalschluessel", "gebietsschluessel", "kreisschluessel",
            "amtlicher gemeindeschluessel", "kgs", "key"),
    "name": ("area name", "raumeinheit", "gebiet", "gemeinde", "kreis", "name", "ort", "region",
             "gemeindename", "kommune", "territory"),
    "indicator": ("indicator", "indikator", "kennzahl", "merkmal", "variable"),
    "code": ("kuerzel",),
    "value": ("value", "wert", "anzahl", "zahl"),
    "unit": ("unit", "einheit"),
    "time": ("year", "jahr", "zeitbezug", "stichtag", "datum", "berichtszeitpunkt", "stand", "zeit",
             "date"),
    "source": ("source", "quelle"),
    "note": ("note", "anmerkung", "bemerkung", "hinweis"),
    "ignored": ("aggregat", "bereich", "raumbezug", "regionalebene", "id", "nr", "lfd nr"),
}  # fmt: skip
_MEANING = {word: role for role, words in _WORDS.items() for word in words}
_HEAD_WITHIN = 15
_YEAR_BEHIND = re.compile(r"(?P<name>.+?)[\s_,(]+(?P<year>(?:\d{1,2}\.\d{1,2}\.)?(?:19|20)\d\d)\)?")
_UNIT_BEHIND = re.compile(
    r"(?P<name>.+?)\s*(?:[(\[](?P<closed>[^()\[\]]{1,25})[)\]]|"
    r"\bin\s+(?P<unit>%|€|EUR|Euro|Prozent|Jahren|Personen|Tsd\.? EUR|Mi(?:o|ll)\.? EUR))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Values:
    """A column of values of a wide list."""

    index: int
    series: Series
    factor: int
    when: Moment | None


@dataclass(frozen=True, slots=True)
class ListLayout:
    """How a list is laid out: its form, its first line of values, its columns by meaning."""

    shape: Shape
    body: int
    roles: Mapping[str, int]
    columns: tuple[_Values, ...] = field(default=())


def list_layout(grid: Grid) -> ListLayout | None:
    """Find out how a list is laid out; None if it is no list of figures about territories."""
    for line, row in enumerate(grid.cells[:_HEAD_WITHIN]):
        roles = _roles(row)
        if "key" not in roles and "name" not in roles:
            continue
        below = grid.cells[line + 1 :]
        if {"indicator", "value", "time"} <= roles.keys():
            inkar = fold("Zeitbezug") in {fold(shown(raw)) for raw in row}
            return ListLayout(Shape.INKAR if inkar else Shape.LONG, line + 1, roles)
        shape = _wide_shape(row)
        if shape and below:
            years = below[0] if _is_second_head(below[0], roles) else None
            columns = tuple(_value_columns(row, years, roles, _subject(grid)))
            told = "time" in roles or any(one.when for one in columns)
            if columns and told:
                return ListLayout(shape, line + 1 + (years is not None), roles, columns)
    return None


def _roles(row: Sequence[Raw]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, raw in enumerate(row):
        role = _MEANING.get(fold(shown(raw)))
        if role and role not in found:
            found[role] = index
    return found


def _wide_shape(row: Sequence[Raw]) -> Shape | None:
    heads = {fold(shown(raw)) for raw in row}
    if {"kennziffer", "raumeinheit"} <= heads:
        return Shape.INKAR
    if {"rs", "regionalebene"} <= heads or {"berichtszeitpunkt", "rs"} <= heads:
        return Shape.ZENSUS
    return Shape.WIDE


def _is_second_head(row: Sequence[Raw], roles: Mapping[str, int]) -> bool:
    """Tell whether the line below the head holds the years of its columns."""
    first = [roles[role] for role in ("key", "name") if role in roles]
    return all(not clean(shown(row[index])) for index in first) and any(map(moment, row))


def _subject(grid: Grid) -> str:
    """Say what a list is about of which only the years are told: its title without figures."""
    return clean(re.sub(r"[\d_]+", " ", grid.title)) or "Kennzahl"


def _value_columns(
    head: Sequence[Raw], years: Sequence[Raw] | None, roles: Mapping[str, int], subject: str
) -> Iterator[_Values]:
    taken, name = {index for role, index in roles.items() if role != "value"}, ""
    for index, raw in enumerate(head):
        text = clean(shown(raw))
        # Above several years the name may stand only once.
        name = text or (name if years is not None else "")
        if index in taken or not name or _MEANING.get(fold(name)) == "ignored":
            continue
        when = moment(years[index]) if years is not None else moment(raw)
        bare = name
        if when is None and years is None and (match := _YEAR_BEHIND.fullmatch(name)):
            bare, when = match["name"], moment(match["year"])
        elif years is None and when is not None:
            bare = subject
        yield _values(index, bare, when)


def _values(index: int, name: str, when: Moment | None) -> _Values:
    unit = ""
    if match := _UNIT_BEHIND.fullmatch(name):
        name, unit = match["name"].strip(" ,"), match["closed"] or match["unit"]
    factor, unit = scale_of(unit)
    return _Values(index, Series("", name, unit), factor, when)


def read_list(grid: Grid, layout: ListLayout) -> OfficialTable:
    """Read a list as it is laid out."""
    builder = TableBuilder()
    long = not layout.columns
    indexes = [layout.roles["value"]] if long else [one.index for one in layout.columns]
    rows = grid.cells[layout.body :]
    decimals = Decimals(row[index] for row in rows for index in indexes)
    for line, row in enumerate(rows, start=layout.body):
        if not any(clean(shown(raw)) for raw in row):
            continue
        for one in [_long_column(row, layout)] if long else layout.columns:
            _take(builder, grid, layout, row, one, line, decimals)
    names = {Shape.INKAR: "INKAR (BBSR)", Shape.ZENSUS: "Zensus 2022"}
    title = re.sub(r"\d+", "", grid.title) if not layout.shape.official else layout.shape.value
    return builder.table(layout.shape, fold(title), names.get(layout.shape, ""))


def _long_column(row: Sequence[Raw], layout: ListLayout) -> _Values:
    def told(role: str) -> str:
        return clean(shown(row[layout.roles[role]])) if role in layout.roles else ""

    factor, unit = scale_of(told("unit"))
    return _Values(
        layout.roles["value"], Series(told("code"), told("indicator"), unit), factor, None
    )


def _take(  # noqa: PLR0913, PLR0917 - the parts of one value
    builder: TableBuilder,
    grid: Grid,
    layout: ListLayout,
    row: Sequence[Raw],
    column: _Values,
    line: int,
    decimals: Decimals,
) -> None:
    raw, place = row[column.index], f"{grid.title} {cell_name(line, column.index)}"
    roles = layout.roles
    note = clean(shown(row[roles["note"]])) if "note" in roles else ""
    if not clean(shown(raw)):
        if not layout.columns:
            builder.skip(place, "", "Kein Wert angegeben.")
        return
    when = column.when or (moment(row[roles["time"]]) if "time" in roles else None)
    why = _missing(layout, row, column, when)
    if why or when is None:
        builder.skip(place, shown(raw), why, serious=True)
        return
    try:
        value = scaled(read_value(raw, decimals, official=layout.shape.official), column.factor)
    except NoValueError as error:
        builder.skip(place, shown(raw), str(error), serious=error.serious)
        return
    when = day_in(note, when)
    builder.observations.append(
        Observation(
            *_place_of(row, roles),
            column.series,
            value.low,
            value.high,
            when.day,
            when.precision,
            " ".join(filter(None, (note, value.note, when.note))),
            clean(shown(row[roles["source"]])) if "source" in roles else "",
            place,
        )
    )


def _missing(
    layout: ListLayout, row: Sequence[Raw], column: _Values, when: Moment | None
) -> str:  # fmt: skip
    """Say what a value lacks to be a figure; "" if nothing."""
    if not any(_place_of(row, layout.roles)):
        return "In dieser Zeile fehlt das Gebiet."
    if not layout.columns and not column.series.name:
        return "In dieser Zeile fehlt die Kennzahl."
    if when is None:
        told = clean(shown(row[layout.roles["time"]])) if "time" in layout.roles else ""
        return f"„{told[:40]}“ ist kein Tag, kein Monat und kein Jahr."
    return ""


def _place_of(row: Sequence[Raw], roles: Mapping[str, int]) -> tuple[str, str]:
    name = clean(shown(row[roles["name"]])) if "name" in roles else ""
    key = place_key(row[roles["key"]]) if "key" in roles else ""
    if not key and is_key(name):
        key, name = place_key(name), ""
    return (key if key.isdigit() else "", name or key)
