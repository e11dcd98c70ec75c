"""Networks with published measures: centrality, bridges, density, groups."""

import json
import math
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from gelingen.analysis.inventory import Inventory
from gelingen.analysis.isolation import find_isolation
from gelingen.analysis.measures import measure, modularity, surroundings
from gelingen.analysis.schema import Actors, Ties

EXACT = 1e-9
DAY = date(2020, 1, 1)


def run(folder: Path) -> Iterable[tuple[str, bool, float]]:
    """Check every measure of every graph of every file in the folder."""
    for path in sorted(folder.glob("*.json")):
        for name, graph in json.loads(path.read_text(encoding="utf-8")).items():
            yield from _check(name, graph)


def _check(name: str, graph: Mapping[str, Any]) -> Iterable[tuple[str, bool, float]]:
    """Check one graph: its edges and groupings go in, every other entry is an answer."""
    groupings = {key: entry for key, entry in graph.items() if _is_grouping(entry)}
    ties = [(str(a), str(b)) for a, b in graph["edges"]]
    names = {name for tie in ties for name in tie} | {str(name) for name in graph["isolates"]}
    found = _network(sorted(names), ties)
    for key, groups in groupings.items():
        grouped = find_isolation(*_tables(sorted(names), ties, groups), Inventory(), on=DAY)
        found["EI_index"] = grouped.figures.frame["outward"].item()
        found[f"modularity_{key}"] = modularity(ties, groups)
    for key, expected in graph.items():
        if key not in ("edges", *groupings):
            off = _deviation(expected, found.get(key))
            yield f"{name} {key}", off <= EXACT, off


def _is_grouping(entry: object) -> bool:
    return isinstance(entry, dict) and all(isinstance(value, str) for value in entry.values())


def _tables(
    names: list[str], ties: list[tuple[str, str]], groups: Mapping[str, str]
) -> tuple[Actors, Ties]:
    actors = [(name, groups.get(name, ""), None, True) for name in names]
    told = [
        (str(number), a, b, "information", None, None, "both", None, None)
        for number, (a, b) in enumerate(ties)
    ]
    return Actors.from_rows(actors), Ties.from_rows(told)


def _network(names: list[str], ties: list[tuple[str, str]]) -> dict[str, Any]:
    """Measure a graph under the names of the answers."""
    whole = find_isolation(*_tables(names, ties, {}), Inventory(), on=DAY)
    network, around = measure(names, ties), surroundings(names, ties)
    figures = whole.figures.frame.row(0, named=True)
    actors = whole.actors.frame
    between = dict(actors.select("organisation", "between").rows())
    pairs = (len(names) - 1) * (len(names) - 2) / 2
    return {
        "n": figures["actors"],
        "m": figures["ties"],
        "density": figures["density"],
        "components": figures["components"],
        "isolates": actors.filter(actors["state"] == "isolated")["organisation"].to_list(),
        "articulation": actors.filter("bridge")["organisation"].to_list(),
        "betweenness_normalised": between,
        "betweenness": {name: value * pairs for name, value in between.items()},
        "clustering_avg": network.clustering,
        "transitivity": network.transitivity,
        **{
            column: dict(around.select("organisation", column).rows())
            for column in ("constraint", "effective_size", "closeness", "core")
        },
    }


def _deviation(expected: Any, ours: Any) -> float:  # noqa: ANN401  # answers have any JSON type
    """Compare numbers, lists in any order, and mappings; infinite where they do not match."""
    if isinstance(expected, dict) and isinstance(ours, dict):
        keys = expected.keys() | ours.keys()
        return max((_deviation(expected.get(k), ours.get(k)) for k in keys), default=0.0)
    if isinstance(expected, list) and isinstance(ours, list):
        return 0.0 if sorted(map(str, expected)) == sorted(map(str, ours)) else math.inf
    if _is_nothing(expected) or _is_nothing(ours):
        return 0.0 if _is_nothing(expected) and _is_nothing(ours) else math.inf
    return abs(expected - ours)


def _is_nothing(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))
