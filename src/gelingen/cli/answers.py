"""What the commands of the analyses share: options, errors in German, and the three formats."""

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from gelingen.analysis.result import Basis
from gelingen.analysis.tables import Table
from gelingen.cli.tables import TableInputs, from_folder, from_records
from gelingen.errors import UserError
from gelingen.terms.vocabulary import Scenario

__all__ = [
    "HORIZON",
    "BadInputError",
    "Part",
    "Row",
    "Share",
    "answers",
    "chosen_day",
    "common",
    "print_result",
    "read_inputs",
]

F = TypeVar("F", bound=Callable[..., None])
Row = Mapping[str, Any]
FORMATS = ("table", "csv", "json")


class BadInputError(click.ClickException):
    """What was given cannot be used; exit status 2."""

    exit_code = 2

    def show(self, file: object = None) -> None:
        """Print the German sentence alone."""
        del file
        click.echo(self.format_message(), err=True)


class Day(click.ParamType[date]):
    """A day as 2017-06-01 or 01.06.2017."""

    name = "tag"

    def convert(self, value: Any, param: object, ctx: object) -> date:  # noqa: ANN401  # click's types
        """Read the day; raises BadInputError."""
        del param, ctx
        if isinstance(value, date):
            return value
        try:
            if "." in value:
                day, month, year = map(int, value.split("."))
                return date(year, month, day)
            return date.fromisoformat(value)
        except ValueError:
            raise BadInputError(
                f"„{value}“ ist kein Tag. Richtig wäre zum Beispiel 2017-06-01 oder 01.06.2017."
            ) from None


class Choice(click.ParamType[Any]):
    """One of some words, refused in German."""

    def __init__(self, name: str, words: Mapping[str, object]) -> None:
        self.name, self.words = name, words

    def convert(self, value: Any, param: object, ctx: object) -> Any:  # noqa: ANN401  # click's types
        """Find what the word stands for; raises BadInputError."""
        del param, ctx
        if value not in self.words:
            right = ", ".join(dict.fromkeys(self.words))
            raise BadInputError(f"„{value}“ gibt es hier nicht. Richtig wäre eines von: {right}.")
        return self.words[value]


class Share(click.ParamType[float]):
    """A number from 0 to 1, with decimal point or comma."""

    name = "anteil"

    def convert(self, value: Any, param: object, ctx: object) -> float:  # noqa: ANN401  # click's types
        """Read the number; raises BadInputError."""
        del param, ctx
        try:
            number = float(str(value).replace(",", "."))
        except ValueError:
            number = math.nan
        if not 0 <= number <= 1:
            raise BadInputError(f"„{value}“ geht hier nicht. Richtig wäre eine Zahl von 0 bis 1.")
        return number


class Folder(click.ParamType[Path]):
    """A folder that exists."""

    name = "ordner"

    def convert(self, value: Any, param: object, ctx: object) -> Path:  # noqa: ANN401  # click's types
        """Check the folder; raises BadInputError."""
        del param, ctx
        if not Path(value).is_dir():
            raise BadInputError(
                f"{value}: Diesen Ordner gibt es nicht. Prüfen Sie bitte den Namen."
            )
        return Path(value)


SCENARIOS = {word: s for s in Scenario for word in (s.label, s.value)}
HORIZON = click.option("--horizon", type=Day(), help="Letzter Tag des Planungshorizonts.")
SCENARIO = click.option(
    "--scenario",
    type=Choice("geldannahme", SCENARIOS),
    default=Scenario.SECURED.label,
    show_default=True,
    help="Welches Geld zählt: gesichert, erwartet oder optimistisch.",
)
OPTIONS = (
    click.option("--data", type=Folder(), help="Ordner mit Tabellen (CSV oder Parquet)."),
    click.option("--tenant", "key", default="", help="Mandant, wenn ohne --data."),
    click.option("--on", "on", type=Day(), help="Stichtag, zum Beispiel 2017-06-01."),
    click.option(
        "--format",
        "form",
        type=Choice("form", {form: form for form in FORMATS}),
        default="table",
        show_default=True,
        help="table (Sätze), csv oder json.",
    ),
)


def common(command: F) -> F:
    """Give a command the options that all analyses share."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True)
class Part:
    """One table of a result, and what to say about each of its rows."""

    title: str
    table: Table
    say: Callable[[Row], str]
    key: str = ""

    def name(self) -> str:
        """Give the name under which it stands in JSON."""
        return self.key or type(self.table).__name__.lower()


@contextmanager
def answers() -> Iterator[None]:
    """Turn errors of the domain into a German sentence and exit status 2."""
    try:
        yield
    except UserError as error:
        raise BadInputError(str(error)) from error


def read_inputs(data: Path | None, key: str, needed: type[Table]) -> TableInputs:
    """Read the tables from a folder or else from the records; raises BadInputError."""
    with answers():
        return from_folder(data, needed=needed) if data else from_records(key)


def chosen_day(on: date | None, inputs: TableInputs) -> date:
    """Give the day asked about, or else the records' own; raises BadInputError if there is none."""
    if day := on or inputs.on:
        return day
    raise BadInputError("Es fehlt der Stichtag. Nennen Sie ihn bitte, etwa mit --on 2017-06-01.")


def _rows(table: Table) -> list[dict[str, Any]]:
    return table.frame.to_dicts()


def print_result(parts: Sequence[Part], basis: Basis, form: str) -> None:
    """Print a result: all tables as sentences or JSON, the first one as CSV."""
    if form == "csv":
        click.echo(parts[0].table.frame.write_csv(), nl=False)
    elif form == "json":
        click.echo(json.dumps(_as_json(parts, basis), default=str, ensure_ascii=False, indent=2))
    else:
        _print_sentences(parts, basis)


def _as_json(parts: Sequence[Part], basis: Basis) -> dict[str, object]:
    return {
        "as_of": basis.as_of,
        "scenario": basis.scenario,
        "method_version": basis.method_version,
        "inputs_hash": basis.inputs_hash,
        "arguments": basis.arguments,
        "assumptions": basis.assumptions,
        **{
            part.name(): [{**row, "sentence": part.say(row)} for row in _rows(part.table)]
            for part in parts
        },
    }


def _print_sentences(parts: Sequence[Part], basis: Basis) -> None:
    money = f", Geld: {basis.scenario.label}" if basis.scenario else ""
    click.echo(f"Stand {basis.as_of:%d.%m.%Y}{money}")
    for part in parts:
        click.echo(f"\n{part.title}: {len(part.table)}")
        for row in _rows(part.table):
            click.echo(f"  {part.say(row)}")
    if basis.assumptions:
        click.echo("\nWas dabei angenommen wurde:")
        for sentence in basis.assumptions:
            click.echo(f"  {sentence}")
