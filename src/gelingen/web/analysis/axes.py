"""The axes of the matrix, and what a cell of needs counts for along each of them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from gelingen.analysis.coverage import CoverageResult
from gelingen.needs.queries import needs
from gelingen.places.queries import territories
from gelingen.terms.vocabulary import Function, Level, TerritoryKind
from gelingen.topics.queries import target_groups, topics
from gelingen.web.pages import StaffRequest

# By their word in the address.
AXES = {
    "thema": "Themenfeld",
    "zielgruppe": "Zielgruppe",
    "gemeinde": "Gemeinde und Kreis",
    "ebene": "Ebene",
    "funktion": "Funktion der Strukturen",
}
# Axes that are a part of the cell itself: the column of the results.
PARTS = {"thema": "topic", "zielgruppe": "target_group", "gemeinde": "place"}
NOBODY = "keine"
_LEVELS = {
    TerritoryKind.STATE: Level.STATE,
    TerritoryKind.DISTRICT: Level.DISTRICT,
    TerritoryKind.COUNTY: Level.COUNTY,
    TerritoryKind.CITY: Level.COUNTY,
    TerritoryKind.TOWN: Level.MUNICIPALITY,
    TerritoryKind.MARKET: Level.MUNICIPALITY,
    TerritoryKind.MUNICIPALITY: Level.MUNICIPALITY,
    TerritoryKind.QUARTER: Level.NEIGHBOURHOOD,
}
Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis as it is drawn.

    Attributes:
        word: its word in the address.
        items: key and name of everything along it, in order.
        levels: level of each need, by key; only where the axis needs it.

    """

    word: str
    items: tuple[tuple[str, str], ...]
    levels: Mapping[str, str]

    @property
    def label(self) -> str:
        """German name of the axis."""
        return AXES[self.word]

    def values(self, result: CoverageResult) -> Values:
        """Say of each cell, by key, for what it counts along the axis.

        A cell counts for the level of each of its needs, and for the function of each structure
        that reaches the whole of it, whether it works on the day or not.
        """
        if self.word in PARTS:
            rows = result.cells.frame.select("cell", PARTS[self.word]).rows()
            return {cell: (value,) for cell, value in rows}
        if self.word == "ebene":
            return _levels(result, self.levels)
        return _functions(result)


def read_axis(request: StaffRequest, word: str) -> Axis:
    """Read an axis; one query at most."""
    levels = _levels_of_needs(request) if word == "ebene" else {}
    return Axis(word, tuple(_items(request, word)), levels)


def _items(request: StaffRequest, word: str) -> list[tuple[str, str]]:
    if word == "ebene":
        return Level.choices()
    if word == "funktion":
        return [*Function.choices(), (NOBODY, "keine Struktur")]
    who = request.user, request.tenant
    if word == "thema":
        return list(topics(*who).values_list("key", "name"))
    if word == "zielgruppe":
        return list(target_groups(*who).values_list("key", "name"))
    return list(territories(*who).values_list("key", "name"))


def _levels_of_needs(request: StaffRequest) -> dict[str, str]:
    """Level of each need by key; where none is stated, that of its territory."""
    rows = needs(request.user, request.tenant).values_list("key", "level", "territory__kind")
    return {key: level or _LEVELS[TerritoryKind.of(kind)].value for key, level, kind in rows}


def _levels(result: CoverageResult, levels: Mapping[str, str]) -> Values:
    rows = result.evidence.frame.filter((pl.col("record") == "need") & (pl.col("role") == "now"))
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for cell, need in rows.select("cell", "key").rows():
        found[cell][levels[need]] = None
    return {cell: tuple(values) for cell, values in found.items()}


def _functions(result: CoverageResult) -> Values:
    rows = result.evidence.frame.filter(
        (pl.col("record") == "structure") & (pl.col("role") != "part")
    )
    structures = result.basis.inputs["structures"].frame.select("structure", "function")
    found: dict[str, dict[str, None]] = {cell: {} for cell in result.cells.frame["cell"]}
    joined = rows.join(structures, left_on="key", right_on="structure", maintain_order="left")
    for cell, function in joined.select("cell", "function").rows():
        found[cell][function] = None
    return {cell: tuple(values) or (NOBODY,) for cell, values in found.items()}
