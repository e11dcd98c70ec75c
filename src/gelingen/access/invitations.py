"""Invite people by a link that opens once, and let them in."""

from datetime import date, datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import models, transaction

from gelingen.access.commands import WeakPasswordError
from gelingen.access.models import Invitation, Membership, Tenant, User
from gelingen.access.policy import ROLES, Actor, May, require
from gelingen.access.rights import UnknownPersonError
from gelingen.access.roles import refuse_unfit_role, store_role
from gelingen.errors import NotFoundError, UserError
from gelingen.history.models import Effect
from gelingen.history.recording import new_batch, note
from gelingen.terms.vocabulary import Verb

LASTS = timedelta(days=7)
KEPT = timedelta(days=90)
_SIGNER = Signer(salt="gelingen.einladung", sep=".")


class InvitationClosedError(NotFoundError):
    """The link is wrong, has expired, was used or was withdrawn."""


class OtherAddressError(UserError):
    """The invitation is for somebody else."""


class NameTakenError(UserError):
    """Somebody has this name already."""


def invite(  # noqa: PLR0913 - what an invitation consists of
    *,
    actor: Actor,
    tenant: Tenant,
    email: str,
    role: str,
    on: date,
    at: datetime,
    organisation: models.Model | None = None,
    ends: date | None = None,
) -> Invitation:
    """Invite somebody to a role; an open invitation to the same address is withdrawn.

    Args:
        actor: who invites; may manage the people of the tenant.
        tenant: where the role is held.
        email: address of the person at work.
        role: a key of `policy.ROLES`.
        on: the day.
        at: the moment; the link opens for seven days.
        organisation: whose entries a role such as "partner" reaches.
        ends: first day on which the role holds no longer; None: until somebody ends it.

    Raises:
        PermissionDenied, RoleError.

    """
    require(actor, May.MANAGE_PEOPLE, tenant)
    refuse_unfit_role(role, tenant, organisation, ends=ends, on=on)
    drop_old_invitations(before=at - KEPT)
    made = Invitation(
        tenant=tenant,
        email=email.strip().lower(),
        role=role,
        organisation_id=organisation.pk if organisation else None,
        ends=ends,
        invited_by=str(actor)[:150],
        created=at,
        expires=at + LASTS,
    )
    with transaction.atomic():
        _open(tenant, at).filter(email=made.email).update(withdrawn=at)
        made.save()
        told: dict[str, list[object]] = {"role": ["", ROLES[role].label]}
        _note(made, told, by=actor, verb=Verb.CREATED, effect=Effect.ADDED)
    return made


def _note(
    invitation: Invitation,
    changed: dict[str, list[object]],
    *,
    by: object,
    verb: Verb,
    effect: Effect = Effect.CHANGED,
) -> None:
    tenant = invitation.tenant_id
    note(invitation, by=by, verb=verb, effect=effect, tenant=tenant, changed=changed)


def _open(tenant: Tenant, at: datetime) -> "models.QuerySet[Invitation]":
    return Invitation.objects.filter(tenant=tenant, accepted=None, withdrawn=None, expires__gt=at)


def open_invitations(actor: Actor, tenant: Tenant, *, at: datetime) -> list[Invitation]:
    """List invitations that can still be accepted, the latest first. One query.

    Raises:
        PermissionDenied.

    """
    require(actor, May.VIEW_PEOPLE, tenant)
    return list(_open(tenant, at).select_related("organisation"))


def token_of(invitation: Invitation) -> str:
    """Sign an invitation: the last part of the address in the link."""
    return _SIGNER.sign(f"{invitation.pk}-{int(invitation.created.timestamp())}")


def find_invitation(token: str, *, at: datetime) -> Invitation:
    """Find the invitation that a link opens.

    Raises:
        InvitationClosedError.

    """
    try:
        number, _, created = _SIGNER.unsign(token).partition("-")
    except BadSignature:
        number, created = "0", "0"
    found = Invitation.objects.filter(pk=number).select_related("tenant", "organisation").first()
    if (
        found is None
        or str(int(found.created.timestamp())) != created
        or found.accepted
        or found.withdrawn
        or found.expires <= at
    ):
        raise InvitationClosedError(
            "Diese Einladung gilt nicht mehr: Sie ist abgelaufen, schon benutzt oder "
            "zurückgezogen. Bitte lassen Sie sich noch einmal einladen."
        )
    return found


def has_account(invitation: Invitation) -> bool:
    """Whether somebody with the address of the invitation has an account already."""
    return User.objects.filter(email__iexact=invitation.email).exists()


def withdraw_invitation(*, actor: Actor, tenant: Tenant, number: int, at: datetime) -> Invitation:
    """Close an open invitation; its link opens no more.

    Raises:
        PermissionDenied, UnknownPersonError.

    """
    require(actor, May.MANAGE_PEOPLE, tenant)
    found = _open(tenant, at).filter(pk=number).first()
    if found is None:
        raise UnknownPersonError("Diese Einladung ist nicht mehr offen.")
    with transaction.atomic():
        found.withdrawn = at
        found.save(update_fields=["withdrawn"])
        _note(found, {"withdrawn": [None, at]}, by=actor, verb=Verb.REMOVED)
    return found


def accept_with_new_account(*, token: str, username: str, password: str, at: datetime) -> User:
    """Make the account of an invited person, with the role of the invitation.

    Args:
        token: last part of the link.
        username: name for signing in, and in histories.
        password: in plain text.
        at: the moment.

    Raises:
        InvitationClosedError, NameTakenError, WeakPasswordError.
        OtherAddressError: the address has an account; its owner signs in and accepts there.

    """
    with transaction.atomic():
        invitation = _take(token, at)
        if has_account(invitation):
            raise OtherAddressError(
                "Für diese Adresse gibt es schon ein Konto. Bitte melden Sie sich damit an und "
                "öffnen Sie den Verweis noch einmal."
            )
        if User.objects.filter(username__iexact=username).exists():
            raise NameTakenError(
                "Diesen Anmeldenamen gibt es schon. Bitte wählen Sie einen anderen."
            )
        person = User(username=username, email=invitation.email)
        try:
            validate_password(password, person)
            person.set_password(password)
            person.full_clean()
        except ValidationError as error:
            raise WeakPasswordError(" ".join(error.messages)) from error
        person.save()
        batch = new_batch()
        note(
            person,
            by=person,
            verb=Verb.CREATED,
            effect=Effect.ADDED,
            tenant=invitation.tenant_id,
            changed={"password": [None, "neu gesetzt"]},
            batch=batch,
        )
        _join(person, invitation, batch)
    return person


def accept_with_account(*, token: str, person: User, at: datetime) -> Tenant:
    """Give a person who has signed in the role of an invitation to their own address.

    Returns:
        The tenant in which the role holds.

    Raises:
        InvitationClosedError, OtherAddressError.

    """
    with transaction.atomic():
        invitation = _take(token, at)
        if person.email.casefold() != invitation.email.casefold():
            raise OtherAddressError(
                "Diese Einladung gilt einer anderen Adresse. Bitte melden Sie sich mit dem Konto "
                "an, zu dem sie gehört."
            )
        _join(person, invitation, new_batch())
    return invitation.tenant


def _take(token: str, at: datetime) -> Invitation:
    """Use an invitation up, unless somebody was quicker."""
    found = find_invitation(token, at=at)
    mine = Invitation.objects.filter(pk=found.pk, accepted=None, withdrawn=None)
    if not mine.update(accepted=at):
        raise InvitationClosedError("Diese Einladung ist schon benutzt.")
    return found


def _join(person: User, invitation: Invitation, batch: str) -> None:
    role = Membership(
        user=person,
        tenant=invitation.tenant,
        role=invitation.role,
        organisation=invitation.organisation,
        ends=invitation.ends,
    )
    store_role(role, by=person, batch=batch)


def accept_by_house_login(person: User, *, at: datetime) -> int:
    """Give a person all roles to which their address is invited; for the login of the house.

    The house vouches for the address. Returns how many roles were given.
    """
    open_ones = Invitation.objects.filter(
        email__iexact=person.email, accepted=None, withdrawn=None, expires__gt=at
    ).select_related("tenant", "organisation")
    taken = list(open_ones.order_by("pk")) if person.email else []
    with transaction.atomic():
        for invitation in taken:
            _take(token_of(invitation), at)
            _join(person, invitation, new_batch())
    return len(taken)


def drop_old_invitations(*, before: datetime) -> int:
    """Forget invitations whose links expired before; gives their number."""
    return Invitation.objects.filter(expires__lt=before).delete()[0]


def is_invited(email: str, *, at: datetime) -> bool:
    """Whether an address has an open invitation anywhere in the installation."""
    return Invitation.objects.filter(
        email__iexact=email, accepted=None, withdrawn=None, expires__gt=at
    ).exists()
