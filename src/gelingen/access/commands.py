"""Make accounts and give roles."""

from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from gelingen.access.models import Membership, Tenant, User
from gelingen.access.policy import ROLES, Actor, Operator
from gelingen.errors import UserError
from gelingen.history.models import Effect
from gelingen.history.recording import new_batch, note
from gelingen.terms.vocabulary import Verb


class UnknownRoleError(UserError):
    """There is no such role."""


class WeakPasswordError(UserError):
    """The password is too easy to guess."""


@dataclass(frozen=True, slots=True)
class Account:
    """What was made: whether the person is new, and the role now held."""

    user: User
    created: bool
    role: str
    tenant: Tenant


def set_account(  # noqa: PLR0913 - what an account consists of
    *,
    actor: Actor,
    username: str,
    password: str,
    role: str,
    tenant: Tenant,
    email: str = "",
    caretaker: bool = False,
) -> Account:
    """Make an account with a role in a tenant, or give a known person a new password and the role.

    What was done stands in the history of the tenant.

    Args:
        actor: only the operator of the installation may do this.
        username: name for signing in.
        password: new password, in plain text.
        role: a key of `policy.ROLES`.
        tenant: where the role is held.
        email: address with which the person may sign in too; "" leaves it as it is.
        caretaker: whether the person looks after the installation (sees the gallery).

    Raises:
        PermissionDenied, UnknownRoleError, WeakPasswordError.

    """
    if not isinstance(actor, Operator):
        raise PermissionDenied("Konten anlegen")
    if role not in ROLES:
        raise UnknownRoleError(f"Die Rolle „{role}“ gibt es nicht; möglich: {', '.join(ROLES)}.")
    user = User.objects.filter(username=username).first() or User(username=username)
    created = user.pk is None
    before = _told(user)
    user.email = email or user.email
    user.is_staff = user.is_staff or caretaker
    _set_password(user, password)
    batch = new_batch()
    with transaction.atomic():
        user.save()
        after = _told(user)
        changed = {
            name: [before[name], after[name]] for name in after if before[name] != after[name]
        }
        note(
            user,
            by=actor,
            verb=Verb.CREATED if created else Verb.CHANGED,
            effect=Effect.ADDED if created else Effect.CHANGED,
            tenant=tenant.pk,
            changed=changed | {"password": [None, "neu gesetzt"]},
            batch=batch,
        )
        _give_role(user, role, by=actor, tenant=tenant, batch=batch)
    return Account(user, created, ROLES[role].label, tenant)


def _told(user: User) -> dict[str, object]:
    """Give what the history of an account tells."""
    return {"email": user.email, "is_staff": user.is_staff}


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
        user.set_password(password)
        user.full_clean()
    except ValidationError as error:
        raise WeakPasswordError(" ".join(error.messages)) from error


def _give_role(user: User, role: str, *, by: Actor, tenant: Tenant, batch: str) -> None:
    """Give a person the one role that set_account knows, and leave an event if it is another."""
    held = Membership.objects.filter(user=user, tenant=tenant).first()
    before = held.role if held else ""
    if before == role:
        return
    membership, _ = Membership.objects.update_or_create(
        user=user, tenant=tenant, defaults={"role": role}
    )
    known = ROLES.get(before)
    note(
        membership,
        by=by,
        verb=Verb.CHANGED if held else Verb.CREATED,
        effect=Effect.CHANGED if held else Effect.ADDED,
        tenant=tenant.pk,
        changed={"role": [known.label if known else before, ROLES[role].label]},
        batch=batch,
    )


def keep_tenant(*, actor: Actor, tenant: Tenant, batch: str) -> bool:
    """Store a tenant that is new or has a new name, with an event in its own history.

    Whether the actor may is asked before: a new tenant has nobody yet who could be asked.

    Args:
        actor: who does it.
        tenant: the tenant with its key and its name.
        batch: number of the undertaking, an import, that brings it.

    Returns:
        Whether anything was written.

    """
    before = Tenant.objects.filter(pk=tenant.pk).values_list("name", flat=True).first()
    if before == tenant.name:
        return False
    with transaction.atomic():
        tenant.save()
        note(
            tenant,
            by=actor,
            verb=Verb.IMPORTED,
            effect=Effect.ADDED if before is None else Effect.CHANGED,
            tenant=tenant.pk,
            changed={} if before is None else {"name": [before, tenant.name]},
            batch=batch,
        )
    return True
