"""Which needs and goals a row of the outline is linked with, and with which it could be."""

from collections.abc import Iterable
from dataclasses import dataclass

from gelingen.errors import NotFoundError
from gelingen.plan.outline import Outline


class NoLinkError(NotFoundError):
    """Two kinds of records are not linked with each other."""


@dataclass(frozen=True, slots=True)
class Links:
    """Links of one row.

    Attributes:
        linked: value ("need:n01"), German kind and title of what it is linked with.
        offered: by German kind and topic, value and title of what else there is.

    """

    linked: tuple[tuple[str, str, str], ...]
    offered: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def links_of(known: Outline, kind: str, key: str) -> Links:
    """Gather the links of a need, goal or measure."""
    needs = {one.key: (one.topic.name, one.statement) for one in known.needs}
    goals = {one.key: (one.topic.name, one.title) for one in known.goals}
    if kind == "need":
        own = {g.key for g in known.goals if key in {n.key for n in known.named(g, "needs")}}
        return _links(("impact_goal", "Ziel", goals, own))
    if kind == "impact_goal":
        goal = next(one for one in known.goals if one.key == key)
        return _links(("need", "Bedarf", needs, {one.key for one in known.named(goal, "needs")}))
    measure = next(one for one in known.measures if one.key == key)
    return _links(
        ("impact_goal", "Ziel", goals, {one.key for one in known.named(measure, "goals")}),
        ("need", "Bedarf", needs, {one.key for one in known.named(measure, "needs")}),
    )


def _links(*sides: tuple[str, str, dict[str, tuple[str, str]], set[str]]) -> Links:
    linked = [
        (f"{kind}:{key}", word, title)
        for kind, word, there, own in sides
        for key, (_, title) in there.items()
        if key in own
    ]
    offered: dict[str, list[tuple[str, str]]] = {}
    for kind, word, there, own in sides:
        for key, (topic, title) in there.items():
            if key not in own:
                offered.setdefault(f"{word}: {topic}", []).append((f"{kind}:{key}", title))
    return Links(tuple(linked), _frozen(offered.items()))


def _frozen(
    groups: Iterable[tuple[str, list[tuple[str, str]]]],
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    return tuple((name, tuple(entries)) for name, entries in groups)


def side_of(kind: str, key: str, other_kind: str, other: str) -> tuple[str, str, str, str]:
    """Say which record keeps a link: its kind, its column, its key, and the key of the other.

    Raises:
        NoLinkError: the two kinds are not linked with each other.

    """
    columns = {
        ("impact_goal", "need"): "needs",
        ("measure", "need"): "needs",
        ("measure", "impact_goal"): "goals",
    }
    if (kind, other_kind) in columns:
        return kind, columns[kind, other_kind], key, other
    if (other_kind, kind) in columns:
        return other_kind, columns[other_kind, kind], other, key
    raise NoLinkError("Diese beiden lassen sich nicht verbinden.")
