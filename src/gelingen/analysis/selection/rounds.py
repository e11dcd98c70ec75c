"""Round by round: a rule offers what comes next, and where several tie, an explicit order decides.

Every rule that chooses one candidate after the other is written as a state of its own, so that the
way taken can be logged and, where candidates tie, a copy can go the other way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from gelingen.errors import UserError

__all__ = ["Offer", "Round", "Rule", "play", "rank"]


@dataclass(frozen=True, slots=True)
class Offer:
    """What comes next.

    Attributes:
        rate: what makes it next: a price, a load, or a sum of points; each rule says which.
        tied: columns of all candidates with just this rate, in their order; at least one.

    """

    rate: Fraction
    tied: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """One candidate chosen.

    Attributes:
        candidate: its key.
        rate: see Offer.
        tied: keys of all that could have been chosen with the same right, itself among them; one
            if there was no tie.

    """

    candidate: str
    rate: Fraction
    tied: tuple[str, ...]


class Rule(Protocol):
    """State of a rule that chooses one candidate after the other."""

    def offer(self) -> Offer | None:
        """Find what comes next; None at the end."""

    def take(self, column: int, rate: Fraction) -> None:
        """Choose one of those offered."""


def rank(candidates: Sequence[str], order: Sequence[str] | None) -> list[int]:
    """Tell the place of every candidate in the order that decides ties; by default their own.

    Raises:
        UserError: the order does not name every candidate.

    """
    place = {candidate: number for number, candidate in enumerate(order or candidates)}
    if missing := [candidate for candidate in candidates if candidate not in place]:
        raise UserError(f"In der Reihenfolge für Gleichstände fehlt: {', '.join(missing)}.")
    return [place[candidate] for candidate in candidates]


def play(rule: Rule, candidates: Sequence[str], places: Sequence[int]) -> list[Round]:
    """Choose until nothing is offered any more.

    Args:
        rule: the state; it is used up.
        candidates: key of each column.
        places: (columns,) of several that tie, the lowest is chosen.

    Returns:
        The rounds in their order.

    """
    rounds = []
    while offer := rule.offer():
        column = min(offer.tied, key=lambda tied: places[tied])
        rule.take(column, offer.rate)
        tied = tuple(candidates[each] for each in offer.tied)
        rounds.append(Round(candidates[column], offer.rate, tied))
    return rounds
