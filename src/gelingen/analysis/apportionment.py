"""Sharing out whole seats or places by weights: exactly, and with ties said instead of broken.

Sainte-Laguë (the way of Schepers gives the same seats) and d'Hondt hand out seats to the highest
quotients of weight and divisor; Hare/Niemeyer gives every party its whole part and the rest to the
largest remainders. See F. Pukelsheim, Proportional Representation, 2nd ed. 2017, chapters 4 and 5.
All is computed with fractions, so that a tie is a tie and nothing else is one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from gelingen.errors import UserError
from gelingen.terms.selection import SeatMethod

__all__ = ["Apportionment", "apportion"]

Number = int | Fraction | Decimal
# A quotient is weight / (seats held + shift); seats so far are never below the whole part of that.
SHIFTS = {SeatMethod.SAINTE_LAGUE: Fraction(1, 2), SeatMethod.DHONDT: Fraction(1)}


@dataclass(frozen=True, slots=True)
class Apportionment:
    """Seats by party, as far as the weights decide.

    Attributes:
        certain: what each party has in any case, in the order of the weights.
        open: how many seats nobody has more right to than another; 0 without a tie.
        tied: who has the same right to them, each to one more seat at most; in the order of the
            weights. A lot, or what the rules of the body say, decides.

    """

    certain: dict[str, int]
    open: int
    tied: tuple[str, ...]


def apportion(weights: Mapping[str, Number], seats: int, method: SeatMethod) -> Apportionment:
    """Share out seats in proportion to weights.

    Args:
        weights: (parties,) votes, members or shares, at least 0; a party of weight 0 gets nothing.
        seats: how many, at least 0.
        method: by which rule.

    Returns:
        The seats of each party; certain and open ones add up to all.

    Raises:
        UserError: a negative number, or seats but no weight.

    """
    exact = {party: Fraction(weight) for party, weight in weights.items()}
    whole = sum(exact.values())
    if seats < 0 or any(weight < 0 for weight in exact.values()):
        raise UserError("Sitze und Gewichte dürfen nicht negativ sein.")
    if seats and not whole:
        raise UserError("Ohne Stimmen oder Mitglieder lassen sich keine Sitze verteilen.")
    if not seats:
        return Apportionment(dict.fromkeys(exact, 0), 0, ())
    if method is SeatMethod.HARE_NIEMEYER:
        return _by_remainders(exact, seats, Fraction(whole))
    return _by_quotients(exact, seats, Fraction(whole), SHIFTS[method])


def _by_remainders(weights: Mapping[str, Fraction], seats: int, whole: Fraction) -> Apportionment:
    shares = {party: weight * seats / whole for party, weight in weights.items()}
    held = {party: floor(share) for party, share in shares.items()}
    remainders = {party: share - held[party] for party, share in shares.items()}
    left = seats - sum(held.values())
    for remainder in sorted(set(remainders.values()), reverse=True):
        if not left:
            break
        same = [party for party in held if remainders[party] == remainder]
        if len(same) > left:
            return Apportionment(held, left, tuple(same))
        held.update({party: held[party] + 1 for party in same})
        left -= len(same)
    return Apportionment(held, 0, ())


def _by_quotients(
    weights: Mapping[str, Fraction], seats: int, whole: Fraction, shift: Fraction
) -> Apportionment:
    held = _surely(weights, seats, whole, shift)
    left = seats - sum(held.values())
    while left:
        quotients = {party: weight / (held[party] + shift) for party, weight in weights.items()}
        best = max(quotients.values())
        same = [party for party in held if quotients[party] == best]
        if len(same) > left:
            return Apportionment(held, left, tuple(same))
        held.update({party: held[party] + 1 for party in same})
        left -= len(same)
    return Apportionment(held, 0, ())


def _surely(
    weights: Mapping[str, Fraction], seats: int, whole: Fraction, shift: Fraction
) -> dict[str, int]:
    """Give what can be given at once, so that many seats take no longer than few.

    A divisor so large that all quotients above it are no more than the seats: those are among the
    highest. Fewer seats are left than there are parties.
    """
    room = seats - len(weights) * (1 - shift)
    if room <= 0:
        return dict.fromkeys(weights, 0)
    divisor = whole / room
    return {party: floor(weight / divisor + 1 - shift) for party, weight in weights.items()}
