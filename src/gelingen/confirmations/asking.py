"""Ask organisations whether their entries are still true, and withdraw what was asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.confirmations.letters import letter
from gelingen.confirmations.links import VALID, closed_why, new_token
from gelingen.confirmations.models import Asked, Request
from gelingen.errors import NotFoundError, UserError
from gelingen.history.models import Effect
from gelingen.history.recording import note
from gelingen.post.commands import post, withdraw
from gelingen.post.letters import Letter
from gelingen.register.queries import organisations as organisations_of
from gelingen.register.standing import is_confirmed
from gelingen.register.waiting import Kept, kept_structures
from gelingen.terms.vocabulary import Verb

SHOWN = 200


class NobodyAskedError(UserError):
    """No organisation was chosen, or none of the chosen can be asked."""


class UnknownRequestError(NotFoundError):
    """There is no such request."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that can be asked.

    Attributes:
        key: its key.
        name: its name.
        mailbox: its functional mailbox; "" if none is known.
        entries: keys and names of the structures in question, by name.
        asked: when a request was sent that is still open; None if there is none.

    """

    key: str
    name: str
    mailbox: str
    entries: tuple[tuple[str, str], ...]
    asked: datetime | None


def candidates(
    actor: Actor, tenant: Tenant, *, on: date, at: datetime, organisation: str = ""
) -> list[Candidate]:
    """Find whom to ask, by name: who has entries that nobody confirmed for a year. Three queries.

    Args:
        actor: who asks.
        tenant: whose inventory.
        on: the day; only what exists then is asked for.
        at: the moment, for what is open.
        organisation: only this one, by key, with all its entries if none is old.

    Raises:
        PermissionDenied: the actor may not ask.

    """
    require(actor, May.EDIT_REGISTER, tenant)
    mailboxes = dict(organisations_of(actor, tenant).values_list("key", "mailbox"))
    waiting = Request.objects.filter(_open(at), tenant=tenant).order_by("asked")
    asked = dict(waiting.values_list("organisation", "asked"))
    found = []
    kept = kept_structures(actor, tenant, on=on)
    for key, group in groupby(kept, key=lambda one: one.organisation_key):
        own = list(group)
        entries = [one for one in own if not is_confirmed(one.last_confirmed, on=on)]
        if organisation:
            entries = (entries or own) if key == organisation else []
        if entries:
            found.append(_candidate(entries, mailboxes[key], asked.get(key)))
    return found


def _candidate(entries: Sequence[Kept], mailbox: str, asked: datetime | None) -> Candidate:
    first = entries[0]
    named = tuple((one.key, one.name) for one in entries)
    return Candidate(first.organisation_key, first.organisation, mailbox, named, asked)


def _open(at: datetime) -> Q:
    return Q(answered=None, withdrawn=None, expires__gt=at)


def ask(  # noqa: PLR0913 - what a request consists of
    *,
    actor: Actor,
    tenant: Tenant,
    whom: Sequence[Candidate],
    subject: str,
    text: str,
    link: Callable[[str], str],
    at: datetime,
) -> int:
    """Write to organisations; the mail waits in the outbox until the worker sends it.

    Args:
        actor: who asks.
        tenant: in whose name.
        whom: as `candidates` gives them; those without mailbox are left out.
        subject: of the mail.
        text: the first paragraphs of the mail.
        link: makes the address of the page from the token.
        at: when.

    Returns:
        How many mails were written.

    Raises:
        PermissionDenied: the actor may not ask.
        NobodyAskedError: nobody is left to be asked.

    """
    require(actor, May.EDIT_REGISTER, tenant)
    reachable = [one for one in whom if one.mailbox]
    if not reachable:
        raise NobodyAskedError("Bitte mindestens eine Organisation mit Funktionspostfach wählen.")
    with transaction.atomic():
        for one in reachable:
            words = letter(
                subject=subject,
                text=text,
                organisation=one.name,
                entries=[name for _, name in one.entries],
                sender=tenant.name,
                expires=at + VALID,
            )
            _ask_one(actor, tenant, one, words, link=link, at=at)
    return len(reachable)


def _ask_one(  # noqa: PLR0913 - as `ask`
    actor: Actor,
    tenant: Tenant,
    one: Candidate,
    words: Letter,
    *,
    link: Callable[[str], str],
    at: datetime,
) -> None:
    token, digest = new_token()
    why = f"Bitte um Bestätigung: {one.name}"
    mail = post(tenant=tenant, to=one.mailbox, letter=words, why=why, at=at, link=link(token))
    request = Request.objects.create(
        tenant=tenant,
        organisation=one.key,
        name=one.name,
        mailbox=one.mailbox,
        token_hash=digest,
        asked=at,
        expires=at + VALID,
        mail=mail,
    )
    Asked.objects.bulk_create(Asked(request=request, structure=key) for key, _ in one.entries)
    note(
        request,
        by=actor,
        verb=Verb.ASKED,
        effect=Effect.ADDED,
        tenant=tenant.pk,
        changed={},
        reason="; ".join(name for _, name in one.entries)[:1000],
    )


def requests(actor: Actor, tenant: Tenant, *, at: datetime) -> QuerySet[Request]:
    """Open requests, the latest first, at most 200. One query.

    Each carries `total` and `done`: how many entries it asks for, and how many are answered.

    Raises:
        PermissionDenied: the actor may not see them.

    """
    require(actor, May.EDIT_REGISTER, tenant)
    done = Count("entries", filter=~Q(entries__answer=""))
    found = Request.objects.filter(_open(at), tenant=tenant)
    return found.annotate(total=Count("entries"), done=done)[:SHOWN]


def withdraw_request(*, actor: Actor, tenant: Tenant, pk: int, at: datetime) -> Request:
    """Close a link before its time; a mail that is not sent yet is thrown away.

    Raises:
        PermissionDenied: the actor may not.
        UnknownRequestError: there is none that is open.

    """
    require(actor, May.EDIT_REGISTER, tenant)
    request = Request.objects.filter(tenant=tenant, pk=pk).first()
    if request is None or closed_why(request, at=at) is not None:
        raise UnknownRequestError("Diese Bitte um Bestätigung ist nicht mehr offen.")
    with transaction.atomic():
        request.withdrawn = at
        request.save(update_fields=["withdrawn"])
        if request.mail_id is not None:
            withdraw(request.mail_id)
        note(
            request,
            by=actor,
            verb=Verb.WITHDRAWN,
            effect=Effect.CHANGED,
            tenant=tenant.pk,
            changed={},
        )
    return request


def drop_old_requests(*, before: datetime) -> int:
    """Forget requests whose links expired before; gives their number."""
    old = Request.objects.filter(expires__lt=before)
    number = old.count()
    old.delete()
    return number
