"""The three lists of a year's selection, worked out from what the groups said.

Points are those of `analysis.selection.scores`, from 0 to 100: by the middle that the selection
names, over all groups that sent a ballot; a group's own points are those of its ballot alone. Where
single members score, the ballot of a group is made of theirs (`programme.members`), and the points
are those of the groups or of all members, as the selection says. The lists follow from these alone:

- the most points: the exact optimum within all limits (`analysis.selection.optimum`);
- fair between the voices: the Method of Equal Shares on all money of the year; duties are paid
  first (`analysis.selection.shares`), what the shares leave is used up by raising them for all,
  then by points. It knows money alone: of what it buys the first that does not fit into the other
  limits, or needs what was not bought, is left out and named, and the money is shared again;
- in order: from the highest points down (`analysis.selection.plain`).

What nobody scored stands on no list (`pool_of`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from statistics import mean, median
from typing import cast

from gelingen.analysis.selection.ballots import Ballots
from gelingen.analysis.selection.optimum import Selection as Chosen
from gelingen.analysis.selection.optimum import optimum, selected
from gelingen.analysis.selection.plain import Ranked, down_the_ranking, ranking
from gelingen.analysis.selection.pool import Candidate, Minimum, Pool
from gelingen.analysis.selection.scores import (
    Criterion,
    Mark,
    Middle,
    Points,
    points,
    rounded,
    summarise,
)
from gelingen.analysis.selection.shares import Shares, equal_shares
from gelingen.programme.models import Said
from gelingen.programme.orders import points_of
from gelingen.programme.queries import Whole, amount_of
from gelingen.terms.programme import Basis, Counting, Resource, Voting
from gelingen.terms.selection import Completion


@dataclass(frozen=True, slots=True)
class Scored:
    """What the groups say about one candidate.

    Attributes:
        points: 0 to 100 to two places; None if nobody scored it.
        by: points of each group that scored it, by key of the group.
        abstained: keys of the groups that sent a ballot and did not score it.
        comments: what groups said, by key of the group.
        voices: points of each voice that the lists are made of: of the groups, or of each member
            by a number that says nothing of whom.

    """

    points: Fraction | None
    by: Mapping[str, Fraction]
    abstained: tuple[str, ...]
    comments: Mapping[str, str]
    voices: Mapping[str, Fraction]

    @property
    def mean(self) -> Fraction | None:
        """Give the average of the groups' points."""
        return mean(self.by.values()) if self.by else None

    @property
    def median(self) -> Fraction | None:
        """Give the points of the middle group, between two the middle of both."""
        return median(self.by.values()) if self.by else None

    @property
    def apart(self) -> Fraction | None:
        """Give how far the groups are apart: the highest points less the lowest."""
        return max(self.by.values()) - min(self.by.values()) if self.by else None


@dataclass(frozen=True, slots=True)
class Fair:
    """The list by equal shares.

    Attributes:
        selection: what is chosen, with the duties.
        shares: how the money was spent; None if there is no money to share.
        passed: what was bought and passed over, with the limits that it exceeds or the keys of
            what it needs or excludes.

    """

    selection: Chosen
    shares: Shares | None
    passed: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Lists:
    """Three lists side by side, all by key of the candidate.

    Attributes:
        pool: what was chosen from, with limits by key.
        scored: what the groups say.
        most: the most points.
        fair: fair between groups.
        order: in order.

    """

    pool: Pool
    scored: Mapping[str, Scored]
    most: Chosen
    fair: Fair
    order: Ranked


def reckon(whole: Whole, *, limits: Mapping[str, Fraction] | None = None) -> Lists:
    """Work out the three lists; the same ballots give the same lists.

    Args:
        whole: the selection.
        limits: other amounts than those of the year, by key of the limit; what is not named stays.

    """
    scored = scores(whole)
    pool = pool_of(whole, scored)
    pool = replace(pool, limits={**pool.limits, **(limits or {})})
    return Lists(pool, scored, optimum(pool), _fair(pool, scored), down_the_ranking(pool))


def scores(whole: Whole) -> dict[str, Scored]:
    """Say for each candidate what the groups say that sent their ballot."""
    if whole.selection.basis == Basis.ORDER:
        return _by_order(whole)
    together = _rounded(_points(whole, _all_marks(whole)))
    return _scored(whole, together)


def member_points(whole: Whole) -> dict[int, dict[str, list[Fraction]]]:
    """Give what members gave each candidate, 0 to 100, by number of the group and by key."""
    found: dict[int, dict[str, list[Fraction]]] = {}
    for one in whole.single:
        given = found.setdefault(one.body_id, {})
        for key, value in _alone(whole, one).items():
            given.setdefault(key, []).append(value)
    return found


def middle_of(values: Sequence[Fraction]) -> tuple[Fraction | None, ...]:
    """Give the average, the median, and how far the values are apart; nothing of no values."""
    if not values:
        return None, None, None
    return mean(values), median(values), max(values) - min(values)


def _alone(whole: Whole, one: Said) -> dict[str, Fraction]:
    """Give the points of one ballot alone, by key of the candidate."""
    if whole.selection.basis == Basis.ORDER:
        return points_of(whole, one)
    return _rounded(_points(whole, _marks(whole, "", one)))


def _by_order(whole: Whole) -> dict[str, Scored]:
    """Make points of orders: in each group its points by Borda, 100 for what is above all."""
    apart = [points_of(whole, one) for _, one in whole.voices]
    middle = median if whole.selection.middle == Counting.MEDIAN else mean
    given = {
        one.key: [points[one.key] for points in apart if one.key in points]
        for one in whole.candidates
    }
    together = {key: rounded(middle(each)) for key, each in given.items() if each}
    return _scored(whole, together)


def _scored(whole: Whole, together: Mapping[str, Fraction]) -> dict[str, Scored]:
    sent = whole.counting
    apart = {one.body.key: _alone(whole, one) for one in sent}
    each = apart
    if whole.selection.voting == Voting.EACH:
        each = {name: _alone(whole, one) for name, one in whole.voices}
    return {
        one.key: Scored(
            together.get(one.key),
            _of(apart, one.key),
            tuple(name for name, given in apart.items() if one.key not in given),
            {each.body.key: each.comments[one.key] for each in sent if one.key in each.comments},
            _of(each, one.key),
        )
        for one in whole.candidates
    }


def _of(given: Mapping[str, Mapping[str, Fraction]], key: str) -> dict[str, Fraction]:
    return {name: points[key] for name, points in given.items() if key in points}


def _all_marks(whole: Whole) -> list[Mark]:
    return [mark for name, one in whole.voices for mark in _marks(whole, name, one)]


def _marks(whole: Whole, name: str, ballot: Said) -> Iterable[Mark]:
    """Read a ballot; what it does not say about a candidate that it scores is an abstention."""
    tops = {one.key: one.top for one in whole.criteria}
    for one in whole.candidates:
        if given := ballot.scores.get(one.key):
            for key, top in tops.items():
                value = given.get(key)
                kept = None if value is None else Fraction(min(value, top))
                yield Mark(name, one.key, key, kept)


def _points(whole: Whole, marks: Iterable[Mark]) -> list[Points]:
    criteria = [
        Criterion(one.key, Fraction(one.weight), Fraction(0), Fraction(one.top))
        for one in whole.criteria
    ]
    middle = cast("Middle", whole.selection.middle)
    return points(criteria, summarise(criteria, marks), by=middle)


def _rounded(found: Iterable[Points]) -> dict[str, Fraction]:
    return {one.candidate: one.rounded for one in found if one.rounded is not None}


def parts_of(whole: Whole) -> dict[str, Mapping[str, Fraction]]:
    """Say what each candidate got for each criterion: 0 to 100, by key of both."""
    return {one.candidate: one.parts for one in _points(whole, _all_marks(whole))}


def pool_of(whole: Whole, scored: Mapping[str, Scored]) -> Pool:
    """Write down what is chosen from, and what every choice must keep.

    What nobody scored is proposed by no list, even where it costs nothing: it is left out, unless
    it is a duty, something that is scored needs it, or its topic has a least number.
    """
    there = _standing(whole, scored)
    candidates = tuple(
        Candidate(
            one.key,
            scored[one.key].points or Fraction(0),
            {limit.key: amount_of(one, limit.key) for limit in whole.limits},
            frozenset({one.measure.topic.key}),
            whole.links[one.key][0] & there,
        )
        for one in whole.candidates
        if one.key in there
    )
    pairs = {
        (min(one.key, other), max(one.key, other))
        for one in whole.candidates
        for other in whole.links[one.key][1] & there
        if one.key in there
    }
    return Pool(
        candidates,
        {one.key: Fraction(one.amount) for one in whole.limits},
        frozenset(one.key for one in whole.candidates if one.duty),
        tuple(sorted(pairs)),
        tuple(Minimum(one.topic.key, one.count) for one in whole.minima),
        frozenset(one.key for one in whole.limits if one.resource == Resource.MONEY),
    )


def _standing(whole: Whole, scored: Mapping[str, Scored]) -> frozenset[str]:
    """Give the keys of all that a list may propose."""
    least = {one.topic_id for one in whole.minima}
    found = {
        one.key
        for one in whole.candidates
        if one.duty or scored[one.key].points is not None or one.measure.topic_id in least
    }
    every = {one.key for one in whole.candidates}
    more = found
    while more:
        more = {key for one in more for key in whole.links[one][0]} & every - found
        found |= more
    return frozenset(found)


def _fair(pool: Pool, scored: Mapping[str, Scored]) -> Fair:
    fixed = pool.with_needed(pool.duties)
    money = sum((pool.limits[name] for name in pool.money), Fraction(0))
    left = money - sum((pool.price(key) for key in fixed), Fraction(0))
    if not pool.money or left < 0 or not any(one.voices for one in scored.values()):
        return Fair(selected(pool, fixed), None, {})
    passed: dict[str, tuple[str, ...]] = {}
    while True:
        free = [key for key in ranking(pool) if key not in fixed and key not in passed]
        shares = _bought(pool, scored, free, left)
        chosen, against = _fitting(pool, fixed, shares)
        if not against:
            return Fair(selected(pool, chosen), shares, passed)
        # What does not fit takes no money: the first such is left out, and all is shared again.
        first = next(iter(against))
        passed[first] = against[first]


def _bought(
    pool: Pool, scored: Mapping[str, Scored], free: Sequence[str], money: Fraction
) -> Shares:
    voters = sorted({name for one in scored.values() for name in one.voices})
    points = {
        name: {key: scored[key].voices[name] for key in free if scored[key].voices.get(name)}
        for name in voters
    }
    prices = {key: pool.price(key) for key in free}
    return equal_shares(Ballots(prices, points), money, completion=Completion.INCREASE)


def _fitting(
    pool: Pool, fixed: frozenset[str], shares: Shares
) -> tuple[set[str], dict[str, tuple[str, ...]]]:
    """Take what was bought in its order, as far as it keeps what holds besides money.

    What needs another measure waits until that one is taken. Gives what is taken, and what is not
    with what stands against it, in the order bought.
    """
    chosen = set(fixed)
    against: dict[str, tuple[str, ...]] = {}
    waiting = list(shares.chosen)
    while ready := next((key for key in waiting if _needs(pool, key) <= chosen), None):
        waiting.remove(ready)
        if why := _against(pool, chosen, ready):
            against[ready] = why
        else:
            chosen.add(ready)
    against |= {key: tuple(sorted(_needs(pool, key) - chosen)) for key in waiting}
    return chosen, against


def _needs(pool: Pool, key: str) -> frozenset[str]:
    return pool.candidates[pool.at[key]].needs


def _against(pool: Pool, chosen: set[str], key: str) -> tuple[str, ...]:
    """Name what is chosen and excludes a candidate, and the limits that it would exceed."""
    others = {other for pair in pool.exclusions if key in pair for other in pair} - {key}
    used = pool.used({*chosen, key})
    over = [name for name, most in sorted(pool.limits.items()) if used[name] > most]
    return (*sorted(others & chosen), *over)
