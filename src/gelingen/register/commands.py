"""What people do to the register beyond filling in a form: confirm and extend."""

from datetime import date

from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.history.recording import change
from gelingen.register.models import Funding, Structure
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import EndKind, Verb


class NotLaterError(UserError):
    """The new end is not later than the old one."""


def confirm(*, actor: Actor, structure: Structure, on: date, batch: str = "") -> None:
    """Note that an entry is still true on a day.

    Raises:
        PermissionDenied: the actor may not edit this part of the register.
        LostUpdateError: somebody else changed the structure since it was read.

    """
    require(actor, May.EDIT_REGISTER, structure)
    with change(by=actor, verb=Verb.CONFIRMED, of=structure, batch=batch):
        structure.last_confirmed = on


def extend_funding(*, actor: Actor, funding: Funding, ends: date, batch: str = "") -> None:
    """Move the end of a funding to a later day.

    Args:
        actor: who does it.
        funding: the money, read before.
        ends: the first day without money.
        batch: number of the undertaking to which the change belongs.

    Raises:
        PermissionDenied: the actor may not edit this part of the register.
        NotLaterError: the funding never ends, or `ends` is not after its end.
        LostUpdateError: somebody else changed the funding since it was read.

    """
    require(actor, May.EDIT_REGISTER, funding)
    if funding.ends is None and funding.ends_kind == EndKind.UNLIMITED:
        raise NotLaterError("Diese Finanzierung ist bereits unbefristet.")
    if funding.ends is not None and ends <= funding.ends:
        raise NotLaterError(f"Das neue Ende muss nach dem {day(last_day(funding.ends))} liegen.")
    with change(by=actor, verb=Verb.EXTENDED, of=funding, batch=batch):
        funding.ends, funding.ends_kind = ends, EndKind.STATED
