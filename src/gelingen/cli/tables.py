"""What the analyses are run on: a folder of tables, or the records of a tenant."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import TypeVar

import click
import polars as pl

from gelingen.analysis.belonging import end_with, ends_of
from gelingen.analysis.files import read_table
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.likeness import GroupSizes, PlaceSizes
from gelingen.analysis.schema import (
    Actors,
    GroupLinks,
    Inquiries,
    Needs,
    Reach,
    Responsibilities,
    Structures,
    Ties,
    TopicTree,
    Tranches,
    TravelTimes,
)
from gelingen.analysis.tables import Column, Table
from gelingen.errors import UserError

__all__ = ["Names", "NoTablesError", "TableInputs", "from_folder", "from_records", "read_needed"]

T = TypeVar("T", bound=Table)
ENDINGS = (".csv", ".parquet")


class NoTablesError(UserError):
    """The folder does not hold the tables that the analysis needs."""


class Names(Table):
    """Namen: one row per key, for the sentences."""

    key = Column(pl.String, "Kennung")
    name = Column(pl.String, "Deutscher Name")


INVENTORY: Mapping[str, type[Table]] = {
    "structures": Structures,
    "reach": Reach,
    "tranches": Tranches,
    "needs": Needs,
    "inquiries": Inquiries,
    "groups": GroupLinks,
    "topics": TopicTree,
    "travel": TravelTimes,
}
FURTHER: tuple[type[Table], ...] = (
    Responsibilities,
    Ties,
    Actors,
    GroupSizes,
    PlaceSizes,
    Names,
)


@dataclass(frozen=True)
class TableInputs:
    """The tables of a run; what is not given is empty.

    Attributes:
        inventory: structures, reach, money, needs and what goes with them.
        responsibilities: who leads and takes part.
        ties: who works with whom.
        actors: who was asked.
        groups: persons per target group.
        places: people per place.
        names: German names by key, for the sentences.
        on: the day that the records themselves stand on, if they know one.
        ends: the first day after their planning horizon, if they know one.

    """

    inventory: Inventory
    responsibilities: Responsibilities = field(default_factory=Responsibilities.empty)
    ties: Ties = field(default_factory=Ties.empty)
    actors: Actors = field(default_factory=Actors.empty)
    groups: GroupSizes = field(default_factory=GroupSizes.empty)
    places: PlaceSizes = field(default_factory=PlaceSizes.empty)
    names: Mapping[str, str] = field(default_factory=dict)
    on: date | None = None
    ends: date | None = None


def file_name(kind: type[Table]) -> str:
    """Give the file name of a declared table, without its ending."""
    return kind.__name__.lower()


def from_folder(folder: Path, *, needed: type[Table]) -> TableInputs:
    """Read a folder of CSV or Parquet files named like the declared tables in lower case.

    Args:
        folder: with files such as structures.csv or needs.parquet; others are pointed out.
        needed: the table without which there is nothing to analyse.

    Raises:
        NoTablesError: the needed table is missing, or one lies there twice.
        FileError: a file cannot be read as its table; German, with file, line and remedy.

    """
    kinds = [*INVENTORY.values(), *FURTHER]
    _point_out_others(folder, {file_name(kind) for kind in kinds})
    _one_path(folder, needed)
    names = dict(_read(folder, Names).frame.rows())
    parts = {name: _read(folder, kind) for name, kind in INVENTORY.items()}
    inventory = Inventory(**parts)  # type: ignore[arg-type]  # names and types as declared above
    actors = _read(folder, Actors)
    over = ends_of(actors)
    return TableInputs(
        inventory=replace(
            inventory, structures=end_with(inventory.structures, over, by=("organisation",))
        ),
        responsibilities=end_with(_read(folder, Responsibilities), over, by=("organisation",)),
        ties=_read(folder, Ties),
        actors=actors,
        groups=_read(folder, GroupSizes),
        places=_read(folder, PlaceSizes),
        names=names,
    )


def read_needed(folder: Path, kind: type[T]) -> T:
    """Read the one file of a table from a folder; raises NoTablesError or FileError."""
    return read_table(kind, _one_path(folder, kind))


def _read(folder: Path, kind: type[T]) -> T:
    return read_needed(folder, kind) if _paths(folder, kind) else kind.empty()


def _paths(folder: Path, kind: type[Table]) -> list[Path]:
    return [path for end in ENDINGS if (path := folder / f"{file_name(kind)}{end}").exists()]


def _one_path(folder: Path, kind: type[Table]) -> Path:
    """Find the one file of a table; raises NoTablesError."""
    paths = _paths(folder, kind)
    if not paths:
        name = file_name(kind)
        raise NoTablesError(
            f"{folder}: Hier fehlt die Tabelle „{kind.title()}“. Legen Sie sie bitte als "
            f"{name}.csv oder {name}.parquet in den Ordner; Spalten: {', '.join(kind.columns)}."
        )
    if len(paths) > 1:
        both = " und ".join(path.name for path in paths)
        raise NoTablesError(
            f"{folder}: Die Tabelle „{kind.title()}“ liegt hier zweimal: {both}. "
            "Nehmen Sie bitte eine der Dateien heraus."
        )
    return paths[0]


def _point_out_others(folder: Path, known: set[str]) -> None:
    """Name files that no analysis reads, so that a misspelt name does not go unnoticed."""
    for path in sorted(folder.iterdir()):
        if path.suffix in ENDINGS and path.stem not in known:
            near = get_close_matches(path.stem, known, n=1)
            meant = f" Meinten Sie {near[0]}{path.suffix}?" if near else ""
            click.echo(f"Hinweis: {path.name} wird nicht gelesen.{meant}", err=True)


def from_records(key: str) -> TableInputs:
    """Read the records of a tenant.

    Args:
        key: official key of the tenant; empty if there is only one.

    Raises:
        click.ClickException: German; there is no such tenant.

    """
    # Imported here: Django is set up only for runs on records, never for runs on files.
    import_module("gelingen.cli.database").set_up()
    found = import_module("gelingen.cli.recorded").recorded_tables(key)
    if not isinstance(found, TableInputs):
        raise TypeError(key)
    return found


def last_day_to_end(last: date) -> date:
    """Turn a last day, as people write it, into the first day after."""
    return last + timedelta(days=1)
