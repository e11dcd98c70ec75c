"""Who may do what, and why: the answers of `policy` in words, from the same roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from gelingen.access.models import Membership, Tenant, User
from gelingen.access.policy import (
    MEANINGS,
    OWNERS,
    ROLES,
    SEATED,
    Actor,
    May,
    require,
    seat_holders,
)
from gelingen.access.queries import effective
from gelingen.errors import NotFoundError
from gelingen.terms.boards import SeatOffice
from gelingen.terms.spelling import day, last_day


class UnknownPersonError(NotFoundError):
    """Nobody of this number holds or held a role in the tenant."""


@dataclass(frozen=True, slots=True)
class Right:
    """One right of one person.

    Attributes:
        may: the right.
        meaning: what it allows, in German.
        whole: whether it reaches the whole tenant; else one's own organisations, or bodies.
        reasons: why, a sentence each, in order of the roles, then of the seats.
        bodies: names of the bodies that it reaches by a seat alone.

    """

    may: May
    meaning: str
    whole: bool
    reasons: tuple[str, ...]
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A person of a tenant.

    Attributes:
        user: the account.
        rows: stored roles and turns as a deputy in the tenant, ended ones too, oldest first.
        held: what holds on the day, see `queries.effective`.

    """

    user: User
    rows: tuple[Membership, ...]
    held: tuple[Membership, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Sentences that say which roles hold."""
        return tuple(reason_of(one) for one in self.held)


def reason_of(held: Membership) -> str:
    """Say which role, for which organisation, for whom and until when."""
    words = ROLES[held.role].label
    if held.organisation:
        words += f" für {held.organisation}"
    if held.stands_in_for_id:
        words = f"Vertretung von {held.stands_in_for} ({words})"
    return f"{words}, bis {day(last_day(held.ends))}" if held.ends else words


def period_of(row: Membership) -> str:
    """Say from when until when a stored role holds, with its last day."""
    begins = f"ab {day(row.starts)}" if row.starts else ""
    ends = f"bis {day(last_day(row.ends))}" if row.ends else ""
    return " ".join(part for part in (begins, ends) if part) or "unbefristet"


def _rows(tenant: Tenant) -> list[Membership]:
    return list(
        Membership.objects.filter(tenant=tenant)
        .select_related("tenant", "user", "organisation", "stands_in_for")
        .order_by("pk")
    )


def _people(tenant: Tenant, on: date) -> list[Person]:
    rows = _rows(tenant)
    users = {one.user_id: one.user for one in rows}
    found = [
        Person(
            user,
            tuple(one for one in rows if one.user_id == user.pk),
            tuple(effective(user, rows, on=on)),
        )
        for user in users.values()
    ]
    return sorted(found, key=lambda one: one.user.username.casefold())


def people(actor: Actor, tenant: Tenant, *, on: date) -> list[Person]:
    """List everybody who holds or held a role in the tenant, by name. One query.

    Raises:
        PermissionDenied.

    """
    require(actor, May.VIEW_PEOPLE, tenant)
    return _people(tenant, on)


def get_person_in(actor: Actor, tenant: Tenant, number: int, *, on: date) -> Person:
    """Find one of `people`.

    Raises:
        PermissionDenied, UnknownPersonError.

    """
    for one in people(actor, tenant, on=on):
        if one.user.pk == number:
            return one
    raise UnknownPersonError("Diese Person hat hier keine Rolle.")


def rights_of(held: Iterable[Membership], seats: Iterable[tuple[str, str]] = ()) -> list[Right]:
    """All rights with their reasons, in the order of `policy.May`; those without are left out.

    Args:
        held: roles that hold; without any, seats give nothing.
        seats: body and office of each seat, see `policy.seats_of`.

    """
    roles = list(held)
    seated = list(seats) if roles else []
    found = []
    for may, meaning in MEANINGS.items():
        whole = [one for one in roles if may in ROLES[one.role].tenant]
        own = [one for one in roles if one not in whole and _own(one, may)]
        taken = [] if whole else [one for one in seated if one[1] in SEATED.get(may, ())]
        if whole or own or taken:
            given = (*map(reason_of, (*whole, *own)), *(seat_reason(*one) for one in taken))
            bodies = tuple(dict.fromkeys(name for name, _ in taken))
            found.append(Right(may, meaning, bool(whole), tuple(dict.fromkeys(given)), bodies))
    return found


def seat_reason(body: str, office: str) -> str:
    """Say which seat gives something."""
    return f"Sitz in „{body}“ ({SeatOffice.of(office).label})"


def _own(held: Membership, may: May) -> bool:
    return may in ROLES[held.role].organisation and held.organisation_id is not None


@dataclass(frozen=True, slots=True)
class Entitled:
    """A person who may do something to a record, and why."""

    user: User
    reasons: tuple[str, ...]


def who_may(actor: Actor, may: May, thing: Model, *, on: date) -> list[Entitled]:
    """List everybody with an open account who may do this to one record, by name, with reasons.

    Args:
        actor: who asks; has to see the record.
        may: the right.
        thing: a record of the domain.
        on: the day.

    Raises:
        PermissionDenied.

    """
    require(actor, May.VIEW, thing)
    owner = OWNERS[thing._meta.label]
    kind = type(thing)
    owners = set(
        kind._default_manager.filter(pk=thing.pk).values_list(owner, flat=True) if owner else ()
    )
    tenant = Tenant.objects.get(pk=getattr(thing, "tenant_id"))  # noqa: B009 - every record has it
    seated = seat_holders(may, thing, on=on)
    found = []
    for one in _people(tenant, on):
        reasons = tuple(
            reason_of(held)
            for held in one.held
            if may in ROLES[held.role].tenant
            or (_own(held, may) and held.organisation_id in owners)
        )
        if one.held and one.user.pk in seated:
            reasons = (*reasons, f"Sitz in „{seated[one.user.pk]}“")
        if reasons and one.user.is_active:
            found.append(Entitled(one.user, reasons))
    return found


def keeps_people(tenant: Tenant, *, on: date) -> list[Membership]:
    """Roles without end through which open accounts may manage the people of a tenant."""
    managing = [key for key, role in ROLES.items() if May.MANAGE_PEOPLE in role.tenant]
    rows = Membership.objects.filter(
        tenant=tenant, role__in=managing, ends=None, user__is_active=True
    ).order_by("pk")
    return [one for one in rows if one.holds(on)]


def get_membership(actor: Actor, tenant: Tenant, number: int) -> Membership:
    """Find a stored role of a tenant.

    Raises:
        PermissionDenied, UnknownPersonError.

    """
    require(actor, May.VIEW_PEOPLE, tenant)
    found = Membership.objects.filter(tenant=tenant, pk=number)
    row = found.select_related("tenant", "user", "stands_in_for").first()
    if row is None:
        raise UnknownPersonError("Diese Rolle gibt es hier nicht.")
    return row


def organisations_to_choose(actor: Actor, tenant: Tenant) -> list[Model]:
    """Organisations for which a role can be given, by name; also for those who see no entries.

    Raises:
        PermissionDenied.

    """
    require(actor, May.MANAGE_PEOPLE, tenant)
    kind = Membership._meta.get_field("organisation").related_model
    return list(kind._default_manager.filter(tenant=tenant).order_by("name", "key"))
