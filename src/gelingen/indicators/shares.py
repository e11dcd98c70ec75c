"""Which shares must not leave the house: few are behind them, beside them, or told by them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gelingen.analysis.disclosure.protection import USUAL
from gelingen.indicators.series import FEW, Point

__all__ = ["Share", "hidden_shares", "is_small", "nests", "share_base"]

LEAST = USUAL.threshold
_PERCENT = re.compile(r"(prozent|%|v\.? ?h\.?)\b|%")
_RATE = re.compile(r"je (\d[\d. ]*)")


@dataclass(frozen=True, slots=True)
class Share:
    """A point that is a share.

    Attributes:
        territory: official key.
        point: with what it is a share of, as far as that is known.
        base: of how many it counts, 100 for per cent.

    """

    territory: str
    point: Point
    base: int

    @property
    def whole(self) -> Decimal | None:
        """Give what it is a share of, if only roughly known from other times."""
        return self.point.least if self.point.denominator is None else self.point.denominator

    @property
    def few(self) -> bool:
        """Tell whether it counts, or leaves out, fewer than five, or is a share of few.

        What it is a share of has to be known: else nobody can say how many are behind it.
        """
        whole = self.whole
        if whole is None or whole < FEW:
            return True
        low, high = whole * self.point.low / self.base, whole * self.point.high / self.base
        return is_small(low, high) or is_small(whole - high, whole - low)


def is_small(low: Decimal, high: Decimal) -> bool:
    """Tell whether a count, or one in a range, may be one of those that must not get out."""
    return high > 0 and low < LEAST


def share_base(unit: str) -> int | None:
    """Tell of how many a share counts: 100 for "Prozent", 1000 for "je 1 000"; None: no share."""
    plain = " ".join(unit.casefold().split())  # also narrow and fixed spaces
    if _PERCENT.match(plain):
        return 100
    if plain in ("‰", "promille"):
        return 1000
    rate = _RATE.match(plain)
    return int(re.sub(r"\D", "", rate[1])) if rate else None


def nests(territories: Iterable[str]) -> dict[str, list[str]]:
    """List for each official key those that lie in it and in no smaller one, both in order."""
    known = sorted(territories)
    found: dict[str, list[str]] = {}
    for one in known:
        over = (one[:end] for end in reversed(range(len(one))))
        if around := next((each for each in over if each in known), None):
            found.setdefault(around, []).append(one)
    return found


def hidden_shares(shares: Sequence[Share]) -> set[str]:
    """Name the shares of one indicator that must not get out, by the key of their figure.

    Whoever knows the denominators reckons counts from shares; where the share of a whole is so
    exact that it tells what is hidden in one of its parts, none of them is given.
    """
    hidden = {one.point.key for one in shares if one.few}
    groups: dict[tuple[object, ...], dict[str, list[Share]]] = {}
    for one in shares:
        time = (one.point.reference_told, one.point.strand)
        groups.setdefault(time, {}).setdefault(one.territory, []).append(one)
    for group in groups.values():
        # The inner nests first: what is hidden there is a hidden part of the next.
        for total, parts in sorted(nests(group).items(), key=lambda nest: -len(nest[0])):
            level = [one for place in (total, *parts) for one in group[place]]
            if _tells(group[total], [one for place in parts for one in group[place]], hidden):
                hidden |= {one.point.key for one in level}
    return hidden


def _tells(totals: Sequence[Share], parts: Sequence[Share], hidden: set[str]) -> bool:
    """Tell whether what is hidden of the parts can be reckoned from the rest to less than five."""
    shown = [one for one in parts if one.point.key not in hidden]
    if len(shown) == len(parts) or all(one.point.key in hidden for one in totals):
        return False
    places = {one.territory: one.whole or Decimal(0) for one in parts}
    around = max(one.whole or Decimal(0) for one in totals)
    if around - sum(places.values()) >= FEW:  # as many are in no part, and nobody knows of them
        return False
    return sum(map(_rounded, (*totals, *shown)), Decimal(0)) < LEAST


def _rounded(one: Share) -> Decimal:
    """Give how many a share may be off, as it is rounded or a range."""
    exponent = one.point.low.normalize().as_tuple().exponent
    digits = min(exponent, 0) if isinstance(exponent, int) else 0
    wide = one.point.high - one.point.low + Decimal(1).scaleb(digits)
    return (one.whole or Decimal(0)) * wide / one.base / 2
