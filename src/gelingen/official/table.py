"""What the readers of all shapes give back: one figure a row, and what was left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gelingen.terms.vocabulary import DatePrecision, Vocabulary

__all__ = ["Observation", "OfficialTable", "Series", "Shape", "Skipped", "TableBuilder"]


class Shape(Vocabulary):
    """Form einer Tabelle, die sich einlesen lässt."""

    FLAT = "flat", "Flache Tabelle aus GENESIS, Regionaldatenbank oder Zensusdatenbank"
    GENESIS = "genesis", "Tabelle aus GENESIS oder der Regionaldatenbank"
    ZENSUS = "zensus", "Regionaltabelle des Zensus 2022"
    INKAR = "inkar", "Tabelle aus INKAR"
    LONG = "long", "Eigene Liste, ein Wert je Zeile"
    WIDE = "wide", "Eigene Liste, Jahre oder Kennzahlen in Spalten"

    @property
    def official(self) -> bool:
        """Whether it comes from official statistics, so that their signs hold."""
        return self not in (Shape.LONG, Shape.WIDE)


@dataclass(frozen=True, slots=True)
class Series:
    """What is measured, as the source calls it.

    Attributes:
        code: its short name in the source; "" if it has none.
        name: in words, with everything that narrows it down.
        unit: as the source has it, without thousands: "Tsd. EUR" is "EUR".

    """

    code: str
    name: str
    unit: str

    @property
    def id(self) -> str:
        """By which it is known again next time."""
        return f"{self.code}|{self.name}|{self.unit}"


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure.

    Attributes:
        territory: official key, with its leading zero; of twelve digits of a municipality the
            eight that name it. "" if the source names no key.
        territory_name: name of the territory in the source.
        series: what is measured.
        low: the value, or the least of a range.
        high: the value, or the most of a range.
        reference: the day, or the first one of the month or year.
        precision: how exact the day is.
        note: what the source says about this value.
        source: the source of this value; "" if only the whole table has one.
        place: where it stands, "Zeile 7" or "Tabelle1 B7".

    """

    territory: str
    territory_name: str
    series: Series
    low: Decimal
    high: Decimal
    reference: date
    precision: DatePrecision
    note: str
    source: str
    place: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A place that gave no figure.

    Attributes:
        place: where it is.
        found: what stands there.
        why: German sentence.
        serious: whether it is a mistake, not a sign that there is no value.

    """

    place: str
    found: str
    why: str
    serious: bool = False


@dataclass(frozen=True, slots=True)
class OfficialTable:
    """A table as read, in the order of the file.

    Attributes:
        shape: which form it has.
        name: code or title by which the table is known again; never a year.
        source: what is cited; "" if people have to say it.
        as_of: the day of the table itself, as written there; "" if it has none.
        observations: the figures.
        skipped: the places that gave none.

    """

    shape: Shape
    name: str
    source: str
    as_of: str
    observations: tuple[Observation, ...]
    skipped: tuple[Skipped, ...]

    @property
    def series(self) -> tuple[Series, ...]:
        """What is measured, each once, in the order of the file."""
        return tuple(dict.fromkeys(one.series for one in self.observations))

    @property
    def territories(self) -> dict[str, str]:
        """Names by key, in the order of the file; what has no key is known by its name."""
        found: dict[str, str] = {}
        for one in self.observations:
            found.setdefault(one.territory or one.territory_name, one.territory_name)
        return found

    @property
    def problems(self) -> tuple[Skipped, ...]:
        """The places that are mistakes."""
        return tuple(one for one in self.skipped if one.serious)


class TableBuilder:
    """Gathers the figures of one table."""

    def __init__(self) -> None:
        self.observations: list[Observation] = []
        self.skipped: list[Skipped] = []

    def skip(self, place: str, found: str, why: str, *, serious: bool = False) -> None:
        """Leave a place out and say why."""
        self.skipped.append(Skipped(place, found[:120], why, serious))

    def table(self, shape: Shape, name: str, source: str, as_of: str = "") -> OfficialTable:
        """Give everything gathered; the same figure told twice alike stands once."""
        return OfficialTable(
            shape, name, source, as_of, tuple(self._once()), tuple(self.skipped)
        )  # fmt: skip

    def _once(self) -> Iterable[Observation]:
        """Leave out what is told twice, and say where the two do not agree."""
        seen: dict[tuple[object, ...], Observation] = {}
        for one in self.observations:
            about = (
                one.territory or one.territory_name, one.series, one.reference, one.precision,
                one.source,
            )  # fmt: skip
            before = seen.setdefault(about, one)
            if before is one:
                continue
            if (before.low, before.high) == (one.low, one.high):
                self.skip(one.place, str(one.low), f"Derselbe Wert wie in {before.place}.")
            else:
                why = f"Für dasselbe steht in {before.place} ein anderer Wert ({before.low})."
                self.skip(one.place, str(one.low), why, serious=True)
        return seen.values()
