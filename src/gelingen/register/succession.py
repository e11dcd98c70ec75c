"""Replace a structure by a successor, which takes over from a day on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gelingen.errors import UserError
from gelingen.register.belongings import (
    Belongings,
    belongings_of,
    cell_of,
    copied_reach,
    linked_too,
    new_structure,
    passed_funding,
    passed_post,
    runs_from,
)
from gelingen.register.ending import WrongDayError, ended, left_behind, refuse_day
from gelingen.register.models import Organisation, Structure
from gelingen.register.steps import Plan, Step
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import Verb


class NoSuccessorError(UserError):
    """The successor is missing, or cannot be one."""


@dataclass(frozen=True, slots=True)
class Heir:
    """Who takes over: a structure that is there, or name and organisation of a new one."""

    structure: Structure | None = None
    name: str = ""
    organisation: Organisation | None = None


def plan_succession(structure: Structure, *, heir: Heir, on: date, with_money: bool) -> Plan:
    """Say what passes to a successor.

    The structure ends the day before; the successor gets its reach, the money that runs on (if
    wanted) and, within the same organisation, its posts; measures name both.

    Args:
        structure: as it was read.
        heir: who takes over; a new structure belongs to the same organisation if none is given.
        on: first day of the successor.
        with_money: whether money that runs on passes to the successor.

    Raises:
        WrongDayError: the structure begins later or has ended before; the successor has not begun
            or has ended by then.
        NoSuccessorError: there is none, or it is the structure itself.

    """
    refuse_day(structure, on)
    taken: set[str] = set()
    fresh = heir.structure is None
    owner = heir.organisation or structure.organisation
    if fresh and not heir.name:
        raise NoSuccessorError("Bitte einen Nachfolger wählen oder einen neuen Namen eintragen.")
    successor = heir.structure or new_structure(
        structure, name=heir.name, organisation=owner, on=on, taken=taken
    )
    _refuse_heir(structure, successor, on)
    known = belongings_of(structure)
    steps = [
        *_beginning(structure, successor, fresh=fresh),
        ended(structure, on, successor=successor),
        *_passing(known, successor, on, with_money=with_money, fresh=fresh, taken=taken),
    ]
    return Plan(
        Verb.SUCCEEDED,
        f"„{successor}“ übernimmt am {day(on)} von „{structure}“.",
        tuple(steps),
        tuple(_staying(structure, known, successor, on, with_money=with_money)),
        on,
    )


def _refuse_heir(structure: Structure, successor: Structure, on: date) -> None:
    if successor == structure or (successor.pk and successor.successor_id == structure.pk):
        raise NoSuccessorError("Eine Struktur kann nicht auf sich selbst folgen.")
    if successor.starts is not None and successor.starts > on:
        raise WrongDayError(f"„{successor}“ beginnt erst am {day(successor.starts)}.")
    if successor.ends is not None and successor.ends <= on:
        raise WrongDayError(f"„{successor}“ besteht am {day(on)} nicht mehr.")


def _beginning(structure: Structure, successor: Structure, *, fresh: bool) -> Iterator[Step]:
    if not fresh:
        return
    size = ("capacity_low", "capacity_high", "capacity_unit", "fte")
    values = {name: getattr(structure, name) for name in size}
    said = f"„{successor}“, {successor.organisation}, ab {day(successor.starts)}"
    yield Step(successor, said, values, new=True)


def _passing(  # noqa: PLR0913 - what decides what passes
    known: Belongings,
    successor: Structure,
    on: date,
    *,
    with_money: bool,
    fresh: bool,
    taken: set[str],
) -> Iterator[Step]:
    there = set() if fresh else {cell_of(line) for line in successor.reach.all()}
    yield from copied_reach(known.reach, to=successor, known=there)
    for line in known.fundings:
        if with_money and runs_from(line, on):
            yield from passed_funding(line, on, to=[successor], taken=taken)
    for post in known.posts:
        if runs_from(post, on) and post.organisation_id == successor.organisation_id:
            yield from passed_post(post, on, to=successor, taken=taken)
    yield from linked_too(known, [successor])


def _staying(
    structure: Structure, known: Belongings, successor: Structure, on: date, *, with_money: bool
) -> Iterator[str]:
    for line in known.fundings:
        if not with_money and runs_from(line, on):
            yield f"Die Finanzierung „{line}“ geht nicht auf den Nachfolger über."
    rest = Belongings(known.reach, (), (), ())
    if successor.organisation_id != structure.organisation_id:
        rest = Belongings(known.reach, (), known.posts, ())
    yield from left_behind(structure, rest, on)
    if not known.reach:
        yield "Eine Reichweite ist nicht eingetragen; der Nachfolger übernimmt keine."
