"""Make accounts and give roles."""

from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from gelingen.access.models import Membership, Tenant, User
from gelingen.access.policy import ROLES, Actor, Operator
from gelingen.errors import UserError


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
    user.email = email or user.email
    user.is_staff = user.is_staff or caretaker
    try:
        validate_password(password, user)
        user.set_password(password)
        user.full_clean()
    except ValidationError as error:
        raise WeakPasswordError(" ".join(error.messages)) from error
    with transaction.atomic():
        user.save()
        Membership.objects.update_or_create(user=user, tenant=tenant, defaults={"role": role})
    return Account(user, created, ROLES[role].label, tenant)
