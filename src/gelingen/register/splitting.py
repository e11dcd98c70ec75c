"""Split a structure into two or more, which take over from a day on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from gelingen.errors import UserError
from gelingen.register.belongings import (
    Belongings,
    belongings_of,
    copied_reach,
    linked_too,
    new_structure,
    passed_funding,
    passed_post,
    runs_from,
)
from gelingen.register.ending import ended, left_behind, refuse_day
from gelingen.register.models import Structure
from gelingen.register.steps import Plan, Step
from gelingen.terms.spelling import day, number
from gelingen.terms.vocabulary import Verb

_FEWEST = 2


class TooFewPartsError(UserError):
    """A split needs two parts with different names."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a split structure.

    Attributes:
        name: its name.
        capacity: its capacity in the unit of the whole; None: not known.
        fte: its full-time equivalents; None: not known.

    """

    name: str
    capacity: Decimal | None = None
    fte: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Shares:
    """Which parts, by position from 0, get what, by key; what is not named goes to the first."""

    reach: Mapping[str, Sequence[int]] = field(default_factory=dict)
    fundings: Mapping[str, Sequence[int]] = field(default_factory=dict)
    posts: Mapping[str, int] = field(default_factory=dict)


def plan_split(structure: Structure, *, parts: Sequence[Part], shares: Shares, on: date) -> Plan:
    """Say what becomes of the parts of a structure.

    The structure ends the day before; the parts are new, so that what was before stays as it was.
    The first part is its successor.

    Args:
        structure: as it was read.
        parts: at least two.
        shares: which part gets which reach, money and posts; money of several is shared evenly.
        on: first day of the parts.

    Raises:
        WrongDayError: the structure begins later or has ended before.
        TooFewPartsError: fewer than two names, or one twice.

    """
    refuse_day(structure, on)
    if len(parts) < _FEWEST or len({part.name for part in parts}) < len(parts):
        raise TooFewPartsError("Bitte mindestens zwei verschiedene Namen eintragen.")
    taken: set[str] = set()
    owner = structure.organisation
    made = [
        new_structure(structure, name=part.name, organisation=owner, on=on, taken=taken)
        for part in parts
    ]
    known = belongings_of(structure)
    steps = [
        *(_beginning(structure, one, part) for one, part in zip(made, parts, strict=True)),
        ended(structure, on, successor=made[0]),
        *_reaching(known, made, shares),
        *_passing(known, made, shares, on, taken),
        *linked_too(known, made),
    ]
    names = " und ".join(f"„{part.name}“" for part in parts)
    rest = Belongings(known.reach, (), (), ())
    return Plan(
        Verb.SPLIT,
        f"Aus „{structure}“ werden am {day(on)} {names}.",
        tuple(steps),
        (*_unequal(structure, parts), *left_behind(structure, rest, on)),
        on,
    )


def _beginning(structure: Structure, one: Structure, part: Part) -> Step:
    sizes = {
        "capacity_low": part.capacity,
        "capacity_high": part.capacity,
        "capacity_unit": structure.capacity_unit if part.capacity is not None else "",
        "fte": part.fte,
    }
    return Step(one, f"„{one}“, {one.organisation}, ab {day(one.starts)}", sizes, new=True)


def _of(made: Sequence[Structure], places: Sequence[int]) -> list[Structure]:
    return [made[place] for place in places if place < len(made)] or [made[0]]


def _reaching(known: Belongings, made: Sequence[Structure], shares: Shares) -> Iterator[Step]:
    for one in made:
        lines = [line for line in known.reach if one in _of(made, shares.reach.get(line.key, ()))]
        yield from copied_reach(lines, to=one)


def _passing(
    known: Belongings, made: Sequence[Structure], shares: Shares, on: date, taken: set[str]
) -> Iterator[Step]:
    for line in known.fundings:
        if runs_from(line, on):
            to = _of(made, shares.fundings.get(line.key, ()))
            yield from passed_funding(line, on, to=to, taken=taken)
    for post in known.posts:
        if runs_from(post, on):
            to = _of(made, [shares.posts.get(post.key, 0)])
            yield from passed_post(post, on, to=to[0], taken=taken)


def _unequal(structure: Structure, parts: Sequence[Part]) -> Iterator[str]:
    """Say where the parts together are not what the whole was, or where nobody says any more."""
    low, high = structure.capacity_low, structure.capacity_high
    places = [part.capacity for part in parts if part.capacity is not None]
    together, whole = sum(places, Decimal(0)), low if low is not None else high
    if whole is not None and not places:
        size = f"{number(float(whole))} {structure.capacity_unit}".strip()
        yield f"Die Kapazität ({size}) steht danach bei keinem Teil: In den Summen fehlt sie."
    elif (low is not None and together < low) or (high is not None and together > high):
        said = number(float(whole or 0))
        yield f"Die Teile haben zusammen {number(float(together))} statt {said} Plätze."
    staff = [part.fte for part in parts if part.fte is not None]
    if structure.fte is None or sum(staff, Decimal(0)) == structure.fte:
        return
    before = number(float(structure.fte), 2)
    if not staff:
        yield f"Die Stellen ({before} VZÄ) stehen danach bei keinem Teil: In den Summen fehlen sie."
    else:
        said = f"{number(float(sum(staff, Decimal(0))), 2)} statt {before}"
        yield f"Die Teile haben zusammen {said} VZÄ."
