"""Which shares must not leave the house: few are behind them, beside them, or told by them."""

import re
from collections.abc import Iterable, Iterator, Sequence
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

        What it is a share of has to be known: else nobody can say how many are behind it. Only
        what official statistics published needs none, as they protected it before; where it is
        known, the house's own rule holds for them too.
        """
        whole = self.whole
        if whole is None:
            return not self.point.published
        if whole < FEW:
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
    exact that it tells what is hidden in one of its parts, or of the few in no part, none of them
    is given. Shares of one time count together, however they were counted and called.
    """
    hidden = {one.point.key for one in shares if one.few}
    step = _step([one for one in shares if one.point.key not in hidden])
    for group in _together(shares):
        # The inner nests first: what is hidden there is a hidden part of the next.
        for total, parts in sorted(nests(group).items(), key=lambda nest: -len(nest[0])):
            if _tells(group[total], [group[place] for place in parts], hidden, step):
                level = [one for place in (total, *parts) for one in group[place]]
                hidden |= {one.point.key for one in level}
    return hidden


def _together(shares: Sequence[Share]) -> Iterator[dict[str, list[Share]]]:
    """Give what belongs to one time by territory: with what is known for its month or year only."""
    times: dict[tuple[int, str], list[Share]] = {}
    for one in shares:
        times.setdefault((one.base, one.point.reference_told), []).append(one)
    for (base, time), own in times.items():
        rougher = [
            one
            for (of, longer), others in times.items()
            if of == base and time.startswith(f"{longer}-")
            for one in others
        ]
        group: dict[str, list[Share]] = {}
        for one in (*own, *rougher):
            group.setdefault(one.territory, []).append(one)
        yield group


def _tells(
    totals: Sequence[Share], parts: Sequence[Sequence[Share]], hidden: set[str], step: Decimal
) -> bool:
    """Tell whether what is hidden, or in no part, can be reckoned to less than five."""
    if all(one.point.key in hidden for one in totals):
        return False
    shown = [place for place in parts if not any(one.point.key in hidden for one in place)]
    off = sum((min(_off(one, step) for one in place) for place in (totals, *shown)), Decimal(0))
    outside = _outside(totals, parts)
    if len(shown) == len(parts):
        return off < LEAST and outside is not None and 0 < outside < FEW
    if outside is not None and outside >= FEW:  # as many are in no part, and nobody knows of them
        return False
    return off < LEAST


def _outside(totals: Sequence[Share], parts: Sequence[Sequence[Share]]) -> Decimal | None:
    """Give how many of the whole are in no part; None where it is not known of each."""
    wholes = [max(one.whole or Decimal(0) for one in place) for place in (totals, *parts)]
    return wholes[0] - sum(wholes[1:], Decimal(0)) if all(wholes) else None


def _step(shares: Sequence[Share]) -> Decimal:
    """Give the last place to which shares are told: the finest, as 40,0 is kept as 40."""
    places = (one.point.low.normalize().as_tuple().exponent for one in shares)
    return Decimal(1).scaleb(min((one for one in places if isinstance(one, int)), default=0))


def _off(one: Share, step: Decimal) -> Decimal:
    """Give how many a share may be off, as it is rounded or a range."""
    wide = one.point.high - one.point.low + min(step, Decimal(1))
    return (one.whole or Decimal(0)) * wide / one.base / 2
