"""What is different between the two days of the matrix."""

from collections.abc import Callable
from dataclasses import dataclass

from gelingen.terms.spelling import day
from gelingen.web.analysis.choice import Chosen
from gelingen.web.analysis.fields import RANKS, Field, Pair, turn


@dataclass(frozen=True, slots=True)
class Moved:
    """A field that is different: its name, the way to it, its state before and after."""

    name: str
    url: str
    before: Field
    after: Field


@dataclass(frozen=True, slots=True)
class Summary:
    """What is different on the later day.

    Attributes:
        sentence: how many fields open and close.
        opened, closed, other: fields that open, close, or change in another way.

    """

    sentence: str
    opened: list[Moved]
    closed: list[Moved]
    other: list[Moved]


def summary_of(
    chosen: Chosen,
    halves: tuple[dict[Pair, Field], dict[Pair, Field]],
    url: Callable[[Pair], str],
) -> Summary:
    """Compare both days; fields come in the order of the axes."""
    forward = chosen.on <= chosen.then
    earlier, later = halves if forward else halves[::-1]
    found: dict[str, list[Moved]] = {"opens": [], "closes": [], "": []}
    none = Field()
    for row, name in chosen.rows.items:
        for column, head in chosen.columns.items:
            before, after = earlier.get((row, column), none), later.get((row, column), none)
            if before.state != after.state:
                moved = Moved(f"{name}: {head}", url((row, column)), before, after)
                found[turn(before, after)].append(moved)
    opened, closed = found["opens"], found["closes"]
    return Summary(_sentence(chosen, len(opened), len(closed)), opened, closed, _sorted(found[""]))


def _sorted(fields: list[Moved]) -> list[Moved]:
    ranks = (*RANKS, "no-demand")
    return sorted(fields, key=lambda one: ranks.index(one.after.state))


def _sentence(chosen: Chosen, opened: int, closed: int) -> str:
    """Say how many fields open and close, seen from the upper half."""
    if not opened and not closed:
        first, last = sorted((chosen.on, chosen.then))
        return f"Zwischen dem {day(first)} und dem {day(last)} öffnet und schließt sich kein Feld."
    again = {0: "keines", 1: "eines"}.get(closed, str(closed))
    many = {0: "kein Feld", 1: "ein Feld"}.get(opened, f"{opened} Felder")
    if chosen.on <= chosen.then:
        opens = "öffnen" if opened > 1 else "öffnet"
        closes = "schließen" if closed > 1 else "schließt"
        return f"Bis {day(chosen.then)} {opens} sich {many}, {again} {closes} sich."
    have = "haben" if opened > 1 else "hat"
    return f"Seit {day(chosen.then)} {have} sich {many} geöffnet, {again} geschlossen."
