"""What is read about people and the roles they hold."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q

from gelingen.access.models import Membership, Tenant, User


def on_day(person: User, *, on: date) -> User:
    """Let a person carry the roles that hold on a day; `policy` asks for them nowhere else.

    A deputy has the roles of the person stood in for, as long as both hold. Who stands in for a
    deputy has only that person's own roles. One query.
    """
    stood_in = Membership.objects.filter(user=person).values("stands_in_for")
    rows = (
        Membership.objects.filter(Q(user=person) | Q(user__in=stood_in))
        .select_related("tenant", "user", "organisation")
        .order_by("pk")
    )
    person.day = on
    person.held = tuple(effective(person, list(rows), on=on))
    return person


def effective(person: User, rows: Sequence[Membership], *, on: date) -> Iterable[Membership]:
    """Roles that a person has on a day, own ones first, then those of people stood in for.

    Args:
        person: whose roles.
        rows: all memberships of the person and of those stood in for, in order.
        on: the day.

    Returns:
        Memberships of the person; those taken from somebody name that person in `stands_in_for`
        and hold as long as the deputy does. They are not stored.

    """
    valid = [one for one in rows if one.holds(on)]
    mine = [one for one in valid if one.user_id == person.pk]
    yield from (one for one in mine if one.role)
    for turn in (one for one in mine if not one.role):
        for given in valid:
            if given.role and (given.user_id, given.tenant_id) == _stood_in(turn):
                yield _in_place(person, turn, given)


def _stood_in(turn: Membership) -> tuple[int | None, str]:
    return turn.stands_in_for_id, turn.tenant_id


def _in_place(person: User, turn: Membership, given: Membership) -> Membership:
    return Membership(
        user=person,
        tenant=given.tenant,
        role=given.role,
        organisation=given.organisation,
        starts=turn.starts,
        ends=min((day for day in (turn.ends, given.ends) if day), default=None),
        stands_in_for=given.user,
    )


def tenants_of(person: User, *, on: date) -> list[Tenant]:
    """Tenants in which a person holds a role on a day, by name. One query.

    Afterwards the person carries the roles along, see `on_day`.
    """
    held = on_day(person, on=on).held or ()
    found = {one.tenant_id: one.tenant for one in held}
    return sorted(found.values(), key=lambda tenant: tenant.name)


def get_person(number: int, *, on: date) -> User:
    """Find the person behind a number, with the roles that hold on a day."""
    return on_day(User.objects.get(pk=number), on=on)


def passwords_are_used() -> bool:
    """Whether any open account has a password of its own. One query."""
    own = User.objects.filter(is_active=True).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return own.exclude(password="").exists()
