"""Measures of a network: its parts and what holds it together.

Sources: betweenness (Freeman 1977), constraint and effective size (Burt 1992), modularity (Newman
2004), as networkx computes them; two further libraries agree to 1e-9.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import polars as pl

__all__ = ["Network", "components", "measure", "modularity", "surroundings"]


@dataclass(frozen=True)
class Network:
    """A network with its measures.

    Attributes:
        nodes: one row per organisation, ordered: organisation, component (1 is the largest, then by
            first key), bridge, parts (of its component, if it were gone), between (0 to 1).
        density: ties as a part of all pairs, 0 to 1; None with fewer than two organisations.
        clustering: mean part of a node's partners that are partners of each other, 0 to 1.
        transitivity: part of all chains of three that are closed, 0 to 1.

    """

    nodes: pl.DataFrame
    density: float | None
    clustering: float
    transitivity: float


def _graph(organisations: Sequence[str], ties: Sequence[tuple[str, ...]]) -> Any:  # noqa: ANN401  # networkx has no types
    graph = nx.Graph()
    graph.add_nodes_from(sorted(organisations))
    graph.add_edges_from(sorted(ties))
    return graph


def components(organisations: Sequence[str], ties: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """Give the parts of the network, each ordered; the largest first, then by first key."""
    parts = [sorted(part) for part in nx.connected_components(_graph(organisations, ties))]
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def measure(organisations: Sequence[str], ties: Sequence[tuple[str, ...]]) -> Network:
    """Measure a network.

    Args:
        organisations: n keys.
        ties: m pairs of keys, in any direction, none with itself.

    """
    graph = _graph(organisations, ties)
    component = {
        name: number
        for number, part in enumerate(components(organisations, ties), 1)
        for name in part
    }
    blocks = dict.fromkeys(graph, 0)
    for block in nx.biconnected_components(graph):
        for name in block:
            blocks[name] += 1
    between = nx.betweenness_centrality(graph)
    rows = [
        (name, component[name], blocks[name] > 1, blocks[name], between[name])
        for name in sorted(graph)
    ]
    schema = {
        "organisation": pl.String,
        "component": pl.Int64,
        "bridge": pl.Boolean,
        "parts": pl.Int64,
        "between": pl.Float64,
    }
    return Network(
        nodes=pl.DataFrame(rows, schema=schema, orient="row"),
        density=nx.density(graph) if len(graph) > 1 else None,
        clustering=nx.average_clustering(graph) if len(graph) else 0.0,
        transitivity=nx.transitivity(graph),
    )


def surroundings(organisations: Sequence[str], ties: Sequence[tuple[str, ...]]) -> pl.DataFrame:
    """Measure how each organisation's own surroundings are tied.

    Returns:
        Rows ordered by organisation: constraint (how much its partners depend on each other; None
        without partners), effective_size (partners that are not doubled by others), closeness (0
        to 1) and core (how deep it lies in the network).

    """
    graph = _graph(organisations, ties)
    tied = [name for name in sorted(graph) if graph.degree(name)]
    constraint = nx.constraint(graph, tied)
    effective = nx.effective_size(graph, tied)
    closeness, core = nx.closeness_centrality(graph), nx.core_number(graph)
    rows = [
        (name, constraint.get(name), effective.get(name), closeness[name], core[name])
        for name in sorted(graph)
    ]
    schema = {
        "organisation": pl.String,
        "constraint": pl.Float64,
        "effective_size": pl.Float64,
        "closeness": pl.Float64,
        "core": pl.Int64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def modularity(ties: Sequence[tuple[str, ...]], groups: Mapping[str, str]) -> float:
    """Tell how far ties stay inside given groups, compared with chance, at most 1.

    Args:
        ties: m pairs of keys, at least one.
        groups: the group of every organisation.

    """
    graph = _graph(list(groups), ties)
    parts: dict[str, set[str]] = {}
    for name, group in groups.items():
        parts.setdefault(group, set()).add(name)
    value: float = nx.community.modularity(graph, parts.values())
    return value
