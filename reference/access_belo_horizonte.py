"""Access measures against answers of the R package accessibility (Belo Horizonte)."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl

from gelingen.analysis.access import (
    Floats,
    Ways,
    Weights,
    balanced_catchment,
    binary,
    concentration,
    exponential,
    gini,
    nearest,
    opportunities,
    poverty,
    stepped,
    theil,
    two_step_catchment,
)

EXACT = 1e-9
# The answers on inequality are printed with eight digits.
PRINTED = 6e-9
# Zones and weights of the stepped answers, as SOURCE.txt names them.
STEPS = stepped([10.0, 20.0, 30.0], [1.0, 0.68, 0.22])
BALANCED = exponential(0.05)
# The poverty line of the package's own example: jobs within reach.
LINE = 95_368.0


@dataclass(frozen=True)
class City:
    """Cells with people and what they want to reach, and the ways between them."""

    cells: pl.DataFrame
    ways: Ways

    def column(self, name: str) -> Floats:
        """Give one column of the cells; empty counts as nothing."""
        return self.cells[name].cast(pl.Float64).fill_null(0.0).to_numpy()


def run(folder: Path) -> Iterable[tuple[str, bool, float]]:
    """Check every file of answers in the folder, and the indices named in SOURCE.txt."""
    city = _city(folder)
    for path in sorted(folder.glob("expected_*")):
        name = path.name.split(".")[0].removeprefix("expected_")
        answer = _answer(name, city)
        off = 1.0 if answer is None else _deviation(pl.read_csv(path), city, answer)
        yield name, off <= EXACT, off
    yield from _inequality(city, folder / "SOURCE.txt")


def _city(folder: Path) -> City:
    cells = pl.read_csv(folder / "land_use.csv")
    position = {key: row for row, key in enumerate(cells["id"])}
    ways = pl.concat(pl.read_csv(path) for path in sorted(folder.glob("travel_matrix_*")))
    return City(
        cells,
        Ways(
            np.array([position[key] for key in ways["from_id"]]),
            np.array([position[key] for key in ways["to_id"]]),
            ways["travel_time"].cast(pl.Float64).to_numpy(),
        ),
    )


def _answer(name: str, city: City) -> Floats | None:
    """Compute what a file name asks for: method, opportunity, weights."""
    words = name.split("_")
    wanted = next(
        (c for c in city.cells.columns for w in words if w in (c, c.removesuffix("s"))), None
    )
    if wanted is None:
        return None
    supply, people = city.column(wanted), city.column("population")
    weights = _weights(words)
    reachable = partial(opportunities, supply, city.ways, origins=len(people))
    methods: dict[str, Callable[[], Floats]] = {
        "2sfca": lambda: two_step_catchment(people, supply, city.ways, weights or binary(45.0)),
        "e2sfca": lambda: two_step_catchment(people, supply, city.ways, weights or STEPS),
        "bfca": lambda: balanced_catchment(people, supply, city.ways, weights or BALANCED),
        "cumulative": lambda: reachable(weights=weights or binary(30.0)),
        "gravity": lambda: reachable(weights=weights or exponential(0.1)),
        "cost": lambda: nearest(supply, city.ways, origins=len(people)),
    }
    method = methods.get(words[0])
    return method() if method else None


def _weights(words: list[str]) -> Weights | None:
    """Read weights like binary45, 30, exp01 (0.1) or stepped; None if the name has none."""
    for word in words[1:]:
        if match := re.fullmatch(r"(?:binary)?(\d+)(?:min)?", word):
            return binary(float(match[1]))
        if match := re.fullmatch(r"exp0(\d+)", word):
            return exponential(float(f"0.{match[1]}"))
        if word.startswith("step"):
            return STEPS
    return None


def _deviation(expected: pl.DataFrame, city: City, answer: Floats) -> float:
    """Find the largest deviation, relative where values are above 1."""
    position = {key: row for row, key in enumerate(city.cells["id"])}
    have = answer[[position[key] for key in expected["id"]]]
    want = expected[expected.columns[-1]].cast(pl.Float64).fill_null(np.inf).to_numpy()
    same = np.isinf(have) & np.isinf(want)
    off = np.abs(np.where(same, 0.0, have) - np.where(same, 0.0, want))
    return float((off / np.maximum(1.0, np.abs(np.where(same, 0.0, want)))).max(initial=0.0))


def _inequality(city: City, source: Path) -> Iterable[tuple[str, bool, float]]:
    people, income = city.column("population"), city.column("income_per_capita")
    jobs = opportunities(city.column("jobs"), city.ways, binary(30.0), origins=len(people))
    have = {
        "Gini": [gini(jobs, people)],
        "Theil-T": [theil(jobs, people)],
        "concentration index": [concentration(jobs, people, income)],
        "FGT": poverty(jobs, people, line=LINE),
    }
    text = source.read_text(encoding="utf-8")
    for name, values in have.items():
        if match := re.search(rf"{name} ([\d./]*\d)", text):
            wanted = [float(part) for part in match[1].split("/")]
            off = max(abs(a - b) for a, b in zip(values, wanted, strict=True))
            yield name, off <= PRINTED, off
