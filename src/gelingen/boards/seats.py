"""Fill a seat anew, free it, extend terms of office: first what would happen, then all or nothing.

plan_filling(line, ...) -> Plan, plan_freeing(line, ...) -> Plan, plan_extending(lines, ...) -> Plan
connect(*, actor, tenure, account, ...)

Plans are written by `register.steps.carry_out`; seats and who takes them are changed by whoever
leads all bodies of the tenant, see ADR 0015.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gelingen.access.models import User
from gelingen.access.policy import Actor, May, require, roles_in
from gelingen.access.queries import on_day
from gelingen.boards.models import Seat, Tenure
from gelingen.boards.queries import SeatLine
from gelingen.errors import UserError
from gelingen.history.recording import change
from gelingen.register.keys import free_keys, key_of
from gelingen.register.steps import Plan, Step
from gelingen.terms.spelling import day, last_day, period
from gelingen.terms.vocabulary import Verb


class SeatTakenError(UserError):
    """Somebody takes the seat in that time, or it is not there then."""


class UnknownAccountError(UserError):
    """There is no such account with a role in the tenant."""


@dataclass(frozen=True, slots=True)
class Taking:
    """Who takes a seat: by function, with a name only where it is public, and when.

    `ends` is the first day after it; None if no end is known.
    """

    function: str
    starts: date
    ends: date | None = None
    holder: str = ""
    mailbox: str = ""


def named(seat: Seat) -> str:
    """Name a seat in its body in a sentence."""
    return f"Sitz {seat.order} ({seat.get_kind_display()}) in „{seat.body}“"


def plan_filling(line: SeatLine, given: Taking) -> Plan:
    """Let somebody take a seat from a day on; who takes it until then leaves it the day before.

    One query.

    Raises:
        SeatTakenError: somebody begins later or on the same day, or the seat is over by then.

    """
    seat, starts = line.seat, given.starts
    _refuse_over(seat, given)
    later = following(line, starts)
    if later:
        first = later[0]
        raise SeatTakenError(
            f"{named(seat)} nimmt ab {day(first.starts)} schon „{first.function}“ ein. "
            "Bitte diese Besetzung ändern oder einen späteren Beginn wählen."
        )
    steps = left(line, starts)
    words = key_of(seat.key, given.function, f"{starts}")
    (key,) = free_keys(Tenure, seat.tenant_id, [words])
    when = period(starts, given.ends)
    new = Tenure(tenant_id=seat.tenant_id, key=key)
    values = {
        "seat": seat,
        "function": given.function,
        "holder": given.holder,
        "mailbox": given.mailbox,
        "starts": starts,
        "ends": given.ends,
    }
    steps.append(Step(new, f"„{given.function}“ {when}", values, new=True))
    said = f"{named(seat)}: „{given.function}“ ab {day(starts)}."
    return Plan(Verb.CHANGED, said, tuple(steps), (), starts)


def everyone(line: SeatLine) -> Iterable[Tenure]:
    """Give all who take a seat, took it or will take it."""
    return (*line.now, *line.coming, *line.earlier)


def is_taken(line: SeatLine, since: date) -> bool:
    """Whether somebody takes a seat on a day or from a later one, whatever is the case today."""
    return any(one.ends is None or one.ends > since for one in everyone(line))


def following(line: SeatLine, since: date) -> list[Tenure]:
    """Give who begins on a day or later, the first first."""
    found = [one for one in everyone(line) if one.starts is not None and one.starts >= since]
    return sorted(found, key=lambda one: (one.starts or since, one.key))


def left(line: SeatLine, since: date) -> list[Step]:
    """Let who takes a seat before a day and on it leave it the day before.

    Terms that are over by then stay as they are, and so does who begins on the day or later.
    """
    return [
        Step(one, f"„{one.function}“ bis {day(last_day(since))}", {"ends": since})
        for one in everyone(line)
        if (one.starts is None or one.starts < since) and (one.ends is None or one.ends > since)
    ]


def _refuse_over(seat: Seat, given: Taking) -> None:
    if seat.ends is not None and seat.ends <= given.starts:
        raise SeatTakenError(f"{named(seat)} gibt es nur bis {day(last_day(seat.ends))}.")
    if seat.starts is not None and seat.starts > given.starts:
        raise SeatTakenError(f"{named(seat)} gibt es erst ab {day(seat.starts)}.")


def plan_freeing(line: SeatLine, *, since: date) -> Plan:
    """Let a seat be vacant from a day on, until somebody comes who is entered already.

    Raises:
        SeatTakenError: nobody takes it on that day, or only from that day on.

    """
    seat, steps = line.seat, tuple(left(line, since))
    if not steps:
        raise SeatTakenError(f"{named(seat)} nimmt an diesem Tag niemand ein.")
    stays = tuple(
        f"Ab {day(one.starts)} nimmt ihn „{one.function}“ ein." for one in following(line, since)
    )
    return Plan(Verb.ENDED, f"{named(seat)} ist ab {day(since)} frei.", steps, stays, since)


def plan_extending(lines: Sequence[SeatLine], *, ends: date, on: date) -> Plan:
    """Extend the terms of office that run on a day; what cannot be extended is said.

    Args:
        lines: the seats.
        ends: first day after the new end.
        on: the day.

    """
    steps, stays = [], []
    for line in lines:
        why = _why_not(line, ends)
        if why:
            stays.append(f"{named(line.seat)}: {why}")
            continue
        (held,) = line.now
        until = day(last_day(ends))
        before = day(last_day(held.ends)) if held.ends else ""
        said = f"{named(line.seat)}, „{held.function}“: bis {until}, bisher {before}"
        steps.append(Step(held, said, {"ends": ends}))
    said = f"Amtszeit bis {day(last_day(ends))}."
    return Plan(Verb.EXTENDED, said, tuple(steps), tuple(stays), on)


def _why_not(line: SeatLine, ends: date) -> str:
    if len(line.now) != 1:
        return "frei." if line.vacant else "mehrere nehmen ihn ein; bitte einzeln ändern."
    (held,) = line.now
    if held.ends is None:
        return "die Amtszeit hat kein Ende."
    if held.ends >= ends:
        return f"die Amtszeit reicht schon bis {day(last_day(held.ends))}."
    if line.coming and line.coming[0].starts and line.coming[0].starts < ends:
        after = line.coming[0]
        return f"ab {day(after.starts)} folgt „{after.function}“."
    return ""


def stamp_of(line: SeatLine) -> str:
    """Something that is the same as long as nobody has changed the seat or who takes it."""
    held = sorted((one.pk, one.version) for one in everyone(line))
    return " ".join(f"{pk}.{version}" for pk, version in [(line.seat.pk, line.seat.version), *held])


def connect(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    tenure: Tenure,
    account: str,
    on: date,
    version: int | None = None,
    batch: str = "",
) -> None:
    """Say which account belongs to who takes a seat; that person gets the rights of the seat.

    Args:
        actor: who does it.
        tenure: who takes the seat.
        account: name of the account; "" for none.
        on: the day; on it the account holds a role in the tenant.
        version: the version that the person saw.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor does not lead all bodies of the tenant.
        UnknownAccountError: there is no such account with a role in the tenant.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.EDIT_BOARDS, tenure.tenant)
    person = User.objects.filter(username__iexact=account, is_active=True).first()
    known = person is not None and roles_in(on_day(person, on=on), tenure.tenant)
    if account and not known:
        raise UnknownAccountError(
            "Dieses Konto gibt es nicht, oder es hat hier keine Rolle. "
            "Einladen kann, wer Personen verwaltet; es genügt „Mitglied eines Gremiums“."
        )
    tenure.version = tenure.version if version is None else version
    with change(by=actor, verb=Verb.CHANGED, of=tenure, batch=batch):
        tenure.person = person if account else None
