"""The command for the balance of very many fields: demand and secured supply, for a whole state."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np
import polars as pl

from gelingen.analysis.balance import KEYS, Balance, CellDemands, CellSupplies
from gelingen.analysis.balance import balance as find_balance
from gelingen.analysis.result import Basis
from gelingen.cli.answers import FORMATS, BadInputError, Choice, Day, Folder, answers
from gelingen.cli.ranges import UNTIL, range_end
from gelingen.cli.speech import Command
from gelingen.cli.tables import read_needed
from gelingen.errors import UserError
from gelingen.terms.spelling import day as spelt
from gelingen.terms.spelling import number

if TYPE_CHECKING:
    from gelingen.analysis.tables import Table

METHOD = "balance 1"
DIGITS = 9  # what lies beyond is left over from adding and taking out
HEAVIEST = 10
# Figures of all fields and days that fit into the memory of a small server.
MOST_FIGURES = 40_000_000
HEADS = ("Tag", "Thema", "Zielgruppe", "Ort", "Bedarf", "gesichert", "ungedeckt")


class TooManyFieldsError(UserError):
    """Fields and days are too many to be computed at once."""


@click.command(cls=Command)
@click.option("--data", type=Folder(), help="Ordner mit celldemands und cellsupplies.")
@click.option("--on", "on", type=Day(), help="Stichtag, zum Beispiel 2017-06-01.")
@UNTIL
@click.option(
    "--format",
    "form",
    type=Choice("form", {form: form for form in FORMATS}),
    default="table",
    show_default=True,
    help="table (Summen und schwerste Felder), csv oder json (alle Felder).",
)
def balance(data: Path | None, on: date | None, until: date | None, form: str) -> None:
    """Bilanz sehr vieler Felder: Bedarf und gesicherte Plätze, zum Beispiel landesweit.

    Ein Feld ist ein Thema für eine Zielgruppe an einem Ort. Mit --until rechnet der Befehl für den
    Stichtag und für jeden Beginn eines Quartals bis zu diesem Tag.
    """
    if data is None:
        raise BadInputError("Es fehlt der Ordner mit den Tabellen. Nennen Sie ihn mit --data.")
    if on is None:
        raise BadInputError(
            "Es fehlt der Stichtag. Nennen Sie ihn bitte, etwa mit --on 2025-01-01."
        )
    days = [on, *_quarters(on, range_end(until, on=on))] if until else [on]
    with answers():
        demands, supplies = read_needed(data, CellDemands), read_needed(data, CellSupplies)
        _check_size(demands, supplies, days)
    result = _tidy(find_balance(demands, supplies, days=days))
    if form == "csv":
        _write_csv(result)
    elif form == "json":
        inputs: dict[str, Table] = {"demands": demands, "supplies": supplies}
        _write_json(result, Basis(on, METHOD, inputs))
    else:
        _print_table(result)


def _quarters(on: date, end: date) -> Iterator[date]:
    """List the quarters that begin after a day and before an end."""
    begins = (
        date(year, month, 1) for year in range(on.year, end.year + 1) for month in (1, 4, 7, 10)
    )
    return (day for day in begins if on < day < end)


def _check_size(demands: CellDemands, supplies: CellSupplies, days: Sequence[date]) -> None:
    """Refuse what would not fit into memory; raises TooManyFieldsError."""
    both = pl.concat([demands.frame.select(KEYS), supplies.frame.select(KEYS)])
    topics, groups, places = (both[key].n_unique() for key in KEYS)
    if topics * groups * places * len(days) > MOST_FIGURES:
        span = f"{number(len(days))} Tagen" if len(days) > 1 else "einem Tag"
        raise TooManyFieldsError(
            f"{number(topics)} Themen, {number(groups)} Zielgruppen und {number(places)} Orte an "
            f"{span} sind zu viel für eine Rechnung. Teilen Sie bitte die "
            "Tabellen nach Orten auf, oder nehmen Sie einen kürzeren Zeitraum."
        )


def _tidy(result: Balance) -> Balance:
    """Put the fields in alphabetical order, whatever the order of the files."""
    ordered = result.cells.with_columns(pl.col(KEYS).cast(pl.String)).with_row_index("field")
    ordered = ordered.sort(KEYS)
    order = ordered["field"].to_numpy()
    return replace(
        result,
        cells=ordered.drop("field"),
        demand=result.demand[:, order].round(DIGITS),
        supply=result.supply[:, order].round(DIGITS),
    )


def _fields(result: Balance, day: date) -> pl.DataFrame:
    """Give the fields of a day with the day in front."""
    frame = result.on(day).frame.with_columns(pl.col("unmet").round(DIGITS))
    return frame.select(pl.lit(day).alias("day"), pl.all())


def _write_csv(result: Balance) -> None:
    """Write day by day, so that not all days stand in memory as text."""
    for day in result.days:
        frame = _fields(result, day)
        click.echo(frame.write_csv(include_header=day == result.days[0]), nl=False)


def _write_json(result: Balance, basis: Basis) -> None:
    head = {
        "as_of": basis.as_of,
        "method_version": basis.method_version,
        "inputs_hash": basis.inputs_hash,
    }
    click.echo(json.dumps(head, default=str)[:-1] + ', "days": [')
    for sums in _sums(result):
        cells = _fields(result, sums["day"]).drop("day").to_dicts()
        entry = {**sums, "sentence": _sentence(sums), "cells": cells}
        comma = "," if sums["day"] != result.days[-1] else ""
        click.echo(json.dumps(entry, default=str, ensure_ascii=False) + comma)
    click.echo("]}")


def _sums(result: Balance) -> list[dict[str, Any]]:
    """Sum all fields by day; `with_demand` and `with_gap` count fields."""
    unmet = result.unmet.round(DIGITS)
    return [
        {
            "day": day,
            "demand": round(float(result.demand[row].sum()), DIGITS),
            "supply": round(float(result.supply[row].sum()), DIGITS),
            "unmet": round(float(unmet[row].sum()), DIGITS),
            "with_demand": int(np.count_nonzero(result.demand[row])),
            "with_gap": int(np.count_nonzero(unmet[row])),
        }
        for row, day in enumerate(result.days)
    ]


def _sentence(sums: dict[str, Any]) -> str:
    day, fields = spelt(sums["day"]), sums["with_demand"]
    if not fields:
        return f"Am {day} ist kein Bedarf erfasst."
    of = f"{number(fields)} Feldern mit Bedarf" if fields > 1 else "1 Feld mit Bedarf"
    if not sums["with_gap"]:
        return f"Am {day} fehlt kein Platz in {of}."
    places = "fehlt 1 Platz" if sums["unmet"] == 1 else f"fehlen {_amount(sums['unmet'])} Plätze"
    return f"Am {day} {places} in {number(sums['with_gap'])} von {of}."


def _print_table(result: Balance) -> None:
    """Print sums by day and the fields that lack most on the worst day."""
    sums = _sums(result)
    worst = max(sums, key=lambda entry: float(entry["unmet"]))
    if len(sums) > 1:
        click.echo(f"An {number(len(sums))} Tagen gerechnet. So steht es am schlechtesten Tag:")
    click.echo(_sentence(worst))
    click.echo("\nSummen")
    figures = ("demand", "supply", "unmet")
    rows = [[spelt(entry["day"]), *(_amount(entry[f]) for f in figures)] for entry in sums]
    _print_columns([[HEADS[0], *HEADS[4:]], *rows], texts=1)
    lacking = _fields(result, worst["day"]).filter(pl.col("unmet") > 0).drop("day")
    if lacking.height:
        heaviest = lacking.sort("unmet", descending=True, maintain_order=True).head(HEAVIEST).rows()
        shown = f"{len(heaviest)} von {number(lacking.height)}"
        click.echo(f"\nWo am {spelt(worst['day'])} am meisten fehlt ({shown})")
        rows = [[*row[:3], *map(_amount, row[3:])] for row in heaviest]
        _print_columns([list(HEADS[1:]), *rows], texts=len(KEYS))


def _print_columns(rows: Sequence[Sequence[str]], *, texts: int) -> None:
    """Print rows with texts to the left and numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            value.ljust(width) if place < texts else value.rjust(width)
            for place, (value, width) in enumerate(zip(row, widths, strict=True))
        ]
        click.echo("  " + "  ".join(cells))


def _amount(value: float) -> str:
    return number(value, 0 if float(value).is_integer() else 1)
