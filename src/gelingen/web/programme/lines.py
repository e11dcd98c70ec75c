"""The table of the lists: what stands for choice, on which lists, what is ticked, and why."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.http import QueryDict

from gelingen.analysis.selection.changes import change
from gelingen.analysis.selection.plain import unmet
from gelingen.programme.deciding import LISTS, Frozen, FrozenLine
from gelingen.programme.queries import Whole
from gelingen.programme.reckoning import Lists
from gelingen.web.programme.tabs import names_of
from gelingen.wording.selection import (
    FAIR,
    MEANINGS,
    MOST,
    ORDER,
    say_amount,
    say_change,
    say_list,
    say_passed,
    say_points,
    say_skipped,
    say_unmet,
    say_where,
)

NAMES = dict(zip(LISTS, (MOST, FAIR, ORDER), strict=True))
# Each price is a choice of its own, worked out exactly: more are worked out when asked for.
AT_ONCE = 6
ALL = "alle"


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate in the table.

    Attributes:
        key: of the candidate.
        title: of its measure.
        duty: why it is fixed, "" if it is not.
        version: the candidate as it is stored.
        amounts: each limit with what it takes of it, in words.
        points: its points in words, "" where they are not shown.
        by: points of each group, in words, by name of the group.
        on: each list by its name, and whether it stands on it.
        chosen: whether it is ticked; None: nothing was said about it.
        reason: what is given as reason.
        theirs: what somebody else stored meanwhile, in words; "" mostly.
        where: on which lists it stands and on which not; "" where they agree.

    """

    key: str
    title: str
    duty: str
    version: int
    amounts: tuple[tuple[str, str], ...]
    points: str
    by: tuple[tuple[str, str], ...]
    on: tuple[tuple[str, bool], ...]
    chosen: bool | None
    reason: str
    theirs: str
    where: str


def lines_of(
    seen: Whole, kept: Frozen, order: Sequence[str], sent: QueryDict | None = None
) -> list[Line]:
    """Give a line for each candidate.

    Args:
        seen: the selection.
        kept: its programme, as it stands or as it was held fast.
        order: keys of candidates in the order of the lines; others follow.
        sent: what somebody ticked and wrote and what could not be stored; nothing of it is lost.

    """
    places = {key: place for place, key in enumerate(order)}
    stored = {one.key: one for one in seen.candidates}
    found = []
    for one in sorted(kept["lines"], key=lambda each: places.get(each["key"], len(places))):
        there = stored.get(one["key"])
        chosen: bool | None = one["chosen"]
        reason = one["reason"]
        if not seen.selection.frozen and there is not None and there.chosen is None:
            # Until the body has said something, the list of most points is proposed.
            chosen = LISTS[0] in one["lists"] if seen.leads else None
        theirs = ""
        if sent is not None and there is not None and one["key"] in sent.getlist("zeile"):
            theirs = _theirs(one, sent, there.version)
            chosen = one["key"] in sent.getlist("wahl")
            reason = sent.get(f"grund-{one['key']}", "")
        version = there.version if there is not None else 0
        found.append(_line(seen, kept, one, version, (chosen, reason, theirs)))
    return found


def _theirs(one: FrozenLine, sent: QueryDict, version: int) -> str:
    if sent.get(f"stand-{one['key']}") == str(version):
        return ""
    said = f", „{one['reason']}“" if one["reason"] else ""
    return f"Inzwischen gespeichert: {'ausgewählt' if one['chosen'] else 'nicht ausgewählt'}{said}."


def _line(
    seen: Whole, kept: Frozen, one: FrozenLine, version: int, said: tuple[bool | None, str, str]
) -> Line:
    amounts = tuple(
        (each["name"], _amount_of(one, each["key"], each["resource"])) for each in kept["limits"]
    )
    shown = seen.leads or seen.complete
    by = sorted((kept["groups"][key], points) for key, points in one["by"].items())
    chosen = {name: {one["key"]} if key in one["lists"] else set() for key, name in NAMES.items()}
    return Line(
        one["key"],
        one["title"],
        one["duty"],
        version,
        amounts,
        say_points(Fraction(one["points"]) if one["points"] else None) if shown else "",
        tuple((name, say_points(Fraction(points))) for name, points in by) if shown else (),
        tuple((name, key in one["lists"]) for key, name in NAMES.items()),
        *said,
        say_where(chosen, one["key"]),
    )


def _amount_of(one: FrozenLine, limit: str, resource: str) -> str:
    given = one["amounts"].get(limit)
    return "–" if given is None else say_amount(resource, Fraction(given))


def heads_of(seen: Whole, found: Lists) -> list[tuple[str, str, str]]:
    """Give for each list its name, what it does, and what it comes to and misses."""
    each = (found.most, found.fair.selection, found.order.selection)
    return [
        (
            name,
            MEANINGS[name],
            " ".join(
                filter(
                    None,
                    (
                        say_list(len(one.chosen), one.left, amount_in(seen)),
                        say_unmet(unmet(found.pool, one.chosen), names_of(seen)),
                    ),
                )
            ),
        )
        for name, one in zip(NAMES.values(), each, strict=True)
    ]


def sums_of(kept: Frozen, rows: Collection[Line]) -> list[tuple[str, str, str, bool]]:
    """Add up what is ticked, by limit: its name, what is used and there is, whether too much."""
    ticked = {one.key for one in rows if one.chosen}
    found = []
    for limit in kept["limits"]:
        taken = (x["amounts"].get(limit["key"]) for x in kept["lines"] if x["key"] in ticked)
        used = sum((Fraction(amount) for amount in taken if amount), Fraction(0))
        most, resource = Fraction(limit["amount"]), limit["resource"]
        words = (say_amount(resource, used), say_amount(resource, most))
        found.append((limit["name"], *words, used > most))
    return found


def amount_in(seen: Whole) -> Callable[[str, Fraction], str]:
    """Give what writes an amount of a limit, by key of the limit."""
    resources = {one.key: one.resource for one in seen.limits}
    return lambda key, amount: say_amount(resources[key], amount)


# Why the lists differ


@dataclass(frozen=True, slots=True)
class Difference:
    """A candidate on which the lists do not agree: sentences, and whether its price is there."""

    line: Line
    why: tuple[str, ...]
    priced: bool


def differences(seen: Whole, found: Lists, rows: Sequence[Line], asked: str) -> list[Difference]:
    """Explain each difference; what changing it costs where it was asked for, or they are few.

    Args:
        seen: the selection.
        found: its lists.
        rows: its lines.
        asked: key of a candidate, or `ALL`.

    """
    differing = [one for one in rows if one.where]
    every = asked == ALL or len(differing) <= AT_ONCE
    return [
        Difference(one, _why(seen, found, one.key, priced=priced), priced)
        for one in differing
        for priced in (every or one.key == asked,)
    ]


def _why(seen: Whole, found: Lists, key: str, *, priced: bool) -> tuple[str, ...]:
    names, amount = names_of(seen), amount_in(seen)
    said = [say_change(change(found.pool, found.most, key), names, amount)] if priced else []
    if key not in found.fair.selection.chosen:
        why = found.fair.passed.get(key, ())
        said.append(say_passed(why, found.pool.limits, names, lacking=_lacking(found, key)))
    if key in found.order.skipped:
        place = found.order.order.index(key) + 1
        said.append(say_skipped(found.order.skipped[key], place, names, amount))
    return tuple(filter(None, said))


def _lacking(found: Lists, key: str) -> str:
    """Say how much those who want a candidate lack in the end to pay for it."""
    if found.fair.shares is None or key in found.pool.with_needed(found.pool.duties):
        return ""
    missing = found.pool.price(key) - found.fair.shares.together(key)
    return say_amount("money", Fraction(missing)) if missing > 0 else ""


def missed(seen: Whole, found: Lists, rows: Collection[Line]) -> str:
    """Say of which topics too little is ticked; "" if of none."""
    names: Mapping[str, str] = names_of(seen)
    return say_unmet(unmet(found.pool, [one.key for one in rows if one.chosen]), names)
