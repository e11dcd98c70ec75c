"""Who works with whom on a day: actors, ties and what one side alone reports."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from gelingen.analysis.inventory import Inventory
from gelingen.analysis.isolation import Isolation, find_isolation
from gelingen.analysis.money import running
from gelingen.analysis.network import actors_on
from gelingen.analysis.schema import Actors, Ties
from gelingen.findings.current import Current
from gelingen.terms.vocabulary import OrganisationKind
from gelingen.wording.isolation import say_one_sided

# Sectors of the picture: one word and one shape for several kinds of organisations.
SECTORS = {
    "public": "Verwaltung",
    "providers": "Wohlfahrt, Kursträger, Schulen",
    "civil": "Vereine, Kirchen, Netzwerke",
    "economy": "Wirtschaft und Kammern",
    "others": "übrige",
}
_KINDS = {
    "public": (
        "body", "county_office", "city_office", "municipality", "state_office",
        "federal_office", "job_office",
    ),
    "providers": ("welfare", "course_provider", "school", "university"),
    "civil": ("migrants", "club", "faith", "foundation", "network"),
    "economy": ("chamber", "company"),
}  # fmt: skip
_SECTOR_OF = {kind: sector for sector, kinds in _KINDS.items() for kind in kinds}
_LABELS = dict(OrganisationKind.choices())
# What can be said of an actor; an actor in touch needs no word.
STATES = {"connected": "", "isolated": "isoliert", "not_known": "nicht befragt"}


@dataclass(frozen=True, slots=True)
class Actor:
    """One organisation in the network.

    Attributes:
        kind: German word of what it is.
        sector: a name of `SECTORS`.
        partners: keys of those it works with, in order.
        one_sided: how many of these ties one side alone reported.
        state: a name of `STATES`.
        bridge: whether a part of the network falls apart without it.
        weight: share of the shortest ways that lead over it, 0 to 1.

    """

    key: str
    name: str
    kind: str
    sector: str
    partners: tuple[str, ...]
    one_sided: int
    state: str
    bridge: bool
    weight: float


@dataclass(frozen=True, slots=True)
class OneSided:
    """A tie that one side alone reported.

    Attributes:
        told_by: key of the organisation that told.
        silent: key of the one that did not.
        ties: keys of the records.
        sentence: the same in German.

    """

    told_by: str
    silent: str
    ties: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Web:
    """Actors by key, ties as pairs of keys with whether they are confirmed, reports of one side."""

    actors: list[Actor]
    ties: list[tuple[str, str, bool]]
    one_sided: list[OneSided]


def web_on(known: Current, *, on: date, topic: str = "", kind: str = "") -> Web:
    """Find the network of a day by the rules of `analysis.isolation`.

    Args:
        known: the records.
        on: the day.
        topic: key; ties of this topic and ties without one count, and of the actors those that
            are active in it or have a tie in it. Empty: all.
        kind: only ties of this kind; empty: all.

    """
    inputs = known.inputs
    frame = inputs.ties.frame
    if kind:
        frame = frame.filter(pl.col("kind") == kind)
    actors = actors_on(inputs.actors, on=on)
    if topic:
        here = _active(known, topic, on) | _tied(frame, topic, on)
        # A general tie counts only between those who have to do with the topic.
        frame = frame.filter(
            (pl.col("topic") == topic)
            | (pl.col("topic").is_null() & pl.col("a").is_in(here) & pl.col("b").is_in(here))
        )
        actors = Actors(actors.frame.filter(pl.col("organisation").is_in(here)))
    # What the structures do side by side is no part of the picture.
    return _told(known, find_isolation(actors, Ties(frame), Inventory(), on=on))


def _active(known: Current, topic: str, on: date) -> set[str]:
    inventory = known.inputs.inventory
    reached = inventory.reach.frame.filter(pl.col("topic") == topic)
    carried = inventory.structures.frame.filter(running(on)).join(
        reached, on="structure", how="semi"
    )
    held = known.inputs.responsibilities.frame.filter(running(on) & (pl.col("topic") == topic))
    return {*carried["organisation"], *held["organisation"]}


def _tied(ties: pl.DataFrame, topic: str, on: date) -> set[str]:
    own = ties.filter(running(on) & (pl.col("topic") == topic))
    return {*own["a"], *own["b"]}


def _told(known: Current, found: Isolation) -> Web:
    ties = [
        (row["a"], row["b"], (row["told_by_a"] and row["told_by_b"]) or row["told_by_third"])
        for row in found.ties.frame.iter_rows(named=True)
    ]
    partners: dict[str, list[str]] = {}
    for a, b, _ in ties:
        partners.setdefault(a, []).append(b)
        partners.setdefault(b, []).append(a)
    lone = [
        OneSided(
            row["told_by"],
            row["other"],
            tuple(row["evidence"].split(";")),
            say_one_sided(row, known.inputs.names),
        )
        for row in found.one_sided.frame.iter_rows(named=True)
    ]
    alone = [side for one in lone for side in (one.told_by, one.silent)]
    return Web(
        [
            _actor(known, row, partners.get(row["organisation"], []), alone)
            for row in found.actors.frame.iter_rows(named=True)
        ],
        ties,
        lone,
    )


def _actor(known: Current, row: dict[str, Any], partners: list[str], alone: list[str]) -> Actor:
    key = row["organisation"]
    return Actor(
        key=key,
        name=known.name(key),
        kind=_LABELS.get(row["sector"], "nicht angegeben"),
        sector=_SECTOR_OF.get(row["sector"], "others"),
        partners=tuple(sorted(partners)),
        one_sided=alone.count(key),
        state=row["state"],
        bridge=row["bridge"],
        weight=row["between"],
    )
