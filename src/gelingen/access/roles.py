"""Give roles, end them, name deputies, lock accounts: what the administration of people does."""

from collections.abc import Mapping
from datetime import date

from allauth.usersessions.models import UserSession
from django.db import models, transaction

from gelingen.access.models import Membership, Tenant, User
from gelingen.access.policy import ROLES, Actor, May, require
from gelingen.access.rights import keeps_people
from gelingen.errors import UserError
from gelingen.history.models import Effect
from gelingen.history.recording import note
from gelingen.terms.vocabulary import Verb


class OwnRoleError(UserError):
    """Nobody gives or takes roles of their own."""


class LastAdministratorError(UserError):
    """Somebody has to be able to manage the people of a tenant."""


class RoleError(UserError):
    """The role does not exist, or does not fit the organisation or the dates."""


class DeputyError(UserError):
    """Such a turn as a deputy cannot be."""


class ForeignAccountError(UserError):
    """The account belongs to people of another tenant too."""


def refuse_unfit_role(
    role: str, tenant: Tenant, organisation: models.Model | None, *, ends: date | None, on: date
) -> None:
    """Check that a role exists and fits its organisation and its end.

    Raises:
        RoleError.

    """
    known = ROLES.get(role)
    if known is None:
        raise RoleError("Diese Rolle gibt es nicht. Bitte eine aus der Liste wählen.")
    if known.organisation and organisation is None:
        raise RoleError(
            f"Die Rolle „{known.label}“ gilt für eine Organisation. Bitte wählen Sie sie aus."
        )
    if organisation is not None and getattr(organisation, "tenant_id", None) != tenant.pk:
        raise RoleError("Diese Organisation gehört zu einem anderen Mandanten.")
    if ends is not None and ends <= on:
        raise RoleError("Der letzte Tag der Rolle ist schon vorbei.")


def give_role(  # noqa: PLR0913 - what a role consists of
    *,
    actor: Actor,
    tenant: Tenant,
    person: User,
    role: str,
    on: date,
    organisation: models.Model | None = None,
    starts: date | None = None,
    ends: date | None = None,
) -> Membership:
    """Give a person a further role in a tenant, with an event.

    Args:
        actor: who does it; may manage the people of the tenant.
        tenant: where the role is held.
        person: who gets it.
        role: a key of `policy.ROLES`.
        on: the day.
        organisation: whose entries a role such as "partner" reaches.
        starts: first day; None: at once.
        ends: first day on which it holds no longer; None: until somebody ends it.

    Raises:
        PermissionDenied, OwnRoleError, RoleError.

    """
    require(actor, May.MANAGE_PEOPLE, tenant)
    if actor == person:
        raise OwnRoleError("Eigene Rollen gibt man sich nicht selbst. Das macht jemand anderes.")
    refuse_unfit_role(role, tenant, organisation, ends=ends, on=on)
    if starts is not None and ends is not None and ends <= starts:
        raise RoleError("Der letzte Tag der Rolle liegt vor dem ersten.")
    return store_role(
        Membership(
            user=person,
            tenant=tenant,
            role=role,
            organisation_id=organisation.pk if organisation else None,
            starts=starts,
            ends=ends,
        ),
        by=actor,
    )


def store_role(membership: Membership, *, by: object, batch: str = "") -> Membership:
    """Save a new role with its event. The caller has checked the rights."""
    with transaction.atomic():
        membership.save()
        told: dict[str, list[object]] = {}
        if membership.role:
            told["role"] = ["", ROLES[membership.role].label]
        for name in ("organisation_id", "stands_in_for_id", "starts", "ends"):
            if getattr(membership, name) is not None:
                told[name] = [None, getattr(membership, name)]
        _note(membership, told, by=by, verb=Verb.CREATED, effect=Effect.ADDED, batch=batch)
    return membership


def name_deputy(  # noqa: PLR0913 - what a turn consists of
    *,
    actor: Actor,
    tenant: Tenant,
    person: User,
    deputy: User,
    starts: date,
    ends: date,
    on: date,
) -> Membership:
    """Let somebody have the roles of another person between two days, with an event.

    Args:
        actor: who does it; may manage the people of the tenant.
        tenant: in which.
        person: who is stood in for.
        deputy: who stands in.
        starts: first day.
        ends: first day on which it is over.
        on: the day.

    Raises:
        PermissionDenied, DeputyError.

    """
    require(actor, May.MANAGE_PEOPLE, tenant)
    if person == deputy:
        raise DeputyError("Sich selbst kann niemand vertreten. Bitte jemand anderen wählen.")
    if actor == deputy:
        raise DeputyError("Als Vertretung trägt man sich nicht selbst ein.")
    if ends <= starts:
        raise DeputyError("Der letzte Tag der Vertretung liegt vor dem ersten.")
    if ends <= on:
        raise DeputyError("Der letzte Tag der Vertretung ist schon vorbei.")
    turn = Membership(user=deputy, tenant=tenant, stands_in_for=person, starts=starts, ends=ends)
    return store_role(turn, by=actor)


def end_role(*, actor: Actor, membership: Membership, on: date) -> None:
    """End a role or a turn as a deputy: from this day on it gives nothing.

    Raises:
        PermissionDenied, OwnRoleError, LastAdministratorError.

    """
    _may_touch(actor, membership)
    end_given_role(membership, by=actor, on=on)


def end_given_role(membership: Membership, *, by: object, on: date) -> None:
    """End a role with its event. The caller has checked the rights.

    Raises:
        LastAdministratorError.

    """
    with transaction.atomic():
        _keep_one_administrator(membership.tenant, on, without=[membership.pk])
        _set_dates(membership, {"ends": on}, by=by, verb=Verb.ENDED)


def reopen_role(*, actor: Actor, membership: Membership) -> None:
    """Take the end of a role back: it holds again, without end.

    Raises:
        PermissionDenied, OwnRoleError, DeputyError: a turn as a deputy always ends.

    """
    _may_touch(actor, membership)
    if membership.stands_in_for_id:
        raise DeputyError("Eine Vertretung hat immer ein Ende. Bitte tragen Sie eine neue ein.")
    with transaction.atomic():
        _set_dates(membership, {"ends": None}, by=actor, verb=Verb.UNDONE)


def _may_touch(actor: Actor, membership: Membership) -> None:
    require(actor, May.MANAGE_PEOPLE, membership.tenant)
    if actor == membership.user:
        raise OwnRoleError("Eigene Rollen ändert man nicht selbst. Das macht jemand anderes.")


def _set_dates(
    membership: Membership, values: Mapping[str, date | None], *, by: object, verb: Verb
) -> None:
    told: dict[str, list[object]] = {
        name: [getattr(membership, name), value] for name, value in values.items()
    }
    for name, value in values.items():
        setattr(membership, name, value)
    membership.save(update_fields=list(values))
    _note(membership, told, by=by, verb=verb, effect=Effect.CHANGED)


def _note(  # noqa: PLR0913 - as `note`
    thing: Membership,
    changed: dict[str, list[object]],
    *,
    by: object,
    verb: Verb,
    effect: Effect,
    batch: str = "",
) -> None:
    tenant = thing.tenant_id
    note(thing, by=by, verb=verb, effect=effect, tenant=tenant, changed=changed, batch=batch)


def _keep_one_administrator(
    tenant: Tenant, on: date, *, without: list[int] | None = None, user: User | None = None
) -> None:
    """Refuse to go on if nobody could manage the people of a tenant any more.

    Roles with an end do not count: they run out by themselves. Where nobody can today, nothing
    gets worse.
    """
    Tenant.objects.select_for_update().get(pk=tenant.pk)
    now = keeps_people(tenant, on=on)
    left = [one for one in now if one.pk not in (without or []) and one.user_id != _pk(user)]
    if now and not left:
        raise LastAdministratorError(
            "Das ist die letzte Person, die hier Personen und Rollen verwalten kann. "
            "Geben Sie zuerst jemand anderem dieses Recht, ohne Enddatum."
        )


def _pk(user: User | None) -> int | None:
    return user.pk if user else None


def lock_account(*, actor: Actor, tenant: Tenant, person: User, on: date) -> int:
    """Lock an account and end all its sessions; roles stay, and with them deputies.

    Returns:
        How many sessions were ended.

    Raises:
        PermissionDenied, OwnRoleError, LastAdministratorError.
        ForeignAccountError: the person has roles in a tenant whose people the actor may not manage.

    """
    _may_lock(actor, tenant, person)
    with transaction.atomic():
        _keep_one_administrator(tenant, on, user=person)
        _set_active(person, tenant, by=actor, active=False)
    return end_sessions(person)


def unlock_account(*, actor: Actor, tenant: Tenant, person: User) -> None:
    """Open a locked account again.

    Raises:
        PermissionDenied, OwnRoleError, ForeignAccountError.

    """
    _may_lock(actor, tenant, person)
    with transaction.atomic():
        _set_active(person, tenant, by=actor, active=True)


def _may_lock(actor: Actor, tenant: Tenant, person: User) -> None:
    require(actor, May.MANAGE_PEOPLE, tenant)
    if actor == person:
        raise OwnRoleError("Das eigene Konto kann man nicht sperren.")
    if person.is_staff or person.memberships.exclude(tenant=tenant).exists():
        raise ForeignAccountError(
            "Dieses Konto hat noch andere Aufgaben in dieser Installation. "
            "Beenden Sie hier die Rollen; sperren kann es, wer die Installation betreut."
        )


def _set_active(person: User, tenant: Tenant, *, by: object, active: bool) -> None:
    if person.is_active == active:
        return
    person.is_active = active
    person.save(update_fields=["is_active"])
    note(
        person,
        by=by,
        verb=Verb.CHANGED,
        effect=Effect.CHANGED,
        tenant=tenant.pk,
        changed={"is_active": [not active, active]},
    )


def sessions_of(person: User) -> list[UserSession]:
    """Sessions in which a person is signed in, the latest first; expired ones are forgotten."""
    found: list[UserSession] = UserSession.objects.purge_and_list(person)
    return sorted(found, key=lambda one: one.created_at, reverse=True)


def end_sessions(person: User, *, only: int | None = None, keep: str = "") -> int:
    """End sessions of a person; what was open there asks to sign in.

    Args:
        person: whose.
        only: number of the one session to end; None: all.
        keep: key of the session that stays, the one of the request.

    Returns:
        How many were ended.

    """
    found = UserSession.objects.filter(user=person).exclude(session_key=keep)
    if only is not None:
        found = found.filter(pk=only)
    sessions = list(found)
    for session in sessions:
        session.end()
    return len(sessions)


def choose_keys(person: User, *, single: bool) -> None:
    """Keep whether single keys are shortcuts for a person; everybody chooses for themselves."""
    User.objects.filter(pk=person.pk).update(single_keys=single)
    person.single_keys = single
