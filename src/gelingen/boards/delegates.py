"""Delegates of a council: seats by the strength of its groups, and the seats made to fit.

plan_delegates(body, lines, wanted, on=...) -> Plan

What the strengths leave open is decided by whoever asks, with a reason; see `decided`.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from gelingen.analysis.apportionment import Apportionment
from gelingen.boards.models import Body, Seat
from gelingen.boards.queries import SeatLine, holds
from gelingen.boards.seats import everyone, following, is_taken, left, named
from gelingen.errors import UserError
from gelingen.register.keys import free_keys, key_of
from gelingen.register.steps import Plan, Step
from gelingen.terms.boards import SeatKind
from gelingen.terms.spelling import day, last_day, period
from gelingen.terms.vocabulary import Verb
from gelingen.wording.words import counted
from gelingen.workbook.folding import fold


class UndecidedError(UserError):
    """The strengths leave seats open, and nobody has said who gets them, or why."""


def decided(found: Apportionment, chosen: Sequence[str], why: str) -> dict[str, int]:
    """Give each group its seats, the open ones to those that were chosen.

    Raises:
        UndecidedError: not as many were chosen as seats are open, or nobody said why.

    """
    given = [group for group in found.tied if group in chosen]
    if len(given) != found.open:
        seats = counted(found.open, "Gruppe", "Gruppen")
        raise UndecidedError(f"Bitte {seats} für die offenen Sitze ankreuzen.")
    if found.open and not why.strip():
        raise UndecidedError(
            "Bitte sagen, wie das entschieden wurde, etwa durch Los am 12.07.2021."
        )
    return {group: number + (group in given) for group, number in found.certain.items()}


def council_lines(lines: Sequence[SeatLine], on: date) -> list[SeatLine]:
    """Keep the seats of the council's delegates that are there on a day or later."""
    return [
        one
        for one in lines
        if one.seat.kind == SeatKind.COUNCIL and (one.seat.ends is None or one.seat.ends > on)
    ]


def held(lines: Sequence[SeatLine], on: date) -> dict[str, int]:
    """Count the seats of each group that sends delegates, by its name, in order of the seats."""
    found: dict[str, int] = {}
    for one in council_lines(lines, on):
        if one.seat.sender:
            found[one.seat.sender] = found.get(one.seat.sender, 0) + 1
    return found


def plan_delegates(
    body: Body, lines: Sequence[SeatLine], wanted: Mapping[str, int], *, on: date
) -> Plan:
    """Make the seats of the council's delegates fit: new ones, and ends of those too many.

    A vacant seat without a group is given to one before a new one is made; of too many seats the
    vacant ones end first, then the last in order. Vacant is what nobody takes on the day from which
    it holds or later, whoever takes it today. One query.

    Args:
        body: in which body.
        lines: all its seats with who takes them.
        wanted: seats by name of the group.
        on: the day from which it holds.

    """
    own, groups = council_lines(lines, on), {fold(name): name for name in wanted}
    free = [one for one in own if not one.seat.sender and not is_taken(one, on)]
    steps: list[Step] = []
    missing: list[str] = []
    for folded, name in groups.items():
        there = [one for one in own if fold(one.seat.sender) == folded]
        steps += _ended(there, len(there) - wanted[name], on)
        for _ in range(wanted[name] - len(there)):
            if free:
                seat = free.pop(0).seat
                steps.append(Step(seat, f"{named(seat)} für „{name}“", {"sender": name}))
            else:
                missing.append(name)
    steps += _added(body, lines, missing, on)
    strange = [one for one in own if one.seat.sender and fold(one.seat.sender) not in groups]
    steps += _ended(strange, len(strange), on)
    stays = tuple(
        f"{named(one.seat)} ist besetzt und nennt keine Gruppe; bitte dort eintragen."
        for one in own
        if not one.seat.sender and is_taken(one, on)
    )
    shared = ", ".join(f"{name} {number}" for name, number in wanted.items())
    said = f"Sitze der Delegierten in „{body}“: {shared}."
    return Plan(Verb.ARRANGED, said, tuple(steps), stays, on)


def _ended(lines: Sequence[SeatLine], number: int, on: date) -> list[Step]:
    """End so many of these seats: who takes them leaves, and who was to come does not come."""
    if number <= 0:
        return []
    leaving = sorted(lines, key=lambda one: (is_taken(one, on), -one.seat.order))[:number]
    steps = []
    for one in leaving:
        of = f" für „{one.seat.sender}“" if one.seat.sender else ""
        over = not holds(one.seat, on) or one.seat.starts == on
        steps += [
            Step(
                taken,
                f"„{taken.function}“ entfällt, {period(taken.starts, taken.ends)}",
                removes=True,
            )
            for taken in (everyone(one) if over else following(one, on))
        ]
        if over:
            steps.append(Step(one.seat, f"{named(one.seat)}{of} entfällt", removes=True))
            continue
        steps += left(one, on)
        until = day(last_day(on))
        steps.append(Step(one.seat, f"{named(one.seat)}{of} bis {until}", {"ends": on}))
    return steps


def _added(body: Body, lines: Sequence[SeatLine], groups: Sequence[str], on: date) -> list[Step]:
    last = max((one.seat.order for one in lines), default=0)
    keys = free_keys(Seat, body.tenant_id, [key_of(body.key, name) for name in groups])
    steps = []
    for order, (name, key) in enumerate(zip(groups, keys, strict=True), start=last + 1):
        values = {
            "body": body,
            "order": order,
            "kind": SeatKind.COUNCIL.value,
            "sender": name,
            "starts": on,
        }
        seat = Seat(tenant_id=body.tenant_id, key=key)
        said = f"Neuer Sitz {order} für „{name}“ ab {day(on)}"
        steps.append(Step(seat, said, values, new=True))
    return steps
